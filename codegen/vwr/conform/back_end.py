# SPDX-License-Identifier: MIT
"""vwr-conform on a vhost-user back end that listens, or that a command starts, on a device of QEMU, and on ours."""

import contextlib
import json
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from vwr.stop import Stop

IMAGE_BYTES = 1 << 20
START_SECONDS = 15.0
RUN_SECONDS = 900  # of a run, whose later cases are not tested; a device that answers as late as a case waits needs less
GRACE_SECONDS = 30.0  # in which the program ends by itself
# Exit codes: why cases that the device could keep or break were not tested.
NOT_TRIED = {1: "the run ended before its last case", 3: "the device has used no buffer"}
QEMU = "qemu-system-aarch64"
# A device of each class, and its back end. An entropy device without max-bytes fetches all bytes of a buffer
# of 4 GiB at once, in which time QEMU does nothing else.
DEVICES = {
    "blk": "-drive if=none,id=d,format=raw,file=IMAGE -device virtio-blk-device,drive=d,packed=on",
    "rng": "-device virtio-rng-device,max-bytes=65536,period=100,packed=on",
    "net": "-netdev user,id=n,restrict=on -device virtio-net-device,netdev=n,packed=on",
    "console": "-chardev null,id=c -device virtio-serial-device,packed=on -device virtconsole,chardev=c",
    "input": "-device virtio-keyboard-device,packed=on",
    "gpu": "-device virtio-gpu-device,packed=on",
}


class Run(NamedTuple):
    """
    The rows of a run: case, basis, expects, result, seen. `lacks`: why cases were not tested; "": all
    were.
    """

    cases: list[dict[str, Any]]
    lacks: str


def _listens(socket: Path, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + START_SECONDS
    while not socket.is_socket():
        if process.poll() is not None or time.monotonic() > end:
            raise Stop(f"the back end does not listen on {socket}", "replace its socket by the word SOCKET")
        time.sleep(0.02)


class Programs:
    """Programs that were started here, and get the signals that this process gets."""

    def __init__(self) -> None:
        self._running: list[subprocess.Popen[Any]] = []
        self._starts = False
        self._early: int | None = None  # a signal that came while one was started

    def start(self, words: Sequence[str | Path], **how: Any) -> "subprocess.Popen[Any]":
        """subprocess.Popen()"""
        self._starts = True
        try:
            self._running.append(subprocess.Popen(words, **how))
        finally:
            self._starts = False
        if self._early is not None:
            self.signal(self._early)
        return self._running[-1]

    def signal(self, number: int) -> None:
        """Forwards a signal. If there is no program, this process ends."""
        if self._starts:
            self._early = number
        elif not self._running:
            sys.exit(128 + number)
        for one in self._running:
            one.send_signal(number)


@contextlib.contextmanager
def passed_on() -> Iterator[Programs]:
    """
    Forwards SIGINT and SIGTERM to the programs. Their end leaves the rows of the cases that were
    tried.
    """
    programs = Programs()
    before = {
        one: signal.signal(one, lambda number, _: programs.signal(number))
        for one in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield programs
    finally:
        for number, former in before.items():
            signal.signal(number, former)


def _rows(words: Sequence[str | Path], folder: str | None, wrong: str, seconds: int) -> Run:
    """A row for each case of the program. The arguments are program, class and device."""
    limited = [*words[:2], "--seconds", str(seconds), *words[2:]]
    out: dict[str, Any] = {"stdout": subprocess.PIPE, "text": True}
    try:
        with passed_on() as programs, programs.start(limited, cwd=folder, **out) as process:
            try:
                text, _ = process.communicate(timeout=seconds + GRACE_SECONDS)
            except BaseException:
                process.kill()
                raise
    except subprocess.TimeoutExpired as error:
        raise Stop(f"vwr-conform did not end in {seconds + GRACE_SECONDS:.0f} s", wrong) from error
    except OSError as error:
        raise Stop(f"{words[0]}: {error.strerror}", "./vwr conform ours --type rng   (builds it)") from error
    if process.returncode not in (0, *NOT_TRIED):
        raise Stop(f"vwr-conform ended with {process.returncode}", wrong)
    return Run([json.loads(line) for line in text.splitlines()], NOT_TRIED.get(process.returncode, ""))


def run(program: Path, kind: str, socket: str, seconds: int, folder: str | None = None) -> Run:
    """The rows of the back end that listens."""
    return _rows([program, kind, socket], folder, "is the socket that of a back end of this class?", seconds)


def empty_image(folder: str) -> Path:
    """A disk whose sectors are 0."""
    image = Path(folder, "disk.img")
    with image.open("wb") as file:
        file.truncate(IMAGE_BYTES)
    return image


def found_program(command: str, fix: str) -> str:
    """The absolute path of a program, which a process in another folder can start."""
    found = shutil.which(command)
    if found is None:
        raise Stop(f"{command} is not there, or cannot be executed", fix)
    return str(Path(found).absolute())


def model(program: Path, kind: str, words: Sequence[str], seconds: int) -> Run:
    """The rows of a device model in a program, which vwr-conform starts; in its words IMAGE is replaced."""
    with tempfile.TemporaryDirectory(prefix="vwr-conform-") as folder:
        image = empty_image(folder)
        command = [
            found_program(words[0], "a path that is right from here, of a program that can be executed"),
            *(one.replace("IMAGE", str(image)) for one in words[1:]),
        ]
        return _rows(
            [program.resolve(), kind, "--model", *command],
            None,
            "docs/conform.md has the commands that the program must answer; does it flush its output?",
            seconds,
        )


def qemu(program: Path, kind: str, emulator: str, seconds: int) -> Run:
    """The rows of a device of QEMU, which the program starts, and starts again if a case has ended it."""
    found = found_program(emulator, "apt-get install qemu-system-arm, or --qemu PROGRAM")
    with tempfile.TemporaryDirectory(prefix="vwr-conform-") as folder:
        image = empty_image(folder)
        options = [word.replace("IMAGE", image.name) for word in DEVICES[kind].split()]
        return _rows(
            [program.resolve(), kind, "--qemu", found, *options],
            folder,
            f"does {emulator} have the board virt and this device?",
            seconds,
        )


def own(program: Path, kind: str, seconds: int) -> Run:
    """The rows of the library's own device."""
    return _rows([program, kind, "--ours"], None, "./vwr conform ours --type rng   (builds it)", seconds)


def start(program: Path, kind: str, words: Sequence[str], seconds: int) -> Run:
    """The same on a back end that a command starts; in its words SOCKET and IMAGE are replaced."""
    with tempfile.TemporaryDirectory(prefix="vwr-conform-") as folder:
        image = empty_image(folder)
        socket = "back.sock"  # the folder's path may be too long for a socket
        command = [word.replace("SOCKET", socket).replace("IMAGE", image.name) for word in words]
        command[0] = found_program(command[0], "./vwr conform vhost --type blk --start COMMAND")
        try:
            process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
        except OSError as error:
            raise Stop(
                f"{command[0]}: {error.strerror}", "./vwr conform vhost --type blk --start COMMAND"
            ) from error
        try:
            _listens(Path(folder, socket), process)
            return run(program, kind, socket, seconds, folder)
        finally:
            process.kill()
            process.wait()
