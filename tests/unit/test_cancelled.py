"""An order that was paid in one export and is cancelled in a later one counts no more."""

from __future__ import annotations

import pytest

from kpi.facts.assemble import Facts, assemble
from kpi.ingest.parse import parse
from kpi.model.limits import HOSTED
from kpi.model.owner import FileAnswers, Owner
from kpi.model.reading import Reading

HEAD = "Order number,Date,Amount,Status\n"
FIELDS = {
    "Order number": "orders.id",
    "Date": "orders.at",
    "Amount": "orders.amount",
    "Status": "orders.status",
}
OLD = "A1,2026-03-01,100,paid\nA2,2026-03-02,50,paid\n"


def read(body: str, name: str, account: str | None = None) -> Reading:
    answers = FileAnswers(mapping=FIELDS, currency="EUR", account=account)
    return parse(name, (HEAD + body).encode(), answers, HOSTED)


def facts(*files: Reading) -> Facts:
    return assemble(files, (Owner(currency="EUR"),))


def revenue(found: Facts) -> float:
    return float(found.daily["orders"].values["revenue"].sum())


@pytest.mark.parametrize("way", [1, -1])
@pytest.mark.parametrize("more", ["A3,2026-03-20,7,paid\n", "A3,2026-03-02,7,paid\n"])
def test_the_later_state_counts_whatever_the_order_of_files(way: int, more: str) -> None:
    new = "A1,2026-03-01,100,cancelled\nA2,2026-03-02,50,paid\n" + more
    found = facts(*[read(OLD, "old.csv"), read(new, "new.csv")][::way])
    assert revenue(found) == 57
    (told,) = [issue for issue in found.issues if issue.key == "cancelled_later"]
    assert told.facts == {"kept": "new.csv", "file": "old.csv", "n": 1}


def test_an_order_that_was_cancelled_first_and_paid_later_counts() -> None:
    early = read("A1,2026-03-01,100,cancelled\nA2,2026-03-02,50,paid\n", "old.csv")
    assert revenue(facts(early, read(OLD + "A3,2026-03-20,7,paid\n", "new.csv"))) == 157


def test_the_same_number_of_another_day_or_shop_is_another_order() -> None:
    other = "A1,2026-03-09,100,cancelled\nA4,2026-03-20,7,paid\n"
    assert revenue(facts(read(OLD, "old.csv"), read(other, "new.csv"))) == 157
    same = other.replace("03-09", "03-01")
    shops = (read(OLD, "old.csv", "north"), read(same, "new.csv", "south"))
    assert revenue(facts(*shops)) == 157


def test_an_order_of_which_one_line_was_cancelled_stays() -> None:
    lines = "A1,2026-03-01,100,cancelled\nA1,2026-03-01,30,paid\nA4,2026-03-20,7,paid\n"
    assert read(lines, "new.csv").tables[0].cancelled == ()


def test_a_file_of_which_every_order_was_cancelled_is_still_heard() -> None:
    new = "A1,2026-03-01,100,cancelled\nA2,2026-03-02,50,cancelled\n"
    found = facts(read(OLD, "old.csv"), read(new, "new.csv"))
    assert "orders" not in found.daily or revenue(found) == 0


def test_orders_without_a_number_cannot_be_cancelled_by_another_file() -> None:
    fields = {name: field for name, field in FIELDS.items() if field != "orders.id"}
    body = b"Date,Amount,Status\n2026-02-01,100,paid\n"
    early = parse("early.csv", body, FileAnswers(mapping=fields, currency="EUR"), HOSTED)
    late = read("A1,2026-03-01,100,cancelled\nA2,2026-03-02,50,paid\n", "late.csv")
    assert revenue(facts(early, late)) == 150
