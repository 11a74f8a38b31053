# SPDX-License-Identifier: MIT
"""Debian's kernel and busybox for arm64, or s390x, as a guest: fetched as packages, kept in a folder, made into an initial RAM disk.

Nothing of it is installed here, and nothing of it is part of the project: it stays in the build folder.

    guest = debian.prepare(debian.home(), [*debian.DISK, "virtio_console"])
    (out / "initrd").write_bytes(debian.initrd(guest, init))
"""

import contextlib
import fcntl
import hashlib
import lzma
import os
import re
import shutil
import stat
import subprocess
import tarfile
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

# Each depends on the one kernel that is current.
CLOUD = "linux-image-cloud-arm64"
FULL = "linux-image-arm64"  # with virtio-gpu, HID and 9p as well
BUSYBOX = "busybox-static"
DISK = ("virtio_mmio", "virtio_blk")
SG = r"/bin/sg_(inq|vpd|luns|unmap)$"  # of sg3-utils
LIBC = r"/(ld-linux-aarch64\.so\.1|libc\.so\.6)$"
FAT = ("vfat", "nls_cp437", "nls_ascii", "nls_utf8")
# Drivers that the kernel's package does not have: (sources in its tree, a folder or files; modules of the package that
# they need).
LACKING = {
    "virtio_snd": ("sound/virtio", ("snd_pcm",)),
    "i2c-virtio": ("drivers/i2c/busses/i2c-virtio.c", ("i2c_dev",)),
    "gpio-virtio": ("drivers/gpio/gpio-virtio.c", ()),
    "virtio-iommu": ("drivers/iommu/virtio-iommu.c drivers/iommu/dma-iommu.h", ()),
}
CROSS = "aarch64-linux-gnu-"
FETCH_TIMEOUT = 300  # seconds
LISTS_LAST = 3600  # seconds
PACKAGE_OF = {"apt-get": "apt", "apt-cache": "apt", "dpkg-deb": "dpkg"}


class NoLinux(Exception):
    """There is no guest, and why."""


@dataclass(frozen=True)
class Machine:
    """Debian's name of a machine, and what is in its files, {offset: bytes}: a kernel as a loader starts it, a program."""

    name: str
    kernel: tuple
    program: tuple


ARM64 = Machine("arm64", (56, b"ARMd"), (18, b"\xb7\x00"))
S390X = Machine("s390x", (0x10008, b"S390EP"), (18, b"\x00\x16"))


@dataclass
class Guest:
    """The contents of the folder. `modules` are in the order in which they can be loaded."""

    kernel: Path
    busybox: Path
    modules: list  # of paths
    packages: list  # names of the files they are from, with their versions


def home(kernel=CLOUD, machine=ARM64):
    """The shared folder: linux/ in the build folder, with a subfolder for the full kernel, and for another machine."""
    folder = Path(os.environ.get("VWR_BUILD_DIR") or Path(__file__).resolve().parents[2] / "build") / "linux"
    if machine is not ARM64:
        return folder / machine.name
    return folder if kernel == CLOUD else folder / "full"


def run(folder, *command):
    """A tool; its output."""
    if shutil.which(command[0]) is None:
        raise NoLinux(f"{command[0]} is not installed (apt-get install {PACKAGE_OF[command[0]]})")
    done = subprocess.run(
        ["timeout", "-k", "5", str(FETCH_TIMEOUT), *command],
        cwd=folder,
        text=True,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    if done.returncode != 0:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:] or ["no reason given"]
        raise NoLinux(f"{command[0]} fails, is there a network? {last[0]}")
    return done.stdout


def apt(folder, tool, *arguments, machine=ARM64):
    """Runs apt with separate lists and a separate cache, for that machine on any other. Returns its output."""
    place = home(machine=machine).resolve() / "apt"
    for name in ("lists/partial", "cache/archives/partial"):
        (place / name).mkdir(parents=True, exist_ok=True)
    options = {
        "APT::Architecture": machine.name,
        "APT::Architectures": machine.name,
        "Dir::State::Lists": place / "lists",
        "Dir::Cache": place / "cache",
        # Parsed once. Debian's container images disable these files.
        "Dir::Cache::pkgcache": "pkgcache.bin",
        "Dir::Cache::srcpkgcache": "srcpkgcache.bin",
        "Dir::State::status": "/dev/null",
        "APT::Sandbox::User": "root",
        "APT::Update::Error-Mode": "any",
    }
    return run(
        folder,
        tool,
        *(word for key, value in options.items() for word in ("-o", f"{key}={value}")),
        *arguments,
    )


def update(machine=ARM64):
    """Package lists for all folders, no older than LISTS_LAST."""
    place = home(machine=machine) / "apt"
    mark = place / "updated"
    with alone(place):
        if not mark.exists() or time.time() - mark.stat().st_mtime > LISTS_LAST:
            apt(place, "apt-get", "update", "-q", machine=machine)
            mark.touch()


def same(path, digest):
    """Has the file this SHA256?"""
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == digest


def fetch(folder, *packages, machine=ARM64):
    """Package files of the current version. Each is verified with the digest in the archive's signed list."""
    about = apt(folder, "apt-cache", "show", "--no-all-versions", *packages, machine=machine)
    rows = [dict(re.findall(r"^(\w+): (.+)$", one, re.MULTILINE)) for one in about.split("\n\n")]
    listed = {fields.get("Package"): fields for fields in rows}
    for package in packages:
        if not {"Filename", "SHA256", "Version"} <= set(listed.get(package, ())):
            raise NoLinux(f"the package list says too little of {package}")
    apt(folder, "apt-get", "download", "-q", *packages, machine=machine)
    found = []
    for package in packages:
        fields = listed[package]
        name = f"{package}_{fields['Version'].replace(':', '%3a')}_{fields['Filename'].rsplit('_', 1)[1]}"
        if not same(folder / name, fields["SHA256"]):
            raise NoLinux(f"{folder / name} is not what the package list says")
        found.append((folder / name, fields["SHA256"]))
    return found


def members(package, wanted):
    """Files of a package whose names match, {name: content}."""
    found = {}
    with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", str(package)], stdout=subprocess.PIPE) as unpacked:
        with tarfile.open(fileobj=unpacked.stdout, mode="r|") as archive:
            for member in archive:
                if member.isfile() and re.search(wanted, member.name):
                    found[member.name] = archive.extractfile(member).read()
    if unpacked.returncode != 0 or not found:
        raise NoLinux(f"{package.name} has no {wanted}")
    return found


def module_name(path):
    """A module by the name that the kernel uses."""
    return re.search(r"([\w-]+)\.ko(\.\w+)?$", path).group(1).replace("-", "_")


def plain(name, content):
    """A module in the form that the kernel accepts."""
    return lzma.decompress(content) if name.endswith(".xz") else content


def needs(content):
    """The modules on which this module depends, as listed in it."""
    found = re.search(rb"\0depends=([\w,-]*)\0", content)
    return [name.replace("-", "_") for name in found.group(1).decode().split(",") if name] if found else []


def in_order(wanted, modules, builtin):
    """
    The wanted modules and their dependencies, each after its own dependencies. Built-in modules are
    omitted.
    """
    order = []

    def add(name, above):
        if name in order or name in builtin:
            return
        if name not in modules or name in above:
            raise NoLinux(f"the kernel has no module {name}")
        for other in needs(modules[name]):
            add(other, (*above, name))
        order.append(name)

    for name in wanted:
        add(name.replace("-", "_"), ())
    return order


def on_disk(folder):
    """What was unpacked before: modules, {name: content}, and the names of those that the kernel has built in."""
    listed = folder / "modules" / "builtin"
    return (
        {path.stem: path.read_bytes() for path in (folder / "modules").glob("*.ko")},
        set(listed.read_text("utf-8").split()) if listed.exists() else set(),
    )


def has(content, mark):
    """Whether these bytes are at that offset."""
    return content[mark[0] :].startswith(mark[1])


def unpack_kernel(folder, package, wanted, machine=ARM64):
    """vmlinuz and the wanted modules from the package, in addition to the existing ones."""
    files = members(package, r"/vmlinuz-|/modules\.builtin$|\.ko(\.xz)?$")
    kernel = next((content for name, content in files.items() if "/vmlinuz-" in name), b"")
    if not has(kernel, machine.kernel):
        raise NoLinux(f"{package.name} has no kernel that a loader can start")
    builtin = {
        module_name(line)
        for name, content in files.items()
        if name.endswith("modules.builtin")
        for line in content.decode().split()
    }
    modules = {module_name(name): plain(name, content) for name, content in files.items() if ".ko" in name}
    (folder / "modules").mkdir(exist_ok=True)
    for name in in_order(wanted, modules, builtin):
        (folder / "modules" / f"{name}.ko").write_bytes(modules[name])
    (folder / "modules" / "builtin").write_text("\n".join(sorted(builtin)), encoding="utf-8")
    (folder / "vmlinuz").write_bytes(kernel)


def unpack_busybox(folder, package, machine=ARM64):
    (content,) = members(package, r"/bin/busybox$").values()
    if not has(content, machine.program):
        raise NoLinux(f"{package.name} has no busybox for {machine.name}")
    (folder / "busybox").write_bytes(content)


@contextlib.contextmanager
def alone(folder):
    """Only one process at a time may use the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def packages_of(folder, package, depends, *others, machine=ARM64):
    """[(file, digest)] of these packages, fetched if they are not there: `depends` is a pattern of one that the first needs."""
    record = folder / "packages"
    if record.exists():
        found = [
            (folder / name, digest) for digest, name in map(str.split, record.read_text("utf-8").splitlines())
        ]
        if len(found) == 1 + len(others) and all(same(*one) for one in found):
            return found
    update(machine)
    needed = re.search(
        rf"Depends: ({depends})", apt(folder, "apt-cache", "depends", package, machine=machine)
    )
    if needed is None:
        raise NoLinux(f"{package} depends on no {depends}")
    for old in folder.glob("*.deb"):
        old.unlink()
    found = fetch(folder, needed.group(1), *others, machine=machine)
    record.write_text("".join(f"{digest} {path.name}\n" for path, digest in found), encoding="utf-8")
    return found


def unpack(folder, wanted, image, machine):
    """All files of the guest, from the packages; `kept` is written last, and says that they are whole."""
    kept = folder / "kept"
    packages = packages_of(folder, image, r"linux-image-\S+", BUSYBOX, machine=machine)
    names = " ".join(path.name for path, _ in packages)
    if not kept.exists() or kept.read_text("utf-8") != names:
        kept.unlink(missing_ok=True)
        shutil.rmtree(folder / "modules", ignore_errors=True)
        unpack_busybox(folder, packages[1][0], machine)
    unpack_kernel(folder, packages[0][0], wanted, machine)
    kept.write_text(names, encoding="utf-8")


def prepare(folder, modules, image=CLOUD, machine=ARM64):
    """
    The guest, with these modules and their dependencies. Packages are fetched once; remove the folder to
    fetch them again.
    """
    with alone(folder):
        have, builtin = on_disk(folder)
        if (
            not (folder / "kept").exists()
            or not {name.replace("-", "_") for name in modules} <= set(have) | builtin
        ):
            unpack(folder, modules, image, machine)
            have, builtin = on_disk(folder)
        return Guest(
            folder / "vmlinuz",
            folder / "busybox",
            [folder / "modules" / f"{name}.ko" for name in in_order(modules, have, builtin)],
            (folder / "kept").read_text("utf-8").split(),
        )


def soname(path):
    """A library by the name that programs request, without the minor version."""
    return re.sub(r"(\.so\.\d+)\..*", r"\1", Path(path).name)


def unpack_headers(folder, packages):
    """Headers and tools of the kernel below root/; the folder in which a module is made."""
    root = folder / "root"
    for package in packages:
        run(folder, "dpkg-deb", "-x", str(package), str(root))
    (headers,) = (path for path in root.glob("usr/src/linux-headers-*") if not path.name.endswith("-common"))
    makefile = headers / "Makefile"
    makefile.write_text(f"include {root}{makefile.read_text('utf-8').split()[1]}\n", "utf-8")
    return headers


def unpack_sources(folder, package):
    """The sources of LACKING, from an archive in the kernel source package."""
    sources = folder / "sources"
    sources.mkdir()
    name = package.name.partition("_")[0]
    inner = f"tar -xOf - ./usr/src/{name}.tar.xz | tar -xJf - -C sources --strip-components=1"
    wanted = " ".join(f"{name}/{where}" for paths, _ in LACKING.values() for where in paths.split())
    run(folder, "sh", "-c", f"dpkg-deb --fsys-tarfile '{package}' | {inner} {wanted}")
    return sources


def build_modules(folder, headers, sources):
    """The modules of LACKING, for arm64: paths."""
    lines = []
    for name, (paths, _) in LACKING.items():
        given = [sources / path for path in paths.split()]
        files = [
            file for path in given for file in (sorted(path.glob("*.[ch]")) if path.is_dir() else [path])
        ]
        for path in files:
            shutil.copy(path, folder)
        found = [path for path in files if path.suffix == ".c"]
        lines.append(f"obj-m += {name}.o")
        if len(found) > 1:
            lines.append(f"{name}-objs := {' '.join(f'{path.stem}.o' for path in found)}")
    (folder / "Kbuild").write_text("\n".join(lines) + "\n", "utf-8")
    run(folder, "make", "-C", str(headers), "ARCH=arm64", f"CROSS_COMPILE={CROSS}", f"M={folder}", "modules")
    return [folder / f"{name}.ko" for name in LACKING]


def fetch_modules(folder, release):
    """The modules of LACKING for a release of the kernel, into the folder. The kernel's make takes no path with a space."""
    series = re.match(r"\d+\.\d+", release).group()
    packages = packages_of(
        folder,
        f"linux-headers-{release}",
        r"linux-headers-\S+-common",
        f"linux-headers-{release}",
        f"linux-source-{series}",
    )
    common, own, source = (path for path, _ in packages)
    run(folder, "apt-get", "download", "-q", f"linux-kbuild-{series}")  # programs of this machine
    (kbuild,) = folder.glob(f"linux-kbuild-{series}_*.deb")
    with tempfile.TemporaryDirectory() as place:
        headers = unpack_headers(Path(place), [common, own, kbuild])
        for path in build_modules(Path(place), headers, unpack_sources(Path(place), source)):
            shutil.copy(path, folder)


def lacking(linux):
    """
    The guest with the modules of LACKING, too. They are built once from Debian's kernel source, with the
    kernel's headers.
    """
    package = linux.packages[0]
    folder = linux.kernel.parent / "built"
    kept = folder / "kept"
    with alone(folder):
        whole = " ".join([package, *LACKING])
        if not kept.exists() or kept.read_text("utf-8") != whole:
            kept.unlink(missing_ok=True)
            fetch_modules(folder, re.search(r"linux-image-(\S+?)_", package).group(1))
            kept.write_text(whole, encoding="utf-8")
    built = [folder / f"{name}.ko" for name in LACKING]
    return Guest(linux.kernel, linux.busybox, [*linux.modules, *built], linux.packages)


def sg_utils():
    """sg3-utils with its libraries, as programs of initrd. Fetched once, beside the kernel; NoLinux: they cannot be."""
    folder = home() / "sg"
    with alone(folder):
        library, tools, libc = packages_of(folder, "sg3-utils", r"libsgutils2-\S+", "sg3-utils", "libc6")
    found = members(library[0], r"/libsgutils2-[\w.]+\.so\.\d+[\d.]*$") | members(libc[0], LIBC)
    programs = members(tools[0], SG)
    return [
        *((f"lib/{soname(name)}", found[name]) for name in found),
        *((f"bin/{Path(name).name}", programs[name]) for name in programs),
    ]


def static(folder, name, *sources):
    """Builds a program from these sources for a guest without libraries. Returns its content."""
    command = [
        f"{CROSS}gcc",
        "-std=gnu11",
        "-O2",
        "-Wall",
        "-Wextra",
        "-Werror",
        "-static",
        *map(str, sources),
    ]
    done = subprocess.run([*command, "-o", str(folder / name)], capture_output=True, text=True, check=False)
    if done.returncode:
        first = (re.findall(r"error: .*|ld: .*", done.stderr) or ["no reason given"])[0]
        raise NoLinux(f"{name} does not build ({first}); apt-get install libc6-dev-arm64-cross")
    return (folder / name).read_bytes()


def cpio(entries):
    """
    An archive that the kernel can unpack, from (name, mode, content, device), with the device as (major,
    minor).
    """
    parts = []
    for number, (name, mode, content, device) in enumerate([*entries, ("TRAILER!!!", 0, b"", (0, 0))], 1):
        path = name.encode() + b"\0"
        fields = (number, mode, 0, 0, 1, 0, len(content), 0, 0, *device, len(path), 0)
        head = b"070701" + b"".join(b"%08x" % field for field in fields) + path
        parts += [head, bytes(-len(head) % 4), content, bytes(-len(content) % 4)]
    return b"".join(parts)


def initrd(guest, init, programs=()):
    """The initial RAM disk. `init`: the script (or program) that begins; `programs`: more of them, (name, content).

    It finds busybox as /bin/busybox and /bin/sh, the modules as /modules/*, in the order of their names; folders /dev,
    /proc, /sys, /mnt and /tmp, and nothing mounted.
    """
    folder, program, file = stat.S_IFDIR | 0o755, stat.S_IFREG | 0o755, stat.S_IFREG | 0o644
    entries = [
        (name, folder, b"", (0, 0)) for name in ("bin", "lib", "dev", "proc", "sys", "mnt", "tmp", "modules")
    ]
    entries.append(("dev/console", stat.S_IFCHR | 0o600, b"", (5, 1)))
    entries.append(("bin/sh", stat.S_IFLNK | 0o777, b"busybox", (0, 0)))
    entries += [
        (name, program, content, (0, 0))
        for name, content in (("init", init), ("bin/busybox", guest.busybox.read_bytes()), *programs)
    ]
    entries += [
        (f"modules/{order:02}-{path.name}", file, path.read_bytes(), (0, 0))
        for order, path in enumerate(guest.modules)
    ]
    return cpio(entries)
