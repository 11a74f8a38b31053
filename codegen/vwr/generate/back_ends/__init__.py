# SPDX-License-Identifier: MIT
"""What is made of the description: a back end more is a module here, and a line below."""

from vwr.back_end import BackEnd
from vwr.generate.back_ends import c, data, options, pages, python
from vwr.generate.back_ends.common import Description

BACK_ENDS: tuple[BackEnd[Description], ...] = (
    *c.BACK_ENDS,
    pages.PAGES,
    *python.BACK_ENDS,
    data.DATA,
    pages.KEYS,
    pages.BY_HAND,
    pages.CLAUSES,
    options.BACK_END,
)
