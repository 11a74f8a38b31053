# SPDX-License-Identifier: MIT
"""Opens the page, and runs a script in it with the functions of checks.js."""

import time
from pathlib import Path

from folders import BUILD as ALL

HERE = Path(__file__).parent
BUILD = ALL / "live"
READY_SECONDS = 60
OWN = ("vault", "lamp")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--proxy-server=127.0.0.1:9",),  # no address but the file can be reached
)


def opened(browser, file, link=""):
    """Waits until the machine runs."""
    browser.get("about:blank")
    browser.get(file.as_uri() + link)
    end = time.monotonic() + READY_SECONDS
    while browser.execute_script("return document.documentElement.dataset.ready") != "yes":
        assert time.monotonic() < end, browser.execute_script("return document.body.innerText")
        time.sleep(0.05)
    assert [one for one in browser.get_log("browser") if one["level"] == "SEVERE"] == []
    return browser


def run(page, script):
    checks = (HERE / "checks.js").read_text(encoding="utf-8")
    return page.execute_script(f"{checks}\nreturn (() => {{ {script} }})();")
