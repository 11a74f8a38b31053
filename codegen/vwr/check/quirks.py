# SPDX-License-Identifier: MIT
"""Quirks are about rows that there are."""

from vwr.spec.load import SpecFile, Tree
from vwr.spec.quirks import row_about
from vwr.spec.shapes import items


def about(tree: Tree, spec: SpecFile) -> None:
    """What a quirk concerns is in the file, and its comment can say so."""
    for path, quirk in items(spec, "quirks"):
        if "about" in quirk and row_about(spec.data, quirk["about"]) is None:
            tree.error(
                spec,
                path + ("about",),
                f"a quirk cannot be about '{quirk['about']}'",
                "VWR-C102",
                "expected a feature, register, field, value, constant, queue or bit of this file, such as features.bits.RO",
            )
