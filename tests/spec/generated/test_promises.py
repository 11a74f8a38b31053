# SPDX-License-Identifier: MIT
"""What the pages promise of a message ("at most", "at least", "a multiple of", "less than", "refused") is checked by the generated
client and by the generated service; every other such sentence of a page is of a kind that is listed here, with who keeps it.
"""

import functools
import re
from dataclasses import replace
from pathlib import Path

from made import generated
from vwr import ROOT
from vwr.model.ends import ends
from vwr.model.nodes.files import Device
from vwr.model.tree import models
from vwr.spec.load import load_tree

DOCS = ROOT / "generated/docs"
WORDS = re.compile(r"\b(at most|at least|must|refused)\b", re.IGNORECASE)

# Sentences that are no limit of a message: a pattern of the line, and who keeps it.
KEPT = (
    (
        r"^\| [\w.-]+ \| \w+ \| (MUST|SHOULD|MAY)",
        "a clause of the specification, by its number: docs/clauses.md",
    ),
    (r"By hand: ", "left to write by hand, and the page says so"),
    (r"^- ", "remarks by hand of the file"),
    (r"^\| 0x038 \| QueueSize \|", "vwr_check_register: tests/unit/device"),
    (r"^\| 60 \| 16 \| admin_queue_index ", "what the device says of itself"),
    (
        r"^\| \w+_CFG \| `VWR_PCI_CAP_",
        "the list of capabilities: the scan of PCI takes what there is",
    ),
    (r"^Queue Size is at most 32768", "vwr_queue_init and QueueSizeMax: tests/unit/queue"),
    (r'^"Requires" lists|A driver must accept it|A device must offer it', "vwr_features_close: tests/unit"),
    (r"^Status bits that must be set, or must be clear, before a step", "vwr_check_step: tests/unit"),
    (r"The driver must not access unplugged memory", "what the driver does with memory: no message"),
    (r"percent of the reserved blocks are consumed", "what a value means"),
    (r"a driver must not select it yet", "ours select no such feature: runtime/driver/sound/vwr_sound.c"),
    (r"the driver must close the session", "what the driver does after an event: no message"),
    (r"`VWR_\w+_F_\w+`.*The device has .*at least one", "what the device says of itself by a feature"),
    (r"^\| [\w.-]+ \| [^|]+, (device|driver) \|", "a quirk of another program"),
    (r"`VWR_VHOST_USER_[A-Z_]+`.*\bat most \d+", "both ends, by the table of messages: tests/unit/vhost"),
)


@functools.cache
def devices():
    """Models of all devices with both ends."""
    tree = load_tree(ROOT)
    return [replace(one, ends=ends(one)) for one in models(tree) if isinstance(one, Device) and one.messages]


def body(path, start):
    """The function that begins with these words, comments of the head included."""
    text = generated(path).read_text("utf-8")
    at = text.index(start)
    return text[at : text.index("\n}\n", at)]


def limits():
    """(device, field, what the page says, arguments of the check in C) of each field of a configuration that has limits."""
    for device in devices():
        for call in device.config.accessors if device.config else ():
            for words, said, argument in (
                ("At least", call.min, "{}u, "),
                ("At most", call.max, ", 0x{:x}u)"),
            ):
                if said is not None:
                    yield device, call, f"{words} {said if said < 1000 or said == 65535 else hex(said)}.", argument.format(
                        said
                    )


def amount(said):
    return str(said) if isinstance(said, int) else said.text


def promises(row):
    """(what the page says, what a condition for it has in C) of a message."""
    for part in row.out + row.back:
        for words, said, sign in (
            ("at least", part.least, r" < "),
            ("at most", part.max, r" > "),
            ("a multiple of", part.multiple_of, r"vwr_remainder\(.*"),
        ):
            if said is not None:
                yield f"{words} {amount(said)}", sign + (
                    rf"{said}u" if isinstance(said, int) else rf".*{said.path.split('.')[-1]}"
                )
    if row.within:
        yield f"less than {amount(row.within.end)}", rf" > .*{row.within.end.path.split('.')[-1]}"
    if row.refused_by:
        status = f" with {row.refuse_if_offered.name}" if row.refuse_if_offered else ""
        yield f"Refused{status} if {row.refused_by.name} is offered", rf"->offered, {row.refused_by.c}\)"


def of_all():
    """(device, message in C, promise, sign) of each."""
    for device in devices():
        asked = [one for one in device.messages if one.rows]
        for one, queue in zip(asked, device.ends.queues, strict=True):
            rows = [
                row
                for row in one.rows
                if not row.stream and all(place.offset is not None for place in row.select)
            ]
            for row, message in zip(rows, queue.messages, strict=bool(queue.messages)):
                for said, sign in promises(row):
                    yield device, message, said, sign


def test_each_promise_of_a_message_is_checked_by_both_ends():
    found = list(of_all())
    assert len(found) > 30
    lacks = []
    for device, message, said, sign in found:
        page = (DOCS / f"{device.stem}.md").read_text("utf-8")
        assert said in page, f"{device.stem}: {said}"
        client = body(
            f"include/vwr/client/{device.stem}.h", f"vwr_{device.prefix}_client_{message.name}_begin("
        )
        service = body(
            f"service/vwr_gen_{device.stem}_service.c",
            f"service_{device.prefix}_{message.name}(struct vwr_service",
        )
        for end, text in (("client", client), ("service", service)):
            conditions = re.findall(
                r"    if \(((?:[^;{}])*?)\)\n        (?:return VWR_(?!OK)|x->in\.left)", text
            )
            if not any(re.search(sign, " ".join(one.split())) for one in conditions):
                lacks.append(f"{device.stem}.{message.name}: {said}: {end}")
    assert lacks == []


def test_each_limit_of_a_configuration_is_checked_by_both_ends():
    found = list(limits())
    assert len(found) > 8
    lacks = []
    for device, call, said, argument in found:
        name = device.prefix
        rows = [
            line
            for line in (DOCS / f"{device.stem}.md").read_text("utf-8").splitlines()
            if f"| {call.name} |" in line
        ]
        assert any(said in line for line in rows), f"{device.stem}.{call.name}: {said}"
        check = body(f"include/vwr/gen/{device.stem}.h", f"bool {device.config.wrong_c}(")
        if not re.search(rf"info->{call.name}, .*{re.escape(argument)}", check):
            lacks.append(f"{device.stem}.{call.name}: {said}")
        ends = {
            "service": body(f"include/vwr/gen/{device.stem}.h", f"int {device.config.write_c}("),
            "client": body(f"client/vwr_gen_{device.stem}_client.c", f"static int client_{name}_configure("),
        }
        own = ROOT / f"runtime/driver/{device.stem}/vwr_{device.stem}.c"
        if own.exists():
            ends["driver"] = own.read_text("utf-8")
        lacks += [
            f"{device.stem}.{call.name}: {said}: {end}"
            for end, text in ends.items()
            if f"{device.config.wrong_c}(" not in text
        ]
    assert lacks == []


def test_each_sentence_is_such_a_promise_or_listed():
    """A line of a table of messages is one whose promises are all known; any other line is of a kind that is listed."""
    known = {}
    for device, _, said, _ in of_all():
        known.setdefault(device.stem, set()).add(said)
    for device, call, said, _ in limits():
        known.setdefault(device.stem, set()).add(said)
    unknown = []
    for path in sorted(Path(DOCS).glob("*.md")):
        # of the specification; of the runtime; of other programs
        if path.stem in ("clauses", "contexts", "rules", "tolerances", "quirks"):
            continue
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("| "):
                for said in sorted(known.get(path.stem, ()), key=len, reverse=True):
                    line = line.replace(said, "")
            if WORDS.search(line) and not any(re.search(pattern, line) for pattern, _ in KEPT):
                unknown.append(f"{path.stem}: {line[:150]}")
    assert unknown == []


def test_every_kind_is_of_some_page():
    lines = [
        line
        for path in Path(DOCS).glob("*.md")
        for line in path.read_text("utf-8").splitlines()
        if WORDS.search(line)
    ]
    assert [pattern for pattern, _ in KEPT if not any(re.search(pattern, line) for line in lines)] == []
