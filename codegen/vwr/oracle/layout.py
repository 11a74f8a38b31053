# SPDX-License-Identifier: MIT
"""The offsets of fields in the specification's structs. Its structs have only explicit padding."""

from vwr.oracle.values import Unknown


class Layout:
    """All structs of a checkout: {name: Struct}."""

    def __init__(self, structs, values):
        self.structs = structs
        self.values = values

    def fields(self, struct):
        """[(path, text, line)] of a struct: `le16[3] at 4`, `u8[] behind data`, `bits 0-11 of le16 at 0`."""
        rows = []
        self._place(struct.members, "", (0, ""), rows)
        return rows

    def size(self, struct):
        """Size of a struct without an array of variable length, else None."""
        return self._place(struct.members, "", (0, ""), [])[0]

    def _place(self, members, path, start, rows):
        """Appends rows; start and the result are (offset or None, the field before)."""
        (offset, before), known = start, []
        for member in members:
            offset = None if member.gap else offset
            where = f"at {offset}" if offset is not None else f"behind {before}"
            count, total = self._count(member.counts, known)
            if member.name:
                kind = f"{member.type}{count} {where}"
                rows.append((path + member.name, kind, member.line))
            inside = f"{path}{member.name}." if member.name else path
            size = self._inside(member, inside, (offset, before), rows)
            self._bits(member, inside, where, rows)
            offset = offset + size * total if None not in (offset, size, total) else None
            before = path + member.name if member.name else before
            known.append(member.name)
        return offset, before

    def _inside(self, member, path, start, rows):
        """
        The size of one element, and rows of its fields if it has no name: a named struct has its own rows.
        """
        if member.type == "union":
            ends = [self._place((inner,), path, start, rows)[0] for inner in member.members]
            return None if None in ends or start[0] is None else max(ends) - start[0]
        if member.type == "struct":
            end = self._place(member.members, path, start, rows)[0]
            return None if start[0] is None or end is None else end - start[0]
        if member.type.startswith("struct "):
            struct = self.structs.get(member.type.removeprefix("struct "))
            return self.size(struct) if struct else None
        return (
            1
            if member.type == "u8"
            else int(member.type[2:] if member.type[1] == "e" else member.type[1:]) // 8
        )

    def _count(self, counts, known):
        """(text, number of elements or None) of the text in brackets."""
        total: int | None = 1
        text = ""
        for count in counts:
            try:
                number = self.values.number(count)
                text += f"[{number}]"
                total = None if total is None else total * number
            except Unknown:
                total = None
                text += f"[{count}]" if count in known else "[]"
        return text, total

    @staticmethod
    def _bits(member, path, where, rows):
        shift = 0
        for name, width in member.bits:
            last = f"-{shift + width - 1}" if width > 1 else ""
            rows.append((path + name, f"bits {shift}{last} of {member.type} {where}", member.line))
            shift += width
