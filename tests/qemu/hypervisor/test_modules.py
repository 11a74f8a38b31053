# SPDX-License-Identifier: MIT
"""Sound, I2C and GPIO of two Linux guests, with split and with packed rings; a guest with an IOMMU.

The drivers are modules that are built from Debian's source of the kernel: its packages do not have them."""

import math
import os
import re
import struct
import wave

import agent
import checks
import guest_packages as debian
import pytest
from steps import build, say

RATE, TONE, LOUD, FRAME_BYTES = 48000, 440, 12000, 4
BUFFER = "pcm_buffer_ms=3000 pcm_periods_max=30 pcm_period_ms_max=100"  # as guest/pcm.c wants it
LINES = [f"{half}-{line}" for half in ("out", "in") for line in range(4)]
# The kernel says this of drivers from outside of its tree, and of gpio-virtio itself.
KNOWN = ("loading out-of-tree module taints kernel", "not an immutable chip, please consider fixing it")
TIMES = int(os.environ.get("VWR_TIMES", "1"))  # ./vwr soak modules sets it


@pytest.fixture
def linux():
    """Debian's full kernel, with modules that were built for it."""
    try:
        needed = [name for _, names in debian.LACKING.values() for name in names]
        return debian.lacking(agent.prepare(*needed))
    except debian.NoLinux as why:
        (pytest.fail if "VWR_TIMES" in os.environ else pytest.skip)(f"no Linux guest: {why}")


def sine(path):
    """A WAV file of a second, with another tone on each side; its frames."""
    frames = b"".join(
        struct.pack("<hh", *(round(LOUD * math.sin(2 * math.pi * TONE * side * n / RATE)) for side in (1, 2)))
        for n in range(RATE)
    )
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(FRAME_BYTES // 2)
        file.setframerate(RATE)
        file.writeframes(frames)
    return frames


def tape(machine, number, size):
    """What the sound card of a guest has on its tape: by QEMU, from outside."""
    text = "\n".join(machine.command("stats", "^  instructions of the hypervisor"))
    at = int(re.findall(r"sound: tape at (0x[0-9a-f]+)", text)[number], 16)
    path = machine.folder / "tape"
    machine.monitor("pmemsave", val=at, size=size, filename=str(path))
    return path.read_bytes()


def sound(machine, guest, frames):
    """The guest plays the tones, and records what was played."""
    guest.found("tool pcm play /sine.wav", f"^pcm played {len(frames)} bytes$")
    assert tape(machine, guest.number, len(frames)) == frames
    guest.found(
        f"tool pcm record /tmp/tape.wav {len(frames)} /sine.wav", f"^pcm recorded {len(frames)} bytes$"
    )
    guest.ask("cmp /sine.wav /tmp/tape.wav")
    say(f"sound: {guest} plays {len(frames) // FRAME_BYTES} frames, and records them: each sample is right")


def buses(guest):
    """Everything that is on the bus, and on the links."""
    assert guest.ask("tool i2c detect") == ["i2c 0x50 answers", "i2c 117 addresses asked"]
    guest.found("tool i2c memory", "^i2c 256 bytes are right$")
    guest.found("tool i2c refused", "^i2c errors are right$")
    say(f"i2c: {guest} finds the memory at 0x50, writes and reads it; a failing message ends its transfer")
    assert guest.ask("tool gpio info") == [f"gpio {len(LINES)} lines: {' '.join(LINES)}"]
    (edges,) = guest.found("tool gpio links", r"^gpio (\d+) edges are right$")
    say(f"gpio: levels that {guest} sets arrive at the other end of the links, with {edges} edges")


def test_sound_i2c_and_gpio(folder, linux):
    frames = sine(folder / "sine.wav")
    build("vwr_hypervisor_buses")
    files = [("sine.wav", (folder / "sine.wav").read_bytes())]
    with agent.Behind(folder, linux, plan="vms-buses", real=(), files=files) as machine:
        for guest in machine.ready().guests:
            guest.ask(f"rmmod virtio_snd && insmod /modules/*virtio_snd.ko {BUFFER}")
            for _ in range(TIMES):
                sound(machine, guest, frames)
                buses(guest)
        checks.warnings(machine, KNOWN)
        machine.off()


def behind(guest):
    """The disk and the card of the guest work, and its kernel says that they are behind the IOMMU."""
    groups = guest.ask("for d in /sys/class/iommu/*/devices/*; do echo ${d##*/}; done")
    assert sorted(groups) == ["a001000.virtio_mmio", "a003000.virtio_mmio", "a004000.virtio_mmio"]
    guest.ask("dd if=/dev/urandom of=/tmp/random bs=64k count=64 && cp /tmp/random /dev/vda && sync")
    guest.ask("echo 3 >/proc/sys/vm/drop_caches; cmp -n 4194304 /tmp/random /dev/vda")
    guest.ask("dd if=/dev/hwrng of=/dev/null bs=512 count=8")
    say(f"iommu: {guest} writes and reads 4 MiB of its disk, and random bytes, behind the IOMMU")


def test_disk_and_card_behind_an_iommu(folder, linux):
    build("vwr_hypervisor_iommu")
    with agent.Behind(
        folder,
        linux,
        plan="vms-iommu",
        count=1,
        real=("network",),
        arguments="quiet deferred_probe_timeout=300",
    ) as machine:
        (guest,) = machine.ready().guests
        for _ in range(TIMES):
            behind(guest)
        machine.by_dhcp = [guest.found("net_up", r"^address (\d+\.\d+\.\d+\.\d+)$")[0]]
        checks.reach_host(machine)
        checks.warnings(machine, KNOWN)
        machine.off()
