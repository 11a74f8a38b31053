# SPDX-License-Identifier: MIT
"""
Messages that depend on the device's state, statuses for values out of range, and replies that contain their
own length.
"""

from vwr.check.common import number_of
from vwr.check.limits import successes
from vwr.model.nodes.ends import Ends
from vwr.model.nodes.files import Device
from vwr.model.nodes.messages import Amount, Reference
from vwr.model.structs import SCALARS
from vwr.spec.condition import VALUE
from vwr.spec.condition import said as condition_of
from vwr.spec.load import SpecFile, Tree

LARGEST = 0x7FFFFFFF  # a function of the service returns an int, and 0 is success


def answers(tree: Tree, spec: SpecFile, model: Device, both: Ends) -> None:
    """Checks all messages of a device."""
    _lengths(tree, spec, both)
    _states(tree, spec, model)
    for exchange in model.messages:
        for row in exchange.rows:
            if row.place is None or exchange.place is None:
                continue
            if not row.out and not row.back:
                what = f"{row.name} has no parts"
                hint = "add R: or W: with what the driver or the device writes"
                tree.error(spec, row.place.path, what, "VWR-C111", hint)
            for part in (*row.out, *row.back):
                if part.place and 0 in (part.count, part.bytes):
                    tree.error(
                        spec, part.place.path, f"part '{part.name}' has length 0", "VWR-C111", "remove it"
                    )
            own = "out-of-range" in spec.at(row.place.path)
            where = (row.place.path if own else exchange.place.path) + ("out-of-range",)
            one, status = row.out_of_range, row.status
            most = _largest(status.type) if status else LARGEST
            if own and status is None:
                tree.error(
                    spec,
                    where,
                    f"{row.name} has no status field",
                    "VWR-C110",
                    "add status: with the name of the field",
                )
            elif one and status and not 0 < one.value <= most:
                what = f"{one.name} is {number_of(spec, one)}, but an error status in '{status.text}' must be from "
                what += f"1 to {number_of(spec, one, most)}"
                tree.error(spec, where, what, "VWR-C110", "use another status")
            elif one and one.value in [ok.value for ok in successes(model, row)]:
                tree.error(
                    spec,
                    where,
                    f"'out-of-range' names {one.name}, which is also a success status",
                    "VWR-C110",
                    "use another status",
                )


def _largest(kind: str) -> int:
    """The largest error status that a field of this type and the result of a service function can hold."""
    return int(min(LARGEST, (1 << 8 * SCALARS[kind][0]) - 1))


def _states(tree: Tree, spec: SpecFile, model: Device) -> None:
    """Checks that a state is within the limits of its field, and that the field has no other use."""
    rows = [row for one in model.messages for row in one.rows]
    said = list[Amount]()
    for row in rows:
        said += [row.within.start, row.within.count, row.within.end] if row.within else []
        said += [one for part in (*row.out, *row.back) for one in (part.count, part.bytes, part.max)]
    numbers = {one.path for one in said if isinstance(one, Reference) and not one.part}
    numbers |= {
        queue.count_by["field"] for queue in (model.queues.all if model.queues else []) if queue.count_by
    }
    limits = {
        call.field: (call.min or 0, call.max) for call in (model.config.limited if model.config else [])
    }
    for row in rows:
        if row.when is None or row.place is None:
            continue
        facts = condition_of(spec.at(row.place.path)).all_facts()
        here = row.place.path + (
            "if",
            next(index for index, fact in enumerate(facts) if fact.kind == "value"),
        )
        least, most = limits.get(row.when.field, (0, None))
        if row.when.field in numbers:
            what = f"'{row.when.field}' cannot be a state, because it is also a count or a limit"
            tree.error(spec, here, what, "VWR-C110", "use a separate field for the state")
        elif row.when.value.value < least or most is not None and row.when.value.value > most:
            what = f"{row.when.value.name} is outside the range of '{row.when.field}'"
            tree.error(spec, (*here, VALUE), what, "VWR-C110", "use a value from min to max")


def _lengths(tree: Tree, spec: SpecFile, both: Ends) -> None:
    """
    A reply may contain the length of one part, in a number before all data. The service writes it, and the
    client checks it.
    """
    for place, key, text in [
        one for queue in both.queues for message in queue.messages for one in message.unanswered
    ]:
        if place is None:
            continue
        node = spec.at(place.path)
        tree.error(
            spec,
            place.path + (key,) if isinstance(node, dict) and key in node else place.path,
            f"the client cannot use '{text}' of the reply as this length",
            "VWR-C092",
            "use a number of at most 32 bits in a fixed part before the only part of variable length, "
            "or use count: any, config.FIELD or a number that the driver writes",
        )
