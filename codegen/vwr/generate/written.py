# SPDX-License-Identifier: MIT
"""Formats generated functions as if written by hand: without unused variables and needless `(void)` casts."""

import re

from vwr.c.bodies import parameter_name, parameters
from vwr.c.tokens import uses

_FUNCTION = re.compile(
    r"^(?P<head>\w[^\n;{}]*\((?:[^;{}]*)\))\n\{\n(?P<body>(?:(?:[^}\n].*)?\n)*)\}\n", re.MULTILINE
)
_VOID = re.compile(r"^    \(void\)(\w+);\n", re.MULTILINE)
_DECLARED = re.compile(
    r"    (?:const )?(?:struct \w+|enum \w+|\w+)[ *]+(?:const )?(\w+)(?:\[\w*\])?(?: = (?P<value>[^;{}]*))?;\n"
)
_EMPTY_FLAGS = re.compile(r"= 0 \| ")


def written(text: str) -> str:
    """The text of a file in C."""
    return _EMPTY_FLAGS.sub("= ", _FUNCTION.sub(_function, text))


def _function(found: re.Match[str]) -> str:
    body = found["body"]
    declared, rest = _declarations(_VOID.sub("", body) if "(void)" in body else body)
    spoken = set(uses(rest).names)
    while unused := [one for one in declared if not _is_needed(one, declared, spoken)]:
        declared = [one for one in declared if one not in unused]
    lines = "".join(one[0] for one in declared)
    spoken |= uses(lines).names
    unspoken = [name for name in map(parameter_name, parameters(found["head"])) if name not in spoken]
    first = "".join(f"    (void){name};\n" for name in unspoken) + rest.lstrip("\n")
    return f"{found['head']}\n{{\n{lines}{chr(10) if lines and first else ''}{first}}}\n"


def _declarations(body: str) -> tuple[list[re.Match[str]], str]:
    """The lines that declare variables, and the rest."""
    lines, at = list[re.Match[str]](), 0
    while one := _DECLARED.match(body, at):
        if one[0].startswith(("    return ", "    goto ")):
            break
        lines.append(one)
        at = one.end()
    return lines, body[at:]


def _is_needed(line: re.Match[str], declared: list[re.Match[str]], spoken: set[str]) -> bool:
    """Whether another line or the rest uses the variable, or its value must be computed."""
    if line[1] in spoken or "(" in (line["value"] or ""):
        return True
    return any(line[1] in uses(other[0]).names for other in declared if other is not line)
