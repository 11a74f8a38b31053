# SPDX-License-Identifier: MIT
"""What check/limits.py says that the tables of the runtime can hold is what its headers say."""

import re

from specs import ROOT
from vwr.check import limits


def said(header, pattern):
    """The number that a public header has."""
    text = (ROOT / "runtime/include/vwr" / header).read_text(encoding="utf-8")
    return int(re.search(pattern, text)[1])


def test_limits_are_those_of_the_runtime():
    assert limits.SELECTORS == said("vservice.h", r"#define VWR_SERVICE_SELECTS (\d+)u")
    assert limits.SELECTED == said("vservice.h", r"#define VWR_SERVICE_SELECT (\d+)u")
    assert limits.AREAS == said("client.h", r"#define VWR_CLIENT_DATA (\d+)u")
    assert limits.SUCCESSES == said("client.h", r"uint32_t ok\[(\d+)\];")
    assert limits.NUMBER == said("vservice.h", r"uint(\d+)_t value\[VWR_SERVICE_SELECTS\];") // 8
    assert limits.FORM == 2 ** said("vservice.h", r"uint(\d+)_t out\b") - 1
