// SPDX-License-Identifier: MIT
"use strict";
// The page: what the user does, and when the views are drawn.

// The main job of a scene after its drivers are open: [action, values, guest].
const JOBS = {
  "9p": [["mount"], ["list"], ["open", { path: "hello" }], ["read"]],
  balloon: [["want"], ["poll"], ["inflate"], ["want", { pages: 0 }], ["poll"], ["deflate"]],
  blk: [["write", { sector: 2, data: "Hello, disk" }], ["read"]],
  console: [["write", { data: "Hello\n" }], ["flush"], ["type", { data: "ls\n" }], ["read"]],
  crypto: [["create session"], ["hash", { data: "abc" }], ["destroy session"]],
  entropy: [["read"]],
  fs: [["mount"], ["list"], ["open", { name: "hello" }], ["read"]],
  gpio: [["get names"], ["set direction"], ["set value"], ["get value"]],
  gpu: [["read display"], ["show"], ["fill"], ["flush"]],
  i2c: [["write", { data: "01 02 03 04" }], ["read"]],
  input: [["press"], ["release"], ["poll"]],
  net: [["send", { data: "Hello, neighbour" }, 0], ["receive", {}, 1]],
  pmem: [["write", { data: "Hello, memory" }], ["flush"], ["power failure"], ["read"]],
  rtc: [["count"], ["describe"], ["read"]],
  scsi: [["inquiry"], ["read capacity"], ["write", { data: "Hello, disk" }], ["read"]],
  sound: [["describe"], ["set parameters"], ["prepare"], ["write"], ["start"], ["play"], ["stop"]],
  vsock: [["connect"], ["send", { data: "Hello, host" }], ["echo"], ["receive"]],
};
// The features that shape a queue; all devices of the page offer VERSION_1.
const RINGS = [
  ["indirect", "INDIRECT_DESC", "tables", "INDIRECT_DESC: a descriptor can refer to a table of descriptors."],
  ["event", "EVENT_IDX", "event indices", "EVENT_IDX: each side says at which entry it wants a notification."],
  ["packed", "RING_PACKED", "packed ring", "RING_PACKED: one ring that both sides write."],
  ["inOrder", "IN_ORDER", "in order", "IN_ORDER: the device uses buffers in the order in which they were made available."],
];
const WORDS = {
  open: "The driver finds the device, negotiates features and sets up its queues.", close: "The driver resets the device.",
  recover: "The driver resets a device that failed, and sets it up again.", idle: "The device finishes its work, and the monitor reports what is still missing.",
  "needs reset": "The device sets DEVICE_NEEDS_RESET.", reset: "Status is written to 0 while the driver is not looking.",
};
const SLOW = [["at once", 0], ["while the driver sleeps", SLOWLY], ["too late", 100000000]];
const $ = (id) => document.getElementById(id);

class Page {
  constructor(machine, model, sources) {
    this.machine = machine;
    this.model = model;
    this.places = machine.places = new Places(model, machine);
    this.views = new Views(model, machine, this.places, sources);
    this.scenes = machine.scenes();
    for (const { name, actions } of this.scenes) for (const one of actions) for (const input of one.inputs) input.choices = model.choices(name, one.name, input.name);
    this.faults = makeFaults();
    this.options = { scene: "blk", bus: 0, size: 8, slow: 0, indirect: true, event: true, packed: false, inOrder: false, without: [] };
    this.frame = null;
    this.armed = []; // faults that are on
    this.script = []; // what the user did since the start: [what, ...], by boundary
    this.lesson = null; // of the course
  }

  get scene() {
    return this.scenes.find((one) => one.name === this.options.scene);
  }

  // ---- the machine ----

  // What the user chose, and what the switches that are on need instead.
  settings() {
    return Object.assign({}, this.options, ...this.armed.map((one) => one.needs));
  }

  choice() {
    const options = this.settings();
    const ring = [0, 0], offered = [0xffffffff, 0xffffffff], set = (words, bit) => (words[bit >> 5] |= 1 << (bit & 31));
    set(ring, FEATURE.VERSION_1);
    for (const [name, feature] of RINGS) if (options[name]) set(ring, FEATURE[feature]);
    for (const bit of options.without) offered[bit >> 5] &= ~(1 << (bit & 31));
    const { bus, size, slow } = options;
    return { scene: this.scene.number, bus, size, slow, ring: ring.map((one) => one >>> 0), offered: offered.map((one) => one >>> 0), avoided: [0, 0, 0, 0] };
  }

  // A new machine, with the switches that are on.
  begin() {
    this.script = [];
    this.lesson = null;
    const result = this.machine.begin(this.choice(), this.scene);
    for (const fault of this.armed) fault.arm();
    this.machine.faults = this.armed;
    this.said = result === 0 ? "" : `The device cannot be made like this: ${this.machine.string(this.machine.x.live_result(result))}.`;
    this.frame = null;
  }

  // One step of the script: ["open", guest], ["do", guest, action, values] ...
  run(step) {
    const { machine } = this, [what, guest, name, values] = step;
    this.goBack();
    this.lesson = null;
    let mark;
    if (what === "open") mark = machine.start(guest);
    else if (what === "close") mark = machine.act("close", guest, (x) => x.live_close(guest));
    else if (what === "recover") mark = machine.act("recover", guest, (x) => x.live_recover(guest));
    else if (what === "needs reset") mark = machine.act("the device needs a reset", guest, (x) => (x.live_needs_reset(guest), 0));
    else if (what === "idle") mark = machine.act("wait", guest, (x) => (x.live_run(guest), x.live_idle(guest), 0));
    else if (what === "reset") mark = machine.act("reset in the middle", guest, (x) => (x.live_inject(guest, REGISTER.Status.offset, REGISTER.Status.bytes, 0), 0));
    else mark = machine.do(guest, this.scene.actions.find((one) => one.name === name), values ?? {});
    this.script.push(step);
    for (const one of machine.journal.slice(mark.at)) if (one.kind === "broken") one.explained = machine.string(machine.x.live_explain(guest, END.DEVICE));
    return mark;
  }

  // What is done at an earlier position follows the last action that ended there: the machine does the kept ones again.
  goBack() {
    const { journal, position, marks } = this.machine;
    this.undo = null;
    if (position === journal.length) return;
    const count = marks.filter((one) => one.end <= position).length, script = this.script.slice(0, count);
    const undo = { link: this.link(), entries: journal.length - (marks[count]?.at ?? journal.length) };
    this.begin();
    for (const step of script) this.run(step);
    this.undo = undo;
  }

  // Opens the drivers and does the scene's main job.
  demonstrate() {
    for (let guest = 0; guest < this.scene.guests; guest++) this.run(["open", guest]);
    for (const [name, values, guest] of this.job()) this.run(["do", guest ?? 0, name, values ?? {}]);
    for (let guest = 0; guest < this.scene.guests; guest++) this.run(["idle", guest]);
  }

  job() {
    const known = (JOBS[this.scene.name] ?? []).filter(([name]) => this.scene.actions.some((one) => one.name === name));
    return known.length ? known : this.scene.actions.filter((one) => !one.name.startsWith("answer ")).map((one) => [one.name]);
  }

  // Exactly these switches are on, and the scene starts again.
  breakIt(ids) {
    this.armed = this.faults.filter((one) => ids.includes(one.id));
    this.again(true);
  }

  // Starts the scene again. The switches that are on stay on.
  again(demonstrates) {
    this.begin();
    if (demonstrates && this.said === "") this.demonstrate();
    this.machine.go(this.first() + 1 || this.machine.journal.length);
    this.sceneForm();
    this.draw();
  }

  // What is shown first: the report of what a switch breaks, or else another, or else what the switch did; without a
  // switch, the first buffer that the driver makes available.
  first() {
    const { journal } = this.machine, rules = this.armed.map((one) => one.rule);
    const is = this.armed.length === 0
      ? [(one, i) => one.end === END.DRIVER && this.publishes(i)]
      : [(one) => one.kind === "finding" && rules.includes(this.model.rules[one.rule][0]), (one) => one.kind === "finding", acted];
    return is.map((each) => journal.findIndex(each)).find((at) => at >= 0) ?? -1;
  }

  // Whether an entry is a store that passes buffers to the other end.
  publishes(index) {
    const { journal } = this.machine, before = journal[index - 1];
    return journal[index].kind === "store" && before?.kind === "barrier" && HOOKS[before.order] === "release";
  }

  // ---- the course ----

  // Begins a lesson; the page then shows a stop of it.
  teach(lesson, stop = 0) {
    this.options = { ...DISK, ...lesson.options };
    this.armed = this.faults.filter((one) => lesson.faults?.includes(one.id));
    this.begin();
    for (const step of lesson.script) this.run(step);
    this.lesson = { ...lesson, at: this.stopsOf(lesson) };
    this.sceneForm();
    this.stopAt(Math.min(stop, lesson.stops.length - 1));
  }

  // The position of each stop of a lesson that the machine has done.
  stopsOf({ stops }) {
    const { machine, places } = this, at = [];
    for (let i = 0; i < machine.journal.length && at.length < stops.length; i++) {
      machine.go(i + 1);
      const name = places.named(machine.journal[i]), [wanted] = stops[at.length];
      if (name === wanted || (name.startsWith(wanted) && /[ =]/.test(name[wanted.length]))) at.push(i + 1);
    }
    return at;
  }

  stopAt(stop) {
    history.replaceState(null, "", `#${this.lesson.id}.${stop + 1}`);
    this.go(this.lesson.at[stop]);
  }

  // ---- moving ----

  // Whether an entry is one of the user's steps.
  isStep(index, step) {
    const entry = this.machine.journal[index];
    if (step === "all") return $("loads").checked || entry.kind !== "load";
    if (step === "register") return entry.kind === "read" || entry.kind === "write" || entry.kind === "interrupt";
    if (step === "finding") return entry.kind === "finding" || entry.kind === "broken";
    const word = entry.kind === "store" ? this.places.word(entry.at) : null;
    if (step === "ring") return word?.field !== undefined;
    return entry.kind === "call" || this.publishes(index);
  }

  move(direction, step = $("step").value) {
    const { machine } = this;
    let at = machine.position;
    do machine.go((at += direction));
    while (at > 0 && at < machine.journal.length && !this.isStep(at - 1, step));
    this.go(at);
  }

  go(position) {
    this.machine.go(position);
    this.frame = null;
    this.draw();
    this.follow();
  }

  // Scrolls to what the entry changed: always in a narrow window, where it comes first below the entry, and in a lesson.
  follow() {
    const isNarrow = matchMedia("(max-width: 760px)").matches, view = document.querySelector(".views .about");
    if (!isNarrow && this.lesson === null) return;
    (isNarrow ? view : document.querySelector(".views")).scrollIntoView({ block: "start" });
    (view.querySelector(".now, mark, .here") ?? view).scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  // ---- a link to what is shown ----

  link() {
    const state = { o: this.options, s: this.script, f: this.armed.map((one) => one.id), p: this.machine.position };
    return `#${btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(state))))}`;
  }

  restore(hash) {
    const [, id, stop] = /^#([a-z-]+)(?:\.(\d+))?$/.exec(hash) ?? [], lesson = COURSE.find((one) => one.id === id);
    if (lesson) return this.teach(lesson, Math.max(stop ?? 1, 1) - 1), true;
    try {
      const state = JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(hash.slice(1)), (one) => one.charCodeAt(0))));
      if (!this.scenes.some((one) => one.name === state.o.scene)) throw new Error("no such scene");
      Object.assign(this.options, state.o);
      this.armed = this.faults.filter((one) => state.f.includes(one.id));
      this.begin();
      for (const step of state.s) this.run(step);
      this.machine.go(state.p);
      return true;
    } catch (error) {
      $("state").textContent = `The link cannot be restored: ${error.message}.`;
      $("state").hidden = false;
      return false;
    }
  }

  // ---- drawing ----

  draw() {
    const { views, machine } = this, guests = Array.from({ length: this.machine.guests() }, (_, i) => i);
    const each = (make) => guests.map((guest) => (guests.length > 1 ? `<h3>Guest ${guest}</h3>` : "") + make(guest)).join("");
    const shows = (i) => this.isStep(i, "all") || i === machine.position - 1;
    const fill = {
      lane: views.lane(shows), rings: views.rings(), message: views.message(), about: views.registerAbout(),
      status: each((guest) => views.status(guest) + `<p>${views.features(guest)}</p>`), registers: each((guest) => views.registerTable(guest)),
      code: views.code(this.frame), surface: each((guest) => views.surface(guest)), memory: views.memory(), findings: views.findings(),
      counters: views.counters(), now: views.now(), lesson: views.lesson(this.lesson), actions: this.actions(), faults: this.faultList(),
    };
    $("lesson").hidden = this.lesson === null;
    const focused = document.activeElement?.dataset?.keep;
    for (const [id, html] of Object.entries(fill)) if ($(id).innerHTML !== html) $(id).innerHTML = html;
    if (focused) document.querySelector(`[data-keep="${CSS.escape(focused)}"]`)?.focus();
    $("surface-title").textContent = ["Device", "Terminal", "Medium", "Screen"][this.scene.surface] ?? "Device";
    const on = this.armed.map((one) => one.title);
    $("broken").textContent = on.join("; ") || `${this.faults.length} switches`;
    $("v-surface").hidden = this.scene.surface === 0;
    document.querySelectorAll("canvas").forEach((one) => views.paint(one));
    const about = `v-${views.about()}`;
    for (const one of document.querySelectorAll(".views section")) one.classList.toggle("about", one.id === about);
    document.body.style.setProperty("--bar", `${$("journal").offsetHeight}px`);
    $("position").max = machine.journal.length;
    $("position").value = machine.position;
    $("count").textContent = `${machine.position} of ${machine.journal.length}`;
    const current = document.querySelector(".lane [aria-current]");
    if (current) current.parentElement.scrollTop = current.offsetTop - current.parentElement.offsetTop - current.parentElement.clientHeight / 2;
  }

  sceneForm() {
    const options = this.settings(), needed = new Set(this.armed.flatMap((one) => Object.keys(one.needs)));
    const fixed = (name) => (needed.has(name) ? ` disabled title="A switch that is on needs this."` : "");
    const select = (name, label, list) => `<label>${label} <select name=${name} data-keep=${name}${fixed(name)}>${list.map(([text, value]) => `<option value="${value}"${String(options[name]) === String(value) ? " selected" : ""}>${text}`).join("")}</select></label>`;
    const rings = RINGS.map(([name, , text, about]) => `<label title="${about}"><input type=checkbox name=${name} data-keep=${name}${options[name] ? " checked" : ""}${fixed(name)}> ${text}</label>`);
    const features = this.model.ownFeatures(options.scene).map((one) =>
      `<label title="${esc(one.brief)}"><input type=checkbox name=feature value=${one.value}${options.without.includes(one.value) ? "" : " checked"}> ${one.name}</label>`);
    $("scene").innerHTML = select("scene", "Device", this.scenes.map((one) => [`${one.name}: ${this.model.device(one.name)?.section ?? ""}`, one.name])) + select("bus", "Transport", [["virtio-mmio", 0], ["virtio-pci", 1]]) +
      select("size", "Queue size", [4, 8, 16, 32].map((one) => [one, one])) + rings.join("") + select("slow", "The device works", SLOW) +
      `<button type=button id=again title="A new device; its driver is not open">Start again</button><button type=button id=demo title="Start again, open the driver, and do what the device is for">Main job</button><button type=button id=copy>Link</button><span id=linked role=status></span>` +
      (features.length ? `<details><summary>Features that the device may offer</summary>${features.join("")}</details>` : "") + `<p class=quiet>${esc(this.scene.brief)} ${esc(this.said ?? "")}</p>`;
  }

  actions() {
    const parts = [];
    for (let guest = 0; guest < this.scene.guests; guest++) {
      const who = this.scene.guests > 1 ? `Guest ${guest}: ` : "";
      const button = (what, text) => `<button type=button data-step="${what}" data-guest=${guest} data-keep="${what}${guest}" title="${WORDS[what]}">${text}</button>`;
      const forms = (end) => this.scene.actions.filter((one) => one.end === end).map((one) => this.actionForm(one, guest)).join("");
      parts.push(`<p><b class=driver>${who}Driver</b> ${button("open", "open")} ${button("close", "close")} ${button("recover", "recover")} ${button("idle", "wait")} ${forms(END.DRIVER)}</p>`);
      parts.push(`<p><b class=device>${who}Device</b> ${button("needs reset", "needs a reset")} ${this.settings().bus === 0 ? button("reset", "is reset") : ""} ${forms(END.DEVICE)}</p>`);
    }
    const undo = this.undo ? `<p role=status>This action was done at an earlier position, so ${this.undo.entries} later entries were dropped. <button type=button id=undo data-keep=undo>Undo</button></p>` : "";
    return parts.join("") + this.result() + undo;
  }

  actionForm(action, guest) {
    const key = `${action.number}.${guest}`;
    const fields = action.inputs.map((one) => {
      const value = this.typed?.[`${key}.${one.name}`] ?? one.value;
      const about = this.model.about(this.scene.name, action.name, one.name);
      const choice = ({ name: text, value: number }) => `<option value=${number}${String(number) === String(value) ? " selected" : ""}>${esc(text)} (${number})`;
      if (one.choices.length) return `<label title="${esc(about)}">${esc(one.name)} <select name="${esc(one.name)}" data-keep="${esc(`${key}.${one.name}`)}">${one.choices.map(choice).join("")}</select></label>`;
      return `<label title="${esc(about)}">${esc(one.name)} <input name="${esc(one.name)}" data-keep="${esc(`${key}.${one.name}`)}" value="${esc(value)}"${one.kind === "number" ? " inputmode=numeric" : " class=text"}></label>`;
    });
    return `<form data-action="${esc(action.name)}" data-guest=${guest} title="${esc(action.brief)}"><button data-keep="${key}">${esc(action.name)}</button>${fields.join("")}</form>`;
  }

  // What the last action returned, at the position that is shown.
  result() {
    const { journal, position } = this.machine;
    const done = journal.slice(0, position).findLast((one) => one.kind === "return");
    if (this.wrong) return `<p class="result bad" role=status>${esc(this.wrong)}</p>`;
    if (!done) return "";
    const out = done.out?.length ? ` <code>${spaced(done.out)}</code>${printable(done.out)}` : "";
    return `<p class="result${done.result < 0 ? " bad" : ""}" role=status><b>${esc(this.places.text(done))}</b>${out}</p>`;
  }

  faultList() {
    const on = new Set(this.armed.map((one) => one.id));
    const one = (fault) => `<label><input type=checkbox name=fault value=${fault.id} data-keep="f-${fault.id}"${on.has(fault.id) ? " checked" : ""}> <b class=${fault.side}>${fault.side}</b> ${esc(fault.title)}${on.has(fault.id) && !fault.fired ? " <small>(did not happen here)</small>" : ""}</label>`;
    return this.faults.map(one).join("") + this.others();
  }

  // The rules of the monitor that no switch breaks.
  others() {
    const shown = new Set(this.faults.map((one) => one.rule));
    const rest = this.model.rules.filter(([name]) => !shown.has(name)).map(([name, clause]) => esc(clause ? `${name} (${clause})` : name));
    return `<details><summary>The other rules of the monitor, which no switch breaks: ${rest.length}</summary><p class=quiet>${rest.join(", ")}</p></details>`;
  }

  // ---- events ----

  listen() {
    $("scene").addEventListener("change", (event) => this.choose(event.target));
    document.addEventListener("click", (event) => this.clicked(event));
    document.addEventListener("submit", (event) => this.submitted(event));
    document.addEventListener("keydown", (event) => this.key(event));
    $("actions").addEventListener("input", ({ target }) => ((this.typed ??= {})[target.dataset.keep] = target.value));
    addEventListener("hashchange", () => this.restore(location.hash) && (this.sceneForm(), this.draw()));
    $("position").addEventListener("input", (event) => this.go(Number(event.target.value)));
    $("loads").addEventListener("change", () => this.draw());
    $("faults").addEventListener("change", () => this.breakIt([...document.querySelectorAll("[name=fault]:checked")].map((one) => one.value)));
    $("load-trace").addEventListener("click", () => this.paste($("trace").value));
  }

  choose(target) {
    if (target.name === "feature") this.options.without = this.withoutIllegal([...document.querySelectorAll("[name=feature]:checked")].map((one) => Number(one.value)));
    else if (target.type === "checkbox") this.options[target.name] = target.checked;
    else this.options[target.name] = target.name === "scene" ? target.value : Number(target.value);
    if (target.name === "scene") Object.assign(this.options, { without: [] });
    this.again(true);
  }

  // The class's features that the device does not offer: those that are not chosen, and those that require one of them.
  withoutIllegal(chosen) {
    const device = this.model.device(this.options.scene), all = this.model.features(this.options.scene);
    const bit = new Map(all.map((one) => [one.name, one.value]));
    const rules = [...(device.rules ?? []), ...(device.offers ?? [])].map((one) => [bit.get(one.feature), one.any.map((name) => bit.get(name))]);
    const left = closed(new Set([...chosen, ...this.model.reserved.map((one) => one.value)]), rules);
    return this.model.ownFeatures(this.options.scene).map((one) => one.value).filter((one) => !left.has(one));
  }

  clicked(event) {
    const button = event.target.closest("button, a");
    if (!button) return;
    const { go, move, step, guest, frame, lesson, stop } = button.dataset;
    if (lesson) event.preventDefault(), this.teach(COURSE.find((one) => one.id === lesson));
    else if (stop) this.stopAt(Number(stop));
    else if (go) this.go(Number(go));
    else if (frame) (this.frame = Number(frame)), this.draw();
    else if (step) this.run([step, Number(guest)]), this.draw();
    else if (button.id === "again") this.again(false);
    else if (button.id === "demo") this.again(true);
    else if (button.id === "copy") this.copy();
    else if (button.id === "undo") this.takeBack();
    else if (move) this.moveBy(move);
  }

  // Returns to what there was before an action cut the journal.
  takeBack() {
    this.restore(this.undo.link);
    this.sceneForm();
    this.draw();
  }

  copy() {
    const link = this.link();
    history.replaceState(null, "", link);
    navigator.clipboard?.writeText(location.href).catch(() => {});
    $("linked").textContent = "The address of this page now restores the scene.";
  }

  moveBy(move) {
    if (move === "first") this.go(0);
    else if (move === "last") this.go(this.machine.journal.length);
    else this.move(move === "on" ? 1 : -1);
  }

  submitted(event) {
    const form = event.target.closest("[data-action]");
    event.preventDefault();
    if (!form) return;
    try {
      this.run(["do", Number(form.dataset.guest), form.dataset.action, Object.fromEntries(new FormData(form))]);
      this.wrong = "";
    } catch (error) {
      this.wrong = `${form.dataset.action}: ${error.message}.`;
    }
    this.draw();
  }

  key(event) {
    if (/INPUT|SELECT|TEXTAREA/.test(event.target.tagName) && event.target.type !== "checkbox" && event.target.type !== "range") return;
    const step = event.shiftKey ? "message" : undefined;
    const known = {
      ArrowRight: () => this.move(1, step), ArrowLeft: () => this.move(-1, step), Home: () => this.go(0), End: () => this.go(this.machine.journal.length),
      f: () => this.move(1, "finding"),
    };
    if (!(event.key in known) || event.ctrlKey || event.altKey || event.metaKey) return;
    known[event.key]();
    event.preventDefault();
  }

  // ---- a trace ----

  paste(text) {
    const list = readTrace(text);
    if (list.length === 0) {
      $("trace-said").textContent = "There is no register access of a virtio device with its value in this text.";
      return;
    }
    const id = list.find((one) => one.place === PLACE.MMIO && one.at === 8 && one.kind === "read")?.value;
    const scene = this.scenes.find((one) => this.model.device(one.name)?.id === id);
    if (scene) this.options.scene = scene.name;
    this.options.bus = list[0].place === PLACE.MMIO ? 0 : 1;
    this.armed = [];
    this.begin();
    this.machine.observe(list);
    this.go(0);
    this.sceneForm();
    const lines = text.split("\n").filter((one) => one.trim()).length;
    $("trace-said").textContent = `${list.length} accesses of one device, from ${lines} lines; step through them above.`;
  }
}

async function unpack(id) {
  const bytes = Uint8Array.from(atob($(id).textContent), (one) => one.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const unpackJson = async (id) => JSON.parse(new TextDecoder().decode(await unpack(id)));

async function startPage() {
  Error.stackTraceLimit = 24;
  const [wasm, lines, facts, sources] = await Promise.all([unpack("wasm"), unpack("lines"), unpackJson("facts"), unpackJson("sources")]);
  const machine = await Machine.load(wasm, new Code(facts.names, facts.files, lines));
  const page = new Page(machine, new Model(facts.data, facts.rules), sources);
  window.live = page; // for tests
  $("course").innerHTML = COURSE.map((one) => `<li><a href="#${one.id}" data-lesson=${one.id}>${one.title}</a>`).join("");
  if (!location.hash || !page.restore(location.hash)) page.again(true);
  page.sceneForm();
  page.listen();
  document.querySelector("main").hidden = false;
  if (!$("state").textContent.startsWith("The link")) $("state").hidden = true;
  page.draw();
  page.follow(); // to the stop of a link
  document.documentElement.dataset.ready = "yes";
}

if (typeof document !== "undefined")
  startPage().catch((error) => ($("state").textContent = `The machine cannot run here: ${error.message}. The page needs WebAssembly and DecompressionStream.`));
