"""A visitor's request makes no picture and stumbles over none that is missing."""

import shutil

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from portal.models import PortalImage, PortalRendition
from portal.tasks import make_renditions
from tests import factories
from tests.contracts.examples import FULL, make_example, page_types

every_type = pytest.mark.parametrize("model", page_types(), ids=lambda model: model.__name__)


@every_type
def test_request_makes_no_rendition(client: Client, model) -> None:
    """Not even when none is ready: the page stands there without the picture."""
    page = make_example("full", model)
    PortalRendition.objects.all().delete()
    PortalImage.objects.update(rendition_files=None)
    response = client.get(page.get_url())
    assert response.status_code == 200
    assert "<img" not in response.content.decode()
    assert PortalRendition.objects.count() == 0


@every_type
def test_page_renders_when_its_files_are_gone(client: Client, model) -> None:
    page = FULL[model]()
    for folder in ("images", "original_images", "documents"):
        shutil.rmtree(default_storage.path(folder), ignore_errors=True)
    assert client.get(page.get_url()).status_code == 200


def test_picture_whose_original_is_gone_is_left_out(client: Client, caplog) -> None:
    image = factories.ImageFactory(ready=False)
    default_storage.delete(image.file.name)
    make_renditions.func(image.pk)
    page = factories.ArticlePageFactory(picture=image)
    response = client.get(page.get_url())
    assert response.status_code == 200
    assert "<img" not in response.content.decode()
    assert "No files could be made" in caplog.text


def test_address_of_a_missing_file_is_not_found(client: Client) -> None:
    image = factories.ImageFactory()
    address = image.picture.src
    assert client.get(address).status_code == 200
    default_storage.delete(address.removeprefix("/media/"))
    assert client.get(address).status_code == 404


def test_document_whose_file_is_gone_is_not_found(client: Client) -> None:
    document = factories.DocumentFactory()
    default_storage.delete(document.file.name)
    assert client.get(document.url).status_code == 404


def test_image_is_made_ready_when_it_is_saved(committing, site) -> None:
    with committing():
        image = factories.ImageFactory(ready=False)
    image = PortalImage.objects.get(pk=image.pk)
    assert image.picture
    assert sorted(image.rendition_files) == ["avif", "png", "webp"]


def test_image_is_made_anew_when_its_file_changes(committing, log_in, superuser) -> None:
    image = factories.ImageFactory()
    before = image.picture.src
    other = factories.picture_file(width=30, name="other.png")
    data = {"title": "Field", "description": "Wider", "file": other, "collection": image.collection_id, "tags": ""}
    with committing():
        response = log_in(superuser).post(f"/admin/images/{image.pk}/", data)
    assert response.status_code == 302, response.context["form"].errors
    image = PortalImage.objects.get(pk=image.pk)
    assert image.picture.width == 30
    assert image.picture.src != before
    assert all(default_storage.exists(name) for files in image.rendition_files.values() for *_size, name in files)
