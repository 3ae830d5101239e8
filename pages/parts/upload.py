"""The door for files: takes them in at once, lets go of the copies in memory, and shows what was removed."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from kpi.report.words import say, say_n
from pages.parts import demo, example
from pages.parts.escape import plain
from pages.parts.session import Removed, Visitor


def door(visitor: Visitor, screen: str) -> bool:
    """Draw the place to drop files into; what comes in is kept, and whether any came is returned.

    The screen must then begin anew, or lead elsewhere. No list of suffixes: a file is what its bytes say,
    and one that is no table is refused beside its name.
    """
    files = st.file_uploader(
        say("data.drop", visitor.lang),
        accept_multiple_files=True,
        key=f"{screen}.files_{visitor.intakes}",
        help=say("data.drop_help", visitor.lang),
    )
    if files:
        _take(visitor, files)
    return bool(files)


def removed(visitor: Visitor) -> None:
    """Draw what was just removed, with the way back."""
    gone = visitor.removed
    if gone is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(say("data.removed", visitor.lang, file=plain(gone.name)), width="content")
        st.button(
            say("data.undo", visitor.lang),
            key="data.undo",
            icon=":material/undo:",
            on_click=_put_back,
            args=(visitor, gone),
        )


def remove(visitor: Visitor, digest: str, name: str) -> None:
    """Take a file off the desk; the last one can be put back."""
    kept = visitor.workspace
    visitor.removed = Removed(name=name, content=kept.content(digest), answers=kept.answers(digest))
    kept.remove(digest)
    st.toast(say("toast.removed", visitor.lang, file=plain(name)), icon=":material/delete:")


def _put_back(visitor: Visitor, gone: Removed) -> None:
    digest = visitor.workspace.add(gone.name, gone.content)
    visitor.workspace.keep_answers(digest, gone.answers)
    visitor.removed = None
    st.toast(say("toast.back", visitor.lang, file=plain(gone.name)), icon=":material/undo:")


def _take(visitor: Visitor, files: Sequence[UploadedFile]) -> None:
    """Keep files among the owner's own, whatever lies on the desk."""
    if demo.loaded(visitor.workspace):
        example.leave(visitor)
        visitor.untold.append(say("data.demo_away", visitor.lang))
    here = {given.digest for given in visitor.workspace.files()}
    new = 0
    for file in files:
        if visitor.workspace.add(file.name, file.getvalue()) in here:
            visitor.untold.append(say("data.twice", visitor.lang, file=plain(file.name)))
        else:
            new += 1
        _release(file)
    if new:
        visitor.untold.append(say_n("toast.added", new, visitor.lang))
    visitor.intakes += 1
    visitor.removed = None


def _release(file: UploadedFile) -> None:
    """Let the server forget its copy, which it would hold until the session ends."""
    context = get_script_run_ctx()
    if context is not None and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        context.uploaded_file_mgr.remove_file(context.session_id, file.file_id)
