"""What the command line can be asked: commands, and arguments read as what they mean."""

from __future__ import annotations

import argparse
import math
from datetime import date
from pathlib import Path

from kpi.catalog.loader import goals, kpis
from kpi.model.target import PERIODS, Target
from kpi.report.formats import formats

DESCRIPTION = "Read files, judge KPIs and write the report without a screen."
FIRST_YEAR, LAST_YEAR = 1990, 2100


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    found = argparse.ArgumentParser(prog="python -m kpi", description=DESCRIPTION)
    commands = found.add_subparsers(dest="command", required=True)
    files = argparse.ArgumentParser(add_help=False)
    files.add_argument("files", nargs="+", metavar="FILE")
    files.add_argument("--answers", type=Path, help="what a screen would ask, as JSON")
    files.add_argument("--lang", choices=("en", "ru"))
    files.add_argument("--json", action="store_true", help="print JSON (the only form there is)")
    commands.add_parser("read", parents=[files], help="what each file was recognised as")
    chosen = argparse.ArgumentParser(add_help=False)
    chosen.add_argument("--goal", action="append", required=True, choices=sorted(goals()))
    chosen.add_argument("--from", dest="first", type=day)
    chosen.add_argument("--to", dest="last", type=day)
    chosen.add_argument("--target", action="append", default=[], type=target, metavar="KPI[:VARIANT]=VALUE")
    chosen.add_argument("--network")
    chosen.add_argument("--account")
    aim = commands.add_parser(
        "target", parents=[files], help="whether a target is realistic, told by its past"
    )
    aim.add_argument("--kpi", required=True, choices=sorted(kpis()), metavar="KPI")
    aim.add_argument("--variant", help="which way of counting; else the one that the files tell")
    aim.add_argument("--value", required=True, type=amount)
    aim.add_argument("--top", type=amount, help="the upper end, for a KPI that is to stay in a range")
    aim.add_argument("--by", type=day)
    aim.add_argument("--per", default="", choices=PERIODS[1:])
    aim.add_argument("--network")
    aim.add_argument("--account")
    commands.add_parser("status", parents=[files, chosen], help="the KPIs of the goals, judged")
    commands.add_parser("explain", parents=[files, chosen], help="why the KPIs of the goals moved")
    report = commands.add_parser("report", parents=[files, chosen], help="the report as a file")
    report.add_argument("--out", type=out, required=True, help="its ending tells the form: .xlsx")
    blank = commands.add_parser("template", help="the workbook to fill in, for what no network exports")
    blank.add_argument("out", type=Path, metavar="FILE.xlsx")
    blank.add_argument("--lang", choices=("en", "ru"))
    mappings = commands.add_parser("mappings", help="what own tables were said to be, as JSON")
    way = mappings.add_mutually_exclusive_group(required=True)
    way.add_argument("--export", type=Path, metavar="FILE.json", dest="to")
    way.add_argument("--import", type=Path, metavar="FILE.json", dest="origin")
    mappings.add_argument("--lang", choices=("en", "ru"))
    whole = commands.add_parser("catalog", help="every KPI, goal and export that is known")
    whole.add_argument("--json", action="store_true", help="print JSON (the only form there is)")
    commands.add_parser("lint", help="check the catalogue and the texts")
    return found


def day(text: str) -> date:
    """Return a day written as `2025-01-31`; ValueError for anything else and for years out of reach."""
    found = date.fromisoformat(text)
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValueError(text)
    return found


def target(text: str) -> Target:
    """Return a target written as `kpi=value` or `kpi:variant=value`; ValueError for anything else."""
    name, _, value = text.partition("=")
    kpi, _, variant = name.partition(":")
    known = kpis().get(kpi)
    if known is None or (variant and variant not in {v.id for v in known.variants}):
        raise ValueError(text)
    return Target(kpi=kpi, value=finite(float(value)), variant=variant or None, part=True)


def amount(text: str) -> float:
    """Return a number as it is written; ValueError for anything else."""
    return finite(float(text))


def finite(number: object) -> float:
    """Return a number as it is; ValueError for words, yes or no, infinity and what is no number."""
    if isinstance(number, bool) or not isinstance(number, int | float) or not math.isfinite(number):
        raise ValueError(str(number))
    return number


def out(text: str) -> Path:
    """Return where a report goes; ValueError where no form of it has this ending."""
    path = Path(text)
    if path.suffix not in {one.SUFFIX for one in formats().values()}:
        raise ValueError(text)
    return path
