# SPDX-License-Identifier: MIT
"""virtwright.json by itself: what a message refers to is there, in the bytes of the part that it names."""

import json
import re
import shutil
import sys

import pytest

from processes import output
from gen_help import ROOT

DATA = json.loads((ROOT / "generated/virtwright.json").read_text(encoding="utf-8"))
FILES = [one for one in DATA["files"] if "messages" in one]
WIDTHS = {kind + str(8 * n): n for n in (1, 2, 4, 8) for kind in ("u", "le", "be")}


def number(file, struct, path):
    """(offset, bytes) of a number of a struct; None: it has none of that name."""
    first, _, rest = path.partition(".")
    for field in struct["fields"]:
        if field["name"] != first:
            continue
        if not rest:
            return field.get("offset", 0), WIDTHS.get(field["type"], 0)
        inner = next((one for one in file["structs"] if one["name"] == field["type"]), None)
        found = number(file, inner or {"fields": field.get("members", [])}, rest)
        return found and (field.get("offset", 0) + found[0], found[1])
    return None


def references(row):
    """All references and places of a message."""
    for side in ("out", "back"):
        for part in row.get(side, []):
            yield from (
                part[key]
                for key in ("count", "bytes", "stride", "least", "max")
                if isinstance(part.get(key), dict)
            )
    within = row.get("within", {})
    yield from (within[key] for key in ("start", "count", "end") if isinstance(within.get(key), dict))
    yield from row.get("select", [])
    yield from [row["status"]] if "status" in row else []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file["name"])
def test_what_a_message_refers_to_is_there(file):
    structs = {one["name"]: one for one in file.get("structs", [])}
    wrong = []
    for exchange in file["messages"]:
        for row in exchange["rows"]:
            said = [*references(row), *(exchange.get("select", []) if row is exchange["rows"][0] else [])]
            for one in said:
                if not one.get("part"):
                    continue
                side = row.get("out" if one["side"] == "R" else "back", [])
                part = next((part for part in side if part["name"] == one["part"]), None)
                if part is None:
                    wrong.append((row["name"], one))
                elif "path" in one and "struct" in part:
                    found = number(file, structs[part["struct"]], one["path"])
                    end = part.get("begin", 0) + part["size"]
                    if not found or not part.get("begin", 0) <= found[0] <= found[0] + found[1] <= end:
                        wrong.append((row["name"], one))
                elif "path" in one:
                    wrong.append((row["name"], one))
    assert not wrong


def test_a_reader_in_javascript_has_the_same_numbers():
    """Numbers beyond 2^53 are texts in hexadecimal: a number of JavaScript does not hold them."""

    def numbers(node):
        if isinstance(node, dict):
            for one in node.values():
                yield from numbers(one)
        elif isinstance(node, list):
            for one in node:
                yield from numbers(one)
        elif isinstance(node, int):
            yield node

    assert all(abs(one) < 1 << 53 for one in numbers(DATA))


PAGE = (ROOT / "docs/data.md").read_text(encoding="utf-8")


def said_by(language, suffix, command, tmp_path):
    """What the page's program prints of a device."""
    (text,) = re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.M | re.S)
    assert len(text.splitlines()) <= 35
    (tmp_path / f"reader{suffix}").write_text(text, encoding="utf-8")
    words = [command, tmp_path / f"reader{suffix}", ROOT / "generated/virtwright.json", "vsock"]
    return output(words)


def test_the_readers_of_the_page(tmp_path):
    python = said_by("python", ".py", sys.executable, tmp_path)
    assert "feature 0 STREAM\n" in python and "tx RW: hdr bytes[hdr.len] -> \n" in python
    if shutil.which("node"):
        assert said_by("javascript", ".js", "node", tmp_path) == python
