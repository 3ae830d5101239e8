"""The words of the product: one sentence a key, in every language it speaks."""

from __future__ import annotations

from kpi.report.words.say import LANGS, issue_sentence, say, say_n, sentence

__all__ = ["LANGS", "issue_sentence", "say", "say_n", "sentence"]
