"""The visitor: what this browser session is looking at; alone in using Streamlit's session state."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

import streamlit as st

from kpi.catalog.own import Wish
from kpi.model.note import Note
from kpi.model.owner import FileAnswers
from kpi.model.period import Period
from kpi.model.view import View
from kpi.workspace import Workspace
from pages.parts.language import language

_KEY = "visitor"
_DESK = "desk"  # the setting at home that says which workspace lies on the desk
_OWN = "own"  # and the one that says which of the owner's own lay there last


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What the figures are narrowed to; empty means everything, no period means the default one.

    `yearly` compares with the same period a year ago instead of the one before. `currency` leaves out
    amounts in any other.
    """

    period: Period | None = None
    networks: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    yearly: bool = False
    currency: str | None = None

    @property
    def view(self) -> View:
        """Return the same without the days."""
        return View(
            network=self.networks[0] if self.networks else None,
            account=self.accounts[0] if self.accounts else None,
            currency=self.currency,
        )


@dataclass(frozen=True, slots=True)
class Wrong:
    """What a link asks for in vain: which part of the filter, and what stands there."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """A file just taken off the desk, whole, so that it can be put back."""

    name: str
    content: bytes
    answers: FileAnswers


@dataclass(slots=True, kw_only=True)
class Visitor:
    """Who looks, in which language, through which filter.

    What the owner gave lies in `home`; on the desk, in `workspace`, lies that, another business of the
    owner's or an example, each of which has a workspace of its own. Which one it is and the language are
    kept at home, the filter with what it filters, so that a reload and a restart change nothing. `intakes`
    counts how often files were taken in: each time the door for files is a new one, and empty. `gone` is
    the KPI of the owner's own that was just dropped, `unnoted` the note on a day. `screen` was drawn last;
    `wrong` is what the link to it asks for in vain; `untold` is what was just done in a run that led
    elsewhere. `contractor` looks at what somebody else reported.
    """

    home: Workspace
    workspace: Workspace
    lang: str
    filter: Filter = field(default_factory=Filter)
    intakes: int = 0
    removed: Removed | None = None
    gone: Wish | None = None
    unnoted: Note | None = None
    screen: str | None = None
    wrong: tuple[Wrong, ...] = ()
    untold: list[str] = field(default_factory=list)
    contractor: Visitor | None = None

    def apart(self) -> Visitor:
        """Return who looks at a contractor's report, which lies apart and enters no figure of the desk."""
        workspace = self.workspace.contractor()
        if self.contractor is None or self.contractor.workspace != workspace:
            self.contractor = Visitor(home=self.home, workspace=workspace, lang=self.lang, untold=self.untold)
        self.contractor.lang = self.lang
        return self.contractor

    def own(self) -> Workspace:
        """Return the workspace of the owner's own that lies on the desk, or lay there before an example."""
        return self.home.beside(self.home.settings().get(_OWN) or self.home.id)

    def speak(self, lang: str) -> None:
        """Change the language, for good."""
        self.lang = lang
        self.home.keep_setting("lang", lang)

    def look_at(self, workspace: Workspace) -> None:
        """Lay another workspace on the desk, for good; what widgets still hold was said of the one before."""
        self.home.keep_setting(_DESK, workspace.id)
        if not workspace.settings().get("demo"):
            self.home.keep_setting(_OWN, workspace.id)
        self.workspace, self.removed, self.gone, self.unnoted = workspace, None, None, None
        self.filter = _read(workspace.settings().get("filter") or {})
        for key in set(st.session_state) - {_KEY}:
            del st.session_state[key]

    def narrow(self, **changes: Any) -> None:  # noqa: ANN401  the fields of `Filter`
        """Change the filter, for good, by the names of its fields."""
        self.filter = replace(self.filter, **changes)
        self.wrong = ()
        self.workspace.keep_setting("filter", _written(self.filter))

    def widen(self) -> None:
        """Look at everything again: other files have other networks, accounts and days."""
        self.narrow(**asdict(Filter()))


def session() -> Visitor:
    """Return the visitor of this browser session; raises `WorkspaceError` where nothing can be kept."""
    if _KEY not in st.session_state:
        home = Workspace.open()
        kept = home.settings()
        workspace = home.beside(kept.get(_DESK) or home.id)
        st.session_state[_KEY] = Visitor(
            home=home,
            workspace=workspace,
            lang=kept.get("lang") or language(st.context.locale),
            filter=_read(workspace.settings().get("filter") or {}),
        )
    visitor: Visitor = st.session_state[_KEY]
    return visitor


def picked(key: str) -> Any:  # noqa: ANN401  what a widget holds is known to who drew it
    """Return what the widget `key` holds; for callbacks, which run before the screen is drawn."""
    return st.session_state[key]


def held(key: str) -> Any:  # noqa: ANN401  the same
    """Return what the widget `key` holds, None before it is drawn for the first time."""
    return st.session_state.get(key)


def put(key: str, value: Any) -> None:  # noqa: ANN401  the same
    """Write into the widget `key`; for callbacks, which run before the screen is drawn."""
    st.session_state[key] = value


def language_now() -> str:
    """Return the language to speak even where no visitor could be made."""
    visitor: Visitor | None = st.session_state.get(_KEY)
    return visitor.lang if visitor else language(st.context.locale)


def _written(filter_: Filter) -> dict[str, Any]:
    """Return a filter as JSON can write it."""
    days = filter_.period and [filter_.period.first.isoformat(), filter_.period.last.isoformat()]
    return asdict(filter_) | {"period": days}


def _read(kept: dict[str, Any]) -> Filter:
    days = kept.get("period")
    return Filter(
        period=Period(*(date.fromisoformat(day) for day in days)) if days else None,
        networks=tuple(kept.get("networks", ())),
        accounts=tuple(kept.get("accounts", ())),
        yearly=bool(kept.get("yearly")),
        currency=kept.get("currency"),
    )
