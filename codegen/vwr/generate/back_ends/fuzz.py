# SPDX-License-Identifier: MIT
"""For fuzzers: a dictionary of each device with messages, and each message once, valid, as a seed."""

import re
from collections.abc import Iterator
from typing import Any

from vwr.back_end import BackEnd, Output
from vwr.generate.back_ends.common import Description
from vwr.model.data import data_of
from vwr.model.ends_test import ends_test
from vwr.model.nodes.ends_test import Half
from vwr.model.nodes.files import Device, Model
from vwr.model.structs import SCALARS

Row = dict[str, Any]
_DICTIONARY, _SEED = "fuzz/{name}.dict", "fuzz/seeds/{name}/{side}/{queue}-{message}"


def _number(value: int, kind: str) -> bytes:
    """As it lies in memory."""
    bytes_ = SCALARS[kind][0]
    return (value & (1 << 8 * bytes_) - 1).to_bytes(bytes_, "big" if kind.startswith("be") else "little")


def _is_small(value: int | str) -> bool:
    """A larger number is a text in virtwright.json."""
    return isinstance(value, int) and value < 1 << 32


def _entries(device: Row) -> Iterator[tuple[str, bytes]]:
    """(name, value): what selects messages, statuses, feature bits, other constants, sizes."""
    for exchange in device["messages"]:
        for row in exchange["rows"]:
            for place, value in zip(exchange.get("select", []), row.get("values", [])):
                name = f"{exchange['queue']}_{row['name']}_{place['path'] or place['part']}"
                yield name, _number(value << place["shift"], place["type"])
            for ok in row.get("ok", []) + ([row["refuse"]] if "refuse" in row else []):
                yield f"status_{ok['name']}", _number(ok["value"], row["status"]["type"])
    for group in device.get("groups", []):
        for value in group["values"]:
            if group["kind"] == "features":
                yield f"F_{value['name']}", _number(1 << value["value"] % 32, "le32")
            elif group["kind"] in ("enums", "flags") and _is_small(value["value"]):
                yield f"{group['name']}_{value['name']}", _number(value["value"], "le32")
    for struct in device.get("structs", []):
        if struct.get("size"):
            yield f"size_{struct['name']}", _number(struct["size"], "le16")


def _dictionary(m: Model) -> str:
    """One entry for each value; an empty text if there is none."""
    once: dict[bytes, str] = {}
    for name, value in _entries(data_of(m)):
        once.setdefault(value, name)
    said = {
        re.sub(r"\W", "_", f"v{m.name}_{name}"): "".join(f"\\x{byte:02x}" for byte in value)
        for value, name in once.items()
    }
    head = (
        f"# SPDX-License-Identifier: {m.license}\n# Generated from {m.path} by ./vwr generate: do not edit.\n"
    )
    return head + "".join(f'{name}="{value}"\n' for name, value in said.items()) if said else ""


def _bytes(half: Half) -> bytes:
    """What one side writes in a valid message: fixed fields, and any data between them."""
    data = bytearray(n * 7 % 251 for n in range(half.data_bytes))
    data[half.over_at : half.over_at + len(half.over)] = bytes(half.over)
    form = bytes(half.form)
    return form[: half.first] + bytes(data) + form[half.first :]


def _seeds(device: Device) -> Iterator[Output]:
    test = ends_test(device)
    for lane in test.lanes if test else []:
        for trial in lane.trials:
            for side, half in (("driver", trial.out), ("device", trial.back)):
                content = _bytes(half)
                if content:
                    path = _SEED.format(
                        name=device.name, queue=lane.end.name, message=trial.end.name, side=side
                    )
                    yield Output(path, "", device.path, content)


def _outputs(description: Description) -> Iterator[Output]:
    for m in description.models:
        if isinstance(m, Device) and m.messages:
            text = _dictionary(m)
            if text:
                yield Output(_DICTIONARY.format(name=m.name), text, m.path)
            yield from _seeds(m)


BACK_END = BackEnd("for fuzzers", "models: device", ("fuzz/*.dict", "fuzz/seeds/*"), _outputs)
