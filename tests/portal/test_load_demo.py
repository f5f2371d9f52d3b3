"""The demo content, and the command that loads it."""

import re
import tomllib
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image
from wagtail.models import Page, Revision, Site

from articles.models import ArticlePage
from home.models import HomePage
from impact.models import Import, Observation, SchoolYear
from portal.demo.files import DemoError, read_entries
from portal.demo.loader import FOLDER, load
from portal.demo.prose import rich_text, split_body
from portal.demo.sites import public_address
from portal.models import DemoItem, PortalDocument, PortalImage, SiteSettings, StandardPage, Topic
from tests.factories import make_site
from updates.models import UpdatePage

ENTRIES = read_entries(FOLDER / "content")
FIGURES = len(list((FOLDER / "figures").glob("*.csv")))
MAXIMUM_BYTES = 2_000_000
LOGS_AND_CACHES = {"PageLogEntry", "ModelLogEntry", "ContentType", "Permission", "TaskResult"}

SMALL = {
    "10-things.toml": """
        [pic]
        model = "portal.PortalImage"
        title = "A field"
        file = "pictures/field.png"
        description = "A field."

        [paper]
        model = "portal.PortalDocument"
        title = "A paper"
        file = "documents/paper.txt"

        [meetings]
        model = "portal.Topic"
        name = "Meetings"
        slug = "meetings"

        [year]
        model = "impact.SchoolYear"
        start = 2021
        source_name = "A profile"
        figures = [{ label = "All", value = 7, is_total = true }]
        """,
    "20-home.md": """
        +++
        model = "home.HomePage"
        title = "Home"
        goal = "Learn. [About us](page:about)"
        hero_image = "pic"
        +++
        """,
    "30-about.md": """
        +++
        model = "portal.StandardPage"
        parent = "home"
        title = "About"
        published = 2021-05-26
        [blocks.files]
        type = "downloads"
        value.documents = [{ document = "paper" }]
        +++
        ## What we do

        We read a [paper](document:paper).

        {files}
        """,
    "31-history.md": """
        +++
        model = "portal.StandardPage"
        parent = "about"
        title = "History"
        +++
        """,
    "90-settings.toml": """
        [settings]
        model = "portal.SiteSettings"
        organisation = "An office"
        alert_heading = "Sample"
        alert_end = "+30d"
        contact_page = "about"
        """,
}


def write(folder: Path, name: str, text: str) -> None:
    path = folder / "content" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(line.removeprefix(" " * 8) for line in text.strip().splitlines()) + "\n")


def page(parent: str, text: str = "", title: str = "X", model: str = "portal.StandardPage", more: str = "") -> str:
    return f'+++\nmodel = "{model}"\nparent = "{parent}"\ntitle = "{title}"\n{more}\n+++\n{text}'


def start_afresh() -> None:
    """The tree and the site as Wagtail's migrations leave them."""
    make_site()
    for page in Page.objects.filter(depth=2):
        page.specific.delete()
    welcome = Page(title="Welcome to your new Wagtail site!", slug="home")
    Page.get_first_root_node().add_child(instance=welcome)
    Site.objects.create(hostname="localhost", port=80, root_page=welcome, is_default_site=True)


@pytest.fixture
def folder(db: None, tmp_path: Path) -> Path:
    """A fresh portal, and a small content folder to change as a test likes."""
    start_afresh()
    for name, text in SMALL.items():
        write(tmp_path, name, text)
    (tmp_path / "pictures").mkdir()
    (tmp_path / "documents").mkdir()
    Image.new("RGB", (40, 30), "green").save(tmp_path / "pictures/field.png")
    (tmp_path / "documents/paper.txt").write_text("A sample.")
    return tmp_path


def run(folder: Path, **options) -> str:
    """What the command prints."""
    output = StringIO()
    call_command("load_demo", folder=folder, stdout=output, **options)
    return output.getvalue().strip()


def rows() -> dict[str, int]:
    """How many rows each model has."""
    models = [model for model in apps.get_models() if model.__name__ not in LOGS_AND_CACHES]
    return {model._meta.label: model._base_manager.count() for model in models}


def files() -> set[str]:
    """All stored files."""
    root = Path(default_storage.path(""))
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


class TestPortalContent(TestCase):
    """The content that a new portal starts with."""

    @classmethod
    def setUpTestData(cls):
        start_afresh()
        cls.report = load()

    def test_everything_is_made_and_published(self):
        assert self.report.made == len(ENTRIES) == DemoItem.objects.count()
        pages = Page.objects.filter(depth__gt=1)
        assert all(page.live and page.live_revision_id and not page.has_unpublished_changes for page in pages)
        assert all(year.live for year in SchoolYear.objects.all())

    def test_a_second_run_changes_nothing(self):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            report = load()
        assert (report.made, report.there_already) == (0, len(ENTRIES))
        assert [query["sql"].split()[0] for query in queries] == [
            "SAVEPOINT",
            "SELECT",
            *["SELECT"] * FIGURES,
            "RELEASE",
        ]

    def test_figures_come_through_the_importer(self):
        imports = Import.objects.order_by("pk")
        assert [(entry.state, entry.report["odd"]) for entry in imports] == [("applied", 0)] * FIGURES
        found = Observation.objects.filter(year=2021, state="US").values_list("band", "number")
        assert dict(found) == {
            "UNDER3": 2_923, "3TO5NOTK": 16_029, "KG-12+UG": 172_192, "OOS": 19_011, "MISSING": 3_414, "ALL": 213_569,
        }  # fmt: skip
        connecticut = Observation.objects.get(state="CT", year=2014)
        assert (connecticut.value, connecticut.number, connecticut.status) == ("†", None, "not applicable")
        assert Observation.objects.get(state="CT", year=2016).number == 0

    def test_the_main_menu(self):
        menu = HomePage.objects.get().get_children().filter(show_in_menus=True).order_by("path")
        assert [page.title for page in menu] == [
            "About", "Legislation & Policy", "Resources", "Webinars & Meetings", "Our Impact", "Latest Updates", "Articles",
            "States",
        ]  # fmt: skip

    def test_every_summary_is_a_description_of_its_own(self):
        summaries = [page.summary for page in Page.objects.filter(depth__gt=1).specific()]
        assert len(set(summaries)) == len(summaries)
        assert [text for text in summaries if not 50 <= len(text) <= 160] == []

    def test_nine_updates_with_dates_and_topics(self):
        updates = UpdatePage.objects.newest()
        assert [update.date.year for update in updates] == [2023] * 5 + [2021] * 3 + [2020]
        assert all(update.topics.exists() for update in updates)
        assert all(update.first_published_at.date() == update.date for update in updates)

    def test_three_stories_and_two_of_them_with_a_citation(self):
        stories = HomePage.objects.get().stories()
        assert [story.kind for story in stories] == ["own", "press", "press"]
        assert [bool(story.citation) for story in stories] == [False, True, True]
        assert stories[0].quote
        assert not stories[0].attribution
        assert all(story.picture for story in ArticlePage.objects.all())

    def test_the_published_figures_add_up(self):
        figures = SchoolYear.objects.get(start=2021).figures.all()
        assert [figure.sort_order for figure in figures] == list(range(6))
        parts = [figure.value for figure in figures if not figure.is_total]
        assert parts == [2_923, 16_029, 172_192, 19_011, 3_414]
        assert [figure.value for figure in figures if figure.is_total] == [sum(parts)] == [213_569]
        assert [figure.footnote for figure in figures if figure.footnote] == ["Not in kindergarten"]

    def test_years_without_published_figures_have_none(self):
        for start, caveat in ((2016, False), (2020, True)):
            year = SchoolYear.objects.get(start=start)
            assert not year.figures.exists()
            assert bool(year.caveat) is caveat

    def test_settings_name_two_agencies_at_most_and_no_banner(self):
        settings = SiteSettings.objects.get()
        assert settings.organisation == "Office of Migrant Education"
        assert 1 <= len(settings.agencies) <= 2
        assert not settings.is_government_site
        assert settings.has_alert()
        assert not settings.has_alert(timezone.now() + timedelta(days=31))

    def test_no_link_inside_the_portal_is_dead(self):
        client, waiting, seen = Client(), ["/"], {"/"}
        while waiting:
            address = waiting.pop()
            response = client.get(address)
            assert response.status_code == 200, address
            if "text/html" not in response["Content-Type"]:
                continue
            html = re.sub(r"<head>.*?</head>", "", response.content.decode(), flags=re.DOTALL)
            found = {link for link in re.findall(r'<a\b[^>]*?href="(/[^"#?]*)', html) if not link.startswith("/admin")}
            waiting += found - seen
            seen |= found
        assert {page.get_url() for page in Page.objects.filter(depth__gt=1)} <= seen

    def test_the_address_is_the_public_one(self):
        site = Site.objects.get()
        assert site.root_page.specific == HomePage.objects.get()
        assert (site.hostname, site.port) == public_address()
        assert not Page.objects.filter(title__startswith="Welcome to your new Wagtail").exists()


def test_the_content_is_small():
    size = sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    assert size < MAXIMUM_BYTES


def test_contacts_in_the_content_are_samples():
    text = "".join(path.read_text() for path in (FOLDER / "content").rglob("*") if path.is_file())
    assert set(re.findall(r"[\w.-]+@([\w.-]+)", text)) == {"example.gov"}
    assert set(re.findall(r"\(\d{3}\) \d{3}-\d{4}", text)) == {"(202) 555-0100"}


class TestLoading:
    def test_what_is_said_at_the_end(self, folder):
        assert run(folder) == "Demo content: 8 made, 0 there already."
        assert run(folder) == "Demo content: 0 made, 8 there already."

    def test_a_page_has_text_blocks_links_and_history(self, folder):
        run(folder)
        page = StandardPage.objects.get(slug="about")
        paper = PortalDocument.objects.get()
        assert [block.block_type for block in page.body] == ["heading", "paragraph", "downloads"]
        assert page.body[1].value.source == f'<p>We read a <a linktype="document" id="{paper.pk}">paper</a>.</p>'
        assert f'<a linktype="page" id="{page.pk}">' in HomePage.objects.get().goal
        assert page.first_published_at.date().isoformat() == page.last_published_at.date().isoformat() == "2021-05-26"
        assert page.get_latest_revision().created_at == page.first_published_at

    def test_files_have_size_and_hash(self, folder):
        run(folder)
        for thing in (PortalImage.objects.get(), PortalDocument.objects.get()):
            assert thing.file_size == thing.file.size
            assert thing.file_hash

    def test_what_an_editor_changed_stays(self, folder):
        run(folder)
        Topic.objects.update(name="Gatherings")
        StandardPage.objects.filter(slug="about").update(title="About us", slug="about-us")
        run(folder)
        assert Topic.objects.get().name == "Gatherings"
        assert StandardPage.objects.get(slug="about-us").title == "About us"

    def test_what_an_editor_deleted_is_not_made_again(self, folder):
        run(folder)
        Topic.objects.get().delete()
        StandardPage.objects.get(slug="about").delete()
        assert run(folder) == "Demo content: 0 made, 8 there already."
        assert not Topic.objects.exists()
        assert not StandardPage.objects.exists()

    def test_new_content_is_added_around_what_was_deleted(self, folder):
        run(folder)
        StandardPage.objects.get(slug="about").delete()
        write(folder, "40-below.md", page("about"))
        write(folder, "41-beside.md", page("home", more='intro = "See [that](page:about)."'))
        assert run(folder).splitlines() == [
            "Left out “below”: what it belongs to was deleted or is set up otherwise.",
            "Demo content: 1 made, 8 there already.",
        ]
        assert StandardPage.objects.get().intro == "<p>See that.</p>"

    def test_an_editors_site_and_settings_are_kept(self, folder):
        own = Page.get_first_root_node().add_child(instance=Page(title="Ours", slug="ours"))
        Site.objects.update(root_page=own, hostname="ours.example.gov")
        printed = run(folder)
        assert Site.objects.get().root_page == own
        assert "Left out “settings”" in printed
        assert not SiteSettings.objects.exists()

    def test_settings_that_nobody_has_changed_are_filled(self, folder):
        before = SiteSettings.for_site(Site.objects.get())
        run(folder)
        assert SiteSettings.objects.get() == before
        assert SiteSettings.objects.get().organisation == "An office"

    def test_settings_that_an_editor_has_changed_stay(self, folder):
        settings = SiteSettings.for_site(Site.objects.get())
        settings.site_name = "Our results"
        settings.save()
        run(folder)
        assert not SiteSettings.objects.get().organisation

    def test_if_empty_means_no_home_page_and_nothing_loaded_before(self, folder):
        assert "8 made" in run(folder, if_empty=True)
        assert "nothing to do" in run(folder, if_empty=True)
        HomePage.objects.get().delete()
        assert "nothing to do" in run(folder, if_empty=True)

    def test_if_empty_leaves_an_editors_home_page_alone(self, folder):
        Page.get_first_root_node().add_child(instance=HomePage(title="Ours", slug="ours", goal="<p>Ours.</p>"))
        assert "nothing to do" in run(folder, if_empty=True)
        assert not DemoItem.objects.exists()


class TestWiping:
    def test_exactly_what_was_made_goes(self, folder, committing):
        with committing():
            run(folder)
            first = set(DemoItem.objects.values_list("content_type", "object_id"))
            Topic.objects.create(name="Ours", slug="ours")
        there, stored = rows(), files()
        with committing():
            assert run(folder, wipe=True) == "Demo content: 8 made, 0 there already."
        assert rows() == there
        assert len(files()) == len(stored)
        assert not first & set(DemoItem.objects.values_list("content_type", "object_id"))
        assert Topic.objects.filter(name="Ours").exists()
        assert Site.objects.get().root_page.specific == HomePage.objects.get()

    def test_a_page_above_an_editors_page_stays_and_is_named(self, folder):
        run(folder)
        about = StandardPage.objects.get(slug="about")
        about.add_child(instance=StandardPage(title="Ours", slug="ours"))
        printed = run(folder, wipe=True).splitlines()
        assert printed[:2] == [
            "Kept “About”: other pages are below it.",
            "Kept “Home”: other pages are below it.",
        ]
        assert printed[-1] == "Demo content: 6 made, 2 there already."
        assert StandardPage.objects.get(slug="about") == about
        assert {page.title for page in about.get_children()} == {"Ours", "History"}
        assert Site.objects.get().root_page.specific == HomePage.objects.get()


MISTAKES = {
    "no front matter": ("50-bad.md", "Hello", "front matter"),
    "TOML that can't be read": ("50-bad.toml", "[x\n", "line 1"),
    "no model": ("50-bad.toml", '[x]\nname = "X"', "names no model"),
    "a model that isn't there": ("50-bad.toml", '[x]\nmodel = "portal.Nothing"', "Nothing"),
    "a field that isn't there": ("50-bad.toml", '[x]\nmodel = "portal.Topic"\ncolor = "red"', "color"),
    "a value that is refused": ("50-bad.toml", '[x]\nmodel = "portal.Topic"\nname = "Meetings"', "name:"),
    "a picture that isn't there": ("50-bad.toml", '[x]\nmodel = "portal.PortalImage"\nfile = "no.png"', "no.png"),
    "a key used twice": ("50-bad.toml", '[pic]\nmodel = "portal.Topic"', "used in 10-things.toml"),
    "a time that isn't one": ("80-bad.toml", '[x]\nmodel = "portal.SiteSettings"\nalert_end = "soon"', "soon"),
    "a link to nothing": ("50-bad.md", page("home", "[x](page:nowhere)"), "nowhere"),
    "a parent that isn't there": ("50-bad.md", page("nowhere"), "nowhere"),
    "a page in the wrong place": ("50-bad.md", page("home", model="updates.UpdatePage"), "there"),
    "a second home page": ("50-bad.md", '+++\nmodel = "home.HomePage"\ntitle = "X"\n+++', "home page"),
    "a heading that skips a level": ("50-bad.md", page("home", "#### Deep"), "skips a level"),
}


@pytest.mark.parametrize(("name", "text", "reason"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_ends_with_code_2_and_changes_nothing(folder, name, text, reason):
    write(folder, name, text)
    there, stored = rows(), files()
    with pytest.raises(CommandError, match=re.escape(reason)) as caught:
        run(folder)
    assert caught.value.returncode == 2
    assert str(caught.value).startswith(f"{name}: ")
    assert "\n" not in str(caught.value)
    assert (rows(), files()) == (there, stored)


def test_a_mistake_after_a_wipe_leaves_everything(folder, committing):
    run(folder)
    there, stored = rows(), files()
    write(folder, "50-bad.md", page("home", title=""))
    with committing(), pytest.raises(CommandError):
        run(folder, wipe=True)
    assert (rows(), files()) == (there, stored)
    assert Revision.objects.count() == there["wagtailcore.Revision"]


def test_an_empty_folder_is_a_mistake(tmp_path):
    with pytest.raises(DemoError, match="no content"):
        read_entries(tmp_path)


def test_markdown_becomes_what_an_editor_could_have_typed():
    text = "A **bold** and *italic*\nline & [home](page:home).\n\n- one\n- [two](https://www.ed.gov)"
    assert rich_text(text, {"home": 3}.get) == (
        '<p>A <b>bold</b> and <i>italic</i> line &amp; <a linktype="page" id="3">home</a>.</p>'
        '<ul><li>one</li><li><a href="https://www.ed.gov">two</a></li></ul>'
    )


def test_a_link_to_what_was_deleted_leaves_its_words():
    assert rich_text("See [this](page:gone).", {}.get) == "<p>See this.</p>"


NOT_RUNNING_TEXT = [
    "<script>x</script>",
    "![x](https://x.test/a.png)",
    "# One",
    "> said",
    "`code`",
    "[x](/about/)",
    "[x](javascript:x)",
]


@pytest.mark.parametrize("text", NOT_RUNNING_TEXT)
def test_running_text_holds_nothing_else(text):
    with pytest.raises(ValueError, match=r"not allowed|a link leads to"):
        rich_text(text, {}.get)


def test_a_body_is_split_at_headings_and_named_blocks():
    callout = tomllib.loads('type = "callout"\nvalue.text = "Note"')
    assert split_body("## One\n\nText.\n\n- a\n- b\n\n{note}\n\nMore.", {"note": callout}) == [
        {"type": "heading", "value": {"text": "One", "level": "2"}},
        {"type": "paragraph", "value": "Text.\n\n- a\n- b"},
        callout,
        {"type": "paragraph", "value": "More."},
    ]


@pytest.mark.parametrize(("text", "blocks"), [("{x}", {}), ("Text.", {"x": {}}), ("{x}\n\n{x}", {"x": {}})])
def test_a_named_block_stands_in_the_text_once(text, blocks):
    with pytest.raises(ValueError, match="block “x”"):
        split_body(text, blocks)
