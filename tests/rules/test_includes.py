# SPDX-License-Identifier: MIT
"""Who may include whom: the table of rooms in runtime/README.md, against each #include of the tree."""

import os
import re
from pathlib import PurePosixPath

import yaml

from tree import ROOT, files, read

PAGE = "runtime/README.md"
SOURCES = (
    "runtime/*.[ch]",
    "conform/*.[ch]",
    "hosted/*.[ch]",
    "integrations/*.[ch]",
    "monitor/*.[ch]",
    "plan/*.[ch]",
    "generated/include/*.h",
    "generated/src/*.c",
    "generated/client/*.c",
    "generated/service/*.c",
)
API = PurePosixPath("runtime/include/vwr")
MONITOR = PurePosixPath("monitor/include/vwr")
GENERATED = PurePosixPath("generated/include/vwr")
NAMES = re.compile(r"`([^`]+)`")
# By macros that a port or a test defines.
GIVEN = {f"{API}/base.h": "VWR_PORT_HEADER", f"{API}/ring.h": "VWR_RING_MEMORY_HEADER"}
WITH_FOLDERS = ("conform", "hosted", "integrations", "plan")  # whose builds name folders of headers
FREESTANDING = ("<stdarg.h>", "<stdbool.h>", "<stddef.h>", "<stdint.h>")  # a compiler brings them


def rooms(root):
    """{folder: folders that its row names}, in the order of the table."""
    table = read(root, PAGE).partition("| folder | contents | includes |\n")[2].partition("\n\n")[0]
    found = {}
    for row in table.splitlines()[1:]:
        cells = row.strip("|").split(" | ")
        named = tuple(NAMES.findall(cells[-1]))
        found.update(dict.fromkeys(NAMES.findall(cells[0]), named))
    return found


def headers(root):
    """{public header: folder}, of those that the page lists because no source has their name."""
    text = read(root, PAGE).partition("These have none: ")[2].partition("\n")[0]
    return {
        name: NAMES.findall(part)[-1]
        for part in text.split(";")
        for name in NAMES.findall(part)
        if name.endswith(".h")
    }


class Tree:
    """The table, and the folder of each file."""

    def __init__(self, root):
        self.root = root
        self.rooms = rooms(root)
        self.paths = [path for path in files(root, *SOURCES) if "runtime/port" not in path.as_posix()]
        self.listed = headers(root)
        self.by_source = {
            path.stem: self._folder(path)
            for path in self.paths
            if path.suffix == ".c" and path.parts[0] == "runtime"
        }
        self.devices = {path.stem for path in files(root, "spec/device/*.yaml")}

    @staticmethod
    def _folder(path):
        folder = path.parent.as_posix()
        return folder.removeprefix("runtime/")

    def room(self, path):
        """The folder of a file as the table names it; a public header's is that of its source."""
        if path.parent == MONITOR:
            return "monitor"
        if path.parent == API:
            return self.listed.get(path.name) or self.by_source.get(f"vwr_{path.stem}", "")
        return self._folder(path)

    def reach(self, room):
        """The folders that its row names, and those that they reach."""
        found, todo = set(), [room]
        while todo:
            for one in self.rooms.get(todo.pop(), ()):
                if one not in found:
                    found.add(one)
                    todo.append(one)
        return found

    def target(self, path, name):
        """The file of the tree that #include "name" means, or None."""
        if name.startswith("vwr/"):
            ways = [place.parent / name for place in (API, MONITOR, GENERATED)]
        else:
            ways = [PurePosixPath(os.path.normpath(path.parent / name))]
            if path.parts[0] in WITH_FOLDERS and "/" not in name:
                ways += [one for one in self.paths if one.name == name and one.parts[0] in WITH_FOLDERS]
        return next((one for one in ways if (self.root / one).is_file()), None)


def of_a_system(path, line):
    """What is wrong with an #include without quotes."""
    given = line.partition("include")[2].strip()
    if path.parts[0] in ("hosted", "integrations") or GIVEN.get(path.as_posix()) == given:
        return None
    if path.parts[0] == "conform":
        return None if given in FREESTANDING else "conform includes headers of a compiler only"
    return "only a port, hosted and integrations include headers of a system"


def problem(tree, path, line):
    """What is wrong with one #include line, or None."""
    match = re.match(r'\s*#\s*include\s*"([^"]+)"', line)
    if match is None:
        return of_a_system(path, line)
    name, room = match.group(1), tree.room(path)
    if name == "vwr_port.h":
        return None if path.as_posix() == f"{API}/base.h" else "only vwr/base.h includes the port"
    to = tree.target(path, name)
    if to is None:
        return None if path.parts[0] == "integrations" else "no such header of ours"
    whose = tree.room(to)
    if whose not in (room, *tree.reach(room)):
        return f"{room} does not include {whose}"
    private = name.endswith("_common.h")
    if private and whose not in (room, *tree.rooms[room]):
        return f"{room} does not include private headers of {whose}"
    if private and to.parts[0] == "runtime" and name != os.path.relpath(to, path.parent):
        return f'it is "{os.path.relpath(to, path.parent)}"'
    of_class = room.partition("/")[2] if room.count("/") == 1 else ""
    if to.parent == GENERATED / "gen" and of_class in tree.devices and to.stem in tree.devices - {of_class}:
        return f"{of_class} does not include facts of {to.stem}"
    return None


def violations(root):
    """Folders and headers that the table lacks, rows in the wrong order, #include lines that break it, names without use."""
    tree, found, used = Tree(root), [], set()
    seen = set()
    for room, others in tree.rooms.items():
        found += [f"{PAGE}: {room}: {one} is not above it" for one in others if one not in seen]
        seen.add(room)
    for path in tree.paths:
        room = tree.room(path)
        if room not in tree.rooms:
            found.append(f"{path}: {room or 'its folder'} is not in the table of {PAGE}")
            continue
        for number, line in enumerate(read(root, path).splitlines(), 1):
            if not re.match(r"\s*#\s*include\b", line):
                continue
            wrong = problem(tree, path, line)
            if wrong:
                found.append(f"{path}:{number}: {line.strip()}: {wrong}")
            name = re.match(r'\s*#\s*include\s*"([^"]+)"', line)
            to = tree.target(path, name.group(1)) if name else None
            if to is not None:
                used.add((tree.rooms[room], tree.room(to)))
    found += [
        f"{PAGE}: {', '.join(one for one in tree.rooms if tree.rooms[one] is others)}: nothing includes {named}"
        for others in {id(row): row for row in tree.rooms.values()}.values()
        for named in others
        if (others, named) not in used
    ]
    for path in files(root, "runtime/port/*.h"):
        found += [
            f"{path}:{number}: {line.strip()}: a port includes nothing of ours"
            for number, line in enumerate(read(root, path).splitlines(), 1)
            if re.match(r'\s*#\s*include\s*"', line)
        ]
    return found


def test_this_tree():
    assert len(rooms(ROOT)) > 70 and not violations(ROOT), "\n".join(violations(ROOT))


CASES = yaml.safe_load(read(ROOT, "tests/rules/includes.yaml"))
GOOD = CASES["good"]


def test_a_good_tree_passes(make):
    assert not violations(make(GOOD)), "\n".join(violations(make(GOOD)))


def test_each_bad_tree_is_found(make):
    for case in CASES["bad"]:
        path, words = case["in"], case["says"]
        text = GOOD.get(path, "")
        changed = (
            text.replace(case["was"], case["is"]) if "was" in case else text + f"#include {case['include']}\n"
        )
        assert changed != text
        found = violations(make({**GOOD, path: changed}))
        assert len(found) in (1, 2) and words in found[0], (case, found)
