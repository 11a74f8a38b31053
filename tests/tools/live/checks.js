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

// What a switch gives: the names of the rules that were found.
function broken(page, id) {
  Object.assign(page.options, FRESH, { scene: "blk", size: 8 });
  page.breakIt([id]);
  const [fault] = page.armed;
  const found = page.machine.journal.filter((one) => one.kind === "finding").map((one) => page.model.rules[one.rule][0]);
  const here = page.machine.journal[page.machine.position - 1];
  return { rule: fault.rule, fired: fault.fired, found, shown: here.kind === "finding" };
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
