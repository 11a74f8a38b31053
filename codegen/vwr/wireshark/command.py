# SPDX-License-Identifier: MIT
"""vwr wireshark: writes the dissector."""

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from vwr import description
from vwr.output import write
from vwr.wireshark.rows import rows

NAME = "virtio.lua"
PLACE = "TABLES = nil"  # in the program: where the tables come


def arguments(parser: ArgumentParser) -> None:
    """Adds the verb's options."""
    parser.add_argument("-o", "--out", type=Path, metavar="FILE")
    parser.add_argument("--package", metavar="DIR", default=description.PACKAGE)


def _key(key: Any) -> str:
    return f"[{json.dumps(key, ensure_ascii=False)}]" if isinstance(key, str) else f"[{_value(key)}]"


def _value(value: Any) -> str:
    """A value in Lua. Before 5.3 its numbers are floating-point."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{_key(key)}={_value(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "{" + ",".join(map(_value, value)) + "}"
    if isinstance(value, int) and not isinstance(value, bool) and value >= 1 << 53:
        return f"{value}.0"
    return json.dumps(value, ensure_ascii=False)


def dissector(data: dict[str, Any]) -> str:
    """The program with its tables: a line for each device and each field."""
    made = rows(data)
    lines = ["TABLES = {"]
    for key, value in made.items():
        if key == "devices":
            listed = [f"{_key(number)}={_value(one)}," for number, one in value.items()]
            lines += [f"{key}={{", *listed, "},"]
        elif key == "fields":
            lines += [f"{key}={{", *(f"{_value(one)}," for one in value), "},"]
        else:
            lines.append(f"{key}={_value(value)},")
    program = (Path(__file__).parent / "virtio.lua").read_text(encoding="utf-8")
    return program.replace(PLACE, "\n".join([*lines, "}"]), 1)


def run(args: Namespace) -> int:
    """0: the dissector is written."""
    description.use(args.package)
    out = write(args.out, NAME, dissector(description.data()), "wireshark")
    print(f"{out}: tshark -X lua_script:{out} -r FILE.pcap")
    return 0
