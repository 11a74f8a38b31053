# SPDX-License-Identifier: MIT
"""The grammar as JSON Schemas, for editors: the meaning of each key, and its valid values."""

from collections.abc import Iterator

from vwr.back_end import BackEnd, Output
from vwr.generate.back_ends.common import Description
from vwr.grammar.every import EVERY
from vwr.grammar.schema import schema_text

_PATH = "schema/{kind}.schema.json"


def _outputs(_: Description) -> Iterator[Output]:
    for kind, row in EVERY.items():
        yield Output(_PATH.format(kind=kind), schema_text(row), "codegen/vwr/grammar")


SCHEMAS = BackEnd("schemas", "the grammar", (_PATH.format(kind="*"),), _outputs)
