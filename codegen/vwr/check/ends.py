# SPDX-License-Identifier: MIT
"""Clients and services: their names in C, and limits that both can check."""

from vwr.check.answers import answers
from vwr.model.end_names import said
from vwr.model.nodes.ends import Ends
from vwr.model.nodes.files import Device
from vwr.spec.load import NodePath, Place, SpecFile, Tree


def both_ends(tree: Tree) -> None:
    """Checks all devices."""
    for spec, model in zip(tree.files, tree.models):
        if isinstance(model, Device) and model.ends:
            _names(tree, spec, model, model.ends)
            _limits(tree, spec, model.ends)
            answers(tree, spec, model, model.ends)


def _names(tree: Tree, spec: SpecFile, model: Device, both: Ends) -> None:
    """Names of functions and members of clients and services: no word of C, and each unique in its scope."""
    first: dict[tuple[str, str], Place | None] = {}
    wrong: set[NodePath] = set()
    for one in said(model, both):
        is_new = (one.scope, one.name) not in first
        before = first.setdefault((one.scope, one.name), one.place)
        if one.place is None or one.place.path in wrong or is_new and one.is_word:
            continue
        wrong.add(one.place.path)
        why = f"C name {one.name} is " + (
            "not a valid identifier in C"
            if not one.is_word
            else ("already taken by generated code" if before is None else "already taken")
        )
        notes = (
            [spec.note(before.path + ("name",), "the name is first used here")]
            if before and one.is_word
            else []
        )
        tree.error(
            spec,
            one.place.path,
            why,
            "VWR-C120",
            "use call: to rename a message, part: to rename a part",
            notes,
        )


def _limits(tree: Tree, spec: SpecFile, both: Ends) -> None:
    """The client and the service check everything that the page promises."""
    for place, key, what in [
        one for queue in both.queues for message in queue.messages for one in message.unkept
    ]:
        if place is not None:
            tree.error(
                spec,
                place.path + ("range", *key),
                f"the generated client or service cannot check '{key[-1] if key else 'range'}' of '{what}'",
                "VWR-C106",
                "use a constant or a field of a fixed part, with at most one part of unknown length, or add by-hand: with the reason",
            )
