"""What a network is: its plain name and the words and hosts by which texts speak of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """One social network; `words` are matched as whole words, `hosts` inside addresses.

    `counts` are the kinds of interaction that the network has, in the columns of `posts`.
    """

    id: str
    en: str
    ru: str
    words: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()

    def name(self, lang: str) -> str:
        """Return the name in `lang`."""
        return self.ru if lang == "ru" else self.en
