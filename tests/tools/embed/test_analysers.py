# SPDX-License-Identifier: MIT
"""
What cppcheck, clang-tidy, gcc and clang report on a copy with the port that embed writes: nothing of what is read here.

The checks stand here alone: no file of suppressions, and none in a copy. A run has copies in which any two of a side, a
choice of parts and a device meet; the soak has each preset of each side, and the least copy of each driver and device.
"""

import re

import pytest

from pairs import pairs
from processes import completed, need
from vwr.embed.choice import PRESETS
from vwr.embed.classes import CLASSES, DEVICES, DRIVERS
from world import written

# Checks of cppcheck that are not read, each with its reason. All others of the kinds error, warning and style are.
NOT_CPPCHECK = {
    "badBitmaskCheck": "`x | 0`: an alignment of 1 in the port leaves no bit",
    "moduloofone": "`x % 1`: the same alignment in an assertion",
    **dict.fromkeys(
        ("constParameter", "constParameterCallback", "constParameterPointer", "constVariablePointer"),
        "a part that the copy lacks writes there, or a table of functions has one type for all of them",
    ),
    "ctuuninitvar": "does not see the call that fills the memory; clang-tidy follows calls",
    "duplicateConditionalAssign": "`if (x != y) x = y`: without a store, the line stays in the caches of other CPUs",
    **dict.fromkeys(
        ("unusedStructMember", "unusedFunction"),
        "structures of the specification; test_pair.py has what is used",
    ),
    "variableScope": "declarations stand at the beginning of a function",
    **dict.fromkeys(
        ("preprocessorErrorDirective", "toomanyconfigs", "normalCheckLevelMaxBranches", "checkersReport"),
        "about the run, not about the code",
    ),
}
# The versions after Debian 12's follow calls into other functions, and take for granted that a call through a pointer or a
# builtin changes nothing: a driver of one class never fails, or a value is the one from before a call of the VMM.
SINCE = (2, 11)
NOT_SINCE = ("knownConditionTrueFalse", "uninitvar")
# Checks of clang-tidy that are not made: all of bugprone and clang-analyzer but these.
NOT_TIDY = {
    "bugprone-assignment-in-if-condition": "`while ((n = next()) > 0)` is the style of this tree, with brackets",
    "bugprone-branch-clone": "a register of a part that the copy lacks is read like its neighbour",
    "bugprone-casting-through-void": "how a class gets from its first member to itself",
    "bugprone-easily-swappable-parameters": "the order of parameters is a convention: queue, memory, bytes",
    "bugprone-implicit-widening-of-multiplication-result": "a place in an array: the array is in memory, so it fits",
    "bugprone-macro-parentheses": "a macro's parameter may be a type or the name of a member",
    "bugprone-multi-level-implicit-pointer-conversion": "the context of a callback is a void pointer to anything",
    **dict.fromkeys(
        ("clang-analyzer-core.CallAndMessage", "clang-analyzer-core.UndefinedBinaryOperatorResult"),
        "memory that a call fills as far as its result says",
    ),
}
WARNINGS = "-std=c11 -ffreestanding -Wall -Wextra -Wconversion"
COMPILERS = (f"gcc {WARNINGS} -O2", f"clang {WARNINGS} -O0")

SOAK = pytest.mark.soak("copies in which any two of a side, a choice of parts and a device meet")
PARTS = {"the least": ["--without", "all"], "the default": []}
ROWS = pairs(("driver", "device"), tuple(PARTS), ("blk", "net"))
# {words of a copy: what somebody types}
PRODUCT = {
    f"{side}, {preset.name}": ["--side", side, "--preset", preset.name]
    for preset in PRESETS.values()
    for side in DEVICES
    if preset.side in ("", side)
} | {
    f"{side} of {name}": ["--side", side, "--device", name, "--without", "all"]
    for side, names in (("driver", DRIVERS), ("device", CLASSES))
    for name in names
}


def cppcheck(work):
    """(line, check) of what cppcheck finds. Each #if of a copy asks the compiler or the port: one configuration has all of it."""
    need("cppcheck")
    words = (
        "cppcheck -q --enable=style,warning --std=c11 --max-configs=1 --template={line}:{id} vwr.c".split()
    )
    done = completed(words, cwd=work)
    assert done.returncode == 0, done.stdout + done.stderr
    version = tuple(map(int, re.findall(r"\d+", completed(["cppcheck", "--version"]).stdout)))
    unread = {*NOT_CPPCHECK, *(NOT_SINCE if version >= SINCE else ())}
    found = re.findall(r"^(\d+):(\w+)$", done.stdout + done.stderr, re.MULTILINE)
    return [(int(line), check) for line, check in found if check not in unread]


def clang_tidy(work, nodes, level):
    """
    (line, check) of what clang-tidy finds. `nodes` limits the paths that are followed in each function; the fast paths are compiled at
    -O1 and above.
    """
    need("clang-tidy")
    checks = ",".join(("-*", "bugprone-*", "clang-analyzer-*", *(f"-{check}" for check in NOT_TIDY)))
    limit = f"-Xclang -analyzer-config -Xclang max-nodes={nodes}".split() if nodes else []
    done = completed(
        [
            "clang-tidy",
            "-quiet",
            f"--checks={checks}",
            "vwr.c",
            "--",
            "-std=c11",
            "-ffreestanding",
            level,
            *limit,
        ],
        cwd=work,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found = re.findall(r":(\d+):\d+: (?:warning|error): .*\[([\w.,-]+)\]$", done.stdout, re.MULTILINE)
    return [(int(line), check) for line, check in found]


def reported(work, nodes, *levels):
    """What all of them find."""
    lines = (work / "vwr.c").read_text(encoding="utf-8").splitlines()
    found = [
        f"vwr.c:{line}: {check}: {lines[line - 1].strip()}"
        for line, check in dict.fromkeys(
            (*cppcheck(work), *(one for level in levels for one in clang_tidy(work, nodes, level)))
        )
    ]
    for command in COMPILERS:
        need(command.split()[0])
        done = completed([*command.split(), "-c", "vwr.c", "-o", "vwr.o"], cwd=work)
        found += [line for line in done.stderr.splitlines() if "warning:" in line or "error:" in line]
    return found


@pytest.mark.parametrize("side, parts, device", ROWS)
def test_nothing_is_reported(work, side, parts, device):
    """A copy with the port as it is written."""
    written(work, "--side", side, "--device", device, *PARTS[parts])
    assert not reported(work, 10000, "-O0")


@SOAK
@pytest.mark.parametrize("what", PRODUCT)
def test_nothing_is_reported_of_any(work, what):
    """Each preset of each side, and the least copy of each driver and device."""
    written(work, *PRODUCT[what])
    assert not reported(work, None, "-O0", "-O2")


def test_each_finds_something(work):
    """Code that each of them has to report, so that a copy without a report was read."""
    (work / "vwr.c").write_text(
        "#include <stddef.h>\nint f(int *p);\nint f(int *p)\n{\n    unsigned n = 3;\n    const int *const q = NULL;\n\n"
        "    if (p != NULL)\n        n = (unsigned)*q;\n    n = -1;\n    return *p;\n}\n",
        encoding="utf-8",
    )
    found = reported(work, 10000, "-O0")
    for one in (
        "nullPointer:",
        "unreadVariable:",
        "core.NullDereference:",
        "deadcode.DeadStores:",
        "-Wsign-conversion",
    ):
        assert any(one in line for line in found), f"{one} is not in {found}"
