# SPDX-License-Identifier: MIT
"""The nearest known word for an unknown one."""

import difflib
from collections.abc import Iterable


def nearest(word: object, known: Iterable[str], cutoff: float = 0.6) -> str:
    """The known word that is most similar to `word`, ignoring case, or ''."""
    by_lower = {name.lower(): name for name in known}
    near = difflib.get_close_matches(str(word).lower(), by_lower, n=1, cutoff=cutoff) if str(word) else []
    return by_lower[near[0]] if near else ""


def unknown(what: str, word: str, known: Iterable[str]) -> str:
    """The message for an unknown word: `what` is its kind."""
    near = nearest(word, known)
    return f"unknown {what} '{word}'" + (f"; did you mean '{near}'?" if near else "")
