"""What must be true of every view of the admin, found in its URL configuration."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver, path
from wagtail.admin.views.generic.models import CopyView, CopyViewMixin


def copy_views(patterns: list | None = None, prefix: str = "") -> Iterator[str]:
    """The addresses of Wagtail's generic view for copies: what is sent there is written over the original."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from copy_views(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern) and issubclass(
            getattr(pattern.callback, "view_class", type), CopyViewMixin
        ):
            yield route


def test_nothing_is_copied_over_its_original() -> None:
    """Whoever may only add would change what others have published; a manager could make himself administrator."""
    # Sites are kept by administrators alone.
    assert list(copy_views()) == ["admin/sites/copy/<int:pk>/"]


def test_view_for_copies_is_found() -> None:
    assert list(copy_views([path("copy/", CopyView.as_view())])) == ["copy/"]
