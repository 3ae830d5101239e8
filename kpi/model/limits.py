"""How much a file may ask for: one frozen value, two profiles."""

from __future__ import annotations

from dataclasses import dataclass

_MB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of one file; bytes, counts and CPU seconds."""

    file_bytes: int
    rows: int
    cells: int
    member_bytes: int
    memory: int
    cpu: int


LOCAL = Limits(
    file_bytes=200 * _MB,
    rows=1_048_576,
    cells=30_000_000,
    member_bytes=2048 * _MB,
    memory=3072 * _MB,
    cpu=120,
)
HOSTED = Limits(
    file_bytes=25 * _MB, rows=200_000, cells=6_000_000, member_bytes=250 * _MB, memory=1024 * _MB, cpu=20
)
