# SPDX-License-Identifier: MIT
"""The site as ./vwr docs builds it, and one page of it in a browser."""

import importlib.util
import shutil

import pytest

from processes import output
from folders import BUILD, ROOT

MODULES = ("sphinx", "myst_parser", "furo")


@pytest.fixture(scope="module", name="site")
def fixture_site():
    """The folder of HTML."""
    missing = [name for name in MODULES if importlib.util.find_spec(name) is None]
    if missing:
        pytest.skip(f"no {', '.join(missing)} here: ./vwr docs installs them")
    folder = BUILD / "docs"
    assert " pages, " in output([ROOT / "vwr", "docs", "--out", folder])
    return folder / "html"


def test_the_site_is_whole(site):
    """Warnings and dead links are what the verb itself fails for."""
    for name, words in {
        "index.html": "Into your VMM: the device side",
        "api/blk.html": 'id="c.vwr_blk_read"',
        "api/vblk.html": 'id="c.vwr_vblk_backend_ops"',
        "generated/docs/net.html": "<svg",
        "generated/docs/status.html": "States of a device",
        "bench/README.html": "Virtwright, at most",
        "manuals/vwr-embed.html": "--preset",
        "source/spec/device/blk.yaml.html": "kind: device",
        "genindex.html": "vwr_vqueue_pop_avail",
        "searchindex.js": "vwr_blk_flush",
    }.items():
        assert words in (site / name).read_text(encoding="utf-8"), name


def test_a_browser_shows_it(site, tmp_path):
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no chromium here")
    picture = tmp_path / "page.png"
    command = [
        *(
            "timeout",
            "-k",
            "5",
            "120",
            chromium,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
        ),
        *(
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ),
        *(f"--user-data-dir={tmp_path / 'profile'}", "--window-size=390,1200", f"--screenshot={picture}"),
    ]
    output([*command, (site / "api/blk.html").as_uri()])
    assert picture.read_bytes().startswith(b"\x89PNG") and picture.stat().st_size > 20000
