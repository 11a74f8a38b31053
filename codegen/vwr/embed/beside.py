# SPDX-License-Identifier: MIT
"""
Files that are written next to a copy once, and then belong to the embedder: a port; example.py has the
others.
"""

import re

from vwr import ROOT
from vwr.embed.choice import Choice
from vwr.embed.templates import template


def port(choice: Choice) -> str:
    """The port of this profile: the template or an existing port, unchanged except for the types."""
    text = (ROOT / "runtime" / "port" / choice.port / "vwr_port.h").read_text(encoding="utf-8")
    text = re.sub(r"(#include <std(bool|def|int)\.h>\n)+", lambda _: template("types.h"), text, count=1)
    text = text.replace(f"VWR_PORT_{choice.port.upper()}_H", "VWR_PORT_H")
    if "trace" in choice.parts:
        head, end = text.rsplit("#endif", 1)
        text = head + template("trace.h") + "#endif" + end
    return text


def licence(choice: Choice) -> str:
    """The project's licence, which every copy must contain."""
    del choice
    return (ROOT / "LICENSE").read_text(encoding="utf-8")
