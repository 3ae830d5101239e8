"""Which orders came from a network."""

from __future__ import annotations

import numpy as np

from kpi.facts.assemble import assemble
from kpi.facts.frame import Frame
from kpi.facts.traced import network_in
from kpi.model.owner import Owner
from tests.made import reading

AT = [f"2025-11-0{day}T10:00:00" for day in (1, 2, 3)]


def traced(**columns: list[str | None]) -> Frame | None:
    rows = {"at": AT, "amount": [1.0, 2.0, 4.0], **columns}
    return assemble([reading("orders", rows)], (Owner(),)).daily.get("social_orders")


def test_only_orders_whose_source_names_a_network_keep_their_amount() -> None:
    found = traced(source=["Instagram", "улица", None])
    assert found is not None
    assert found.values["revenue"].tolist() == [1, 0, 0]
    assert found.values["traced"].tolist() == [1, 0, 0]
    assert found.labels["network"].words() == ["instagram", "", ""]


def test_a_code_word_tells_where_the_source_does_not() -> None:
    found = traced(source=["сайт", "vk", "сайт"], code=["INSTA10", "INSTA10", None])
    assert found is not None
    assert found.labels["network"].words() == ["instagram", "vk", ""]


def test_social_networks_in_general_are_traced_to_none_of_them() -> None:
    found = traced(source=["соцсети", "зал", "зал"])
    assert found is not None
    assert found.values["revenue"].tolist() == [1, 0, 0]
    assert found.labels["network"].words() == ["", "", ""]


def test_without_a_source_or_code_nothing_can_be_traced() -> None:
    assert traced() is None


def test_an_amount_that_no_order_tells_stays_unknown() -> None:
    rows = {"at": AT, "amount": [None] * 3, "source": ["vk"] * 3}
    frame = assemble([reading("orders", rows)], (Owner(),)).daily["social_orders"]
    assert np.isnan(frame.values.get("revenue", np.array([np.nan]))).all()


def test_a_network_is_a_whole_word() -> None:
    assert (network_in("вк"), network_in("вкусно")) == ("vk", None)


def test_of_orders_whose_file_names_no_source_nobody_knows() -> None:
    silent = reading("orders", {"at": AT, "amount": [5.0, 6.0, 7.0], "id": ["7", "8", "9"]}, file="till.csv")
    named = reading("orders", {"at": AT[:1], "amount": [1.0], "id": ["1"], "source": ["vk"]})
    for readings in ([silent, named], [named, silent]):
        found = assemble(readings, (Owner(),)).daily["social_orders"]
        assert np.nansum(found.values["count"]) == 1
        assert np.isnan(found.values["count"]).sum() == len(AT)


def test_a_margin_that_no_row_tells_is_not_nought_for_the_orders_of_others() -> None:
    told = reading(
        "orders", {"at": AT, "amount": [1.0, 2.0, 4.0], "cogs": [0.5, 0.5, 0.5], "source": ["vk"] * 3}
    )
    untold = reading(
        "orders",
        {"at": [day.replace("11-", "12-") for day in AT], "amount": [8.0] * 3, "source": ["vk", "зал", None]},
        file="later.csv",
    )
    found = assemble([told, untold], (Owner(),)).daily["social_orders"].values
    assert found["revenue"].tolist() == [1, 2, 4, 8, 0, 0]
    assert found["margin"].tolist()[:3] == [0.5, 1.5, 3.5]
    assert np.isnan(found["margin"][3:]).all()
