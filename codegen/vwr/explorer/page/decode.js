// SPDX-License-Identifier: MIT
"use strict";
// What a pasted text is: a list of {title, lines, links}; links are anchors of the page.

const deviceNamed = (rows, name) => rows.devices.find((one) => one.name === name);

function featuresOf(rows, device, value, word) {
  const known = (device ? device.features : []).concat(rows.reserved);
  return bitsOf(value).map((bit) => {
    const row = known.find(([number]) => number === bit + 32 * word);
    return row ? `${row[1]} (${bit + 32 * word})` : `bit ${bit + 32 * word}`;
  });
}

function registerAt(list, offset) {
  return list.find(([, at, bytes]) => offset >= at && offset < at + bytes);
}

function configAt(device, offset) {
  const field = device && device.fields.filter(([, at]) => at !== null && at <= offset).pop();
  return field ? `${device.name}.config.${field[0]}` : "";
}

// A value of a register as text. `state` has the selectors and the device type that were seen.
function valueOf(rows, state, [name, , , , bank], value) {
  const number = Number(value);
  const device = rows.devices.find((one) => one.id === state.type) || state.device;
  const of = name.replace(/^.*\./, "");
  if (/Status$|^device_status$/.test(of) && of !== "InterruptStatus") return masked(value, rows.status);
  if (of === "MagicValue") return number === rows.magic ? '"virt"' : "not the magic value";
  if (of === "DeviceID") {
    state.type = number;
    return (rows.types.find(([id]) => id === number) || [0, "unknown"])[1];
  }
  if (/Sel$|_select$/.test(of)) state.selected[of] = number;
  if (/Features$|_feature$/.test(of)) return featuresOf(rows, device, value, state.selected[bank] || 0).join(", ") || "none";
  if (of.startsWith("Interrupt") || of === "isr") return masked(value, rows.isr);
  if (bank) return `queue ${state.selected[bank] || 0}`;
  return "";
}

function accessLine(rows, state, verb, list, key, offset, value) {
  const row = registerAt(list, offset);
  if (!row) return [`${verb} offset ${hex(offset)} = ${hex(value)}: no register`, null];
  const config = row[0] === "Config" ? configAt(rows.devices.find((one) => one.id === state.type) || state.device, offset - row[1]) : "";
  const words = valueOf(rows, state, row, value);
  return [`${verb} ${config || row[0]} = ${hex(value)}${words ? `: ${words}` : ""}`, `${key}.${row[0]}`];
}

const EVENTS = {
  add: ["queue", "buffer id", "descriptors"], kick: ["queue", "buffers", "notified"], take: ["queue", "buffer id", "bytes written"],
  irq: ["reasons"], arm: ["queue", "clean"], stop: ["queue", "result"], place: ["address", "cfg_type", "device type", "bytes"],
};

function traceOf(rows, lines, device) {
  const state = { selected: {}, device, type: null }, out = [], links = new Set();
  const put = ([text, link]) => (out.push(text), link && links.add(link));
  for (const line of lines) {
    const qemu = /memory_region_ops_(read|write) cpu -?\d+ mr \S+ addr (0x[0-9a-f]+) value (0x[0-9a-f]+) size \d+(?: name '([^']*)')?/.exec(line);
    const own = /vwr-trace \d+ \d+ ([a-z]+) ([-0-9a-fx ]+)/.exec(line);
    if (qemu && /^virtio-pci-(common|isr|notify)/.test(qemu[4] || "")) {
      const offset = Number(BigInt(qemu[2]) & 0xfffn); // QEMU's structures begin at pages
      if (qemu[4].startsWith("virtio-pci-common")) put(accessLine(rows, state, qemu[1], rows.common, "pci", offset, BigInt(qemu[3])));
      else put([qemu[4].startsWith("virtio-pci-isr") ? `${qemu[1]} isr = ${qemu[3]}: ${masked(qemu[3], rows.isr)}` : `notify, value ${qemu[3]}`, null]);
    } else if (qemu && (qemu[4] === undefined || qemu[4] === "virtio-mmio"))
      put(accessLine(rows, state, qemu[1], rows.mmio, "mmio", Number(BigInt(qemu[2]) % BigInt(rows.size)), BigInt(qemu[3])));
    else if (own && /^(read|write)$/.test(own[1])) {
      const [address, , value] = own[2].trim().split(/\s+/);
      put(accessLine(rows, state, own[1], rows.mmio, "mmio", Number(BigInt(address) % BigInt(rows.size)), BigInt(value)));
    } else if (own && EVENTS[own[1]])
      put([`${own[1]}: ` + own[2].trim().split(/\s+/).map((word, at) => `${EVENTS[own[1]][at] || ""} ${word}`).join(", "), null]);
  }
  return out.length ? [{ title: `Trace: ${out.length} accesses and events`, lines: out, links: [...links] }] : [];
}

function registersOf(rows, pairs, device, title) {
  const state = { selected: {}, device, type: null }, links = new Set();
  const lines = pairs.filter(([offset]) => registerAt(rows.mmio, offset)).map(([offset, value]) => {
    const [text, link] = accessLine(rows, state, hex(offset), rows.mmio, "mmio", offset, value);
    links.add(link);
    return text;
  });
  return [{ title, lines, links: [...links] }];
}

// A number has several meanings; a word before it chooses one.
function numberMeans(rows, word, value, device) {
  const found = [], wants = (name) => !word || name.startsWith(word);
  const add = (title, lines, links = []) => found.push({ title, lines: [].concat(lines), links });
  const small = value < 1n << 53n ? Number(value) : null;
  const mask = rows.status.reduce((sum, [bit]) => sum | bit, 0);
  if (wants("status") && small !== null && small <= 0xff && (word || !(small & ~mask)))
    add("Device status", small ? masked(value, rows.status) : "reset, or not started", ["status"]);
  const type = rows.types.find(([id]) => id === small), pci = rows.pci;
  if (wants("id") && type) add("Device type", type[1], rows.devices.filter((one) => one.id === small).map((one) => one.name));
  const id = small !== null && small > 0xffff ? [small & 0xffff, Math.floor(small / 65536)] : [small];
  const number = id.find((one) => one >= pci.DEVICE_ID_MIN && one <= pci.DEVICE_ID_MAX);
  if (wants("id") && number !== undefined && (id.length === 1 || id.includes(pci.VENDOR_ID))) {
    const modern = number - pci.DEVICE_ID_MODERN_BASE;
    const kind = (rows.types.find(([one]) => one === modern) || [0, "unknown"])[1];
    add("PCI device id", number <= pci.DEVICE_ID_TRANSITIONAL_MAX ? "a transitional device" : `type ${modern}, ${kind}`, ["pci"]);
  }
  if (wants("address") && small !== null) {
    const offset = small % rows.size, base = small - offset, row = registerAt(rows.mmio, offset);
    if (row && (word || small < rows.size || offset)) {
      const field = row[0] === "Config" ? configAt(device, offset - row[1]) : "";
      add(`MMIO register${base ? ` of the device at ${hex(base)}` : ""}`, `${field || row[0]} (offset ${hex(offset)}): ${row[5]}`, [`mmio.${row[0]}`]);
    }
    const common = registerAt(rows.common, small);
    if (common) add("PCI common configuration", `${common[0]} (offset ${hex(small)}): ${common[5]}`, [`pci.${common[0]}`]);
  }
  if (wants("features") && value) {
    const who = device ? device.name : "any device";
    add(`Features of ${who}`, featuresOf(rows, device, value, 0).join(", "), [device ? `${device.name}.features` : "features.features"]);
    if (value < 1n << 32n && !word) add(`Features of ${who}, word 1`, featuresOf(rows, device, value, 1).join(", "));
  }
  return found;
}

// `names` are the anchors of the page, for a name; in a test there may be none.
function decode(rows, text, name, names = []) {
  const device = deviceNamed(rows, name), lines = text.split(/\r?\n/).filter((line) => line.trim());
  if (!lines.length) return [];
  const trace = traceOf(rows, lines, device);
  if (trace.length) return trace;
  const one = /^\s*(?:(status|features|address|id)\s*[:=]?\s*)?([0-9a-fx]+)\s*$/i.exec(lines[0]);
  const value = one && lines.length === 1 ? numberOf(one[2]) : null;
  if (value !== null) return numberMeans(rows, (one[1] || "").toLowerCase(), value, device);
  const pairs = lines.map((line) => /^\s*(0x[0-9a-f]{1,16})[\s:=]+(0x[0-9a-f]{1,8})\s*$/i.exec(line));
  const isDump = lines.every((line) => /^\s*(0x)?[0-9a-f]+(\s*<[^>]*>)?:/i.test(line)) && pairs.length > 0 && lines.length > 1;
  if (pairs.every(Boolean) && !isDump)
    return registersOf(rows, pairs.map(([, at, word]) => [Number(BigInt(at) % BigInt(rows.size)), BigInt(word)]), device, "Registers");
  const dump = dumpOf(lines);
  if (dump) {
    const words = [], first = Number(dump.address % BigInt(rows.size)), base = dump.address - BigInt(first);
    for (let at = 0; at + 4 <= dump.bytes.length; at += 4) words.push([first + at, little(dump.bytes, at, 4)]);
    const ring = first || words[0][1] !== BigInt(rows.magic) ? ringOf(rows, dump.bytes) : [];
    return ring.length ? ring : registersOf(rows, words, device, `Registers of the device at ${hex(base)}`);
  }
  const word = text.trim().toLowerCase().replace(/^(virtio|vwr)_/, "").replace(/^[a-z0-9]+_f_/, "");
  const matching = names.filter((name) => [name.split(".").pop(), name.replace(".s.", "_")].some((one) => one.toLowerCase() === word));
  const near = matching.length || word.length < 3 ? matching : names.filter((name) => name.toLowerCase().includes(word)).slice(0, 30);
  return near.length ? [{ title: "Names", lines: [], links: near }] : [];
}
