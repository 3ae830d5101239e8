"""Runs one command: reads the files, judges, and prints or writes what was asked for."""

from __future__ import annotations

import argparse
import json
import locale
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from kpi.catalog.loader import benchmarks, kpis
from kpi.cli import given
from kpi.cli.asked import parser
from kpi.cli.explain import explanation
from kpi.errors import KpiError
from kpi.judge import peers
from kpi.judge.board import Board, board
from kpi.judge.judging import Judge
from kpi.judge.outlook import outlook
from kpi.judge.periods import NO_DAYS, first_shown
from kpi.metrics.cubes import Cube, cube
from kpi.model.owner import FileAnswers, Owner
from kpi.model.period import Period
from kpi.model.reading import Reading
from kpi.model.target import Target
from kpi.model.view import View
from kpi.report import catalogue, outline
from kpi.report.formats import formats
from kpi.report.numbers import reasons
from kpi.report.outlook import outline as outline_of
from kpi.report.report import Report
from kpi.report.words import say

OK, SOME_UNREAD, WRONG_USAGE = 0, 1, 2
_DATED = frozenset({"status", "explain", "report"})


def _language(given: str | None) -> str:
    language = given or locale.getlocale()[0] or "en"
    return "ru" if language.casefold().startswith("ru") else "en"


def _board(args: argparse.Namespace, whole: Cube) -> Board:
    """Return the board that was asked for; without a period asked for, of the one shown first."""
    shown = first_shown(whole) or NO_DAYS
    period = Period(args.first or shown.first, args.last or shown.last)
    view = View(network=args.network, account=args.account)
    return board(whole, args.goal, period, view, args.target)


def _lint() -> int:
    from kpi.catalog import benchmark_lint, playbook
    from kpi.catalog.lint import findings
    from kpi.report.words import check

    figures = benchmark_lint.ours()
    found = [
        *findings(),
        *benchmark_lint.findings(figures),
        *playbook.findings(playbook.ours()),
        *check.findings(),
    ]
    sys.stdout.writelines(f"{line}\n" for line in (*found, benchmark_lint.summary(figures)))
    return SOME_UNREAD if found else OK


def _template(out: Path, lang: str) -> int:
    """Write the template workbook."""
    from kpi.report.template import template

    try:
        out.write_bytes(template(lang))
    except OSError as why:
        sys.stderr.write(f"{say('xlsx.unwritten', lang, place=str(out))} ({why})\n")
        return WRONG_USAGE
    return OK


def _mappings(to: Path | None, origin: Path | None, lang: str) -> int:
    """Write what the workspace remembers of own tables to a file, or take it in from one."""
    from kpi.workspace import Workspace
    from kpi.workspace.portable import taken, written

    try:
        kept = Workspace.open()
        if to is not None:
            to.write_text(written(kept.memories().values()), "utf-8")
        for memory in taken(origin.read_bytes()) if origin is not None else ():
            kept.remember(memory)
    except KpiError as why:
        sys.stderr.write(f"{say(why.key, lang, **why.facts)}\n")
        return WRONG_USAGE
    except OSError as why:
        sys.stderr.write(f"{why}\n")
        return WRONG_USAGE
    return OK


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code: 0 all files read, 1 some not, 2 wrong usage."""
    asked = parser()
    args = asked.parse_args(words)
    if args.command == "lint":
        return _lint()
    if args.command == "catalog":
        _utf8()
        _print(catalogue.whole())
        return OK
    if args.command == "template":
        return _template(args.out, _language(args.lang))
    if args.command == "mappings":
        return _mappings(args.to, args.origin, _language(args.lang))
    if args.command in _DATED and args.first and args.last and args.first > args.last:
        asked.error("--from lies after --to")
    if args.command == "target" and args.variant not in {None, *(v.id for v in kpis()[args.kpi].variants)}:
        asked.error(f"{args.kpi} is not counted as {args.variant}")
    _utf8()
    lang = _language(args.lang)
    try:
        answers, owner = given.answers(args.answers)
    except (OSError, ValueError, TypeError, AttributeError) as why:
        sys.stderr.write(f"{say('answers_unreadable', lang, file=str(args.answers))} ({why})\n")
        return WRONG_USAGE
    readings = given.readings(args.files, answers)
    code = OK if outline.outcomes(readings) else SOME_UNREAD
    try:
        _answer(args, readings, answers, owner, lang)
    except KpiError as why:
        sys.stderr.write(f"{say(why.key, lang, **why.facts)}\n")
        return SOME_UNREAD
    except OSError as why:
        sys.stderr.write(f"{say('xlsx.unwritten', lang, place=str(args.out))} ({why})\n")
        return WRONG_USAGE
    return code


def _answer(
    args: argparse.Namespace,
    readings: Sequence[Reading],
    answers: Mapping[str, FileAnswers],
    owner: Owner,
    lang: str,
) -> None:
    """Print or write what the command asks for."""
    if args.command == "read":
        _print([outline.reading(one, lang) for one in readings])
        return
    for one in readings:
        if one.reason is not None:
            sys.stderr.write(f"{one.file}: {say(one.reason.key, lang, **one.reason.facts)}\n")
    whole = cube(given.facts(readings, answers, owner), kpis().values())
    if args.command == "target":
        _print(_outlook(args, whole, lang))
        return
    found = _board(args, whole)
    if args.command == "status":
        shelf = benchmarks()
        beside = {
            one.kpi.id: peers.beside(one, whole, found.view, trade=owner.trade, benchmarks=shelf)
            for one in found.verdicts
        }
        _print(outline.board(found, lang, beside))
        return
    if args.command == "explain":
        _print(explanation(found, whole, args.target, lang))
        return
    report = Report(board=found, cube=whole, readings=tuple(readings), lang=lang)
    args.out.write_bytes(formats()[args.out.suffix[1:]].render(report))


def _outlook(args: argparse.Namespace, whole: Cube, lang: str) -> dict[str, Any]:
    """Return whether a target is realistic, of the way of counting asked for or else of the one told."""
    kpi, view = kpis()[args.kpi], View(network=args.network, account=args.account)
    period = first_shown(whole) or NO_DAYS
    verdict = Judge(whole, view, ()).verdict(kpi, period)
    ways = {variant.id: variant for variant in kpi.variants}
    variant = ways.get(args.variant) or verdict.variant or kpi.variants[0]
    aim = Target(kpi=kpi.id, variant=variant.id, value=args.value, top=args.top, per=args.per, by=args.by)
    found = outline_of(outlook(whole, kpi, variant, view, aim, until=period), lang)
    if verdict.variant is None and not args.variant:
        found["reason"] = " ".join(reasons(verdict, lang))
    return found


def _utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError):
            stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]


def _print(value: object) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1) + "\n")
