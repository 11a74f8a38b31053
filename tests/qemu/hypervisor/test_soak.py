# SPDX-License-Identifier: MIT
"""The short soak: five minutes of a guest's time."""

import pytest
import soak

SECONDS = 300
LIMIT = 600


def test_soak(folder, linux):
    found = soak.soak(folder, linux, SECONDS, LIMIT)
    assert found["steps"] > SECONDS * 9 // 10
    assert found["seconds"] >= SECONDS


def counters(**changed):
    """Counters of the hypervisor as they are, with some changed."""
    good = {name: 0 for name in soak.COUNTERS} | {name: 10 for name in soak.AS_MANY}
    return good | {"requests": 10, "traps": 30} | changed


@pytest.mark.parametrize(
    "wrong",
    [
        {"interrupts": 9},
        {"real interrupts": 9},
        {"used": 9},
        {"traps": 31},
        {"sent again": 1},
        {"waits": 1},
        {"spurious": 1},
    ],
)
def test_soak_would_see_it(wrong):
    before = {name: 0 for name in soak.COUNTERS}
    soak.compare(before, counters())
    with pytest.raises(soak.Failed):
        soak.compare(before, counters(**wrong))
