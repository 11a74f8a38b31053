# SPDX-License-Identifier: MIT
"""
The outputs that generated/ keeps: what the library is compiled from, and what people read. `generate --out DIR` writes
all: also the tests, seeds of fuzzers, stand-alone headers, and the clients and services that our own classes replace.
"""

import functools
import re

from vwr import ROOT

_END = re.compile(
    r"(?:include/vwr/(?:client|service)/(\w+)\.h|(?:client|service)/vwr_gen_(\w+)_(?:client|service)\.c)$"
)
_HEADERS = {"client": "runtime/include/vwr/{}.h", "service": "runtime/include/vwr/v{}.h"}


@functools.cache
def _is_replaced(end: str, device: str) -> bool:
    """Whether the runtime has a class for this side of the device, and the class does not contain the generated end."""
    try:
        text = (ROOT / _HEADERS[end].format(device)).read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    return f'#include "vwr/{end}/{device}.h"' not in text


def is_kept(path: str) -> bool:
    """Whether generated/ has this output."""
    found = _END.match(path)
    if found:
        return not _is_replaced("client" if "client" in path.split("/") else "service", found[1] or found[2])
    return not path.startswith(("test/", "fuzz/seeds/", "standalone/"))
