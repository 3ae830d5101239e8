"""The letter of a month: half a page in plain words, to print, to send, or to read aloud."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from kpi.judge.board import Board
from kpi.model.verdict import Status, Verdict
from kpi.report.headline import headline
from kpi.report.moved import moved
from kpi.report.numbers import period, reasons, shown
from kpi.report.words import say
from kpi.report.words.tell import listed

LINES = 6  # figures told, so that it stays half a page
_ORDER = (Status.RED, Status.AMBER, Status.GREEN, Status.GREY)
_SHAPES = {Status.RED: "■", Status.AMBER: "▲", Status.GREEN: "●", Status.GREY: "○"}
_INKS = {Status.RED: "#A11D2A", Status.AMBER: "#7A5200", Status.GREEN: "#14633C", Status.GREY: "#4A5260"}
_STYLE = (
    "@page{size:A4;margin:20mm}"
    "body{font:15px/1.5 'Golos Text','Segoe UI',Roboto,Arial,sans-serif;color:#0F1621;background:#fff;"
    "max-width:42em;margin:2em auto;padding:0 1em}"
    "h1{font-size:1.4em;line-height:1.25;margin:0 0 .4em}h2{font-size:1.05em;margin:1.4em 0 .3em}"
    "p{margin:.3em 0}ul{margin:.3em 0;padding:0;list-style:none}li{margin:.45em 0}"
    "ol{margin:.3em 0;padding-left:1.3em}"
    ".small{color:#4A5260;font-size:.87em}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One figure: its light, its name with the value, and why the light is what it is."""

    status: Status
    light: str
    figure: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The letter, sentence by sentence; `foot` says what it was made of."""

    lang: str
    title: str
    finding: str
    lights: str
    lines: tuple[Line, ...]
    next: tuple[str, ...]
    foot: str

    def text(self) -> str:
        """Return the letter as plain text, to paste into a message."""
        figures = [f"{_SHAPES[one.status]} {one.light}. {one.figure}. {one.why}" for one in self.lines]
        steps = [f"{place}. {step}" for place, step in enumerate(self.next, 1)]
        parts = [
            self.finding,
            self.lights,
            "",
            *figures,
            "",
            say("letter.next", self.lang),
            *steps,
            "",
            self.foot,
        ]
        return "\n".join(parts)

    def html(self) -> bytes:
        """Return the letter as a page that stands alone: no script, nothing fetched, ready to print."""
        figures = "".join(
            f'<li><b style="color:{_INKS[one.status]}">{_SHAPES[one.status]} {escape(one.light)}</b> · '
            f'<b>{escape(one.figure)}</b><br><span class="small">{escape(one.why)}</span></li>'
            for one in self.lines
        )
        steps = "".join(f"<li>{escape(step)}</li>" for step in self.next)
        page = (
            f'<!doctype html><html lang="{self.lang}"><meta charset="utf-8">'
            f'<meta name="viewport" content="width=device-width"><title>{escape(self.title)}</title>'
            f"<style>{_STYLE}</style><body><h1>{escape(self.finding)}</h1><p>{escape(self.lights)}</p>"
            f"<ul>{figures}</ul><h2>{escape(say('letter.next', self.lang))}</h2><ol>{steps}</ol>"
            f'<p class="small">{escape(self.foot)}</p></body></html>\n'
        )
        return page.encode()


def foremost(verdicts: Sequence[Verdict]) -> Verdict | None:
    """Return the KPI to begin with: the heaviest red, else the heaviest amber; None without either."""
    return next((one for one in _told(verdicts) if one.status in {Status.RED, Status.AMBER}), None)


def letter(
    board: Board,
    verdicts: Sequence[Verdict],
    files: int,
    lang: str,
    steps: Sequence[str] = (),
    *,
    causes: Mapping[str, str] | None = None,
) -> Letter:
    """Return the letter of a board's period.

    `verdicts` are those to tell of, heaviest first: their reds come first, and at most six are told.
    `steps` are further things to do, beside what the lights ask for; `causes` tell by KPI why it got worse.
    """
    told = _told(verdicts)
    return Letter(
        lang=lang,
        title=say("letter.title", lang, period=board.period),
        finding=headline(verdicts, board.period, lang),
        lights=_lights(board.verdicts, lang),
        lines=tuple(_line(one, lang, (causes or {}).get(one.kpi.id)) for one in told),
        next=(*_next(told, lang), *steps),
        foot=say("letter.foot", lang, period=period(board.period, lang), n=files),
    )


def _lights(verdicts: Sequence[Verdict], lang: str) -> str:
    """Return how many KPIs have which light, those that cannot be told last."""
    counts = {status: sum(one.status is status for one in verdicts) for status in _ORDER}
    told = [_counted(status, counts[status], lang) for status in _ORDER if counts[status]]
    return say("letter.lights", lang, told=listed(told, lang))


def _counted(status: Status, n: int, lang: str) -> str:
    keys = {
        Status.RED: say("letter.red", lang, n=n),
        Status.AMBER: say("letter.amber", lang, n=n),
        Status.GREEN: say("letter.green", lang, n=n),
        Status.GREY: say("letter.grey", lang, n=n),
    }
    return keys[status]


def _told(verdicts: Sequence[Verdict]) -> list[Verdict]:
    return sorted(verdicts, key=lambda one: _ORDER.index(one.status))[:LINES]


def _line(verdict: Verdict, lang: str, cause: str | None) -> Line:
    value = shown(verdict.value, verdict.unit, verdict.currency, lang)
    change = moved(verdict, lang)
    figure = f"{verdict.kpi.words(lang).name}: {value}"
    if change is not None:
        figure = say("letter.moved", lang, figure=figure, change=change.told(lang))
    why = (next(iter(reasons(verdict, lang)), ""), cause)
    return Line(
        status=verdict.status,
        light=say(f"status.{verdict.status.value}", lang),
        figure=figure,
        why=" ".join(filter(None, why)),
    )


def _next(told: Sequence[Verdict], lang: str) -> tuple[str, ...]:
    """Return what the lights ask for: the heaviest red, else the heaviest amber, else to go on."""
    worst = foremost(told)
    if worst is None:
        lit = any(one.status is Status.GREEN for one in told)
        return (say("letter.go_on", lang) if lit else say("letter.no_lights", lang),)
    name = worst.kpi.words(lang).name
    if worst.status is Status.RED:
        return (say("letter.look_lasting" if worst.escalated else "letter.look", lang, name=name),)
    return (say("letter.watch", lang, name=name),)
