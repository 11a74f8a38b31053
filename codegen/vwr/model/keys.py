# SPDX-License-Identifier: MIT
"""The keys of the YAML, as the schemas have them: what the page of keys lists."""

from collections.abc import Iterator
from typing import Any, NamedTuple

Schema = dict[str, Any]
_TYPES = {
    "integer": "number",
    "string": "text",
    "array": "list",
    "object": "mapping",
    "boolean": "true or false",
}


class Key(NamedTuple):
    """A key of a mapping."""

    name: str
    required: bool
    value: str
    meaning: str


class Mapping(NamedTuple):
    """What may have these keys: a path as people say it, `bits[]`, and what it is."""

    path: str
    meaning: str
    keys: list[Key]


def mappings(schema: Schema) -> list[Mapping]:
    """All mappings of a kind of file, from the outside in, each once."""
    return list(_inside("", schema, schema, set()))


def _inside(path: str, node: Schema, whole: Schema, seen: set[int]) -> Iterator[Mapping]:
    node = _resolved(node, whole)
    found = node.get("properties", {})
    if id(found) in seen:
        return
    if found:
        seen.add(id(found))
        keys = [
            Key(
                name,
                name in node.get("required", ()),
                _value(_resolved(child, whole), whole),
                _resolved(child, whole).get("description", ""),
            )
            for name, child in found.items()
        ]
        yield Mapping(path, node.get("description", ""), keys)
    for name, child in found.items():
        yield from _inside(f"{path}.{name}" if path else name, child, whole, seen)
    for child in (*_several(node.get("items")), *_several(node.get("additionalProperties"))):
        yield from _inside(f"{path}[]", child, whole, seen)
    for child in (*node.get("anyOf", ()), *node.get("oneOf", ())):
        yield from _inside(path, child, whole, seen)


def _several(node: Any) -> list[Schema]:
    return [node] if isinstance(node, dict) else []


def _resolved(node: Schema, whole: Schema) -> Schema:
    """A schema with what it refers to; its own words count."""
    while "$ref" in node:
        node = {
            **whole["$defs"][node["$ref"].rpartition("/")[2]],
            **{key: node[key] for key in node if key != "$ref"},
        }
    return node


def _value(node: Schema, whole: Schema) -> str:
    """What stands behind the colon."""
    if "const" in node:
        return _shown(node["const"])
    if "enum" in node:
        return ", ".join(_shown(value) for value in node["enum"])
    choices = [
        _value(_resolved(one, whole), whole) for key in ("anyOf", "oneOf") for one in node.get(key, ())
    ]
    if "type" not in node:
        return " or ".join(dict.fromkeys(choice for choice in choices if choice))
    if node["type"] == "array" and isinstance(node.get("items"), dict):
        return f"list of {_value(_resolved(node['items'], whole), whole) or 'items'}"
    return _TYPES[node["type"]]


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
