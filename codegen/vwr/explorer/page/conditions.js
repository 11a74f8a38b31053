// SPDX-License-Identifier: MIT
"use strict";
// What exists with a set of features. A set is a Set of feature numbers; a row's list of features means any of them.

const any = (set, list) => list.some((bit) => set.has(bit));
const gated = (set, list) => list.length === 0 || any(set, list);
const unmet = (set, rules) => rules.filter(([feature, list]) => set.has(feature) && !any(set, list));

// The set without the features whose dependencies are not met, until all are.
function closed(set, rules) {
  const left = new Set(set);
  for (let wrong; (wrong = unmet(left, rules)).length; ) for (const [feature] of wrong) left.delete(feature);
  return left;
}

function interfaceOf(rows, set) {
  const modern = rows.reserved.find(([, name]) => name === "VERSION_1")[0];
  return set.has(modern) ? "modern" : "legacy";
}

function conditions(rows, device, set) {
  const now = interfaceOf(rows, set);
  const rules = device.rules.concat(rows.rules);
  const lacks = (list) => list.every((bit) => !set.has(bit));
  const queues = device.queues.map(([, index, gate, moves]) =>
    !gated(set, gate) ? -1 : index === null ? null : index - moves.filter((list) => !any(set, list)).length);
  return {
    interface: now,
    unmet: unmet(set, rules),
    offers: unmet(set, device.offers),
    only: device.features.concat(rows.reserved).filter(([bit, , only]) => set.has(bit) && only && only !== now),
    conflicts: device.conflicts.filter(([all, none]) => all.every((bit) => set.has(bit)) && lacks(none)),
    closed: closed(set, rules),
    fields: device.fields.map(([, , gate, unless]) => gated(set, gate) && lacks(unless)),
    queues,
    messages: device.messages.map(([, queue, only, gate, also, unless]) =>
      queues[queue] !== -1 && (!only || only === now) && gated(set, gate) && gated(set, also) && lacks(unless)),
    sizes: device.sizes.map(([, list]) =>
      list.find(([, sets]) => sets.every((one) => any(set, one)))[0]),
  };
}
