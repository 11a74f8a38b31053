# SPDX-License-Identifier: MIT
"""Generated clients and services in a copy: of devices for which nobody wrote a class, and where one wants them."""

import shutil

import pytest

from processes import need, output
from world import ROOT, made, written

from vwr.c.tokens import code

PROGRAMS = ROOT / "tests/ports/package"
SIDES = {
    "client": ("driver", "client: 0 chips, no device\n"),
    "service": ("device", "service: device id 45\n"),
}
FLAGS = "-std=c11 -O0 -Wall -Wextra -Werror"


@pytest.mark.parametrize("form", ["--pair", "--files"])
@pytest.mark.parametrize("end", SIDES)
def test_a_program_with_it(work, end, form):
    """The programs of docs/clients.md."""
    need("gcc")
    side, says = SIDES[end]
    written(work / "copy", "--side", side, "--device", f"{end}/spi", form)
    shutil.copy(PROGRAMS / f"spi_{end}.c", work)
    shutil.copy(ROOT / "runtime/port/template/vwr_port.h", work / "copy")
    sources = [str(path) for path in work.glob("copy/**/*.c") if path.name != "vwr_example.c"]
    include = ["-Icopy/include", "-Icopy"] if form == "--files" else ["-Icopy"]
    output(["gcc", *FLAGS.split(), *include, "-o", "program", f"spi_{end}.c", *sources], cwd=work)
    assert output([work / "program"]) == says


@pytest.mark.parametrize(
    "side, devices",
    [
        ("driver", "net,client/sound"),
        ("driver", "blk,scsi"),
        ("driver", "entropy,client/blk"),
        ("device", "entropy,service/console"),
        ("device", "blk,9p"),
        ("both", "blk,crypto"),
    ],
)
def test_several_and_beside_those_by_hand(work, side, devices):
    need("gcc")
    said = made(work, "--side", side, "--device", devices, cc=f"gcc {FLAGS}")
    assert "needs at link: nothing" in said
    output(["gcc", *FLAGS.split(), "-fsyntax-only", "-I.", "vwr_example.c"], cwd=work)


def test_what_only_a_disk_has_is_no_part_of_it(work):
    said = written(work / "copy", "--device", "client/gpu")
    profile = (work / "copy/vwr-profile.yaml").read_text(encoding="utf-8")
    assert "zones" not in said
    assert "zoned" not in profile and "packed: false" in profile
    copy = (work / "copy/vwr.h").read_text(encoding="utf-8") + (work / "copy/vwr.c").read_text(
        encoding="utf-8"
    )
    assert "vwr_gpu_client_get_edid(" in copy and "vwr_blk_" not in code(copy)
    written(work / "copy")  # again, by its own profile


def test_texts_of_a_client_are_a_part(work):
    """A copy without texts has no call that would need them."""
    for parts, has in ((), False), (("--with", "texts"), True):
        copy = work / str(has)
        written(copy, "--driver", "rpmb", *parts)
        assert ("vwr_rpmb_client_explain(" in (copy / "vwr.h").read_text(encoding="utf-8")) == has
