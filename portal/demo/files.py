"""Reads the content files: TOML with several entries each, or Markdown with one entry in TOML before it."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from portal.demo.prose import split_body

FRONT_MATTER = re.compile(r"\A\+\+\+\n(.*?)^\+\+\+\n(.*)\Z", re.DOTALL | re.MULTILINE)
# File names begin with a number where the order matters: 10-about.md has the key "about".
ORDER_NUMBER = re.compile(r"^\d\d-")


class DemoError(Exception):
    """What is wrong with the content, in one line that names the file."""

    def __init__(self, source: str, reason: object) -> None:
        super().__init__(f"{source}: {' '.join(str(reason).split())}")


@dataclass(frozen=True)
class Entry:
    """One thing to make: a page, a picture, a topic."""

    key: str
    model: str
    source: str
    parent: str | None
    published: date | None
    values: dict[str, Any]


def read_entries(folder: Path) -> list[Entry]:
    """All entries below a folder, in the order of the file names, which is the order to make them in."""
    entries: dict[str, Entry] = {}
    for path in sorted(folder.rglob("*")):
        source = path.relative_to(folder).as_posix()
        for entry in _read_file(path, source) if path.suffix in {".toml", ".md"} else []:
            if entry.key in entries:
                raise DemoError(source, f"the key “{entry.key}” is used in {entries[entry.key].source} too")
            entries[entry.key] = entry
    if not entries:
        raise DemoError(folder.name, "there is no content in it")
    return list(entries.values())


def _read_file(path: Path, source: str) -> list[Entry]:
    try:
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".toml":
            tables = tomllib.loads(text)
        else:
            tables = {ORDER_NUMBER.sub("", path.stem): _read_markdown(text)}
        return [_entry(key, table, source) for key, table in tables.items()]
    except (ValueError, OSError) as error:
        raise DemoError(source, error) from error


def _read_markdown(text: str) -> dict[str, Any]:
    """The front matter, and the text below as the blocks of a field called body."""
    match = FRONT_MATTER.match(text)
    if match is None:
        raise ValueError("it has to begin with front matter between two lines “+++”")
    table = tomllib.loads(match[1])
    blocks = table.pop("blocks", {})
    if match[2].strip():
        table["body"] = split_body(match[2], blocks)
    return table


def _entry(key: str, table: Any, source: str) -> Entry:
    if not isinstance(table, dict):
        raise ValueError(f"“{key}” stands outside of an entry")
    values = dict(table)
    if "model" not in values:
        raise ValueError(f"“{key}” names no model")
    return Entry(
        key=key,
        source=source,
        model=values.pop("model"),
        parent=values.pop("parent", None),
        published=values.pop("published", None),
        values=values,
    )
