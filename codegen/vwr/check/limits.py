# SPDX-License-Identifier: MIT
"""
The limits of the runtime's tables: the fields of struct vwr_service_row and vwr_client_row have a fixed
number of
entries and bits, and a configuration is accessed with at most 32 bits at a time.
"""

from collections.abc import Iterator

from vwr.check.common import number_of
from vwr.model.ends import config_number, features_of, implied
from vwr.model.nodes.ends import EndQueue
from vwr.model.nodes.files import Device
from vwr.model.nodes.messages import (
    Amount,
    Exchange,
    FieldPlace,
    Message,
    MessagePart,
    Queue,
    Reference,
)
from vwr.model.nodes.structs import ConfigCall
from vwr.model.nodes.values import Value
from vwr.model.structs import SCALARS
from vwr.spec.condition import said as condition_of
from vwr.spec.load import NodePath, SpecFile, Tree
from vwr.spec.problems import did_you_mean

SELECTORS, SELECTED = 3, 64  # VWR_SERVICE_SELECTS, VWR_SERVICE_SELECT
NUMBER = 4  # bytes of what selects a message, and of a status
SUCCESSES = 3  # vwr_client_row.ok
AREAS = 8  # VWR_CLIENT_DATA
FORM = 0xFFFF  # bytes of vwr_service_row.out

Found = tuple[NodePath, str, str]  # where, what, hint


def limits(tree: Tree) -> None:
    """Checks all devices, before their messages are processed."""
    for spec, model in zip(tree.files, tree.models):
        if isinstance(model, Device):
            for path, what, hint in (
                *_of_queues(model),
                *_of_config(spec, model),
                *_of_messages(spec, model),
            ):
                tree.error(spec, path, what, "VWR-C107", hint)
            for path, what, hint in _closed(model):
                tree.error(spec, path, what, "VWR-C108", hint)
            for path, what, hint in _both(spec, model):
                tree.error(spec, path, what, "VWR-C109", hint)
            for path, what, hint in _of_another_enum(spec, model):
                tree.error(spec, path, what, "VWR-C078", hint)


def _of_config(spec: SpecFile, device: Device) -> Iterator[Found]:
    """A number of the configuration is little-endian, aligned, and written at once."""
    if device.config and not device.config.offsets:
        yield (
            "config",
            "fields",
        ), "the configuration has only reserved fields", "add another field, or remove the configuration"
    for call in device.config.accessors if device.config else ():
        assert call.place
        path, step = call.place.path, min(call.width // 8, NUMBER)
        kind = spec.at(path)["type"]
        if call.width > 8 * NUMBER and (call.min is not None or call.max is not None):
            yield path, f"a {call.width}-bit field cannot have a range", "use a field of at most 32 bits, or remove range:"
        if call.max == 0:
            yield path + (
                "range",
                "max",
            ), "max must be greater than 0", "use a larger max, or reserved: true for a field that is always 0"
        if kind.startswith("be"):
            yield path + (
                "type",
            ), f"a config field cannot be {kind}", f"use le{call.width}, because drivers read the configuration as little-endian"
        if call.setter and call.width > 8 * NUMBER:
            yield path, f"a driver cannot write {call.width} bits in one access", "use fields of at most 32 bits"
        if call.offset % step:
            yield path, f"a driver cannot read {8 * step} bits at offset {call.offset}", "align the field to its size, or use an array of u8"


def _of_queues(device: Device) -> Iterator[Found]:
    """A number of queues has 16 bits, so a 64-bit field cannot contain one."""
    config = {call.field: call for call in device.config.accessors} if device.config else {}
    for queue in device.queues.all if device.queues else ():
        said = config.get((queue.count_by or {}).get("field", ""))
        if said and queue.place and not config_number(device, said.field, "service"):
            what = f"'{said.field}' cannot count queues, because the configuration has no fixed length"
            yield queue.place.path + (
                "count",
                "field",
            ), what, "remove the trailing array of the configuration"
        if said and said.width > 8 * NUMBER and queue.place:
            yield queue.place.path + (
                "count",
                "field",
            ), f"'{said.field}' has {said.width} bits, so it cannot count queues", "use a field of at most 32 bits"


def _of_messages(spec: SpecFile, device: Device) -> Iterator[Found]:
    """First the numbers that are written in the file, then the computed ones."""
    found = [one for exchange in device.messages for one in _of_exchange(spec, exchange)]
    rows = [row for exchange in device.messages for row in exchange.rows]
    found += [one for row in rows for one in _of_counts(device, row)]
    found = found or [one for row in rows for one in _of_bounds(row)]
    yield from found
    both = None if found else device.ends
    queues = both.of("request") if both else []
    kept = max([SELECTED, *(message.out.size for queue in queues for message in queue.messages)])
    yield from (one for queue in (both.queues if both else ()) for one in _of_queue(queue, kept))


def _of_exchange(spec: SpecFile, one: Exchange) -> Iterator[Found]:
    assert one.place
    entry = one.place.path
    if len(one.select) > SELECTORS:
        yield entry + ("select",), f"'select' names {len(one.select)} fields", f"use at most {SELECTORS}"
    for place in one.select:
        if SCALARS[place.type][0] > NUMBER:
            yield entry + (
                "select",
            ), f"'{place.text}' has {_bits(place)} bits, so it cannot select the message", "use a field of at most 32 bits"
        elif (place.offset or 0) + SCALARS[place.type][0] > FORM:
            yield entry + (
                "select",
            ), f"'{place.text}' is beyond the first {FORM} bytes", "move it to the front"
    orders = {row.status.type.startswith("be") for row in one.rows if row.status}
    if len(orders) > 1:
        yield entry, "the status fields have different byte orders", "use the same byte order for all messages of a queue"
    for row in one.rows:
        yield from _of_row(spec, one, row)


def _of_row(spec: SpecFile, exchange: Exchange, row: Message) -> Iterator[Found]:
    assert row.place
    for place, value in zip(row.select, row.values):
        if value >> place.width:
            shown = spec.written((*row.place.path, "value"), value)
            yield row.place.path, f"value {shown} does not fit in '{place.text}'", f"the field has {place.width} bits"
    within = row.within
    if within and isinstance(within.count, int) and isinstance(within.end, int) and within.count > within.end:
        yield row.place.path + ("range",), f"count {within.count} is greater than max {within.end}", ""
    for part in (*row.out, *row.back):
        if part.place and isinstance(part.max, int) and part.max * part.size >= 0xFFFFFFFF:
            what = f"a max of {part.max * part.size} bytes has no effect"
            yield part.place.path + ("range", "max"), what, "remove it, because messages are always shorter"
        unit = part.multiple_of if isinstance(part.multiple_of, int) else 0
        if part.place and unit and unit % part.size:
            what = f"{unit} bytes are not a multiple of the item size"
            yield part.place.path + ("range", "multiple-of"), what, f"use a multiple of {part.size}"
        elif part.place and unit and isinstance(part.max, int) and part.max * part.size % unit:
            what = f"a max of {part.max * part.size} bytes is not a multiple of {unit}"
            yield part.place.path + ("range", "max"), what, ""
        if part.place and isinstance(part.least, int) and isinstance(part.max, int) and part.least > part.max:
            what = f"min {part.least} is greater than max {part.max}"
            yield part.place.path + ("range", "min"), what, ""
    if not row.status:
        return
    width = SCALARS[row.status.type][0]
    where = lambda key: _said(spec, exchange, row, key)
    if width > NUMBER:
        yield where(
            "status"
        ), f"'{row.status.text}' has {8 * width} bits, so it cannot be a status", "use a field of at most 32 bits"
    if len(row.ok) > SUCCESSES:
        yield where("ok"), f"'ok' lists {len(row.ok)} success values", f"use at most {SUCCESSES}"
    for key, one in _statuses(row):
        if one.value >> 8 * width:
            what = f"{one.name} ({number_of(spec, one)}) does not fit in '{row.status.text}'"
            yield where(key), what, f"the field has {8 * width} bits"


def _statuses(row: Message) -> Iterator[tuple[str, Value]]:
    """(key, value) of each status that a message names."""
    yield from (("ok", one) for one in row.ok)
    if row.refuse:
        yield "refuse", row.refuse
    if row.refuse_if_offered:
        yield "refuse-if-offered", row.refuse_if_offered
    if row.out_of_range:
        yield "out-of-range", row.out_of_range


def _of_counts(device: Device, row: Message) -> Iterator[Found]:
    """A limit that the corresponding number cannot reach."""
    for part in (*row.out, *row.back):
        if isinstance(part.count, Reference) and isinstance(part.max, int) and part.place:
            width = _width(device, row, part.count)
            if width and part.max >= (1 << width) - 1:
                what = f"a max of {part.max} has no effect, because '{part.count.text}' has only {width} bits"
                yield part.place.path + ("range", "max"), what, "remove it"


def _of_bounds(row: Message) -> Iterator[Found]:
    """Two limits of one number that no value satisfies, each a constant."""
    low, high = dict[tuple[str, str, str], int](), dict[tuple[str, str, str], int]()
    bounds = [(number, part.least, part.max) for part in (*row.out, *row.back) for number in _numbers(part)]
    if row.within and isinstance(row.within.end, int):
        bounds += [
            (row.within.start, None, row.within.end - _constant(row.within.count)),
            (row.within.count, None, row.within.end),
        ]
    for amount, least, most in bounds:
        if not isinstance(amount, Reference):
            continue
        number, plus = amount.key, amount.plus or 0
        if isinstance(least, int):
            low[number] = max(low.get(number, 0), least - plus)
        if isinstance(most, int):
            high[number] = min(high.get(number, most - plus), most - plus)
        if number in high and high[number] < low.get(number, 0) and row.place:
            what = f"the limits of '{amount.text}' contradict each other"
            yield row.place.path, what, f"at least {low.get(number, 0)}, but at most {high[number]}"
            return


def _numbers(part: MessagePart) -> Iterator[Amount]:
    """The numbers to which the limits of a part apply."""
    yield part.count
    if isinstance(part.bytes, Reference) and not part.type:
        yield part.bytes


def _constant(amount: Amount) -> int:
    return amount if isinstance(amount, int) else 0 if amount else 1


def _of_queue(queue: EndQueue, kept: int) -> Iterator[Found]:
    """A service copies the selector of a message to the memory for the largest fixed form."""
    if queue.kind == "request" and queue.select_end > kept and queue.messages[0].place:
        yield queue.messages[
            0
        ].place.path, f"the field that selects the message ends at byte {queue.select_end}", f"move it into the first {kept} bytes"
    for message in queue.messages:
        assert message.place
        sizes = (message.out.size, message.back.size)
        areas = len(message.out.areas) + len(message.back.areas)
        open_back = any(not area.client for area in message.back.areas)
        if queue.kind == "request" and message.back.last and open_back and not message.oks:
            what = "fixed fields follow data of any length, but the message has no success status, so the driver cannot know what was written"
            yield message.place.path, what, "add ok: with the success status, or put the fixed fields first"
        if max(sizes) > FORM:
            yield message.place.path, f"the message has {max(sizes)} bytes of fixed fields", f"use at most {FORM}; declare the rest as data"
        if areas > AREAS:
            yield message.place.path, f"the message has {areas} parts with data", f"use at most {AREAS}"


def _bits(place: FieldPlace) -> int:
    return 8 * SCALARS[place.type][0]


# A message needs a number of the configuration, which has to be there with it ---------------------------------------


def _closed(device: Device) -> Iterator[Found]:
    config = {call.field: call for call in device.config.accessors} if device.config else {}
    queues = {queue.name: queue for queue in (device.queues.all if device.queues else ())}
    for queue in queues.values():
        said = queue.count_by or {}
        field = config.get(said.get("field", ""))
        gates = [features_of(device, one) for one in (queue.gate, condition_of(said).choice) if one]
        if field and queue.place and not _open(device, field, gates, []):
            hint = "remove for-device:" if field.for_device else "add if: FEATURE to count:"
            yield queue.place.path + ("count", "field"), _needs(field), hint
    for exchange in device.messages:
        for row in exchange.rows:
            yield from _closed_of_row(device, config, queues[exchange.queue], row)


def _closed_of_row(
    device: Device, config: dict[str, ConfigCall], queue: Queue, row: Message
) -> Iterator[Found]:
    gates = [gate.any for gate in (row.gate, row.also) if gate] + (
        [features_of(device, queue.gate)] if queue.gate else []
    )
    unless = row.unless.any if row.unless else []
    said = [
        (part.place, key, amount)
        for part in (*row.out, *row.back)
        for key, amount in ((("count",), part.count), (("count",), part.bytes), (("range", "max"), part.max))
        if not (part.by_hand or part.foreign)
    ]
    said += [(row.place, ("range", "max"), row.within.end)] if row.within else []
    said += [(row.place, ("if",), Reference("", "", row.bit.field, ""))] if row.bit else []
    said += [(row.place, ("if",), Reference("", "", row.when.field, ""))] if row.when else []
    for place, key, amount in said:
        field = config.get(amount.path) if isinstance(amount, Reference) and not amount.part else None
        if field and (place or row.place) and not _open(device, field, gates, unless):
            where = place.path + key if place else row.place.path if row.place else ()
            hint = "give the message the `if` of the field, or use a field that is always present"
            yield where, _needs(field), "remove for-device:" if field.for_device else hint


def _open(device: Device, field: ConfigCall, gates: list[list[str]], unless: list[str]) -> bool:
    """Whether the field exists, for both ends, whenever an item with these gates exists."""
    return (
        not field.for_device
        and all(implied(device, gates, some) for some in field.gates)
        and set(field.unless) <= set(unless)
    )


def _needs(field: ConfigCall) -> str:
    if field.for_device:
        return f"a driver does not read config field '{field.field}'"
    return f"config field '{field.field}' is not always present when it is needed"


def _width(device: Device, row: Message, said: Reference) -> int:
    """Size of a number in bits; 0: it is not known."""
    if not said.part:
        calls = device.config.accessors if device.config else []
        return next((call.width for call in calls if call.field == said.path), 0)
    part = next((one for one in (row.out if said.side == "R" else row.back) if one.name == said.part), None)
    if not said.path or not part:
        return 8 * SCALARS[part.type][0] if part and part.type in SCALARS else 0
    fields, names = part.fields, said.path.split(".")
    for name in names[:-1]:
        outer = next((one for one in fields if one.name == name), None)
        fields = outer.nested.all_fields if outer and outer.nested else []
    field = next((one for one in fields if one.name == names[-1]), None)
    return 8 * SCALARS[field.type][0] if field and field.type in SCALARS else 0


def _both(spec: SpecFile, device: Device) -> Iterator[Found]:
    """A driver cannot tell a refusal from success, nor an answer whose status the device did not write to its end: there is 0xff."""
    for exchange in device.messages:
        for row in exchange.rows:
            if not row.status or not row.place:
                continue
            width = SCALARS[row.status.type][0]
            last = 0 if row.status.type.startswith("be") else 8 * (width - 1)
            if unwritten := [one for one in row.ok if one.value >> last & 0xFF == 0xFF]:
                what = f"the last byte of {unwritten[0].name} is 0xff, which marks a status that the device did not write"
                yield _said(spec, exchange, row, "ok"), what, "use another status"
            if row.refuse and row.refuse.value in [one.value for one in successes(device, row)]:
                yield _said(
                    spec, exchange, row, "refuse"
                ), f"'refuse' names {row.refuse.name}, which is also a success status", "use another status"


def successes(device: Device, row: Message) -> list[Value]:
    """The success values of a message, without those of another enum than its status, which are an error of their own."""
    enum = row.status.field.enum if row.status and row.status.field else None
    known = [value.c for group in device.enums if group.name == enum for value in group.rows]
    return [one for one in row.ok if not known or one.c in known]


def _of_another_enum(spec: SpecFile, device: Device) -> Iterator[Found]:
    """Each status that a message names is a value of the enum of its status field."""
    groups = {group.name: group.rows for group in device.enums}
    for exchange in device.messages:
        for row in exchange.rows:
            enum = row.status.field.enum if row.status and row.status.field else None
            known = groups.get(enum or "", [])
            names = [value.name for value in known]
            for key, one in _statuses(row) if known else ():
                if one.c not in [value.c for value in known]:
                    what = f"{one.name} is not a value of '{enum}', the enum of the status field"
                    yield _said(spec, exchange, row, key), what, did_you_mean(one.name, names, "known values")


def _said(spec: SpecFile, exchange: Exchange, row: Message, key: str) -> NodePath:
    """The key of the row, or the one common to all rows."""
    assert row.place and exchange.place
    return (row.place.path if key in spec.at(row.place.path) else exchange.place.path) + (key,)
