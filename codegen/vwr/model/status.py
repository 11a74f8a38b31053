# SPDX-License-Identifier: MIT
"""Model of the status machine: bits, step table, and the reachable states."""

from collections.abc import Callable
from typing import Any

from vwr.cname import const_name, document_const, ident
from vwr.model.nodes import changed
from vwr.model.nodes.files import Status
from vwr.model.nodes.ring import Diagram, Edge, State, Step
from vwr.model.nodes.values import Gate, StatusValue, Value
from vwr.model.parts import VERSIONS, constant, enum, gate, link, versions_of
from vwr.spec.condition import said
from vwr.spec.load import Row, SpecFile
from vwr.spec.since import AT


def bit_versions(file: SpecFile) -> dict[str, list[str]]:
    """The versions with each bit: those of the steps that set it."""
    found: dict[str, set[str]] = {}
    for step in file.data["steps"]:
        if "set" in step:
            found.setdefault(step["set"], set()).update(versions_of(step))
    return {bit: [v for v in VERSIONS if v in some] for bit, some in found.items()}


def _words(names: list[str], here: list[str], exists: dict[str, list[str]]) -> str:
    """Bit names. A bit that is in fewer versions than the step is followed by its version."""
    some = lambda name: [v for v in here if v in exists[name]]
    return ", ".join(name if some(name) == here else f"{name} ({', '.join(some(name))})" for name in names)


def _effect(step: Row, version: str | None = None) -> str:
    """The other effects of a step, as text, for one version or for both."""
    does = step.get("behaviour", [])
    words = ["device may refuse"] if "may-refuse" in does else []
    words += [f"answers {step['answers']}"] if "answers" in step else []
    for one in does:
        verb, _, what = one.partition(" ")
        only = what.partition(" in ")[2]
        if not what or version and only not in ("", version):
            continue
        what = what.partition(" in ")[0] if version else what
        if words and words[-1].startswith(f"{verb} "):
            words[-1] += f" and {what}"
        else:
            words.append(f"{verb} {what}")
    words += [f"or sets {step['otherwise']}"] if "otherwise" in step else []
    notify = said(step, "notify").named()
    words += [f"config-change notification if {', '.join(notify)} is set"] if notify else []
    return ", ".join(words)


def _step(step: Row, exists: dict[str, list[str]], gates: dict[str, Gate | None]) -> Step:
    """One row of the step table; its masks omit bits that a version lacks."""
    bit, here, when = step.get("set") or step["clear"], versions_of(step), said(step, "when")
    does = step.get("behaviour", [])
    names = lambda so: [
        [name for name in when.named(so) if v in here and v in exists[name]] for v in VERSIONS
    ]
    mask = lambda so: [" | ".join(const_name("STATUS", name) for name in some) or "0" for some in names(so)]
    return Step(
        place=step.get(AT),
        bit=const_name("STATUS", bit),
        name=bit,
        clears=int("clear" in step),
        by=step["side"],
        by_c=const_name("BY", step["side"]),
        versions=here,
        after=mask(True),
        before=mask(False),
        after_names=names(True),
        before_names=names(False),
        after_words=_words(when.named(), here, exists),
        before_words=_words(when.named(so=False), here, exists),
        effect=_effect(step),
        effects=[_effect(step, version) for version in VERSIONS],
        feature=opened.c if (opened := gates[bit]) else "VWR_FEATURE_NONE",
        may_refuse=int("may-refuse" in does),
        opens_queues=[v for v in VERSIONS if {"opens queues", f"opens queues in {v}"} & {*does}],
        answers=step.get("answers"),
        closes_queues=int("closes queues" in does),
    )


def _edge_words(step: Step, index: int) -> str:
    effect = step.effects[index]
    return f"{step.by} {'clears' if step.clears else 'sets'} {step.name}" + (f" ({effect})" if effect else "")


def _diagram(version: str, bits: dict[str, int], reset: int, steps: list[Step]) -> Diagram:
    """
    The states that can be reached from a reset, and the steps between them; a step without conditions is
    separate. A state is a value, and the bit to which the device must still respond, for which the driver
    waits.
    """
    index = VERSIONS.index(version)
    here = [step for step in steps if version in step.versions]
    anywhere = [step for step in here if not step.after_names[index] and not step.before_names[index]]
    states: dict[tuple[int, str | None], str] = {(reset, None): "reset"}
    edges, waiting = [], list(states)
    mask = lambda step, key: sum(bits[name] for name in getattr(step, key)[index])
    while waiting:
        state = value, asked = waiting.pop(0)
        for step in here:
            bit = bits[step.name]
            if step in anywhere or bool(value & bit) != bool(step.clears) or step.answers != asked:
                continue
            if value & mask(step, "after_names") != mask(step, "after_names") or value & mask(
                step, "before_names"
            ):
                continue
            left = value & ~bit if step.clears else value | bit
            end = left, None if asked else _asked(step, left, here, lambda other: mask(other, "after_names"))
            edges.append(Edge(_state(state), _state(end), _edge_words(step, index)))
            if end not in states:
                states[end] = " ".join(name for name, one in bits.items() if left & one)
                waiting.append(end)
    return Diagram(
        version,
        [State(step.name, bits[step.name], _edge_words(step, index)) for step in anywhere],
        [State(_state(state), state[0], words) for state, words in states.items()],
        edges,
    )


def _asked(step: Step, value: int, here: list[Step], needed: Callable[[Step], int]) -> str | None:
    """The bit of a driver's step to which a step of the device responds, else None."""
    answers = [
        other for other in here if other.answers == step.name and value & needed(other) == needed(other)
    ]
    return step.name if answers and not step.clears else None


def _state(state: tuple[int, str | None]) -> str:
    """The name of a state in the diagram."""
    value, asked = state
    return f"s{value}" + (f"_{asked}" if asked else "")


def build(file: SpecFile, reserved: dict[str, str], **common: Any) -> Status:
    """The model of the status file; `reserved` are the features of all devices."""
    data, exists = file.data, bit_versions(file)
    rows: list[Value] = [
        StatusValue(
            **vars(
                constant(
                    row,
                    row["value"],
                    const_name("STATUS", row["name"]),
                    document_const("CONFIG_S", row["name"]),
                )
            ),
            by=row["side"],
        )
        for row in data["bits"]
    ]
    reset = constant(
        {"name": "RESET", "brief": "Initial state; writing it resets the device."},
        data["reset"],
        const_name("STATUS", "RESET"),
    )
    gates = {row["name"]: gate(reserved, said(row).choice) for row in data["bits"]}
    steps = [_step(step, exists, gates) for step in data["steps"]]
    values = {row["name"]: row["value"] for row in data["bits"]}
    bits = enum(ident("status"), rows, link(file, "bits"), data["section"], what="value", title="bits")
    return Status(
        **common,
        enums=[bits],
        reset=changed(reset, documents=[]),
        steps=steps,
        step_table=ident("status_steps"),
        step_count_c=const_name("STATUS_STEP_COUNT"),
        diagrams=[_diagram(version, values, data["reset"], steps) for version in VERSIONS],
    )
