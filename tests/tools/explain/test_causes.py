# SPDX-License-Identifier: MIT
"""The causes of a silence: the sentence names those that the trace leaves open, and none that it excludes."""

import pytest

import traces
from test_rules import EFAILED, FIRST, GIVES_UP, QUIET, QUIET_LEGACY
from traces import change, upto

UNASKED, OVERLOOKED, CONTROLLER = (
    "no interrupt was asked for",
    "the device overlooked",
    "interrupt controller",
)
INDEX, EXCHANGED, SLOW, ADDRESS = (
    "was not advanced",
    "areas are exchanged",
    "the device is slow",
    "vwr_port_dma",
)
OTHERS = "it is not the physical address"
ALL = (UNASKED, OVERLOOKED, CONTROLLER, INDEX, EXCHANGED, SLOW, ADDRESS, OTHERS)
AGAIN = ["take 0 0 513", "add 0 1 3", "kick 0 1 1", "w QueueNotify 0"]
STOP = f"stop 0 {EFAILED}"
# What the trace is: (its rows, the causes that it leaves open).
CAUSES = {
    "another driver": (QUIET, (UNASKED, OVERLOOKED, CONTROLLER, INDEX, EXCHANGED, OTHERS)),
    "another driver, whose queue is one page number": (
        QUIET_LEGACY,
        (UNASKED, OVERLOOKED, CONTROLLER, INDEX, OTHERS),
    ),
    "another driver, which polls InterruptStatus": (
        QUIET + ["r InterruptStatus 0"] * 2,
        (UNASKED, OVERLOOKED, INDEX, EXCHANGED, OTHERS),
    ),
    "the runtime, which has not asked for an interrupt": (FIRST, (UNASKED, SLOW, ADDRESS)),
    "the runtime, which has": ([*FIRST, "arm 0 1"], (OVERLOOKED, CONTROLLER, SLOW, ADDRESS)),
    "the runtime, which did before this buffer": (
        [*FIRST, "arm 0 1", *AGAIN],
        (UNASKED, OVERLOOKED, CONTROLLER, SLOW),
    ),
    "the runtime polls": ([*FIRST, "r Status 0xf"], (SLOW, ADDRESS)),
    "the runtime sleeps, and polls in between": ([*FIRST, "arm 0 1", "arm 0 1"], (SLOW, ADDRESS)),
    "the runtime has looked at InterruptStatus": (
        [*FIRST, "arm 0 1", "r InterruptStatus 0"],
        (OVERLOOKED, SLOW, ADDRESS),
    ),
    "the runtime polls for the second buffer": ([*FIRST, *AGAIN, "r Status 0xf"], (SLOW,)),
    "the runtime gives up": ([*FIRST, "arm 0 1", GIVES_UP, STOP], (SLOW, ADDRESS)),
    "the runtime gives up and resets": (
        [*FIRST, "r Status 0xf", GIVES_UP, STOP, "w Status 0", "r Status 0"],
        (SLOW, ADDRESS),
    ),
}


@pytest.mark.parametrize("what", CAUSES)
def test_causes_are_those_that_the_trace_leaves_open(what):
    rows, left = CAUSES[what]
    sentence = traces.judged(traces.own(rows))[1][0]["sentence"]
    assert "nothing came back" in sentence
    assert [cause for cause in ALL if cause in sentence] == [
        cause for cause in ALL if cause in left
    ], sentence


SUPPRESSED = [*upto(QUIET, "r Status 0xf"), "add 0 0 3", "kick 0 1 0", "arm 0 1"]


@pytest.mark.parametrize("feature, ring", [("", "flags of the used ring"), ("0x20000240", "avail_event")])
def test_the_ring_names_what_suppresses(feature, ring):
    rows = change(SUPPRESSED, "w DriverFeatures 0x240", f"w DriverFeatures {feature or 0x240}")
    sentence = traces.judged(traces.own(rows))[1][0]["sentence"]
    assert sentence.endswith(
        f"the driver suppressed the notification: according to {ring}, the device did not want it"
    )


def test_an_event_that_is_not_counted_begins_no_step():
    rows = [*FIRST, "r Status 0xf", GIVES_UP, STOP]
    steps = [group["title"] for group in traces.judged(traces.own(rows))[1][0]["steps"]]
    assert steps[-2:] == ["Operation", "FAILED"]
