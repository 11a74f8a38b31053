# SPDX-License-Identifier: MIT
"""
The outside of a machine: sends the devices of a guest what no driver can cause, when its console asks for it.

A VMM is connected to sockets, whose paths replace words of its command: FRAMES takes frames, each behind its length in
four bytes, as a netdev of QEMU does, TEXT bytes, and QMP QEMU's control protocol, for keys.
"""

import contextlib
import json
import re
import socket
import struct
from pathlib import Path
from threading import Thread
from typing import Any

from vwr.stop import Stop

WORDS = {"frame": "FRAMES", "text": "TEXT", "key": "QMP"}
_WANTS = re.compile(r"^# wants: \w+ (frame|text|key) (\d+)$")
_SECONDS = 1  # for a VMM to take what it is sent; the guest waits for two
_MOST_BYTES = 1500
_HEAD = bytes.fromhex("ffffffffffff 020000000001 88b5")  # to everybody; a type for local experiments


def letters(count: int) -> bytes:
    """A frame's payload, and a text: conform/incoming.c knows it."""
    return bytes(ord("a") + at % 26 for at in range(count))


def _frame(to: socket.socket, count: int) -> None:
    frame = _HEAD + letters(count - len(_HEAD))
    to.sendall(len(frame).to_bytes(4, "big") + frame)


def _text(to: socket.socket, count: int) -> None:
    to.sendall(letters(count))


def _key(to: socket.socket, _: int) -> None:
    """Presses and releases a key. The answers do not matter: the guest sees whether it arrives."""

    def events(down: bool) -> list[dict[str, Any]]:
        return [{"type": "key", "data": {"down": down, "key": {"type": "qcode", "data": "a"}}}]

    for command in (
        {"execute": "qmp_capabilities"},
        {"execute": "input-send-event", "arguments": {"events": events(True)}},
        {"execute": "input-send-event", "arguments": {"events": events(False)}},
    ):
        to.sendall(json.dumps(command).encode() + b"\n")


class Outside:
    """Sockets for the words that the command has."""

    def __init__(self, folder: str, command: str) -> None:
        self.values = {word: str(Path(folder, word.lower())) for word in WORDS.values() if word in command}
        self._listens = [socket.socket(socket.AF_UNIX) for _ in self.values]
        self._open: dict[str, socket.socket] = {}
        for one, (word, path) in zip(self._listens, self.values.items()):
            try:
                one.bind(path)
            except OSError as error:
                self.close()
                raise Stop(f"{path}: {error}", "a shorter TMPDIR, such as /tmp") from error
            one.listen(1)
            Thread(target=self._reads, args=(word, one), daemon=True).start()

    def _reads(self, word: str, listens: socket.socket) -> None:
        """Takes what a device sends, which would wait otherwise."""
        with contextlib.suppress(OSError):
            connection, _ = listens.accept()
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("@ll", _SECONDS, 0))
            self._open[word] = connection
            while connection.recv(1 << 16):
                pass

    def close(self) -> None:
        """Closes the sockets."""
        for one in (*self._listens, *self._open.values()):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def hears(self, line: str) -> None:
        """Sends what a line of the console asks for. Without a VMM that takes it the guest goes on."""
        match = _WANTS.match(line)
        to = self._open.get(WORDS[match[1]]) if match else None
        if match is None or to is None:
            return
        with contextlib.suppress(OSError):
            {"frame": _frame, "text": _text, "key": _key}[match[1]](to, min(int(match[2]), _MOST_BYTES))
