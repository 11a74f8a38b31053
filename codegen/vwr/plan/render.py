# SPDX-License-Identifier: MIT
"""A plan to files: tables in C, and device-tree nodes. The output depends only on the plan."""

import functools
import itertools
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import jinja2

from vwr import ROOT, cname, sentence, txtar
from vwr.back_end import BackEnd, Output, outputs
from vwr.generate.fill import c_string, environment
from vwr.plan import kinds, listing, model
from vwr.plan.model import Device, Folder, Plan, Switch, Vm

TEMPLATES = ROOT / "codegen" / "vwr" / "plan" / "templates"
MOST_UNITS = 1024  # of the table that finds the VM of an address; VMs that are farther apart have none
FIRST_SPI, EDGE, LEVEL = 32, 1, 4  # of the binding of the GIC


@dataclass(frozen=True)
class _Subject:
    """A plan, and the variables of its templates."""

    plan: Plan
    stem: str
    facts: dict[str, Any]

    def fill(self, template: str, **more: Any) -> str:
        """The text of a file."""
        env = environment(
            snake=cname.snake,
            upper=lambda name: cname.snake(name).upper(),
            c_string=lambda text: c_string(text) if text else "NULL",
            hex=lambda value: f"{value:#010x}u",
            hex64=lambda value: f"{value:#x}ull",
            cells64=lambda value: f"{value >> 32:#x} {value & 0xFFFFFFFF:#x}",
            yes=lambda value: "true" if value else "false",
            comment=lambda text: text.replace("*/", "* /"),
            cells=_cells,
            features=lambda device: _words(kinds.feature("features", name) for name in device.features),
            lines=_lines,
            offloads=lambda names: _words(kinds.feature("net", name) for name in kinds.offloads(names)),
            at=self._at,
            inside=self._inside,
            count=sentence.plural,
            files=listing.files,
            monitor=listing.monitor,
            sectors=listing.sectors,
            size=listing.size,
            windows=listing.windows,
        )
        env.loader = jinja2.ChoiceLoader([jinja2.FileSystemLoader(TEMPLATES), jinja2.DictLoader(_kinds())])
        env.globals.update(id_name=kinds.id_name, spi=lambda irq: irq - FIRST_SPI)
        return env.get_template(template).render(self.facts, **more)

    def _at(self, device: Device, member: str) -> str:
        return f"VWR_VPLAN_AT(struct {self.stem}, {cname.snake(device.vm.name)}.{cname.snake(device.name)}.{member})"

    def _inside(self, thing: Switch | Folder | Vm, where: str, member: str) -> str:
        return f"VWR_VPLAN_AT(struct {self.stem}, {where}.{cname.snake(thing.name)}.{member})"


@functools.cache
def _kinds() -> dict[str, str]:
    """{name: text} of the templates of the kinds of devices."""
    return {name: raw.decode("utf-8") for name, raw in txtar.read(TEMPLATES / "kinds.txtar").items()}


def _tables(subject: _Subject) -> Iterator[Output]:
    for end in ("h", "c"):
        yield Output(f"{subject.stem}.{end}", subject.fill(f"plan.{end}.j2"))


def _device_trees(subject: _Subject) -> Iterator[Output]:
    for vm in subject.plan.vms:
        yield Output(f"{subject.stem}_{cname.snake(vm.name)}.dtsi", subject.fill("plan.dtsi.j2", vm=vm))


BACK_ENDS = (
    BackEnd("plan", "the plan", ("*.h", "*.c"), _tables),
    BackEnd("device trees", "VMs", ("*.dtsi",), _device_trees),
)


def render(plan: Plan, license_of_plan: str, source: str) -> dict[str, bytes]:
    """{file name: bytes}."""
    stem = f"vwr_plan_{cname.snake(plan.name)}"
    facts = {
        "plan": plan,
        "license": license_of_plan,
        "source": source,
        "stem": stem,
        "upper": stem.upper(),
        "used": _used(plan),
        "lists": kinds.SHARED,
        "made": len(plan.switches) + len(plan.trees),
        "shared": [(word, plan.things(word)) for word in kinds.SHARED if plan.things(word) or word == "disk"],
        "devices": plan.devices(),
        "own": _running([device.queues * device.queue_size for device in plan.devices()]),
        "queue": _running([device.queues for device in plan.devices()]),
        "slot": _running([plan.slots(vm) for vm in plan.vms]),
        "trap": _trap(plan),
        "trigger": EDGE if plan.edge else LEVEL,
        "first_spi": FIRST_SPI,
        "level": LEVEL,
        "bar": model.BAR,
        "frame": model.FRAME,
    }
    return {
        output.path: output.text.encode("utf-8") for output in outputs(BACK_ENDS, _Subject(plan, stem, facts))
    }


def listed(plan: Plan) -> str:
    """All windows in the order of their addresses, in the style of QEMU's monitor."""
    return _Subject(plan, "", {"plan": plan, "devices": plan.devices()}).fill("plan.list.j2")


def _used(plan: Plan) -> list[kinds.Kind]:
    """The kinds in use, in their order."""
    there = {device.word for device in plan.devices()}
    return [kind for kind in kinds.KINDS.values() if kind.word in there]


def _running(numbers: list[int]) -> list[int]:
    """The start of each, and the end of the last."""
    return [0, *itertools.accumulate(numbers)]


def _trap(plan: Plan) -> dict[str, Any] | None:
    """(base, shift, the VM of each unit) if the address determines the VM, else None."""
    bases = [vm.base for vm in plan.vms]
    low = min(bases)
    unit = math.gcd(*map(plan.extent, plan.vms), *[base - low for base in bases])
    in_order = sorted(plan.vms, key=lambda vm: vm.base)
    count = (in_order[-1].base + plan.extent(in_order[-1]) - low) // unit
    if count > MOST_UNITS or any(a.base + plan.extent(a) > b.base for a, b in zip(in_order, in_order[1:])):
        return None
    table: list[int | None] = [None] * count
    for vm in plan.vms:
        at = (vm.base - low) // unit
        table[at : at + plan.extent(vm) // unit] = [vm.index] * (plan.extent(vm) // unit)
    return {"base": low, "shift": unit.bit_length() - 1, "table": table}


def _lines(vm: Vm) -> tuple[int, list[int | None]]:
    """(first interrupt, the row of the device for each from there on)."""
    rows = {device.irq: device.row for device in vm.devices}
    return min(rows), [rows.get(line) for line in range(min(rows), max(rows) + 1)]


def _words(features: Iterable[tuple[str, int]]) -> str:
    """An initialiser of struct vwr_features."""
    words: dict[int, list[str]] = {}
    for c, number in features:
        words.setdefault(number // 32, []).append(c)
    rows = [
        f"[{names[0]} / 32] = " + " | ".join(f"1u << {name} % 32" for name in names)
        for names in words.values()
    ]
    return "{{" + ", ".join(rows or ["0"]) + "}}"


def _cells(row: list[int | None]) -> str:
    """Indices of a table, as C."""
    return ", ".join("VWR_VPLAN_NONE" if cell is None else str(cell) for cell in row)
