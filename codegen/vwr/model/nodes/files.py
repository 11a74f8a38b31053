# SPDX-License-Identifier: MIT
"""The model of a whole file, with one type for each kind."""

from dataclasses import field, is_dataclass

from typing import Annotated, Any

from vwr.grammar.words import Side
from vwr.model.nodes import key, maybe, node
from vwr.model.nodes.messages import Exchange, Queues, Request
from vwr.model.nodes.registers import Block, Capability, ChannelCommand, Register, Version
from vwr.model.nodes.ring import Diagram, LegacyRing, Part, Step
from vwr.model.nodes.structs import Config, Size, Struct, Window
from vwr.model.nodes.values import Barred, Conflict, Enum, Gate, Node, Rule, RuleTable, Value, Word


@node(frozen=True)
class Said(Node):
    """A normative clause that a row expresses."""

    id: Annotated[str, key("Id of the clause: blk.drv.init.1.")]
    level: Annotated[str, key("Keyword of the clause: MUST, SHOULD.")]
    side: str
    section: str
    row: Annotated[str, key("Path of the row.")]


@node(frozen=True)
class Quirk(Node):
    """
    A known device or driver that deviates from the specification, or its behaviour where the
    specification says nothing.

    `about` is empty for the whole file.
    """

    name: Annotated[str, key("Short name.")]
    who: Annotated[str, key("Program with the deviation.")]
    versions: Annotated[str, key("Versions known to be affected.")]
    side: Annotated[str, key("Whether the program is a device or a driver.", shown=Side)]
    unseen: Annotated[bool, maybe("Known only from a source or a report, and never seen here.")]
    about: Annotated[str, maybe("Row that it concerns, registers.QueueReset. Absent: the whole file.")]
    breaks: Annotated[list[str], maybe("Ids of the normative clauses that it violates.")]
    brief: Annotated[str, key("Behaviour of the program, in one sentence.")]
    remedy: Annotated[str, key("How the other side handles it, in one sentence.")]
    words: str


@node(frozen=True, kw_only=True, eq=False)
class Model:
    """A file of spec/. Members that its kind of file lacks are empty."""

    kind: str
    name: str
    stem: str
    module: str
    prefix: str
    path: str
    license: str
    section: str
    brief: str
    since: str
    document: str
    foreign: bool
    guard: str
    document_guard: str
    features: Enum | None = None
    numbers: list[Value] = field(default_factory=list)
    enums: list[Enum]
    structs: list[Struct] = field(default_factory=list)
    samples: list[Size] = field(default_factory=list)
    config: Config | None = None
    request: Request | None = None
    messages: list[Exchange] = field(default_factory=list)
    queues: Queues | None = None
    clauses: list[Said] = field(default_factory=list)
    quirks: list[Quirk] = field(default_factory=list)
    by_hand: list[str] = field(default_factory=list)
    legacy_order: str = ""
    readable: str = ""
    ends: Any = None


@node(frozen=True, kw_only=True, eq=False)
class Ids(Model):
    """The device types."""

    edition: str
    edition_c: str
    edition_guard: str
    reserved: list[int]
    unassigned: list[int]
    short_table: str


@node(frozen=True, kw_only=True, eq=False)
class Features(Model):
    """The features of all devices."""

    rules: list[Rule]
    rule_table: str
    rule_count_c: str
    barred: list[Barred]
    ranges: dict[str, list[list[int]]]
    legacy_word: Word
    reserved_words: list[Word]


@node(frozen=True, kw_only=True, eq=False)
class Status(Model):
    """The status machine."""

    reset: Value
    steps: list[Step]
    step_table: str
    step_count_c: str
    diagrams: list[Diagram]


@node(frozen=True, kw_only=True, eq=False)
class Ring(Model):
    """A layout of virtqueues."""

    parts: list[Part]
    legacy: LegacyRing | None
    size_max: int
    size_max_c: str
    power_of_two: bool
    if_text: str | None


@node(frozen=True, kw_only=True, eq=False)
class Structs(Model):
    """Structs that belong to no device, or to one."""

    inner: list[Struct]
    windows: list[Window]
    uses_reserved: bool


@node(frozen=True, kw_only=True, eq=False)
class Registers(Structs):
    """A transport's registers: `own` is the block that is not a struct."""

    blocks: list[Block]
    capabilities: list[Capability]
    versions: list[Version]
    compatible: str | None
    compatible_c: str
    size_c: str

    @property
    def own(self) -> Block | None:
        """The file's own block."""
        return next((block for block in self.blocks if not block.struct), None)

    @property
    def registers(self) -> list[Register]:
        """Registers of the file's own block."""
        return self.own.registers if self.own else []


@node(frozen=True, kw_only=True, eq=False)
class Channel(Structs):
    """A transport of channel commands."""

    channel: list[ChannelCommand]


@node(frozen=True, kw_only=True, eq=False)
class Device(Structs):
    """A device class."""

    id: int
    id_c: str
    id_name: str
    needs: list[Gate]
    conflicts: list[Conflict]
    rule_tables: list[RuleTable]
    words: list[Word]
    apart_words: list[Word]
    config_words: list[Word]


def parts_of(node: Any) -> dict[str, Any]:
    """{key: value} of one of the types above, or of a mapping in one."""
    found: dict[str, Any] = vars(node) if is_dataclass(node) else node if isinstance(node, dict) else {}
    return found
