# SPDX-License-Identifier: MIT
"""The user's kinds: the devices that a user's folder describes, each with its generated service."""

from pathlib import Path

from vwr import ROOT
from vwr.check.tree import checked_tree
from vwr.model.nodes.files import Device
from vwr.plan.kinds import Kind
from vwr.spec import disk

KEYS = ("queues", "requests", "segments")


def kinds_of(folder: Path) -> list[Kind]:
    """A kind for each device with messages; Refused if a description is wrong."""
    return [
        Kind(
            model.name,
            model.stem,
            f"vwr_{model.prefix}_vservice",
            KEYS,
            id_c=model.id_c,
            queues=_queues(model),
            own=True,
        )
        for model in checked_tree(ROOT, disk.own_folder(folder)).models
        if isinstance(model, Device) and disk.is_own(model.path) and model.ends
    ]


def _queues(model: Device) -> int:
    """The number of its queues; 0: a configuration field contains it."""
    listed = model.queues.all if model.queues else []
    last = [(one.index or 0) + one.stride * (one.count - 1) + 1 for one in listed if one.behind is None]
    behind = sum(one.stride * (one.count - 1) + 1 for one in listed if one.behind is not None)
    return 0 if any(one.count_by for one in listed) else max(last, default=0) + behind
