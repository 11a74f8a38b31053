# SPDX-License-Identifier: MIT
"""Our driver of a PMEM device on QEMU's, whose file another program reads while QEMU runs and after it was killed."""
import os
import pathlib
import signal
import subprocess

import boot

from cells import X86
from processes import output
from test_x86_64 import GCC

BYTES = 4 << 20
STEP, LAST = 0x9E3779B97F4A7C15, 0xFEDCBA9876543210  # as in x86_64_pmem.c


def words(last=None):
    """What the guest writes, computed here."""
    n = BYTES // 8
    data = b"".join(((i + 1) * STEP & 2**64 - 1).to_bytes(8, "little") for i in range(n))
    return data if last is None else data[:-8] + last.to_bytes(8, "little")


def image(work):
    """The driver side, as one source."""
    runtime = boot.ROOT / "runtime"
    board = boot.ROOT / "examples" / "boards"
    driver = runtime / "driver"
    sources = [
        *(runtime / "base").glob("*.c"),
        *(runtime / "shared").glob("*.c"),
        *(driver / "core").rglob("*.c"),
        *(driver / "transport").rglob("*.c"),
        *(driver / "discover").rglob("*.c"),
        driver / "pmem" / "vwr_pmem.c",
        *(boot.ROOT / "generated" / "src").glob("*.c"),
    ]
    folders = [board, runtime / "include", boot.ROOT / "generated" / "include"]
    output(
        [
            *GCC,
            "-O1",
            '-DVWR_PORT_HEADER="port.h"',
            "-iquote",
            board / "x86",
            *(f"-I{folder}" for folder in [*folders, board / "x86", runtime / "port" / "x86"]),
            "-T",
            board / "x86" / "link.ld",
            pathlib.Path(__file__).with_name("x86_64_pmem.c"),
            *(board / name for name in ("find.c", "say.c")),
            *(board / "x86").glob("*.c"),
            board / "x86" / "start_x86_64.S",
            boot.ROOT / "examples" / "demo" / "memory.c",
            boot.joined(work, sources),
            "-o",
            work / "pmem.elf",
        ]
    )
    return work / "pmem.elf"


def machine(path):
    """A machine with the file as persistent memory."""
    backend = f"memory-backend-file,id=m,mem-path={path},size={BYTES},share=on"
    memory = ("-m", "128M,slots=1,maxmem=8G", "-object", backend, "-device", "virtio-pmem-pci,memdev=m")
    return [*X86, "q35", *memory]


def flushed_and_killed(path, elf):
    """Once the guest says that all is flushed: the file as another program sees it. Then QEMU is killed."""
    options = "-nodefaults -display none -no-reboot -serial stdio -kernel".split()
    command = ["timeout", "-k", "5", str(boot.TIMEOUT), *machine(path), *options, elf]
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as qemu:
        try:
            said = []
            for line in qemu.stdout:
                said.append(line)
                if line == "pmem: flushed\n":
                    break
            assert said[-1:] == ["pmem: flushed\n"], "".join(said)
            assert qemu.poll() is None, "QEMU has ended"
            return output(["sha256sum", path]).split()[0]
        finally:
            os.killpg(qemu.pid, signal.SIGKILL)


def test_pmem_flushed(work):
    """
    All bytes are in the file when the flush returns, and after QEMU was killed. The next machine reads them,
    and adds the last word.
    """
    path, want = work / "memory", work / "want"
    path.write_bytes(bytes(BYTES))
    want.write_bytes(words())
    elf = image(work)
    assert flushed_and_killed(path, elf) == output(["sha256sum", want]).split()[0]
    assert path.read_bytes() == words()
    boot.run_port(machine(path), elf, code=1)
    assert path.read_bytes() == words(LAST)
