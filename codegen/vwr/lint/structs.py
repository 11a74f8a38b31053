# SPDX-License-Identifier: MIT
"""
Compares the header's structs with the specification's. An error that shifts all later fields is reported
once.
"""

import re
from collections.abc import Iterator

from vwr.lint import names
from vwr.lint.findings import ERROR, NOTE, Fact, Facts, Finding, Settings
from vwr.lint.header import Field, Struct
from vwr.lint.items import Item, exchanged, inverted, is_whole, run_of
from vwr.lint.maps import Maps
from vwr.lint.matching import is_own, match
from vwr.lint.words import joined, shift
from vwr.meant import nearest
from vwr.sentence import plural

FREE = re.compile(r"_*(reserved|rsvd|unused|pad|fill|spare|dummy)", re.IGNORECASE)  # fields that are not read
WIDEST = 8  # maximum alignment of a field in bytes


def judge(structs: list[Struct], maps: Maps, settings: Settings) -> tuple[list[Finding], int, int]:
    """(findings, number of compared structs, number of compared fields)."""
    found: list[Finding] = []
    compared, wrong = 0, set[str]()
    known = {one.name for one in structs}
    fields = 0
    for theirs in sorted(structs, key=lambda one: len(one.fields)):  # inner structs come first
        one = Comparison(theirs, known, wrong, settings)
        pairs = match(theirs, theirs.layout, maps)
        why = is_own(theirs, theirs.layout, pairs)
        if why:
            found.append(
                one.find(
                    NOTE,
                    "own",
                    f"it is the program's own, not the specification's {theirs.layout.document}: {why}",
                )
            )
            continue
        compared, fields = compared + 1, fields + len(pairs)
        here = one.judge(pairs)
        if any(finding.level == ERROR for finding in here):
            wrong.add(theirs.name)
        found += here
    return found, compared, fields


class Comparison:
    """The comparison of one struct."""

    def __init__(self, theirs: Struct, known: set[str], wrong: set[str], settings: Settings) -> None:
        self.theirs, self.layout, self.settings = theirs, theirs.layout, settings
        self.known, self.wrong = (
            known,
            wrong,
        )  # other structs of the header; those with findings
        self.pairs: dict[str, Field] = {}
        self.excused = False  # excused: the error is in a nested struct
        self.used: set[str] = set()  # paths of the header that a finding mentions

    @property
    def tag(self) -> str:
        """The header's name without struct or union."""
        return re.sub(r"^(struct|union) ", "", self.theirs.name)

    def find(
        self,
        level: str,
        kind: str,
        sentence: str,
        item: Item | None = None,
        have: int | None = None,
        want: int | None = None,
        facts: Facts = (),
    ) -> Finding:
        """A finding; a note if its reason is known."""
        place = item.there.place if item and item.theirs else self.theirs.place
        path = f".{item.path}" if item else ""
        finding = Finding(
            level,
            kind,
            self.theirs.name + (f".{item.there.path}" if item and item.theirs else path),
            self.layout.document + path,
            place,
            f"{self.theirs.name}: {sentence}",
            self.layout.struct.section,
            have,
            want,
            facts,
        )
        return self.settings.explained.judged(finding)

    def _fact(self, kind: str, item: Item) -> tuple[Fact, ...]:
        name = f"{self.layout.document}.{item.path}"
        return ((kind, name, item.there.offset if kind == "offset" else item.there.size),)

    def _lacks(self, item: Item) -> tuple[Fact, ...]:
        """Two ways to identify an absent field: its name, or the resulting size of the struct."""
        return ("field", f"{self.layout.document}.{item.path}"), (
            "size",
            self.layout.document,
            self.theirs.size,
        )

    def judge(self, pairs: dict[str, Field]) -> list[Finding]:
        """All findings of the struct."""
        self.pairs = pairs
        items = list(self._items(pairs))
        self.used |= {item.there.path for item in items if item.theirs} | {one.path for one in pairs.values()}
        found, items = self._ordered(items)
        found += self._walk(items)
        if not self.excused and not any(one.level == ERROR or one.reason for one in found):
            found += self._whole(items)
        return found + self._strangers()

    def _items(self, pairs: dict[str, Field]) -> Iterator[Item]:
        """Fields to compare: those inside a struct, or the struct as a whole if it is compared separately."""
        passed: tuple[str, ...] = ()
        for row in self.layout.leaves:
            path, theirs = row[0], pairs.get(row[0])
            if passed and path.startswith(passed):
                continue
            inside = [other for other, _, _, _ in self.layout.leaves if other.startswith(f"{path}.")]
            apart = theirs is not None and any(
                name in self.known for name in (f"struct {theirs.type}", f"union {theirs.type}", theirs.type)
            )
            if inside and not apart and any(other in pairs for other in inside):
                continue
            passed += (f"{path}.",) if inside else ()
            if row[1] is not None:
                yield Item(row, theirs, self.settings)

    def _ordered(self, items: list[Item]) -> tuple[list[Finding], list[Item]]:
        """Fields in another order: (findings, the items that remain)."""
        blocks, left = exchanged(items)
        more, left = inverted(left)
        return [self._order(block) for block in blocks + more], left

    def _order(self, block: list[Item]) -> Finding:
        here = sorted(block, key=lambda item: item.there.offset)
        first, facts = block[0], tuple(self._fact("offset", item) for item in block)
        if len(block) == 2 and is_whole(block):
            other = block[1]
            places = [
                f"{item.path} is at {item.there.offset}, the specification has it at {item.offset}"
                for item in block
            ]
            sentence = f"{first.path} and {other.path} are swapped: {'; '.join(places)}"
        else:
            sentence = (
                f"from {first.offset} on it has {joined(item.path for item in here)}, the specification has "
                f"{joined(item.path for item in block)}"
            )
        return self.find(ERROR, "swapped", sentence, first, first.there.offset, first.offset, facts)

    def _walk(self, items: list[Item]) -> list[Finding]:
        """Field by field: a finding begins where the distance to the specification changes."""
        found, absent, before, off, covered = [], [], None, 0, []
        there = [item for item in items if item.theirs]
        for place, item in enumerate(items):
            if item.theirs is None:
                absent.append(item)
                continue
            if item.off != off and item.path not in covered:
                run = run_of([one for one in items[place:] if one.theirs])
                covered = [one.path for one in run]
                found += self._run(run, run[-1] is there[-1], absent, before, item.off - off)
            else:
                found += self._absent(absent, off)
            if item.resized and not self._pushes(item, items[place + 1 :]) and item.path not in covered[:1]:
                found += [] if item.field.reserved else self._resized(item)
            absent, before, off = [], item, item.off
        return found + self._tail(absent, off)

    def _pushes(self, item: Item, rest: list[Item]) -> bool:
        """Whether its size moves the next field, which then reports it."""
        following = next((one for one in rest if one.theirs), None)
        return following is not None and following.off not in (item.off, 0)

    def _is_wrong_inside(self, item: Item) -> bool:
        if {item.there.type, f"struct {item.there.type}", f"union {item.there.type}"} & self.wrong:
            self.excused = True
        return self.excused

    def _resized(self, item: Item, behind: str = "") -> list[Finding]:
        if self._is_wrong_inside(item):
            return []
        have, want = item.there.bytes, item.size
        if have < want and self._is_split(item):
            return []
        return [
            self.find(
                ERROR,
                "size",
                f"{item.path} has {plural(have, 'byte')}, the specification has {want}{behind}",
                item,
                have,
                want,
                (self._fact("size", item),),
            )
        ]

    def _is_split(self, item: Item) -> bool:
        """Whether it continues in fields that the specification lacks, such as its upper half."""
        end = item.there.offset + item.there.bytes
        rest = [
            one
            for one in self.theirs.fields
            if end <= one.offset < item.there.offset + item.size and not one.whole
        ]
        lacking = item.size - item.there.bytes
        if any(one.path in self.used for one in rest) or sum(one.bytes for one in rest) != lacking:
            return False
        self.used |= {one.path for one in rest}
        return True

    def _run(
        self, run: list[Item], to_the_end: bool, absent: list[Item], before: Item | None, change: int
    ) -> list[Finding]:
        """
        A group of fields that are all off by the same amount; `change` is the number of bytes added before
        the first.
        """
        first, last = run[0], run[-1]
        missing = [item for item in absent if not item.newer]
        if first.off == 0 or change > 0 and not missing and self._is_wrong_inside(first):
            return self._absent(absent, first.off)
        where = f"{first.path} is at {first.there.offset}, the specification has it at {first.offset}"
        if len(run) > 1:
            end = "on" if to_the_end else f"to {last.path}"
            more = "" if all(item.off == first.off for item in run) else "or more "
            where += f": everything from {first.path} {end} is {shift(first.off, more)}"
        facts = tuple(self._fact("offset", item) for item in run)
        if change < 0 and missing:
            return [self._lack(missing, f"; {where}")._replace(place=first.there.place)]
        for item in (before, first):
            if item and item.resized:
                return self._resized(item, f"; {where}")
        extra = self._between(before, first, change)
        if extra:
            kind, cause = (
                "shifted",
                f"before {first.path} is {joined(extra)}, which the specification does not define; ",
            )
        elif change > 0 and before and before.there.size and not self._fills(before, first):
            free = first.there.offset - before.there.offset - before.there.bytes
            kind = "shifted"
            cause = f"the compiler pads {plural(free, 'byte')} before {first.path}: it is not packed; "
        else:
            kind, cause = ("shifted" if len(run) > 1 else "offset"), ""
        return self._absent(absent, first.off) + [
            self.find(ERROR, kind, cause + where, first, first.there.offset, first.offset, facts)
        ]

    def _between(self, before: Item | None, first: Item, change: int) -> list[str]:
        """Fields of the header between two others that the specification lacks, if they move the second."""
        start = before.there.offset if before else -1
        found = [
            one
            for one in self.theirs.fields
            if not one.whole
            and one.size
            and start < one.offset < first.there.offset
            and one.path not in self.used
        ]
        size = sum(one.bytes for one in found)
        if not size <= change < size + WIDEST:
            return []
        self.used |= {one.path for one in found}
        return [f"{one.path} ({plural(one.bytes, 'byte')})" for one in found]

    def _fills(self, before: Item, first: Item) -> bool:
        """Whether two consecutive fields of the header are adjacent."""
        return before.there.offset + before.there.bytes >= first.there.offset or any(
            before.there.offset < one.offset < first.there.offset for one in self.theirs.fields
        )

    def _lack(self, missing: list[Item], behind: str = "") -> Finding:
        wanted = [item for item in missing if item.wanted] or missing[:1]
        return self.find(
            ERROR,
            "missing",
            f"{joined(item.path for item in wanted)} "
            f"{'are' if len(wanted) > 1 else 'is'} missing{behind}",
            wanted[0],
            None,
            wanted[0].offset,
            tuple(self._lacks(item) for item in wanted),
        )

    def _absent(self, absent: list[Item], off: int) -> list[Finding]:
        """
        Fields that are missing while all later ones have the right offset: usually they have another name.
        """
        found, renamed = [], []
        for item in filter(lambda one: one.wanted, absent):
            there, how = self._in_place_of(item.offset + off, item.size)
            if there and not any(FREE.match(one.path.rpartition(".")[2]) for one in there):
                renamed.append(f"{item.path} is {how} {joined(one.path for one in there)}")
            else:
                bytes_of = f": its bytes are {how} {joined(one.path for one in there)}" if there else ""
                found.append(self._lack([item], bytes_of))
        if renamed:
            found.append(self.find(NOTE, "renamed", f"the specification's {joined(renamed)} here"))
        return found

    def _in_place_of(self, start: int, size: int) -> tuple[list[Field], str]:
        """(fields of the header at these bytes, how)."""
        fields = [one for one in self.theirs.fields if not one.whole and one.size]
        inside = [one for one in fields if start <= one.offset and one.offset + one.bytes <= start + size]
        around = [one for one in fields if one.offset <= start and one.offset + one.bytes >= start + size]
        if sum(one.bytes for one in inside) != size:
            inside = []
        there = inside or around[:1]
        self.used |= {one.path for one in there}
        return there, "in" if len(inside) > 1 else "called" if inside else "part of"

    def _tail(self, absent: list[Item], off: int) -> list[Finding]:
        """Fields that are missing at the end."""
        wanted = [item for item in absent if item.wanted]
        end = max((one.offset + one.bytes for one in self.theirs.fields), default=0)
        beyond = [item for item in wanted if item.offset + off >= end]
        found = self._absent([item for item in absent if item not in beyond], off)
        if not beyond:
            return found
        if self.theirs.size in [size for size, _ in self.layout.struct.sizes]:
            return found  # without these features the struct ends here
        return found + [
            self.find(
                ERROR,
                "missing",
                (
                    f"it ends before {beyond[0].path}: {joined(item.path for item in beyond)} "
                    f"{'are' if len(beyond) > 1 else 'is'} missing"
                ),
                beyond[0],
                self.theirs.size,
                self.layout.struct.size,
                tuple(self._lacks(item) for item in beyond),
            )
        ]

    def _whole(self, items: list[Item]) -> list[Finding]:
        """The size of a struct in which every field has the right offset."""
        have, want = self.theirs.size, self.layout.struct.size
        newer = [item.offset for item in items if item.newer]
        allowed = [size for size, _ in self.layout.struct.sizes]
        if not self.layout.struct.fixed or min(newer, default=want) <= have <= want or have in allowed:
            return []
        if have > want and self._goes_on:
            return []
        last = max((one.offset + one.bytes for one in self.theirs.fields), default=0)
        extra = [one.path for one in self.theirs.fields if one.path not in self.used and one.offset >= want]
        why = ""
        if have > want:
            why = (
                f": after its last field is {joined(extra)}"
                if extra
                else (": the compiler pads it: it is not packed" if last <= want else "")
            )
            self.used |= set(extra)
        return [
            self.find(
                ERROR,
                "size",
                f"it has {plural(have, 'byte')}, the specification has {want}{why}",
                None,
                have,
                want,
                ((("size", self.layout.document, have),),),
            )
        ]

    @property
    def _goes_on(self) -> bool:
        """Whether it may have fields behind its layout: data and status of a request."""
        begins = self.layout.begins
        return bool(begins) and names.type_key(self.tag) == names.type_key(begins)

    def _strangers(self) -> list[Finding]:
        """Fields that the specification lacks and that move no other field."""
        used = [one for one in self.theirs.fields if one.path in self.used and one.size]
        taken = {byte for one in used for byte in range(one.offset, one.offset + one.bytes)}
        taken |= {
            byte
            for _, offset, field, _ in self.layout.leaves
            if field.reserved and None not in (offset, field.size)
            for byte in range(offset, offset + field.size)
        }
        absent = [path for path, _, _, _ in self.layout.leaves if path not in self.pairs]
        behind = self.layout.struct.size if self._goes_on else self.theirs.size
        found = []
        for one in self.theirs.fields:
            if one.path in self.used or "." in one.path or one.offset in taken or one.offset >= behind:
                continue
            meant = nearest(one.path, absent, 0.8)
            hint = f"; did you mean {meant}?" if meant else ""
            name = f"{self.tag}.{one.path}"
            found.append(
                Finding(
                    NOTE,
                    "unknown",
                    name,
                    meant and f"{self.layout.document}.{meant}",
                    one.place,
                    f"{self.theirs.name}: the specification has no field {one.path}{hint}",
                    self.layout.struct.section,
                    reason=self.settings.explained.only_theirs("field", name, one.place),
                )
            )
        return found
