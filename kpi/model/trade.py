"""What a trade is: the line of business that an owner names."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """One line of business by its plain name."""

    id: str
    en: str
    ru: str

    def name(self, lang: str) -> str:
        """Return the name in `lang`."""
        return self.ru if lang == "ru" else self.en
