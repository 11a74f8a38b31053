# SPDX-License-Identifier: MIT
"""What there is of each device: our driver, our device side, a generated client and a generated service; and the calls of each."""

import functools
import re

from vwr import ROOT, description
from vwr.embed import csource

options = description.module("options")

DRIVERS: dict[str, str] = {row.name: row.driver for row in options.DEVICES if row.driver}  # and the header of each
# What the runtime has. A copy may have several; "both" is a disk on a real disk, and more of the device side.
DEVICES = {"driver": tuple(DRIVERS), "device": ("blk", "console", "entropy"), "both": ("blk", "console", "entropy")}
# A generated client or service there may be of any device: client/gpu, and where nobody wrote a class its name alone.
ENDS = {"driver": "client", "device": "service", "both": "service"}
ENDS_ALWAYS = {"client": ("vwr_dev_irq", "vwr_request_kick", "vwr_request_reap", "vwr_recover"),
               "service": ("vwr_vmessage_read", "vwr_vmessage_write", "vwr_vmessage_store", "vwr_vmessage_load",
                           "vwr_vdev_config_changed")}
DISK_ALWAYS = ("vwr_blk_open", "vwr_blk_read", "vwr_blk_close")
# With part recovery, of a driver that has no calls of its own for these.
RECOVERY = ("vwr_dev_check", "vwr_recover", "vwr_freeze", "vwr_recovery_stage")
OPEN_TEXTS = ("vwr_opened_explain", "vwr_opened_features")  # of part open, with texts
TRANSPORTS = ("mmio", "pci")    # of the driver side; the device side has the first
INTERFACES = {"both": "", "legacy": "_legacy", "modern": "_modern"}     # and how a probe for it ends
DEVICE_ALWAYS = ("vwr_vdev_features", "vwr_vm_add", "vwr_vm_remove", "vwr_vm_access", "vwr_vdev_serve", "vwr_vdev_reset",
                 "vwr_vdev_needs_reset")
CLASSES = {"blk": ("vwr_vblk_init",), "console": ("vwr_vconsole_init", "vwr_vconsole_input", "vwr_vconsole_input_locked"),
           "entropy": ("vwr_ventropy_init",)}
BRIDGE = ("vwr_vblk_disk_init", "vwr_vblk_disk_service", "vwr_vblk_disk_config_changed", "vwr_dev_irq")
CLASS_HEADERS = {"blk": ("vwr/vblk.h", "vwr/vblk_memory.h", "vwr/vblk_zone.h"), "console": ("vwr/vconsole.h",), "entropy": ("vwr/ventropy.h",)}


def driver_of(name: str) -> str:
    """The driver of which a call or a header is; '' if it is of none."""
    found = re.match(r"vwr[_/]([a-z0-9]+)(?:_\w+|\w*\.h)$", name)
    return found[1] if found and found[1] in DRIVERS else ""


TREE_OF_PCI = ("vwr_tree_window", "vwr_tree_buses", "vwr_tree_map_interrupt", "vwr_tree_map_message")


def transport_of(call: str) -> str:
    """The transport of which a call is; '' if it is of any; vwr/find.h looks for devices on all."""
    if call.startswith("vwr_find_"):
        return ",".join(TRANSPORTS)
    if call in TREE_OF_PCI:
        return "pci"
    found = re.match(r"vwr_([a-z0-9]+)_", call)
    return found[1] if found and found[1] in TRANSPORTS else ""


def probe(transport: str, interface: str) -> str:
    """What finds a device on it."""
    return f"vwr_{transport}_probe{INTERFACES[interface]}"


def open_header(name: str) -> str:
    """What a driver has for vwr_open."""
    return f"vwr/{name}_open.h"


@functools.cache
def header_calls(header: str) -> tuple[str, ...]:
    """What a header of the runtime has to call."""
    text = (ROOT / "runtime" / "include" / header).read_text(encoding="utf-8")
    return tuple(item.name for item in csource.items(csource.without_guard(text), header)
                 if item.kind in ("function", "prototype", "object"))


@functools.cache
def driver_calls(name: str) -> tuple[str, ...]:
    """What a driver has without any part."""
    parts = {call for option in options.OPTIONS for call in option.calls}
    return DISK_ALWAYS if name == "blk" else tuple(call for call in header_calls(DRIVERS[name]) if call not in parts)


@functools.cache
def end_calls(name: str, end: str) -> tuple[str, ...]:
    """What a generated header has to call."""
    text = (ROOT / "generated" / "include" / "vwr" / end / f"{name}.h").read_text(encoding="utf-8")
    return tuple(dict.fromkeys(re.findall(rf"^[a-zA-Z][^;{{#=]*?\b(vwr_\w+_v?{end}_\w+)\(", text, re.MULTILINE)))


@functools.cache
def ends() -> dict[str, tuple[str, ...]]:
    """{client or service: devices that have one}."""
    return {end: tuple(sorted(re.sub(r"^vwr_gen_(\w+)_[a-z]+$", r"\1", path.stem) for path in (ROOT / "generated" / end).glob("*.c")))
            for end in ("client", "service")}
