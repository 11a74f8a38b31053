# SPDX-License-Identifier: MIT
"""Rules of the lamp: one of a clause, and one of a section."""

from collections import namedtuple

Rule = namedtuple("Rule", "clause section")

RULES = {
    "WAIT": Rule("lamp.drv.1", "Device Types / Lamp Device / Requests"),
    "LAYOUT": Rule("", "Device Status Field / Register Layout"),
}
