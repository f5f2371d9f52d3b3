"""Two editions of the home page, as unlike as they come: an editor can make both, and a visitor reads every line.

Each edition is put together through the models alone, then read line by line in the order of the snapshot. The words
are ours; the cases are those of real editions.
"""

from datetime import date

import pytest
from django.test import Client

from home.models import FeaturedStory, HomePage
from tests import factories
from tests.reading import missing_lines, page_text

GOAL = (
    "The program helps every migratory student to reach high standards and to graduate, or to earn an equivalent, "
    "and to be ready for citizenship, learning and work. This site brings the tools together."
)

EARLY = f"""
Skip to main content
Working Together & Staying in Touch To
Reach Good Results
For Migratory Students
Our Impact
Migrant youth participating in the Migrant Education Program in 2016-17:
Source: Ed Data Express
{GOAL}

Small photo of Article: A Youth’s Road to College
Article: A Youth’s Road to College
"In Ten Years, A Family of Pickers Plans for College"
Rivers, Ada. “In Ten Years, A Family of Pickers Plans for College.” Valley Public Radio (VPR), 29 August 2018. https://vpr.example/
A station told the story of a boy of 14 who moves between two States with his parents.
Read the Article

Small photo of Article: How Recruiters Find Families
Article: How Recruiters Find Families
"“Unsettled”: Who Counts?"
Poe, Alan. “‘Unsettled’: Who Counts?” The Valley Courier, 28 November 2018. https://courier.example
A newspaper went along with recruiters. It looks at the way north, and at what they learn on it.
Read the Article

Latest Updates
2021 Conference of State Directors
The office took part in the conference. Slides of all sessions are now available.
2021 Orientation
The office held its orientation. Handouts can be loaded from the orientation page.
2020 Incentive Grants
The office has announced the grants of 2020.
For more, visit the Resources page.
Webinars on Data
Two webinars were held for School Year (SY) 2019-2020. The first was on files; the second on Part II.
Learn more and see the slides.
"""

LATE = f"""
Skip to main content
Working Together & Staying in Touch To
Reach Good Results
For Migratory Students
Our Impact
Migrant youth participating in the Migrant Education Program in 2020-21:
2020-21 data may be incomplete because of the pandemic. Visit ED Data Express for more details.
Source: ED Data Express
{GOAL}

Small photo of Student of the Year: Jo Lee
Student of the Year: Jo Lee (ND)
After school my goal is a degree. My parents’ work made it possible, and I can’t thank them enough.
The program helps schools that have no course when a student needs it. Courses make up for credits.
Summer programs take place in two towns. Jo came back every year.

Latest Updates
Update: Webinar and Office Hours for School Year 2022-23
The office has changed its plan to one webinar and one office hour. See the webinar page for details.
Save the Date: Directors' Meeting
The meeting is on Tuesday, March 5 and Wednesday, March 6, 2024, in Washington, D.C.
New Matrix of Eligibility
The office has made a matrix. View the Legislation page for the latest.
Certificate Extended
On August 4, 2023, the approval was extended through August 31, 2026. See the legislation page.
Protecting Privacy
This resource has modules and guidance. View Training Modules
"""


def write_updates(*updates: tuple[str, str]) -> None:
    """Updates in the order given, newest first."""
    for age, (title, lead) in enumerate(updates):
        factories.UpdatePageFactory(title=title, lead=lead, date=date(2023, 12, 28 - age))


def feature(*articles) -> None:
    for position, article in enumerate(articles):
        FeaturedStory.objects.create(page=HomePage.objects.get(), article=article, sort_order=position)


@pytest.fixture
def strap_line(home: HomePage) -> HomePage:
    """The home page with its strap line in three parts and its goal."""
    home.hero_lead_in = "Working Together & Staying in Touch To"
    home.hero_emphasis = "Reach Good Results"
    home.hero_tail = "For Migratory Students"
    home.goal = f"<p>{GOAL}</p>"
    home.save()
    return home


@pytest.fixture
def early(client: Client, strap_line: HomePage) -> str:
    """The early edition: no figures, a source without a link, two press articles, four updates."""
    factories.SchoolYearFactory(start=2016, source_name="Ed Data Express")
    feature(
        factories.ArticlePageFactory(
            title="Article: A Youth’s Road to College",
            subtitle='"In Ten Years, A Family of Pickers Plans for College"',
            kind="press",
            picture=factories.ImageFactory(),
            picture_alt="Small photo of Article: A Youth’s Road to College",
            citation_author="Rivers, Ada",
            citation_title="In Ten Years, A Family of Pickers Plans for College",
            citation_outlet="Valley Public Radio (VPR)",
            citation_date=date(2018, 8, 29),
            citation_url="https://vpr.example/",
            lead="<p>A station told the story of a boy of 14 who moves between two States with his parents.</p>",
        ),
        factories.ArticlePageFactory(
            title="Article: How Recruiters Find Families",
            subtitle='"“Unsettled”: Who Counts?"',
            kind="press",
            picture=factories.ImageFactory(description="Small photo of Article: How Recruiters Find Families"),
            citation_author="Poe, Alan",
            citation_title="“Unsettled”: Who Counts?",
            citation_outlet="The Valley Courier",
            citation_date=date(2018, 11, 28),
            citation_url="https://courier.example",
            lead="<p>A newspaper went along with recruiters. It looks at the way north, and at what they learn on it.</p>",
        ),
    )
    page = factories.StandardPageFactory(title="Resources")
    link = f'<a linktype="page" id="{page.pk}">'
    write_updates(
        (
            "2021 Conference of State Directors",
            f"<p>The office took part in the conference. Slides of all sessions are now {link}available</a>.</p>",
        ),
        (
            "2021 Orientation",
            f"<p>The office held its orientation. Handouts can be loaded from the {link}orientation page</a>.</p>",
        ),
        (
            "2020 Incentive Grants",
            f"<p>The office has announced the grants of 2020.</p><p>For more, visit the {link}Resources page</a>.</p>",
        ),
        (
            "Webinars on Data",
            (
                "<p>Two webinars were held for School Year (SY) 2019-2020. The first was on <b>files</b>; the second on Part II."
                f"</p><p>{link}Learn more and see the slides.</a></p>"
            ),
        ),
    )
    return client.get("/").content.decode()


@pytest.fixture
def late(client: Client, strap_line: HomePage) -> str:
    """The late edition: caveat, linked source, an own story with a quote of nobody's, five updates."""
    source = "https://eddataexpress.ed.gov/"
    factories.SchoolYearFactory(start=2016)
    factories.SchoolYearFactory(
        start=2020,
        source_name="ED Data Express",
        source_url=source,
        caveat="<p>2020-21 data may be incomplete because of the pandemic. "
        f'Visit <a href="{source}">ED Data Express</a> for more details.</p>',
    )
    feature(
        factories.ArticlePageFactory(
            title="Student of the Year: Jo Lee (ND)",
            picture=factories.ImageFactory(),
            picture_alt="Small photo of Student of the Year: Jo Lee",
            quote="After school my goal is a degree. My parents’ work made it possible, and I can’t thank them enough.",
            lead="<p>The program helps schools that have no course when a student needs it. Courses make up for credits.</p>"
            "<p>Summer programs take place in two towns. Jo came back every year.</p>",
        )
    )
    page = factories.StandardPageFactory(title="Legislation")
    link = f'<a linktype="page" id="{page.pk}">'
    write_updates(
        (
            "Update: Webinar and Office Hours for School Year 2022-23",
            (
                "<p>The office has changed its plan to one webinar and one office hour. "
                f"See the {link}webinar page</a> for details.</p>"
            ),
        ),
        (
            "Save the Date: Directors' Meeting",
            "<p>The meeting is on Tuesday, March 5 and Wednesday, March 6, 2024, in Washington, D.C.</p>",
        ),
        (
            "New Matrix of Eligibility",
            f"<p>The office has made a matrix. View the {link}Legislation page</a> for the latest.</p>",
        ),
        (
            "Certificate Extended",
            (
                "<p>On August 4, 2023, the approval was extended through August 31, 2026. "
                f"See the {link}legislation page</a>.</p>"
            ),
        ),
        (
            "Protecting Privacy",
            (
                "<p>This resource has modules and guidance. "
                '<a href="https://privacy.example/">View Training Modules</a></p>'
            ),
        ),
    )
    return client.get("/").content.decode()


def test_every_line_of_the_early_edition_is_read_in_its_order(early: str) -> None:
    assert missing_lines(early, EARLY) == []


def test_every_line_of_the_late_edition_is_read_in_its_order(late: str) -> None:
    assert missing_lines(late, LATE) == []


def test_line_that_is_missing_or_out_of_order_is_found(late: str) -> None:
    assert missing_lines(late, "Our Impact\nSkip to main content\nNobody wrote this") == [
        "Skip to main content",
        "Nobody wrote this",
    ]


def test_quote_of_nobody_has_no_dash(late: str) -> None:
    after = page_text(late).partition("I can’t thank them enough.")[2]
    assert after.lstrip("”“ ").startswith("The program helps schools")


def test_source_with_an_address_is_a_link(late: str) -> None:
    assert '<a href="https://eddataexpress.ed.gov/">ED Data Express</a>' in late


def test_source_without_an_address_is_none(early: str) -> None:
    assert "Ed Data Express" in early
    assert "Ed Data Express</a>" not in early


def test_year_without_figures_shows_no_number(early: str) -> None:
    between = page_text(early).partition("2016-17:")[2].partition("Source:")[0]
    assert between.strip() == ""
