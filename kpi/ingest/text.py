"""Bytes of a text file → characters, delimiter, and the one repair that is certain."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import islice

from kpi.errors import NothingFoundError
from kpi.ingest.reasons import Refusal

SAMPLE = 65_536
_LINES = 40
_DELIMITERS = "\t;,|"  # of two that fit, the one that is less often part of a text
_SEP = re.compile(r'\A\s*"?sep=(.)[^\r\n]*(?:\r\n|\n|\r|\Z)', re.IGNORECASE | re.DOTALL)
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_INNER = re.compile(r'(?<!")""(?!")')
_CYRILLIC = range(0xC0, 0x100)
_POLISH = re.compile(rb"[\x8a\x8c-\x8f\x9a\x9c-\x9f\xa3\xa5\xb3\xb9]")  # letters that cp1252 lacks there
_LONE = 2
GUARD = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """The characters of a delimited file; `repaired` says that wrapping quotes were taken off."""

    body: str
    delimiter: str
    repaired: bool = False
    guessed: str | None = None


def read(data: bytes, *, keep_quoted: bool = False) -> Text:
    """Return the file's text; `guessed` names an encoding that is only likely."""
    body, guessed = decode(data)
    body = body.replace("\0", "")
    if not body.strip():
        raise NothingFoundError(Refusal.NO_TABLE)
    separator = None
    if said := _SEP.match(body):
        separator, body = said[1], body[said.end() :]
    repaired = False
    if not keep_quoted and wrapped(body):
        body, repaired = unwrap(body), True
    return Text(body=body, delimiter=separator or delimiter(body), repaired=repaired, guessed=guessed)


def plain(data: bytes) -> tuple[int, str] | None:
    """Return where the records of a clean UTF-8 file begin and its delimiter, told by its first lines.

    None where the whole text must be looked at: another encoding, a separator line, wrapped lines.
    """
    start = len(_BOMS[0][0]) if data.startswith(_BOMS[0][0]) else 0
    sample = data[start : start + SAMPLE]
    if len(data) > start + SAMPLE:
        sample = sample[: sample.rfind(b"\n") + 1]
    try:
        head = sample.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if not head.strip() or 0 in data or _SEP.match(head) or wrapped(head):
        return None
    return start, delimiter(head)


def decode(data: bytes) -> tuple[str, str | None]:
    """Return the characters, and the name of the encoding where it had to be guessed."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), None
    head = data[:SAMPLE]
    odd, even = head[1::2].count(0), head[::2].count(0)
    if max(odd, even) * 4 > len(head) and min(odd, even) * 8 < max(odd, even):
        return data.decode("utf-16-le" if odd > even else "utf-16-be", "replace"), None
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        encoding = _likely(head[: head.rfind(b"\n") + 1] or head)
        return data.decode(encoding, "replace"), encoding


def _likely(sample: bytes) -> str:
    """Return the likeliest encoding of one byte a character; Cyrillic runs decide before statistics."""
    high = [byte for byte in sample if byte > 0x7F]  # noqa: PLR2004 - the end of ASCII
    runs = re.findall(rb"[\xc0-\xff]{4,}", sample)
    if sum(byte in _CYRILLIC for byte in high) > 0.8 * len(high) and sum(map(len, runs)) > 0.5 * len(high):
        return "cp1251"
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    found = best.encoding if best and best.encoding not in {"ascii", "utf_8"} else "cp1252"
    return "cp1252" if found == "cp1250" and not _POLISH.search(sample) else found


def wrapped(body: str) -> bool:
    """Return whether a spreadsheet program wrapped whole lines in quotes: the heading is one cell then."""
    lines = [line.rstrip("\r,;\t") for line in body[:SAMPLE].split("\n")[:_LINES]]
    first = lines[0]
    if not _is_wrapped(first) or re.search(r'(?<!")"(?!")', first[1:-1]):
        return False
    if re.search(r'[,;\t]""|"",|"";|""\t', first[1:-1]):
        return True
    counts = {max(line.count(one) for one in _DELIMITERS) for line in lines[:-1] if line}
    return len(counts) == 1 and 0 not in counts and all(map(_is_wrapped, filter(None, lines[:-1])))


def _is_wrapped(line: str) -> bool:
    return len(line) > _LONE and line.startswith('"') and line.endswith('"')


def unwrap(body: str) -> str:
    """Return the text with the wrapping quotes of every physical line taken off."""
    return "\n".join(_unwrapped(line.rstrip("\r")) for line in body.split("\n"))


def _unwrapped(line: str) -> str:
    bare = line.rstrip(";,\t") if line.endswith(('";', '",', '"\t')) else line
    if len(bare) >= _LONE and bare.startswith('"') and bare.endswith('"'):
        return bare[1:-1].replace('""', '"')
    return line


def delimiter(body: str) -> str:
    """Return the delimiter under which the first records have the most equal width."""
    sample = body[:SAMPLE]
    if len(body) > SAMPLE:
        sample = sample[: sample.rfind("\n") + 1] or sample
    fits = {one: _fit(sample, one) for one in _DELIMITERS}
    return max(fits, key=fits.__getitem__) if any(share for share, _ in fits.values()) else ","


def _fit(sample: str, one: str) -> tuple[float, int]:
    widths = list(islice((len(record) for record in records(sample, one) if any(record)), _LINES))
    wide = Counter(width for width in widths if width > 1)
    if not wide:
        return (0.0, 0)
    width, count = max(wide.items(), key=lambda item: (item[1], item[0]))
    return (count / len(widths), width)


def records(body: str, one: str) -> Iterator[list[str]]:
    """Yield the records of a delimited text; a quote that never closes is read as a plain character."""
    csv.field_size_limit(2**31 - 1)
    if '"' not in body or _closes(body, one):
        return csv.reader(StringIO(body, newline=""), delimiter=one)
    lines = body.replace("\r\n", "\n").replace("\r", "\n")
    return csv.reader(StringIO(lines, newline=""), delimiter=one, quoting=csv.QUOTE_NONE)


def _closes(body: str, one: str) -> bool:
    """Return whether the last record ends outside quotes: a guard appended behind it must stay alone."""
    *_, last = csv.reader(StringIO(f"{body}\n{GUARD}", newline=""), delimiter=one)
    return last == [GUARD]
