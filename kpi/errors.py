"""The tree of everything that is raised on purpose.

    KpiError
    ├── CatalogError            a file of ours is wrong              found at start and in CI
    ├── FormulaError            a formula asks for what it may not
    ├── WorkspaceError          keeping or finding what the owner gave
    └── UploadError             a file of the owner's is unusable    shown beside that file
        ├── UnreadableError
        ├── TooLargeError
        └── NothingFoundError   no table in the file at all

An error carries a message key and facts; the sentence is made in `kpi.report.words`.
"""

from __future__ import annotations


class KpiError(Exception):
    """Something we refuse; `key` names the sentence, `facts` fill its gaps."""

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(key, facts)
        self.key = key
        self.facts = facts

    def __str__(self) -> str:
        """Return key and facts, for the log."""
        return f"{self.key} {self.facts}" if self.facts else self.key


class CatalogError(KpiError):
    """A catalogue file of ours is wrong."""


class FormulaError(KpiError):
    """A formula asks for what it may not."""


class WorkspaceError(KpiError):
    """What the owner gave cannot be kept or found."""


class UploadError(KpiError):
    """A file of the owner's is unusable; the others go on."""


class UnreadableError(UploadError):
    """The bytes are no spreadsheet that can be read."""


class TooLargeError(UploadError):
    """The file asks for more than the limits allow."""


class NothingFoundError(UploadError):
    """There is no table in the file at all."""
