"""What a server loads before it is asked for: what the front door needs, then what all screens do.

Both in the background, and only where a server has said by `front_door` that it is one.
"""

from __future__ import annotations

import gc
from functools import cache
from importlib import import_module
from pathlib import Path
from threading import Thread, Timer

_FRONT = ("sqlalchemy.dialects.sqlite", "pages.parts.shell", "pages.parts.sixnumbers", "pages.parts.waysin")
_HEAVY = ("pyarrow", "pandas", "altair")
_PAINTED = 1.5  # seconds until a browser has drawn what it was told


@cache
def front_door() -> None:
    """Load what the front door needs while the browser still loads the page; once a process."""
    Thread(target=_front_door, daemon=True).start()


def screens() -> None:
    """Load what all screens need, and start the reader, while the visitor looks at the first one."""
    if front_door.cache_info().currsize:
        _later()


@cache
def _later() -> None:
    timer = Timer(_PAINTED, _screens)
    timer.daemon = True
    timer.start()


def _front_door() -> None:
    for name in _FRONT:
        import_module(name)
    from kpi.catalog.loader import trades
    from kpi.report.words import LANGS, say

    trades()
    for lang in LANGS:
        say("shell.brand", lang)


def _screens() -> None:
    from pages.parts.cache import start_reader

    start_reader()  # its child gets ready beside us
    for name in _HEAVY:
        import_module(name)
    for path in sorted(Path(__file__).parent.glob("[!_]*.py")):
        import_module(f"{__package__}.{path.stem}")
    from kpi.catalog.loader import fields, goals, kpis

    fields()
    goals()
    kpis()
    gc.collect()
    gc.freeze()  # Streamlit collects after every run; modules need not be walked each time
