# SPDX-License-Identifier: MIT
"""The proof by the embedder's compiler: what is said of a port that is wrong, and of a copy that needs something."""

import re
import shutil
from unittest import mock

import pytest

from folders import edit
from processes import completed, need, output
from world import COMPILERS, NARROW, ROOT, run, written

from vwr.embed import proof


def broken(work, compiler, old, new, arguments=(), flags="-Os -std=c11"):
    """The run after something in the port was replaced."""
    need(compiler)
    written(work, *arguments)
    edit(work / "vwr_port.h", old, new)
    return run(work, "--cc", f"{compiler} {flags}")


# What is wrong with the port: (what stood there, what stands there, more for embed and the compiler, how the sentence begins).
WRONG = {
    "a hook is missing": (
        "vwr_port_rmb",
        "my_rmb",
        {},
        "vwr_port.h lacks vwr_port_rmb: the port template describes it",
    ),
    "a hook has another signature": (
        "vwr_port_read16(const volatile void *reg)",
        "vwr_port_read16(volatile void *reg)",
        {},
        "vwr_port.h: vwr_port_read16 must be uint16_t vwr_port_read16(const volatile void *reg)",
    ),
    "types are missing": (
        "typedef __UINT32_TYPE__ uint32_t;",
        "",
        {"flags": "-Os -std=c11 -nostdinc"},
        "vwr_port.h does not define the type uint32_t: the port must define the types",
    ),
    "the hook of the trace is missing": (
        "#define vwr_port_trace vwr_port_trace",
        "",
        {"arguments": ("--with", "trace")},
        "this profile has the trace: vwr_port.h must define its destination",
    ),
}


@pytest.mark.parametrize("compiler", ["gcc", "clang"])
@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_port(work, compiler, what):
    old, new, more, words = WRONG[what]
    done = broken(work, compiler, old, new, **more)
    assert done.returncode == 1 and done.stderr.startswith(f"vwr embed: {words}"), done.stderr


def test_what_the_port_declares_is_the_ports(work):
    done = broken(
        work,
        "gcc",
        "static inline void vwr_port_mb(void)\n{\n",
        "void board_barrier(void);\nstatic inline void vwr_port_mb(void)\n{\n    board_barrier();\n",
    )
    assert done.returncode == 0 and "needs at link: board_barrier (the port's own)" in done.stdout


def test_what_nobody_declares_is_reported(work):
    """A compiler that calls something by itself."""
    need("gcc")
    written(work)
    done = run(work, "--cc", "gcc -O0 -finstrument-functions")
    assert done.returncode == 1
    assert (
        "needs __cyg_profile_func_enter, __cyg_profile_func_exit, which the port does not declare"
        in done.stderr
    )


def test_variables_are_reported(work):
    """A port that brings a variable into the copy."""
    done = broken(work, "gcc", "#endif\n", "#endif\n__attribute__((used)) static int counter = 5;\n")
    assert done.returncode == 1 and "the copy defines variables" in done.stderr


@pytest.mark.parametrize("compiler", ["gcc", "clang"])
def test_an_older_c(work, compiler):
    """C90 is named as the cause. The oldest C that the message names compiles the copy."""
    need(compiler)
    for option in ("-std=c89", "-ansi", "-std=gnu90"):
        done = run(work, "--cc", f"{compiler} {option}")
        assert done.returncode == 1 and done.stderr.startswith(
            "vwr embed: --cc compiles C90, but the library needs C11: use -std=c11 or -std=gnu11 (gcc and clang also"
        ), done.stderr
    for option in ("-std=c99", "-std=gnu99"):
        done = run(work, "--preset", "everything", "--cc", f"{compiler} {option} -Wall -Wextra -Werror")
        assert done.returncode == 0 and not done.stderr, done.stderr


def test_a_compiler_that_compiles_nothing(work):
    """Whether the user names it or it is the first in the PATH: the copy has been written, and the message says so."""
    with mock.patch.object(proof, "FOUND_BY_NAME", ("false",)):
        for cc in ([], ["--cc", "false"]):
            done = run(work, *cc)
            assert (done.returncode, done.stderr) == (
                1,
                "vwr embed: false does not compile vwr.c\n"
                f"The copy in {work} has been written, but not verified\n",
            )
    assert (work / "vwr.c").is_file()


def test_no_such_compiler(work):
    done = run(work, "--cc", "no-such-cc -Os")
    assert (
        done.returncode == 1 and "--cc: 'no-such-cc' cannot be run: there is no such program" in done.stderr
    )
    assert "\nNothing was written" in done.stderr and not list(work.iterdir())
    (work / "my-cc").symlink_to(shutil.which("gcc"))
    assert run(work, "--cc", "./my-cc -Os").returncode == 0  # beside the copy


@pytest.mark.parametrize("copied", [False, True])
def test_a_compiler_for_another_machine(work, copied):
    """A few of its errors, and a command for the machine of the port: the profile's, or one that was copied."""
    need("clang", "aarch64-linux-gnu-gcc")
    if copied:
        written(work)
        shutil.copy(ROOT / "runtime/port/aarch64/vwr_port.h", work)
    chosen = [] if copied else ["--port", "aarch64"]
    done = run(work, *chosen, "--cc", "clang --target=x86_64-none-elf -Os -ffreestanding")
    first, *errors, more, written_yet, following = done.stderr.splitlines()
    assert written_yet == f"The copy in {work} has been written, but not verified"
    assert done.returncode == 1 and first == "vwr embed: clang does not compile vwr.c", done.stderr
    assert 1 <= len(set(errors)) == len(errors) <= 3 and all("error: " in one for one in errors), errors
    assert re.fullmatch(r"… and \d+ more lines", more)
    cc = re.fullmatch(
        r"Next: --cc '(.*)', for example: vwr_port.h is port aarch64, but clang compiles for x86_64",
        following,
    )
    assert cc and run(work, "--cc", cc[1]).returncode == 0, following


@pytest.mark.parametrize("compiler", ["gcc", "clang"])
def test_link_time_optimisation(work, compiler):
    """The proof is without it; for a command that hides it a message says so. The copy works with it."""
    need(compiler, "ld.lld")
    done = run(work, "--interface", "modern", "--without", "all", "--cc", f"{compiler} -flto -O1")
    assert done.returncode == 0 and f"{compiler} -flto -O1 -fno-lto: text" in done.stdout, done.stderr
    (work / "cc.sh").write_text(f'exec {compiler} -flto "$@"\n', encoding="utf-8")
    done = run(work, "--cc", f"sh '{work}/cc.sh'")
    assert done.returncode == 1 and "no ELF object with machine code" in done.stderr
    assert "add -fno-lto to --cc" in done.stderr
    (work / "main.c").write_text(
        '#include "vwr_example.h"\nstatic unsigned none[128];\n'
        "int main(void)\n{\n    return vwr_example_read(none, 0) == -2 ? 0 : 1;\n}\n",
        encoding="utf-8",
    )
    linker = ["-fuse-ld=lld"] if compiler == "clang" else []
    output([compiler, "-flto", "-O1", *linker, "main.c", "vwr_example.c", "vwr.c", "-o", "main"], cwd=work)
    output(["./main"], cwd=work)


def test_a_cpu_without_an_instruction_for_it(work):
    """Cortex-M0 has no multiplication of 64 bits: the compiler's library is named, and accepted where the command has it."""
    need("arm-linux-gnueabi-gcc")
    cc = "arm-linux-gnueabi-gcc -mcpu=cortex-m0 -mthumb -ffreestanding -fno-pie -Os"
    done = run(work, "--cc", cc)
    assert done.returncode == 1, done.stdout
    assert (
        "the copy needs __aeabi_lmul: your compiler generates calls of it, and its library /" in done.stderr
    )
    assert "if your program links that library (-lgcc), add -lgcc to --cc" in done.stderr
    done = run(work, "--cc", f"{cc} -lgcc")
    assert done.returncode == 0 and "needs at link: __aeabi_lmul\n" in done.stdout, done.stderr


def test_a_barrier_is_no_function_of_the_port(work):
    """ARM926 has no barrier that the compiler knows: the call is named, and -lgcc does not accept it."""
    need("arm-linux-gnueabi-gcc")
    written(work, "--interface", "modern", "--without", "all")
    edit(
        work / "vwr_port.h",
        'asm__ volatile("mcr p15, 0, %0, c7, c10, 4" : : "r"(0) : "memory")',
        "sync_synchronize()",
    )
    done = run(work, "--cc", "arm-linux-gnueabi-gcc -mcpu=arm926ej-s -marm -fno-pie -Os -lgcc")
    assert (
        done.returncode == 1 and "the copy needs __sync_synchronize, which the port does not" in done.stderr
    )
    hooks = "vwr_port_mb, vwr_port_rmb, vwr_port_wmb and vwr_port_release"
    assert (
        f"vwr_port.h: {hooks} call __sync_synchronize, because the compiler knows no barrier" in done.stderr
    )


# (compiler, body of vwr_port_mb, of vwr_port_rmb, of vwr_port_wmb, of vwr_port_release): what is said.
SYNC, DMB, FENCE = "__sync_synchronize();", '__asm__ volatile("dmb %s");', '__asm__ volatile("fence %s");'
BARRIERS = {
    ("aarch64-linux-gnu-gcc", SYNC, DMB % "oshld", DMB % "oshst", DMB % "sy"): ["vwr_port_mb is 'dmb ish'"],
    ("aarch64-linux-gnu-gcc -O0", SYNC, DMB % "ld", DMB % "st", DMB % "osh"): ["vwr_port_mb is 'dmb ish'"],
    ("aarch64-linux-gnu-gcc", DMB % "osh", DMB % "oshst", DMB % "oshld", DMB % "oshst"): [
        "vwr_port_rmb and vwr_port_release are 'dmb oshst'",
        "vwr_port_wmb is 'dmb oshld'",
    ],
    ("aarch64-linux-gnu-gcc", "elsewhere();", "", DMB % "sy", DMB % "oshld" + DMB % "oshst"): [
        "vwr_port_rmb has no barrier instruction"
    ],
    ("clang --target=armv7m-none-eabi", SYNC, DMB % "ish", DMB % "ish", SYNC): [],
    ("clang --target=riscv64-none-elf", SYNC, FENCE % "ir, ir", FENCE % "ow, ow", FENCE % "rw, w"): [
        "vwr_port_mb is 'fence rw, rw'"
    ],
    ("riscv64-linux-gnu-gcc", FENCE % "iorw, iorw", FENCE % "r, r", FENCE % "w, w", FENCE % "r, r"): [
        "vwr_port_rmb and vwr_port_release are 'fence r, r'",
        "vwr_port_wmb is 'fence w, w'",
    ],
    ("gcc", "", "", "", ""): ["vwr_port_mb has no barrier instruction"],
    ("clang", SYNC, "", "", ""): [],
    ("powerpc-linux-gnu-gcc", SYNC, '__asm__("lwsync");', SYNC, '__asm__("lwsync");'): [
        "vwr_port_rmb is 'lwsync'"
    ],
}


@pytest.mark.parametrize("row", BARRIERS)
def test_barriers(work, row):
    """Each hook alone, by what a device sees of it."""
    compiler, *bodies = row
    need(compiler.split()[0])
    hooks = zip(("mb", "rmb", "wmb", "release"), bodies)
    text = "".join(f"static inline void vwr_port_{hook}(void) {{ {body} }}\n" for hook, body in hooks)
    text = f"void elsewhere(void);\n{text}#define vwr_port_release vwr_port_release\n"
    (work / "vwr_port.h").write_text(text, encoding="utf-8")
    said = proof.weak_barriers(compiler.split(), work, [work])
    assert [re.match(r".*?('.*?'|instruction)(?=, )", one)[0] for one in said] == BARRIERS[row], said
    assert all("is right: docs/porting.md, Barriers" in one for one in said)


PORTS = {
    "aarch64": ("aarch64-linux-gnu-gcc", "clang --target=aarch64-none-elf"),
    "armv7": ("arm-linux-gnueabi-gcc -march=armv7-a -mfloat-abi=soft", "clang --target=armv7-none-eabi"),
    "riscv": (
        "riscv64-linux-gnu-gcc -DVWR_RISCV_TIME_HZ=1u",
        "clang --target=riscv64-none-elf -DVWR_RISCV_TIME_HZ=1u",
    ),
    "x86": ("gcc", "clang", "gcc -m32 -march=i686", "clang --target=i686-none-elf"),
    "template": (*COMPILERS.values(), *NARROW.values()),
    "vmm": (
        *COMPILERS.values(),
        *NARROW.values(),
        "arm-linux-gnueabi-gcc -mcpu=cortex-m3 -mthumb -mfloat-abi=soft",
    ),
}


@pytest.mark.parametrize("port", PORTS)
def test_barriers_of_our_ports(work, port):
    for compiler in PORTS[port]:
        words = [*compiler.split(), "-ffreestanding", "-O1"]
        need(words[0])
        folder = ROOT / "runtime/port" / port
        is_vmm = port == "vmm"
        assert proof.weak_barriers(words, work, [folder], is_vmm) == [], compiler
        assert (
            proof.weak_barriers([*words, f"-DVWR_PORT_HEADER=<{folder}/vwr_port.h>"], work, [], is_vmm) == []
        )
    if port == "vmm":
        assert "vwr_port_mb" in "".join(proof.weak_barriers(["aarch64-linux-gnu-gcc"], work, [folder]))


# Of the device side: (compiler, bodies of mb, rmb, release), and what is too weak among CPUs.
AMONG_CPUS = [
    ("aarch64-linux-gnu-gcc", ("dmb ish", "dmb ishld", "dmb ish"), []),
    ("aarch64-linux-gnu-gcc", ("dmb oshst", "dmb ishst", "dmb ishld"), ["mb", "rmb", "release"]),
    ("aarch64-linux-gnu-gcc", ("dmb nsh", "", "dmb sy"), ["mb", "rmb"]),
    ("riscv64-linux-gnu-gcc", ("fence rw, rw", "fence r, r", "fence.tso"), []),
    ("riscv64-linux-gnu-gcc", ("fence.tso", "fence w, w", "fence w, w"), ["mb", "rmb", "release"]),
    ("gcc", ("mfence", "", ""), []),
    ("gcc", ("", "", ""), ["mb"]),
]


@pytest.mark.parametrize("row", range(len(AMONG_CPUS)))
def test_barriers_of_devices(work, row):
    """What the device side needs of its port: an order among CPUs, of three hooks."""
    compiler, bodies, weak = AMONG_CPUS[row]
    need(compiler)
    (work / "vwr_port.h").write_text(
        "".join(
            f'static inline void vwr_port_{hook}(void) {{ __asm__ volatile("{body}" ::: "memory"); }}\n'
            for hook, body in zip(("mb", "rmb", "release"), bodies)
        )
        + "#define vwr_port_release vwr_port_release\n",
        encoding="utf-8",
    )
    said = " ".join(proof.weak_barriers([compiler, "-O1"], work, [work], True))
    assert set(re.findall(r"vwr_port_(\w+)", said)) == set(weak), said


def test_the_port_of_devices(work):
    """The default of a copy of the device side is the three barriers; a copy of files, or of both sides, has all hooks."""
    need("gcc")
    said = written(work / "pair", "--side", "device", "--device", "console")
    port = (work / "pair" / "vwr_port.h").read_text(encoding="utf-8")
    assert len(port.splitlines()) <= 45
    assert re.findall(r"^static inline \w+ (\w+)", port, re.MULTILINE) == [
        "vwr_port_mb",
        "vwr_port_rmb",
        "vwr_port_release",
    ], said
    assert "port: vmm\n" in (work / "pair" / "vwr-profile.yaml").read_text(encoding="utf-8")
    pair = (work / "pair" / "vwr.c").read_text(encoding="utf-8") + (work / "pair" / "vwr.h").read_text(
        "utf-8"
    )
    assert not re.search(r"vwr_port_(?:read|write|dma|relax)|VWR_PORT_DMA", pair)
    for more in ([], ["--cc", "gcc -std=c11 -nostdinc -ffreestanding"], ["--files", "--cc", "gcc -std=c11"]):
        done = run(work / f"made{len(more)}", "--side", "device", "--device", "console", *more)
        assert done.returncode == 0 and not done.stderr, done.stderr
    edit(work / "pair" / "vwr-profile.yaml", "port: vmm\n", "")
    written(work / "pair", "--side", "driver", "--driver", "console")
    assert "port: template\n" in (work / "pair" / "vwr-profile.yaml").read_text(encoding="utf-8")
    done = run(work / "pair")
    assert done.returncode == 1 and "vwr_port.h lacks vwr_port_" in done.stderr, done.stderr


KERNEL = "typedef int bool;\nextern bool kernel_is_up(void);\n"


def test_a_tree_with_its_own_bool(work):
    """As docs/porting.md says it: the tree's header first; in the port its type is refused."""
    need("gcc")
    written(work, "--interface", "modern", "--without", "all")
    (work / "kernel.h").write_text(KERNEL, encoding="utf-8")
    for first, second, code in (("kernel.h", "vwr.h", 0), ("vwr.h", "kernel.h", 1)):
        (work / "main.c").write_text(f'#include "{first}"\n#include "{second}"\n', encoding="utf-8")
        assert completed(["gcc", "-std=c11", "-fsyntax-only", "main.c"], cwd=work).returncode == code
    edit(
        work / "vwr_port.h",
        "#include <stdbool.h>\n",
        '#include "kernel.h"\n#define true 1\n#define false 0\n',
    )
    done = run(work, "--cc", "gcc -std=c11")
    assert done.returncode == 1 and done.stderr.startswith(
        "vwr embed: vwr_port.h: bool must be _Bool"
    ), done.stderr


@pytest.mark.parametrize("compiler", ["gcc", "clang", "clang-19"])
@pytest.mark.parametrize(
    "flag, words",
    [
        ("-fpack-struct", "structures are packed: compile Virtwright without -fpack-struct"),
        ("-D__attribute__(x)=", "a header of the C library defines __attribute__ away for this compiler"),
    ],
)
def test_a_flag_that_changes_types(work, compiler, flag, words):
    need(compiler)
    written(work, "--interface", "modern", "--without", "all")
    done = run(work, "--cc", f"{compiler} -std=c11 {flag}")
    assert done.returncode == 1 and done.stderr.startswith(f"vwr embed: {words}"), done.stderr
