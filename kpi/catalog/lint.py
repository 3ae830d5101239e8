"""Checks the catalogue as a whole: every promise between its files that the loader cannot see in one file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from kpi.catalog import identities, promises
from kpi.catalog.whole import Catalogue, ours
from kpi.errors import KpiError

__all__ = ["CHECKS", "Catalogue", "findings", "ours"]

_LATIN = re.compile("[a-z]", re.IGNORECASE)
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_TWO_SENSES = re.compile(r"\b(ERR|VR)\b")


def findings(read: Callable[[], Catalogue] = ours) -> list[str]:
    """Return what is wrong with the catalogue that `read` returns, one sentence each."""
    try:
        given = read()
    except KpiError as why:
        return [f"loads: mend the file that cannot be read: {why}"]
    return [f"{check.__name__}: {finding}" for check in CHECKS for finding in check(given)]


def languages(catalogue: Catalogue) -> Iterator[str]:
    """Every text stands in both languages and is translated; a pure term in capitals may stay as it is."""
    for where, en, ru in _texts(catalogue):
        if not en.strip() or not ru.strip():
            yield f"{where}: write the text in both languages"
        elif not _LATIN.search(en):
            yield f"{where}: translate into English: {en}"
        elif not _CYRILLIC.search(ru) and not (en == ru and en.isupper()):
            yield f"{where}: translate into Russian: {ru}"


def two_senses(catalogue: Catalogue) -> Iterator[str]:
    """ERR and VR mean one thing to one service and another to the next: they are spelled out."""
    for where, *both in _texts(catalogue):
        for text in both:
            if _TWO_SENSES.search(text):
                yield f"{where}: say in words what is divided by what: {text}"


def headings(catalogue: Catalogue) -> Iterator[str]:
    """A heading means one field of a table; a field that no file holds has none."""
    owners: dict[tuple[str, str], str] = {}
    for full, field in catalogue.fields.items():
        if field.given != bool(field.headings):
            yield f"fields/{full}: give it headings, or say `given = false` and none"
        for heading in field.headings:
            if heading != heading.lower():
                yield f"fields/{full}: write the heading in lower case: {heading}"
            owner = owners.setdefault((field.table, heading.replace("ё", "е").removesuffix("s")), full)
            if owner != full:
                yield f"fields/{full}: {heading} belongs to {owner} already; leave it in one place"


def source_fields(catalogue: Catalogue) -> Iterator[str]:
    """An export fills fields of its own kind of table; one without a kind is known and fills none."""
    for id_, source in catalogue.sources.items():
        if not source.kind:
            continue
        taken = {
            *source.columns,
            *source.absent_zero,
            *source.values,
            *source.fixed,
            *source.needs,
            *source.aside,
        }
        taken |= {title.field for title in source.titles.values()}
        taken |= set(source.long.fields.values()) if source.long else set()
        taken |= {*source.added, *([source.level.field] if source.level else [])}
        for field in sorted(taken):
            full = field if "." in field else f"{source.kind}.{field}"
            if full not in catalogue.fields or not full.startswith(f"{source.kind}."):
                yield f"sources/{id_}: {full} is no field of {source.kind}; see fields/{source.kind}.toml"


def source_marks(catalogue: Catalogue) -> Iterator[str]:
    """A mark, by which a layout is known, is one of the layout's own headings."""
    for id_, source in catalogue.sources.items():
        own = {*source.known, *(heading for group in source.columns.values() for heading in group)}
        for mark in source.marks:
            if mark not in own:
                yield f"sources/{id_}: put the mark {mark} among its columns or known headings"


def source_counts(catalogue: Catalogue) -> Iterator[str]:
    """The kinds that make up an engagement are actions on posts."""
    for id_, source in catalogue.sources.items():
        for kind in source.counts:
            field = catalogue.fields.get(f"posts.{kind}")
            if field is None or field.unit != "actions":
                yield f"sources/{id_}: count kinds such as reactions or comments, not {kind}"


def source_keeps(catalogue: Catalogue) -> Iterator[str]:
    """How far back a platform exports is told with the address that says so, and of no export of the past."""
    for id_, source in catalogue.sources.items():
        days, said = source.keeps_days, source.keeps_said
        if (days is None) != (not said):
            yield f"sources/{id_}: give keeps_days and keeps_said together, or neither"
        elif days is not None and (days < 1 or not said.startswith("https://")):
            yield f"sources/{id_}: keeps_days is a number of days, keeps_said an address that says so"
        elif days is not None and (source.ended or source.form):
            yield f"sources/{id_}: nobody fetches it, so nothing runs out; take keeps_days away"


CHECKS: tuple[Callable[[Catalogue], Iterator[str]], ...] = (
    *promises.CHECKS,
    *identities.CHECKS,
    languages,
    two_senses,
    headings,
    source_fields,
    source_marks,
    source_counts,
    source_keeps,
)


def _texts(catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    """Yield every text of the catalogue: where it stands, in English and in Russian."""
    for id_, kpi in catalogue.kpis.items():
        for part in ("name", "question", "caveat", "term"):
            yield f"kpis/{id_}, {part}", getattr(kpi.en, part), getattr(kpi.ru, part)
        for variant in kpi.variants:
            yield f"kpis/{id_}, {variant.id}", variant.en, variant.ru
    for id_, goal in catalogue.goals.items():
        for part in ("name", "question", "risk"):
            yield f"goals/{id_}, {part}", getattr(goal.en, part), getattr(goal.ru, part)
    for id_, source in catalogue.sources.items():
        yield f"sources/{id_}, name", source.en.name, source.ru.name
        yield f"sources/{id_}, get", source.en.get, source.ru.get
        for entry in source.form.columns if source.form else ():
            yield f"sources/{id_}, {entry.field or entry.part_en}", entry.en, entry.ru
    for id_, factor in catalogue.factors.items():
        yield f"factors/{id_}, name", factor.en.name, factor.ru.name
        yield f"factors/{id_}, what", factor.en.what, factor.ru.what
    for full, field in catalogue.fields.items():
        yield f"fields/{full}", field.en, field.ru
