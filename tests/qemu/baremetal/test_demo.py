# SPDX-License-Identifier: MIT
"""The demo image in QEMU, with all kinds of disks, legacy and modern."""
import random
import re

import pytest

import boot
import images
from boot import Disk, check_sums, sums

VERSION_NUMBER = {"legacy": 1, "modern": 2}


def in_words(version):
    """What the guest says of any device of QEMU's."""
    return f"{version} (version {VERSION_NUMBER[version]}), vendor 0x554d4551"


def expected_listing(bits):
    """The lines of an image of images.make_fat, in the order of its directory."""
    return ["    label DEMO"] + [
        f"    file {size:10}  {images.DATE}  {name}" for name, size in images.names(bits).items()
    ]


def listing(text):
    """The lines about files, less the folder, whose date is the moment's."""
    found = [line for line in text.splitlines() if re.match(r"    (file|dir|label) ", line)]
    folders = [line for line in found if line.startswith("    dir ")]
    assert [re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "DATE", line) for line in folders] == [
        "    dir           -  DATE  folder"
    ]
    return [line for line in found if line not in folders]


def boot_one(version, disk, **options):
    """One disk, and all must be well with it."""
    console = boot.boot_well(version, [disk], **options)
    assert f"0a003e00 Block device, {in_words(version)}" in console.lines
    assert "0a000000 to 0a003c00 empty (31 slots)" in console.lines
    return console


@pytest.mark.parametrize("bits, version", [(12, "legacy"), (16, "modern"), (32, "legacy"), (32, "modern")])
def test_fat(work, version, bits):
    """Names long and short, sizes, dates, nothing that was deleted."""
    disk = Disk(images.make_fat(work / "fat.img", bits))
    console = boot_one(version, disk)
    assert re.search(rf"^  FAT{bits}, \d+ clusters of \d+ bytes; root directory:$", console.text, re.M)
    assert listing(console.text) == expected_listing(bits)


@pytest.mark.parametrize("version", ["legacy"])
def test_mbr(work, version):
    """A table, and the files in the partition that has some."""
    fat = images.make_fat(work / "fat.img", 12).read_bytes()
    sectors = len(fat) // 512
    table = images.mbr([(0x01, 63, sectors), (0x83, 8000, 100), (0x83, 9999, 2), (0xDA, 8100, 0)])
    path = images.zeroes(work / "disk.img", 10000 * 512)
    images.put(path, 0, table)
    images.put(path, 63 * 512, fat)
    console = boot_one(version, Disk(path))
    assert f"    partition from sector         63, {sectors:10} sectors  type 01, FAT12" in console.lines
    assert "    partition from sector       8000,        100 sectors  type 83, Linux" in console.lines
    outside = "    partition from sector       9999,          2 sectors  type 83, Linux"
    assert outside + "; outside the disk" in console.lines
    assert console.text.count("; outside the disk") == 2
    assert "  partition table: MBR" in console.lines
    assert listing(console.text) == expected_listing(12)
    assert "  no FAT file system" in console.lines  # in the other one


def gpt_disk(work, block):
    """A GPT with a FAT partition and one that is outside of the disk."""
    first = 40960 // block
    fat = images.make_fat(work / "fat.img", 16, kib=20480, sector=block).read_bytes()
    last = first + len(fat) // block - 1
    path = images.gpt(
        work / "disk.img",
        24 << 20,
        [
            (images.EFI_SYSTEM, first, last, "Boot"),
            (images.LINUX, last + 1, last + 8, "Wurzel ä"),
            (images.LINUX, last + 9, 2**64 - 1, "outside"),
        ],
        block,
    )
    return images.put(path, first * block, fat), first, last


def test_gpt(work):
    """GPT: names, types, checksums; a damaged one is reported."""
    path, first, last = gpt_disk(work, 512)
    console = boot_one("modern", Disk(path))
    assert (
        f"    partition from sector {first:10}, {last - first + 1:10} sectors  "
        "type c12a7328-f81f-11d2-ba4b-00a0c93ec93b, EFI system, named Boot"
    ) in console.lines
    assert re.search("Linux, named Wurzel ä$", console.text, re.M)
    assert re.search("Linux, named outside; outside the disk$", console.text, re.M)
    assert listing(console.text) == expected_listing(16)
    images.put(path, 1024, b"X")
    assert "damaged partition table: the GPT's checksum is wrong" in boot_one("modern", Disk(path)).text
    images.put(path, 512 + 72, b"\xff" * 8)
    assert (
        "damaged partition table: the GPT header's checksum is wrong" in boot_one("modern", Disk(path)).text
    )


@pytest.mark.parametrize("version", ["modern"])
def test_zeroed(work, version):
    """Nothing on it: the first bytes."""
    console = boot_one(version, Disk(images.zeroes(work / "zero.img", 1 << 20)))
    assert "  no FAT file system, no partition table; the first bytes:" in console.lines
    assert "  0030  " + "00 " * 16 + " " + "." * 16 in console.lines


# Where, what, and the words. FAT16 first, then FAT32 (table from sector 32 on, root directory in cluster 2).
DAMAGE_16 = [
    (11, b"\0\0", "bytes per sector are not 512, 1024, 2048 or 4096 (0)"),
    (11, b"\1\2", "bytes per sector are not 512, 1024, 2048 or 4096 (513)"),
    (13, b"\0", "sectors per cluster are not a power of 2 (0)"),
    (13, b"\3", "sectors per cluster are not a power of 2 (3)"),
    (14, b"\0\0", "no reserved sectors, not even for the boot sector (0)"),
    (14, b"\xff\xff", "no sector is left for files (8192)"),
    (16, b"\0", "no file allocation table (0)"),
    (17, b"\0\0", "no space for a root directory (0)"),
    (17, b"\1\0", "the root directory does not end at a sector boundary (1)"),
    (19, b"\xff\xff", "more sectors than the disk has (65535)"),
    (22, b"\1\0", "the file allocation table is too short for its clusters (8"),
    (22, b"\xff\xff", "no sector is left for files (8192)"),
]
DAMAGE_32 = [
    (36, bytes(4), "a file allocation table of 0 sectors (0)"),
    (36, b"\xff" * 4, "no sector is left for files (69632)"),
    (17, b"\x10\0", "FAT32 with root entries outside the clusters (16)"),
    (44, bytes(4), "the root directory begins in a cluster that does not exist (0)"),
    (44, b"\xff" * 4, "the root directory begins in a cluster that does not exist (268435455)"),
    (32 * 512 + 8, b"\2\0\0\0", "the root directory does not end, or has more entries than (65536)"),
    (32 * 512 + 8, b"\1\0\0\0", "the root directory continues in a cluster that does not exist (1)"),
    (
        32 * 512 + 8,
        b"\xf7\xff\xff\x0f",
        "the root directory continues in a cluster that does not exist (268435447)",
    ),
]


def damaged_disks(work, bits, damage):
    """One disk for each line of the tables above."""
    good = images.make_fat(work / f"good{bits}.img", bits)
    disks = []
    for number, (offset, data, _) in enumerate(damage):
        path = images.copy(good, work / f"bad{bits}-{number}.img")
        disks.append(Disk(images.put(path, offset, data)))
    return disks


def test_damaged_fat(work):
    """Fields that cannot be: words, no file of that disk, and the rest of the work goes on."""
    disks = damaged_disks(work, 16, DAMAGE_16) + damaged_disks(work, 32, DAMAGE_32)
    console = boot.boot_well("modern", disks)
    for index, (_, _, words) in enumerate(DAMAGE_16 + DAMAGE_32):
        part = console.of_disk(index)
        assert "  damaged FAT file system: " + words in part, words
        assert "    file " not in part


def mutate(rng, data):
    """Changes a few bytes of the boot sector, sometimes of what follows."""
    data = bytearray(data)
    for _ in range(rng.randint(1, 6)):
        at = rng.choice([rng.randrange(11, 90), rng.randrange(512), rng.randrange(len(data))])
        data[at] = rng.choice([0, 1, 0x7F, 0x80, 0xFF, rng.randrange(256)])
    return bytes(data)


def test_mutated_fat(work):
    """Whatever a boot sector, a table and a directory say: the guest reads on, and ends."""
    rng = random.Random(20260401)
    seeds = [images.make_fat(work / f"seed{bits}.img", bits).read_bytes() for bits in (12, 16)]
    disks = []
    for number in range(24):
        path = work / f"mutant{number}.img"
        path.write_bytes(mutate(rng, rng.choice(seeds)))
        disks.append(Disk(path))
    boot.boot_well("modern", disks)


def test_read_only(work, version):
    """The feature is offered, taken and said; a disk that may be written is not written either."""
    paths = [images.make_fat(work / f"{name}.img", 12) for name in ("locked", "open")]
    before = [path.read_bytes() for path in paths]
    console = boot.boot(version, [Disk(paths[0]), Disk(paths[1], read_only=False)])
    assert console.last == "guest: OK"
    locked, opened = console.of_disk(0), console.of_disk(1)
    assert "bytes; read-only;" in locked and re.search(r"accepted .* RO ", locked)
    assert "bytes; writable;" in opened and not re.search(r"(offered|accepted) .* RO ", opened)
    assert [path.read_bytes() for path in paths] == before


BLOCKS_4096 = ",logical_block_size=4096,physical_block_size=4096"


@pytest.mark.parametrize("version", ["legacy"])
def test_blocks_4096(work, version):
    """Logical blocks of 4096 bytes: FAT with either sector size, GPT counted in blocks."""
    large = images.make_fat(work / "large.img", 16, kib=20480, sector=4096)
    small = images.make_fat(work / "small.img", 16)
    (work / "gpt").mkdir()
    parted, first, _ = gpt_disk(work / "gpt", 4096)
    disks = [Disk(path, device=BLOCKS_4096) for path in (large, small, parted)]
    console = boot.boot_well(version, disks)
    assert console.text.count("  block     4096 bytes;") == 3
    for index in range(3):
        assert listing(console.of_disk(index)) == expected_listing(16)
    assert f"    partition from sector {first * 8:10}, " in console.of_disk(2)


def test_scratch(work, version):
    """Only the disk with that id is written to, to its last sector, and what is there is the pattern."""
    other = images.make_fat(work / "other.img", 12)
    before = other.read_bytes()
    scratch = images.zeroes(work / "scratch.img", 1001 * 512)
    blocks = images.zeroes(work / "blocks.img", 3 << 20)
    console = boot.boot(
        version,
        [
            Disk(scratch, serial="vwr-scratch", read_only=False),
            Disk(other, serial="vwr-scratch2", read_only=False),
            Disk(blocks, serial="vwr-scratch", read_only=False, device=BLOCKS_4096),
        ],
    )
    assert console.last == "guest: OK"
    assert scratch.read_bytes() == sums.pattern(1001)
    assert blocks.read_bytes() == sums.pattern(6144)
    assert other.read_bytes() == before


@pytest.mark.parametrize("version", ["modern"])
def test_scratch_read_only(work, version):
    """Writing fails, and the guest says so."""
    console = boot.boot(version, [Disk(images.zeroes(work / "scratch.img", 65536), serial="vwr-scratch")])
    assert "  ERROR writing the pattern: EROFS: read-only device" in console.lines
    assert console.last == "guest: FAILED: the scratch disk cannot be written"


def test_no_disk(version):
    """An empty board, and one with a device that is no disk."""
    console = boot.boot(version, [])
    assert console.last == "guest: FAILED: no disk found"
    assert "0a000000 to 0a003e00 empty (32 slots)" in console.lines
    console = boot.boot(version, [], extra=["-device", "virtio-rng-device"])
    assert f"0a003e00 Entropy source, {in_words(version)}" in console.lines
    assert console.last == "guest: FAILED: no disk found"


@pytest.mark.parametrize("version", ["legacy"])
def test_io_error(work, version):
    """One bad sector: an I/O error as a message, and the other disk is still read."""
    good = images.make_fat(work / "good.img", 12)
    bad = images.zeroes(work / "bad.img", 4 << 20)
    drive = (
        f"driver=raw,file.driver=blkdebug,file.image.driver=file,file.image.filename={bad},"
        "file.inject-error.0.event=read_aio,file.inject-error.0.errno=5,file.inject-error.0.sector=5000"
    )
    console = boot.boot(version, [Disk(good), Disk(bad, drive=drive)])
    assert "  ERROR reading the whole disk: EIO: I/O error of the device" in console.lines
    assert "  from sector 4096" in console.lines
    assert console.last == "guest: FAILED: the disk cannot be read"
    check_sums(console, [Disk(good)])


@pytest.mark.parametrize("version", ["modern"])
def test_explained(work, version):
    """A disk that the library refuses: the error and the reason, and the next disk is still read."""
    huge = images.zeroes(work / "huge.img", 1 << 20)
    good = Disk(images.make_fat(work / "good.img", 12))
    size = ",logical_block_size=131072,physical_block_size=131072"
    console = boot.boot(version, [good, Disk(huge, device=size)])
    assert "  ERROR opening: EPROTO: the answer violates the specification" in console.lines
    assert "  because blk_size reads 131072, not a power of 2 from 512 to 65536" in console.lines
    assert console.last == "guest: FAILED: opening a disk failed"
    check_sums(console, [good])


@pytest.mark.parametrize("version", ["legacy"])
def test_odd_size(work, version):
    """A file that does not end with a sector: QEMU fills it up, and both sums count that."""
    path = work / "odd.img"
    path.write_bytes(b"odd" * 1000)
    assert boot_one(version, Disk(path)).sums() == ["%08x of 6 sectors" % sums.checksum(path)[0]]


@pytest.mark.parametrize("version", ["legacy"])
def test_levels(work, version):
    """What the compiler makes of it does not matter."""
    disk = Disk(images.make_fat(work / "fat.img", 16))
    scratch = images.zeroes(work / "scratch.img", 1 << 20)
    console = boot.boot(
        version, [disk, Disk(scratch, serial="vwr-scratch", read_only=False)], image="vwr_demo_O0"
    )
    assert console.last == "guest: OK"
    check_sums(console, [disk])
    assert listing(console.text) == expected_listing(16)
    assert scratch.read_bytes() == sums.pattern(2048)


@pytest.mark.parametrize("version", ["modern"])
def test_el2(work, version):
    """Started one exception level higher."""
    disk = Disk(images.make_fat(work / "fat.img", 12))
    console = boot_one(version, disk, machine="virt,virtualization=on")
    assert "Virtwright demo on bare metal, exception level 2" in console.lines


@pytest.mark.parametrize("machine", ["virt", "virt,virtualization=on"])
def test_exception(machine):
    """RAM that ends within the image: the exception is printed and QEMU ends, at either level."""
    console = boot.boot("modern", [], machine=machine, memory="3M")
    assert re.search(r"^exception 4: data abort$", console.text, re.M)
    far = re.search(r"^  FAR ([0-9a-f]{16})$", console.text, re.M)
    assert far and int(far.group(1), 16) == 0x40000000 + (3 << 20)
    assert console.last == "guest: FAILED: exception"


def test_fuzz(work):
    """fat.c and partition.c on the host, under the sanitizers, on thousands of damaged images."""
    seeds = [images.make_fat(work / f"fat{bits}.img", bits) for bits in (12, 16, 32)]
    table = images.mbr([(0x0C, 63, 1000), (5, 9, 9)])
    seeds.append(images.put(images.zeroes(work / "mbr.img", 1 << 20), 0, table))
    seeds.append(images.gpt(work / "gpt.img", 1 << 20, [(images.LINUX, 100, 200, "name")]))
    program = boot.BUILD / "tests" / "qemu" / "baremetal" / "baremetal_contents_fuzz"
    for seed in seeds:
        print(images.run("timeout", "-k", "5", "50", program, "1", "2000", seed))
