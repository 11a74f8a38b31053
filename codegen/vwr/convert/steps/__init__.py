# SPDX-License-Identifier: MIT
"""The steps from older grammars to the current one, in order. A step edits a Text."""

from collections.abc import Callable

from vwr.convert.steps import conditions, lists, names, repeated
from vwr.convert.text import Text

STEPS: tuple[Callable[[Text], None], ...] = (conditions.step, repeated.step, names.step, lists.step)
