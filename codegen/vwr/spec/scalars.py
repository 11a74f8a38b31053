# SPDX-License-Identifier: MIT
"""Plain YAML scalars: decimal and 0x integers, true, false, and text; what readers disagree about is refused."""

import re
from functools import cache

_QUOTES = "put it in quotes if it is a text"
_INT_FORMS = "write a decimal or 0x number"

# (form, check, what is said): the first that fits. {0} is the scalar as written.
_REFUSED = [
    (re.compile(form), check_id, message, hint)
    for form, check_id, message, hint in (
        (
            r"[-+]?0[0-9]+",
            "VWR-Y011",
            "'{0}' is octal to some YAML readers and decimal to others",
            _INT_FORMS,
        ),
        (
            r"[-+]?0[bB][01_]+",
            "VWR-Y011",
            "'{0}' is binary to some YAML readers and text to others",
            _INT_FORMS,
        ),
        (
            r"[-+]?0[oO][0-7_]+",
            "VWR-Y011",
            "'{0}' is octal to some YAML readers and text to others",
            _INT_FORMS,
        ),
        (r"[-+]0x[0-9a-fA-F_]+|0X[0-9a-fA-F_]+", "VWR-Y011", "'{0}' is not a valid 0x number", _INT_FORMS),
        (r"\+[0-9_]+", "VWR-Y011", "'{0}' has a redundant sign", _INT_FORMS),
        (
            r"[-+]?[0-9][0-9_]*_[0-9_]*|0x[0-9a-fA-F]*_[0-9a-fA-F_]*",
            "VWR-Y011",
            "'{0}' has an underscore, which only some YAML readers accept in a number",
            _INT_FORMS,
        ),
        (
            r"[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?",
            "VWR-Y012",
            "'{0}' is a number in base 60 to some YAML readers",
            _QUOTES,
        ),
        (
            r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?",
            "VWR-Y014",
            "'{0}' is a date to some YAML readers",
            _QUOTES,
        ),
        (
            r"[-+]?([0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*)([eE][-+]?[0-9]+)?|[-+]?[0-9]+[eE][-+]?[0-9]+"
            r"|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
            "VWR-Y013",
            "'{0}' is a floating-point number",
            _QUOTES,
        ),
        (
            r"True|TRUE|False|FALSE|[yY]|[nN]|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF",
            "VWR-Y015",
            "'{0}' is a boolean to some YAML readers and text to others",
            "write true or false, or put it in quotes",
        ),
        (r"~|null|Null|NULL|", "VWR-Y016", "the value is missing", "add a value, or remove the key"),
    )
]

_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)")
_HEX = re.compile(r"0x[0-9a-fA-F]+")
_MAX_DIGITS = 20  # of 2^64; int() itself has a limit and would raise


_ANY_REFUSED = re.compile("|".join(f"(?:{form.pattern})" for form, *_ in _REFUSED))


@cache
def refusal(text: str) -> tuple[str, str, str] | None:
    """(check id, message, hint) if the plain scalar `text` is refused, else None."""
    for form, check_id, message, hint in _REFUSED if _ANY_REFUSED.fullmatch(text) else ():
        if form.fullmatch(text):
            return check_id, message.format(text), hint
    if is_integer(text) and _too_large(text):
        return "VWR-Y020", "the number does not fit in 64 bits", "the maximum is 0xffffffffffffffff"
    return None


@cache
def key_refusal(text: str) -> tuple[str, str, str | None] | None:
    """The same of a key, which is a word."""
    if text == "<<":
        return "VWR-Y019", "merge key '<<' is not allowed", "write the keys out"
    if is_integer(text):
        return "VWR-Y010", f"a key must be a word, not {text}", "put it in quotes if it is a name"
    return refusal(text)


def is_integer(text: str) -> bool:
    """True for the two notations of an integer that are taken."""
    return bool(_DECIMAL.fullmatch(text) or _HEX.fullmatch(text))


class Hex(int):
    """An integer that is written in hexadecimal, and stays so for people."""


@cache
def value_of(text: str) -> int | str:
    """The value of a plain scalar that is not refused."""
    if text in ("true", "false"):
        return text == "true"
    if _HEX.fullmatch(text):
        return Hex(text, 16)
    return int(text) if _DECIMAL.fullmatch(text) else text


def _too_large(text: str) -> bool:
    if _HEX.fullmatch(text):
        return len(text[2:].lstrip("0")) > 16
    return len(text.lstrip("-")) > _MAX_DIGITS or abs(int(text)) >= 1 << 64
