# SPDX-License-Identifier: MIT
"""examples/devices in QEMU: all devices at once, in each kind of ring; its checks fail when they should."""
import zlib
from pathlib import Path

import pytest

import boot
import devices
import picture
from devices import Demo, Failed
from steps import build

DEMO = (boot.ROOT / "vwr", "demo", "devices")


@pytest.mark.parametrize("kind", ["packed-plain", "legacy-plain", "pci-packed", "ccw"])
def test_devices(kind):
    """Everything that the demo checks: each ring, with and without EVENT_IDX, each bus; `devices_script` has split rings, ./vwr demo devices all kinds."""
    Demo(kind).run()


def test_devices_unoptimised():
    """Not optimised, at EL2."""
    build("vwr_devices_O0")
    demo = Demo("packed", image="vwr_devices_O0", machine=f"{devices.MACHINE},virtualization=on")
    demo.run()
    assert demo.session.lines[0].endswith("exception level 2")


def test_picture_of_the_readme():
    """README.md shows what the demo draws on packed rings."""
    drawn = picture.Picture("BARE METAL ON PACKED RINGS").png()
    shown, right = (
        zlib.decompressobj().decompress(png.partition(b"IDAT")[2])
        for png in ((boot.ROOT / "docs/demo.png").read_bytes(), drawn)
    )
    assert shown == right


def test_devices_script():
    """What it shows, and what it refuses."""
    code, out, _ = boot.script(*DEMO, "split")
    assert code == 0 and out.splitlines()[-1] == "demo: OK"
    (path,) = [
        line.partition("demo: split: picture: ")[2]
        for line in out.splitlines()
        if line.endswith("/picture.png")
    ]
    shown = Path(path).with_suffix(".ppm").read_bytes()
    assert shown == picture.Picture("BARE METAL ON SPLIT RINGS").bytes()
    code, out, err = boot.script(*DEMO, "split", "spilt")
    assert (
        code == 1
        and out == ""
        and "there is no kind 'spilt'" in err
        and err.splitlines()[-1].startswith("Next: ")
    )


def around(demo, name, before=lambda *_: None, after=lambda *_: None):
    """Has something else happen before and after a step of the demo, with the step's arguments."""
    original = getattr(demo, name)

    def step(*arguments):
        before(*arguments)
        original(*arguments)
        after(*arguments)

    setattr(demo, name, step)


def change_cursor(demo):
    """A trace of other moves."""
    original = demo.cursor
    demo.cursor = lambda x, y: original(x + 1, y)


def change_pcap(demo):
    """A byte of the last ping's data."""

    def change():
        file = demo.folder / "net.pcap"
        content = bytearray(file.read_bytes())
        content[content.rindex(bytes(range(48, 104)))] ^= 1
        file.write_bytes(content)

    around(demo, "network", before=change)


def change_picture(demo):
    """One pixel, by one."""

    def change(_, right, __):
        red, green, blue = right.rows[0][0]
        right.rows[0][0] = red, green, blue ^ 1

    around(demo, "screen", before=change)


def change_balloon(demo):
    """A page more than the guest has given."""
    checks = demo.balloon

    def balloon():
        original = demo.monitor
        asked = {"query-balloon": lambda value: {"actual": value["actual"] - devices.PAGE}}
        demo.monitor = lambda what, **more: asked.get(what, lambda value: value)(original(what, **more))
        checks()

    demo.balloon = balloon
    demo.asked = lambda good: good()


def change_machine(demo):
    """QEMU ends before anybody has said so."""

    def end(*_):
        demo.session.machine.terminate()
        demo.session.machine.wait()

    around(demo, "keys", before=end)


@pytest.mark.parametrize(
    "change, words",
    [
        (lambda demo: setattr(demo, "sector", demo.sector.upper()), "disk: its first sector"),
        (lambda demo: (demo.folder / "random.bin").write_bytes(bytes(1 << 16)), "random: 64 bytes"),
        (lambda demo: setattr(demo, "line", demo.line.upper()), "unit: the first block"),
        (change_pcap, "net: the pcap contains 3 pings"),
        (lambda demo: setattr(demo, "file", demo.file[::-1]), "net: 1048653 bytes by TFTP"),
        (change_balloon, "balloon: QEMU has 64 pages"),
        (change_cursor, "screen: QEMU's cursor"),
        # a host that has taken one for the other
        (
            lambda demo: demo.ours.update(port0=demo.ours["port1"], port1=demo.ours["port0"]),
            "ports: 0 printed a line",
        ),
        (change_picture, "screen: the picture"),
        # a rectangle that was not flushed, as far as the host knows
        (
            lambda demo: around(demo, "pointer", after=lambda right: right.mark(600, 300)),
            "screen: it shows the keys",
        ),
        (change_machine, "split: QEMU: "),
    ],
)
def test_devices_notices(change, words):
    """What is wrong fails the demo by name."""
    demo = Demo("split")
    change(demo)
    with pytest.raises(Failed) as why:
        demo.run()
    assert words in str(why.value)


@pytest.mark.parametrize(
    "options, words",
    [
        (
            [
                "-chardev",
                "null,id=c",
                "-object",
                "rng-egd,id=r,chardev=c",
                "-device",
                "virtio-rng-device,rng=r",
            ],
            "random",
        ),
        (["-netdev", "hubport,id=n,hubid=0", "-device", "virtio-net-device,netdev=n"], "net"),
    ],
)
def test_devices_silent(version, options, words):
    """A host without random bytes, a network without anybody: the guest says so, and ends."""
    console = boot.boot(
        version,
        [],
        image="../devices/vwr_devices",
        machine=devices.MACHINE,
        extra=["-icount", "shift=0,sleep=off", *options],
    )
    assert f"ERROR: {words}: showing: ETIMEOUT" in console.text
    assert console.last.startswith("devices: FAILED: ETIMEOUT")
