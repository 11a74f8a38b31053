// SPDX-License-Identifier: MIT
"use strict";
// The page's own part: paste box, playground. Everything else of the page works without it.
if (typeof document !== "undefined") {
  const rows = JSON.parse(document.getElementById("rows").textContent);
  const at = (id) => document.getElementById(id);
  const make = (tag, words = "", more = {}) => Object.assign(document.createElement(tag), { textContent: words }, more);
  const list = (lines, cls = "") => {
    const made = make("ul", "", { className: cls });
    for (const line of lines) made.append(make("li", line));
    return made;
  };
  const names = [...document.querySelectorAll("[id]")].map((one) => one.id).filter((id) => /[.]/.test(id) || at(id).tagName === "SECTION");

  // What was pasted.
  const choice = at("device");
  choice.append(make("option", "any", { value: "" }));
  for (const one of rows.devices) choice.append(make("option", one.name));
  const answer = () => {
    const text = at("text").value, found = decode(rows, text, choice.value, names), out = at("answer");
    out.replaceChildren();
    for (const one of found) {
      out.append(make("h4", one.title), list(one.lines));
      if (one.links.length) {
        const links = make("p");
        for (const id of one.links.filter(at)) links.append(make("a", id, { href: "#" + id }), " ");
        out.append(links);
      }
    }
    if (text.trim() && !found.length) out.append(make("p", "Nothing that this page knows."));
  };
  at("paste").hidden = false;
  at("paste").addEventListener("submit", (event) => event.preventDefault());
  at("text").addEventListener("input", answer);
  choice.addEventListener("change", answer);

  // Playgrounds: a set of features for each device, in the address behind `?`.
  const sets = new Map(rows.devices.map((one) => [one.name, new Set()]));
  const nameOf = (device, bit) => device.features.concat(rows.reserved).find(([number]) => number === bit)[1];
  const ruled = (device, [bit, others]) => `${nameOf(device, bit)} requires ${others.map((one) => nameOf(device, one)).join(" or ")}`;
  const mark = (id, there, on) => {
    const row = at(id);
    if (row) row.classList.toggle("there", on && there), row.classList.toggle("gone", on && !there);
  };
  const show = (device) => {
    const set = sets.get(device.name), now = conditions(rows, device, set), on = set.size > 0;
    const value = [...set].reduce((sum, bit) => sum | (1n << BigInt(bit)), 0n);
    device.fields.forEach(([name], i) => mark(`${device.name}.c.${name}`, now.fields[i], on));
    device.messages.forEach(([name], i) => mark(`${device.name}.${name}`, now.messages[i], on));
    device.queues.forEach(([name], i) => mark(`${device.name}.q.${name}`, now.queues[i] !== -1, on));
    for (const [bit, name] of device.features) {
      const row = at(`${device.name}.${name}`);
      if (row) row.classList.toggle("unmet", now.unmet.some(([one]) => one === bit));
    }
    for (const box of document.querySelectorAll(`[data-of="${device.name}"]`)) box.checked = set.has(+box.value);
    const said = [`Features ${hex(value)}, ${now.interface} interface.`];
    const there = (what, all, some) => all.length && said.push(`${what}: ${some.join(", ") || "none"}.`);
    there("Configuration", device.fields, device.fields.filter((_, i) => now.fields[i]).map(([name]) => name));
    there("Queues", device.queues, device.queues.flatMap(([name], i) =>
      now.queues[i] === -1 ? [] : [now.queues[i] === null ? name : `${name} at ${now.queues[i]}`]));
    there("Messages", device.messages, device.messages.filter((_, i) => now.messages[i]).map(([name]) => name));
    there("Sizes", device.sizes, device.sizes.map(([name], i) => `${name} ${now.sizes[i]} bytes`));
    const wrong = now.unmet.map((rule) => ruled(device, rule) + ".")
      .concat(now.offers.map((rule) => `A device offers this only so: ${ruled(device, rule)}.`))
      .concat(now.only.map(([, name, only]) => `${name} exists in the ${only} interface only.`), now.conflicts.map((one) => one[2]));
    const out = at(`${device.name}.play`);
    out.replaceChildren(...(on ? [list(wrong, "bad"), list(said)] : []));
  };
  const tick = (device, bit, on) => {
    sets.get(device.name)[on ? "add" : "delete"](bit);
    show(device);
    const value = [...sets.get(device.name)].reduce((sum, one) => sum | (1n << BigInt(one)), 0n);
    history.replaceState(null, "", `#${device.name}.features${value ? "?" + hex(value) : ""}`);
  };
  const box = (device, bit, label) => {
    const made = make("input", "", { type: "checkbox", value: bit, ariaLabel: label });
    made.dataset.of = device.name;
    made.addEventListener("change", () => tick(device, bit, made.checked));
    return made;
  };
  for (const device of rows.devices) {
    const play = make("div", "", { className: "play" });
    play.append(make("b", "Playground: "), "tick features, here and in the table. ");
    for (const [bit, name] of rows.reserved) {
      const label = make("label");
      label.append(box(device, bit, name), " " + name);
      play.append(label);
    }
    const clear = make("button", "Clear", { type: "button" });
    clear.addEventListener("click", () => (sets.get(device.name).clear(), tick(device, 0, false)));
    play.append(clear, make("div", "", { id: `${device.name}.play` }));
    at(device.name).querySelector("h3, table").before(play);
    for (const [bit, name] of device.features) at(`${device.name}.${name}`).cells[0].prepend(box(device, bit, name), " ");
  }
  const follow = () => {
    const [id, value] = decodeURIComponent(location.hash.slice(1)).split("?");
    const device = deviceNamed(rows, id.split(".")[0]), number = value && numberOf(value);
    if (device && number) {
      sets.set(device.name, new Set(bitsOf(number).filter((bit) => device.features.concat(rows.reserved).some(([one]) => one === bit))));
      show(device);
      const place = at(id);
      if (place) place.scrollIntoView();
    }
  };
  addEventListener("hashchange", follow);
  follow();
}
