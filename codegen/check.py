# SPDX-License-Identifier: MIT
"""Checks a tree: first the shape of each file (its schema), then what it means, all of it in one run."""

import check_features
import check_fields
import check_names
import check_options
import check_registers
import check_requests
import check_schema
import check_status
import check_structs

# (kinds, check of one file): in the order in which a reader would ask.
_FILE_CHECKS = (
    (None, check_names.names_twice),
    (("features", "device"), check_features.bits),
    (("features", "device"), check_features.requires),
    (None, check_features.gates),
    (("ids",), check_features.ids),
    (("status",), check_status.bits),
    (("status",), check_status.steps),
    (("status",), check_status.reachable),
    (("registers",), check_registers.places),
    (("registers",), check_registers.references),
    (("registers",), check_registers.status),
    (("registers",), check_registers.values),
    (("ring", "structs", "device"), check_names.reserved_words),
    (("ring", "structs", "device"), check_structs.types),
    (("ring", "structs", "device"), check_structs.layout),
    (("structs", "device"), check_fields.lengths),
    (("structs", "device"), check_fields.unions),
    (("structs", "device"), check_fields.directions),
    (("structs", "device"), check_structs.sizes),
    (("ring", "structs", "device", "registers"), check_fields.groups),
    (("ring", "structs", "device", "registers"), check_fields.bits),
    (("ring",), check_structs.parts),
    (("device",), check_requests.queues),
    (("device",), check_requests.request),
    (("structs", "device"), check_requests.commands),
)
_TREE_CHECKS = (check_features.device_ids, check_names.c_names_twice)

# Everything else refers to these.
_CORE_FILES = ("spec/core/ids.yaml", "spec/core/features.yaml", "spec/core/status.yaml")


def check_tree(tree):
    """Adds what is wrong to tree.problems; a file that is wrong in its shape is not asked what it means."""
    there = {spec.path for spec in tree.files} | tree.unread
    for path in _CORE_FILES:
        if path not in there:
            tree.problems.error(path, 1, 1, "", "there is no such file", "the other files refer to it", (), "VWR-Y027")
    for spec in tree.files:
        check_schema.check_file(tree, spec)
    for spec in tree.files:
        for kinds, check in _FILE_CHECKS:
            if spec.valid and (kinds is None or spec.kind in kinds):
                check(tree, spec)
    for check in _TREE_CHECKS:
        check(tree)
    if tree.options is not None:
        check_schema.check_file(tree, tree.options)
        if tree.options.valid:
            check_options.options(tree)
