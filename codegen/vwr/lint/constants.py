# SPDX-License-Identifier: MIT
"""Compares the header's numbers with the specification's, family by family."""

from collections.abc import Iterator, Sequence
from itertools import combinations, groupby
from typing import Any

from vwr.description import version
from vwr.lint.book import Entry, called, form
from vwr.lint.findings import ERROR, NOTE, Finding, Settings
from vwr.lint.header import Constant
from vwr.lint.source import Place
from vwr.lint.words import joined, number
from vwr.meant import nearest

SHORTEST_RUN = 2  # consecutive names that are off by the same amount form one finding from this number on
# Kinds of groups whose names belong together, so that a missing one is reported.
FAMILIES = ("ids", "features", "bits", "enums", "flags", "messages", "registers")


class Row:
    """A constant of the header and its counterpart in the specification; `order` is its position there."""

    def __init__(self, constant: Constant) -> None:
        self.constant, self.name = constant, constant.name
        fits = [
            entry
            for entry in constant.entries
            if same(constant.value, entry.value.value) or constant.value == other_form(entry)
        ]
        self.entry = [*fits, *constant.entries][0]  # that with the number, if several groups have the name
        self.order = self.entry.group.values.index(self.entry.value) if self.entry.group else 0


def same(theirs: int, ours: int) -> bool:
    """Whether two numbers are equal. A negative int in the header counts as its 32 bits."""
    return theirs == ours or (theirs >> 32 == 0xFFFFFFFF and theirs & 0xFFFFFFFF == ours)


def other_form(entry: Entry) -> int | None:
    """A bit number as its mask, a mask as its bit number; None if there is no such form."""
    value, here = entry.value.value, entry.group and form(entry.group, entry.spec)
    if here == "bits":
        return 1 << value
    return value.bit_length() - 1 if here == "masks" and value and not value & (value - 1) else None


def is_plain(row: Row) -> bool:
    """Whether it has the specification's number, and its name does not say another form."""
    return not row.entry.form and same(row.constant.value, row.entry.value.value)


def is_turned(row: Row) -> bool:
    """Whether it has the other form of the specification's number, and its name does not say so."""
    return not row.entry.form and row.constant.value == other_form(row.entry)


def judge(constants: list[Constant], settings: Settings) -> tuple[list[Finding], int]:
    """(findings, number of compared constants)."""
    rows = [Row(one) for one in constants if one.entries]
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        if row.entry.group is not None:
            groups.setdefault((row.entry.spec.name, row.entry.group.name), []).append(row)
    strangers = [
        one
        for one in constants
        if not one.entries and one.place.file in settings.given and settings.book.family(one.name)
    ]
    found = [finding for row in rows if row.entry.group is None for finding in _offset(row, settings)]
    there = {row.entry.document for row in rows}
    unknown = [finding for one in strangers for finding in _stranger(one, there, settings)]
    for group in groups.values():
        found += Group(group, strangers, {one.document for one in unknown}, settings).judge()
    return found + unknown, len(rows)


def _offset(row: Row, settings: Settings) -> Iterator[Finding]:
    """
    A macro for the offset of a configuration field, from the start of the configuration or of the registers.
    """
    have, want, layout = row.constant.value, row.entry.value.value, row.entry.document.partition(".")[0]
    struct = settings.book.layout(layout)
    if struct is None or have in (want, want + settings.book.window):
        return
    there = [path for path, offset, _, _ in struct.leaves if offset == have]
    sentence = f"{row.name} is {have}, the specification has {row.entry.document} at {want}"
    yield Finding(
        ERROR,
        "offset",
        row.name,
        row.entry.document,
        row.constant.place,
        sentence + (f"; at {have} is {there[-1]}" if there else ""),
        struct.struct.section,
        have,
        want,
        ((("offset", row.entry.document, have),),),
    )


def _stranger(constant: Constant, there: set[str], settings: Settings) -> Iterator[Finding]:
    """A name that the specification lacks in a family that it contains."""
    family = settings.book.family(constant.name)
    if family is None:
        return
    absent = [name for name in family.names if name not in there]
    word = constant.name.removeprefix(family.before)
    ends = {name.removeprefix(family.before): name for name in absent}
    meant = ends.get(nearest(word, ends, 0.7 if family.strong else 0.85), "")
    reason = settings.explained.only_theirs("constant", constant.name, constant.place)
    if not (family.strong or meant or reason):
        return
    sentence = f"the specification has no {constant.name} ({constant.value})"
    if meant:
        sentence += f"; did you mean {meant}?"
    else:
        bearer = next(
            (name for name in absent if settings.book.constants(name)[0].value.value == constant.value), ""
        )
        sentence += f"; it calls that number {bearer}" if bearer else ""
    section = settings.book.constants(family.names[0])[0].group.section
    yield Finding(
        NOTE,
        "unknown",
        constant.name,
        meant,
        constant.place,
        sentence,
        section,
        constant.value,
        reason=reason,
    )


class Group:
    """The header's constants of one group of the specification."""

    def __init__(
        self, rows: list[Row], strangers: list[Constant], meant: set[str], settings: Settings
    ) -> None:
        numbers, masks = [{row.entry.value for row in rows if fits(row)} for fits in (is_plain, is_turned)]
        both = numbers & masks  # the header has each of them in both forms
        rows = [row for row in rows if not (row.entry.value in both and is_turned(row))]
        self.named = [row for row in rows if row.entry.form]  # their names say the form
        self.rows = sorted((row for row in rows if not row.entry.form), key=lambda row: (row.order, row.name))
        self.group, self.strangers, self.settings = rows[0].entry.group, strangers, settings
        self.form = form(self.group, rows[0].entry.spec)
        plain = sum(map(is_plain, self.rows))
        turned = list(filter(is_turned, self.rows))
        self.turned = turned if len(turned) > plain else []  # all of them have the other form
        self.missing = {value for value in self.group.values if called(value) in meant}  # reported as missing

    def _want(self, row: Row) -> int:
        turned = other_form(row.entry) if self.turned and not row.entry.form else None
        if row.entry.form not in ("", self.form):
            turned = other_form(row.entry)
        return row.entry.value.value if turned is None else turned

    def _find(
        self, row: Row, kind: str, sentence: str, rows: Sequence[Row] = (), level: str = ERROR
    ) -> Finding:
        facts = tuple((("constant", one.entry.document, one.constant.value),) for one in rows or [row])
        finding = Finding(
            level,
            kind,
            row.name,
            row.entry.document,
            row.constant.place,
            sentence,
            self.group.section,
            row.constant.value,
            self._want(row),
            facts,
        )
        return self.settings.explained.judged(finding)

    def judge(self) -> list[Finding]:
        """All findings of the group."""
        wrong = [row for row in self.rows if not same(row.constant.value, self._want(row))]
        # A difference with a known reason is reported separately, and is not a part of another finding.
        judged = {row: self._wrong(row) for row in wrong}
        wrong = [row for row in wrong if not judged[row].reason]
        found = [one for one in judged.values() if one.reason] + self._form()
        for take in (self._swapped, self._runs):
            here, wrong = take(wrong)
            found += here
        found += [self._wrong(row) for row in wrong]
        found += [self._wrong(row) for row in self.named if not same(row.constant.value, self._want(row))]
        return found + self._missing()

    def _form(self) -> list[Finding]:
        """Masks instead of bit numbers, or bit numbers instead of masks: a note."""
        if not self.turned:
            return []
        first = self.turned[0]
        others = len(self.turned) - 1
        more = f", and so {'is' if others == 1 else 'are'} {others} more of its family" if others else ""
        return [self._find(first, "mask", f"{first.name} {self._as_form(first)}{more}", self.turned, NOTE)]

    def _as_form(self, row: Row) -> str:
        value = row.entry.value.value
        if self.form == "bits":
            return f"is a mask of bit {value}, where the specification has the bit number"
        return f"is a bit number, where the specification has the mask {number(value)}"

    def _wrong(self, row: Row) -> Finding:
        have, want = row.constant.value, row.entry.value.value
        if row.entry.form and have in (want, other_form(row.entry)):
            is_mask = row.entry.form == "masks"
            is_, asked = ("bit number", "mask") if is_mask else ("mask", "bit number")
            return self._find(
                row,
                "mask",
                f"{row.name} is {number(have)}, a {is_}; its name says {asked}, which is {number(self._want(row))}",
            )
        if have == (want if self.turned else other_form(row.entry)) and not row.entry.form:
            how = f"is the number {have}" if self.turned else self._as_form(row)
            kind = "masks" if (self.form == "bits") == bool(self.turned) else "bit numbers"
            return self._find(row, "mask", f"{row.name} {how}; others of its family are {kind}")
        kind = self.group.kind
        bearer = next(
            (
                called(value)
                for value in self.group.values
                if value.value == have and not self.turned and row.entry.form in ("", self.form)
            ),
            "",
        )
        sentence = (
            f"{row.name} is {number(have, kind)}, the specification has {number(self._want(row), kind)}"
        )
        if row.entry.form not in ("", self.form):
            sentence += f", because {row.entry.document} is {number(want)}"
        return self._find(row, "value", sentence + (f"; {number(have, kind)} is {bearer}" if bearer else ""))

    def _swapped(self, wrong: list[Row]) -> tuple[list[Finding], list[Row]]:
        """Pairs with exchanged numbers."""
        found, taken, kind = [], set[Row](), self.group.kind
        for one, other in combinations(wrong, 2):
            have, want = [row.constant.value for row in (one, other)], [
                self._want(row) for row in (one, other)
            ]
            if taken & {one, other} or want[0] == want[1] or have != want[::-1]:
                continue
            taken |= {one, other}
            sentence = (
                f"{one.name} and {other.name} are swapped: {number(have[0], kind)} and {number(have[1], kind)}, the "
                f"specification has {number(want[0], kind)} and {number(want[1], kind)}"
            )
            found.append(self._find(one, "swapped", sentence, [one, other]))
        return found, [row for row in wrong if row not in taken]

    def _runs(self, wrong: list[Row]) -> tuple[list[Finding], list[Row]]:
        """Consecutive rows that are all off by the same amount, and therefore have one cause."""
        found: list[Finding] = []
        left: list[Row] = []
        for off, rows in groupby(
            self.rows, lambda row: row in wrong and row.constant.value - self._want(row)
        ):
            run = list(rows)
            if off and len(run) >= SHORTEST_RUN:
                found.append(self._run(run))
            elif off:
                left += run
        return found, left

    def _run(self, run: list[Row]) -> Finding:
        first, last, off = run[0], run[-1], run[0].constant.value - self._want(run[0])
        kind = self.group.kind
        count = "both" if len(run) == 2 else f"all {len(run)}"
        sentence = (
            f"{first.name} is {number(first.constant.value, kind)}, the specification has "
            f"{number(self._want(first), kind)}, and so on to {last.name}: {count} are {abs(off)} too "
            f"{'large' if off > 0 else 'small'}{self._cause(first, off)}"
        )
        return self._find(first, "shifted", sentence, run)

    def _cause(self, first: Row, off: int) -> str:
        """The missing or extra names before the first row that is off."""
        before = [row for row in self.rows if row.order < first.order]
        low = before[-1].order if before else -1
        if off < 0:
            missing = self.group.values[low + 1 : first.order]
            self.missing |= set(missing)
            return f"; before it {joined(map(called, missing))} is missing" if missing else ""
        file, line = first.constant.place
        start = before[-1].constant.place.line if before else 0
        extra = [
            one.name for one in self.strangers if one.place.file == file and start < one.place.line < line
        ]
        return f"; before it is {joined(extra)}, which the specification does not define" if extra else ""

    def _missing(self) -> list[Finding]:
        """Names that only the specification has: a note, since a header may contain only what it needs."""
        rows = [*self.rows, *self.named]
        here = {row.entry.value for row in rows}
        given = [row for row in rows if row.constant.place.file in self.settings.given]
        alone = [row for row in given if len(row.constant.entries) == 1]
        if len(given) < 2 or not alone or self.group.kind not in FAMILIES:
            return []
        newest = version(self.settings.version)
        lacking = [
            value
            for value in self.group.values
            if value not in here
            and value not in self.missing
            and not value.reserved
            and value.only != "legacy"
            and version(value.since) <= newest
        ]
        place = min(row.constant.place for row in given)
        reasons: dict[str, list[Any]] = {}
        for value in lacking:
            reason = self.settings.explained.reason(("constant", called(value)), place)
            reasons.setdefault(reason, []).append(value)
        others = len({row.name for row in given})
        return [self._lacking(values, place, others, reason) for reason, values in reasons.items()]

    def _lacking(self, values: list[Any], place: Place, others: int, reason: str) -> Finding:
        form = "0x{:03x}" if self.group.kind == "registers" else "{}"
        listed = joined(f"{called(value)} ({form.format(value.value)})" for value in values)
        return Finding(
            NOTE,
            "missing",
            called(values[0]),
            called(values[0]),
            place,
            f"{listed} {'is' if len(values) == 1 else 'are'} not in the header, which has {others} others"
            " of the family",
            self.group.section,
            reason=reason,
        )
