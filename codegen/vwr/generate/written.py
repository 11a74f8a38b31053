# SPDX-License-Identifier: MIT
"""Functions of a template as somebody would write them: no variable and no `(void)` that nothing is for."""

import re

_FUNCTION = re.compile(
    r"^(?P<head>\w[^\n;{}]*\((?:[^;{}]*)\))\n\{\n(?P<body>(?:(?:[^}\n].*)?\n)*)\}\n", re.MULTILINE
)
_VOID = re.compile(r"^    \(void\)(\w+);\n", re.MULTILINE)
_DECLARED = re.compile(
    r"^    (?:const )?(?:struct \w+|enum \w+|\w+)[ *]+(?:const )?(\w+)(?:\[\w*\])?(?: = (?P<value>[^;{}]*))?;\n"
)
_EMPTY_FLAGS = re.compile(r"= 0 \| ")
_SPOKEN_OF = re.compile(r"(?<![.\w])(?<!->)\w+")  # what is no member


def written(text: str) -> str:
    """The text of a file in C."""
    return _EMPTY_FLAGS.sub("= ", _FUNCTION.sub(_function, text))


def _function(found: re.Match[str]) -> str:
    body = found["body"]
    declared, rest = _declarations(_VOID.sub("", body) if "(void)" in body else body)
    spoken = set(_SPOKEN_OF.findall(rest))
    while kept := [one for one in declared if _is_needed(one, declared, spoken)]:
        if kept == declared:
            break
        declared = kept
    else:
        declared = []
    spoken.update(*map(_SPOKEN_OF.findall, declared))
    unused = [name for name in _parameters(found["head"]) if name not in spoken]
    first = "".join(f"    (void){name};\n" for name in unused) + rest.lstrip("\n")
    return f"{found['head']}\n{{\n{''.join(declared)}{chr(10) if declared and first else ''}{first}}}\n"


def _declarations(body: str) -> tuple[list[str], str]:
    """The lines that declare variables, and what comes behind them."""
    lines = list[str]()
    while one := _DECLARED.match(body):
        if one[0].split()[0] in ("return", "goto"):
            break
        lines.append(one[0])
        body = body[one.end() :]
    return lines, body


def _is_needed(line: str, declared: list[str], spoken: set[str]) -> bool:
    """Whether another line, or the rest, of which these are the names, speaks of its variable, or its value has to be computed."""
    one = _DECLARED.match(line)
    assert one
    name = one[1]
    return (
        name in spoken
        or "(" in (one["value"] or "")
        or any(name in _SPOKEN_OF.findall(other) for other in declared if other is not line)
    )


def _parameters(head: str) -> list[str]:
    """Names of a function's parameters."""
    return re.findall(r"\b(\w+)(?:\[\w*\])?(?=,|\)$)", head[head.index("(") :].replace("(void)", "()"))
