# SPDX-License-Identifier: MIT
"""Each driver and each class, alone and together, in each preset and form, with short enumerations and on 32 bits: the compiler accepts
header, code and example without a word.

Any two values meet, except that a device meets a preset with messages and one without them. With VWR_EMBED_ALL=1 it is the product of
all, and an object of each (./vwr soak compilers copies).
"""

import itertools

import pytest

from pairs import met, pairs
from processes import need, output
from world import EVERYTHING, written

from vwr.embed.choice import PARTS, PRESETS
from vwr.embed.classes import DEVICES

PRESETS_OF = {
    "messages": [name for name, preset in PRESETS.items() if "texts" in preset.parts],
    "none": [name for name, preset in PRESETS.items() if "texts" not in preset.parts],
}
FORMS = ("--pair", "--files")
WARNINGS = "-std=c11 -nostdinc -ffreestanding -Wall -Wextra -Wconversion -Wno-sign-conversion -Werror"
COMPILERS = {
    "gcc": "gcc",
    "gcc, 32 bits, short enumerations": "arm-linux-gnueabi-gcc -march=armv7-a -mfloat-abi=soft -fshort-enums",
    "clang, short enumerations": "clang --target=aarch64_be-none-elf -fshort-enums",
    "clang, 32 bits": "clang --target=riscv32-none-elf -march=rv32imac -mabi=ilp32",
}
SETS = {
    **{f"{side} {name}": (side, name) for side in ("driver", "device") for name in DEVICES[side]},
    **{f"{side}, all": (side, ",".join(DEVICES[side])) for side in DEVICES},
}


def rows():
    """(devices, preset, form, compiler) to be tried."""
    if EVERYTHING:
        return [*itertools.product(SETS, PRESETS, FORMS, COMPILERS)]
    others = {kind: itertools.cycle(pairs(own, FORMS, [*COMPILERS])) for kind, own in PRESETS_OF.items()}
    return [(devices, *next(others[kind])) for kind in PRESETS_OF for devices in SETS]


def test_what_meets():
    """Each value of each axis with each of another one. A part of a preset is a part."""
    axes = (SETS, PRESETS, FORMS, COMPILERS)
    found = set().union(*map(met, rows()))
    for (i, one), (j, other) in itertools.combinations(enumerate(axes[1:], 1), 2):
        assert {(i, a, j, b) for a in one for b in other} <= found
    kinds = {(row[0], kind) for row in rows() for kind, own in PRESETS_OF.items() if row[1] in own}
    assert kinds == {*itertools.product(SETS, PRESETS_OF)}
    assert set().union(*(preset.parts for preset in PRESETS.values())) <= PARTS.keys()
    assert {*PRESETS["kernel"].parts, "texts", "selftest", "trace"} == {*PRESETS["bringup"].parts}


@pytest.mark.parametrize("devices, preset, form, compiler", rows())
def test_compiles(work, devices, preset, form, compiler):
    command = [*COMPILERS[compiler].split(), *WARNINGS.split(), "-I.", "-Iinclude", "-Isrc"]
    need(command[0])
    side, names = SETS[devices]
    written(work, "--side", side, "--device", names, "--preset", preset, form)
    sources = sorted(path.relative_to(work) for path in work.rglob("*.c"))
    if EVERYTHING:
        output([*command, "-O1", "-c", *sources], cwd=work)
        return
    if form == "--files":  # as one source: a process for each takes longer
        (work / "all.c").write_text("".join(f'#include "{path}"\n' for path in sources), encoding="utf-8")
        sources = ["all.c"]
    output([*command, "-fsyntax-only", *sources], cwd=work)
