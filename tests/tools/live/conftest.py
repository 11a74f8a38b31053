# SPDX-License-Identifier: MIT
"""The page, and a Chromium that shows it."""

import shutil

import pytest

from in_page import BUILD, FLAGS, OWN, opened
from vwr import ROOT
from vwr.live.command import made


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """The page, with the devices of the examples as the user's own."""
    folder = tmp_path_factory.mktemp("own")
    for name in OWN:
        shutil.copy(ROOT / "examples" / name / f"{name}.yaml", folder)
    BUILD.mkdir(parents=True, exist_ok=True)
    path = BUILD / "tested.html"
    path.write_text(made(BUILD, folder), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def browser(file, tmp_path_factory):
    webdriver = pytest.importorskip("selenium.webdriver")
    service = pytest.importorskip("selenium.webdriver.chrome.service")
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    found = webdriver.Chrome(service=service.Service(shutil.which("chromedriver")), options=options)
    found.set_script_timeout(200)
    yield found
    found.quit()


@pytest.fixture
def page(browser, file):
    return opened(browser, file)
