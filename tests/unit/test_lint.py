from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from kpi.catalog import identities, lint, promises
from kpi.catalog.lint import Catalogue, findings
from kpi.errors import CatalogError
from kpi.model.field import Field, Roll
from kpi.model.goal import Goal, GoalWords
from kpi.model.identity import FactorTexts, FactorWords, Identity
from kpi.model.kpi import Better, Example, Gate, Kpi, Variant, Words
from kpi.model.source import Source, SourceWords, Title


def field(full: str, roll: Roll, unit: str, ru: str, *headings: str) -> Field:
    table, column = full.split(".")
    return Field(
        table=table,
        column=column,
        roll=roll,
        unit=unit,
        en=column,
        ru=ru,
        headings=headings,
        given=bool(headings),
    )


FIELDS = {
    f.name: f
    for f in (
        field("posts.reach", Roll.SUM, "reaches", "охват", "reach", "охват"),
        field("posts.likes", Roll.SUM, "actions", "лайки", "likes"),
        field("posts.count", Roll.SUM, "posts", "публикации"),
        field("posts.at", Roll.WHEN, "", "дата", "date"),
        field("posts.wait", Roll.MEDIAN, "minutes", "ожидание", "wait"),
        field("account.followers", Roll.LAST, "people", "подписчики", "followers"),
        field("account.reach", Roll.NONE, "people", "охват", "reach"),
        field("period.days", Roll.SUM, "days", "дни"),
    )
}
RATE = Variant(id="by_reach", formula="100 * posts.likes / posts.reach", en="by reach", ru="по охвату")
LIKES = Identity(
    of="by_reach",
    formula="100 * likes_a_post / reach_a_post",
    factors={"likes_a_post": "posts.likes / posts.count", "reach_a_post": "posts.reach / posts.count"},
    mixed=("reach_a_post",),
)
FACTOR = FactorTexts(
    en=FactorWords(name="likes", what="How many like it."),
    ru=FactorWords(name="лайки", what="Сколько лайков."),
)
FACTORS = dict.fromkeys(("likes_a_post", "reach_a_post", "network_mix", "format_mix"), FACTOR)
KPI = Kpi(
    id="rate",
    unit="percent",
    better=Better.UP,
    goals={"love": 1.0},
    variants=(RATE,),
    en=Words(name="Rate", question="How many?", caveat="Mind it.", term="A share."),
    ru=Words(name="Доля", question="Сколько?", caveat="Осторожно.", term="Часть."),
    examples=(
        Example(given={"posts.likes": 5, "posts.reach": 100}, value=5),
        Example(given={"posts.likes": 5, "posts.reach": 0}),
        Example(given={"posts.likes": 5}),
    ),
    sources=("a book",),
    sample=(Gate(of="posts.count", colour=8, red=12), Gate(of="period.days", colour=7)),
    identities=(LIKES,),
)
GOAL = Goal(
    id="love",
    order=1,
    icon="favorite",
    guards=("rate",),
    beside=("posts.count",),
    en=GoalWords(name="Love", question="Do they love us?", risk="Blind love."),
    ru=GoalWords(name="Любовь", question="Любят ли нас?", risk="Слепая любовь."),
)
SOURCE = Source(
    id="own",
    kind="posts",
    grain="post",
    figures="lifetime",
    seen="a file",
    columns={"posts.reach": ("Post reach",), "likes": ("Hearts",)},
    known=("Weather",),
    marks=("Hearts", "Weather"),
    counts=("likes",),
    en=SourceWords(name="Our posts", get="Press the button"),
    ru=SourceWords(name="Наши публикации", get="Нажмите кнопку"),
)
GOOD = Catalogue(
    fields=FIELDS, kpis={"rate": KPI}, goals={"love": GOAL}, sources={"own": SOURCE}, factors=FACTORS
)


def with_kpi(**changes: object) -> Catalogue:
    return replace(GOOD, kpis={"rate": replace(KPI, **changes)})  # type: ignore[arg-type]


def with_formula(formula: str, **changes: object) -> Catalogue:
    return with_kpi(variants=(replace(RATE, formula=formula),), **changes)


def with_identity(**changes: object) -> Catalogue:
    return with_kpi(identities=(replace(LIKES, **changes),))  # type: ignore[arg-type]


def with_source(**changes: object) -> Catalogue:
    return replace(GOOD, sources={"own": replace(SOURCE, **changes)})  # type: ignore[arg-type]


def with_goal(**changes: object) -> Catalogue:
    return replace(GOOD, goals={"love": replace(GOAL, **changes)})  # type: ignore[arg-type]


def with_field(changed: Field) -> Catalogue:
    return replace(GOOD, fields=FIELDS | {changed.name: changed})


def test_a_good_catalogue_has_no_findings() -> None:
    assert findings(lambda: GOOD) == []


def test_every_check_has_its_manual_and_is_tried_here() -> None:
    assert all(check.__doc__ for check in lint.CHECKS)
    assert {check.__name__ for check in lint.CHECKS} == {check.__name__ for check, *_ in BROKEN}


Case = tuple[Callable[[Catalogue], Iterator[str]], Catalogue, str]

BROKEN: list[Case] = [
    (identities.told, with_kpi(identities=()), "say by an identity what moves it"),
    (identities.told, with_identity(of="by_views"), "there is no variant by_views"),
    (
        identities.factors,
        replace(GOOD, factors={"likes_a_post": FACTOR, "network_mix": FACTOR, "format_mix": FACTOR}),
        "add reach_a_post to factors.toml",
    ),
    (identities.factors, replace(GOOD, factors=FACTORS | {"weather": FACTOR}), "no KPI is moved by it"),
    (
        identities.factors,
        with_identity(formula="100 * likes_a_post"),
        "take exactly likes_a_post, reach_a_post",
    ),
    (
        identities.factors,
        with_identity(factors=LIKES.factors | {"reach_a_post": "posts.reach"}),
        "only a total of posts",
    ),
    (
        identities.factors,
        with_identity(factors=LIKES.factors | {"reach_a_post": "posts.reach / period.days"}),
        "only a total of posts",
    ),
    (identities.proofs, with_identity(formula="100 * likes_a_post * reach_a_post"), "does not give"),
    (identities.proofs, with_identity(formula="max(likes_a_post, reach_a_post)"), "brackets only"),
    (identities.proofs, with_identity(factors={**LIKES.factors, "likes_a_post": "posts.at"}), "no total"),
    (promises.formulas, with_formula("max(posts.likes, 1)"), "brackets only"),
    (promises.formulas, with_formula("posts.hearts"), "posts.hearts is no field"),
    (promises.formulas, with_formula("account.followers"), "account.followers.end, account.followers.mean"),
    (promises.formulas, with_formula("posts.likes.mean"), "write posts.likes, posts.likes.median instead"),
    (promises.formulas, with_formula("account.reach.median"), "account.reach.daily_mean"),
    (promises.formulas, with_formula("posts.wait"), "posts.wait.median, posts.wait.p90"),
    (promises.formulas, with_formula("posts.at"), "part of a row"),
    (promises.people, with_formula("posts.reach", unit="people"), "unit 'reaches'"),
    (promises.people, with_formula("posts.reach.median", unit="people"), "unit 'reaches'"),
    (promises.person_days, with_formula("account.reach.person_days"), ".daily_mean"),
    (
        promises.person_days,
        with_formula("posts.likes / posts.reach - account.reach.person_days"),
        ".daily_mean",
    ),
    (promises.person_days, with_formula("-account.reach.person_days"), ".daily_mean"),
    (promises.weights, with_kpi(goals={}), "name a goal"),
    (promises.weights, with_kpi(goals={"love": 1.0, "fame": 0.5}), "goals/fame.toml"),
    (promises.weights, with_kpi(goals={"love": -0.5}), "0 or more"),
    (promises.weights, with_kpi(goals={"love": 0.95}), "add up to 1, not to 0.95"),
    (promises.weights, with_kpi(goals={"love": 1.05}), "add up to 1, not to 1.05"),
    (promises.limits, with_kpi(limits=("max(posts.likes, 1)",)), "brackets only"),
    (promises.limits, with_kpi(limits=("0", "posts.hearts / posts.count")), "posts.hearts is no field"),
    (promises.limits, with_kpi(limits=("account.followers",)), "account.followers.end"),
    (promises.limits, with_kpi(limits=("0",), better=Better.RANGE), "both ends"),
    (
        promises.limits,
        with_kpi(limits=("0",), variants=(replace(RATE, better=Better.RANGE),)),
        "both ends",
    ),
    (promises.windows, with_kpi(window="fortnight", leading=False), "month, 90 days, quarter, 12 months"),
    (promises.windows, with_kpi(window="quarter"), "leading = false"),
    (promises.guards, with_goal(guards=()), "name one guard"),
    (promises.guards, with_goal(guards=("rate", "rate")), "each once"),
    (promises.guards, with_goal(guards=("profit",)), "kpis/profit.toml"),
    (promises.guards, with_goal(beside=("posts.at",)), "part of a row"),
    (lint.languages, with_goal(ru=replace(GOAL.ru, risk="Risk")), "into Russian"),
    (lint.languages, with_kpi(ru=replace(KPI.ru, term="")), "both languages"),
    (lint.languages, with_kpi(ru=replace(KPI.ru, name="Rate")), "into Russian"),
    (lint.languages, with_kpi(en=replace(KPI.en, name="Доля")), "into English"),
    (lint.languages, with_field(replace(FIELDS["posts.likes"], ru="likes")), "into Russian"),
    (lint.languages, with_source(ru=replace(SOURCE.ru, get="Press")), "into Russian"),
    (lint.two_senses, with_kpi(en=replace(KPI.en, name="ERR of posts")), "what is divided by what"),
    (promises.gates, with_kpi(sample=(Gate(of="posts.hearts", colour=8),)), "is no field"),
    (promises.gates, with_kpi(sample=(Gate(of="posts", colour=8),)), "write 'posts' as"),
    (
        promises.gates,
        with_kpi(sample=(Gate(of="account.followers.end", colour=8),)),
        "a field of period, posts",
    ),
    (promises.gates, with_kpi(sample=(Gate(of="posts.count", colour=8, red=4),)), "as much"),
    (promises.examples, with_kpi(examples=KPI.examples[:2]), "three examples"),
    (promises.examples, with_kpi(examples=KPI.examples[:1] * 3), "one of them without a value"),
    (promises.examples, with_kpi(examples=(*KPI.examples, Example(given={}, variant="by_luck"))), "by_luck"),
    (promises.examples, with_formula("posts.likes"), "exactly posts.likes"),
    (
        lint.headings,
        with_field(field("posts.saves", Roll.SUM, "actions", "сохранения", "like")),
        "likes already",
    ),
    (lint.headings, with_field(replace(FIELDS["posts.likes"], headings=("Likes",))), "lower case"),
    (lint.headings, with_field(replace(FIELDS["posts.likes"], headings=())), "given = false"),
    (lint.source_fields, with_source(columns={"hearts": ("Hearts", "Weather")}), "posts.hearts is no field"),
    (lint.source_fields, with_source(needs=("account.reach",)), "no field of posts"),
    (lint.source_fields, with_source(titles={"Love": Title(field="hearts")}), "posts.hearts"),
    (lint.source_marks, with_source(marks=("Sun",)), "the mark Sun"),
    (lint.source_counts, with_source(counts=("reach",)), "not reach"),
    (lint.source_keeps, with_source(keeps_days=365), "together"),
    (lint.source_keeps, with_source(keeps_days=0, keeps_said="https://example.com"), "a number of days"),
    (lint.source_keeps, with_source(keeps_days=365, keeps_said="a book"), "an address"),
    (lint.source_keeps, with_source(keeps_days=9, keeps_said="https://example.com", ended=True), "runs out"),
]


@pytest.mark.parametrize(("check", "broken", "advice"), BROKEN)
def test_a_check_says_what_to_do(
    check: Callable[[Catalogue], Iterator[str]], broken: Catalogue, advice: str
) -> None:
    found = [finding for finding in findings(lambda: broken) if finding.startswith(f"{check.__name__}: ")]
    assert len(found) >= 1
    assert any(advice in finding for finding in found), found


def test_a_term_in_capitals_may_stay_as_it_is() -> None:
    same = with_kpi(en=replace(KPI.en, name="ROAS"), ru=replace(KPI.ru, name="ROAS"))
    assert findings(lambda: same) == []


def test_a_variant_s_own_gates_stand_for_those_of_its_kpi() -> None:
    own = with_kpi(variants=(replace(RATE, sample=()),), sample=(Gate(of="account.reach", colour=9),))
    assert findings(lambda: own) == []


def test_an_export_without_a_kind_fills_nothing() -> None:
    unwanted = with_source(kind="", columns={"segment": ("Hearts",)})
    assert findings(lambda: unwanted) == []


def test_a_catalogue_that_cannot_be_read_is_one_finding() -> None:
    def read() -> Catalogue:
        raise CatalogError("catalog_syntax", entry="reach.toml")

    (only,) = findings(read)
    assert "reach.toml" in only
