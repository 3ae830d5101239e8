"""Reads in code which keys it says, and with which facts."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kpi import errors

_KEY = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*")


@dataclass(frozen=True, slots=True)
class _Taker:
    """A call that takes a key: by which argument, what the words put before it, what facts it adds."""

    argument: str = "key"
    prefix: str = ""
    adds: frozenset[str] = frozenset()


_SAYS = {"say": _Taker(), "say_n": _Taker(adds=frozenset({"n"}))}
_RAISES = {name: _Taker() for name in vars(errors) if name.endswith("Error")}
_HOLDS = {  # their facts stand in a mapping
    "Reason": _Taker(),
    "Issue": _Taker(prefix="issue.", adds=frozenset({"heading", "cell"})),
    "Question": _Taker(prefix="question.", adds=frozenset({"heading"})),
    "Aside": _Taker(argument="reason", prefix="aside."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The keys that code says: whole ones, patterns with `{}` for a gap, and every string there is.

    `told` holds whole keys with the names of the facts that come along, where the code shows them all.
    """

    keys: frozenset[str] = frozenset()
    patterns: frozenset[str] = frozenset()
    strings: frozenset[str] = frozenset()
    told: frozenset[tuple[str, frozenset[str]]] = frozenset()


def asked(sources: Iterable[str]) -> Asked:
    """Return what some Python sources say.

    >>> sorted(asked(['say("a.b" if x else "c", lang)', 'Issue(key=f"{kind}s")']).keys)
    ['a.b', 'c']
    """
    keys: set[str] = set()
    strings: set[str] = set()
    told: set[tuple[str, frozenset[str]]] = set()
    for source in sources:
        nodes = list(ast.walk(ast.parse(source)))
        given = _assigned(nodes)
        strings |= {n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)}
        for call in (node for node in nodes if isinstance(node, ast.Call)):
            found = set(_keys(call, given))
            facts = _facts(call)
            keys |= found
            if facts is not None:
                told |= {(key, facts) for key in found}
    return Asked(
        keys=frozenset(key for key in keys if _KEY.fullmatch(key)),
        patterns=frozenset(key for key in keys if "{}" in key),
        strings=frozenset(strings),
        told=frozenset(told),
    )


def _assigned(nodes: Iterable[ast.AST]) -> dict[str, list[ast.expr]]:
    """Return every value that a name is given in one source."""
    found: dict[str, list[ast.expr]] = defaultdict(list)
    for node in nodes:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found[node.targets[0].id].append(node.value)
    return found


def _called(call: ast.Call) -> str:
    func = call.func
    return func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""


def _keys(call: ast.Call, given: Mapping[str, Sequence[ast.expr]]) -> Iterator[str]:
    """Yield the keys of one call, whole or as patterns."""
    taker = (_SAYS | _RAISES | _HOLDS).get(_called(call))
    if taker is None:
        return
    named = [keyword.value for keyword in call.keywords if keyword.arg == taker.argument]
    for value in named or call.args[:1]:
        for key in _written(value, given):
            yield key if key.startswith("{}") else taker.prefix + key


def _written(value: ast.expr, given: Mapping[str, Sequence[ast.expr]]) -> Iterator[str]:
    match value:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=body, orelse=orelse):
            yield from _written(body, given)
            yield from _written(orelse, given)
        case ast.JoinedStr(values=parts):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in parts)
        case ast.Name(id=name):
            for assigned in given.get(name, ()):
                if not isinstance(assigned, ast.Name):
                    yield from _written(assigned, given)


def _facts(call: ast.Call) -> frozenset[str] | None:
    """Return the names of the facts that a call brings along, None where the code does not show them."""
    name = _called(call)
    arguments = {keyword.arg: keyword.value for keyword in call.keywords}
    if name in _HOLDS:
        match arguments.get("facts", ast.Dict(keys=[], values=[])):
            case ast.Dict(keys=keys) if all(isinstance(key, ast.Constant) for key in keys):
                return _HOLDS[name].adds | {str(key.value) for key in keys if isinstance(key, ast.Constant)}
        return None
    if None in arguments:  # **facts
        return None
    takers = _SAYS | _RAISES
    return takers[name].adds | {str(key) for key in arguments} if name in takers else None
