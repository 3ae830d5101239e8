"""Reads in code which keys it says."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kpi import errors

_ERRORS = frozenset(name for name in vars(errors) if name.endswith("Error"))
_KEY = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*")
# who takes a key, by which argument, and what stands before it in the words
_TAKERS = {
    "say": ("key", ""),
    "say_n": ("key", ""),
    "Reason": ("key", ""),
    "Issue": ("key", "issue."),
    "Question": ("key", "question."),
    "Aside": ("reason", "aside."),
} | dict.fromkeys(_ERRORS, ("key", ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The keys that code says: whole ones, patterns with `{}` for a gap, and every string there is."""

    keys: frozenset[str]
    patterns: frozenset[str]
    strings: frozenset[str]


def asked(sources: Iterable[str]) -> Asked:
    """Return which keys some Python sources say.

    >>> sorted(asked(['say("a.b" if x else "c", lang)', 'Issue(key=f"{kind}s")']).keys)
    ['a.b', 'c']
    """
    nodes = [node for source in sources for node in ast.walk(ast.parse(source))]
    found = {key for node in nodes if isinstance(node, ast.Call) for key in _of_call(node)}
    strings = (node.value for node in nodes if isinstance(node, ast.Constant))
    return Asked(
        keys=frozenset(key for key in found if _KEY.fullmatch(key)),
        patterns=frozenset(key for key in found if "{}" in key),
        strings=frozenset(text for text in strings if isinstance(text, str)),
    )


def _of_call(call: ast.Call) -> Iterator[str]:
    """Return the keys of one call, whole or as patterns."""
    func = call.func
    name = func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""
    if name not in _TAKERS:
        return
    argument, prefix = _TAKERS[name]
    given = [keyword.value for keyword in call.keywords if keyword.arg == argument] or call.args[:1]
    for value in given:
        for key in _written(value):
            yield key if key.startswith("{}") else prefix + key


def _written(value: ast.expr) -> Iterator[str]:
    match value:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=body, orelse=orelse):
            yield from _written(body)
            yield from _written(orelse)
        case ast.JoinedStr(values=parts):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in parts)
