# SPDX-License-Identifier: MIT
"""What a model is made of, as types: values, structs, queues, commands, requests, registers, the status machine, rings,
and the file that has them. docs/templates.md has the keys for people."""

from dataclasses import dataclass, field, is_dataclass
from typing import Any

from vwr.spec.load import Place, Row

Names = str | list[str]
Param = tuple[int, str, bool]  # what an offset depends on: bytes, parameter, whether it counts elements


@dataclass(frozen=True)
class Node:
    """Something that may stand in spec/: `place` says where."""
    place: Place | None


@dataclass(frozen=True)
class Item(Node):
    """What has a name in the specification and one in C, and perhaps not in all versions."""
    name: str
    c: str
    brief: str
    since: str | None
    only: str | None


@dataclass(frozen=True)
class Gate:
    """The features that open something: any of `names`, in C any of `any`."""
    name: str
    names: list[str]
    c: str
    any: list[str]


@dataclass(frozen=True)
class GatedValue(Gate):
    """A value for what is absent, while these features are there."""
    value: int


@dataclass(frozen=True)
class Value(Item):
    """A number with a name; `if_text` and `gate`: the features that open it, as text and as the YAML has them."""
    value: int
    text: str
    shown: str
    document: str
    documents: list[str]
    aka: list[str]
    label: str
    remark: str
    section: str | None
    if_text: str | None
    gate: Names
    reserved: bool
    requires: list[Names]
    needs: str
    offer_with: list[Names]
    transports: list[str]


@dataclass(frozen=True)
class IdValue(Value):
    """A device type."""
    transitional: int | None
    short: str


@dataclass(frozen=True)
class StatusValue(Value):
    """A bit of the status."""
    by: str


@dataclass(frozen=True)
class Enum(Node):
    """A C enum and its table of names; C has enumerators for `small` values, and none for `big` ones."""
    tag: str
    table: str
    rows: list[Value]
    small: list[Value]
    big: list[Value]
    link: str
    section: str
    brief: str
    what: str
    title: str
    name: str
    kind: str
    scoped: bool = False


@dataclass(frozen=True)
class Rule:
    """A feature and those of which it needs one."""
    feature: str
    name: str
    names: list[str]
    any: list[str]


@dataclass(frozen=True)
class RuleTable:
    """The rules of a file as a table."""
    c: str
    count_c: str
    rows: list[Rule]
    text: str


@dataclass(frozen=True)
class Word:
    """A constant for 32 feature bits."""
    c: str
    mask: str
    remark: str = ""


@dataclass(frozen=True)
class Barred:
    """The features that a transport cannot have."""
    name: str
    words: list[Word]


@dataclass(frozen=True)
class Bits(Node):
    """A part of a field or of a register; the mask is in place."""
    name: str
    c: str
    shift: int
    width: int
    mask: str
    if_text: str | None
    enum: str | None
    brief: str
    remark: str
    register: str = ""


@dataclass(frozen=True)
class Field(Item):
    """A member of a struct. One behind an array of unknown length has no member in C: `c` is the function that knows its
    offset, `after` what that depends on beside `offset`."""
    least: int
    type: str
    ctype: str
    element: int
    align: int
    count: int | None
    array: bool
    flexible: bool
    length: int | str | None
    bytes: int
    brackets: str
    reserved: bool
    unit: str | None
    gate: Gate | None
    dir: str
    said_dir: str
    legacy_dir: str
    early: bool
    legacy_early: bool
    absent: int
    absent_with: GatedValue | None
    absent_in: dict[str, int]
    writable: list[str]
    enum: str | None
    nested: "Struct | None"
    members: list["Field"]
    open_members: list["Field"]
    anonymous: bool
    unnamed: bool
    packed: bool
    holds: str
    mask: bool
    by: str
    is_: list[str]
    aka: list[str]
    remark: str
    remark_words: str
    bits: list[Bits]
    raw_bits: list[Row]
    offset: int = 0
    after: tuple[Param, ...] = ()
    offset_text: str = ""
    offset_words: str = ""

    @property
    def declaration(self) -> str:
        """The member in C."""
        return f"{self.ctype} {self.name}{self.brackets};"

    @property
    def fixed(self) -> bool:
        """Whether it has one length."""
        return not self.flexible and (self.nested is None or self.nested.fixed) and all(f.fixed for f in self.members)


@dataclass(frozen=True)
class SizeRow:
    """The size with these features."""
    size: int
    needs: list[Gate]


@dataclass(frozen=True)
class Sizes:
    """Sizes that depend on features; the first row that holds counts."""
    c: str
    rows: list[SizeRow]
    padded: bool


@dataclass(frozen=True)
class Size(Node):
    """A number of bytes that has a name."""
    c: str
    value: int
    remark: str


@dataclass(frozen=True)
class Struct(Item):
    """A struct: `fields` have places, `behind` an array of unknown length they have functions; `hoisted` are those without
    a name inside, `tail` is what the device writes where that is a struct of its own."""
    documents: list[str]
    link: str
    section: str
    packed: bool
    registers: bool
    hoisted: list["Struct"]
    fields: list[Field]
    behind: list[Field]
    params: list[Param]
    align: int
    size: int
    fixed: bool
    least: int
    bytes_c: str | None
    bytes_text: str
    unplaced: str
    sizes: Sizes | None
    tail: "Struct | None" = None
    out_bytes: Size | None = None
    document: str = ""

    @property
    def all_fields(self) -> list[Field]:
        """Those behind an array too."""
        return self.fields + self.behind


@dataclass(frozen=True)
class QueueAt:
    """The function that says a queue's index."""
    c: str
    param: str
    params: str
    text: str
    words: str


@dataclass(frozen=True)
class Queue(Value):
    """A queue, or as many as `count` or the configuration says; `moves`: what else has to be there for its index."""
    index: int | None
    count: int
    count_by: Row | None
    count_words: str
    behind: str | None
    stride: int
    dir: str
    moves: list[list[str]]
    at: QueueAt | None


@dataclass(frozen=True)
class Queues(Enum):
    """The queues with a number, and all of them."""
    all: list[Queue] = field(default_factory=list)


@dataclass(frozen=True)
class Command(Item):
    """What goes and comes with a command at least; `out` and `back` are names of structs or of types."""
    value: int
    text: str
    out: list[str]
    back: list[str]
    out_bytes: int
    in_bytes: int
    out_more: bool
    in_more: bool
    more: str
    sender: str
    sender_c: str
    gate: Gate | None
    any: list[str]
    also: Gate | None
    answer: list[str]
    response: list[str]


@dataclass(frozen=True)
class CommandTable(Node):
    """A group of commands."""
    c: str
    count_c: str
    rows: list[Command]
    queue: str | None
    owner: str | None
    owner_c: str
    title: str
    section: str
    name: str


@dataclass(frozen=True)
class RequestType(Item):
    """A kind of request: its payload, and what allows it."""
    value: int
    shown: str
    payload: str
    dir: str | None
    struct: str | None
    sector: str
    sector_rule: str | None
    versions: list[str]
    gate: Gate | None
    refused_by: Gate | None
    in_bytes: int
    unit: int
    exact: int
    max: str | None
    limits: dict[str, str]
    payload_words: str
    limit_words: str
    hint_words: str


@dataclass(frozen=True)
class Limit:
    """What the configuration limits in a type of request: C names of fields' offsets."""
    type: str
    segments: str
    sectors: str
    alignment: str


@dataclass(frozen=True)
class ConfigCall(Node):
    """Getter and setter of a number of the configuration."""
    field: str
    name: str
    ctype: str
    width: int
    getter: str | None
    setter: str | None
    legacy_setter: bool
    offset_c: str
    offset: int
    closed: str
    little: str
    absent_text: str
    count: int | None
    index: str
    bytes: int
    remark: str


@dataclass(frozen=True)
class ConfigRow:
    """What the device side's table says of a field; of `access` the first is the legacy interface's."""
    offset: int
    bytes: int
    access: list[str]
    any: list[str]
    early: int


@dataclass(frozen=True)
class Offset(Node):
    """A constant for the place of a field."""
    c: str
    offset: int
    field: str
    path: str
    remark: str


@dataclass(frozen=True)
class Step(Node):
    """One row of the status table; lists of two are for the legacy and the modern version."""
    name: str
    bit: str
    clears: int
    by: str
    by_c: str
    versions: list[str]
    after: list[str]
    before: list[str]
    after_names: list[list[str]]
    before_names: list[list[str]]
    after_words: str
    before_words: str
    effect: str
    effects: list[str]
    feature: str
    may_refuse: int
    opens_queues: list[str]
    closes_queues: int
    answers: str | None


@dataclass(frozen=True)
class State:
    """A value of the status that can be reached; of a step that needs nothing, its bit."""
    name: str
    value: int
    words: str


@dataclass(frozen=True)
class Edge:
    """A step from one state to another."""
    start: str
    end: str
    words: str


@dataclass(frozen=True)
class Diagram:
    """The states of one version, and the steps between them."""
    version: str
    anywhere: list[State]
    states: list[State]
    edges: list[Edge]


@dataclass(frozen=True)
class Part(Node):
    """An area of a queue: head + per_entry times Queue Size bytes."""
    name: str
    struct: str
    align: int
    align_c: str
    bytes_c: str
    head: int
    per_entry: int
    writer: str
    writer_words: str


@dataclass(frozen=True)
class Area:
    """Bytes of several parts."""
    head: int
    per_entry: int

    def size(self, num: int) -> int:
        """Bytes with so many entries."""
        return self.head + self.per_entry * num


@dataclass(frozen=True)
class LegacyRing:
    """One block: what comes before the aligned part, and what from there on."""
    align: int
    before: Area
    after: Area
    part: str
    offset_c: str
    bytes_c: str
    align_c: str


@dataclass(frozen=True)
class Register(Item):
    """A register of 32 bits, or a half of one of 64; lists of two are for the legacy and the modern version."""
    register: str
    reg: str
    offset: int
    bytes: int
    access: str
    dir: str
    versions: list[str]
    widths: str
    widths_list: list[int]
    bank: str
    bank_name: str | None
    gate: Gate | None
    must_set: list[str]
    must_clear: list[str]
    set_names: list[list[str]]
    clear_names: list[list[str]]
    idle: list[str]
    idle_names: list[str | None]
    when_words: str
    reset: str
    kept: bool
    value: int | None
    max: int | None
    clears: str | None
    unit: str | None
    aka: list[str]
    remark: str
    more_words: str


@dataclass(frozen=True)
class Accessor(Node):
    """A call that reads or writes a register."""
    c: str
    verb: str
    register: str
    bank: str | None
    wide: bool
    width: int
    ctype: str
    offset: str
    high: str
    remark: str


@dataclass(frozen=True)
class Named(Node):
    """A number that the specification gives for a register, or where the configuration begins."""
    c: str
    text: str
    remark: str


@dataclass(frozen=True)
class Version:
    """What the Version register reads as."""
    c: str
    name: str
    value: int


@dataclass(frozen=True)
class DecodeLine:
    """Words of the block that belong to one register."""
    offset: str
    cells: list[str]


@dataclass(frozen=True)
class Window:
    """A struct that lies in registers, and its offsets there."""
    struct: Struct
    offsets: list[Offset]
    tag: str


@dataclass(frozen=True)
class Config(Window):
    """The configuration space."""
    legacy_order: str
    section: str
    accessors: list[ConfigCall]
    rows: list[ConfigRow]
    table: str
    count_c: str


@dataclass(frozen=True)
class Request:
    """The requests of a device."""
    structs: list[Struct]
    types: list[RequestType]
    kinds: Enum
    flags: Enum
    status: Enum | None
    sizes: list[Size]
    limits: list[Limit]
    section: str
    queue: str
    max_segments: str | None
    max_segment_bytes: str | None
    table: str
    count_c: str
    limit_table: str
    limit_count_c: str


@dataclass(frozen=True, kw_only=True)
class Model:
    """A file of spec/. What is not in every kind of file is empty in the others."""
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
    guard: str
    document_guard: str
    features: Enum | None = None
    numbers: list[Value] = field(default_factory=list)
    enums: list[Enum]
    structs: list[Struct] = field(default_factory=list)
    samples: list[Size] = field(default_factory=list)
    config: Config | None = None
    request: Request | None = None
    commands: list[CommandTable] = field(default_factory=list)
    queues: Queues | None = None
    python: Any = None


@dataclass(frozen=True, kw_only=True)
class Ids(Model):
    """The device types."""
    edition: str
    edition_c: str
    edition_guard: str
    reserved: list[int]
    unassigned: list[int]
    short_table: str


@dataclass(frozen=True, kw_only=True)
class Features(Model):
    """The features of all devices."""
    rules: list[Rule]
    rule_table: str
    rule_count_c: str
    barred: list[Barred]
    ranges: dict[str, list[list[int]]]
    legacy_word: Word
    reserved_words: list[Word]


@dataclass(frozen=True, kw_only=True)
class Status(Model):
    """The status machine."""
    reset: Value
    steps: list[Step]
    step_table: str
    step_count_c: str
    diagrams: list[Diagram]


@dataclass(frozen=True, kw_only=True)
class Ring(Model):
    """A layout of virtqueues."""
    parts: list[Part]
    legacy: LegacyRing | None
    size_max: int
    size_max_c: str
    power_of_two: bool
    if_text: str | None


@dataclass(frozen=True, kw_only=True)
class Registers(Model):
    """A register block."""
    registers: list[Register]
    accessors: list[Accessor]
    windows: list[Named]
    constants: list[Named]
    versions: list[Version]
    bits: list[Bits]
    size: int
    size_c: str
    count_c: str
    reg_tag: str
    table: str
    decode: list[DecodeLine]
    decode_c: str
    compatible: str | None
    compatible_c: str
    word: int


@dataclass(frozen=True, kw_only=True)
class Structs(Model):
    """Structs that belong to no device, or to one."""
    inner: list[Struct]
    windows: list[Window]
    uses_reserved: bool


@dataclass(frozen=True, kw_only=True)
class Device(Structs):
    """A device class."""
    id: int
    id_c: str
    id_name: str
    rule_tables: list[RuleTable]
    words: list[Word]
    apart_words: list[Word]


def parts_of(node: Any) -> dict[str, Any]:
    """{key: value} of one of the types above, or of a mapping in one."""
    found: dict[str, Any] = vars(node) if is_dataclass(node) else node if isinstance(node, dict) else {}
    return found
