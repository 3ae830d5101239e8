"""What social networks and marketing cost: cost sheets, the owner's answer, and the spend of ads."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from kpi.facts.frame import Frame, Ints, Labels, blank, joined, ordinal
from kpi.facts.money import in_currency
from kpi.facts.rates import CONVERTED
from kpi.facts.spans import Span
from kpi.model.owner import Owner, in_force
from kpi.model.period import Period, months_of
from kpi.model.reading import Issue

OWNER = -1  # the origin of figures that the owner typed as an answer
AD_BUDGET = re.compile(
    r"реклам\w*\s*(бюджет|кабинет)|бюджет\w*\s*на\s*реклам|таргет(?!олог)|(вк|vk|яндекс|telegram)\W*(реклама|директ|ads)"
    r"|\b(ad|ads|advertising)\b(\s*(budget|spend))?|^реклама\b",
    re.IGNORECASE,
)
"""An item of a cost sheet that is money paid to an ad cabinet, not to people or for content."""


def add_costs(
    frames: Sequence[Frame],
    owner: Owner,
    daily: dict[str, Frame],
    windows: dict[str, list[Frame]],
) -> list[Issue]:
    """Add costs by month and return what was set aside.

    Ad budget that no ads export tells becomes spend of its month; spend that one tells is a cost of
    marketing beside what the sheet holds.
    """
    if not frames:
        return []
    spans = [*([daily["ads"]] if "ads" in daily else []), *windows.get("ads", [])]
    days: Ints = np.concatenate(
        [np.arange(d, u + 1) for f in spans for d, u in zip(f.day, f.until, strict=True)]
        or [np.zeros(0, np.int64)]
    )
    smm, budget, aside = _by_item([in_currency(frame, owner) for frame in frames], np.unique(days))
    windows["costs"].append(smm)
    if budget is not None:
        windows["ads"].append(budget)
    if "ads" in daily:
        daily["costs"] = _marketing(daily["ads"])
    windows["costs"] += [_marketing(frame) for frame in windows.get("ads", []) if not frame.spread]
    return aside


def _marketing(ads: Frame) -> Frame:
    """Return the spend of ads as a cost of marketing."""
    spend = ads.values.get("spend", blank(len(ads)))
    origin = ads.origin.get("spend", ads.main_origin())
    labels = {name: label for name, label in ads.labels.items() if name in {"currency", CONVERTED}}
    values, origins = {"marketing": spend}, {"marketing": origin}
    return Frame("costs", ads.day, ads.until, labels, values, origins, ads.row, ads.spread)


def _by_item(frames: Sequence[Frame], ad_days: Ints) -> tuple[Frame, Frame | None, list[Issue]]:
    """Return costs by month, the ad budget among them as spend, and what was set aside.

    `ad_days` are the days on which an ads export tells the spend: an ad-budget item of a month with
    such a day is set aside, else it would count twice. Every other item is a cost of social networks;
    both are costs of marketing.
    """
    whole = joined(list(frames))
    items = (whole.texts or {}).get("item", pa.nulls(len(whole), pa.string())).fill_null("").to_pylist()
    is_ads = np.array([bool(AD_BUDGET.search(item)) for item in items], bool)
    inside = np.array(
        [bool(((ad_days >= d) & (ad_days <= u)).any()) for d, u in zip(whole.day, whole.until, strict=True)],
        bool,
    )
    amount = whole.values.get("amount", blank(len(whole)))
    ready = whole.with_values({"smm": np.where(is_ads, np.nan, amount), "marketing": amount})
    issues = [
        Issue(key="ad_budget_aside", row=int(whole.row[i]), facts={"item": items[i]})
        for i in np.flatnonzero(is_ads & inside)
    ]
    budget = ready.take(np.flatnonzero(is_ads & ~inside))
    spend = Frame(
        "ads",
        budget.day,
        budget.until,
        {name: label for name, label in budget.labels.items() if name in {"currency", CONVERTED}},
        {"spend": budget.values["amount"]} if "amount" in budget.values else {},
        {"spend": budget.main_origin()},
        budget.row,
        spread=True,
    )
    return ready.take(np.flatnonzero(~(is_ads & inside))), spend if len(budget) else None, issues


def add_answers(
    owners: Sequence[Owner], spans: dict[str, tuple[Span, ...]], windows: dict[str, list[Frame]]
) -> None:
    """Add the monthly costs that the owner answered, for months that no cost sheet tells."""
    data = [span.period for found in spans.values() for span in found]
    told = [span.period for span in spans.get("costs", ())]
    whole = [Period(min(p.first for p in data), max(p.last for p in data))] if data else []
    months = [m for span in whole for m in months_of(span) if not any(m.meets(t) for t in told)]
    answers = [(m, in_force(owners, m.last)) for m in months]
    costs = [(m, owner.smm_costs_month) for m, owner in answers if owner.smm_costs_month is not None]
    if not costs:
        return
    here = np.full(len(costs), OWNER, np.int64)
    amount = np.array([cost for _, cost in costs], float)
    frame = Frame(
        "costs",
        np.array([ordinal(month.first) for month, _ in costs], np.int64),
        np.array([ordinal(month.last) for month, _ in costs], np.int64),
        {"currency": Labels.same(owners[-1].currency or "", len(costs))},
        {"smm": amount},
        {"smm": here},
        np.zeros(len(costs), np.int64),
        spread=True,
    )
    windows["costs"].append(frame)
    spans["costs"] = (*spans.get("costs", ()), *(Span(month, daily=False) for month, _ in costs))
