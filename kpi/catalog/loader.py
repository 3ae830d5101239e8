"""Reads the catalogue's TOML files once, checks them and hands out frozen values; alone in using pydantic."""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from kpi.errors import CatalogError
from kpi.model.action import Action
from kpi.model.benchmark import Benchmark, Peers
from kpi.model.field import Field
from kpi.model.goal import Goal
from kpi.model.identity import FactorTexts
from kpi.model.kpi import Kpi
from kpi.model.network import Network
from kpi.model.post_format import PostFormat
from kpi.model.source import Source
from kpi.model.trade import Trade

T = TypeVar("T")


def _adapt(kind: type[T], entries: dict[str, dict[str, Any]]) -> dict[str, T]:
    """Return the entries as `kind`; an unknown key or a missing one is refused with its file."""
    from pydantic import ConfigDict, TypeAdapter, ValidationError

    kind.__pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[attr-defined]
    adapter = TypeAdapter(kind)
    found: dict[str, T] = {}
    for name, entry in entries.items():
        try:
            found[name] = adapter.validate_python(entry)
        except ValidationError as why:
            raise CatalogError("catalog_entry", entry=name, why=str(why)) from why
    return found


def _toml(path: Traversable) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as why:
        raise CatalogError("catalog_syntax", entry=path.name, why=str(why)) from why


def _folder(name: str) -> dict[str, dict[str, Any]]:
    """Return every TOML file of a folder by its name, sorted."""
    paths = sorted((files(__package__) / name).iterdir(), key=lambda path: path.name)
    return {path.name.removesuffix(".toml"): _toml(path) for path in paths if path.name.endswith(".toml")}


@cache
def fields() -> dict[str, Field]:
    """Return every field by its canonical name, `table.column`."""
    entries = {
        f"{table}.{column}": {"table": table, "column": column} | entry
        for table, columns in _folder("fields").items()
        for column, entry in columns.items()
    }
    return _adapt(Field, entries)


@cache
def kpis() -> dict[str, Kpi]:
    """Return every KPI by id; what a variant leaves open is filled from its KPI by the model."""
    return _adapt(Kpi, {id_: {"id": id_} | entry for id_, entry in _folder("kpis").items()})


@cache
def factors() -> dict[str, FactorTexts]:
    """Return the texts of every factor by id."""
    return _adapt(FactorTexts, _toml(files(__package__) / "factors.toml"))


@cache
def goals() -> dict[str, Goal]:
    """Return every goal by id, in the order of the screen."""
    found = _adapt(Goal, {id_: {"id": id_} | entry for id_, entry in _folder("goals").items()})
    return dict(sorted(found.items(), key=lambda item: item[1].order))


@cache
def sources() -> dict[str, Source]:
    """Return every export layout by id."""
    return _adapt(Source, {id_: {"id": id_} | entry for id_, entry in _folder("sources").items()})


@cache
def actions() -> dict[str, Action]:
    """Return the playbook: every action by id."""
    return _adapt(Action, {id_: {"id": id_} | entry for id_, entry in _folder("actions").items()})


@cache
def states() -> dict[str, dict[str, str]]:
    """Return what the words of own spreadsheets mean, by the kind of word: `status`, `mood` and so on."""
    entries = _toml(files(__package__) / "states.toml")
    return {
        column: {word: state for state, words in told.items() for word in words}
        for column, told in entries.items()
    }


@cache
def networks() -> dict[str, Network]:
    """Return every social network by id."""
    entries = _toml(files(__package__) / "networks.toml")
    return _adapt(Network, {id_: {"id": id_} | entry for id_, entry in entries.items()})


@cache
def post_formats() -> dict[str, PostFormat]:
    """Return every form of a post by id, in the order of the screen."""
    entries = _toml(files(__package__) / "formats.toml")
    return _adapt(PostFormat, {id_: {"id": id_} | entry for id_, entry in entries.items()})


@cache
def trades() -> dict[str, Trade]:
    """Return every trade by id, in the order of the screen."""
    entries = _toml(files(__package__) / "trades.toml")
    return _adapt(Trade, {id_: {"id": id_} | entry for id_, entry in entries.items()})


@cache
def benchmarks() -> tuple[Benchmark, ...]:
    """Return every published figure of others, in the order of the file."""
    rows = csv.DictReader((files(__package__) / "benchmarks.csv").read_text("utf-8").splitlines())
    entries = {
        f"benchmarks.csv, row {number}": {name: cell for name, cell in row.items() if cell != ""}
        for number, row in enumerate(rows, start=2)
    }
    return tuple(_adapt(Benchmark, entries).values())


@cache
def peers() -> Peers:
    """Return whom benchmarks speak of: industries, panels and groups."""
    return _adapt(Peers, {"peers.toml": _toml(files(__package__) / "peers.toml")})["peers.toml"]
