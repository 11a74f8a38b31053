// SPDX-License-Identifier: MIT
"use strict";
// Numbers and dumps as text; numbers of more than 53 bits are BigInts.

const hex = (value) => "0x" + value.toString(16);
const bitsOf = (value) => [...value.toString(2)].reverse().flatMap((one, bit) => (one === "1" ? [bit] : []));

function numberOf(text) {
  if (!/^(0x[0-9a-f]{1,32}|[0-9]{1,20})$/i.test(text)) return null;
  return BigInt(text);
}

// Names of the bits in a mask; rows are [mask, name].
function masked(value, rows) {
  let left = BigInt(value);
  const names = [];
  for (const [mask, name] of rows)
    if ((left & BigInt(mask)) === BigInt(mask)) {
      names.push(name);
      left &= ~BigInt(mask);
    }
  if (left) names.push(hex(left) + " (no name)");
  return names.length ? names.join(", ") : "none";
}

// The bytes of a line of a dump; words with 0x, or of 8 and 16 digits behind an address, are little-endian numbers.
function bytesOf(words) {
  const bytes = [];
  for (const word of words) {
    const number = /^0x/i.test(word) || word.length === 8 || word.length === 16;
    const pairs = word.replace(/^0x/i, "").match(/../g) || [];
    for (const pair of number ? pairs.reverse() : pairs) bytes.push(parseInt(pair, 16));
  }
  return bytes;
}

// A dump as {address, bytes}, or null: gdb's x/, xxd, hexdump -C, u-boot's md, QEMU's xp, or lines of bytes alone.
function dumpOf(lines) {
  let address = null, bytes = [];
  for (const line of lines) {
    const text = line.replace(/\s+(\|.*)$/, "").replace(/^(.*?[0-9a-f])\s{2,}[^\s0-9a-f].*$/i, "$1");
    const at = /^\s*(?:0x)?([0-9a-f]{2,16})(?:\s*<[^>]*>)?:\s*(.*)$/i.exec(text) || /^([0-9a-f]{8})\s\s(.*)$/i.exec(text);
    const rest = (at ? at[2] : text).trim();
    const words = rest ? rest.split(/\s+/) : [];
    const good = [];
    for (const word of !at && words.length === 1 && /^([0-9a-f]{2}){12,}$/i.test(rest) ? rest.match(/../g) : words) {
      if (!/^(0x)?([0-9a-f]{2}|[0-9a-f]{4}|[0-9a-f]{8}|[0-9a-f]{16})$/i.test(word)) break;
      good.push(word);
    }
    if (!good.length || (!at && good.length < Math.max(2, words.length))) {
      if (at || !words.length || /^[0-9a-f]{8}$/i.test(rest)) continue;
      return null;
    }
    if (address === null) address = at ? BigInt("0x" + at[1]) : 0n;
    bytes = bytes.concat(bytesOf(good));
  }
  return bytes.length >= 4 ? { address, bytes } : null;
}

function little(bytes, at, size) {
  let value = 0n;
  for (let i = size; i-- > 0; ) value = (value << 8n) | BigInt(bytes[at + i] || 0);
  return value;
}
