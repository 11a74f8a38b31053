// SPDX-License-Identifier: MIT
"use strict";
// What the user can break. A fault acts between the ends: it changes, drops or adds a register access, a store or an
// interrupt, once, and the machine goes on. `rule` is the rule of the monitor that names it.

class Fault {
  // `make` returns the hooks: accessed(machine, entry), stored(machine, entry), interrupted(machine, entry).
  constructor(id, side, title, rule, needs, make) {
    Object.assign(this, { id, side, title, rule, needs, make });
    this.arm();
  }

  arm() {
    this.fired = false;
    Object.assign(this, { accessed: undefined, stored: undefined, interrupted: undefined, ended: undefined }, this.make(this));
  }
}

// The nth access of a kind to a register, by its role.
const access = (kind, role, act, nth = 1) => (fault) => {
  let seen = 0;
  return {
    accessed(machine, entry) {
      if (fault.fired || entry.kind !== kind || machine.places.role(entry) !== role) return;
      if (++seen < nth) return;
      if (act(entry, machine) !== false) fault.fired = true;
    },
  };
};

// The nth store to a field of a ring.
const store = (area, field, act, nth = 1) => (fault) => {
  let seen = 0;
  return {
    stored(machine, entry) {
      if (fault.fired || entry.end === END.PAGE) return;
      const word = machine.places.word(entry.at, machine.ringsNow());
      if (word?.area !== area || word.field?.name !== field || ++seen < nth) return;
      const value = number(entry.now, 0, entry.now.length);
      const result = act({ value, entry, word, machine, ring: word.ring });
      if (result === false) return;
      fault.fired = true;
      if (result !== undefined) machine.put(entry.at, little(result, entry.now.length), fault.title);
    },
  };
};

const change = (next) => (entry, machine) => {
  const value = next(entry.value, machine);
  if (value === false) return false;
  entry.changed = value >>> 0;
  return true;
};
const drop = (entry) => {
  entry.dropped = true;
};
const little = (value, bytes) => Uint8Array.from({ length: bytes }, (_, i) => Number((BigInt.asUintN(64, BigInt(value)) >> BigInt(8 * i)) & 0xffn));

// After the notification, while the device has the chain: the driver polls.
const whileHeld = (act) => (fault) => {
  let ring = null;
  return {
    accessed(machine, entry) {
      if (entry.kind === "write" && machine.places.role(entry) === "QueueNotify") ring = machine.ringsNow()[0];
    },
    looked(machine) {
      if (fault.fired || ring === null) return;
      fault.fired = true;
      act(machine, ring, fault.title);
    },
  };
};

// A write to a register of virtio-mmio before a write to another; `when`: which one.
const before = (role, name, value, when = () => true) => access("write", role, (entry, machine) => {
  if (!when(entry.value)) return false;
  const offset = name ? REGISTER[name].offset : noRegister();
  machine.x.live_inject(entry.guest, offset, WORD, value);
});
const WORD = 4; // bytes of a write

// An offset without a register.
function noRegister() {
  const used = new Set(Object.values(REGISTER).map((one) => one.offset));
  for (let offset = 0; ; offset += WORD) if (!used.has(offset)) return offset;
}

const REWRITTEN = 1; // a descriptor that the disk's driver stores for each request, so that a change lasts for one
const SPLIT = { packed: false, indirect: false, inOrder: false };
const PACKED = { packed: true, indirect: false, inOrder: false };
const MMIO = { bus: 0 };
const SLOWLY = 80000; // microseconds of a slow device: a driver sleeps after 50000, and one that never sleeps gives up after 100000

const FAULTS = [
  // ---- the driver: registers ----
  ["no-reset", "driver", "no reset before the first status", "STATUS_NO_RESET", MMIO, access("write", "Status", (e) => e.value === 0 && drop(e))],
  ["status-order", "driver", "DRIVER before ACKNOWLEDGE", "STATUS_ORDER", {}, access("write", "Status", change(() => STATUS.DRIVER), 2)],
  ["status-cleared", "driver", "DRIVER_OK clears FEATURES_OK", "STATUS_CLEARED", {}, access("write", "Status", change((v) => (v & STATUS.DRIVER_OK ? v & ~STATUS.FEATURES_OK : false)))],
  ["features-unread", "driver", "the device's features are not read", "FEATURES_UNREAD", {}, (fault) => ({
    accessed(machine, entry) {
      if (entry.kind === "read" && machine.places.role(entry) === "DeviceFeatures") entry.dropped = fault.fired = true;
    },
  })],
  ["not-offered", "driver", "a feature that was not offered is accepted", "FEATURE_NOT_OFFERED", {}, access("write", "DriverFeatures", change((v) => v | 0x00800000))],
  ["no-version-1", "driver", "VERSION_1 is not accepted", "FEATURE_VERSION_1", {}, access("write", "DriverFeatures", change((v) => v & ~1), 2)],
  ["features-ok-unread", "driver", "FEATURES_OK is not read back", "FEATURES_OK_UNREAD", {}, access("read", "Status", (e) => (e.value & STATUS.FEATURES_OK ? drop(e) : false))],
  ["notify-early", "driver", "notification before DRIVER_OK", "NOTIFY_EARLY", MMIO, before("Status", "QueueNotify", 0, (v) => v & STATUS.DRIVER_OK)],
  ["queue-size", "driver", "a queue that is larger than the device allows", "QUEUE_SIZE", MMIO, access("write", "QueueSize", change((v) => 4 * v))],
  ["queue-frozen", "driver", "the size of a queue changes while it is ready", "QUEUE_FROZEN", MMIO, before("Status", "QueueSize", 2, (v) => v & STATUS.DRIVER_OK)],
  ["ring-align", "driver", "a ring that is not aligned", "SPLIT_ALIGN", { ...SPLIT, ...MMIO }, access("write", "QueueDeviceLow", change((v) => v + 2))],
  ["ring-virtual", "driver", "a virtual address of a ring", "QUEUE_MEMORY", {}, access("write", "QueueDescLow", change((v, m) => m.x.live_ram_of(0) + (v - (m.x.live_ram_at() >>> 0))))],
  ["read-only", "driver", "a read-only register is written", "REGISTER_READ_ONLY", MMIO, before("QueueSel", "VendorID", 1)],
  ["no-kick", "driver", "no notification of a buffer", "KICK_MISSING", { ...SPLIT, event: false }, access("write", "QueueNotify", drop)],
  ["no-kick-event", "driver", "no notification that the event index asks for", "KICK_MISSING_EVENT", { ...SPLIT, event: true }, access("write", "QueueNotify", drop)],
  ["no-ack", "driver", "an interrupt is not acknowledged", "ACK_MISSING", { ...MMIO, slow: SLOWLY }, (fault) => ({
    accessed(machine, entry) {
      if (entry.kind === "write" && machine.places.role(entry) === "InterruptACK") entry.dropped = fault.fired = true;
    },
  })],
  ["ack-unread", "driver", "an interrupt is acknowledged unread", "INTERRUPT_UNREAD", { ...MMIO, slow: SLOWLY }, (fault) => ({
    accessed(machine, entry) {
      if (entry.kind === "read" && machine.places.role(entry) === "InterruptStatus") entry.dropped = fault.fired = true;
    },
  })],
  ["reset-unread", "driver", "the end of a reset is not awaited", "RESET_UNREAD", {}, access("read", "Status", drop)],
  ["unprobed", "driver", "the magic value is not read", "PROBE", MMIO, access("read", "MagicValue", drop)],
  ["id-unread", "driver", "the device ID is not read", "PROBE_ID", MMIO, access("read", "DeviceID", drop)],
  ["unselected", "driver", "the word of the device's features is not selected", "FEATURES_UNSELECTED", MMIO, access("write", "DeviceFeaturesSel", drop)],
  ["driver-unselected", "driver", "the word of the driver's features is not selected", "DRIVER_FEATURES_UNSELECTED", MMIO, access("write", "DriverFeaturesSel", drop)],
  ["no-register", "driver", "a write where no register is", "REGISTER_NONE", MMIO, before("QueueSel", null, 1)],
  ["queue-shape", "driver", "a split queue whose size is no power of 2", "QUEUE_SHAPE", { ...MMIO, ...SPLIT }, access("write", "QueueSize", change((v) => v - 1))],
  ["queue-overlap", "driver", "the parts of a ring overlap", "QUEUE_OVERLAP", { ...MMIO, ...SPLIT }, access("write", "QueueDeviceLow", change((v) => v - 16))],
  ["other-queue", "driver", "a notification of a queue that is not there", "NOTIFY_QUEUE", MMIO, access("write", "QueueNotify", change(() => 7))],
  ["ack-undefined", "driver", "an undefined interrupt is acknowledged", "ACK_UNDEFINED", { ...MMIO, slow: SLOWLY }, access("write", "InterruptACK", change((v) => v | 16))],
  // ---- the driver: rings ----
  ["index-first", "driver", "the index before the entry", "AVAIL_BEFORE_ENTRY", SPLIT, indexFirst],
  ["index-back", "driver", "the available index goes back", "AVAIL_BACK", SPLIT, store("avail", "idx", ({ value }) => value - 2, 2)],
  ["index-ahead", "driver", "the available index is too far ahead", "AVAIL_AHEAD", SPLIT, store("avail", "idx", ({ value, ring }) => value + ring.size)],
  ["head", "driver", "a head that is no descriptor", "AVAIL_HEAD", SPLIT, atPublish((x) => x.machine.put(x.slot, little(x.ring.size, 2), "the entry is changed"))],
  ["in-flight", "driver", "a descriptor is made available twice", "IN_FLIGHT", { ...SPLIT, slow: SLOWLY }, whileHeld(twiceAvailable)],
  ["virtual", "driver", "a virtual address of a buffer", "BUFFER_MEMORY", SPLIT, atPublish((x) => x.set("addr", BigInt(x.machine.pointer(x.ring.guest, x.last.addr))))],
  ["no-write", "driver", "WRITE is missing at the status", "BLK_STATUS", SPLIT, atPublish((x) => x.set("flags", x.last.flags & ~FLAG.WRITE))],
  ["loop", "driver", "a chain that is a loop", "CHAIN_LOOP", SPLIT, atPublish((x) => { x.set("next", x.chain.head); x.set("flags", x.last.flags | FLAG.NEXT); })],
  ["next", "driver", "a next that is no descriptor", "NEXT", SPLIT, atPublish((x) => { x.set("next", x.ring.size); x.set("flags", x.last.flags | FLAG.NEXT); })],
  ["order", "driver", "readable descriptors behind writable ones", "CHAIN_ORDER", SPLIT, atPublish((x) => x.setFirst("flags", x.chain.descriptors[0].flags | FLAG.WRITE))],
  ["indirect-next", "driver", "INDIRECT beside NEXT", "INDIRECT_NEXT", { packed: false, indirect: true, inOrder: false }, atPublish((x) => x.set("flags", x.last.flags | FLAG.NEXT))],
  ["altered", "driver", "a descriptor is changed while the device has it", "ALTERED", { ...SPLIT, slow: SLOWLY }, whileHeld(altered)],
  ["indirect-refused", "driver", "INDIRECT without the feature", "INDIRECT_REFUSED", SPLIT, atPublish((x) => x.set("flags", x.last.flags | FLAG.INDIRECT))],
  ["buffer-ring", "driver", "a buffer for the device is inside of the ring", "BUFFER_RING", SPLIT, atPublish((x) => x.set("addr", x.machine.address(x.ring.areas[0].at).addr))],
  ["used-written", "driver", "the driver writes the used index", "USED_WRITTEN", SPLIT, store("avail", "idx", ({ machine, ring }) => machine.put(indexAt(ring.areas[2]), little(1, 2), "the driver writes the used ring"))],
  ["avail-flags", "driver", "avail.flags that are not 0 beside event indices", "AVAIL_FLAGS_EVENT", { ...SPLIT, event: true }, store("avail", "idx", ({ machine, ring }) => machine.put(flagsAt(ring.areas[1]), little(1, 2), "the flags are changed"))],
  // ---- the device ----
  ["magic", "device", "another magic value", "MAGIC", MMIO, access("read", "MagicValue", change(() => 0x74726977))],
  ["version", "device", "version 1 of a modern device", "VERSION", MMIO, access("read", "Version", change(() => 3))],
  ["reset-keeps", "device", "a reset keeps a queue", "RESET_KEEPS", MMIO, access("read", "QueueReady", change(() => 1))],
  ["status-reads", "device", "the status reads other bits", "STATUS_READS", {}, access("read", "Status", change((v) => (v & STATUS.DRIVER ? v & ~STATUS.ACKNOWLEDGE : false)))],
  ["needs-reset-silent", "device", "NEEDS_RESET without an interrupt", "NEEDS_RESET_SILENT", {}, access("read", "Status", change((v) => (v & STATUS.DRIVER_OK ? v | STATUS.DEVICE_NEEDS_RESET : false)))],
  ["lost-interrupt", "device", "interrupts are lost", "INTERRUPT_MISSING_EVENT", { ...SPLIT, event: true, slow: SLOWLY }, (fault) => ({
    interrupted(machine, entry) {
      entry.lost = fault.fired = true;
    },
  })],
  ["ready-lost", "device", "QueueReady reads 0 after it was set", "QUEUE_READY_LOST", MMIO, access("read", "QueueReady", (e) => (e.value === 1 ? ((e.changed = 0), true) : false))],
  ["status-vanished", "device", "InterruptStatus reads 0 while an event is pending", "INTERRUPT_ABSENT", { ...MMIO, slow: SLOWLY }, access("read", "InterruptStatus", change(() => 0))],
  ["avail-written", "device", "the device writes the available index", "AVAIL_WRITTEN", SPLIT, store("used", "idx", ({ machine, ring }) => machine.put(indexAt(ring.areas[1]), little(2, 2), "the device writes the available ring"))],
  ["device-flags", "device", "used.flags that are not 0 beside event indices", "USED_FLAGS_EVENT", { ...SPLIT, event: true }, store("used", "idx", ({ machine, ring }) => machine.put(flagsAt(ring.areas[2]), little(4, 2), "the flags are changed"))],
  ["used-id", "device", "a used entry with an id that is no head", "USED_ID", SPLIT, store("used", "id", ({ value }) => value + 1)],
  ["used-twice", "device", "a buffer is used twice", "USED_AHEAD", SPLIT, usedTwice],
  ["used-length", "device", "a used length that is too long", "USED_LENGTH", SPLIT, store("used", "len", ({ value }) => value + 100000)],
  ["used-ahead", "device", "the used index is too far ahead", "USED_AHEAD", SPLIT, store("used", "idx", ({ value }) => value + 3)],
  ["used-flags", "device", "the device writes the descriptor table", "TABLE_WRITTEN", SPLIT, store("used", "idx", ({ machine, ring }) => {
    putField(machine, ring, machine.places.descriptors(ring, machine.memory)[REWRITTEN].at, "len", 7, "the device writes the table");
  })],
  ["packed-id", "device", "a used descriptor with an unknown id (packed)", "PACKED_USED_ID", PACKED, packedUsed("id", (v) => v + 1)],
  ["packed-length", "device", "a used length that is too long (packed)", "PACKED_USED_LENGTH", PACKED, packedUsed("len", (v) => v + 100000)],
  ["packed-flags", "driver", "the AVAIL bit of another round (packed)", "PACKED_WRAP", PACKED, store("desc", "flags", ({ value, entry }) => (entry.end === END.DRIVER ? value ^ (FLAG.AVAIL | FLAG.USED) : false))],
];

// The entry is stored after the device has seen the index. What a driver stores before DRIVER_OK is for later.
function indexFirst(fault) {
  let late = null, isLive = false;
  return {
    accessed(machine, entry) {
      isLive ||= entry.kind === "write" && machine.places.role(entry) === "Status" && (entry.value & STATUS.DRIVER_OK) !== 0;
    },
    stored(machine, entry) {
      const word = isLive && !fault.fired && entry.end === END.DRIVER ? machine.places.word(entry.at, machine.ringsNow()) : null;
      if (word?.area !== "avail" || word.field.name !== "ring" || same(entry.old, entry.now)) return;
      late = entry;
      fault.fired = true;
      machine.put(entry.at, entry.old, "the entry is held back");
    },
    ended(machine) {
      if (late !== null) machine.put(late.at, late.now, "the entry arrives");
      late = null;
    },
  };
}

// The driver publishes a chain: its last descriptor changes before the device sees it.
function atPublish(act) {
  return (fault) => ({
    stored(machine, entry) {
      const word = machine.places.word(entry.at, machine.ringsNow());
      if (fault.fired || entry.end !== END.DRIVER || word?.area !== "avail" || word.field.name !== "idx") return;
      const memory = machine.memory, ring = word.ring;
      const position = (number(entry.now, 0, 2) - 1) & 0xffff;
      const slot = entryAt(ring.areas[1], position % ring.size);
      const head = number(memory, slot, 2);
      const table = machine.places.descriptors(ring, memory);
      const found = [];
      for (let i = head; i < ring.size && !found.includes(table[i]); i = table[i].next) {
        found.push(table[i]);
        if ((table[i].flags & FLAG.NEXT) === 0) break;
      }
      if (found.length === 0) return;
      const chain = { head, descriptors: found }, last = found[found.length - 1];
      const write = (d, field, value) => putField(machine, ring, d.at, field, value, fault.title);
      fault.fired = true;
      act({ machine, ring, slot, chain, last, set: (field, value) => write(last, field, value), setFirst: (field, value) => write(found[0], field, value) });
    },
  });
}

function altered(machine, ring, why) {
  const d = machine.places.descriptors(ring, machine.memory)[REWRITTEN];
  putField(machine, ring, d.at, "len", d.len + 1, why);
}

function twiceAvailable(machine, ring, why) {
  const avail = ring.areas[1], memory = machine.memory;
  const index = number(memory, indexAt(avail), 2);
  const head = number(memory, entryAt(avail, (index - 1) % ring.size), 2);
  machine.put(entryAt(avail, index % ring.size), little(head, 2), why);
  machine.put(indexAt(avail), little(index + 1, 2), why);
}

// A field of a descriptor.
function putField(machine, ring, at, name, value, why) {
  const { offset, bytes } = (ring.packed ? FIELD.pvirtq_desc : FIELD.virtq_desc)[name];
  machine.put(at + offset, little(value, bytes), why);
}

function usedTwice(fault) {
  return store("used", "idx", ({ value, machine, ring }) => {
    const [, , used] = ring.areas, last = (value - 1) % ring.size;
    const element = machine.memory.slice(entryAt(used, last), entryAt(used, last + 1));
    machine.put(entryAt(used, value % ring.size), element, "the entry is written once more");
    return value + 1;
  })(fault);
}

// The device returns a descriptor of a packed ring.
function packedUsed(field, next) {
  return store("desc", "flags", ({ entry, machine, ring, word }) => {
    if (entry.end !== END.DEVICE) return false;
    const d = machine.places.descriptors(ring, machine.memory)[word.index];
    putField(machine, ring, d.at, field, next(d[field]), "the descriptor is changed");
  });
}

const makeFaults = () => FAULTS.map((row) => new Fault(...row));
