# SPDX-License-Identifier: MIT
"""The page of ./vwr explorer: its links, its conditions against C and Python, and what its paste box says."""

import json
import random
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

import conditions
import made
from processes import completed, need, output
from golden import LICENCE, compare
from vwr import ROOT, description
from vwr.explorer.page import page
from vwr.explorer.rows import message_key

HERE = Path(__file__).parent
LIMIT_BYTES = 450_000
CASES = 10_000
NODE = shutil.which("node") or shutil.which("nodejs")
OPEN_TAGS = {"meta", "input", "br", "p", "li", "tr", "td", "th", "html", "option"}  # closed by what follows


@pytest.fixture(scope="module")
def text():
    return page(description.data())


class Tags(HTMLParser):
    """Ids, links and addresses of a page, and whether its elements are nested."""

    def __init__(self):
        super().__init__()
        self.ids, self.links, self.outside, self.open, self.wrong = [], [], [], [], []

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        self.ids += [named["id"]] if "id" in named else []
        self.links += [named["href"]] if tag == "a" else []
        self.outside += [
            value for key, value in attrs if key in ("src", "action") or key == "href" and tag != "a"
        ]
        if tag not in OPEN_TAGS:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in OPEN_TAGS and (not self.open or self.open.pop() != tag):
            self.wrong.append((tag, self.getpos()))


def test_the_page_is_whole(text):
    tags = Tags()
    tags.feed(text)
    assert len(text.encode()) <= LIMIT_BYTES
    assert not tags.wrong and not tags.open, (tags.wrong[:3], tags.open)
    assert len(tags.ids) == len(set(tags.ids)), {one for one in tags.ids if tags.ids.count(one) > 1}
    dead = [link for link in tags.links if link[:1] != "#" or link[1:] not in tags.ids]
    assert len(tags.links) > 500 and not dead, dead[:5]
    assert not tags.outside and not re.search(r"https?://|url\(|@import|fetch\(|XMLHttp|@[A-Z]+@", text)


def test_every_row_of_the_description_is_there(text):
    """Without JavaScript: features, queues, fields, messages, registers by their names."""
    ids = set(re.findall(r" id=([\w.-]+)", text))
    for file in description.data()["files"]:
        name = file["name"]
        wanted = [] if name == "state" else [name]
        if file["kind"] == "device":
            features = next((one["values"] for one in file["groups"] if one["kind"] == "features"), [])
            wanted += [f"{name}.{one['name']}" for one in features]
            wanted += [f"{name}.q.{one['name']}" for one in file["queues"]]
            wanted += [
                f"{name}.c.{field['name']}"
                for one in file.get("structs", [])
                if one["name"] == "config"
                for field in one["fields"]
                if not field.get("reserved")
            ]
            wanted += [
                f"{name}.{message_key(one, row)}" for one in file.get("messages", []) for row in one["rows"]
            ]
        if name == "mmio":
            wanted += [f"mmio.{one['name']}" for one in file["registers"]]
        assert set(wanted) <= ids, set(wanted) - ids


def random_cases(devices):
    """(device, set): few features, many, or each with some of what it requires."""
    source = random.Random(43)
    for number in range(CASES):
        device = devices[number % len(devices)]
        bits = list(device.bits.values())
        chosen = {bit for bit in bits if source.random() < source.choice((0.1, 0.5, 0.9))}
        yield device, chosen | ({device.bits["VERSION_1"]} if source.random() < 0.7 else set())


@pytest.fixture(scope="module")
def cases():
    devices = conditions.devices(description.package())
    return [(device, chosen, device(chosen)) for device, chosen in random_cases(devices)]


def plain(said):
    """As logic.js prints it."""
    return [
        [int(one) for one in said.unmet],
        [int(one) for one in said.offers],
        sorted(said.closed),
        [int(one) for one in said.fields],
        said.queues,
        [int(one) for one in said.messages],
        said.sizes,
    ]


def in_node(text, tmp_path, sets=(), pastes=()):
    if NODE is None:
        pytest.skip("no node here")
    (tmp_path / "page.html").write_text(text, encoding="utf-8")
    said = output(
        [NODE, HERE / "logic.js", tmp_path / "page.html"], input=json.dumps({"sets": sets, "pastes": pastes})
    )
    return json.loads(said)


def test_javascript_and_python_agree(text, cases, tmp_path):
    sets = [(device.spec.name, sorted(chosen)) for device, chosen, _ in cases]
    for case, (_, _, said), found in zip(sets, cases, in_node(text, tmp_path, sets)["sets"]):
        assert found == plain(said), case


def services(name):
    """(C's name of the messages of each queue, the queue) of a device."""
    source = made.generated(f"service/vwr_gen_{name}_service.c").read_text(encoding="utf-8")
    return re.findall(r"^const struct vwr_service_queue (vwr_[a-z0-9]+_vservice_(\w+)) =", source, re.M)


def table(devices):
    """table.h"""
    lines, rows, includes = [], [], set()
    for device in devices:
        name = device.spec.name
        header = (ROOT / f"generated/include/vwr/gen/{name}.h").read_text(encoding="utf-8")
        includes |= {f'#include "vwr/gen/{name}.h"', f'#include "vwr/service/{name}.h"'}
        prefix = re.search(r"define (VWR_\w+)_FEATURES_W0", header)[1]
        lower = prefix.lower()
        queues = "".join(f"&{c}, " for c, _ in services(name))
        sizes = "".join(f"{{{lower}_{one.name}_size}}, " for one in device.spec.structs if one.sizes)
        lines.append(f"static const struct vwr_service_queue *const queues_{lower}[] = {{{queues}NULL}};")
        lines.append(f"static const struct sized sizes_{lower}[] = {{{sizes}{{NULL}}}};")

        def listed(what, count):
            return f"{lower}_{what}, {prefix}_{count}" if f" {lower}_{what}[" in header else "NULL, 0"

        rules = listed("feature_rules", "FEATURE_RULE_COUNT")
        fields = listed("config_fields", "CONFIG_FIELD_COUNT")
        rows.append(f"    {{{rules}, {fields}, queues_{lower}, sizes_{lower}}},")
    return "\n".join([*sorted(includes), *lines, "static const struct device devices[] = {", *rows, "};", ""])


def built(devices, tmp_path):
    """The C program; functions that the tables refer to and that never run are missing in it."""
    (tmp_path / "table.h").write_text(table(devices), encoding="utf-8")
    sources = [*(ROOT / "generated/src").glob("vwr_gen_*.c"), *made.every("service/*.c")]
    sources += [ROOT / "runtime/base/vwr_features.c", HERE / "conditions.c"]
    (tmp_path / "all.c").write_text("".join(f'#include "{one}"\n' for one in sources), encoding="utf-8")
    folders = ("runtime/include", "generated/include", "runtime/port/host", made.folder() / "include")
    words = ["gcc", "-std=c11", "-O0", "-w", f"-I{tmp_path}", *(f"-I{ROOT / one}" for one in folders)]
    words += [
        tmp_path / "all.c",
        "-Wl,--unresolved-symbols=ignore-all",
        "-no-pie",
        "-o",
        tmp_path / "conditions",
    ]
    output(words)
    return tmp_path / "conditions"


def messages_of(device, line):
    """The places of the rows of the C tables, "QUEUE,VALUE…" each, in the messages of the description."""
    left = list(enumerate(device.messages))
    queues = [queue for _, queue in services(device.spec.name)]
    for row in line.split():
        at, *values = map(int, row.split(","))
        found = next(
            (
                one
                for one in left
                if one[1][0].replace("-", "_") == queues[at]
                and (not values or one[1][1].get("values") == values)
                and one[1][1]["sender"] != "device"
            ),
            None,
        )
        assert found, (device.spec.name, queues[at], values)
        left.remove(found)
        yield found[0]


def assert_fields(device, chosen, said, listed):
    """C's tables have no field behind an array of unknown length; the getters know `unless`, not the tables."""
    rows = dict(one.split("=") for one in listed.split(",") if one)
    for field, there in zip(device.config.fields if rows else (), said.fields):
        if str(field.offset) in rows and not field.unless:
            assert int(rows[str(field.offset)]) == there, (device.spec.name, field.name, chosen)


def assert_messages(device, chosen, said, rows):
    """The code around C's tables has the queue's condition and the interface."""
    queues = {one["name"]: place != -1 for one, place in zip(device.queues, said.queues)}
    for place, found in rows:
        queue, row = device.messages[place]
        if "only" not in row:
            there = int(found) and queues.get(queue, True)
            assert there == said.messages[place], (device.spec.name, row["name"], chosen)


def test_c_and_python_agree(cases, tmp_path):
    """Dependencies, fields of the configuration, messages that a driver sends, sizes."""
    need("gcc")
    devices = conditions.devices(description.package())
    names = [one.spec.name for one in devices]
    lines = []
    for device, chosen, _ in cases:
        value = sum(1 << bit for bit in chosen)
        words = " ".join(f"{value >> 32 * word & 0xFFFFFFFF:x}" for word in range(4))
        lines.append(f"{names.index(device.spec.name)} {words}")
    program = built(devices, tmp_path)
    done = subprocess.run([program], input="\n".join(lines), capture_output=True, text=True, check=True)
    answers = done.stdout.split("\n")
    places = [[*messages_of(one, line)] for one, line in zip(devices, answers)]
    assert sum(map(len, places)) > 150
    bits = lambda held: "".join(str(int(one)) for one in held)
    for (device, chosen, said), line in zip(cases, answers[len(devices) :]):
        unmet, closed, fields, messages, *sizes = line.split(" ")
        rows = places[names.index(device.spec.name)]
        assert unmet == bits(said.unmet), (device.spec.name, chosen)
        assert int(closed, 16) == sum(1 << bit for bit in said.closed), (device.spec.name, chosen)
        assert_fields(device, chosen, said, fields)
        assert_messages(device, chosen, said, zip(rows, messages))
        assert list(map(int, sizes)) == said.sizes, (device.spec.name, chosen)


def pastes():
    """(text, device) of each input: blocks of pastes.txt that begin with `== DEVICE`."""
    blocks = re.split(r"^== ?(\w*)\n", (HERE / "pastes.txt").read_text(encoding="utf-8"), flags=re.M)
    return [(text.rstrip("\n"), device) for device, text in zip(blocks[1::2], blocks[2::2])]


def test_what_the_paste_box_says(text, tmp_path):
    inputs = pastes()
    ids = set(re.findall(r" id=([\w.-]+)", text))
    assert len(inputs) >= 40
    shown = [LICENCE]
    for (paste, device), found in zip(inputs, in_node(text, tmp_path, pastes=inputs)["pastes"]):
        shown.append(f"== {device}".rstrip() + "\n" + "".join(f"> {line}\n" for line in paste.splitlines()))
        for one in found:
            assert set(one["links"]) <= ids, one["links"]
            shown.append(
                "".join(f"{line}\n" for line in (one["title"], *("  " + row for row in one["lines"])))
            )
            shown.append(f"  -> {' '.join(one['links'])}\n" if one["links"] else "")
        shown.append("" if found else "nothing\n")
    compare(HERE / "said.txt", "".join(shown))


def test_the_verb(tmp_path):
    words = [sys.executable, "-B", ROOT / "codegen", "explorer", "-o", tmp_path / "a" / "page.html"]
    done = completed(words)
    assert done.returncode == 0 and "open it in a browser" in done.stdout, done.stderr
    assert (tmp_path / "a" / "page.html").read_text(encoding="utf-8") == page(description.data())
    done = completed([*words[:-1], tmp_path])
    assert done.returncode == 2 and "cannot be written" in done.stderr
