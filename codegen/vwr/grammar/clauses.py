# SPDX-License-Identifier: MIT
"""spec/clauses.json and spec/sections.json."""

from typing import Annotated, Literal

from vwr.grammar.row import Row, Text, Words, key
from vwr.grammar.words import Line, Side

Keyword = Annotated[Literal["MUST", "MUST NOT", "SHOULD", "SHOULD NOT", "MAY"], Words("keyword")]


class Requirements(Row):
    """Requirements of one section for one side."""

    id: Annotated[
        str,
        Text(
            "Id of a section's clauses",
            "^[a-z0-9]+(\\.[a-z0-9]+)+$",
            "words of a to z and 0 to 9 with dots between",
        ),
    ] = key("Prefix of the clause ids: the third clause of blk.drv.init is blk.drv.init.3.")
    side: Side = key("Side that must meet the requirements.")
    section: Line = key("Title of the specification's section, preceded by its parents.")
    levels: list[Keyword] = key("Keyword of each clause, in the order of the text.")


class Clauses(Row):
    """
    Normative clauses of the specification, one for each keyword, grouped by section: spec/clauses.json. The
    file contains no text of the specification.
    """

    YAML = {"licence": "$comment"}
    licence: Annotated[str, Text("Licence")] | None = key("Licence of the file.")
    specification: Line = key("Edition of the specification that contains these clauses.")
    sections: list[Requirements] = key("Sections with requirements, in the order of the specification.")


class Sections(Row):
    """
    Titles of the specification's sections, each preceded by its parents below the chapter: spec/sections.json.
    """

    YAML = {"licence": "$comment"}
    licence: Annotated[str, Text("Licence")] | None = key("Licence of the file.")
    specification: Line = key("Edition of the specification that has these sections.")
    titles: list[Line] = key("The titles, in the order of the specification.")
