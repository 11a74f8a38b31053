# SPDX-License-Identifier: MIT
"""The C names of both ends of a device's messages: their declarations, and the names that share a scope."""

from collections.abc import Iterator
from typing import NamedTuple

from vwr.cname import RESERVED_WORDS, ident
from vwr.model.nodes.ends import EndMessage, EndQueue, Ends
from vwr.model.nodes.files import Device
from vwr.spec.load import Place

_CLIENT = ("open", "close", "has", "info", "options", "read_info", "recovery", "explain")
_SERVICE = ("init", "calls")
_MEMBERS = (
    "recovery",
    "info",
    "ignored",
    "options",
    "need",
    "avoid",
    "requests",
    "service",
    "calls",
    "config",
    "fixed",
)


class Said(NamedTuple):
    """
    A name that must be unique in `scope`; `place` is its source, None for a name that is always declared.
    """

    scope: str
    name: str
    place: Place | None

    @property
    def is_word(self) -> bool:
        """Whether it is a valid identifier in C."""
        return self.name.isidentifier() and self.name.isascii() and self.name not in RESERVED_WORDS


def said(device: Device, both: Ends) -> Iterator[Said]:
    """All names; those that are always declared come first."""
    client, service = ident(device.prefix, "client"), ident(device.prefix, "vservice")
    yield from (Said("", name, None) for name in (client, service))
    yield from (Said("", struct.c, struct.place) for struct in device.structs)
    yield from (Said("", group.tag, group.place) for group in device.enums if group.place)
    yield from (Said("", f"{client}_{name}", None) for name in _CLIENT)
    yield from (Said("", f"{service}_{name}", None) for name in _SERVICE)
    yield from (Said("queue", name, None) for name in _MEMBERS)
    yield from (Said("calls", name, None) for name in ("posted", "reset", "config_written"))
    yield from (Said("fixed", "none", None) for _ in both.of("request")[:1])
    for view in both.views:
        yield Said("", f"{view.c}_values", None)
        yield from (Said(f"view {view.c}", leaf.name, None) for leaf in view.side.values)
    for queue in both.queues:
        yield from _of_queue(queue, client, service)
        for message in queue.messages:
            yield from _of_message(queue, message, client, service)


def _of_queue(queue: EndQueue, client: str, service: str) -> Iterator[Said]:
    yield from (
        Said("queue", f"{queue.name}{more}", queue.place) for more in ("", "_own", "_rest", "_buffers")
    )
    if queue.family:
        yield Said("queue", f"{queue.name}_count", queue.place)
        yield Said("", f"{client}_{queue.name}_queue", queue.place)
    if queue.kind == "take":
        yield Said("calls", queue.name, queue.place)
    names = {
        "request": (
            f"{client}_{queue.name}_call",
            f"{client}_{queue.name}_status",
            f"{service}_{queue.name}",
        ),
        "put": (f"{service}_put_{queue.name}",),
        "event": tuple(
            f"{client}_{form}"
            for form in (
                f"{queue.name}_type",
                f"{queue.name}_event",
                f"poll_{queue.name}",
                f"return_{queue.name}",
            )
        ),
    }
    yield from (Said("", name, queue.place) for name in names.get(queue.kind, ()))


def _of_message(queue: EndQueue, x: EndMessage, client: str, service: str) -> Iterator[Said]:
    say = lambda scope, name: Said(scope, name, x.place)
    forms = ["_msg", "_msg_form"] + (["_answer", "_answer_form"] if queue.kind == "request" else [])
    yield from (say("", x.c + form) for form in forms)
    if queue.kind == "request":
        yield from (say("", f"{client}_{x.name}{more}") for more in ("", "_begin", "_submit", "_answer"))
        yield say("", f"{service}_{x.name}_done")
        if x.items:
            yield from (say("", name) for name in (f"{x.c}_item", f"{client}_{x.name}_item"))
            yield from (say(f"item {x.name}", leaf.name) for leaf in x.items.side.values)
        yield from (say(scope, x.name) for scope in ("calls", "fixed"))
    else:
        yield say("", f"{service}_send_{x.name}")
        yield say(f"event of {queue.name}", x.name)
    for side in (x.out, x.back):
        yield from (say(f"values {x.name} {side is x.out}", leaf.name) for leaf in side.values)
        yield from (say(f"form {x.name} {side is x.out}", part.name) for part in side.wire)
    given = [name for area in x.out.areas for name in (area.name, f"{area.name}_bytes")]
    given += [name for area in x.back.areas for name in (f"in_{area.name}", f"in_{area.name}_bytes")]
    yield from (say(f"given {x.name}", name) for name in given)
