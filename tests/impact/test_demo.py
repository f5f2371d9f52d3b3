"""Demo figures are imported once, and are gone with the rest of the demo."""

from pathlib import Path

import pytest

from impact import demo
from impact.models import Import, Observation
from portal.demo.files import DemoError
from tests.factories import data_csv, imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "one.csv").write_bytes(data_csv([{"State": "TEXAS", "Value": "5"}]))
    return tmp_path


def test_file_is_imported_once(folder: Path) -> None:
    demo.load(folder)
    demo.load(folder)
    assert [entry.state for entry in Import.objects.all()] == [Import.State.APPLIED]
    assert Observation.objects.get().number == 5


def test_later_import_is_not_overwritten(folder: Path) -> None:
    demo.load(folder)
    imported([{"State": "TEXAS", "Value": "6"}], name="newer.csv")
    demo.load(folder)
    assert Observation.objects.get().number == 6


def test_wipe_removes_what_was_loaded_and_it_can_be_loaded_again(folder: Path) -> None:
    demo.load(folder)
    demo.wipe(folder)
    assert not Observation.objects.exists()
    assert not Import.objects.exists()
    demo.load(folder)
    assert Observation.objects.count() == 1


def test_wipe_leaves_what_a_later_import_has_changed(folder: Path) -> None:
    demo.load(folder)
    imported([{"State": "TEXAS", "Value": "6"}], name="newer.csv")
    demo.wipe(folder)
    assert Observation.objects.get().number == 6
    assert Import.objects.count() == 2


def test_mistake_in_a_file_is_named(folder: Path) -> None:
    (folder / "figures" / "two.csv").write_bytes(data_csv([{"State": "ATLANTIS"}]))
    with pytest.raises(DemoError, match=r"two\.csv.*ATLANTIS"):
        demo.load(folder)
