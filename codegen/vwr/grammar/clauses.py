# SPDX-License-Identifier: MIT
"""spec/clauses.json."""

from typing import Annotated, Literal

from vwr.grammar.row import Row, Text, Words, key
from vwr.grammar.words import Line, Side


class Requirements(Row):
    """The requirements of a section for one side."""

    id: Annotated[
        str,
        Text(
            "Id of a section's clauses",
            "^[a-z0-9]+(\\.[a-z0-9]+)+$",
            "words of a to z and 0 to 9 with dots between",
        ),
    ] = key("What the ids of its clauses begin with: of blk.drv.init the third is blk.drv.init.3.")
    side: Side = key("Whose duty it is.")
    section: Line = key("Title of the specification's section, with those above it.")
    levels: list[
        Annotated[Literal["MUST", "MUST NOT", "SHOULD", "SHOULD NOT", "MAY"], Words("keyword")]
    ] = key("The keyword of each clause, in the order of the text.")


class Clauses(Row):
    """
    The normative clauses of the specification, one for each keyword, by the sections that have them: spec/clauses.json.
    No sentence is in it.
    """

    YAML = {"licence": "$comment"}
    licence: Annotated[str, Text("Licence")] | None = key("The licence.")
    specification: Line = key("The edition that has these clauses.")
    sections: list[Requirements] = key("The sections with requirements, in the order of the specification.")
