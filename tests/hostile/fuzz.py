"""Twenty thousand spoilt files: none brings up anything but a reading or a named refusal.

`python -m tests.hostile.fuzz 20000 --seed 1` tries the same files each time.
"""

from __future__ import annotations

import argparse
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from time import process_time
from traceback import extract_tb
from types import FrameType

from kpi.errors import UploadError
from kpi.ingest.parse import parse
from kpi.model.limits import HOSTED
from kpi.model.owner import FileAnswers
from tests.hostile.mutate import mutated

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "tests" / "golden" / "sources"
BATCH = 500
PATIENCE = 10  # seconds of CPU that a file may take
PANIC = "PanicException"  # of the spreadsheet library; the child that parses names it and lives on


def wrongs(cases: int, seed: int) -> Iterator[dict[str, object]]:
    """Yield what went wrong in so many cases; each batch runs in a process of its own, which may die."""
    for first in range(0, cases, BATCH):
        count = min(BATCH, cases - first)
        asked = [sys.executable, "-m", "tests.hostile.fuzz", str(count), f"--seed={seed}", f"--first={first}"]
        done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
        yield from (json.loads(line) for line in done.stdout.splitlines())
        if done.returncode:
            last = done.stderr.strip().splitlines()[-1:]
            yield {"seed": seed, "first": first, "died": done.returncode, "last": last}


def case(seed: int, number: int) -> tuple[str, bytes]:
    """Return the name of the good file and the spoilt bytes of one case."""
    chance = Random(f"{seed}/{number}")
    paths = sorted(path for path in SEEDS.iterdir() if not path.name.endswith(".golden.json"))
    path = chance.choice(paths)
    return path.name, mutated(path.read_bytes(), chance)


def wrong(seed: int, number: int) -> dict[str, object] | None:
    """Return what is wrong about one case: anything raised but a refusal, or too much time."""
    name, data = case(seed, number)
    told: dict[str, object] = {"seed": seed, "case": number, "file": name}
    start = process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)
    try:
        parse("renamed.bin", data, FileAnswers(), HOSTED)
    except UploadError:
        return None
    except KeyboardInterrupt:
        raise
    except BaseException as why:  # noqa: BLE001 - whatever it is
        if type(why).__name__ == PANIC:
            return None
        last = extract_tb(why.__traceback__)[-1]
        return told | {"error": repr(why)[:200], "at": f"{Path(last.filename).name}:{last.lineno}"}
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return told | {"seconds": process_time() - start} if process_time() - start > PATIENCE else None


def _late(_signal: int, _frame: FrameType | None) -> None:
    raise TimeoutError


def main() -> int:
    """Try a batch where `--first` says which, else all in batches; end with 1 if something went wrong."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("cases", type=int, nargs="?", default=20_000)
    wanted.add_argument("--seed", type=int, default=1)
    wanted.add_argument("--first", type=int)
    asked = wanted.parse_args()
    if asked.first is None:
        count = 0
        for problem in wrongs(asked.cases, asked.seed):
            count += 1
            print(json.dumps(problem, ensure_ascii=False), flush=True)
        print(f"{asked.cases} spoilt files, {count} went wrong")
        return min(count, 1)
    signal.signal(signal.SIGVTALRM, _late)
    for number in range(asked.first, asked.first + asked.cases):
        if problem := wrong(asked.seed, number):
            print(json.dumps(problem, ensure_ascii=False), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
