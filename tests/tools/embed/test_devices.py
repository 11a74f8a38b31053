# SPDX-License-Identifier: MIT
"""Each driver and each class, alone and together, in each preset and form, with short enumerations and on 32 bits: the compiler accepts
header, code and example without a word.

Any two values of preset, form and compiler meet, in ./vwr soak tests: a run has of each device one end alone, by turns the driver and the
class; embed.profile compiles all drivers and all classes together. Each driver alone has a preset with messages, since its own are in
inline functions. With VWR_EMBED_ALL=1 it is the product of all, and each copy needs nothing at link (./vwr soak compilers copies).
"""

import itertools

import pytest

from pairs import met, pairs
from processes import need, output
from world import EVERYTHING, made, run, written

from vwr.embed.choice import PARTS, PRESETS
from vwr.embed.classes import DEVICES, DRIVERS

PRESETS_OF = {
    "messages": [name for name, preset in PRESETS.items() if "texts" in preset.parts],
    "none": [name for name, preset in PRESETS.items() if "texts" not in preset.parts],
}
FORMS = ("--pair", "--files")
WARNINGS = "-std=c11 -nostdinc -ffreestanding -Wall -Wextra -Wconversion -Werror"
COMPILERS = {
    "gcc": "gcc",
    "gcc, 32 bits, short enumerations": "arm-linux-gnueabi-gcc -march=armv7-a -mfloat-abi=soft -fshort-enums",
    "clang, short enumerations": "clang --target=aarch64_be-none-elf -fshort-enums",
    "clang, 32 bits": "clang --target=riscv32-none-elf -march=rv32imac -mabi=ilp32",
}
ALL = "all compilers"
SIDES = ("driver", "device")
SETS = {
    **{f"{side} {name}": (side, name) for side in SIDES for name in DEVICES[side]},
    **{f"{side}, all": (side, ",".join(DEVICES[side])) for side in DEVICES},
}


def rows():
    """(devices, preset, form, compiler) to be tried; the product is by all compilers."""
    if EVERYTHING:
        return [*itertools.product(SETS, PRESETS, FORMS, [ALL])]
    others = {kind: itertools.cycle(pairs(own, FORMS, [*COMPILERS])) for kind, own in PRESETS_OF.items()}
    kinds = itertools.cycle(["none", "none", "none", "messages"])
    return [
        (devices, *next(others["messages" if devices.startswith("driver ") else next(kinds)]))
        for devices in SETS
    ]


def marked():
    """
    The rows. Of the first device the driver alone is for ./vwr soak tests, of the second one the class, and so on; so are all together.
    """
    if EVERYTHING:
        return rows()
    later = pytest.mark.soak(
        "embed.profile compiles a copy of all; one end of each device is alone in each run"
    )
    left = {f"{side} {name}" for first, side in enumerate(SIDES) for name in [*DEVICES[side]][first::2]}
    left |= {f"{side}, all" for side in DEVICES}
    return [pytest.param(*row, marks=later if row[0] in left else ()) for row in rows()]


@pytest.mark.skipif(EVERYTHING, reason="the product has all of it")
def test_what_meets():
    """Each value of each axis with each of another one, as the top of this file says. Each part of a preset is a part."""
    found = set().union(*map(met, rows()))
    for (i, one), (j, other) in itertools.combinations(enumerate((PRESETS, FORMS, COMPILERS), 1), 2):
        assert {(i, a, j, b) for a in one for b in other} <= found
    assert {row[0] for row in rows()} == {*SETS}
    assert set().union(*(preset.parts for preset in PRESETS.values())) <= PARTS.keys()
    assert {*PRESETS["kernel"].parts, "texts", "selftest", "trace"} == {*PRESETS["bringup"].parts}


@pytest.mark.parametrize("devices, preset, form, compiler", marked())
def test_compiles(work, devices, preset, form, compiler):
    side, names = SETS[devices]
    profile = ["--side", side, "--device", names, "--preset", preset, form]
    if EVERYTHING:
        made(work, *profile, cc=f"{COMPILERS['gcc']} {WARNINGS} -O0")
    else:
        written(work, *profile)
    sources = sorted(path.relative_to(work) for path in work.rglob("*.c"))
    if form == "--files" and not EVERYTHING:  # the library as one source: a process for each takes longer
        text = "".join(f'#include "{path}"\n' for path in sources if path.name != "vwr_example.c")
        (work / "all.c").write_text(text, encoding="utf-8")
        sources = ["all.c", "vwr_example.c"]
    for one in COMPILERS if compiler == ALL else [compiler]:
        command = [*COMPILERS[one].split(), *WARNINGS.split(), "-I.", "-Iinclude", "-Isrc", "-fsyntax-only"]
        need(command[0])
        if side == "device":  # whose port has its types from the compiler's headers, and from nowhere else
            command.append(f"-isystem{output([command[0], '-print-file-name=include']).strip()}")
        output([*command, *sources], cwd=work)


def test_drivers_beside_classes(work):
    """A copy of both sides has the tables of its drivers, which no class of it has: the command compiles it."""
    drivers = ",".join(name for name in DRIVERS if name != "blk")
    assert run(work / "copy", "--side", "both", "--driver", drivers).returncode == 0
