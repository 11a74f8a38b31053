# SPDX-License-Identifier: MIT
"""What all checks of a plan need."""

from vwr.plan.model import Device, Plan
from vwr.spec.load import NodePath, SpecFile, Tree


class Checker:
    """Some of the checks over one plan; each says all that it finds."""

    def __init__(self, tree: Tree, spec: SpecFile, plan: Plan) -> None:
        self.tree, self.spec, self.plan = tree, spec, plan

    def run(self) -> None:
        """All of these checks."""
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
        """One problem; `first`: the other place that it is about."""
        notes = [self.spec.note(first, "the other is here")] if first else ()
        self.tree.error(self.spec, path, message, check_id, hint, notes, key)

    def place(self, path: NodePath, key: str) -> NodePath:
        """Where a key of a thing stands, or the thing if it does not have it."""
        return (*path, key) if (*path, key) in self.spec.marks else path

    def known(self) -> list[Device]:
        """Devices of a kind that there is, in the order of the file."""
        return [device for vm in self.plan.vms for device in vm.devices if device.kind]
