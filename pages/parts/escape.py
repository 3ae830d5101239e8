"""Makes text of a file safe to stand inside Markdown: shown as written, never obeyed."""

from __future__ import annotations

import re

_JOINER = "\N{WORD JOINER}"
_MARKS = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$^=])")
_DIRECTIVE = re.compile(r":(?=[a-zA-Z_+-])")
_LINK = re.compile(r"(?i)(https?|ftp|mailto|www|@)(?=\S)")
_BREAKS = re.compile(r"[^\S\u00a0\u202f]+")  # spaces that hold a number together stay


def plain(text: str) -> str:
    r"""Return text that Markdown shows exactly as it is written, on one line.

    >>> plain("**bold** [link](x)")
    '\\*\\*bold\\*\\* \\[link\\]\\(x\\)'
    >>> plain(":red[alarm]").startswith(":\N{WORD JOINER}red")
    True
    """
    one_line = _BREAKS.sub(" ", text)
    apart = _LINK.sub(rf"\1{_JOINER}", one_line)
    return _MARKS.sub(r"\\\1", _DIRECTIVE.sub(f":{_JOINER}", apart))


def dollars(text: str) -> str:
    r"""Return a text of ours for Markdown, which takes what stands between two dollar signs for a formula.

    >>> dollars("from $5 to $9")
    'from \\$5 to \\$9'
    """
    return text.replace("$", r"\$")
