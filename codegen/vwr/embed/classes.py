# SPDX-License-Identifier: MIT
"""
The forms of each device: our driver, our device side, a generated client and a generated service; and the
calls of each.
"""

import functools
import re
from typing import Any

from vwr import ROOT, description
from vwr.c import index
from vwr.embed import generated

options = description.module("options")

DRIVERS: dict[str, str] = {
    row.name: row.driver for row in options.DEVICES if row.driver
}  # the public header of each
CLASSES: dict[str, str] = {
    row.name: row.device for row in options.DEVICES if row.device
}  # of the device side
# Devices that the runtime supports. A copy may have several; "both" is classes of the device side, those of
# BRIDGES on real devices.
DEVICES = {"driver": tuple(DRIVERS), "device": tuple(CLASSES), "both": tuple(CLASSES)}
# Any device may have a generated client or service: client/gpu, or only the name if it has no handwritten
# class.
ENDS = {"driver": "client", "device": "service", "both": "service"}
ENDS_ALWAYS = {
    "client": ("vwr_dev_irq", "vwr_request_kick", "vwr_request_reap", "vwr_recover"),
    "service": (
        "vwr_vmessage_read",
        "vwr_vmessage_write",
        "vwr_vmessage_store",
        "vwr_vmessage_load",
        "vwr_vmessage_claim",
        "vwr_vdev_lock",
        "vwr_vdev_unlock",
        "vwr_vdev_config_changed",
        "vwr_zero",
    ),
}
DISK_ALWAYS = ("vwr_blk_open", "vwr_blk_read", "vwr_close")
# Added by part recovery for a driver without such calls of its own.
RECOVERY = ("vwr_dev_check", "vwr_recover", "vwr_freeze", "vwr_get_stage")
WITH_TEXTS = (
    "vwr_opened_explain",
    "vwr_opened_features",
    "vwr_ccw_explain",
    "vwr_find_explain",
)  # of other parts, with texts
TRANSPORTS = ("mmio", "pci")  # of the driver side; the device side has the first, and the second as a part
INTERFACES = {"both": "", "legacy": "_legacy", "modern": "_modern"}  # with the suffix of a probe for it
DEVICE_ALWAYS = (
    "vwr_vdev_features",
    "vwr_vm_init",
    "vwr_vm_add",
    "vwr_vm_remove",
    "vwr_vm_access",
    "vwr_vm_reset",
    "vwr_vdev_serve",
    "vwr_vdev_reset",
    "vwr_vdev_needs_reset",
)
# Further headers of a class; headers that join a class to the driver of a real device, and those with calls
# that it needs.
MORE_HEADERS = {
    "blk": ("vwr/vblk_memory.h", "vwr/vblk_zone.h"),
    "net": ("vwr/vnet_switch.h",),
    "9p": ("vwr/p9.h", "vwr/vfiles.h", "vwr/vfiles_memory.h"),
    "fs": ("vwr/fuse.h", "vwr/p9.h", "vwr/vfiles.h", "vwr/vfiles_memory.h"),
}
MORE_DRIVER_HEADERS = {"vsock": ("vwr/sockets.h",)}  # with calls of a driver
MORE_CALLS = {"balloon": ("vwr_vm_uses",)}  # of headers that all classes include
BRIDGES = {"blk": ("vwr/vblk_disk.h",), "net": ("vwr/vnet_card.h", "vwr/vnet_switch.h")}
MODERN_ONLY = ("gpu", "sound")  # classes that refuse a guest's legacy driver


def driver_of(name: str) -> str:
    """The driver to which a call or a header belongs; '' if it belongs to none."""
    found = re.match(r"vwr[_/]([a-z0-9]+)(?:_\w+|\w*\.h)$", name)
    return found[1] if found and found[1] in DRIVERS else ""


TREE_OF_PCI = ("vwr_tree_window", "vwr_tree_buses", "vwr_tree_map_interrupt", "vwr_tree_map_message")


def transport_of(call: str) -> str:
    """The transport to which a call belongs; '' if it belongs to all. vwr/find.h searches all transports."""
    if call.startswith("vwr_find_"):
        return ",".join(TRANSPORTS)
    if call in TREE_OF_PCI:
        return "pci"
    found = re.match(r"vwr_([a-z0-9]+)_", call)
    return found[1] if found and found[1] in TRANSPORTS else ""


def probe(transport: str, interface: str) -> str:
    """The call that probes for a device on this transport."""
    return f"vwr_{transport}_probe{INTERFACES[interface]}"


OPEN_ROWS = "vwr/open/rows.h"


def open_row(name: str) -> str:
    """The row of a driver in the table of vwr_open, a macro of OPEN_ROWS."""
    return f"VWR_OPEN_{name.upper()}"


def open_default(name: str) -> str:
    """The call that the row of a driver contains."""
    return f"vwr_{name}_open_default"


@functools.cache
def header_calls(header: str) -> tuple[str, ...]:
    """The calls that a header of the runtime declares."""
    return tuple(
        item.name
        for item in index.read(ROOT / "runtime" / "include" / header)
        if item.kind in ("function", "prototype", "object")
    )


@functools.cache
def declared_by(headers: tuple[str, ...]) -> set[str]:
    """The calls that these headers of the runtime, and those that they include, declare."""
    found, todo = dict[str, None](), list(headers)
    while todo:
        name = todo.pop()
        path = ROOT / "runtime" / "include" / name
        if name not in found and path.is_file():
            found[name] = None
            todo += re.findall(r'^#include "(vwr/\w+\.h)"', path.read_text(encoding="utf-8"), re.MULTILINE)
    return {call for name in found for call in header_calls(name)}


def header_of(call: str) -> str:
    """The public header that declares a call; '' if none does."""
    folder = ROOT / "runtime" / "include"
    for path in sorted(folder.glob("vwr/*.h")):
        name = path.relative_to(folder).as_posix()
        if call in path.read_text(encoding="utf-8") and call in header_calls(name):
            return name
    return ""


def _text_of(call: str) -> str:
    """The public header that declares a call."""
    header = header_of(call)
    return (ROOT / "runtime" / "include" / header).read_text(encoding="utf-8") if header else ""


def brief_of(call: str) -> str:
    """The first line of the comment that describes a call."""
    comment = rf"^(?:/\*\*| \*) {call}(?:\(\))? - (.*(?:\n \*   \S.*)*)"
    found = re.search(comment, _text_of(call), re.MULTILINE)
    return re.sub(r"\n \* +|; see vwr_\w+\(\)$", " ", found[1].removesuffix(" */")).rstrip() if found else ""


@functools.cache
def comment_of(call: str) -> str:
    """The comment that describes a call, in the library's header."""
    found = re.search(rf"/\*\*\n \* {call}\(\) - (?:(?!\*/).)*\*/\n", _text_of(call), re.DOTALL)
    return found[0] if found else ""


@functools.cache
def part_calls(part: Any) -> tuple[tuple[str, str, str, str], ...]:
    """
    (side, device, transport, call) of each call that a part adds; '' is any device or transport. A part of the
    driver side that names only its header adds all calls of that header.
    """
    calls = part.calls or (header_calls(part.header) if part.header and "driver" in part.sides else ())
    return (
        *(("driver", driver_of(call), transport_of(call), call) for call in calls),
        *(("device", device, "", call) for device, call in part.device_calls),
    )


@functools.cache
def driver_calls(name: str) -> tuple[str, ...]:
    """The calls of a driver that are not in a part."""
    parts = {call for option in options.OPTIONS for call in option.calls}
    return (
        DISK_ALWAYS
        if name == "blk"
        else tuple(
            call
            for header in (DRIVERS[name], *MORE_DRIVER_HEADERS.get(name, ()))
            for call in header_calls(header)
            if call not in parts and call != open_default(name)
        )
    )


@functools.cache
def class_headers(name: str) -> tuple[str, ...]:
    """The headers of a class of the device side."""
    return (CLASSES[name], *MORE_HEADERS.get(name, ()))


@functools.cache
def class_calls(name: str) -> tuple[str, ...]:
    """The calls of a class of the device side that are not in a part."""
    parts = {call for option in options.OPTIONS for _, call in option.device_calls}
    devices = {f"vwr_v{other}_{what}" for other in CLASSES if other != name for what in ("init", "dev")}
    own = tuple(
        call
        for header in class_headers(name)  # some are of other classes, and have the device of these
        for call in header_calls(header)
        if call not in parts and call not in devices
    )
    return own + MORE_CALLS.get(name, ())


@functools.cache
def bridge_calls(name: str) -> tuple[str, ...]:
    """The calls that join a class to a real device."""
    return (*(call for header in BRIDGES[name] for call in header_calls(header)), "vwr_dev_irq")


@functools.cache
def has_service(name: str) -> bool:
    """Whether a class uses the generated service of its device."""
    return f'#include "vwr/service/{name}.h"' in (ROOT / "runtime" / "include" / CLASSES[name]).read_text(
        encoding="utf-8"
    )


def end_calls(name: str, end: str, texts: bool = True) -> tuple[str, ...]:
    """The calls that a generated header declares; without texts, not the one that explains a failure."""
    text = generated.found(f"include/vwr/{end}/{name}.h").read_text(encoding="utf-8")
    calls = dict.fromkeys(re.findall(rf"^[a-zA-Z][^;{{#=]*?\b(vwr_\w+_v?{end}_\w+)\(", text, re.MULTILINE))
    return tuple(call for call in calls if texts or not call.endswith(f"_{end}_explain"))


def ends() -> tuple[str, ...]:
    """Devices with messages, which have a client and a service."""
    return tuple(path.stem for path in generated.every("include/vwr/messages/*.h"))
