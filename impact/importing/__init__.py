"""Takes files of figures over: reads them into staging tables, compares, applies in one transaction, undoes.

A file is read once. Its rows wait in a staging table, where the database compares them with what is there, so that
neither a preview nor a confirmation needs more memory for 300,000 rows than for three.
"""

from impact.importing.applying import ImportRefusedError, OutdatedError, apply, discard, undo
from impact.importing.reading import read

__all__ = ["ImportRefusedError", "OutdatedError", "apply", "discard", "read", "undo"]
