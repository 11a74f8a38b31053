# SPDX-License-Identifier: MIT
"""
vwr conform vmm: starts a VMM whose guest is an image of vwr conform image, and reads the lines of TAP on its console.

The console is the standard output of the command. The rows are those of vwr-conform, so that the same report is made of
them.
"""

import contextlib
import os
import re
import selectors
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from vwr.conform.back_end import Programs, Run, empty_image, found_program, passed_on
from vwr.conform.outside import Outside
from vwr.stop import Stop

END = re.compile(r"^# conform: end\b")
_DEVICE = re.compile(r"^# device: ([a-z0-9]+?)\d+ virtio-(\w+) ")
_PLAN = re.compile(r"^1\.\.(\d+)")
_LINE = re.compile(r"^(not ok|ok) \d+ - (.+?) \((.+?)\)( # SKIP (.*))?$")
_GRACE_SECONDS = 2.0  # for a VMM whose guest has switched it off
_LOOK_SECONDS = 0.5
_MOST_BYTES = 1 << 22  # of a console; a guest that loops prints for ever


def rows(lines: Sequence[str]) -> list[dict[str, Any]]:
    """A row for each line of TAP that is a case: case, basis, expects, result, seen."""
    found: list[dict[str, Any]] = []
    for line in lines:
        match = _LINE.match(line)
        if match:
            result = "not tested" if match[4] else "kept" if match[1] == "ok" else "broken"
            found.append(
                {
                    "case": match[2],
                    "basis": match[3],
                    "expects": "",
                    "result": result,
                    "seen": match[5] or "",
                }
            )
        for member in ("seen", "expected"):
            if found and line.startswith(f"# {member}: "):
                found[-1][{"expected": "expects"}.get(member, member)] = line.partition(": ")[2]
    return found


def devices(lines: Sequence[str]) -> list[str]:
    """The classes of the devices, and their transports."""
    found = [match for match in map(_DEVICE.match, lines) if match]
    return list(dict.fromkeys([*(match[1] for match in found), *(match[2] for match in found)]))


def _lines(process: "subprocess.Popen[bytes]", stream: IO[bytes], seconds: float) -> Iterator[str]:
    """The lines of a console until the VMM ends, whose children may keep it open, or the time is over."""
    end = time.monotonic() + seconds
    rest, total = b"", 0
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        while total < _MOST_BYTES and time.monotonic() < end:
            # Before the look at its console, which may have its last lines.
            has_ended = process.poll() is not None
            if not selector.select(0 if has_ended else _LOOK_SECONDS):
                if has_ended:
                    break
                continue
            chunk = os.read(stream.fileno(), 1 << 16)
            if not chunk:
                break
            total += len(chunk)
            *whole, rest = (rest + chunk).split(b"\n")
            for line in whole:
                yield line.decode("utf-8", errors="replace").strip("\r\0 ")
    if rest:
        yield rest.decode("utf-8", errors="replace").strip("\r\0 ")


def _ended(process: "subprocess.Popen[bytes]") -> None:
    """Ends a VMM with its children, which are in a group of their own."""
    try:
        process.wait(timeout=_GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        pass
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _started(words: Sequence[str], programs: Programs) -> "subprocess.Popen[bytes]":
    try:
        return programs.start(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, start_new_session=True)
    except OSError as error:
        raise Stop(
            f"{words[0]}: {error.strerror}", "./vwr conform vmm --arch ARCH --start COMMAND"
        ) from error


def _console(words: Sequence[str], seconds: int, outside: Outside, programs: Programs) -> list[str]:
    """The lines of a guest's console."""
    lines: list[str] = []
    process = _started(words, programs)
    assert process.stdout is not None
    try:
        for line in _lines(process, process.stdout, seconds):
            lines.append(line)
            if END.match(line):
                break
            outside.hears(line)
    finally:
        if not lines or not END.match(lines[-1]):
            process.kill()  # there is nothing to wait for
        _ended(process)
        process.stdout.close()
    return lines


def console(words: Sequence[str], seconds: int, kernel: Path, programs: Programs) -> list[str]:
    """
    The lines of the console of a VMM's guest; words of the command are replaced. The VMM is one of the
    programs, so that a signal can end it.
    """
    with tempfile.TemporaryDirectory(prefix="vwr-conform-") as folder:
        with contextlib.closing(Outside(folder, " ".join(words))) as outside:
            values = {"KERNEL": str(kernel), "IMAGE": str(empty_image(folder)), **outside.values}
            command = [re.sub("|".join(values), lambda match: values[str(match[0])], word) for word in words]
            command[0] = found_program(command[0], "./vwr conform vmm --arch ARCH --start COMMAND")
            return _console(command, seconds, outside, programs)


def run(words: Sequence[str], seconds: int, kernel: Path) -> tuple[Run, list[str]]:
    """The rows of a VMM's guest, and the classes and transports of its devices."""
    with passed_on() as programs:
        lines = console(words, seconds, kernel, programs)
    cases = rows(lines)
    if not cases:
        raise Stop(
            "the console shows no case; its end:\n" + ("\n".join(lines[-5:]) or "(nothing)"),
            "the command must boot KERNEL, have a modern device, and print the guest's console on its standard output",
        )
    planned = next((int(match[1]) for match in map(_PLAN.match, reversed(lines)) if match), 0)
    lacks = ""
    if not END.match(lines[-1]):
        lacks = f"the console ended after {cases[-1]['case']}, which was not the last case"
    elif planned != len(cases):
        lacks = f"the console shows {len(cases)} of {planned} cases; something else writes to it"
    return Run(cases, lacks), devices(lines)
