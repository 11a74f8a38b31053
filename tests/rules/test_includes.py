# SPDX-License-Identifier: MIT
"""Who may include whom.

base room       vwr/base.h and the headers that know no fact of the document: only each other
                (vwr/gen/version.h is one of them: it has the number of the document, and nothing out of it; vwr/profile.h is generated too);
                vwr_message.c has the names of features and of status bits too, which the sentences of both sides mention
generated       headers: those of the base room that hold row types and accessors; sources: also generated headers
messages        generated: base room (bytes.h too), generated headers; of both ends of a device's messages
client, service generated: as driver and device, with messages
ring.h          base room, generated: the memory that both sides reach; tests put accessors of their own into it
driver, device  base room, generated, ring.h, own side; never the other side
parts           what the device side may, the device side and the monitor; no device includes it
a class (blk)   its own and what belongs to no class and no transport; nobody else includes it
a transport (mmio)   likewise, but its generated facts are open to the core, which puts faults into words
a protocol (t10, p9, fuse)   its folder is of the class that carries it
scsi            of the device side: back ends of vwr/vblk.h too, which store the blocks of its units
vwr_vm.c        any transport too: it finds the device that answers at an address
find            any transport too: it finds devices wherever they are
rules           what both sides check of a class's requests: base room, generated; messages; the sockets of both sides, too
monitor         base room, generated, ring.h: neither side
bridge          both sides, which it joins; vblk_disk.h and vnet_card.h are its
port            nothing of ours; it alone names system headers
private headers those beside a file, by their names; those of other folders by the way to them, if the table in the README of
                the file's room has them
integrations    vwr/, plan/, their own folder, their platform's headers; nothing that is between files of the runtime
hosted          likewise, and the system's headers
"""

import os
import re

import yaml

from tree import ROOT, files, read

BASE = {
    "access",
    "array",
    "base",
    "port_defaults",
    "features",
    "config",
    "names",
    "tables",
    "result",
    "text",
    "message",
    "wait",
    "bytes",
    "record",
    "arithmetic",
    "evdev",
    "p9",
    "fuse",
    "t10",
    "profile",
    "stats",
    "trace",
    "selftest",
    "version",
}
PROTOCOLS = {"t10": "scsi", "p9": "9p", "fuse": "fs"}  # {first word of a name: class that carries the protocol}
FOR_GENERATED = {"base", "features", "config", "names", "tables", "result"}
MAY_INCLUDE = {  # by room; what a room may include of its own kind is checked by subject
    "base": {"base"},
    "gen": {"base"},
    "gen-source": {"base", "gen"},
    "ring": {"base", "gen"},
    "rules": {"base", "gen", "messages", "rules"},
    "messages": {"base", "gen"},
    "driver": {"base", "gen", "ring", "rules", "messages", "driver"},
    "device": {"base", "gen", "ring", "rules", "messages", "device"},
    "parts": {"base", "gen", "ring", "rules", "messages", "device", "monitor", "parts"},
    "monitor": {"base", "gen", "ring", "rules", "monitor"},
    "bridge": {"base", "gen", "ring", "rules", "driver", "device", "parts", "bridge"},
}


def subjects(root):
    """{name: folder of spec/}: classes and transports, by the names of their spec files."""
    return {
        path.stem: path.parent.name for path in files(root, "spec/device/*.yaml", "spec/transport/*.yaml")
    }


# (path, room, what a name begins with before its subject): the first that fits.
ROOMS = (
    (r"generated/include/vwr/(gen/version|profile)\.h", "base", ""),
    (r"generated/include/vwr/gen/.*", "gen", ""),
    (r"generated/include/vwr/messages/.*", "messages", ""),
    (r"generated/(include/vwr/)?service/.*", "device", ""),
    (r"runtime/include/vwr/ring\.h", "ring", ""),
    (r"runtime/.*_rules(_common)?\.[ch]", "rules", ""),
    (r"runtime/(shared|include/vwr)/(vwr_)?sockets(_\w+)?\.[ch]", "rules", ""),
    (r"runtime/(driver/vsock/.*|include/vwr/vsock(_open)?\.h)", "driver", ""),
    (r"generated/src/.*", "gen-source", ""),
    (rf"runtime/((base|shared)/.*|include/vwr/({'|'.join(BASE)})\.h)", "base", ""),
    (r"runtime/(monitor/.*|include/vwr/monitor\.h)", "monitor", "monitor_"),
    (r"runtime/(bridge/.*|include/vwr/(vblk_disk|vnet_card)\.h)", "bridge", "v"),
    (
        r"runtime/(parts/.*|include/vwr/(vnet_switch|v9p_memory|vblk_memory)\.h)",
        "parts",
        "v",
    ),
    (r"runtime/(device/.*|include/vwr/v[^/]*)", "device", "v"),
    (r".*", "driver", ""),
)
SUBJECTS = {"sockets": "vsock"}  # by the first word of a name


def place(path, known):
    """(room, subject) of a file; the subject of what belongs to no class and no transport is 'core'."""
    room, before = next(
        (room, before) for pattern, room, before in ROOMS if re.fullmatch(pattern, path.as_posix())
    )
    first = re.sub(rf"^(vwr_)?(gen_|names_)?({before})", "", path.stem).split("_")[0]
    carried = PROTOCOLS if path.parts[1] in ("driver", "device") else SUBJECTS
    subject = carried.get(first, first)
    return room, subject if subject in known else "core"


# What single files may include besides: the sentences of both sides mention names of features and of status bits; rows may need
# a feature of all devices; the blocks of a SCSI host's units are stored by back ends of disks; a file system offers a folder.
ALLOWED = (
    (r"runtime/base/vwr_message\.c", r"generated/include/vwr/gen/(features|status)\.h"),
    (r"generated/include/vwr/gen/\w+\.h", r"generated/include/vwr/gen/features\.h"),
    (r"runtime/(device/scsi/.*|include/vwr/vscsi\w*\.h)", r"runtime/include/vwr/vblk\.h"),
    (r"runtime/(include/vwr/vfs\.h|device/fs/vfiles_common\.h)", r"runtime/include/vwr/v9p\.h"),
)
FINDS_DEVICES = re.compile(r"runtime/device/core/vm/vwr_vm\.c|.*/(vwr_)?find(_\w+)?\.[ch]")


def included(root, path, name):
    """The file of the tree that #include "name" means, or None."""
    beside = type(path)(os.path.normpath(path.parent / name))
    ours = (
        [beside] if "/" not in name or name.startswith("../") else [p / name for p in files_of_include(path)]
    )
    return next((p for p in ours if (root / p).is_file()), None)


def files_of_include(path):
    """Folders on the include path."""
    return [type(path)("runtime/include"), type(path)("generated/include")]


def problem(root, path, line, known):
    """What is wrong with one #include line, or None."""
    room, subject = place(path, known)
    match = re.match(r'\s*#\s*include\s*(?:"([^"]+)"|(.*))', line)
    name = match.group(1)
    if name is None:
        allowed = {
            "runtime/include/vwr/base.h": "VWR_PORT_HEADER",
            "runtime/include/vwr/ring.h": "VWR_RING_MEMORY_HEADER",
        }
        return (
            None
            if allowed.get(path.as_posix()) == match.group(2).strip()
            else "only a port includes system headers"
        )
    if name == "vwr_port.h":
        return (
            None if path.as_posix() == "runtime/include/vwr/base.h" else "only vwr/base.h includes the port"
        )
    target = included(root, path, name)
    if target is None:
        return "no such header of ours"
    if any(re.fullmatch(f"{one} {other}", f"{path} {target}") for one, other in ALLOWED):
        return None
    to_room, to_subject = place(target, known)
    if to_room not in MAY_INCLUDE[room]:
        return f"{room} does not include {to_room}"
    if room == "gen" and target.stem not in FOR_GENERATED:
        return "not one of the headers for generated code"
    to_transport = known.get(to_subject) == "transport"
    open_facts = to_room == "gen" and subject == "core" and to_transport
    if to_subject in ("core", subject) or open_facts or FINDS_DEVICES.fullmatch(str(path)) and to_transport:
        return None
    return f"{subject} does not include {to_subject}"


def violations(root):
    """Every #include line that breaks the rules."""
    known, found = subjects(root), []
    for path in files(
        root,
        "runtime/*.[ch]",
        "generated/include/*.h",
        "generated/src/*.c",
        "generated/client/*.c",
        "generated/service/*.c",
    ):
        for number, line in enumerate(read(root, path).splitlines(), 1):
            if not re.match(r"\s*#\s*include\b", line):
                continue
            if path.as_posix().startswith("runtime/port/"):
                wrong = "a port includes nothing of ours" if '"' in line else None
            else:
                wrong = problem(root, path, line, known)
            if wrong:
                found.append(f"{path}:{number}: {line.strip()}: {wrong}")
    return found


def neighbours(root):
    """{folder: folders whose private headers it may include}, by the table in each room's README."""
    found = {}
    for room in ("driver", "device", "parts"):
        table = (
            read(root, f"runtime/{room}/README.md")
            .partition("| private headers of |\n")[2]
            .partition("\n\n")[0]
        )
        for folders, others in re.findall(r"^\| (`[^|]*`) \| .* \|([^|]*)\|$", table, re.MULTILINE):
            whose = {one if "/" in one else f"{room}/{one}" for one in re.findall(r"`([^`]+)`", others)}
            found.update((f"{room}/{folder}", whose) for folder in re.findall(r"`([^`]+)`", folders))
    return found


def wrong_ways(root):
    """Private headers that are included otherwise, or that the tables do not allow, or allow for nothing; folders in no table."""
    allowed, found, used = neighbours(root), [], set()
    private = {
        path.name: path
        for path in files(root, "runtime/driver/*.h", "runtime/device/*.h", "runtime/parts/*.h")
    }
    for path in files(root, "runtime/driver/*.[ch]", "runtime/device/*.[ch]", "runtime/parts/*.[ch]"):
        own = path.parent.relative_to("runtime").as_posix()
        if own not in allowed:
            found.append(f"{path}: {own} is in no table")
        for name in re.findall(r'^\s*#\s*include\s+"([^"]+)"', read(root, path), re.MULTILINE):
            target = private.get(name.rpartition("/")[2])
            if name.startswith("vwr") or target is None:
                continue
            whose = target.parent.relative_to("runtime").as_posix()
            way = os.path.relpath(target, path.parent)
            used.add((own, whose))
            if name != way:
                found.append(f'{path}: "{name}" is "{way}"')
            elif whose != own and whose not in allowed.get(own, ()):
                found.append(f"{path}: {own} does not include private headers of {whose}")
    return found + [
        f"runtime/{own.partition('/')[0]}/README.md: {own} includes no private header of {whose}"
        for own, others in sorted(allowed.items())
        for whose in sorted(others)
        if (own, whose) not in used
    ]


def test_ways():
    assert len(neighbours(ROOT)) > 35 and not wrong_ways(ROOT), "\n".join(wrong_ways(ROOT))


def test_a_wrong_way_is_found(make):
    table = "| folder | what | private headers of |\n|---|---|---|\n"
    root = make(
        {
            "runtime/driver/README.md": table
            + "| `blk`, `net` | a class | `request` |\n| `request` | any | |\n",
            "runtime/device/README.md": table + "| `vdev` | a device | |\n",
            "runtime/parts/README.md": table + "| `net` | a switch | `device/core/vdev` |\n",
            "runtime/driver/core/request/request_common.h": "",
            "runtime/driver/blk/blk_common.h": "",
            "runtime/driver/blk/vwr_blk.c": '#include "blk_common.h"\n#include "../request/request_common.h"\n#include "vwr/blk.h"\n',
            "runtime/driver/core/request/vwr_request.c": '#include "../request/request_common.h"\n#include "../blk/blk_common.h"\n',
            "runtime/device/core/vdev/vdev_common.h": "",
            "runtime/parts/net/vwr_s.c": '#include "../../device/vdev/vdev_common.h"\n',
            "runtime/parts/gpu/vwr_g.c": '#include "vdev_common.h"\n',
        }
    )
    assert wrong_ways(root) == [
        'runtime/driver/core/request/vwr_request.c: "../request/request_common.h" is "request_common.h"',
        "runtime/driver/core/request/vwr_request.c: driver/core/request does not include private headers of driver/blk",
        "runtime/parts/gpu/vwr_g.c: parts/gpu is in no table",
        'runtime/parts/gpu/vwr_g.c: "vdev_common.h" is "../../device/vdev/vdev_common.h"',
        "runtime/driver/README.md: driver/net includes no private header of driver/core/request",
    ]


def violations_of_layers(root):
    """A layer is a user: what is inside of the runtime is not for it."""
    inside = {
        path.name
        for path in files(
            root,
            "runtime/driver/*.h",
            "runtime/device/*.h",
            "runtime/parts/*.h",
            "runtime/bridge/*.h",
            "runtime/monitor/*.h",
            "runtime/base/*.h",
            "runtime/shared/*.h",
            "runtime/port/*.h",
        )
    }
    return [
        f"{path}:{number}: {line.strip()}"
        for path in files(root, "hosted/*.[ch]", "integrations/*.[ch]")
        for number, line in enumerate(read(root, path).splitlines(), 1)
        if (m := re.match(r'\s*#\s*include\s*(?:"([^"]+)"|<)', line))
        and (
            path.parts[0] != "hosted" if m.group(1) is None else m.group(1) in inside
        )
    ]


def test_layers():
    assert files(ROOT, "hosted/*.c") and files(ROOT, "integrations/*.c") and not violations_of_layers(ROOT)


def test_a_bad_layer_is_found(make):
    root = make(
        {
            "runtime/driver/blk/blk_common.h": "",
            "runtime/port/x/vwr_port.h": "",
            "integrations/a/a.c": '#include "vwr/blk.h"\n#include "io.h"\n#include "blk_common.h"\n#include <stdint.h>\n'
            '#include "vwr_port.h"\n',
        }
    )
    assert [line.split(":")[1] for line in violations_of_layers(root)] == ["3", "4", "5"]


def test_this_tree():
    assert not violations(ROOT), "\n".join(violations(ROOT))


CASES = yaml.safe_load(read(ROOT, "tests/rules/includes.yaml"))
GOOD = CASES["good"]


def test_a_good_tree_passes(make):
    assert not violations(make(GOOD))


def test_each_bad_include_is_found(make):
    for path, name, words in map(dict.values, CASES["bad"]):
        found = violations(make({**GOOD, path: GOOD[path] + f"#include {name}\n"}))
        assert len(found) == 1 and words in found[0], (path, name, found)
