# SPDX-License-Identifier: MIT
"""Formats generated functions as if written by hand: without unused variables and needless `(void)` casts."""

import re

_FUNCTION = re.compile(
    r"^(?P<head>\w[^\n;{}]*\((?:[^;{}]*)\))\n\{\n(?P<body>(?:(?:[^}\n].*)?\n)*)\}\n", re.MULTILINE
)
_VOID = re.compile(r"^    \(void\)(\w+);\n", re.MULTILINE)
_DECLARED = re.compile(
    r"    (?:const )?(?:struct \w+|enum \w+|\w+)[ *]+(?:const )?(\w+)(?:\[\w*\])?(?: = (?P<value>[^;{}]*))?;\n"
)
# C tokens and the dots between them are kept.
_SIGNS = re.sub(r"[^\w.]", " ", "".join(map(chr, range(128))))
_EMPTY_FLAGS = re.compile(r"= 0 \| ")


def written(text: str) -> str:
    """The text of a file in C."""
    return _EMPTY_FLAGS.sub("= ", _FUNCTION.sub(_function, text))


def _function(found: re.Match[str]) -> str:
    body = found["body"]
    declared, rest = _declarations(_VOID.sub("", body) if "(void)" in body else body)
    spoken = _names(rest)
    while unused := [one for one in declared if not _is_needed(one, declared, spoken)]:
        declared = [one for one in declared if one not in unused]
    lines = "".join(one[0] for one in declared)
    spoken |= _names(lines)
    unspoken = [name for name in _parameters(found["head"]) if name not in spoken]
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
    return any(line[1] in _names(other[0]) for other in declared if other is not line)


def _names(text: str) -> set[str]:
    """C identifiers and keywords, except member names."""
    return set(text.replace("->", " .").replace(".", " .").translate(_SIGNS).split())


def _parameters(head: str) -> list[str]:
    """Names of a function's parameters."""
    listed = head[head.index("(") + 1 : -1].split(",")
    return [one.partition("[")[0].split()[-1].lstrip("*") for one in listed if one != "void"]
