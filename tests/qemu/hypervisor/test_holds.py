# SPDX-License-Identifier: MIT
"""Two Linux guests, one of them hostile (hostile.c): how long its devices keep the hypervisor's lock, and whether they and
the other guest go on."""

import re

import guest_packages as debian
import holds
import host
import pytest
import soak
from session import ESCAPE, Session
from processes import completed

LIMIT = 100000  # instructions of EL2 with the lock held, whatever a guest does
BLIND = 300000  # without a poll of interrupts, as the prompt needs them
STEADY_LINES = 5  # of each of its signs that the other guest has to say meanwhile, and again after the reset
PATIENCE = 250  # seconds on the host
SECTORS = host.WINDOW_BYTES // soak.SECTOR_BYTES
ICOUNT = ["-icount", "shift=0"]
MEMORY = "quiet cryptomgr.notests iomem=relaxed mem=80M"  # hostile.c has what is behind
HOSTILE = """
for driver in virtio_console virtio_rng virtio_blk virtio_net; do
    for device in /sys/bus/virtio/drivers/$driver/virtio*; do
        echo "${device##*/}" >"/sys/bus/virtio/drivers/$driver/unbind"
    done
done
"""
STEADY = f"""
ip link set eth0 up
ip addr add 10.0.2.77/24 dev eth0
ping -i 0.02 10.0.2.2 &
drip {1 << 40} {SECTORS} steady
"""
SIGNS = ("guest: steady", r"64 bytes from 10\.0\.2\.2: seq=")  # that the other guest's disk and network go on
WORKS = r"hostile: pass \d+: all devices work"
DEVICES = [
    "-netdev",
    "user,id=net",
    "-device",
    "virtio-net-device,netdev=net",
    "-device",
    "virtio-gpu-device",
    "-device",
    "virtio-keyboard-device",
    "-device",
    "virtio-tablet-device",
]
COMMANDS = (
    ("help", "  quit"),
    ("list", r"xa012000|0a012000"),
    ("stats", "^  instructions of the hypervisor"),
    ("stuck", "^disk: .* requests in flight"),
    ("debug 0 0", "^  queue 0"),
    ("debug 1 1", "^  queue 1"),
)


@pytest.fixture
def linux():
    """Debian's kernel and busybox; of drivers only those that the other guest needs."""
    try:
        return debian.prepare(debian.home(), [*debian.DISK, "virtio_console", "virtio_rng", "virtio_net"])
    except debian.NoLinux as why:
        pytest.skip(f"no Linux guest: {why}")


def start(folder, linux, plan, scripts, options):
    """The session with the guests, counted."""
    if "-plugin" not in completed([host.QEMU, "-help"]).stdout:
        pytest.skip("this QEMU has no plugins")
    programs = [
        ("bin/drip", soak.build_program(folder, "drip")),
        ("bin/hostile", soak.build_program(folder, "hostile", "hostile_classes")),
    ]
    files = host.guest_files(folder, linux, plan, scripts, MEMORY, programs)
    return Session(
        folder,
        host.command(
            plan, files, len(scripts), options=[*options, *DEVICES, *ICOUNT, *holds.options(folder, plan)]
        ),
        2 * PATIENCE,
        PATIENCE,
    )


def check(folder, plan):
    """What was counted is within the limits."""
    found, blocks = holds.read(folder)
    for (cpu, name), most in found.items():
        print(f"CPU {cpu}: {name} {most}")
        limit = {"hold": LIMIT, "blind": BLIND}.get(name)
        assert limit is None or 100 < most <= limit, (
            f"CPU {cpu}: {most} instructions {'with the lock held' if name == 'hold' else 'without a poll of interrupts'}: "
            f"{holds.functions(plan, blocks[cpu, name])}"
        )
    return found


def ask(session, hostile):
    """The prompt answers whatever it is asked."""
    for command, end in COMMANDS:
        session.command(command, end)
    session.command(f"guest {hostile}", f"keys go to guest {hostile}")
    session.type("keys for a guest that has room for them\r" * 8)


def storm(folder, linux, plan, hostile, packed, more=""):
    """One guest attacks its devices, and is reset in the middle of it; the other writes and reads."""
    host.make_disk(folder, {})
    scripts = [STEADY, STEADY]
    scripts[hostile] = HOSTILE + f"hostile {hostile} {packed} 0\n"
    with start(folder, linux, plan, scripts, host.drive("disk.img", more=more)) as session:
        session.expect("hostile: begins")
        begin = len(session.lines)
        ask(session, hostile)
        session.expect(r"hostile: pass \d+ is over")  # of all attacks
        went_on = session.lines[begin:]
        session.command(f"reset {hostile}", f"guest {hostile} restarts")
        session.expect("hostile: begins")
        for sign in SIGNS:
            for _ in range(STEADY_LINES):
                session.expect(sign)
        ask(session, hostile)
        session.type(f"{ESCAPE}quit\r")  # its echo may have lines of a guest in it
        assert session.wait() == 0
    bad = [line for line in session.lines if re.search(r"(guest|hostile: pass \d+): FAILED", line)]
    said = {sign: sum(re.search(sign, line) is not None for line in went_on) for sign in (*SIGNS, WORKS)}
    print(said)
    assert not bad and min(said[sign] for sign in SIGNS) >= STEADY_LINES and said[WORKS] == 1, (
        bad,
        said,
    )
    found = check(folder, plan)
    assert all(found[cpu, "holds"] > 1000 for cpu in (0, 1))


def test_no_guest_keeps_the_lock(folder, linux):
    storm(folder, linux, "vms", 1, 0)


def test_no_guest_keeps_the_lock_with_a_slow_disk(folder, linux):
    storm(folder, linux, "vms", 0, 1, ",throttling.iops-total=4000")


def test_the_hypervisor_measures_that_itself(folder, linux):
    host.make_disk(folder, {})
    with start(folder, linux, "vms-holds", [HOSTILE + "hostile 0 0 1\n"], host.drive("disk.img")) as session:
        session.expect("hostile: ends")
        said = "\n".join(session.command("stats", "^disk: "))
        session.type(f"{ESCAPE}quit\r")  # its echo may have lines of a guest in it
        assert session.wait() == 0
    kept = int(re.search(r"longest with the lock held (\d+) ns: [a-z ]+, ", said).group(1))
    counted = holds.read(folder)[0][0, "hold"]
    assert abs(kept - counted) < counted // 20, (kept, counted)
