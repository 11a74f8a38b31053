# SPDX-License-Identifier: MIT
"""Structs: members at their offsets, as laid out by C, and fields after an array of variable length."""

from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, NamedTuple

from vwr.cname import member
from vwr.model.nodes import changed
from vwr.model.nodes.structs import ConfigCall, Field, Param, Size, SizeRow, Sizes, Struct
from vwr.model.nodes.values import GatedValue
from vwr.model.parts import bits_of, gate, gate_of, hex_text, or_text, remark, shown
from vwr.spec.condition import said
from vwr.spec.load import Row
from vwr.spec.shapes import WIDTHS, at, by_of, counted, inner_first, names_of, parts
from vwr.spec.since import AT

# Bytes and C type of a type. le and be are byte orders independent of the CPU; u16 and larger are guest-
# endian.
SCALARS = {
    name: (size, f"uint{8 * size}_t" if name.startswith("u") else f"vwr_{name}")
    for name, size in WIDTHS.items()
}


class Maker:
    """
    Makes the structs of one file: `scope` has the features that may enable a field, `known` the structs by
    name, `tags` the names of groups in comments.
    """

    def __init__(self, scope: dict[str, str], tags: dict[str, str]) -> None:
        self.scope, self.tags = scope, tags
        self.known: dict[str, Struct] = {}

    def struct(
        self, data: Row, c: str, documents: list[str], where: str, section: str | None = None
    ) -> Struct:
        """The model of one struct; nested structs without a name are in `hoisted`."""
        section = section or data.get("section") or ""
        own, back = parts(data["fields"])
        packed = data.get("packed", False)
        hoisted: list[Struct] = []
        listed = [self._field(row, _Owner(c, packed, where, section, hoisted)) for row in own]
        if data.get("registers"):
            inside = {f.name: f"; RW {', '.join(f.writable)}" if f.writable else "" for f in listed}
            listed = [changed(f, remark=f"{f.remark.rstrip('.')}; {f.dir}{inside[f.name]}.") for f in listed]
        layout = _Layout(listed, c, packed)
        made = Struct(
            place=data.get(AT),
            name=data["name"],
            c=c,
            documents=documents,
            link=where,
            section=section,
            packed=packed,
            registers=data.get("registers", False),
            record_c=f"{c.upper()}_RECORD" if data.get("record") else "",
            brief=data.get("brief", ""),
            since=data.get("since"),
            only=data.get("only"),
            hoisted=hoisted,
            fields=layout.members,
            behind=layout.behind,
            params=layout.params,
            align=layout.align,
            size=layout.size,
            fixed=not layout.params and all(f.fixed for f in layout.members),
            least=max(sum(f.least for f in listed), layout.size),
            bytes_c=f"{c}_bytes" if layout.has_length() else None,
            bytes_text=_place(layout.end, layout.params),
            unplaced="" if layout.members else _unplaced(layout.behind),
            sizes=self._sizes(data, c, layout.size),
        )
        return self._with_back(made, data, back, where) if back else made

    def snug(self, data: Row, c: str, where: str, section: str) -> Struct:
        """A struct without a name in the specification: packed if C would pad it."""
        natural, packed = (
            self.struct({**data, "packed": packed}, c, [], where, section) for packed in (False, True)
        )
        return natural if natural.size == packed.size else packed

    def _with_back(self, made: Struct, data: Row, back: list[Row], where: str) -> Struct:
        """
        The device's part: a separate struct if its offset in the first is not fixed, else the same struct.
        """
        if made.fixed:
            whole = self.struct(
                dict(data, fields=[dict(row, dir="") for row in data["fields"]]),
                made.c,
                made.documents,
                where,
            )
            count = len(data["fields"]) - len(back)
            if whole.fixed and not whole.behind:
                fields = whole.fields[:count] + [changed(f, said_dir="in") for f in whole.fields[count:]]
                return changed(
                    whole,
                    fields=fields,
                    out_bytes=Size(None, f"{made.c}_out_bytes".upper(), whole.fields[count].offset, ""),
                )
        tail = self.struct(
            dict(
                data,
                name=f"{data['name']}_in",
                size=[],
                fields=[dict(row, dir="") for row in back],
                brief="The part that the device writes.",
            ),
            f"{made.c}_in",
            [],
            where,
        )
        return changed(made, tail=tail, fixed=False, hoisted=made.hoisted + tail.hoisted)

    def _element(
        self, row: Row, name: str, owner: "_Owner"
    ) -> tuple[int, int, str, Struct | None, list[Field]]:
        """(bytes, alignment, C type, struct model, union members) of one element."""
        if "union" in row:
            within = owner if row.get("document") == "none" else owner.inside(name)
            members = [self._field(inner, within) for inner in row["union"]]
            align = 1 if owner.packed else max(inner.align for inner in members)
            size = -(-max(inner.bytes for inner in members) // align) * align
            if not all(inner.fixed for inner in members):
                return 1, 1, "uint8_t", None, []  # its length is that of the selected member
            return size, align, "union", None, members
        if "fields" in row:
            data = dict(row, name=f"{owner.c}_{name}", brief=row.get("brief", ""), packed=owner.packed)
            inner = (
                self.struct(data, data["name"], [], owner.where, owner.section)
                if owner.packed
                else self.snug(data, data["name"], owner.where, owner.section)
            )
            owner.hoisted.extend([*inner.hoisted, inner])
            return inner.size, inner.align, f"struct {inner.c}", inner, []
        if row["type"] in SCALARS:
            size, ctype = SCALARS[row["type"]]
            return size, size, ctype, None, []
        nested = self.known[row["type"]]
        if not nested.fixed:
            return 1, 1, "uint8_t", None, []  # bytes: C has no member of variable size
        return nested.size, nested.align, f"struct {nested.c}", nested, []

    def _field(self, row: Row, owner: "_Owner") -> Field:
        """One member, not yet at its offset."""
        name = member(row["name"])
        size, align, ctype, nested, members = self._element(row, name, owner)
        count: Any = row.get("count")
        count, plus = counted(count) if isinstance(count, str) else (count, 0)
        bare = nested is None and not members and row.get("type") not in SCALARS
        apart = self.known.get(row.get("type", "")) if bare else None
        flexible = isinstance(count, str) or bare
        bytes_ = 0 if flexible else size * (count or 1)
        native = "guest's byte order" if row.get("type") in ("u16", "u32", "u64") else ""
        group, texts = self._groups(row)
        inside, condition = owner.inside(name, []), said(row)
        unless, valid = condition.named(so=False), said(row, "valid").choice
        values = [str(fact.value) for fact in condition.facts("value")]
        more = [
            native,
            texts,
            f"holds {row['foreign']}" if "foreign" in row else "",
            _range(row),
            f"not with {or_text(unless)}" if unless else "",
            f"valid with {or_text(valid)}" if valid else "",
            f"{'each ' if count else ''}struct {apart.c}" if apart else "",
            (
                f"number of elements: {_count_words(count)}{f' + {plus}' if plus else ''}"
                if isinstance(count, str) and _count_words(count)
                else ""
            ),
            f"for {' or '.join(values)}" if values else "",
        ]
        absent, legacy = row.get("absent", 0), row.get("legacy", {})
        rows = absent if isinstance(absent, list) else []
        return Field(
            place=row.get(AT),
            name=name,
            c="",
            least=apart.least if apart and not count else bytes_,
            type=row.get("type", "union" if "union" in row else "struct"),
            ctype=ctype,
            element=size,
            align=align,
            count=None if flexible else count,
            array=count is not None,
            flexible=flexible,
            length=count,
            plus=plus or None,
            bytes=bytes_,
            brackets="[]" if flexible else f"[{count}]" if count else "",
            reserved=row.get("reserved", False),
            brief=row.get("brief", ""),
            unit=row.get("unit"),
            gate=gate(self.scope, condition.choice),
            valid=gate(self.scope, valid),
            for_device=row.get("for-device", False),
            dir=row.get("dir") or "R",
            said_dir=row.get("dir", ""),
            legacy_dir=legacy.get("dir", ""),
            early=row.get("writable") == "offered",
            readable=row.get("readable", ""),
            legacy_early=legacy.get("writable") == "offered",
            unless=gate(self.scope, unless),
            min=_number(row, "min"),
            max=_number(row, "max"),
            absent=rows[-1]["value"] if rows else absent if isinstance(absent, int) else 0,
            writable=inner if isinstance(inner := row.get("writable"), list) else [],
            enum=group,
            nested=nested,
            members=members,
            beside=row["flags"] if "enum" in row and "flags" in row else None,
            absent_with=(
                GatedValue(**vars(gate_of(self.scope, said(rows[0]).choice)), value=rows[0]["value"])
                if rows
                else None
            ),
            absent_in=absent if isinstance(absent, dict) else {},
            contains=[self._field(inner, inside) for inner in row.get("contains", ())],
            open_members=[] if members else [self._field(inner, inside) for inner in row.get("union", ())],
            anonymous=row.get("document") == "none" and "type" not in row,
            packed=owner.packed,
            unnamed=row.get("document") == "none",
            holds=row.get("foreign", ""),
            same=row.get("same", False),
            mask="mask-of" in row,
            by=by_of(row),
            is_=values,
            since=row.get("since"),
            only=row.get("only"),
            aka=row.get("aka", []),
            remark=remark(row, *more),
            remark_words=f"{'Reserved. ' if row.get('reserved') else ''}{row.get('brief', '')}".strip(),
            bits=bits_of(row, f"{owner.c}_{name}".upper(), size * 8, self.tags),
            raw_bits=row.get("bits", []),
        )

    def _groups(self, row: Row) -> tuple[str | None, str]:
        """(groups of a field's values, their description in its comment)."""
        listed = names_of(row.get("enum") or row.get("flags") or row.get("mask-of") or [])
        words = " or ".join(self.tags.get(name, name) for name in listed)
        flags = self.tags.get(row["flags"], row["flags"]) if "flags" in row and "enum" in row else ""
        texts = [
            words if "enum" in row or "flags" in row else "",
            flags,
            f"1 << each of {self.tags.get(row['mask-of'], row['mask-of'])}" if "mask-of" in row else "",
        ]
        return " or ".join(listed) or None, "; ".join(word for word in texts if word)

    def _sizes(self, data: Row, c: str, size: int) -> Sizes | None:
        """Sizes that depend on features."""
        rows = [
            SizeRow(row["value"], [gate_of(self.scope, names) for names in said(row).rules()])
            for row in data.get("size", [])
        ]
        return (
            Sizes(f"{c}_size", rows, max(row.size for row in rows) > size)
            if any(row.needs for row in rows)
            else None
        )


class _Owner(NamedTuple):
    """The enclosing struct of a field; structs without a name are hoisted out of it."""

    c: str
    packed: bool
    where: str
    section: str
    hoisted: list[Struct]

    def inside(self, name: str, hoisted: list[Struct] | None = None) -> "_Owner":
        """A union in it."""
        return self._replace(c=f"{self.c}_{name}", hoisted=self.hoisted if hoisted is None else hoisted)


class _Layout:
    """
    Fields at their offsets: members while the offset is fixed, then those after an array of variable length.
    """

    def __init__(self, listed: list[Field], c: str, packed: bool) -> None:
        self.c, self.packed = c, packed
        self.members: list[Field] = []
        self.behind: list[Field] = []
        self.params: list[Param] = []
        self.end, self.align = 0, 1
        for f in listed:
            self._add(f)
        last = self.members[-1].offset + self.members[-1].bytes if self.members else 0
        self.size = -(-last // self.align) * self.align

    def _add(self, f: Field) -> None:
        if self.params or f.flexible and not self.members:
            self.behind.append(
                changed(
                    f,
                    offset=self.end,
                    after=tuple(self.params),
                    c=f"{self.c}_{f.name}_offset",
                    offset_text=_place(self.end, self.params),
                    offset_words=_words(self.end, self.params),
                )
            )
        else:
            step = 1 if self.packed else f.align
            self.align, self.end = max(self.align, step), -(-self.end // step) * step
            self.members.append(_at(f, self.end))
        if f.flexible:
            self.params.append((f.element, "num" if f.length == "queue-size" else f.name, True))
        elif self.params and f.gate and not self._by_queue_size():
            self.params.append((f.bytes, f.name, False))  # 1 with its feature, 0 without
        else:
            self.end += f.bytes

    def _by_queue_size(self) -> bool:
        return any(name == "num" for _, name, _ in self.params)

    def has_length(self) -> bool:
        """Whether the total length is computed from the numbers of elements."""
        return bool(self.behind and (self.end or len(self.params) > 1) and not self._by_queue_size())


def _number(row: Row, key: str) -> int | None:
    """
    A number in the configuration. The limits of a register may be other registers; they are defined in the
    block.
    """
    said = at(row, "range", key)
    return said if isinstance(said, int) else None


def _range(row: Row) -> str:
    """The limits of a number in the configuration, as text."""
    least, most = _number(row, "min"), _number(row, "max")
    if least is not None and most is not None:
        return f"{shown(least)} to {shown(most)}"
    return (
        f"at least {shown(least)}"
        if least is not None
        else (f"at most {shown(most)}" if most is not None else "")
    )


def _at(f: Field, offset: int) -> Field:
    """A field at its offset; all members of a union have the same one, and the structs in bytes."""
    members, contains = ([_at(inner, offset) for inner in some] for some in (f.members, f.contains))
    return changed(f, offset=offset, members=members, contains=contains)


def _unplaced(behind: list[Field]) -> str:
    """The comment that replaces a C struct without fixed offsets."""
    rows = [f"{f.name}{f.brackets}, {f.remark[:1].lower()}{f.remark[1:].rstrip('.')}" for f in behind]
    return f"No C struct, because its first field has no fixed length. {'; '.join(rows)}."


def _place(offset: int, params: list[Param]) -> str:
    """A C expression for an offset, from the numbers of elements before it."""
    terms = [f"{size}u * {name}" if size > 1 else name for size, name, _ in params]
    return " + ".join(([f"{offset}u"] if offset or not terms else []) + terms)


def _words(offset: int, params: list[Param]) -> str:
    """The same in readable form."""
    terms = [f"{size} · {'Queue Size' if name == 'num' else name}" for size, name, _ in params]
    return " + ".join(([str(offset)] if offset or not terms else []) + terms)


def _count_words(count: str) -> str:
    """The length of an array, which a field contains, in readable form."""
    return "" if count in ("trailing", "open", "queue-size") else count.replace("config.", "configuration's ")


def in_dependency_order(structs: list[Row]) -> list[Row]:
    """Structs in the order of the spec, except that a nested struct precedes the outer one."""
    by_name = {s["name"]: s for s in structs}
    return [
        by_name[name]
        for name in inner_first({name: list(types_in(s["fields"])) for name, s in by_name.items()})
    ]


def types_in(rows: list[Row]) -> Iterator[str]:
    """The types of fields, including nested ones."""
    for row in rows:
        yield from types_in(row.get("contains", []))
        yield from [row["type"]] if "type" in row else types_in(row.get("fields", row.get("union", [])))


@dataclass(frozen=True)
class _Leaf:
    """A number in a struct, with its place in C; consecutive bytes are one."""

    path: str
    offset: int
    bytes: int
    count: int | None
    order: str


def _leaves(s: Struct, path: str = "", base: int = 0) -> list[_Leaf]:
    """Every number in a struct, for the wire test."""
    return [leaf for f in s.fields if not f.flexible for leaf in _field_leaves(f, path, base + f.offset)]


def _field_leaves(f: Field, path: str, offset: int) -> list[_Leaf]:
    """The numbers of one field; for a union those of its largest member."""
    row, out = f.array and f.element == 1 and not (f.members or f.nested), []
    for i in range(1 if row else f.count or 1):
        at = path + ("" if f.anonymous else f.name) + (f"[{i}]" if f.array and not row else "")
        here = offset + i * f.element
        if f.members:
            biggest = max(f.members, key=lambda inner: inner.bytes)
            out += _field_leaves(biggest, at if f.anonymous else f"{at}.", here)
        elif f.nested:
            out += _leaves(f.nested, f"{at}.", here)
        else:
            out.append(
                _Leaf(
                    at, here, f.element, f.count if row else None, "be" if f.type.startswith("be") else "le"
                )
            )
    return out


def wire(s: Struct) -> SimpleNamespace:
    """The wire test's value, and the bytes that the specification requires: byte n is n + 1."""
    numbers = bytes((n + 1) % 256 for n in range(s.size))
    pattern, rows = bytearray(s.size), []
    for leaf in _leaves(s):
        end = leaf.offset + leaf.bytes * (leaf.count or 1)
        pattern[leaf.offset : end] = numbers[leaf.offset : end]
        value = int.from_bytes(
            numbers[leaf.offset : leaf.offset + leaf.bytes], "big" if leaf.order == "be" else "little"
        )
        rows.append(SimpleNamespace(**vars(leaf), value=hex_text(value, 2 * leaf.bytes), bits=8 * leaf.bytes))
    lines = [", ".join(f"0x{byte:02x}" for byte in pattern[i : i + 12]) for i in range(0, len(pattern), 12)]
    return SimpleNamespace(rows=rows, lines=lines)


def place_samples(s: Struct) -> list[tuple[str, int]]:
    """The wire test's calls of a struct's offset and size functions, and the results. Argument n is n + 1."""
    calls = [(f.c, f.after, f.offset_text) for f in s.behind if f.after]
    if s.bytes_c:
        calls.append((s.bytes_c, tuple(s.params), s.bytes_text))
    rows = []
    for c, params, text in calls:
        first = text.split(" + ")[0]
        fixed = int(first[:-1]) if first.endswith("u") else 0
        numbers = range(1, len(params) + 1)
        place = fixed + sum(size * n for n, (size, *_) in zip(numbers, params, strict=True))
        rows.append((f"{c}({', '.join(map(str, numbers))})", place))
    return rows


def config_sample(a: ConfigCall) -> tuple[str, str]:
    """
    The wire test's call that reads a field (for an array, the last element), and the result if byte n is n
    + 1.
    """
    at = a.offset + ((a.count or 1) - 1) * a.bytes
    numbers = bytes((at + i + 1) % 256 for i in range(a.width // 8))
    call = f"{a.getter}(&c{f', {a.count - 1}' if a.count else ''})"
    return call, hex_text(int.from_bytes(numbers, "little"), a.width // 4)
