# SPDX-License-Identifier: MIT
"""The status machine: valid bits, and in each version steps that can be taken."""

from collections.abc import Iterable

from vwr.check.common import VERSIONS, cycles, find_twice, versions
from vwr.spec.condition import said
from vwr.spec.load import NodePath, Row, SpecFile, Tree
from vwr.spec.problems import did_you_mean
from vwr.spec.shapes import items


def bits(tree: Tree, spec: SpecFile) -> None:
    """Each value is a single bit, and unique."""
    listed = items(spec, "bits")
    for path, bit in listed:
        if bit["value"] & (bit["value"] - 1):
            tree.error(
                spec,
                path + ("value",),
                f"{spec.written(path + ('value',), bit['value'])} is not a power of two",
                "VWR-C030",
                "use a value with a single bit set",
            )
    find_twice(
        tree,
        spec,
        [(path + ("value",), bit["value"], bit["value"]) for path, bit in listed],
        "VWR-C031",
        "status bit",
    )


def steps(tree: Tree, spec: SpecFile) -> None:
    """Steps name known bits, belong to the right side, and contradict neither themselves nor each other."""
    known = {bit["name"]: (path, bit) for path, bit in items(spec, "bits")}
    seen: dict[tuple[str, ...], list[tuple[NodePath, Row]]] = {}
    for path, step in items(spec, "steps"):
        _unknown_bits(tree, spec, path, step, known)
        action, name = _target(step)
        _check_sides(tree, spec, path, step, known)
        if action == "set" and name in known and known[name][1]["side"] != step["side"]:
            tree.error(
                spec,
                path + ("side",),
                f"the {step['side']} sets '{name}', which belongs to the {known[name][1]['side']}",
                "VWR-C037",
                None,
                [spec.note(known[name][0] + ("side",), "the bit is defined here")],
            )
        for version in sorted(versions(step)):
            others = seen.setdefault((action, name, step["side"], version), [])
            first = next((where for where, other in others if not _exclusive(step, other)), None)
            others.append((path, step))
            if first:
                tree.error(
                    spec,
                    path + (action,),
                    f"two {step['side']} steps {action} '{name}' in {version}",
                    "VWR-C036",
                    "merge the steps, or limit each to one version with `only`",
                    [spec.note(first + (action,), "the first step")],
                )
                break


_SIDES = {
    "stops": "driver",
    "drains": "device",
    "suspends": "device",
    "resumes": "device",
    "otherwise": "device",
}


def _check_sides(
    tree: Tree, spec: SpecFile, path: NodePath, step: Row, known: dict[str, tuple[NodePath, Row]]
) -> None:
    """What the driver stops belongs to a step of the driver, what the device does to a step of the device."""
    said: list[tuple[NodePath, str]] = [
        (("behaviour", index), word.split()[0]) for index, word in enumerate(step.get("behaviour", []))
    ]
    said += [(("otherwise",), "otherwise")] if "otherwise" in step else []
    for key, verb in said:
        side = _SIDES.get(verb, step["side"])
        if step["side"] != side:
            tree.error(
                spec,
                path + key,
                f"'{verb}' is not allowed in a {step['side']} step",
                "VWR-C101",
                f"use it in a {side} step",
                key=True,
            )
    name = step.get("otherwise")
    if name not in known or step["side"] != "device":
        return
    if "answers" not in step:
        tree.error(spec, path + ("otherwise",), "'otherwise' requires 'answers'", "VWR-C101", "add answers:")
    elif known[name][1]["side"] != "device":
        what = f"'otherwise' must name a bit of the device, but '{name}' belongs to the driver"
        tree.error(spec, path + ("otherwise",), what, "VWR-C101", "use a bit that the device sets")


def reachable(tree: Tree, spec: SpecFile) -> None:
    """Some step sets each bit, and each step can be taken in some version. The check walks all states."""
    if tree.problems.in_file(spec.path):
        return  # the states of a contradictory machine are meaningless
    listed = items(spec, "steps")
    for path, bit in items(spec, "bits"):
        if not any(step.get("set") == bit["name"] for _, step in listed):
            tree.error(spec, path + ("name",), f"no step sets bit '{bit['name']}'", "VWR-C033")
    if _waiting_for_each_other(tree, spec, listed):
        return
    taken: dict[NodePath, bool] = {}
    for version in VERSIONS:
        here = [(path, step) for path, step in listed if version in versions(step)]
        reached, done = _walk_states(here)
        for path, step in here:
            waits = {name for name in said(step, "when").named() if name in _existing(here)}
            # A step that requires a bit that is never set is a consequence. The cause has a message of its
            # own.
            taken[path] = taken.get(path) or path in done or bool(waits - reached)
    for path, step in listed:
        action, name = _target(step)
        if not taken[path] and name in _existing(listed):
            tree.error(
                spec,
                path + (action,),
                f"'{name}' can never be {'set' if action == 'set' else 'cleared'}",
                "VWR-C038",
                "no sequence of steps satisfies the condition in `when`",
            )


def _exclusive(step: Row, other: Row) -> bool:
    """Whether a bit separates two steps: one requires it, the other excludes it."""
    apart = lambda one, two: {*said(one, "when").named()} & {*said(two, "when").named(so=False)}
    return bool(apart(step, other) or apart(other, step))


def _target(step: Row) -> tuple[str, str]:
    action = "set" if "set" in step else "clear"
    return action, step[action]


def _existing(steps_of_version: list[tuple[NodePath, Row]]) -> set[str]:
    """Bits of a version: those that one of its steps sets."""
    return {step["set"] for _, step in steps_of_version if "set" in step}


def _unknown_bits(tree: Tree, spec: SpecFile, path: NodePath, step: Row, known: Iterable[str]) -> None:
    action, target = _target(step)
    named = [(path + (action,), target)]
    named += [(path + (key,), step[key]) for key in ("answers", "otherwise") if key in step]
    for name_path, name in named:
        if name not in known:
            tree.error(
                spec,
                name_path,
                f"unknown status bit '{name}'",
                "VWR-C032",
                did_you_mean(name, known, "known bits"),
            )


def _waiting_for_each_other(tree: Tree, spec: SpecFile, listed: list[tuple[NodePath, Row]]) -> bool:
    """Reports A after B and B after A, or a longer cycle, once for all versions."""
    reported = set()
    for version in VERSIONS:
        here = [(path, step) for path, step in listed if version in versions(step) and "set" in step]
        edges: dict[str, list[str]] = {}
        for _, step in here:  # if several steps set a bit, the conditions common to all of them
            after = said(step, "when").named()
            edges[step["set"]] = [name for name in edges.get(step["set"], after) if name in after]
        paths = {step["set"]: path for path, step in here}
        for loop in cycles(edges):
            if loop[0] not in reported:
                notes = [
                    spec.note(paths[name] + ("when",), f"'{name}' waits for '{after}'")
                    for name, after in zip(loop[1:], loop[2:] + loop[:1])
                ]
                waits = f"'{loop[1]}', but '{loop[1]}' waits for '{loop[0]}'" if len(loop) > 1 else "itself"
                tree.error(
                    spec,
                    paths[loop[0]] + ("when",),
                    f"'{loop[0]}' waits for {waits}",
                    "VWR-C035",
                    None,
                    notes,
                )
            reported.update(loop)
    return bool(reported)


def _walk_states(steps_of_version: list[tuple[NodePath, Row]]) -> tuple[frozenset[str], set[NodePath]]:
    """(bits that are set in some state, paths of the steps that can be taken), starting at the reset."""
    existing = _existing(steps_of_version)
    start = frozenset[str]()
    states, todo, done = {start}, [start], set[NodePath]()
    while todo:
        state = todo.pop()
        for path, step in steps_of_version:
            action, name = _target(step)
            when = said(step, "when")
            if (
                not existing.intersection(when.named()) <= state
                or state.intersection(when.named(so=False))
                or (name in state) == (action == "set")
            ):
                continue
            done.add(path)
            following = state | {name} if action == "set" else state - {name}
            if following not in states:
                states.add(following)
                todo.append(following)
    return frozenset().union(*states), done
