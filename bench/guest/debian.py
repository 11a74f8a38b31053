# SPDX-License-Identifier: MIT
"""The Linux guest: Debian's kernel and busybox for arm64, fetched as packages, and an initial file system of them.

Nothing of it is installed here, and nothing of it is part of the project: it stays in the build folder.
"""

import lzma
import os
import re
import shutil
import stat
import subprocess
import tarfile

from count import NotMeasured
from machine import GCC, TIMEOUT, need_tools

KERNEL = "linux-image-cloud-arm64"  # depends on the one kernel that is current
BUSYBOX = "busybox-static"
MODULES = ("virtio_ring", "virtio", "virtio_mmio", "virtio_blk")  # in this order; those not there are built in
FETCH_TIMEOUT = 300


def apt(folder, tool, *arguments):
    """apt with lists and cache of its own, for arm64, whatever this machine is; answers its output."""
    for name in ("lists/partial", "cache/archives/partial"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    options = {"APT::Architecture": "arm64", "APT::Architectures": "arm64", "Dir::State::Lists": folder / "lists",
               "Dir::Cache": folder / "cache", "Dir::State::status": "/dev/null", "APT::Sandbox::User": "root",
               "APT::Update::Error-Mode": "any"}
    command = [tool, *(word for key, value in options.items() for word in ("-o", f"{key}={value}")), *arguments]
    try:
        done = subprocess.run(["timeout", "-k", "5", str(FETCH_TIMEOUT), *command], cwd=folder, text=True,
                              stdin=subprocess.DEVNULL, capture_output=True, check=False)
    except OSError as error:
        raise NotMeasured(f"no Linux guest: {error}") from error
    if done.returncode != 0:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:] or ["no word why"]
        raise NotMeasured(f"no Linux guest: {tool} {arguments[0]} fails, is there a network? {last[0]}")
    return done.stdout


def fetch(folder):
    """Packages of the kernel and of busybox, as files; kept between runs."""
    need_tools("apt-get", "dpkg-deb")
    apt(folder, "apt-get", "update", "-q")
    kernel = re.search(r"Depends: (linux-image-\S+)", apt(folder, "apt-cache", "depends", KERNEL))
    if kernel is None:
        raise NotMeasured(f"no Linux guest: {KERNEL} names no kernel")
    apt(folder, "apt-get", "download", "-q", kernel.group(1), BUSYBOX)
    return newest(folder, kernel.group(1)), newest(folder, BUSYBOX)


def newest(folder, package):
    """The file that apt has just fetched."""
    found = sorted(folder.glob(f"{package}_*.deb"), key=lambda path: path.stat().st_mtime)
    if not found:
        raise NotMeasured(f"no Linux guest: apt-get has fetched no {package}")
    return found[-1]


def members(package, wanted):
    """Files of a package whose names match, {name: content}."""
    found = {}
    with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", str(package)], stdout=subprocess.PIPE) as unpacked:
        with tarfile.open(fileobj=unpacked.stdout, mode="r|") as archive:
            for member in archive:
                if member.isfile() and re.search(wanted, member.name):
                    found[member.name] = archive.extractfile(member).read()
    if unpacked.returncode != 0 or not found:
        raise NotMeasured(f"no Linux guest: {package.name} has no {wanted}")
    return found


def cpio(entries):
    """An archive as the kernel unpacks it: (name, mode, content, device), the device as (major, minor)."""
    parts = []
    for number, (name, mode, content, device) in enumerate([*entries, ("TRAILER!!!", 0, b"", (0, 0))], 1):
        path = name.encode() + b"\0"
        fields = (number, mode, 0, 0, 1, 0, len(content), 0, 0, *device, len(path), 0)
        head = b"070701" + b"".join(b"%08x" % field for field in fields) + path
        parts += [head, bytes(-len(head) % 4), content, bytes(-len(content) % 4)]
    return b"".join(parts)


def plain(name, content):
    """A module as the kernel takes it."""
    return lzma.decompress(content) if name.endswith(".xz") else content


def file_system(busybox, modules, init, reader):
    """What the guest begins with."""
    folder, program, file = stat.S_IFDIR | 0o755, stat.S_IFREG | 0o755, stat.S_IFREG | 0o644
    entries = [(name, folder, b"", (0, 0)) for name in ("bin", "dev", "proc", "modules")]
    entries.append(("dev/console", stat.S_IFCHR | 0o600, b"", (5, 1)))
    entries += [(name, program, content, (0, 0)) for name, content in
                (("init", init), ("bin/busybox", busybox), ("bin/sh", busybox), ("bin/reader", reader))]
    entries += [(f"modules/{order}-{name}.ko", file, content, (0, 0))
                for order, (name, content) in enumerate(modules)]
    return cpio(entries)


def build_reader(root, out):
    """The program that reads: static, so that the guest needs no libraries."""
    program = out / "reader"
    done = subprocess.run([GCC, "-std=gnu11", "-O2", "-Wall", "-Wextra", "-static",
                           str(root / "bench" / "guest" / "linux" / "reader.c"), "-o", str(program)],
                          capture_output=True, text=True, timeout=TIMEOUT, check=False)
    if done.returncode != 0:
        first = (re.findall(r"error: .*|ld: .*", done.stderr) or ["no word why"])[0]
        raise NotMeasured(f"no Linux guest: reader.c does not build ({first}); apt-get install libc6-dev-arm64-cross")
    return program.read_bytes()


def unpack(folder):
    """Kernel, busybox and modules as files in `folder`, from packages if they are not there yet."""
    kept = folder / "kept"
    if kept.exists():
        return
    kernel_package, busybox_package = fetch(folder)
    (folder / "busybox").write_bytes(*members(busybox_package, r"/bin/busybox$").values())
    names = "|".join(MODULES)
    files = members(kernel_package, rf"/vmlinuz-|/({names})\.ko(\.xz)?$")
    shutil.rmtree(folder / "modules", ignore_errors=True)
    (folder / "modules").mkdir()
    for name, content in files.items():
        module = re.search(r"/(\w+)\.ko(\.xz)?$", name)
        target = folder / "modules" / module.group(1) if module else folder / "vmlinuz"
        target.write_bytes(plain(name, content))
    kept.write_text(f"{kernel_package.name}\n{busybox_package.name}\n", encoding="utf-8")
    for path in folder.glob("*.deb"):
        os.remove(path)
    for name in ("lists", "cache"):
        shutil.rmtree(folder / name, ignore_errors=True)


def prepare(root, out):
    """Puts vmlinuz and initrd into `out`/linux; answers which packages they are from."""
    folder = out / "linux"
    folder.mkdir(parents=True, exist_ok=True)
    unpack(folder)
    modules = [(name, (folder / "modules" / name).read_bytes()) for name in MODULES
               if (folder / "modules" / name).exists()]
    init = (root / "bench" / "guest" / "linux" / "init.sh").read_bytes()
    archive = file_system((folder / "busybox").read_bytes(), modules, init, build_reader(root, out))
    (folder / "initrd").write_bytes(archive)
    return (folder / "kept").read_text(encoding="utf-8").split()
