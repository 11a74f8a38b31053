// SPDX-License-Identifier: MIT
"use strict";
// Numbers of the specification by name, as the description has them. The scripts type none of them.

const REGISTER = {}; // virtio-mmio: {offset, bytes}
const STRUCTURE = {}; // of virtio-pci: cfg_type
const STATUS = {}, FEATURE = {}, FLAG = {}; // device status, features of all devices, flags of a descriptor
const FIELD = {}; // {struct: {field: {offset, bytes}}} of both kinds of rings
const RING = {}; // {split, packed: [{name, head, each}]}: the areas of a ring
let MMIO_BYTES = 0; // of a register block, without the configuration

function learn(files) {
  const group = (file, name) => files.get(file).groups.find((one) => one.name === name).values;
  const values = (into, list) => list.forEach((one) => (into[one.name] = one.value));
  values(STATUS, group("status", "bits"));
  values(FEATURE, group("features", "features"));
  values(STRUCTURE, group("pci", "cap-type"));
  for (const ring of ["split", "packed"]) {
    const file = files.get(`${ring}-ring`);
    values(FLAG, group(`${ring}-ring`, "desc-flags"));
    RING[ring] = file.parts.map((one) => ({ name: one.name, head: one.head, each: one.per_entry }));
    for (const struct of file.structs)
      FIELD[struct.name] = Object.fromEntries(struct.fields.map((one) => [one.name, { offset: one.offset, bytes: one.size }]));
  }
  for (const one of files.get("mmio").registers) REGISTER[one.name] = { offset: one.offset, bytes: one.bytes };
  MMIO_BYTES = files.get("mmio").size;
}

// Addresses in the areas of a split ring: its flags, its index, entry i, and the word behind the last entry.
const STRUCTS = { avail: "virtq_avail", used: "virtq_used" };
const flagsAt = (area) => area.at + FIELD[STRUCTS[area.name]].flags.offset;
const indexAt = (area) => area.at + FIELD[STRUCTS[area.name]].idx.offset;
const entryAt = (area, i) => area.at + FIELD[STRUCTS[area.name]].ring.offset + RING.split.find((one) => one.name === area.name).each * i;
const eventAt = (area, size) => entryAt(area, size);
const bytesOfDescriptor = () => RING.split[0].each;
