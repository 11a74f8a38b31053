# SPDX-License-Identifier: MIT
"""The page in Chromium: links, playground, paste box, widths, print. ./vwr soak explorer; pictures are left in build/explorer."""

import json
import os
import re
import shutil
from html import unescape
from pathlib import Path

import pytest

import conditions
from test_explorer import HERE, in_node, pastes, plain
from processes import output
from vwr import ROOT, description
from vwr.explorer.page import page

WIDTHS = (360, 800, 1400)
FOLDER = Path(os.environ.get("VWR_BUILD_DIR") or ROOT / "build") / "explorer"
CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium here")


def chromium(file, *options):
    """Its output; no address but the file can be reached."""
    words = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
    words += ["--proxy-server=127.0.0.1:9", *options, file.as_uri()]
    return output(["timeout", "-k", "5", "300", *words], errors="replace")


def sets():
    """Each feature of each device alone, with VERSION_1, with all others, and with all but one."""
    for device in conditions.devices(description.package()):
        every, modern = set(device.bits.values()), device.bits["VERSION_1"]
        for bit in sorted(every):
            for chosen in ({bit}, {bit, modern}, every, every - {bit}):
                yield device.spec.name, sorted(chosen), plain(device(chosen))


def test_the_page_in_chromium(tmp_path):
    text = page(description.data())
    inputs = pastes()
    shown = [
        [line for one in found for line in (one["title"], *one["lines"])]
        for found in in_node(text, tmp_path, pastes=inputs)["pastes"]
    ]
    wanted = {
        "sets": list(sets()),
        "pastes": [[paste, device, said] for (paste, device), said in zip(inputs, shown)],
        "widths": WIDTHS,
    }
    known = f"const wanted = {json.dumps(wanted)}, whole = {json.dumps(text)};".replace("<", "\\u003c")
    script = (HERE / "browser.js").read_text(encoding="utf-8")
    FOLDER.mkdir(parents=True, exist_ok=True)
    file = FOLDER / "checked.html"
    file.write_text(text.replace("</html>", f"<script>{known}\n{script}</script></html>"), encoding="utf-8")
    done = chromium(file, "--virtual-time-budget=200000", "--timeout=200000", "--dump-dom")
    found = re.search(r'<pre id="found">(.*?)</pre>', done, re.S)
    assert found, done[-500:]
    result = json.loads(unescape(found[1]))
    print(result)
    assert not result["wrong"], result["wrong"]
    assert result["links"] > 500 and result["pastes"] >= 40 and result["sets"] > 1000


@pytest.mark.parametrize("width", WIDTHS)
def test_pictures(width):
    """To look at: the top, and a device with some of its features."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    text = page(description.data())
    for name, theme in (("blk", "light"), ("net", "dark"), ("mmio", "light")):
        ticks = f"for (const one of document.querySelectorAll('[data-of={name}]')) if (one.value % 3 < 2) one.click();"
        style = f"<style>main>section:not(#{name}){{display:none}}html{{width:{width}px}}</style>"
        more = f"<script>document.documentElement.dataset.theme='{theme}';{ticks}</script>"
        file = FOLDER / f"{name}-{width}.html"
        narrow = f'<body style="width:{width}px">' if width < 500 else ""
        file.write_text(text.replace("</html>", style + narrow + more + "</html>"), encoding="utf-8")
        picture = file.with_suffix(".png")
        picture.unlink(missing_ok=True)
        chromium(file, f"--window-size={width},2400", f"--screenshot={picture}")
        assert picture.stat().st_size > 10_000


def test_print(tmp_path):
    """The printed page has every section, and no control."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "page.html").write_text(page(description.data()), encoding="utf-8")
    chromium(FOLDER / "page.html", f"--print-to-pdf={FOLDER / 'page.pdf'}", "--no-pdf-header-footer")
    raw = (FOLDER / "page.pdf").read_bytes()
    assert raw.startswith(b"%PDF") and len(re.findall(rb"/Type\s*/Page\b", raw)) > 30
