# SPDX-License-Identifier: MIT
"""Every fault has a sentence, every sentence is of a fault, and a sentence mentions what the fault has.

A fault is a VWR_FAULT_ of an enumeration in runtime/include/vwr whose value is VWR_FAULT(number, result), or a VWR_VFAULT_.
Its sentences are rows {fault, condition, "sentence"} of a *_explain.c or vwr_message.c, those with a condition first. The
comment behind a fault, or over its group, says what `where`, `got`, `a` and `b` are: a sentence mentions no other of them. A
class's faults are in its own header and have numbers from VWR_FAULT_CLASS.
"""

import re

import pytest

from tree import ROOT, files, read
from vwr.explain.faults import faults, first_of_class, sentences

SOURCES = ("runtime/*explain.c", "runtime/shared/vwr_message.c", "runtime/device/core/vdev/vwr_vdev_show.c")
COMMON = "runtime/include/vwr/fault.h"
# What the formatter, or the explaining call, has beside the values of a fault.
VALUES = {"queue", "timeout", "ring", "memory", "a", "b", "c", "where", "got", "function", "bar", "size", ""}


def types(root):
    """Names of types that a set has."""
    return {
        name
        for path in files(root, *SOURCES)
        for name in re.findall(r'\{"(\w+)", \w+, \w+\}', read(root, path))
    }


def without_sentence(root):
    """Faults that no row is of, and rows of no fault; rows that are never reached."""
    known, found, general = faults(root), [], set()
    for path, fault, when, _ in sentences(root):
        if fault not in known and not fault.endswith("_NONE"):
            found.append(f"{path}: {fault}: there is no such fault")
        if (path, fault) in general:
            found.append(f"{path}: {fault}: a row behind one without a condition")
        if when == "0":
            general.add((path, fault))
    named = {fault for _, fault in general}
    return found + [
        f"{known[name].path}: {name}: no row without a condition"
        for name in known
        if name not in named and not name.endswith("_NONE")
    ]


def wrong_values(root):
    """Placeholders that the formatter does not know, or that the fault does not have."""
    known, known_types, found = faults(root), types(root), []
    for path, fault, _, sentence in sentences(root):
        comment = known[fault].comment if fault in known else ""
        header = known[fault].path if fault in known else "its header"
        for value, kind in re.findall(r"\{(\w*):?(\w*)\}", sentence):
            if value not in VALUES:
                found.append(f"{path}: {fault}: no value {{{value}}}")
            elif value in ("where", "got", "a", "b") and not re.search(rf"\b{value}\b[^;]*:", comment):
                found.append(f"{path}: {fault}: {header} does not say what {value} is")
            if kind and kind not in known_types:
                found.append(f"{path}: {fault}: no type {{:{kind}}}")
        if sentence.count("{") != sentence.count("}") or sentence.endswith("."):
            found.append(f"{path}: {fault}: a brace is open, or a full stop at the end")
    return found


def wrong_numbers(root):
    """Numbers that two faults of a header share, or that are not of their header."""
    found, seen = [], {}
    for name, (path, number, result, _) in faults(root).items():
        if not result:
            continue
        if (number >= first_of_class()) != (path != COMMON):
            found.append(
                f"{path}: {name}: {number} is {'a class' if number >= first_of_class() else 'fault.h'}'s"
            )
        if (path, number) in seen:
            found.append(f"{path}: {name}: {number} is {seen[path, number]}'s too")
        seen[path, number] = name
    return found


@pytest.mark.parametrize("rule", [without_sentence, wrong_values, wrong_numbers])
def test_messages(rule):
    """This tree."""
    found = rule(ROOT)
    assert not found, "\n" + "\n".join(found)


def test_tables_are_found():
    """Of both sides, and a class."""
    known = faults(ROOT)
    assert len(known) > 45 and "VWR_FAULT_BLK_CACHE" in known and "VWR_VFAULT_UNSAFE" in known
    assert len(sentences(ROOT)) > len(known)
    assert {"hex", "request", "required", "column"} <= types(ROOT)


HEADER = """enum vwr_fault_kind {
    /* queues; where: the queue */
    VWR_FAULT_A = VWR_FAULT(1, VWR_EIO), /* got: it */
    VWR_FAULT_B = VWR_FAULT(2, VWR_EIO),
};
"""
TABLE = (
    '    {VWR_FAULT_A, SOME, "{got:hex}"},\n    {VWR_FAULT_A, 0, "a {where} "\n     "{got}"},\n    {VWR_FAULT_B, 0, "b"},\n'
    '    {"hex", put_hex, NULL},\n'
)


@pytest.mark.parametrize(
    ("header", "table", "said"),
    [
        ("", "", None),
        ("VWR_FAULT_C = VWR_FAULT(3, VWR_EIO),", "", "VWR_FAULT_C: no row without a condition"),
        (
            "VWR_FAULT_C = VWR_FAULT(3, VWR_EIO),",
            '{VWR_FAULT_C, SOME, "c"},',
            "VWR_FAULT_C: no row without a condition",
        ),
        (
            "VWR_FAULT_C = VWR_FAULT(2, VWR_EIO),",
            '{VWR_FAULT_C, 0, "c"},',
            "VWR_FAULT_C: 2 is VWR_FAULT_B's too",
        ),
        (
            "VWR_FAULT_C = VWR_FAULT(VWR_FAULT_CLASS + 3, VWR_EIO),",
            '{VWR_FAULT_C, 0, "c"},',
            "VWR_FAULT_C: 99 is a class's",
        ),
        ("", '{VWR_FAULT_D, 0, "d"},', "VWR_FAULT_D: there is no such fault"),
        ("", '{VWR_FAULT_B, SOME, "d"},', "VWR_FAULT_B: a row behind one without a condition"),
        ("VWR_FAULT_C = VWR_FAULT(3, VWR_EIO),", '{VWR_FAULT_C, 0, "{got}"},', "does not say what got is"),
        ("VWR_FAULT_C = VWR_FAULT(3, VWR_EIO),", '{VWR_FAULT_C, 0, "{where:hax}"},', "no type {:hax}"),
        ("VWR_FAULT_C = VWR_FAULT(3, VWR_EIO),", '{VWR_FAULT_C, 0, "{gone}"},', "no value {gone}"),
        ("VWR_FAULT_C = VWR_FAULT(3, VWR_EIO),", '{VWR_FAULT_C, 0, "{where"},', "a brace is open"),
    ],
)
def test_bad_tables_are_found(make, header, table, said):
    """Each kind of mistake, alone."""
    root = make(
        {
            COMMON: HEADER.replace("};", f"    {header}\n}};"),
            "runtime/driver/core/dev/vwr_dev_explain.c": TABLE + table + "\n",
        }
    )
    found = without_sentence(root) + wrong_values(root) + wrong_numbers(root)
    assert said is None or said in "".join(found), found
    assert len(found) == (said is not None), found
