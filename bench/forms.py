# SPDX-License-Identifier: MIT
"""Requests of the class API other than reads of one segment that the device uses in order: arrays of segments, flush,
discard, alternately one segment and two; a full queue; completions in reverse order; EVENT_IDX; and cache misses with few and many requests in flight. Arrays are compared with the hand-written driver.
"""

from typing import NamedTuple

import count
import limits
from count import CALLS, DEPTHS, INSTRUCTIONS, MISSES, QUEUE, REQUESTS, Calls, run
from rows import row

# What is measured with --quick: forms of ring by their names.
QUICK = ("split", "split with tables", "packed")
BATCHES = {1: 1000, 32: 200}
MOST = 64  # segments, in a build of its own
MOST_OPTION = f"-DVWR_REQUEST_SEGMENTS={MOST}"
IN_FLIGHT = (64, 256, 1024, 4096)
CACHE_REQUESTS = 20480  # of a row


class Form(NamedTuple):
    """A form of request."""

    name: str
    given: str  # as bench_host has it
    segments: int  # of data, at most
    quick: bool = False
    by_hand: bool = False  # hand_blk_segments has it
    more: str = ""  # features beside those of the ring
    without: str = ""  # is not for rings with this feature


FORMS = (
    Form("an array of 1 segment", "1", 1, quick=True, by_hand=True),
    Form("2 segments", "2", 2, quick=True, by_hand=True),
    Form("4 segments", "4", 4, quick=True, by_hand=True),
    Form("16 segments", "16", 16, by_hand=True),
    Form("64 segments", "64", 64, by_hand=True),
    Form("1 and 2 segments alternately", "alternate-2", 2, quick=True, by_hand=True),
    Form("2 segments in one of 8 requests", "eighth-2", 2, quick=True, by_hand=True),
    Form("flush", "flush", 0, quick=True),
    Form("discard", "discard", 1),
    Form("completed in reverse order", "reverse", 1, quick=True, without="in_order"),
    Form("a full queue and a retry", "full", 1, quick=True),
    Form("with EVENT_IDX", "read", 1, more="event_idx"),
)
# The yardstick's level, by the name of the ring's form.
BY_HAND = {"split": "hand_blk_segments", "split with tables": "hand_blk_segments_indirect"}
# Of 1024 reads of one segment there is a row already, count.MISSED.
CACHED = [
    (calls, form, depth)
    for calls in CALLS[:2]
    for form in (Form("", "read", 1), Form("4 segments, ", "4", 4))
    for depth in IN_FLIGHT
    if form.segments > 1 or depth != count.CACHE_DEPTH
]


def _name(calls, form, label):
    return REQUESTS.format(calls.name, f"{form.name}, {label}")


def _cache_name(calls, form, depth):
    return REQUESTS.format(calls.name, f"{form.name}{depth} in flight, cache misses")


LIMITS = limits.of(
    "request forms",
    [_name(calls, form, label) for calls in CALLS for form in FORMS for _, label in DEPTHS]
    + [_cache_name(*one) for one in CACHED],
    every=False,
)


def has(calls: Calls, form: Form) -> bool:
    """Whether requests of this form are measured in this form of ring."""
    return not form.without or form.without not in calls.features


def features(calls: Calls, form: Form) -> str:
    """What the disk offers."""
    return ",".join(one for one in (calls.features, form.more) if one and one != "none") or "none"


def queue_for(calls: Calls, form: Form, depth: int, least: int = QUEUE) -> int:
    """The size of a queue, at least `least`, in which a batch of such requests fits."""
    each = 1 if "indirect" in calls.features else form.segments + 2
    size = least
    while size < each * depth:
        size *= 2
    return size


def _rows(program, calls, form, depth, label, where, quick):
    """One form of request, beside the yardstick where there is one."""
    name, rows, ratio = _name(calls, form, label), [], None
    given = (queue_for(calls, form, depth), depth, BATCHES[depth], features(calls, form), 1)
    ours = where[name] = _polled(program, "forms", *given, form=form.given)
    if form.by_hand and calls.name in BY_HAND and not quick:
        hand = where[f"hand-written {name}"] = _polled(program, BY_HAND[calls.name], *given, form=form.given)
        rows.append(
            row("block", f"hand-written blk {calls.name}, {form.name}, {label}", INSTRUCTIONS, hand["Ir"])
        )
        ratio = ours["Ir"] / hand["Ir"]
    return rows + [
        row(
            "block",
            name,
            INSTRUCTIONS,
            ours["Ir"],
            **LIMITS[name].bounds(),
            ratio=ratio,
            of="hand-written blk",
            where=name,
        )
    ]


def _polled(program, level, *given, form):
    """A run with one notification per batch and no register read."""
    found = run(program, level, *given, form=form)
    if found["notifications"] != 1.0 or found["mmio_reads"] != 0.0:
        raise count.Failed(f"{level}, {form}: not one notification a batch and no register read")
    return found


def _miss_row(program, calls, form, depth, where):
    """As count.miss_rows, in a queue with a quarter more descriptors than are in use, or with as many as needed."""
    name = _cache_name(calls, form, depth)
    queue = queue_for(calls, form, depth, 4 * depth)
    batches = CACHE_REQUESTS // depth
    one = where[name] = run(
        program, "forms", queue, depth, batches, calls.features, form=form.given, misses=True
    )
    misses = sum(one[event] for event in MISSES)
    return row("block", name, "misses/request", misses, **LIMITS[name].bounds())


def rows(root, runtime, out, where, quick, only=""):
    """All of them, or those whose names contain `only`. Raises count.Failed."""
    programs = {
        False: lambda: count.build_class(root, runtime, out),
        True: lambda: count.build_class(root, runtime, out / "segments", (MOST_OPTION,)),
    }
    result = []
    for calls in CALLS:
        for form in FORMS:
            for depth, label in DEPTHS:
                if (
                    quick
                    and not (form.quick and calls.name in QUICK)
                    or only not in _name(calls, form, label)
                    or not has(calls, form)
                ):
                    continue
                program = programs[form.segments == MOST]()
                result += _rows(program, calls, form, depth, label, where, quick)
    for calls, form, depth in CACHED:
        if not quick and only in _cache_name(calls, form, depth):
            result.append(_miss_row(programs[False](), calls, form, depth, where))
    return result
