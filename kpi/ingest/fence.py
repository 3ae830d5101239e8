"""The walls that the operating system puts around the process in which files are parsed."""

from __future__ import annotations

import sys

import psutil

from kpi.model.limits import Limits

_WRITTEN = 64 * 1024 * 1024


def settle() -> None:
    """Forbid this process core dumps and large files."""
    _bound("CORE", 0)
    _bound("FSIZE", _WRITTEN)


def allow(limits: Limits, start: int) -> None:
    """Let this process use what one file may: memory above `start` bytes, CPU above what was used so far.

    Windows has no such limits and macOS none of memory: there the parent watches.
    """
    used = psutil.Process().cpu_times()
    _bound("AS", start + limits.memory)
    _bound("CPU", int(used.user + used.system) + 1 + limits.cpu)


def address_space() -> int:
    """Return the bytes of address space that this process has."""
    size: int = psutil.Process().memory_info().vms
    return size


def resident() -> int:
    """Return the bytes of memory that this process holds."""
    size: int = psutil.Process().memory_info().rss
    return size


if sys.platform == "win32":

    def _bound(_what: str, _limit: int) -> None:
        pass

else:
    import resource

    def _bound(what: str, limit: int) -> None:
        which = getattr(resource, f"RLIMIT_{what}")
        hard = resource.getrlimit(which)[1]
        if hard != resource.RLIM_INFINITY:
            limit = min(limit, hard)
        try:
            resource.setrlimit(which, (limit, hard))
        except (ValueError, OSError):  # macOS refuses a limit of address space
            return
