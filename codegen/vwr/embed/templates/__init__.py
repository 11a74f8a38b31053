# SPDX-License-Identifier: MIT
"""Text that goes into a copy, a file NAME.in for each, whose first line is its own licence tag; what is filled in says the
module that asks."""

from pathlib import Path


def template(name: str) -> str:
    """The text of one."""
    return Path(__file__).with_name(f"{name}.in").read_text(encoding="utf-8").partition("\n")[2]
