# SPDX-License-Identifier: MIT
"""docs/rtos.md, typed into a tree with NuttX's names (nuttx/); integrations/nuttx compiled against its headers."""

import os
import re
import shutil
import subprocess

import pytest

from folders import edit
from places import ROOT
from processes import completed, output
from vwr import txtar

PAGE = (ROOT / "docs" / "rtos.md").read_text(encoding="utf-8")
FOLDER = ROOT / "integrations" / "nuttx"
HERE = ROOT / "tests" / "ports" / "others" / "nuttx"
STRICT = ["-std=gnu11", "-Wall", "-Wextra", "-Wno-unused-parameter", "-Werror"]
COLUMNS = 78  # as NuttX's own checker
BOARD = "boards/risc-v/qemu-rv/rv-virt/src/qemu_rv_boardinit.c"


def page_blocks(kind):
    """The shell's lines of the page, block by block."""
    return re.findall(rf"^```sh {kind}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def type_in(tree, block):
    """A shell's lines in the tree; what they print."""
    done = completed(
        ["sh", "-e", "-c", block],
        cwd=tree,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "V": str(ROOT), "VWR_NO_INSTALL": "1"},
    )
    assert done.returncode == 0, f"{block}ended with {done.returncode}: {done.stderr}"
    return done.stdout


def with_cc(block, flags):
    """The embed command of a block, with the host's compiler."""
    command = re.search(r'^"\$V"/vwr embed .*?"\n', block, re.MULTILINE | re.DOTALL).group()
    return re.sub(r'--cc ".*"', f'--cc "cc -O2 -ffreestanding {flags}"', command, flags=re.DOTALL)


def type_page(work):
    """The tree after the page's steps."""
    tree = txtar.unpack(HERE / "tree.txtar", work / "nuttx")
    (tree / "tools" / "configure.sh").chmod(0o755)
    first, change, last = page_blocks("nuttx")
    type_in(tree, first)
    for _ in range(2):  # the second time changes nothing: test_page compares the files
        assert type_in(tree, change).split() == ["drivers/Makefile", "drivers/Kconfig", BOARD]
    type_in(tree, with_cc(last, "-I'$PWD/include'"))


MADE = set()  # trees that this process has made


def nuttx(work):
    """A copy of that tree, which is made once."""
    made = work.parent / "nuttx_of_the_page"
    if made not in MADE:
        shutil.rmtree(made, ignore_errors=True)
        type_page(made)
        MADE.add(made)
    return shutil.copytree(made / "nuttx", work / "nuttx")


def cc(tree, *arguments):
    """The compiler's run over files of the tree."""
    return completed(["cc", *STRICT, f"-I{tree}/include", "-I.", *arguments], cwd=tree / "drivers" / "vwr")


def test_page(work):
    """Each line that the page changes is there afterwards, and each file compiles without a warning."""
    tree = nuttx(work)
    assert (tree / "drivers" / "Makefile").read_text().splitlines()[1:] == ["include vwr/Make.defs"]
    assert (tree / "drivers" / "Kconfig").read_text().splitlines()[1:] == ['source "drivers/vwr/Kconfig"']
    done = cc(tree, "-DCONFIG_DRIVERS_VWR", "-include", "nuttx/config.h", "-fsyntax-only", tree / BOARD)
    assert done.returncode == 0 and "virtio_register" not in (tree / BOARD).read_text(), done.stderr
    sources = sorted(path.name for path in (tree / "drivers" / "vwr").glob("*.c"))
    assert sources == sorted([*(path.name for path in FOLDER.glob("*.c")), "vwr.c"])
    for build in ("Make.defs", "CMakeLists.txt"):
        assert set(sources) == set(re.findall(r"\w+\.c\b", (tree / "drivers" / "vwr" / build).read_text()))
    for name in sources:
        done = cc(tree, "-c", name)
        assert done.returncode == 0, done.stderr


def test_missing_call_is_found(work):
    """What the compiler says if NuttX's interface is another one."""
    tree = nuttx(work)
    edit(tree / "include/nuttx/fs/fs.h", "int (*geometry)(", "int (*shape)(int, ")
    done = cc(tree, "-c", "vwr_nuttx_blk.c")
    assert done.returncode != 0 and "vwr_nuttx_blk_geometry" in done.stderr


def errors():
    """{result: (errno value, owner)} of the page's table."""
    rows = re.findall(r"^\| (`VWR_E[^|]*) \| `-(\w+)`[^|]* \| (the \w+) \|$", PAGE, re.MULTILINE)
    return {name: (errno, owner) for names, errno, owner in rows for name in re.findall(r"VWR_\w+", names)}


def test_errors(work):
    """The page's table has all results, NuttX's errno values, and the owner that vwr_result_is_in_flight() tells."""
    header = (ROOT / "runtime/include/vwr/result.h").read_text(encoding="utf-8")
    table = errors()
    assert set(table) == set(re.findall(r"^    (VWR_E\w+) = ", header, re.MULTILINE))
    tree = nuttx(work)
    lines = "".join(
        f"if (vwr_nuttx_errno({name}) != -{errno} || "
        f"vwr_result_is_in_flight({name}) != {int(owner == 'the device')}) puts(\"{name}\");\n"
        for name, (errno, owner) in table.items()
    )
    (tree / "drivers/vwr/ask.c").write_text(
        '#include "vwr_nuttx_mmio.c"\n#include <stdio.h>\n'
        "uint64_t clock_systime_ticks(void) { return 0; }\n"
        f"int main(void)\n{{\n{lines}return vwr_nuttx_errno(VWR_OK);\n}}\n"
    )
    config = tree / "include" / "nuttx" / "config.h"
    config.write_text(re.sub(r".*VWR_(BLK|NET|SERIAL).*\n", "", config.read_text()))
    done = cc(tree, "-Wno-unused-function", "ask.c", "vwr.c", "-o", "ask")
    assert done.returncode == 0, done.stderr
    assert output([tree / "drivers/vwr/ask"]) == ""


REGISTERS = """#include "vwr_nuttx_serial.c"
static struct vwr_nuttx_serial_s port[2];
static const char *refused = "";
static int registered;
int uart_register(const char *path, struct uart_dev_s *dev)
{
  int ret = strcmp(path, refused) == 0 ? -EEXIST : OK;

  registered += ret == OK;
  return ret;
}
int unregister_driver(const char *path)
{
  registered--;
  return OK;
}
int vwr_nuttx_errno(int result) { return result; }
uint64_t clock_systime_ticks(void) { return 0; }
int irq_attach(int irq, xcpt_t isr, void *arg) { return 0; }
void up_enable_irq(int irq) { }
irqstate_t enter_critical_section(void) { return 0; }
void leave_critical_section(irqstate_t flags) { }
void *kmm_memalign(size_t alignment, size_t size) { return NULL; }
void kmm_free(void *mem) { }
void uart_xmitchars(struct uart_dev_s *dev) { }
void uart_recvchars(struct uart_dev_s *dev) { }
static void publish(int i, const char *path)
{
  refused = path;
  int ret = vwr_nuttx_serial_publish(&port[i]);
  printf("%d %s %d %d\\n", ret == OK, port[i].name, registered, g_vwr_nuttx_console == &port[0].uart);
}
int main(void)
{
  publish(0, "/dev/ttyV0");
  publish(0, "/dev/console");
  publish(0, "");
  publish(1, "");
}
"""


def test_serial_registers_all_or_nothing(work):
    """After a refused name nothing of the console is registered, and the next one has its number."""
    tree = nuttx(work)
    (tree / "drivers/vwr/ask.c").write_text(REGISTERS)
    done = cc(tree, "-Wno-unused-function", "ask.c", "vwr.c", "-o", "ask")
    assert done.returncode == 0, done.stderr
    assert output([tree / "drivers/vwr/ask"]).splitlines() == [
        "0 /dev/ttyV0 0 0",
        "0 /dev/ttyV0 0 0",
        "1 /dev/ttyV0 2 1",
        "1 /dev/ttyV1 3 1",
    ]


def test_style():
    """The width of NuttX's lines; nxstyle is run by hand."""
    sources = sorted(FOLDER.glob("*.[ch]"))
    assert len(sources) > 5
    for path in sources:
        text = path.read_text(encoding="utf-8")
        assert max(map(len, text.splitlines())) <= COLUMNS, path.name
        assert re.match(r"/\*{76}\n \* [\w/]+/" + path.name + "\n", text), path.name


def test_copy(work):
    """The page's first commands in an empty folder: the copy and the files compile, and a second run changes nothing."""
    (block,) = page_blocks("copy")
    rest = block[block.index("\ncp ") :]
    folder, runs = work / "drivers" / "vwr", []
    for _ in range(2):
        type_in(work, with_cc(block, "") + rest)
        runs.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert runs[0] == runs[1]
    (work / "drivers/vwr/rtos_types.h").write_text(
        "struct rtos_spinlock { int held; };\nstruct rtos_semaphore { int count; };\n"
    )
    output(
        ["cc", "-std=c11", "-Wall", "-Wextra", "-Werror", "-c", "rtos_disk.c"], cwd=work / "drivers" / "vwr"
    )


@pytest.mark.parametrize("name", ["README.md"])
def test_readme_lists_the_files(name):
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert not [path.name for path in FOLDER.iterdir() if path.name != name and f"`{path.name}`" not in text]
