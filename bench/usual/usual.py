#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The features that QEMU's devices, with default options, negotiate with Linux's drivers.

`--record` boots Debian's kernel and writes usual.yaml, which the rows of the bench use. See ../README.md.
"""

import argparse
import contextlib
import functools
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import guest_packages as debian
import yaml

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
FILE = HERE / "usual.yaml"
BUILD = Path(os.environ.get("VWR_BUILD_DIR") or ROOT / "build")
VHOST = BUILD / "hosted/programs/vhost/vwr-vhost"
RECORDED = ROOT / "tests/qemu/exchanges/recorded.txtar"  # of classes that QEMU 7.2 has no device for
QEMU = "qemu-system-aarch64"
TIMEOUT = 280  # seconds for a boot that takes twenty
TAP = "vwr-usual"
# Name, device type, and options of QEMU: only those without which the device does not start.
DEVICES = (
    ("blk", 2, "virtio-blk-pci,drive=disk"),
    ("net, user", 1, "virtio-net-pci,netdev=net,romfile="),
    ("net", 1, "virtio-net-pci,netdev=tap,romfile="),
    ("console", 3, "virtio-serial-pci"),
    ("entropy", 4, "virtio-rng-pci"),
    ("balloon", 5, "virtio-balloon-pci"),
    ("scsi", 8, "virtio-scsi-pci"),
    ("9p", 9, "virtio-9p-pci,fsdev=share,mount_tag=share"),
    ("gpu", 16, "virtio-gpu-pci"),
    ("input", 18, "virtio-keyboard-pci"),
    ("crypto", 20, "virtio-crypto-pci,cryptodev=crypto"),
    # QEMU 7.2 without KVM exits if a vhost device has MSI-X vectors.
    ("fs", 26, "vhost-user-fs-pci,tag=vwr,vectors=0,chardev=fs"),
    ("vsock", 19, "vhost-user-vsock-pci,vectors=0,chardev=vsock"),
)
# Devices of QEMU whose back end is vwr-vhost.
BACK_ENDS = {"fs": ".", "vsock": "--cid 42 --host sockets"}
MODULES = (
    *(
        "virtio_pci",
        "virtio_blk",
        "virtio_net",
        "virtio_console",
        "virtio_rng",
        "virtio_balloon",
        "virtio_scsi",
    ),
    *(
        "9pnet_virtio",
        "virtio_gpu",
        "virtio_input",
        "virtio_crypto",
        "virtiofs",
        "vmw_vsock_virtio_transport",
    ),
)
# Classes for which one end is ours: {name of the recording: both ends}.
OTHERS = {
    "gpio": "our device, Linux's driver",
    "i2c": "our device, Linux's driver",
    "sound": "QEMU 10, our driver",
}
FIRST = 3  # slot of the first device on the bus


class Failed(Exception):
    """Why nothing was recorded."""


@contextlib.contextmanager
def tap():
    """A tap interface of the host for the network card, without which QEMU offers no offloads."""
    make = ["ip", "tuntap", "add", "dev", TAP, "mode", "tap"]
    if (done := subprocess.run(make, capture_output=True, text=True, check=False)).returncode:
        raise Failed(f"no interface: {done.stderr.strip()}; run this as root")
    try:
        yield
    finally:
        subprocess.run(["ip", "tuntap", "del", "dev", TAP, "mode", "tap"], check=True)


def command():
    """The command of QEMU with one device of each kind, in consecutive slots."""
    words = (
        f"timeout -k 5 {TIMEOUT} {QEMU} -machine virt,memory-backend=ram -cpu cortex-a72 -m 256M -nodefaults"
    )
    words += " -object memory-backend-memfd,id=ram,size=256M,share=on -display none -no-reboot"
    words += " -kernel vmlinuz -initrd initrd.gz -serial stdio -monitor none"
    words += " -blockdev driver=null-co,node-name=disk,size=1048576 -netdev user,id=net,restrict=on"
    words += f" -netdev tap,id=tap,ifname={TAP},script=no,downscript=no"
    words += " -object cryptodev-backend-builtin,id=crypto -fsdev local,id=share,path=.,security_model=none"
    words += "".join(f" -chardev socket,id={name},path={name}" for name in BACK_ENDS)
    devices = [f"{options},addr={FIRST + n:#x}" for n, (_, _, options) in enumerate(DEVICES)]
    return [
        *words.split(),
        "-append",
        "console=ttyAMA0 quiet",
        *(word for one in devices for word in ("-device", one)),
    ]


@contextlib.contextmanager
def back_ends(folder):
    """The processes of BACK_ENDS, which wait for QEMU."""
    if not VHOST.exists():
        raise Failed(f"no {VHOST.relative_to(ROOT)}: ./vwr build")
    with contextlib.ExitStack() as started:
        for name, words in BACK_ENDS.items():
            command_ = [
                *("timeout", "-k", "5", str(TIMEOUT)),
                *(str(VHOST), name, "--socket", name, *words.split()),
            ]
            one = started.enter_context(subprocess.Popen(command_, cwd=folder, stdin=subprocess.DEVNULL))
            started.callback(one.terminate)
        end = time.monotonic() + TIMEOUT
        while not all((folder / name).exists() for name in BACK_ENDS):
            if time.monotonic() > end:
                raise Failed("vwr-vhost makes no socket")
            time.sleep(0.01)
        yield


def boot(folder, guest):
    """Boots the guest. Returns what it prints: {slot: (device type, features)}."""
    (folder / "vmlinuz").write_bytes(guest.kernel.read_bytes())
    (folder / "initrd.gz").write_bytes(debian.initrd(guest, (HERE / "init.sh").read_bytes()))
    with tap(), back_ends(folder):
        done = subprocess.run(
            command(), cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
    if "usual: OK" not in done.stdout:
        raise Failed(f"the guest did not finish: {(done.stdout + done.stderr)[-400:]}")
    lines = re.findall(r"^usual: 0x(\w+) (\w+) ([01]+)\s*$", done.stdout, re.M)
    return {int(slot, 16): (int(kind, 16), int(bits[::-1], 2)) for kind, slot, bits in lines}


def other(name):
    """Features of a recording of tests/qemu/exchanges."""
    text = RECORDED.read_text(encoding="utf-8").partition(f"-- {name}.txt --\n")[2]
    return int(re.search(r"^features (\w+)$", text, re.M)[1], 16)


def record():
    """Writes usual.yaml."""
    guest = debian.prepare(debian.home(debian.FULL), MODULES, debian.FULL)
    with tempfile.TemporaryDirectory() as folder:
        found = boot(Path(folder), guest)
    version = subprocess.run([QEMU, "--version"], capture_output=True, text=True, check=True).stdout
    rows = {}
    for n, (name, kind, options) in enumerate(DEVICES):
        if found.get(FIRST + n, (0,))[0] != kind:
            raise Failed(f"the guest says nothing of {name}")
        by = options + (", vwr-vhost" if name in BACK_ENDS else "")
        rows[name] = {"features": found[FIRST + n][1], "by": by}
    rows |= {name: {"features": other(name), "by": both} for name, both in OTHERS.items()}
    kernel = next(name for name in guest.packages if name.startswith("linux-image"))
    head = (
        "# SPDX-License-Identifier: MIT\n"
        "# Features that QEMU's device and Linux's driver have negotiated; written by ./vwr bench usual --record.\n"
        f"# {version.splitlines()[0]}\n# {kernel}\n"
    )
    lines = [f"{name}:\n  by: {one['by']}\n  features: {one['features']:#x}\n" for name, one in rows.items()]
    FILE.write_text(head + "".join(lines), encoding="utf-8")


@functools.cache
def recorded():
    """The file: {name: {"by": …, "features": …}}."""
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


def names():
    """The classes in the file."""
    return list(recorded())


def features(name):
    """The bits that the usual pair of a class has negotiated."""
    return recorded()[name]["features"]


def main():
    parser = argparse.ArgumentParser(prog="./vwr bench usual", description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--record", action="store_true", help="boot a guest and write usual.yaml; needs root")
    given = parser.parse_args()
    try:
        if given.record:
            record()
    except (Failed, debian.NoLinux) as why:
        sys.exit(f"usual.py: {why}")
    print(FILE.read_text(encoding="utf-8"), end="")


if __name__ == "__main__":
    main()
