# SPDX-License-Identifier: MIT
"""QEMU with the hypervisor while it runs: wait for a line, type, wait for the next."""

import re
import subprocess
import threading
import time

import host

ESCAPE = "\x1d"
PATIENCE = 120  # seconds that a line may take


class Session:
    """A context; `lines` is all that was said so far. `files` are descriptors that QEMU is given.

    What QEMU says is kept in the file `console` as well."""

    def __init__(self, folder, words, timeout=280, patience=PATIENCE, files=(), console="console.txt"):
        self.console, self.lines, self.at, self.patience = folder / console, [], 0, patience
        self.changed = threading.Condition()
        self.ended = False
        self.machine = subprocess.Popen(
            ["timeout", "-k", "5", str(timeout), *words],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            pass_fds=files,
        )
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        """The thread that collects lines, and what stands in the last one so far."""
        with open(self.console, "wb") as copy:
            line = b""
            while data := self.machine.stdout.read1(4096):
                copy.write(data)
                copy.flush()
                *whole, line = (line + data).replace(b"\r", b"").split(b"\n")
                with self.changed:
                    self.lines += [one.decode("utf-8", errors="replace") for one in whole]
                    self.changed.notify_all()
        with self.changed:
            self.ended = True
            self.changed.notify_all()

    def more(self, at, end):
        """Whether there is a line with that number before that time; waits for it."""
        with self.changed:
            self.changed.wait_for(lambda: len(self.lines) > at or self.ended, end - time.monotonic())
            return len(self.lines) > at

    def expect(self, pattern):
        """The next line with the pattern, as a match; lines before it are passed over."""
        end = time.monotonic() + self.patience
        while self.more(self.at, end):
            self.at += 1
            if found := re.search(pattern, self.lines[self.at - 1]):
                return found
        raise AssertionError(f"no '{pattern}' in:\n" + "\n".join(self.lines[-40:]))

    def type(self, text):
        self.machine.stdin.write(text.encode())
        self.machine.stdin.flush()

    def command(self, text, end):
        """A command of the hypervisor; the lines up to the one with `end`, without that. The keys stay there."""
        with self.changed:
            self.at = first = len(self.lines)
        self.type(f"{ESCAPE}{text}\r")
        self.expect(end)
        return self.lines[first : self.at - 1]

    def wait(self):
        """To the end of QEMU; its exit code."""
        code = self.machine.wait()
        self.reader.join()
        return code

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.machine.terminate()  # timeout hands it on
        self.machine.wait()
        self.reader.join()


def guests(folder, linux, plan, scripts, legacy=False, options=None, arguments="quiet", programs=(), **more):
    """A guest for each script, and the session with them."""
    files = host.guest_files(folder, linux, plan, scripts, arguments, programs)
    options = host.drive("disk.img", legacy) if options is None else options
    return Session(folder, host.command(plan, files, len(scripts), options=options, **more))
