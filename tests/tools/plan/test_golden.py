# SPDX-License-Identifier: MIT
"""What good plans become: the committed example, C that compiles everywhere, trees that dtc reads."""

import subprocess

import pytest

import inprocess
from processes import completed, need, output
from vwr import ROOT
from vwr.plan import command as plan
from vwr.plan import drawing
from vwr.plan import render as plan_render

EXAMPLE = ROOT / "examples" / "plan"
INCLUDE = [
    f"-I{ROOT / folder}"
    for folder in ("plan", "monitor/include", "runtime/include", "generated/include", "runtime/port/template")
]
WARNINGS = ["-Wall", "-Wextra", "-Wcast-align", "-pedantic", "-Werror"]
COMPILERS = {
    "gcc": ["gcc", "-std=c11", "-ffreestanding", "-nostdinc", f"-I{ROOT}/tests/ports/freestanding/port"],
    "clang": ["clang", "-std=c11", "-ffreestanding", "-nostdinc", f"-I{ROOT}/tests/ports/freestanding/port"],
    "aarch64": ["clang", "--target=aarch64-none-elf", "-std=c11", "-ffreestanding", *INCLUDE[4:]],
    "armv7": ["clang", "--target=armv7-none-eabi", "-std=c11", "-ffreestanding", *INCLUDE[4:]],
}

TREE = """/dts-v1/;
/ {
    #address-cells = <2>;
    #size-cells = <2>;
%s};
"""
GIC = """
    interrupt-parent = <&gic>;
    gic: interrupt-controller@8000000 {
        compatible = "arm,gic-v3";
        interrupt-controller;
        #interrupt-cells = <3>;
        reg = <0 0x8000000 0 0x10000>, <0 0x80a0000 0 0x20000>;
    };
"""
HEAD = "kind: plan\nname: test\n"
RAM = "memory: [{base: 0x40000000, size: 0x100000}]"
# What the example leaves out.
PLANS = {
    "many": HEAD
    + "disks: [{name: d, sectors: 800, block-size: 4096}, {name: e-2}]\nvms:\n"
    + "".join(
        f"  - {{name: vm-{i}, id: {2 * i}, {RAM}, devices: [{{kind: blk, disk: d, first: {8 * i}, sectors: 8, queues: 4,"
        f" queue-size: 8, id: 'a\"\\??/', transport: legacy}}, {{kind: console, ports: [{{name: a}}, {{name: b}}],"
        f" emergency: true, columns: 1}}]}}\n"
        for i in range(8)
    ),
    "apart": HEAD + "space: shared\nvms:\n  - {name: a, memory: [{base: 0x40000000, size: 0x1000, host: 0},"
    " {base: 0x50000000, size: 0x1000, host: 0x1000}], devices: [{kind: entropy, packed: true, features: []}]}\n"
    "  - {name: b, base: 0xfffffffffff00000, irq: 600, memory: [{base: 0x60000000, size: 0x1000}],"
    " devices: [{kind: entropy, features: [IN_ORDER, NOTIFICATION_DATA, RING_RESET, RING_PACKED]}]}\n",
    "alike": HEAD + "trigger: level\ncoherent: false\nvms:\n"
    f"  - {{name: a, {RAM}, devices: [{{kind: entropy, features: []}}]}}\n"
    f"  - {{name: b, base: 0x0a000000, irq: 48, {RAM}, devices: [{{kind: console, slot: 15, irq: 700}}]}}\n",
    "all": HEAD
    + "vm-irqs: 16\ndisks: [{name: h, sectors: 16}, {name: i}]\nswitches: [{name: lan-1, uplink: true, addresses: 3, offloads: [USO, CSUM, TSO4, TSO6, ECN, UFO]},"
    " {name: b}]\nscreens: [{name: c, width: 4095, height: 1}, {name: d}]\nfolders: [{name: e, size: 4096, files: 4},"
    " {name: f, path: .}, {name: g}]\nvms:\n"
    f"  - {{name: a, {RAM}, devices: [{{kind: net, switch: lan-1, mac: 'fe:ff:ff:ff:ff:ff', mtu: 68, pairs: 2}},"
    " {kind: network, switch: b, transport: legacy}, {kind: gpu, screen: [d, c], memory: 0x800000, resources: 3},"
    " {kind: input, model: keyboard, serial: 'a\"b', events: 16}, {kind: input, model: mouse},"
    " {kind: input, model: tablet}, {kind: input, model: multitouch}, {kind: folder, folder: e, fids: 8, requests: 2,"
    " msize: 4096}, {kind: 9p, folder: f, transport: legacy, queue-size: 2}, {kind: folder, folder: g},"
    " {kind: fs, folder: e, tag: t, nodes: 8, requests: 2, queues: 2}, {kind: fs, folder: g},"
    " {kind: balloon, must-tell: true, statistics: true, hinting: true, reporting: true, poison: true,"
    " deflate-on-oom: true}, {kind: scsi, queues: 3, requests: 2, units: [{disk: h, sectors: 8, serial: 'a\"b'},"
    " {disk: h, first: 8, sectors: 8, target: 255, lun: 16383, product: 'p', read-only: true}]},"
    " {kind: scsi, units: [{disk: i}]}, {kind: vsock, sockets: 1, buffer: 4096}]}\n"
    f"  - {{name: b, {RAM}, devices: [{{kind: crypto, sessions: 2, key-bytes: 64, max-bytes: 256, queues: 2, requests: 3}},"
    " {kind: sound}, {kind: i2c, max-bytes: 300, queue-size: 4}, {kind: can}, {kind: spi, max-bytes: 257}, {kind: pmem, region: {base: 0x90000000, size: 0x1000}}, {kind: mem, region: {base: 0x10000000, size: 0x20000000}}, {kind: gpio, lines: ['a\"b', '', '0'], queue-size: 8}, {kind: gpio}]}\n",
    "watched": HEAD + "disks: [{name: d}]\nvms:\n"
    f"  - {{name: a, monitor: true, {RAM}, devices: [{{kind: block, disk: d, queues: 4, packed: true}},"
    " {kind: console}]}\n"
    f"  - {{name: b, monitor: false, {RAM}, devices: [{{kind: console}}]}}\n",
    "pci": HEAD + "trigger: edge\ncoherent: false\ndisks: [{name: d}]\nvms:\n"
    f"  - {{name: a, bus: pci, {RAM}, devices: [{{kind: block, disk: d, queues: 4, packed: true}},"
    " {kind: entropy, slot: 31, irq: 700, tolerate: qemu}]}\n"
    f"  - {{name: b, bus: mmio, {RAM}, devices: [{{kind: console}}]}}\n"
    f"  - {{name: c, bus: pci, id: 5, base: 0x400000000000, irq: 800, {RAM}, devices: [{{kind: entropy}}]}}\n",
}


def made(text, source="vms.yaml"):
    """({file name: text}, the plan)."""
    one, spec, problems = plan.read(source, text)
    assert not problems.count, problems.render()
    return plan_render.render(one, spec.license, source), one


def compiled(folder, compiler, *options):
    """What the compiler says against the tables in a folder, '' if nothing."""
    need(COMPILERS[compiler][0])
    source = next(folder.glob("vwr_plan_*.c"))
    done = completed(
        [*COMPILERS[compiler], *INCLUDE[:4], *WARNINGS, *options, "-c", source, "-o", folder / "x.o"]
    )
    return done.stderr if done.returncode else ""


def put(folder, files):
    for name, content in files.items():
        (folder / name).write_bytes(content)


def test_the_example_is_what_its_plan_makes():
    files, _ = made((EXAMPLE / "vms.yaml").read_bytes())
    assert {
        path.name: path.read_bytes() for path in EXAMPLE.glob("vwr_plan_*")
    } == files, "Next: ./vwr plan examples/plan/vms.yaml --out examples/plan"


SOAK = pytest.mark.soak(
    "gcc compiles every plan's tables, the others those of these two, which have all between them"
)
BOTH = ("all", "pci")


@pytest.mark.parametrize(
    "name, compiler",
    [
        pytest.param(name, compiler, marks=() if compiler == "gcc" or name in BOTH else SOAK)
        for name in PLANS
        for compiler in COMPILERS
    ],
)
def test_tables_compile(tmp_path, name, compiler):
    put(tmp_path, made(PLANS[name])[0])
    assert not compiled(tmp_path, compiler)


@pytest.mark.parametrize("name", [pytest.param(name, marks=() if name in BOTH else SOAK) for name in PLANS])
def test_the_header_is_cplusplus_too(tmp_path, name):
    need("g++")
    put(tmp_path, made(PLANS[name])[0])
    output(
        [
            "g++",
            "-std=c++17",
            *INCLUDE,
            f"-I{tmp_path}",
            *WARNINGS[:2],
            "-Werror",
            "-fsyntax-only",
            "-xc++",
            "-",
        ],
        input='#include "vwr_plan_test.h"\n',
    )


@pytest.mark.parametrize("compiler", ("gcc", "clang"))
def test_too_little_memory_does_not_compile(tmp_path, compiler):
    put(tmp_path, made(PLANS["alike"])[0])
    assert not compiled(tmp_path, compiler, "-DVWR_PLAN_TEST_MEMORY=0x100000")
    said = compiled(tmp_path, compiler, "-DVWR_PLAN_TEST_MEMORY=1000")
    assert "VWR_PLAN_TEST_MEMORY is too small" in said and "out of vms.yaml" in said


def test_an_old_table_does_not_compile(tmp_path):
    files = made(PLANS["alike"])[0]
    files = {
        name: content.replace(b"VWR_VPLAN_ABI != 3", b"VWR_VPLAN_ABI != 2") for name, content in files.items()
    }
    put(tmp_path, files)
    assert "run ./vwr plan again" in compiled(tmp_path, "gcc")


def test_an_address_says_its_vm_where_it_can(tmp_path):
    many, one = made(PLANS["many"])
    assert plan_render._trap(one) == {
        "base": 0x0A000000,
        "shift": 16,
        "table": [0, None, 1, None, 2, None, 3, None, 4, None, 5, None, 6, None, 7],
    }
    assert b"vwr_plan_test_access(" in many["vwr_plan_test.h"]
    for name in ("apart", "alike"):
        assert b"vwr_plan_test_access(" not in made(PLANS[name])[0]["vwr_plan_test.h"]


def test_addresses_and_interrupts_of_the_seed():
    rows = [(device.address, device.irq) for device in made(PLANS["many"])[1].devices()]
    assert rows == [
        (0x0A000000 + 0x10000 * vm + 0x1000 * device, 48 + 8 * vm + device)
        for vm in range(0, 16, 2)
        for device in range(2)
    ]


def run_dtc(*options, given, cwd):
    return subprocess.run(["dtc", *options], input=given, cwd=cwd, capture_output=True, check=True)


def tree_of_pci(text, vm):
    """The node of a bus, as dtc writes it: an interrupt for each device, and one for each message."""
    high, low = f"{vm.base >> 32:#04x}", f"{vm.base & 0xFFFFFFFF:#04x}"
    assert f"pcie@{vm.base:x} {{" in text and f"reg = <{high} {low} 0x00 0x100000>" in text
    assert f"v2m@{vm.base + 0x200000:x} {{" in text and "dma-coherent" not in text
    assert f"arm,msi-base-spi = <{vm.irq + 8:#x}>" in text
    assert f"arm,msi-num-spis = <{sum(device.queues + 1 for device in vm.devices):#04x}>" in text
    rows = [
        f"{device.slot << 11:#04x} 0x00 0x00 0x01 0x01 0x00 0x00 0x00 {device.irq - 32:#04x} 0x04"
        for device in sorted(vm.devices, key=lambda one: one.slot)
    ]
    assert f"interrupt-map = <{' '.join(rows)}>" in text.replace(">, <", " "), text
    return True


@pytest.mark.parametrize("name", PLANS)
def test_dtc_reads_the_trees(tmp_path, name):
    need("dtc", debian="device-tree-compiler")
    files, one = made(PLANS[name])
    put(tmp_path, files)
    for vm in one.vms:
        file = f"vwr_plan_test_{vm.name.replace('-', '_')}.dtsi"
        text = f'{TREE % (GIC if vm.is_pci else "")}/include/ "{file}"\n'
        options = ["-W", "no-interrupts_property", "-E", "unit_address_format"]
        done = run_dtc(*options, "-O", "dtb", given=text.encode(), cwd=tmp_path)
        assert not done.stderr
        # From the blob, for dtc 1.7 keeps a source's labels and notation: &gic, 0xf800.
        done = run_dtc("-q", "-I", "dtb", "-O", "dts", given=done.stdout, cwd=tmp_path)
        tree = done.stdout.decode()
        if vm.is_pci:
            assert tree_of_pci(tree, vm)
            continue
        assert tree.count('compatible = "virtio,mmio"') == len(vm.devices)
        for device in vm.devices:
            assert f"virtio_mmio@{device.address:x} {{" in tree
            kind = 1 if one.edge else 4
            assert f"interrupts = <0x00 {device.irq - 32:#04x} {kind:#04x}>" in tree
        assert tree.count("dma-coherent") == (len(vm.devices) if one.coherent else 0)


def test_the_listing():
    assert plan_render.listed(made((EXAMPLE / "vms.yaml").read_bytes())[1]).splitlines()[:8] == [
        "plan two-guests: 2 VMs, 13 devices",
        "disk real: 131072 sectors, blocks of 512",
        "switch lan: 3 ports with the uplink, learns 64 addresses",
        "screen wall: 640 x 480",
        "folder home: a tree of 1 MiB in memory",
        "",
        "vm 0 alpha",
        "  000000000a000000-000000000a000fff  block0 slot 0 irq 48 modern, 1 queue of 256, real from sector 0 to 65535,"
        " INDIRECT_DESC EVENT_IDX",
    ]


@pytest.mark.parametrize("name", PLANS)
def test_the_listing_has_each_device(name):
    one = made(PLANS[name])[1]
    words = [line.split()[1] for line in plan_render.listed(one).splitlines() if " slot " in line]
    assert sorted(words) == sorted(device.name for device in one.devices())


def test_a_bus_in_the_listing_and_in_the_drawing():
    one = made(PLANS["pci"])[1]
    listed = plan_render.listed(one).splitlines()
    for row in (
        "  000000000b000000-000000000b0fffff  configuration spaces (ECAM)",
        "  000000000b100000-000000000b1fffff  BARs",
        "  000000000b200000-000000000b200fff  messages (GICv2m), interrupts 56 to 62",
        "  000000000b0f8000-000000000b0fffff  entropy0 slot 31 irq 700 function 00:1f.0, 2 vectors, tolerate: qemu, 1 queue of 256,"
        " INDIRECT_DESC EVENT_IDX",
        "  0000400000200000-0000400000200fff  messages (GICv2m), interrupts 808 to 809",
    ):
        assert row in listed, (row, listed)
    rows = drawing.text(one).splitlines()
    assert rows[1].startswith("┌─ VM 0 a on PCI ─")
    assert "│ 00:1f.0  irq 700  entropy0" in "\n".join(rows)
    assert any(row.startswith("│ 0xb200000  messages (GICv2m), interrupts 56 to 62 ") for row in rows)


def drawn(name, ascii_only=False):
    return drawing.text(made(PLANS[name])[1], ascii_only).splitlines()


def test_the_drawing():
    text = drawing.text(made((EXAMPLE / "vms.yaml").read_bytes())[1])
    rows = text.splitlines()
    assert f"```text drawing\n{text}```\n" in (ROOT / "codegen/vwr/plan/README.md").read_text(
        encoding="utf-8"
    )
    assert rows[:6] == [
        "two-guests: 2 VMs, 13 devices",
        "┌─ VM 0 alpha ──────────────────────────────────────────┐",
        "│ 0x40000000  memory 256 MiB                            │",
        "│ 0xa000000  irq 48   block0    sectors 0 to 65535      ├─┐",
        "│ 0xa001000  irq 49   console0  1 port                  │ │",
        "│ 0xa002000  irq 50   entropy0                          │ │",
    ]
    assert "│ 0xa013000  irq 67   network0  52:54:00:00:00:02       ├─┼─┤ │ │" in rows
    assert rows[-1] == "└───────────────────────────────────────────────────────┘"


def way(rows, row):
    """The row of the box that the line of a row leads to: along the line, which ends where it does not cross another."""
    column = rows[row].index("├") + 1
    while rows[row][column] in "─┼":
        column += 1
    assert rows[row][column] in "┐┤", rows[row]
    while rows[row][column] != "┘":
        row += 1
    return row


def test_lines_of_a_drawing_lead_to_what_is_shared():
    plain, rows = drawn("all", ascii_only=True), drawn("all")
    assert all(row.isascii() for row in plain) and len(plain) == len(rows)
    for word, title in (
        ("network0", "switch lan-1: 2 ports"),
        ("network1", "switch b: 1 port"),
        ("folder0", "folder e"),
        ("folder1", "folder f"),
        ("folder2", "folder g"),
        ("fs0", "folder e"),
        ("fs1", "folder g"),
    ):
        start = next(at for at, row in enumerate(rows) if f" {word} " in row)
        assert title in rows[way(rows, start) - 1]
    gpu = next(row for row in rows if " gpu0 " in row)
    assert gpu.count("┐") == 1 and gpu.count("┬") == 1  # both screens


def run(*args, **options):
    """The command line."""
    return inprocess.run("plan", *args, **options)


def test_command_line(tmp_path):
    file = tmp_path / "vms.yaml"
    file.write_text(PLANS["alike"], encoding="utf-8")
    out = tmp_path / "out"
    assert run(file, "--out", out, "--check").returncode == 1
    assert "4 files, 4 changed" in run(file, "--out", out).stdout
    assert "4 files, 0 changed" in run(file, "--out", out).stdout
    assert run(file, "--out", out, "--check").returncode == 0
    source = out / "vwr_plan_test.c"
    source.write_text(source.read_text(encoding="utf-8").replace(".vms = 2", ".vms = 3"), encoding="utf-8")
    stale = run(file, "--out", out, "--check")
    assert stale.returncode == 1 and "vwr_plan_test.c:" in stale.stderr and "\nNext: " in stale.stderr
    assert stale.stderr.endswith(f" plan {file} --out {out}\n")
    assert "┌─ VM 1 b ─" in run(file).stdout and "vm 1 b" in run(file, "--list").stdout
    file.write_text(PLANS["alike"].replace("slot: 15", "slot: 16"), encoding="utf-8")
    bad = run("vms.yaml", "--out", out, cwd=tmp_path)
    assert (
        bad.returncode == 1
        and bad.stderr.startswith("vms.yaml:7:")
        and " | " in bad.stderr
        and "^~" in bad.stderr
    )
    missing = run("none.yaml", cwd=tmp_path)
    assert missing.returncode == 2 and missing.stderr == "vwr plan: none.yaml: No such file or directory\n"
