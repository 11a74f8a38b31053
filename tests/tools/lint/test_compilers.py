# SPDX-License-Identifier: MIT
"""The same mistakes by every compiler: other words, other byte orders, no headers of its own, C++. Those that differ from
another of the list in one thing are left to ./vwr soak compilers (VWR_LINT_ALL)."""

import os
import shutil

import pytest

from processes import need
from world import GOOD, bad, findings

COMPILERS = {
    "gcc, every warning an error": "gcc -std=c11 -pedantic -Wall -Wextra -Werror -Wmissing-declarations",
    "gcc with link-time optimisation": "gcc -O2 -flto -fdata-sections",
    "aarch64 without headers": "aarch64-linux-gnu-gcc -nostdinc -ffreestanding -mgeneral-regs-only",
    "clang": "clang -Weverything -Werror",
    "clang, 32 bits and big-endian": "clang --target=powerpc-none-eabi -ffreestanding",
    "C++ of clang": "clang++ -std=c++17",
}
MORE = {
    "gcc": "gcc",
    "gcc that stops at the first error": "gcc -Wfatal-errors",
    "riscv64 without headers": "riscv64-linux-gnu-gcc -nostdinc -ffreestanding",
    "clang, big-endian": "clang --target=s390x-linux-gnu -ffreestanding",
    "C++": "g++ -std=c++17",
    "clang, 32 bits": "clang --target=armv7-none-eabi -ffreestanding",
}
if os.environ.get("VWR_LINT_ALL"):
    COMPILERS |= MORE
MISTAKES = [
    ("VIRTQ_AVAIL_F_NO_INTERRUPT 1", "VIRTQ_AVAIL_F_NO_INTERRUPT 28"),
    ("u8 unused0;", "u8 unused0[39];"),
    (
        "#define VIRTIO_BLK_F_MQ 12",
        "#define VIRTIO_BLK_F_A nowhere\n#define VIRTIO_BLK_F_B nobody\nextern int c;\n#define VIRTIO_BLK_F_C c\n"
        "#define VIRTIO_BLK_F_MQ 12\n#define VIRTIO_BLK_T_BARRIER 0x80000000",
    ),
]
SAID = [
    "error: VIRTQ_AVAIL_F_NO_INTERRUPT is 28, the specification has 1",
    "error: struct virtio_blk_config: unused0 has 39 bytes, the specification has 1; num_queues is at 72, the specification"
    " has it at 34: everything from num_queues on is 38 or more bytes late",
]


def command(what):
    """The command line of a compiler that is here."""
    need(COMPILERS[what].split()[0])
    return COMPILERS[what]


@pytest.mark.parametrize("what", COMPILERS)
def test_compiler(work, what):
    options = ["--cc", command(what)]
    assert findings(*options, GOOD) == (0, [])
    assert findings(*options, bad(work, *MISTAKES)) == (1, SAID)


@pytest.mark.parametrize("command_line", ["gcc -Wfatal-errors -fmax-errors=1", "clang"])
def test_few_passes(work, command_line):
    """However many macros are no expressions."""
    need(command_line.split()[0])
    path, counted = work / "many.h", work / "counted"
    path.write_text(
        "#define VIRTIO_BLK_F_RO 6\n" + "".join(f"#define VIRTIO_BLK_F_N{n} nothing{n}\n" for n in range(60)),
        encoding="utf-8",
    )
    script = work / "counting-cc"
    script.write_text(f'#!/bin/sh\necho >>"{counted}"\nexec {command_line} "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    code, found = findings("--cc", f"'{script}'", path)
    assert code == 1 and found == [
        "error: VIRTIO_BLK_F_RO is 6, the specification has 5; 6 is VIRTIO_BLK_F_BLK_SIZE"
    ]
    assert len(counted.read_text(encoding="utf-8").splitlines()) < 12


def test_the_environments_compiler(work):
    path = work / "which.h"
    path.write_text(
        "#ifdef __clang__\n#define VIRTIO_ID_BLOCK 2\n#else\n#define VIRTIO_ID_BLOCK 3\n#endif\n",
        encoding="utf-8",
    )
    assert findings(path)[0] == 1
    if shutil.which("clang"):
        assert findings(path, CC="clang --target=armv7-none-eabi")[0] == 0


# What it is: (a header of C++, options, findings).
OF_CXX = {
    # num_queues at 72, as it stands in a well-known library: --map says what it is.
    "names in a scope": (
        "#pragma once\nnamespace virtio::blk {\nenum class ConfigOffset : unsigned {\n  kCapacity = 0,\n"
        "  kNumQueues = 72,\n};\n}\n",
        [
            "--map",
            "virtio::blk::ConfigOffset::kCapacity=virtio_blk_config.capacity",
            "--map",
            "virtio::blk::ConfigOffset::kNumQueues=virtio_blk_config.num_queues",
        ],
        [
            "error: virtio::blk::ConfigOffset::kNumQueues is 72, the specification has virtio_blk_config.num_queues"
            " at 34; at 72 is zoned.zone_sectors"
        ],
    ),
    # A variable that only the program's start gives a value has none.
    "constants": (
        "constexpr unsigned kVirtioBlkFRo = 6;\nint f();\nconst int virtio_blk_f_mq = f();\n"
        "class virtq_desc {\npublic:\n  unsigned long long addr;\n  unsigned len = 0;\n"
        "  unsigned short flags, next;\n  int size() const { return 16; } };\n",
        [],
        ["error: kVirtioBlkFRo is 6, the specification has 5; 6 is VIRTIO_BLK_F_BLK_SIZE"],
    ),
}


@pytest.mark.parametrize("what", OF_CXX)
def test_cxx(work, what):
    need("g++")
    text, options, found = OF_CXX[what]
    (work / "defs.hpp").write_text(text, encoding="utf-8")
    assert findings("--cc", "g++ -std=c++20", *options, work / "defs.hpp") == (1, found)
