# SPDX-License-Identifier: MIT
"""--spec DIR: devices of a user's folder in a copy, the vault of docs/vault.md and the lamp of docs/new-device.md."""

import re
import shutil

import pytest
import yaml

from folders import edit
from processes import need, output
from world import ROOT, STRICT, made, run, texts, written

EXAMPLES = ROOT / "examples"
LEAST = ["--interface", "modern", "--without", "all"]
START = (
    '#include "vault_device.h"\nint start(struct vwr_vault_vservice *s) { return vault_configure(s, 2); }\n'
)


LAMP = """
#include "lamp_device.h"
#include "vwr_example.h"

void vwr_example_irq(uint32_t line, bool level) {}
void vwr_example_broken(const struct vwr_vdev *v) {}
static bool light(uint16_t level, uint16_t colour) { return true; }
struct vwr_lamp_vdevice the_lamp = {light};
static _Alignas(4096) uint8_t ram[0x10000];
int main(void)
{
    uint64_t max_level = 0; /* the guest reads the first field of the configuration */

    return vwr_example_start(ram, 0x40000000, sizeof(ram)) != VWR_OK ||
           !vwr_example_trap(0xa000000 + VWR_MMIO_CONFIG, 2, false, &max_level) || max_level != 100;
}
"""


@pytest.fixture(name="home")
def _home(work):
    """A folder with the description of the lamp."""
    need("gcc")
    (work / "my devices").mkdir()
    shutil.copy(EXAMPLES / "lamp/lamp.yaml", work / "my devices")
    return work


def test_a_device_of_theirs_links_without_a_library(home):
    """The service in a copy, with the device of the page; nothing else is linked."""
    said = made(
        home / "copy",
        *("--spec", EXAMPLES / "vault", "--side", "device", "--device", "vault", *LEAST),
        cc=f"gcc {STRICT} -O0",
    )
    assert "needs at link: nothing" in said
    gcc = ["gcc", *STRICT.split(), "-O0", "-no-pie", f"-I{EXAMPLES}/vault", "-I.", "-Icopy"]
    output([*gcc, "-fsyntax-only", "copy/vwr_example.c"], cwd=home)
    assert "vwr_vqueue queue[3];" in (home / "copy/vwr_example.c").read_text("utf-8"), "one of each kind"
    (home / "vwr/service").mkdir(parents=True)
    (home / "vwr/service/vault.h").write_text('#include "vwr.h"\n', encoding="utf-8")
    (home / "start.c").write_text(START, encoding="utf-8")
    sources = ["copy/vwr.c", EXAMPLES / "vault/vault_device.c", "start.c"]
    link = ["-nostdlib", "-static", "-Wl,-e,start", "-Wl,--no-undefined"]
    output([*gcc, *link, *sources, "-o", "program"], cwd=home)


def test_the_lamp_of_the_page_starts(home):
    """The row of docs/new-device.md: its command, and its edits of the example."""
    page = (ROOT / "docs/new-device.md").read_text("utf-8")
    put, config = re.findall(
        "^[|] Put .*VMM .*`[.]/vwr embed DIR --spec FOLDER ([^`]*)`.*`(service[.]config[^`]*)`", page, re.M
    )[0]
    (client,) = re.findall("^[|] Put .*kernel .*`[.]/vwr embed DIR --spec FOLDER ([^`]*)`", page, re.M)
    written(home / "kernel", "--spec", home / "my devices", *client.split())
    assert b"vwr_lamp_client_shine(" in texts(home / "kernel")["vwr.h"]
    written(home / "copy", "--spec", home / "my devices", *put.split(), "--port", "host")
    example = home / "copy/vwr_example.c"
    edit(example, '#include "', '#include "lamp_device.h"\n#include "')
    edit(example, "&calls_lamp,", "&lamp_calls,")
    edit(example, "&memory, NULL)", "&memory, &the_lamp)")
    edit(example, "struct vwr_features features;", "struct vwr_features features = {{1u << VWR_LAMP_F_DIM}};")
    edit(
        example,
        "    return r == VWR_OK ? vwr_vm_add(&vm, slot, &service",
        f"    {config}\n    return r == VWR_OK ? vwr_vm_add(&vm, slot, &service",
    )
    edit(example, "static int add_lamp(", "extern struct vwr_lamp_vdevice the_lamp;\nstatic int add_lamp(")
    (home / "main.c").write_text(LAMP, encoding="utf-8")
    sources = ["main.c", EXAMPLES / "lamp/lamp_device.c", *sorted(home.glob("copy/**/*.c"))]
    include = [f"-I{EXAMPLES}/lamp", "-Icopy", "-Icopy/include"]
    output(["gcc", "-std=gnu11", "-Wall", *include, *sources, "-o", "program"], cwd=home)
    output(["./program"], cwd=home)


def test_the_profile_keeps_the_folder(home):
    """Written again from any folder, and from a profile in another one; a change of the description is listed."""
    written(home / "copy", "--spec", home / "my devices/../my devices", "--driver", "lamp", *LEAST)
    first = texts(home / "copy")
    assert yaml.safe_load(first["vwr-profile.yaml"])["spec"] == "../my devices"
    assert b"vwr_lamp_client_shine(" in first["vwr.h"]
    assert "wrote" not in written(home / "copy") and texts(home / "copy") == first
    written(home / "deeper/copy", "--profile", home / "copy/vwr-profile.yaml")
    there = (home / "deeper/copy/vwr-profile.yaml").read_text("utf-8")
    assert yaml.safe_load(there)["spec"] == "../../my devices"
    path = home / "my devices/lamp.yaml"
    path.write_text(path.read_text("utf-8").replace("name: FADE, bit: 1", "name: FADE, bit: 2"), "utf-8")
    assert "  lamp, Features, name FADE: Bit was 1, is 2\n" in written(home / "copy")


def test_what_is_wrong(home):
    """One sentence each, and nothing is written."""
    spec = ["--spec", home / "my devices"]
    for words, code, said in (
        (["--driver", "lamp"], 2, "there is no device 'lamp'; device is one of"),
        ([*spec, "--driver", "lmap"], 2, "there is no device 'lmap' (did you mean lamp?); device is one of"),
        (["--spec", home / "nowhere"], 2, f"--spec {home}/nowhere: there is no such folder"),
    ):
        done = run(home / "copy", *words)
        assert done.returncode == code and said in done.stderr, done.stderr
    lamp = (home / "my devices/lamp.yaml").read_text("utf-8")
    for name, text, said in (
        ("lamp", lamp.replace("bit: 0", "bit: 1"), "[VWR-C"),
        ("gpu", lamp.replace("name: lamp", "name: gpu").replace("id: CAIF", "id: 60001"), "[VWR-C003]"),
    ):
        path = home / f"my devices/{name}.yaml"
        path.write_text(text, encoding="utf-8")
        done = run(home / "copy", *spec, "--driver", "lamp")
        assert done.returncode == 1 and f"my devices/{name}.yaml:" in done.stderr and said in done.stderr
        assert "\n1 error.\nNothing was written." in done.stderr, done.stderr
        path.write_text(lamp, encoding="utf-8")
    assert not (home / "copy").exists()
