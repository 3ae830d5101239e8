from __future__ import annotations

import re

from kpi.model.period import Period
from kpi.report.formats import formats
from kpi.report.words import LANGS, say
from tests.reports import posts, report


def test_every_module_of_the_folder_is_a_format() -> None:
    found = formats()
    assert "xlsx" in found
    for name, one in found.items():
        assert f".{name}" == one.SUFFIX
        assert re.fullmatch(r"[a-z]+/[a-z0-9.+-]+", one.MIME)
        assert len({say(one.TITLE, lang) for lang in LANGS}) == len(LANGS)


def test_every_format_renders_in_every_language() -> None:
    for lang in LANGS:
        made = report([posts(count=20)], Period.month(2025, 6), lang)
        for one in formats().values():
            assert isinstance(one.render(made), bytes)
            assert one.render(made)
