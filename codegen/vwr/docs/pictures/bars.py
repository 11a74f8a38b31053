# SPDX-License-Identifier: MIT
"""Results of the bench next to those of other drivers (bench/peers.py), and the limits for our own."""

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from vwr import ROOT
from vwr.docs.pictures.svg import WIDE, box, figure, text

LEFT = 6
LONG = 330  # of the longest bar
STEP = 18


@dataclass
class Chart:
    title: str
    unit: str
    ours: float  # the limit of our own
    peers: list[tuple[str, float]]


# Run in a separate process with bench/ as the search path for modules, so that this process keeps its own
# modules.
ASK = """
import count, json, peers
names = {f"{form.peers}-{label}": count.ANY.format(form.name, label)
         for form in count.FORMATS if form.peers for _, label in count.DEPTHS}
names |= {f"requests-{label}": count.REQUESTS.format(count.SPLIT, label) for _, label in count.DEPTHS}
names["block-depth 1"] = count.READ.format(count.SPLIT)
figures = count.ANY_SHAPE | count.BLOCK
held = {key: figures[name].limit for key, name in names.items()}
print(json.dumps({"held": held, "figures": peers.FIGURES}))
"""


def constants() -> dict[str, Any]:
    """The committed data of bench/: results of peers, and the limits for our own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "bench")}
    done = subprocess.run(
        [sys.executable, "-B", "-c", ASK], env=environment, text=True, stdout=subprocess.PIPE, check=True
    )
    return json.loads(done.stdout)


def charts() -> list[Chart]:
    """Results with peers that have a limit of our own, in the order of bench/peers.py."""
    bench, found = constants(), []
    for key, (what, unit, rows) in bench["figures"].items():
        if key in bench["held"]:
            found.append(Chart(what, unit, bench["held"][key], [(name, value) for name, _, value in rows]))
    return found


def shortened(name: str) -> str:
    """The name of the peer, without a long remark on how it was measured."""
    name = re.sub(r"^rcore virtio-drivers", "rcore", name)
    return name if len(name) <= 30 else name.partition(",")[0]


def picture(chart: Chart) -> list[str]:
    rows = [("Virtwright, at most", chart.ours, "ours")]
    rows += [(shortened(name), value, "peer") for name, value in sorted(chart.peers, key=lambda row: row[1])]
    names = LEFT + max(len(name) for name, _, _ in rows) * WIDE * 0.95
    scale = LONG / max(value for _, value, _ in rows)
    shapes, y = [text(LEFT, 14, f"{chart.title}, {chart.unit}", size=12)], 22
    for name, value, kind in rows:
        shapes += [text(names, y + 12, name, "end"), box(names + 8, y, value * scale, 14, kind)]
        shapes.append(text(names + 12 + value * scale, y + 12, f"{value:g}", kind="code", size=10))
        y += STEP
    return figure(shapes, names + LONG + 60, y + 6, chart.title)


def pictures() -> list[str]:
    return [row for chart in charts() for row in picture(chart)]
