# SPDX-License-Identifier: MIT
"""The check for two spec names that become one C name knows all names that the headers declare."""

import re

import pytest

from specs import DEVICE, ROOT, problems_of, real_tree
from vwr.check.c_names import c_names

# How a generated header declares a name: each form begins a line.
DECLARATIONS = re.compile(
    r"""^(?:
    \#define\ (?!VWR_GEN_)(VWR_\w+) | \ +(VWR_\w+)(?:\ =|,) | (?:struct|enum)\ (vwr_\w+)\ \{
    | static\ inline\ .*?\b(vwr_\w+)\( | extern\ .*?\b(vwr_\w+)\[ )""",
    re.MULTILINE | re.VERBOSE,
)


def declared(header):
    return {name for names in DECLARATIONS.findall(header) for name in names if name}


MODELS = real_tree().models


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_all_declared_names_are_known(model):
    header = ROOT / "generated/include/vwr/gen" / f"{model.stem}.h"
    names = declared(header.read_text(encoding="utf-8"))
    assert len(names) > 5
    assert (
        names - {name for name, _ in c_names(model)} == set()
    ), "codegen/vwr/check/c_names.py has to find them"


def test_no_name_twice_in_the_real_spec():
    first = {}
    for model in MODELS:
        for name, path in c_names(model):
            assert first.setdefault(name, (model.path, path)) == (model.path, path), name


CLASHES = {
    "struct and enum": "structs: [{name: col, section: X, brief: S., "
    "fields: [{name: a, type: u8, brief: A.}]}]\n"
    "enums: [{name: col, prefix: COL, section: X, "
    'values: [{name: A, value: 1, since: "1.0", brief: A.}]}]\n',
    "field and field of a struct": "config: {section: X, fields: [{name: geo, type: geo, brief: A.}, "
    "{name: geo_heads, type: u8, brief: B.}]}\n"
    "structs: [{name: geo, section: X, brief: S., "
    "fields: [{name: heads, type: u8, brief: H.}]}]\n",
    "what a device has anyway": "enums: [{name: e, prefix: FEATURES, section: X, values: "
    '[{name: W0, value: 1, since: "1.0", brief: A.}]}]\n',
}


@pytest.mark.parametrize("what", sorted(CLASHES))
def test_clash(what):
    assert {problem.check_id for problem in problems_of(CLASHES[what])} == {"VWR-C003"}


def test_file_names_clash_in_generated():
    problems = problems_of("", "spec/device/split-ring.yaml", DEVICE.replace("foo", "split-ring"))
    assert [(problem.file, problem.line, problem.col) for problem in problems][0] == (
        "spec/device/split-ring.yaml",
        3,
        7,
    )
