"""The check of texts finds what it is there to find, and finds nothing in ours."""

from __future__ import annotations

from kpi.report.words import check
from kpi.report.words.asked import Asked, asked


def test_our_own_texts_are_complete_in_both_languages() -> None:
    assert check.findings() == []


def test_keys_are_found_wherever_code_says_them() -> None:
    code = """
say("a.title", lang)
words.say_n("a.rows" if many else "a.row", 3, lang)
raise UnreadableError("broken", file=name)
Issue(key="bad", sheet=None), Aside(row=3, reason="total_row"), Question(key="network")
Reason(key=f"rule_{status}")
raise ValueError("no key of ours")
"""
    found = asked([code])
    assert found.keys == {
        *("a.title", "a.rows", "a.row", "broken"),
        *("issue.bad", "aside.total_row", "question.network"),
    }
    assert found.patterns == {"rule_{}"}


def test_a_key_without_a_sentence_is_found_in_the_language_that_lacks_it() -> None:
    words = {"en": {"a": ("A",), "b": ("B",)}, "ru": {"a": ("А",), "b": ("",)}}
    wanted = Asked(keys=frozenset({"a", "b"}))
    assert list(check.unknown(words, wanted, {})) == ["ru.po: say b"]


def test_a_gap_must_be_declared_and_each_of_its_values_said() -> None:
    wanted = Asked(patterns=frozenset({"rule_{}", "new_{}"}))
    found = list(check.unknown({"en": {"rule_red": ("R",)}}, wanted, {"rule_{}": ("red", "green")}))
    assert found == ["new_{}: declare in words/check.py which values its gap takes", "en.po: say rule_green"]


def test_a_sentence_that_nobody_says_is_found() -> None:
    assert list(check.left_over({"en": {"old": ("Old",)}}, Asked(), {})) == [
        "en.po: nobody says old, take it out"
    ]


def test_gaps_must_be_the_same_in_both_languages() -> None:
    assert list(check.unlike({"a": ("{n} of {all}",)}, {"a": ("{n} из {total}",)})) == [
        "a: the gaps differ: all, total"
    ]
    assert list(check.unlike({"a": ("{n?one:two}",)}, {"a": ("{n}",)})) == []


def test_a_gap_for_which_the_code_brings_no_fact_is_found() -> None:
    code = """
key = "two" if late else "three"
say("one", lang, n=1), say(key, lang), say("any", lang, **facts)
Reason(key="why", facts={"n": 3}), Issue(key="bad", heading="Reach")
"""
    words = dict.fromkeys(("one", "two", "three", "any", "why"), ("{n}",)) | {
        "issue.bad": ("{heading} {cell} {n}",)
    }
    assert list(check.untold(words, asked([code]))) == [
        "issue.bad: the code brings no n",
        "three: the code brings no n",
        "two: the code brings no n",
    ]


def test_an_english_sentence_among_the_russian_is_found() -> None:
    same, mixed, clean = ("Report",), ("Это report",), ("ROAS и VK",)
    found = check.untranslated(
        {"a": same, "b": ("x",), "c": clean}, {"a": same, "b": mixed, "c": clean}, frozenset({"ROAS", "VK"})
    )
    assert list(found) == ["ru.po: translate a: Report", "ru.po: b speaks English: report"]


def test_a_label_as_another_screen_writes_it_may_stay() -> None:
    texts = [("kpis/a.toml", "Откройте «Insights»"), ("kpis/b.toml", "Откройте Insights")]
    assert list(check.foreign(texts, frozenset())) == ["kpis/b.toml: speaks English: Insights"]
