// SPDX-License-Identifier: MIT
"use strict";
// A pasted trace of a driver's register accesses becomes a journal: QEMU's memory_region_ops_read and _write, and the
// runtime's vwr-trace lines. The monitor of the machine judges them; it has no memory to look at.

const QEMU = /memory_region_ops_(read|write) cpu -?\d+ mr \S+ addr (0x[0-9a-f]+) value (0x[0-9a-f]+) size (\d+)(?: name '([^']*)')?/;
const OWN = /vwr-trace \d+ \d+ (read|write) (\S+) (\S+) (\S+)/;
const REGIONS = { "virtio-pci-common": STRUCTURE.COMMON, "virtio-pci-isr": STRUCTURE.ISR, "virtio-pci-device": STRUCTURE.DEVICE, "virtio-pci-notify": STRUCTURE.NOTIFY };

// [{kind, place, structure, at, bytes, value}] of the device with the most accesses.
function readTrace(text) {
  const devices = new Map();
  for (const line of text.split("\n")) {
    const one = accessOf(line);
    if (one === null) continue;
    if (!devices.has(one.device)) devices.set(one.device, []);
    devices.get(one.device).push(one);
  }
  return [...devices.values()].sort((a, b) => b.length - a.length)[0] ?? [];
}

function accessOf(line) {
  const qemu = QEMU.exec(line);
  if (qemu) {
    const [, kind, addr, value, bytes, name = ""] = qemu;
    const at = Number(addr), region = name.replace(/-virtio-.*$/, "");
    const row = { kind, bytes: Number(bytes), value: Number(BigInt.asUintN(32, BigInt(value))) };
    if (region in REGIONS) return { ...row, device: name.replace(/^virtio-pci-\w+/, ""), place: PLACE.STRUCTURE, structure: REGIONS[region], at: at % 4096 };
    if (region !== "" && region !== "virtio-mmio") return null;
    return { ...row, device: Math.floor(at / 512), place: PLACE.MMIO, structure: 0, at: at % 512 };
  }
  const own = OWN.exec(line);
  if (!own) return null;
  const [, kind, addr, bytes, value] = own, at = Number(addr);
  return { kind, device: Math.floor(at / 512), place: PLACE.MMIO, structure: 0, at: at % 512, bytes: Number(bytes), value: Number(BigInt.asUintN(32, BigInt(value))) };
}
