# SPDX-License-Identifier: MIT
"""The quick tests of a schema say the same as jsonschema: for each keyword what fits and what does not."""

import jsonschema
import pytest

from vwr.check import fits

# (schema, what fits, what does not); data of another type fit what is said of one type only.
ROWS = (
    ({"type": "integer"}, [0, -1], [True, "1", [], {}]),
    ({"type": "boolean"}, [True], [1, "true"]),
    ({"type": "string", "minLength": 1, "maxLength": 2, "pattern": "^a"}, ["a", "ab"], ["", "b", "abc", 1]),
    ({"type": "array", "minItems": 1, "maxItems": 2}, [[1], [1, 2]], [[], [1, 2, 3], {}]),
    ({"uniqueItems": True, "items": {"type": "integer"}}, [[1, 2], "x"], [[1, 1], ["1"]]),
    ({"minimum": 1, "maximum": 3}, [1, 3, "0"], [0, 4]),
    ({"enum": ["a", 1]}, ["a", 1], ["b", True, [1]]),
    ({"const": "a"}, ["a"], ["b", 1]),
    (
        {"type": "object", "required": ["a"], "minProperties": 2, "properties": {"a": {"type": "string"}}},
        [{"a": "", "b": 1}],
        [{}, {"b": 1, "c": 1}, {"a": ""}, {"a": 1, "b": 1}, []],
    ),
    ({"properties": {"a": {}}, "additionalProperties": False}, [{"a": 1}, {}, 3], [{"b": 1}]),
    ({"additionalProperties": {"type": "integer"}}, [{"a": 1}, 3], [{"a": "1"}]),
    ({"anyOf": [{"type": "integer"}, {"const": "any"}]}, [1, "any"], ["1"]),
    ({"oneOf": [{"required": ["a"]}, {"required": ["b"]}]}, [{"a": 1}, {"b": 1}], [{}, {"a": 1, "b": 1}]),
    ({"if": {"required": ["a"]}, "else": {"required": ["b"]}}, [{"a": 1}, {"b": 1}], [{}]),
    (
        {
            "$ref": "#/$defs/Tree",
            "$defs": {"Tree": {"type": "array", "items": {"$ref": "#/$defs/Tree"}}},
        },
        [[], [[], [[]]]],
        [1, [[1]]],
    ),
)


@pytest.mark.parametrize("schema, good, bad", ROWS)
def test_it_says_what_jsonschema_says(schema, good, bad):
    slow, quick = jsonschema.Draft202012Validator(schema), fits.Fits(schema)
    assert [slow.is_valid(one) for one in (*good, *bad)] == [True] * len(good) + [False] * len(bad)
    assert [quick(one) for one in (*good, *bad)] == [True] * len(good) + [False] * len(bad)


def test_each_keyword_has_a_row():
    assert {key for schema, _, _ in ROWS for key in schema} - {"$defs"} == set(fits._TESTS)


def test_another_keyword_is_not_passed_over():
    with pytest.raises(KeyError):
        fits.Fits({"items": {"maxProperties": 1}})
