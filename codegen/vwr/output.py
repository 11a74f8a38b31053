# SPDX-License-Identifier: MIT
"""The build folder, the file that a verb writes for the user, and whoever reads what it prints."""

import errno
import io
import os
import shlex
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from vwr import ROOT
from vwr.stop import Stop, typed


class Lost(BaseException):
    """Standard output takes no more. No verb catches it: what it prints is what it is for."""


def build_folder() -> Path:
    return Path(os.environ.get("VWR_BUILD_DIR") or ROOT / "build")


def again_elsewhere(path: Path) -> str:
    """The command line for whoever cannot write `path`: with another build folder, or in a copy of the tree."""
    words, path, build = shlex.join(sys.argv[1:]), path.absolute(), build_folder()
    if path.is_relative_to(build) or build.is_relative_to(path):
        return typed(f'VWR_BUILD="$(mktemp -d)" ./vwr {words}')
    if path.is_relative_to(ROOT):
        return f"cp -r {shlex.quote(str(ROOT))} virtwright && virtwright/vwr {words}"
    return ""


def _drop(stream: int) -> None:
    """What is written to this descriptor from now on goes nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream)
    os.close(nowhere)


class _Out(io.FileIO):
    """
    Standard output. A reader may end first, such as head(1): nothing is printed from then on, and the verb does what it
    was called for. Whatever else goes wrong ends it.
    """

    def write(self, data: Any) -> Any:
        try:
            return super().write(data)
        except BrokenPipeError:
            _drop(self.fileno())
            return len(data)
        except OSError as error:
            why = self._why(error)
            _drop(self.fileno())
            raise Lost(why) from None

    def _why(self, error: OSError) -> str:
        if error.errno == errno.EBADF:
            return "standard output is closed, and what was printed is lost"
        try:
            place = f", {os.readlink(f'/proc/self/fd/{self.fileno()}')},"
        except OSError:
            place = ""
        return (
            f"standard output{place} cannot be written, and what was printed is incomplete: {error.strerror}"
        )


class _Err(io.FileIO):
    """Standard error. Nobody can be told that it takes no more; the exit code still says how the verb ended."""

    def write(self, data: Any) -> Any:
        try:
            return super().write(data)
        except OSError:
            _drop(self.fileno())
            return len(data)


def _stream(raw: io.FileIO, errors: str) -> io.TextIOWrapper:
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    return io.TextIOWrapper(io.BufferedWriter(raw), encoding, errors, line_buffering=raw.isatty())


def printed(run: Callable[[], int]) -> int:
    """
    The exit code of a program that prints: 2 if standard output was closed or full, whatever the program has done.
    The front script opens descriptors that were closed, so that no file gets their numbers.
    """
    sys.stdout = _stream(_Out(1, "wb", closefd=False), "replace")
    sys.stderr = _stream(_Err(2, "wb", closefd=False), "backslashreplace")
    sys.stderr.reconfigure(line_buffering=True)
    try:
        try:
            return run()
        finally:
            sys.stdout.flush()  # otherwise Python flushes it at the end, where nothing catches the error
    except Lost as lost:
        print(f"vwr: {lost}", file=sys.stderr)
        return 2


def become(program: str, *words: str) -> NoReturn:
    """Hands this process over. A reader that ends first ends the program, unless it is one that uses printed()."""
    sys.stdout.flush()
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    os.execvp(program, [program, *words])


def write(chosen: Path | None, name: str, text: str, verb: str) -> Path:
    """Writes the file of -o; without it, `name` in the build folder. Returns its path."""
    out = chosen or build_folder() / name
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        following = f"./vwr {verb} -o FILE" if chosen else again_elsewhere(out)
        raise Stop(f"{out}: cannot be written: {error.strerror}", following) from error
    return out
