"""Every bad file that we could find or invent, through the reader: refused by name or read, nothing else."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from kpi.ingest.reader import Reader
from kpi.ingest.reasons import Refusal
from kpi.model.limits import HOSTED
from kpi.model.owner import FileAnswers
from kpi.model.reading import Outcome, Reading

SHARED = Path(__file__).parents[3] / "shared" / "hostile"
pytestmark = [
    pytest.mark.hostile,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the corpus is not on this machine"),
]
_MB = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Told:
    """What became of a file; `expect` is what the corpus wants, empty for files that others collected."""

    file: str
    expect: str
    reading: Reading
    cpu: float
    grown: int

    @property
    def key(self) -> str:
        """Return the name of the refusal, empty if there is none."""
        return self.reading.reason.key if self.reading.reason else ""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[Told]:
    made = tmp_path_factory.mktemp("corpus") / "made"
    making = subprocess.Popen(
        [sys.executable, SHARED / "generate.py", "--out", made], stdout=subprocess.DEVNULL, cwd=made.parent
    )
    with Reader() as reader:
        found = [_told(reader, path, "") for path in sorted((SHARED / "public").iterdir())]
        assert making.wait(300) == 0
        found += [_told(reader, made / name, expect) for name, expect in _expected(made.parent)]
    return found


def _expected(folder: Path) -> Iterator[tuple[str, str]]:
    with (folder / "manifest_gen.tsv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows, delimiter="\t"):
            yield row["file"].removeprefix("gen/"), row["expect"]


def _told(reader: Reader, path: Path, expect: str) -> Told:
    data = path.read_bytes()
    before = psutil.Process().memory_info().rss
    reading = reader.read(path.name, data, FileAnswers(), HOSTED)
    grown = psutil.Process().memory_info().rss - before
    return Told(file=path.name, expect=expect, reading=reading, cpu=reader.last_cpu, grown=grown)


def test_every_file_has_an_outcome_and_every_refusal_a_name(told: list[Told]) -> None:
    assert len(told) > 300
    for each in told:
        assert each.reading.file == each.file
        assert (each.reading.outcome is Outcome.REFUSED) == bool(each.key), each.file
        assert not each.key or each.key in set(Refusal), each.file


def test_no_file_takes_ten_seconds(told: list[Told]) -> None:
    assert {each.file: each.cpu for each in told if each.cpu > 10} == {}


def test_no_file_makes_its_reader_run_out_of_time_or_fall_over(told: list[Told]) -> None:
    fallen = {Refusal.READER_KILLED_TIME, Refusal.READER_CRASHED}
    assert {each.file: each.reading.reason for each in told if each.key in fallen} == {}


def test_no_file_swells_the_parent(told: list[Told]) -> None:
    assert {each.file: each.grown for each in told if each.grown > 50 * _MB} == {}


def test_good_files_are_read(told: list[Told]) -> None:
    refused = {each.file: each.key for each in told if each.expect.startswith("ok") and each.key}
    refused = {file: key for file, key in refused.items() if not file.startswith("flip_")}  # may be either
    assert len(refused) <= 2, refused


def test_bad_files_are_not_taken_for_data(told: list[Told]) -> None:
    taken = {each.file for each in told if each.expect == "reject" and each.reading.outcome is Outcome.READ}
    assert taken == set()
