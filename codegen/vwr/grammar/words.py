# SPDX-License-Identifier: MIT
"""Names, numbers and texts of the grammar."""

from typing import Annotated, Literal

from vwr.grammar.row import DISTINCT, Integer, Items, Logic, Text, Words

U8_MAX, U16_MAX, U32_MAX, U64_MAX = (2**bits - 1 for bits in (8, 16, 32, 64))

U16 = Annotated[int, Integer("16-bit number", 0, U16_MAX, "A number of 16 bits.")]
U32 = Annotated[int, Integer("32-bit number", 0, U32_MAX, "A number of 32 bits.")]
U64 = Annotated[int, Integer("64-bit number", 0, U64_MAX, "A number of 64 bits.")]
Number = Annotated[int, Integer("Number", 0, U32_MAX, "A number from 0 on.")]
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
        "Name of a register as the specification has it.",
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
        "Name of a register of the block; one inside a struct of registers with the struct's field before it: "
        "header.queue_select.",
        ("QueueReady", "header.queue_select"),
    ),
]

Side = Annotated[Literal["driver", "device"], Words("Side", "Who does it.")]
Since = Annotated[
    Literal["1.0", "1.1", "1.2", "1.3", "1.4"],
    Words(
        "Version of the specification",
        "The version of the specification that has this first, in quotes; none for what only the legacy interface has "
        "(only: legacy). Without it: that of what it stands in; of a file 1.0.",
    ),
]
Only = Annotated[
    Literal["legacy", "modern"],
    Words("Interface", "The one interface that has this; without it both have."),
]

Line = Annotated[str, Text("Text")]
Brief = Annotated[
    str,
    Text(
        "Sentence",
        meaning="One sentence in our own words: it becomes the comment in C and the text of the reference page.",
    ),
]
Section = Annotated[
    str,
    Text(
        "Section",
        meaning="Title of the specification's section, with those above it: Block Device / Feature bits. "
        "Without it that of the file.",
        examples=("Block Device / Feature bits",),
    ),
]
Unit = Annotated[str, Text("Unit", meaning="What the number counts.", examples=("bytes", "512-byte sectors"))]
Document = Annotated[
    str,
    Text(
        "Name in the specification",
        meaning="What the specification calls it, where that is not the name by rule.",
        examples=("VIRTIO_NET_HASH_TYPE_IPv4",),
    ),
]
_ClauseId = Annotated[
    str,
    Text("Clause id", "^[a-z0-9]+(\\.[a-z0-9]+)*\\.[0-9]+$", "such as blk.drv.init.1"),
]
Clauses = Annotated[
    list[_ClauseId],
    Items(
        distinct=True,
        meaning="Normative clauses of the specification that this says, the whole of each: their ids, "
        "of spec/clauses.json.",
    ),
]
Aka = Annotated[
    list[Annotated[str, Text("C name", "^[A-Za-z_][A-Za-z0-9_]*$", "letters, digits and _")]],
    Items(
        distinct=True,
        meaning="Older or other names in the specification or the kernel; whatever begins with VIRTIO_ is an alias in "
        "the header of document names.",
    ),
]

_FACTS = "Features are of this file or reserved ones."
Gate = Annotated[str, Logic(f"There only if this feature has been negotiated. {_FACTS}", example="SEG_MAX")]
Gates = Annotated[
    str,
    Logic(
        f"There only if this feature has been negotiated, or any of these. {_FACTS}",
        choices=1,
        example="MQ or RSS",
    ),
]
AllOf = Annotated[
    str,
    Logic(
        "What has to have been negotiated: features joined by `and`, each a choice perhaps.",
        all=16,
        choices=16,
        example="MRG_RXBUF or VERSION_1",
    ),
]
Rule = Annotated[
    str,
    Logic(
        "What must be there too: CTRL_VQ and (RSS or HASH_REPORT), choices of 2 or 3. `offered FLUSH` binds the device alone: it offers "
        "it only together with FLUSH, and a driver may take it alone.",
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
        "Name of a configuration field; with a dot, of one in a struct of the configuration.",
        ("seg_max", "zoned.max_append_sectors"),
    ),
]
Names = Annotated[list[Upper], DISTINCT]
Fields = Annotated[list[Snake], DISTINCT]
