# SPDX-License-Identifier: MIT
"""The site as ./vwr docs builds it, and one page of it in a browser."""

import importlib.util
import json
import re
import shutil
from pathlib import Path

import pytest

from processes import output
from folders import BUILD, ROOT
from vwr.docs import links

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
        "codegen/vwr/live/live.html": "<title>VirtIO live</title>",
    }.items():
        assert words in (site / name).read_text(encoding="utf-8"), name


def index(site):
    """The data that the search box reads."""
    text = (site / "searchindex.js").read_text(encoding="utf-8")
    return json.loads(text[text.index("(") + 1 : text.rindex(")")])


def test_the_search_finds_names_of_the_specification(site):
    """By the words of the index, as the box reads it: small letters, and the stem of each word."""
    from sphinx.search.en import SearchEnglish  # not installed everywhere, see MODULES

    found, stem = index(site), SearchEnglish({}).stem
    for name, page in {
        "VIRTIO_BLK_F_RO": "blk",
        "VIRTIO_BLK_F_WCE": "blk",
        "virtio_blk_req": "blk",
        "virtio_net_hdr": "net",
        "VIRTIO_NET_CTRL_RX_PROMISC": "net",
        "QueueSel": "mmio",
        "VIRTIO_MMIO_QUEUE_SEL": "mmio",
        "VIRTIO_PCI_CAP_COMMON_CFG": "pci",
        "virtio_pci_common_cfg": "pci",
        "VIRTIO_F_RING_RESET": "features",
        "VIRTIO_ID_GPU": "ids",
        "CCW_CMD_SET_VQ": "ccw",
        "VHOST_USER_SET_MEM_TABLE": "vhost-user",
        "VhostUserInflight": "vhost-user",
    }.items():
        pages = [found[key].get(stem(name.lower()), []) for key in ("terms", "titleterms")]
        pages = [number for one in pages for number in (one if isinstance(one, list) else [one])]
        assert f"generated/docs/{page}" in {found["docnames"][number] for number in pages}, name


# What a reader types, and the place that he looks for.
FIRST = {
    "descriptor": "generated/docs/split-ring.html#term-descriptor",
    "descriptor table": "generated/docs/split-ring.html#term-descriptor-table",
    "available ring": "generated/docs/split-ring.html#term-available-ring",
    "used ring": "generated/docs/split-ring.html#term-used-ring",
    "packed virtqueue": "generated/docs/packed-ring.html#term-packed-virtqueue",
    "device status": "generated/docs/status.html#term-device-status",
    "VIRTIO_NET_F_MRG_RXBUF": "generated/docs/net.html#VIRTIO_NET_F_MRG_RXBUF",
    "mrg_rxbuf": "generated/docs/net.html#VIRTIO_NET_F_MRG_RXBUF",
    "VWR_BLK_T_FLUSH": "generated/docs/blk.html#VIRTIO_BLK_T_FLUSH",
    "QueueSel": "generated/docs/mmio.html#VIRTIO_MMIO_QUEUE_SEL",
    "vwr_blk_read": "api/blk.html#c.vwr_blk_read",
    "vwr_vqueue_pop_avail": "api/vqueue.html#c.vwr_vqueue_pop_avail",
}


def hits(site, queries):
    """The first links that the search of the site shows for each query; its own scripts run, in node."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node here")
    said = output([node, Path(__file__).with_name("search.js"), site], input=json.dumps(queries))
    return [[link for link, _ in one] for one in json.loads(said)]


def test_the_search_finds_the_place_first(site):
    found = hits(site, [*FIRST])
    assert {query: links[0] for query, links in zip(FIRST, found)} == FIRST


def test_what_a_function_is_called_with_is_no_result(site):
    """Members of structures are, behind rows, functions and pages."""
    found = index(site)
    kinds = {name[1] for name in found["objnames"].values()}
    assert {"row", "function", "member"} <= kinds and "functionParam" not in kinds
    (links,) = hits(site, ["segments"])
    assert not re.search(r"#c\.\w+\.", links[0])


def test_no_two_pages_of_the_reference_have_one_title(site):
    found = index(site)
    titles = [
        title.rpartition(": ")[2]
        for page, title in zip(found["docnames"], found["titles"])
        if page.startswith("generated/docs/")
    ]
    assert sorted(set(titles)) == sorted(titles)


def test_places_that_the_search_names_are_there(site):
    found = index(site)
    named = {
        (found["docnames"][page], place)
        for rows in (*found["alltitles"].values(), *found["indexentries"].values())
        for page, place, *_ in rows
        if place
    }
    assert len(named) > 5000
    assert [
        (page, place) for page, place in sorted(named) if place not in links.places(site / f"{page}.html")
    ] == []


def test_one_group_of_the_navigation_is_open(site):
    def opened(page):
        groups = re.findall(r"<details ([^>]*)>", (site / page).read_text("utf-8"))
        assert len(groups) == 6 and all('name="navigation"' in one for one in groups), page
        return [" open" in one for one in groups].count(True)

    pages = ("generated/docs/blk.html", "docs/net.html", "api/blk.html", "tests/rules/README.html")
    assert [opened(page) for page in ("index.html", *pages)] == [0, 1, 1, 1, 1]


def test_pages_begin_with_what_readers_look_for(site):
    """In the navigation as in the list of pages: disks before group administration."""
    for page, first, later in (
        ("generated/docs/README.html", "blk.html", "admin.html"),
        ("generated/docs/pci.html", "blk.html", "admin.html"),
        ("generated/docs/README.html", "net.html", "ids.html"),
        ("api/index.html", "blk.html", "acpi.html"),
        ("api/index.html", "vblk.html", "vdev.html"),
    ):
        text = (site / page).read_text("utf-8").partition("<body")[2]  # the head links the next page
        assert 0 < text.index(f'"{first}"') < text.index(f'"{later}"'), (page, first, later)


def browser(folder, *options):
    """What a browser without a window prints."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no chromium here")
    command = ["timeout", "-k", "5", "240", chromium, "--headless", "--no-sandbox", "--disable-gpu"]
    command += ["--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"]
    return output([*command, "--disable-component-update", f"--user-data-dir={folder / 'profile'}", *options])


def test_a_browser_shows_it(site, tmp_path):
    picture = tmp_path / "page.png"
    browser(
        tmp_path,
        "--window-size=390,1200",
        f"--screenshot={picture}",
        (site / "api/blk.html").as_uri(),
    )
    assert picture.read_bytes().startswith(b"\x89PNG") and picture.stat().st_size > 20000


# Opens one page after the other in a frame, and lists the tables that are wider than their place.
FRAMES = """<pre id="out"></pre><script>
const pages = %s, out = [];
function next() {
    if (!pages.length)
        return document.getElementById("out").textContent = out.join("\\n") + "\\nall read";
    const page = pages.pop(), frame = document.createElement("iframe");
    frame.style = "width: 1280px; height: 900px";
    frame.src = page;
    frame.onload = () => {
        for (const one of frame.contentDocument.querySelectorAll(".table-wrapper"))
            if (one.scrollWidth > one.clientWidth + 1)
                out.push(page + ": " + one.querySelector("tr").innerText.replace(/\\s+/g, " "));
        frame.remove();
        next();
    };
    document.body.append(frame);
}
next();
</script>"""


def wide_tables(pages, folder):
    """Tables that lose columns in a window of 1280 pixels."""
    frames = folder / "frames.html"
    frames.write_text(FRAMES % json.dumps([page.as_uri() for page in pages]), encoding="utf-8")
    text = browser(
        folder,
        "--allow-file-access-from-files",
        "--virtual-time-budget=600000",
        "--window-size=1400,1000",
        "--dump-dom",
        frames.as_uri(),
    )
    *rows, last = re.search(r'<pre id="out">(.*?)</pre>', text, re.DOTALL)[1].strip().split("\n")
    assert last == "all read"
    return rows


def test_tables_fit_the_window(site, tmp_path):
    pages = [*site.glob("generated/docs/*.html"), *site.glob("docs/*.html"), *site.glob("api/*.html")]
    assert len(pages) > 150
    assert wide_tables(pages, tmp_path) == []


def test_a_wide_table_is_seen(tmp_path):
    page = tmp_path / "page.html"
    cells = "".join(f"<td>{'x' * 40}</td>" for _ in range(9))
    page.write_text(f'<div class="table-wrapper" style="overflow-x: auto"><table><tr>{cells}</table></div>')
    assert len(wide_tables([page], tmp_path)) == 1
