# SPDX-License-Identifier: MIT
"""The monitor and explain name the same clause in the same words: the accesses of device.monitor's cases, explained."""

import pytest

import traces
from folders import BUILD

from vwr import description
from vwr.explain.rules import RULES

ROWS = description.rules()
# An interrupt, or its absence, is no access: the trace does not have it.
UNTRACED = ("interrupt_absent", "interrupt_kept", "interrupt_without_event", "needs_reset_silent")
SHARED = {ROWS[name].clause for rule in RULES.values() for name in rule.rows if name} - {""}


def test_each_row_exists():
    assert {name for rule in RULES.values() for name in rule.rows if name} <= set(ROWS)


def is_same(said, sentence):
    """Whether explain says what the monitor says; it may add what only a trace shows."""
    return said[0].lower() + said[1 : len(sentence)] == sentence[0].lower() + sentence[1:]


def test_each_case_of_the_monitor():
    tree = BUILD / "tests/unit/device"
    if not (tree / "monitor.trace").is_file():
        pytest.skip("tests/unit/device: monitor_trace has not run")
    text = (tree / "monitor.trace").read_text(encoding="utf-8")
    cases = [line.split(None, 3)[1:] for line in text.splitlines() if line.startswith("case ")]
    messages = dict(line.split(None, 2)[1:] for line in text.splitlines() if line.startswith("said "))
    devices = {one["address"]: one for one in traces.judged(text, "--device", "blk")[1]}
    compared = 0
    for address, name, clause in cases:
        if clause in SHARED and name not in UNTRACED:
            found = devices[int(address, 16)]["findings"]
            named = [row["clause"] for row in found]
            assert clause in named, f"{name} breaks {clause}; explain names {named}"
            sentence = messages[address].split(": ", 1)[1]
            said = [row["sentence"] for row in found if row["clause"] == clause]
            assert any(is_same(one, sentence) for one in said), f"{name}: {sentence!r}, and explain: {said}"
            compared += 1
    assert compared >= 21
