# SPDX-License-Identifier: MIT
"""
A driver reads no field of the configuration that nobody needs. What a driver's generated reader reads, the driver
uses, or a kernel-doc comment of its header names as `info.FIELD` for the caller. A driver that needs less has a
reader of its own.
"""

import json
import re

import pytest

from tree import ROOT

# Fields whose feature the driver never accepts: the reader does not read them.
CLOSED = {"net": {"supported_tunnel_types": "HASH_TUNNEL"}, "sound": {"controls": "CTLS"}}
USE = r"\binfo(?:\.|->)(\w+)"


def devices():
    """(name, fields of the configuration that the generated reader has) of each device whose driver has that reader."""
    data = json.loads((ROOT / "generated" / "virtwright.json").read_text(encoding="utf-8"))
    for file in data["files"]:
        config = next((one for one in file.get("structs", []) if one["name"] == "config"), None)
        if file["kind"] == "device" and config and f".read = {config['c']}_read," in sources(file["name"]):
            structs = {one["name"]: one["fields"] for one in file["structs"]}
            yield file["name"], set(numbers(config["fields"], structs))


def numbers(fields, structs, before=""):
    """Members of the struct that the reader fills in."""
    for field in fields:
        if field.get("reserved") or field.get("for_device") or field.get("dir") == "W" or "members" in field:
            continue
        name = before + field["name"]
        if field["type"] in structs:
            yield from numbers(structs[field["type"]], structs, f"{name}_")
        elif field.get("size"):
            yield name


def sources(name):
    folder = ROOT / "runtime" / "driver" / name
    shared = (ROOT / "runtime" / "shared").glob(f"vwr_{name}_*.c")  # what both sides check
    return "".join(
        path.read_text(encoding="utf-8") for path in [*sorted(folder.glob("*.[ch]")), *sorted(shared)]
    )


def headers(name):
    folder = ROOT / "runtime" / "include" / "vwr"
    return "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob(f"{name}*.h")))


def unneeded(fields, text):
    """Those of the fields that nothing in the text needs."""
    return fields - set(re.findall(USE, text))


def test_a_field_that_nobody_needs_is_found():
    text = " * @info: Configuration; info.told is for the caller.\nif (info->used != 0)"
    assert unneeded({"used", "told", "idle"}, text) == {"idle"}


@pytest.mark.parametrize("name, fields", devices())
def test_each_field_is_needed(name, fields):
    closed = CLOSED.get(name, {})
    assert unneeded(fields, sources(name) + headers(name)) == set(closed)
    for feature in closed.values():
        accepted = re.findall(
            rf"(~?)\(*(?:\(uint32_t\)1 << VWR_\w+_F_|NET_FEATURE\(){feature}\b", sources(name)
        )
        assert set(accepted) <= {"~"}


def test_the_drivers_are_found():
    assert {
        "9p",
        "balloon",
        "can",
        "console",
        "crypto",
        "gpio",
        "iommu",
        "mem",
        "net",
        "pmem",
        "scsi",
        "sound",
        "spi",
        "vsock",
    } == {name for name, _ in devices()}
