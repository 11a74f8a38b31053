# SPDX-License-Identifier: MIT
"""A crate without dependencies: constants and structures, a module for each file."""

from collections.abc import Iterator

from vwr import cname
from vwr.back_end import BackEnd, Output
from vwr.generate.back_ends.common import Description, each
from vwr.generate.fill import TEMPLATES, filled, ours

_ROOM, _LIB, _CRATE, _NUMBERS = (
    "codegen/templates",
    "rust/src/lib.rs",
    "rust/Cargo.toml",
    "rust/src/numbers.rs",
)


def _crate(description: Description) -> Iterator[Output]:
    document = description.shares[0].document
    modules = sorted(["numbers", *(cname.module(one.name) for one in description.shares)])
    text = filled(ours().get_template("lib.rs.j2"), document=document, modules=modules)
    yield Output(_LIB, text, "spec/")
    yield Output(_CRATE, filled(ours().get_template("crate.toml.j2"), document=document), "spec/")
    yield Output(_NUMBERS, (TEMPLATES / "numbers.rs").read_text("utf-8"), f"{_ROOM}/numbers.rs")


MODULES = each("modules in Rust", "rust/src/{module}.rs", "rust.rs.j2")
CRATE = BackEnd("crate", "shares: their names", (_LIB, _CRATE, _NUMBERS), _crate)
