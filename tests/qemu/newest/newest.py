# SPDX-License-Identifier: MIT
"""A guest of Debian sid's kernel in its QEMU, whose devices are vwr-vhost; commands on its second serial port."""

import contextlib
import subprocess
import time
from pathlib import Path
from types import SimpleNamespace

import guest_packages as debian
import vhost_guests as guests
from folders import BUILD

HERE = Path(__file__).parent
TOOLS = guests.ROOT / "examples/hypervisor/guest"
PATIENCE = 120  # seconds for an answer of a guest without KVM, on a machine that does other work
LIFE = 900
MEMORY = f"-m 256 -object {guests.SHARED},id=ram,size=256M,share=on -machine q35,memory-backend=ram".split()
# Of each class: (device of QEMU, and its number of queues, entries and bytes of configuration if it is the test device).
DEVICES = {
    "can": "vhost-user-test-device-pci,virtio-id=36,num_vqs=3,vq_size=256,config_size=2",
    "i2c": "vhost-user-i2c-pci",
    "gpio": "vhost-user-gpio-pci",
    "spi": "vhost-user-spi-pci",
    "rtc": "vhost-user-rtc-pci",
}


def prepare():
    """Debian sid's QEMU, kernel and modules. NoLinux: there are none."""
    folder = BUILD / "newest"
    with debian.alone(folder):
        done = subprocess.run(
            ["timeout", "-k", "5", "3600", HERE / "debian.sh", folder],
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise debian.NoLinux((done.stderr.strip().splitlines() or ["no reason given"])[-1])
    return SimpleNamespace(
        qemu=folder / "qemu",
        kernel=folder / "vmlinuz",
        busybox=folder / "busybox",
        modules=sorted((folder / "modules").iterdir()),
        chips=(folder / "spi_chips.ko").read_bytes(),
        release=(folder / "ready").read_text("utf-8").strip(),
    )


def static(folder, name, *sources, include=()):
    """A program of this machine without libraries."""
    command = ["gcc", "-std=gnu11", "-O2", "-Wall", "-Wextra", "-Werror", "-static", *map(str, sources)]
    command += [f"-I{path}" for path in include]
    done = subprocess.run([*command, "-o", folder / name], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return (folder / name).read_bytes()


class Guest:
    """A guest that executes lines."""

    def __init__(self, process, console):
        self.process = process
        self.console = console

    def line(self, patience=PATIENCE):
        end = time.monotonic() + patience
        while True:
            guests.select.select([self.process.stdout], [], [], max(0, end - time.monotonic()))
            assert time.monotonic() < end, f"no answer; the kernel: {self.kernel()[-2000:]}"
            text = self.process.stdout.readline()
            assert text, f"QEMU has ended; the kernel: {self.kernel()[-2000:]}"
            return text.decode(errors="replace").strip()

    def kernel(self):
        return self.console.read_text(errors="replace")

    def say(self, command):
        self.process.stdin.write(f"{command}\n".encode())

    def ends(self):
        """What the command has said until it ended, with 0."""
        lines = []
        while not (lines and lines[-1].startswith("ended ")):
            lines.append(self.line())
        assert lines[-1] == "ended 0", (lines, self.kernel()[-2000:])
        return lines[:-1]

    def ask(self, command):
        self.say(command)
        return self.ends()


@contextlib.contextmanager
def machine(work, linux, devices, programs, append=""):
    """`devices`: (class, socket), in the order in which the guest is to find them."""
    (work / "initrd").write_bytes(debian.initrd(linux, (HERE / "guest/init.sh").read_bytes(), programs))
    words = [*MEMORY, "-nodefaults", "-display", "none", "-no-reboot", "-smp", "2", "-cpu", "max"]
    words += ["-kernel", linux.kernel, "-initrd", work / "initrd"]
    words += ["-append", f"console=ttyS0 panic=-1 quiet loglevel=5 {append}"]
    words += ["-serial", f"file:{work}/console", "-chardev", "stdio,id=line", "-serial", "chardev:line"]
    for number, (kind, socket) in enumerate(devices):
        words += ["-chardev", f"socket,id=c{number},path={socket},server=on"]
        words += ["-device", f"{DEVICES[kind]},chardev=c{number}"]
    with open(work / "qemu.log", "wb") as log:
        with subprocess.Popen(
            ["timeout", "-k", "5", str(LIFE), linux.qemu, *words],
            cwd=work,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            bufsize=0,
        ) as process:
            try:
                guest = Guest(process, work / "console")
                while guest.line() != "ready":
                    pass
                yield guest
            finally:
                process.terminate()
