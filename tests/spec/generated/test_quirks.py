# SPDX-License-Identifier: MIT
"""Quirks of known devices and drivers: in headers at what they concern, on pages and in JSON; comments of programs name them."""

import json
import re

from gen_help import MMIO, ROOT, checked, edited, models, rendered
from vwr.model.tree import models as models_of

QUIRK = """
quirks:
  - {name: slow, who: Slowmu, versions: "1.5", side: device, about: registers.QueueReady, brief: It is slow., remedy: A driver waits.}
  - {name: shy, who: Slowmu, versions: "1.5", side: device, brief: It hides., remedy: A driver seeks.}
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
