# SPDX-License-Identifier: MIT
"""
The description as one JSON file, for tools in any language; its schema, and that of the YAML, for editors; and the
Python package that reads it.
"""

import json
from collections.abc import Iterator

from vwr.back_end import BackEnd, Output
from vwr.generate.back_ends.common import Description
from vwr.generate.fill import TEMPLATES
from vwr.generate.share import INDENT
from vwr.grammar.every import EVERY
from vwr.grammar.schema import schema_of, schema_of_any, schema_text
from vwr.model.nodes.data import Data
from vwr.model.structs import SCALARS
from vwr.spec.versions import VERSIONS

NUMBERS = {name: size for name, (size, _) in SCALARS.items()}
FORMAT = 2  # changes if a reader of the previous format would misread the file
_DATA, _SCHEMA = "virtwright.json", "virtwright.schema.json"
_GRAMMAR = "grammar.schema.json"
_PACKAGE, _BY_HAND = "python/virtwright/__init__.py", "virtwright.py"


def _outputs(description: Description) -> Iterator[Output]:
    shares = description.shares
    said = {"format": FORMAT, "document": shares[0].document, "versions": VERSIONS, "numbers": NUMBERS}
    head = json.dumps(said, ensure_ascii=False)[1:-1]
    files = f",\n{INDENT}".join(share.data for share in shares)
    yield Output(_DATA, f'{{{head},\n "files": [\n{INDENT}{files}]}}\n', "spec")


def _readers(_: Description) -> Iterator[Output]:
    """The package is written by hand and copied next to the data."""
    yield Output(_SCHEMA, schema_text(schema_of(Data)), "codegen/vwr/model/nodes")
    yield Output(_PACKAGE, (TEMPLATES / _BY_HAND).read_text("utf-8"), f"codegen/templates/{_BY_HAND}")


def _schema(_: Description) -> Iterator[Output]:
    yield Output(_GRAMMAR, schema_text(schema_of_any(EVERY)), "codegen/vwr/grammar")


DATA = BackEnd("data", "shares: their data", (_DATA,), _outputs)
READERS = BackEnd("readers of the data", "the grammar", (_SCHEMA, _PACKAGE), _readers)
SCHEMA = BackEnd("schema of the YAML", "the grammar", (_GRAMMAR,), _schema)
