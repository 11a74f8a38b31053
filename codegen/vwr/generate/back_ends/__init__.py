# SPDX-License-Identifier: MIT
"""What is made of the description: a back end more is a module here, and a word below."""

from vwr.back_end import BackEnd
from vwr.generate.back_ends import c, data, options, pages, python
from vwr.generate.back_ends.common import Description

# Of each file by itself: they read models.
OF_EACH: tuple[BackEnd[Description], ...] = (*c.BACK_ENDS, pages.PAGES, python.MODULES)
# Of all files: they read shares, and no model.
OF_ALL: tuple[BackEnd[Description], ...] = (
    python.PACKAGE,
    data.DATA,
    pages.INDEX,
    pages.KEYS,
    pages.BY_HAND,
    pages.CLAUSES,
    options.BACK_END,
)
BACK_ENDS = OF_EACH + OF_ALL
