"""`python -m kpi`: read files, judge KPIs and write the report without a screen."""

from __future__ import annotations

import argparse
import json
import locale
import math
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from kpi.catalog.loader import goals, kpis
from kpi.errors import KpiError
from kpi.facts.assemble import Facts, assemble
from kpi.ingest.reader import Reader
from kpi.judge.board import Board, board
from kpi.judge.periods import NO_DAYS, first_shown
from kpi.metrics.cubes import Cube, cube
from kpi.model.limits import LOCAL
from kpi.model.owner import FileAnswers, Owner
from kpi.model.period import Period
from kpi.model.reading import Reading
from kpi.model.target import Target
from kpi.model.view import View
from kpi.report import outline
from kpi.report.formats import formats
from kpi.report.report import Report
from kpi.report.words import say

OK, SOME_UNREAD, WRONG_USAGE = 0, 1, 2
FIRST_YEAR, LAST_YEAR = 1990, 2100


def _language(given: str | None) -> str:
    language = given or locale.getlocale()[0] or "en"
    return "ru" if language.casefold().startswith("ru") else "en"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m kpi", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    files = argparse.ArgumentParser(add_help=False)
    files.add_argument("files", nargs="+", metavar="FILE")
    files.add_argument("--answers", type=Path, help="what a screen would ask, as JSON")
    files.add_argument("--lang", choices=("en", "ru"))
    files.add_argument("--json", action="store_true", help="print JSON (the only form there is)")
    commands.add_parser("read", parents=[files], help="what each file was recognised as")
    chosen = argparse.ArgumentParser(add_help=False)
    chosen.add_argument("--goal", action="append", required=True, choices=sorted(goals()))
    chosen.add_argument("--from", dest="first", type=_day)
    chosen.add_argument("--to", dest="last", type=_day)
    chosen.add_argument("--target", action="append", default=[], type=_target, metavar="KPI[:VARIANT]=VALUE")
    chosen.add_argument("--network")
    chosen.add_argument("--account")
    commands.add_parser("status", parents=[files, chosen], help="the KPIs of the goals, judged")
    report = commands.add_parser("report", parents=[files, chosen], help="the report as a file")
    report.add_argument("--out", type=_out, required=True, help="its ending tells the form: .xlsx")
    blank = commands.add_parser("template", help="the workbook to fill in, for what no network exports")
    blank.add_argument("out", type=Path, metavar="FILE.xlsx")
    blank.add_argument("--lang", choices=("en", "ru"))
    mappings = commands.add_parser("mappings", help="what own tables were said to be, as JSON")
    way = mappings.add_mutually_exclusive_group(required=True)
    way.add_argument("--export", type=Path, metavar="FILE.json", dest="to")
    way.add_argument("--import", type=Path, metavar="FILE.json", dest="origin")
    mappings.add_argument("--lang", choices=("en", "ru"))
    commands.add_parser("lint", help="check the catalogue and the texts")
    return parser


def _day(text: str) -> date:
    """Return a day written as `2025-01-31`; ValueError for anything else and for years out of reach."""
    day = date.fromisoformat(text)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(text)
    return day


def _target(text: str) -> Target:
    """Return a target written as `kpi=value` or `kpi:variant=value`; ValueError for anything else."""
    name, _, value = text.partition("=")
    kpi, _, variant = name.partition(":")
    known = kpis().get(kpi)
    if known is None or (variant and variant not in {v.id for v in known.variants}):
        raise ValueError(text)
    return Target(kpi=kpi, value=_finite(float(value)), variant=variant or None)


def _finite(number: object) -> float:
    """Return a number as it is; ValueError for words, yes or no, infinity and what is no number."""
    if isinstance(number, bool) or not isinstance(number, int | float) or not math.isfinite(number):
        raise ValueError(str(number))
    return number


def _out(text: str) -> Path:
    """Return where a report goes; ValueError where no form of it has this ending."""
    path = Path(text)
    if path.suffix not in {one.SUFFIX for one in formats().values()}:
        raise ValueError(text)
    return path


def _answers(path: Path | None) -> tuple[Mapping[str, FileAnswers], Owner]:
    """Return the answers by file name, and the owner's."""
    if path is None:
        return {}, Owner()
    given: dict[str, dict[str, Any]] = json.loads(path.read_text("utf-8"))
    owner = given.pop("owner", {})
    since = owner.pop("since", None)
    for name in ("margin_rate", "smm_costs_month"):
        if owner.get(name) is not None:
            _finite(owner[name])
    for code, rate in owner.get("rates", {}).items():
        if _finite(rate) <= 0 or not isinstance(code, str):
            raise ValueError(code)
    files = {name: _file_answers(said) for name, said in given.items()}
    return files, Owner(**owner, since=date.fromisoformat(since) if since else None)


def _file_answers(said: Mapping[str, Any]) -> FileAnswers:
    """Return what was said of one file; ValueError, TypeError or AttributeError where it cannot be meant."""
    found = FileAnswers(**said)
    if found.day_or_month not in {None, "dmy", "mdy"} or found.decimal not in {None, ".", ","}:
        raise ValueError(found.day_or_month or found.decimal)
    if found.year is not None and not FIRST_YEAR <= _finite(found.year) <= LAST_YEAR:
        raise ValueError(found.year)
    for field in found.mapping.values():
        if not isinstance(field, str | None):
            raise TypeError(field)
    for day, count in found.followers.items():
        _day(day)
        _finite(count)
    return found


def _read(paths: Sequence[str], answers: Mapping[str, FileAnswers]) -> list[Reading]:
    """Return every file read, in the order given, whatever happened to one."""
    from kpi.ingest.reasons import unopened

    found = []
    with Reader() as reader:
        for path in paths:
            name = Path(path).name
            said = answers.get(path, answers.get(name, FileAnswers()))
            try:
                data = Path(path).read_bytes()
            except OSError:
                found.append(unopened(name))
                continue
            found.append(reader.read(name, data, said, LOCAL))
    return found


def _facts(readings: Sequence[Reading], answers: Mapping[str, FileAnswers], owner: Owner) -> Facts:
    """Return the facts of all files, with the follower counts that were answered for one day."""
    followers = {
        (table.network or "", table.account or ""): (date.fromisoformat(day), count)
        for one in readings
        for table in one.tables
        for day, count in answers.get(one.file, FileAnswers()).followers.items()
    }
    return assemble(readings, (owner,), followers)


def _board(args: argparse.Namespace, whole: Cube) -> Board:
    """Return the board that was asked for; without a period asked for, of the one shown first."""
    shown = first_shown(whole) or NO_DAYS
    period = Period(args.first or shown.first, args.last or shown.last)
    view = View(network=args.network, account=args.account)
    return board(whole, args.goal, period, view, args.target)


def _lint() -> int:
    from kpi.catalog.lint import findings
    from kpi.report.words import check

    found = [*findings(), *check.findings()]
    sys.stdout.writelines(f"{line}\n" for line in found)
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
    parser = _parser()
    args = parser.parse_args(words)
    if args.command == "lint":
        return _lint()
    if args.command == "template":
        return _template(args.out, _language(args.lang))
    if args.command == "mappings":
        return _mappings(args.to, args.origin, _language(args.lang))
    if args.command != "read" and args.first and args.last and args.first > args.last:
        parser.error("--from lies after --to")
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError):
            stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    lang = _language(args.lang)
    try:
        answers, owner = _answers(args.answers)
    except (OSError, ValueError, TypeError, AttributeError) as why:
        sys.stderr.write(f"{say('answers_unreadable', lang, file=str(args.answers))} ({why})\n")
        return WRONG_USAGE
    readings = _read(args.files, answers)
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
    whole = cube(_facts(readings, answers, owner), kpis().values())
    found = _board(args, whole)
    if args.command == "status":
        _print(outline.board(found, lang))
        return
    report = Report(board=found, cube=whole, readings=tuple(readings), lang=lang)
    args.out.write_bytes(formats()[args.out.suffix[1:]].render(report))


def _print(value: object) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1) + "\n")
