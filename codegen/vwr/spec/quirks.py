# SPDX-License-Identifier: MIT
"""
Known devices and drivers that deviate from the specification: each quirk concerns a row, or the whole file.
"""

from typing import Any

from vwr.spec.load import Row

WORDS = "@quirks"  # not a key of YAML: text on quirks in the comment of a row

UNSEEN = ", not seen here"  # after the versions

# Keys whose items have a comment of their own in C.
_WITH_COMMENT = (
    "features",
    "bits",
    "registers",
    "fields",
    "union",
    "values",
    "constants",
    "queues",
    "ids",
    "rows",
)


def row_about(data: Row, about: str) -> Row | None:
    """The row that a quirk names, features.bits.RING_RESET; None if it does not exist, or has no comment."""
    node: Any = data
    key = ""
    for word in about.split("."):
        if isinstance(node, list):
            node = next((item for item in node if isinstance(item, dict) and item.get("name") == word), None)
        else:
            node, key = node.get(word) if isinstance(node, dict) else None, word
    return node if isinstance(node, dict) and "name" in node and key in _WITH_COMMENT else None


def with_words(data: Row) -> None:
    """
    Adds the text on quirks to their rows, for comments. Quirks of a row that the version lacks are dropped.
    """
    kept = []
    for quirk in data.get("quirks", []):
        row = row_about(data, quirk["about"]) if "about" in quirk else None
        if row is not None:
            row.setdefault(WORDS, []).append(words(data["name"], quirk))
        if row is not None or "about" not in quirk:
            kept.append(quirk)
    if "quirks" in data:
        data["quirks"] = kept


def without_words(row: Row) -> Row:
    """The row for a comment that need not repeat the text."""
    return {key: value for key, value in row.items() if key != WORDS}


def words(name: str, quirk: Row) -> str:
    """The text on a quirk in a comment, after its name."""
    who = f"{quirk['who']} {quirk['versions']}{UNSEEN if quirk.get('unseen') else ''}"
    return f"Quirk {name}.{quirk['name']} ({who}): {quirk['brief']} {quirk['remedy']}"
