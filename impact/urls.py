"""Addresses of files; pages have theirs from the tree."""

from django.urls import path, re_path

from impact import views

urlpatterns = [
    path("data.json", views.data_json, name="impact_catalog"),
    re_path(r"^impact/data/(?P<name>[-\w]{1,120})\.(?P<kind>csv|json)$", views.download, name="impact_download"),
]
