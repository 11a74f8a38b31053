// SPDX-License-Identifier: MIT
// Appended to a copy of the page by test_browser.py, which puts `wanted` before it: {sets, pastes, widths}. What it finds stands in
// an element `found` at the end.
{
  const { sets, pastes, widths } = wanted, wrong = [], at = (id) => document.getElementById(id);
  const check = (held, ...words) => held || wrong.push(words.join(" "));
  const links = [...document.querySelectorAll("a")];
  for (const link of links) check(link.getAttribute("href")[0] === "#" && at(link.getAttribute("href").slice(1)), "link", link.outerHTML);
  check(performance.getEntriesByType("resource").length === 0, "the page loads something");

  const there = (id) => !at(id) || (at(id).classList.contains("there") && !at(id).classList.contains("gone"));
  const device = (name) => rowsOf.devices.find((one) => one.name === name);
  const rowsOf = JSON.parse(at("rows").textContent);
  for (const [number, [name, bits, said]] of sets.entries()) {
    const { fields, messages, queues } = device(name);
    at(name).querySelector(".play button").click();
    for (const bit of bits) document.querySelector(`[data-of="${name}"][value="${bit}"]`).click();
    const [unmet, , , open, places, rows] = said, boxes = new Set(bits);
    if (!boxes.size) continue;
    fields.forEach(([field], i) => check(there(`${name}.c.${field}`) === !!open[i] || !at(`${name}.c.${field}`), name, bits, field));
    queues.forEach(([queue], i) => check(there(`${name}.q.${queue}`) === (places[i] !== -1), name, bits, queue));
    messages.forEach(([message], i) => check(there(`${name}.${message}`) === !!rows[i], name, bits, message));
    const shown = at(`${name}.play`).querySelectorAll(".bad li").length;
    check(shown >= unmet.filter(Boolean).length, name, bits, shown, "dependencies");
    const value = bits.reduce((sum, bit) => sum | (1n << BigInt(bit)), 0n); // Chromium takes 200 changes of the address in 30 s
    if (number < 4) check(location.hash === `#${name}.features?0x${value.toString(16)}`, "address", location.hash);
  }
  for (const [text, of, said] of pastes) {
    at("text").value = text;
    at("device").value = of;
    at("device").dispatchEvent(new Event("change"));
    const lines = [...at("answer").querySelectorAll("h4, li")].map((one) => one.textContent);
    check(JSON.stringify(lines) === JSON.stringify(said), "paste", text, JSON.stringify(lines));
  }
  at("theme").click();
  const one = getComputedStyle(document.body).backgroundColor;
  at("theme").click();
  check(one !== getComputedStyle(document.body).backgroundColor, "theme");

  // A deep link, and the widths: nothing stands out on the right.
  const copy = document.createElement("iframe");
  document.body.append(copy);
  for (const width of widths) {
    copy.style.width = `${width}px`;
    copy.style.height = "900px";
    const inside = copy.contentDocument;
    inside.open();
    inside.write(whole);
    inside.close();
    const root = inside.documentElement;
    check(root.clientWidth >= width - 30 && root.scrollWidth <= root.clientWidth, "width", width, root.clientWidth, root.scrollWidth);
  }
  copy.remove();
  const found = document.createElement("pre");
  found.id = "found";
  found.textContent = JSON.stringify({ links: links.length, sets: sets.length, pastes: pastes.length, wrong: wrong.slice(0, 20) });
  document.body.append(found);
}
