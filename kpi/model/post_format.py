"""What a form of a post is: a reel, a picture, a link."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PostFormat:
    """One form of a post by its plain name, in the plural."""

    id: str
    en: str
    ru: str

    def name(self, lang: str) -> str:
        """Return the name in `lang`."""
        return self.ru if lang == "ru" else self.en
