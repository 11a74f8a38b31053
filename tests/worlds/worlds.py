# SPDX-License-Identifier: MIT
"""A world: built, driven, judged, and made smaller while it still fails."""

import copy
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import described
import firmware
import rules
import surroundings
from device import Device
from mmio import Mmio
from pci import Host
from rings import Memory
from wire import Ended, Machine, Outcome

World = dict[str, Any]
FROM = 0x4000  # of a tree, a command line or tables, in the machine's memory


def make(seed: int) -> World:
    """The world of a seed: legal, or with one rule broken."""
    rng = random.Random(seed)
    world = surroundings.choose(rng)
    world["broken"] = ""
    if rng.random() < 0.4:
        possible = [rule for rule in rules.RULES if rule.applies(world)]
        if possible:
            rule = rng.choice(possible)
            before = copy.deepcopy(world)
            rule.break_world(world, rng)
            world["broken"] = rule.name
            world["changed"] = [key for key in world if key != "broken" and world[key] != before.get(key)]
    return world


def order_of(world: World) -> dict[str, Any]:
    """What the driver's machine is told."""
    order: dict[str, Any] = {
        "dma": world["dma"],
        "type": world.get("wanted", described.identity(world["class"])),
        "source": world["source"],
        "messages": world.get("messages", 0),
        "monitor": 1,
        "memory": {},
        "from": world.get("base", 0),
    }
    if world["legacy"]:
        order["monitor"] = 2 if world["transport"] == "mmio" else 0
    if world["source"] == "windows":
        order["bytes"] = world["window"]
    elif world["source"] == "line":
        form = world["line"]
        for _, wrong in world.get("edits", []):
            form = f"quiet virtio_mmio.device={wrong} ro"
        text = form.format(size=world["window"], at=world["base"], irq=world["irq"])
        order["memory"] = {FROM: text.encode() + b"\0"}
        order["from"] = FROM
    elif world["source"] in ("tree", "tree_pci"):
        data = firmware.tree(world)
        order |= {"memory": {FROM: data}, "from": FROM, "bytes": len(data)}
    elif world["source"] == "acpi":
        order |= {"memory": {FROM: firmware.tables(world, FROM)}, "from": FROM}
    else:
        first, last = world["buses"]
        order |= {"from": world["space"], "first_bus": first, "last_bus": last, "ports": world["ports"]}
    if world["transport"] == "pci":
        order |= {"place": 0 if world["placed"] else 1, "windows": world["windows"]}
    return order


def drive(machine: Machine, world: World) -> tuple[Outcome, Device]:
    """Builds a world and drives its device from probe to data."""
    world = copy.deepcopy(world)
    device = Device(world, Memory(machine.memory, world["dma"]))
    bus = Mmio(world, device) if world["transport"] == "mmio" else Host(world, device)
    outcome = machine.run(order_of(world), bus)
    outcome.regions = bus.regions()
    return outcome, device


def judge(machine: Machine, world: World) -> str:
    """What is wrong; "" if the driver did what the world asks for."""
    try:
        outcome, device = drive(machine, world)
    except Ended as what:
        return f"{what}: {machine.stop()[-1000:]}"
    if outcome.escaped:
        return outcome.escaped
    if device.broken:
        return device.broken
    found = outcome.message("monitor")
    if world["broken"] == "":
        return found or _legal(world, outcome) or _interrupted(world, outcome, device)
    return rules.BY_NAME[world["broken"]].judge(world, outcome)


def _legal(world: World, outcome: Outcome) -> str:
    for stage, result, text in outcome.results:
        if stage in ("find", "open", "data", "close") and result != 0:
            return f"{stage}: {result} {text}"
        if stage == "skip" and result < 0 and "disabled by its status" not in text:
            return f"skipped: {result} {text}"
    if outcome.found is None or outcome.result("interrupt") is None:
        return "the device was not driven"
    wanted = [f"region {name} {at} {size}" for name, (at, size) in sorted(outcome.regions.items())]
    found = [(result, text) for stage, result, text in outcome.results if stage == "region"]
    if found != [(0, text) for text in wanted]:
        return f"the driver finds {found}, and the device has {wanted}"
    if "tree" in world and (wrong := _differs(world, outcome.found[1])):
        return wrong
    if (
        outcome.buffers == 0
        and not world.get("idle")
        and not (world["legacy"] and world["transport"] == "pci")
    ):
        return "the monitor has followed no buffer"
    return ""


def _interrupted(world: World, outcome: Outcome, device: Device) -> str:
    """Whether vwr_dev_irq() returned the reasons, and acknowledged them."""
    got = outcome.result("interrupt")
    wanted = 3 if world.get("messages") else device.told
    if world.get("changes") and not wanted & 2:
        return "the driver did not read that the configuration has changed"
    if got != wanted or (device.told & ~device.acknowledged):
        return f"interrupt: {got}, not {wanted}; acknowledged {device.acknowledged} of {device.told}"
    return ""


def _differs(world: World, text: str) -> str:
    """What the tree says otherwise than what was found."""
    _, coherent, controller, count, *line = [int(word) for word in text.split()]
    found = (bool(coherent), controller, line[:count])
    wanted = firmware.expected(world)
    return f"found {found} in the tree, which has {wanted}" if found != wanted else ""


def shrunk(world: World, fails: Callable[[World], bool]) -> World:
    """The smallest world that still fails: parts are removed, or take the plainest value."""
    small = copy.deepcopy(world)
    progress = True
    while progress:
        progress = False
        for smaller in _smaller(small):
            if fails(smaller):
                small, progress = smaller, True
                break
    return small


PLAIN = {
    "dma": 0x40000000,
    "reset_polls": 0,
    "generation_moves": 0,
    "left": {},
    "messages": 0,
    "vendor": 0,
    "revision": 1,
    "pin": 1,
    "command": 7,
    "ports": 0,
}


def _smaller(world: World) -> list[World]:
    """Worlds with one part less, as legal as before: what breaks the rule stays."""
    fixed = world.get("changed", [])
    found = [
        world | {key: value}
        for key, value in PLAIN.items()
        if key not in fixed and world.get(key, value) != value
    ]
    for key in ("offered", "capabilities", "others"):
        for index, part in enumerate(world.get(key, [])):
            if key not in fixed and _can_go(world, key, part):
                found.append(world | {key: world[key][:index] + world[key][index + 1 :]})
    return [copy.deepcopy(row) for row in found]


def _can_go(world: World, key: str, part: Any) -> bool:
    """Whether a world without this part is as legal."""
    if key == "offered":
        rest = set(world["offered"]) - {part}
        known = described.features(world["class"], world["legacy"], world["transport"])
        return part != "VERSION_1" and all(described.holds(known[name][1], rest) for name in rest)
    if key == "capabilities":
        return not isinstance(part["type"], int) or part["type"] > 5 or part["bar"] > 5
    return not part.get("bridge") and part["at"] != world["function"] & ~7


def program(build: Path) -> Path:
    """The driver's machine."""
    return build / "tests" / "worlds" / "worlds_machine"
