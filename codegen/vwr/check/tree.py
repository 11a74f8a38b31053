# SPDX-License-Identifier: MIT
"""Checks a tree in one run: first the shape of each file (its schema), then its meaning."""

from pathlib import Path

from vwr.check import (
    clauses,
    conditions,
    ends,
    features,
    fields,
    limits,
    messages,
    names,
    options,
    queues,
    quirks,
    registers,
    schema,
    sections,
    status,
    structs,
    unions,
)
from vwr.model.tree import models
from vwr.spec import disk, load
from vwr.spec.disk import CORE
from vwr.spec.load import SpecFile, Tree
from vwr.spec.problems import Refused

# (kinds, check of one file), in the order in which messages are useful to a reader.
_FILE_CHECKS = (
    (None, names.names_twice),
    (None, clauses.known),
    (None, sections.known),
    (None, quirks.about),
    (("features", "device"), features.bits),
    (("features", "device"), features.requires),
    (("device",), features.conflicts),
    (None, conditions.conditions),
    (("ids",), features.ids),
    (("status",), status.bits),
    (("status",), status.steps),
    (("status",), status.reachable),
    (("registers",), registers.places),
    (("registers",), registers.references),
    (("registers",), registers.values),
    (("registers",), registers.apart),
    (("registers",), registers.capabilities),
    (("channel",), registers.channel),
    (("ring", "registers", "channel", "structs", "device"), names.reserved_words),
    (("ring", "registers", "channel", "structs", "device"), structs.types),
    (("ring", "registers", "channel", "structs", "device"), structs.layout),
    (("structs", "device"), structs.records),
    (("channel", "structs", "device"), fields.lengths),
    (("structs", "device"), unions.unions),
    (("registers", "structs", "device"), fields.directions),
    (("registers", "structs", "device"), structs.sizes),
    (("ring", "structs", "device", "registers", "channel"), fields.groups),
    (("ring", "structs", "device", "registers", "channel"), fields.bits),
    (("ring",), structs.parts),
    (("device",), queues.queues),
    (("structs", "device"), messages.messages),
)


def check_tree(tree: Tree) -> None:
    """Adds all problems to tree.problems. The meaning of a file is checked only if its shape is valid."""
    there = {spec.path for spec in tree.files} | tree.unread
    for path in CORE:
        if path not in there:
            tree.problems.error(
                path, 1, 1, "", "the file is missing", "other files refer to it", (), "VWR-Y027"
            )
    clauses.table(tree)
    sections.table(tree)
    check_files(tree, tree.files)
    features.device_ids(tree)
    check_options(tree)
    check_rules(tree)
    if not tree.problems.count:
        tree.models = models(tree)
        check_models(tree)


def check_files(tree: Tree, files: list[SpecFile]) -> None:
    """Checks that need only one of these files and the core's files, all of which the tree contains."""
    for spec in files:
        schema.check_file(tree, spec)
    for spec in files:
        for kinds, check in _FILE_CHECKS:
            if spec.valid and (kinds is None or spec.kind in kinds):
                check(tree, spec)


def check_models(tree: Tree) -> None:
    """Names in C, for files without other errors."""
    names.c_names_twice(tree)
    limits.limits(tree)
    ends.both_ends(tree)


def check_options(tree: Tree) -> None:
    """Checks of the runtime's options, if the tree has them: they name features."""
    if tree.options is not None:
        schema.check_file(tree, tree.options)
        if tree.options.valid:
            options.options(tree, tree.options)


def check_rules(tree: Tree) -> None:
    """Checks of the observer's rules, if the tree has them: they name clauses."""
    if tree.rules is not None:
        schema.check_file(tree, tree.rules)
        if tree.rules.valid:
            clauses.known(tree, tree.rules)
            clauses.sections(tree, tree.rules)
            sections.known(tree, tree.rules)


def checked_tree(root: Path, own: Path | None = None) -> Tree:
    """The spec tree, with the devices of a user's folder; or Refused."""
    tree = load.load_tree(root, own)
    check_tree(tree)
    for path, there, hint in (
        (disk.CLAUSES, tree.clause_text, "other files refer to clauses in it"),
        (disk.SECTIONS, tree.section_text, "it has the titles of sections that other files name"),
        (disk.OPTIONS, tree.options, "vwr/profile.h is generated from it"),
        (disk.RULES, tree.rules, "vwr/gen/rules.h is generated from it"),
    ):
        if there is None and path not in tree.unread:
            tree.problems.error(path, 1, 1, "", "the file is missing", hint, (), "VWR-Y027")
    if tree.problems.count:
        raise Refused(tree.problems)
    return tree
