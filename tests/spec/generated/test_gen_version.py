# SPDX-License-Identifier: MIT
"""`generate --version`: the headers as an older version of the specification had them."""

import re
from pathlib import Path

import pytest

from made import generated
from processes import output
from gen_help import texts_of
from vwr import ROOT
from vwr.check.tree import check_tree
from vwr.spec import load
from vwr.generate import render
from vwr.spec import since

INCLUDE = [f"-I{ROOT / folder}" for folder in ("runtime/include", "runtime/port/template")]

# Version: (file, what is in it), (file, what is not).
THERE = {
    "legacy": [
        ("net", "VWR_NET_F_GSO = 6"),
        ("net", "VWR_NET_F_GUEST_RSC4 = 41"),  # beyond 31, and of the legacy interface only
        ("net", "VWR_NET_F_GUEST_RSC6 = 42"),
        ("blk", "VWR_BLK_F_BARRIER"),
        ("split_ring", "struct vwr_virtq_desc"),
    ],
    "1.0": [("blk", "VWR_BLK_F_FLUSH"), ("net", "VWR_NET_F_MQ"), ("features", "VWR_F_VERSION_1")],
    "1.1": [("blk", "VWR_BLK_F_DISCARD"), ("gpu", "VWR_GPU_F_VIRGL"), ("packed_ring", "VWR_PVIRTQ")],
    "1.2": [
        ("blk", "VWR_BLK_F_SECURE_ERASE"),
        ("net", "VWR_NET_F_RSS"),
        ("iommu", "struct vwr_iommu_req_map"),
    ],
    "1.3": [("blk", "VWR_BLK_F_ZONED"), ("admin", "VWR_ADMIN_CMD"), ("sound", "struct vwr_snd_ctl_info")],
    "1.4": [("net", "VWR_NET_F_IPSEC"), ("rtc", "struct vwr_rtc_req_read"), ("status", "VWR_STATUS_SUSPEND")],
}
NOT_THERE = {
    "legacy": [
        ("features", "VWR_F_VERSION_1"),
        ("status", "VWR_STATUS_SUSPEND"),
        ("mmio", "VWR_MMIO_QUEUE_READY"),
    ],
    "1.0": [("blk", "DISCARD"), ("features", "RING_PACKED"), ("net", "hash_value")],
    "1.1": [("blk", "SECURE_ERASE"), ("features", "RING_RESET"), ("mmio", "SHM")],
    "1.2": [("blk", "ZONED"), ("net", "VWR_NET_F_VQ_NOTF_COAL"), ("crypto", "AKCIPHER")],
    "1.3": [("net", "ff_rule"), ("status", "SUSPEND"), ("admin", "dev_parts")],
    "1.4": [],
}


@pytest.fixture(scope="module", name="tree")
def fixture_tree():
    tree = load.load_tree(ROOT)
    check_tree(tree)
    return tree


# The oldest, one in the middle, and that of generated/.
FEW = ("legacy", "1.2", "1.4")
REST = pytest.mark.soak("of the others the same rules leave out what is newer")


@pytest.fixture(
    scope="module",
    params=[version if version in FEW else pytest.param(version, marks=REST) for version in since.VERSIONS],
    name="made",
)
def fixture_made(request, tree, tmp_path_factory):
    """(version, folder, texts by path) of one version."""
    out = tmp_path_factory.mktemp("version")
    texts = texts_of(render.render_tree(tree, request.param)[0])
    for path, text in texts.items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_text(text, "utf-8")
    return request.param, out, texts


def test_what_is_there_and_what_is_not(made):
    version, _, texts = made
    header = lambda name: texts.get(f"include/vwr/gen/{name}.h", "")
    assert [row for row in THERE[version] if row[1] not in header(row[0])] == []
    assert [row for row in NOT_THERE[version] if row[1] in header(row[0])] == []


def test_nothing_newer_is_named(made):
    """virtwright.json says since when each thing is there."""
    version, _, texts = made
    newer = [word for word in since.VERSIONS[1:] if since.order(word) > max(since.order(version), 1)]
    assert [word for word in newer if f'"since": "{word}"' in texts["virtwright.json"]] == []


def test_it_compiles(made):
    """All headers and all sources in one file, some wire tests; and what a wire test says when it runs."""
    version, out, texts = made
    if version == "1.4":  # generated/ itself, which test_gen_compile.py compiles
        del texts["MANIFEST"]  # generated/ does not keep all
        assert {path: generated(path).read_text("utf-8") for path in texts} == texts
        return
    ends = (
        ()
        if "include/vwr/gen/packed_ring.h" in texts
        else ("include/vwr/client/", "include/vwr/service/", "include/vwr/open/")
    )  # the runtime needs it
    headers = "".join(
        f'#include "{path.removeprefix("include/")}"\n'
        for path in texts
        if path.endswith(".h") and not path.startswith(ends)
    )
    command = [
        "gcc",
        "-std=c11",
        "-Wall",
        "-Wextra",
        "-Werror",
        f"-I{out / 'include'}",
        f"-I{out}",
        f"-I{out / 'standalone'}",
        *INCLUDE,
    ]
    sources = "".join(f'#include "{path}"\n' for path in texts if path.startswith("src/"))
    output([*command, "-xc", "-fsyntax-only", "-"], input=headers + sources)
    for path in ("test/wire_net.c", "test/wire_blk.c", "test/wire_split_ring.c"):
        program = out / Path(path).stem
        output([*command, str(out / path), "-o", str(program)])
        assert "structs match the specification" in output([program])


def test_fields_between_older_ones_are_reserved(tree):
    """blk of 1.1 had bytes where the number of queues is now."""
    text = render.render_tree(tree, "1.1")[0]["include/vwr/gen/blk.h"].decode()
    assert re.search(r"vwr_le16 num_queues; +/\* Reserved\. \*/", text)
    assert "VWR_BLK_CONFIG_NUM_QUEUES" not in text


def test_each_says_which_it_is(made, tree):
    version, _, texts = made
    edition = "1.4-cs01" if version == "1.4" else version
    assert f'#define VWR_SPEC_VERSION "{edition}" ' in texts["include/vwr/edition.h"]
    other = {one.path: one.data["document"] for one in tree.files if "document" in one.data}
    for path, text in texts.items():
        if path.endswith((".h", ".c")) and path not in ("include/vwr/profile.h", "include/vwr/open/rows.h"):
            source = re.search(r"/\* Generated from (\S+) by ", text)
            document = other.get(source and source[1], f"VIRTIO {version}")
            assert f"/* {document}; " in text, path


def test_a_version_needs_a_folder(vwr):
    run = vwr("generate", "--version", "1.1")
    assert run.returncode == 2 and "needs --out" in run.stderr
    assert vwr("generate", "--version", "1.5", "--out", "x").returncode == 2
