"""Formulas in words and numbers: the same tree, brackets where arithmetic needs them, × 100 last."""

from __future__ import annotations

import pytest

from kpi.catalog.loader import kpis
from kpi.model.formula import names
from kpi.model.verdict import Part
from kpi.report.formula import in_numbers, in_words


def numbers(formula: str, *values: float | None) -> str:
    parts = [Part(name=name, value=value) for name, value in zip(names(formula), values, strict=True)]
    return in_numbers(formula, parts, "ru").replace("\N{NO-BREAK SPACE}", " ")


def test_a_rate_reads_as_people_write_it() -> None:
    formula = "100 * posts.engagements / posts.reach"
    assert in_words(formula, "ru") == "взаимодействия ÷ охват × 100"
    assert numbers(formula, 3214, 98441) == "3 214 ÷ 98 441 × 100"


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("posts.reach - (posts.views - posts.saves)", "8 − (4 − 2)"),
        ("posts.reach - posts.views - posts.saves", "8 − 4 − 2"),
        ("posts.reach / (posts.views * posts.saves)", "8 ÷ (4 × 2)"),
        ("posts.reach * (posts.views + posts.saves)", "8 × (4 + 2)"),
        ("-(posts.reach + posts.views) / posts.saves", "−(8 + 4) ÷ 2"),
        ("1000 * (posts.reach - posts.views) / posts.saves", "(8 − 4) ÷ 2 × 1 000"),
    ],
)
def test_brackets_keep_the_arithmetic(formula: str, said: str) -> None:
    assert numbers(formula, 8, 4, 2) == said


def test_what_is_unknown_is_a_dash_and_no_zero() -> None:
    assert numbers("posts.reach / posts.count", 8, None) == "8 ÷ —"


def test_an_answer_of_the_owners_is_named_without_a_time() -> None:
    assert "at the end" in in_words("account.followers.end", "en")
    assert "at the end" not in in_words("owner.margin_rate.end", "en")


@pytest.mark.parametrize("kpi", kpis().values(), ids=list(kpis()))
def test_every_formula_of_the_catalogue_can_be_told(kpi: object) -> None:
    for variant in kpi.variants:  # type: ignore[attr-defined]
        for lang in ("en", "ru"):
            told = in_words(variant.formula, lang)
            assert told
            assert "_" not in told
