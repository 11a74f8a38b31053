# SPDX-License-Identifier: MIT
"""This tree as a module of Zephyr: built by a stand-in for Zephyr's CMake functions, Kconfig and headers (zephyr/)."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

import declared
from processes import completed, output
from places import ROOT
from vwr import txtar

HERE = ROOT / "tests" / "ports" / "others" / "zephyr"
KCONFIG = "".join(
    (ROOT / folder / "Kconfig").read_text(encoding="utf-8")
    for folder in ("integrations/zephyr", "generated/zephyr")
)
WHOLE = "stack, byte order, width of register accesses, barriers, caches, clock, DMA addresses"

pytest.importorskip("kconfiglib", reason="no kconfiglib here (Debian: python3-kconfiglib)")
pytestmark = pytest.mark.skipif(shutil.which("cmake") is None, reason="no cmake here")


def stand_in(work):
    """A copy of it in the test's folder."""
    tree = txtar.unpack(HERE / "tree.txtar", work / "zephyr")
    shutil.copy(HERE / "kconfig.py", tree / "sdk")
    return tree


def configure(work, settings, module=ROOT / "integrations"):
    """cmake, in the folder; prj.conf is the application's and these settings."""
    tree, conf = stand_in(work), work / "prj.conf"
    conf.write_text((tree / "app" / "prj.conf").read_text(encoding="utf-8") + settings, encoding="utf-8")
    return completed(
        [
            "cmake",
            "-S",
            tree / "app",
            "-B",
            work / "build",
            f"-DZephyr_DIR={tree}/sdk",
            f"-DPYTHON={sys.executable}",
            f"-DCONF_FILE={conf}",
            f"-DZEPHYR_MODULES={module}",
            "-DCMAKE_UNITY_BUILD=ON",
            "-DCMAKE_UNITY_BUILD_BATCH_SIZE=0",
            "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON",
        ]
    )


def build(work, settings):
    """What the application prints; the sources that the library has, which CMake joins in one."""
    done = configure(work, settings)
    assert done.returncode == 0, done.stdout + done.stderr
    output(["cmake", "--build", work / "build"])
    unity = next(work.glob("build/modules/*/CMakeFiles/virtwright.dir/Unity/unity_0_c.c"))
    run = subprocess.run(
        [work / "build" / "zephyr.elf"], text=True, capture_output=True, check=True, timeout=60
    )
    return run.stdout.splitlines(), set(re.findall(r"(\w+)\.c\"$", unity.read_text(encoding="utf-8"), re.M))


def test_as_it_comes(work):
    """CONFIG_VIRTWRIGHT=y alone."""
    lines, objects = build(work, "")
    assert lines == [f"0 port: OK: {WHOLE}", "flushed 0 invalidated 0", "clock asked 1", "probe -2"]
    assert {"vwr_blk", "vwr_gen_blk", "vwr_mmio", "vwr_selftest", "vwr_dev_explain"} <= objects


def test_with_all_of_it(work):
    """The device side beside the driver side, of which one version is enough; an MMU with scattered pages, caches that devices do not see."""
    lines, objects = build(
        work,
        "CONFIG_VIRTWRIGHT_DEVICE=y\nCONFIG_VIRTWRIGHT_LEGACY=n\n"
        "CONFIG_MMU=y\nCONFIG_DCACHE=y\nCONFIG_VIRTWRIGHT_COHERENT=n\n",
    )
    assert lines == [f"0 port: OK: {WHOLE}", "flushed 1 invalidated 1", "clock asked 1", "probe -2"]
    assert {
        "vwr_vdev",
        "vwr_vblk",
        "vwr_vblk_disk",
        "vwr_vconsole",
        "vwr_ventropy",
        "vwr_vdev_explain",
    } <= objects
    assert "-DVWR_WITH_LEGACY=0" in (work / "build" / "compile_commands.json").read_text(encoding="utf-8")


def test_as_small_as_it_gets(work):
    """Each option off: nothing of it is compiled."""
    kconfig = KCONFIG
    options = re.findall(r'^config (VIRTWRIGHT_\w+)\n\tbool "', kconfig, re.M)
    keep = {"VIRTWRIGHT_COHERENT", "VIRTWRIGHT_SELFTEST"}  # it goes with the words
    lines, objects = build(work, "".join(f"CONFIG_{option}=n\n" for option in options if option not in keep))
    assert lines == ["no selftest", "probe -2"]
    assert not [
        name for name in objects if re.search("blk|vwr_names|explain|selftest|(?<!tree_)text|strerror", name)
    ]


def test_options_are_those_of_the_profile(work):
    """Each macro of vwr/profile.h is an option, and an option that is off reaches the compiler."""
    macros = set(
        re.findall(r"^#ifndef VWR_WITH_(\w+)", (ROOT / "generated/include/vwr/profile.h").read_text(), re.M)
    )
    assert macros and macros <= set(re.findall(r"^config VIRTWRIGHT_(\w+)", KCONFIG, re.M))
    done = configure(
        work,
        "".join(f"CONFIG_VIRTWRIGHT_{name}=n\n" for name in sorted(macros - {"MODERN"}))
        + "CONFIG_VIRTWRIGHT_DEVICE=y\n",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    commands = (work / "build" / "compile_commands.json").read_text(encoding="utf-8")
    assert set(re.findall(r"-DVWR_WITH_(\w+)=0", commands)) == macros - {"MODERN"}


def compiled(work, code, *flags):
    """What the host's compiler makes of code that sees the port."""
    (work / "autoconf.h").write_text(
        "#define CONFIG_VIRTWRIGHT_DMA_ALIGN 1\n#define CONFIG_VIRTWRIGHT_NAP_US 1\n"
        "#define CONFIG_MMU_PAGE_SIZE 4096\n",
        encoding="utf-8",
    )
    (work / "a.c").write_text('#include "vwr_port.h"\n' + code, encoding="utf-8")
    done = subprocess.run(
        [
            "cc",
            "-O2",
            "-std=gnu11",
            f"-I{work}",
            f"-I{stand_in(work)}/sdk/include",
            f"-I{ROOT}/runtime/port/zephyr",
            *flags,
            "-o-",
            "a.c",
        ],
        cwd=work,
        text=True,
        capture_output=True,
        check=True,
    )
    return done.stdout


@pytest.mark.parametrize("option", ["BARRIER_OPERATIONS_ARCH", "BARRIER_OPERATIONS_BUILTIN", "X86"])
def test_barriers_are_not_empty(work, option):
    """Zephyr's is where the architecture has selected neither option, as x86; whatever the machine, an instruction comes."""
    code = "void f(void) { vwr_port_mb(); }\nvoid g(void) { }\n"
    text = compiled(work, code, "-S", "-DCONFIG_VIRTWRIGHT_COHERENT=1", f"-DCONFIG_{option}=1")
    body = {
        name: re.findall(r"^\t([a-z]\S*)", lines, re.M)
        for name, lines in re.findall(r"^(f|g):\n(.*?)\.size", text, re.M | re.S)
    }
    assert len(body["f"]) > len(body["g"]) > 0


FACTS = yaml.safe_load((HERE / "facts.yaml").read_text(encoding="utf-8"))


def test_stand_in_is_as_the_facts_say(work):
    """Each call with its prototype, by the header that the port includes for it; and no other."""
    found, tree = {}, stand_in(work)
    for header in sorted(
        {fact[0] for kind in ("functions", "macros", "types") for fact in FACTS[kind].values()}
    ):
        (work / "autoconf.h").write_text("", encoding="utf-8")
        (work / "a.c").write_text(f"#include <{header}>\n", encoding="utf-8")
        command = ["cc", "-std=gnu11", f"-I{work}", f"-I{tree}/sdk/include", "a.c"]
        here = {
            name: text
            for name, (path, text) in declared.functions(command, work).items()
            if "sdk/include" in path
        }
        for name, text in here.items():
            found.setdefault(name, text)
        plain = output([*command, "-E", "-dD"], cwd=work)
        for name, fact in FACTS["functions"].items():
            if fact[0] == header:
                kind, parameters = fact[1].split("(", 1)
                assert re.fullmatch(
                    rf"(static )?{re.escape(kind)} ?{name}\({re.escape(parameters)}", bare(here[name])
                ), here[name]
        for name, fact in FACTS["macros"].items():
            assert fact[0] != header or declared.macros(plain, str)[name][1] == f"({fact[1]})"
        for name, fact in FACTS["types"].items():
            assert fact[0] != header or f"typedef {fact[1]} {name};" in plain
    assert sorted(found) == sorted(FACTS["functions"])


def bare(prototype):
    """Without the names of parameters, which definitions have."""
    name, parameters = prototype.split("(", 1)
    return (
        f"{name}("
        + ",".join(
            (
                re.sub(r"(?<=[\w*])(?<!const)( |(?<=\*))[a-z]\w*$", "", one)
                if one not in ("void", "...")
                else one
            )
            for one in parameters.rstrip(")").split(",")
        )
        + ")"
    )


def test_language_is_as_the_facts_say():
    flags = re.search(
        r"target_compile_options\(zephyr_interface INTERFACE (-std\S+ \S+)",
        txtar.read(HERE / "tree.txtar")["sdk/ZephyrConfig.cmake"].decode("utf-8"),
    )
    assert flags.group(1) == FACTS["language"]


if "VWR_ZEPHYR_TREE" in os.environ:

    def test_the_real_one_is_as_the_facts_say():
        """Each name in the file that the facts name, in this version; calls with their prototypes."""

        def text(*path):
            return Path(os.environ["VWR_ZEPHYR_TREE"], *path).read_text(encoding="utf-8")

        calls = [(name, *fact[-3:]) for name, fact in FACTS["functions"].items()]
        calls += [(name, *fact) for name, fact in FACTS["declared by the port"].items()]
        for name, prototype, path, _ in calls:
            kind, parameters = prototype.rstrip(")").split("(", 1)
            there = re.findall(rf"\b{kind}\s+{name}\(([^)]*)\)", text(path))
            there = [bare(name + "(" + re.sub(" *([,*]) *", r"\1", one) + ")") for one in there]
            assert f"{name}({parameters})" in there, (name, there)
        for name, fact in FACTS["types"].items():
            assert f"typedef {fact[1]} {name};" in text(fact[2]), name
        for begin, kind in (("#define", "macros"), ("(?:menu)?config", "options")):
            for name, fact in FACTS[kind].items():
                assert re.search(rf"^{begin} {name}\b", text(fact[2]), re.M), name


def test_nothing_else_is_used():
    """Of Zephyr, the port and Kconfig use what the facts name; the stand-in has those options."""
    port = re.sub(
        r"/\*.*?\*/|#include[^\n]*",
        "",
        (ROOT / "runtime/port/zephyr/vwr_port.h").read_text(encoding="utf-8"),
        flags=re.S,
    )
    kconfig = re.sub(r"^(#.*|\t  .*|.*\".*\")$", "", KCONFIG, flags=re.M)
    calls = set(re.findall(r"\b((?:sys|k|barrier|arch)_\w+|printk|mem_addr_t)\b", port))
    known = {
        name for kind in ("functions", "macros", "types", "declared by the port") for name in FACTS[kind]
    }
    assert calls == known
    options = set(re.findall(r"CONFIG_(\w+)", port)) | set(re.findall(r"\b[A-Z][A-Z0-9_]+\b", kconfig))
    assert {name for name in options if not name.startswith("VIRTWRIGHT")} == set(FACTS["options"])
    here = txtar.read(HERE / "tree.txtar")["sdk/Kconfig.zephyr"].decode("utf-8")
    assert set(re.findall(r"^config (\w+)", here, re.M)) == set(FACTS["options"])


def test_unknown_option(work):
    """An option that the module does not have stops the build: the stand-in reads Kconfig in earnest."""
    done = configure(work, "CONFIG_VIRTWRIGHT_TELEPATHY=y\n")
    assert done.returncode != 0 and "VIRTWRIGHT_TELEPATHY" in done.stderr
