"""A preview in words, for the command and for the admin."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from impact.models import Import
from impact.years import year_label

DONE = {Import.State.APPLIED, Import.State.UNDONE}


def summary(imported: Import) -> list[str]:
    """What taking the file over would do, or did, a line each; or why it can't be read."""
    report = imported.report
    if report.get("refusal"):
        return [report["refusal"]]
    is_done = imported.state in DONE
    counts = [
        (_("added") if is_done else _("to add"), report["added"]),
        (_("changed") if is_done else _("to change"), report["changed"]),
        (_("unchanged"), report["unchanged"]),
        (_("rejected"), report["rejected"]),
    ]
    left_out = [words % {"count": f"{count:,}"} for words, count in _left_out(report) if count]
    of_what = [_contents(entry) for entry in report.get("contents", [])]
    lines = [", ".join(f"{count:,} {words}" for words, count in counts), *of_what, *left_out, *report["warnings"]]
    if parts := report.get("parts", 0):
        words = ngettext(
            "%(count)s row is about a part of the students (“%(part)s”); it is in the files to download, "
            "not on the pages",
            "%(count)s rows are about parts of the students (such as “%(part)s”); they are in the files to download, "
            "not on the pages",
            parts,
        )
        lines.append(words % {"count": f"{parts:,}", "part": report["part"]})
    return lines


def _contents(entry: dict[str, Any]) -> str:
    """What a file has of a measure: Eligible over 12 months, 2018-19 – 2020-21: 3 States, the nation."""
    years = " – ".join(year_label(year) for year in sorted({entry["first"], entry["last"]}))
    states, national = entry["states"], entry["national"]
    places = [ngettext("%(count)s State", "%(count)s States", states) % {"count": states}] if states else []
    places += [_("the nation")] if national else []
    return f"{entry['measure']}, {years}: {', '.join(places)}"


def _left_out(report: dict[str, Any]) -> list[tuple[str, int]]:
    """The rows of a file that are neither taken over nor rejected: words, and how many of them."""
    repeated, districts, schools = report["repeated"], report["districts_skipped"], report["schools_skipped"]
    others, empty = report.get("others_skipped", 0), report.get("empty_skipped", 0)
    return [
        (ngettext("%(count)s row is there twice", "%(count)s rows are there twice", repeated), repeated),
        (
            ngettext(
                "%(count)s row of a district was left out", "%(count)s rows of districts were left out", districts
            ),
            districts,
        ),
        (
            ngettext("%(count)s row of a school was left out", "%(count)s rows of schools were left out", schools),
            schools,
        ),
        (
            ngettext(
                "%(count)s note on the data of another program was left out",
                "%(count)s notes on the data of other programs were left out",
                others,
            ),
            others,
        ),
        (
            ngettext("%(count)s note without words was left out", "%(count)s notes without words were left out", empty),
            empty,
        ),
    ]


def findings(imported: Import) -> list[tuple[str, list[str], int]]:
    """The lists of a preview that have something in them: a heading, lines that begin with the line of the file, and
    how many there are in all; only the first are kept.
    """
    report = imported.report
    lists = [
        (
            "rejected",
            _("Rejected (%(count)s)") % {"count": f"{report.get('rejected', 0):,}"},
            [
                _at(found["line"], ": ".join(filter(None, [found["column"], found["reason"]])))
                for found in report.get("rejections", [])
            ],
        ),
        (
            "odd",
            _("Looks odd (%(count)s)") % {"count": f"{report.get('odd', 0):,}"},
            [_at(found["line"], found["text"]) for found in report.get("oddities", [])],
        ),
        (
            "changed",
            (_("Changed (%(count)s)") if imported.state in DONE else _("To change (%(count)s)"))
            % {"count": f"{report.get('changed', 0):,}"},
            [
                _at(change["line"], f"{change['what']}: {change['old']} → {change['new']}")
                for change in report.get("changes", [])
            ],
        ),
    ]
    return [(heading, lines, report.get(name, 0)) for name, heading, lines in lists if lines]


def _at(line: int, text: str) -> str:
    return _("line %(line)s: %(text)s") % {"line": f"{line:,}", "text": text}
