# SPDX-License-Identifier: MIT
"""
The current system, from os-release, and its names for Debian's packages, from packages.txt next to this
file.
"""

import re
import shlex
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import NamedTuple

OS_RELEASE = (
    Path("/etc/os-release"),
    Path("/usr/lib/os-release"),
)  # the second stands in for the first: os-release(5)
LONGEST = 65536  # of os-release that is read; it has some hundred bytes
ASSIGNMENT = re.compile(r"(ID|ID_LIKE|VERSION_ID)=(.*)")  # of others nothing is used
WORD = re.compile(r"[a-z0-9._-]+")
RELEASE = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9}){0,3}")
TABLE = Path(__file__).with_name("packages.txt")
# The command that a user types. Systems with apt-get have no entry, because packages.py installs packages
# there.
COMMANDS = {"fedora": "dnf install", "arch": "pacman -S", "alpine": "apk add"}

Release = tuple[int, ...]


@cache
def table() -> dict[str, dict[str, str]]:
    """The cells of each row by column, keyed by Debian's name."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.split("|")] for line in lines if not line.startswith("#")]
    return {row[0]: dict(zip(rows[0][1:], row[1:])) for row in rows[1:]}


def release(text: str) -> Release:
    return tuple(map(int, text.split("."))) if RELEASE.fullmatch(text) else ()


class System(NamedTuple):
    column: str = ""  # of the table; without one, its names are Debian's
    release: Release = ()  # of that system itself; one that is like it has numbers of its own

    @property
    def command(self) -> str:
        return COMMANDS.get(self.column, "")

    def names(self, package: str) -> list[str]:
        """The system's name for a Debian package. None: it has no such package."""
        rows = table()
        key = package if package in rows else next((key for key in rows if fnmatchcase(package, key)), "")
        as_of: dict[Release, list[str]] = {}
        for word in rows.get(key, {}).get(self.column, "").split():
            since, _, name = word.rpartition(":")
            as_of.setdefault(release(since), []).append(name)
        fitting = [since for since in as_of if since <= self.release]
        return [name for name in as_of[max(fitting)] if name != "-"] if fitting else [package]


def settings(text: str) -> dict[str, str]:
    """
    The file is meant to be sourced by a shell. Here it is parsed, and lines in another form are
    ignored.
    """
    found = {}
    for line in text.splitlines():
        assignment = ASSIGNMENT.fullmatch(line.strip())
        if assignment:
            try:
                found[assignment[1]] = "".join(shlex.split(assignment[2]))
            except ValueError:  # a quotation without an end
                continue
    return found


def os_release() -> str:
    for path in OS_RELEASE:
        try:
            with path.open("rb") as file:
                return file.read(LONGEST).decode("utf-8", "replace")
        except OSError:
            continue
    return ""


def here() -> System:
    """The first of ID and ID_LIKE that is Debian or has a column: Manjaro is like Arch, and Mint like Ubuntu."""
    found = settings(os_release())
    own = found.get("ID", "")
    columns = next(iter(table().values()))
    for word in (own, *found.get("ID_LIKE", "").split()):
        if WORD.fullmatch(word) and (word in columns or word == "debian"):
            since = release(found.get("VERSION_ID", "")) if word == own else ()
            return System(word if word in columns else "", since)
    return System()
