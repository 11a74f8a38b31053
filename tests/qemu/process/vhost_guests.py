# SPDX-License-Identifier: MIT
"""Guests whose devices are processes: User Mode Linux and QEMU as front ends of vwr-vhost, and its life as a process."""

import contextlib
import ctypes
import functools
import json
import os
import re
import select
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from pathlib import Path

import guest_packages as debian

ROOT = Path(__file__).resolve().parents[3]
UML = "/usr/bin/linux.uml"
UML_MODULES = Path("/usr/lib/uml/modules")
UML_WANTS = (
    "virtio_blk",
    "virtio_console",
    "virtio_net",
    "virtio_scsi",
    "sd_mod",
    "virtio_balloon",
    "virtiofs",
    "vmw_vsock_virtio_transport",
)
IDS = {"net": 1, "blk": 2, "console": 3, "rng": 4, "balloon": 5, "scsi": 8, "9p": 9, "vsock": 19, "fs": 26}
BOOT_TIMEOUT = 60  # seconds; a boot takes two
SHARED = "memory-backend-memfd"  # a guest's memory, where it is mapped
# Debian's kernel in QEMU. Its devices have no MSI-X: without KVM, vhost's vectors end QEMU 7.2 by SIGSEGV.
QEMU = (
    "qemu-system-aarch64 -machine virt,memory-backend=ram -cpu cortex-a57 -m 128M"
    f" -object {SHARED},id=ram,size=128M,share=on -nodefaults -display none -serial stdio -no-reboot"
).split()
QEMU_DEVICES = {
    "blk": "vhost-user-blk-pci,num-queues=1,vectors=0,chardev={}",
    "scsi": "vhost-user-scsi-pci,num_queues=1,vectors=0,chardev={}",
    "fs": "vhost-user-fs-pci,tag=vwr,vectors=0,chardev={}",
    "vsock": "vhost-user-vsock-pci,vectors=0,chardev={}",
    "net": "virtio-net-pci,romfile=,vectors=0,netdev={}",
}
IO_URING_SETUP = 425  # the system call, on all machines
IO_URING_PARAMS = 120  # bytes of struct io_uring_params
GET_PROTOCOL_FEATURES = 15  # of vhost-user
INFLIGHT_SHMFD = 12
HEADER = 12  # bytes
MOST_FILES = 8  # of a message


def no_tap():
    """Why a back end cannot have a tap in a network of its own; None: it can."""
    if os.geteuid() != 0:
        return "a tap needs root"
    if not os.path.exists("/dev/net/tun"):
        return "no /dev/net/tun"
    if subprocess.run(["unshare", "--net", "true"], capture_output=True, check=False).returncode != 0:
        return "unshare(1) makes no network here"
    return None if shutil.which("busybox") else "no busybox"


@functools.cache
def no_io_uring():
    """Why this kernel has no io_uring for us; None: it has. Containers often forbid it."""
    libc = ctypes.CDLL(None, use_errno=True)
    ring = libc.syscall(IO_URING_SETUP, 1, ctypes.create_string_buffer(IO_URING_PARAMS))
    if ring < 0:
        return f"io_uring_setup: {os.strerror(ctypes.get_errno())}"
    os.close(ring)
    return None


@functools.cache
def no_uml():
    """
    Why User Mode Linux does not run here; None: it does. Only a start tells: 6.1 has no room for the registers of an
    Intel processor with AMX, and ends with its first process. VWR_WITHOUT=uml says no, to test what is done without.
    """
    if os.environ.get("VWR_WITHOUT") == "uml":
        return "VWR_WITHOUT=uml"
    if not os.access(UML, os.X_OK):
        return f"no {UML} (Debian: user-mode-linux)"
    with tempfile.TemporaryDirectory() as folder:
        try:
            output = uml(Path(folder), uml_initrd(script("starts.sh")), [])
        except debian.NoLinux as why:
            return str(why)
    if said(output) == {"starts": [""]}:
        return None
    wrong = [line.strip() for line in output.splitlines() if re.search("errno|panic|timeout", line)]
    return f"User Mode Linux does not start: {(wrong or output.strip().splitlines() or ['no output'])[0]}"


def children(pid):
    """The processes that a program has started, by any of its threads."""
    found = []
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += map(int, (task / "children").read_text("ascii").split())
    return sorted(found)


class Server:
    """A back end: vwr-vhost, or another program that makes a socket. It ends with the block."""

    def __init__(self, command, *sockets, log=None, **more):
        self.command = [str(word) for word in command]
        self.sockets = [Path(socket) for socket in sockets]
        self.log = log
        self.more = more
        self.process = None

    def start(self):
        with contextlib.ExitStack() as stack:
            if self.log is not None:
                self.more["stderr"] = stack.enter_context(open(self.log, "ab"))
            # pylint: disable=consider-using-with
            self.process = subprocess.Popen(self.command, **{"stdin": subprocess.DEVNULL, **self.more})
        end = time.monotonic() + BOOT_TIMEOUT
        while not all(socket.exists() for socket in self.sockets):
            assert self.process.poll() is None, f"{self.command} ended with {self.process.returncode}"
            assert time.monotonic() < end, f"{self.command} makes no socket"
            time.sleep(0.01)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def maps(self):
        """The mappings of its processes: each front end has one."""
        for pid in [self.process.pid, *children(self.process.pid)]:
            with contextlib.suppress(OSError):
                yield Path(f"/proc/{pid}/maps").read_text("utf-8")

    def replace(self):
        """Kills it, and starts it again on the same sockets."""
        self.kill()
        for path in self.sockets:
            path.unlink()
        self.start()

    def stop(self):
        """Ends it as a user does; its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(10)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.kill()


def state(pid):
    """Of a process: R, S, D (it sleeps whatever signal comes), Z and others; None: it is gone."""
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        return re.search(r"^State:\s(\w)", Path(f"/proc/{pid}/status").read_text("utf-8"), re.MULTILINE)[1]
    return None


CODES = {"clean": 0, "works": 1, "unknown": 3}  # of vwr-monitor, by its verdict


class Monitor(Server):
    """vwr-monitor between a front end, at NAME.seen, and the back end at NAME."""

    def __init__(self, work, name, *more):
        command = [
            built("hosted/programs/monitor/vwr-monitor"),
            "--json",
            "--listen",
            f"{name}.seen",
            "--connect",
            name,
        ]
        super().__init__(
            [*command, *more], work / f"{name}.seen", log=work / "log", cwd=work, stdout=subprocess.PIPE
        )

    def serving(self):
        """The process of the next front end, which will not change while it is connected."""
        (pid,) = children(self.process.pid)
        return pid

    def report(self):
        """What it reports when its front end has left."""
        text, _ = self.process.communicate(timeout=60)
        report = json.loads(text)
        assert self.process.returncode == CODES[report["verdict"]], report
        assert (report["verdict"] == "works") == (report["findings"] != []), report
        return report


def uml_initrd(init, programs=()):
    """User Mode Linux's modules and busybox, as Debian's packages have installed them."""
    kernels = sorted(UML_MODULES.glob("*"))
    if not kernels or shutil.which("busybox") is None:
        raise debian.NoLinux("user-mode-linux and busybox-static are not installed")
    paths = {debian.module_name(str(path)): path for path in kernels[-1].rglob("*.ko")}
    modules = {name: path.read_bytes() for name, path in paths.items()}
    builtin = {
        debian.module_name(line) for line in (kernels[-1] / "modules.builtin").read_text("utf-8").split()
    }
    order = debian.in_order(UML_WANTS, modules, builtin)
    guest = debian.Guest(Path(UML), Path(shutil.which("busybox")), [paths[name] for name in order], [])
    return debian.initrd(guest, init, programs)


def uml(work, initrd, devices, timeout=BOOT_TIMEOUT):
    """Boots it with these devices, (socket, class); its output."""
    image = work / "initrd"
    image.write_bytes(initrd)
    arguments = [f"virtio_uml.device={socket}:{IDS[name]}" for socket, name in devices]
    log = work / "uml.log"
    with open(log, "wb") as out:
        # Its processes outlive the first one if that is killed, and would keep a pipe open.
        with subprocess.Popen(
            [UML, "mem=128M", f"initrd={image}", "con=null", "con0=fd:0,fd:1", "quiet", "panic=-1", *arguments],
            cwd=work, env={**os.environ, "HOME": str(work)}, stdin=subprocess.DEVNULL,
            stdout=out, stderr=subprocess.STDOUT, start_new_session=True,
        ) as process:  # fmt: skip
            try:
                process.wait(timeout)
            except subprocess.TimeoutExpired:
                out.write(b"\nguest: timeout\n")
            finally:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
    return log.read_bytes().decode(errors="replace").replace("\r", "")


def qemu(work, guest, initrd, devices, timeout=2 * BOOT_TIMEOUT):
    """Boots Debian's kernel in QEMU with these devices, (socket, class); its output."""
    (work / "initrd").write_bytes(initrd)
    words = ["timeout", "-k", "5", str(timeout), *QEMU]
    for number, (place, name) in enumerate(devices):
        words += ["-chardev", f"socket,id=c{number},path={place}"]
        end = f"c{number}"
        if name == "net":
            words += ["-netdev", f"vhost-user,id=n{number},chardev={end}"]
            end = f"n{number}"
        words += ["-device", QEMU_DEVICES[name].format(end)]
    words += ["-kernel", guest.kernel, "-initrd", "initrd", "-append", "console=ttyAMA0 quiet panic=-1"]
    done = subprocess.run(
        list(map(str, words)),
        cwd=work,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    end = f"QEMU ended with {done.returncode}\n" if done.returncode else ""
    return done.stdout.decode(errors="replace").replace("\r", "") + end


def said(output):
    """The lines that begin with guest:, as {first word: the rest of its lines}."""
    found = {}
    for line in output.splitlines():
        if line.startswith("guest: "):
            word, _, rest = line.removeprefix("guest: ").partition(" ")
            found.setdefault(word, []).append(rest)
    return found


def built(path):
    """A program of the build folder."""
    return Path(os.environ.get("VWR_BUILD_DIR") or ROOT / "build") / path


def program():
    return built("hosted/programs/vhost/vwr-vhost")


def script(name):
    """The first process of a guest."""
    return Path(__file__).with_name(name).read_bytes()


@contextlib.contextmanager
def short(place):
    """A short name of a folder: the path of a socket has at most 107 bytes."""
    number = os.open(place, os.O_PATH)
    try:
        yield f"/proc/self/fd/{number}"
    finally:
        os.close(number)


def say(place, name, data):
    """A front end that sends these bytes, and leaves."""
    with socket.socket(socket.AF_UNIX) as end, short(place) as folder:
        end.connect(f"{folder}/{name}")
        end.sendall(data)
        end.shutdown(socket.SHUT_WR)
        end.settimeout(5)
        with contextlib.suppress(OSError):
            while end.recv(4096):
                pass


class Relay:
    """
    A socket at `path` for a back end that connects, before the front end that listens at `front`. The back end seems
    not to have a protocol feature, and may come and go.
    """

    def __init__(self, path, front, hides):
        self.front = front
        self.hides = hides
        with short(path.parent) as folder:
            self.listener = socket.socket(socket.AF_UNIX)
            self.listener.bind(f"{folder}/{path.name}")
        self.listener.listen(1)
        self.thread = threading.Thread(target=self.serve, daemon=True)

    def serve(self):
        while True:
            try:
                back, _ = self.listener.accept()
            except OSError:
                return
            with back, socket.socket(socket.AF_UNIX) as front, short(self.front.parent) as folder:
                with contextlib.suppress(OSError):
                    front.connect(f"{folder}/{self.front.name}")
                    while self.pass_on(front, back):
                        pass

    def pass_on(self, front, back):
        """A message of each end that has one; False: an end has left."""
        for end in select.select([front, back], [], [])[0]:
            # Alone: the files that come with these bytes are this message's.
            header, files, _, _ = socket.recv_fds(end, HEADER, MOST_FILES)
            if len(header) < HEADER:
                return False
            payload = b""
            while len(payload) < int.from_bytes(header[8:], "little"):
                payload += end.recv(int.from_bytes(header[8:], "little") - len(payload))
            if end is back and header[:4] == GET_PROTOCOL_FEATURES.to_bytes(4, "little"):
                features = int.from_bytes(payload, "little") & ~(1 << self.hides)
                payload = features.to_bytes(8, "little")
            socket.send_fds(back if end is front else front, [header + payload], files)
            for file in files:
                os.close(file)
        return True

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
