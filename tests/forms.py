"""Fills in the forms of the admin as an editor's browser does: all that the form shows, and what the test changes."""

import json
from typing import Any

from bs4 import BeautifulSoup
from django.test import Client
from wagtail.test.utils.form_data import rich_text


def fields_of(html: str, form: str) -> dict[str, Any]:
    """The values that a browser would send for the form of that id."""
    soup = BeautifulSoup(html, "html.parser").find("form", id=form)
    values: dict[str, Any] = {}
    for field in soup.find_all(["input", "textarea", "select"]):
        name = field.get("name")
        is_off = field.get("type") in ("checkbox", "radio") and not field.has_attr("checked")
        if not name or is_off or field.get("type") in ("submit", "file") or field.has_attr("disabled"):
            continue
        if field.name == "select":
            chosen = field.find_all("option", selected=True) or (
                [] if field.has_attr("multiple") else field.find_all("option")[:1]
            )
            values[name] = [option.get("value", "") for option in chosen]
        elif field.name == "textarea":
            values[name] = field.get_text()
        elif field.has_attr("data-draftail-input") and not any(
            block["text"] for block in json.loads(field["value"])["blocks"]
        ):
            # What the editor's script makes of a text without words.
            values[name] = "null"
        else:
            values[name] = field.get("value", "on" if field.get("type") == "checkbox" else "")
    return values


def page_fields(client: Client, address: str) -> dict[str, Any]:
    """What the form of a page sends; its streams, which scripts draw, are sent empty."""
    response = client.get(address)
    assert response.status_code == 200, f"{address}: {response.status_code} {response.headers.get('Location', '')}"
    streams = {f"{name}-count": "0" for name in ("body",)}
    return streams | fields_of(response.content.decode(), "page-edit-form")


def words(text: str) -> str:
    """A paragraph as the rich text editor sends it."""
    return rich_text(f"<p>{text}</p>")
