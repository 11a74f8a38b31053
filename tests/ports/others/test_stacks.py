# SPDX-License-Identifier: MIT
"""integrations/lwip and integrations/fatfs beside a copy of the library, by the command of their pages."""

import os
import re
import shutil
from pathlib import Path

import pytest

from places import ROOT
from processes import completed, output

LWIP = Path("/usr/include/lwip")
STAND_IN = ROOT / "tests" / "qemu" / "driver" / "fatfs"
STRICT = ["-std=gnu11", "-Wall", "-Wextra", "-Werror"]


@pytest.mark.parametrize("name, headers", [("lwip", LWIP), ("fatfs", STAND_IN)])
def test_copy(work, name, headers):
    """The copy and the file compile, and all calls of the file are in the copy."""
    if not headers.is_dir():
        pytest.skip("not installed: liblwip-dev")
    folder = ROOT / "integrations" / name
    (command,) = re.findall(
        r"^    \./vwr embed \.\./vwr (.*) --cc", (folder / "README.md").read_text(), re.MULTILINE
    )
    words = [str(folder) if "/" in word else word for word in command.split()]
    done = completed(
        [ROOT / "vwr", "embed", work / "vwr", *words, "--port", "host", "--cc", "cc -O2 -std=gnu11"],
        env={**os.environ, "VWR_NO_INSTALL": "1"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    for path in folder.glob("*.[ch]"):
        shutil.copy(path, work / "vwr")
    names = ["vwr.c", f"vwr_{name}.c", f"{name}_example.c"]
    output(["cc", *STRICT, "-O2", "-isystem", headers, "-c", *names], cwd=work / "vwr")
    undefined = set(
        re.findall(r" U (vwr_\w+)", output(["nm", f"vwr_{name}.o", f"{name}_example.o"], cwd=work / "vwr"))
    )
    undefined -= {"vwr_fatfs_drive", "vwr_lwip_init", "vwr_lwip_poll"}  # of the integration
    defined = set(re.findall(r" T (vwr_\w+)", output(["nm", "vwr.o"], cwd=work / "vwr")))
    assert undefined and not undefined - defined


OPTIONS = """\
#define NO_SYS 1
#define LWIP_SOCKET 0
#define LWIP_NETCONN 0
#define LWIP_SUPPORT_CUSTOM_PBUF 1
"""


@pytest.mark.parametrize("options", ["", OPTIONS])
def test_the_example_of_lwip_without_threads(work, options):
    """With Debian's options, and with those of a program that is one loop."""
    if not LWIP.is_dir():
        pytest.skip("not installed: liblwip-dev")
    (work / "lwipopts.h").write_text(options or '#include "/usr/include/lwip/lwipopts.h"\n', encoding="utf-8")
    ours = [f"-I{ROOT}/{room}" for room in ("runtime/include", "generated/include", "runtime/port/host")]
    lwip = ROOT / "integrations/lwip"
    words = [*STRICT, "-O2", f"-I{lwip}", *ours, f"-I{work}", "-isystem", LWIP]
    output(["cc", *words, "-c", lwip / "lwip_example.c", "-o", work / "example.o"])
    defined = set(re.findall(r" T (\w+)", output(["nm", work / "example.o"])))
    assert {"network_begin", "network_step"} < defined and ("http_get" in defined) == (not options)


@pytest.mark.parametrize("name", ["lwip", "fatfs"])
def test_is_short(name):
    """The source is a page or two, and the README lists the files."""
    folder = ROOT / "integrations" / name
    text = (folder / "README.md").read_text(encoding="utf-8")
    for path in folder.glob("*.[ch]"):
        assert f"`{path.name}`" in text
        assert len(path.read_text(encoding="utf-8").splitlines()) < 150, path.name
