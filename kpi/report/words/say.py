"""Says a key and its facts in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from gettext import GNUTranslations
from importlib.resources import files
from io import BytesIO
from typing import Any, Protocol

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from kpi.model.reading import Issue
from kpi.report.words.tell import told

LANGS = ("en", "ru")
GAP = re.compile(r"\{(\w+)(?:\?([^:{}]*):([^{}]*))?\}")  # {name}, or {name?said where true:said where not}
_FRACTION_COUNTS_AS = 2  # "1,5 строки", "1.5 rows"


class Said(Protocol):
    """Whatever carries a message key and the facts for its gaps: a reason, an error."""

    @property
    def key(self) -> str:
        """The message key."""

    @property
    def facts(self) -> Mapping[str, Any]:
        """What fills the gaps, by name."""


def say(key: str, lang: str, /, **facts: object) -> str:
    """Return the sentence of `key` in `lang`, its gaps filled with facts told in that language.

    A gap is `{name}`, or `{name?one text:another}` for a fact that is true or not; one without its fact
    gets a dash. A sentence with plural forms takes the form that the fact `n` asks for. How a fact is
    told, and which fact names hold ids, see `tell.told`. An unknown key raises `KeyError`.

    >>> say("unit.people", "ru", n=3, value="3")
    '3 человека'
    """
    return GAP.sub(lambda gap: _filled(gap, facts, lang), _template(key, lang, facts.get("n")))


def say_n(key: str, n: float, lang: str, /, **facts: object) -> str:
    """Return the sentence of `key` in the plural form of `n`, which also fills the gap `{n}`."""
    return say(key, lang, n=n, **facts)


def sentence(said: Said, lang: str) -> str:
    """Return what a reason or an error says."""
    return say(said.key, lang, **said.facts)


def issue_sentence(issue: Issue, lang: str) -> str:
    """Return what an issue says; beside its facts it tells its `heading` and `cell`."""
    place = {"heading": issue.heading or "", "cell": issue.cell or ""}
    return say(f"issue.{issue.key}", lang, **place | dict(issue.facts))


@cache
def catalog(lang: str) -> Catalog:
    """Return the translator's file of `lang`, parsed."""
    with (files(__package__) / f"{lang}.po").open("rb") as file:
        return read_po(file, locale=lang)


@cache
def _book(lang: str) -> GNUTranslations:
    """Return the sentences of `lang` with their plural rule."""
    compiled = BytesIO()
    write_mo(compiled, catalog(lang))
    compiled.seek(0)
    return GNUTranslations(compiled)


def _filled(gap: re.Match[str], facts: Mapping[str, object], lang: str) -> str:
    fact = facts.get(gap[1])
    if gap[2] is not None:
        return gap[2] if fact else gap[3]
    text = told(gap[1], fact, lang)
    ends = gap.string.startswith(".", gap.end())  # "2025 г." ends a sentence with the stop that it has
    return text.removesuffix(".") if ends else text


def _template(key: str, lang: str, n: object) -> str:
    book, many = _book(lang), f"{key}#"
    if isinstance(n, int | float):
        count = int(n) if n == int(n) else _FRACTION_COUNTS_AS
        found = book.ngettext(key, many, count)
        if found not in (key, many):
            return found
    found = book.gettext(key)
    if found == key:
        raise KeyError(key)
    return found
