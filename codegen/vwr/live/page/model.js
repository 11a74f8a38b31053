// SPDX-License-Identifier: MIT
"use strict";
// The description, as virtwright.json has it: names and places of what the ends read and write.

class Model {
  constructor(data, rules) {
    this.files = new Map(data.files.map((one) => [one.name, one]));
    learn(this.files);
    this.sizes = data.numbers;
    this.rules = rules; // [name, clause, level, side, section], by number
    this.blocks = new Map(this.files.get("pci").blocks.map((one) => [one.name, one.registers]));
    this.status = this.group("status", "bits");
    this.reserved = this.group("features", "features");
  }

  group(file, name) {
    const found = (this.files.get(file)?.groups ?? []).find((one) => one.name === name);
    return found ? found.values : [];
  }

  struct(file, name) {
    return (this.files.get(file)?.structs ?? []).find((one) => one.name === name);
  }

  device(name) {
    const one = this.files.get(name);
    return one?.kind === "device" ? one : null;
  }

  // Features of a device that the modern interface has.
  ownFeatures(device) {
    return this.group(device, "features").filter((one) => one.only !== "legacy");
  }

  // And those of all devices.
  features(device) {
    return this.ownFeatures(device).concat(this.reserved.filter((one) => one.only !== "legacy"));
  }

  // The names of the flags in a number; what has no name stays a number.
  flags(values, number) {
    const named = values.filter((one) => one.value !== 0 && (number & one.value) === one.value);
    const rest = named.reduce((left, one) => left & ~one.value, number) >>> 0;
    const words = named.map((one) => one.name);
    if (rest !== 0) words.push(hex(rest));
    return words.join("|") || "0";
  }

  nameOf(values, number) {
    const found = values.find((one) => one.value === number);
    return found ? found.name : "";
  }

  // The register of a transport at an offset: {name, row, base}, or null.
  register(place, structure, at) {
    if (place === PLACE.MMIO) return this.rowAt(this.files.get("mmio").registers.filter((one) => one.only !== "legacy"), at);
    if (place !== PLACE.STRUCTURE) return null;
    if (structure === STRUCTURE.COMMON_CFG) return this.rowAt(this.blocks.get("common_cfg"), at);
    if (structure === STRUCTURE.ISR_CFG) return this.rowAt(this.blocks.get("isr_cfg"), at);
    return null;
  }

  rowAt(rows, at) {
    const row = rows.find((one) => at >= one.offset && at < one.offset + one.bytes);
    return row ? { name: row.name, row, base: row.offset } : null;
  }

  // A field of the device's configuration: {name, field}.
  configField(device, at) {
    const config = this.struct(device, "config");
    return config ? this.fieldAt(device, config, at, "") : null;
  }

  fieldAt(file, struct, at, lead) {
    for (const field of struct.fields) {
      if (at < field.offset || (field.size && at >= field.offset + field.size)) continue;
      const inner = this.struct(file, field.type);
      const path = lead + field.name;
      if (!inner) return { name: path, field, at: field.offset };
      const index = Math.floor((at - field.offset) / inner.size);
      const deeper = this.fieldAt(file, inner, (at - field.offset) % inner.size, `${path}${field.count ? `[${index}]` : ""}.`);
      return deeper ?? { name: path, field, at: field.offset };
    }
    return null;
  }

  // The leaves of a struct in memory: [{name, value, text, brief}].
  leaves(file, struct, bytes, at = 0, lead = "") {
    const found = [];
    for (const field of struct.fields) {
      const begin = at + field.offset;
      const inner = this.struct(file, field.type);
      const many = Array.isArray(field.count) ? field.count[0] : field.count;
      if (inner) {
        const count = typeof many === "number" ? many : 1;
        for (let i = 0; i < count; i++)
          found.push(...this.leaves(file, inner, bytes, begin + i * inner.size, `${lead}${field.name}${many ? `[${i}]` : ""}.`));
        continue;
      }
      const size = field.size ?? 0;
      if (begin + size > bytes.length || size === 0) continue;
      const one = this.sizes[field.type] ?? size;
      const value = one === size ? number(bytes, begin, size, field.type.startsWith("be")) : null;
      found.push({
        name: lead + field.name,
        value,
        text: value === null ? spaced(bytes.subarray(begin, begin + size)) : this.valueText(file, field, value),
        brief: field.brief ?? "",
        at: begin,
        size,
        unit: field.unit,
      });
    }
    return found;
  }

  // The message that a form is about; none: the form is about the configuration.
  formRow(device, action) {
    const words = action.replace(/^(answer|send) /, "").toLowerCase().replaceAll(" ", "_");
    return (this.device(device)?.messages ?? []).flatMap((one) => one.rows).find((one) => one.name.toLowerCase() === words);
  }

  // The field that an input of a form sets.
  inputField(device, row, input) {
    const parts = row ? (row.out ?? []).concat(row.back ?? []) : [{ struct: "config" }];
    if (row?.status && input === "status")
      return row.status.path.split(".").reduce(([struct], name) => {
        const field = this.struct(device, struct)?.fields.find((one) => one.name === name);
        return [field?.type, field];
      }, [parts.find((one) => one.name === row.status.part)?.struct])[1];
    const fields = parts.flatMap((part) => this.struct(device, part.struct)?.fields ?? []);
    return fields.find((one) => one.name === input) ?? fields.find((one) => input.endsWith(`_${one.name}`));
  }

  // The names that an input of a form can have: [{name, value}]; none: it is a number.
  choices(device, action, input) {
    const row = this.formRow(device, action), field = this.inputField(device, row, input);
    const group = (this.files.get(device)?.groups ?? []).find((one) => one.name === field?.values);
    if (group?.kind === "enums") return group.values;
    const known = row?.status && input === "status" ? [...(row.ok ?? []), row.refuse, row.out_of_range].filter(Boolean) : [];
    return known.length > 1 ? known : [];
  }

  // What the description says of an input of a message's form: brief, unit, limits.
  about(device, action, input) {
    const field = this.inputField(device, this.formRow(device, action), input);
    if (!field) return "";
    const limits = ["min", "max"].filter((one) => field[one] !== undefined || field.range?.[one] !== undefined).map((one) => `${one} ${field[one] ?? field.range[one]}`);
    return [field.brief, field.unit && `Unit: ${field.unit}.`, limits.length ? `Limits: ${limits.join(", ")}.` : ""].filter(Boolean).join(" ");
  }

  valueText(file, field, value) {
    const values = field.values ? this.group(file, field.values) : [];
    const kind = (this.files.get(file).groups ?? []).find((one) => one.name === field.values)?.kind;
    if (kind === "flags") return this.flags(values, Number(value));
    const name = this.nameOf(values, Number(value));
    return name ? `${name} (${short(value)})` : short(value);
  }

  // The message of a chain: the bytes that the driver wrote and those for the device. null: not described.
  message(device, queue, out, back, has) {
    const file = this.device(device);
    const groups = (file?.messages ?? []).filter((one) => one.queue === queue);
    for (const group of groups)
      for (const row of group.rows)
        if (this.selects(device, group, row, out, back)) return { group, row, parts: this.parts(device, group, row, out, back, has) };
    return null;
  }

  selects(device, group, row, out, back) {
    if (!group.select || !row.values) return (row.out ?? []).length === 0 ? out.length === 0 : out.length > 0;
    return group.select.every((place, i) => {
      const bytes = place.side === "R" ? out : back;
      const size = this.sizes[place.type];
      if (place.offset === undefined || place.offset + size > bytes.length) return false;
      const got = Number(number(bytes, place.offset, size, place.type.startsWith("be")));
      const mask = place.width >= 32 ? 0xffffffff : (1 << place.width) - 1;
      return ((got >>> place.shift) & mask) >>> 0 === row.values[i] || got === row.values[i];
    });
  }

  // The size of a part with the features that were negotiated.
  sizeOf(device, part, has) {
    const sizes = part.struct && this.struct(device, part.struct)?.sizes;
    return sizes ? sizes.find(([, all]) => all.every((any) => any.some(has)))[0] : part.size;
  }

  // Parts in the order of the wire: those with a fixed size have it, one without takes the rest.
  parts(device, group, row, out, back, has) {
    const cut = (list, bytes, side) => {
      const sizes = (list ?? []).map((one) => (one.struct || one.type) && typeof (one.count ?? 1) === "number" ? this.sizeOf(device, one, has) * (one.count ?? 1) : null);
      const known = sizes.reduce((sum, one) => sum + (one ?? 0), 0);
      let at = 0, rest = Math.max(0, bytes.length - known);
      return (list ?? []).map((part, i) => {
        const size = sizes[i] ?? rest;
        if (sizes[i] === null) rest = 0;
        const piece = bytes.subarray(at, at + size);
        at += size;
        const struct = part.struct ? this.struct(device, part.struct) : null;
        const many = struct && struct.size ? Math.max(1, Math.floor(piece.length / struct.size)) : 0; // a shorter one is one
        const leaves = [];
        for (let n = 0; struct && n < Math.min(many, 16); n++)
          leaves.push(...this.leaves(device, struct, piece, n * struct.size, many > 1 ? `[${n}].` : ""));
        return { side, part, begin: at - size, bytes: piece, leaves };
      });
    };
    const parts = cut(row.out, out, "driver").concat(cut(row.back, back, "device"));
    this.nameValues(group, row, parts);
    return parts;
  }

  // The names of what selects the message, and of its status.
  nameValues(group, row, parts) {
    const known = [row.refuse, row.out_of_range, ...(row.ok ?? [])].filter(Boolean);
    const name = (place, side, called) => {
      const leaves = parts.filter((one) => one.side === side).flatMap((one) => one.leaves.map((leaf) => [one, leaf]));
      const isThere = ([one, leaf]) => (one.part.name === place.part && leaf.name === place.path) || one.begin + leaf.at === place.offset;
      const leaf = leaves.find(isThere)?.[1];
      if (leaf && typeof leaf.value === "number" && leaf.text === short(leaf.value) && called(leaf.value)) leaf.text = `${called(leaf.value)} (${leaf.text})`;
    };
    for (const place of group.select ?? []) name(place, place.side === "R" ? "driver" : "device", () => row.name);
    if (row.status) name(row.status, "device", (value) => known.find((one) => one.value === value)?.name);
  }
}

const PLACE = { MMIO: 0, SPACE: 1, STRUCTURE: 2 };

const hex = (value) => "0x" + BigInt.asUintN(64, BigInt(value)).toString(16);
const short = (value) => (value > 9n || value > 9 ? `${value > 4095 ? hex(value) : value}` : `${value}`);
const spaced = (bytes) => [...bytes.subarray(0, 64)].map((one) => one.toString(16).padStart(2, "0")).join(" ") + (bytes.length > 64 ? " …" : "");

function number(bytes, at, size, big = false) {
  let value = 0n;
  for (let i = 0; i < size; i++) value |= BigInt(bytes[at + (big ? size - 1 - i : i)]) << BigInt(8 * i);
  return size > 4 ? value : Number(value);
}
