"""Chart specs: mirrored where lower is better, in the reader's language, made once, drawn by Vega-Lite."""

from __future__ import annotations

import json

import pytest

from kpi.report import charts
from kpi.report.charts import FILLS, Spec, bullet, sparkline, trend


def bands(spec: Spec) -> list[str]:
    return [layer["mark"]["color"] for layer in spec["layer"] if layer["mark"]["type"] == "rect"]


def expressions(spec: Spec) -> str:
    return json.dumps(spec, ensure_ascii=False)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_bands_run_from_bad_to_good_and_back_where_lower_is_better(mode: str) -> None:
    fill = FILLS[mode]
    up, down = bullet("en", mode, down=False), bullet("en", mode, down=True)
    assert bands(up) == [fill["red"], fill["amber"], fill["blue"]]
    assert bands(down) == bands(up)[::-1]


def test_the_target_is_drawn_over_the_value_and_both_over_the_bands() -> None:
    kinds = [layer["mark"]["type"] for layer in bullet("en", "light", down=False)["layer"]]
    assert kinds == ["rect", "rect", "rect", "bar", "rule", "tick", "point"]


def test_a_spec_is_made_once_and_holds_no_data() -> None:
    assert trend("ru", "light", ("", "%"), zero=True) is trend("ru", "light", ("", "%"), zero=True)
    for spec in (bullet("ru", "dark", down=True), sparkline("ru"), trend("ru", "light", ("", ""), zero=True)):
        assert "data" not in spec
        assert "datasets" not in spec


def test_numbers_on_axes_speak_the_readers_language() -> None:
    ru, en = trend("ru", "light", ("", " ₽"), zero=True), trend("en", "light", ("$", ""), zero=True)
    assert "млн" in expressions(ru)
    assert "млн" not in expressions(en)
    assert ru["config"]["locale"]["number"]["decimal"] == ","
    assert en["config"]["locale"]["number"]["decimal"] == "."


def test_the_course_is_told_without_red_or_green() -> None:
    for spec in (sparkline("en"), trend("en", "light", ("", "%"), zero=True)):
        fills = {fill[name] for fill in FILLS.values() for name in ("red", "amber", "blue")}
        assert not [colour for colour in fills if colour in expressions(spec)]


def test_an_axis_starts_at_zero_only_where_asked() -> None:
    specs = [trend("en", "light", ("", "%"), zero=zero) for zero in (True, False)]
    scales = [spec["layer"][-1]["encoding"]["y"]["scale"] for spec in specs]
    assert [scale["zero"] for scale in scales] == [True, False]


def test_the_first_layer_of_a_trend_knows_every_period_as_the_order_is_its() -> None:
    spec = trend("en", "light", ("$", ""), zero=True)
    assert "transform" not in spec["layer"][0]
    assert spec["layer"][0]["encoding"]["x"]["sort"] is None
    assert "'$' + (" in spec["layer"][-1]["encoding"]["y"]["axis"]["labelExpr"]


def test_a_note_is_written_on_either_side_of_its_line_in_one_of_three_rows() -> None:
    layers = trend("en", "dark", ("", ""), zero=True)["layer"]
    texts = [one for one in layers if one["mark"]["type"] == "text"]
    places = {(one["encoding"]["y"]["value"], one["mark"]["align"]) for one in texts}
    assert len(places) == len(texts) == 6
    assert {one["mark"]["color"] for one in texts} == {FILLS["dark"]["ink"]}


def test_too_few_are_hollow_and_grey_and_the_line_of_all_is_dashed() -> None:
    solid, hollow, whole, *_ = charts.parts("ru", "dark", ("", "%"))["layer"]
    assert (solid["transform"][0]["filter"], hollow["transform"][0]["filter"]) == ("!datum.few", "datum.few")
    assert "color" not in hollow["encoding"]
    assert hollow["mark"]["strokeDash"]
    assert whole["mark"]["strokeDash"]


def test_the_height_is_that_of_the_plot() -> None:
    spec = bullet("en", "light", down=False)
    assert (spec["height"], spec["autosize"]["type"]) == (charts.BULLET_HEIGHT, "fit-x")


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_weeks_are_told_apart_by_shape_before_colour(mode: str) -> None:
    full, part, missing, names = charts.coverage("en", mode, long=False)["layer"]
    heights = [layer["transform"][1]["calculate"] for layer in (full, part, missing)]
    assert heights == ["datum.top + 0.45", "datum.top + 0.7", "datum.top + 0.45"]
    assert (missing["mark"]["filled"], "filled" in full["mark"]) == (False, False)
    assert names["mark"]["color"] == FILLS[mode]["ink"]
    assert names["mark"]["limit"] == {"expr": "width"}


def test_the_axis_of_weeks_names_years_where_there_are_several() -> None:
    assert "%b %Y" in expressions(charts.coverage("ru", "light", long=True))
    assert "%b %Y" not in expressions(charts.coverage("ru", "light", long=False))
