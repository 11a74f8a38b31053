# SPDX-License-Identifier: MIT
"""Text that goes into a copy, a file NAME.in for each; what is filled in there says the module that asks."""

from pathlib import Path


def template(name: str) -> str:
    """The text of one."""
    return Path(__file__).with_name(f"{name}.in").read_text(encoding="utf-8")
