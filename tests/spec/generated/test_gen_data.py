# SPDX-License-Identifier: MIT
"""generated/virtwright.json is what its schema says and has all that the Python package has."""

import copy
import json

import jsonschema
import pytest
import virtwright

from gen_help import BLK, ROOT, edited, rendered

GENERATED = ROOT / "generated"
SCHEMA = json.loads((GENERATED / "virtwright.schema.json").read_text("utf-8"))
DATA = json.loads((GENERATED / "virtwright.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def wrong(data):
    """Where it is not what the schema says."""
    paths = [list(map(str, error.absolute_path)) for error in VALIDATOR.iter_errors(data)]
    return [
        "/".join([*path[:1], *(data["files"][int(at)]["name"] for at in path[1:2]), *path[2:]])
        for path in paths
    ]


def test_it_is_what_its_schema_says():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert wrong(DATA) == []


def _of(data, name):
    return next(one for one in data["files"] if one["name"] == name)


@pytest.mark.parametrize(
    "change, where",
    [
        (lambda data: data.update(format=3), "format"),
        (lambda data: data.pop("format"), ""),
        (lambda data: _of(data, "blk").update(colour="red"), "files/blk"),
        (lambda data: _of(data, "blk")["structs"][0].pop("size"), "files/blk/structs/0"),
        (
            lambda data: _of(data, "blk")["groups"][0]["values"][0].update(value="0"),
            "files/blk/groups/0/values/0/value",
        ),
        (
            lambda data: _of(data, "blk")["structs"][0]["fields"][0].update(dir="X"),
            "files/blk/structs/0/fields/0/dir",
        ),
    ],
)
def test_what_is_not_is_refused(change, where):
    data = copy.deepcopy(DATA)
    change(data)
    assert wrong(data) == [where]


MAPPINGS = {name: one["properties"] for name, one in SCHEMA["$defs"].items() if "properties" in one}
GRAMMAR = {
    "Exchange",
    "Message",
    "Bit",
    "Part",
    "Within",
}  # the description need not use all that a message may have


def test_each_key_has_a_description():
    said = lambda row: row.get("description") or SCHEMA["$defs"].get(
        row.get("$ref", "").rpartition("/")[2], {}
    ).get("description")
    assert [
        f"{name}.{key}" for name, rows in MAPPINGS.items() for key, row in rows.items() if not said(row)
    ] == []


def test_no_key_is_described_for_nothing():
    def keys(value, found):
        for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            keys(one, found)
        found.update(value if isinstance(value, dict) else ())
        return found

    assert {key for name, rows in MAPPINGS.items() if name not in GRAMMAR for key in rows} - keys(
        DATA, set()
    ) == set()


def _number(value):
    return int(value, 16) if isinstance(value, str) else value


@pytest.mark.parametrize("name", virtwright.NAMES)
def test_it_has_what_the_python_package_has(name):
    spec, data = virtwright.spec([name])[name], _of(DATA, name)
    assert {(g.name, v.name, v.value, v.c) for g in spec.groups for v in g.values} == {
        (g["name"], v["name"], _number(v["value"]), v["c"]) for g in data["groups"] for v in g["values"]
    }
    structs = [
        (
            s["name"],
            s["size"],
            [(f["name"], f.get("offset"), f["type"], f.get("count", 1)) for f in s["fields"]],
        )
        for s in data.get("structs", [])
    ]
    assert structs[: len(spec.structs)] == [  # behind them what messages have apart
        (s.name, s.size, [(f.name, f.offset, f.type, f.count) for f in s.fields]) for s in spec.structs
    ]
    assert [(q.name, q.index) for q in spec.queues] == [
        (q["name"], q.get("index")) for q in data.get("queues", [])
    ]
    assert [(r.feature, list(r.any)) for r in spec.rules] == [
        (r["feature"], r["any"]) for r in data.get("rules", [])
    ]


def test_a_change_is_a_line(texts, files):
    """Rows are lines, so that people can read a diff."""
    after = rendered(edited(texts, BLK, "name: RO, bit: 5", "name: RO, bit: 8"))[
        "virtwright.json"
    ].splitlines()
    before = files["virtwright.json"].splitlines()
    (pair,) = [pair for pair in zip(before, after) if pair[0] != pair[1]]
    assert len(before) == len(after) and '"name": "RO", "value": 8, ' in pair[1]
