"""The yardstick: a Django view without middleware that answers with the very bytes of a page of the portal."""

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

# One file for each page, named as the page is.
PAGES = {file.name: file.read_bytes() for file in Path(os.environ["BENCH_PAGES"]).iterdir()}


def page(request: HttpRequest, name: str) -> HttpResponse:
    return HttpResponse(PAGES[name])


urlpatterns = [path("<name>/", page)]

settings.configure(ALLOWED_HOSTS=["127.0.0.1"], MIDDLEWARE=[], ROOT_URLCONF=__name__, SECRET_KEY=os.urandom(32).hex())
application = get_wsgi_application()
