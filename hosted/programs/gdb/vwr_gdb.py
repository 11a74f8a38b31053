# SPDX-License-Identifier: MIT
"""GDB's commands `vwr dev`, `vwr queue`, `vwr chain`, and printers of features and descriptors: (gdb) source vwr_gdb.py"""

import importlib.util
from pathlib import Path

import gdb  # type: ignore[import-not-found]

# GDB's Python has no search path of this tree.
PACKAGE = Path(__file__).resolve().parents[3] / "generated/python/virtwright/__init__.py"
found = importlib.util.spec_from_file_location("virtwright", PACKAGE)
virtwright = importlib.util.module_from_spec(found)
found.loader.exec_module(virtwright)

SPECS = virtwright.spec()
REGISTERS = {row["name"]: row for row in SPECS["mmio"].more["registers"]}
DESC_FLAGS = SPECS["split-ring"].group("desc-flags").values
PACKED_FLAGS = (*DESC_FLAGS, *SPECS["packed-ring"].group("desc-flags").values)
WORD = SPECS["mmio"].more["word"]
QUIET = {"Version", "DeviceID", "VendorID", "QueueSizeMax", "QueueReady", "InterruptStatus", "Status"}


def flags_text(value, rows):
    """Names of the bits of a number."""
    return " ".join(row.name for row in rows if value & row.value) or "-"


def features_text(bits, device):
    """Names of features by their numbers."""
    names = {row.value: row.name for row in SPECS["features"].group("features").values}
    own = SPECS[device].group("features") if device in SPECS else None
    names |= {row.value: row.name for row in (own.values if own else ())}
    return " ".join(names.get(bit, f"bit-{bit}") for bit in bits) or "-"


def layout(queue):
    """split or packed."""
    number = queue["layout"].cast(gdb.lookup_type("enum vwr_layout"))
    return "packed" if "PACKED" in str(number) else "split"


def queue_of(text):
    """The struct vwr_queue of an expression: itself, a pointer to it, or a request queue that has it."""
    value = gdb.parse_and_eval(text)
    if value.type.strip_typedefs().code == gdb.TYPE_CODE_PTR:
        value = value.dereference()
    fields = {field.name for field in value.type.fields()}
    if "layout" not in fields and "queue" not in fields:
        raise gdb.GdbError(f"{text} is neither a struct vwr_queue nor has one")
    return value if "layout" in fields else value["queue"]


class Dev(gdb.Command):
    """vwr dev ADDRESS: the registers of a device on MMIO that a read does not change. QueueSel selects those of queues."""

    def __init__(self):
        super().__init__("vwr dev", gdb.COMMAND_DATA)

    def invoke(self, text, from_tty):
        base = int(gdb.parse_and_eval(text))

        def read(name):
            raw = gdb.selected_inferior().read_memory(base + REGISTERS[name]["offset"], WORD)
            return int.from_bytes(bytes(raw), "little")

        if read("MagicValue") != REGISTERS["MagicValue"]["value"]:
            raise gdb.GdbError(f"no virtio-mmio device at {base:#x}: MagicValue is {read('MagicValue'):#x}")
        types = SPECS["ids"].group("ids")
        for name in sorted(QUIET, key=lambda name: REGISTERS[name]["offset"]):
            value = read(name)
            row = types.numbered(value) if name == "DeviceID" else None
            words = (row.label or row.name) if row else ""
            if name == "Status":
                words = flags_text(value, SPECS["status"].group("bits").values)
            print(f"{name:16} {value:#x}  {words}".rstrip())


class Queue(gdb.Command):
    """vwr queue EXPRESSION: the state of a struct vwr_queue, and the indices in its ring."""

    def __init__(self):
        super().__init__("vwr queue", gdb.COMMAND_DATA)

    def invoke(self, text, from_tty):
        queue = queue_of(text)
        number = lambda key: int(queue[key])
        kind = layout(queue)
        print(f"{kind} ring of {number('size')} descriptors, {number('num_free')} free")
        print(f"added {number('added')}, kicked {number('kicked')}, returned {number('last_used')}")
        print(
            f"in flight {(number('added') - number('last_used')) & 0xFFFFFFFF}, stopped {number('stopped')}"
        )
        if kind == "split":
            ring = queue["split"]
            for name in ("avail", "used"):
                part = ring[name].dereference()
                print(f"{name}: flags {int(part['flags'])}, idx {int(part['idx'])}")


class Chain(gdb.Command):
    """vwr chain EXPRESSION HEAD: the descriptors of a chain in the ring of a struct vwr_queue."""

    def __init__(self):
        super().__init__("vwr chain", gdb.COMMAND_DATA)

    def invoke(self, text, from_tty):
        words = gdb.string_to_argv(text)
        if len(words) != 2:
            raise gdb.GdbError("vwr chain EXPRESSION HEAD")
        queue, at = queue_of(words[0]), int(gdb.parse_and_eval(words[1]))
        kind, size = layout(queue), int(queue["size"])
        follows, elsewhere = (flag(name) for name in ("NEXT", "INDIRECT"))
        for _ in range(size):
            if not 0 <= at < size:
                raise gdb.GdbError(f"descriptor {at} is not in the ring of {size}")
            row = queue[kind]["desc"][at]
            print(f"{at:5}: {desc_text(row, kind)}")
            if int(row["flags"]) & elsewhere:
                table(row, kind, size)
            if not int(row["flags"]) & follows:
                return
            at = int(row["next"]) if kind == "split" else (at + 1) % size
        raise gdb.GdbError("the chain is a loop")


def flag(name):
    """The number of a flag of descriptors."""
    return next(row.value for row in DESC_FLAGS if row.name == name)


def table(row, kind, most):
    """The descriptors of an indirect table, at an address that device and CPU share."""
    kept = row.type.unqualified()
    first = gdb.Value(int(row["addr"])).cast(kept.pointer())
    at, count = 0, min(int(row["len"]) // kept.sizeof, most)
    for _ in range(count):
        print(f"      {at:5}: {desc_text(first[at], kind)}")
        if kind == "split" and not int(first[at]["flags"]) & flag("NEXT"):
            return
        at = int(first[at]["next"]) if kind == "split" else at + 1
        if at >= count:
            return


def desc_text(row, kind):
    """A descriptor on one line."""
    flags, own = int(row["flags"]), "next" if kind == "split" else "id"
    words = flags_text(flags, DESC_FLAGS if kind == "split" else PACKED_FLAGS)
    return f"addr {int(row['addr']):#x} len {int(row['len'])} {own} {int(row[own])} flags {words}"


class Printer:
    """A value as one line."""

    def __init__(self, value, text):
        self.value, self.text = value, text

    def to_string(self):
        return self.text(self.value)


def features(value):
    """A struct vwr_features."""
    words = [int(value["w"][i]) for i in range(value["w"].type.range()[1] + 1)]
    bits = [32 * i + bit for i, word in enumerate(words) for bit in range(32) if word >> bit & 1]
    return features_text(bits, "")


PRINTERS = {
    "vwr_features": features,
    "vwr_virtq_desc": lambda value: desc_text(value, "split"),
    "vwr_pvirtq_desc": lambda value: desc_text(value, "packed"),
}


def printer(value):
    """GDB's look-up."""
    text = PRINTERS.get(value.type.strip_typedefs().tag)
    return Printer(value, text) if text else None


PREFIX = type("Vwr", (gdb.Command,), {"__doc__": "VirtIO devices and queues."})
PREFIX("vwr", gdb.COMMAND_DATA, gdb.COMPLETE_COMMAND, True)
for command in (Dev, Queue, Chain):
    command()
gdb.pretty_printers.append(printer)
