# SPDX-License-Identifier: MIT
"""A random description of a device, as the data of its YAML: most are right, and all come of a seed. Each construct of the
grammar of a device has a function here; numbers stand at their edges more often than between them."""

import random
from typing import Any

Row = dict[str, Any]

WIDTHS = {
    "u8": 1,
    "le16": 2,
    "le32": 4,
    "le64": 8,
    "be16": 2,
    "be32": 4,
    "be64": 8,
    "u16": 2,
    "u32": 4,
    "u64": 8,
}
LITTLE = ["u8", "le16", "le32", "le64"]
SELECTORS = ["u8", "le16", "le32", "be16", "be32"]
PORTABLE = [name for name in WIDTHS if not name.startswith("u") or name == "u8"]
WORDS = (
    "lamp level tone slot bank key cell lane gate pump dial fan wire row tap leaf node peer area page".split()
)
# Names that generated functions have too, or that a compiler or a language keeps for itself in other spellings.
CLASHES = "data status config in out room count bytes client service info call m c s v x n i type len reset open event".split()
DUTIES = {
    "driver": ["must-accept", "should-accept"],
    "device": ["must-offer", "should-offer", "should-not-offer"],
}
VERSIONS = ("1.0", "1.1", "1.2", "1.3", "1.4")


class Describer:
    """One description; `data` is what its YAML says."""

    def __init__(self, seed: int, name: str) -> None:
        self.r = random.Random(seed)
        self.name, self.used = name, set[str]()
        self.kinds = PORTABLE  # of numbers, where they are made
        self.features: list[str] = []
        self.enums: list[Row] = []
        self.flags: list[Row] = []
        self.structs: list[Row] = []
        self.config: list[Row] = []
        self.queues: list[Row] = []
        self.messages: list[Row] = []

    # choices

    def maybe(self, share: float) -> bool:
        return self.r.random() < share

    def some(self, listed: list[Any], share: float) -> list[Any]:
        return [one for one in listed if self.maybe(share)]

    def word(self) -> str:
        """A name that nothing else here has; now and then one that is awkward."""
        pool = CLASHES if self.maybe(0.06) else WORDS
        while (
            made := self.r.choice(pool) + self.r.choice(["", "", "_a", "_b", "2", "_size", "_id"])
        ) in self.used:
            if self.maybe(0.5):
                made += str(self.r.randrange(100))
                if made not in self.used:
                    break
        self.used.add(made)
        return made

    def upper(self) -> str:
        return self.word().upper()

    def number(self, bits: int) -> int:
        """One that fits, at an edge or small."""
        top = (1 << bits) - 1
        return self.r.choice(
            [0, 1, 2, top, top - 1, top >> 1, self.r.randrange(min(top, 300) + 1), self.r.randrange(top + 1)]
        )

    def gate(self, row: Row, share: float = 0.25) -> Row:
        """The same, perhaps with a feature or a choice of them."""
        if self.features and self.maybe(share):
            row["if"] = self.choice()
        if self.maybe(0.03):
            row["since"] = self.r.choice(VERSIONS)
        return row

    def choice(self) -> str:
        """A feature or a choice of them, in one of the ways to say it."""
        names = self.r.sample(self.features, min(len(self.features), self.r.choice([1, 1, 1, 2, 2, 3])))
        names = ["RING_RESET"] if self.maybe(0.02) else names
        text = " or ".join(names)
        inverse = " and ".join(f"not {name}" for name in names)
        more = f"({text}) or ({' and '.join(names)})"  # says no more
        return self.r.choice([text, text, text, f"({text})", f"not ({inverse})", f"not not ({text})", more])

    def all_of(self, terms: list[str]) -> str:
        """An `and` of conditions in any order; now and then one in parentheses too many."""
        self.r.shuffle(terms)
        bare = [f"({one})" if " or " in one or self.maybe(0.1) else one for one in terms]
        return " and ".join(bare) if len(terms) > 1 else terms[0]

    # values and features

    def make_features(self) -> Row:
        bits = self.r.sample([*range(24), *range(50, 128)], self.r.randrange(5))
        rows = []
        for bit in sorted(bits):
            row: Row = {"name": self.upper(), "bit": bit}
            if self.features and self.maybe(0.3):
                terms = [self.choice() for _ in range(self.r.choice([1, 1, 2]))]
                terms += [f"offered {self.r.choice(self.features)}"] if self.maybe(0.3) else []
                row["requires"] = self.all_of(terms)
            for side, duties in DUTIES.items():
                duty = [self.r.choice(duties)] if self.maybe(0.08) else []
                duty += ["may-fail"] if self.maybe(0.03) else []
                row |= {side: duty} if duty else {}
            if self.maybe(0.05):
                row["transports"] = [self.r.choice(["pci", "mmio", "ccw"])]
            if self.maybe(0.04):
                row["since"] = self.r.choice(VERSIONS)
            self.features.append(row["name"])
            rows.append({**row, "brief": "A feature."})
        made: Row = {"bits": rows}
        if len(rows) > 1 and self.maybe(0.15):
            made["conflicts"] = [
                {
                    "name": "not-both",
                    "if": self.all_of(
                        [self.r.choice(["", "", "not "]) + name for name in self.r.sample(self.features, 2)]
                    ),
                    "side": "driver",
                    "brief": "Not both.",
                }
            ]
        if rows and self.maybe(0.1):
            made["requires"] = self.choice()
        return made

    def group(self, kind: list[Row], bits: int, masks: bool = False) -> Row:
        values = (
            {self.number(bits) for _ in range(self.r.randrange(1, 5))}
            if not masks
            else {1 << self.r.randrange(bits) for _ in range(3)}
        )
        made = {
            "name": f"group{len(self.enums) + len(self.flags)}",
            "prefix": f"G{len(self.enums) + len(self.flags)}" + self.r.choice(["", "_K"]),
            "values": [
                self.gate({"name": self.upper(), "value": value, "brief": "A value."}, 0.05)
                for value in sorted(values)
            ],
        }
        kind.append(made)
        return made

    # fields

    def scalar(self) -> Row:
        """A number, an array of a fixed length, or bits."""
        kind = self.r.choice(self.kinds)
        row: Row = {"name": self.word(), "type": kind}
        bits = 8 * WIDTHS[kind]
        choice = self.r.random()
        if choice < 0.12:
            row["count"] = self.r.choice([1, 2, 3, 4, 7, 8, 16])
        elif choice < 0.2:
            row["enum"] = self.group(self.enums, min(bits, self.r.choice([8, bits])))["name"]
        elif choice < 0.26:
            row["flags"] = self.group(self.flags, bits, True)["name"]
        elif choice < 0.34:
            row["bits"] = self.bits(bits)
        if self.maybe(0.05):
            row["unit"] = "bytes"
        return self.gate(row, 0.05) | {"brief": "A number."}

    def bits(self, width: int) -> list[Row]:
        rows, at = [], 0
        while at < width and len(rows) < 4:
            wide = min(self.r.choice([1, 1, 2, 7, 8, 16, 31, 32, 64]), width - at)
            rows.append(
                {"name": self.word(), "shift": at, "width": wide}
                | ({"reserved": True} if self.maybe(0.15) else {"brief": "Bits."})
            )
            at += wide + self.r.choice([0, 0, 3])
        return rows

    def filled(self, rows: list[Row], packed: bool) -> tuple[list[Row], int, int]:
        """With reserved bytes where C aligns; (fields, size, alignment)."""
        made, at, widest = [], 0, 1
        for row in rows:
            size, align = self.size_of(row)
            align = 1 if packed else align
            if at % align:
                made.append({"name": f"pad{at}", "type": "u8", "count": align - at % align, "reserved": True})
                at += align - at % align
            made.append(row)
            at, widest = at + size * (
                row["count"] if isinstance(row.get("count"), int) else "count" not in row
            ), max(widest, align)
        if at % widest and not isinstance(made[-1].get("count"), str):
            made.append({"name": f"pad{at}", "type": "u8", "count": widest - at % widest, "reserved": True})
            at += widest - at % widest
        return made, at, widest

    def size_of(self, row: Row) -> tuple[int, int]:
        if "union" in row or "fields" in row:
            inner = row.get("union") or row["fields"]
            sizes = [(self.size_of(one)[0] * one.get("count", 1), self.size_of(one)[1]) for one in inner]
            align = max(one for _, one in sizes)
            size = max(one for one, _ in sizes) if "union" in row else sum(one for one, _ in sizes)
            return -(-size // align) * align, align
        if row["type"] in WIDTHS:
            return WIDTHS[row["type"]], WIDTHS[row["type"]]
        struct = next(one for one in self.structs if one["name"] == row["type"])
        return struct["@size"], struct["@align"]

    def struct(self, rows: list[Row], name: str = "", tail: Row | None = None) -> Row:
        """A struct of these fields, with what has no fixed length last."""
        packed = self.maybe(0.15)
        fields, size, align = self.filled(rows, packed)
        if tail:
            inner = self.size_of(tail)[1]
            if not packed and size % inner:
                fields.append(
                    {"name": f"pad{size}", "type": "u8", "count": inner - size % inner, "reserved": True}
                )
                size += inner - size % inner
            align = max(align, 1 if packed else inner)
            if size % align:
                fields.append(
                    {"name": f"end{size}", "type": "u8", "count": align - size % align, "reserved": True}
                )
                size += align - size % align
            fields.append(tail)
        made: Row = {
            "name": name or self.word(),
            "brief": "A struct.",
            "fields": fields,
            "@size": size,
            "@align": align,
        }
        made |= {"packed": True} if packed else {}
        self.structs.append(made)
        return made

    def inner(self) -> Row:
        """A struct of its own that others have a field of."""
        return self.struct([self.scalar() for _ in range(self.r.randrange(1, 4))])

    def any_fields(self, most: int) -> list[Row]:
        made = []
        for _ in range(self.r.randrange(1, most + 1)):
            choice = self.r.random()
            if choice < 0.12:
                row: Row = {"name": self.word(), "type": self.inner()["name"], "brief": "Nested."}
                made.append(row | ({"count": self.r.choice([1, 2, 3])} if self.maybe(0.3) else {}))
            elif choice < 0.17:
                made.append(
                    {
                        "name": self.word(),
                        "brief": "One of them.",
                        "union": [self.scalar() for _ in range(self.r.randrange(1, 4))],
                    }
                )
            elif choice < 0.21:
                kind = self.r.choice(self.kinds)
                made.append(
                    {
                        "name": self.word(),
                        "brief": "Without a name.",
                        "fields": [
                            {"name": self.word(), "type": kind, "brief": "A number."} for _ in range(2)
                        ],
                    }
                )
            elif choice < 0.27:
                made.append({"name": self.word(), "type": self.r.choice(PORTABLE), "reserved": True})
            else:
                made.append(self.scalar())
        return made

    # configuration

    def make_config(self) -> Row:
        rows = []
        self.kinds = LITTLE if self.maybe(0.95) else PORTABLE
        fields = self.any_fields(6)
        self.kinds = PORTABLE
        for row in fields:
            row = self.gate(row, 0.25)
            plain = row.get("type") in WIDTHS and "count" not in row and "reserved" not in row
            if plain and self.maybe(0.2):
                row["dir"] = self.r.choice(
                    ["RW", "W", "R"] if row["type"] != "le64" or self.maybe(0.05) else ["R"]
                )
            if plain and "if" in row and self.maybe(0.3):
                row["absent"] = self.number(8 * WIDTHS[row["type"]])
                if self.maybe(0.3):
                    other = {
                        "value": self.number(8 * WIDTHS[row["type"]]),
                        "if": self.r.choice(self.features),
                    }
                    row["absent"] = [other, {"value": row["absent"]}]
            if plain and "dir" not in row and self.maybe(0.2):
                edges = sorted(self.number(8 * WIDTHS[row["type"]]) for _ in range(2))
                limits = {"min": edges[0]} if self.maybe(0.7) else {}
                limits |= {"max": edges[1]} if self.maybe(0.7) else {}
                row |= {"range": limits} if limits else {}
            if "if" in row and self.maybe(0.1) and row.get("dir") is None:
                row["readable"] = "negotiated"
            if plain and self.features and self.maybe(0.05):
                row["if"] = self.all_of([*self.said(row), f"not {self.r.choice(self.features)}"])
            if "if" in row and "W" in row.get("dir", "") and self.maybe(0.2):
                row["writable"] = "offered"
            if row.get("dir") == "RW" and self.maybe(0.3):
                row["for-device"] = True
            elif "if" not in row and "reserved" not in row and self.features and self.maybe(0.05):
                row["valid"] = " or ".join(self.r.sample(self.features, min(2, len(self.features))))
            rows.append(row)
        packed = self.maybe(0.05)
        fields, size, _ = self.filled(rows, packed)
        if self.maybe(0.05):
            fields.append({"name": self.word(), "type": "u8", "count": "trailing", "brief": "The rest."})
        self.config = [
            row
            for row in fields
            if row.get("type") in WIDTHS and "count" not in row and "reserved" not in row
        ]
        made: Row = {"fields": fields} | ({"packed": True} if packed else {})
        return made | ({"legacy-order": "little"} if self.maybe(0.05) else {})

    def config_number(self) -> str | None:
        found = [
            row
            for row in self.config
            if "W" not in row.get("dir", "")
            and row.get("range", {}).get("min", 0) < 50  # a test has memory for so many
            and ("if" not in row and "valid" not in row or self.maybe(0.05))
        ]
        return f"config.{self.r.choice(found)['name']}" if found else None

    # queues

    def make_queues(self) -> None:
        """Kinds of queues; families last, or strided, or followed by what is behind them."""
        at, behind = 0, ""
        for kind in self.r.choices(
            ["request", "event", "take", "put", "none", "pair"], [6, 2, 1, 1, 1, 1], k=self.r.randrange(1, 4)
        ):
            for way in ("tx", "rx") if kind == "pair" else ("q",):
                direction = {"request": "both", "event": "in", "take": "out", "put": "in", "none": "out"}.get(
                    kind
                ) or {"tx": "out", "rx": "in"}[way]
                row: Row = {"name": self.word() + way, "dir": direction, "@kind": kind, "brief": "A queue."}
                row |= {"behind": behind} if behind else {"index": at}
                if self.maybe(0.12):
                    row["if"] = self.r.choice(self.features) if self.features else "RING_RESET"
                    row |= {"numbered": "if-there"} if not behind and self.maybe(0.3) else {}
                sizes = [
                    one
                    for one in self.config
                    if "W" not in one.get("dir", "")
                    and "range" not in one  # a test has one of a kind
                    and "valid" not in one
                    and (one["type"] != "le64" or self.maybe(0.05))
                ]
                if sizes and kind in ("request", "event", "none") and self.maybe(0.1 if behind else 0.25):
                    size = self.r.choice(sizes)
                    less = self.r.choice([" - 1", " - 16"]) if self.maybe(0.15) else ""
                    row["count"] = {"field": size["name"] + less}
                    if "if" in size and self.maybe(0.9):
                        row["count"]["if"] = size["if"]
                    elif self.features and self.maybe(0.3):
                        row["count"]["if"] = self.r.choice(self.features)
                    behind = row["name"]
                elif self.maybe(0.06):
                    row["count"] = self.r.choice([1, 2, 3])
                    at += row["count"] - 1
                    behind = behind and row["name"]
                elif behind:
                    behind = row["name"]
                at += 1 if self.maybe(0.9) else 2
                self.queues.append(row)

    # messages

    def make_messages(self) -> None:
        listed = list(self.queues)
        while listed:
            queue = listed.pop(0)
            kind = queue.pop("@kind")
            if kind == "pair" and listed:
                other = listed.pop(0)
                other.pop("@kind")
                self.pair(queue["name"], other["name"])
            elif kind in ("take", "put"):
                self.messages.append(
                    {
                        "queue": queue["name"],
                        "rows": [{"name": self.upper(), "stream": "RW"[kind == "put"], "brief": "Bytes."}],
                    }
                )
            elif kind == "request":
                self.requests(queue["name"])
            elif kind == "event":
                self.events(queue["name"])

    def requests(self, queue: str) -> None:
        """Commands with a header, or one message without."""
        if self.maybe(0.2):
            self.messages.append({"queue": queue, "rows": [self.row({"name": self.upper()}, [], 3)]})
            return
        kind = self.r.choice(SELECTORS if self.maybe(0.97) else PORTABLE)
        hdr = self.struct(
            [
                {"name": "kind_" + str(len(self.messages)), "type": kind, "brief": "Which."},
                *([self.scalar()] if self.maybe(0.5) else []),
            ]
        )
        select = hdr["fields"][0]["name"]
        begins = self.maybe(0.35)  # each struct of a message begins with the header, or it stands by itself
        entry: Row = {"queue": queue, "select": f"{hdr['name']}.{select}"}
        names = (
            []
            if begins
            else [f"{hdr['name']}.{row['name']}" for row in hdr["fields"][1:] if self.counts(row)]
        )
        if self.maybe(0.7):
            entry |= {"name": self.word().replace("_", "-"), "prefix": f"T{len(self.messages)}"}
            hdr["fields"][0]["enum"] = entry["name"]
        if not begins:
            entry["R"] = [hdr["name"], "ROW"]
        self.status(entry)
        values = self.values(8 * WIDTHS[kind])
        entry["rows"] = [
            self.row({"name": self.upper(), "value": value}, names, 2, hdr if begins else None)
            for value in values
        ]
        used = self.some(["answer-optional", "in-order", "empty-if-unknown"], 0.04)
        entry |= {"used": used} if used else {}
        self.messages.append(entry)

    def values(self, bits: int) -> list[int]:
        return sorted({self.number(bits) for _ in range(self.r.randrange(1, 4))})

    def status(self, entry: Row) -> None:
        """A status before or behind what a row has; or none."""
        if self.maybe(0.15):
            return
        kind = self.r.choice(SELECTORS if self.maybe(0.97) else PORTABLE)
        group = self.group(self.enums, 8)
        if len(group["values"]) < 2:
            group["values"].append(
                {"name": self.upper(), "value": (group["values"][0]["value"] + 1) % 256, "brief": "A value."}
            )
        rows = [{"name": "state", "type": kind, "enum": group["name"], "brief": "How it went."}]
        rows = rows + [self.scalar()] if self.maybe(0.2) else rows
        answer = self.struct(rows)
        entry["W"] = self.r.choice([["ROW", answer["name"]], [answer["name"], "ROW"]])
        entry["status"] = f"{answer['name']}.state"
        names = [f"{group['prefix']}_{row['name']}" for row in group["values"]]
        entry["ok"] = names[:2] if len(names) > 2 and self.maybe(0.3) else names[0]
        if self.maybe(0.8):
            entry["refuse"] = names[-1]
        if self.maybe(0.4):
            entry["out-of-range"] = self.r.choice(names[1:])

    @staticmethod
    def said(row: Row) -> list[str]:
        return [row["if"]] if "if" in row else []

    @staticmethod
    def counts(row: Row) -> bool:
        return row.get("type") in WIDTHS and not {"count", "reserved", "enum", "flags", "bits", "if"} & set(
            row
        )

    def row(self, row: Row, names: list[str], most: int, hdr: Row | None = None) -> Row:
        """A message of parts; `names` are numbers that its header has."""
        if self.maybe(0.1):
            return self.items(row, hdr)
        names = list(names)
        if hdr:
            fields = [{"name": "hdr", "type": hdr["name"], "brief": "Header."}, *self.any_fields(3)]
            struct = self.struct(fields)
            row["R"] = [struct["name"]]
            names += [f"{struct['name']}.{one['name']}" for one in struct["fields"][1:] if self.counts(one)]
        out = row.get("R", [])
        out += self.parts(names, most, False)
        back = self.parts(names, most, True)
        if not out and not back and "value" not in row:
            out.append(self.fixed_part(names))
        row |= {"R": out} if out else {}
        row |= {"W": back} if back else {}
        gate, states = "", [
            one for one in self.config if "enum" in one and "if" not in one and "valid" not in one
        ]
        if states and self.maybe(0.3):
            state = self.r.choice(states)
            group = next(one for one in self.enums if one["name"] == state["enum"])
            gate = f"{state['name']} == {self.r.choice(group['values'])['name']}"
        if names and self.maybe(0.15):
            row["range"] = {
                "min": self.r.choice(names),
                "max": self.config_number() or self.r.choice([1, 5, 100]),
            }
            if self.maybe(0.4):
                row["range"]["count"] = self.r.choice([1, 2, self.r.choice(names)])
        if self.features and self.maybe(0.08):
            row["if"] = f"not {self.r.choice(self.features)}"
            if self.maybe(0.5):
                row["if"] = self.all_of([row["if"], self.choice()])
        elif self.features and self.maybe(0.2):
            terms = [self.choice(), *self.some([self.r.choice(self.features)], 0.2)]
            terms += [f"not offered {self.r.choice(self.features)}"] if self.maybe(0.1) else []
            row["if"] = self.all_of(terms)
        if gate:
            row["if"] = self.all_of([*([row["if"]] if "if" in row else []), gate])
        row = self.gate(row, 0)
        return row | {"brief": "A message."}

    def items(self, row: Row, hdr: Row | None) -> Row:
        """A message that asks for items of a table, and maybe says how large it expects them."""
        fields = [
            {"name": name, "type": self.r.choice(["le16", "le32", "be32", "le64"]), "brief": "A number."}
            for name in ["start", "many", *self.some(["each"], 0.6)]
        ]
        if hdr:
            fields = [{"name": "hdr", "type": hdr["name"], "brief": "Header."}, *fields]
        query, item = self.struct(fields), self.struct(self.any_fields(4))
        said = {field["name"]: f"{query['name']}.{field['name']}" for field in fields}
        part = {"part": "items", "type": item["name"], "count": said["many"]}
        part |= {"stride": said["each"]} if "each" in said else {}
        most = self.config_number() or self.r.choice([5, 100])
        row |= {"range": {"min": said["start"], "count": said["many"], "max": most}}
        return self.gate(row, 0.2) | {"R": [query["name"]], "W": [part], "brief": "A range of items."}

    def parts(self, names: list[str], most: int, back: bool) -> list[Any]:
        """What one side writes of a row: one part, seldom more, whose length nobody says."""
        made = [self.part(names, back) for _ in range(self.r.randrange(most + 1))]
        ends = [part for part in made if self.open_end(part)]
        made = [part for part in made if part not in ends[1:] or self.maybe(0.05)]
        others = [part for part in made if isinstance(part, dict) and "range" in part]
        for part in others:  # what limits it, client and service can check
            if (
                not self.open_end(part)
                and (back or not str(part.get("count", "")).count("."))
                and self.maybe(0.9)
            ):
                del part["range"]
        return made

    @staticmethod
    def open_end(part: Any) -> bool:
        return (
            isinstance(part, dict)
            and part.get("count") == "any"
            or isinstance(part, dict)
            and not {"type", "count"} & set(part)
        )

    def fixed_part(self, names: list[str], back: bool = False) -> Any:
        """A struct, a number, or so many of either."""
        choice = self.r.random()
        if choice < 0.35:
            struct = self.struct(self.any_fields(4))
            if not back:
                names += [f"{struct['name']}.{one['name']}" for one in struct["fields"] if self.counts(one)]
            return struct["name"]
        part: Row = {"part": self.word()}
        if choice < 0.55:
            part["type"] = self.r.choice(PORTABLE)
            if not back:
                names.append(part["part"])
        elif choice < 0.75:
            part |= {
                "type": self.r.choice([*PORTABLE, self.inner()["name"]]),
                "count": self.r.choice([1, 2, 3, 8]),
            }
        else:
            part["count"] = self.r.choice([1, 2, 3, 6, 16, 64])
        return part

    def part(self, names: list[str], back: bool = False) -> Any:
        """Any part: fixed, counted, of a length that the configuration says, or open."""
        choice = self.r.random()
        config = self.config_number()
        part: Row = {"part": self.word()}
        if choice < 0.4:
            return self.fixed_part(names, back)
        if choice < 0.48:
            tail: Row = {
                "name": self.word(),
                "type": self.r.choice([*PORTABLE, self.inner()["name"]]),
                "brief": "Many.",
            }
            number: Row = {
                "name": self.word(),
                "type": self.r.choice(["u8", "le16", "le32", "be16"]),
                "brief": "How many.",
            }
            said = (
                ["trailing", number["name"], number["name"]] if not back or self.maybe(0.6) else ["trailing"]
            )
            tail["count"] = self.r.choice([*said, *([config] if config else [])])
            return self.struct([number], tail=tail)["name"]
        if choice < 0.7 and names:
            said: Any = self.r.choice(names)
            part |= (
                {"type": self.r.choice([*PORTABLE, self.inner()["name"]]), "count": said}
                if self.maybe(0.7)
                else {"count": said}
            )
        elif choice < 0.76 and config:
            part |= (
                {"type": self.r.choice(PORTABLE), "count": config} if self.maybe(0.5) else {"count": config}
            )
        elif self.maybe(0.5):
            part |= {"type": self.r.choice([*PORTABLE, self.inner()["name"]]), "count": "any"}
        limits: Row = {}
        is_bytes = "count" in part and "type" not in part
        for key, share in (("max", 0.35), ("min", 0.2), ("multiple-of", 0.12)):
            if self.maybe(share) and (not is_bytes or self.maybe(0.1)):
                limits[key] = (
                    config
                    if key == "max" and config and self.maybe(0.4)
                    else self.r.choice([1, 2, 3, 4, 8, 100, 1000, 65535] if key == "max" else [1, 2, 3, 4, 8])
                )
        if "max" in limits and self.maybe(0.1):
            limits["except"] = 0
        part |= {"range": limits} if limits else {}
        if self.maybe(0.06):
            part["optional"] = True
        if self.maybe(0.03):
            part["by-hand"] = "Somebody knows."
        return self.gate(part, 0.03)

    def events(self, queue: str) -> None:
        kind = self.r.choice(SELECTORS)
        entry: Row = {"queue": queue}
        values = self.values(8 * WIDTHS[kind])
        if len(values) > 1 or self.maybe(0.5):
            hdr = self.struct(
                [
                    {"name": "event_" + str(len(self.messages)), "type": kind, "brief": "Which."},
                    *self.any_fields(2),
                ]
            )
            entry |= {
                "name": self.word().replace("_", "-"),
                "prefix": f"E{len(self.messages)}",
                "select": f"{hdr['name']}.{hdr['fields'][0]['name']}",
                "W": [hdr["name"], "ROW"],
            }
        rows = []
        for value in values if "select" in entry else [0]:
            row: Row = {"name": self.upper()} | ({"value": value} if "select" in entry else {})
            back = self.parts([], 2, True) or ([] if "select" in entry else [self.fixed_part([], True)])
            rows.append(self.gate(row | ({"W": back} if back else {}), 0.2) | {"brief": "An event."})
        self.messages.append(entry | {"rows": rows})

    def pair(self, tx: str, rx: str) -> None:
        """What each side sends in a queue of its own."""
        kind = self.r.choice(SELECTORS)
        hdr = self.struct([{"name": "what_" + str(len(self.messages)), "type": kind, "brief": "Which."}])
        entry: Row = {
            "queue": {"driver": tx, "device": rx},
            "select": f"{hdr['name']}.{hdr['fields'][0]['name']}",
        }
        rows = []
        for value in self.values(8 * WIDTHS[kind]):
            sender = self.r.choice(["driver", "device", "both"])
            side = "W" if sender == "device" else "R"
            rows.append(
                {
                    "name": self.upper(),
                    "value": value,
                    "side": sender,
                    side: [hdr["name"], *self.parts([], 1, True)],
                    "brief": "A message.",
                }
            )
        self.messages.append(
            entry | {"name": self.word().replace("_", "-"), "prefix": f"P{len(self.messages)}", "rows": rows}
        )

    def described(self) -> Row:
        """All of it."""
        features = self.make_features()
        config = self.make_config() if self.maybe(0.8) else None
        self.make_queues()
        self.make_messages()
        made: Row = {
            "kind": "device",
            "name": self.name,
            "id": "CAIF",
            "section": "Made Up Device",
            "brief": "A device by chance.",
        }
        made |= {"since": self.r.choice(VERSIONS)} if self.maybe(0.2) else {}
        made |= {"legacy-order": self.r.choice(["guest", "little"])} if self.maybe(0.2) else {}
        made["queues"] = self.queues
        made |= {"features": features} if features["bits"] else {}
        made |= {"config": config} if config else {}
        if self.maybe(0.2):
            made["constants"] = [
                {"name": self.upper(), "value": self.number(self.r.choice([8, 32, 64])), "brief": "A limit."}
            ]
        if self.maybe(0.1):
            made["shared-memory"] = [
                self.gate({"name": self.upper(), "id": self.number(8), "brief": "Shared."})
            ]
        made |= {"enums": self.enums} if self.enums else {}
        made |= {"flags": self.flags} if self.flags else {}
        made |= {"messages": self.messages} if self.messages else {}
        made |= {"structs": self.structs} if self.structs else {}
        return clean(made)


def clean(node: Any) -> Any:
    """Without what only the describer knows."""
    if isinstance(node, dict):
        return {key: clean(value) for key, value in node.items() if not key.startswith("@")}
    return [clean(one) for one in node] if isinstance(node, list) else node
