# SPDX-License-Identifier: MIT
"""The description as one JSON file, for tools in any language; and its schema."""

import json
from collections.abc import Iterator

from vwr.back_end import BackEnd, Output
from vwr.generate.back_ends.common import Description
from vwr.generate.data import INDENT
from vwr.generate.fill import TEMPLATES
from vwr.model.python import NUMBERS

FORMAT = 1  # another number where a reader of this one would go wrong
_DATA, _SCHEMA = "virtwright.json", "virtwright.schema.json"


def _outputs(description: Description) -> Iterator[Output]:
    """The schema is written by hand: it goes where the data are."""
    shares = description.shares
    head = json.dumps(
        {"format": FORMAT, "document": shares[0].document, "numbers": NUMBERS}, ensure_ascii=False
    )[1:-1]
    files = f",\n{INDENT}".join(share.data for share in shares)
    yield Output(_DATA, f'{{{head},\n "files": [\n{INDENT}{files}]}}\n', "spec")
    yield Output(_SCHEMA, (TEMPLATES / _SCHEMA).read_text("utf-8"), f"codegen/templates/{_SCHEMA}")


DATA = BackEnd("data", "shares: their data", (_DATA, _SCHEMA), _outputs)
