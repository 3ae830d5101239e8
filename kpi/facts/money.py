"""Orders, leads, mentions and ads of all files as frames: each order once, each campaign day once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kpi.catalog import loader
from kpi.facts.buyers import buyers
from kpi.facts.copies import once
from kpi.facts.frame import Frame, Ints, Labels, blank, joined
from kpi.facts.halves import whole_ads
from kpi.facts.key import folded, keyed, label_codes, text_codes
from kpi.facts.receipts import numbered_once
from kpi.facts.revised import newest
from kpi.model.owner import Owner
from kpi.model.reading import Issue, Table


def _first_lines(frame: Frame) -> Frame:
    """Return one row an id: the first of its lines."""
    ids = (frame.texts or {}).get("id")
    if ids is None:
        return frame
    codes = ids.dictionary_encode().indices.fill_null(-1).to_numpy(zero_copy_only=False)
    _, first = np.unique(codes, return_index=True)
    lone = np.flatnonzero(codes < 0)
    return frame.take(np.union1d(first[codes[first] >= 0], lone))


def counted(frames: Sequence[Frame], tables: Sequence[Table]) -> tuple[Frame, list[Issue]]:
    """Return rows of which each stands for one (a lead, a mention), or for as many as its count says.

    Beside them what files tell of the same rows differently.
    """
    left, issues = once([_first_lines(frame) for frame in frames], tables)
    whole = joined(left)
    given = whole.values.get("count", blank(len(whole)))
    ready = whole.with_values({"count": np.where(np.isnan(given), 1.0, given)})
    kept, more = newest(ready, keyed(ready, currency_codes(ready)), tables)
    return kept.take(np.argsort(kept.day, kind="stable")), issues + more


def orders(frames: Sequence[Frame], tables: Sequence[Table]) -> tuple[Frame, list[Issue]]:
    """Return orders (or day totals with their number of receipts) of all files, each once, oldest first.

    `frames` are those that `receipts` made. Beside them what files tell of the same orders differently.
    """
    whole = joined(frames)
    kept, issues = newest(whole, keyed(whole, _apart(whole, tables)), tables)
    kept = kept.take(np.argsort(kept.day, kind="stable"))
    kept = kept.with_values({"count": numbered_once(kept, tables)})
    return kept.with_values(buyers(kept, tables)), issues


def _apart(frame: Frame, tables: Sequence[Table]) -> Ints:
    """Return a code for what keeps orders of one number apart: currency, shop and layout, day and direction.

    A number that comes again on another day is another order. A shop or layout that a file does not name
    is taken for the only one that is named.
    """
    names = [(table.account or "", table.source or "") for table in tables]
    mine = [names[int(index)] for index in np.unique(frame.main_origin())]
    told = [sorted({name[part] for name in mine} - {""}) for part in (0, 1)]
    only = [words[0] if len(words) == 1 else "" for words in told]
    shops = Labels.of([f"{name[0] or only[0]}\t{name[1] or only[1]}" for name in names])
    shop = shops.codes[frame.main_origin()]
    return folded(currency_codes(frame), shop, frame.day, frame.until, label_codes(frame, "back"))


def _level(frame: Frame) -> int:
    """Return how fine the rows of an ads table are: 0 campaign, 1 group, 2 ad.

    Keywords (3) are search only, so that their sum is not all that was spent; a table without names (4)
    is a card by device or network, which is believed last.
    """
    texts = frame.texts or {}
    finest = next((level for level, name in enumerate(LEVELS) if name in texts), len(LEVELS))
    return len(LEVELS) if finest == len(LEVELS) else len(LEVELS) - 1 - finest


LEVELS = ("keyword", "ad", "group", "campaign")


def _cabinet(table: Table) -> str:
    """Return where the money of a table was spent, an empty word for own sheets."""
    source = loader.sources().get(table.source or "")
    return (source.cabinet or table.network or "") if source else ""


AIMS = ("link_clicks", "leads", "orders", "follows")


def _by_aim(frame: Frame) -> Frame:
    """Return ads with what hangs on the row's aim: "results" as what they are, and spend to win followers.

    A row of another aim has no spend to win followers, so that it gives the rate no followers either.
    """
    aim = frame.labels.get("aim")
    if aim is None:
        return frame
    told = {name: aim.codes == aim.names.index(name) for name in AIMS if name in aim.names}
    made = frame
    for name, rows in told.items():
        if "results" in frame.values and name not in frame.values:
            figures = {name: np.where(rows, frame.values["results"], np.nan)}
            made = made.with_values(figures, frame.origin["results"])
    if "follows" in told and "spend" in frame.values:
        figures = {"follow_spend": np.where(told["follows"], frame.values["spend"], np.nan)}
        made = made.with_values(figures, frame.origin["spend"])
    return made


def ads(frames: Sequence[Frame], tables: Sequence[Table]) -> tuple[Frame | None, Frame | None, list[Issue]]:
    """Return the rows by day, the rows that are longer windows, and what was left out.

    The same spend exported by campaign and again by ad would count twice: of tables of one network
    whose days overlap, only the daily one (else the coarsest) is kept and the others are named.
    """
    spans = [(int(f.day.min()), int(f.until.max()), _by_aim(f)) for f in whole_ads(frames, tables)]
    ranked = sorted(spans, key=lambda s: (bool((s[2].until > s[2].day).any()), _level(s[2])))
    kept: list[tuple[int, int, Frame]] = []
    issues: list[Issue] = []
    for first, last, frame in ranked:
        table = tables[int(frame.main_origin()[0])]
        rival = next(
            (k for k in kept if _same_money(k[2], frame, tables) and k[0] <= last and first <= k[1]), None
        )
        if rival is None:
            kept.append((first, last, frame))
        else:
            other = tables[int(rival[2].main_origin()[0])]
            issues.append(Issue(key="ads_twice", facts={"file": table.file, "kept": other.file}))
    whole = joined([frame for _, _, frame in sorted(kept, key=lambda k: int(k[2].main_origin()[0]))])
    newest_file = tables[int(whole.main_origin().max())].file
    whole, crossed, revised = _newest_campaigns(whole, tables)
    issues += [
        Issue(key="ads_twice", facts={"file": tables[int(index)].file, "kept": newest_file})
        for index in crossed
    ]
    issues += revised
    whole = whole.take(np.argsort(whole.day, kind="stable"))  # of several files, each in its own order
    longer = whole.until > whole.day
    daily = whole.take(np.flatnonzero(~longer)) if (~longer).any() else None
    windows = whole.take(np.flatnonzero(longer)) if longer.any() else None
    return daily, windows, issues


def _same_money(one: Frame, other: Frame, tables: Sequence[Table]) -> bool:
    """Return whether two ads tables may tell of the same spend in two ways."""
    first, second = tables[int(one.main_origin()[0])], tables[int(other.main_origin()[0])]
    currencies, others = _currencies(one), _currencies(other)
    if currencies and others and currencies.isdisjoint(others):
        return False
    one_cabinet = _cabinet(first) == _cabinet(second) or not (_cabinet(first) and _cabinet(second))
    longer = bool((one.until > one.day).any()), bool((other.until > other.day).any())
    unlike = longer[0] != longer[1] or _level(one) != _level(other)
    return one_cabinet and unlike and first.network == second.network


def _newest_campaigns(frame: Frame, tables: Sequence[Table]) -> tuple[Frame, Ints, list[Issue]]:
    """Return the rows to keep, the tables of those left out, and what newer files tell differently.

    A campaign, group and ad is told once for each day: by the last file that speaks of it in a currency.
    A row whose window only overlaps that of a newer file is left out.
    """
    names = [text_codes(frame, name) for name in ("campaign", "group", "ad")]
    named = [_cabinet(table) for table in tables]
    cabinets = np.array([sorted(set(named)).index(name) for name in named], np.int64)[frame.main_origin()]
    where = (label_codes(frame, "network"), cabinets)
    key = folded(*where, label_codes(frame, "aim"), currency_codes(frame), *names)
    place = folded(frame.day, frame.until, key)
    origin = frame.main_origin()
    last = np.full(place.max(initial=-1) + 1, -1)
    np.maximum.at(last, place, origin)
    last_told = origin == last[place]
    crossed = np.zeros(len(frame), bool)
    longer = np.flatnonzero(last_told & (frame.until > frame.day))
    longer = longer[np.argsort(key[longer], kind="stable")]
    for rows in np.split(longer, np.flatnonzero(np.diff(key[longer])) + 1):
        for row in rows:
            newer = rows[origin[rows] > origin[row]]
            met = (frame.day[newer] <= frame.until[row]) & (frame.day[row] <= frame.until[newer])
            crossed[row] = bool(met.any())
    told = folded(place, origin)
    several = np.zeros(len(last), bool)  # whether a file tells a campaign and day in more than one row
    several[place[np.bincount(told)[told] > 1]] = True
    kept = np.flatnonzero(~np.isin(place, place[crossed]) & (last_told | ~several[place]))
    codes = np.where(several[place[kept]], -1, place[kept])
    merged, issues = newest(frame.take(kept), codes, tables)
    replaced = ~last_told & several[place]  # another breakdown of what a newer file tells
    return merged, np.unique(origin[crossed | replaced]), issues


def currency_codes(frame: Frame) -> Ints:
    """Return a code for the currency of every row: what is told in two currencies is not the same money.

    An untold one is taken for the only one that is told.
    """
    label = frame.labels.get("currency")
    if label is None:
        return np.zeros(len(frame), np.int64)
    told = sorted(_currencies(frame))
    if len(told) != 1:
        return label.codes
    return np.zeros(len(frame), np.int64)


def _currencies(frame: Frame) -> set[str]:
    """Return the currencies that rows name."""
    label = frame.labels.get("currency")
    return {label.names[code] for code in np.unique(label.codes)} - {""} if label else set()


def in_currency(frame: Frame, owner: Owner) -> Frame:
    """Return the frame with amounts of untold currency in the owner's currency."""
    label = frame.labels.get("currency", Labels.same("", len(frame)))
    names = tuple(name or owner.currency or "" for name in label.names)
    merged_names = tuple(dict.fromkeys(names))
    codes = np.array([merged_names.index(name) for name in names], np.int64)[label.codes]
    return replace(frame, labels={**frame.labels, "currency": Labels(codes, merged_names)})
