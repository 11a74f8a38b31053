# SPDX-License-Identifier: MIT
"""The grammar: a word for the reader at every key, and schemas that mean the same to old and new editors."""

import json
import re
from collections import Counter
from pathlib import Path

import jsonschema
import yaml

from vwr.check import schema as check_schema
from vwr.grammar import row
from vwr.grammar.every import EVERY
from vwr.grammar.schema import schema_of, schema_of_any
from vwr.spec import load
import pytest
from golden import header
from specs import ROOT, checked, problems_of, real_texts
from test_bad import BAD

MODELINE = re.compile(r"^# yaml-language-server: \$schema=(\S+)$", re.MULTILINE)

# What means the same in draft-07, which is all that some editors know. Not among them: unevaluated*, prefixItems,
# dependent*, $dynamicRef, $anchor; `items` with a list of schemas.
SILENT = {
    "$schema",
    "$defs",
    "$ref",
    "$comment",
    "title",
    "description",
    "examples",
    "properties",
    "items",
    "if",
    "else",
}


def nodes(schema, path=()):
    """(path, node) of each schema node; not of `enum` lists, examples and the like."""
    yield path, schema
    for word in ("properties", "$defs"):
        for name, child in schema.get(word, {}).items():
            yield from nodes(child, path + (word, name))
    for word in ("items", "additionalProperties", "if", "else"):
        if isinstance(schema.get(word), dict):
            yield from nodes(schema[word], path + (word,))
    for word in ("anyOf", "oneOf"):
        for index, child in enumerate(schema.get(word, [])):
            yield from nodes(child, path + (word, index))


WHOLE = schema_of_any(EVERY)


def of_kind(kind):
    """The schema for a file of one kind, as a line of the file may name it: with a fragment."""
    return {"$ref": f"#/$defs/{kind}", "$defs": WHOLE["$defs"]}


def test_editors_read_the_grammar():
    """The schema in generated/ is that of the checks, and right in both drafts."""
    assert json.loads((ROOT / "generated/grammar.schema.json").read_text(encoding="utf-8")) == WHOLE
    jsonschema.Draft202012Validator.check_schema(WHOLE)
    jsonschema.Draft7Validator.check_schema(WHOLE)
    for _, node in nodes(WHOLE):
        assert node.get("$ref", "#/$defs/device").removeprefix("#/$defs/") in WHOLE["$defs"]


def test_a_definition_stands_once():
    texts = [json.dumps(part) for part in WHOLE["$defs"].values()]
    assert len(texts) == len(set(texts))
    types = Counter(
        json.dumps({word: value for word, value in node.items() if word != "description"})
        for _, node in nodes(WHOLE)
        if "pattern" in node or "enum" in node
    )
    assert types.most_common(1)[0][1] == 1


@pytest.mark.parametrize("kind", EVERY)
def test_every_word_has_our_wording(kind):
    for path, node in nodes(schema_of(EVERY[kind])):
        assert set(node) - SILENT <= set(check_schema._WORDS), path
        assert isinstance(node.get("items", {}), dict), path
        assert "pattern" not in node or node.get("$comment"), f"{path}: what the form is, for the message"
        assert node.get("title") or not {"pattern", "enum"} & set(node), f"{path}: the noun of a message"


@pytest.mark.parametrize("kind", EVERY)
def test_every_key_is_explained(kind):
    """What a key means is the editor's hover text, and a row of the page of keys."""
    for one in row.rows_of([EVERY[kind]]):
        for key in row.keys(one).values():
            assert len(key.said()) > 9, f"{one.__name__}.{key.name}"


def test_a_key_is_declared_once():
    """One line makes a key: required or not, a flag, a name with dashes or one that is a word of Python."""

    class Lamp(row.Row):
        """A lamp."""

        UNLESS = ("if", ("max-level",))
        max_level: int = row.key("How bright.")
        if_: str | None = row.key("The feature.")
        dim: row.Flag = row.key("True if it is dim.")

    assert [(key.name, key.required) for key in row.keys(Lamp).values()] == [
        ("max-level", True),
        ("if", False),
        ("dim", False),
    ]
    made = schema_of(Lamp)
    assert made["required"] == ["max-level"] and made["properties"]["dim"] == {
        "const": True,
        "description": "True if it is dim.",
    }
    assert made["if"] == {"required": ["if"]} and made["else"] == {"required": ["max-level"]}


@pytest.mark.parametrize("path", sorted(real_texts()))
def test_modeline_resolves(path):
    text = real_texts()[path].decode()
    target = (ROOT / path).parent / MODELINE.search(text).group(1)
    assert target.resolve() == ROOT / "generated/grammar.schema.json"


def test_real_spec_has_no_problems():
    assert checked(real_texts()).render() == ""


@pytest.mark.parametrize(
    "path", [*sorted(real_texts()), "runtime/options.yaml", "spec/rules.yaml", "examples/plan/vms.yaml"]
)
def test_editors_accept_it_too(path):
    data = yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))
    for schema in (WHOLE, of_kind(data.get("kind", Path(path).stem))):
        for validator in (jsonschema.Draft7Validator, jsonschema.Draft202012Validator):
            assert not list(validator(schema).iter_errors(data))


@pytest.mark.parametrize(
    "case", [case for case in BAD if case.stem.startswith("s0")], ids=lambda case: case.stem
)
def test_editors_refuse_the_same(case):
    spec = load.load_text(header(case.raw, "as"), case.raw)
    for schema in (WHOLE, of_kind(spec.kind)):
        for validator in (jsonschema.Draft7Validator, jsonschema.Draft202012Validator):
            assert list(validator(schema).iter_errors(spec.data))


def test_a_file_of_no_kind_is_known_by_its_keys():
    """The table of clauses, the options and the rules have no `kind`."""
    valid = jsonschema.Draft7Validator(WHOLE).is_valid
    for data in ({"specification": "VIRTIO 1.4", "sections": []}, {"kind": "lamp"}, {}, {"options": [{}]}):
        assert not valid(data)
    assert valid(json.loads((ROOT / "spec/clauses.json").read_text(encoding="utf-8")))


BRIEFLESS = {
    "feature": 'features: {section: X, bits: [{name: A, bit: 1, since: "1.0"%s}]}\n',
    "config field": "config: {section: X, fields: [{name: a, type: u8%s}, {name: b, type: u8, brief: B.}]}\n",
    "struct field": "structs: [{name: s, section: X, brief: A struct., fields: [{name: a, type: u8%s}]}]\n",
    "value": 'enums: [{name: e, prefix: E, section: X, values: [{name: A, value: 1, since: "1.0"%s}]}]\n',
}


@pytest.mark.parametrize("what", sorted(BRIEFLESS))
def test_brief_unless_reserved(what):
    assert [problem.check_id for problem in problems_of(BRIEFLESS[what] % "")] == ["VWR-S002"]
    assert problems_of(BRIEFLESS[what] % ", reserved: true").count == 0


def test_brief_of_a_register():
    head = (
        "# SPDX-License-Identifier: MIT\n"
        "kind: registers\nname: foo\nsection: X\nbrief: Registers.\nwidth: 32\nsize: 4\n"
    )
    body = "registers: [{name: A, at: 0, dir: R%s}]\n"
    assert problems_of(body % ", reserved: true", "spec/transport/foo.yaml", head).count == 0
    assert [problem.check_id for problem in problems_of(body % "", "spec/transport/foo.yaml", head)] == [
        "VWR-S002"
    ]
