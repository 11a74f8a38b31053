# SPDX-License-Identifier: MIT
"""Model of a transport with channel commands."""

from typing import Any

from vwr.model import device
from vwr.model.nodes.files import Channel
from vwr.model.nodes.registers import ChannelCommand
from vwr.model.nodes.values import Value
from vwr.spec.condition import said
from vwr.spec.load import Row, SpecFile
from vwr.spec.since import AT


def _words(row: Row, excludes: list[str]) -> str:
    """Sentences about a command's other properties."""
    does = row.get("behaviour", [])
    words = [
        "Sent before any other command." if "first" in does else "",
        "Sent once." if "write-once" in does else "",
        f"In legacy it carries {row['legacy']['part']}." if "legacy" in row else "",
        f"The device fills in {', '.join(row['writable'])}." if "writable" in row else "",
        f"Since revision {row['revision']}." if "revision" in row else "",
        f"The device rejects {', '.join(excludes)} afterwards." if excludes else "",
    ]
    return "".join(f" {word}" for word in words if word)


def _command(row: Row, value: Value, rows: list[Row]) -> ChannelCommand:
    text = lambda key: row.get(key, "")
    excludes = [other["name"] for other in rows if row["name"] in said(other, "when").named(so=False)]
    does = row.get("behaviour", [])
    return ChannelCommand(
        place=row.get(AT),
        name=value.name,
        value=value,
        dir=row["dir"],
        part=text("part"),
        legacy_part=row.get("legacy", {}).get("part", ""),
        back=row.get("writable", []),
        revision=text("revision"),
        first="first" in does,
        write_once="write-once" in does,
        excludes=excludes,
        status="status" in does,
        resets="resets" in does,
        only=row.get("only"),
        since=value.since,
        words=_words(row, excludes),
    )


def build(file: SpecFile, reserved: dict[str, str], **common: Any) -> Channel:
    """The model of the file."""
    made = device.build_structs(file, reserved, **common)
    commands = file.data["channel"]
    values = {row.name: row for e in reversed(made.enums) for row in e.rows if e.name == "command"}
    return Channel(
        **vars(made),
        channel=[_command(row, values[row["name"]], commands) for row in commands if row["name"] in values],
    )
