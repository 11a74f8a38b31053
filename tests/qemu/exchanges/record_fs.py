#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Records what Linux's file system driver and QEMU's virtiofsd send each other. See README.md."""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import guest_packages as debian
import record
from processes import output

HERE = Path(__file__).resolve().parent
ID, TAG, TAG_BYTES = 26, "share", 36
VIRTIOFSD = "/usr/lib/qemu/virtiofsd"
LIMIT = ["timeout", "-k", "5", str(record.TIMEOUT)]
SERVER = (
    f"unshare -m {record.GDB} -nx -batch -x {HERE}/behind_fs.py --args {VIRTIOFSD} -f --socket-path=socket"
    " --thread-pool-size=0 -o sandbox=chroot,no_readdirplus -o"
).split()
MACHINE = (
    f"{record.QEMU} -machine virt,memory-backend=ram -cpu cortex-a72 -m 128M -nodefaults -display none"
    " -object memory-backend-memfd,id=ram,size=128M,share=on -serial stdio -no-reboot -kernel vmlinuz"
    f" -initrd initrd -chardev socket,id=fs,path=socket -device vhost-user-fs-pci,tag={TAG},chardev=fs,vectors=0"
).split()


def wait_for(path, server):
    end = time.monotonic() + record.PATIENCE
    while not path.exists():
        if server.poll() is not None or time.monotonic() > end:
            raise record.Failed(f"{VIRTIOFSD} makes no socket")
        time.sleep(0.05)


def boot(folder, guest):
    """(negotiated features, what the hook has seen)."""
    (folder / "vmlinuz").write_bytes(guest.kernel.read_bytes())
    (folder / "initrd").write_bytes(debian.initrd(guest, (HERE / "init_fs.sh").read_bytes()))
    (folder / "share").mkdir()
    (folder / "share" / "hello").write_text("bytes of the host\n" * 300, encoding="utf-8")
    log = folder / "exchanges"
    with open(folder / "server.txt", "wb") as said_server, subprocess.Popen(
        [*LIMIT, *SERVER, f"source={folder}/share"],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=said_server,
        stderr=said_server,
        env={**os.environ, "VWR_EXCHANGES": str(log), "PYTHONPATH": str(HERE)},
    ) as server:
        wait_for(folder / "socket", server)
        said = subprocess.run(
            [*LIMIT, *MACHINE, "-append", "console=ttyAMA0 quiet"],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
    features = re.search(r"^features: ([01]+)", said.stdout, re.MULTILINE)
    if "exchanges: OK" not in said.stdout or not features:
        raise record.Failed(f"the guest did not finish: {said.stdout[-400:]}{said.stderr[-400:]}")
    seen = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    return int(features[1][::-1], 2), [{"device": 0, **one} for one in seen]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split(" See")[0])
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the files of the run there")
    given = parser.parse_args()
    try:
        guest = debian.prepare(debian.home(), ["virtio_pci", "virtiofs"])
        with tempfile.TemporaryDirectory() as temporary:
            folder = (given.keep or Path(temporary)).absolute()
            folder.mkdir(parents=True, exist_ok=True)
            features, seen = boot(folder, guest)
    except (record.Failed, debian.NoLinux) as why:
        sys.exit(f"record_fs.py: {why}")
    # What the driver reads is what QEMU was told: the tag, and one request queue.
    config = TAG.encode().ljust(TAG_BYTES, b"\0") + (1).to_bytes(4, "little")
    lines = record.lines_of(
        0, [{"device": 0, "features": features}, {"device": 0, "offset": 0, "config": config.hex()}, *seen]
    )
    version = output([record.QEMU, "--version"]).splitlines()[0]
    record.write("fs", [Path(__file__).name, version, *guest.packages], ID, lines)


if __name__ == "__main__":
    main()
