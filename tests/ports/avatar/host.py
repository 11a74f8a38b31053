# SPDX-License-Identifier: MIT
"""The stand-in tree: set up as in docs/avatar.md, built, and booted."""
import functools
import hashlib
import os
import re
import shutil
import socket
import subprocess

from folders import BUILD as ALL, ROOT
from qmp import Monitor
from vwr import txtar

HERE = ROOT / "tests" / "ports" / "avatar"
BUILD = ALL / "tests/ports/avatar"
REPLACED = [
    "dev/virtio_frontend/virtio_block.c",
    "dev/virtio_frontend/virtio_block_frontend.c",
    "dev/virtio_frontend/virtio_block_test.c",
    "include/virtio_block_frontend.h",
]
REPLACED_BY_GUESTS = [
    f"vmm/vdev/virtio/{name}.c" for name in ("virtio", "virtqueue", "virtio_console", "virtio_init")
]
SECTOR = 512
TIMEOUT = 60  # of one QEMU
CASE_ADDRESS = 0x47000000  # as in main_vmm.c
CASES = {
    "page": 0,
    "guests": 1,
    "all": 1,
    "late": 2,
    "slow": 3,
    "reset": 4,
    "blocks": 5,
    "errors": 6,
    "async": 7,
    "cancel": 8,
    "doze": 9,
    "sleep": 10,
    "two": 2,
    "devices": 3,
    "lost": 4,
    "busy": 5,
}
MAKE = ["HV=1", "TOOL_PREFIX=aarch64-linux-gnu-"]  # as the page says it
PATH = os.environ["PATH"] + ":/usr/sbin:/sbin"


def run(*command, cwd=None, **variables):
    """A tool's output, which is printed if the tool fails."""
    environment = {
        **os.environ,
        "PATH": PATH,
        "LC_ALL": "C.UTF-8",
        "MTOOLSRC": "/dev/null",
        "TZ": "UTC",
        **variables,
    }
    done = subprocess.run(
        [str(c) for c in command],
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done.stdout + done.stderr


def page():
    """docs/avatar.md."""
    return (ROOT / "docs" / "avatar.md").read_text(encoding="utf-8")


def blocks(*languages):
    """The blocks in docs/avatar.md in these languages, in order."""
    found = [
        code
        for language, code in re.findall(r"^```(.+)\n((?s:.*?))^```$", page(), flags=re.M)
        if language in languages
    ]
    assert len(found) >= len(languages), f"the page lacks a block of {languages}"
    return "\n".join(found)


def type_in(folder, *languages, **variables):
    """What somebody sees who types these blocks in the folder, with V set as the page asks for it."""
    return run(
        "sh", "-e", "-u", "-c", blocks(*languages), cwd=folder, V=str(ROOT), VWR_NO_INSTALL="1", **variables
    )


def console():
    """The page's settings for one legacy disk."""
    return blocks("text")


def fresh_tree(folder):
    """The stand-in as somebody clones it."""
    shutil.copytree(HERE / "tree", folder)
    txtar.unpack(HERE / "tree.txtar", folder)
    for name in REPLACED:  # whoever leaves one of them does not compile
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text('#error "Avatar\'s own file is still there"\n', encoding="utf-8")
    return folder


def make_tree(folder):
    """The stand-in with Virtwright added, not yet built."""
    type_in(fresh_tree(folder), "sh", "sh irq")
    return folder


def put_guests(folder):
    """Guests as functions in the image, which replace the stand-in's main_vmm.c."""
    for name in REPLACED_BY_GUESTS:
        (folder / name).write_text('#error "Avatar\'s own file is still there"\n', encoding="utf-8")
    for path in (HERE / "guests").glob("*.[ch]"):
        shutil.copy(path, folder)
    for name in ("linux.bin", "initrd.gz"):  # nobody starts them here
        (folder / "guest" / "linux" / name).write_bytes(b"stand-in")
    return folder


def make_guests_tree(folder):
    """The same with guests and their devices."""
    type_in(put_guests(fresh_tree(folder)), "sh", "sh irq", "sh vmm")
    return folder


def make(folder, *arguments):
    """The messages from the compilers and the linker, without the commands."""
    run("make", "-s", "app", cwd=folder, MAKEFLAGS="")
    said = run("make", "-s", "-j2", *MAKE, *arguments, cwd=folder, MAKEFLAGS="")
    return [
        line
        for line in said.splitlines()
        if not line.startswith("  ") and "LOAD segment with RWX" not in line
    ]  # Avatar's way to link


@functools.cache
def fingerprint():
    """Of all that the tree is made of."""
    digest = hashlib.sha256()
    for room in (
        "docs/avatar.md",
        "runtime",
        "integrations/avatar",
        "generated",
        "codegen/vwr/embed",
        "tests/ports/avatar",
    ):
        for path in (
            [ROOT / room] if (ROOT / room).is_file() else sorted((ROOT / room).rglob("*.[chSldpty]*"))
        ):
            digest.update(str(path).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def image(name="tree", maker=make_tree):
    """A built image. It is built only if something has changed."""
    tree, mark = BUILD / name, BUILD / f"{name}.sum"
    now = fingerprint()
    if (
        not mark.is_file()
        or mark.read_text(encoding="utf-8") != now
        or not (tree / "build/kernel.bin").is_file()
    ):
        mark.unlink(missing_ok=True)
        shutil.rmtree(tree, ignore_errors=True)
        said = make(maker(tree))
        assert not said, said
        mark.write_text(now, encoding="utf-8")
    return tree / "build" / "kernel.bin"


def copy(folder, built=None):
    """The tree of a built image, the layer's own by default, as it was before it was built."""
    shutil.copytree((built or image()).parents[1], folder, ignore=shutil.ignore_patterns("build"))
    return folder


def short_qemu(folder, version, case="page"):
    """PATH with a QEMU that ends, sees no keyboard, and has disks of this layout and a case; for commands of the page."""
    flag = "-global virtio-mmio.force-legacy=false"
    assert f"`{flag}`" in page()
    folder.mkdir(exist_ok=True)
    script = folder / "qemu-system-aarch64"
    script.write_text(
        f'#!/bin/sh\nexec timeout -k 5 {TIMEOUT} {shutil.which("qemu-system-aarch64", path=PATH)} '
        f'"$@" {flag if version == "modern" else ""} -device loader,addr={CASE_ADDRESS:#x},data={CASES[case]},data-len=4 '
        "</dev/null\n",
        encoding="utf-8",
    )
    script.chmod(0o755)
    return f"{folder}:{PATH}"


def guests_image():
    """The image with guests."""
    return image("guests", make_guests_tree)


def pattern(sector, seed):
    """As in main_vmm.c."""
    start = sector * 7 + (sector >> 8) * 13 + seed
    return bytes(start + i * 3 + (i >> 8) & 0xFF for i in range(SECTOR))


def pattern_disk(path, sectors, seed):
    """A disk full of its pattern."""
    path.write_bytes(b"".join(pattern(s, seed) for s in range(sectors)))
    return path


def arguments(version, case, drives, extra, kernel=None, limit=TIMEOUT):
    """QEMU's, with the first drive in the slot that the layer finds first: the last one that is named."""
    command = [
        "timeout",
        "-k",
        "5",
        str(limit),
        "qemu-system-aarch64",
        "-M",
        "virt,virtualization=on,gic_version=2",
        "-cpu",
        "cortex-a72",
        "-m",
        "256M",
        "-nodefaults",
        "-display",
        "none",
        "-monitor",
        "none",
        "-serial",
        "stdio",
        "-no-reboot",
        "-kernel",
        str(kernel or image()),
        "-device",
        f"loader,addr={CASE_ADDRESS:#x},data={CASES[case]},data-len=4",
        "-global",
        f"virtio-mmio.force-legacy={'true' if version == 'legacy' else 'false'}",
        *extra,
    ]
    for number, (drive, device) in reversed(list(enumerate(drives))):
        command += [
            "-drive",
            f"if=none,id=d{number},format=raw,file={drive}",
            "-device",
            f"virtio-blk-device,drive=d{number}{device}",
        ]
    return command


def boot(work, version, case, drives, kernel=None, limit=TIMEOUT):
    """Runs QEMU to its end. Returns the guest's output."""
    done = subprocess.run(
        arguments(version, case, drives, (), kernel, limit),
        cwd=work,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=limit + 30,
        check=False,
    )
    text = done.stdout.decode()
    print(text, done.stderr.decode())
    assert done.returncode == 0, f"QEMU ended with {done.returncode}"
    return text


def held(work, case, drives, breaks, answers, version="legacy"):
    """
    QEMU to its end, with requests of blkdebug drives that it holds: `breaks` says of which events, {drive: event}; `answers`
    {line of the guest: the drive whose request goes on}. What the guest said.
    """
    ours, theirs = socket.socketpair()
    monitor = ["-S", "-chardev", f"socket,id=m,fd={theirs.fileno()}", "-mon", "chardev=m,mode=control"]
    with (
        ours,
        theirs,
        subprocess.Popen(
            arguments(version, case, drives, monitor),
            cwd=work,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            pass_fds=[theirs.fileno()],
        ) as qemu,
    ):
        theirs.close()
        try:
            qmp = Monitor(ours)
            for drive, event in breaks.items():
                qemu_io(qmp, drive, f"break {event} A")
            qmp("cont")
            lines = []
            for line in qemu.stdout:
                lines.append(line)
                if line.strip() in answers:
                    qemu_io(qmp, answers[line.strip()], "resume A")
            assert qemu.wait(TIMEOUT) == 0
        finally:
            qemu.terminate()
    text = "".join(lines)
    print(text)
    return text


def qemu_io(qmp, drive, command):
    """Sends a qemu-io command to a drive. On success, these commands print nothing."""
    said = qmp("human-monitor-command", **{"command-line": f'qemu-io {drive} "{command}"'})
    assert not said, said
