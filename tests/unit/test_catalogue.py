"""The catalogue as the command line prints it."""

from __future__ import annotations

import json

import pytest

from kpi import cli


def test_the_catalogue_is_printed_whole(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["catalog", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert set(printed) == {"kpis", "goals", "sources", "actions", "detectors"}
    by_id = {kpi["id"]: kpi for kpi in printed["kpis"]}
    rate = by_id["engagement_rate"]
    assert (rate["unit"], rate["better"], rate["goals"]) == ("percent", "up", ["engagement"])
    assert rate["name"] == {"en": "Engagement rate", "ru": "Вовлечённость (ER)"}
    assert rate["variants"][3] == {
        "id": "by_followers_mean",
        "formula": "100 * posts.engagements / (posts.count * account.followers.mean)",
        "fields": ["posts.engagements", "posts.count", "account.followers"],
    }
    sales = next(goal for goal in printed["goals"] if goal["id"] == "sales")
    assert sales["weights"]["profit_social"] == 0.2
    assert all(goal in {g["id"] for g in printed["goals"]} for kpi in by_id.values() for goal in kpi["goals"])
    ads = next(source for source in printed["sources"] if source["id"] == "meta_ads")
    assert (ads["table"], set(ads["name"])) == ("ads", {"en", "ru"})
    poll = next(one for one in printed["actions"] if one["id"] == "one_poll_a_week")
    assert (poll["kpi"], poll["factor"], poll["source"]) == ("engagement_rate", "engagement_part", None)
    assert "poll" in poll["text"]["en"]
    assert "опрос" in poll["text"]["ru"].lower()
    assert {one["kpi"] for one in printed["actions"]} == set(by_id)
    run = next(one for one in printed["detectors"] if one["id"] == "run")
    assert run["text"] == {
        "en": "A value that rises or falls period after period",
        "ru": "Рост или спад несколько периодов подряд",
    }
    assert len(printed["detectors"]) >= 20
