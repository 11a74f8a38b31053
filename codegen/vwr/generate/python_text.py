# SPDX-License-Identifier: MIT
"""Python source text of plain values and of calls, with limited line length."""

from typing import Any

Arguments = list[tuple[str, Any, Any]]  # key, value, default; ...: no default
WIDTH = 120


def call(name: str, arguments: Arguments, indent: int = 0) -> str:
    """NAME(…), without arguments that have their default."""
    words = [
        f"{key}={_text(value)}" for key, value, default in arguments if default is ... or value != default
    ]
    return _fill(f"{name}(", words, ")", indent)


def _text(value: Any) -> str:
    """A value as Python source."""
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, tuple):
        return "(" + ", ".join(map(_text, value)) + ("," if len(value) == 1 else "") + ")"
    return repr(value)


def _fill(start: str, words: list[str], end: str, indent: int) -> str:
    """start, the words separated by commas, end; continuation lines are aligned with the first word."""
    lines: list[str] = []
    line, margin = start, " " * (indent + len(start))
    room = WIDTH - indent
    for index, word in enumerate(words):
        part = word + ("," if index + 1 < len(words) else end)
        if index and len(line) + 1 + len(part) > (room if not lines else WIDTH):
            lines.append(line)
            line = margin + part
        else:
            line += (" " if index else "") + part
    return "\n".join([*lines, line if words else start + end])
