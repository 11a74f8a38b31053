# SPDX-License-Identifier: MIT
"""The registers of virtio-mmio before a device, from the sections MMIO Device Register Layout and Legacy interface."""

from typing import Any

import described
from device import CONFIG, QUEUE, Device

PLACE_MMIO = 1
REG = described.registers()
NAMES = {at: name for name, at in REG.items()}
CONFIG_AT = REG["Config"]


class Mmio:
    """A window of registers at `base`."""

    def __init__(self, world: dict[str, Any], device: Device) -> None:
        self.world, self.device = world, device
        self.base, self.window = world["base"], world["window"]
        self.select = dict.fromkeys(("DeviceFeaturesSel", "DriverFeaturesSel", "QueueSel", "SHMSel"), 0)

    def place(self, at: int, size: int) -> tuple[int, int, int] | None:
        """What an address is: for the monitor."""
        offset = at - self.base
        if offset < 0 or offset + size > self.window:
            return None
        if offset < CONFIG_AT and (size != 4 or offset % 4):
            self.device.broke(f"an access of {size} bytes to register {offset:#x} (mmio.drv.2)")
        return (PLACE_MMIO, 0, offset)

    def read(self, at: int, size: int) -> int:
        """A register, or bytes of the configuration."""
        offset = at - self.base
        device = self.device
        if offset >= CONFIG_AT:
            return device.read_config(offset - CONFIG_AT, size)
        name = NAMES.get(offset, "")
        queue = self._queue()
        values = {
            "MagicValue": self.world.get("magic", 0x74726976),
            "Version": self.world["version"],
            "DeviceID": self.world.get("device_id", described.identity(self.world["class"])),
            "VendorID": self.world.get("vendor", 0),
        }
        if name in values:
            return values[name]
        if name == "DeviceFeatures":
            return device.feature_word(self.select["DeviceFeaturesSel"])
        if name == "QueueSizeMax":
            return (
                queue.max if queue and (device.legacy or not queue.enabled) else 0 if not queue else queue.max
            )
        if name in ("QueueReady", "QueuePFN"):
            return (queue.enabled if name == "QueueReady" else queue.pfn) if queue else 0
        if name == "InterruptStatus":
            return device.read_reasons()
        if name == "Status":
            return device.read_status()
        if name == "ConfigGeneration":
            return device.read_generation()
        if name.startswith("SHM"):
            return self._region(name)
        return 0

    def _region(self, name: str) -> int:
        """A word of the region that is selected; -1 if there is none."""
        everything = (1 << 64) - 1
        length, base = self.regions().get(self.select["SHMSel"], (everything, everything))[::-1]
        return (length if name.startswith("SHMLen") else base) >> (
            32 if name.endswith("High") else 0
        ) & 0xFFFFFFFF

    def regions(self) -> dict[int, tuple[int, int]]:
        """Address and size of each region of shared memory."""
        return {row["id"]: (row["base"], row["length"]) for row in self.world.get("regions", [])}

    def _queue(self) -> Any:
        index = self.select["QueueSel"]
        return self.device.queues[index] if index < len(self.device.queues) else None

    def write(self, at: int, size: int, value: int) -> None:
        """A register, or bytes of the configuration."""
        offset = at - self.base
        device = self.device
        if offset >= CONFIG_AT:
            device.write_config(offset - CONFIG_AT, size, value)
            return
        name = NAMES.get(offset, "")
        if name in self.select:
            self.select[name] = value
        elif name == "DriverFeatures":
            device.accept(self.select["DriverFeaturesSel"], value)
        elif name == "GuestPageSize":
            device.page = value
        elif name == "Status":
            device.write_status(value)
        elif name == "QueueNotify":
            self._notify(value)
        elif name == "InterruptACK":
            device.acknowledge(value & (QUEUE | CONFIG))
        elif name.startswith("Queue"):
            self._queue_register(name, value)
        else:
            device.broke(f"a write to register {offset:#x}, which cannot be written")

    def _notify(self, value: int) -> None:
        data = "NOTIFICATION_DATA" in self.device.names()
        self.device.notify(value & 0xFFFF if data else value, value >> 16 if data else -1)

    def _queue_register(self, name: str, value: int) -> None:
        queue, index = self._queue(), self.select["QueueSel"]
        if queue is None:
            self.device.broke(f"{name} of queue {index}, which does not exist")
        elif name == "QueueSize":
            queue.size = value
        elif name == "QueueAlign":
            queue.align = value
        elif name == "QueuePFN":
            self.device.place_legacy(index, value, queue.align)
        elif name == "QueueReady" and value == 1:
            self.device.enable(index)
        elif name == "QueueReady":
            queue.enabled, queue.ring = 0, None
        else:
            area = ("QueueDesc", "QueueDriver", "QueueDevice").index(name.removesuffix("High"))
            shift = 32 if name.endswith("High") else 0
            queue.areas[area] = queue.areas[area] & ~(0xFFFFFFFF << shift) | value << shift
