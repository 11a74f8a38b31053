// SPDX-License-Identifier: MIT
"use strict";
// A dump of a ring: each reading of its bytes, the likely ones first.

const fieldsAt = (bytes, at, parts) =>
  Object.fromEntries(parts.map(([name, offset, size]) => [name, little(bytes, at + offset, size)]));
const sizeOf = (parts) => Math.max(...parts.map(([, offset, size]) => offset + size));

function tableOf(bytes, ring) {
  const size = sizeOf(ring.desc), rows = [];
  for (let at = 0; at + size <= bytes.length; at += size) rows.push(fieldsAt(bytes, at, ring.desc));
  return rows;
}

const used = (row) => Object.values(row).some((value) => value !== 0n);

// The share of entries that are possible; half of it if the dump ends within an entry.
function share(real, fits, bytes, rows) {
  const whole = bytes.length % sizeOf(rows.split.desc) ? 0.5 : 1;
  return real.length ? (whole * real.filter(fits).length) / real.length : 0;
}

function splitTable(rows, bytes) {
  const table = tableOf(bytes, rows.split), flags = rows.split.flags, mask = flags.reduce((sum, [bit]) => sum | bit, 0);
  const [NEXT, WRITE, INDIRECT] = ["NEXT", "WRITE", "INDIRECT"].map((name) => BigInt(flags.find((one) => one[1] === name)[0]));
  const full = table.map((row, index) => ({ ...row, index })).filter(used);
  const real = full.filter((row) => row.addr || row.len || row.flags);
  const fits = (row) => row.addr && row.len && !(row.flags & ~BigInt(mask)) && 
    (!(row.flags & NEXT) || (row.next < BigInt(rows.split.most) && !(row.flags & INDIRECT)));
  const follows = new Set(real.filter((row) => row.flags & NEXT).map((row) => Number(row.next)));
  const lines = real.map((row) =>
    `descriptor ${row.index}: addr ${hex(row.addr)}, ${row.len} bytes, ${masked(row.flags, flags)}` +
    (row.flags & NEXT ? `, next ${row.next}` : ""));
  for (const head of real.filter((row) => !follows.has(row.index))) {
    const parts = [];
    for (let row = head, left = table.length; row && left-- > 0; ) {
      parts.push(`${row.len} bytes ${row.flags & WRITE ? "in" : "out"}`);
      row = row.flags & NEXT ? table[Number(row.next)] : null;
    }
    lines.push(`chain from ${head.index}: ${parts.join(", ")}`);
  }
  return { title: "Split ring: descriptor table", links: ["split-ring.s.virtq_desc"], lines,
           score: share(real, fits, bytes, rows) };
}

function packedTable(rows, bytes) {
  const flags = rows.split.flags.concat(rows.packed.flags), mask = flags.reduce((sum, [bit]) => sum | bit, 0);
  const [AVAIL, USED] = ["AVAIL", "USED"].map((name) => BigInt(flags.find((one) => one[1] === name)[0]));
  const real = tableOf(bytes, rows.packed).map((row, index) => ({ ...row, index })).filter(used);
  const lines = real.map((row) => {
    const [available, done] = [!!(row.flags & AVAIL), !!(row.flags & USED)];
    const state = available === done ? `used, or free, with wrap counter ${+available}` : `available with wrap counter ${+available}`;
    return `descriptor ${row.index}: addr ${hex(row.addr)}, ${row.len} bytes, id ${row.id}, ${masked(row.flags, flags)}: ${state}`;
  });
  const fits = (row) => !(row.flags & ~BigInt(mask)) && row.flags & (AVAIL | USED);
  return { title: "Packed ring: descriptors", links: ["packed-ring.s.pvirtq_desc"], lines,
           score: share(real, fits, bytes, rows) };
}

// Available and used ring: flags, idx, entries. `elem` has the fields of an entry.
function indexRing(rows, bytes, key, elem) {
  const head = fieldsAt(bytes, 0, rows.split[key].filter(([name]) => name !== "ring")), start = 4, size = sizeOf(elem);
  const entries = [];
  for (let at = start; at + size <= bytes.length; at += size) entries.push(fieldsAt(bytes, at, elem));
  const count = Number(head.idx), shown = entries.slice(0, Math.min(count || 0, entries.length, 64));
  const lines = [`flags ${head.flags}, idx ${head.idx}: ${count} buffers since the start, modulo 65536`];
  shown.forEach((one, at) => lines.push(`entry ${at}: ` + Object.entries(one).map(([name, value]) => `${name} ${value}`).join(", ")));
  const fits = (one) => Object.values(one)[0] < BigInt(rows.split.most);
  const good = head.flags < 2n && entries.length && entries.every(fits);
  return { title: `Split ring: ${key === "avail" ? "available" : "used"} ring`, links: [`split-ring.s.virtq_${key}`], lines,
           score: good ? (key === "used" && bytes.length % 8 === 4 ? 0.6 : 0.5) : 0 };
}

function ringOf(rows, bytes) {
  const found = [splitTable(rows, bytes), packedTable(rows, bytes),
                 indexRing(rows, bytes, "avail", [["head", 0, 2]]), indexRing(rows, bytes, "used", rows.split.elem)];
  const likely = found.filter((one) => one.score > 0.4).sort((a, b) => b.score - a.score);
  const best = likely.length ? likely[0].score : 0;
  return likely.filter((one) => one.score === best || best < 1);
}
