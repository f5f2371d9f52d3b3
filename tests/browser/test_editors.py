"""What authors and editors do, in the real admin, from the login form to the public page."""

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from portal.models import PortalImage
from tests.browser.admin import Admin, Upload, upload
from tests.browser.people import ANA, EDDA
from tests.browser.tour import sitemap

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("fresh")]

Visit = Callable[..., Page]
HANDOUT = upload("handout.pdf", "application/pdf", b"%PDF-1.4 a handout")
PRIVACY = "Protecting Student Privacy"
PRIVACY_ADDRESS = "/updates/protecting-student-privacy/"


def picture() -> bytes:
    """A photograph as a camera writes it: too busy to be small."""
    file = BytesIO()
    Image.effect_noise((300, 200), 90).save(file, "JPEG")
    return file.getvalue()


@pytest.mark.usefixtures("saved_by_hand")
def test_editor_posts_an_update_with_a_file(page: Page, visit: Visit) -> None:
    form = Admin(page, EDDA).start("Write: Update")
    form.field("Title").fill("Handouts are here")
    form.write_text("Text", "What the sessions handed out can be downloaded.")
    downloads = form.insert_block("More", "Downloads")
    form.upload_document(downloads, "Handout of the first session", HANDOUT)

    preview = form.preview()
    expect(preview.get_by_role("heading", level=1)).to_have_text("Handouts are here")
    expect(preview.get_by_role("link", name="Handout of the first session")).to_be_visible()

    form.press("Publish")
    form.expect_message("published")

    newest = visit("/").get_by_role("region", name="Latest Updates").get_by_role("listitem").first
    expect(newest).to_contain_text("What the sessions handed out can be downloaded.")
    public = visit("/updates/")
    expect(public.get_by_role("main").locator("h2").first).to_have_text("Handouts are here")
    public.get_by_role("link", name="Handouts are here").click()
    file = public.get_by_role("link", name="Handout of the first session")
    assert public.request.get(file.get_attribute("href")).body() == HANDOUT["buffer"]


def test_draft_saves_itself_and_nobody_else_sees_it(page: Page, visit: Visit) -> None:
    form = Admin(page, EDDA).start("Write: Update")
    form.wait_for_autosave()
    form.field("Title").fill("Not yet for everybody")
    form.write_text("Text", "We are still talking about it.")
    form.expect_saved()

    everybody = visit("/").request
    for address in ("/", "/updates/", "/updates/atom/", "/updates/rss/"):
        assert "yet for everybody" not in everybody.get(address).text()
    assert "/updates/not-yet-for-everybody/" not in sitemap(everybody)
    assert everybody.get("/updates/not-yet-for-everybody/").status == 404


@pytest.mark.usefixtures("saved_by_hand")
def test_author_submits_and_editor_approves(page: Page, new_context: Callable, visit: Visit) -> None:
    form = Admin(page, ANA).start("Write: Update")
    form.field("Title").fill("Written by Ana")
    form.write_text("Text", "Edda has read it.")
    form.press("Submit to Editorial review")
    form.expect_message("submitted for moderation")
    assert visit("/").request.get("/updates/written-by-ana/").status == 404

    admin = Admin(new_context().new_page(), EDDA)
    waiting = admin.first_page.get_by_role("region", name="Awaiting your review")
    review = admin.follow(waiting.get_by_role("link", name="Written by Ana"))
    review.press("Approve and Publish")
    review.expect_message("Written by Ana")

    expect(visit("/updates/written-by-ana/").get_by_role("main")).to_contain_text("Edda has read it.")


@pytest.mark.usefixtures("saved_by_hand")
def test_unpublished_update_is_gone(page: Page, visit: Visit) -> None:
    form = Admin(page, EDDA).open_update(PRIVACY)
    form.press_action("Unpublish")
    page.get_by_role("button", name="Yes, unpublish it").click()
    form.expect_message("unpublished")

    for address in ("/", "/updates/"):
        public = visit(address)
        expect(public.get_by_role("main").get_by_role("heading", name="New Eligibility Matrix")).to_be_visible()
        expect(public.get_by_text(PRIVACY)).to_have_count(0)
    assert visit("/").request.get(PRIVACY_ADDRESS).status == 404


@pytest.mark.usefixtures("saved_by_hand")
def test_history_brings_an_older_version_back(page: Page, visit: Visit) -> None:
    admin = Admin(page, EDDA)
    form = admin.open_update(PRIVACY)
    form.write_text("Text", "This is wrong.")
    form.press("Publish")
    form.expect_message("published")
    expect(visit(PRIVACY_ADDRESS).get_by_text("This is wrong.")).to_be_visible()

    form = admin.open_update(PRIVACY)
    page.get_by_role("link", name="History").click()
    first = page.get_by_role("row").filter(has_text="Draft saved").last
    first.get_by_role("button", name="Actions").click()
    page.get_by_role("link", name="Review this version").click()
    form.expect_message("You are viewing a previous version")
    form.press("Publish this version")
    form.expect_message("published")

    public = visit(PRIVACY_ADDRESS)
    expect(public.get_by_text("View training modules")).to_be_visible()
    expect(public.get_by_text("This is wrong.")).to_have_count(0)


def test_picture_needs_a_description(page: Page) -> None:
    uploaded = Admin(page, EDDA).upload_image(upload("field.jpg", "image/jpeg", picture()))
    expect(uploaded).to_contain_text("Upload successful")
    uploaded.get_by_role("button", name="Update").click()
    expect(uploaded).to_contain_text("This field is required.")

    uploaded.get_by_role("textbox", name="Description").fill("A field after the rain")
    uploaded.get_by_role("button", name="Update").click()
    expect(uploaded).to_be_hidden()
    assert PortalImage.objects.get(description="A field after the rain").picture


@pytest.mark.parametrize(
    "file",
    [
        upload("cut-off.jpg", "image/jpeg", picture()[:9000]),
        upload("letter.jpg", "image/jpeg", b"Dear colleagues"),
    ],
    ids=lambda file: file["name"],
)
def test_broken_picture_is_refused_in_words(page: Page, file: Upload) -> None:
    uploaded = Admin(page, EDDA).upload_image(file)
    expect(uploaded).to_contain_text("Sorry, upload failed.")
    expect(uploaded).to_contain_text("damaged", ignore_case=True) if "cut" in file["name"] else None
    assert not PortalImage.objects.filter(title__contains=file["name"]).exists()
