# SPDX-License-Identifier: MIT
"""
Checks a file against the JSON Schema of its kind. jsonschema finds the errors; the messages are ours, the
same for all its versions.
"""

import functools
from collections.abc import Iterable
from typing import Any

from vwr.check.fits import Fits
from vwr.grammar.every import EVERY
from vwr.grammar.schema import schema_of
from vwr.spec.load import NodePath, Row, SpecFile, Tree
from vwr.spec.problems import did_you_mean

_TYPES = {
    "integer": "an integer",
    "string": "a string",
    "array": "a list",
    "object": "a mapping",
    "boolean": "true or false",
}


@functools.cache
def _fits(kind: str) -> Fits:
    return Fits(schema_of(EVERY[kind]))


def errors(kind: str, data: Any) -> Iterable[Any]:
    """
    Reports what is wrong with the data of a file. Importing and running jsonschema takes a fifth of a
    whole run.
    """
    if _fits(kind)(data):
        return ()
    import jsonschema

    return jsonschema.Draft202012Validator(schema_of(EVERY[kind])).iter_errors(data)


def check_file(tree: Tree, spec: SpecFile) -> None:
    """Adds the schema's errors. spec.valid says whether the semantic checks can rely on the file's shape."""
    for error in errors(spec.kind, spec.data):
        _explain(tree, spec, error, tuple(error.absolute_path))
    spec.valid = not spec.refused and not tree.problems.in_file(spec.path)


def _explain(tree: Tree, spec: SpecFile, error: Any, path: NodePath) -> None:
    if any(path[:length] in spec.refused for length in range(len(path) + 1)):
        return  # the loader has reported the error there
    _WORDS[error.validator](tree, spec, error, path)


# What follows from other keys, so that no key says it.
_FOLLOWS = {
    "offset": "offsets follow from the fields, in their order",
    "size": "sizes follow from the fields",
}


def _unknown_key(tree: Tree, spec: SpecFile, error: Any, path: NodePath) -> None:
    known = list(error.schema.get("properties", {}))
    for key in error.instance:
        if key not in known:
            hint = _FOLLOWS.get(key) or did_you_mean(key, known, "known keys", most=len(known))
            tree.error(spec, path + (key,), f"unknown key '{key}'", "VWR-S001", hint, key=True)


def _missing_key(tree: Tree, spec: SpecFile, error: Any, path: NodePath) -> None:
    for key in error.validator_value:
        if key not in error.instance:
            what = _description(spec.kind, error.schema, key)
            tree.error(spec, path, f"missing key '{key}'", "VWR-S002", what)


def _wrong_type(tree: Tree, spec: SpecFile, error: Any, path: NodePath) -> None:
    _must_be(tree, spec, path, [error.validator_value], error.instance, _right_type(error, path))


def _right_type(error: Any, path: NodePath) -> str | None:
    """How to write the value that was meant."""
    given, key = error.instance, path[-1] if path else ""
    if error.validator_value == "string" and isinstance(given, int):
        return "put it in quotes"
    if error.validator_value == "string" and isinstance(given, list) and isinstance(key, str):
        is_condition = error.schema.get("title") == "Condition"
        words = [one for one in given if isinstance(one, str)]
        if words and len(words) == len(given) and (is_condition or len(words) == 1):
            return f"write {key}: {' and '.join(words)}"
    if key == "size" and error.validator_value == "array":
        return f"{_FOLLOWS['size']}; 'size' lists those that depend on features"
    return None


def _must_be(
    tree: Tree,
    spec: SpecFile,
    path: NodePath,
    types: dict[str, None] | list[str],
    instance: Any,
    hint: str | None = None,
) -> None:
    wanted = " or ".join(_TYPES[name] for name in types)
    tree.error(spec, path, f"must be {wanted}, not {_shown(instance)}", "VWR-S003", hint)


def _not_allowed(tree: Tree, spec: SpecFile, error: Any, path: NodePath) -> None:
    allowed = error.validator_value if error.validator == "enum" else [error.validator_value]
    words = [str(value).lower() if isinstance(value, bool) else value for value in allowed]
    tree.error(
        spec,
        path,
        f"{_shown(error.instance)} is not a valid {_title(error.schema, 'value for this key')}",
        "VWR-S004",
        did_you_mean(error.instance, words, "allowed"),
    )


def _wrong_form(tree: Tree, spec: SpecFile, error: Any, path: NodePath) -> None:
    tree.error(
        spec,
        path,
        f"{_shown(error.instance)} is not a valid {_title(error.schema, 'string')}",
        "VWR-S005",
        error.schema.get("$comment"),
    )


def _out_of_range(tree: Tree, spec: SpecFile, error: Any, path: NodePath) -> None:
    low, high = error.schema.get("minimum", 0), error.schema.get("maximum")
    what = "too small" if error.validator == "minimum" else "too large"
    limits = f"{low} to {high}" if high is not None else f"from {low} on"
    tree.error(
        spec,
        path,
        f"{spec.written(path, error.instance)} is {what}",
        "VWR-S006",
        f"{_title(error.schema, 'number')}: {limits}",
    )


def _wrong_length(tree: Tree, spec: SpecFile, error: Any, path: NodePath) -> None:
    if not error.instance:
        message = "must not be empty"
    else:
        things = "characters" if isinstance(error.instance, str) else "items"
        message = f"has {len(error.instance)} {things}"
    low = error.schema.get("minItems", error.schema.get("minProperties", 0))
    high = error.schema.get("maxItems")
    hint: str | None = f"{low} to {high} items" if high else f"at least {low} is required"
    if error.validator == "minLength":
        hint = None
    elif error.validator == "maxLength":
        hint = f"{_title(error.schema, 'text')}: at most {error.validator_value} characters"
    tree.error(spec, path, message, "VWR-S007", hint)


def _item_twice(tree: Tree, spec: SpecFile, error: Any, path: NodePath) -> None:
    items = error.instance
    for index, item in enumerate(items):
        first = items.index(item)
        if first < index:
            tree.error(
                spec,
                path + (index,),
                f"duplicate {_shown(item)} in the list",
                "VWR-S008",
                None,
                [spec.note(path + (first,), "first occurrence")],
            )


def _no_branch(tree: Tree, spec: SpecFile, error: Any, path: NodePath) -> None:
    """
    The branches of anyOf have different types. The branch of the value's type gives the error; without one no
    branch fits.
    """
    types = [_type_of(spec.kind, branch) for branch in error.validator_value]
    for index, name in enumerate(types):
        children = [child for child in error.context if child.schema_path[0] == index]
        if not any(child.validator == "type" and not child.path for child in children):
            for child in children:
                _explain(tree, spec, child, path + tuple(child.path))
            return
    _must_be(tree, spec, path, dict.fromkeys(types), error.instance)


def _not_one_of(tree: Tree, spec: SpecFile, error: Any, path: NodePath) -> None:
    """Each branch of oneOf requires one key."""
    if not isinstance(error.instance, dict):
        return  # already reported: the value is not a mapping
    keys = [branch["required"][0] for branch in error.validator_value]
    has = [key for key in keys if key in error.instance]
    message = (
        f"'{has[0]}' and '{has[1]}' cannot be used together"
        if has
        else "missing key: " + " or ".join(f"'{key}'" for key in keys)
    )
    tree.error(spec, path, message, "VWR-S002", "exactly one is required")


_WORDS = {
    "additionalProperties": _unknown_key,
    "required": _missing_key,
    "type": _wrong_type,
    "enum": _not_allowed,
    "const": _not_allowed,
    "pattern": _wrong_form,
    "minimum": _out_of_range,
    "maximum": _out_of_range,
    "minItems": _wrong_length,
    "maxItems": _wrong_length,
    "minLength": _wrong_length,
    "maxLength": _wrong_length,
    "minProperties": _wrong_length,
    "uniqueItems": _item_twice,
    "anyOf": _no_branch,
    "oneOf": _not_one_of,
}


def _title(schema: Row, otherwise: str) -> str:
    title = schema.get("title", otherwise)
    return title if title[:2].isupper() else title[0].lower() + title[1:]


def _shown(value: Any) -> str:
    """A value in a message; for a list or mapping only its kind."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (dict, list)):
        return "a mapping" if isinstance(value, dict) else "a list"
    text = str(value)
    return repr(text if len(text) <= 60 else text[:60] + "…") if isinstance(value, str) else text


def _resolve(kind: str, schema: Row) -> Row:
    ref = schema.get("$ref")
    return schema_of(EVERY[kind])["$defs"][ref.rpartition("/")[2]] if ref else schema


def _type_of(kind: str, schema: Row) -> str:
    return _resolve(kind, schema)["type"]


def _description(kind: str, schema: Row, key: str) -> str | None:
    """The schema's description of a missing key."""
    here = schema.get("properties", {}).get(key)
    if here is None:  # an `else` with `required` contains no properties
        return None
    return (here.get("description") or _resolve(kind, here).get("description", "")).rstrip(".") or None
