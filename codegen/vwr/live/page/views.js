// SPDX-License-Identifier: MIT
"use strict";
// What the page shows at a position of the journal: each view is HTML, made from the journal, the memory that the
// machine's shadow holds, and the description.

const esc = (text) => String(text).replace(/[&<>"]/g, (one) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[one]);
const HELPERS = /vwr_port\.h$|^(runtime\/(include|base|shared)|monitor)\//; // not what an end is doing
const WIDTH = 8; // bytes in a row of memory
const NEAR = 24; // entries before and after the position that the lane shows
const OWNER = { [END.DRIVER]: "driver", [END.DEVICE]: "device", [END.PAGE]: "switch", [END.MONITOR]: "monitor" };

class Views {
  constructor(model, machine, places, sources) {
    Object.assign(this, { model, machine, places, sources });
  }

  entry() {
    return this.machine.journal[this.machine.position - 1];
  }

  // ---- the journal ----

  lane(shows) {
    const { journal, position } = this.machine;
    const list = [];
    for (let i = position - 1, n = 0; i >= 0 && n < NEAR; i--) if (shows(i)) list.unshift(i), n++;
    for (let i = position, n = 0; i < journal.length && n < NEAR; i++) if (shows(i)) list.push(i), n++;
    const row = (i) => {
      const one = journal[i];
      const side = one.kind === "call" || one.kind === "return" ? "call" : OWNER[one.end];
      const state = i === position - 1 ? " aria-current=step" : i >= position ? " class=later" : "";
      const bad = one.kind === "finding" || one.kind === "broken" || (one.kind === "return" && one.result < 0) || one.why ? " bad" : "";
      const means = one.kind === "finding" ? this.clause(one) : "";
      const who = side === "call" ? "you" : side;
      return `<li${state}><button type=button data-go=${i + 1} class="${side} ${one.kind}${bad}"><i>${i + 1}</i><b>${who}${this.guestOf(one)}</b> ${esc(this.places.text(one, i))}${means}</button></li>`;
    };
    return `<ol class=lane>${list.map(row).join("")}</ol>`;
  }

  // The guest of an entry, if there are two.
  guestOf(one) {
    if (this.machine.guests() < 2) return "";
    const guest = one.guest ?? this.machine.address(one.at)?.guest;
    return guest === undefined ? "" : ` ${guest}`;
  }

  clause(entry) {
    const [name, clause, level] = this.model.rules[entry.rule] ?? ["", "", ""];
    return ` <em title="${esc([clause, level].filter(Boolean).join(", "))}">${esc(name)}</em>`;
  }

  now() {
    const one = this.entry();
    if (!one) return "The journal is at its beginning.";
    const text = this.places.text(one);
    return `<b class=${OWNER[one.end]}>${one.kind === "call" || one.kind === "return" ? "you" : OWNER[one.end]}${this.guestOf(one)}</b> ${esc(text)}`;
  }

  // The view that shows what the entry changed, or where it looked.
  about() {
    const one = this.entry();
    switch (one?.kind) {
      case "store": case "load": {
        const word = this.places.word(one.at);
        if (word?.field) return "rings";
        return word || this.machine.address(one.at) ? "memory" : "surface";
      }
      case "read": case "write": return "registers";
      case "interrupt": return "counters";
      case "finding": case "broken": return "findings";
      case "barrier": return "code";
      default: return "message";
    }
  }

  // The stop of the course at the position or before it, and the way to the next one.
  lesson(lesson) {
    if (lesson === null) return "";
    const { position } = this.machine, { at, stops, title, id } = lesson;
    const stop = at.findLastIndex((one) => one <= position), next = COURSE[COURSE.findIndex((one) => one.id === id) + 1];
    const button = (text, to, keep) => `<button type=button data-keep=${keep} ${to}>${text}</button>`;
    const back = stop > 0 ? button("◀ Back", `data-stop=${stop - (at[stop] === position ? 1 : 0)}`, "back") : "";
    const on = stop + 1 < stops.length ? button("Next ▶", `data-stop=${stop + 1}`, "next") : next ? button(`Next: ${esc(next.title)} ▶`, `data-lesson=${next.id}`, "next") : "";
    return `${back} ${on} <b>${esc(title)} ${stop + 1}/${stops.length}</b> <span${at[stop] === position ? "" : " class=quiet"}>${esc(stops[stop]?.[1] ?? "")}</span>`;
  }

  // ---- registers ----

  // The last access of each register before the position: [{entry, index, name, row}].
  registers(guest) {
    const { journal, position } = this.machine, found = new Map();
    for (let i = 0; i < position; i++) {
      const one = journal[i];
      if ((one.kind !== "read" && one.kind !== "write") || one.guest !== guest || one.place === PLACE.SPACE || one.dropped) continue;
      const key = `${one.structure}.${one.at}`;
      const place = this.places.register(one);
      found.set(key, { entry: one, index: i, name: place.name, row: place.row, config: place.config });
    }
    return [...found.values()].sort((a, b) => a.entry.structure - b.entry.structure || a.entry.at - b.entry.at);
  }

  clausesOf(file, row) {
    const list = (this.model.files.get(file)?.clauses ?? []).filter((one) => one.row === row);
    return [...new Set(list.map((one) => one.id))].join(", ");
  }

  // Of a register, or of a field of the configuration, as places.register names it.
  clausesOfRegister({ name, row, config }) {
    if (config) return this.clausesOf(this.machine.scene.name, `config.fields.${row?.name}`);
    return this.clausesOf(this.machine.choice.bus === 0 ? "mmio" : "pci", `registers.${row?.register ?? name}`);
  }

  registerTable(guest) {
    const here = this.entry();
    const rows = this.registers(guest).map(({ entry, index, name, row, config }) => {
      const clauses = this.clausesOfRegister({ name, row, config });
      const brief = [row?.brief, clauses].filter(Boolean).join(" ");
      return `<tr${entry === here ? " class=now" : ""}><th scope=row title="${esc(brief)}">${esc(name)}</th><td>${esc(this.places.accessText(entry))}</td>` +
        `<td><button type=button class="${entry.kind === "write" ? "driver" : "device"} link" data-go=${index + 1}>${entry.kind === "write" ? "written" : "read"} at ${index + 1}</button></td></tr>`;
    });
    return rows.length ? `<table class=registers>${rows.join("")}</table>` : "<p>No register was accessed yet.</p>";
  }

  registerAbout() {
    const one = this.entry();
    if (one?.kind !== "read" && one?.kind !== "write") return "";
    const place = this.places.register(one), { name, row } = place;
    if (!row?.brief) return "";
    const clauses = this.clausesOfRegister(place);
    return `<p class=about><b>${esc(name)}</b>: ${esc(row.brief)}${row.unit ? ` Unit: ${esc(row.unit)}.` : ""}${clauses ? ` <small>${esc(clauses)}</small>` : ""}</p>`;
  }

  statusPath(guest) {
    const { journal, position } = this.machine;
    let value = 0;
    const path = [];
    for (let i = 0; i < position; i++) {
      const one = journal[i];
      if (one.guest !== guest || (one.kind !== "write" && one.kind !== "read") || one.dropped || this.places.role(one) !== "Status") continue;
      const next = one.changed ?? one.value;
      if (one.kind === "write" || next !== value) path.push({ index: i, value: next, kind: one.kind });
      value = next;
    }
    return { value, path };
  }

  status(guest) {
    const { value, path } = this.statusPath(guest);
    const bits = this.model.status.map((one) => `<span class="bit${(value & one.value) !== 0 ? " on" : ""}" title="${esc(one.brief)}">${one.name}</span>`);
    const steps = path.slice(-10).map((one) =>
      `<li><button type=button class="link ${one.kind === "write" ? "driver" : "device"}" data-go=${one.index + 1}>${one.value === 0 ? "reset" : esc(this.model.flags(this.model.status, one.value))}</button></li>`);
    return `<p class=bits>${bits.join(" ")}</p><ol class=path>${steps.join("")}</ol>`;
  }

  // Whether a feature, by its name, was negotiated.
  negotiated(guest) {
    const words = this.machine.words(this.machine.x.live_accepted(guest), 4).slice();
    const bits = new Map(this.model.features(this.machine.scene.name).map((one) => [one.name, one.value]));
    return (name) => ((words[bits.get(name) >> 5] >>> (bits.get(name) & 31)) & 1) !== 0;
  }

  features(guest) {
    const accepted = this.machine.words(this.machine.x.live_accepted(guest), 4), offered = this.machine.words(this.machine.x.live_offered(guest), 4);
    const has = (words, bit) => (words[bit >> 5] >>> (bit & 31)) & 1;
    const list = this.model.features(this.machine.scene.name).filter((one) => has(offered, one.value) || has(accepted, one.value));
    const done = STATUS.FEATURES_OK & this.statusPath(guest).value;
    return `<small>${done ? "negotiated" : "offered"}:</small> ` + list.map((one) => `<span class="bit${done && has(accepted, one.value) ? " on" : ""}" title="${esc(one.brief)}">${one.name}</span>`).join(" ");
  }

  // ---- rings ----

  rings() {
    const rings = this.machine.ringsShown();
    if (rings.length === 0) return "<p>No queue is ready at this position.</p>";
    const [, word] = this.lastWord();
    const same = (ring) => word !== null && ring.guest === word.ring.guest && ring.queue === word.ring.queue;
    return rings.map((ring) => this.ring(ring, rings.length < 3 || same(ring))).join("");
  }

  queueName(ring) {
    const queues = this.model.device(this.machine.scene.name)?.queues ?? [];
    const list = queues.filter((one) => typeof one.index === "number").sort((a, b) => a.index - b.index);
    return (list.findLast((one) => one.index <= ring.queue) ?? queues[0])?.name ?? `queue ${ring.queue}`;
  }

  ring(ring, isOpen) {
    const who = this.machine.guests() > 1 ? `guest ${ring.guest}, ` : "";
    const kind = `${ring.packed ? "packed" : "split"}${ring.inOrder ? ", in order" : ""}, ${ring.size} descriptors`;
    const body = ring.packed ? this.packedRing(ring) : this.splitRing(ring);
    return `<details class=ring${isOpen ? " open" : ""}><summary>${esc(who + this.queueName(ring))} <small>queue ${ring.queue}; ${kind}</small></summary>${body}</details>`;
  }

  cell(at, bytes, text, more = "") {
    const one = this.entry();
    const length = one?.kind === "store" ? (one.old?.length ?? 0) : (one?.bytes ?? 0);
    const isNow = one && (one.kind === "store" || one.kind === "load") && one.at < at + bytes && one.at + length > at;
    return `<td class="${isNow ? `now ${OWNER[one.end]} ${one.kind}` : ""} ${more}">${text}</td>`;
  }

  // A word of 16 bits.
  word(at, more = "") {
    return this.cell(at, 2, number(this.machine.shadow, at, 2), more);
  }

  // By descriptor: who has its chain, and the descriptor as the driver stored it.
  owners(ring) {
    const owner = new Map();
    for (const chain of this.places.chains(ring)) for (const one of chain.descriptors) owner.set(one.index, [chain.owner === END.DEVICE ? "device" : "used", one]);
    return owner;
  }

  descriptorTable(ring) {
    const owner = this.owners(ring);
    const rows = [];
    let unused = 0;
    for (const d of this.places.descriptors(ring)) {
      if (d.addr === 0n && d.len === 0 && !this.points(d.at) && d.index > 3) {
        unused++;
        continue;
      }
      const [state, stored] = owner.get(d.index) ?? ["driver", d];
      rows.push(this.descriptorRow(ring, d, `own-${state}`, d.index));
      if (state === "driver" && !this.points(d.at)) continue;
      (this.places.indirect(ring, stored) ?? []).forEach((one, i) => rows.push(this.descriptorRow(ring, one, `own-${state} inner`, `${d.index}.${i}`)));
    }
    const last = ring.packed ? "<th>id<th>flags" : "<th>flags<th>next";
    const more = unused ? `<tr><td colspan=5>never used: ${unused}</td></tr>` : "";
    return `<table class=desc><tr><th>desc<th>addr<th>len${last}</tr>${rows.join("")}${more}</table>`;
  }

  // Whether the current entry is in the table that a descriptor refers to.
  points(at) {
    const one = this.entry();
    return one !== undefined && (one.kind === "store" || one.kind === "load") && one.at >= at && one.at < at + bytesOfDescriptor();
  }

  descriptorRow(ring, d, state, label) {
    const flags = `<code>${esc(this.model.flags(this.places.packedFlags, d.flags).replaceAll("|", " "))}</code>`;
    const shown = { addr: d.addr === 0n ? "·" : hex(d.addr), len: d.len || "·", flags, next: d.next, id: d.id };
    const fields = Object.entries(ring.packed ? FIELD.pvirtq_desc : FIELD.virtq_desc);
    const cells = fields.map(([name, { offset, bytes }]) => this.cell(d.at + offset, bytes, shown[name]));
    return `<tr class="${state}"><th scope=row>${label}</th>${cells.join("")}</tr>`;
  }

  splitRing(ring) {
    const memory = this.machine.shadow, [, avail, used] = ring.areas, n = ring.size;
    const end = number(memory, indexAt(avail), 2), done = number(memory, indexAt(used), 2);
    const heads = Array.from({ length: n }, (_, i) => {
      const more = i === end % n ? "next" : "";
      return this.word(entryAt(avail, i), more);
    });
    const returned = Array.from({ length: n }, (_, i) => {
      const { at, id, len } = this.places.element(memory, used, i);
      return this.cell(at, entryAt(used, 1) - entryAt(used, 0), `${id}<small>${len}</small>`, i === done % n ? "next" : "");
    });
    const index = Array.from({ length: n }, (_, i) => `<th>${i}</th>`).join("");
    const events = ring.event
      ? `<tr><th scope=row>used_event</th>${this.word(eventAt(avail, n))}<th scope=row>avail_event</th>${this.word(eventAt(used, n))}</tr>`
      : "";
    return `${this.descriptorTable(ring)}
      <table class=indices><tr><th scope=row>avail.flags</th>${this.word(flagsAt(avail))}<th scope=row>used.flags</th>${this.word(flagsAt(used))}</tr>
      <tr><th scope=row>avail.idx</th>${this.word(indexAt(avail))}<th scope=row>used.idx</th>${this.word(indexAt(used))}</tr>${events}</table>
      <div class=wide><table class=heads><tr><th></th>${index}</tr><tr class=driver><th scope=row>avail.ring</th>${heads.join("")}</tr><tr class=device><th scope=row>used.ring <small>id, len</small></th>${returned.join("")}</tr></table></div>`;
  }

  packedRing(ring) {
    const memory = this.machine.shadow, [, driver, device] = ring.areas;
    const event = (area) => [0, 2].map((at) => this.cell(area.at + at, 2, this.places.eventText({ field: this.places.fields.event[at / 2] }, number(memory, area.at + at, 2), 2))).join("");
    return `${this.descriptorTable(ring)}<table class=indices><tr><th scope=row>driver event</th>${event(driver)}</tr><tr><th scope=row>device event</th>${event(device)}</tr></table>`;
  }

  // ---- messages ----

  // The last entry up to the position that accessed a queue, or one of its buffers: [entry, word].
  lastWord() {
    const { journal, position } = this.machine;
    for (let i = position - 1; i >= 0 && i >= position - 400; i--) {
      const one = journal[i];
      const word = one.kind === "store" || one.kind === "load" ? this.places.word(one.at) : null;
      if (word && !/event|flags/.test(word.area === "desc" || word.area === "table" ? "" : word.field?.name ?? "")) return [one, word];
    }
    return [undefined, null];
  }

  // The chain that this entry is about; otherwise the last one that the device has.
  chainHere() {
    const [one, word] = this.lastWord();
    const rings = word ? [word.ring] : this.machine.ringsShown();
    const head = word ? this.headAt(word, one) : null;
    let found = null;
    for (const ring of rings)
      for (const chain of this.places.chains(ring)) {
        if (head !== null && chain.descriptors.some((d) => d.index === head)) return { ring, chain };
        if (found === null || (chain.owner === END.DEVICE && found.chain.owner !== END.DEVICE)) found = { ring, chain };
      }
    return found;
  }

  // A descriptor of the chain that a word is about; for an index, that of its newest entry.
  headAt(word, one) {
    const outer = /desc\[(\d+)\]/.exec(word.path);
    if (outer) return Number(outer[1]);
    const memory = this.machine.shadow, { ring } = word, isUsed = word.area === "used";
    if (ring.packed) return null;
    const area = ring.areas[isUsed ? 2 : 1];
    const index = word.index >= 0 ? word.index : ((number(memory, indexAt(area), 2) - 1) & 0xffff) % ring.size;
    return isUsed ? this.places.element(memory, area, index).id : number(memory, entryAt(area, index), 2);
  }

  message() {
    const here = this.chainHere();
    if (here === null) return "<p>No buffer is in a queue.</p>";
    const { ring, chain } = here;
    const [out, back] = this.places.bytesOf(ring, chain);
    const found = this.model.message(this.machine.scene.name, this.queueName(ring), out, back, this.negotiated(ring.guest));
    const owner = chain.owner === END.DEVICE ? "the device has it" : "the driver has it";
    const head = `<p>${esc(this.queueName(ring))}, descriptor ${chain.head} (${chain.descriptors.length === 1 ? "1 descriptor" : `${chain.descriptors.length} descriptors`} in the ring): ${out.length} bytes for the device to read, ${back.length} to write. <b>${owner}</b>${chain.written === null ? "" : `; it reported ${chain.written} written bytes`}.</p>`;
    if (!found) return `${head}${this.segments(out, back)}`;
    const parts = found.parts.filter((one) => one.bytes.length > 0).map((one) => this.part(one));
    return `${head}<h3>${esc(found.row.name)} <small>${esc(found.row.brief ?? "")}</small></h3>${parts.join("")}`;
  }

  segments(out, back) {
    return `<p class=driver>${spaced(out)}</p><p class=device>${spaced(back)}</p>`;
  }

  part({ side, part, bytes, leaves }) {
    const rows = leaves.map((one) => `<tr><th scope=row title="${esc(one.brief)}">${esc(one.name)}</th><td>${esc(one.text)}${one.unit ? ` <small>${esc(one.unit)}</small>` : ""}</td></tr>`);
    const plain = leaves.length === 0 ? `<tr><td colspan=2><code>${spaced(bytes)}</code>${printable(bytes)}</td></tr>` : "";
    return `<table class="part ${side}"><caption>${esc(part.name)} <small>${bytes.length} bytes, from the ${side}</small></caption>${rows.join("")}${plain}</table>`;
  }

  // ---- memory ----

  bytes(memory, begin, count, label, mark) {
    const rows = [];
    let skipped = false;
    for (let at = begin; at < begin + count; at += WIDTH) {
      const row = memory.subarray(at, Math.min(at + WIDTH, begin + count));
      const isMarked = mark && mark.at < at + WIDTH && mark.at + mark.bytes > at;
      if (!isMarked && row.every((one) => one === 0) && count > 256) {
        if (!skipped) rows.push("…");
        skipped = true;
        continue;
      }
      skipped = false;
      const text = [...row].map((one, i) => {
        const byte = one.toString(16).padStart(2, "0");
        return mark && at + i >= mark.at && at + i < mark.at + mark.bytes ? `<mark class=${mark.end}>${byte}</mark>` : byte;
      });
      const plain = [...row].map((one) => (one > 31 && one < 127 ? esc(String.fromCharCode(one)) : ".")).join("");
      rows.push(`<u>${label(at)}</u> ${text.join(" ")}  ${plain}`);
    }
    if (rows.length === 1 && skipped) return "<p>Each byte is 0.</p>";
    return `<pre class=bytes>${rows.join("\n")}</pre>`;
  }

  mark() {
    const one = this.entry();
    if (one?.kind !== "store" && one?.kind !== "load") return null;
    return { at: one.at, bytes: one.kind === "store" ? one.old.length : one.bytes, end: OWNER[one.end] };
  }

  memory() {
    const mark = this.mark();
    const place = mark ? this.machine.address(mark.at) : null;
    if (place === null) return "<p>The entry at this position does not access the guest's memory.</p>";
    const begin = Math.max(this.machine.x.live_ram_of(place.guest), (mark.at - 32) & ~15);
    const label = (at) => hex(this.machine.address(at)?.addr ?? 0);
    const word = this.places.word(mark.at);
    return `<p>${word ? esc(word.path) : ""}</p>${this.bytes(this.machine.shadow, begin, Math.min(160, this.machine.x.live_ram_of(place.guest) + this.machine.x.live_ram_bytes() - begin), label, mark)}`;
  }

  surfaceAt(guest) {
    const at = this.machine.x.live_surface_of(guest);
    const words = new Uint32Array(this.machine.shadow.buffer, at, 4);
    return { at: at + 16, bytes: words[1], width: words[2], height: words[3] };
  }

  surface(guest) {
    const { at, bytes, width, height } = this.surfaceAt(guest);
    const memory = this.machine.shadow;
    switch (this.machine.scene.surface) {
      case 1: return `<pre class=terminal>${esc(TEXT.decode(memory.slice(at, at + bytes)).replace(/\0+$/, "")) || " "}</pre>`;
      case 2: return this.bytes(memory, at, bytes, (one) => hex(one - at), this.mark());
      case 3: return `<canvas data-guest=${guest} width=${width} height=${height} aria-label="the screen of the device"></canvas>`;
      default: return "";
    }
  }

  // After the HTML is in the page: red, green, blue and a byte that is not used.
  paint(canvas) {
    const { at, width, height } = this.surfaceAt(Number(canvas.dataset.guest));
    if (!width || !height) return;
    const image = new ImageData(width, height), memory = this.machine.shadow;
    for (let i = 0; i < width * height; i++) {
      for (let c = 0; c < 3; c++) image.data[4 * i + c] = memory[at + 4 * i + c];
      image.data[4 * i + 3] = 255;
    }
    canvas.getContext("2d").putImageData(image, 0, 0);
  }

  // ---- code ----

  code(chosen) {
    const one = this.entry();
    const frames = this.machine.code.frames(one?.trace?.stack);
    if (frames.length === 0) return "<p>No function of the library runs at this position.</p>";
    const acting = frames.findIndex((each) => !HELPERS.test(each.file));
    const frame = frames[chosen ?? Math.max(acting, 0)] ?? frames[0];
    const list = frames.map((each, i) => `<button type=button data-frame=${i}${each === frame ? " aria-pressed=true" : ""}>${esc(each.name)}</button>`);
    const lines = (this.sources[frame.file] ?? "").split("\n");
    const from = Math.max(0, frame.line - 9), to = Math.min(lines.length, frame.line + 8);
    const text = lines.slice(from, to).map((line, i) => {
      const here = from + i + 1 === frame.line;
      return `<span${here ? " class=here" : ""}><u>${from + i + 1}</u> ${esc(line)}</span>`;
    });
    return `<p class=frames>${list.join(" ")}</p><p><code>${esc(frame.file)}:${frame.line}</code></p><pre class=source>${text.join("\n")}</pre>`;
  }

  // ---- numbers and findings ----

  counters() {
    const { journal, position } = this.machine;
    const count = { driver: {}, device: {} };
    const add = (who, what, n = 1) => (count[who][what] = (count[who][what] ?? 0) + n);
    for (const one of journal.slice(0, position)) {
      if (one.kind === "read" || one.kind === "write") add("driver", this.places.role(one) === "QueueNotify" ? "notifications" : `register ${one.kind}s`);
      else if (one.kind === "interrupt") add("device", "interrupts");
      else if (one.kind === "store" && one.end !== END.PAGE) add(OWNER[one.end], "bytes stored", one.old.length);
      else if (one.kind === "load") add(OWNER[one.end], "loads", one.times ?? 1);
    }
    const here = this.entry()?.kind;
    const rows = Object.entries(count).flatMap(([who, all]) => Object.entries(all).map(([what, n]) => `<tr${what === `${here}s` ? " class=now" : ""}><th scope=row class=${who}>${who}</th><td>${what}</td><td>${n}</td></tr>`));
    return `<table class=counters>${rows.join("")}</table>`;
  }

  findings() {
    const list = this.machine.journal.map((one, i) => [one, i]).filter(([one]) => acted(one) || one.kind === "finding" || one.kind === "broken" || (one.kind === "return" && one.result < 0));
    if (list.length === 0) return "<p>The monitor has found no broken rule.</p>";
    const rows = list.map(([one, i]) => {
      const go = `<button type=button class=link data-go=${i + 1}>at ${i + 1}</button>`, here = i === this.machine.position - 1 ? " now" : "";
      if (acted(one)) return `<li class="${here}"><b>switch</b>: ${OWNER[one.end] === "switch" ? "" : OWNER[one.end]} ${esc(this.places.text(one, i))} ${go}</li>`;
      if (one.kind === "finding") return `<li class="bad${here}"><b>monitor${this.guestOf(one)}</b>: ${esc(one.text)}${this.clause(one)} ${go}</li>`;
      if (one.kind === "broken") return `<li class="bad${here}"><b>device</b>: ${esc(one.explained ?? "it is broken")} ${go}</li>`;
      return `<li class="${here}"><b>library</b>: ${esc(one.text)} returned “${esc(one.means)}”${one.driver && one.driver !== "no fault" ? `: ${esc(one.driver)}` : ""} ${go}</li>`;
    });
    return `<ul>${rows.join("")}</ul>`;
  }
}

// Whether a switch acted on an entry, or made it.
const acted = (one) => Boolean(one.why || one.dropped || one.lost || one.changed !== undefined);

// Text beside bytes, if it is text.
function printable(bytes) {
  const end = bytes.findLastIndex((one) => one !== 0) + 1;
  const text = bytes.subarray(0, Math.min(end, 200));
  return text.length > 1 && text.every((one) => one > 31 && one < 127) ? `<br>“${esc(TEXT.decode(text))}”` : "";
}
