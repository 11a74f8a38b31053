# SPDX-License-Identifier: MIT
"""tshark with our dissector, in an environment of its own."""

import contextlib
import json
import os
import shutil
import tempfile
from pathlib import Path

from folders import ROOT
from processes import completed

from vwr.wireshark.command import dissector

PROGRAM = shutil.which("tshark")
# Wireshark 4.4 runs no script as root, and does not say so.
NOBODY = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}


class Tshark:
    """`packets` is the capture file that it reads."""

    def __init__(self, folder):
        self.folder, self.packets, self.script = folder, folder / "buffers.pcap", folder / "virtio.lua"
        data = json.loads((ROOT / "generated/virtwright.json").read_text(encoding="utf-8"))
        self.script.write_text(dissector(data), "utf-8")

    def shows(self, *options):
        """What it prints of the packets, without an error of Lua."""
        self.folder.chmod(0o755)
        for file in (self.packets, self.script):
            file.chmod(0o644)
        done = completed(
            [PROGRAM, "-n", "-X", f"lua_script:{self.script}", "-r", self.packets, *options],
            env={"PATH": "/usr/bin:/bin", "HOME": str(self.folder), "LC_ALL": "C.UTF-8"},
            **NOBODY,
        )
        assert done.returncode == 0, done.stderr
        error = done.stdout.partition("Lua Error")[2] or done.stderr.partition("Lua")[2]
        assert not error, error[:400]
        return done.stdout


@contextlib.contextmanager
def tshark():
    """In a folder of its own: those of pytest are open for one user only."""
    with tempfile.TemporaryDirectory() as folder:
        yield Tshark(Path(folder))
