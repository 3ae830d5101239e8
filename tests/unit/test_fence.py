from __future__ import annotations

import resource
from collections.abc import Iterator
from dataclasses import replace

import psutil
import pytest

from kpi.ingest import fence
from kpi.model.limits import LOCAL

KINDS = (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE, resource.RLIMIT_AS, resource.RLIMIT_CPU)


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    before = [resource.getrlimit(kind) for kind in KINDS]
    yield
    for kind, limit in zip(KINDS, before, strict=True):
        resource.setrlimit(kind, limit)


def soft(kind: int) -> int:
    return resource.getrlimit(kind)[0]


def test_core_dumps_and_large_files_are_forbidden() -> None:
    fence.settle()
    assert (soft(resource.RLIMIT_CORE), soft(resource.RLIMIT_FSIZE)) == (0, 64 * 1024 * 1024)


def test_each_file_gets_its_own_cpu_seconds_and_memory() -> None:
    used = psutil.Process().cpu_times()
    start = fence.address_space()
    fence.allow(replace(LOCAL, cpu=500), start)
    assert 500 <= soft(resource.RLIMIT_CPU) - used.user - used.system < 503
    assert soft(resource.RLIMIT_AS) == start + LOCAL.memory
    fence.allow(replace(LOCAL, cpu=900), start)
    assert soft(resource.RLIMIT_CPU) >= 900


def test_a_process_holds_less_than_it_may_address() -> None:
    assert 0 < fence.resident() < fence.address_space()
