"""Claims of a workbook that are absurd and not needed, taken out before the library believes them."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from kpi.errors import UnreadableError
from kpi.ingest import zipguard
from kpi.ingest.reasons import Refusal

_HEAD = 4096
_DIMENSION = re.compile(rb'<dimension\s+ref="([^"]*)"\s*/>')
_RANGE = re.compile(rb"[A-Z]{1,3}[1-9]\d*(?::[A-Z]{1,3}[1-9]\d*)?")
_STRINGS = re.compile(rb"<sst[^>]*>")
_COUNT = re.compile(rb'\s(?:uniqueCount|count)="(\d+)"')
_SHORTEST_STRING = len("<si/>")


def mended(data: bytes) -> bytes:
    """Return an xlsx without impossible dimensions (`A0:C3`, as export tools write) and string counts.

    Nearly every file is returned as it is, after a look at the beginning of its sheets.
    """
    try:
        return _mended(data)
    except zipguard.BROKEN as why:
        raise UnreadableError(Refusal.CORRUPT_WORKBOOK) from why


def _mended(data: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        changed = {member.filename: part for member in archive.infolist() if (part := _part(archive, member))}
        if not changed:
            return data
        sink = BytesIO()
        with zipfile.ZipFile(sink, "w") as copy:
            for member in archive.infolist():
                copy.writestr(member, changed.get(member.filename) or archive.read(member))
        return sink.getvalue()


def _part(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes | None:
    """Return the whole part as it should be, None where it is right."""
    with archive.open(member) as part:
        if "worksheets/" in member.filename:
            head = part.read(_HEAD)
            better = _DIMENSION.sub(lambda found: found[0] if _RANGE.fullmatch(found[1]) else b"", head)
        elif member.filename.endswith("sharedStrings.xml"):
            head = part.read(_HEAD)
            better = _STRINGS.sub(lambda start: _plausible(start[0], member.file_size), head, count=1)
        else:
            return None
        return None if better == head else better + part.read()


def _plausible(start: bytes, size: int) -> bytes:
    """Return the start of a table of strings without counts for which its bytes would not suffice."""
    most = size // _SHORTEST_STRING
    return _COUNT.sub(lambda found: found[0] if int(found[1][:20]) <= most else b"", start)
