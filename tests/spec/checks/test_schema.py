# SPDX-License-Identifier: MIT
"""The schemas: closed, with a word for the reader at every key, and the same to old and new editors."""

import json
import re
import shutil
import subprocess

import jsonschema

from vwr.check import schema as check_schema
from vwr.spec import load
import pytest
from specs import ROOT, checked, problems_of, real_texts
from test_bad import BAD, header

KINDS = sorted(load.KIND_FOLDER)
MODELINE = re.compile(r"^# yaml-language-server: \$schema=(\S+)$", re.MULTILINE)

# What means the same in draft-07, which is all that some editors know. Not among them: unevaluated*, prefixItems,
# dependent*, $dynamicRef, $anchor; `items` with a list of schemas.
WORDS = {
    "$schema",
    "$defs",
    "$ref",
    "$comment",
    "title",
    "description",
    "examples",
    "type",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minLength",
    "pattern",
    "minimum",
    "maximum",
    "enum",
    "const",
    "anyOf",
    "oneOf",
    "if",
    "else",
}


def schema_of(kind):
    return json.loads(
        (ROOT / check_schema.FOLDERS.get(kind, "spec/schema") / f"{kind}.schema.json").read_text(
            encoding="utf-8"
        )
    )


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


def test_a_schema_for_each_kind():
    assert sorted(path.name for path in (ROOT / "spec/schema").iterdir()) == sorted(
        f"{kind}.schema.json" for kind in (*KINDS, "clauses")
    )


@pytest.mark.parametrize("kind", KINDS)
def test_schema_is_one(kind):
    jsonschema.Draft202012Validator.check_schema(schema_of(kind))
    jsonschema.Draft7Validator.check_schema(schema_of(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_words_mean_the_same_in_draft_07(kind):
    for path, node in nodes(schema_of(kind)):
        assert set(node) <= WORDS, path
        assert isinstance(node.get("items", {}), dict), path


@pytest.mark.parametrize("kind", KINDS)
def test_every_word_has_our_wording(kind):
    silent = {
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
    for path, node in nodes(schema_of(kind)):
        assert set(node) - silent <= set(check_schema._WORDS), path


@pytest.mark.parametrize("kind", KINDS)
def test_described_and_titled(kind):
    """What a property means is the editor's hover text; titles are the nouns of our messages."""
    schema = schema_of(kind)
    for path, node in nodes(schema):
        if not path or path[-2:-1] in (("properties",), ("$defs",)):
            target = schema["$defs"][node["$ref"].rpartition("/")[2]] if "$ref" in node else {}
            assert len((target | node).get("description", "")) > 9, path
        if not path or path[-2:-1] == ("$defs",) or "pattern" in node or "enum" in node:
            assert node.get("title"), path
        if "pattern" in node:
            assert node.get("$comment"), f"{path}: what the form is, for the message"


@pytest.mark.parametrize("kind", KINDS)
def test_closed(kind):
    """Each mapping says which keys it has; only when.registers and done.reads have names for keys."""
    for path, node in nodes(schema_of(kind)):
        if node.get("type") == "object" and path[-1:] not in (("registers",), ("reads",)):
            assert node["additionalProperties"] is False, path
            assert set(node["required"]) <= set(node["properties"]), path


@pytest.mark.parametrize("kind", KINDS)
def test_stands_alone(kind):
    """References go to $defs of the same file, and none of these is left over."""
    schema = schema_of(kind)
    used = {node["$ref"] for _, node in nodes(schema) if "$ref" in node}
    assert used == {f"#/$defs/{name}" for name in schema["$defs"]}


def test_shared_definitions_are_the_same():
    """The files cannot share them, so that each stands alone; a copy must not drift."""
    seen = {}
    for kind in KINDS:
        for name, node in schema_of(kind)["$defs"].items():
            assert seen.setdefault(name, node) == node, f"{name} in {kind}"


@pytest.mark.parametrize("path", sorted(real_texts()))
def test_modeline_resolves(path):
    text = real_texts()[path].decode()
    target = (ROOT / path).parent / MODELINE.search(text).group(1)
    assert target.resolve() == ROOT / "spec/schema" / f"{load.load_text(path, text).kind}.schema.json"
    assert target.is_file()


def test_real_spec_has_no_problems():
    assert checked(real_texts()).render() == ""


@pytest.mark.parametrize("path", sorted(real_texts()))
def test_old_editors_accept_it_too(path):
    spec = load.load_text(path, real_texts()[path])
    assert not list(jsonschema.Draft7Validator(schema_of(spec.kind)).iter_errors(spec.data))


@pytest.mark.parametrize(
    "file", [file for file in BAD if file.stem.startswith("s0")], ids=lambda file: file.stem
)
def test_old_editors_refuse_the_same(file):
    raw = file.read_bytes()
    spec = load.load_text(header(raw, "as"), raw)
    assert list(jsonschema.Draft7Validator(schema_of(spec.kind)).iter_errors(spec.data))


BRIEFLESS = {
    "feature": 'features: {section: X, bits: [{name: A, bit: 1, since: "1.0"%s}]}\n',
    "config field": "config: {section: X, size: 1, fields: [{name: a, type: u8%s}]}\n",
    "struct field": "structs: [{name: s, size: 1, section: X, brief: A struct., fields: [{name: a, type: u8%s}]}]\n",
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


@pytest.mark.skipif(not shutil.which("yamllint"), reason="yamllint is not installed")
def test_yamllint():
    folders = [f"spec/{folder}" for folder in load.FOLDERS]
    run = subprocess.run(
        ["yamllint", "--strict", "-f", "parsable", *folders], cwd=ROOT, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout + run.stderr
