"""Several businesses of one home: each with a workspace of its own, and a name to know it by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from secrets import token_hex

from kpi.workspace.given import Workspace

_BOOK = "businesses"  # the workspace whose settings list them: no business owns it, none can clear it
_PREFIX = "business_"


@dataclass(frozen=True, slots=True)
class Business:
    """A business: the id of its workspace, and its name; empty where nobody has named it."""

    id: str
    name: str = ""


def businesses(home: Workspace) -> tuple[Business, ...]:
    """Return all of them in the order in which they came; the first one's workspace is the home itself."""
    kept = home.beside(_BOOK).settings()
    later = sorted((id_ for id_ in kept if id_ != home.id), key=lambda id_: int(kept[id_]["place"]))
    return (
        Business(home.id, kept.get(home.id, {}).get("name", "")),
        *(Business(id_, kept[id_]["name"]) for id_ in later),
    )


def begin(home: Workspace, name: str) -> Business:
    """Return a new business, with nothing in its workspace yet."""
    places = [int(one["place"]) for one in home.beside(_BOOK).settings().values()]
    new = Business(f"{_PREFIX}{token_hex(4)}", name)
    home.beside(_BOOK).keep_setting(new.id, {"name": name, "place": max(places, default=0) + 1})
    return new


def rename(home: Workspace, id_: str, name: str) -> None:
    """Give a business another name."""
    place = home.beside(_BOOK).settings().get(id_, {}).get("place", 0)
    home.beside(_BOOK).keep_setting(id_, {"name": name, "place": place})


def forget(home: Workspace, id_: str) -> None:
    """Forget all that was given of a business, for good; the first one stays in the list, empty."""
    home.beside(id_).clear()
    home.beside(_BOOK).drop_setting(id_)


def move(files: Iterable[str], source: Workspace, to: Workspace) -> None:
    """Give files, by their digests, to another business, with all that was said of them.

    What was said of headings is known there too, so that nothing is asked twice.
    """
    names = {given.digest: given.name for given in source.files()}
    known = to.memories()
    for memory in source.memories().values():
        if memory.fingerprint not in known:
            to.remember(memory)
    for digest in files:
        to.add(names[digest], source.content(digest))
        to.keep_answers(digest, source.answers(digest))
        source.remove(digest)
