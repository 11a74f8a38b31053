# SPDX-License-Identifier: MIT
"""2 MiB by HTTP through lwIP, the driver of the network card and QEMU: net_http.py PROGRAM legacy|modern FOLDER.

The server is Python's own, on this machine; QEMU's network of a user leads to it. In half of the kinds of ring (disk_runs_kind).
"""

import hashlib
import http.server
import os
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path

BYTES = 2 << 20  # a thousand frames: each queue wraps several times
PACKED = 4  # of a kind's bits, which are those of disk.h


class Quiet(http.server.SimpleHTTPRequestHandler):
    """No word a request."""

    def log_message(self, format, *args):
        pass


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main(program: str, version: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    served = folder / "served"
    served.mkdir(exist_ok=True)
    (served / "file").write_bytes(os.urandom(BYTES))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(served)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for kind in range(PACKED if version == "legacy" else 2 * PACKED):
        if kind.bit_count() % 2:
            continue
        got = folder / "got"
        got.unlink(missing_ok=True)
        subprocess.run(
            [
                "timeout",
                "-k",
                "5",
                "60",
                program,
                version,
                str(kind),
                str(server.server_port),
                "file",
                str(folder),
            ],
            check=True,
        )
        if sha256(got) != sha256(served / "file"):
            sys.exit(f"net_http: kind {kind}: sha256 of what came is another")
    server.shutdown()
    got.unlink()
    (served / "file").unlink()
    print("net_http: OK")


main(sys.argv[1], sys.argv[2], Path(sys.argv[3]).absolute())
