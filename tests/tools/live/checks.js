// SPDX-License-Identifier: MIT
// Functions for the tests, which run them in the page.
"use strict";

const FRESH = { bus: 0, size: 16, slow: 0, packed: false, inOrder: false, indirect: true, event: true, without: [] };

// The memory that the page shows: RAM and what the devices display.
const regions = (m) => [0, 1].flatMap((guest) => [
  [m.x.live_ram_of(guest), m.x.live_ram_bytes()],
  [m.x.live_surface_of(guest), m.words(m.x.live_surface_of(guest), 2)[1] + 16],
]);

const differ = (m, a, b) => regions(m).reduce((sum, [at, bytes]) => {
  for (let i = at; i < at + bytes; i++) if (a[i] !== b[i]) sum++;
  return sum;
}, 0);

const complaints = (page) => page.machine.journal
  .filter((one) => one.kind === "finding" || one.kind === "broken" || (one.kind === "return" && one.result < 0))
  .map((one) => `${page.places.text(one)} ${one.driver ?? ""}`);

// The main job of a scene; then the journal goes back to its start and forwards again.
function job(page, scene, options) {
  Object.assign(page.options, FRESH, options, { scene });
  page.armed = [];
  page.begin();
  const start = page.machine.shadow.slice();
  if (page.said === "") page.demonstrate();
  const m = page.machine, end = m.shadow.slice();
  const unseen = differ(m, m.memory, end);
  m.go(0);
  const back = differ(m, m.shadow, start);
  m.go(m.journal.length);
  return { said: page.said, complaints: complaints(page), entries: m.journal.length, unseen, back, forwards: differ(m, m.shadow, end),
    messages: m.marks.filter((one) => one.what !== "open" && one.what !== "wait").length, layout: m.geometry.some(({ rings }) => rings.some((one) => one.packed)) };
}

// The name and the side of a finding's rule.
const ruleOf = (page, one) => [page.model.rules[one.rule][0], page.model.rules[one.rule][3]];

// What a switch gives: the rule at which the journal stops, and the ends against which there are findings.
function broken(page, id) {
  Object.assign(page.options, FRESH, { scene: "blk", size: 8 });
  page.breakIt([id]);
  const [fault] = page.armed, before = page.machine.journal.slice(0, page.machine.position - 1);
  const found = page.machine.journal.filter((one) => one.kind === "finding").map((one) => ruleOf(page, one));
  const here = page.machine.journal[page.machine.position - 1];
  return { rule: fault.rule, side: fault.side, fired: fault.fired, sides: [...new Set(found.map(([, side]) => side))],
    shown: here.kind === "finding" ? ruleOf(page, here)[0] : here.kind, isFirst: !before.some((one) => one.kind === "finding" && ruleOf(page, one)[0] === fault.rule) };
}

// The entry at the position, as the stops of the course name it.
const here = (page) => page.places.named(page.machine.journal[page.machine.position - 1]);

// The entries of a kind, each with the one before and the one behind it.
const around = (page, wanted) => page.machine.journal.map((one, i) => [i - 1, i, i + 1]).filter(([, i]) => page.places.named(page.machine.journal[i]) === wanted)
  .map((three) => three.map((i) => page.places.named(page.machine.journal[i])));

const LINE = 100; // pixels: a line of C may go on beyond the window

// What of an entry is not in the window: the entry itself, and what it changed.
function hidden(page) {
  const bar = document.getElementById("journal").getBoundingClientRect();
  const view = document.querySelector(".views .about"), mark = view.querySelector(".now, mark, .here") ?? view.querySelector("h2");
  const inside = (one, top) => one.top >= top && one.bottom <= innerHeight && one.left >= 0 && Math.min(one.right, one.left + LINE) <= innerWidth;
  const parts = { lesson: ["lesson", 0], now: ["now", 0] };
  const found = Object.entries(parts).filter(([, [id, top]]) => !inside(document.getElementById(id).getBoundingClientRect(), top)).map(([name]) => name);
  return inside(mark.getBoundingClientRect(), bar.bottom - 1) ? found : [...found, view.id];
}

// Presses the button of a form, with the values that the user types.
function submit(page, name, values = {}) {
  const form = document.querySelector(`[data-action="${name}"]`);
  for (const [key, value] of Object.entries(values)) {
    form.elements[key].value = value;
    form.elements[key].dispatchEvent(new Event("input", { bubbles: true }));
  }
  form.requestSubmit();
  const done = page.machine.journal.findLast((one) => one.kind === "return");
  return { result: done.result, out: [...(done.out ?? [])], text: document.querySelector(".result").textContent };
}
