# SPDX-License-Identifier: MIT
"""Python source text of plain values and of calls, in lines that are not too long."""

from typing import Any

from vwr.model.python import Arguments
from vwr.spec.scalars import Hex

WIDTH = 120


def call(name: str, arguments: Arguments, indent: int = 0) -> str:
    """NAME(…): arguments are (keyword or None, value, default); whatever has its default is left out."""
    words = [
        (f"{key}=" if key else "") + text(value)
        for key, value, default in arguments
        if default is ... or value != default
    ]
    return _fill(f"{name}(", words, ")", indent)


def begun(name: str, arguments: Arguments, indent: int = 0) -> str:
    """The beginning of a call whose next argument is a tuple of many lines."""
    return call(name, arguments, indent)[:-1] + ", ("


def rest(arguments: Arguments) -> str:
    """The arguments behind that tuple."""
    return ", " + call("", arguments)[1:-1]


def text(value: Any) -> str:
    """A value as Python source; a list of arguments is a Field."""
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, tuple):
        words = [call("Field", item) if isinstance(item, list) else text(item) for item in value]
        return "(" + ", ".join(words) + ("," if len(words) == 1 else "") + ")"
    if isinstance(value, list):
        return "[" + ", ".join(map(text, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{text(key)}: {text(item)}" for key, item in value.items()) + "}"
    return f"{value:#x}" if isinstance(value, Hex) else repr(value)


def rows(value: Any, indent: int = 0) -> str:
    """A mapping or list over several lines, one item each."""
    pad = " " * indent
    if isinstance(value, dict) and value:
        return (
            "{\n"
            + "".join(
                f"{pad}    {text(key)}: {_rows_or_line(item, indent + 4)},\n" for key, item in value.items()
            )
            + pad
            + "}"
        )
    return text(value)


def _rows_or_line(value: Any, indent: int) -> str:
    if not isinstance(value, list) or not value or not isinstance(value[0], dict):
        return text(value)
    pad = " " * indent
    return (
        "[\n"
        + "".join(
            _fill(f"{pad}    {{", [f"{text(k)}: {text(v)}" for k, v in row.items()], "},", 5 + indent) + "\n"
            for row in value
        )
        + pad
        + "]"
    )


def _fill(start: str, words: list[str], end: str, indent: int) -> str:
    """start, the words with commas, end; continued below the first word where a line would be too long."""
    lines: list[str] = []
    line, margin = start, " " * (indent + len(start.lstrip()) if start.strip() != "{" else indent)
    room = WIDTH - (0 if start[:1] == " " else indent)
    for index, word in enumerate(words):
        part = word + ("," if index + 1 < len(words) else end)
        if index and len(line) + 1 + len(part) > (room if not lines else WIDTH):
            lines.append(line)
            line = margin + part
        else:
            line += (" " if index else "") + part
    return "\n".join([*lines, line if words else start + end])
