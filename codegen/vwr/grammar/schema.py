# SPDX-License-Identifier: MIT
"""The grammar as JSON Schemas, for the checks and for editors."""

import functools
import json
import re
import types
from collections.abc import Iterator, Mapping
from operator import itemgetter
from typing import Any, Literal, Union, get_args, get_origin

from vwr.grammar.row import (
    Either,
    Integer,
    Items,
    Key,
    Logic,
    Row,
    Text,
    True_,
    Words,
    is_row,
    keys,
    kinds,
    meaning,
    rows_of,
)

Schema = dict[str, Any]
# Only the tokens of a condition; the parser checks their order.
CONDITION = r"^\s*([()]\s*|==\s*|(0x[0-9a-fA-F]+|[0-9]+|[A-Za-z][A-Za-z0-9_]*(\.[a-z][a-z0-9_]*)*)(?![A-Za-z0-9_.])\s*)+$"
WIDTH = 120
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def _without(schema: Schema) -> Schema:
    """A schema without empty keywords."""
    return {word: value for word, value in schema.items() if value not in (None, [], ())}


def _text(_: Any, kind: Text, least: int) -> Schema:
    length = {} if kind.pattern else {"minLength": 1, "maxLength": kind.most}
    return {
        "title": kind.title,
        "$comment": kind.form,
        "type": "string",
        "pattern": kind.pattern,
        "examples": list(kind.examples),
        **length,
    }


def _integer(_: Any, kind: Integer, least: int) -> Schema:
    return {"title": kind.title, "type": "integer", "minimum": kind.low, "maximum": kind.high}


def _logic(_: Any, kind: Logic, least: int) -> Schema:
    form = "names with and, or, not, parentheses; FIELD == VALUE; FIELD has BIT; offered FEATURE"
    return {
        "title": "Condition",
        "$comment": form,
        "type": "string",
        "pattern": CONDITION,
        "examples": [kind.example],
    }


def _words(base: Any, kind: Words, least: int) -> Schema:
    return {"title": kind.title, "enum": list(get_args(base))}


def _items(base: Any, kind: Items, least: int) -> Schema:
    if get_origin(base) is dict:
        return {**_of(base, least), "minProperties": kind.least}
    return {
        "type": "array",
        "minItems": kind.least or None,
        "maxItems": kind.most,
        "uniqueItems": kind.distinct or None,
        "items": _of(get_args(base)[0], least),
    }


def _either(base: Any, _: Either, least: int) -> Schema:
    return _any_of(get_args(base), least)


def _any_of(choices: tuple[Any, ...], least: int) -> Schema:
    return {"anyOf": [_typed(_of(one, least)) for one in choices]}


def _typed(schema: Schema) -> Schema:
    """A branch with a type, so that a message refers to the branch of the value's type."""
    if "enum" not in schema:
        return schema
    return {**schema, "type": _PLAIN[type(schema["enum"][0])]}


_KINDS: dict[type, Any] = {
    Text: _text,
    Logic: _logic,
    Integer: _integer,
    Words: _words,
    Items: _items,
    Either: _either,
}
_PLAIN = {bool: "boolean", int: "integer", str: "string", type(None): "null"}


def _of(hint: Any, least: int) -> Schema:
    """The schema of a type."""
    for kind in kinds(hint):
        if isinstance(kind, True_):
            return {"const": True}
        made = _KINDS[type(kind)](hint.__origin__, kind, least)
        return _without({"description": kind.meaning, **made})
    if is_row(hint):
        return {"$ref": f"#/$defs/{hint.__name__}"}
    if hint is Any:
        return {}
    if hint in _PLAIN:
        return {"type": _PLAIN[hint]}
    return _of_generic(get_origin(hint), get_args(hint), least)


def _of_generic(origin: Any, choices: tuple[Any, ...], least: int) -> Schema:
    if origin is list:
        return _without(_items(origin[choices[0]], Items(least), least))
    if origin is dict:
        return {"type": "object", "additionalProperties": _of(choices[1], least)}
    if origin is Literal:
        return {"const": choices[0]} if len(choices) == 1 else {"enum": list(choices)}
    if origin in (Union, types.UnionType):
        return _any_of(choices, least)
    raise TypeError(origin)


def _property(one: Key, least: int) -> Schema:
    return _without(
        _without(_of(one.hint, least)) | _without({"description": one.meaning, "title": one.title})
    )


@functools.cache  # many kinds of files have it
def _row(row: type[Row]) -> Schema:
    """The schema of a row: a mapping with its keys."""
    found = keys(row)
    schema: Schema = {
        "title": re.sub(r"(?<=[a-z])(?=[A-Z])", " ", row.__name__).capitalize(),
        "description": meaning(row),
        "type": "object",
        "additionalProperties": False,
        "required": [one.name for one in found.values() if one.required],
        "properties": {one.name: _property(one, row.LEAST) for one in found.values()},
    }
    if row.ONE_OF:
        schema["oneOf"] = [{"required": [name]} for name in row.ONE_OF]
    if row.UNLESS:
        schema |= {"if": {"required": [row.UNLESS[0]]}, "else": {"required": list(row.UNLESS[1])}}
    return schema


def schema_of(row: type[Row]) -> Schema:
    """The schema of a file, complete in itself."""
    whole, *rows = list[Any](rows_of([row]))
    return {
        "$schema": _DIALECT,
        "$comment": "SPDX-License-Identifier: MIT",
        **_row(whole),
        "$defs": {one.__name__: _row(one) for one in sorted(rows, key=lambda one: one.__name__)},
    }


def schema_of_any(files: Mapping[str, type[Row]]) -> Schema:
    """
    One schema for files of all kinds, each of which is `#/$defs/KIND`. `kind` selects it, without a fragment in the
    file's own line, which some editors ignore; files without that key are told apart by their other keys.
    """
    named = [name for name, row in files.items() if "kind" in keys(row)]
    inner = [one for one in list[Any](rows_of(files.values())) if one not in files.values()]
    parts = list[tuple[str, Any]](files.items()) + sorted(
        ((one.__name__, one) for one in inner), key=itemgetter(0)
    )
    ref = "#/$defs/{}".format
    return {
        "$schema": _DIALECT,
        "$comment": "SPDX-License-Identifier: MIT",
        "title": "Description",
        "description": "A file of spec/, runtime/options.yaml, or a plan.",
        "type": "object",
        "anyOf": [
            {"required": ["kind"], "properties": {"kind": {"enum": named}}},
            *({"$ref": ref(name)} for name in files if name not in named),
        ],
        "allOf": [
            {
                "if": {"required": ["kind"], "properties": {"kind": {"const": name}}},
                "then": {"$ref": ref(name)},
            }
            for name in named
        ],
        "$defs": _shared({name: _row(row) for name, row in parts}),
    }


def _shared(parts: Schema) -> Schema:
    """The parts, in which a type of a value that several keys have is a part of its own, named after its title."""
    found: dict[str, int] = {}
    for part in parts.values():
        for type_ in _types(part):
            found[json.dumps(_bare(type_))] = found.get(json.dumps(_bare(type_)), 0) + 1
    names: dict[str, str] = {}
    for text in (text for text, times in found.items() if times > 1):
        name = "".join(word.capitalize() for word in re.findall(r"\w+", json.loads(text)["title"]))
        taken = sum(re.fullmatch(rf"{name}\d*", other) is not None for other in [*parts, *names.values()])
        names[text] = f"{name}{taken + 1}" if taken else name

    def with_names(node: Any) -> Any:
        if isinstance(node, list):
            return [with_names(one) for one in node]
        if not isinstance(node, dict):
            return node
        name = names.get(json.dumps(_bare(node)))
        if name:
            return {word: node[word] for word in ("description",) if word in node} | {
                "$ref": f"#/$defs/{name}"
            }
        return {word: with_names(value) for word, value in node.items()}

    return with_names(parts) | {
        name: json.loads(text) for text, name in sorted(names.items(), key=itemgetter(1))
    }


def _types(node: Any) -> Iterator[Schema]:
    """The types of single values in a schema."""
    if (
        isinstance(node, dict)
        and "title" in node
        and "properties" not in node
        and {"pattern", "enum", "type"} & {*node}
    ):
        yield node
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _types(inner)


def _bare(type_: Schema) -> Schema:
    """A type without what a key means."""
    return {word: value for word, value in type_.items() if word != "description"}


def schema_text(schema: Schema) -> str:
    """The schema as the text of a file: what fits is on one line."""
    return _text_of(schema, "") + "\n"


def _text_of(value: Any, indent: str) -> str:
    flat = json.dumps(value, ensure_ascii=False)
    if len(indent + flat) <= WIDTH or not isinstance(value, dict | list):
        return flat
    inner = indent + " "
    if isinstance(value, list):
        rows = [_text_of(one, inner) for one in value]
    else:
        rows = [f"{json.dumps(word)}: {_text_of(one, inner)}" for word, one in value.items()]
    text = f"\n{inner}" + f",\n{inner}".join(rows) + f"\n{indent}"
    return f"[{text}]" if isinstance(value, list) else f"{{{text}}}"
