"""Which files are made of a picture, and what a page prints of them."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from portal.models import PortalImage
from portal.pictures import FALLBACK_WIDTHS, WIDTHS, make_rendition_files, picture_of, rendition_specs
from portal.tasks import make_renditions
from tests.factories import ImageFactory, picture_file


def image(width: int, height: int = 10, name: str = "a.jpg") -> PortalImage:
    # A collection, or the model asks the database for the first one.
    return PortalImage(width=width, height=height, file=name, collection_id=1)


def widths(specs: list[str], kind: str) -> list[int]:
    return [int(spec.partition("|")[0].removeprefix("width-")) for spec in specs if spec.endswith(f"-{kind}")]


@pytest.mark.parametrize("width", [100, 320, 500, 1280, 5000])
@pytest.mark.parametrize("kind", ["avif", "webp"])
def test_files_have_the_widths_in_use_up_to_that_of_the_picture(width: int, kind: str) -> None:
    widest = min(width, max(WIDTHS))
    made = widths(rendition_specs(image(width)), kind)
    assert made == [*(wanted for wanted in WIDTHS if wanted < widest), widest]


@pytest.mark.parametrize("width", [100, 320, 500, 1280, 5000])
def test_fallback_has_few_files_and_always_one(width: int) -> None:
    made = widths(rendition_specs(image(width)), "jpeg")
    assert made == ([wanted for wanted in FALLBACK_WIDTHS if wanted < min(width, max(WIDTHS))] or [width])


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.jpg", "jpeg"), ("a.JPEG", "jpeg"), ("a.webp", "jpeg"), ("a.avif", "jpeg"), ("a.PNG", "png"), ("a.gif", "png")],
)
def test_fallback_keeps_what_may_be_transparent(name: str, kind: str) -> None:
    assert rendition_specs(image(100, name=name))[-1].endswith(f"format-{kind}")


def test_files_have_the_format_and_width_that_they_say(db) -> None:
    made = ImageFactory(file=picture_file(width=400, height=100, name="wide.jpg", kind="JPEG"))
    assert sorted(made.rendition_files) == ["avif", "jpeg", "webp"]
    for kind, files in made.rendition_files.items():
        for width, height, name in files:
            with Image.open(default_storage.path(name)) as file:
                assert (file.format.lower(), *file.size) == (kind, width, height)
    assert [width for width, *_rest in made.rendition_files["avif"]] == [320, 400]


def test_making_files_again_makes_none(db) -> None:
    made = ImageFactory()
    before = made.rendition_files
    assert make_rendition_files(made) == before
    assert made.renditions.count() == 3


def test_picture_lists_its_files_best_first(db) -> None:
    made = ImageFactory(file=picture_file(width=400, height=100, name="wide.jpg", kind="JPEG"))
    picture = made.picture
    assert [source.type for source in picture.sources] == ["image/avif", "image/webp"]
    assert picture.sources[0].srcset.count(",") == 1
    assert picture.sources[0].srcset.endswith(" 400w")
    assert picture.src.endswith(".jpg")
    assert (picture.width / picture.height) == 4


def test_picture_without_files_is_none(db) -> None:
    assert ImageFactory(ready=False).picture is None
    assert picture_of(PortalImage(width=1, height=1, collection_id=1, rendition_files={})) is None
    assert (
        picture_of(PortalImage(width=1, height=1, collection_id=1, rendition_files={"avif": [[1, 1, "a.avif"]]}))
        is None
    )


@pytest.mark.parametrize(
    ("x", "y", "focus"),
    [
        (None, None, ""),
        (10, 10, "left-top"),
        (150, 50, "center-center"),
        (299, 99, "right-bottom"),
        (300, 100, "right-bottom"),
    ],
)
def test_focal_point_is_named_by_the_third_that_it_lies_in(x, y, focus: str) -> None:
    made = image(300, 100)
    made.focal_point_x, made.focal_point_y = x, y
    made.rendition_files = {"jpeg": [[300, 200, "a.jpg"]]}
    assert made.picture.focus == focus


def test_picture_that_can_not_be_read_hinders_nothing(db, caplog) -> None:
    made = ImageFactory(ready=False)
    with default_storage.open(made.file.name, "wb") as file:
        file.write(b"broken")
    make_renditions.call(made.pk)
    assert PortalImage.objects.values_list("rendition_files", flat=True).get() is None
    assert "No files could be made" in caplog.text


def test_picture_that_is_gone_hinders_nothing(db) -> None:
    make_renditions.call(99_999)


def test_turned_picture_stands_upright(db) -> None:
    """A phone writes how it was held into the file; the files for visitors are turned for good."""
    picture = Image.new("RGB", (40, 20), "green")
    exif = picture.getexif()
    exif[0x0112] = 6
    content = BytesIO()
    picture.save(content, "JPEG", exif=exif)
    upload = SimpleUploadedFile("turned.jpg", content.getvalue(), "image/jpeg")
    made = ImageFactory(file=upload)
    with Image.open(default_storage.path(made.rendition_files["jpeg"][0][-1])) as file:
        assert (file.width, file.height) == (20, 40)
    assert (made.picture.width, made.picture.height) == (20, 40)
