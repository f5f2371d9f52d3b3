"""Who may import whom (DESIGN 3), and what no module may hold."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
CONTENT = {"home", "impact", "updates", "articles"}
MAY_IMPORT = {
    "portal": set(),
    "home": {"portal", "impact", "updates", "articles"},
    "impact": {"portal"},
    "updates": {"portal"},
    "articles": {"portal"},
}
MODULES = {
    path.relative_to(ROOT): path.read_text()
    for app in MAY_IMPORT
    for path in sorted((ROOT / app).rglob("*.py"))
    if "migrations" not in path.parts
}


def imported_apps(source: str) -> Iterator[str]:
    """The first names of all modules that a source imports."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def forbidden_imports(app: str, source: str) -> set[str]:
    return set(imported_apps(source)) & ((CONTENT | {"portal"}) - MAY_IMPORT[app] - {app})


def explanation_faults(path: Path, source: str) -> list[str]:
    """A module or its class says what it is for, unless its name and place do."""
    tree = ast.parse(source)
    explained = [tree, *(node for node in tree.body if isinstance(node, ast.ClassDef))]
    is_obvious = path.name in ("__init__.py", "apps.py") or "commands" in path.parts
    return [] if is_obvious or any(ast.get_docstring(node) for node in explained) else ["no docstring"]


def size_faults(path: Path, source: str) -> list[str]:
    """One subject to a module: no rooms for odds and ends, and no halls."""
    faults = [f"named {path.stem}"] if path.stem in ("utils", "core", "common", "helpers") else []
    lines = len(source.splitlines())
    return [*faults, f"{lines} lines"] if lines > 300 else faults


def import_faults(path: Path, source: str) -> list[str]:
    # Settings and addresses name every app.
    if path.parts[:2] in (("portal", "settings"), ("portal", "urls.py")):
        return []
    return sorted(forbidden_imports(path.parts[0], source))


@pytest.mark.parametrize("rule", [import_faults, explanation_faults, size_faults])
def test_every_module_keeps_the_rule(rule: Callable[[Path, str], list[str]]) -> None:
    assert len(MODULES) > 50
    assert {str(path): faults for path, source in MODULES.items() if (faults := rule(path, source))} == {}


@pytest.mark.parametrize("app", MAY_IMPORT)
def test_every_app_of_ours_is_installed(app: str) -> None:
    assert app in settings.INSTALLED_APPS


def test_every_folder_with_models_has_its_row() -> None:
    apps = {path.parent.name for path in ROOT.glob("*/apps.py")}
    assert apps == set(MAY_IMPORT), "new app: say in tests/contracts/test_imports.py what it may import"


@pytest.mark.parametrize(
    ("app", "source"),
    [
        ("portal", "from home.models import HomePage"),
        ("portal", "def late():\n    import impact.models"),
        ("updates", "from articles.models import ArticlePage"),
        ("impact", "if TYPE_CHECKING:\n    from home.models import HomePage"),
    ],
)
def test_forbidden_import_is_found(app: str, source: str) -> None:
    assert forbidden_imports(app, source)


def test_home_may_import_the_other_content_apps() -> None:
    assert forbidden_imports("home", "from updates.models import UpdatePage\nfrom portal.seo import absolute") == set()


def test_module_without_a_word_is_found() -> None:
    assert explanation_faults(Path("home/views.py"), "x = 1\n") == ["no docstring"]


def test_room_for_odds_and_ends_is_found() -> None:
    assert size_faults(Path("portal/utils.py"), "x = 1\n" * 301) == ["named utils", "301 lines"]
