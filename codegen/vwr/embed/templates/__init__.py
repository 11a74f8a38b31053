# SPDX-License-Identifier: MIT
"""
Text that goes into a copy, a file NAME.in for each. Its first line is its own licence tag; the calling module
defines the placeholders.
"""

from pathlib import Path


def template(name: str) -> str:
    """The text of one template."""
    return Path(__file__).with_name(f"{name}.in").read_text(encoding="utf-8").partition("\n")[2]
