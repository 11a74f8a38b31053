# SPDX-License-Identifier: MIT
"""Named numbers of a file: groups, constants, queues, shared memory."""


from vwr.cname import const_name, document_const, ident
from vwr.model.nodes import changed
from vwr.model.nodes.messages import Queue, QueueAt, Queues
from vwr.model.nodes.values import Enum, Gate, Value
from vwr.model.parts import INT_MAX, constant, enum, gate_of, gates_text, link
from vwr.spec.condition import said
from vwr.spec.exchanges import named_groups
from vwr.spec.load import Row, SpecFile
from vwr.spec.queues import between, followed
from vwr.spec.shapes import counted
from vwr.spec.since import AT


def named(
    file: SpecFile,
    prefix: str | None,
    values: list[Row],
    document: str | None = None,
    masks: bool = False,
    scoped: bool = False,
) -> list[Value]:
    """
    Rows of values with a prefix. Scoped values have no alias, because the specification uses their names for
    other numbers, too.
    """
    start, rows = [prefix] if prefix else [], []
    lead = document or document_const(file.prefix, *start)
    for row in values:
        text = f"0x{row['value']:x}" if masks and row["value"] <= INT_MAX else None
        name = row.get("document", f"{lead}_{row['name']}")
        made = constant(row, row["value"], const_name(file.prefix, *start, row["name"]), name, text=text)
        rows.append(changed(made, documents=[]) if scoped else made)
    return rows


def group(file: SpecFile, key: str, data: Row) -> Enum:
    """An enum of one group of the file."""
    rows = named(
        file,
        data.get("prefix"),
        data["rows" if key == "messages" else "values"],
        data.get("document"),
        key == "flags",
        data.get("scoped", False),
    )
    made = enum(
        ident(file.prefix, data["name"]),
        rows,
        link(file, key, data["name"]),
        data["section"],
        data.get("brief", ""),
        title=f"{key}.{data['name']}",
    )
    return changed(made, place=data.get(AT), kind=key, name=data["name"], scoped=data.get("scoped", False))


def groups(file: SpecFile) -> list[Enum]:
    """All enums of the file: enums, flags, messages."""
    return [
        *(group(file, key, data) for key in ("enums", "flags") for data in file.data.get(key, [])),
        *(group(file, "messages", data) for _, data in named_groups(file)),
    ]


def group_words(enums: list[Enum]) -> dict[str, str]:
    """
    {group: its name in comments}: the C enum, or the names of its constants if C has no enum of such values.
    """
    return {
        one.name: f"enum {one.tag}" if one.small else " or ".join(row.c for row in one.rows) for one in enums
    }


def constants(file: SpecFile) -> list[Value]:
    """Constants without an enum."""
    rows = []
    for row in file.data.get("constants", []):
        made = constant(
            row,
            row["value"],
            const_name(file.prefix, row["name"]),
            row.get("document", document_const(file.prefix, row["name"])),
        )
        text = f"{made.text}u" if made.value <= INT_MAX else made.text
        rows.append(changed(made, text=text, section=row.get("section", file.data["section"])))
    return rows


def shared_memory(file: SpecFile) -> Enum:
    """The ids of the shared memory regions."""
    rows = [dict(row, value=row["id"]) for row in file.data.get("shared-memory", [])]
    return enum(
        ident(file.prefix, "shm_id"),
        named(file, "SHM_ID", rows),
        link(file, "shared-memory"),
        file.data["section"],
        what="id",
        title="shared-memory",
    )


# Queues ----------------------------------------------------------------------------------------------------------


def queues(file: SpecFile, scope: dict[str, str]) -> Queues:
    """
    Queue indices: an enumerator if the index is fixed, a function if it depends on features or on the number
    of queues.
    """
    listed: dict[str, Row] = {row["name"]: row for row in file.data.get("queues", [])}
    rows: list[Queue] = []
    for row in listed.values():
        first = row.get("index", 0)
        moves = [
            gate_of(scope, said(other).choice)
            for other in listed.values()
            if other.get("numbered") == "if-there" and "index" in row and other.get("index", first) < first
        ]
        made = constant(dict(row, value=first), first, const_name(file.prefix, "QUEUE", row["name"]))
        rows.append(
            Queue(
                **vars(changed(made, documents=[])),
                count=many(row),
                count_by=count_by(row),
                count_words=_count_words(row),
                behind=row.get("behind"),
                stride=row.get("stride", 1),
                dir=row.get("dir", ""),
                index=row.get("index"),
                moves=[one.names for one in moves],
                at=_queue_at(file, row, listed, moves),
            )
        )
    fixed: list[Value] = [row for row in rows if row.index is not None and not row.moves]
    return Queues(
        **vars(
            enum(
                ident(file.prefix, "queue"),
                fixed,
                link(file, "queues"),
                file.data["section"],
                what="index",
                title="queues",
            )
        ),
        all=rows,
    )


def many(row: Row) -> int:
    """
    The number of queues of a kind; if a configuration field contains it, the number without its feature.
    """
    return row["count"] if isinstance(row.get("count"), int) else 1


def count_by(row: Row) -> Row | None:
    """The field that counts queues, and the number to subtract from it."""
    if not isinstance(row.get("count"), dict):
        return None
    field, more = counted(row["count"]["field"])
    return {**row["count"], "field": field} | ({"less": -more} if more else {})


def _count_words(row: Row) -> str:
    """The number of queues of a kind, as text."""
    count, by = str(many(row)), count_by(row)
    if by is None:
        return count
    says = by["field"] + (f" less {by['less']}" if "less" in by else "")
    gates = gates_text(by)
    return f"{count}; with {gates} {says}" if gates else says


def _queue_at(file: SpecFile, row: Row, listed: dict[str, Row], moves: list[Gate]) -> QueueAt | None:
    """The function that returns a queue's index, None if the index is fixed."""
    c = ident(file.prefix, "queue", row["name"], "at")
    if moves:
        several = count_by(row) is not None or many(row) > 1
        text = " +\n           ".join(
            [f"{row['index'] - len(moves)}u"]
            + [
                f"({' || '.join(f'vwr_features_have(f, {one})' for one in move.any)} ? 1u : 0u)"
                for move in moves
            ]
        )
        return QueueAt(
            c=c,
            param="f, i" if several else "f",
            text=text + " + i" * several,
            params="const struct vwr_features *f" + ", unsigned i" * several,
            words="depends on the negotiated features: an absent queue has no number."
            + " i counts from 0." * several,
        )
    if "behind" in row:
        way = followed(listed, row)
        before = way[-1]
        stride = before.get("stride", 1)
        first = before["index"] + 1 + between(way)
        rest = first - stride
        text = (
            f"{first}u + {stride}u * n - {stride}u"
            if rest < 0
            else (f"{rest}u + " if rest else "") + (f"{stride}u * n" if stride > 1 else "n")
        )
        several = count_by(row) is not None  # otherwise the first queue
        step = row.get("stride", 1)
        return QueueAt(
            c=c,
            param="n, i" if several else "n",
            text=text + (f" + {step}u * i" if step > 1 else " + i") * several,
            params="unsigned n" + ", unsigned i" * several,
            words=f"n is the number of {before['name']} queues." + " i counts from 0." * several,
        )
    if row.get("stride", 1) > 1:
        text = f"{row['index']}u + " * bool(row["index"]) + f"{row['stride']}u * i"
        return QueueAt(c=c, param="i", params="unsigned i", text=text, words="i counts from 0.")
    return None
