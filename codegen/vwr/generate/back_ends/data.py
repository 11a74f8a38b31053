# SPDX-License-Identifier: MIT
"""The description as one JSON file, for tools in any language; and its schema."""

import json
from collections.abc import Iterator
from typing import Any

from vwr.back_end import BackEnd, Output
from vwr.generate.back_ends.common import Description
from vwr.generate.fill import TEMPLATES
from vwr.model.nodes.files import Model
from vwr.model.python import NUMBERS, Arguments

FORMAT = 1  # another number where a reader of this one would go wrong
_DATA, _SCHEMA = "virtwright.json", "virtwright.schema.json"
_NAMES = {"values": ("name", "value", "c", "document"), "fields": ("name", "offset", "type"), "queues": ("name", "index"),
          "structs": ("name", "document", "c", "size", "fixed", "packed", "since", "only", "section"),
          "rules": ("feature", "any"), "offers": ("feature", "any")}


def _row(kind: str, arguments: Arguments) -> dict[str, Any]:
    """What the type of the Python package is called with, under its names; without what has its default."""
    names = iter(_NAMES[kind])
    found = {key.rstrip("_") if key else next(names): value for key, value, default in arguments
             if key is None or value != default}
    if "members" in found:
        found["members"] = [_row("fields", one) for one in found["members"]]
    if "bits" in found:
        found["bits"] = [dict(zip(("name", "shift", "width", "reserved"), one)) for one in found["bits"]]
    return found


def _rows(kind: str, listed: list[Arguments]) -> list[dict[str, Any]]:
    return [_row(kind, one) for one in listed]


def _struct(data: dict[str, Any]) -> dict[str, Any]:
    return {**_row("structs", data["head"] + data["tail"]), "fields": _rows("fields", data["fields"])}


def _file(m: Model) -> dict[str, Any]:
    """One file of spec/."""
    found = {key: getattr(m, key) for key in ("name", "kind", "path", "section", "brief", "since")}
    found |= {"id": getattr(m, "id")} if m.kind == "device" else {}
    groups = [{**group, "values": _rows("values", group["values"])} for group in m.python["groups"]]
    lists = {key: _rows(key, m.python[key]) for key in ("queues", "rules", "offers")}
    lists |= {"groups": groups, "structs": [_struct(one) for one in m.python["structs"]]}
    return found | lists | m.python["more"]


def _lean(value: Any) -> Any:
    """Without what says nothing: a key that is not there is false, empty or unknown."""
    if isinstance(value, dict):
        return {key: _lean(one) for key, one in value.items()
                if one is not None and one is not False and one not in ("", (), [], {})}
    return [_lean(one) for one in value] if isinstance(value, (list, tuple)) else value


def _is_row(value: Any) -> bool:
    """Whether it is one line: it has no rows in it."""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else ()
    return all(_is_row(one) and not (isinstance(value, (list, tuple)) and isinstance(one, dict)) for one in inside)


def _text(value: Any, indent: str = "") -> str:
    """JSON with a line for each row, so that a change is a line of a diff."""
    if _is_row(value):
        return json.dumps(value, ensure_ascii=False)
    deeper = indent + " "
    if isinstance(value, dict):
        head = {key: one for key, one in value.items() if _is_row(one)}
        parts = [json.dumps(head, ensure_ascii=False)[1:-1]] if head else []
        parts += [f"{json.dumps(key)}: {_text(one, deeper)}" for key, one in value.items() if key not in head]
        return "{" + f",\n{deeper}".join(parts) + "}"
    return f"[\n{deeper}" + f",\n{deeper}".join(_text(one, deeper) for one in value) + "]"


def _outputs(description: Description) -> Iterator[Output]:
    """The schema is written by hand: it goes where the data are."""
    models = description.models
    data = {"format": FORMAT, "document": models[0].document, "numbers": NUMBERS, "files": [_lean(_file(m)) for m in models]}
    yield Output(_DATA, _text(data) + "\n", "spec")
    yield Output(_SCHEMA, (TEMPLATES / _SCHEMA).read_text("utf-8"), f"codegen/templates/{_SCHEMA}")


DATA = BackEnd("data", "models", (_DATA, _SCHEMA), _outputs)
