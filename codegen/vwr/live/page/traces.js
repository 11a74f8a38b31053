// SPDX-License-Identifier: MIT
"use strict";
// A pasted trace of a driver's register accesses becomes a journal: QEMU's memory_region_ops_read and _write, and the
// runtime's vwr-trace lines. The monitor of the machine judges them; it has no memory to look at.

const QEMU = /memory_region_ops_(read|write) cpu -?\d+ mr \S+ addr (0x[0-9a-f]+) value (0x[0-9a-f]+) size (\d+)(?: name '([^']*)')?/;
const OWN = /vwr-trace \d+ \d+ (read|write) (\S+) (\S+) (\S+)/;
const REGIONS = { "virtio-pci-common": "COMMON_CFG", "virtio-pci-isr": "ISR_CFG", "virtio-pci-device": "DEVICE_CFG", "virtio-pci-notify": "NOTIFY_CFG" };
const STRUCTURE_BYTES = 4096; // of QEMU, which gives each structure a page

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
    if (region in REGIONS) return { ...row, device: name.replace(/^virtio-pci-\w+/, ""), place: PLACE.STRUCTURE, structure: STRUCTURE[REGIONS[region]], at: at % STRUCTURE_BYTES };
    if (region !== "" && region !== "virtio-mmio") return null;
    return { ...row, device: Math.floor(at / MMIO_BYTES), place: PLACE.MMIO, structure: 0, at: at % MMIO_BYTES };
  }
  const own = OWN.exec(line);
  if (!own) return null;
  const [, kind, addr, bytes, value] = own, at = Number(addr);
  return { kind, device: Math.floor(at / MMIO_BYTES), place: PLACE.MMIO, structure: 0, at: at % MMIO_BYTES, bytes: Number(bytes), value: Number(BigInt.asUintN(32, BigInt(value))) };
}
