from __future__ import annotations

import ast

import pytest

from kpi.errors import FormulaError
from kpi.model.formula import names, parse


def test_a_tree_holds_only_sums_products_names_and_numbers() -> None:
    tree = parse("100 * (a.b + -c.d.end) / 2.5")
    kinds = {type(node) for node in ast.walk(tree) if isinstance(node, ast.expr)}
    assert kinds == {ast.BinOp, ast.UnaryOp, ast.Constant, ast.Attribute, ast.Name}


def test_names_come_once_in_their_order() -> None:
    assert names("b.x / a.y + b.x - c.z.mean") == ("b.x", "a.y", "c.z.mean")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a.b.c",
        "a.b.end.end",
        "a.b ** 2",
        "a.b // 2",
        "max(a.b, 1)",
        "+a.b",
        "a.b < 1",
        "'x'",
        "True",
        "a.b[0]",
        "2j",
        "(a.b, 1)",
        "a.b; c.d",
        "a.b +",
        "f().x",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(FormulaError):
        parse(text)
