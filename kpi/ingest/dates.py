"""Dates and times as people write them: ISO first, then one order of day and month for a whole column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from kpi.ingest.moment import DAY, EPOCH, MONTH, NUMERIC, QUARTER, SERIALS, WEEK, clock, moment
from kpi.ingest.strip import STAMP, Strip

Moments = npt.NDArray[np.datetime64]
NAT = np.datetime64("NaT", "us")
_SAMPLE = 2000
_MANY = 200  # different words, from which day and clock are read apart
_BLANK = frozenset({"", "-", "--", "—", "–"})
_GRAINS = (DAY, WEEK, MONTH, QUARTER)
_MONTHS = 12
_NOON = 12
_SERIAL = 5  # digits of a day number
_COMPACT = (20_000_101, 20_991_232)
_PLAIN = r"^(?P<day>[\d./-]+)[T ](?P<clock>\d{1,2}:\d{2}(?:\D.*)?)$"  # what most are, and found at a glance
_APART = r"^(?P<day>.*?\d.*?)(?:[T,\s]|\s+at\s|\s+в\s)\s*(?P<clock>\d{1,2}:\d{2}(?:\D.*)?)$"
_CLOCK = (
    r"(?i)^(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d|60)(?:[.,]\d+)?)?"
    r"(?P<rest>\s*(?:[ap]\.?m\.?)?\s*(?:z|utc|gmt|[+-]\d{2}:?\d{2})?)$"
)
_FEW, _STEP = 3, 7  # dates that tell a sequence, and the days from one to the next at most


@dataclass(frozen=True, slots=True)
class Dates:
    """A column read as moments as written; NaT is unknown.

    `offset` are minutes from UTC (NaN where not told, None where never told); `open` is True where
    nothing tells day and month apart: then no slashed date is read. `bad` are rows with other words.
    `grain` names by row what is longer than a day (`week`, `month`, `quarter`), None where nothing is;
    `assumed` is the reading that the cells do not prove.
    """

    values: Moments
    offset: npt.NDArray[np.float64] | None = None
    bad: tuple[tuple[int, str], ...] = ()
    open: bool = False
    grain: npt.NDArray[np.int8] | None = None
    assumed: str | None = None

    def ends(self) -> Moments:
        """Return the last day of what every row names."""
        first = self.values.astype("datetime64[D]")
        if self.grain is None:
            return first
        month = first.astype("datetime64[M]")
        choices = (first, first + 6, *(((month + n).astype("datetime64[D]") - 1) for n in (1, 3)))
        return np.choose(self.grain, choices)


def dates(strip: Strip, order: str | None = None, answer: str | None = None) -> Dates:
    """Return the column as moments; `order` is the source's (`mdy`, `dmy`, `ymd`), `answer` the owner's."""
    values = np.full(strip.length, NAT)
    if strip.when is not None:
        values = np.array(strip.when.to_numpy(zero_copy_only=False), dtype="datetime64[us]")
    bad: tuple[tuple[int, str], ...] = ()
    serial = False
    if strip.number is not None:
        bad, serial = _numbered(strip.number, values)
    found = Dates(values) if strip.text is None else _texts(strip.text, order, answer)
    return replace(
        found,
        values=np.where(np.isnat(found.values), values, found.values),
        bad=(*bad, *found.bad),
        assumed="serials" if serial else found.assumed,
    )


def _numbered(array: pa.Array, values: Moments) -> tuple[tuple[tuple[int, str], ...], bool]:
    """Read Excel's day numbers and dates written as one number into `values`.

    Return the other numbers, and whether there was a day number among them.
    """
    given = np.array(array.to_numpy(zero_copy_only=False), dtype=np.float64)
    serial = (given >= SERIALS[0]) & (given <= SERIALS[1])
    seconds = np.round(given[serial] * 86_400).astype("timedelta64[s]")
    values[serial] = np.datetime64(EPOCH, "us") + seconds
    compact = np.flatnonzero((given >= _COMPACT[0]) & (given < _COMPACT[1]) & (given % 1 == 0))
    whole = given[compact].astype(np.int64)
    first = ((whole // 10_000 - 1970) * 12 + whole // 100 % 100 - 1).astype("datetime64[M]")
    day = first.astype("datetime64[D]") + (whole % 100 - 1)
    sound = (day.astype("datetime64[M]") == first) & (first.astype(np.int64) % 12 == whole // 100 % 100 - 1)
    values[compact[sound]] = day[sound]
    lost = np.flatnonzero(~np.isnan(given) & np.isnat(values))
    return tuple((int(row), f"{given[row]:g}") for row in lost), bool(serial.any())


def _texts(text: pa.Array, order: str | None, answer: str | None) -> Dates:
    """Read texts: few different ones each alone, many with their clock apart from the day."""
    many = any(len(some.unique()) > _MANY for some in (text.slice(0, _SAMPLE), text))
    if many and pc.any(pc.match_substring(text, ":")).as_py():
        plain = text if pc.all(pc.string_is_ascii(text)).as_py() else pc.utf8_normalize(text, "NFKC")
        bare = pc.utf8_trim_whitespace(plain)
        parts = pc.extract_regex(bare, _PLAIN)
        if parts.null_count > text.null_count:
            parts = pc.extract_regex(bare, _APART)
        if parts.null_count < len(text):
            return _timed(text, parts, order, answer)
    return _coded(text.dictionary_encode(), order, answer)


def _timed(text: pa.Array, parts: pa.Array, order: str | None, answer: str | None) -> Dates:
    """Read days and clocks by their few different texts; what has no clock is a day alone."""
    days = pc.if_else(parts.is_valid(), pc.struct_field(parts, "day"), text)
    found = _coded(days.dictionary_encode(), order, answer)
    clocks = pc.struct_field(parts, "clock").dictionary_encode()
    told = pc.extract_regex(clocks.dictionary, _CLOCK)
    hour, minute, second = (_whole(told, name) for name in ("hour", "minute", "second"))
    rest = pc.struct_field(told, "rest").dictionary_encode()
    tails = [_tail(word) for word in rest.dictionary.to_pylist()]
    places = rest.indices.fill_null(len(tails)).to_numpy(zero_copy_only=False)
    half = np.array([*(one[0] for one in tails), -1])[places]
    zones = np.array([*(one[1] for one in tails), np.nan])[places]
    hour = np.where(half >= 0, hour % _NOON + _NOON * half, hour)
    rows = clocks.indices.fill_null(len(told)).to_numpy(zero_copy_only=False)
    zones = np.append(zones, np.nan)[rows]
    seconds = np.append(hour * 3600 + minute * 60 + second, 0)[rows].astype("timedelta64[s]")
    failed = np.append(told.is_null().to_numpy(zero_copy_only=False), values=False)[rows]
    wrong = np.union1d(np.flatnonzero(failed), [row for row, _ in found.bad]).astype(np.int64)
    return replace(
        found,
        values=np.where(failed, NAT, found.values + seconds),
        offset=None if np.isnan(zones).all() else zones,
        bad=tuple((int(row), text[int(row)].as_py()) for row in wrong),
        assumed=found.assumed or _zoned(zones, found.values),
    )


def _whole(told: pa.Array, name: str) -> npt.NDArray[np.int64]:
    """Return a part of clocks as integers, 0 where a clock does not tell it."""
    part = pc.struct_field(told, name).fill_null("0")
    digits = pc.if_else(pc.equal(part, ""), "0", part)
    return np.asarray(digits.cast(pa.int64()).to_numpy(zero_copy_only=False))


def _tail(word: str) -> tuple[int, float]:
    """Return what stands behind a clock: half of the day (-1: not told), minutes from UTC."""
    noon, one = (clock(f"{hour}:00{word}") or (0, None) for hour in (_NOON, 1))
    half = 0 if noon[0] == 0 else 1 if one[0] > noon[0] else -1
    return half, np.nan if noon[1] is None else noon[1]


def _zoned(zones: npt.NDArray[np.float64], values: Moments) -> str | None:
    """Return that a zone is assumed, where some times of a column name one and some do not."""
    read = ~np.isnat(values)
    return "zone" if np.isnan(zones[read]).any() and not np.isnan(zones).all() else None


def _coded(coded: pa.DictionaryArray, order: str | None, answer: str | None) -> Dates:
    """Read a column by its different texts, each once."""
    words = [word or "" for word in coded.dictionary.to_pylist()]
    chosen, unsure = day_month(words, order, answer)
    assumed = None
    if unsure and (chosen := _sequence(words)):
        unsure, assumed = False, "sequence"
    read = [moment(word, chosen) for word in words]
    assumed = (
        "serials"
        if any(
            one and word.strip().isdigit() and len(word.strip()) == _SERIAL
            for word, one in zip(words, read, strict=True)
        )
        else assumed
    )
    faulty = [
        place
        for place, (word, one) in enumerate(zip(words, read, strict=True))
        if one is None and word.strip() not in _BLANK and not (unsure and NUMERIC.match(word.strip()))
    ]
    places = np.asarray(coded.indices.fill_null(len(words)).to_numpy(zero_copy_only=False), dtype=np.int64)
    moments = np.array([*(NAT if one is None else one.at for one in read), NAT], dtype="datetime64[us]")
    offsets = np.array(
        [*(np.nan if one is None or one.offset is None else one.offset for one in read), np.nan]
    )
    grains = np.array([*(0 if one is None else _GRAINS.index(one.grain) for one in read), 0], dtype=np.int8)
    zones, values = offsets[places], moments[places]
    return Dates(
        values,
        None if np.isnan(zones).all() else zones,
        tuple((int(row), words[places[row]]) for row in np.flatnonzero(np.isin(places, faulty))),
        unsure,
        grains[places] if grains.any() else None,
        assumed or _zoned(zones, values),
    )


def day_month(words: Iterable[str], order: str | None, answer: str | None) -> tuple[str | None, bool]:
    """Return the order of slashed dates and whether it stays open; evidence beats what a source says.

    >>> day_month(["03/04/2026", "25/06/2026"], None, None)
    ('dmy', False)
    >>> day_month(["03/04/2026"], None, None)
    (None, True)
    """
    if answer in {"dmy", "mdy"}:
        return answer, False
    first = second = slashed = False
    for word in words:
        match = NUMERIC.match(word.strip())
        if match and match[2] != ".":
            slashed = True
            first |= int(match[1]) > _MONTHS
            second |= int(match[3]) > _MONTHS
    if not slashed:
        return order, False
    if first != second:
        return ("dmy" if first else "mdy"), False
    if order in {"dmy", "mdy"}:
        return order, False
    return None, True


def _sequence(words: Sequence[str]) -> str | None:
    """Return the order in which slashed dates follow one another within a week, None unless only one does.

    First days of months under the other order are as likely: then neither is told.
    """
    given = [word for word in words if word.strip() not in _BLANK]
    regular, firsts = [], []
    for order in ("dmy", "mdy"):
        read = [one for word in given if (one := moment(word, order))]
        if len(read) < len(given) or len(read) < _FEW:
            return None
        days = np.array([one.at for one in read], dtype="datetime64[D]").astype(np.int64)
        steps = np.diff(days)
        regular.append(bool((np.abs(steps) <= _STEP).all() and ((steps >= 0).all() or (steps <= 0).all())))
        firsts.append(all(str(one.at)[8:10] == "01" for one in read))
    if regular[0] == regular[1] or firsts[regular[0]]:
        return None
    return "dmy" if regular[0] else "mdy"


def stamps(values: Moments) -> pa.Array:
    """Return moments as an array, null where unknown."""
    return pa.array(values.astype("datetime64[us]"), STAMP)


def days(values: Moments) -> pa.Array:
    """Return the days of moments as an array, null where unknown."""
    return pa.array(values.astype("datetime64[D]"), pa.date32())
