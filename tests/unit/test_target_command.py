"""The command line on targets: what is realistic, and what the lights stand on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kpi import cli

_DEMO = Path(__file__).parents[2] / "sample_data" / "coffee_en"
_POSTS = Path(__file__).parents[1] / "golden" / "sources" / "meta_instagram_posts.csv"


def files() -> list[str]:
    found = [str(path) for path in sorted(_DEMO.iterdir()) if path.suffix in {".csv", ".xlsx"}]
    return [*found, "--answers", str(_DEMO / "answers.json")]


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert cli.main([*words, "--json", "--lang", "en"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_target_is_set_against_the_past(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["--kpi", "reach_per_post", "--value", "1", "--by", "2026-03-31"]
    found = printed(capsys, "target", *files(), *asked)
    keys = "kpi variant value by chance realistic ambitious needed_per_week reached_before method"
    assert list(found) == [*keys.split(), "backtest_error", "reason"]
    assert (found["kpi"], found["variant"], found["value"]) == ("reach_per_post", "median", 1)
    assert found["by"] == "2026-03-31"
    assert found["reached_before"].endswith("months")
    low, high = found["realistic"]
    assert 1 < low < high <= found["ambitious"][1]
    assert 0 < found["backtest_error"] < 2
    far = printed(capsys, "target", *files(), *asked[:3], "1000000", *asked[4:])
    assert (far["chance"], found["chance"]) == (0.01, 0.99)
    assert far["realistic"] == found["realistic"]


def test_a_short_past_gives_no_forecast_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    found = printed(capsys, "target", str(_POSTS), "--kpi", "engagement_rate", "--value", "5")
    assert (found["chance"], found["realistic"], found["method"]) == (None, None, None)
    assert found["reason"]


def test_what_no_file_tells_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    found = printed(capsys, "target", str(_POSTS), "--kpi", "roas", "--value", "3")
    assert found["chance"] is None
    assert "spend" in found["reason"].lower()


@pytest.mark.parametrize(
    "words",
    [
        ["--kpi", "nix", "--value", "3"],
        ["--kpi", "roas", "--value", "nan"],
        ["--kpi", "roas", "--value", "3", "--by", "soon"],
        ["--kpi", "roas", "--value", "3", "--variant", "by_luck"],
    ],
)
def test_what_cannot_be_meant_is_wrong_usage(words: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["target", str(_POSTS), *words])
    assert left.value.code == 2


def test_status_says_trend_rule_and_benchmark(capsys: pytest.CaptureFixture[str]) -> None:
    board = printed(capsys, "status", *files(), "--goal", "engagement", "--target", "engagement_rate=4")
    found = {one["id"]: one for one in board["kpis"]}
    rate = found["engagement_rate"]
    assert rate["trend"] in {"up", "down", "steady"}
    assert "4%" in rate["rule"]
    assert {one["reason"] for one in rate["benchmark"]["refused"]} >= {"another_way"}
