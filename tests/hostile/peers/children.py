# SPDX-License-Identifier: MIT
"""A back end and its processes, as /proc shows them: who holds what, who sleeps, who is left behind."""

import contextlib
import os
from collections import Counter
from pathlib import Path

from vhost_guests import children

ENDED = "ZX"  # nobody has collected it yet; it is dead


def states(pid):
    """
    The letter of each thread, as ps(1) shows it. The first thread of a process that exits is a zombie while another
    one still closes its files.
    """
    found = ""
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                found += (task / "stat").read_text("utf-8").rsplit(")", 1)[1].split()[0]
    return found


def is_there(pid):
    """It has not ended. Nobody may collect what ends without a parent: such a zombie has ended too."""
    return set(states(pid)) - set(ENDED) != set()


def all_of(pid):
    """The process and its children."""
    return [pid, *children(pid)]


def holds(pid):
    """The open files and mappings of a process, except those of its allocator."""
    files = Counter()
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        for link in Path(f"/proc/{pid}/fd").iterdir():
            with contextlib.suppress(FileNotFoundError):
                name = os.readlink(link).split(":")[0]
                files[name.replace(f"/proc/{pid}/", "/proc/self/")] += 1
    maps = Counter(row[5] for row in mappings(pid) if len(row) == 6)
    return files, maps


def mappings(pid):
    try:
        text = Path(f"/proc/{pid}/maps").read_text("utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [row.split(maxsplit=5) for row in text.splitlines()]


def everything(pid):
    """
    What the process holds, and what all its children hold together: each waits for a front end or serves one. A child
    that has ended is no zombie for long.
    """
    found = Counter({("parent", *row): count for row, count in rows(pid)})
    for child in children(pid):
        found["children"] += 1
        found["zombies"] += not is_there(child)
        found.update({("children", *row): count for row, count in rows(child)})
    return +found


def rows(pid):
    return [
        ((kind, name), count)
        for kind, part in zip(("file", "mapping"), holds(pid))
        for name, count in part.items()
    ]


def differences(before, found):
    """What is more or less than before."""
    return {"more": dict(found - before), "less": dict(before - found)}


def users(pid, file):
    """Those of the process and its children that map a file or have it open."""
    about = os.fstat(file)
    return [one for one in all_of(pid) if uses(one, about)]


def uses(pid, about):
    device = f"{os.major(about.st_dev):02x}:{os.minor(about.st_dev):02x}"
    if any(row[3] == device and int(row[4]) == about.st_ino for row in mappings(pid)):
        return True
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        for name in os.listdir(f"/proc/{pid}/fd"):
            with contextlib.suppress(OSError):
                found = os.stat(f"/proc/{pid}/fd/{name}")
                if (found.st_dev, found.st_ino) == (about.st_dev, about.st_ino):
                    return True
    return False
