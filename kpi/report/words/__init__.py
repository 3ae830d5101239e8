"""The words of the product: one sentence a key, in every language it speaks."""

from __future__ import annotations

from kpi.report.words.say import LANGS, say, say_n, sentence

__all__ = ["LANGS", "say", "say_n", "sentence"]
