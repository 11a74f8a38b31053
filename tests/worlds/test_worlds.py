# SPDX-License-Identifier: MIT
"""The worlds of CI, those that once failed, and whether the judges can see a failure."""

import collections
import json
import os
import re
import struct
from pathlib import Path
from typing import Any

import breaches
import described
import firmware
import guest
import habits
import pytest
import rules
import run
import worlds
from processes import completed, need

HERE = Path(__file__).parent
FOLDER = Path(os.environ["VWR_BUILD_DIR"]) / "tests" / "worlds"
COUNT = 2000
NAMED = sorted((HERE / "named").glob("*.json"))


def test_worlds_of_many_seeds() -> None:
    """Each legal world works, each illegal one is refused by a message that names the rule; each guest is served."""
    seen, failed = run.run(FOLDER, 0, COUNT)
    assert not failed, "\n".join(failed)
    print("\n".join(run.table(seen)))
    for side in ("driver", "guest"):
        legal, illegal = (seen[f"all of the {side}'s", kind] for kind in ("legal", "illegal"))
        assert legal + illegal == COUNT // 2 and min(legal, illegal) > COUNT // 10


@pytest.mark.parametrize("file", NAMED, ids=lambda file: file.stem)
def test_named(file: Path) -> None:
    """Worlds in which something was wrong once."""
    assert run.judge(FOLDER, json.loads(file.read_text())["world"]) == ""


def test_each_rule_has_a_clause_and_worlds() -> None:
    """A clause of the specification, or a section; and among the seeds of a soak worlds that break it, and others."""
    made = collections.Counter(worlds.make(seed)["broken"] for seed in range(3000))
    made += collections.Counter(guest.choose(seed)["broken"] for seed in range(3000))
    for rule in rules.RULES:
        assert rule.clause in described.clauses() or " " in rule.clause, rule
    for name in [rule.name for rule in rules.RULES] + [row.name for row in breaches.BREACHES]:
        assert made[name] > 0, name
    assert made[""] > 2000


@pytest.mark.parametrize("wide", (True, False))
def test_iasl_reads_the_tables(tmp_path: Path, wide: bool) -> None:
    """
    Without a warning. What it makes of them again differs in the compiler's name and the checksum only.
    """
    need("iasl", debian="acpica-tools")
    segments = [[0xC0000000, 0, 1], [0x9000000000, 0x40, 0x41]]
    shape = {"wide": wide, "others": [], "segments": segments, "last": False}
    data = firmware.tables({"space": 0xB0000000, "buses": [0, 3], "tables": shape}, 0x1000)
    for signature in ("MCFG", "XSDT" if wide else "RSDT"):
        at = data.index(signature.encode())
        table = data[at : at + struct.unpack_from("<I", data, at + 4)[0]]
        (tmp_path / "table.aml").write_bytes(table)
        for words in (["-d", "table.aml"], ["-p", "again", "table.dsl"]):
            done = completed(["iasl", *words], cwd=tmp_path)
            said = done.stdout + done.stderr
            assert done.returncode == 0 and not re.search(r"(Error|Warning|Remark)\b", said), said
        again = (tmp_path / "again.aml").read_bytes()
        assert again[:9] + again[10:28] + again[36:] == table[:9] + table[10:28] + table[36:]
        (tmp_path / "table.dsl").unlink()


def legal_world() -> dict[str, Any]:
    """A plain one."""
    made = (worlds.make(seed) for seed in range(100))
    return next(w for w in made if w["transport"] == "mmio" and not w["broken"] and not w["left"])


@pytest.mark.parametrize(
    "key, value, word",
    [
        ("magic", 0, "MagicValue"),
        ("window", 0x10, "256"),
        ("device_id", 63, "find: -1"),
        ("refuses_features", True, "FEATURES_OK"),
    ],
)
def test_a_legal_world_that_is_not(key: str, value: Any, word: str) -> None:
    """The judge of legal worlds sees a device that is refused."""
    world = legal_world() | {key: value, "legacy": False, "source": "windows"}
    world["version"], world["offered"] = 2, ["VERSION_1"]
    assert word in run.judge(FOLDER, world)


def test_a_rule_that_is_not_broken() -> None:
    """The judge of illegal worlds sees a device that works."""
    assert "not refused" in run.judge(FOLDER, legal_world() | {"broken": "magic"})


def broken_guest(name: str) -> dict[str, Any]:
    """A guest that breaks a rule."""
    return next(w for w in map(guest.choose, range(10000)) if w["broken"] == name and not w["moment"])


def test_a_rule_that_the_monitor_does_not_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """The judge of a guest sees a monitor that names another rule, and a device that goes on."""
    world = broken_guest("AVAIL_HEAD")
    assert run.judge(FOLDER, world) == ""
    monkeypatch.setattr(breaches.BY_NAME["AVAIL_HEAD"], "bases", ("feat.drv.1",))
    assert "does not name" in run.judge(FOLDER, world)
    monkeypatch.setattr(breaches.BY_NAME["REGISTER_WRITE_ONLY"], "reaction", "fault")
    assert "goes on" in run.judge(FOLDER, broken_guest("REGISTER_WRITE_ONLY"))


def test_a_guest_that_is_not_legal(monkeypatch: pytest.MonkeyPatch) -> None:
    """The monitor of the device's side sees a guest that skips a step."""
    world = next(w for w in map(guest.choose, range(100)) if not w["legacy"] and not w["pci"])
    monkeypatch.setattr(guest.Mmio, "__init__", guest.Transport.__init__)
    assert "driver, mmio.drv.init.1" in run.judge(FOLDER, world)


def guest_with_habit(name: str) -> dict[str, Any]:
    """A guest with a habit."""
    return next(w for w in map(guest.choose, range(100000)) if w.get("habit") == name)


@pytest.mark.parametrize("habit", habits.HABITS, ids=lambda habit: habit.name)
def test_a_habit(habit: habits.Habit, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is served; one with a switch is not without it; the judge sees a monitor that is silent."""
    world = guest_with_habit(habit.name)
    assert run.judge(FOLDER, world) == ""
    if habit.switch:
        assert run.judge(FOLDER, world | {"qemu": 0}) != ""
    monkeypatch.setattr(habit, "rules", ("SR_IOV",))
    assert "does not name" in run.judge(FOLDER, world)


def test_each_tolerance_is_a_habit() -> None:
    """Those of all devices; NET_HEADER concerns a network card, which these guests do not have."""
    names = [row["name"] for row in described.file("rules")["tolerances"]]
    assert [row.name for row in habits.HABITS] == [name for name in names if name != "NET_HEADER"]
