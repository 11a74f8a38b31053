// SPDX-License-Identifier: MIT
"use strict";
// What an entry of the journal is about: a register, a word of a ring, a buffer.

// What barriers order, by enum page_order.
const ORDERS = ["loads and stores|loads and stores", "loads|loads", "stores|stores", "loads and stores|stores"].map((one) => one.split("|"));
const HOOKS = ["mb", "rmb", "wmb", "release"]; // of the port
const MOST_TABLE = 128; // descriptors of a table that the page shows

class Places {
  constructor(model, machine) {
    this.model = model;
    this.machine = machine;
    const split = (name) => model.struct("split-ring", name).fields;
    const packed = (name) => model.struct("packed-ring", name).fields;
    this.fields = {
      desc: split("virtq_desc"),
      avail: split("virtq_avail"),
      used: split("virtq_used"),
      element: split("virtq_used_elem"),
      packed: packed("pvirtq_desc"),
      event: packed("pvirtq_event_suppress"),
    };
    this.flags = model.group("split-ring", "desc-flags");
    this.packedFlags = this.flags.concat(model.group("packed-ring", "desc-flags"));
  }

  // ---- registers ----

  register(entry) {
    const { place, structure, at } = entry;
    const isConfig = (place === PLACE.MMIO && at >= REGISTER.Config.offset) || (place === PLACE.STRUCTURE && structure === STRUCTURE.DEVICE_CFG);
    if (isConfig) {
      const offset = place === PLACE.MMIO ? at - REGISTER.Config.offset : at;
      const field = this.model.configField(this.machine.scene.name, offset);
      if (!field) return { name: `config[${offset}]`, row: null, config: true };
      return { name: `config.${field.name}${offset > field.at ? ` +${offset - field.at}` : ""}`, row: field.field, config: true };
    }
    const found = this.model.register(place, structure, at);
    if (found) return found;
    if (place === PLACE.STRUCTURE && structure === STRUCTURE.NOTIFY_CFG) return { name: "notify", row: null };
    if (place === PLACE.STRUCTURE) return { name: `MSI-X table +${hex(at)}`, row: null };
    return { name: `configuration space +${hex(at)}`, row: null };
  }

  // A name that MMIO and PCI share, for faults: status, features, queue size ...
  role(entry) {
    const name = this.register(entry).name;
    const same = { device_status: "Status", driver_feature: "DriverFeatures", device_feature: "DeviceFeatures", queue_size: "QueueSize",
      queue_enable: "QueueReady", notify: "QueueNotify", isr_status: "InterruptStatus", driver_feature_select: "DriverFeaturesSel",
      device_feature_select: "DeviceFeaturesSel", queue_select: "QueueSel", config_generation: "ConfigGeneration" };
    if (name.startsWith("queue_desc")) return entry.at % 8 === 0 ? "QueueDescLow" : "QueueDescHigh";
    return same[name] ?? name;
  }

  accessText(entry) {
    const value = entry.changed ?? entry.value;
    const { row } = this.register(entry);
    switch (this.role(entry)) {
      case "Status": return this.model.flags(this.model.status, value);
      case "InterruptStatus": case "InterruptACK":
        return this.model.flags(this.model.files.get("mmio").bits.filter((one) => one.register === "InterruptStatus")
          .map((one) => ({ name: one.name, value: 1 << one.shift })), value);
      case "DeviceFeatures": case "DriverFeatures": return hex(value);
      default: return row?.value !== undefined || value > 4095 ? hex(value) : String(value);
    }
  }

  // ---- memory ----

  // A word of a ring: {ring, area, index, field, path}; of a table or a buffer: {ring, path}; null: anything else.
  word(at, rings = this.machine.ringsShown()) {
    for (const ring of rings)
      for (const area of ring.areas)
        if (at >= area.at && at < area.at + area.bytes) return this.inArea(ring, area, at - area.at);
    return this.inBuffer(at, rings);
  }

  fieldAt(fields, offset) {
    return fields.find((one) => offset >= one.offset && offset < one.offset + (one.size ?? 2));
  }

  inArea(ring, area, offset) {
    const lead = this.lead(ring);
    if (area.name === "desc") {
      const field = this.fieldAt(ring.packed ? this.fields.packed : this.fields.desc, offset % bytesOfDescriptor());
      const index = Math.floor(offset / bytesOfDescriptor());
      return { ring, area: "desc", index, field, path: `${lead}desc[${index}].${field.name}` };
    }
    if (ring.packed) {
      const field = this.fieldAt(this.fields.event, offset);
      return { ring, area: area.name, index: 0, field, path: `${lead}${area.name} ${field.name}` };
    }
    const first = entryAt(area, 0) - area.at, each = entryAt(area, 1) - entryAt(area, 0);
    if (offset < first) {
      const field = this.fieldAt(this.fields[area.name], offset);
      return { ring, area: area.name, index: -1, field, path: `${lead}${area.name}.${field.name}` };
    }
    const index = Math.floor((offset - first) / each);
    if (index >= ring.size) {
      const name = area.name === "avail" ? "used_event" : "avail_event";
      return { ring, area: area.name, index: -1, field: { name, size: 2 }, path: `${lead}${area.name}.${name}` };
    }
    const isUsed = area.name === "used";
    const field = isUsed ? this.fieldAt(this.fields.element, (offset - first) % each) : { name: "ring", size: each };
    return { ring, area: area.name, index, field, path: `${lead}${area.name}.ring[${index}]${isUsed ? `.${field.name}` : ""}` };
  }

  lead(ring) {
    return this.machine.scene.queues > 1 ? `queue ${ring.queue} ` : "";
  }

  // The descriptors of a ring in the memory that is shown.
  descriptors(ring, memory = this.machine.shadow) {
    return this.table(memory, ring.areas[0].at, ring.size, ring.packed);
  }

  table(memory, at, count, packed) {
    return Array.from({ length: count }, (_, i) => {
      const one = at + bytesOfDescriptor() * i, fields = packed ? FIELD.pvirtq_desc : FIELD.virtq_desc;
      const get = (name) => (fields[name] ? number(memory, one + fields[name].offset, fields[name].bytes) : null);
      return { index: i, at: one, addr: get("addr"), len: get("len"), flags: get("flags"), next: get("next"), id: get("id") };
    });
  }

  // The table that a descriptor refers to; null: none.
  indirect(ring, d, memory = this.machine.shadow) {
    if ((d.flags & FLAG.INDIRECT) === 0 || d.len === 0 || d.len % bytesOfDescriptor() !== 0 || d.len > MOST_TABLE * bytesOfDescriptor()) return null;
    const at = this.machine.pointer(ring.guest, d.addr);
    return at < 0 ? null : this.table(memory, at, d.len / bytesOfDescriptor(), ring.packed);
  }

  inBuffer(at, rings) {
    for (const ring of rings)
      for (const d of ring.packed ? this.packedChains(ring).flatMap((one) => one.descriptors) : this.descriptors(ring)) {
        const lead = `${this.lead(ring)}desc[${d.index}]`;
        const table = this.indirect(ring, d);
        if (table && at >= table[0].at && at < table[0].at + d.len) {
          const offset = at - table[0].at, index = Math.floor(offset / bytesOfDescriptor());
          const field = this.fieldAt(ring.packed ? this.fields.packed : this.fields.desc, offset % bytesOfDescriptor());
          return { ring, area: "table", index, field, path: `${lead}: table[${index}].${field.name}` };
        }
        for (const one of table ?? [d]) {
          const begin = this.machine.pointer(ring.guest, one.addr);
          if (begin >= 0 && at >= begin && at < begin + one.len)
            return { ring, area: "buffer", index: one.index, path: `buffer of ${lead}${table ? ` table[${one.index}]` : ""}${at > begin ? ` +${at - begin}` : ""}` };
        }
      }
    return null;
  }

  valueText(word, bytes) {
    if (!word?.field || bytes.length > 8) return spaced(bytes);
    const value = number(bytes, 0, bytes.length);
    if (word.area.endsWith("-event")) return this.eventText(word, value, bytes.length);
    if (word.field.name === "flags" && (word.area === "desc" || word.area === "table")) return this.model.flags(this.packedFlags, value);
    return word.field.name === "addr" ? hex(value) : short(value);
  }

  // Where a side of a packed ring wants a notification: one word of it, or both at once.
  eventText(word, value, bytes) {
    const [offset, wrap] = this.fields.event[0].bits;
    const where = `${value & ((1 << offset.width) - 1)}, wrap ${(value >> wrap.shift) & 1}`;
    const when = this.model.nameOf(this.model.group("packed-ring", "event-flags"), (bytes === 4 ? value >>> 16 : value) & 3);
    return bytes === 4 ? `${where}, ${when}` : word.field.name === "desc" ? where : when;
  }

  // ---- chains ----

  // The chains of a ring: [{head, descriptors: [d], owner}], in the order of their heads; idle descriptors are in none.
  chains(ring, memory = this.machine.shadow) {
    return ring.packed ? this.packedChains(ring) : this.splitChains(ring, memory);
  }

  // Chains that the device has: made available and not used.
  splitChains(ring, memory) {
    const [, avail, used] = ring.areas, n = ring.size;
    const table = this.descriptors(ring, memory);
    const end = number(memory, indexAt(avail), 2), done = number(memory, indexAt(used), 2);
    const held = new Map();
    const count = (end - done) & 0xffff;
    if (count > n && !ring.inOrder) return [];
    for (let i = Math.max(0, end - n); i < end; i++) {
      const head = number(memory, entryAt(avail, i % n), 2);
      held.set(head, (held.get(head) ?? 0) + 1);
    }
    for (let i = Math.max(0, done - (n - count)); i < done; i++) {
      const head = this.element(memory, used, i % n).id;
      if (held.has(head)) held.set(head, held.get(head) - 1);
    }
    return [...held].filter(([head]) => head < n).map(([head, times]) => {
      const found = [];
      for (let i = head; found.length < n; i = table[i].next) {
        if (i >= n || found.includes(table[i])) break;
        found.push(table[i]);
        if ((table[i].flags & FLAG.NEXT) === 0) break;
      }
      return { head, descriptors: found, owner: times > 0 ? END.DEVICE : END.DRIVER, written: times > 0 ? null : this.usedLength(ring, memory, head, done) };
    });
  }

  // An entry of the used ring.
  element(memory, used, i) {
    const at = entryAt(used, i), { id, len } = FIELD.virtq_used_elem;
    return { at, id: number(memory, at + id.offset, id.bytes), len: number(memory, at + len.offset, len.bytes) };
  }

  // The length in the newest used entry of a head.
  usedLength(ring, memory, head, done) {
    for (let i = done - 1; i >= 0 && i >= done - ring.size; i--) {
      const { id, len } = this.element(memory, ring.areas[2], i % ring.size);
      if (id === head) return len;
    }
    return null;
  }

  // The device overwrites the first descriptor of a chain, so the chains are what the driver stored earlier in the
  // journal: {head, descriptors, owner, written}.
  packedChains(ring) {
    const { journal, position } = this.machine, key = `${ring.guest}.${ring.queue}`;
    const last = this.kept?.get(key);
    if (last?.journal === journal && last.length === journal.length && last.position === position) return last.chains;
    const chains = this.findPackedChains(ring, journal, position);
    (this.kept ??= new Map()).set(key, { journal, length: journal.length, position, chains });
    return chains;
  }

  findPackedChains(ring, journal, position) {
    const [area] = ring.areas;
    const memory = new Uint8Array(area.bytes), chains = new Map();
    for (const one of journal.slice(0, position)) {
      if (one.kind !== "store" || one.at < area.at || one.at >= area.at + area.bytes) continue;
      memory.set((one.now ?? one.old).subarray(0, area.at + area.bytes - one.at), one.at - area.at);
      const bytes = bytesOfDescriptor(), index = Math.floor((one.at - area.at) / bytes);
      if (((one.at - area.at) % bytes) + one.old.length <= FIELD.pvirtq_desc.flags.offset) continue; // not the flags
      if (one.end === END.DRIVER) this.addPacked(chains, this.table(memory, 0, ring.size, true), index, area.at);
      else if (chains.has(index)) Object.assign(chains.get(index), { owner: END.DRIVER, written: this.table(memory, 0, ring.size, true)[index].len });
    }
    return [...chains.values()];
  }

  addPacked(chains, table, head, base) {
    const descriptors = [];
    for (let i = head; descriptors.length < table.length; i = (i + 1) % table.length) {
      descriptors.push({ ...table[i], at: base + table[i].at });
      if ((table[i].flags & FLAG.NEXT) === 0) break;
    }
    for (const d of descriptors)
      for (const [key, chain] of chains) if (chain.descriptors.some((one) => one.index === d.index)) chains.delete(key);
    chains.set(head, { head, descriptors, owner: END.DEVICE, written: null });
  }

  // The bytes of a chain that the driver wrote, and those for the device; with tables.
  bytesOf(ring, chain, memory = this.machine.shadow) {
    const parts = [[], []];
    for (const d of chain.descriptors)
      for (const one of this.indirect(ring, d, memory) ?? [d]) {
        const at = this.machine.pointer(ring.guest, one.addr);
        if (at >= 0) parts[(one.flags & FLAG.WRITE) !== 0 ? 1 : 0].push(memory.subarray(at, at + one.len));
      }
    return parts.map((list) => {
      const all = new Uint8Array(list.reduce((sum, one) => sum + one.length, 0));
      list.reduce((offset, one) => (all.set(one, offset), offset + one.length), 0);
      return all;
    });
  }

  // ---- an entry in words ----

  // Who, what and where, as the stops of the course name entries: "driver store avail.idx", "you call read".
  named(entry) {
    const who = entry.kind === "call" || entry.kind === "return" ? "you" : OWNER[entry.end];
    switch (entry.kind) {
      case "call": case "return": return `${who} ${entry.kind} ${entry.text}`;
      case "read": case "write": return `${who} ${entry.kind} ${this.role(entry)}=${this.accessText(entry)}`;
      case "store": case "load": {
        const word = this.word(entry.at), where = word ? [word.area, word.field?.name].filter(Boolean).join(".") : this.machine.address(entry.at) ? "memory" : "surface";
        return `${who} ${entry.kind} ${where}`;
      }
      case "barrier": return `${who} barrier ${HOOKS[entry.order]}`;
      case "finding": return `${who} ${this.model.rules[entry.rule][0]}`;
      default: return `${who} ${entry.kind}`;
    }
  }

  // `index`: of the entry, if it is not the one at the position.
  text(entry, index = this.machine.position - 1) {
    const rings = this.machine.ringsAt(index);
    switch (entry.kind) {
      case "call": return entry.text;
      case "return": return `${entry.text}: ${entry.trap ? entry.trap : entry.result < 0 ? entry.means : entry.result === 0 ? "done" : entry.result}`;
      case "read": return `reads ${this.register(entry).name} = ${this.accessText(entry)}${entry.changed !== undefined ? " (changed on the way)" : ""}`;
      case "write": return `writes ${this.register(entry).name} = ${this.accessText(entry)}${entry.dropped ? " (lost on the way)" : entry.changed !== undefined ? ` (was ${hex(entry.value)})` : ""}`;
      case "interrupt": return `interrupt: ${this.interruptText(entry)}${entry.lost ? " (lost on the way)" : ""}`;
      case "finding": return entry.text;
      case "broken": return "the device is broken";
      case "store": return entry.why ? `changes ${this.wordText(entry, entry.now, rings)}, was ${this.valueText(this.word(entry.at, rings), entry.old)} (${entry.why})` : `stores ${this.wordText(entry, entry.now ?? entry.old, rings)}`;
      case "barrier": return `barrier (vwr_port_${HOOKS[entry.order]}): earlier ${ORDERS[entry.order][0]} come before later ${ORDERS[entry.order][1]}`;
      case "load": return `loads ${this.wordText(entry, entry.value, rings)}${entry.times ? `, ${entry.times} times` : ""}`;
      default: return entry.kind;
    }
  }

  interruptText(entry) {
    const bits = this.model.files.get("mmio").bits.filter((one) => one.register === "InterruptStatus");
    return this.model.flags(bits.map((one) => ({ name: one.name, value: 1 << one.shift })), entry.reasons) + (entry.message ? ", by a message" : "");
  }

  wordText(entry, bytes, rings) {
    const word = this.word(entry.at, rings);
    if (word?.area === "desc" && word.ring.packed && bytes.length === 8 && word.field.name === "len") {
      const [len, id, flags] = [number(bytes, 0, 4), number(bytes, 4, 2), number(bytes, 6, 2)];
      return `${word.path} = ${len}, id = ${id}, flags = ${this.model.flags(this.packedFlags, flags)}`;
    }
    const many = entry.kind === "store" ? entry.old.length : entry.bytes;
    const where = word ? word.path : this.machine.address(entry.at) ? hex(this.machine.address(entry.at).addr) : this.surfaceText(entry.at);
    if (entry.kind === "load" && many > entry.value.length) return `${where}, ${many} bytes`;
    return `${where} = ${this.valueText(word, bytes)}${many > 8 ? ` (${many} bytes)` : ""}`;
  }

  surfaceText(at) {
    const base = this.machine.x.live_surface_of(0) + 16;
    const index = at - base < 0 ? -16 : 0;
    if (index < 0) return "the size of the device's output";
    return `the device's ${["memory", "terminal", "medium", "screen"][this.machine.scene.surface]} +${at - base}`;
  }
}
