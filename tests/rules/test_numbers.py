# SPDX-License-Identifier: MIT
"""No number of the document is typed in runtime/ (ports apart: they are the machine's).

The document's numbers are all integers of spec/**/*.yaml and all that the generator computed from
them (offsets, sizes, masks: the literals of generated/include and generated/src); in hex and as
masks also 1 << n for each of them that may be the number of a bit. A literal in a header or source
of runtime/ is refused if it is one of them and

  hex       has two or more hex digits                            0x70, 0x74726976
  decimal   has three or more digits                              512, 4096, 32768
  shift     is the distance of a shift of 1                       1u << 5
  mask      is an operand of & or |                               status & 4
  compared  follows ==, != or case, and is 2 or more; not after   type == 2
            sizeof(type)

Not refused: numbers below 100 elsewhere, since counts, word widths and loop ends cannot be told
from the document's small numbers; all ones (7, 0xff, 0xffffffff: 2^n - 1), which is how one
writes "all bits" and "aligned"; what stands in a comment or in quotes; and a line with the comment
`not the specification's` where the number is the same by accident and the author says so.
So a lone small number can still slip through, such as `queue = 2`: that is the reviewer's.
"""

import re

import yaml

from tree import ROOT, code, files, read

LITERAL = r"(?<![\w.])(0[xX][0-9a-fA-F]+|\d+)([uUlL]*)(?![\w.])"
EXCUSE = "not the specification's"


def integers(node):
    """All integers in a YAML tree."""
    if isinstance(node, dict):
        for value in node.values():
            yield from integers(value)
    elif isinstance(node, list):
        for value in node:
            yield from integers(value)
    elif isinstance(node, int) and not isinstance(node, bool):
        yield node


def document_numbers(root):
    """(numbers of the spec and of what is generated from it, masks of bits: a number up to 127 may be a bit's)."""
    numbers = set()
    for path in files(root, "spec/*.yaml"):
        numbers.update(integers(yaml.safe_load(read(root, path))))
    for path in files(root, "generated/include/*.h", "generated/src/*.c"):
        numbers.update(
            int(m.group(1), 0)
            for m in re.finditer(LITERAL, code(read(root, path)))
            if not re.fullmatch(r"0\d+", m.group(1))
        )
    return numbers, {1 << number % 32 for number in numbers if number < 128}


def why_refused(before, literal, value, after):
    """The rule that refuses this literal of the document between its neighbours, or None."""
    all_ones = value & (value + 1) == 0
    if re.search(r"(?<![\w.])1[uUlL]*\)?\s*<<\s*$", before):
        return "shift"
    if all_ones:
        return None
    if literal.lower().startswith("0x"):
        return "hex" if len(literal) >= 4 else None
    if value >= 100:
        return "decimal"
    right = re.search(r"(?<!&)&=?\s*~?\s*$|(?<!\|)\|=?\s*~?\s*$", before)
    left = re.search(r"(^|[=(,?:]|\breturn)\s*~?\s*$", before) and re.match(r"\s*(&(?!&)|\|(?!\|))", after)
    if left or right:
        return "mask"
    if re.search(r"(==|!=|\bcase)\s*$", before) and not re.search(r"\bsizeof\s*\([^()]*\)\s*..\s*$", before):
        return "compared"
    return None


def violations(root):
    """Every literal of runtime/ that is the document's."""
    (numbers, masks), found = document_numbers(root), []
    for path in files(root, "runtime/*.[ch]"):
        if path.as_posix().startswith("runtime/port/"):
            continue
        text = read(root, path)
        for number, (line, original) in enumerate(zip(code(text).splitlines(), text.splitlines()), 1):
            if EXCUSE in original or re.match(r"\s*#\s*include", line):
                continue
            for m in re.finditer(LITERAL, line):
                value = int(m.group(1), 0) if not re.fullmatch(r"0\d+", m.group(1)) else int(m.group(1), 8)
                why = why_refused(line[: m.start()], m.group(1), value, line[m.end() :])
                if why and (value in numbers or (value in masks and why in ("hex", "mask"))):
                    found.append(
                        f"{path}:{number}: {original.strip()}: {m.group(0)} is a number of the document"
                        f" ({why}): use its name, or say `/* {EXCUSE} */`"
                    )
    return found


def test_this_tree():
    assert not violations(ROOT), "\n".join(violations(ROOT))


def test_the_spec_is_read():
    numbers, masks = document_numbers(ROOT)
    assert {0x74726976, 0x070, 512, 4096, 32768} <= numbers and {1 << 9, 1 << 0} <= masks


SPEC = {
    "spec/device/x.yaml": "features: [{bit: 5}]\nid: 2\nvalues: [4, 512, 0x070, 0x100]\n",
    "generated/include/vwr/gen/x.h": "#define VWR_X_SIZE 24u /* 777 */\n",
}
REFUSED = {
    "x = base + 0x70;": "hex",
    "if (n > 512u)": "decimal",
    "f |= 1u << 5;": "shift",
    "f = (uint32_t)1 << 5;": "shift",
    "if (s & 4)": "mask",
    "s = 4 | t;": "mask",
    "s |= 4;": "mask",
    "s &= ~4u;": "mask",
    "if (type == 2)": "compared",
    "    case 4:": "compared",
    "m = 0x20;": "hex",
    "n = 0x18;": "hex",
    "if (a == b && x == 2)": "compared",
}
FINE = [
    "i < 4u;",
    "x = y / 5;",
    "if (a && 4 < b)",
    "s & 0xffu",
    "n = 777;",
    "n = 513;",
    "/* at 0x70 */",
    'say("512");',
    "n = 512; /* not the specification's: a buffer of ours */",
    "y << 5",
    "x = 0x71;",
    "a = x512;",
    "if (n >= 2)",
    "x & 3u",
    "a || 4 > b",
    "x >> y % 24u & 1u",
    "sizeof(x) == 4",
]


def test_each_kind_of_number_is_refused(make):
    for line, why in REFUSED.items():
        found = violations(make({**SPEC, "runtime/driver/x.c": line + "\n"}))
        assert len(found) == 1 and f"({why})" in found[0], (line, found)


def test_other_numbers_are_not(make):
    assert not violations(make({**SPEC, "runtime/driver/x.c": "\n".join(FINE) + "\n"}))


def test_ports_are_the_machines(make):
    assert not violations(make({**SPEC, "runtime/port/x/vwr_port.h": "x = 0x70;\n"}))
