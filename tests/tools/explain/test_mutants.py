# SPDX-License-Identifier: MIT
"""A disk driver of the shape of a teaching kernel's with one mistake at a time, on a real QEMU: the sentence names it, or what it cannot see."""

import pytest

import qemu_machine as machine
import traces
from xv6 import MUTANTS, UNSEEN, Driver

COMPLAINT = "qemu-system-aarch64: "


def played(work, name):
    """QEMU's trace of the driver with that mistake."""
    wrong, _, answers, _, _ = MUTANTS[name]
    with machine.Machine(work, "modern") as guest:
        Driver(guest, answers, **wrong).run()
    return guest.trace()


# Each needs a start of QEMU: every third in each run.
SOAK = pytest.mark.soak(
    "explain.rules has each sentence, of a trace that needs no QEMU; every third mistake is played"
)


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if at % 3 == 0 else SOAK) for at, name in enumerate(MUTANTS)]
)
def test_mutant(work, name):
    _, code, _, begins, words = MUTANTS[name]
    traces.check(played(work, name), [], code, [f"\n  In one sentence: {begins}", words])


def test_qemus_words_are_not_there(work):
    """Its console went elsewhere: the interrupt of the configuration is what the registers have of them."""
    trace = played(work, "order, VERSION_1")
    text = "".join(line for line in trace.splitlines(keepends=True) if not line.startswith(COMPLAINT))
    change = "InterruptStatus reported a change of the configuration or the status, but neither was read afterwards"
    certain = "DriverFeatures was written for word 1 of the features, but that word of DeviceFeatures was never read"
    traces.check(text, [], 3, [f"\n  In one sentence: {certain}; {change}"])


def test_nothing_else_is_called_the_cause():
    """Sixteen of seventeen had VERSION_1 in the sentence: now only those of which the registers have nothing else."""
    assert [name for name, row in MUTANTS.items() if row[3] == UNSEEN] == [
        "none",
        "second-next-missing",
        "data-read-only",
        "idx-before-entry",
    ]
