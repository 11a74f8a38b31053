# SPDX-License-Identifier: MIT
"""The back ends of a description. A new back end is a module here and a name in a list below."""

from vwr.back_end import BackEnd
from vwr.generate.back_ends import c, clauses, data, fuzz, options, pages, rules, rust
from vwr.generate.back_ends.common import Description

# Back ends for each file separately; they read models.
OF_EACH: tuple[BackEnd[Description], ...] = (*c.BACK_ENDS, rust.MODULES, fuzz.BACK_END, pages.PAGES)
# Back ends for all files together; they read shares, not models.
OF_ALL: tuple[BackEnd[Description], ...] = (
    data.DATA,
    pages.INDEX,
    pages.BY_HAND,
    pages.CLAUSES,
    pages.OF_QUIRKS,
    clauses.CLAUSES,
    rust.CRATE,
    options.BACK_END,
)
# Back ends for no device; they read the grammar, spec/rules.yaml and the core's shares.
OF_NONE: tuple[BackEnd[Description], ...] = (data.READERS, pages.KEYS, data.SCHEMA, rules.BACK_END)
BACK_ENDS = OF_EACH + OF_ALL + OF_NONE
