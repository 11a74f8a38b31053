# SPDX-License-Identifier: MIT
"""Named numbers of a file that belongs to a device or to all: groups, constants, commands, queues, shared memory."""

from dataclasses import replace

from vwr.cname import const_name, document_const, ident
from vwr.model.nodes.messages import Command, CommandTable, Exchange, Message, MessagePart, Queue, QueueAt, Queues
from vwr.model.nodes.structs import Struct
from vwr.model.nodes.values import Enum, Gate, Names, Value
from vwr.model.parts import INT_MAX, cells, constant, enum, gate, gate_of, link, number_text, or_text
from vwr.model.structs import SCALARS
from vwr.spec.exchanges import named_groups
from vwr.spec.load import Row, SpecFile
from vwr.spec.shapes import names_of
from vwr.spec.since import AT

_SENDERS = {"driver": "VWR_BY_DRIVER", "device": "VWR_BY_DEVICE", "both": "VWR_BY_DRIVER | VWR_BY_DEVICE"}


def named(file: SpecFile, prefix: str | None, values: list[Row], document: str | None = None, masks: bool = False,
          scoped: bool = False) -> list[Value]:
    """Rows of values under a prefix; scoped ones have no alias, since the specification's names mean other numbers too."""
    start, rows = [prefix] if prefix else [], []
    lead = document or document_const(file.prefix, *start)
    for row in values:
        text = f"0x{row['value']:x}" if masks and row["value"] <= INT_MAX else None
        name = row.get("document", f"{lead}_{row['name']}")
        made = constant(row, row["value"], const_name(file.prefix, *start, row["name"]), name, text=text)
        rows.append(replace(made, documents=[]) if scoped else made)
    return rows


def group(file: SpecFile, key: str, data: Row) -> Enum:
    """An enum of one group of the file."""
    rows = named(file, data.get("prefix"), data["rows" if key == "messages" else "values"], data.get("document"), key == "flags",
                 data.get("scoped", False))
    made = enum(ident(file.prefix, data["name"]), rows, link(file, key, data["name"]), data["section"],
                data.get("brief", ""), title=f"{key}.{data['name']}")
    return replace(made, place=data.get(AT), kind="commands" if key == "messages" else key, name=data["name"],
                   scoped=data.get("scoped", False))


def groups(file: SpecFile) -> list[Enum]:
    """All enums of the file: enums, flags, messages."""
    return [*(group(file, key, data) for key in ("enums", "flags", "commands") for data in file.data.get(key, [])),
            *(group(file, "messages", data) for _, data in named_groups(file))]


def group_words(file: SpecFile) -> dict[str, str]:
    """{group: what a comment calls it}: the C enum, or its constants where C has no enum of such values."""
    words = {}
    for made in groups(file):
        words[made.name] = f"enum {made.tag}" if made.small else " or ".join(row.c for row in made.rows)
    if "request" in file.data:
        words.update(type=f"enum {ident(file.prefix, 'T')}", status=f"enum {ident(file.prefix, 'S')}")
    return words


def constants(file: SpecFile) -> list[Value]:
    """Single numbers, under no enum."""
    rows = []
    for row in file.data.get("constants", []):
        made = constant(row, row["value"], const_name(file.prefix, row["name"]),
                        row.get("document", document_const(file.prefix, row["name"])))
        text = f"{made.text}u" if made.value <= INT_MAX else made.text
        rows.append(replace(made, text=text, section=row.get("section", file.data["section"])))
    return rows


def shared_memory(file: SpecFile) -> Enum:
    """Regions: the number that each has."""
    rows = [dict(row, value=row["id"]) for row in file.data.get("shared-memory", [])]
    return enum(ident(file.prefix, "shm_id"), named(file, "SHM_ID", rows), link(file, "shared-memory"),
                file.data["section"], what="id", title="shared-memory")


# Queues ----------------------------------------------------------------------------------------------------------

def queues(file: SpecFile, scope: dict[str, str]) -> Queues:
    """Queue indices: an enumerator where the index is a number, a function where it depends on what there is."""
    listed: dict[str, Row] = {row["name"]: row for row in file.data.get("queues", [])}
    rows: list[Queue] = []
    for row in listed.values():
        first = row.get("index", 0)
        moves = [gate_of(scope, other["if"]) for other in listed.values() if other.get("numbered") == "if-there"
                 and "index" in row and other.get("index", first) < first]
        made = constant(dict(row, value=first), first, const_name(file.prefix, "QUEUE", row["name"]))
        rows.append(Queue(**vars(replace(made, documents=[])), count=row.get("count", 1), count_by=row.get("count-by"),
                          count_words=_count_words(row), behind=row.get("behind"), stride=row.get("stride", 1),
                          dir=row.get("dir", ""), index=row.get("index"), moves=[one.names for one in moves],
                          at=_queue_at(file, row, listed, moves)))
    fixed: list[Value] = [row for row in rows if row.index is not None and not row.moves]
    return Queues(**vars(enum(ident(file.prefix, "queue"), fixed, link(file, "queues"), file.data["section"], what="index",
                              title="queues")), all=rows)


def _count_words(row: Row) -> str:
    """How many queues of a kind there are, as text."""
    count, by = str(row.get("count", 1)), row.get("count-by")
    if by is None:
        return count
    says = by["field"] + (f" less {by['less']}" if "less" in by else "")
    return f"{count}; with {or_text(by['if'])} {says}" if "if" in by else says


def _queue_at(file: SpecFile, row: Row, listed: dict[str, Row], moves: list[Gate]) -> QueueAt | None:
    """The function that says a queue's index, None where it is one number."""
    c = ident(file.prefix, "queue", row["name"], "at")
    if moves:
        several = "count-by" in row or row.get("count", 1) > 1
        text = " +\n           ".join([f"{row['index'] - len(moves)}u"] + [
            f"({' || '.join(f'vwr_features_have(f, {one})' for one in move.any)} ? 1u : 0u)" for move in moves])
        return QueueAt(c=c, param="f, i" if several else "f", text=text + " + i" * several,
                params="const struct vwr_features *f" + ", unsigned i" * several,
                words="by the features negotiated: a queue that is not there has no number."
                         + " i counts from 0." * several)
    if "behind" in row:
        before = listed[row["behind"]]
        stride = before.get("stride", 1)
        rest = before["index"] + 1 - stride
        text = f"{before['index'] + 1}u + {stride}u * n - {stride}u" if rest < 0 else \
            f"{rest}u + {stride}u * n" if rest else f"{stride}u * n" if stride > 1 else "n"
        return QueueAt(c=c, param="n", text=text, params="unsigned n",
                words=f"n is the number of {before['name']} there are.")
    if row.get("stride", 1) > 1:
        text = f"{row['index']}u + " * bool(row["index"]) + f"{row['stride']}u * i"
        return QueueAt(c=c, param="i", params="unsigned i", text=text, words="i counts from 0.")
    return None


# Commands --------------------------------------------------------------------------------------------------------

def command_tables(file: SpecFile, made: list[Enum], structs: dict[str, Struct], scope: dict[str, str]) -> list[CommandTable]:
    """One table for each group of commands: how many bytes go and come at least, and what allows it."""
    tables, values = [], _all_names(file, made)
    for data, e in zip(file.data.get("commands", []), [e for e in made if e.kind == "commands"]):
        rows = []
        for row, value in zip(data["values"], e.rows):
            if row.get("reserved"):
                continue
            out, out_more = _amount(row.get("out", []), row.get("out-many", False), structs, "out")
            back, in_more = _amount(row.get("in", []), row.get("in-many", False), structs, "out")
            rest, rest_more = _amount(row.get("out", []), False, structs, "in")  # of a whole request in one struct
            back, in_more = back + rest, in_more or rest_more
            if "out" not in row and "in" not in row:
                out_more = in_more = True  # the specification does not say what it carries
            more = [flag for flag, there in (("VWR_COMMAND_MORE_OUT", out_more), ("VWR_COMMAND_MORE_IN", in_more))
                    if there]
            opened = gate(scope, row.get("if"))
            rows.append(Command(
                place=row.get(AT), c=value.c, name=row["name"], value=value.value, text=value.text, brief=value.brief,
                out=names_of(row.get("out", [])), back=names_of(row.get("in", [])), out_bytes=out, in_bytes=back,
                more=" | ".join(more) or "0", out_more=out_more, in_more=in_more, sender=row.get("from", "driver"),
                sender_c=_SENDERS[row.get("from", "driver")], gate=opened,
                any=cells(opened.any if opened else []), also=gate(scope, row.get("also")),
                answer=names_of(row.get("answer", [])), response=names_of(row.get("response", [])), since=row.get("since"),
                only=row.get("only")))
        owner = data.get("class")
        tables.append(CommandTable(
            place=data.get(AT), c=f"{e.tag}_table", count_c=f"{e.tag}_count".upper(), rows=rows,
            queue=data.get("queue"), owner=owner, title=e.title, section=e.section,
            owner_c=values[owner] if owner else "0", name=data["name"]))
    return tables


def message_tables(listed: list[Exchange], made: list[Enum], prefix: str) -> list[CommandTable]:
    """The same of messages: a table for each group of them that has a name."""
    tables, enums = [], {one.name: one for one in made}
    for name in dict.fromkeys(name for one in listed for name in one.groups):
        rows = {row.name: row for one in reversed(listed) for row in one.rows if row.group == name}
        first, e = next(one for one in listed if name in one.groups), enums[name]
        tables.append(CommandTable(
            place=e.place, c=f"{e.tag}_table", count_c=f"{e.tag}_count".upper(), rows=[_command(row, prefix) for row in rows.values()],
            queue=first.queue, owner=None, title=e.title, section=e.section, owner_c="0", name=name))
    return tables


def _command(row: Message, prefix: str) -> Command:
    """What is sent, and what comes back, with names of structs or types."""
    sent, back = (row.out, row.back) if row.out else (row.back, [])
    more = [flag for flag, parts in (("VWR_COMMAND_MORE_OUT", sent), ("VWR_COMMAND_MORE_IN", back))
            if not all(part.fixed for part in parts)]
    back_named = [part for part in back if not (part.begin or part.struct and part.struct.name.endswith("_in"))]
    least = [sum(part.least_bytes for part in parts) for parts in (sent, back)]
    return Command(
        place=row.place, c=row.c, name=row.name, value=row.value or 0, text=number_text(row.value or 0), brief=row.brief,
        out=_said(sent), back=_said(back_named), out_bytes=least[0], in_bytes=least[1],
        more=" | ".join(more) or "0", out_more="VWR_COMMAND_MORE_OUT" in more, in_more="VWR_COMMAND_MORE_IN" in more,
        sender=row.sender, sender_c=_SENDERS[row.sender], gate=row.gate, any=cells(row.gate.any if row.gate else []),
        also=row.also, answer=[one.c.removeprefix(const_name(prefix, "")) for one in row.ok], response=[], since=row.since, only=row.only)


def _said(parts: list[MessagePart]) -> list[str]:
    """The structs or types that the YAML names."""
    return list({part.source: part.said for part in parts}.values())


def _amount(names: Names, many: bool, structs: dict[str, Struct], part: str) -> tuple[int, bool]:
    """(bytes at least, whether there may be more) of what is sent (out) or comes back (in)."""
    total, more, listed = 0, many, names_of(names)
    for index, name in enumerate(listed):
        size, open_end = _bytes_of(name, structs, part)
        total += 0 if many and index == len(listed) - 1 else size
        more = more or open_end
    return total, more


def _bytes_of(name: str, structs: dict[str, Struct], part: str) -> tuple[int, bool]:
    """(bytes at least, whether there may be more) of a number or of one side of a struct."""
    if name in SCALARS:
        return (SCALARS[name][0], False) if part == "out" else (0, False)
    s = structs[name]
    if s.out_bytes:
        return (s.out_bytes.value, False) if part == "out" else (s.size - s.out_bytes.value, False)
    if s.tail:
        mine = s if part == "out" else s.tail
        return mine.least, bool(mine.params)
    if s.sizes:
        return (min(row.size for row in s.sizes.rows), True) if part == "out" else (0, False)
    return (s.least, not s.fixed) if part == "out" else (0, False)


def _all_names(file: SpecFile, made: list[Enum]) -> dict[str, str]:
    """C name of every value of the file by its name in the spec, with and without prefix; the first of a name."""
    found: dict[str, str] = {}
    for row in [row for e in made for row in e.rows]:
        found.setdefault(row.name, row.c)
        found.setdefault(row.c.removeprefix(const_name(file.prefix, "")), row.c)
    return found
