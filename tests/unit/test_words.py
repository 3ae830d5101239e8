"""Sentences: gaps, plural forms, facts, and what must never reach a reader."""

from __future__ import annotations

from datetime import date

import pytest

from kpi.errors import WorkspaceError
from kpi.model.period import Period
from kpi.model.reading import Issue, Reason
from kpi.report.words import LANGS, issue_sentence, say, say_n, sentence
from kpi.report.words.tell import told


@pytest.mark.parametrize(
    ("n", "ru", "en"),
    [
        (1, "учтена 1 строка", "1 row used"),
        (2, "учтены 2 строки", "2 rows used"),
        (11, "учтено 11 строк", "11 rows used"),
        (21, "учтена 21 строка", "21 rows used"),
        (1.5, "учтены 1,5 строки", "1.5 rows used"),
    ],
)
def test_a_number_chooses_the_form(n: float, ru: str, en: str) -> None:
    assert say_n("rows.used", n, "ru") == ru
    assert say_n("rows.used", n, "en") == en


def test_what_the_owner_wrote_is_no_template() -> None:
    assert say("shell.broken", "en", id="{lang} {0} %s").endswith("{lang} {0} %s")


def test_an_unknown_key_is_an_error_and_never_shown() -> None:
    with pytest.raises(KeyError, match="no_such"):
        say("no_such", "ru")
    with pytest.raises(KeyError, match="no_such"):
        say_n("no_such", 2, "ru")


def test_a_gap_without_its_fact_gets_a_dash() -> None:
    assert say("shell.broken", "ru").endswith("—")


def test_a_gap_may_choose_by_truth() -> None:
    assert say("rule_green", "en", typed=True, target=3).startswith("Your target of 3")
    assert say("rule_green", "en", usual=True, target=3).startswith("Your usual level of 3")


def test_a_fact_that_ends_with_a_stop_ends_the_sentence() -> None:
    days = Period(date(2025, 10, 3), date(2025, 12, 31))
    assert say("howto.period", "ru", period=days).endswith("2025\N{NARROW NO-BREAK SPACE}г.")
    assert say("howto.period", "ru", period=Period.month(2025, 12)).endswith("2025.")


def test_an_issue_tells_its_cell_and_heading() -> None:
    issue = Issue(key="bad_number", heading="Охват", cell="{n/a}", row=5)
    assert issue_sentence(issue, "ru").startswith("«{n/a}» в столбце «Охват»")


@pytest.mark.parametrize("lang", LANGS)
def test_reasons_and_errors_are_said_alike(lang: str) -> None:
    assert sentence(WorkspaceError("busy"), lang) == sentence(Reason(key="busy"), lang)


@pytest.mark.parametrize(
    ("name", "fact", "ru"),
    [
        ("n", 1234, "1\N{NO-BREAK SPACE}234"),
        ("value", None, "—"),
        ("day", date(2025, 2, 1), "1 февр. 2025\N{NARROW NO-BREAK SPACE}г."),
        ("period", Period.month(2025, 2), "февраль 2025"),
        ("headings", ("Охват", "Лайки", "Дата"), "Охват, Лайки и Дата"),
        ("network", "vk", "ВКонтакте"),
        ("networks", ("vk", "instagram"), "ВКонтакте и Instagram"),
        ("other_networks", ("telegram",), "Telegram"),
        ("of", "posts", "Публикации"),
        ("of", "posts.reach", "Охват"),
        ("network", "моя сеть", "моя сеть"),
        ("heading", "vk", "vk"),
        ("size", 5 * 1024 * 1024, "5\N{NO-BREAK SPACE}МБ"),
        ("of", "posts.count", "Публикации"),
        ("sums", {"RUB": 5, "USD": 2.5}, "5\N{NO-BREAK SPACE}₽ и 2,50\N{NO-BREAK SPACE}$"),
    ],
)
def test_a_fact_is_told_by_its_name_and_type(name: str, fact: object, ru: str) -> None:
    assert " ".join(told(name, fact, "ru").split()) == " ".join(ru.split())


@pytest.mark.parametrize("name", ["field", "kpi", "goal", "source"])
def test_an_id_of_nothing_known_stays(name: str) -> None:
    assert told(name, "x.y", "en") == "x.y"


def test_a_field_is_told_by_its_plain_name() -> None:
    assert told("field", "posts.reach", "en") != "posts.reach"


def test_a_hidden_sheet_is_said_to_be_left_out() -> None:
    hidden = Issue(key="hidden_sheet", sheet="Secret")
    assert "left out" in issue_sentence(hidden, "en")
    assert "не читали" in issue_sentence(hidden, "ru")
