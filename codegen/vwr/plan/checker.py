# SPDX-License-Identifier: MIT
"""The basis of all checks of a plan."""

from vwr.plan.model import Device, Plan
from vwr.spec.load import NodePath, SpecFile, Tree


class Checker:
    """Some of the checks of a plan; each reports all problems that it finds."""

    def __init__(self, tree: Tree, spec: SpecFile, plan: Plan) -> None:
        self.tree, self.spec, self.plan = tree, spec, plan

    def run(self) -> None:
        """Runs all of these checks."""
        raise NotImplementedError

    def error(
        self,
        path: NodePath,
        message: str,
        check_id: str,
        hint: str | None = None,
        first: NodePath | None = None,
        key: bool = False,
    ) -> None:
        """Reports one problem; `first`: the other place that it concerns."""
        notes = [self.spec.note(first, "the conflicting entry")] if first else ()
        self.tree.error(self.spec, path, message, check_id, hint, notes, key)

    def place(self, path: NodePath, key: str) -> NodePath:
        """The position of a key of an item, or of the item if the key is absent."""
        return (*path, key) if (*path, key) in self.spec.marks else path

    def known(self) -> list[Device]:
        """Devices of known kinds, in the order of the file."""
        return [device for vm in self.plan.vms for device in vm.devices if device.kind]
