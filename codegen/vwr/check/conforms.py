# SPDX-License-Identifier: MIT
"""
Whether data conform to one of our JSON Schemas, with the keywords that these use. Nearly all files do, and
jsonschema takes far longer to say so; it finds the errors of the others.
"""

import json
import re
from collections.abc import Callable
from typing import Any

Schema = dict[str, Any]
_TYPES = {"string": str, "array": list, "object": dict, "integer": int, "boolean": bool, "null": type(None)}


def conforms(schema: Schema, data: Any, whole: Schema | None = None) -> bool:
    """False: an error, or a keyword or a value that this module does not know. `whole` has the $defs."""
    whole = whole or schema
    for keyword, rule in schema.items():
        if keyword not in _NO_RULES and not _RULES.get(keyword, _unknown)(rule, data, schema, whole):
            return False
    return True


def _unknown(*_: Any) -> bool:
    return False


def _type(name: str, data: Any, *_: Any) -> bool:
    return isinstance(data, _TYPES[name]) and isinstance(data, bool) == (name == "boolean")


def _same(rule: Any, data: Any) -> bool:
    return rule == data and isinstance(rule, bool) == isinstance(data, bool)


def _ref(rule: str, data: Any, _: Schema, whole: Schema) -> bool:
    return conforms(whole["$defs"][rule.removeprefix("#/$defs/")], data, whole)


def _properties(rule: Schema, data: Any, _: Schema, whole: Schema) -> bool:
    return not isinstance(data, dict) or all(
        conforms(rule[key], value, whole) for key, value in data.items() if key in rule
    )


def _other_properties(rule: Any, data: Any, schema: Schema, whole: Schema) -> bool:
    if not isinstance(data, dict):
        return True
    others = [data[key] for key in data if key not in schema.get("properties", ())]
    return not others if rule is False else all(conforms(rule, value, whole) for value in others)


def _unique(rule: bool, data: Any, *_: Any) -> bool:
    words = [json.dumps(item, sort_keys=True) for item in data] if isinstance(data, list) else []
    return rule and len(set(words)) == len(words)


def _if(rule: Schema, data: Any, schema: Schema, whole: Schema) -> bool:
    branch = schema.get("then" if conforms(rule, data, whole) else "else", {})
    return conforms(branch, data, whole)


_NO_RULES = {"description", "title", "$comment", "examples", "$schema", "$id", "$defs", "then", "else"}
_RULES: dict[str, Callable[[Any, Any, Schema, Schema], bool]] = {
    "type": _type,
    "$ref": _ref,
    "properties": _properties,
    "additionalProperties": _other_properties,
    "uniqueItems": _unique,
    "if": _if,
    "enum": lambda rule, data, *_: any(_same(one, data) for one in rule),
    "const": lambda rule, data, *_: _same(rule, data),
    "pattern": lambda rule, data, *_: not isinstance(data, str) or bool(re.search(rule, data)),
    "minLength": lambda rule, data, *_: not isinstance(data, str) or len(data) >= rule,
    "minimum": lambda rule, data, *_: not isinstance(data, int) or data >= rule,
    "maximum": lambda rule, data, *_: not isinstance(data, int) or data <= rule,
    "minItems": lambda rule, data, *_: not isinstance(data, list) or len(data) >= rule,
    "maxItems": lambda rule, data, *_: not isinstance(data, list) or len(data) <= rule,
    "minProperties": lambda rule, data, *_: not isinstance(data, dict) or len(data) >= rule,
    "required": lambda rule, data, *_: not isinstance(data, dict) or all(key in data for key in rule),
    "items": lambda rule, data, _, whole: not isinstance(data, list)
    or all(conforms(rule, item, whole) for item in data),
    "anyOf": lambda rule, data, _, whole: any(conforms(one, data, whole) for one in rule),
    "oneOf": lambda rule, data, _, whole: sum(conforms(one, data, whole) for one in rule) == 1,
}
