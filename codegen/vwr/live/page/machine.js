// SPDX-License-Identifier: MIT
"use strict";
// The machine, and the journal of what it did. An action runs to its end; only then anything is shown. The journal
// has each register access, each load and store of shared memory, each barrier, each interrupt and each finding, in their order.

const END = { PAGE: 0, DRIVER: 1, DEVICE: 2, MONITOR: 3 };
const ENDS = ["page", "driver", "device", "monitor"];
const SETUP = { scene: 0, bus: 1, size: 2, ring: 3, offered: 5, avoided: 7, slow: 11 }; // words of struct live_setup
const NOT_OPEN = -1001;
const NUMBERS = 16; // of struct live_arguments
const TEXT = new TextDecoder("utf-8", { fatal: false });

class Machine {
  // `code`: where the functions of the file are, for stacks (code.js).
  static async load(bytes, code) {
    const machine = new Machine();
    machine.code = code;
    const page = {
      touch: (...words) => machine.touched(...words),
      barrier: (order, end) => machine.ordered(order, end),
      access: (...words) => machine.accessed(...words),
      dropped: () => machine.dropped,
      interrupt: (...words) => machine.interrupted(...words),
      finding: (...words) => machine.found(...words),
      broken: (guest) => machine.add({ kind: "broken", guest, end: END.DEVICE }),
      entered: () => machine.settle(),
    };
    const { instance } = await WebAssembly.instantiate(bytes, { page });
    machine.x = instance.exports;
    machine.initial = machine.memory.slice();
    machine.fresh();
    return machine;
  }

  fresh() {
    this.journal = [];
    this.marks = []; // actions: {at, what, end}
    this.faults = [];
    this.dropped = 0;
    this.open = null; // the store whose new value is not known yet
    this.geometry = [{ from: 0, rings: [] }]; // the queues that are set up, from an entry on
    this.stale = true;
    this.memory.set(this.initial); // so that the same actions always give the same journal
    this.shadow = this.initial.slice();
    this.position = 0;
  }

  get memory() {
    return new Uint8Array(this.x.memory.buffer);
  }

  words(at, count) {
    return new Uint32Array(this.x.memory.buffer, at, count);
  }

  string(at, bytes = -1) {
    const memory = this.memory;
    const end = bytes < 0 ? memory.indexOf(0, at) : at + bytes;
    return at === 0 ? "" : TEXT.decode(memory.slice(at, end));
  }

  // ---- what the machine tells ----

  // The browser makes the text of a stack only when it is asked for.
  trace() {
    return new Error();
  }

  add(entry) {
    this.settle();
    this.ringsNow();
    entry.trace ??= this.trace();
    this.journal.push(entry);
    return entry;
  }

  // The value of the last store, now that it was made; a fault may change it.
  settle() {
    const entry = this.open;
    if (entry === null) return;
    this.open = null;
    entry.now = this.memory.slice(entry.at, entry.at + entry.old.length);
    for (const fault of this.faults) fault.stored?.(this, entry);
  }

  // The page itself stores, as a fault says.
  put(at, bytes, why) {
    const old = this.memory.slice(at, at + bytes.length);
    this.memory.set(bytes, at);
    this.journal.push({ kind: "store", end: END.PAGE, at, old, now: Uint8Array.from(bytes), why, trace: null });
  }

  // A barrier; each time that a poll executes it again, it is the same.
  ordered(order, end) {
    const last = this.journal[this.journal.length - 1];
    if (last?.kind !== "barrier" || last.end !== end || last.order !== order) this.add({ kind: "barrier", end, order });
  }

  touched(isStore, end, at, bytes) {
    if (end === END.DRIVER) for (const fault of this.faults) fault.looked?.(this);
    this.settle();
    const kind = isStore ? "store" : "load";
    const last = this.journal[this.journal.length - 1];
    const same = isStore ? undefined : this.journal.slice(-2).find((one) => this.repeats(one, end, at, bytes));
    if (same !== undefined && last.kind === "load") {
      same.times = (same.times ?? 1) + 1; // a poll
      return;
    }
    const earlier = [last, this.journal[this.journal.length - 2]].find((one) => one?.kind === kind && one.end === end);
    if (earlier === undefined || !this.joins(earlier, at, bytes)) this.touchedAlone(isStore, end, at, bytes);
    else this.extend(earlier, at, bytes);
  }

  repeats(last, end, at, bytes) {
    return last?.kind === "load" && last.end === end && last.at === at && last.bytes === bytes && same(last.value, this.memory.subarray(at, at + bytes));
  }

  extend(entry, at, bytes) {
    if (entry.kind === "load") {
      entry.bytes += bytes;
      return;
    }
    const old = new Uint8Array(entry.old.length + bytes);
    old.set(entry.old);
    old.set(this.memory.subarray(at, at + bytes), entry.old.length);
    entry.old = old;
    this.open = entry;
  }

  touchedAlone(isStore, end, at, bytes) {
    this.ringsNow();
    const entry = { kind: isStore ? "store" : "load", end, at, trace: this.trace(), unit: bytes };
    if (isStore) {
      entry.old = this.memory.slice(at, at + bytes);
      this.open = entry;
    } else {
      entry.bytes = bytes;
      entry.value = this.memory.slice(at, at + bytes);
    }
    this.journal.push(entry);
  }

  // Stores of data that continue one another are one entry, and so are the loads between them. Words of a ring and of a table are entries of their own.
  joins(last, at, bytes) {
    const length = last.kind === "store" ? last.old.length : last.bytes;
    return last.unit === bytes && bytes !== 2 && last.at + length === at && !this.inRing(at);
  }

  inRing(at) {
    return this.ringsNow().some((ring) => ring.areas.some((one) => at >= one.at && at < one.at + one.bytes));
  }

  // The queues after the last register write.
  ringsNow() {
    const last = this.geometry[this.geometry.length - 1];
    if (!this.stale) return last.rings;
    this.stale = false;
    const rings = this.rings();
    if (JSON.stringify(rings) !== JSON.stringify(last.rings)) this.geometry.push({ from: this.journal.length, rings });
    return rings;
  }

  // Those at the position that is shown.
  ringsShown() {
    return this.ringsAt(this.position);
  }

  ringsAt(index) {
    return this.geometry.findLast((one) => one.from <= Math.max(index, 0)).rings;
  }

  accessed(isWrite, guest, place, structure, at, bytes, value) {
    this.dropped = 0;
    const entry = this.add({ kind: isWrite ? "write" : "read", end: END.DRIVER, guest, place, structure, at, bytes, value: value >>> 0 });
    this.stale ||= isWrite !== 0; // the device acts on it after this
    for (const fault of this.faults) fault.accessed?.(this, entry);
    if (entry.dropped) this.dropped = 1;
    if (entry.changed !== undefined) return entry.changed;
    return value;
  }

  interrupted(guest, reasons, message) {
    const entry = this.add({ kind: "interrupt", end: END.DEVICE, guest, reasons, message: message !== 0 });
    for (const fault of this.faults) fault.interrupted?.(this, entry);
    return entry.lost ? 0 : 1;
  }

  found(guest, rule, queue, doubt, at, bytes) {
    this.add({ kind: "finding", end: END.MONITOR, guest, rule, queue, doubt, text: this.string(at, bytes) });
  }

  // ---- what the page asks ----

  // The queues that are set up: [{guest, queue, packed, size, areas: [{name, at, bytes}], inOrder, event}].
  rings() {
    const found = [];
    for (let guest = 0; guest < this.guests(); guest++)
      for (let queue = 0; queue < 8; queue++) {
        const at = this.x.live_queue(guest, queue);
        if (at === 0) continue;
        const [ready, packed, size, desc, driver, device, , , inOrder, event] = new BigUint64Array(this.x.memory.buffer, at, 10);
        if (ready === 0n) continue;
        const n = Number(size);
        const parts = packed ? RING.packed : RING.split;
        const areas = [desc, driver, device].map((addr, i) => ({ name: parts[i].name, at: this.pointer(guest, addr), bytes: parts[i].head + parts[i].each * n }));
        found.push({ guest, queue, packed: packed !== 0n, size: n, areas, inOrder: inOrder !== 0n, event: event !== 0n });
      }
    return found;
  }

  guests() {
    return this.scene?.guests ?? 0;
  }

  // Guest addresses and pointers. -1: not in RAM.
  pointer(guest, addr) {
    const offset = Number(addr - BigInt(this.x.live_ram_at() >>> 0));
    return offset >= 0 && offset < this.x.live_ram_bytes() ? this.x.live_ram_of(guest) + offset : -1;
  }

  address(at) {
    for (let guest = 0; guest < 2; guest++) {
      const offset = at - this.x.live_ram_of(guest);
      if (offset >= 0 && offset < this.x.live_ram_bytes()) return { guest, addr: BigInt(this.x.live_ram_at() >>> 0) + BigInt(offset) };
    }
    return null;
  }

  scenes() {
    const found = [];
    for (let i = 0, at; (at = this.x.live_scene_of(i)) !== 0; i++) {
      const [name, brief, actions, count, guests, queues, surface] = this.words(at, 7);
      const list = Array.from({ length: count }, (_, n) => {
        const [title, form, about, end] = this.words(actions + 20 * n, 5);
        return { number: n, name: this.string(title), inputs: inputs(this.string(form)), brief: this.string(about), end };
      });
      found.push({ number: i, name: this.string(name), brief: this.string(brief), actions: list, guests, queues, surface });
    }
    return found;
  }

  // ---- what the user does ----

  // Builds the machine of a scene. `choice`: {scene, bus, size, ring: [w0, w1], offered: [w0, w1], avoided, slow}.
  begin(choice, scene) {
    this.fresh();
    this.scene = scene;
    this.choice = choice;
    const setup = this.words(this.x.live_set(), 12);
    setup.fill(0);
    setup[SETUP.scene] = choice.scene;
    setup[SETUP.bus] = choice.bus;
    setup[SETUP.size] = choice.size;
    setup.set(choice.ring, SETUP.ring);
    setup.set(choice.offered, SETUP.offered);
    setup.set(choice.avoided, SETUP.avoided);
    setup[SETUP.slow] = choice.slow;
    const result = this.x.live_begin();
    this.journal = [];
    this.shadow = this.memory.slice();
    return result;
  }

  // Runs one action: `call` gets the exports and returns a result. Returns its boundary.
  act(what, guest, call) {
    const mark = { at: this.journal.length, what, guest };
    this.marks.push(mark);
    this.journal.push({ kind: "call", end: END.PAGE, guest, text: what, trace: null });
    for (const fault of this.faults) fault.begun?.(this, what);
    try {
      mark.result = call(this.x);
    } catch (error) {
      mark.result = -1000;
      mark.trap = String(error);
    }
    this.settle();
    for (const fault of this.faults) fault.ended?.(this, what);
    this.settle();
    const after = { kind: "return", end: END.PAGE, guest, text: what, result: mark.result, trap: mark.trap, trace: null };
    after.driver = mark.result < 0 && mark.result !== NOT_OPEN && !mark.trap ? this.string(this.x.live_explain(guest, END.DRIVER)) : "";
    after.means = mark.result === NOT_OPEN ? "the driver is not open; press “open” first" : mark.trap ?? (mark.result < 0 ? this.string(this.x.live_result(mark.result)) : "");
    this.journal.push(after);
    this.ringsNow();
    mark.end = this.journal.length;
    this.go(mark.end);
    return mark;
  }

  start(guest) {
    return this.act("open", guest, (x) => x.live_open(guest));
  }

  do(guest, action, values) {
    const at = this.x.live_in();
    const view = new DataView(this.x.memory.buffer);
    let n = 0;
    view.setUint32(at + 8 * NUMBERS, 0, true);
    action.inputs.forEach((input) => {
      const value = values[input.name] ?? input.value;
      if (input.kind === "number") view.setBigUint64(at + 8 * n++, BigInt.asUintN(64, numberFrom(value, input.name)), true);
      else this.setData(at, input.kind === "hex" ? fromHex(String(value)) : new TextEncoder().encode(String(value)));
    });
    const text = (input, value) => input.choices?.find((one) => String(one.value) === String(value))?.name ?? value;
    const said = action.inputs.map((input) => `${input.name}=${text(input, values[input.name] ?? input.value)}`).join(" ");
    const mark = this.act(`${action.name}${said ? ` ${said}` : ""}`, guest, (x) => x.live_do(guest, action.number));
    const out = this.x.live_out();
    const bytes = this.words(out + 8 * NUMBERS, 1)[0];
    mark.out = this.memory.slice(out + 8 * NUMBERS + 4, out + 8 * NUMBERS + 4 + bytes);
    this.journal[mark.end - 1].out = mark.out;
    return mark;
  }

  setData(at, bytes) {
    const data = bytes.subarray(0, 4096);
    this.words(at + 8 * NUMBERS, 1)[0] = data.length;
    this.memory.set(data, at + 8 * NUMBERS + 4);
  }

  // The accesses of a trace, instead of a driver and a device; the monitor judges them.
  observe(list) {
    this.act("trace", 0, (x) => {
      x.live_observe_begin();
      for (const one of list) {
        this.add({ end: END.DRIVER, guest: 0, trace: null, ...one });
        x.live_observe(one.kind === "write" ? 1 : 0, one.place, one.structure, one.at, one.bytes, one.value);
      }
      return 0;
    });
  }

  // ---- the journal ----

  // Moves in the journal; the shadow is the memory at that position.
  go(position) {
    const wanted = Math.max(0, Math.min(position, this.journal.length));
    for (; this.position < wanted; this.position++) this.apply(this.journal[this.position], "now");
    for (; this.position > wanted; this.position--) this.apply(this.journal[this.position - 1], "old");
  }

  apply(entry, which) {
    if (entry.kind === "store" && entry[which]) this.shadow.set(entry[which], entry.at);
  }
}

const same = (a, b) => {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
};

function numberFrom(text, name) {
  const value = String(text).trim();
  if (!/^-?(\d+|0x[0-9a-f]+)$/i.test(value)) throw new Error(`${name} is “${text}”; a decimal or hexadecimal number is needed`);
  return value.startsWith("-") ? -BigInt(value.slice(1)) : BigInt(value);
}

const fromHex = (text) => Uint8Array.from(text.replace(/[^0-9a-fA-F]/g, "").match(/../g) ?? [], (one) => parseInt(one, 16));

// "sector=2 data:text" -> [{name, kind, value}]
function inputs(form) {
  return form.split(" ").filter(Boolean).map((word) => {
    const [, name, mark, rest] = word.match(/^([^=:]+)([=:])(.*)$/);
    return mark === "=" ? { name, kind: "number", value: rest } : { name, kind: rest, value: rest === "text" ? "Hello" : "" };
  });
}
