# SPDX-License-Identifier: MIT
"""The types of the models, all frozen: mypy rejects a change. A test at run time would take a tenth of a run."""

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

Made = TypeVar("Made")

if TYPE_CHECKING:
    from dataclasses import dataclass as node
else:

    def node(frozen: bool, **more: bool) -> Callable[[type[Made]], type[Made]]:
        """A type of nodes."""
        return dataclasses.dataclass(**more)


__all__ = ["changed", "node"]


def changed(one: Made, **values: Any) -> Made:
    """The node with other values, in a fraction of the time of dataclasses.replace."""
    made = object.__new__(type(one))
    vars(made).update(vars(one), **values)
    return made
