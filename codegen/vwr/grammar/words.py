# SPDX-License-Identifier: MIT
"""Names, numbers and texts of the grammar."""

from typing import Annotated, Literal

from vwr.grammar.row import DISTINCT, Integer, Items, Logic, Text, Words

U8_MAX, U16_MAX, U32_MAX, U64_MAX = (2**bits - 1 for bits in (8, 16, 32, 64))

U16 = Annotated[int, Integer("16-bit number", 0, U16_MAX, "A number of 16 bits.")]
U32 = Annotated[int, Integer("32-bit number", 0, U32_MAX, "A number of 32 bits.")]
U64 = Annotated[int, Integer("64-bit number", 0, U64_MAX, "A number of 64 bits.")]
Number = Annotated[int, Integer("Number", 0, U32_MAX, "A number of at least 0.")]
Offset = Annotated[int, Integer("Offset", 0, U16_MAX, "Bytes from the start.")]
Bytes = Annotated[int, Integer("Number of bytes", 1, U16_MAX, "A length in bytes.")]

Upper = Annotated[
    str,
    Text(
        "Upper-case name",
        "^[A-Z0-9]+(_[A-Z0-9]+)*$",
        "A to Z, 0 to 9 and _",
        "Name in upper-case letters, digits and underscores.",
        ("SEG_MAX",),
    ),
]
Uppers = Annotated[list[Upper], Items(2, distinct=True, meaning="Several names.")]
Snake = Annotated[
    str,
    Text(
        "Lower-case name",
        "^[a-z][a-z0-9_]*$",
        "a to z, 0 to 9 and _",
        "Name in lower-case letters, digits and underscores, as in the specification.",
        ("seg_max",),
    ),
]
Kebab = Annotated[
    str,
    Text(
        "Name with dashes",
        "^[a-z][a-z0-9]*(-[a-z0-9]+)*$",
        "a to z, 0 to 9 and single dashes",
        "Name in lower-case letters, digits and dashes.",
        ("desc-flags",),
    ),
]
Kebabs = Annotated[list[Kebab], Items(2, distinct=True, meaning="Several names.")]
Camel = Annotated[
    str,
    Text(
        "Register name",
        "^[A-Z][A-Za-z0-9]*$",
        "an upper-case letter, then letters and digits",
        "Name of a register in the specification.",
        ("QueueReady",),
    ),
]
FileName = Annotated[
    str,
    Text(
        "File name",
        "^[a-z0-9]+(-[a-z0-9]+)*$",
        "a to z, 0 to 9 and single dashes",
        "Name in lower-case letters, digits and dashes.",
        ("blk", "9p"),
    ),
]
QueueName = Annotated[
    str,
    Text(
        "Queue name",
        "^[a-z][a-z0-9_-]*$",
        "a to z, 0 to 9, _ and -",
        "Name of a queue in lower-case letters, as in the specification.",
        ("requestq",),
    ),
]
RegisterName = Annotated[
    str,
    Text(
        "Register name",
        "^[A-Za-z][A-Za-z0-9_]*(\\.[a-z][a-z0-9_]*)*$",
        "letters, digits and _; dots between parts",
        "Name of a register of the block; a register in a struct of registers is preceded by the "
        "struct's field: header.queue_select.",
        ("QueueReady", "header.queue_select"),
    ),
]

Side = Annotated[Literal["driver", "device"], Words("Side", "Side that does it.")]
Since = Annotated[
    Literal["1.0", "1.1", "1.2", "1.3", "1.4"],
    Words(
        "Version of the specification",
        "First version of the specification with the item, in quotes; none for an item of only the "
        "legacy interface (only: legacy). Default: that of the enclosing item; of a file 1.0.",
    ),
]
Only = Annotated[
    Literal["legacy", "modern"],
    Words("Interface", "The only interface with the item. Default: both."),
]

Line = Annotated[str, Text("Text")]
Brief = Annotated[
    str,
    Text(
        "Sentence",
        most=240,
        meaning="One sentence in our own words: it becomes the comment in C and the text of the reference page.",
    ),
]
Section = Annotated[
    str,
    Text(
        "Section",
        meaning="Title of the specification's section, preceded by its parents below the chapter: Block Device / Feature bits. "
        "Default: that of the file.",
        examples=("Block Device / Feature bits",),
    ),
]
Unit = Annotated[str, Text("Unit", meaning="Unit of the number.", examples=("bytes", "512-byte sectors"))]
Document = Annotated[
    str,
    Text(
        "Name in the specification",
        meaning="Name in the specification, if it is not the name by rule.",
        examples=("VIRTIO_NET_HASH_TYPE_IPv4",),
    ),
]
_ClauseId = Annotated[
    str,
    Text("Clause id", "^[a-z0-9]+(\\.[a-z0-9]+)*\\.[0-9]+$", "such as blk.drv.init.1"),
]
_ClauseSection = Annotated[
    str, Text("Section of clauses", "^[a-z0-9]+(\\.[a-z0-9]+)+$", "such as blk.drv.init")
]
ClauseSections = Annotated[
    list[_ClauseSection],
    Items(distinct=True, meaning="Sections of normative clauses: the ids of spec/clauses.json."),
]
Clauses = Annotated[
    list[_ClauseId],
    Items(
        distinct=True,
        meaning="Normative clauses of the specification that the row expresses completely: their ids in "
        "spec/clauses.json.",
    ),
]
Broken = Annotated[
    list[_ClauseId],
    Items(
        distinct=True,
        meaning="Normative clauses of the specification that the behaviour violates: their ids in "
        "spec/clauses.json.",
    ),
]
Aka = Annotated[
    list[Annotated[str, Text("C name", "^[A-Za-z_][A-Za-z0-9_]*$", "letters, digits and _")]],
    Items(
        distinct=True,
        meaning="Older or other names in the specification or the kernel. A name with VIRTIO_ is an alias in "
        "the header of document names.",
    ),
]

_FACTS = "Each is a feature of this file, or a reserved one."
Gate = Annotated[
    str, Logic(f"The item exists only if this feature is negotiated. {_FACTS}", example="SEG_MAX")
]
Gates = Annotated[
    str,
    Logic(
        f"The item exists only if this feature, or one of several, is negotiated. {_FACTS}",
        choices=1,
        example="MQ or RSS",
    ),
]
AllOf = Annotated[
    str,
    Logic(
        "Features that must be negotiated, joined by `and`. Each may be a choice.",
        all=16,
        choices=16,
        example="MRG_RXBUF or VERSION_1",
    ),
]
Rule = Annotated[
    str,
    Logic(
        "Other features that this one requires: CTRL_VQ and (RSS or HASH_REPORT), with choices of 2 or "
        "3. `offered FLUSH` binds only the device, which offers the feature only together with FLUSH; a "
        "driver may accept it alone.",
        all=16,
        choices=16,
        most=3,
        also=frozenset({"offered"}),
        example="CTRL_VQ and (RSS or HASH_REPORT)",
    ),
]

ConfigPath = Annotated[
    str,
    Text(
        "Config field",
        "^[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*$",
        "a name, or names with dots",
        "Name of a configuration field; with a dot, of a field in a struct of the configuration.",
        ("seg_max", "zoned.max_append_sectors"),
    ),
]
Names = Annotated[list[Upper], DISTINCT]
Fields = Annotated[list[Snake], DISTINCT]
