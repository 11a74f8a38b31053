# SPDX-License-Identifier: MIT
"""integrations/fatfs on volumes of mkfs.fat, which mtools and fsck.fat check: fatfs.py PROGRAM legacy|modern FOLDER."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

BYTES = 100000
BLOCK = 4096
TOOLS = {
    name: shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin:/sbin")
    for name in ("mkfs.fat", "fsck.fat", "mcopy")
}
# Sector 0 cannot be read, and nothing flushed.
FAULTS = """[inject-error]
event = "read_aio"
sector = "0"
once = "off"
[inject-error]
event = "flush_to_disk"
once = "off"
"""


def run(*command) -> str:
    """What a program prints."""
    done = subprocess.run(command, text=True, capture_output=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: {done.returncode}: {done.stdout}{done.stderr}")
    return done.stdout


def make(folder: Path) -> None:
    """The disks: a volume with file A, the same one to be read, blocks of 4096 bytes, a disk with a fault."""
    for name, size in {
        "fat": 16 << 20,
        "large_blocks": 2048 * BLOCK,
        "faulty": 1 << 20,
        "huge_blocks": 1 << 20,
    }.items():
        with open(folder / f"{name}.img", "wb") as image:
            image.truncate(size)
    run(TOOLS["mkfs.fat"], "-F", "16", "-s", "4", folder / "fat.img")
    (folder / "a.bin").write_bytes(os.urandom(BYTES))
    (folder / "b").write_bytes(os.urandom(BYTES))
    run(TOOLS["mcopy"], "-i", folder / "fat.img", folder / "a.bin", "::A.BIN")
    shutil.copy(folder / "fat.img", folder / "read_only.img")
    (folder / "blkdebug.conf").write_text(FAULTS, encoding="utf-8")


def check(folder: Path) -> None:
    """What the program has left."""
    if (folder / "a").read_bytes() != (folder / "a.bin").read_bytes():
        sys.exit("fatfs: file A was read as another")
    run(TOOLS["fsck.fat"], "-n", folder / "fat.img")
    for name in ("a.bin", "b"):
        run(TOOLS["mcopy"], "-n", "-i", folder / "fat.img", f"::{name[0].upper()}.BIN", folder / "back")
        if (folder / "back").read_bytes() != (folder / name).read_bytes():
            sys.exit(f"fatfs: mtools reads another file than {name}")
        (folder / "back").unlink()
    left = bytearray(2048 * BLOCK)
    left[5 * BLOCK : 6 * BLOCK] = b"x" * BLOCK  # the next two were trimmed
    left[2047 * BLOCK :] = b"y" * BLOCK
    if (folder / "large_blocks.img").read_bytes() != left:
        sys.exit("fatfs: the disk with large blocks has other contents")


def main(program: str, version: str, folder: Path) -> None:
    missing = [name for name, path in TOOLS.items() if path is None]
    if missing:
        print(f"not installed: {', '.join(missing)} (dosfstools, mtools)")
        sys.exit(77)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    make(folder)
    run("timeout", "-k", "5", "60", program, version, folder)
    check(folder)
    shutil.rmtree(folder)
    print("fatfs: OK")


main(sys.argv[1], sys.argv[2], Path(sys.argv[3]).absolute())
