"""What managers do: the home page, the figures of a school year, imports, the alert bar."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.admin import Admin, upload
from tests.browser.people import MARTA
from tests.factories import ArticlePageFactory, data_csv

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("fresh", "saved_by_hand")]

Visit = Callable[..., Page]


def test_manager_swaps_the_featured_stories(page: Page, visit: Visit) -> None:
    ArticlePageFactory(title="A story of this week")
    before = visit("/").get_by_role("article").get_by_role("heading").all_inner_texts()

    form = Admin(page, MARTA).start("Change the home page")
    form.section("Story 1").get_by_role("button", name="Move down").click()
    form.choose_another(form.section("Featured stories"), before[2], "A story of this week")
    form.press("Publish")
    form.expect_message("published")

    after = visit("/").get_by_role("article").get_by_role("heading").all_inner_texts()
    assert after == [before[1], before[0], "A story of this week"]


def test_manager_puts_in_a_school_year(page: Page, visit: Visit) -> None:
    form = Admin(page, MARTA).start("Put in a school year")
    form.field("First year").fill("2022")
    figures = [
        ("Age 3-5", "15000", "Young child"),
        ("Out of school", "18500", "Youth"),
        ("All students", "33500", "All"),
    ]
    for number, (label, value, icon) in enumerate(figures, start=1):
        row = form.add_row("Add figure", "Figure", number)
        form.field("Label", row).fill(label)
        form.field("Number", row).fill(value)
        row.get_by_role("combobox", name="Icon").select_option(label=icon)
    row.get_by_role("checkbox", name="Is this the total?").check()
    form.write_text("Caveat", "Two States have yet to report.")
    form.field("Source").fill("ED Data Express")
    form.press("Publish")
    form.expect_message("2022-23")

    impact = visit("/").get_by_role("region", name="Our Impact")
    expect(impact).to_contain_text("Migrant youth participating in the Migrant Education Program in 2022-23:")
    for label, value in (("Age 3-5", "15,000"), ("Out of school", "18,500"), ("All students", "33,500")):
        expect(impact.locator("dl > div").filter(has_text=label)).to_contain_text(value)
    expect(impact).to_contain_text("Two States have yet to report.")
    expect(impact).to_contain_text("Source: ED Data Express")


def test_manager_imports_figures_and_undoes_it(page: Page, visit: Visit) -> None:
    rows = [{"School Year": "2018-2019", "State": "TEXAS", "Data Group": "635", "Age/Grade": "KG-03", "Value": "1,234"}]
    address = "/impact/?measure=summer&year=2018-19"
    Admin(page, MARTA)
    page.get_by_role("main").get_by_role("link", name="Import figures").click()
    page.get_by_label("File").set_input_files(upload("SY1819_FS122_DG635_SEA.csv", "text/csv", data_csv(rows)))
    page.get_by_role("button", name="Read the file and show what would change").click()
    expect(page.get_by_role("main")).to_contain_text("Nothing has changed yet.")
    page.get_by_role("button", name="Take over", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("has been taken over")

    states = visit(address).get_by_role("table", name="Served in summer or intersession, 2018-19")
    expect(states.get_by_role("row").filter(has_text="Texas")).to_contain_text("1,234")

    page.get_by_role("link", name="Undo this import…").click()
    page.get_by_role("button", name="Yes, undo it").click()
    expect(page.get_by_role("status")).to_contain_text("has been undone")
    assert visit("/impact/2018-19/").get_by_role("heading", level=1).inner_text() != "Our Impact in 2018-19"


def test_alert_shows_until_its_end(page: Page, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    form = Admin(page, MARTA).start("Set the alert bar")
    page.get_by_role("combobox", name="Kind").select_option(label="Emergency")
    form.field("Heading").fill("The office is closed")
    form.write_text("Alert", "We are back on Monday.")
    end = timezone.localtime() + timedelta(days=2)
    form.fill_time("From", "")
    form.fill_time("Until", f"{end:%Y-%m-%d %H:%M}")
    form.press("Save")
    form.expect_message("updated")

    alert = visit("/updates/").get_by_role("region", name="Site alert")
    expect(alert).to_contain_text("The office is closed")
    expect(alert).to_contain_text("We are back on Monday.")

    monkeypatch.setattr("portal.models.site.timezone", SimpleNamespace(now=lambda: end + timedelta(minutes=1)))
    later = visit("/updates/")
    expect(later.get_by_role("heading", level=1)).to_be_visible()
    expect(later.get_by_role("region", name="Site alert")).to_have_count(0)
