# SPDX-License-Identifier: MIT
"""QEMU's monitor, over a socket that it was given."""

import json

PATIENCE = 30  # seconds


class Refused(Exception):
    """What QEMU says of a command."""


class Monitor:
    def __init__(self, socket):
        socket.settimeout(PATIENCE)
        self.file = socket.makefile("rw", encoding="utf-8", newline="\n")
        self.line()  # the greeting
        self("qmp_capabilities")

    def line(self):
        return json.loads(self.file.readline() or '{"error": {"desc": "QEMU has ended"}}')

    def __call__(self, command, **arguments):
        """A command; what it returns. Events between are passed over."""
        self.file.write(json.dumps({"execute": command, "arguments": arguments}) + "\n")
        self.file.flush()
        while True:
            answer = self.line()
            if "error" in answer:
                raise Refused(answer["error"]["desc"])
            if "return" in answer:
                return answer["return"]

    def send(self, *events):
        """Events of a keyboard or a mouse: (type, data)."""
        self("input-send-event", events=[{"type": kind, "data": data} for kind, data in events])

    def press(self, key):
        """A key, by QEMU's name for it, down and up."""
        for down in (True, False):
            self.send(("key", {"down": down, "key": {"type": "qcode", "data": key}}))

    def click(self):
        for down in (True, False):
            self.send(("btn", {"down": down, "button": "left"}))

    def move(self, kind, x, y):
        """`abs`, of 32768; or `rel`."""
        self.send(*((kind, {"axis": axis, "value": value}) for axis, value in (("x", x), ("y", y))))
