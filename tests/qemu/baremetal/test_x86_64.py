# SPDX-License-Identifier: MIT
"""The board x86-64: more processors than one, one I/O APIC and two; machines that are wrong, each of which is seen."""
import pathlib

import pytest

import boot
import images

from cells import BUSES, X86, Board, Bus, Cell, folder
from steps import Failed
from processes import output

MMIO, PCI, LEGACY = BUSES[1], BUSES[2], BUSES[3]
ACPI_OFF = ("-machine", "acpi=off")
PCIE = ("-machine", "pcie=on")
FAR, FAR_BYTES = 0xFFFE00000, 0x200000  # the last 2 MiB that the board maps: 64 GiB
FAR_ASKED, FAR_ANSWERED = (n.to_bytes(8, "little") for n in (0x0123456789ABCDEF, 0xFEDCBA9876543210))
NO_MSIX = ("-global", "virtio-blk-pci.vectors=0")


def cell_of(test, bus, *machine, pci="messages"):
    """By interrupt. Each test has folders of its own."""
    return Cell(Board(f"x86-64 {test}", "x86_64", (*X86, *machine), code=(1, 3), pci=pci), bus, "interrupt")


def on_lines(*numbers, first=0xFEB00E00):
    """Virtio-mmio whose devices our own command line names in place of QEMU's: the disk, and below it the other one."""
    devices = " ".join(
        f"virtio_mmio.device=512@{first - 512 * i:#x}:{number}" for i, number in enumerate(numbers)
    )
    return Bus(
        "MMIO",
        "mmio",
        "modern",
        "device",
        "",
        (*MMIO.machine, "-machine", "auto-kernel-cmdline=off", "-append", f"interrupt {devices}"),
    )


GCC = (
    "x86_64-linux-gnu-gcc -m64 -std=c11 -Wall -Wextra -Werror -ffreestanding -nostdlib -static -fno-pic -no-pie -fno-stack-protector"
    " -mgeneral-regs-only -mno-red-zone -fcf-protection=none -Wl,--build-id=none -Wl,--gc-sections -ffunction-sections -fdata-sections"
).split()


@pytest.mark.parametrize("level", ["-O2", "-O0"])
def test_x86_64_port(work, level):
    """The port's own hooks: registers, I/O ports, clock, sleep; and memory of a device at the end of what is mapped."""
    board, runtime = boot.ROOT / "examples" / "boards" / "x86", boot.ROOT / "runtime"
    sources = [
        pathlib.Path(__file__).with_name("x86_64_port.c"),
        *board.glob("*.c"),
        board / "start_x86_64.S",
        boot.ROOT / "examples" / "demo" / "memory.c",
        boot.joined(
            work,
            [
                *(runtime / "base").glob("*.c"),
                *(runtime / "shared").glob("*.c"),
                *(
                    runtime / "driver" / name
                    for name in ("discover/acpi/vwr_acpi.c", "transport/pci/vwr_pci_ports.c")
                ),
            ],
        ),
    ]
    folders = [board.parent, runtime / "include", boot.ROOT / "generated" / "include"]
    output(
        [
            *GCC,
            level,
            "-iquote",
            board,
            *(f"-I{folder}" for folder in folders),
            "-T",
            board / "link.ld",
            *sources,
            "-o",
            work / "port.elf",
        ]
    )
    (work / "far").write_bytes(FAR_ASKED + bytes(FAR_BYTES - len(FAR_ASKED)))
    far = f"memory-backend-file,id=far,mem-path={work / 'far'},size={FAR_BYTES},share=on"
    pmem = f"virtio-pmem-pci,memdev=far,memaddr={FAR:#x}"
    memory = ("-m", "128M,slots=1,maxmem=64G", "-object", far, "-device", pmem)
    boot.run_port([*X86, "q35", *memory], work / "port.elf", code=1)
    last = (work / "far").read_bytes()[-len(FAR_ANSWERED) :]
    assert (
        last == FAR_ANSWERED
    ), f"the last bytes of the device's memory are {last.hex()}, not {FAR_ANSWERED.hex()}"


@pytest.mark.parametrize(
    "bus, machine",
    [(MMIO, ("microvm", *ACPI_OFF)), (PCI, ("microvm", *PCIE)), (LEGACY, ("q35",))],
    ids=["microvm-mmio", "microvm-pci", "q35-legacy"],
)
def test_x86_64_processors(bus, machine):
    """Messages and lines go to the first."""
    cell_of("processors", bus, *machine, "-smp", "3").run()


def mapped(bus, machine, words):
    """Where QEMU has had the disk's registers, one after the other: its I/O on the legacy interface, else the BAR of its structures."""
    cell = cell_of(
        f"{words} {machine}",
        bus._replace(machine=("-append", words, "-trace", "pci_update_mappings_add")),
        machine,
    )
    cell.run()
    bar = 0 if bus == LEGACY else 4
    return [
        int(at, 16)
        for at, in cell.said(
            rf"pci_update_mappings_add virtio-blk-pci 00:01.0 {bar},(0x[0-9a-f]+)\+0x[0-9a-f]+"
        )
    ]


@pytest.mark.parametrize("bus, first", [(PCI, 0xC0000000), (LEGACY, 0xC000)], ids=["modern", "legacy"])
def test_x86_64_place(bus, first):
    """q35: as its firmware has placed all, or anew by us, from the beginning of the window."""
    by_firmware = mapped(bus, "q35", "interrupt")
    assert len(set(by_firmware)) == 1
    by_us = mapped(bus, "q35", "interrupt place")
    assert by_us[0] == by_firmware[0] and first <= by_us[-1] < first + 0x8000
    if bus == PCI:
        assert by_us[-1] != by_firmware[-1]


def test_x86_64_nobody_placed():
    """microvm: no firmware has placed anything."""
    assert {at & ~0x7FFF for at in mapped(PCI, "microvm,pcie=on", "interrupt")} == {0xC0000000}


@pytest.mark.parametrize("kind", ["messages", "lines"])
@pytest.mark.parametrize("bus", [PCI, LEGACY], ids=["modern", "legacy"])
def test_x86_64_ports(bus, kind):
    """The machine pc: configuration space by the ports 0xcf8 and 0xcfc."""
    cell_of("ports", bus, "pc", *(NO_MSIX if kind == "lines" else ()), pci=kind).run()


@pytest.mark.parametrize(
    "bus, machine",
    [(PCI, "q35"), (LEGACY, "q35"), (PCI, "microvm,pcie=on")],
    ids=["q35-modern", "q35-legacy", "microvm-modern"],
)
def test_x86_64_intx(bus, machine):
    """A device without MSI-X."""
    cell_of("intx", bus, machine, *NO_MSIX, pci="lines").run()


def test_x86_64_second_io_apic():
    """Of ACPI's table: lines from 24 on."""
    cell_of("second", on_lines(47, 46, first=0xFEB02E00), "microvm,ioapic2=on").run()


def test_x86_64_one_io_apic():
    """The same by ACPI's table, with the lines of the one."""
    cell_of("one", on_lines(23, 22), "microvm,ioapic2=off").run()


NOBODY = "0 interrupts were counted"
WRONG = [
    ("no APIC", PCI, ("q35", "-cpu", "qemu64,-apic"), "the processor has no APIC"),
    ("other lines", PCI, ("microvm,pcie=on,ioapic2=off", *NO_MSIX), NOBODY),
    ("another line", on_lines(4, 11), ("microvm", *ACPI_OFF), NOBODY),
    ("no line", on_lines(99, 11), ("microvm", *ACPI_OFF), "a disk failed"),
    ("no device", on_lines(5, first=0xFEB00000), ("microvm", *ACPI_OFF), "no disk found"),
    ("wrong words", on_lines("x"), ("microvm", *ACPI_OFF), "no disk found"),
    ("no PCI", PCI, ("microvm,pcie=off",), "No 'PCI' bus found"),
]


@pytest.mark.parametrize(
    "name, bus, machine, words", WRONG, ids=[name.replace(" ", "-") for name, *_ in WRONG]
)
def test_x86_64_wrong_machine(name, bus, machine, words):
    """An end in bounded time, with what is missing: each sleep for an interrupt that does not come is bounded."""
    with pytest.raises(Failed, match=words):
        cell_of(f"wrong {name}", bus, *machine).run()


READS_NOWHERE = b"\x48\xa1" + (0x123456789000).to_bytes(8, "little")  # movabs 0x123456789000, %rax


@pytest.mark.parametrize(
    "code, said",
    [
        (b"\x0f\x0b", ("0000000000000006", "0000000000000000")),
        (READS_NOWHERE, ("000000000000000e", "0000123456789000")),
    ],
    ids=["ud2", "page-fault"],
)
def test_x86_64_exception(code, said):
    """In place of the program's first instruction: which exception, where, and CR2."""
    image, at = images.broken(folder() / "x86_64.elf", code)
    cell = Cell(Board("x86-64 exception", image.stem, (*X86, "q35"), code=(1, 3)), PCI, "polled")
    with pytest.raises(Failed, match="an exception"):
        cell.run()
    assert cell.code == 3
    assert [line.split()[-1] for line in cell.lines if line.startswith(("exception", "  RIP", "  CR2"))] == [
        said[0],
        f"{at:016x}",
        said[1],
    ]
