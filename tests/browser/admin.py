"""The admin as a person at a screen works in it: everything is found by the words on it."""

import re
from typing import Any

from playwright.sync_api import FrameLocator, Locator, Page, expect

from tests.browser.people import Person

A_FORM = re.compile(r"/(add|edit|sitesettings)/")
Upload = dict[str, Any]
# Milliseconds after which somebody presses again.
MOMENT = 4000


def upload(name: str, kind: str, content: bytes) -> Upload:
    """A file as it would be chosen from the disk."""
    return {"name": name, "mimeType": kind, "buffer": content}


class Admin:
    """Somebody who is logged in."""

    def __init__(self, page: Page, person: Person) -> None:
        self.page = page
        page.add_init_script(
            "addEventListener('w-unsaved:watch-edits', () => document.documentElement.dataset.watched = '')"
        )
        page.goto("/admin/")
        page.get_by_label("Username").fill(person.username)
        page.get_by_label("Password").fill(person.password)
        page.get_by_role("button", name="Sign in").click()
        expect(self.first_page.get_by_role("heading", name="What would you like to do?")).to_be_visible()

    @property
    def first_page(self) -> Locator:
        return self.page.get_by_role("main")

    def start(self, action: str) -> "Form":
        """Presses one of the buttons on the first page."""
        self.page.goto("/admin/")
        return self.follow(self.first_page.get_by_role("link", name=action))

    def open_update(self, title: str) -> "Form":
        """Opens an update from the list of all updates."""
        self.page.goto("/admin/")
        self.page.get_by_role("navigation", name="Main menu").get_by_role("link", name="Updates").click()
        return self.follow(self.page.get_by_role("table").get_by_role("link", name=title, exact=True))

    def upload_image(self, file: Upload) -> Locator:
        """Adds a picture to the library; gives the part of the page that says what became of it."""
        self.page.goto("/admin/images/")
        self.page.get_by_role("link", name="Add an image").click()
        self.page.wait_for_url("**/add/")
        self.page.locator("input[type=file]").set_input_files(file)
        return self.page.locator("#upload-list > li")

    def follow(self, link: Locator) -> "Form":
        link.click()
        self.page.wait_for_url(A_FORM)
        return Form(self.page)


class Form:
    """A page, a snippet or the settings, open for editing."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def field(self, label: str, within: Locator | None = None) -> Locator:
        """A line to type in; the label of one that is required ends with an asterisk."""
        where, name = within or self.page.get_by_role("main"), re.compile(rf"^{re.escape(label)}\*?$")
        return where.get_by_role("textbox", name=name).or_(where.get_by_role("spinbutton", name=name))

    def section(self, heading: str) -> Locator:
        return self.page.get_by_role("region", name=heading)

    def fill_time(self, label: str, value: str) -> None:
        """Types a date and time, and leaves the calendar, which opens over the form a moment after the field is entered."""
        calendar = self.page.locator(".xdsoft_datetimepicker").filter(visible=True)
        self.field(label).fill(value)
        expect(calendar).to_be_visible()
        self.page.locator("body").dispatch_event("mousedown")
        expect(calendar).to_be_hidden()

    def write_text(self, section: str, text: str) -> None:
        """Writes rich text, in place of what stood there."""
        editor = self.section(section).get_by_role("textbox").last
        editor.click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)
        # The editor writes into the form a moment after the last key.
        expect(self.section(section).locator("[data-draftail-input]")).to_have_value(re.compile(re.escape(text)))

    def insert_block(self, section: str, block: str) -> Locator:
        """Adds a block to an empty body."""
        self.section(section).get_by_role("button", name="Insert a block").click()
        self.page.get_by_role("option", name=block, exact=True).click()
        return self.section(section).get_by_role("region", name=block)

    def add_row(self, button: str, heading: str, number: int) -> Locator:
        """Adds a row to a list such as the figures of a year."""
        self.page.get_by_role("button", name=button).click()
        return self.section(f"{heading} {number}")

    def chooser(self, within: Locator, button: str) -> Locator:
        """Opens the window in which a page, picture or file is chosen."""
        window = self.page.get_by_role("dialog")
        within.get_by_role("button", name=button).click()
        try:
            expect(window).to_be_visible(timeout=MOMENT)
        except AssertionError:
            # A block that was just added shows its button a moment before it listens: people press again.
            within.get_by_role("button", name=button).click()
        expect(window).to_be_visible()
        return window

    def choose(self, within: Locator, button: str, title: str) -> None:
        window = self.chooser(within, button)
        window.get_by_role("link", name=title).click()
        expect(window).to_be_hidden()

    def choose_another(self, within: Locator, title: str, other: str) -> None:
        """Puts another page, picture or file in the place of a chosen one."""
        chosen = within.locator(".chooser").filter(has_text=title)
        chosen.get_by_role("button", name="Actions").click()
        self.choose(self.page.get_by_role("main"), "Choose another", other)

    def upload_document(self, within: Locator, title: str, file: Upload) -> None:
        window = self.chooser(within, "Choose a document")
        window.get_by_role("tab", name="Upload").click()
        window.get_by_label("File").set_input_files(file)
        window.get_by_label("Title").fill(title)
        window.get_by_role("button", name="Upload").click()
        expect(window).to_be_hidden()

    def preview(self) -> FrameLocator:
        """What the panel on the right shows."""
        self.page.get_by_role("button", name="Toggle preview").click()
        return self.page.locator("#w-preview-iframe").content_frame

    def press(self, button: str) -> None:
        """Presses a button at the foot of the form; all but the first are under “More actions”."""
        footer = self.page.get_by_role("navigation", name="Actions (footer)")
        wanted = footer.get_by_role("button", name=button)
        if not wanted.is_visible():
            footer.get_by_role("button", name="More actions").click()
        wanted.click()

    def press_action(self, action: str) -> None:
        """Chooses from the menu at the head of the form."""
        header = self.page.get_by_role("navigation", name="Actions", exact=True)
        header.get_by_role("button", name="Actions").click()
        self.page.get_by_role("link", name=action).click()

    def wait_for_autosave(self) -> None:
        """Wagtail begins to watch a form for changes some time after it has loaded."""
        expect(self.page.locator("html[data-watched]")).to_be_attached()

    def expect_saved(self) -> None:
        expect(self.page.locator("#w-autosave-indicator").get_by_text("Saved")).to_be_visible()

    def expect_message(self, words: str) -> None:
        expect(self.page.get_by_role("status").filter(has_text=words)).to_be_visible()
