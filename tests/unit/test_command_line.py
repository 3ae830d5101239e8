"""What is given to the commands and cannot be meant is wrong usage, said in words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kpi import cli

_POSTS = Path(__file__).parents[1] / "golden" / "sources" / "meta_instagram_posts.csv"
_ASKED = ["status", str(_POSTS), "--goal", "engagement", "--lang", "en"]


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "much"])
def test_a_target_is_a_number(value: str) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main([*_ASKED, "--target", f"engagement_rate={value}"])
    assert left.value.code == 2


@pytest.mark.parametrize(
    "answers",
    [
        {"owner": {"margin_rate": "x"}},
        {"owner": {"smm_costs_month": float("nan")}},
        {"owner": {"smm_costs_month": True}},
        {"owner": {"lifetime_years": "three"}},
        {"owner": {"reply_within": 0}},
        {"x.csv": {"mapping": ["Reach"]}},
        {"x.csv": {"mapping": {"Reach": 5}}},
        {"x.csv": {"year": 25}},
        {"x.csv": {"year": "soon"}},
        {"x.csv": {"day_or_month": "ydm"}},
        {"x.csv": {"followers": {"2025-01-01": "many"}}},
        {"x.csv": {"nobody asks": 1}},
        ["x.csv"],
    ],
)
def test_answers_that_cannot_be_meant_are_told(
    answers: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(answers), "utf-8")
    assert cli.main([*_ASKED, "--answers", str(path)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "answers.json cannot be read" in said.err
