"""How figures look in Excel: the word of their unit and the format of the number."""

from __future__ import annotations

from kpi.report.words import say
from kpi.report.workbook.sheet import Formula

_MANY = 5
_TWO_PLACES = frozenset({"percent", "points", "stars", "times", "money"})


def unit(name: str, currency: str | None, lang: str) -> str:
    """Return the word of a unit, the code of a currency.

    >>> unit("people", None, "en"), unit("percent", None, "en"), unit("money", "RUB", "en")
    ('people', '%', 'RUB')
    """
    if name == "percent":
        return "%"
    if name == "money":
        return currency or say("xlsx.money", lang)
    return say(f"unit.{name.replace(' ', '_')}", lang, n=_MANY, value="").strip() if name else ""


def number_format(unit: str, value: float | str | Formula | None) -> str:
    """Return an Excel number format that shows as many decimals as help."""
    shown = value.value if isinstance(value, Formula) else value
    if unit in _TWO_PLACES:
        return "#,##0.00"
    whole = not isinstance(shown, float) or shown.is_integer()
    return "#,##0" if whole else "#,##0.0" if abs(shown) >= 1 else "#,##0.000"  # type: ignore[arg-type]
