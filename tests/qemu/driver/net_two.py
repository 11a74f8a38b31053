# SPDX-License-Identifier: MIT
"""Two QEMUs with a cable between them, each driven by a qemu_net_two: net_two.py PROGRAM legacy|modern|all FRAMES FOLDER.

In each kind of ring so many frames go each way at the same time. What QEMU's filter-dump has written of the cable, on
each side, is held against what the frames have to be, by arithmetic of its own: count, order, lengths, bytes.
"""

import shutil
import socket
import struct
import subprocess
import sys
import time
from pathlib import Path

INDIRECT, EVENT, PACKED = 1, 2, 4  # of a kind's bits, which are those of disk.h
SHORTEST, LONGEST = 14, 1514
MAC = bytes.fromhex("525400123460")
PATTERN = bytes((at * 2654435761 % (1 << 32) >> 13) % 256 for at in range(LONGEST))
BODIES = [bytes(byte ^ key for byte in PATTERN) for key in range(256)]


def frame(to: int, number: int) -> bytes:
    """What the machine `to` is sent."""
    length = SHORTEST + number % (LONGEST - SHORTEST + 1)
    return MAC[:5] + bytes([MAC[5] + to]) + BODIES[(2 * number + to) * 29 % 256][6:length]


def check(path: Path, frames: int) -> None:
    """A capture of one side has what both have sent, each in its order, and nothing else."""
    come = [0, 0]
    with path.open("rb") as file:
        magic, _, _, _, _, _, link = struct.unpack("=IHHiIII", file.read(24))
        if (magic, link) != (0xA1B2C3D4, 1):
            sys.exit(f"net_two: {path} is no capture of Ethernet")
        while header := file.read(16):
            _, _, captured, length = struct.unpack("=IIII", header)
            got = file.read(captured)
            to = got[5] - MAC[5] if captured > 5 else -1
            if captured != length or to not in (0, 1) or got != frame(to, come[to]):
                sys.exit(
                    f"net_two: {path}: frame {sum(come)}, {length} bytes, is not frame {come} to machine {to}"
                )
            come[to] += 1
    if come != [frames, frames]:
        sys.exit(f"net_two: {path}: frames {come}, and not {frames} each way")


def run(program: str, version: str, kind: int, frames: int, folder: Path) -> None:
    """Both machines, in a kind of ring."""
    folder.mkdir(exist_ok=True)
    ends = socket.socketpair()
    processes = []
    for which, end in enumerate(ends):
        words = [
            "timeout",
            "-k",
            "5",
            "570",
            program,
            version,
            str(kind),
            str(which),
            str(end.fileno()),
            str(frames),
            str(folder / f"machine{which}"),
        ]
        processes.append(
            subprocess.Popen(
                words, pass_fds=[end.fileno()], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
        )
    for end in ends:
        end.close()
    if [process.stdout.readline() for process in processes] == ["open\n", "open\n"]:
        for process in processes:
            process.stdin.write("\n")
            process.stdin.flush()
    failed = [process.wait() != 0 for process in processes]
    if any(failed):
        sys.exit(f"net_two: {version}, kind {kind}: a machine has failed")
    for which in range(2):
        check(folder / f"machine{which}" / "wire.pcap", frames)
    shutil.rmtree(folder)


def main(program: str, versions: str, frames: int, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for version in ("legacy", "modern") if versions == "all" else (versions,):
        for kind in range(PACKED if version == "legacy" else 2 * PACKED):
            if versions != "all" and kind.bit_count() % 2:  # as disk_runs_kind
                continue
            began = time.monotonic()
            run(program, version, kind, frames, folder / "run")
            name = (
                version
                + ("_packed" if kind & PACKED else "_split")
                + "_indirect" * (kind & INDIRECT)
                + "_event" * (kind & EVENT != 0)
            )
            print(f"{name}: {frames} frames each way, {time.monotonic() - began:.1f} s", flush=True)
    print("net_two: OK")


main(sys.argv[1], sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]).absolute())
