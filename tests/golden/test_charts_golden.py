"""Every chart spec is what its golden file says, and valid Vega-Lite."""

from __future__ import annotations

import json
from pathlib import Path

import altair as alt
import pytest

from kpi.report.charts import Spec, band, bullet, effect, groups, heat, parts, sparkline, trend
from kpi.report.waterfall import waterfall

FOLDER = Path(__file__).parent / "charts"
SPECS = {
    "band_derived": band("ru", "light", derived=True),
    "bullet_up": bullet("ru", "light", down=False),
    "bullet_down_dark": bullet("en", "dark", down=True),
    "effect": effect("ru", ("", "%")),
    "groups": groups("en", 4),
    "heat": heat("ru", "light", 7),
    "parts": parts("en", "light", ("$", "")),
    "sparkline": sparkline("ru"),
    "waterfall": waterfall("ru", "light", zero=True),
    "waterfall_without_nought_dark": waterfall("en", "dark", zero=False),
    "trend": trend("ru", "light", ("", "%"), zero=True),
}


@pytest.mark.parametrize("name", SPECS)
def test_a_spec_is_as_it_was(name: str, *, rewrite: bool) -> None:
    path = FOLDER / f"{name}.golden.json"
    if rewrite:
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(SPECS[name], ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert json.loads(path.read_text("utf-8")) == SPECS[name]


@pytest.mark.parametrize("spec", SPECS.values(), ids=list(SPECS))
def test_a_spec_is_valid(spec: Spec) -> None:
    alt.Chart.from_dict({**spec, "data": {"values": []}})


def test_no_golden_file_is_left_over() -> None:
    assert {path.name.removesuffix(".golden.json") for path in FOLDER.iterdir()} == set(SPECS)
