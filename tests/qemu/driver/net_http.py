# SPDX-License-Identifier: MIT
"""1 MiB by HTTP through lwIP, integrations/lwip and QEMU, and back: net_http.py PROGRAM legacy|modern FOLDER.

The server is Python's own, on this machine; QEMU's network of a user leads to it. In half of the kinds of ring
(disk_runs_kind), each with a trouble of its own in the middle of the transfers.
"""

import http.server
import os
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path

BYTES = 1 << 20  # seven hundred frames: each queue wraps several times
PACKED = 4  # of a kind's bits, which are those of disk.h
TROUBLE = ["link", "receive", "transmit", "full"]


class Server(http.server.SimpleHTTPRequestHandler):
    """Files, in both directions, and no word a request."""

    def log_message(self, format, *args):
        pass

    def do_PUT(self):
        """Into a file beside the one that is served."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        Path(self.directory + self.path + ".put").write_bytes(body)
        self.send_response(200)
        self.end_headers()


def main(program: str, version: str, folder: Path) -> None:
    served = folder / "served"
    served.mkdir(parents=True, exist_ok=True)
    page = os.urandom(BYTES)
    (served / "file").write_bytes(page)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Server, directory=str(served)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    kinds = [
        kind for kind in range(PACKED if version == "legacy" else 2 * PACKED) if kind.bit_count() % 2 == 0
    ]
    for kind, trouble in zip(kinds, TROUBLE):
        moved = [folder / "got", served / "file.put"]
        for path in moved:
            path.unlink(missing_ok=True)
        command = [program, version, str(kind), trouble, str(server.server_port), "file", str(folder)]
        subprocess.run(["timeout", "-k", "5", "60", *command], check=True)
        for path in moved:
            if path.read_bytes() != page:
                sys.exit(f"net_http: kind {kind}: {path.name} is not the page")
    server.shutdown()
    for path in [*moved, served / "file"]:
        path.unlink()
    print("net_http: OK")


main(sys.argv[1], sys.argv[2], Path(sys.argv[3]).absolute())
