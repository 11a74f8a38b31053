# SPDX-License-Identifier: MIT
"""Real headers: the kernel's, of which every difference is known, and our own."""

from pathlib import Path

import pytest

from world import ROOT, judged, run

KERNEL = sorted(Path("/usr/include/linux").glob("virtio_*.h"))
OURS = ROOT / "generated" / "include" / "vwr" / "gen"


def test_only_known_differences_in_the_kernel():
    if not KERNEL:
        pytest.skip("no headers of the kernel here (apt-get install linux-libc-dev)")
    code, found = judged(*KERNEL)
    unknown = [one["sentence"] for one in found if not one["reason"]]
    assert (code, unknown) == (0, [])


def test_every_number_and_field_of_ours_is_compared(work):
    """One header includes all: the compiler reads what they share once."""
    (work / "all.h").write_text(
        "".join(f'#include "{path.relative_to(OURS.parents[1])}"\n' for path in sorted(OURS.rglob("*.h"))),
        encoding="utf-8",
    )
    done = run(
        "-I",
        ROOT / "runtime" / "include",
        "-I",
        ROOT / "generated" / "include",
        "-I",
        ROOT / "runtime" / "port" / "host",
        work / "all.h",
    )
    assert done.returncode == 0 and done.stdout.endswith(": nothing is wrong\n"), done.stdout + done.stderr
