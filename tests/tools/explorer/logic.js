// SPDX-License-Identifier: MIT
// Runs the scripts of a page in Node: node logic.js PAGE, with a JSON list of cases on the standard input. A case is
// [device, feature numbers], or [text, device] of the paste box.
const fs = require("fs"), vm = require("vm");
const text = fs.readFileSync(process.argv[2], "utf8");
const [data, code] = [/<script type=application\/json id=rows>(.*?)<\/script>/s, /<script>(.*?)<\/script>/s].map((one) => one.exec(text)[1]);
const scope = vm.createContext({ console });
vm.runInContext(code + "\nglobalThis.asked = { conditions, decode };", scope);
const rows = JSON.parse(data), { sets, pastes } = JSON.parse(fs.readFileSync(0, "utf8"));
const names = [...text.matchAll(/ id=([\w.-]+)/g)].map((one) => one[1]);
const known = new Map(rows.devices.map((one) => [one.name, one]));
const flat = (found, device) => {
  const all = device.rules.concat(rows.rules);
  return [all.map((one) => +found.unmet.includes(one)), device.offers.map((one) => +found.offers.includes(one)),
          [...found.closed].sort((a, b) => a - b), found.fields.map(Number), found.queues, found.messages.map(Number), found.sizes];
};
console.log(JSON.stringify({
  sets: sets.map(([name, bits]) => flat(scope.asked.conditions(rows, known.get(name), new Set(bits)), known.get(name))),
  pastes: pastes.map(([paste, device]) => scope.asked.decode(rows, paste, device, names)),
}));
