# SPDX-License-Identifier: MIT
"""docs/xv6.md, typed into a kernel of xv6's shape (xv6/), in QEMU's riscv64 machine; xv6/facts.yaml against that kernel."""

import functools
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

import inprocess
from folders import edit
from processes import completed, output
from places import ROOT
from vwr import txtar

HERE = ROOT / "tests" / "ports" / "others" / "xv6"
PAGE = ROOT / "docs" / "xv6.md"
FACTS = yaml.safe_load((HERE / "facts.yaml").read_text(encoding="utf-8"))
GCC = "riscv64-linux-gnu-gcc"
QEMU = "qemu-system-riscv64"
FLAGS = [
    flag
    for flag in FACTS["flags"]
    if re.match(r"-[WOfmgn]", flag) and flag not in ("-m", "-nographic", "-machine")
]
BLOCK, FIRST, WRITERS, BLOCKS, DISK_BLOCKS = 1024, 64, 3, 24, 512  # as in xv6/kernel/stand.c
THROTTLED = "THROTTLE=,throttling.iops-total=300"
STOPS = "THROTTLE=,throttling.bps-total=1"  # a block takes as many seconds as it has bytes; a reset ends it
LEGACY = "s/force-legacy=false/force-legacy=true/"

pytestmark = pytest.mark.skipif(
    not (shutil.which(GCC) and shutil.which(QEMU)),
    reason=f"no {GCC} or no {QEMU} here (Debian: gcc-riscv64-linux-gnu, qemu-system-misc)",
)


# ---- the page ----


def page_blocks(kind):
    """What the page has to be typed, block by block: kind "" is the page's first way, in its order."""
    text = PAGE.read_text(encoding="utf-8")
    return [
        code
        for info, code in re.findall(r"^```sh *([^\n]*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
        if info == kind
    ]


def type_in(tree, block):
    """A shell's lines in the tree; what they print. The disk is a new one."""
    make_disk(tree)
    done = completed(
        ["sh", "-e", "-c", block],
        cwd=tree,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "V": str(ROOT), "VWR_NO_INSTALL": "1"},
    )
    print(done.stdout, done.stderr)
    assert done.returncode == 0, f"{block}ended with {done.returncode}: {done.stderr}"
    assert not [
        line for line in done.stderr.splitlines() if "warning:" in line and "RWX permissions" not in line
    ]
    return done.stdout


def fresh_kernel(work):
    """A copy of the stand-in in the state before the page's changes."""
    tree = shutil.copytree(HERE, work / "xv6", ignore=shutil.ignore_patterns("facts.yaml", "headers.txtar"))
    return txtar.unpack(HERE / "headers.txtar", tree)


MADE = set()  # kernels that this process has made


def kernel(work, *parts):
    """A copy of a kernel with the page's first blocks, made and compiled once: those that start QEMU left out; with other parts than the page's."""
    made = work.parent / ".".join(["kernel_of_the_page", *parts])
    if made not in MADE:
        shutil.rmtree(made, ignore_errors=True)
        tree = fresh_kernel(made)
        for block in page_blocks(""):
            if "make qemu" not in block:
                for part in parts:
                    block = re.sub(r"--with ([\w,]+)", rf"--with \1,{part}", block)
                type_in(tree, block)
        output(["make", "kernel/kernel"], cwd=tree)
        MADE.add(made)
    return shutil.copytree(made / "xv6", work / "xv6")


# ---- the kernel ----


def pattern(block):
    """What stand.c writes into a block."""
    return bytes((block * 37 + i * 3 + i // 256) & 255 for i in range(BLOCK))


@functools.cache
def disk():
    """The bytes of a disk that has no two blocks alike."""
    return bytes((k * 5 + i * 7 + i // 100) & 255 for k in range(DISK_BLOCKS) for i in range(BLOCK))


def make_disk(tree):
    (tree / "fs.img").write_bytes(disk())


def boot(tree, *variables, anew="", legacy=False, status=0):
    """What the kernel prints until it switches the machine off. The Makefile does not know which objects the variables change: `anew`."""
    make_disk(tree)
    for path in tree.glob(f"kernel/{anew}.o"):
        path.unlink()
    output(["sed", "-i", LEGACY if legacy else "", "Makefile"], cwd=tree)
    done = completed(["make", "qemu", *variables], cwd=tree, stdin=subprocess.DEVNULL)
    print(done.stdout, done.stderr)
    assert done.returncode == status, f"make qemu ended with {done.returncode}"
    return done.stdout


def counts(said):
    """{what: number} of the lines that end with a number."""
    return {m.group(1): int(m.group(2)) for m in re.finditer(r"^([a-z ]+) (\d+)\r?$", said, re.MULTILINE)}


def check(tree, said):
    """What the kernel says, and what is on the disk: read and written as it should be; the stacks were deep enough."""
    before, after = disk(), (tree / "fs.img").read_bytes()
    assert said.splitlines()[-1] == "xv6: OK", said
    total = 0
    for value in before[: FIRST * BLOCK]:
        total = total * 31 + value & 0xFFFFFFFF
    written = b"".join(pattern(k) for k in range(FIRST, FIRST + WRITERS * BLOCKS))
    assert after == before[: FIRST * BLOCK] + written + before[FIRST * BLOCK + len(written) :]
    found = counts(said)
    assert found["sum"] == total and found["wrong bytes"] == 0
    assert found["bytes left of the boot stack"] > 1024 and found["bytes left of a stack"] > 1024
    return found


def test_page(work):
    """Each command of the page's first way, in its order, word for word: each boot reads and writes the disk."""
    tree, boots = fresh_kernel(work), 0
    assert not (tree / "kernel" / "virtio_disk.c").exists()
    for block in page_blocks(""):
        said = type_in(tree, block)
        if "make qemu" in block:
            assert (
                "virtio-mmio.force-legacy=" + ("true" if "false/force-legacy=true" in block else "false")
                in said
            )
            check(tree, said)
            boots += 1
        if "grep -l" in block:
            assert said.splitlines() == ["kernel/defs.h", "kernel/trap.c", "kernel/virtio_disk.c"]
            for name in said.splitlines():
                assert f"`{name}`" in PAGE.read_text(encoding="utf-8")
    assert boots == 2 and not re.search(
        "riscv.h|stdint", (tree / "kernel" / "vwr_port.h").read_text(encoding="utf-8")
    )
    for block in page_blocks("least"):
        said = type_in(tree, block)
    check(tree, said)
    assert "vwr_strerror" not in re.sub(
        r"/\*.*?\*/", "", (tree / "kernel" / "vwr.c").read_text(), flags=re.DOTALL
    )


def port_is_fine(tree, clock=""):
    """The port's own test, in plain memory and over the edge of scattered pages."""
    said = boot(tree, "STAND=-DSTAND_SELFTEST", anew="stand")
    check(tree, said)
    assert (
        said.count(
            f"port: OK: stack, byte order, width of register accesses, barriers, caches{clock}, DMA addresses"
        )
        == 2
    )


def test_port(work):
    port_is_fine(kernel(work, "selftest"))


def test_clock(work):
    """The clock is taken into use as the page says; without its first block the boot dies as the page says."""
    allow, use = page_blocks("clock")
    tree = kernel(work, "selftest")
    with pytest.raises(AssertionError, match="xv6: OK"):
        check(tree, said := type_in(tree, use))
    lines = said.splitlines()
    row = next(
        line
        for line in PAGE.read_text(encoding="utf-8").splitlines()
        if "w_mcounteren`" in line and "|" in line
    )
    scause, stval = re.match(r"\| `(scause \w+)` and a `stval` that begins with `(\w+)`", row).groups()
    assert scause in lines and f" stval={stval}" in lines[-2] and lines[-1] == "panic: kerneltrap"
    type_in(tree, allow)
    port_is_fine(tree, ", clock")
    assert "-DVWR_XV6_TIME_HZ=10000000" in (tree / "Makefile").read_text(encoding="utf-8")


def test_errors_of_the_compiler(work):
    """The page's words for what is forgotten are the compiler's."""
    text = PAGE.read_text(encoding="utf-8")
    tree = kernel(work)

    def said(name, old, new):
        path = tree / "kernel" / name
        before = path.read_bytes()
        edit(path, old, new)
        done = completed(["make"], cwd=tree, env={**os.environ, "LC_ALL": "C"})
        path.write_bytes(before)
        assert done.returncode != 0
        return done.stderr.replace("`", "'")

    for words, arguments in (
        ("unknown type name 'pagetable_t'", ("virtio_disk.c", '#include "riscv.h"\n', "")),
        ("implicit declaration of function 'virtio_disk_tick'", ("defs.h", "virtio_disk_tick", "other")),
        ("undefined reference to 'vwr_xv6_page'", ("vm.c", "vwr_xv6_page", "other")),
        (
            "undeclared|implicit declaration of function 'vwr_strerror'",
            ("vwr.h", "const char *vwr_strerror(int result);", ""),
        ),
    ):
        assert re.search(words, said(*arguments)), words
        assert re.search(words, text) or "vwr_strerror" in words


@pytest.mark.parametrize("level, legacy", [("-O2", True), ("-O0", False)])
def test_sleep_and_wakeup(work, level, legacy):
    """Blocks come and go through scattered pages; who waits sleeps, and the interrupt wakes."""
    tree = kernel(work)
    found = check(tree, boot(tree, THROTTLED, f"STAND={level}", anew="*", legacy=legacy))
    assert found["sleeps"] >= WRITERS and found["disk interrupts"] >= WRITERS
    assert found["woken by the disk"] >= WRITERS
    assert found["passes of the one that never sleeps"] >= found["disk interrupts"]


def test_interrupt_lost(work):
    """No interrupt comes through: each sleep ends with the next tick, and nothing hangs."""
    tree = kernel(work)
    found = check(tree, boot(tree, THROTTLED, "STAND=-DDISK_IS_DEAF", anew="plic", legacy=True))
    assert found["disk interrupts"] == 0 and found["sleeps"] > 0


def test_disk_stops_answering_without_a_clock(work):
    """It is reset and asked again as often as the driver replays, and given up in that time, counted in ticks of 0.1 s."""
    tree = kernel(work)
    said = boot(tree, STOPS, "STAND=-DDISK_STOPS -DVWR_REQUEST_TIMEOUT_US=500000u", anew="*")
    assert said.splitlines()[-1] == "panic: ETIMEOUT: no answer in time", said
    found = counts(said)
    ticks, in_options = found["panics at tick"] - found["begins at tick"], (1 + 3) * 5
    assert in_options / 2 <= ticks <= 2 * in_options


def test_no_disk(work):
    """Said as a message, and without messages as a number: an empty slot."""
    tree = kernel(work)
    nothing = "QEMUOPTS=-machine virt -bios none -kernel kernel/kernel -nographic -no-reboot"
    words = boot(tree, nothing).splitlines()[-1]
    assert words == "panic: ENODEV: empty slot, no device here" and f"`{words}`" in PAGE.read_text(
        encoding="utf-8"
    )
    type_in(tree, page_blocks("")[0].replace("--with texts", "--without texts"))
    assert boot(tree, nothing).splitlines()[-2:] == ["virtio_disk: result -1", "panic: virtio_disk"]


def size(folder, *arguments, level="-O"):
    """(code, constants) of a copy with xv6's flags."""
    flags = [level if flag == "-O" else flag for flag in FLAGS]
    done = inprocess.run("embed", folder, "--port", "xv6", *arguments, "--cc", " ".join([GCC, *flags]))
    assert done.returncode == 0, done.stdout + done.stderr
    return tuple(map(int, re.search(r"text (\d+), rodata (\d+),", done.stdout).groups()))


def is_about(number, said):
    """A number of the page: within a twentieth."""
    return abs(number - said) * 20 <= said


def test_sizes(work):
    """The page's table is what comes out."""
    rows = re.findall(r"^\| `(--[\w, -]+)` \| (\d+) \| (\d+) \|", PAGE.read_text(encoding="utf-8"), re.M)
    assert len(rows) == 6
    for number, (options, code, constants) in enumerate(rows):
        found = size(work / str(number), *options.split())
        print(options, found)
        assert is_about(found[0], int(code)) and is_about(found[1], int(constants)), (options, found)
    least, default = re.search(
        r"reduces the minimum to (\d+) and the default to (\d+)", PAGE.read_text(encoding="utf-8")
    ).groups()
    assert is_about(size(work / "Os", *rows[0][0].split(), level="-Os")[0], int(least))
    assert is_about(size(work / "Os default", level="-Os")[0], int(default))
    assert rows[4][0] in page_blocks("")[0] and rows[0][0] in page_blocks("least")[0]
    tree = kernel(work / "kernel")
    make_disk(tree)
    output(["make", "kernel/virtio_disk.o"], cwd=tree)
    sections = output([GCC.replace("gcc", "size"), "-A", "kernel/virtio_disk.o"], cwd=tree)
    code, bss = (
        sum(int(n) for n in re.findall(rf"^\.{name}\S* +(\d+)", sections, re.M)) for name in ("text", "bss")
    )
    said = re.search(
        r"`virtio_disk.o` contains (\d+) bytes of code and (\d+) KiB of memory",
        PAGE.read_text(encoding="utf-8"),
    )
    assert is_about(code, int(said[1])) and bss == int(said[2]) * 1024, (code, bss)


# ---- the facts ----


@pytest.fixture(name="tree", params=["stand-in", *(["real"] if "VWR_XV6_TREE" in os.environ else [])])
def tree_(request, work):
    """The stand-in, and the real one if somebody says where it is."""
    return Path(os.environ["VWR_XV6_TREE"]) if request.param == "real" else fresh_kernel(work)


def compile_(tree, source, *options):
    """The compiler's run over a text beside the kernel's headers."""
    return completed(
        [GCC, "-std=gnu17", "-ffreestanding", "-w", f"-I{tree}/kernel", *options, "-xc", "-"], input=source
    )


def included(names):
    return "".join(f'#include "{name}"\n' for name in names)


def field(text):
    """(type, name) of a field: 'uchar data[8]' is ('uchar [8]', 'data')."""
    kind, name, array = re.fullmatch(r"(.*?)(\w+)(\[\w+\])?", text).groups()
    return f"{kind}{array or ''}", name


def same(left, right):
    return f'_Static_assert(__builtin_types_compatible_p(__typeof__({left}), __typeof__({right})), "{left}");\n'.replace(
        '"abc"', ""
    )


def assertions():
    """C that compiles if the headers say what the facts say."""
    yield included(FACTS["order"])
    for name, kind in FACTS["types"].items():
        yield same(name, kind)
    for name, value in FACTS["macros"].items():
        yield f'_Static_assert(({name}) == ({value}), "value");\n'
        yield f'_Static_assert(__builtin_types_compatible_p(__typeof__({name}), __typeof__({value})), "type");\n'
    for name, fields in FACTS["structs"].items():
        yield f"struct fact_{name} {{ {'; '.join(fields)}; }};\n"
        yield f'_Static_assert(sizeof(struct {name}) == sizeof(struct fact_{name}), "size");\n'
        for one in fields:
            place = "__builtin_offsetof(struct {}, {})"
            yield f"_Static_assert({place.format(name, field(one)[1])} == {place.format('fact_' + name, field(one)[1])}, \"place\");\n"
    for name, fields in {**FACTS["structs"], **FACTS["parts_of_structs"]}.items():
        for kind, one in map(field, fields):
            yield same(f"((struct {name} *)0)->{one}", kind)
    for name, kind in FACTS["objects"].items():
        yield same(name, kind)
    for text in FACTS["functions"]:
        name = re.search(r"(\w+)\(", text)[1]
        yield f'_Static_assert(sizeof(&{name}) > 0, "");\n{text};\n'  # it is there, and a declaration like this fits


def test_facts(tree):
    """Types, values, fields, prototypes; flags; the lines that the page's commands look for."""
    done = compile_(tree, "".join(assertions()), "-fsyntax-only")
    assert done.returncode == 0, done.stderr
    makefile = (tree / "Makefile").read_text(encoding="utf-8")
    assert not set(FACTS["flags"]) - set(re.split(r"[\s]+", makefile))
    for name, patterns in FACTS["lines"].items():
        text = (tree / name).read_text(encoding="utf-8")
        assert [len(re.findall(one, text, re.MULTILINE)) for one in patterns] == [1] * len(patterns), name
    for name, patterns in FACTS["absent"].items():
        assert not [
            one for one in patterns if re.search(one, (tree / name).read_text(encoding="utf-8"))
        ], name


def test_headers_demand(tree):
    """Each header compiles behind those that it needs, and not without any of them."""
    for name, needs in FACTS["needs"].items():
        assert compile_(tree, included([*needs, name]), "-fsyntax-only").returncode == 0, name
        for one in needs:
            rest = [other for other in needs if other != one]
            assert (
                compile_(tree, included([*rest, name]), "-fsyntax-only").returncode != 0
            ), f"{name} without {one}"


def declared(tree):
    """Names of macros, types, tags, enumerators, objects and functions of the headers."""
    source = included(FACTS["order"])
    macros = [
        {line.split()[1].split("(")[0] for line in compile_(tree, text, "-E", "-dM").stdout.splitlines()}
        for text in (source, "")
    ]
    text = re.sub(
        r"__asm__[^;]*;|__attribute__\(\([^)]*\)\)|\"[^\"]*\"", "", compile_(tree, source, "-E", "-P").stdout
    )
    outer = re.sub(r"\)\s*\{[^}]*\}", ");", text)
    names = set(re.findall(r"\b(?:struct|enum)\s+(\w+)\s*[{;]", text)) | set(
        re.findall(r"^typedef\b.*?(\w+);", text, re.M)
    )
    names |= set(re.findall(r"(\w+)\s*\([^()]*\)\s*;", outer)) | set(
        re.findall(r"^extern\b.*?(\w+);", text, re.M)
    )
    for body in re.findall(r"\benum\s+\w+\s*\{([^}]*)\}", text):
        names |= set(re.findall(r"\w+", body))
    return names | macros[0] - macros[1]


def test_headers_have_nothing_else(work):
    """What the real headers lack, the stand-in's do not have; its own is in stand.h."""
    known = {re.sub(r"\(.*", "", name) for name in FACTS["macros"]} | set(FACTS["names"])
    for key in ("types", "structs", "parts_of_structs", "objects"):
        known |= set(FACTS[key])
    known |= {re.search(r"(\w+)\(", text)[1] for text in FACTS["functions"]}
    tree = fresh_kernel(work)
    found = declared(tree)
    assert len(found) > 150 and not found - known
    headers = {path.name for path in (tree / "kernel").glob("*.h")}
    assert headers == {*FACTS["needs"], "stand.h"}
