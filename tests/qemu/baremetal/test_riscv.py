# SPDX-License-Identifier: MIT
"""The RISC-V boards: more harts than one; device trees that are wrong about interrupts, each of which is seen."""
import pathlib

import pytest

import boot
import images

from cells import BUSES, OPENSBI, RISCV, RISCV32, Board, Cell, folder
from steps import Failed
from processes import output

CONTROLLERS = {"PLIC": ("virt", "lines"), "IMSIC": ("virt,aia=aplic-imsic", "messages")}
IMAGES = {"riscv64": RISCV, "riscv64_sbi": OPENSBI, "riscv32": RISCV32}
MMIO, PCI = BUSES[1], BUSES[2]
CELL = 4


def cell_of(test, name, bus, *machine, image="riscv64"):
    """By interrupt; `name` is one of CONTROLLERS. Each test has folders of its own."""
    kind, pci = CONTROLLERS[name]
    return Cell(
        Board(f"{image} {name} {test}", image, (*IMAGES[image], kind, *machine), pci=pci), bus, "interrupt"
    )


@pytest.mark.parametrize(
    "image, name, bus",
    [
        ("riscv64", "PLIC", MMIO),
        ("riscv64", "IMSIC", PCI),
        ("riscv64_sbi", "PLIC", PCI),
        ("riscv32", "PLIC", PCI),
    ],
)
def test_riscv_aclint(image, name, bus):
    """The timer is an ACLINT's, whose registers are in ranges of their own."""
    cell_of("aclint", name, bus, "-M", "aclint=on", image=image).run()


@pytest.mark.parametrize("bus", [MMIO, PCI], ids=["mmio", "pci"])
@pytest.mark.parametrize(
    "name, machine",
    [("PLIC", ("-smp", "3")), ("IMSIC", ("-smp", "3")), ("IMSIC", ("-smp", "2", "-M", "aia-guests=3"))],
)
def test_riscv_harts(name, machine, bus):
    """Only hart 0 goes on, and it finds what is its own of the controllers."""
    cell_of("harts", name, bus, *machine).run()


@pytest.mark.parametrize("bus", [MMIO, PCI], ids=["mmio", "pci"])
@pytest.mark.parametrize("image", ["riscv64_sbi", "riscv32"], ids=["supervisor", "32-bits"])
def test_riscv_imsic(image, bus):
    """Messages to supervisor mode, and with registers of 32 bits."""
    cell_of("also", "IMSIC", bus, image=image).run()


@pytest.mark.parametrize("boot_number", range(2))
@pytest.mark.parametrize("bus", [MMIO, PCI], ids=["mmio", "pci"])
def test_riscv_imsic_harts(bus, boot_number):
    """OpenSBI starts the hart that comes first: of eight, in half of the boots, it is another one than hart 0."""
    cell_of(f"harts {boot_number}", "IMSIC", bus, "-smp", "8", image="riscv64_sbi").run()


@pytest.mark.parametrize("bus", [MMIO, PCI], ids=["mmio", "pci"])
def test_riscv_supervisor_harts(bus):
    """OpenSBI starts one of the harts, whichever came first."""
    cell_of("harts", "PLIC", bus, "-smp", "3", image="riscv64_sbi").run()


@pytest.mark.parametrize("image", IMAGES)
def test_riscv_exception(image):
    """In place of the program's first instruction one that there is not: which exception, and where."""
    broken, at = images.broken(folder() / f"{image}.elf", bytes(4))
    cell = Cell(Board(f"{image} exception", broken.stem, (*IMAGES[image], "virt")), PCI, "polled")
    with pytest.raises(Failed, match="an exception"):
        cell.run()
    mode, digits = "s" if IMAGES[image] == OPENSBI else "m", 8 if image == "riscv32" else 16
    assert cell.lines[-5:-2] == [
        "exception: illegal instruction",
        f"  {mode}cause 0x{2:0{digits}x}",
        f"  {mode}epc   0x{at:0{digits}x}",
    ]


GCC = (
    "riscv64-linux-gnu-gcc -std=c11 -Wall -Wextra -Werror -ffreestanding -nostdlib -static -fno-pic -no-pie -fno-stack-protector"
    " -mcmodel=medany -mstrict-align -DVWR_RISCV_WFI -DVWR_RISCV_WFI_TIMER -DVWR_RISCV_TIME_HZ=10000000u"
    " -Wl,--build-id=none -Wl,--gc-sections -ffunction-sections -fdata-sections"
).split()
RV64, RV32 = ("-march=rv64imac_zicsr", "-mabi=lp64"), ("-march=rv32imac_zicsr", "-mabi=ilp32")
MACHINE = ("-DVWR_RISCV_MACHINE", "-Wl,--defsym=IMAGE_START=0x80000000")
SUPERVISOR = ("-Wl,--defsym=IMAGE_START=0x80200000",)
MTIME = "-DVWR_RISCV_MTIME=0x0200bff8u"
PORTS = {
    "machine": (RISCV, "-O2", *RV64, *MACHINE),
    "machine-O0": (RISCV, "-O0", *RV64, *MACHINE),
    "machine-mtime": (RISCV, "-O2", *RV64, *MACHINE, MTIME),
    "supervisor": (OPENSBI, "-O2", *RV64, *SUPERVISOR),
    "supervisor-O0": (OPENSBI, "-O0", *RV64, *SUPERVISOR),
    "32-bits": (RISCV32, "-O2", *RV32, *MACHINE),
    "32-bits-mtime": (RISCV32, "-O0", *RV32, *MACHINE, MTIME),
}


def run_port(work, name):
    """The port's own hooks; nothing of the compiler's library."""
    board, runtime = boot.ROOT / "examples" / "boards" / "riscv", boot.ROOT / "runtime"
    qemu, *flags = PORTS[name]
    timer = "sbi.c" if qemu == OPENSBI else "clint.c"
    sources = [
        pathlib.Path(__file__).with_name("riscv_port.c"),
        *(
            board / source
            for source in ("start.S", "board.c", "uart.c", "machine.c", "irq.c", "plic.c", "aia.c", timer)
        ),
        boot.ROOT / "examples" / "demo" / "memory.c",
        boot.joined(
            work,
            [
                *(runtime / "base").glob("*.c"),
                *(runtime / "shared").glob("*.c"),
                *(runtime / "driver").rglob("vwr_tree*.c"),
            ],
        ),
    ]
    folders = [
        board,
        board.parent,
        runtime / "include",
        boot.ROOT / "generated" / "include",
        runtime / "port" / "riscv",
    ]
    output(
        [
            *GCC,
            *flags,
            *(f"-I{folder}" for folder in folders),
            "-T",
            board / "link.ld",
            *sources,
            "-o",
            work / "port.elf",
        ]
    )
    boot.run_port([*qemu, "virt", "-m", "128M"], work / "port.elf")


@pytest.mark.parametrize("name", [name for name in PORTS if not name.startswith("32")])
def test_riscv_port(work, name):
    """In both modes."""
    run_port(work, name)


@pytest.mark.parametrize("name", [name for name in PORTS if name.startswith("32")])
def test_riscv_port_32_bits(work, name):
    """Where a clock has two halves and nothing divides 64 bits."""
    run_port(work, name)


def tree_of(folder, name):
    """The board's own device tree."""
    return images.Tree(folder, *RISCV, CONTROLLERS[name][0])


def cells_changed(change):
    """Of a value in cells: `change` answers another list of them."""

    def changed(value):
        cells = [int.from_bytes(value[i : i + CELL], "big") for i in range(0, len(value), CELL)]
        return b"".join(cell.to_bytes(CELL, "big") for cell in change(cells))

    return changed


def elsewhere(cells):
    """A controller's registers, where nothing is."""
    return [cells[0], cells[1] + 0x01000000, *cells[2:]]


def next_lines(cells):
    """The map of the PCI host's lines, to others: a row is a function, a pin, the controller, the line and maybe its sense."""
    row = len(cells) // 16
    return [cell + 4 if i % row == 5 else cell for i, cell in enumerate(cells)]


def next_line(cells):
    return [cells[0] + 40, *cells[1:]]


def supervisor(cells):
    """Interrupts to machine mode are to supervisor mode."""
    return [9 if i % 2 == 1 and cell == 11 else cell for i, cell in enumerate(cells)]


def small_window(size):
    """The window below 4 GiB of the PCI host has only so much room."""

    def small(cells):
        assert cells[7:10] == [
            0x02000000,
            0,
            0x40000000,
        ], "the second row of ranges is not that window any more"
        return [*cells[:12], 0, size, *cells[14:]]

    return cells_changed(small)


def test_riscv_window_above_4_gib(work):
    """BARs of 64 bits that find no room below: their registers are reached all the same."""
    tree = tree_of(work, "IMSIC")
    tree.change("pci@", "ranges", small_window(0x2000))  # the tables of messages of two functions
    cell_of("window", "IMSIC", PCI, "-dtb", str(tree.path)).run()


# By their addresses: QEMU 10 calls them interrupt-controller.
IMSIC, IMSICS, APLIC = "[a-z-]+@24000000", "[a-z-]+@2[48]000000", "[a-z-]+@c000000"
NO_LINE = "ERROR: the device has no interrupt that the board supports"
NOBODY = "board: FAILED: 0 interrupts were counted"
WRONG = [
    ("PLIC", PCI, "pci@", "interrupt-map", cells_changed(next_lines), NOBODY),
    ("PLIC", MMIO, "virtio_mmio@", "interrupts", cells_changed(next_line), NOBODY),
    ("IMSIC", MMIO, "virtio_mmio@", "interrupts", cells_changed(next_line), NOBODY),
    ("IMSIC", PCI, IMSIC, "reg", cells_changed(elsewhere), NOBODY),
    ("PLIC", MMIO, "virtio_mmio@", "interrupts", cells_changed(lambda cells: [0x61]), NO_LINE),
    ("IMSIC", MMIO, "virtio_mmio@", "interrupts", cells_changed(lambda cells: [cells[0], 3]), NO_LINE),
    ("IMSIC", PCI, "pci@", "ranges", small_window(0), "no disk found"),
    (
        "PLIC",
        PCI,
        "plic@",
        "compatible",
        lambda value: value.replace(b"plic", b"clip"),
        "neither a PLIC nor an APLIC with an IMSIC",
    ),
    (
        "PLIC",
        PCI,
        "plic@",
        "interrupts-extended",
        cells_changed(supervisor),
        "neither a PLIC nor an APLIC with an IMSIC",
    ),
    (
        "IMSIC",
        PCI,
        IMSICS,
        "interrupts-extended",
        cells_changed(supervisor),
        "neither a PLIC nor an APLIC with an IMSIC",
    ),
    ("IMSIC", PCI, APLIC, "riscv,num-sources", cells_changed(lambda cells: [255]), "fewer identities"),
    ("PLIC", PCI, "clint@", "compatible", lambda value: value.replace(b"clint", b"tnilc"), "no CLINT"),
    (
        "PLIC",
        PCI,
        "cpus",
        "timebase-frequency",
        cells_changed(lambda cells: [1000000]),
        "the timer frequency differs",
    ),
    ("PLIC", PCI, "cpu@0", "reg", cells_changed(lambda cells: [1]), "no interrupt controller of this hart"),
]


@pytest.mark.parametrize(
    "name, bus, node, property_name, change, words",
    WRONG,
    ids=[f"{name}-{bus.kind}-{property_name}" for name, bus, _, property_name, _, _ in WRONG],
)
def test_riscv_wrong_tree(work, name, bus, node, property_name, change, words):
    """An end in bounded time, with what is missing: each sleep for an interrupt that does not come is bounded."""
    tree = tree_of(work, name)
    tree.change(node, property_name, change)
    cell = cell_of("wrong", name, bus, "-dtb", str(tree.path))
    with pytest.raises(Failed) as failed:
        cell.run()
    assert words in str(failed.value) + "\n".join(cell.lines)
