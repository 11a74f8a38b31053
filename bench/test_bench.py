# SPDX-License-Identifier: MIT
"""What the benchmark's programs do with figures; the figures themselves are bench.quick."""

import json
import shutil

import pytest

import count
import sizes
from rows import holds, row, table, write_json

CALLGRIND = """events: Ir Dr Dw
fl=(1) a.c
fn=(1) ring_measured
10 5 2 1
+1 3 0 0
cfn=(2) vwr_queue_kick
calls=1 40
12 100 50 25
* 1 1 1
fn=(2)
40 60 20 10
cfn=(3) bench_mmio_write
calls=1 70
-3 7 7 7
fn=(3)
70 2 0 0
"""


def test_self_cost_leaves_out_what_is_called():
    costs = count.self_cost(CALLGRIND)
    assert costs["ring_measured"] == {"Ir": 9, "Dr": 3, "Dw": 2}
    assert costs["vwr_queue_kick"] == {"Ir": 60, "Dr": 20, "Dw": 10}
    assert [name for name in costs if count.is_excluded(name)] == ["bench_mmio_write"]


@pytest.mark.parametrize("one, fine", [
    (row("g", "n", "u", 96.0, limit=96.9), True), (row("g", "n", "u", 97.0, limit=96.9), False),
    (row("g", "n", "u", 1.0, exact=1.0), True), (row("g", "n", "u", 0.5, exact=1.0), False),
    (row("g", "n", "u", 0.0, exact=0.0), True), (row("g", "n", "u", 0.001, exact=0.0), False),
    (row("g", "n", "u", 1e9), True), (row("g", "n", "u", limit=1.0, reason="no tool"), True)])
def test_limits(one, fine):
    assert holds(one) == fine


def test_row_without_value_says_why(tmp_path):
    one = row("ring", "all", "", reason="valgrind is not installed")
    assert "valgrind is not installed" in "\n".join(table([one]))
    write_json(tmp_path / "rows.json", [one, row("g", "n", "u", 1.5, limit=2, ratio=0.5, of="them")])
    first, second = json.loads((tmp_path / "rows.json").read_text(encoding="utf-8"))
    assert first["value"] is None and first["reason"] == "valgrind is not installed"
    assert second == {"group": "g", "name": "n", "value": 1.5, "unit": "u", "limit": 2, "ratio": 0.5, "of": "them"}


def test_missing_tools_are_reasons(monkeypatch, tmp_path):
    monkeypatch.setattr(shutil, "which", lambda tool: None)
    monkeypatch.setattr(count.platform, "machine", lambda: "x86_64")
    with pytest.raises(count.NotMeasured, match="gcc is not installed"):
        count.build(tmp_path, tmp_path, tmp_path)
    monkeypatch.setattr(count.platform, "machine", lambda: "aarch64")
    with pytest.raises(count.NotMeasured, match="this is aarch64"):
        count.build(tmp_path, tmp_path, tmp_path)
    assert sizes.missing().startswith("aarch64-linux-gnu-gcc is not installed")
