# SPDX-License-Identifier: MIT
"""A reader's copy of a file of spec/: its YAML without comments, all in one form, with number and id over each row."""

import yaml

from described import Row, composed, rows_of

WIDTH = 110


def text_of(rows: list[Row]) -> str:
    """The YAML of a file's rows. Quotes, breaks and widths are the printer's own, so that no change shows in them."""
    for row in rows:
        _plain_style(row.node)
        if row.nested:
            row.node.flow_style = False
        for key, value in row.node.value:
            if key.value in row.nested:
                value.flow_style = False
    text: str = yaml.serialize(rows[0].node, width=WIDTH, allow_unicode=True)
    return text


def _plain_style(node: yaml.Node) -> None:
    """Lets the printer choose the quotes of all scalars."""
    if isinstance(node, yaml.ScalarNode):
        node.style = None
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            _plain_style(key)
            _plain_style(value)
    else:
        for item in node.value:
            _plain_style(item)


def numbered(name: str, text: str, first: int) -> tuple[str, int]:
    """The text with a comment over each row, and the number for the next file's first row."""
    lines = text.splitlines()
    above: dict[int, list[str]] = {}
    rows = rows_of(name, composed(text))
    for number, row in enumerate(rows, first):
        indent = len(lines[row.line]) - len(lines[row.line].lstrip())
        above.setdefault(row.line, []).append(f"{' ' * indent}# {number}  {row.id}")
    printed = [part for at, line in enumerate(lines) for part in (*above.get(at, []), line)]
    return "\n".join(printed) + "\n", first + len(rows)
