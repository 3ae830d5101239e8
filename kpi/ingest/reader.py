"""The parent's side of parsing: a child started ahead, watched, replaced, and never trusted."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Event, Lock, Semaphore, Thread
from time import monotonic
from types import TracebackType
from typing import BinaryIO, Self, cast

import psutil

from kpi.ingest import wire
from kpi.ingest.reasons import Refusal, refused
from kpi.model.copy import Copy
from kpi.model.limits import Limits
from kpi.model.owner import FileAnswers
from kpi.model.reading import Reading

_ROOT = Path(__file__).parents[2]
_COMMAND = (sys.executable, "-m", "kpi.ingest.child")
_PASSED_ON = ("PATH", "SYSTEMROOT")
_SET = {"PYTHONUTF8": "1", "ARROW_DEFAULT_MEMORY_POOL": "system", "MALLOC_ARENA_MAX": "2"}
_FILES = 10  # that a child serves
_LAST_FILES = 4  # of these, during which the next child is started
_LARGE = 200 * 1024 * 1024  # growth after which it is replaced
_AT_ONCE = 2
_PATIENCE = 3  # wall seconds for each second of CPU that is allowed
_START = 256 * 1024 * 1024  # that a child holds before its first file, at most
_START_CPU = 3  # seconds that its start may take
_LAST_BREATH = 1  # seconds in which a dying child must be dead
_GLANCE = 0.1  # seconds between two looks at a child at work
_REPLACED_AFTER = {Refusal.READER_KILLED_MEMORY, Refusal.READER_CRASHED}
_SIGNALS = {
    "SIGABRT": Refusal.READER_KILLED_MEMORY,  # so ends a refused allocation
    "SIGKILL": Refusal.READER_KILLED_MEMORY,  # so ends who takes the machine's last
    "SIGXCPU": Refusal.READER_KILLED_TIME,
}


class Reader:
    """Reads files in children, two at once at most; use it in `with`, from any thread."""

    def __init__(self, command: Sequence[str] = _COMMAND) -> None:
        self.last_cpu = 0.0  # seconds that the child took for the last file
        self._command = command
        self._places = Semaphore(_AT_ONCE)
        self._lock = Lock()
        self._ready: _Child | None = _Child(command)
        self._heir: _Child | None = None  # started while the one at work serves its last files

    def __enter__(self) -> Self:
        """Return the reader."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, why: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the child."""
        self.close()

    def close(self) -> None:
        """End the child that waits; the reader may still be used, and then starts another."""
        self._keep(None)
        with self._lock:
            heir, self._heir = self._heir, None
        if heir:
            heir.end()

    def read(self, name: str, data: bytes, answers: FileAnswers, limits: Limits) -> Reading:
        """Return what the file holds, or a reading that says why it is refused; raises nothing."""
        return self._answer(wire.Request(name=name, answers=answers, limits=limits), data).reading

    def annotate(
        self, name: str, data: bytes, answers: FileAnswers, limits: Limits, copy: Copy
    ) -> bytes | Reading:
        """Return a copy of the workbook with marks, or a reading that says why there can be none."""
        answer = self._answer(wire.Request(name=name, answers=answers, limits=limits, copy=copy), data)
        return answer.copy or answer.reading

    def _answer(self, request: wire.Request, data: bytes) -> wire.Answer:
        if len(data) > request.limits.file_bytes:
            return wire.Answer(
                reading=refused(
                    request.name,
                    data,
                    Refusal.TOO_LARGE_FILE,
                    size=len(data),
                    limit=request.limits.file_bytes,
                )
            )
        with self._places:
            child = self._taken()
            try:
                answer = child.answer(request, data)
                if child.worn:
                    self._prepare()
            finally:
                if not child.fit:
                    child.end()
                    child = self._inherited()
                self._keep(child)
        self.last_cpu = answer.cpu
        return answer

    def _prepare(self) -> None:
        """Start the next child, so that the file after the last one need not wait for it."""
        with self._lock:
            self._heir = self._heir or _Child(self._command)

    def _inherited(self) -> _Child:
        with self._lock:
            heir, self._heir = self._heir, None
        return heir or _Child(self._command)

    def _taken(self) -> _Child:
        with self._lock:
            child, self._ready = self._ready, None
        return child if child and child.alive else _Child(self._command)

    def _keep(self, child: _Child | None) -> None:
        """Let this child wait for the next file; whichever waited before ends."""
        with self._lock:
            before, self._ready = self._ready, child
        if before:
            before.end()


class _Child:
    """One process, the files it has served, and whether it may serve another."""

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            command,
            cwd=_ROOT,
            env={key: os.environ[key] for key in _PASSED_ON if key in os.environ} | _SET,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for the parent
        )
        self._served = 0
        self.fit = False  # until it has answered, and is good for another file

    @property
    def alive(self) -> bool:
        """Whether the process still runs: what killed it while it waited is no fault of the next file."""
        return self._process.poll() is None

    @property
    def worn(self) -> bool:
        """Whether its last files have come."""
        return self._served >= _FILES - _LAST_FILES

    def answer(self, request: wire.Request, data: bytes) -> wire.Answer:
        """Return the answer; a child that dies over it, is killed or talks nonsense gives a refusal."""
        self._served += 1
        self.fit = False
        with _Watch(self._process.pid, request.limits) as watch:
            try:
                wire.ask(cast("BinaryIO", self._process.stdin), request, data)
                answer = wire.answered(cast("BinaryIO", self._process.stdout), request.limits)
            except (wire.WireError, OSError):
                key = watch.refusal or self._fate()
                return wire.Answer(reading=_refused(request, data, key), cpu=watch.cpu)
        reason = answer.reading.reason
        spent = self._served >= _FILES or answer.grown > _LARGE
        self.fit = not spent and (reason is None or reason.key not in _REPLACED_AFTER)
        return answer

    def end(self) -> None:
        """Kill the process and close its pipes."""
        self._process.kill()
        with suppress(OSError):  # what was meant for it cannot be flushed any more
            self._process.communicate()

    def _fate(self) -> Refusal:
        """Return what the end of the process says about its file."""
        try:
            code = self._process.wait(_LAST_BREATH)
        except subprocess.TimeoutExpired:
            return Refusal.READER_CRASHED
        return (
            _SIGNALS.get(signal.Signals(-code).name, Refusal.READER_CRASHED)
            if code < 0
            else Refusal.READER_CRASHED
        )


class _Watch:
    """A look at a working child from outside, every tenth of a second; kills what takes too much.

    The second net where the system has limits of its own, the only one where it has none.
    """

    def __init__(self, pid: int, limits: Limits) -> None:
        self.cpu = 0.0  # seconds seen
        self.refusal: Refusal | None = None  # why it was killed
        self._pid = pid
        self._limits = limits
        self._done = Event()
        self._thread = Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        """Start looking."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop looking."""
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        end = monotonic() + self._limits.cpu * _PATIENCE
        with suppress(psutil.Error):  # it has ended by itself
            process = psutil.Process(self._pid)
            before = _cpu(process)
            while not self._done.wait(_GLANCE):
                self.cpu = _cpu(process) - before
                if process.memory_info().rss > self._limits.memory + _START:
                    self.refusal = Refusal.READER_KILLED_MEMORY
                elif self.cpu > self._limits.cpu + _START_CPU or monotonic() > end:
                    self.refusal = Refusal.READER_KILLED_TIME
                if self.refusal:
                    process.kill()
                    return


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    seconds: float = times.user + times.system
    return seconds


def _refused(request: wire.Request, data: bytes, key: Refusal) -> Reading:
    match key:
        case Refusal.READER_KILLED_MEMORY:
            return refused(request.name, data, key, limit=request.limits.memory)
        case Refusal.READER_KILLED_TIME:
            return refused(request.name, data, key, limit=request.limits.cpu)
    return refused(request.name, data, key)
