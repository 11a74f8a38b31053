# SPDX-License-Identifier: MIT
"""
A fault that an image without texts has recorded, as a sentence: struct vwr_vdev_fault of a device, struct vwr_fault of
a driver.

The sentences are those of the runtime's tables (vwr/message.h). What the numbers do not tell, such as the features that
were accepted, stays in angle brackets, and a fault with a sentence for each case has all of them.
"""

import functools
import re
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from vwr import ROOT, description
from vwr.c.bodies import values
from vwr.c.items import items
from vwr.c.tokens import comments_in
from vwr.explain import words
from vwr.explain.book import Book
from vwr.explain.device import Device
from vwr.stop import Stop

HEADERS = "runtime/include/vwr/*.h"
SOURCES = (
    "runtime/**/*explain.c",
    "runtime/shared/vwr_message.c",
    "runtime/device/core/vdev/vwr_vdev_show.c",
)
LEFT_OUT = (
    "refusal",
    "qemu",
    "required",
    "left_out",
)  # a part of a sentence for what the numbers do not tell
# The rules that the driver of a broken device breaks; the others are limits of the device.
RULES = {
    "FEATURES": ("FEATURE_NOT_OFFERED", "FEATURE_NEEDS"),
    "VERSION_1": ("FEATURE_VERSION_1",),
    "NO_RESET": ("STATUS_NO_RESET",),
    "QUEUE_SIZE": ("QUEUE_SIZE", "QUEUE_SHAPE"),
    "QUEUE_ALIGN": ("SPLIT_ALIGN", "PACKED_ALIGN"),
    "QUEUE_MEMORY": ("QUEUE_MEMORY", "QUEUE_OVERLAP"),
    "INDEX": ("AVAIL_AHEAD", "AVAIL_BACK"),
    "HEAD": ("AVAIL_HEAD",),
    "TWICE": ("IN_FLIGHT",),
    "NEXT": ("NEXT",),
    "LOOP": ("CHAIN_LOOP",),
    "LENGTH": ("CHAIN_BYTES",),
    "ADDRESS": ("BUFFER_MEMORY",),
    "ORDER": ("CHAIN_ORDER", "PACKED_ORDER"),
    "INDIRECT": (
        "INDIRECT_REFUSED",
        "INDIRECT_NESTED",
        "INDIRECT_NEXT",
        "INDIRECT_SIZE",
        "PACKED_INDIRECT_REFUSED",
    ),
    "WRAP": ("PACKED_WRAP",),
}


EXAMPLES = {"--device-fault": "13,1,0x90000000,512", "--driver-fault": "0x3007,5,0"}


class Fault(NamedTuple):
    """A fault that a header defines."""

    path: str  # of the header
    value: int  # of a driver: the number before the result
    result: str  # VWR_EIO; '' on the device side
    comment: str  # what its values are, with the comment of its group


class Sentence(NamedTuple):
    """A row of a table."""

    path: str
    fault: str
    when: str  # the condition; '0': none
    text: str


@functools.cache
def _numbers_of(pattern: str) -> tuple[int, ...]:
    """The numbers of a macro in vwr/fault.h."""
    header = (ROOT / "runtime" / "include" / "vwr" / "fault.h").read_text(encoding="utf-8")
    match = re.search(pattern, header)
    assert match, pattern
    return tuple(map(int, match.groups()))


def first_of_class() -> int:
    """VWR_FAULT_CLASS."""
    return _numbers_of(r"#define VWR_FAULT_CLASS (\d+)")[0]


def of_queue() -> range:
    """The numbers of VWR_FAULT_IS_OF_QUEUE()."""
    return range(*_numbers_of(r"#define VWR_FAULT_IS_OF_QUEUE\(.*>= (\d+) .* < (\d+)\)"))


def _texts(root: Path, patterns: Iterable[str]) -> Iterator[tuple[str, str]]:
    for path in sorted({path for pattern in patterns for path in root.glob(pattern)}):
        yield path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")


@functools.cache
def faults(root: Path = ROOT) -> dict[str, Fault]:
    """{name: fault} of both sides."""
    found: dict[str, Fault] = {}
    for path, header in _texts(root, [HEADERS]):
        for text in (one.text for one in items(header, flat=True) if one.text.startswith("enum")):
            group, done, place = "", 0, -1
            for value in values(text):
                group = (comments_in(text[done : value.at]) or [group])[-1]
                own, done, place = comments_in(text[value.at : value.end]), value.end, place + 1
                said = ";".join([group, *own])
                match = re.fullmatch(
                    r"(VWR_V?FAULT_\w+)(?: = (?:0|VWR_FAULT\(([^,]+), (\w+)\)))?", value.text
                )
                if match and match[2]:
                    terms = match[2].replace("VWR_FAULT_CLASS", str(first_of_class())).split("+")
                    found[match[1]] = Fault(path, sum(map(int, terms)), match[3], said)
                elif match and match[1].startswith("VWR_VFAULT_"):
                    found[match[1]] = Fault(path, place, "", said)
    return found


@functools.cache
def sentences(root: Path = ROOT) -> list[Sentence]:
    """The rows of all tables, in order."""
    found: list[Sentence] = []
    for path, source in _texts(root, SOURCES):
        text = re.sub(r"#define (\w+) (.*)", "", source)
        for match in re.finditer(
            r'\{(VWR_V?FAULT_\w+),\s*(\w+),\s*((?:"(?:\\.|[^"\\])*"|VWR_\w+|\s)+)\}', text
        ):
            said = "".join(re.findall(r'"((?:\\.|[^"\\])*)"', match[3])).rstrip("; ")
            found.append(Sentence(path, match[1], match[2], said.replace('\\"', '"')))
    return found


def _numbers(text: str, names: tuple[str, ...], option: str) -> dict[str, int]:
    """{name: value} of the numbers of an option."""
    try:
        found = [int(part, 0) for part in text.split(",")]
    except ValueError:
        found = []
    if len(found) != len(names) or min(found) < 0:
        raise Stop(
            f"{option}: '{text}' is not {','.join(names).upper()}",
            f"{option} {EXAMPLES[option]}, for example: all numbers as the image has logged them",
        )
    return dict(zip(names, found))


def _feature(book: Book, device: Device | None, bit: int) -> str:
    name = book.feature_name(bit, device)
    return f"feature {name}" if name.startswith("bit ") else f"feature {name} (bit {bit})"


def _shown(text: str, found: dict[str, int], book: Book, device: Device | None) -> str:
    """A sentence with its values."""

    def one(match: re.Match[str]) -> str:
        value, kind = found.get(match[1]), match[2]
        if kind in LEFT_OUT:
            return ""
        if kind == "missing":
            bits = words.bits_of(found["got"])
            return _feature(book, device, 32 * found["where"] + (bits[0] if bits else 0))
        if value is None or kind == "max":
            return f"<{kind or match[1]}>"
        if kind == "feature":
            return _feature(book, device, value)
        if kind in ("status", "bit"):
            return f"0x{value:x} ({words.status_bits(book, value)})"
        if kind == "device":
            return f"{value} ({book.types.get(value, 'unknown')})"
        if kind == "result":
            return book.results.get(-value, str(-value))
        return f"0x{value:x}" if kind == "hex" else str(value)

    return re.sub(r"\{(\w*):?(\w*)\}", one, text).rstrip(": ")


def _clauses(name: str) -> Iterator[str]:
    rules: dict[str, Any] = description.rules()
    for rule in (rules[one] for one in RULES.get(name.removeprefix("VWR_VFAULT_"), ())):
        yield f"{rule.clause}: {rule.section}" if rule.clause else rule.section


def _condition(when: str) -> str:
    """The condition of a sentence in words."""
    return "" if when == "0" else f"if {when.partition('_')[2].lower().replace('_', ' ')}: "


def _report(names: list[str], found: dict[str, int], book: Book, device: Device | None, before: str) -> str:
    out: list[str] = []
    for name in names:
        out.append(name)
        rows = [row for row in sentences() if row.fault == name]
        out += [f"  {_condition(row.when)}{before}{_shown(row.text, found, book, device)}" for row in rows]
        out += [f"  [{clause}]" for clause in dict.fromkeys(_clauses(name))]
    return "\n".join(out) + "\n"


def _unknown(option: str, kind: int, where: str, kinds: dict[str, str], more: str = "") -> Stop:
    """The refusal of a kind: an option that is right, and {name: number} of the kinds."""
    rows = textwrap.wrap(", ".join(f"{number}={name}" for name, number in kinds.items()), 100)
    return Stop(
        f"{option}: there is no fault {kind}",
        f"{option} {EXAMPLES[option]}, for example; the kinds are those of {where}{more}:\n  "
        + "\n  ".join(rows),
    )


def _kinds_of_driver(book: Book, own: str) -> dict[str, str]:
    """{name: number} of the kinds of all drivers, and of the class with this header."""
    results = {said.partition(",")[0]: -number for number, said in book.results.items()}
    return {
        name.removeprefix("VWR_FAULT_"): hex(one.value << 8 | results[one.result])
        for name, one in faults().items()
        if one.result and (one.value < first_of_class() or own and one.path.endswith("/" + own))
    }


def of_device(text: str, book: Book, device: Device | None) -> str:
    """The report on KIND,QUEUE,A,B of a device."""
    found = _numbers(text, ("kind", "queue", "a", "b"), "--device-fault")
    known = {one.value: name for name, one in faults().items() if not one.result}
    if found["kind"] not in known:
        shown = {name.removeprefix("VWR_VFAULT_"): str(number) for number, name in known.items()}
        raise _unknown("--device-fault", found["kind"], "enum vwr_vfault", shown)
    queues = range(_value("QUEUE_SIZE"), _value("REQUEST") + 1)
    before = f"queue {found['queue']}: " if found["kind"] in queues else ""
    return _report([known[found["kind"]]], found, book, device, before)


def _value(name: str) -> int:
    return faults()[f"VWR_VFAULT_{name}"].value


def of_driver(text: str, book: Book, device: Device | None) -> str:
    """The report on KIND,WHERE,GOT of a driver; without a device type, of each class that has such a fault."""
    found = _numbers(text, ("kind", "where", "got"), "--driver-fault")
    number, result = found["kind"] >> 8, book.results.get(-(found["kind"] & 0xFF), "").partition(",")[0]
    own = f"{device.name}.h" if device else ""
    names = [
        name
        for name, one in faults().items()
        if (one.value, one.result) == (number, result)
        and (number < first_of_class() or one.path.endswith("/" + own) or not own)
    ]
    if not names:
        more = "" if own else f" (--device NAME adds those of a class, from {first_of_class() << 8:#x})"
        kinds = _kinds_of_driver(book, own)
        raise _unknown("--driver-fault", found["kind"], "VWR_FAULT() of vwr/fault.h", kinds, more)
    before = f"queue {found['where']}: " if number in of_queue() else ""
    return _report(names, found, book, device, before)
