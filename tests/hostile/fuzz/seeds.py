#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""seeds.py OUT: what our fuzzers begin with, out of generated/ alone.

OUT/all.dict      the dictionaries of all devices, of generated/fuzz
OUT/services/     inputs of fuzz_services: each message of each device, right as it stands, and each event
OUT/clients/      inputs of fuzz_clients: each call of each client
OUT/gpu/ ...      inputs of fuzz_gpu and its like: conversations (class_seeds.txt), and each message alone
OUT/tables/       inputs of fuzz_tables: resource tables (table_seeds.py)
OUT/tree/         inputs of fuzz_tree: machines (tree_seeds.py)
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import class_seeds
import table_seeds
import tree_seeds

ROOT = Path(__file__).resolve().parents[3]
Row = dict[str, Any]
SCALARS = {
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
DATA = 16  # bytes of what has no fixed length
ROOM = 63  # for data of the device: as much as a message can say in single bytes (script.c)
# Steps of a script (script.c), of the clients' calls (fuzz_clients.c), and what stands before the first.
START, MESSAGE, HOST = 0, 1, 14
QUEUES = 8  # of the device: world.h
FAMILY = 2  # queues of a kind of which the configuration says how many there are: services.h, clients.h
RINGS = {"split": 0x00, "packed": 0x07}


def number(value: int, kind: str) -> bytes:
    """As it lies in memory."""
    return (value & (1 << 8 * SCALARS[kind]) - 1).to_bytes(
        SCALARS[kind], "big" if kind.startswith("be") else "little"
    )


def length(part: Row) -> int:
    """The bytes of a part: none if its count is a zero field, and a few if its size is open."""
    said = [part[key] for key in ("count", "bytes") if key in part]
    if said:
        return int(part.get("size", 1)) * said[0] if isinstance(said[0], int) else 0
    unit, least = (part[key] if isinstance(part.get(key), int) else 1 for key in ("multiple_of", "least"))
    wanted = max(DATA, least, int(part.get("size", 1)))
    return -(-wanted // unit) * unit


def selected(exchange: Row, row: Row, out: bytearray) -> bytes:
    """Contains the fields that identify the message."""
    for place, value in zip(exchange.get("select", []), row.get("values", [])):
        end = place.get("offset", len(out)) + SCALARS[place["type"]]
        if end <= len(out):
            old = int.from_bytes(
                out[place["offset"] : end], "big" if place["type"].startswith("be") else "little"
            )
            out[place["offset"] : end] = number(old | value << place["shift"], place["type"])
    return bytes(out)


def indexes(device: Row, name: str) -> list[int]:
    """For a queue, or for each queue of a family."""
    queues = {queue["name"]: queue for queue in device["queues"]}
    queue = queues[name]
    if "behind" in queue:
        return [queues[queue["behind"]].get("stride", 1) * FAMILY]
    first = queue.get("index", list(queues).index(name))
    return [first + n * queue.get("stride", 1) for n in range(FAMILY if "field" in queue else 1)]


def messages(device: Row) -> Iterator[tuple[Row, Row]]:
    """(the exchange, a message of it)."""
    for exchange in device["messages"]:
        for row in exchange["rows"]:
            yield exchange, row


def events(device: Row) -> list[tuple[Row, Row, int]]:
    """The device's transmissions and their queues, in the order of services.c.j2: messages, then bytes."""
    sent = [(exchange, row) for exchange, row in messages(device) if exchange["sender"] == "device"]
    sent.sort(key=lambda one: "stream" in one[1])
    return [(exchange, row, index) for exchange, row in sent for index in indexes(device, exchange["queue"])]


def message(index: int, out: bytes, room: int) -> bytes:
    """A step in a script; see script_message."""
    out, large = out[:0x3FF], room > ROOM
    room = min(-(-room // 64) if large else room, ROOM)
    return (
        bytes([MESSAGE, index % QUEUES | (0x80 if large else 0)])
        + number(len(out) | room << 10, "le16")
        + out
    )


def services(device: Row) -> Iterator[tuple[str, bytes]]:
    """Inputs of fuzz_services, by name."""
    made = [
        (exchange, row, index, message(index, b"", ROOM) + bytes([HOST, which, 0, DATA]))
        for which, (exchange, row, index) in enumerate(events(device))
    ]
    answered = bytes([0x40, 0x2F, 0])  # its function moves data and returns success
    for exchange, row in messages(device):
        if exchange["sender"] == "driver":
            out = selected(exchange, row, bytearray(sum(length(part) for part in row.get("out", []))))
            room = sum(length(part) for part in row.get("back", []))
            made += [
                (exchange, row, index, message(index, out, room) + answered)
                for index in indexes(device, exchange["queue"])
            ]
    for exchange, row, index, steps in made:
        for ring, features in RINGS.items():
            plan = bytes([device["id"], 0, features, 0x0C])
            yield f"{device['name']}_{index}_{row['name'].lower()}_{ring}", plan + bytes(
                [START, 0, 0, 0, 0, 0]
            ) + steps


def clients(device: Row) -> Iterator[tuple[str, bytes]]:
    """Inputs for fuzz_clients: the device is opened, and each call is made once, with the device's answer."""
    made = [
        exchange
        for sent in (False, True)
        for exchange, row in messages(device)
        if exchange["sender"] == "driver" and ("stream" in row) == sent
        for _ in range(1 if sent else 2)
    ]
    for ring, features in RINGS.items():
        plan = bytes([device["id"], 0, features, 0x0C])
        for which, exchange in enumerate(made):
            for n in range(len(indexes(device, exchange["queue"]))):
                call = bytes([2 + 8 * n, which, DATA, DATA]) + bytes([0x40, 0x2F, 0])
                yield f"{device['name']}_call{which}_{n}_{ring}", plan + bytes([0, 0, 0]) + call + bytes(
                    [4, 0, 5, 0]
                )


# For the VMM's functions that a message calls, each of which takes a byte as its answer: it goes well. A byte that no
# function takes is a step in which nothing happens.
IDLE = bytes(3 * [35])


def classes(device: Row) -> Iterator[tuple[str, bytes]]:
    """Inputs of the target of a class: conversations, and what `services` says without the bytes for its functions."""
    alone = [
        (
            f"{exchange['queue']}_{row['name'].lower()}",
            [
                (
                    index,
                    selected(exchange, row, bytearray(sum(map(length, row.get("out", []))))),
                    sum(map(length, row.get("back", []))),
                )
            ],
        )
        for exchange, row in messages(device)
        if exchange["sender"] == "driver"
        for index in indexes(device, exchange["queue"])[:1]
    ]
    for name, steps in [*class_seeds.Conversations(class_seeds.CLASSES[device["name"]], device), *alone]:
        made = b"".join(
            message(queue, out, room) + IDLE if queue is not None else bytes([HOST]) + out
            for queue, out, room in steps
        )
        for ring, features in RINGS.items():
            index = class_seeds.SHARED.get(device["name"], ("", 0))[
                1
            ]  # number of the class in its fuzzer: class_buses.c
            least = 0x0C + (0x20 if index > 2 else 0)
            kind = next(byte for byte in range(least, least + 4) if byte % 3 == index % 3)
            yield f"{name}_{ring}", bytes([0, features, kind, START, 0, 0, 0, 0, 0]) + made


def main(folder: Path) -> None:
    """Writes all of it."""
    files = json.loads((ROOT / "generated/virtwright.json").read_text(encoding="utf-8"))["files"]
    devices = [one for one in files if one["kind"] == "device" and one.get("messages")]
    rooms = {name: class_seeds.SHARED.get(name, (name, 0))[0] for name in class_seeds.CLASSES}
    for room in ("services", "clients", "tables", "tree", *rooms.values()):
        (folder / room).mkdir(parents=True, exist_ok=True)
    texts = [path.read_text(encoding="ascii") for path in sorted((ROOT / "generated/fuzz").glob("*.dict"))]
    (folder / "all.dict").write_text("".join(texts), encoding="ascii")
    for name, seed in table_seeds.seeds():
        (folder / "tables" / name).write_bytes(seed)
    for name, seed in tree_seeds.seeds():
        (folder / "tree" / name).write_bytes(seed)
    for room, made in (("services", services), ("clients", clients)):
        for one in devices:
            for name, seed in made(one):
                (folder / room / name).write_bytes(seed)
    for one in devices:
        if one["name"] in class_seeds.CLASSES:
            for name, seed in classes(one):
                (folder / rooms[one["name"]] / f"{one['name']}_{name}").write_bytes(seed)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
