# SPDX-License-Identifier: MIT
"""Model of a device type, or of structs of no single device: values, structs, configuration, messages."""

from collections.abc import Iterable, Iterator
from typing import Any

from vwr.cname import const_name, document_const, document_ident, ident, is_document_name, snake
from vwr.model.nodes import changed
from vwr.model.nodes.files import Device, Structs
from vwr.model.nodes.messages import Request
from vwr.model.nodes.structs import Config, ConfigCall, ConfigNeed, ConfigRow, Field, Offset, Struct, Window
from vwr.model.nodes.values import NO_FEATURE, Conflict, Enum, Gate, RuleTable, Value, Word, cells
from vwr.model.parts import INT_MAX, constant, enum, feature_words, gate_of, link, number_text, rules
from vwr.model.messages import Known, exchanges
from vwr.model.requests import requests
from vwr.model.structs import SCALARS, Maker, in_dependency_order
from vwr.model.values import constants, count_by, group_words, groups, queues, shared_memory
from vwr.spec.condition import said
from vwr.spec.exchanges import rows_of
from vwr.spec.load import Row, SpecFile


def features(file: SpecFile, *prefix: str) -> Enum:
    """The enum of feature bits. Names of reserved features have no device name."""
    names = (*prefix, "F")
    group = file.data.get("features", {})
    bits = group.get("bits", []) if prefix else group
    rows = [
        constant(
            row,
            row["bit"],
            const_name(*names, row["name"]),
            row.get("document", document_const(*names, row["name"])),
        )
        for row in bits
    ]
    section = group.get("section", file.data["section"]) if prefix else file.data["section"]
    return enum(
        ident(*prefix, "feature"), rows, link(file, "features"), section, what="bit", title="features"
    )


# Structs ---------------------------------------------------------------------------------------------------------


def _structs(file: SpecFile, maker: Maker) -> list[Struct]:
    """The structs of the file, nested ones first. Later ones can refer to them by their names in the spec."""
    out: list[Struct] = []
    for row in in_dependency_order(file.data.get("structs", [])):
        own = row.get("document", document_ident(file.prefix, row["name"]))
        documents = [own] if is_document_name(own) else []
        made = maker.struct(
            row, ident(file.prefix, row["name"]), documents, link(file, "structs", row["name"])
        )
        maker.known[row["name"]] = changed(made, document=own)
        out += [*made.hoisted, maker.known[row["name"]], *([made.tail] if made.tail else [])]
    return out


# Configuration ---------------------------------------------------------------------------------------------------


def _accessor(
    file: SpecFile, f: Field, path: tuple[str, ...], offset: int, gates: tuple[Gate, ...]
) -> ConfigCall:
    """The getter of a number in the configuration, and its setter if the driver may write it."""
    name = "_".join(path)
    width = SCALARS[f.type][0] * 8
    with_ = f.absent_with
    cast, end = (
        (f"(uint{width}_t)(", ")") if width < 32 else ("", "")
    )  # gcc says that `? 0u : 1u` may lose bits
    meant = (*gates, f.valid) if f.valid else gates
    return ConfigCall(
        place=f.place,
        field=".".join(path),
        name=name,
        ctype=f"uint{width}_t",
        width=width,
        getter=ident(file.prefix, "config_get", name) if "R" in f.dir else None,
        setter=ident(file.prefix, "config_set", name) if "W" in f.dir + f.legacy_dir else None,
        legacy_setter="W" not in f.dir,
        offset_c=const_name(file.prefix, "CONFIG", name),
        offset=offset,
        closed=_closed(f, meant),
        little="",
        absent_text=(
            f"{cast}vwr_config_has(c, {with_.c}) ? {_unsigned(with_.value)} : {_unsigned(f.absent)}{end}"
            if with_
            else _unsigned(f.absent)
        ),
        count=f.count,
        index="unsigned i, " if f.array else "",
        bytes=f.element,
        min=f.min,
        max=f.max,
        gates=[list(gate.any) for gate in meant],
        unless=list(f.unless.any) if f.unless else [],
        for_device=f.for_device,
        shut=_closed(f, gates),
        remark=f.remark,
    )


def _closed(f: Field, gates: tuple[Gate, ...]) -> str:
    """The condition in C that one of the gates is closed, or the field without meaning."""
    calls = [[f"vwr_config_has(c, {c})" for c in gate.any] for gate in gates]
    return " || ".join(
        [
            *(f"!{some[0]}" if len(some) == 1 else f"!({' || '.join(some)})" for some in calls),
            *(f"vwr_config_has(c, {c})" for c in (f.unless.any if f.unless else ())),
        ]
    )


def _unsigned(value: int) -> str:
    """A number as a C literal of the getter's type."""
    return number_text(value) + ("u" if value <= INT_MAX else "")


def _walk(
    fields: Iterable[Field], path: tuple[str, ...] = (), base: int = 0, gates: tuple[Gate, ...] = ()
) -> Iterator[tuple[tuple[str, ...], int, Field, tuple[Gate, ...]]]:
    """(path, offset, field, gates) of fields and nested fields. A path omits names that are absent in C."""
    for f in fields:
        if f.reserved:
            continue
        here, offset = (path if f.anonymous else (*path, f.name)), base + f.offset
        open_by = (*gates, f.gate) if f.gate else gates
        yield here, offset, f, open_by
        if f.members:  # their offsets are relative to the struct around the union
            yield from _walk(f.members, here, base, open_by)
        elif f.nested and not f.array:
            inside = [
                changed(inner, absent=f.absent_in.get(inner.name, inner.absent)) for inner in f.nested.fields
            ]
            yield from _walk(inside, here, offset, open_by)


def _rows(fields: list[Field]) -> list[ConfigRow]:
    """
    The device side's table of fields. Each member of a union has a row; of nested gates the innermost
    applies.
    """
    access = lambda said: " | ".join(
        c for letter, c in (("R", "VWR_READ"), ("W", "VWR_WRITE")) if letter in said
    )
    rows = []
    for _, offset, f, gates in _walk(fields):
        if f.members or f.flexible or (f.nested and not f.array):
            continue
        rows.append(
            ConfigRow(
                offset,
                f.bytes,
                [access(f.legacy_dir or f.dir), access(f.dir)],
                cells(gates[-1].any if gates else []),
                int(f.early),
            )
        )
    return rows


def _needs(fields: list[Field]) -> list[ConfigNeed]:
    """
    How far a driver's configuration has to reach, by feature, the furthest first; the last row needs no
    feature. A field without a meaning need not be there. The size of a union's member is for the driver to find
    out.
    """
    ends = {NO_FEATURE: 0}
    for row in _rows([changed(f, gate=f.gate or f.valid) for f in fields if not f.members]):
        for one in set(row.any) - {NO_FEATURE} or {NO_FEATURE}:
            ends[one] = max(ends.get(one, 0), row.offset + row.bytes)
    always = ends.pop(NO_FEATURE)
    needs = [ConfigNeed(end, one) for one, end in ends.items() if end > always]
    return [*sorted(needs, key=lambda need: (-need.bytes, need.feature)), ConfigNeed(always, NO_FEATURE)]


def _offsets(file: SpecFile, fields: list[Field], lead: str) -> list[Offset]:
    """A constant for each field that has a name."""
    return [
        Offset(
            place=f.place,
            c=const_name(file.prefix, lead, *path),
            offset=offset,
            field=".".join(path),
            path=".".join(path),
            remark=f.remark,
        )
        for path, offset, f, _ in _walk(fields)
        if not f.anonymous
    ]


def _config(file: SpecFile, maker: Maker) -> Config | None:
    """The configuration space: struct, offsets, accessors."""
    data = file.data.get("config")
    if not data:
        return None
    s = maker.struct(
        dict(data, name="config", brief="Configuration space of the device."),
        ident(file.prefix, "config"),
        [document_ident(file.prefix, "config")],
        link(file, "config"),
        data["section"],
    )
    accessors = [
        _accessor(file, f, path, offset, gates)
        for path, offset, f, gates in _walk(s.fields)
        if not (f.members or f.nested or f.flexible)
    ]
    order = data.get("legacy-order", "")
    if order:
        accessors = [
            changed(a, little=f"vwr_config_little{a.width}") if a.width > 8 else a for a in accessors
        ]
    return Config(
        struct=s,
        legacy_order=order,
        section=data["section"],
        offsets=_offsets(file, s.fields, "config"),
        accessors=accessors,
        tag=ident(file.prefix, "config_offset"),
        rows=_rows(s.fields),
        table=ident(file.prefix, "config_fields"),
        count_c=const_name(file.prefix, "CONFIG_FIELD_COUNT"),
        needs=_needs(s.fields),
        needs_c=ident(file.prefix, "config_needs"),
        info_tag=ident(file.prefix, "config_info"),
        read_c=ident(file.prefix, "config_read"),
        write_c=ident(file.prefix, "config_write"),
        wrong_c=ident(file.prefix, "config_is_wrong"),
    )


def _config_words(name: str, config: Config | None, bits: Enum) -> list[Word]:
    """The features with which a field of the configuration exists, or its value has a meaning."""
    gates = {one for call in config.accessors for some in call.gates for one in some} if config else set()
    gates |= {one for row in config.rows for one in row.any} if config else set()
    masks = feature_words(row.value for row in bits.rows if row.c in gates)
    return [Word(const_name(name, f"CONFIG_FEATURES_W{i}"), mask) for i, mask in enumerate(masks) if config]


def _windows(file: SpecFile, structs: list[Struct]) -> list[Window]:
    """Structs in device registers, with the offsets in each."""
    return [Window(s, _offsets(file, s.fields, s.name), f"{s.c}_offset") for s in structs if s.registers]


# Files -----------------------------------------------------------------------------------------------------------


def _rule_tables(name: str, rows: list[Value], scope: dict[str, str]) -> list[RuleTable]:
    """The features that a feature requires, and those with which a device must offer it."""
    return [
        RuleTable(ident(name, table), const_name(name, count), rules(rows, key, scope), text)
        for table, count, key, text in (
            ("feature_rules", "FEATURE_RULE_COUNT", "requires", "The features that a feature requires."),
            (
                "offer_rules",
                "OFFER_RULE_COUNT",
                "offer_with",
                "The features that a device must offer with a feature.",
            ),
        )
    ]


def _conflicts(file: SpecFile, config: Config | None, made: list[Enum]) -> list[Conflict]:
    """Combinations that must not occur. The value is one of the field's group."""
    groups_of_fields = (
        {".".join(path): f.enum for path, _, f, _ in _walk(config.struct.fields)} if config else {}
    )
    values = {(e.name, row.name): row for e in made for row in e.rows}
    listed = [(row, said(row)) for row in file.data.get("features", {}).get("conflicts", [])]
    return [
        Conflict(
            place=None,
            name=row["name"],
            features=when.named(),
            without=when.named(so=False),
            field=next((one.name for one in when.facts("value")), ""),
            value=next(
                (values[groups_of_fields[one.name] or "", str(one.value)] for one in when.facts("value")),
                None,
            ),
            side=row["side"],
            brief=row["brief"],
        )
        for row, when in listed
    ]


def _uses_reserved(structs: list[Struct], request: Request | None, names: set[str]) -> bool:
    """Whether an item depends on a reserved feature, so that the header of those is needed."""
    gates = [one for s in structs for f in s.all_fields for one in (f.gate, f.unless)]
    gates += [one for row in (request.types if request else []) for one in (row.gate, row.refused_by)]
    gates += [need for s in structs if s.sizes for row in s.sizes.rows for need in row.needs]
    return any(g and set(g.names) & names for g in gates)


def _asks_of_ends(data: Row, names: set[str]) -> bool:
    """Whether queues or messages depend on one, which client and service check."""
    queues_ = data.get("queues", [])
    rows = [row for entry in data.get("messages", []) for _, row in rows_of((), entry)]
    rows += [*queues_, *(count_by(queue) or {} for queue in queues_)]
    return any(fact.name in names for row in rows for fact in said(row).all_facts())


def build_structs(file: SpecFile, reserved: dict[str, str], **common: Any) -> Structs:
    """The model of a file of structs that belong to no single device."""
    made = groups(file)
    maker = Maker(reserved, tags=group_words(made))
    structs = _structs(file, maker)
    listed = exchanges(Known(file, maker, made))
    return Structs(
        **common,
        messages=listed,
        numbers=constants(file),
        enums=made,
        structs=structs,
        inner=structs,
        windows=_windows(file, structs),
        uses_reserved=_uses_reserved(structs, None, set(reserved)),
    )


def build(file: SpecFile, reserved: dict[str, str], ids: dict[str, int], **common: Any) -> Device:
    """The model of one device file."""
    data, name = file.data, file.prefix
    bits = features(file, name)
    own = {row.name: row.c for row in bits.rows}
    made = groups(file)
    maker = Maker({**reserved, **own}, tags=group_words(made))
    inner, config = _structs(file, maker), _config(file, maker)
    regions = shared_memory(file)
    listed = exchanges(Known(file, maker, made))
    request = requests(name, listed)
    made += [regions] if regions.rows else []
    hoisted = config.struct.hoisted if config else []
    structs = [*inner, *hoisted, *([config.struct] if config else [])]
    apart = {only: [row.value for row in bits.rows if row.only == only] for only in ("legacy", "modern")}
    needs = [gate_of(maker.scope, one) for one in said(data.get("features", {}), "requires").rules()]
    others = set(reserved) - set(own)
    return Device(
        **common,
        needs=needs,
        conflicts=_conflicts(file, config, made),
        id=ids.get(data["id"], data["id"]),
        id_c=const_name(name, "ID"),
        id_name=data["id"] if data["id"] in ids else snake(name).upper(),
        features=bits,
        numbers=constants(file),
        enums=made,
        structs=structs,
        config=config,
        request=request,
        inner=inner + hoisted,
        messages=listed,
        queues=queues(file, maker.scope),
        rule_tables=_rule_tables(name, bits.rows, maker.scope),
        windows=_windows(file, inner),
        words=[
            Word(const_name(name, f"FEATURES_W{i}"), mask)
            for i, mask in enumerate(feature_words(row.value for row in bits.rows if row.only != "legacy"))
        ],
        apart_words=[
            Word(
                const_name(name, "FEATURES", only, f"W{i}"),
                mask,
                "A subset of the above, absent in the legacy interface." if only == "modern" else "",
            )
            for only, numbers in apart.items()
            for i, mask in enumerate(feature_words(numbers))
            if (only, i) == ("legacy", 0) or any(number // 32 == i for number in numbers)
        ],
        config_words=_config_words(name, config, bits),
        uses_reserved=_uses_reserved(structs, request, others) or _asks_of_ends(data, others),
    )
