# SPDX-License-Identifier: MIT
"""All devices of the page in all layouts, and pictures of it. ./vwr soak live; pictures are left in build/live."""

from itertools import product

import pytest

from in_page import BUILD, run

LAYOUTS = [
    {"bus": bus, "packed": packed, "inOrder": in_order, "indirect": tables, "event": tables, "slow": slow}
    for bus, packed, in_order, tables, slow in product(
        (0, 1), (False, True), (False, True), (False, True), (0, 80000)
    )
]
OWN_ID = ("vault",)  # device IDs for which PCI has no number
NO_PICTURE = {"deviceScaleFactor": 1, "mobile": False}


def in_script(options):
    return str(options).replace("True", "true").replace("False", "false")


@pytest.mark.parametrize("layout", LAYOUTS, ids=in_script)
def test_every_device(page, layout):
    for name in run(page, "return live.scenes.map((one) => one.name)"):
        if layout["bus"] == 1 and name in OWN_ID:
            continue
        done = run(page, f"return job(live, '{name}', {in_script(layout)})")
        wanted = {"said": "", "unseen": 0, "back": 0, "forwards": 0, "layout": layout["packed"]}
        assert {key: done[key] for key in wanted} == wanted, name
        assert name == "vault" or done["complaints"] == [], (name, done["complaints"])


@pytest.mark.parametrize("width,theme", product((1400, 1000, 400), ("light", "dark")))
def test_pictures(page, width, theme):
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": width, "height": 1600, **NO_PICTURE})
    run(page, f"document.documentElement.dataset.theme = '{theme}'")
    assert run(page, "return document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.save_screenshot(str(BUILD / f"{width}-{theme}.png"))
