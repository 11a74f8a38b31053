# SPDX-License-Identifier: MIT
"""The description as one JSON file, for tools in any language; and its schema."""

import json
from collections.abc import Iterator
from typing import Any

from vwr.back_end import BackEnd, Output
from vwr.generate.back_ends.common import Description
from vwr.generate.data import data_of
from vwr.generate.fill import TEMPLATES
from vwr.model.python import NUMBERS

FORMAT = 1  # another number where a reader of this one would go wrong
_DATA, _SCHEMA = "virtwright.json", "virtwright.schema.json"


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _is_row(value: Any) -> bool:
    """Whether it is one line: it has no list of mappings in it."""
    if isinstance(value, dict):
        return all(map(_is_row, value.values()))
    return not isinstance(value, list) or not any(isinstance(one, dict) or not _is_row(one) for one in value)


def _text(value: Any, indent: str = "") -> str:
    """JSON with a line for each row, so that a change is a line of a diff."""
    if _is_row(value):
        return _line(value)
    deeper = indent + " "
    if isinstance(value, dict):
        head = {key: one for key, one in value.items() if _is_row(one)}
        parts = [_line(head)[1:-1]] if head else []
        parts += [f"{_line(key)}: {_text(one, deeper)}" for key, one in value.items() if key not in head]
        return "{" + f",\n{deeper}".join(parts) + "}"
    return f"[\n{deeper}" + f",\n{deeper}".join(_text(one, deeper) for one in value) + "]"


def _outputs(description: Description) -> Iterator[Output]:
    """The schema is written by hand: it goes where the data are."""
    models = description.models
    data = {"format": FORMAT, "document": models[0].document, "numbers": NUMBERS, "files": [data_of(m) for m in models]}
    yield Output(_DATA, _text(data) + "\n", "spec")
    yield Output(_SCHEMA, (TEMPLATES / _SCHEMA).read_text("utf-8"), f"codegen/templates/{_SCHEMA}")


DATA = BackEnd("data", "models", (_DATA, _SCHEMA), _outputs)
