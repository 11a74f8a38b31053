#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""seeds.py OUT: what fuzzers of messages begin with, out of generated/virtwright.json alone.

OUT/DEVICE.dict   for libFuzzer and AFL: what selects messages, statuses, feature bits, sizes
OUT/all.dict      all of them
OUT/services/     inputs of fuzz_services: each message of each device, right as it stands, and each event
OUT/clients/      inputs of fuzz_clients: each call of each client
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
Row = dict[str, Any]
SCALARS = {"u8": 1, "le16": 2, "le32": 4, "le64": 8, "be16": 2, "be32": 4, "be64": 8, "u16": 2, "u32": 4, "u64": 8}
DATA = 16  # bytes of what has no fixed length
ROOM = 63  # for data of the device: as much as a message can say in single bytes (script.c)
# Steps of a script (script.c), of the clients' calls (fuzz_clients.c), and what stands before the first.
START, MESSAGE, HOST = 0, 1, 14
RINGS = {"split": 0x00, "packed": 0x07}


def number(value: int, kind: str) -> bytes:
    """As it lies in memory."""
    return (value & (1 << 8 * SCALARS[kind]) - 1).to_bytes(SCALARS[kind], "big" if kind.startswith("be") else "little")


def length(part: Row) -> int:
    """Bytes of a part: none of what a field of zeroes counts, a few of what is open."""
    said = [part[key] for key in ("count", "bytes") if key in part]
    if said:
        return int(part.get("size", 1)) * said[0] if isinstance(said[0], int) else 0
    unit, least = (part[key] if isinstance(part.get(key), int) else 1 for key in ("multiple_of", "least"))
    wanted = max(DATA, least, int(part.get("size", 1)))
    return -(-wanted // unit) * unit


def selected(exchange: Row, row: Row, out: bytearray) -> bytes:
    """What tells the message apart is in it."""
    for place, value in zip(exchange.get("select", []), row.get("values", [])):
        end = place.get("offset", len(out)) + SCALARS[place["type"]]
        if end <= len(out):
            old = int.from_bytes(out[place["offset"]:end], "big" if place["type"].startswith("be") else "little")
            out[place["offset"]:end] = number(old | value << place["shift"], place["type"])
    return bytes(out)


def messages(device: Row) -> Iterator[tuple[int, Row, Row]]:
    """(index of the queue, the exchange, a message of it)."""
    names = [queue["name"] for queue in device["queues"]]
    for exchange in device["messages"]:
        place = names.index(exchange["queue"])
        index = device["queues"][place].get("index", place)
        for row in exchange["rows"]:
            yield index, exchange, row


def entries(device: Row) -> Iterator[tuple[str, bytes]]:
    """Of a dictionary."""
    for _, exchange, row in messages(device):
        for place, value in zip(exchange.get("select", []), row.get("values", [])):
            yield f"{exchange['queue']}_{row['name']}_{place['path'] or place['part']}", number(value << place["shift"], place["type"])
        for ok in row.get("ok", []) + ([row["refuse"]] if "refuse" in row else []):
            yield f"status_{ok['name']}", number(ok["value"], row["status"]["type"])
    for group in device.get("groups", []):
        for value in group["values"]:
            if group["kind"] == "features":
                yield f"F_{value['name']}", number(1 << value["value"] % 32, "le32")
            elif group["kind"] in ("enums", "flags") and value["value"] < 1 << 32:
                yield f"{group['name']}_{value['name']}", number(value["value"], "le32")
    for struct in device.get("structs", []):
        if struct.get("size"):
            yield f"size_{struct['name']}", number(struct["size"], "le16")


def dictionary(device: Row) -> str:
    """One entry a value, each value once."""
    once: dict[bytes, str] = {}
    for name, value in entries(device):
        once.setdefault(value, name)
    said = {re.sub(r"\W", "_", f"v{device['name']}_{name}"): "".join(f"\\x{byte:02x}" for byte in value) for value, name in once.items()}
    return "".join(f'{name}="{value}"\n' for name, value in said.items())


def message(index: int, out: bytes, room: int) -> bytes:
    """A step of a script: see script_message."""
    out, large = out[:0x3ff], room > ROOM
    room = min(-(-room // 64) if large else room, ROOM)
    return bytes([MESSAGE, index % 6 | (0x80 if large else 0)]) + number(len(out) | room << 10, "le16") + out


def services(device: Row) -> Iterator[tuple[str, bytes]]:
    """Inputs of fuzz_services, by name."""
    events = 0
    for index, exchange, row in messages(device):
        steps = b""
        if exchange["sender"] == "device":
            steps = message(index, b"", ROOM) + bytes([HOST, events, 0, DATA])
            events += 1
        else:
            out = selected(exchange, row, bytearray(sum(length(part) for part in row.get("out", []))))
            answered = bytes([0x40, 0x2f, 0])  # its function moves data and answers that it went well
            steps = message(index, out, sum(length(part) for part in row.get("back", []))) + answered
        for ring, features in RINGS.items():
            plan = bytes([device["id"], 0, features, 0x0c])
            yield f"{device['name']}_{exchange['queue']}_{row['name'].lower()}_{ring}", plan + bytes([START, 0, 0, 0, 0, 0]) + steps


def clients(device: Row) -> Iterator[tuple[str, bytes]]:
    """Inputs of fuzz_clients: the device is opened, and each call is made once with what the device answers to it."""
    count = sum(exchange["sender"] == "driver" for _, exchange, _ in messages(device))
    for ring, features in RINGS.items():
        plan = bytes([device["id"], 0, features, 0x0c])
        for which in range(2 * count):
            call = bytes([2, which, DATA, DATA]) + bytes([0x40, 0x2f, 0])
            yield f"{device['name']}_call{which}_{ring}", plan + bytes([0, 0, 0]) + call + bytes([4, 0, 5, 0])


def main(folder: Path) -> None:
    """Writes all of it."""
    files = json.loads((ROOT / "generated/virtwright.json").read_text(encoding="utf-8"))["files"]
    devices = [one for one in files if one["kind"] == "device" and one.get("messages")]
    for room in ("services", "clients"):
        (folder / room).mkdir(parents=True, exist_ok=True)
    texts = {one["name"]: dictionary(one) for one in devices}
    for name, text in {**texts, "all": "".join(texts.values())}.items():
        (folder / f"{name}.dict").write_text(text, encoding="ascii")
    for room, made in (("services", services), ("clients", clients)):
        for one in devices:
            for name, seed in made(one):
                (folder / room / name).write_bytes(seed)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
