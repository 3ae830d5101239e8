"""The named reasons for which a file is refused: all of them."""

from __future__ import annotations

from enum import StrEnum
from hashlib import sha256

from kpi.model.reading import Outcome, Reading, Reason


class Refusal(StrEnum):
    """A message key; the sentence, with what to do about it, is made in `report.words`."""

    EMPTY_FILE = "empty_file"  # no bytes
    TOO_LARGE_FILE = "too_large_file"  # the file, or what it says it unpacks to; size, limit in bytes
    TOO_MANY_ROWS = "too_many_rows"  # limit
    TOO_MANY_COLUMNS = "too_many_columns"  # limit
    TOO_MANY_CELLS = "too_many_cells"  # limit; also an empty rectangle that is larger than that
    NO_TABLE = "no_table"  # nothing in it looks like a table
    HEADER_ONLY = "header_only"  # headings, and no row under them; also our template, not filled in yet
    PASSWORD_PROTECTED = "password_protected"  # noqa: S105 - a key, not a password
    CORRUPT_ARCHIVE = "corrupt_archive"  # a zip that is cut off or contradicts itself
    CORRUPT_WORKBOOK = "corrupt_workbook"  # a workbook whose inside is broken
    OLD_EXCEL = "old_excel"  # Excel 4 or older, never inside a container
    NUMBERS_FILE = "numbers_file"  # Apple Numbers
    DOCUMENT = "document"  # a text document, a presentation, a mail
    PICTURE = "picture"
    PDF = "pdf"
    OTHER_KIND = "other_kind"  # JSON, or XML that is no spreadsheet
    BINARY_UNKNOWN = "binary_unknown"  # a program, noise
    UNPACK_FIRST = "unpack_first"  # an archive in an archive, or one of another make than zip
    ZIP_BOMB = "zip_bomb"  # unpacks to absurdly much, or has absurdly many members
    UNSAFE_NAMES = "unsafe_names"  # members that climb out of the archive, link, or share a name; member
    XML_ENTITIES = "xml_entities"  # a part that declares entities, which no spreadsheet program writes
    UNOPENED = "unopened"  # there is no such file, or it may not be opened
    READER_KILLED_MEMORY = "reader_killed_memory"  # limit in bytes
    READER_KILLED_TIME = "reader_killed_time"  # limit in seconds
    READER_CRASHED = "reader_crashed"  # error, where: for the log


def refused(name: str, data: bytes, key: str, **facts: object) -> Reading:
    """Return the reading of a file that is not read, with the reason."""
    return Reading(
        file=name,
        digest=sha256(data).hexdigest(),
        outcome=Outcome.REFUSED,
        reason=Reason(key=str(key), facts=facts),
    )


def unopened(name: str) -> Reading:
    """Return the reading of a file that is not there or may not be opened."""
    return refused(name, b"", Refusal.UNOPENED)
