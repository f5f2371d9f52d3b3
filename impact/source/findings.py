"""What a reader has to say about a file: how much it read, what it left out, what it could not accept."""

from dataclasses import dataclass, field

# A file that is wrong all through says so in a few hundred lines as well as in 300,000.
LISTED = 500


@dataclass
class Rejection:
    """A place in a file, and what is wrong there."""

    line: int
    column: str
    reason: str


@dataclass
class Findings:
    """Counts of rows, and the rejections; only the first are listed."""

    rows: int = 0
    districts_skipped: int = 0
    schools_skipped: int = 0
    # Data notes about other programs, and without a text.
    others_skipped: int = 0
    empty_skipped: int = 0
    rejected: int = 0
    rejections: list[Rejection] = field(default_factory=list)
    # Why the whole file can't be read, with the line.
    refusal: str = ""
    warnings: list[str] = field(default_factory=list)

    def reject(self, line: int, column: str, reason: object) -> None:
        self.rejected += 1
        if len(self.rejections) < LISTED:
            self.rejections.append(Rejection(line, column, str(reason)))
