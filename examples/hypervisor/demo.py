#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""./vwr demo linux [KERNEL] [--shell]: an unmodified Linux behind our devices. Last line: demo: OK.

First a disk, with a kernel alone; then two guests with all devices, each compared with what this machine knows.
"""

import argparse
import hashlib
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import agent
import checks
import host
from host import debian
from steps import Failed, build, run, say

# (plan, what its guest negotiates, whether the real disk is legacy)
RUNS = [
    ("vms", "packed", False),
    ("vms-split", "split", True),
    ("vms-legacy", "legacy", False),
    ("vms", "packed", True),
    ("vms-split", "split", False),
    ("vms-legacy", "legacy", True),
]
SHOWN = [RUNS[0], RUNS[5]]  # by the demo; tests run all
RINGS = {"packed": {"VERSION_1", "RING_PACKED"}, "split": {"VERSION_1"}, "legacy": set()}
HELLO = b"Hello from the host.\n"
TIMEOUT = 240
COPY_MIB, TREE_MIB, FS_MIB, FILES_SECONDS, BALLOON_MIB = 64, 64, 4, 5, 128
SOCKETS_MIB, UNIT_MIB = 16, 2
CRYPTO_KIB = 256

GUEST = r"""
echo "guest: $(uname -sr)"
for device in /sys/bus/virtio/devices/*; do
    echo "guest: $(basename "$device") device $(cat "$device/device") features $(cat "$device/features")"
done
echo "guest: vda $(cat /sys/block/vda/size) sectors, block $(cat /sys/block/vda/queue/logical_block_size)"
mount -t ext4 /dev/vda /mnt || echo "guest: FAILED: mount"
cat /mnt/hello.txt
seq 1 100000 >/mnt/numbers.txt
dd if=/dev/hwrng of=/mnt/random.bin bs=4096 count=16 iflag=fullblock 2>/dev/null
mkdir /mnt/folder
cp /bin/busybox /mnt/folder/busybox
sync
umount /mnt || echo "guest: FAILED: umount"
mount -t ext4 -o ro /dev/vda /mnt
for file in hello.txt numbers.txt random.bin folder/busybox; do
    echo "guest: sha256 $(cd /mnt && sha256sum $file)"
done
umount /mnt
dmesg -r | grep -E '^<[0-4]>.*(virtio|vda|hvc)' | sed 's/^/guest: WARNING: /'
echo "guest: done"
"""
SHELL = r"""
echo "This is busybox in a Linux guest; its disk is /dev/vda. Leave with exit. Ctrl-] is the hypervisor's console."
mount -t ext4 /dev/vda /mnt && echo "The disk is mounted on /mnt."
if [ -d /sys/bus/virtio/drivers/9pnet_virtio ]; then # not with every kernel of a user's
    mkdir /folder
    mount -t 9p -o trans=virtio,version=9p2000.L folder /folder && echo "A folder of the hypervisor's is mounted on /folder."
fi
if [ -e /sys/class/net/eth0 ]; then
    ip link set eth0 up
    udhcpc -n -q -i eth0 -s /bin/lease >/dev/null 2>&1 && echo "eth0 has an address; $(route -n | sed -n 's/^0.0.0.0 *\([0-9.]*\).*/\1/p') is this machine."
fi
setsid cttyhack sh
umount /mnt
"""


def fetched(prepare, *arguments):
    """A guest of Debian's."""
    try:
        return prepare(*arguments)
    except debian.NoLinux as why:
        raise Failed(str(why), "./vwr demo linux   (with a network)") from why


def fetch(kernel):
    """The guest: Debian's, or with a kernel of the user's, which has to have its drivers built in."""
    guest = fetched(debian.prepare, debian.home(), host.MODULES)
    if kernel is None:
        return guest
    if not kernel.is_file():
        raise Failed(f"there is no {kernel}", "./vwr demo linux   (fetches Debian's)")
    return replace(guest, kernel=kernel.resolve(), modules=[])


def boot(folder, linux, plan, legacy):
    """One run; the lines of the console, shown as they are."""
    files = host.guest_files(folder, linux, plan, [GUEST])
    code, lines = host.run(folder, host.command(plan, files, options=host.drive("disk.img", legacy)), TIMEOUT)
    for line in lines:
        print(f"  | {line}")
    again = f"cat '{folder / 'console.txt'}'"
    if code:
        raise Failed(
            f"QEMU was still running after {TIMEOUT} s" if code in (124, 137) else f"QEMU ended with {code}",
            again,
        )
    bad = [line for line in lines if re.search(r"guest: (FAILED|WARNING)|monitor of", line)]
    if bad or "guest: done" not in lines:
        raise Failed(bad[0] if bad else "the guest did not finish", again)
    return lines


def check(folder, lines):
    """What the guest has said, by other programs: e2fsck, debugfs, sha256."""
    words = host.check_file_system(folder)
    if words:
        raise Failed(f"e2fsck finds the file system damaged: {words}", f"e2fsck -fn '{folder / 'left.img'}'")
    sums = dict(reversed(line.split()[2:4]) for line in lines if line.startswith("guest: sha256 "))
    for name in ("hello.txt", "numbers.txt", "random.bin", "folder/busybox"):
        content = host.read_file(folder, name)
        if content is None or hashlib.sha256(content).hexdigest() != sums.get(name):
            raise Failed(f"{name} differs from what the guest wrote", f"debugfs '{folder / 'left.img'}'")
    if host.window(folder, 1) != host.right_window():
        raise Failed("data outside the guest's window changed", f"cat '{folder / 'console.txt'}'")
    say("e2fsck: clean; debugfs: four files match what the guest wrote; data outside its window is unchanged")


def check_ring(lines, ring):
    """Has the guest's disk negotiated what it was to?"""
    (line,) = (line for line in lines if line.startswith("guest: virtio0 "))
    found = host.features("blk", line.split()[-1])
    if found & {"VERSION_1", "RING_PACKED"} != RINGS[ring]:
        raise Failed(
            f"the guest's disk is not {ring}: it has {', '.join(sorted(found))}", "./vwr demo linux --shell"
        )
    say(f"the guest's driver negotiated {', '.join(sorted(found))}")


def run_all(folder, linux, runs=tuple(RUNS)):
    """Each kind of device for the guest on each kind of real disk."""
    if "vms-split" in (plan for plan, _, _ in runs):
        build("vwr_hypervisor_split")
    for plan, ring, legacy in runs:
        say(f"the guest's disk: {ring}; the real disk: {'legacy' if legacy else 'modern'}")
        host.make_disk(folder, {"hello.txt": HELLO})
        lines = boot(folder, linux, plan, legacy)
        check_ring(lines, ring)
        check(folder, lines)


def show_all(folder):
    """Two guests with everything that there is."""
    linux = fetched(agent.prepare)
    say(f"two guests with all devices: {', '.join(linux.packages)}")
    say(
        "left: disk, console, random bytes, network, folder, file system, balloon, SCSI host, sockets, crypto device, screen, keyboard, tablet; "
        "right: the same without the last three"
    )
    with agent.Behind(folder, linux) as machine:
        machine.ready()
        picture = show(machine, COPY_MIB, TREE_MIB, FILES_SECONDS)
        machine.off()
    say(f"the picture of the real screen: {picture}")


def show(machine, copy_mib, tree_mib, seconds):
    """Each device once; the picture's path."""
    say("network: guest 0 and guest 1 share a switch, which our driver connects to QEMU's network")
    checks.network(machine, copy_mib)
    say("screen: our device and our driver pass what guest 0 draws to QEMU's screen")
    picture = checks.screen(machine)
    say("input: our driver and our devices pass events of QEMU's keyboard and tablet to guest 0")
    checks.keys(machine)
    checks.leds(machine)
    say("folder: the hypervisor serves files in its memory by 9p")
    checks.folder(machine, 0, tree_mib, seconds)
    say("file system: the same files by FUSE, which Linux mounts as virtiofs")
    checks.fs(machine, 0, FS_MIB, seconds)
    say("balloon: the hypervisor asks a guest for memory")
    for guest in machine.guests:
        checks.balloon(machine, guest.number, BALLOON_MIB)
    say("scsi: the hypervisor has a SCSI host for each guest, with two disks in its memory")
    checks.scsi(machine, 0, UNIT_MIB)
    say("sockets: programs of a guest and the hypervisor connect by vsock, without a network")
    checks.sockets(machine, 0, min(copy_mib, SOCKETS_MIB))
    say("crypto: a guest's kernel lets the hypervisor encrypt and decrypt for it, by AES")
    checks.crypto(machine, 0, CRYPTO_KIB)
    checks.warnings(machine)
    return picture


def shell(folder, linux):
    """A shell on the guest's console; the terminal is the guest's."""
    host.make_disk(folder, {"hello.txt": HELLO})
    files = host.guest_files(folder, linux, "vms", [SHELL], more=[("bin/lease", agent.LEASE.read_bytes())])
    subprocess.run(
        host.command("vms", files, options=[*host.drive("disk.img"), *agent.devices("network")]),
        cwd=folder,
        check=False,
    )


def demo(kernel, with_shell):
    folder = host.build_folder() / "demo"
    folder.mkdir(parents=True, exist_ok=True)
    linux = (
        fetched(agent.prepare, "ext4", "crc32c_generic") if with_shell and kernel is None else fetch(kernel)
    )
    say(f"guest: {', '.join(linux.packages)}")
    build("vwr_hypervisor")
    if with_shell:
        shell(folder, linux)
    else:
        run_all(folder, linux, SHOWN)
        if kernel is None:
            show_all(folder)
        say("OK")


def main():
    parser = argparse.ArgumentParser(
        prog="vwr demo linux", description="An unmodified Linux behind our devices."
    )
    parser.add_argument(
        "kernel",
        nargs="?",
        type=Path,
        metavar="KERNEL",
        help="an arm64 Image with virtio-mmio, "
        "virtio-blk, virtio-console and ext4 built in, which tests the disk; default: Debian's kernel, which tests all devices",
    )
    parser.add_argument("--shell", action="store_true", help="a shell in the guest")
    arguments = parser.parse_args()
    return run(lambda: demo(arguments.kernel, arguments.shell))


if __name__ == "__main__":
    sys.exit(main())
