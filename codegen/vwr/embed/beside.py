# SPDX-License-Identifier: MIT
"""What goes beside a copy once, and is the embedder's from then on: a port; example.py has the rest."""

import re

from vwr import ROOT
from vwr.embed.choice import Choice
from vwr.embed.templates import template


def port(choice: Choice) -> str:
    """The port of this profile: the template, or one that is there, as it is but for the types."""
    text = (ROOT / "runtime" / "port" / choice.port / "vwr_port.h").read_text(encoding="utf-8")
    text = re.sub(r"(#include <std(bool|def|int)\.h>\n)+", lambda _: template("types.h"), text, count=1)
    text = text.replace(f"VWR_PORT_{choice.port.upper()}_H", "VWR_PORT_H")
    if "trace" in choice.parts:
        head, end = text.rsplit("#endif", 1)
        text = head + template("trace.h") + "#endif" + end
    return text


def licence(choice: Choice) -> str:
    """The project's, which a copy has to bring with it whatever the choice is."""
    del choice
    return (ROOT / "LICENSE").read_text(encoding="utf-8")
