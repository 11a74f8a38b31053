# SPDX-License-Identifier: MIT
"""Disk images for the demo to read: FAT by mkfs.vfat and mtools, partition tables byte by byte; and images of boards that are broken."""
import os
import re
import shutil
import struct
import subprocess
import uuid
import zlib
from elftools.elf.elffile import ELFFile

from processes import output

SECTOR = 512
MTIME = 1717243440  # 2024-06-01 12:04 UTC, as files in our images are dated
DATE = "2024-06-01 12:04"
EFI_SYSTEM = uuid.UUID("c12a7328-f81f-11d2-ba4b-00a0c93ec93b")
LINUX = uuid.UUID("0fc63daf-8483-4772-8e79-3d69d8477de4")

# Size in KiB, small but of that kind; clusters of one sector make FAT32's root directory a long chain.
FAT_KIB = {12: 1440, 16: 4096, 32: 34816}


def run(*command, cwd=None):
    """A tool of the host's; a failure shows what it said."""
    environment = dict(
        os.environ,
        TZ="UTC",
        LC_ALL="C.UTF-8",
        MTOOLSRC="/dev/null",
        MTOOLS_SKIP_CHECK="1",
        PATH=os.environ["PATH"] + ":/usr/sbin:/sbin",
    )
    return output([str(c) for c in command], env=environment, cwd=cwd, stdin=subprocess.DEVNULL, timeout=60)


def names(bits):
    """Files of an image and their sizes: short, long, not ASCII, and many for FAT32."""
    many = 40 if bits == 32 else 3
    files = {
        "hello.txt": 21,
        "UPPER.TXT": 0,
        "noextension": 5,
        "žluťoučký kůň.txt": 77,
        "A name that is long, and has blanks.text": 1234,
        "日本語のなまえ.txt": 8,
    }
    files.update({f"numbered file {i:03}.bin": i for i in range(many)})
    return files


def make_fat(path, bits, kib=0, sector=SECTOR):
    """A FAT file system with those files, a folder, and one that was deleted."""
    run(
        "mkfs.vfat",
        "-C",
        "-F",
        bits,
        "-S",
        sector,
        "-s",
        "1",
        "-n",
        "DEMO",
        "-i",
        "01234567",
        path,
        kib or FAT_KIB[bits],
    )
    source = path.parent / (path.name + ".files")
    source.mkdir()
    for name, size in names(bits).items():
        (source / name).write_bytes(b"x" * size)
        os.utime(source / name, (MTIME, MTIME))
    # mtools lets a shell expand the path of an image: a relative one has no surprises.
    image = ["-i", "../" + path.name]
    run("mcopy", "-m", *image, *names(bits), "::", cwd=source)
    run("mmd", *image, "::/folder", cwd=source)
    run("mcopy", *image, "hello.txt", "::/a file that goes away.txt", cwd=source)
    run("mdel", *image, "::/a file that goes away.txt", cwd=source)
    return path


def mbr(partitions):
    """An MBR; partitions are (type, first, blocks)."""
    sector = bytearray(SECTOR)
    for i, (kind, first, blocks) in enumerate(partitions):
        struct.pack_into(
            "<B3sB3sII",
            sector,
            446 + 16 * i,
            0x80 if i == 0 else 0,
            b"\xfe\xff\xff",
            kind,
            b"\xfe\xff\xff",
            first,
            blocks,
        )
    sector[510:] = b"\x55\xaa"
    return bytes(sector)


def gpt_header(block, blocks, entries):
    """The header at block 1, with its checksum."""
    head = struct.pack(
        "<8sIIIIQQQQ16sQIII",
        b"EFI PART",
        0x10000,
        92,
        0,
        0,
        1,
        blocks - 1,
        34,
        blocks - 34,
        uuid.UUID(int=1).bytes_le,
        2,
        128,
        128,
        zlib.crc32(entries),
    )
    head = head[:16] + struct.pack("<I", zlib.crc32(head)) + head[20:]
    return head.ljust(block, b"\0")


def gpt(path, size, partitions, block=SECTOR):
    """A disk of `size` bytes with a GPT; partitions are (type, first, last, name)."""
    entries = b""
    for kind, first, last, name in partitions:
        entries += struct.pack(
            "<16s16sQQQ72s",
            kind.bytes_le,
            uuid.UUID(int=2).bytes_le,
            first,
            last,
            0,
            name.encode("utf-16-le"),
        )
    entries = entries.ljust(128 * 128, b"\0")
    protective = mbr([(0xEE, 1, size // block - 1)]).ljust(block, b"\0")
    path.write_bytes(protective + gpt_header(block, size // block, entries) + entries)
    os.truncate(path, size)
    return path


def put(path, offset, data):
    """Overwrites a few bytes of an image."""
    with open(path, "r+b") as image:
        image.seek(offset)
        image.write(data)
    return path


def zeroes(path, size):
    """An image with nothing in it."""
    path.touch()
    os.truncate(path, size)
    return path


def copy(source, path):
    """A copy that takes room on the host's disk only for what is not 0."""
    run("cp", "--sparse=always", source, path)
    return path


def broken(image, code):
    """A copy of an image of examples/boards with these bytes in place of the program's first instruction; and where that is."""
    copy = shutil.copyfile(image, image.with_name(f"{image.stem}_broken.elf"))
    with open(copy, "r+b") as file:
        elf = ELFFile(file)
        at = elf.get_section_by_name(".symtab").get_symbol_by_name("boards_main")[0]["st_value"]
        file.seek(next(elf.address_offsets(at)))
        file.write(code)
    return copy, at


class Tree:
    """The device tree that QEMU makes for a machine; properties of the same length can be written."""

    def __init__(self, folder, *machine):
        self.path = folder / "falsified.dtb"
        output(["timeout", "-k", "5", "60", *machine, "-M", f"dumpdtb={self.path}", "-m", "128M"])

    def nodes(self, above="/"):
        """The paths of all nodes below one."""
        for name in output(["fdtget", "-l", self.path, above]).split():
            yield above + name
            yield from self.nodes(f"{above}{name}/")

    def change(self, node, name, change):
        """`change` answers another value, of the same length, of each such property of nodes whose names begin as `node` says."""
        found = [path for path in self.nodes() if re.match(node, path.rpartition("/")[2])]
        found = [path for path in found if name in output(["fdtget", "-p", self.path, path]).split()]
        assert found, f"there is no {node}, {name}"
        for path in found:
            said = output(["fdtget", "-t", "bx", self.path, path, name]).split()
            value = change(bytes(int(byte, 16) for byte in said))
            assert len(value) == len(said)
            output(["fdtput", "-t", "bx", self.path, path, name, *(f"{byte:x}" for byte in value)])
