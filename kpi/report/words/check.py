"""Finds texts that are missing, left over, untranslated or not in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

from kpi.catalog import loader
from kpi.facts.assemble import FILTERS
from kpi.ingest.reasons import Refusal
from kpi.insight.audit.causes import CAUSES
from kpi.insight.audit.figure import Match
from kpi.insight.content.groups import Standing
from kpi.insight.content.kinds import Kind
from kpi.insight.content.shelf import Measure
from kpi.insight.remarks.found import DETECTORS
from kpi.insight.returns import Way
from kpi.insight.smart import Mark
from kpi.insight.whatif import Figure, Lever
from kpi.judge.forecast import NAMES
from kpi.judge.history import A_YEAR
from kpi.model.field import NUMERIC
from kpi.model.outlook import Reach
from kpi.model.reading import ASSUMED
from kpi.model.target import PERIODS
from kpi.model.verdict import Status
from kpi.report.words.asked import Asked, asked
from kpi.report.words.say import GAP, LANGS, catalog

Forms = Mapping[str, tuple[str, ...]]  # the plural forms of each key, one where it has none

_CODE = Path(__file__).parents[3]
_LATIN = re.compile(r"[A-Za-z][A-Za-z&'.+-]*[A-Za-z+]")
_QUOTED = re.compile(r"«[^»]*»")  # a label as somebody's screen writes it
_CELLS = ("bad_number", "bad_date", "damaged_id")
_PLAIN_UNITS = frozenset({"", "percent", "money", "day", "month"})

_BESIDE = ("catalog", "kpi", "actions", "money", "audit")  # screens that are no steps
_NEVER_A_FILE = {"period", *FILTERS, "marketing_orders"}  # tables whose columns are asked for under another


def findings() -> list[str]:
    """Return what is wrong with the words of the product, one sentence each that says what to do."""
    words = {lang: forms(lang) for lang in LANGS}
    paths = (_CODE / "app.py", *_CODE.glob("kpi/**/*.py"), *_CODE.glob("pages/**/*.py"))
    wanted = asked(path.read_text("utf-8") for path in sorted(paths))
    return [
        *unknown(words, wanted, families()),
        *left_over(words, wanted, families()),
        *unlike(words["en"], words["ru"]),
        *untold(words["en"], wanted),
        *untranslated(words["en"], words["ru"], names()),
        *foreign(_catalogue(), names()),
    ]


def families() -> dict[str, tuple[str, ...]]:
    """Return, for every key that code puts together, the values that its gap can take."""
    units = {kpi.unit for kpi in loader.kpis().values()}
    units |= {variant.unit or "" for kpi in loader.kpis().values() for variant in kpi.variants}
    units |= {field.unit for field in loader.fields().values() if field.roll in NUMERIC}
    return {
        "{}": tuple(Refusal),
        "aside.{}": (
            *("total_row", "average_row", "footer_row", "description_row", "numbering_row", "example_row"),
            *("error_row", "undated_row", "no_period", "heading_row", "cancelled", "no_sale"),
            *sorted(_asides() - {"cancelled", "no_sale", ""}),
        ),
        "issue.{}": (*_CELLS, "hidden_rows", "formula_unsaved", "error_cells", "row_twice"),
        "issue.odd_{}": ("negative", "fraction"),
        "{}s": tuple(f"issue.{cell}" for cell in _CELLS),
        "mapping.reason_{}": ("heading", "unit", "alike", "cells"),
        "outlook.method_{}": NAMES,
        "outlook.of_{}": tuple(A_YEAR),
        "outlook.target_{}": tuple(Reach),
        "question.{}": (),
        "mark.{}": ASSUMED,
        "sample.{}": tuple(sorted({row.sample.partition(" ")[2] for row in loader.benchmarks()} - {""})),
        "audit.cause_{}": CAUSES,
        "audit.short_{}": CAUSES,
        "audit.match_{}": tuple(Match),
        "content.{}": (
            *("text", "day", "network", "format", "reach", "views", "rate", "clicks", "times", "low", "high"),
            *("best", "worst", "better", "worse", "alike"),
        ),
        "content.best_{}": tuple(Measure),
        "content.by_{}": tuple(Measure),
        "content.by_{}_more": tuple(Measure),
        "content.group_{}": ("short", "middle", "long", "paid", "organic"),
        "content.is_{}": tuple(Standing),
        "content.kind_{}": tuple(Kind),
        "content.span_{}": ("3", "6", "12", "all"),
        "money.figure_{}": tuple(Figure),
        "money.lever_{}": tuple(Lever),
        "money.way_{}": tuple(Way),
        "money.way_{}_what": tuple(Way),
        "remark.{}": tuple(DETECTORS),
        "detector.{}": tuple(DETECTORS),
        "status.{}": tuple(Status),
        "shell.{}": ("front", "data", "goals", "targets", "dashboard", "content", "report", *_BESIDE),
        "per.{}": tuple(per or "any" for per in PERIODS),
        "aim.{}": tuple(per for per in PERIODS if per),
        "criterion.{}": tuple(Mark),
        "table.{}": tuple(sorted({field.table for field in loader.fields().values()} - _NEVER_A_FILE)),
        "unit.{}": tuple(sorted(unit.replace(" ", "_") for unit in units - _PLAIN_UNITS)),
    }


@cache
def forms(lang: str) -> Forms:
    """Return every key of a language with its sentence, or its sentences by plural form."""
    found: dict[str, tuple[str, ...]] = {}
    for entry in catalog(lang):
        if entry.id:
            key = entry.id if isinstance(entry.id, str) else entry.id[0]
            said = entry.string or ""
            found[key] = (said,) if isinstance(said, str) else tuple(said)
    return found


@cache
def names() -> frozenset[str]:
    """Return the Latin words that a Russian text may hold: names of products, terms without a translation."""
    return frozenset((files(__package__) / "names.txt").read_text("utf-8").split())


def unknown(words: Mapping[str, Forms], wanted: Asked, known: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """Find keys that code asks for and a language does not have."""
    for pattern in sorted(wanted.patterns - known.keys()):
        yield f"{pattern}: declare in words/check.py which values its gap takes"
    for key in sorted(wanted.keys | _made(known)):
        for lang, texts in words.items():
            if not all(texts.get(key, ("",))):
                yield f"{lang}.po: say {key}"


def left_over(words: Mapping[str, Forms], wanted: Asked, known: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """Find keys that no code asks for."""
    for lang, texts in words.items():
        for key in sorted(texts.keys() - wanted.keys - wanted.strings - _made(known)):
            yield f"{lang}.po: nobody says {key}, take it out"


def unlike(one: Forms, other: Forms) -> Iterator[str]:
    """Find keys whose gaps differ between two languages."""
    for key in sorted(one.keys() & other.keys()):
        left, right = gaps(one[key]), gaps(other[key])
        if left != right:
            yield f"{key}: the gaps differ: {', '.join(sorted(left ^ right))}"


def untold(words: Forms, wanted: Asked) -> Iterator[str]:
    """Find gaps for which the code that says the key brings no fact."""
    for key, facts in sorted(wanted.told, key=lambda one: (one[0], sorted(one[1]))):
        for gap in sorted(gaps(words.get(key, ())) - facts):
            yield f"{key}: the code brings no {gap}"


def untranslated(en: Forms, ru: Forms, allowed: frozenset[str]) -> Iterator[str]:
    """Find Russian sentences that are English ones, or hold words that are."""
    for key in sorted(ru):
        for text in ru[key]:
            if text in en.get(key, ()) and strangers(text, frozenset()) - allowed:
                yield f"ru.po: translate {key}: {text}"
            elif odd := strangers(text, allowed):
                yield f"ru.po: {key} speaks English: {', '.join(sorted(odd))}"


def foreign(texts: Iterable[tuple[str, str]], allowed: frozenset[str]) -> Iterator[str]:
    """Find Russian texts of the catalogue that hold English words."""
    for where, text in texts:
        if odd := strangers(text, allowed):
            yield f"{where}: speaks English: {', '.join(sorted(odd))}"


def strangers(text: str, allowed: frozenset[str]) -> set[str]:
    """Return the Latin words of a text that are no names; what stands in «…» is a label and may.

    >>> strangers("Рост ROAS в «Ads Manager» за month", frozenset({"ROAS"}))
    {'month'}
    """
    return set(_LATIN.findall(GAP.sub("", _QUOTED.sub("", text)))) - allowed


def _made(known: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """Return the keys that code can put together."""
    return frozenset(pattern.format(value) for pattern, values in known.items() for value in values)


def gaps(texts: Iterable[str]) -> set[str]:
    """Return the names of the facts that some sentences want."""
    return {gap[0] for text in texts for gap in GAP.findall(text)}


def _asides() -> set[str]:
    """Return the reasons for which sources set rows aside by a label's value."""
    given = (reasons for source in loader.sources().values() for reasons in source.aside.values())
    return {reason for reasons in given for reason in reasons.values()}


def _catalogue() -> Iterator[tuple[str, str]]:
    """Return the Russian texts of the catalogue, each with the place where it stands."""
    yield from _playbook()
    for kpi in loader.kpis().values():
        ru = kpi.ru
        for text in (ru.name, ru.question, ru.caveat, ru.term, *(variant.ru for variant in kpi.variants)):
            yield f"kpis/{kpi.id}.toml", text
    for goal in loader.goals().values():
        for text in (goal.ru.name, goal.ru.question, goal.ru.risk):
            yield f"goals/{goal.id}.toml", text
    for source in loader.sources().values():
        for text in (source.ru.name, source.ru.get):
            yield f"sources/{source.id}.toml", text
    for field in loader.fields().values():
        yield f"fields/{field.table}.toml {field.column}", field.ru
    for network in loader.networks().values():
        yield f"networks.toml {network.id}", network.ru
    peers = loader.peers()
    for id_, named in {**peers.industries, **peers.panels, **peers.groups}.items():
        yield f"peers.toml {id_}", named.ru


def _playbook() -> Iterator[tuple[str, str]]:
    for action in loader.actions().values():
        for text in (action.ru.title, action.ru.how, action.ru.check, action.effect.ru):
            yield f"actions/{action.id}.toml", text
