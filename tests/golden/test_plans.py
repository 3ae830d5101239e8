"""The plans for the invented shops and for real exports stand as they were last read and found good."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kpi.catalog.loader import goals, kpis
from kpi.facts.assemble import assemble
from kpi.ingest.parse import parse
from kpi.insight.plan import plan
from kpi.metrics.cubes import Cube, cube
from kpi.model.limits import HOSTED
from kpi.model.owner import FileAnswers, Owner
from kpi.model.plan import Readiness
from kpi.report import plan as told
from kpi.report.words import LANGS

ROOT = Path(__file__).parents[2]
DEMOS = ROOT / "sample_data"
EXPORTS = ROOT.parent / "shared" / "exports"
GOLDEN = Path(__file__).parent / "plans"

SHOPS: Mapping[str, Sequence[str]] = {
    "coffee_ru": ("growth", "sales", "leads"),
    "coffee_en": ("awareness", "ad_efficiency"),
}
REAL: Mapping[str, tuple[Sequence[str], Sequence[str]]] = {
    "shop_without_source": (("shopify/panalysis/orders_export.csv",), ("sales",)),
    "community": (
        ("vk_community/dm-fedorov/vkontakte_group_01_2016-08-01_2020-03-15.csv",),
        ("growth", "engagement"),
    ),
    "instagram_and_facebook": (
        (
            "meta_business_suite_ig/LeonMpofu/Mar-18-2025_Apr-14-2025_1019826952924933.csv",
            "meta_business_suite_fb/LeonMpofu/Mar-18-2025_Apr-14-2025_553302954456165.csv",
        ),
        ("engagement", "traffic", "sales"),
    ),
    "ads": (("meta_ads/marko7bub/MH4U-Ads-Feb-11-2021-Mar-11-2024.xlsx",), ("ad_efficiency", "leads")),
}


def made(paths: Sequence[Path], answers: Mapping[str, Any], owner: Owner) -> Cube:
    readings = [
        parse(path.name, path.read_bytes(), FileAnswers(**answers.get(path.name, {})), HOSTED)
        for path in paths
    ]
    followers = {
        (table.network or "", table.account or ""): (date.fromisoformat(day), float(count))
        for reading in readings
        for table in reading.tables
        for day, count in answers.get(reading.file, {}).get("followers", {}).items()
    }
    return cube(assemble(readings, [owner], followers), kpis().values())


@cache
def demo(shop: str) -> Cube:
    answers = json.loads((DEMOS / shop / "answers.json").read_text("utf-8"))
    owner = Owner(**answers.pop("owner"))
    return made([DEMOS / shop / name for name in answers], answers, owner)


def as_golden(name: str, found: dict[str, Any], *, rewrite: bool) -> dict[str, Any]:
    golden = GOLDEN / f"{name}.golden.json"
    if rewrite:
        golden.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
    expected: dict[str, Any] = json.loads(golden.read_text("utf-8"))
    return expected


@pytest.mark.parametrize("shop", SHOPS)
def test_the_plan_of_an_invented_shop_is_as_its_golden_file_says(
    shop: str,
    rewrite: bool,  # noqa: FBT001 - a fixture
) -> None:
    planned = plan(demo(shop), SHOPS[shop])
    found = {lang: told.plan(planned, lang) for lang in LANGS}
    assert found == as_golden(shop, found, rewrite=rewrite)


@pytest.mark.skipif(not EXPORTS.exists(), reason="the real exports are not beside the project")
@pytest.mark.parametrize("name", REAL)
def test_the_plan_for_real_exports_is_as_its_golden_file_says(
    name: str,
    rewrite: bool,  # noqa: FBT001 - a fixture
) -> None:
    files, chosen = REAL[name]
    planned = plan(made([EXPORTS / file for file in files], {}, Owner()), chosen)
    found = {lang: told.plan(planned, lang) for lang in LANGS}
    assert found == as_golden(name, found, rewrite=rewrite)


@pytest.mark.parametrize("shop", SHOPS)
@pytest.mark.parametrize("goal", sorted(goals()))
def test_each_goal_of_an_invented_shop_has_a_plan_of_few_kpis(shop: str, goal: str) -> None:
    found = plan(demo(shop), (goal,))
    serving = [kpi.id for kpi in kpis().values() if kpi.goals.get(goal)]
    assert len(found.primary) == min(3, len(serving))
    assert {pick.kpi.id for pick in found.primary} <= set(serving)
    assert {pick.kpi.id for pick in found.primary}.isdisjoint(pick.kpi.id for pick in found.guards)
    unfit = [pick for pick in found.primary if pick.readiness is Readiness.MISSING]
    assert all(told.hitch(pick, lang) for pick in unfit for lang in LANGS)
    assert all(told.places(step, lang) and told.gain(step, lang) for step in found.later for lang in LANGS)
    opened = [kpi.id for step in found.later for kpi in step.unlocks]
    assert len(opened) == len(set(opened))
    assert {pick.kpi.id for pick in unfit if pick.missing} <= set(opened)
