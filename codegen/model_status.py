# SPDX-License-Identifier: MIT
"""Model of the status machine: bits, step table, and the states that the steps lead to."""

from cname import const_name, document_const, ident
from model_parts import VERSIONS, constant, enum, gate, link, versions_of


def bit_versions(file):
    """Which versions have which bit: those of the step that sets it."""
    return {step["set"]: versions_of(step) for step in file.data["steps"] if "set" in step}


def _words(names, here, exists):
    """Bit names; the version behind one that is in fewer versions than the step."""
    some = lambda name: [v for v in here if v in exists[name]]
    return ", ".join(name if some(name) == here else f"{name} ({', '.join(some(name))})" for name in names)


def _effect(step):
    """What else a step does, in words."""
    words = ["device may refuse"] if step.get("device-may-refuse") else []
    words += [f"{verb} {what}" for verb in ("opens", "closes") for what in step.get(verb, [])]
    words += [f"{step['notify']} notification"] if "notify" in step else []
    return ", ".join(words)


def _step(step, exists, gates):
    """One row of the step table; a bit that a version lacks is not in its masks."""
    bit, here = step.get("set") or step["clear"], versions_of(step)
    names = lambda key: [[name for name in step.get(key, []) if v in here and v in exists[name]] for v in VERSIONS]
    mask = lambda key: [" | ".join(const_name("STATUS", name) for name in some) or "0" for some in names(key)]
    return {"bit": const_name("STATUS", bit), "name": bit, "clears": int("clear" in step), "by": step["by"],
            "by_c": const_name("BY", step["by"]), "versions": here, "after": mask("after"), "before": mask("before"),
            "after_names": names("after"), "before_names": names("before"),
            "after_words": _words(step.get("after", []), here, exists),
            "before_words": _words(step.get("before", []), here, exists), "effect": _effect(step),
            "feature": gates[bit]["c"] if gates[bit] else "VWR_FEATURE_NONE",
            "may_refuse": int(step.get("device-may-refuse", False)),
            "opens_queues": int("queues" in step.get("opens", [])),
            "closes_queues": int("queues" in step.get("closes", []))}


def _edge_words(step):
    return f"{step['by']} {'clears' if step['clears'] else 'sets'} {step['name']}" + (
        f" ({step['effect']})" if step["effect"] else "")


def _diagram(version, bits, reset, steps):
    """The states that can be reached from a reset, and the steps between them; a step that needs nothing is apart."""
    index = VERSIONS.index(version)
    here = [step for step in steps if version in step["versions"]]
    anywhere = [step for step in here if not step["after_names"][index] and not step["before_names"][index]]
    states, edges, waiting = {reset: "reset"}, [], [reset]
    while waiting:
        state = waiting.pop(0)
        for step in here:
            bit, mask = bits[step["name"]], lambda key: sum(bits[name] for name in step[key][index])
            if step in anywhere or bool(state & bit) != bool(step["clears"]):
                continue
            if state & mask("after_names") != mask("after_names") or state & mask("before_names"):
                continue
            end = state & ~bit if step["clears"] else state | bit
            edges.append({"start": state, "end": end, "words": _edge_words(step)})
            if end not in states:
                states[end] = " ".join(name for name, value in bits.items() if end & value)
                waiting.append(end)
    return {"version": version, "states": [{"value": value, "words": words} for value, words in states.items()],
            "edges": edges, "anywhere": [{"name": step["name"], "words": _edge_words(step)} for step in anywhere]}


def build(file, reserved):
    """The model of the status file; `reserved` are the features of all devices."""
    data, exists = file.data, bit_versions(file)
    rows = [dict(constant(row, row["value"], const_name("STATUS", row["name"]),
                          document_const("CONFIG_S", row["name"])), by=row["by"]) for row in data["bits"]]
    reset = constant({"name": "RESET", "brief": "Nothing has happened yet; writing it resets the device."},
                     data["reset"], const_name("STATUS", "RESET"))
    gates = {row["name"]: gate(reserved, row.get("if")) for row in data["bits"]}
    steps = [_step(step, exists, gates) for step in data["steps"]]
    values = {row["name"]: row["value"] for row in data["bits"]}
    bits = enum(ident("status"), rows, link(file, "bits"), data["section"], what="value", title="bits")
    return {"enums": [bits], "reset": dict(reset, documents=[]), "steps": steps,
            "step_table": ident("status_steps"), "step_count_c": const_name("STATUS_STEP_COUNT"),
            "diagrams": [_diagram(version, values, data["reset"], steps) for version in VERSIONS]}
