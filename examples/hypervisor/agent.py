# SPDX-License-Identifier: MIT
"""Two Linux guests that do what they are asked: guest/agent.sh runs a command, the lines it says come back here.

Behind the hypervisor (Behind), or on QEMU's own devices (Straight), a QEMU each with a wire between them.
"""

import contextlib
import os
import re
import socket
import subprocess
import time
from pathlib import Path

import host
import qmp
from host import debian
from session import ESCAPE, Session
from steps import Failed, say

GCC = "aarch64-linux-gnu-gcc"
HERE = Path(__file__).resolve().parent
LEASE = HERE / "guest" / "lease.sh"
MODULES = [
    *host.MODULES,
    "virtio_net",
    "virtio_gpu",
    "virtio_input",
    "evdev",
    "9p",
    "9pnet_virtio",
    "virtiofs",
    "virtio_balloon",
    "virtio_scsi",
    "sd_mod",
    "ext4",
    "crc32c_generic",
    "vmw_vsock_virtio_transport",
    "virtio_crypto",
    "algif_skcipher",
]
SCREEN = "screen"  # QEMU's name of the gpu
TAG = "folder"  # of the 9p file system
FS_TAG = "files"  # of the same folder by FUSE
LEDS = "leds.txt"  # QEMU's log
MACS = ("52:54:00:12:34:00", "52:54:00:12:34:01")
DATA_BYTES = 1 << 20
BOOT = 120  # seconds until a guest is ready
ANSWER = 120  # until a command is done
LIMIT = 1800  # of a machine


def prepare(*more):
    """Debian's full kernel with all these modules, or debian.NoLinux."""
    return debian.prepare(debian.home(debian.FULL), [*MODULES, *more], debian.FULL)


def tool():
    """The program for guests, built if its sources are younger."""
    folder, sources = host.build_folder() / "tool", sorted((HERE / "guest").glob("*.c"))
    path = folder / "tool"
    with debian.alone(folder):
        if path.exists() and path.stat().st_mtime > max(one.stat().st_mtime for one in sources):
            return path.read_bytes()
        done = subprocess.run(
            [GCC, "-std=gnu11", "-O2", "-static", "-s", *map(str, sources), "-o", str(path)],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            path.unlink(missing_ok=True)
            first = (re.findall(r"error: .*|ld: .*", done.stderr) or ["no reason given"])[0]
            raise Failed(
                f"the guests' program does not build: {first}", "apt-get install libc6-dev-arm64-cross"
            )
        return path.read_bytes()


def sg_utils():
    """sg3-utils for the guests; where they cannot be fetched, it says so and there are none."""
    try:
        return debian.sg_utils()
    except debian.NoLinux as why:
        say(f"no sg3-utils for the guests: {why}")
        return []


def stream(data, mib):
    """What `stream` of agent.sh says."""
    return b"".join(b"%d\n" % number + data for number in range(1, mib + 1))


class Guest:
    """One of them, by its console: a session, of which its lines begin with `prefix`."""

    def __init__(self, number, session, prefix, type_line):
        self.number, self.session, self.prefix, self.type_line = number, session, prefix, type_line
        self.at = 0

    def __str__(self):
        return f"guest {self.number}"

    def lines_until(self, pattern, patience=ANSWER):
        """Its lines up to the one with the pattern, which is the last of them."""
        end, found = time.monotonic() + patience, []
        while self.session.more(self.at, end):
            self.at += 1
            line = self.session.lines[self.at - 1]
            if line.startswith(self.prefix):
                found.append(line.removeprefix(self.prefix))
                if re.search(pattern, found[-1]):
                    return found
        raise Failed(
            f"{self} did not print '{pattern}'; last: {' / '.join(found[-5:])}",
            f"cat '{self.session.console}'",
        )

    def said(self, first):
        """Its lines among those of the session from that one on."""
        return [
            line.removeprefix(self.prefix)
            for line in self.session.lines[first:]
            if line.startswith(self.prefix)
        ]

    def ready(self):
        self.lines_until("^guest: ready$", BOOT)

    def begin(self, command):
        """Has it run a command; `finish` is for its end."""
        self.type_line(command)
        return self

    def finish(self, command="its command", patience=ANSWER, may_fail=False):
        """What the command has said."""
        *lines, done = self.lines_until(r"^guest: done \d+$", patience)
        if done != "guest: done 0" and not may_fail:
            raise Failed(
                f"{self}: {command}: {' / '.join(lines[-6:]) or done}", f"cat '{self.session.console}'"
            )
        return lines

    def ask(self, command, patience=ANSWER, may_fail=False):
        return self.begin(command).finish(command, patience, may_fail)

    def found(self, command, pattern, patience=ANSWER):
        """The groups of the first line of a command's that has the pattern."""
        lines = self.ask(command, patience)
        for line in lines:
            if match := re.search(pattern, line):
                return match.groups()
        raise Failed(
            f"{self}: {command}: no '{pattern}' in {' / '.join(lines[-6:])}", f"cat '{self.session.console}'"
        )


class Machine(contextlib.ExitStack):
    """What both kinds have: guests, QEMU's monitor of the one that has the screen, the folder of the run."""

    def __init__(self, folder, linux, more=b"", limit=LIMIT):
        super().__init__()
        self.folder, self.linux, self.limit = folder, linux, limit
        self.guests, self.sessions = [], []
        self.data = os.urandom(DATA_BYTES)
        self.sg = sg_utils()
        self.programs = [
            *self.sg,
            ("bin/tool", tool()),
            ("data", self.data),
            ("more", more),
            ("bin/lease", LEASE.read_bytes()),
        ]
        self.script = (HERE / "guest" / "agent.sh").read_text("utf-8")
        self.monitor = None
        self.by_dhcp, self.addresses = [], []

    def addressed(self):
        """Each guest takes an address by DHCP."""
        self.by_dhcp = [guest.found("net_up", r"^address (\d+\.\d+\.\d+\.\d+)$")[0] for guest in self.guests]
        self.addresses = self.meet()

    def sockets(self, *names):
        """Pairs of sockets: ours by name, and theirs for QEMU."""
        pairs = {name: socket.socketpair() for name in names}
        for ours, _ in pairs.values():
            self.callback(ours.close)
        return {name: pair[0] for name, pair in pairs.items()}, {
            name: pair[1] for name, pair in pairs.items()
        }

    def start(self, words, theirs, console="console.txt"):
        """A QEMU that has these ends of sockets."""
        session = self.enter_context(
            Session(self.folder, words, self.limit, BOOT, [end.fileno() for end in theirs.values()], console)
        )
        self.sessions.append(session)
        for end in theirs.values():
            end.close()
        return session

    def ready(self):
        for guest in self.guests:
            guest.ready()
        return self

    def restarted(self, number):
        self.guests[number].ready()

    def off(self):
        """Its guests end; and so does QEMU."""
        for guest in self.guests:
            guest.type_line("off")
        for session in self.sessions:
            if session.wait():
                raise Failed("QEMU did not exit cleanly", f"cat '{session.console}'")


def monitor_options(end):
    return ["-chardev", f"socket,id=qmp,fd={end.fileno()}", "-mon", "chardev=qmp,mode=control"]


# Of QEMU, by name. LEDS is what it would show a viewer of the keyboard's LEDs.
DEVICES = {
    "network": ["-netdev", "user,id=net", "-device", "virtio-net-device,netdev=net"],
    "screen": ["-device", f"virtio-gpu-device,id={SCREEN}"],
    "keyboard": [
        "-device",
        "virtio-keyboard-device",
        "-vnc",
        "unix:vnc",
        "-trace",
        "vnc_key_guest_leds",
        "-D",
        LEDS,
    ],
    "tablet": ["-device", "virtio-tablet-device"],
}


def devices(*names):
    return [word for name in names for word in DEVICES[name]]


class Behind(Machine):
    """Guests of the hypervisor; its QEMU has the real devices, or some of them."""

    card = "eth0"  # the one towards the other guest

    def __init__(
        self,
        folder,
        linux,
        plan="vms",
        count=2,
        options=(),
        arguments="quiet",
        more=b"",
        real=tuple(DEVICES),
        megabytes=1152,
        files=(),
        disk=None,
        limit=LIMIT,
    ):
        super().__init__(folder, linux, more, limit)
        self.programs += files
        host.make_disk(folder, {"hello.txt": b"Hello from the host.\n"})
        files = host.guest_files(folder, linux, plan, [self.script] * count, arguments, self.programs)
        ours, theirs = self.sockets("qmp")
        options = [
            *(disk or host.drive("disk.img")),
            *devices(*real),
            *monitor_options(theirs["qmp"]),
            *options,
        ]
        self.session = self.start(
            host.command(plan, files, count, megabytes=megabytes, options=options), theirs
        )
        self.monitor = qmp.Monitor(ours["qmp"])
        self.session.type(ESCAPE)  # keys are the prompt's: guests' lines are whole, each with its number
        self.guests = [
            Guest(number, self.session, f"{number}| ", self.typist(number)) for number in range(count)
        ]

    def typist(self, number):
        return lambda line: self.session.type(f"type {number} {line}\r")

    def meet(self):
        """The guests' addresses for one another, by DHCP on the one network."""
        return self.by_dhcp

    def command(self, text, end):
        """One of the hypervisor's own; the lines that it says."""
        return self.session.command(text, end)

    def balloon(self, number, mib):
        self.session.type(f"balloon {number} {mib}\r")

    def connect(self, number, port):
        """The hypervisor opens a socket to a port of the guest, and returns what it receives."""
        self.session.type(f"connect {number} {port}\r")

    def medium(self, first, sectors):
        """Sectors of the disk in memory that has the units of the SCSI hosts: by QEMU, from outside."""
        (at,) = (
            int(found[1], 16)
            for line in self.session.lines
            if (found := re.match(r"hypervisor: medium of \d+ sectors at (0x[0-9a-f]+)", line))
        )
        path = self.folder / "medium"
        self.monitor("pmemsave", val=at + 512 * first, size=512 * sectors, filename=str(path))
        return path.read_bytes()

    def gone(self, number):
        """MiB that the guest has given away, as the hypervisor counts them."""
        text = "\n".join(self.command("stats", "^  instructions of the hypervisor"))
        return int(re.findall(r"balloon: target .*, in the balloon (\d+) MiB", text)[number])

    def reset(self, number):
        self.session.type(f"reset {number}\r")


class Straight(Machine):
    """The same Linux on QEMU's own devices: a QEMU each, and a wire between them."""

    card = "eth1"

    def __init__(self, folder, linux, count=2, arguments="quiet", more=b""):
        super().__init__(folder, linux, more)
        image = debian.initrd(
            linux, (host.HERE / "init.sh").read_bytes(), [*self.programs, ("guest", self.script.encode())]
        )
        (folder / "initrd").write_bytes(image)
        self.monitors = []
        wire = socket.socketpair()
        for number in range(count):
            (folder / f"share{number}").mkdir()
            host.make_disk(folder, {"hello.txt": b"Hello from the host.\n"}, f"disk{number}.img")
            ours, theirs = self.sockets("qmp")
            theirs["wire"] = wire[number]
            words = [
                *self.words(number, arguments),
                *monitor_options(theirs["qmp"]),
                *self.network(number, wire[number]),
            ]
            session = self.start(words, theirs, f"console{number}.txt")
            self.guests.append(Guest(number, session, "", self.typist(session)))
            self.monitors.append(qmp.Monitor(ours["qmp"]))
        self.monitor = self.monitors[0]

    def words(self, number, arguments):
        words = [
            host.QEMU,
            "-machine",
            "virt,gic-version=3",
            "-cpu",
            "cortex-a72",
            "-smp",
            "1",
            "-m",
            f"{host.RAM_BYTES >> 20}M",
            "-nodefaults",
            "-display",
            "none",
            "-monitor",
            "none",
            "-no-reboot",
            "-kernel",
            str(self.linux.kernel),
            "-initrd",
            "initrd",
            "-append",
            f"{host.ARGUMENTS} {arguments}",
            "-chardev",
            "stdio,id=console,signal=off",
            *host.drive(f"disk{number}.img"),
            "-device",
            "virtio-serial-device,max_ports=1",
            "-device",
            "virtconsole,chardev=console",
            "-device",
            "virtio-rng-device",
            "-fsdev",
            f"local,id=files,path=share{number},security_model=none",
            "-device",
            f"virtio-9p-device,fsdev=files,mount_tag={TAG}",
            "-device",
            "virtio-balloon-device",
        ]
        return [*words, *(devices("screen", "keyboard", "tablet") if number == 0 else ())]

    @staticmethod
    def network(number, wire):
        """A card on the wire, and one on a network of the user's; the last on the command line is eth0.

        On a hub of all three the user's network would answer for the other guest: it looks at no MAC.
        """
        return [
            "-netdev",
            f"socket,id=wire,fd={wire.fileno()}",
            "-device",
            f"virtio-net-device,mac={MACS[number]},netdev=wire",
            "-netdev",
            "user,id=user",
            "-device",
            "virtio-net-device,netdev=user",
        ]

    def meet(self):
        """The guests' addresses for one another."""
        for number, guest in enumerate(self.guests):
            guest.ask(f"ip addr add 10.0.3.{number + 1}/24 dev eth1; ip link set eth1 up")
        return [f"10.0.3.{number + 1}" for number in range(len(self.guests))]

    @staticmethod
    def typist(session):
        return lambda line: session.type(f"{line}\r")

    def balloon(self, number, mib):
        self.monitors[number]("balloon", value=host.RAM_BYTES - (mib << 20))

    def gone(self, number):
        return host.RAM_BYTES - self.monitors[number]("query-balloon")["actual"] >> 20

    def reset(self, number):
        self.monitors[number]("system_reset")
