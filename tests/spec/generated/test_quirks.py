# SPDX-License-Identifier: MIT
"""Quirks of known devices and drivers: in headers at what they concern, on pages and in JSON; comments of programs name them."""

import json
import re

from gen_help import MMIO, ROOT, checked, edited, models, rendered
from vwr.generate import copies
from vwr.model.tree import models as models_of

QUIRK = """
quirks:
  - {name: slow, who: Slowmu, versions: "1.5", side: device, about: registers.QueueReady, brief: It is slow., remedy: A driver waits.}
  - {name: shy, who: Slowmu, versions: "1.5", side: device, brief: It hides., remedy: A driver seeks.}
"""
OF_DRIVERS = """  - {name: eager, who: "Fastos, zOS and Aos", versions: "1, 2 and 3", side: driver, unseen: true, about: registers.Status,
     breaks: [init.drv.15, init.drv.1], brief: It is eager., remedy: A device waits.}
"""
_NAMED = re.compile(r"\bquirk\s+(?:\*\s+)?([a-z0-9-]+\.[a-z0-9-]+)")


def _with_quirks(texts):
    return {**texts, MMIO: texts[MMIO].partition("\nquirks:")[0] + QUIRK}


def test_it_is_at_its_row_and_once(texts):
    files = rendered(_with_quirks(texts))
    for path in ("include/vwr/gen/mmio.h", "standalone/virtio_mmio.h"):
        words = re.sub(r"[\s*]+", " ", files[path])
        assert words.count("Quirk mmio.slow (Slowmu 1.5): It is slow. A driver waits.") == 1
        assert re.search(
            r"QUEUE_READY[ =]+0x044,? / 1 if the queue is ready; modern only; RW. Quirk mmio.slow",
            words,
        )
        assert words.index("Quirk mmio.shy") < words.index("#ifndef"), "that of the whole file is at its head"


def test_pages_and_data_have_it(texts):
    files = rendered(_with_quirks(texts))
    assert (
        "| slow | Slowmu, device | 1.5 | registers.QueueReady | It is slow. | A driver waits. |\n"
        in files["docs/mmio.md"]
    )
    data = next(one for one in json.loads(files["virtwright.json"])["files"] if one["name"] == "mmio")
    assert data["quirks"] == [
        {
            "name": "slow",
            "who": "Slowmu",
            "versions": "1.5",
            "side": "device",
            "about": "registers.QueueReady",
            "brief": "It is slow.",
            "remedy": "A driver waits.",
        },
        {
            "name": "shy",
            "who": "Slowmu",
            "versions": "1.5",
            "side": "device",
            "brief": "It hides.",
            "remedy": "A driver seeks.",
        },
    ]


def test_clauses_and_what_was_only_read(texts):
    texts = _with_quirks(texts)
    files = rendered({**texts, MMIO: texts[MMIO] + OF_DRIVERS})
    words = re.sub(r"[\s*]+", " ", files["include/vwr/gen/mmio.h"])
    assert (
        "Quirk mmio.eager (Fastos, zOS and Aos 1, 2 and 3, not seen here): It is eager. A device waits."
        in words
    )
    assert (
        "| 1, 2 and 3, not seen here | registers.Status | It is eager. (init.drv.15, init.drv.1) |"
        in files["docs/mmio.md"]
    )
    data = next(one for one in json.loads(files["virtwright.json"])["files"] if one["name"] == "mmio")
    assert data["quirks"][2]["unseen"] is True and data["quirks"][2]["breaks"] == [
        "init.drv.15",
        "init.drv.1",
    ]


def _rows(page):
    """{title: the rows of its table}"""
    parts = re.split(r"^### (\w+)\n", page, flags=re.M)[1:]
    return {
        title: [
            [cell.strip() for cell in line.split("|")[1:-1]] for line in part.splitlines() if line[:2] == "| "
        ][1:]
        for title, part in zip(parts[::2], parts[1::2])
    }


def test_the_table_has_a_row_for_each_peer(texts):
    texts = _with_quirks(texts)
    tables = _rows(rendered({**texts, MMIO: texts[MMIO] + OF_DRIVERS})["docs/quirks.md"])
    assert [row for row in tables["Devices"] if row[0] == "Slowmu"] == [
        ["Slowmu", "1.5", "registers.QueueReady", "It is slow.", "A driver waits.", "`mmio.slow`"],
        ["Slowmu", "1.5", "all", "It hides.", "A driver seeks.", "`mmio.shy`"],
    ]
    own = [row for row in tables["Drivers"] if row[-1] == "`mmio.eager`"]
    assert [row[:2] for row in own] == [
        ["Aos", "3, not seen here"],
        ["Fastos", "1, not seen here"],
        ["zOS", "2, not seen here"],
    ]
    assert own[0][3] == "It is eager. (init.drv.15, init.drv.1)"
    for table in tables.values():
        assert [row[0].casefold() for row in table] == sorted(row[0].casefold() for row in table)


def test_interop_has_a_row_for_each_quirk():
    data = json.loads((ROOT / "generated/virtwright.json").read_text("utf-8"))
    page = (ROOT / "docs/interop.md").read_text("utf-8")
    tables = {
        title: {row[-1] for row in rows} for title, rows in _rows(page.partition("quirks.md end")[0]).items()
    }
    for side, title in (("device", "Devices"), ("driver", "Drivers")):
        all_of_it = {
            f"`{one['name']}.{row['name']}`"
            for one in data["files"]
            for row in one.get("quirks", [])
            if row["side"] == side
        }
        assert all_of_it == tables[title]


def test_a_quirk_without_its_row_on_the_page_is_found(monkeypatch, tmp_path):
    files = {copies.QUIRKS: (ROOT / "generated" / copies.QUIRKS).read_bytes()}
    copy = next(one for one in copies.COPIES if one.of == copies.QUIRKS)
    text = copy.page.read_text("utf-8")
    page = tmp_path / "interop.md"
    monkeypatch.setattr(copies, "COPIES", (copy._replace(page=page),))
    page.write_text(text, "utf-8")
    assert not [*copies.stale(files)]
    lines = text.splitlines(True)
    page.write_text("".join(line for line in lines if "`mmio.lk-early-queue`" not in line), "utf-8")
    assert [one.what for one in copies.stale(files)] == ["table of quirks"]
    assert copies.made(copy, page.read_text("utf-8"), files) == text


def test_a_version_without_the_row_has_no_quirk_of_it(texts):
    texts = edited(_with_quirks(texts), MMIO, "about: registers.QueueReady", "about: registers.QueueReset")
    older = {m.name: m for m in models_of(checked(texts), "1.1")}
    assert [row.name for row in older["mmio"].quirks] == ["shy"]
    assert [row.name for row in models(texts)["mmio"].quirks] == ["slow", "shy"]


def test_comments_of_the_runtime_name_quirks_that_there_are():
    data = json.loads((ROOT / "generated/virtwright.json").read_text("utf-8"))
    known = {f"{one['name']}.{row['name']}" for one in data["files"] for row in one.get("quirks", [])}
    named = {
        name
        for folder in ("runtime", "hosted", "integrations")
        for path in sorted((ROOT / folder).rglob("*.[ch]"))
        for name in _NAMED.findall(path.read_text("utf-8"))
    }
    assert named - known == set()
    assert "mmio.queue-reset" in named
