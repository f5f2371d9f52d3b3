"""Goals and their verdicts, and the figures for `--json`."""

from typing import Any


def readable(value: float) -> str:
    """A count as it is, a ratio to three digits."""
    return f"{value:,}" if isinstance(value, int) else f"{value:.3g}"


class Report:
    """Collects figures, and prints for each goal whether it is reached."""

    def __init__(self) -> None:
        self.figures: dict[str, Any] = {}
        self.verdicts: dict[str, bool] = {}

    def keep(self, name: str, figure: Any) -> None:
        self.figures[name] = figure

    def goal(self, name: str, value: float, *, at_least: float | None = None, at_most: float | None = None) -> None:
        """A figure with the least or the most that it may be."""
        reached = (at_least is None or value >= at_least) and (at_most is None or value <= at_most)
        bound = f">= {readable(at_least)}" if at_least is not None else f"<= {readable(at_most)}"
        self.verdicts[name] = reached
        print(f"  {'PASS' if reached else 'miss'}  {name}: {readable(value)} ({bound})")

    def close(self) -> None:
        missed = [name for name, reached in self.verdicts.items() if not reached]
        print(f"\n{len(self.verdicts) - len(missed)} of {len(self.verdicts)} goals reached.")

    def as_dict(self) -> dict[str, Any]:
        return {"figures": self.figures, "goals": self.verdicts}
