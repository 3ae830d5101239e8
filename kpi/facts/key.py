"""By what rows of several files are known to be of one thing: codes for keys, labels and days."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kpi.facts.frame import Frame, Ints, Labels


def folded(*columns: Ints) -> Ints:
    """Return one code for each different row of whole-number columns, from 0 on."""
    codes = np.unique(columns[0], return_inverse=True)[1]
    for column in columns[1:]:
        part = np.unique(column, return_inverse=True)[1]
        codes = np.unique(codes * (part.max(initial=0) + 1) + part, return_inverse=True)[1]
    return np.asarray(codes, np.int64)


def label_codes(frame: Frame, name: str) -> Ints:
    """Return the codes of a label, equal for equal words; 0 on every row of a frame without it."""
    label = frame.labels.get(name)
    return np.zeros(len(frame), np.int64) if label is None else label.codes


def text_codes(frame: Frame, name: str) -> Ints:
    """Return a code for each different text of a column, -1 where there is none."""
    text = (frame.texts or {}).get(name)
    if text is None or text.null_count == len(text):
        return np.full(len(frame), -1)
    known = pc.if_else(pc.equal(pc.utf8_length(text), 0), pa.scalar(None, text.type), text)
    codes = known.dictionary_encode().indices.fill_null(-1)
    return np.asarray(codes.to_numpy(zero_copy_only=False), np.int64)


def keyed(frame: Frame, apart: Ints | None = None) -> Ints:
    """Return a code for each row's id, else its address, within its network; -1 for a row without either.

    A row with only an address is the row that has the same address and an id. Rows that differ in
    `apart` (orders of two currencies) are never one.
    """
    ids = text_codes(frame, "id")
    if (ids < 0).any() and ((urls := text_codes(frame, "url")) >= 0).any():
        named = np.full(urls.max() + 1, -1)
        both = np.flatnonzero((ids >= 0) & (urls >= 0))
        named[urls[both]] = ids[both]
        by_url = np.where(named[urls] >= 0, named[urls], ids.max(initial=-1) + 1 + urls)
        ids = np.where((ids < 0) & (urls >= 0), by_url, ids)
    codes = np.full(len(frame), -1)
    rows = np.flatnonzero(ids >= 0)
    if len(rows):
        parts = [ids[rows], label_codes(frame, "network")[rows]]
        codes[rows] = folded(*parts, *([] if apart is None else [apart[rows]]))
    return codes


def same_codes(one: Labels, other: Labels) -> tuple[Ints, Ints]:
    """Return the codes of two labels by one list of words."""
    words = {word: place for place, word in enumerate(dict.fromkeys((*one.names, *other.names)))}
    first, second = (np.array([words[word] for word in label.names], np.int64) for label in (one, other))
    return first[one.codes], second[other.codes]
