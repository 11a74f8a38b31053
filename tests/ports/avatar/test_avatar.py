# SPDX-License-Identifier: MIT
"""Avatar's block frontend on top of Virtwright, in a tree that is built like Avatar and booted at EL2."""
import functools
import os
import re
import shutil

import pytest

import host
from host import SECTOR, pattern, pattern_disk
from processes import completed


# Both layouts of virtio-mmio are those of `all` and of `guests`; the others have one, alternately.


def passed(text):
    """The guest reports success, and nothing else was wrong or unexpected."""
    assert text.splitlines()[0].startswith("stand-in at exception level 2")
    assert text.splitlines()[-1] == "RESULT: PASSED"
    assert "WRONG" not in text and "EXCEPTION" not in text


def fat_disk(work):
    """A FAT32 image with two files, and their contents."""
    path = work / "fat.img"
    host.run("mkfs.vfat", "-C", "-F", "32", "-s", "1", "-n", "AVATAR", path, "34816")
    for name, size in ("HELLO.TXT", 6), ("LONGER.BIN", 70000):
        (work / name).write_bytes(bytes(i * 5 & 0xFF for i in range(size)))
        host.run("mcopy", "-i", path, work / name, "::")
    return path


# For what is compiled and not linked: Avatar's -O0 has no warning that comes later.
CHECKED = "CFLAGS_EXTRA=-fsyntax-only"


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    """The tree of a built image as it was before, once for all that change no file of it."""
    return functools.cache(
        lambda image=host.image: host.copy(tmp_path_factory.mktemp("sources") / "tree", image())
    )


def test_build():
    """Flags, names and flat objects of Avatar's, with warnings, without one; nothing is missing at the link."""
    tree = host.image().parent
    objects = sorted(path.name for path in tree.glob("*.o"))
    sources = sorted(
        path.name
        for path in (host.BUILD / "tree").rglob("*.[cS]")
        if not {"build", "vwr"} & set(path.relative_to(host.BUILD / "tree").parts)
    )
    assert len(objects) == len(sources) == len(set(sources)), "two sources are one object"


# {layer: (its image, its sources, how many there are at least, the options of a small one)}
LAYERS = {
    "disk": (
        host.image,
        "dev/virtio_frontend/vwr_avatar_*.c",
        1,
        "-DVIRTIO_DEBUG=1 -DVIRTIO_QUEUE_SIZE=4 -DVIRTIO_MAX_DEVICES=1",
    ),
    "guests": (
        host.guests_image,
        "vmm/vdev/virtio/vwr_avatar_vmm_*.c",
        7,
        "-DVIRTIO_VM_MAX=1 -DVIRTIO_QUEUE_NUM_MAX=8 -DVIRTIO_DEVICE_QUEUES=8 -DVIRTIO_CONSOLE_BUFFER=2",
    ),
}


@pytest.mark.parametrize(
    "build",
    ["small", pytest.param("EL1", marks=pytest.mark.soak("with small numbers, the same sources and flags"))],
)
@pytest.mark.parametrize("layer", LAYERS)
def test_other_builds(layer, build, sources):
    """The layer alone, with other flags: no warning either. `sizes` builds that of the disk at -O2."""
    image, room, least, options = LAYERS[layer]
    tree = sources(image)
    objects = [f"build/{path.stem}.o" for path in tree.glob(room)]
    arguments = ["HV=0", CHECKED] if build == "EL1" else [f"{CHECKED} {options}"]
    assert len(objects) >= least and not host.make(tree, *arguments, *objects)


@pytest.mark.parametrize(
    "macro, words, layer, source",
    [
        *(
            (macro, f"{macro.split('=')[0]}: {words}|{words}", host.image, "disk")
            for macro, words in (
                ("VIRTIO_QUEUE_SIZE=12", "a power of 2"),
                ("VIRTIO_QUEUE_SIZE=2", "4 or more"),
                ("VIRTIO_BUFFER_SIZE=1000", "a multiple of 512"),
                ("VIRTIO_MAX_DEVICES=0", "at least 1"),
                ("VIRTIO_BUFFER_POOL_SIZE=0", "at least 1"),
            )
        ),
        *(
            (macro, words, host.guests_image, "vmm_show")
            for macro, words in (
                ("VIRTIO_VM_MAX=0", "at least 1"),
                ("VIRTIO_QUEUE_NUM_MAX=100", "a power of 2"),
                ("VIRTIO_QUEUE_NUM_MAX=65536", "at most 32768"),
                ("VIRTIO_DEVICE_QUEUES=1", "a console has 2"),
                ("VIRTIO_CHAINS_MAX=0", "at least 1"),
                ("VIRTIO_CONSOLE_BUFFER=1", "at least 2"),
                ("VIRTIO_MMIO_BASE=0x0b000800", "the address of a page"),
            )
        ),
    ],
)
def test_bad_configuration(macro, words, layer, source, sources):
    """An invalid value is reported with a sentence at compile time."""
    with pytest.raises(AssertionError, match=words):
        host.make(sources(layer), f"{CHECKED} -D{macro}", f"build/vwr_avatar_{source}.o")


def test_all(version, work):
    """
    Four disks: the layer's own test, 10 000 sectors on three of them, and a FAT file system that is listed
    and written.
    """
    fat = fat_disk(work)
    disks = [pattern_disk(work / f"d{i}.img", 10000, i) for i in (1, 2, 3)]
    before = [path.read_bytes() for path in disks]
    text = host.boot(work, version, "all", [(path, "") for path in (fat, *disks)])
    passed(text)
    assert text.count("ok   10000 sectors") == 3
    assert re.findall(r"^file (.*)$", text, re.M) == ["HELLO.TXT 6", "LONGER.BIN 70000", "WRITTEN.BIN 2460"]
    assert [path.read_bytes() for path in disks] == before, "the test has not put back what was there"
    assert f"version {1 if version == 'legacy' else 2} ({version})" in text
    host.run("fsck.vfat", "-n", fat)
    for name, bytes_ in (
        ("WRITTEN.BIN", b"".join(pattern(s, 77) for s in range(5))[:2460]),
        ("LONGER.BIN", (work / "LONGER.BIN").read_bytes()),
    ):
        host.run("mcopy", "-n", "-i", fat, f"::/{name}", work / f"out-{name}")
        assert (work / f"out-{name}").read_bytes() == bytes_


def test_late(work):
    """A read and a write that the device holds: nothing is freed early, and the late answers harm nothing."""
    disks = [pattern_disk(work / f"d{i}.img", 2048, i) for i in range(3)]
    expected = bytearray(disks[1].read_bytes())
    expected[40 * SECTOR : 56 * SECTOR] = b"".join(pattern(s, 99) for s in range(40, 56))
    drives = [("blkdebug::d0.img", ""), ("blkdebug::d1.img", ""), ("d2.img", "")]
    answers = {"HOST: let the read go": "d0", "HOST: let the write go": "d1"}
    text = host.held(work, "late", drives, {"d0": "read_aio", "d1": "write_aio"}, answers)
    passed(text)
    assert re.findall(r"^buffers of 4096 bytes: 64, free (\d+)$", text, re.M)[:2] == ["60", "64"]
    for words in (
        "read sector 8 count 16: no answer in 100000 us; the device keeps its buffers",
        "write sector 40 count 16: no answer in 100000 us; the device keeps its buffers",
        "read sector 0 count 1: an earlier request has not completed",
    ):
        assert len(re.findall(rf"^VirtIO block at 0x\w+: {words}$", text, re.M)) == 1, words
    assert disks[1].read_bytes() == bytes(expected)
    assert disks[0].read_bytes() == b"".join(pattern(s, 0) for s in range(2048))


def test_slow(work):
    """A throttled disk, which answers after every timeout."""
    pattern_disk(work / "d0.img", 2048, 0)
    text = host.boot(work, "legacy", "slow", [("d0.img,throttling.iops-total=5", "")])
    passed(text)
    assert text.count("ok   a slow read") == 6
    assert host.console() in text


def test_reset(work):
    """
    A device that is reset while a request is in flight: the request is sent again, and the disk
    continues.
    """
    pattern_disk(work / "d0.img", 2048, 0)
    text = host.boot(work, "legacy", "reset", [("d0.img,throttling.iops-total=2", "")])
    passed(text)
    assert "reset and running again" in text


def test_blocks(work):
    """A disk with blocks of 4096 bytes, accessed sector by sector."""
    disk = pattern_disk(work / "d0.img", 4096, 0)
    expected = bytearray(disk.read_bytes())
    expected[13 * SECTOR : 213 * SECTOR] = b"".join(pattern(s, 55) for s in range(13, 213))
    passed(
        host.boot(work, "modern", "blocks", [("d0.img", ",logical_block_size=4096,physical_block_size=4096")])
    )
    assert disk.read_bytes() == bytes(expected)


BAD_SECTOR = """[inject-error]
event = "read_aio"
errno = "5"
sector = "300"
once = "off"
"""
ERRORS = """LINES
VirtIO block at 0xa003c00: read sector 296 count 8: request IN: the device reports an I/O error
VirtIO block at 0xa003c00: read sector 2047 count 2: ERANGE: beyond the end
VirtIO block at 0xa003c00: read sector 0 count 1: EINVAL: invalid argument
VirtIO block at 0xa003e00: write sector 7 count 3: EROFS: read-only device
VirtIO block at 0xa003c00: read sector 0 count 333, at sector 224: request IN: the device reports an I/O error
END
"""


def test_errors(work):
    """One line an error, with sector and count; it says nothing of an error before it."""
    pattern_disk(work / "d0.img", 2048, 0)
    pattern_disk(work / "d1.img", 2048, 1)
    (work / "bad.conf").write_text(BAD_SECTOR, encoding="utf-8")
    text = host.boot(work, "legacy", "errors", [("blkdebug:bad.conf:d0.img", ""), ("d1.img,readonly=on", "")])
    assert ERRORS in text
    passed(text)


def test_async(work):
    """Transfers by interrupt: through Avatar's own calls, with interrupt 79, which it leaves to guests at first."""
    disk = pattern_disk(work / "d0.img", 10000, 0)
    (work / "bad.conf").write_text(BAD_SECTOR, encoding="utf-8")
    text = host.boot(work, "modern", "async", [("blkdebug:bad.conf:d0.img,throttling.iops-total=40", "")])
    passed(text)
    assert "VirtIO block at 0xa003e00: interrupt 79\n" in text
    assert (
        "VirtIO block at 0xa003e00: read sector 290 count 20: request IN: the device reports an I/O error\n"
        in text
    )
    assert disk.read_bytes()[9000 * SECTOR : 9064 * SECTOR] == b"".join(
        pattern(s, 5) for s in range(9000, 9064)
    )


def test_cancel(work):
    """A transfer that is cancelled while the device is processing it."""
    disk = pattern_disk(work / "d0.img", 2048, 0)
    answers = {"HOST: let the write go": "d0"}
    text = host.held(work, "cancel", [("blkdebug::d0.img", "")], {"d0": "write_aio"}, answers)
    passed(text)
    assert disk.read_bytes()[40 * SECTOR : 56 * SECTOR] == b"".join(pattern(s, 55) for s in range(40, 56))


def test_doze(work):
    """Without a task, as in Avatar's shell, the CPU sleeps until disk or timer interrupt, and takes neither."""
    pattern_disk(work / "d0.img", 2048, 0)
    text = host.boot(work, "modern", "doze", [("d0.img,throttling.iops-total=5", "")])
    passed(text)
    assert text.count("ok   a slow read") == 6


def test_sleep(work):
    """A task that reads releases the CPU with Avatar's own call, and the disk's interrupt wakes it."""
    for i in range(3):
        pattern_disk(work / f"d{i}.img", 2048, i)
    names = [f"d{i}" for i in range(3)]
    answers = {f"HOST: let go {i}": name for i, name in enumerate(names)}
    drives = [(f"blkdebug::{name}.img", "") for name in names]
    passed(host.held(work, "sleep", drives, dict.fromkeys(names, "read_aio"), answers))


def test_no_disk(work):
    """No disk at all: -1 and a message, and no exception."""
    text = host.boot(work, "modern", "blocks", [])
    assert (
        "VirtIO block: no device found" in text and "WRONG init and test" in text and "EXCEPTION" not in text
    )


def nodes(tree, name="linux"):
    """{address: interrupt} of the VirtIO nodes in a guest's device tree, as read by the guest."""
    dtb = tree / "guest" / "linux" / f"{name}.dtb"
    found = {}
    for name in host.run("fdtget", "-l", dtb, "/").split():
        if name.startswith("virtio_mmio@"):
            assert host.run("fdtget", dtb, f"/{name}", "compatible") == "virtio,mmio\n"
            _, address, _, size = map(int, host.run("fdtget", dtb, f"/{name}", "reg").split())
            kind, spi, edge = map(int, host.run("fdtget", dtb, f"/{name}", "interrupts").split())
            assert (name, size, kind, edge) == (f"virtio_mmio@{address:x}", 0x1000, 0, 1)
            found[address] = spi + 32
    return found


def made(said, vm):
    """{address: interrupt} of a VM's devices."""
    rows = re.findall(rf"VM {vm}: VirtIO \w+ created at 0x([0-9a-f]+), IRQ (\d+)", said)
    return {int(address, 16): int(irq) for address, irq in rows}


def typed_and_run(tree, version, case, *languages):
    """The output of the page's commands and of the image, without errors."""
    path = host.short_qemu(tree.parent / "bin", version, case)
    said = host.type_in(tree, *languages, PATH=path)
    print(said)
    assert "RESULT: PASSED" in said and "WRONG" not in said and "EXCEPTION" not in said
    return said


def test_page(work):
    """The page is typed word for word: a disk of the host, then a guest's disk and console, and its device tree.

    The host's disk is legacy and modern for each of these images; for the two guests' network it is legacy, with all
    devices modern (`guests` and `devices` have both)."""
    tree = host.fresh_tree(work / "tree")
    for version, *languages in ("legacy", "sh", "sh make", "sh run"), ("modern", "sh run"):
        said = typed_and_run(tree, version, "page", *languages)
        assert re.search(r"^file MAKEFILE \d+$", said, re.M)
        assert f"version {1 if version == 'legacy' else 2}" in said
    host.type_in(tree, "sh irq")
    host.type_in(tree, "sh irq make")
    host.type_in(host.put_guests(tree), "sh irq")
    assert host.blocks("console grep").strip() in host.type_in(tree, "sh vmm")
    for version, *languages in ("legacy", "sh vmm make", "sh vmm run"), ("modern", "sh vmm run"):
        (tree / "guest.img").unlink(missing_ok=True)
        said = typed_and_run(tree, version, "page", *languages)
        assert "block off" not in said, "it says of a VM what is not so"
        assert "\n[VM0] hello from the guest\n" in said
        assert (tree / "guest.img").read_bytes()[40 * SECTOR : 42 * SECTOR] == b"\x77" * 2 * SECTOR
        assert made(said, 0) == nodes(tree) and len(nodes(tree)) == 2
    typed_twice(tree, "sh defects")
    typed_twice(tree, "sh net")
    said = typed_and_run(tree, "legacy", "two", "sh net run")
    assert made(said, 0) == nodes(tree) and len(nodes(tree)) == 3
    assert made(said, 1) == nodes(tree, "linux2") and len(nodes(tree, "linux2")) == 2
    typed_twice(tree, "sh more")
    said = typed_and_run(tree, "modern", "two", "sh more run")
    assert made(said, 0) == nodes(tree) and len(nodes(tree)) == 6


def typed_twice(tree, language):
    """The second time changes nothing."""
    host.type_in(tree, language)
    once = files(tree, "host.img", "guest.img")
    host.type_in(tree, language)
    assert files(tree, "host.img", "guest.img") == once


def files(tree, *without):
    """{path: text} of all that is in it, but for what a build makes, and for what starts with one of these words."""
    return {
        str(path.relative_to(tree)): re.sub(rb"(?m)callers: [\w./,-]+", b"callers: a way", path.read_bytes())
        for path in sorted(tree.rglob("*"))
        if path.is_file() and not str(path.relative_to(tree)).startswith(("build/", *without))
    }


def test_typed_again(work):
    """Each block of the page that changes the tree may be typed again, in its order, in the tree that has them all."""
    tree = host.copy(work / "tree", host.guests_image())
    once = files(tree)
    for language in "sh", "sh irq", "sh vmm":
        host.type_in(tree, language)
    assert files(tree) == once


# How somebody may enter a block: a script, and lines that are pasted into an interactive shell, which goes on after errors.
SHELLS = (["sh"], ["bash", "--norc", "-i"])


@pytest.mark.parametrize("shell", SHELLS, ids="{0[0]}".format)
@pytest.mark.parametrize("folder", ["", "/nowhere"])
@pytest.mark.parametrize("language", ["sh", "sh vmm"])
def test_without_virtwright(language, folder, shell, work):
    """If Virtwright's folder is missing, no block deletes or replaces one of Avatar's files."""
    tree = host.fresh_tree(work / "tree")
    before = files(tree)
    block = host.blocks(language).partition("\nsed ")[0]
    said = completed(shell, cwd=tree, input=block + "\n", env={**os.environ, "V": folder}).stderr
    assert re.search(r"V: set it to the folder of Virtwright", said) if folder == "" else folder in said, said
    assert files(tree) == before


def added(tree):
    """(files, lines) that the tree has and the stand-in has not, without the licence."""
    before = files(host.fresh_tree(tree.parent / "before"))
    new = {
        name: text
        for name, text in files(tree, "vwr/").items()
        if before.get(name) != text and not name.endswith("LICENSE")
    }
    return len(new), sum(text.count(b"\n") for text in new.values())


def test_what_is_added(work):
    """What the page says is added; the licence comes with it, and each file says whose it is."""
    tree = host.fresh_tree(work / "tree")
    host.type_in(tree, "sh")
    said = re.search(r"adds (\d+) files with ([\d ]+) lines, and a licence", host.page())
    count, lines = added(tree)
    print(count, lines)
    assert count == int(said.group(1)) and lines == pytest.approx(
        int(said.group(2).replace(" ", "")), rel=0.03
    )
    assert (tree / "dev/virtio_frontend/LICENSE").read_text(encoding="utf-8") == (
        host.ROOT / "LICENSE"
    ).read_text(encoding="utf-8")
    ours = [
        path
        for path in tree.rglob("v*.[ch]")
        if b"vwr" in path.read_bytes() and "SPDX" in path.read_text(encoding="utf-8")
    ]
    assert len(ours) >= 11 and not [
        path.name
        for path in ours
        if path.name.startswith(("vwr", "virtio_block"))
        and path.parent.name != "vwr"
        and "Copyright (c)" not in path.read_text(encoding="utf-8")
    ]


def reached(tree):
    """Objects that are reached from Avatar's own objects through symbols at link time."""
    defines, needs = {}, {}
    for path in sorted((tree / "build").glob("*.o")):
        rows = [line.split() for line in host.run("aarch64-linux-gnu-nm", path).splitlines()]
        needs[path.name] = {row[-1] for row in rows if row[-2] == "U"}
        defines.update({row[-1]: path.name for row in rows if row[-2] in "TDRBV"})
    found, todo = set(), [name for name in needs if not name.startswith("vwr")]
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += [defines[symbol] for symbol in needs[name] if symbol in defines]
    return found, set(needs)


def test_all_is_reached(work):
    """Nothing is copied that nothing reaches: each object is needed at the link, each header is included."""
    tree = host.guests_image().parents[1]
    ours = [
        path
        for path in tree.rglob("v*.[ch]")
        if path.parent.name in ("virtio_frontend", "virtio", "include", "vmm")
        and b"The Virtwright authors" in path.read_bytes()
    ]
    lines = sum(path.read_bytes().count(b"\n") for path in ours)
    said = re.search(r"contains (\d+) files with ([\d ]+) lines from Virtwright", host.page())
    assert (len(ours), lines) == (
        int(said.group(1)),
        pytest.approx(int(said.group(2).replace(" ", "")), rel=0.03),
    )
    found, there = reached(tree)
    assert there - found == set()
    included = host.run(
        "aarch64-linux-gnu-gcc",
        "-MM",
        "-nostdinc",
        "-DHV=1",
        "-D__LOG_LEVEL=1",
        "-DSMP_NUM=1",
        "-D__DEBUG_MODULE=0",
        "-Iinclude",
        "-Iguest",
        *sorted(path.relative_to(tree) for path in tree.rglob("*.c")),
        cwd=tree,
    )
    headers = {name for name in files(tree, "vwr/") if name.endswith(".h")} - {"app/app.h"}
    assert {name for name in headers if name not in included} == set()


def size(tree):
    """Of library and layer in KiB, as `size` has it: code with its constants; .bss."""
    lines = host.run("aarch64-linux-gnu-size", *sorted((tree / "build").glob("vwr*.o"))).splitlines()[1:]
    return [sum(int(line.split()[column]) for line in lines) / 1024 for column in (0, 2)]


def test_sizes(work):
    """What the page says of them, to 3 %: the library is others' work and grows and shrinks."""
    whole = re.search(r"(\d+) KiB of code at Avatar's `-O0`", host.page())
    bss = re.search(r"about (\d+) KiB of `.bss`", host.page())
    small = re.search(r"`(OPTIMIZATION=2)` reduces this to (\d+)", host.page())
    assert size(host.image().parents[1]) == [
        pytest.approx(int(said.group(1)), rel=0.03) for said in (whole, bss)
    ]
    tree = host.copy(work / "tree")
    layer = [f"build/{path.stem}.o" for path in (tree / "dev" / "virtio_frontend").glob("vwr*.c")]
    assert not host.make(tree, small.group(1), *layer)
    assert size(tree)[0] == pytest.approx(int(small.group(2)), rel=0.03)


def guests_disk(work):
    """(the host's disk, what has to be on it in the end): VM 1 has the second quarter, and writes its last two sectors."""
    disk = pattern_disk(work / "d0.img", 2048, 0)
    expected = bytearray(disk.read_bytes())
    expected[1022 * SECTOR : 1024 * SECTOR] = b"\x77" * 2 * SECTOR
    return disk, bytes(expected)


def counted(text):
    """Without how often a guest has looked, which is nobody's promise."""
    return re.sub(r"accesses \d+", "accesses N", text)


def test_guests(version, work):
    """Two VMs by Avatar's calls, the page's commands and the page's words; the host's disk legacy or modern."""
    disk, expected = guests_disk(work)
    text = host.boot(work, version, "guests", [(disk, "")], host.guests_image())
    passed(text)
    assert disk.read_bytes() == expected
    assert counted(host.blocks("text vmm")) in counted(text)
    for word in (
        "VM 0: VirtIO Console created at 0xa000000, IRQ 48",
        "VM 1: VirtIO Console created at 0xa010000, IRQ 56",
        "VM 1: VirtIO Block created at 0xa011000, IRQ 57: disk 0 from sector 512",
        "VM 1: VirtIO Network created at 0xa012000, IRQ 58",
        "VM 2: VirtIO Network created at 0xa021000, IRQ 65",
        "VM 0: console on, block off, network off, screen off, folder off, balloon off, initialised",
        "VM 1: console on, block on, network on, screen off",
        "VM 3: console on, block on, network off, screen off",
        "VM 3: no VirtIO Block: virtio_configure_vm_disk was not called",
        "  characters dropped without a reader: 10976",
        "VirtIO: no devices: virtio_vm_init was not called for a VM",
        "interrupt 99 is not one of VM 2, which has 64 to 71",
        "interrupt 67 is that of the device at 0x",
        "interrupt 67: not in use yet",
    ):
        assert word in text, word


def test_devices(work):
    """A guest draws on a screen, mounts a folder, gives memory to a balloon and sends on a second pair of queues."""
    text = host.boot(
        work, "modern", "devices", [(pattern_disk(work / "d0.img", 64, 0), "")], host.guests_image()
    )
    passed(text)
    for word in (
        "VM 0: VirtIO Network created at 0xa001000, IRQ 49",
        "VM 0: VirtIO Screen created at 0xa002000, IRQ 50: 40 x 30",
        "VM 0: VirtIO Folder created at 0xa003000, IRQ 51",
        "VM 0: VirtIO Balloon created at 0xa004000, IRQ 52",
        "VM 0: console on, block off, network on, screen on, folder on, balloon on, initialised",
        "VirtIO: no network device of 3 pairs: VIRTIO_DEVICE_QUEUES is 5",
        "VirtIO: no screen of 40 x 30 in 0x2580 bytes at 0x",
        "VirtIO: folder host already has a device",
    ):
        assert word in text, word
    for line in (
        r"  shows 40 x 30 pixels at 0x[0-9a-f]+, 160 bytes a row, format 2; 1 flushes",
        r"  tag host: \d+ files free, \d+ of \d+ blocks of 4096 bytes free; 3 fids of the guest",
        "  target 3 pages, in the balloon 3; the guest reports 3",
    ):
        assert re.search(f"^{line}$", text, re.M), line


def busy(work, case, limit=host.TIMEOUT):
    """Two guests with disk and network at once, in a tree with Avatar's vGIC; the host's disk as it has to be in the end."""
    disk = pattern_disk(work / "d0.img", 1024, 0)
    text = host.boot(work, "modern", case, [(disk, "")], host.guests_image(), limit)
    passed(text)
    assert re.search(r"^VM 1: \d+ transfers, \d+ frames, 0 wrong$", text, re.M)


def test_lost(work):
    """Interrupts that Avatar's vGIC loses are repeated by the tick, and none arrives twice."""
    busy(work, "lost")


def test_busy(work):
    """The same for three minutes."""
    busy(work, "busy", 400)


def test_guests_legacy(work):
    """Guests that see version 1 of the registers, as drivers of xv6's age want it, at the address that the page has
    for those who pass devices through; with the compiler's optimisation."""
    tree = work / "tree"
    shutil.copytree(host.guests_image().parents[1], tree)
    for path in [*(tree / "build").glob("vwr_avatar_vmm_*.o"), *(tree / "build").glob("guests*.o")]:
        path.unlink()
    moved = re.search(r'`CFLAGS_EXTRA="(-DVIRTIO_MMIO_BASE=(.*?))"`', host.page())
    assert not host.make(
        tree, "OPTIMIZATION=2", f"CFLAGS_EXTRA=-DVIRTIO_LEGACY=1 -DWINDOWS={moved.group(2)} {moved.group(1)}"
    )
    disk, expected = guests_disk(work)
    text = host.boot(work, "modern", "guests", [(disk, "")], tree / "build" / "kernel.bin")
    passed(text)
    assert len(re.findall(r"^  [0-7] .* (console|rng|blk|net) +legacy ", text, re.M)) == 8
    assert disk.read_bytes() == expected
    passed(host.boot(work, "modern", "devices", [(disk, "")], tree / "build" / "kernel.bin"))
