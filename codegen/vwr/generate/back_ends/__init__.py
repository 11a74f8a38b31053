# SPDX-License-Identifier: MIT
"""What is made of the description: a back end more is a module here, and a word below."""

from vwr.back_end import BackEnd
from vwr.generate.back_ends import c, data, options, pages, schemas
from vwr.generate.back_ends.common import Description

# Of each file by itself: they read models.
OF_EACH: tuple[BackEnd[Description], ...] = (*c.BACK_ENDS, pages.PAGES)
# Of all files: they read shares, and no model.
OF_ALL: tuple[BackEnd[Description], ...] = (
    data.DATA,
    pages.INDEX,
    pages.KEYS,
    schemas.SCHEMAS,
    pages.BY_HAND,
    pages.CLAUSES,
    options.BACK_END,
)
BACK_ENDS = OF_EACH + OF_ALL
