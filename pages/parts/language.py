"""The language to speak with a visitor; light, for the server needs it before anything else is loaded."""

from __future__ import annotations


def language(locale: str | None) -> str:
    """Return the language of ours that a browser's locale asks for.

    >>> language("ru-RU"), language("de-DE"), language(None)
    ('ru', 'en', 'en')
    """
    return "ru" if (locale or "").lower().startswith("ru") else "en"
