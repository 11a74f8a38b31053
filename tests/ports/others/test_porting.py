# SPDX-License-Identifier: MIT
"""
docs/porting.md and vwr/base.h agree, and the page's smallest bodies, the template and the host port pass
the self-test.
"""

import re
import shutil

import pytest

from processes import completed, need, output
from pairs import pairs
from places import INCLUDE, ROOT, WARNINGS

from vwr.embed import proof

PAGE = ROOT / "docs" / "porting.md"
BASE = ROOT / "runtime" / "include" / "vwr" / "base.h"
TEMPLATE = ROOT / "runtime" / "port" / "template" / "vwr_port.h"

# What the bodies of the table leave to the reader, as it would be on a machine with nothing to do.
THEIRS = (ROOT / "tests/ports/others/theirs.h.in").read_text("utf-8")


def hooks():
    """{hook: (required, result, arguments)}, as checked by base.h."""
    rows = re.findall(
        r"^VWR_PORT_(MUST|MAY)_HAVE\((\w+), (vwr_port_\w+), (\(.*\))\);$",
        BASE.read_text(encoding="utf-8"),
        re.M,
    )
    assert len(rows) > 10
    return {hook: (need == "MUST", answer, arguments) for need, answer, hook, arguments in rows}


def table():
    """{hook: (condition, smallest body)} from the page."""
    rows = re.findall(r"^\| `(vwr_port_\w+)` \| (.*?) \| `(.*)` \|$", PAGE.read_text(encoding="utf-8"), re.M)
    assert len(rows) == len({row[0] for row in rows})
    return {hook: (when, body) for hook, when, body in rows}


def test_the_table_has_each_hook():
    """Row for row, in the order of base.h; what is required is needed always."""
    assert list(table()) == list(hooks())
    for hook, (required, _, _) in hooks().items():
        assert (table()[hook][0] == "always") == required, hook


def test_the_template_has_each_hook():
    """With its signature; those that it leaves out it tells of."""
    text = TEMPLATE.read_text(encoding="utf-8")
    for hook, (required, answer, arguments) in hooks().items():
        assert f"static inline {answer} {hook}{arguments}" in text, hook
        if required:
            assert f"\nstatic inline {answer} {hook}{arguments}\n{{" in text, hook
    comments = re.findall(r"/\*.*?\*/", text, re.S)
    for words in (
        "When:",
        "Context:",
        "Must:",
    ):  # registers, barriers, dma, release, caches, relax, I/O port; and the rest
        assert sum(words in comment for comment in comments) == 8, words


# Compilers of the CPUs in the rows of the table of barriers.
CPUS = {
    "x86": ("gcc", "clang", "gcc -m32 -march=i686", "powerpc-linux-gnu-gcc", "s390x-linux-gnu-gcc"),
    "AArch64": (
        "aarch64-linux-gnu-gcc",
        "clang --target=aarch64-none-elf",
        "arm-linux-gnueabi-gcc -march=armv7-a -mfloat-abi=soft",
        "clang --target=armv7-none-eabi",
        "arm-linux-gnueabi-gcc -mcpu=cortex-m0 -mthumb",
    ),
    "Armv6": ("arm-linux-gnueabi-gcc -mcpu=arm926ej-s", "arm-linux-gnueabi-gcc -march=armv6 -marm"),
    "RISC-V": ("riscv64-linux-gnu-gcc", "clang --target=riscv64-none-elf"),
}


def barriers(folder, body, compiler):
    """The message from embed about a port whose barriers have this body."""
    names = ("mb", "rmb", "wmb", "release")
    port = "".join(f"static inline void vwr_port_{name}(void)\n{{\n    {body}\n}}\n" for name in names)
    (folder / "vwr_port.h").write_text(f"{port}#define vwr_port_release vwr_port_release\n", encoding="utf-8")
    return proof.weak_barriers(compiler.split(), folder, [folder])


def test_the_barriers_of_the_page(work):
    """Each is enough on its CPUs, by each compiler that is here; the first row's is not on the others."""
    rows = re.findall(r"^\| ([^`|]+) \| `([^|`]*;)` \|$", PAGE.read_text(encoding="utf-8"), re.M)
    assert [re.split(r"[ ,]", cpus)[0] for cpus, _ in rows] == list(CPUS)
    here = {
        cpu: [one for one in compilers if shutil.which(one.split()[0])] for cpu, compilers in CPUS.items()
    }
    for (_, body), compilers in zip(rows, here.values()):
        for compiler in compilers:
            assert barriers(work, body, compiler) == [], compiler
    _, body = rows[0]
    weak = {one for compilers in here.values() for one in compilers if barriers(work, body, one)}
    enough = {"arm-linux-gnueabi-gcc -mcpu=cortex-m0 -mthumb", "arm-linux-gnueabi-gcc -march=armv6 -marm"}
    riscv = CPUS["RISC-V"][0]
    if riscv in here["RISC-V"] and int(output([riscv, "-dumpversion"]).split(".")[0]) < 14:
        enough |= {riscv}  # its fence orders registers too
    assert weak == {*sum(([*here[cpu]] for cpu in list(CPUS)[1:]), [])} - enough


def write_table_port(folder):
    """A port that consists of the smallest bodies in the table."""
    port = ["#include <stdbool.h>", "#include <stddef.h>", "#include <stdint.h>", THEIRS]
    for hook, (required, answer, arguments) in hooks().items():
        port.append(f"static inline {answer} {hook}{arguments}\n{{\n    {table()[hook][1]}\n}}")
        if not required:
            port.append(f"#define {hook} {hook}")
    (folder / "vwr_port.h").write_text("\n".join(port) + "\n", encoding="utf-8")
    return folder


def page_code():
    """The C code on the page, which calls the self-test."""
    blocks = re.findall(r"^```c\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.M | re.S)
    (block,) = [one for one in blocks if "vwr_port_selftest" in one]
    return block


MAIN = """\
#include <stdio.h>
static void print(const char *line) { puts(line); }
int main(void) { return look_at_the_port(print) != VWR_OK; }
"""


@pytest.mark.parametrize(
    "port, level, compiler", pairs(["table", "template", "host"], ["-O0", "-O2"], ["gcc", "clang"])
)
def test_port_passes_the_selftest(work, port, level, compiler):
    """As the page shows it. The host's port is POSIX's."""
    need(compiler)
    if port == "table" and output(["uname", "-m"]).strip() != "x86_64":
        pytest.skip("the clock of the table's port is x86-64's here")
    folder = write_table_port(work) if port == "table" else ROOT / "runtime" / "port" / port
    (work / "main.c").write_text(page_code() + MAIN, encoding="utf-8")
    base = ROOT / "runtime" / "base"
    output(
        [
            compiler,
            "-std=c11",
            level,
            *WARNINGS,
            f"-I{folder}",
            *INCLUDE,
            "main.c",
            base / "vwr_selftest.c",
            base / "vwr_text.c",
            "-o",
            "main",
        ],
        cwd=work,
    )
    done = completed(["./main"], cwd=work, timeout=60)
    clock = "" if port == "template" else ", clock"
    assert (
        done.stdout
        == f"port: OK: stack, byte order, width of register accesses, barriers, caches{clock}, DMA addresses\n"
    )
    assert done.returncode == 0
