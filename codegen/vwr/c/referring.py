# SPDX-License-Identifier: MIT
"""
Comments of one line that leave the rest to another function's: `vwr_x_kick() - Notify the device; see vwr_queue_kick()`.
A reader of the library has the other function. A copy may lack it, and gets its text.
"""

import re

from vwr.c import bodies

_REFERRING = re.compile(r"/\*\*\s+(\w+\(\) - [^;]+); see (vwr_\w+)\(\)\s+\*/\s*")
_PARAMETER = re.compile(r"^ \* @(\w+):", re.MULTILINE)


def referred(comment: str) -> str:
    """The function that has the rest of a comment; '' if it says all itself."""
    match = _REFERRING.fullmatch(comment)
    return match[2] if match else ""


def spelled_out(comment: str, declaration: str, other: str) -> str:
    """
    A comment that refers to another function's, with what that one says, for the parameters of the declaration. Stays
    as it is if these are not the parameters of the other function.
    """
    match = _REFERRING.fullmatch(comment)
    mine = [bodies.parameter_name(one) for one in bodies.parameters(declaration)]
    theirs = _PARAMETER.findall(other)
    head, newline, rest = other.removeprefix("/**\n").partition("\n")
    if match is None or not newline or not head.startswith(" * vwr_") or len(mine) != len(theirs):
        return comment
    renamed = dict(zip(theirs, mine))
    rest = re.sub(r"@(\w+)", lambda m: "@" + renamed.get(m[1], m[1]), rest)
    return f"/**\n * {' '.join(match[1].split())}\n{rest}"
