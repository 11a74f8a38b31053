# SPDX-License-Identifier: MIT
"""examples/boards in QEMU: the cells of `./vwr demo --all`, a board an entry; its checks fail when they should."""
import os
import re
import socket
import subprocess
import zlib

import pytest

import boot
import cells
import images
import qmp
from cells import BUSES, WAITS, Cell
from session import Session
from steps import Failed
from processes import completed, output

DEMO = (boot.ROOT / "vwr", "demo", "--all")
BOARDS = {board.name: board for board in cells.BOARDS}
MMIO, PCI, PCI_LEGACY = BUSES[1], BUSES[2], BUSES[3]
LACKING = {
    ("x86-64 q35", "MMIO legacy"),
    ("x86-64 q35", "MMIO modern"),
    ("x86-64 microvm", "PCI transitional as legacy"),
    ("i386 pc", "MMIO legacy"),
    ("i386 pc", "MMIO modern"),
}


def buses_of(name):
    """The three buses on which ./vwr test runs a board: by interrupt one of virtio-mmio and one of PCI, as it has them, and
    polled another. Alternately, so that each way meets each bus."""
    if BOARDS[name].buses is not BUSES:
        return [(bus, "polled" if bus.version == "legacy" else "interrupt") for bus in BOARDS[name].buses]
    number = [*BOARDS].index(name)
    here = [bus for bus in BUSES if (name, bus.name) not in LACKING]
    groups = [[bus for bus in here if bus.kind == kind] for kind in ("mmio", "pci")]
    taken = [group[number % len(group)] for group in groups if group]
    others = [bus for bus in here if bus not in taken]
    return [(bus, "interrupt") for bus in taken] + [(others[number // 2 % len(others)], "polled")]


def test_board_each_bus_has_each_way():
    """boards_script has all of the q35, the soak's boards_all_cells those of each board."""
    here = [name for name in BOARDS if BOARDS[name].buses is BUSES]
    assert {(bus.name, waits) for name in here for bus, waits in buses_of(name)} == {
        (bus.name, waits) for bus in BUSES for waits in WAITS
    }


def run_cell(cell):
    result, reason = cell.run()
    print(cell.board.name, cell.bus.name, cell.waits, result, reason or "")
    assert (result == "-") == ((cell.board.name, cell.bus.name) in LACKING)


def test_boards_all_cells():
    for cell in cells.cells(runs="test"):
        run_cell(cell)


@pytest.mark.parametrize("name", [name for name in BOARDS if name != "x86-64 q35"])
def test_board(name):
    """boards_script has the q35."""
    for bus, waits in buses_of(name):
        run_cell(Cell(BOARDS[name], bus, waits, "test"))


def other(test, name, bus=PCI, waits="interrupt", machine=(), options="", **change):
    """A cell of a board that is not quite one of the table, in a folder of its own."""
    board = BOARDS[name]
    board = board._replace(name=f"{name} {test}", machine=(*board.machine, *machine), **change)
    return Cell(board, bus._replace(options=bus.options + options), waits, "test")


@pytest.mark.parametrize(
    "name, bus",
    [
        ("aarch64 GICv2m", PCI),
        ("aarch64 ITS", PCI_LEGACY),
        ("armv7", PCI),
        ("riscv64 IMSIC", PCI_LEGACY),
    ],
)
def test_boards_without_msix(name, bus):
    """A device that has no MSI-X interrupts by INTx: the tree's interrupt-map says which line that is."""
    other("without MSI-X", name, bus, options=",vectors=0", pci="lines").run()


def test_boards_without_its():
    """A GICv3 alone takes no messages."""
    other("without ITS", "aarch64 ITS", machine=("-M", "its=off"), pci="lines").run()


@pytest.mark.parametrize("name", ["aarch64 GICv2m", "aarch64 ITS"])
def test_boards_at_el2(name):
    """At EL2 the same."""
    other("at EL2", name, machine=("-M", "virtualization=on")).run()


def test_boards_several_disks():
    """Each disk is used; the second one is the bus's last."""
    cell = other("two disks", "aarch64 ITS")
    command = cell.command
    (cell.folder / "other.img").write_bytes(bytes(64 * 512))
    cell.command = lambda: [
        *command(),
        "-blockdev",
        "raw,node-name=other,file.driver=file,file.filename=other.img",
        "-device",
        "virtio-blk-pci,drive=other,disable-legacy=on",
    ]
    cell.boot()
    assert cell.lines[-1] == "board: OK" and len(cell.said(r"interrupts: [1-9]\d* by messages")) == 2


PXB_PCIE = ("pxb-pcie,id=extra,bus_nr=8,bus=pcie.0", "pcie-root-port,id=behind,bus=extra,chassis=1")
PXB = ("pxb,id=behind,bus_nr=8,bus=pci.0",)


@pytest.mark.parametrize(
    "name, machine, root, expander, interrupts",
    [
        ("aarch64 GICv2m", (), "pcie.0", PXB_PCIE, "messages"),
        ("aarch64 GICv2m", (), "pcie.0", PXB_PCIE, "lines"),
        ("aarch64 ITS", (), "pcie.0", PXB_PCIE, "messages"),
        ("x86-64 q35", (), "pcie.0", PXB_PCIE, "messages"),
        ("x86-64 q35", ("-M", "pc"), "pci.0", PXB, "messages"),
    ],
)
def test_boards_root_buses(name, machine, root, expander, interrupts):
    """A host with a second root bus, to which no bridge leads: the disk is behind a bridge of it."""
    options = {"virtio-blk": ",bus=behind", "virtio-rng": f",bus={root}"}
    options["virtio-blk"] += ",vectors=0" if interrupts == "lines" else ""
    machine = (*machine, *[word for device in expander for word in ("-device", device)])
    cell = other(f"root buses {root} {interrupts}", name, machine=machine, pci=interrupts)
    command = cell.command
    cell.command = lambda: [word + options.get(word[:10], "") for word in command()]
    cell.run()
    assert cell.said("device: pci 09:.* blk, .*")


def test_boards_say_where_they_searched():
    """Without a disk: the buses, all of the host."""
    cell = other("searched", "aarch64 GICv2m")
    command = cell.command
    cell.command = lambda: [word.replace("virtio-blk-pci,drive=disk", "virtio-rng-pci") for word in command()]
    said_no(cell, "searched: PCI buses 0 to 255", "board: FAILED: no disk found")


def tree_of(cell, old, new):
    """QEMU's device tree for the cell, with another interrupt controller, in place of the one that it makes."""
    tree, command = images.Tree(cell.folder, *cell.board.machine), cell.command

    def other(value):
        assert old in value
        return value.replace(old, new)

    tree.change("intc@", "compatible", other)
    cell.command = lambda: [*command(), "-dtb", str(tree.path)]


def said_no(cell, *lines):
    """The guest fails, and says these lines."""
    with pytest.raises(Failed):
        cell.run()
    assert all(any(line.startswith(words) for line in cell.lines) for words in lines), "\n".join(cell.lines)
    assert cell.lines[-1].startswith("board: FAILED: ")


@pytest.mark.parametrize(
    "name, old, new",
    [
        ("aarch64 GICv2m", b"arm,cortex-a15-gic", b"arm,cortex-a15-gib"),
        ("armv7", b"arm,cortex-a15-gic", b"arm,cortex-a15-gib"),
        ("aarch64 ITS", b"arm,gic-v3\0", b"arm,gic-w3\0"),
    ],
)
def test_boards_without_controller(name, old, new):
    """A tree whose interrupt controller nobody knows: no interrupts, which is said; polled all is well."""
    cell = other("without controller", name, MMIO)
    tree_of(cell, old, new)
    said_no(
        cell,
        "ERROR: the device tree has no interrupt controller that this board supports",
        "ERROR: the device has no interrupt that the board supports",
    )
    cell = other("without controller", name, MMIO, "polled")
    tree_of(cell, old, new)
    cell.run()


def test_boards_beyond_reach():
    """PCI above 4 GiB on a processor of 32 bits without LPAE: passed over, and said why; virtio-mmio works."""
    said_no(
        other("beyond reach", "armv7", machine=("-M", "highmem=on")),
        "passed over: ",
        "board: FAILED: no disk found",
    )
    other("beyond reach", "armv7", MMIO, machine=("-M", "highmem=on")).run()


def test_boards_without_word():
    """A command line that says nothing of waiting."""
    cell = other("without word", "armv7")
    cell.waits = "poll interrupts"
    said_no(cell, "board: FAILED: the command line contains neither polled nor interrupt")


def test_boards_with_acpi_or_without():
    """microvm: the device tree's interrupts of the second I/O APIC, and of the first where there is no other."""
    for machine in ((), ("-M", "ioapic2=off"), ("-M", "acpi=off")):
        other("with acpi", "x86-64 microvm", MMIO, machine=machine).run()


def stopped(words, *command):
    """The last line of a QEMU that does not end by itself: it is ended when it has said these words."""
    with subprocess.Popen(
        ["timeout", "-k", "5", "60", *command, "-nodefaults", "-display", "none", "-serial", "stdio"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        for line in process.stdout:
            print(line, end="")
            if words in line:
                process.terminate()
                return True
    return False


def test_boards_power_off():
    """x86-64 powers off by ACPI without isa-debug-exit, and halts where there is neither: it does not boot again."""
    image = [cells.folder() / "x86_64.elf", "-append", "polled"]
    off = "-nodefaults -display none -serial stdio -kernel".split()
    done = completed(["timeout", "-k", "5", "60", "qemu-system-x86_64", "-M", "q35", *off, *image])
    assert done.returncode == 0 and done.stdout.count("board: FAILED: no disk found") == 1, done.stdout
    assert stopped("halted", "qemu-system-x86_64", "-M", "microvm", "-kernel", *image)


def test_boards_at_el3():
    """-M virt,secure=on starts the image at EL3, with no firmware behind it."""
    machine = ["qemu-system-aarch64", "-M", "virt,secure=on", "-cpu", "cortex-a53", "-kernel"]
    assert stopped("started at EL3", *machine, cells.folder() / "aarch64.elf")


@pytest.mark.parametrize("waits, revision", [("interrupt adapter", 2), ("polled", 1), ("polled", 0)])
def test_boards_channel_reports(tmp_path, waits, revision):
    """Disks arrive and leave while the image runs. It gets a channel report of each, after a machine check where it sleeps;
    it reads a disk that has arrived, and its driver notices in a request that the disk has left."""
    words = [*BOARDS["s390x"].machine, *"-m 128M -nodefaults -display none -serial stdio -no-reboot".split()]
    words += ["-kernel", str(cells.folder() / "s390x.elf"), "-append", f"{waits} reports"]
    ours, theirs = socket.socketpair()
    words += ["-chardev", f"socket,id=qmp,fd={theirs.fileno()}", "-mon", "chardev=qmp,mode=control"]
    with ours, theirs, Session(tmp_path, words, 60, 30, [theirs.fileno()]) as session:
        monitor = qmp.Monitor(ours)
        session.expect("^reports: none yet$")
        for number in range(2):
            content = os.urandom(64 * 512)
            (tmp_path / f"{number}.img").write_bytes(content)
            name = f"disk{number}"
            medium = {"driver": "file", "filename": f"{number}.img"}
            monitor("blockdev-add", **{"driver": "raw", "node-name": name, "file": medium})
            options = {"driver": "virtio-blk-ccw", "drive": name, "max_revision": revision}
            monitor("device_add", id=f"d{number}", **options)
            session.expect(rf"^device: ccw 0001[0-9a-f]{{4}} blk, .* revision {revision}$")
            session.expect(f"^read: crc32 {zlib.crc32(content):08x} by 8 requests")
            session.expect("^leave: reading$")
            monitor("device_del", id=f"d{number}")
            session.expect("^leave: EGONE: ")
            session.expect("^report: the device has left$")
        checks = int(session.expect(r"^machine checks: (\d+)$").group(1))
        session.expect("^board: OK$")
        assert session.wait() == 0
    assert (checks > 0) == (waits != "polled")


def after_boot(cell, change):
    """Something is changed between the guest's end and the host's checks."""
    original = cell.boot

    def boot():
        original()
        change()

    cell.boot = boot


def change_elsewhere(cell):
    """What was not to be written."""

    def change():
        content = bytearray(cell.disk.read_bytes())
        content[1000] ^= 1
        cell.disk.write_bytes(content)

    after_boot(cell, change)


def change_command(change):
    """QEMU gets another command line."""

    def other_command(cell):
        original = cell.command
        cell.command = lambda: change(original())

    return other_command


def change_board(**changes):
    """The board is not as the table has it."""
    return lambda cell: setattr(cell, "board", cell.board._replace(**changes))


def change_lines(old, new):
    """A guest that says something else."""

    def change(cell):
        def say():
            assert any(re.search(old, line) for line in cell.lines)
            cell.lines = [re.sub(old, new, line) for line in cell.lines]

        after_boot(cell, say)

    return change


# A reason why there is none, though there is.
NO_PCI = cells.Lack("it has no PCI", ("-device", "virtio-rng-pci", "-M", "none"), "No 'PCI'")


@pytest.mark.parametrize(
    "change, words",
    [
        (lambda cell: setattr(cell, "before", cell.before[::-1]), "the guest did not read"),
        (
            lambda cell: after_boot(cell, lambda: cell.disk.write_bytes(cell.disk.read_bytes()[:-1] + b"?")),
            "the disk does not contain exactly",
        ),
        (change_elsewhere, "the disk does not contain exactly"),
        (change_command(lambda words: words[:-2]), "the guest found other devices"),
        (change_command(lambda words: [*words[:-4], *words[-2:]]), "no disk found"),
        (change_lines("^interrupts: .*", "interrupts: 0 by messages"), "0 interrupts were counted"),
        (change_board(code=(1, 3)), "QEMU exited with 0"),
        (change_board(pci="lines"), "expected interrupts by lines"),
        (
            lambda cell: setattr(cell, "bus", cell.bus._replace(version="legacy")),
            "the guest found other devices",
        ),
        (change_lines("maximum in flight", "least in flight"), "the guest did not read"),
        (change_lines("waits: interrupt", "waits: polled"), "the command line of the guest differs"),
        (change_board(image="armv9"), "there is no image armv9.elf"),
        (change_board(lacks={"pci": NO_PCI}), "the board is listed as lacking it"),
    ],
)
def test_boards_notice(change, words):
    """What is wrong fails the cell by name."""
    cell = other(f"noticed {words}", "armv7")
    change(cell)
    with pytest.raises(Failed) as why:
        cell.run()
    assert words in str(why.value)


def test_boards_notice_interrupts_when_polled():
    """Polled there are none."""
    cell = other("polled", "armv7", waits="polled")
    change_lines("interrupts: 0 by", "interrupts: 1 by")(cell)
    with pytest.raises(Failed, match="1 interrupts were counted"):
        cell.run()


def test_boards_script():
    """The table, and what is refused."""
    code, out, _ = boot.script(*DEMO, "x86-64 q35")
    lines = out.splitlines()
    assert code == 0 and lines[-1] == "demo: OK" and lines[-2] == "demo: 4 cells"
    rows = {line[:10].strip(): line.split() for line in lines}
    cells_of = rows["x86-64 q35"]
    assert (cells_of.count("OK"), cells_of.count("-")) == (4, 4) and len(BUSES) * len(WAITS) == 8
    assert any("says: No 'virtio-bus' bus found" in line for line in lines)
    code, out, err = boot.script(*DEMO, "armv7", "armv9")
    assert (
        code == 1
        and not out
        and "there is no board 'armv9'" in err
        and err.splitlines()[-1].startswith("Next: ")
    )


@pytest.mark.parametrize("level", ["-O0", "-O2"])
def test_boards_port_armv7(work, level):
    """The port's own hooks, as a program calls them that is optimised and one that is not."""
    home, runtime = boot.ROOT / "examples" / "boards", boot.ROOT / "runtime"
    demo, interrupts = home.parent / "demo", home.parent / "interrupts"
    sources = [
        boot.ROOT / "tests/qemu/baremetal/armv7_port.c",
        *(home / "armv7" / name for name in ("start.S", "board.c")),
        *(home / "arm").glob("*.c"),
        home / "say.c",
        demo / "memory.c",
        interrupts / "gic.c",
        boot.joined(
            work,
            [
                *(runtime / "base").glob("*.c"),
                *(runtime / "shared").glob("*.c"),
                *(runtime / "driver").rglob("vwr_tree*.c"),
                *(boot.ROOT / "generated/src").glob("*.c"),
            ],
        ),
    ]
    folders = [
        home,
        home / "armv7",
        home / "arm",
        interrupts,
        runtime / "include",
        boot.ROOT / "generated/include",
        runtime / "port/armv7",
    ]
    output(
        [
            "arm-linux-gnueabi-gcc",
            "-std=c11",
            level,
            "-marm",
            "-Wall",
            "-Wextra",
            "-Werror",
            "-ffreestanding",
            "-nostdlib",
            "-static",
            "-fno-pic",
            "-no-pie",
            "-fno-stack-protector",
            "-march=armv7-a",
            "-mfloat-abi=soft",
            "-mgeneral-regs-only",
            "-mno-unaligned-access",
            "-DVWR_ARMV7_WFI",
            "-DVWR_ARMV7_WFI_TIMER",
            "-Wl,--build-id=none",
            *(f"-I{folder}" for folder in folders),
            "-T",
            home / "armv7/link.ld",
            *sources,
            "-lgcc",
            "-o",
            work / "port.elf",
        ]
    )
    boot.run_port(BOARDS["armv7"].machine, work / "port.elf")


HOOKS = {
    "board_put": "void board_put(char c) { (void)c; }",
    "board_interrupts_start": "void board_interrupts_start(const struct board_description *d) { (void)d; }",
    "board_line": "bool board_line(const struct vwr_interrupt *l, board_handler h, void *p) { return l && h && p; }",
    "board_message": "bool board_message(uint32_t i, struct vwr_pci_message *m, board_handler h, void *p) { return i && m && h && p; }",
    "board_sleep": "void board_sleep(volatile const uint32_t *c, uint32_t s) { while (*c == s) ; }",
    "board_off": "void board_off(int code) { (void)code; for (;;) ; }",
}
START = """
#include "board.h"
void _start(const struct board_description *d) { board_put('a'); board_interrupts_start(d); board_line(0, 0, 0);
    board_message(0, 0, 0, 0); board_sleep(0, 0); board_off(0); }
"""


@pytest.mark.parametrize("missing", [None, *HOOKS])
def test_boards_without_hook(work, missing):
    """A board that has not all of board.h: one sentence of the linker's, for the first of its calls and for all."""
    home = boot.ROOT / "examples" / "boards"
    (work / "board.c").write_text(
        START + "\n".join(text for name, text in HOOKS.items() if name != missing), "utf-8"
    )
    done = completed(
        [
            "aarch64-linux-gnu-gcc",
            "-std=c11",
            "-ffreestanding",
            "-nostdlib",
            "-static",
            "-no-pie",
            "-Wl,--build-id=none",
            "-T",
            boot.ROOT / "examples/demo/link.ld",
            *(
                f"-I{boot.ROOT}/{path}"
                for path in (
                    "examples/boards",
                    "runtime/include",
                    "generated/include",
                    "runtime/port/aarch64",
                )
            ),
            "board.c",
            home / "hooks.ld",
            "-o",
            "board.elf",
        ],
        cwd=work,
    )
    said = [line.partition("/ld: ")[2] for line in done.stderr.splitlines() if "/ld: " in line]
    assert (done.returncode == 0) == (missing is None), done.stderr
    assert said == (
        [f"this board has no {missing}: examples/boards/board.h says what it does"] if missing else []
    ), done.stderr
    assert "hooks.ld" in (home / "CMakeLists.txt").read_text("utf-8")
