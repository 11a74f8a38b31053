# SPDX-License-Identifier: MIT
"""The page. It omits end tags that are optional in HTML, because thousands of rows would have them."""

import json
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import Any

from vwr.explorer.boxes import boxes
from vwr.explorer.rows import message_key, rows, state
from vwr.sentence import joined

Row = dict[str, Any]
PARTS = Path(__file__).parent / "page"
SCRIPTS = ("theme.js", "conditions.js", "numbers.js", "ring.js", "decode.js", "page.js")
FOLDERS = (("core", "Core"), ("transport", "Transports"), ("device", "Devices"))
VALUES = (
    "ids",
    "bits",
    "enums",
    "flags",
    "constants",
    "shared-memory",
)  # kinds of groups that have no separate table
LEFT_OUT = ("state",)  # Virtwright's own format


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _number(value: Any, group: Row) -> str:
    """Flags and large numbers are hexadecimal."""
    number = int(value, 16) if isinstance(value, str) else value
    return f"{number:#x}" if group["kind"] == "flags" or number > 0xFFFF else str(number)


def _some(row: Row, **words: str) -> list[str]:
    """A sentence for each key in the row; `{}` stands for the value."""
    found = ((form, row.get(key.rstrip("_"))) for key, form in words.items())
    return [form.format(joined(one, "or") if isinstance(one, list) else one) for form, one in found if one]


def _when(row: Row, since: str) -> str:
    """The condition for a row, in words, inside something that exists since a version."""
    said = _some(row, gate="with {}", also="with {}", unless="not with {}", only="{} only")
    said += _some(row, since="since {}") if row.get("since", "1.0") not in ("1.0", "legacy", since) else []
    said += _some(row, refused_by="the device refuses it if it offers {}")
    return _sentence(", ".join(said))


def _last_cell(row: Row, since: str, *more: str) -> str:
    """The last cell of a row."""
    return escape(" ".join(filter(None, (row.get("brief", ""), *more, _when(row, since)))), quote=False)


class Section:
    """One file of the description."""

    def __init__(self, file: Row) -> None:
        self.file, self.name, self.since = file, file["name"], file["since"]
        self.structs = {one["name"]: one for one in file.get("structs", [])}
        self.listed = {one["name"]: one for one in file.get("groups", [])}

    def text(self) -> str:
        """All of it."""
        file = self.file
        parts = [self._head(), *self._features(), *self._queues(), *self._registers(), *self._structs()]
        parts += [*self._messages(), *self._groups()]
        return f"<section id={self.name}>\n{''.join(filter(None, parts))}</section>\n" if file else ""

    def _head(self) -> str:
        file = self.file
        name = file["section"].split(" / ")[-1]
        number = f" · id {file['id']}" if file.get("id") is not None else ""
        notes = "".join(f"<li>{escape(one, quote=False)}" for one in file.get("by_hand", []))
        return (
            f"<h2><a href=#{self.name}>{escape(name)}</a> <small>{self.name}{number}</small></h2>"
            f"<p>{_last_cell(file, '')}" + (f"<ul>{notes}</ul>" if notes else "") + "\n"
        )

    def _table(self, title: str, lines: Iterable[str], anchor: str = "", kind: str = "") -> str:
        body = "\n".join(lines)
        if not body:
            return ""
        heading = f"<h3{f' id={anchor}' if anchor else ''}>{title}</h3>" if title else ""
        return f"{heading}<table{f' class={kind}' if kind else ''}>\n{body}</table>\n"

    def _features(self) -> Iterator[str]:
        file = self.file
        found = self.listed.get("features")
        if not found:
            return
        every: dict[tuple[str, str], list[str]] = {}
        for key in ("rules", "offers"):
            for one in file.get(key, []):
                every.setdefault((key, one["feature"]), []).append(joined(one["any"], "or"))

        def line(row: Row) -> str:
            said = [
                f"{word} {', and '.join(every[key, row['name']])}."
                for key, word in (("rules", "Requires"), ("offers", "Offered only with"))
                if (key, row["name"]) in every
            ]
            said += _some(row, accept="A driver {} accept it.", offer="A device {} offer it.")
            return f"<tr id={self.name}.{row['name']}><th>{row['value']}<td>{row['name']}<td>{_last_cell(row, self.since, *said)}"

        yield self._table("Features", map(line, found["values"]), f"{self.name}.features", "f")
        for one in file.get("conflicts", []):
            sets = [
                f"{word} {joined(one[key])}"
                for key, word in (("features", ""), ("without", "without"))
                if key in one
            ]
            yield f"<p>Not allowed: {' '.join(sets)}{state(one)}. {escape(one['brief'])}\n"

    def _queues(self) -> Iterator[str]:
        def line(row: Row) -> str:
            index = row.get("index", f"behind {row.get('behind')}")
            step = f" + {row['stride']}n" if row.get("stride", 1) > 1 and "field" in row else ""
            number = _some(row, field="Their number is in {}.")
            number += [f"One lower without {joined(names, 'or')}." for names in row.get("moves", [])]
            return f"<tr id={self.name}.q.{row['name']}><th>{index}{step}<td>{row['name']}<td>{_last_cell(row, self.since, *number)}"

        yield self._table("Queues", map(line, self.file.get("queues", [])), f"{self.name}.queues", "f")

    def _registers(self) -> Iterator[str]:
        blocks = self.file.get("blocks") or [
            {"name": "registers", "registers": self.file.get("registers", [])}
        ]
        bits: dict[str, list[Row]] = {}
        for bit in self.file.get("bits", []):
            bits.setdefault(bit["register"], []).append(bit)

        def line(row: Row, block: str) -> str:
            said = _some(
                row, value="Value {:#x}.", bank_name="Selected by {}.", aka="Also {}.", max="At most {}."
            )
            for bit in bits.get(row["register"], []):
                last = bit["shift"] + bit["width"] - 1
                span = f"{bit['shift']}" if bit["width"] == 1 else f"{bit['shift']} to {last}"
                some = f" with {bit['if']}" if bit.get("if") else ""
                said.append(f"Bit{'s' * (bit['width'] > 1)} {span} {bit['name']}{some}.")
            inside = "" if block in ("registers", "common_cfg") else f"{block}."
            name = row["name"].rpartition(".")[2]
            return (
                f"<tr id={self.name}.{inside}{name}><th>{row['offset']:#05x}<td>{name}"
                f"<td>{row['bytes']} {row['dir']}<td>{_last_cell(row, self.since, *said)}"
            )

        for block in blocks:
            title = "Registers" if len(blocks) == 1 else f"Registers: {block['name']}"
            lines = [line(row, block["name"]) for row in block["registers"]]
            yield self._table(title, lines, f"{self.name}.r.{block['name']}", "r")

    def _structs(self) -> Iterator[str]:
        blocks = {block["name"] for block in self.file.get("blocks", [])}
        listed = [one for one in self.structs.values() if one["name"] not in blocks and not one.get("apart")]
        for one in sorted(listed, key=lambda one: one["name"] != "config"):
            is_config = one["name"] == "config"
            title = "Configuration: " * is_config + f"struct {one.get('document') or one['name']}"
            size = f"{one['size']} bytes" + " and more" * (not one.get("fixed"))
            sizes = [
                f"{count} bytes" + " with " * bool(sets) + " and ".join(joined(names, "or") for names in sets)
                for count, sets in one.get("sizes", [])
            ]
            said = _last_cell(one, self.since, _sentence(", else ".join(sizes)))
            yield f"<h3 id={self.name}.s.{one['name']}>{title} <small>{size}</small></h3>"
            yield f"<p>{said}" if said else ""
            yield boxes(one)
            since = one.get("since", "1.0")
            yield self._table("", self._fields(one["fields"], is_config, since), "", "r")

    def _type(self, row: Row) -> str:
        count = row.get("count", "")
        plus = f" + {row['plus']}" if row.get("plus") else ""
        array = f"[{count}{plus}]" if row.get("array") else ""
        inside = self.structs.get(row["type"])
        if inside and not inside.get("apart"):
            return f"<a href=#{self.name}.s.{row['type']}>{row['type']}</a>{array}"
        return row["type"] + array

    def _fields(self, fields: list[Row], is_config: bool, since: str, depth: int = 0) -> Iterator[str]:
        for row in fields:
            if row.get("reserved") and not row.get("brief") and not is_config:
                continue  # the box has it
            said = _some(row, unit="In {}.")
            said += (
                [f"If {row.get('by', 'the selector')} is {joined(row['is'], 'or')}."] if row.get("is") else []
            )
            said += ["The driver reads and writes it."] if is_config and row.get("dir") == "RW" else []
            said += _some(row, min="At least {}.", max="At most {}.", absent="Without it {}.")
            shown = _last_cell(row, since, *said)
            if row.get("values"):
                names = [
                    one
                    for one in row["values"].split(" or ")
                    if self.listed.get(one, {}).get("kind") in VALUES
                ]
                shown += "".join(f" <a href=#{self.name}.g.{one}>{one}</a>" for one in names)
            for bit in row.get("bits", []):
                last = bit["shift"] + bit["width"] - 1
                shown += f" {bit['name']}: {bit['shift']}{f'–{last}' if bit['width'] > 1 else ''}."
            at = "…" if row.get("offset") is None else row["offset"]
            anchor = f" id={self.name}.c.{row['name']}" if is_config and not depth else ""
            name = "·" * depth + row["name"]
            yield f"<tr{anchor}><th>{at}<td>{name}<td>{self._type(row)}<td>{shown}"
            yield from self._fields(row.get("members", []), is_config, since, depth + 1)

    def _part(self, part: Row) -> str:
        name = part.get("struct") or part.get("type")
        amount = part.get("count", part.get("bytes", ""))
        if isinstance(amount, dict):
            amount = ".".join(str(amount[key]) for key in ("part", "path") if key in amount)
        many = "" if amount == 1 else f"[{amount}]"
        some = f" with {joined(part['gate'], 'or')}" if part.get("gate") else ""
        inside = self.structs.get(part.get("struct", ""))
        if inside and not inside.get("apart"):
            name = f"<a href=#{self.name}.s.{name}>{name}</a>"
        return f"{part['name']} {name or 'bytes'}{many}{some}"

    def _messages(self) -> Iterator[str]:
        for exchange in self.file.get("messages", []):
            key = f"{self.name}.{exchange['queue']}"

            def line(row: Row, exchange: Row = exchange) -> str:
                value = ", ".join(f"{one:#x}" if one > 9 else str(one) for one in row.get("values", []))
                out, back = (", ".join(map(self._part, row.get(side, []))) for side in ("out", "back"))
                whole = "<br>".join(f"{mark} {text}" for mark, text in (("→", out), ("←", back)) if text)
                return f"<tr id={self.name}.{message_key(exchange, row)}><th>{value}<td>{row['name']}<td>{whole}<td>{_last_cell(row, self.since, *_socket(row))}"

            title = f"Messages of {exchange['name']} <small>→ the driver writes, ← the device writes</small>"
            yield self._table(title, map(line, exchange["rows"]), key, "r")

    def _groups(self) -> Iterator[str]:
        for group in self.file.get("groups", []):
            if group["kind"] not in VALUES:
                continue
            lines = [
                f"<tr><th>{_number(row['value'], group)}<td>{row['name']}<td>{_last_cell(row, self.since)}"
                for row in group["values"]
            ]
            yield self._table(f"Values: {group['name']}", lines, f"{self.name}.g.{group['name']}", "v")
        if steps := self.file.get("steps"):
            yield self._table("Steps", map(_step, steps), f"{self.name}.steps", "f")


RINGS = {"stopped": "While its ring is stopped.", "all-stopped": "While all rings are stopped."}


def _socket(row: Row) -> Iterator[str]:
    """The requirements of a message through a socket, when it may be sent, and its file descriptors."""
    if needs := row.get("needs"):
        yield f"Needs {needs['name']}."
    if after := row.get("after"):
        yield f"After {after}."
    if rings := row.get("rings"):
        yield RINGS[rings]
    for key, words in (("out_files", "Files: {}."), ("back_files", "Files with the reply: {}.")):
        if said := row.get(key):
            least, most = said["least"], said["most"]
            yield words.format(most if least == most else f"{least} to {most}")


def _step(row: Row) -> str:
    """A status change, with the conditions of the modern interface if it has the step."""
    column = 1 if "modern" in row["versions"] else 0
    after, before = (row.get(key, [[], []])[column] for key in ("after_names", "before_names"))
    said = [f"After {joined(after)}."] * bool(after) + [f"Before {joined(before)}."] * bool(before)
    verb = "clears" if row.get("clears") else "sets"
    return f"<tr><th>{row['by']} {verb}<td>{row['name']}<td>{' '.join(said)} {_sentence(escape(row.get('effect', '')))}"


def _menu(files: list[Row]) -> Iterator[str]:
    for folder, title in FOLDERS:
        links = [
            f"<a href=#{one['name']}>{one['name']}</a>"
            for one in files
            if one["path"].split("/")[1] == folder
        ]
        yield f"<p><b>{title}</b> {' '.join(links)}\n"


def page(data: Row) -> str:
    """The whole page."""
    files = [one for one in data["files"] if one["name"] not in LEFT_OUT]
    style = (PARTS / "style.css").read_text(encoding="utf-8")
    frame = (PARTS / "frame.html").read_text(encoding="utf-8")
    scripts = "\n".join((PARTS / name).read_text(encoding="utf-8") for name in SCRIPTS)
    known = json.dumps(rows(data), ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    words = {
        "@DOCUMENT@": escape(data["document"]),
        "@STYLE@": style,
        "@MENU@": "".join(_menu(files)),
        "@SECTIONS@": "".join(Section(one).text() for one in files),
        "@ROWS@": known,
        "@SCRIPTS@": scripts,
    }
    for word, text in words.items():
        frame = frame.replace(word, text, 1)
    return frame
