#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""stack.py OUT [MACHINE | --update | --calls FUNCTION]: the deepest stack of each public function, against generated/docs/contexts.md.

gcc reports the stack and the calls of each function (-fcallgraph-info=su). A call through a pointer is resolved by the
member that contains the pointer: any function in this member of a constant structure of the runtime may be called.
Members that the embedder may fill in are CALLBACKS; the stack of the embedder's functions is not counted, and the page
marks these rows with a +. What a blocking call takes to recover a device is a figure of its own, in brackets. No function may call itself, directly or not, or use an amount that depends on its arguments.
"""

import functools
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "generated" / "docs" / "contexts.md"
RUNTIME = ROOT / "runtime"
ROOMS = ("base", "shared", "driver", "device", "parts", "monitor", "bridge")
FOLDERS = {room: (ROOT if room == "monitor" else RUNTIME) / room for room in ROOMS}
PUBLIC = (RUNTIME / "include" / "vwr", ROOT / "monitor" / "include" / "vwr")
# Headers whose functions are the insides of inline functions of others.
INNER = re.compile(r"_hot\.h$")
COMPILERS = {
    "aarch64": ("aarch64-linux-gnu-gcc", "-Os -mgeneral-regs-only -fomit-frame-pointer"),
    "x86-64": ("gcc", "-O2 -m64 -mgeneral-regs-only"),
}
GCC = "12"
# What a blocking call recovers a device and sends its requests again by; the page has its stack in brackets.
RECOVERY = ("vwr_recover_alone_", "vwr_request_send_again_")
DEEPEST = "## The deepest of each side"
# Without ipa-icf, which folds identical functions of two classes into one, whose calls by pointers then mix.
FLAGS = "-std=c11 -ffreestanding -fno-pie -fno-asynchronous-unwind-tables -fno-stack-protector -fno-ipa-icf"
SHARE = 8  # files that one call of the compiler gets
STEP = 16
PARTS = 8  # a row is a figure rounded up to STEP, or to this part of the power of 2 below it: small changes keep most rows
# Members of structures, and parameters, that the embedder's functions are in: whose they are.
CALLBACKS = {
    "driver": {
        **dict.fromkeys(("sleep", "wake"), "struct vwr_blk_threads"),
        "resized": "struct vwr_blk_options",
        "each": "vwr_request_lost",
        "map": "struct vwr_find, vwr_acpi_open",
        "read": "vwr_dev_read_config, and what the class gives it",
        "resend": "struct vwr_client_restore, of the class",
        **dict.fromkeys(("use", "give_back", "lost"), "struct vwr_mem_ops"),
    },
    "device": {
        **dict.fromkeys(
            ("irq", "msi", "kicked", "broken", "unsafe", "lock", "unlock", "hook"), "struct vwr_vm_ops"
        ),
        **dict.fromkeys(("output", "input_wanted", "opened"), "struct vwr_vconsole_ops"),
        "source": "vwr_ventropy_init_with",
        "sync": "struct vwr_vblk_memory",
        **dict.fromkeys(("transmit", "transmitted", "receive_wanted"), "struct vwr_vnet_ops"),
        **dict.fromkeys(("deliver", "delivered", "resume"), "struct vwr_vnet_port_ops"),
        **dict.fromkeys(("scanout", "cursor"), "struct vwr_vgpu_ops"),
        "status": "struct vwr_vinput_ops",
        **dict.fromkeys(("connect", "event"), "struct vwr_vvsock_ops"),
        "transfer": "struct vwr_vi2c_options",
        **dict.fromkeys(("stream_changed", "remap"), "struct vwr_vsound_ops"),
        **dict.fromkeys(("destroy", "run"), "struct vwr_vcrypto_ops"),
        "changed": "struct vwr_vgpio_ops",
        **dict.fromkeys(("give", "discard", "unplugging"), "struct vwr_vmem_ops"),
        **dict.fromkeys(("clock_read", "clock_cross", "alarm"), "struct vwr_vrtc_ops"),
        **dict.fromkeys(
            ("release", "claim", "actual", "stats", "op", "hints_end"), "struct vwr_vballoon_ops"
        ),
        **dict.fromkeys(("submit", "kick", "drain"), "struct vwr_vblk_backend_ops"),
        "ring": "struct vwr_vbell_setup",
        "released": "struct vwr_vrproc_setup",
        "to": "vwr_line",
        "region": "struct vwr_vpci_setup",
        "load_one": "vwr_vstate_get_each, of the class",
        **dict.fromkeys(("cancel", "unmap"), "struct vwr_vfiles_ops"),
        "now": "struct vwr_vfiles_memory_options",
        "call": "struct vwr_service_row, of a generated service",
        **dict.fromkeys(
            ("reset", "queue_reset", "negotiated", "serve", "flush", "config_written"), "struct vwr_vdev_ops"
        ),
    },
    "monitor": {
        **dict.fromkeys(("run", "report"), "struct vwr_monitor_setup"),
    },
    "bridge": {
        **dict.fromkeys(("lock", "unlock", "again"), "struct vwr_vblk_disk_options"),
    },
}
# Rooms whose constant structures a call in one room may go through.
ROOMS_OF = {
    "driver": ("driver", "base", "shared"),
    "base": ROOMS,
    "shared": ROOMS,
    "device": ("device", "service", "bridge"),
    "monitor": ("monitor", "base", "shared"),
    "bridge": ("bridge", "driver"),
    "service": ("device",),
}
NOBODY = r"(?!)"
# (parameter or member, file of the call): where else its functions are named; NOBODY: it has the embedder's alone.
PARAMETERS = {
    ("note", "vwr_pci.c"): r"\bvwr_pci_walk_\(\S+ (\w+_note\w*)\)",
    ("each", "vwr_request_recover.c"): r"\bvwr_request_lost\([^,;]+,\s*(\w+)",
    ("function", "vwr_vstream.c"): r"\bvwr_vstream_(?:take|fill)\((?:[^,;]+,\s*){4}(\w+)",
    ("read", "vwr_dev_config.c"): r"\bvwr_dev_(?:get|try|read)_config\(\s*[^,;{]+,\s*(\w+)",
    ("form", "vwr_request_submit.c"): r"^void (vwr_client_form)\(const struct vwr_req",
    ("set_up_control", "vwr_net.c"): r"^int (vwr_net_control_set_up)\(struct vwr_net",
    ("restore", "vwr_net.c"): r"^int (vwr_net_control_restore)\(struct vwr_net",
    ("recover", "vwr_request_wait.c"): r"^int (vwr_recover_alone_)\(struct vwr_bringup",
    ("sentence", "vwr_find.c"): r"\bvwr_find_explain_device_\(f, t, (\w+)",
    ("op", "vwr_vfiles.c"): r"^static int (vfiles_memory_\w+)\(struct vwr_vfiles",
    ("next", "vwr_vfiles.c"): r"^static int (v(?:9p|fs|files)_\w+)\(struct vwr_vfiles_call \*c, int r\)\n\{",
    ("end", "vwr_vfiles.c"): r"^static int (v(?:9p|fs)_was_(?:read|written))\(struct vwr_vfiles_call",
    ("more", "vwr_vservice.c"): r"^static int (\w+_(?:more|continue))\(struct vwr_vmessage",
    ("leftover", "vwr_vdev_status.c"): r"^static void (\w+_reset_rest)\(struct vwr_vdev",
    ("status", "vwr_vinput.c"): NOBODY,
    ("stats", "vwr_vballoon.c"): NOBODY,
    ("reset", "vwr_vballoon.c"): NOBODY,
    ("reset", "vwr_vgpio.c"): NOBODY,
    ("reset", "vwr_vnet.c"): r"^static void (vswitch_reset)\(struct vwr_vnet",
    ("refusal", "vwr_vservice.c"): r"^static const void \*(\w+_refusal)\(struct vwr_vmessage",
    ("handle", "vwr_vservice.c"): r"^int (\w+_handle_)\(struct vwr_service",
    ("open", "vwr_open.c"): r"static inline int (vwr_\w+_open_default)\(",
    ("step", "vwr_vgpu.c"): r"^static int (vgpu_\w+_step)\(struct vwr_vgpu",
    ("flush", "vwr_vgpu_scanout.c"): NOBODY,
    **dict.fromkeys((("call", "vwr_vscmi.c"), ("reset", "vwr_vscmi.c")), NOBODY),
    ("transfer", "vwr_vspi.c"): NOBODY,
    **dict.fromkeys(
        (("run", "vwr_memory.c"), ("run", "vwr_vqueue_chain.c")), r"^uint64_t (vwr_viommu_run_)\(struct"
    ),
    **dict.fromkeys(
        (("fault", "vwr_memory.c"), ("fault", "vwr_vdev_iommu.c"), ("fault", "vwr_vqueue_chain.c")),
        r"^void (vwr_viommu_fault_)\(struct",
    ),
    ("settle", "vwr_vdev_iommu.c"): r"^static void (viommu_settle)\(struct",
}
# (caller, callee): why that call leads back to its caller no more than once. It is counted once more, in each way.
REENTRIES = {
    (
        "blk_submit_rest",
        "vwr_blk_submit",
    ): "the slot is ready for one segment then, and it was the only thing that was missing",
    (
        "vswitch_receive_wanted",
        "vwr_vnet_switch_ready",
    ): "a guest that waited has its transmit queues served, which ask for no packets",
    (
        "vconsole_flush",
        "vwr_vconsole_send_pending_",
    ): "a console's answers to control messages go out by another queue, whose flush does nothing",
    (
        "vdev_notified_early",
        "vwr_vdev_notified",
    ): "the queue has just become live, and a notification of a live queue is served",
    (
        "vwr_vqueue_put_in_order_",
        "vwr_vqueue_put_pinned_",
    ): "the chain that it passes has the generation of the queue",
    ("vchain_bad_address", "vwr_viommu_fault_"): "the IOMMU's own event queue is behind no IOMMU",
    ("vwr_vdev_abandon_", "service_iommu_reset"): "a device behind an IOMMU is no IOMMU",
    ("vwr_vdev_abandon_", "viommu_reset"): "a device behind an IOMMU is no IOMMU",
    (
        "viommu_settle",
        "vwr_vdev_run_deferred",
    ): "the IOMMU that it serves waits for no device behind another one",
    ("vwr_memory_translate_", "vwr_viommu_run_"): "the guest's memory, where it searches, is behind no IOMMU",
    (
        "vwr_vcan_resume_locked",
        "vwr_vdev_serve_locked",
    ): "a guest that waited has its transmit queue served, which asks for no frames",
    ("vwr_vdev_unlock", "vwr_vdev_run_deferred"): "it clears what unlock asks for before it unlocks",
    ("vchain_slow", "vchain_slow"): "an indirect table, in which another one is refused",
    ("vchain_slow", "vwr_vchain_slow_"): "an indirect table, in which another one is refused",
    (
        "vblk_done",
        "vwr_vblk_submit_or_hold_",
    ): "parts that are done at once are submitted in a loop of vblk_submit; a write that is, and is flushed, has its flush behind it and nothing behind that",
    ("vrtc_check", "vwr_vdev_serve_locked"): "it serves the queue of alarms, which has no messages",
    ("request_put_hint", "vwr_message_put"): "a hint has no hint in it",
}
# Device classes by the names of their files: a call by a pointer never leads from one of a side to another. A protocol
# has the class that carries it.
PROTOCOLS = {"t10": "scsi"}
CLASSES = re.compile(
    r"/(?:(driver|device|parts|service)/(?:\w+/)?vwr_(?:v|gen_)?|include/vwr/(?!t10))(t10|9p|balloon|blk|can|console|crypto|entropy|fs|gpio|gpu|i2c|input|iommu|mem|net|pmem|rtc|scmi|scsi|sound|spi|vsock)[_.]"
)


class StackError(Exception):
    """What is wrong, in one sentence."""


def sources():
    """All sources of the runtime, of generated/, and of the services that its classes are made of."""
    folders = [*FOLDERS.values(), ROOT / "generated" / "src"]
    services = {
        name
        for path in (RUNTIME / "include" / "vwr").glob("v*.h")
        for name in re.findall(r'#include "vwr/service/(\w+)\.h"', path.read_text(encoding="utf-8"))
    }
    return [path for folder in folders for path in sorted(folder.rglob("*.c"))] + [
        ROOT / "generated" / "service" / f"vwr_gen_{name}_service.c" for name in sorted(services)
    ]


def public_headers():
    """Names of the headers that programs include."""
    return [
        path.name
        for path in sorted(
            (path for place in PUBLIC for path in place.glob("*.h")), key=lambda path: path.name
        )
        if not INNER.search(path.name) and path.name != "port_defaults.h"
    ]


def public(compiler, include, out):
    """({function of the library: header}, the same of inline functions), by the compiler."""
    unit = out / "headers.c"
    headers = public_headers()
    unit.write_text("".join(f'#include "vwr/{name}"\n' for name in headers), encoding="utf-8")
    listed = out / "headers.aux"
    command = [compiler, *FLAGS.split(), *include, "-fsyntax-only", "-aux-info", listed, unit]
    subprocess.run(command, check=True)
    of_kind = {"extern": {}, "static": {}}
    rows = re.findall(
        r"^/\* (.+?):\d+:\w+ \*/ (extern|static) .*?(\w+) \(", listed.read_text(encoding="utf-8"), re.M
    )
    for path, kind, name in rows:
        private = name.endswith("_")
        if not private and Path(path).parent in PUBLIC and Path(path).name in headers:
            of_kind[kind].setdefault(name, Path(path).name)
    return of_kind["extern"], of_kind["static"]


class Graph:
    """Functions, with the stack and the calls of each."""

    def __init__(self):
        self.bytes, self.calls, self.places, self.pointers, self.outside = {}, {}, {}, {}, set()
        self.direct = set()  # (caller, callee) by the name of the callee

    def read(self, text):
        """Adds a .ci file."""
        for title, label in re.findall(r'^node: \{ title: "([^"]+)" label: "([^"]*)"', text, re.M):
            lines = label.split("\\n")
            size = re.fullmatch(r"(\d+) bytes \((.*)\)", lines[2]) if len(lines) > 2 else None
            if size:
                if size.group(2) not in ("static", "dynamic,bounded"):
                    raise StackError(
                        f"{title} takes an amount of stack that depends on its arguments ({size.group(2)})"
                    )
                self.bytes[title], self.places[title] = int(size.group(1)), lines[1]
                self.calls.setdefault(title, set())
        for caller, callee, place in re.findall(
            r'^edge: \{ sourcename: "([^"]+)" targetname: "([^"]+)"(?: label: "([^"]*)")?', text, re.M
        ):
            if callee == "__indirect_call":
                self.pointers.setdefault(caller, set()).add(place)
            else:
                self.calls.setdefault(caller, set()).add(callee)
                self.direct.add((caller, callee))


def tables():
    """{member: {(file, function)}} of what constant structures of the runtime are initialised with."""
    found = {}
    for path in sources() + sorted(RUNTIME.rglob("*.h")) + sorted(FOLDERS["monitor"].rglob("*.h")):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
        for structure, body in re.findall(r"\bstruct (\w+) \w+(?:\[\w*\])? = \{(.*?)\};", text, re.S):
            for member, function in re.findall(r"\.(\w+) = (?:VWR_WORDS\()?&?(\w+)\b", body):
                found.setdefault(member, set()).add((str(path), function))
            rows = re.findall(r"\{([^{}]*)\}", body) or [body]
            for row in rows:  # values in the order of the members
                values = re.findall(r'(?:"(?:\\.|[^"\\])*"|[^",])+', row)
                for member, value in zip(structures().get(structure, ()), values):
                    if re.fullmatch(r"\s*\w+\s*", value):
                        found.setdefault(member, set()).add((str(path), value.strip()))
    return found


@functools.cache
def structures():
    """{structure: names of its members, in order}, from the first file that defines it."""
    found = {}
    for path in sorted(RUNTIME.rglob("*.[ch]")) + sorted(FOLDERS["monitor"].rglob("*.[ch]")):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
        for structure, body in re.findall(r"^struct (\w+) \{(.*?)^\}", text, re.S | re.M):
            found.setdefault(structure, body)
    return {structure: members(body) for structure, body in found.items()}


def members(body):
    """Names of the members in the body of a structure."""
    return [
        (re.search(r"\(\*(\w+)\)", one) or re.search(r"(\w+)(?:\[\w*\])?\s*$", one) or [None, ""])[1]
        for one in body.split(";")[:-1]
    ]


def room_of(place):
    """
    The room of the runtime that a file, or a place in it, is of: parts are the device side's; a public header is of the side that
    its name says.
    """
    path = Path(place.partition(":")[0])
    room = next((one.name for one in path.parents if one in FOLDERS.values()), None)
    if room is not None:
        return "device" if room == "parts" else room
    if path.parent.name == "service":
        return "service"
    if path.parent.name != "vwr":
        return "base"
    return "device" if path.name.startswith("v") and not path.name.startswith("vsock") else "driver"


def member_at(place):
    """The name that a call by a pointer is made through, and the file of it."""
    path, line, column = place.rsplit(":", 2)
    text = Path(path).read_text(encoding="utf-8").split("\n")
    rest = "\n".join(text[int(line) - 1 : int(line) + 2])[int(column) - 1 :]
    match = re.match(r"(?:\w+\([^()]*\)(?:->|\.))?(?:\w+(?:\[[^\]]*\])?(?:->|\.))*(\w+)\(", rest)
    if not match:
        raise StackError(f"{place}: no name in front of a call by a pointer: {rest[:60]!r}")
    return match.group(1), Path(path).name


def resolve(graph):
    """Adds calls by pointers; ({callers of callbacks}, {callbacks that were met})."""
    known, callers, met, wrong = tables(), set(), set(), {}
    headers = [path for place in PUBLIC for path in sorted(place.rglob("*.h"))]
    titles = {}
    for title in graph.bytes:
        path, _, name = title.rpartition(":")
        titles[(Path(path).name if path else None, name)] = title
    for caller, places in graph.pointers.items():
        for place in places:
            member, file = member_at(place)
            room = room_of(place)
            functions = {
                title
                for where, name in known.get(member, ())
                if room_of(where) in ROOMS_OF[room]
                for title in [titles.get((Path(where).name, name)) or titles.get((None, name))]
                if title
            }
            if (member, file) in PARAMETERS:
                named = {
                    name
                    for path in (headers if "static inline" in PARAMETERS[member, file] else sources())
                    for name in re.findall(PARAMETERS[member, file], path.read_text(encoding="utf-8"), re.M)
                }
                functions = {title for title in graph.bytes if title.rpartition(":")[2] in named}
            if member in CALLBACKS.get(room, ()):
                callers.add(caller)
                met.add((room, member))
            elif not functions and room != "service":  # a message that its class does not have is refused
                wrong[place] = member
            graph.calls[caller] |= functions
    if wrong:
        raise StackError(
            "no constant structure of the runtime has what is called by a pointer here, and CALLBACKS does not: "
            + ", ".join(f"{member} ({place})" for place, member in sorted(wrong.items()))
        )
    return callers, met


def deepest(graph, callers, recovers=True):
    """({function: (bytes, calls a callback, [way])}, REENTRIES that were met); a function that calls itself is an error."""
    found, trail, met = {}, [], set()

    @functools.cache
    def class_of(name):
        """(side, class) of a function; None: it is of no class."""
        match = CLASSES.search(graph.places.get(name, ""))
        if match is None:
            return None
        return "driver" if match[1] in (None, "driver") else "device", PROTOCOLS.get(match[2], match[2])

    def walk(name, left, of):
        """`left` are the REENTRIES that the way has not taken yet: each is taken once at most. `of`: class that it came through."""
        of = class_of(name) or of
        if (name, left, of) in found:
            return found[name, left, of]
        if (name, left, of) in trail:
            way = trail[trail.index((name, left, of)) :] + [(name, left, of)]
            raise StackError("calls itself: " + " -> ".join(one.rpartition(":")[2] for one, _, _ in way))
        trail.append((name, left, of))
        below, deepest_way, outside = 0, [], name in callers
        for callee in sorted(graph.calls.get(name, ())):
            pair = tuple(
                one.rpartition(":")[2].partition(".")[0] for one in (name, callee)
            )  # .part.0: gcc's own cut
            other = class_of(callee)
            if callee not in graph.bytes:
                graph.outside.add(callee)
            elif not recovers and pair[1] in RECOVERY:
                continue
            elif of and other and of[0] == other[0] and of != other and (name, callee) not in graph.direct:
                continue
            elif pair not in REENTRIES or pair in left:
                met.update({pair} & set(REENTRIES))
                depth, calls, deeper = walk(callee, left - {pair}, of)
                outside |= calls
                if depth > below:
                    below, deepest_way = depth, deeper
        trail.pop()
        found[name, left, of] = graph.bytes[name] + below, outside, [name, *deepest_way]
        return found[name, left, of]

    return {name: walk(name, frozenset(REENTRIES), None) for name in sorted(graph.bytes)}, met


def compile_all(command, files, folder):
    """Compiles all files on all processors, several files per compiler call."""
    shares = [files[start : start + SHARE] for start in range(0, len(files), SHARE)]
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        for _ in pool.map(lambda share: subprocess.run([*command, *share], cwd=folder, check=True), shares):
            pass


def measured(machine, out):
    """({function: (bytes, calls a callback, way, bytes if a recovery takes more)}, {function: header}, what was met) of public functions."""
    compiler, options = COMPILERS[machine]
    out = out / machine
    out.mkdir(parents=True, exist_ok=True)
    port = {"aarch64": "aarch64", "x86-64": "x86"}[machine]
    include = [
        f"-I{path}"
        for path in (RUNTIME / "port" / port, *(one.parent for one in PUBLIC), ROOT / "generated" / "include")
    ]
    functions, inline = public(compiler, include, out)
    unit = out / "inline.c"
    unit.write_text(
        "".join(f'#include "vwr/{name}"\n' for name in public_headers())
        + "extern const void *const inlines[];\nconst void *const inlines[] = {\n"
        + "".join(f"    (const void *){name},\n" for name in sorted(inline))
        + "};\n",
        encoding="utf-8",
    )
    # A call graph needs no assembler, and tables are one source. Functions keep their own sources: in one they would be inlined
    # into each other, and the figures would be others.
    tables_unit = out / "tables.c"
    kept = [one for one in sources() if one.parent.name != "src"] + [tables_unit, unit]
    tables_unit.write_text(
        "".join(f'#include "{one}"\n' for one in sources() if one not in kept), encoding="utf-8"
    )
    compile_all(
        [compiler, *FLAGS.split(), *options.split(), *include, "-fcallgraph-info=su", "-S"], kept, out
    )
    graph = Graph()
    for source in kept:
        graph.read((out / source.name).with_suffix(".ci").read_text(encoding="utf-8"))
    callers, met = resolve(graph)
    found, reentries = deepest(graph, callers)
    usual, _ = deepest(graph, callers, recovers=False)
    for name, (size, outside, way) in found.items():
        less, _, usual_way = usual[name]
        found[name] = (less, outside, usual_way, size) if less < size else (size, outside, way, 0)
    if graph.outside:
        raise StackError(f"called and not there: {', '.join(sorted(graph.outside))}")
    result = {name: found[name] for name in functions if name in found}
    for name in inline:
        title = f"{unit}:{name}"
        if title in found and (graph.calls[title] or title in graph.pointers) and name not in result:
            result[name] = found[title]
    return result, {**functions, **inline}, met | reentries


ROW = re.compile(
    r"^\| `(?P<name>\w+)` \| (?P<handler>[^|]*) \| (?P<waits>[^|]*) \| (?P<aarch64>\d+|\?)(?P<callback>\+?)(?: \((?P<a_recovers>\d+)\))? "
    r"\| (?P<x86>\d+|\?)\+?(?: \((?P<x_recovers>\d+)\))? \| (?P<loops>[^|]*) \|$"
)


def page():
    """{function: {header, handler, waits, aarch64, x86-64, callback, recovers: {machine: bytes}, loops}} of the page."""
    rows, header = {}, None
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## vwr/"):
            header = line[len("## vwr/") :]
        elif match := ROW.match(line):
            cells = {column: (text or "").strip() for column, text in match.groupdict().items()}
            more = {"aarch64": int(cells["a_recovers"] or 0), "x86-64": int(cells["x_recovers"] or 0)}
            rows[cells["name"]] = {**cells, "x86-64": cells["x86"], "header": header, "recovers": more}
        elif line.startswith("| `"):
            raise StackError(f"generated/docs/contexts.md: not a row as the others are: {line}")
    return rows


def problems(found, headers, met, rows):
    """
    The errors on the page, one line each; `found` is {machine: {function: …}}. An inline function that makes a call on
    only one machine needs a row too.
    """
    names = set().union(*found.values())
    for name in sorted(names - set(rows)):
        yield f"{name} (vwr/{headers[name]}) has no row in generated/docs/contexts.md"
    for name in sorted(set(rows) - (names if len(found) == len(COMPILERS) else set(headers))):
        yield f"generated/docs/contexts.md has a row for {name}, which no public header declares, or which calls nothing"
    for name in sorted(names & set(rows)):
        row = rows[name]
        if row["header"] != headers[name]:
            yield f"{name} stands under vwr/{row['header']} and is declared in vwr/{headers[name]}"
        if any(row[key] in ("", "?") for key in ("handler", "waits", "loops")):
            yield f"{name}: a column of its row is not filled in"
        for machine in found:
            if name in found[machine]:
                size, outside, way, recovers = found[machine][name]
                said = int(row[machine]) if row[machine].isdigit() else -1
                if size > said:
                    yield (
                        f"{name} takes {size} bytes of stack on {machine}, generated/docs/contexts.md says {row[machine]}: "
                        + ", ".join(f"{one.rpartition(':')[2]}" for one in way)
                    )
                if recovers > row["recovers"][machine]:
                    yield f"{name} takes {recovers} bytes of stack on {machine} for a recovery, generated/docs/contexts.md says {row['recovers'][machine]}"
                if outside != bool(row["callback"]):
                    yield f"{name}: a + behind its stack is for functions that call the embedder's, and {'is missing' if outside else 'it calls none'}"
    if len(found) < len(COMPILERS):
        return  # a compiler may have inlined the call
    for room, name in sorted({(room, name) for room, names in CALLBACKS.items() for name in names} - met):
        yield f"CALLBACKS has {name} of {room}, which nothing is called through"
    for pair in sorted(set(REENTRIES) - met):
        yield f"REENTRIES has {pair[0]} -> {pair[1]}, and there is no such call"


def unsaid_deepest(rows):
    """An error if the page's first table does not match its rows."""
    table = "\n".join(deepest_rows(rows))
    if f"{DEEPEST}\n\n{table}\n" not in PAGE.read_text(encoding="utf-8"):
        yield f"the table of {DEEPEST[3:]} is not that of the rows:\n{table}"


COPIES = {"vwr_zero", "zero_words", "vwr_copy", "vwr_features_clear"}  # loops over a structure


def bodies():
    """{function: its body} of all sources and headers of the runtime."""
    found = {}
    for path in [
        *sources(),
        *(path for place in PUBLIC for path in sorted(place.glob("*.h"))),
        *(
            path
            for folder in FOLDERS.values()
            for path in sorted(folder.glob("**/*.h"))
            if path.parent not in PUBLIC
        ),
    ]:
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
        for name, body in re.findall(
            r"^[A-Za-z][^;{}#]*?\b(\w+)\([^;{}]*\)\n\{\n(.*?)^\}", text, re.S | re.M
        ):
            found.setdefault(name, []).append(body)
    return found


def loops(name, texts, seen):
    """The functions with a loop among this function and the functions that it names."""
    for body in texts.get(name, ()):
        if name not in COPIES and re.search(r"\b(?:for|while) \(|\bdo \{", body):
            yield name
        for callee in set(re.findall(r"\b(\w+)\(", body)) & set(texts) - seen:
            seen.add(callee)
            yield from loops(callee, texts, seen)


def unsaid_loops(rows):
    """Rows that claim no loop where there is one."""
    texts = bodies()
    for name, row in rows.items():
        if row["loops"].startswith("none"):
            for where in sorted(set(loops(name, texts, {name}))):
                yield f"{name}: its row says that it has no loop, and {where} has one"


def rounded(size):
    """The figure of the page."""
    step = max(STEP, (1 << size.bit_length() >> 1) // PARTS)
    return -(-size // step) * step


def side_of(header):
    """The side to which a public header belongs."""
    if header.startswith("monitor"):
        return "monitor"
    return "device" if header.startswith("v") and not header.startswith("vsock") else "driver"


def deepest_rows(rows):
    """The lines of the page's first table, from the rows of the others."""
    lines = ["| Functions | aarch64 | x86-64 |", "|---|---|---|"]
    for side in ("driver", "device", "monitor"):
        for handlers in (False, True):
            chosen = {
                name: row
                for name, row in rows.items()
                if side_of(row["header"]) == side and (not handlers or row["handler"] in ("yes", "owner"))
            }
            cells = []
            for machine in COMPILERS:
                sizes = {
                    name: max(int(row[machine].replace("?", "0")), row["recovers"][machine])
                    for name, row in chosen.items()
                }
                name = max(sizes, key=sizes.get)
                cells.append(f"{sizes[name]}{chosen[name]['callback']} (`{name}`)")
            what = f"{side}, those that an interrupt handler may call" if handlers else side
            lines.append(f"| {what} | {cells[0]} | {cells[1]} |")
    return lines


def update(found, headers, rows):
    """The page with the current figures. New functions have a ? that must be filled in."""
    names = sorted(set().union(*found.values()), key=lambda name: (headers[name], list(headers).index(name)))
    lines, header = [], None
    for name in names:
        if headers[name] != header:
            header = headers[name]
            lines += [
                "",
                f"## vwr/{header}",
                "",
                "| Function | Interrupt handler | Waits | aarch64 | x86-64 | Loops |",
                "|---|---|---|---|---|---|",
            ]
        row = rows.get(name, {"handler": "?", "waits": "?", "loops": "?"})
        cells = []
        for machine in COMPILERS:
            size, outside, _, recovers = found[machine].get(name, (0, False, [], 0))
            more = f" ({rounded(recovers)})" if recovers else ""
            cells.append(f"{rounded(size)}{'+' if outside else ''}{more}")
        lines.append(
            f"| `{name}` | {row['handler']} | {row['waits']} | {cells[0]} | {cells[1]} | {row['loops']} |"
        )
    head = PAGE.read_text(encoding="utf-8").split("\n## ", 1)[0].rstrip("\n")
    PAGE.write_text(head + "\n" + "\n".join(lines) + "\n", encoding="utf-8")
    first = "\n".join(["", DEEPEST, "", *deepest_rows(page())])
    PAGE.write_text(head + "\n" + first + "\n" + "\n".join(lines) + "\n", encoding="utf-8")


def missing(machine):
    """Why a machine cannot be measured here, or None."""
    compiler = COMPILERS[machine][0]
    if shutil.which(compiler) is None:
        return f"no {compiler} here"
    version = subprocess.run(
        [compiler, "-dumpversion"], capture_output=True, text=True, check=True
    ).stdout.strip()
    return (
        None
        if version.partition(".")[0] == GCC
        else f"the figures are gcc {GCC}'s, and {compiler} is {version}"
    )


def main(argv):
    """Exit code: 0 as the page says, 1 not, 77 a compiler is missing."""
    out = Path(argv[0])
    machines = [machine for machine in COMPILERS if machine in argv] or list(COMPILERS)
    for why in filter(None, map(missing, machines)):
        print(why)
        return 77
    found, headers, met = {}, {}, set()
    try:
        for machine in machines:
            found[machine], more, also = measured(machine, out)
            headers.update(more)
            met |= also
        if "--update" in argv:
            update(found, headers, page())
        rows = page()
        if "--calls" in argv:
            name = argv[argv.index("--calls") + 1]
            for machine in machines:
                print(
                    machine,
                    *found[machine][name][:2],
                    found[machine][name][3] or "no recovery",
                    " ".join(one.rpartition(":")[2] for one in found[machine][name][2]),
                )
            return 0
        wrong = [*problems(found, headers, met, rows), *unsaid_loops(rows), *unsaid_deepest(rows)]
    except StackError as error:
        wrong = [str(error)]
    for line in wrong:
        print(f"stack: {line}")
    if wrong:
        print(
            "Next: generated/docs/contexts.md says what each column means; tests/ports/freestanding/stack.py OUT --update writes the figures"
        )
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
