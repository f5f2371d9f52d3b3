"""Files that are not what they should be: the form says so, and keeps what was typed."""

import zlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from wagtail.models import Collection

from portal.models import PortalDocument, PortalImage
from tests.factories import picture_file


def chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)


def enormous_png() -> bytes:
    """A picture of 40,000 by 40,000 pixels in a few bytes."""
    header = (40_000).to_bytes(4) * 2 + b"\x08\x00\x00\x00\x00"
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\x00" * 1000))
        + chunk(b"IEND", b"")
    )


def long_png() -> bytes:
    """A picture that WebP has no room for."""
    content = BytesIO()
    Image.new("L", (20, 16_384)).save(content, "PNG")
    return content.getvalue()


def drawn(kind: str, **options) -> bytes:
    content = BytesIO()
    # Noise, so that a part of the file is a part of the picture.
    Image.effect_noise((64, 64), 50).convert("RGB").save(content, kind, **options)
    return content.getvalue()


PNG, JPEG, WEBP, AVIF, GIF = (drawn(kind) for kind in ("PNG", "JPEG", "WEBP", "AVIF", "GIF"))
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
BAD_PICTURES = {
    "empty": ("picture.png", b""),
    "words": ("picture.png", b"not a picture at all"),
    "page": ("picture.jpg", b"<html><script>alert(1)</script></html>"),
    "svg": ("picture.svg", SVG),
    "svg as png": ("picture.png", SVG),
    "pdf": ("picture.pdf", b"%PDF-1.4"),
    "program": ("picture.exe", b"MZ" + bytes(200)),
    "cut-off png": ("picture.png", PNG[: len(PNG) // 2]),
    "cut-off jpeg": ("picture.jpg", JPEG[: len(JPEG) // 2]),
    "cut-off webp": ("picture.webp", WEBP[: len(WEBP) // 2]),
    "cut-off avif": ("picture.avif", AVIF[: len(AVIF) // 2]),
    "cut-off gif": ("picture.gif", GIF[: len(GIF) // 3]),
    "header alone": ("picture.png", PNG[:33]),
    "broken inside": ("picture.png", PNG[:60] + bytes(40) + PNG[100:]),
    "jpeg as png": ("picture.png", JPEG),
    "too many pixels": ("picture.png", enormous_png()),
    "too long": ("picture.png", long_png()),
    "too many bytes": ("picture.png", PNG + bytes(10 * 1024 * 1024)),
    "no extension": ("picture", PNG),
    "two extensions": ("picture.png.php", PNG),
    "tiff": ("picture.tif", drawn("TIFF")),
}


@pytest.fixture
def editing(log_in, editor) -> Client:
    return log_in(editor)


def form(upload: SimpleUploadedFile | None) -> dict:
    fields = {
        "title": "A title that must not get lost",
        "description": "Words",
        "collection": Collection.get_first_root_node().pk,
    }
    return fields | {"tags": "", "credit": "", "file": upload or ""}


@pytest.mark.parametrize(("name", "content"), BAD_PICTURES.values(), ids=BAD_PICTURES)
def test_bad_picture_is_a_form_error(editing: Client, name: str, content: bytes) -> None:
    response = editing.post("/admin/images/add/", form(SimpleUploadedFile(name, content, "image/png")))
    assert response.status_code == 200
    assert response.context["form"].errors["file"]
    assert "A title that must not get lost" in response.content.decode()
    assert not PortalImage.objects.exists()


@pytest.mark.parametrize("what", ["words", "cut-off jpeg", "broken inside", "too many pixels", "svg as png"])
def test_bad_picture_in_the_chooser_is_a_form_error(editing: Client, what: str) -> None:
    upload = SimpleUploadedFile(*BAD_PICTURES[what], "image/png")
    data = {f"image-chooser-upload-{name}": value for name, value in form(upload).items()}
    response = editing.post("/admin/images/chooser/create/", data)
    assert response.status_code == 200
    assert not PortalImage.objects.exists()


@pytest.mark.parametrize("what", ["words", "cut-off jpeg", "broken inside", "too many pixels", "svg as png"])
def test_bad_picture_among_many_is_an_error_of_its_own(editing: Client, what: str) -> None:
    upload = SimpleUploadedFile(*BAD_PICTURES[what], "image/png")
    data = {"title": "a", "files[]": upload, "collection": Collection.get_first_root_node().pk}
    response = editing.post("/admin/images/multiple/add/", data)
    assert response.status_code == 200
    assert response.json()["success"] is False
    assert not PortalImage.objects.exists()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "AVIF", "GIF"])
def test_good_picture_is_kept_and_made_ready(editing: Client, committing, kind: str) -> None:
    with committing():
        response = editing.post("/admin/images/add/", form(picture_file(name=f"a.{kind.lower()}", kind=kind)))
    assert response.status_code == 302
    image = PortalImage.objects.get()
    assert image.picture
    assert {source.type for source in image.picture.sources} == {"image/avif", "image/webp"}


@pytest.mark.parametrize("missing", ["title", "description", "file"])
def test_picture_without_what_readers_need_is_a_form_error(editing: Client, missing: str) -> None:
    response = editing.post("/admin/images/add/", form(picture_file()) | {missing: ""})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [missing]


def test_bad_new_file_leaves_the_picture_as_it_is(editing: Client, committing) -> None:
    with committing():
        editing.post("/admin/images/add/", form(picture_file()))
    image = PortalImage.objects.get()
    response = editing.post(
        f"/admin/images/{image.pk}/", form(SimpleUploadedFile("picture.png", PNG[:200], "image/png"))
    )
    assert response.status_code == 200
    after = PortalImage.objects.get()
    assert (after.file.name, after.rendition_files) == (image.file.name, image.rendition_files)
    assert after.file.storage.exists(after.file.name)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("handout.exe", b"MZ"),
        ("handout.html", b"<script>alert(1)</script>"),
        ("handout.svg", SVG),
        ("handout.pdf.js", b"alert(1)"),
        ("handout", b"words"),
        ("handout.pdf", b""),
    ],
)
def test_file_that_is_no_document_is_a_form_error(editing: Client, name: str, content: bytes) -> None:
    data = form(SimpleUploadedFile(name, content)) | {"language": "en", "published_on": ""}
    response = editing.post("/admin/documents/add/", data)
    assert response.status_code == 200
    assert response.context["form"].errors["file"]
    assert not PortalDocument.objects.exists()


def test_document_is_kept(editing: Client) -> None:
    data = form(SimpleUploadedFile("handout.pdf", b"%PDF-1.4")) | {"language": "es", "published_on": "2024-03-05"}
    assert editing.post("/admin/documents/add/", data).status_code == 302
    assert PortalDocument.objects.get().get_language_display() == "Spanish"


def test_wide_picture_is_kept(editing: Client) -> None:
    content = BytesIO()
    Image.new("L", (17_000, 40)).save(content, "PNG")
    editing.post("/admin/images/add/", form(SimpleUploadedFile("wide.png", content.getvalue())))
    assert PortalImage.objects.filter(width=17_000).exists()
