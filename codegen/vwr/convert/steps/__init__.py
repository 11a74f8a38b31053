# SPDX-License-Identifier: MIT
"""The steps from an older grammar to that of today, in their order. A step makes its edits of a Text."""

from collections.abc import Callable

from vwr.convert.steps import conditions, lists, names, repeated
from vwr.convert.text import Text

STEPS: tuple[Callable[[Text], None], ...] = (conditions.step, repeated.step, names.step, lists.step)
