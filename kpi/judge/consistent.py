"""Which targets contradict each other, told by what always holds: revenue = orders × average order."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kpi.catalog.loader import kpis
from kpi.metrics.cubes import Cube
from kpi.metrics.formula import evaluate, is_ratio
from kpi.metrics.numbers import Numbers
from kpi.metrics.values import value
from kpi.model.conflict import Conflict, Named
from kpi.model.formula import names
from kpi.model.kpi import Better, Kpi, Variant
from kpi.model.period import Period
from kpi.model.target import Target, in_force
from kpi.model.view import View

# The whole = the formula. A name is a KPI's variant where there is such a one, else a total of the files.
IDENTITIES = (
    ("reach.posts_gross", "reach_per_post.mean * posts.count"),
    ("engagements_total.posts", "engagement_rate.by_reach * reach.posts_gross / 100"),
    ("engagements_total.posts", "engagement_rate.by_views * views.posts / 100"),
    (
        "follower_growth_rate.end_to_start",
        "100 * follower_net_growth.end_less_start / account.followers.start",
    ),
    ("leads.ads", "cvr_click_to_lead.ads * ads.link_clicks / 100"),
    ("leads.ads", "ads.spend / cpl.paid"),
    ("leads.listed", "cvr_click_to_lead.by_clicks * link_clicks.as_exported / 100"),
    ("leads.listed", "cvr_click_to_lead.by_post_clicks * link_clicks.posts_and_profile / 100"),
    ("leads.listed", "cvr_click_to_lead.by_sessions * social_sessions.web / 100"),
    ("cpl.paid", "100 * cpc.link / cvr_click_to_lead.ads"),
    ("cpc.link", "cpm.impressions / (10 * ctr_ads.link)"),
    ("conversions.orders", "conversion_rate.by_sessions * social_sessions.web / 100"),
    ("conversions.orders", "conversion_rate.by_clicks * link_clicks.as_exported / 100"),
    ("conversions.orders", "conversion_rate.by_post_clicks * link_clicks.posts_and_profile / 100"),
    ("conversions.orders", "cvr_lead_to_sale.same_period * leads.listed / 100"),
    ("conversions.ads", "conversion_rate.ads * ads.link_clicks / 100"),
    ("conversions.web", "conversion_rate.web * social_sessions.web / 100"),
    ("revenue_social.orders", "conversions.orders * avg_order_value.mean"),
    ("revenue_social.ads", "roas.cabinet * ads.spend"),
    ("drr.attributed", "100 / roas.cabinet"),
    ("profit_social.before_goods", "revenue_social.orders - ads.spend - costs.smm"),
    (
        "profit_social.by_rate",
        "revenue_social.orders * owner.margin_rate.end / 100 - ads.spend - costs.smm",
    ),
    ("roi.by_cogs", "100 * profit_social.by_cogs / (ads.spend + costs.smm)"),
    ("roi.by_rate", "100 * profit_social.by_rate / (ads.spend + costs.smm)"),
    ("roi.by_revenue", "100 * profit_social.before_goods / (ads.spend + costs.smm)"),
)
_CLOSE = 1e-9


@dataclass(frozen=True, slots=True)
class _Term:
    """A variant of a KPI in an identity: what it is now, and its target."""

    kpi: Kpi
    variant: Variant
    now: float | None
    target: Target | None

    @property
    def counts(self) -> float:
        """Return the target, else what there is now, NaN where that is unknown."""
        told = self.now if self.target is None else self.target.value
        return math.nan if told is None else told

    @property
    def tolerance(self) -> float:
        """Return by which share the target may be missed, nothing where there is none."""
        if self.target is None:
            return 0.0
        return self.kpi.tolerance.share if self.target.tolerance is None else self.target.tolerance

    def named(self) -> Named:
        """Return the term as a value of a KPI."""
        return Named(kpi=self.kpi, variant=self.variant, value=self.counts, wanted=self.target is not None)


def conflicts(cube: Cube, targets: Sequence[Target], period: Period, view: View) -> tuple[Conflict, ...]:
    """Return the targets in force that cannot be reached together, in the order of the identities.

    A whole is held against its target with the targets of the other KPIs put in, and with the value of the
    period for each that has none; with one unknown nothing is said. It contradicts if it misses its target
    by more than the largest tolerance of the targets that meet. Only targets for the same length of period
    and the same day meet. A whole that comes out better than its target is no contradiction.
    """
    reader = _Reader(Numbers(cube, (period,), view), targets, period)
    found = (_conflict(whole, formula, reader) for whole, formula in IDENTITIES)
    return tuple(one for one in found if one is not None)


class _Reader:
    """Looks the names of identities up in one period; each variant is computed once."""

    def __init__(self, numbers: Numbers, targets: Sequence[Target], period: Period) -> None:
        self.numbers = numbers
        self._targets = targets
        self._day = period.last
        self._terms: dict[str, _Term | None] = {}

    def term(self, name: str) -> _Term | None:
        """Return what a name is as a variant of a KPI, None where it is a total of the files."""
        if name not in self._terms:
            kpi_id, _, variant_id = name.partition(".")
            kpi = kpis().get(kpi_id)
            found = [] if kpi is None else [v for v in kpi.variants if v.id == variant_id]
            self._terms[name] = self._read(kpi, found[0]) if kpi is not None and found else None
        return self._terms[name]

    def _read(self, kpi: Kpi, variant: Variant) -> _Term:
        meant = {None, variant.id} if value(kpi, self.numbers).variant == variant else {variant.id}
        fitting = [
            target
            for target in in_force(self._targets, kpi.id, self._day)
            if target.top is None and target.variant in meant
        ]
        now = value(kpi, self.numbers, (variant,)).now
        return _Term(kpi, variant, now, fitting[-1] if fitting else None)

    def total(self, name: str, formulas: Sequence[str]) -> float:
        """Return a total as the one of these formulas reads it that takes it; NaN where none does."""
        taking = next((text for text in formulas if name in names(text)), None)
        return math.nan if taking is None else float(self.numbers.total(taking, name)[0])


def _conflict(whole: str, formula: str, reader: _Reader) -> Conflict | None:
    """Return what one identity finds."""
    goal = reader.term(whole)
    terms = {name: term for name in names(formula) if (term := reader.term(name)) is not None}
    parts = [name for name, term in terms.items() if term.target is not None]
    if goal is None or goal.target is None or not parts or not _meet([goal, *terms.values()]):
        return None
    texts = [term.variant.formula for term in (goal, *terms.values())]
    totals = {name: reader.total(name, texts) for name in names(formula) if name not in terms}
    given = totals | {name: term.counts for name, term in terms.items()}
    come = _evaluated(formula, given)
    if math.isnan(come) or not _misses(goal, come, max(t.tolerance for t in (goal, *terms.values()))):
        return None
    part = terms.pop(parts[0])
    needed = _needed(formula, given, parts[0], goal.counts)
    if needed is None:
        return None
    return Conflict(
        whole=goal.named(),
        part=part.named(),
        needed=math.ceil(needed - _CLOSE) if _is_count(part) else needed,
        come=come,
        beside=tuple(term.named() for term in terms.values()),
        totals=tuple(totals.items()),
        currency=value(goal.kpi, reader.numbers, (goal.variant,)).currency,
    )


def _meet(terms: Sequence[_Term]) -> bool:
    """Return whether the targets are meant for the same length of period and the same day."""
    targets = [term.target for term in terms if term.target is not None]
    lengths, days = {t.per for t in targets} - {""}, {t.by for t in targets} - {None}
    return len(lengths) <= 1 and len(days) <= 1


def _misses(goal: _Term, come: float, tolerance: float) -> bool:
    """Return whether a whole misses its target by more than is tolerated; one in a range never does."""
    slack = tolerance * abs(goal.counts)
    better = goal.variant.better or goal.kpi.better
    if better is Better.DOWN:
        return come > goal.counts + slack
    return better is Better.UP and come < goal.counts - slack


def _needed(formula: str, given: Mapping[str, float], part: str, aim: float) -> float | None:
    """Return which value of a part gives the aim; the formula is a straight line in it or in its inverse.

    None where no positive value does.
    """
    at = given[part]
    once, twice, fourfold = (_evaluated(formula, {**given, part: times * at}) for times in (1, 2, 4))
    if at == 0 or once == twice:
        return None
    if math.isclose(fourfold - twice, 2 * (twice - once), rel_tol=_CLOSE):
        found = at * (1 + (aim - once) / (twice - once))
    else:  # c + d / x
        rest = aim - (2 * twice - once)
        found = 2 * at * (once - twice) / rest if rest else math.nan
    return found if found > 0 else None


def _evaluated(formula: str, given: Mapping[str, float]) -> float:
    return float(evaluate(formula, lambda name: np.array([given[name]]))[0])


def _is_count(term: _Term) -> bool:
    return not is_ratio(term.variant.formula) and (term.variant.unit or term.kpi.unit) != "money"
