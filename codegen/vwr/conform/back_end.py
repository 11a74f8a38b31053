# SPDX-License-Identifier: MIT
"""vwr-conform on a vhost-user back end that listens, or that a command starts."""

import json
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from vwr.stop import Stop

IMAGE_BYTES = 1 << 20
START_SECONDS = 15.0


def _listens(socket: Path, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + START_SECONDS
    while not socket.is_socket():
        if process.poll() is not None or time.monotonic() > end:
            raise Stop(f"the back end does not listen on {socket}", "replace its socket by the word SOCKET")
        time.sleep(0.02)


def run(program: Path, kind: str, socket: str, folder: str | None = None) -> list[dict[str, Any]]:
    """A row for each case, on the back end that listens: case, basis, expects, result, seen."""
    try:
        done = subprocess.run(
            [program, kind, socket], cwd=folder, stdout=subprocess.PIPE, text=True, check=False
        )
    except OSError as error:
        raise Stop(f"{program}: {error.strerror}", "./vwr conform builds it") from error
    if done.returncode != 0:
        raise Stop(
            f"vwr-conform ended with {done.returncode}", "is the socket that of a back end of this class?"
        )
    return [json.loads(line) for line in done.stdout.splitlines()]


def start(program: Path, kind: str, words: Sequence[str]) -> list[dict[str, Any]]:
    """The same on a back end that a command starts; in its words SOCKET and IMAGE are replaced."""
    with tempfile.TemporaryDirectory(prefix="vwr-conform-") as folder:
        image = Path(folder, "disk.img")
        with image.open("wb") as file:
            file.truncate(IMAGE_BYTES)
        socket = "back.sock"  # the folder's path may be too long for a socket
        command = [word.replace("SOCKET", socket).replace("IMAGE", image.name) for word in words]
        try:
            process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
        except OSError as error:
            raise Stop(
                f"{command[0]}: {error.strerror}", "./vwr conform vhost --type blk --start COMMAND"
            ) from error
        try:
            _listens(Path(folder, socket), process)
            return run(program, kind, socket, folder)
        finally:
            process.kill()
            process.wait()
