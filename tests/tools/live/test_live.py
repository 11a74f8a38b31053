# SPDX-License-Identifier: MIT
"""The page of ./vwr live in Chromium: scenes, switches, forms, links, traces, widths."""

import pytest

from in_page import OWN, opened, run

MOST_BYTES = 2_000_000
BY_HAND = "9p balloon blk console crypto entropy fs gpio gpu i2c input net pmem rtc scsi sound vsock".split()
GENERATED = "can iommu media mem rpmb scmi spi".split()


def test_the_size(file):
    assert file.stat().st_size <= MOST_BYTES


@pytest.mark.parametrize("packed", ["false", "true"])
def test_every_class_does_its_main_job(page, packed):
    """Nothing is reported, every store was seen, and backwards and forwards end in the same memory."""
    names = run(page, "return live.scenes.map((one) => one.name)")
    assert sorted(names) == sorted([*BY_HAND, *GENERATED, *OWN])
    for name in BY_HAND:
        done = run(page, f"return job(live, '{name}', {{packed: {packed}}})")
        wanted = {
            "said": "",
            "complaints": [],
            "unseen": 0,
            "back": 0,
            "forwards": 0,
            "layout": packed == "true",
        }
        assert {key: done[key] for key in wanted} == wanted, name
        assert done["messages"] >= 1, name


def test_each_switch_gives_its_rule(page):
    ids = run(page, "return live.faults.map((one) => one.id)")
    assert len(ids) == len(set(ids)) >= 40
    for name in ids:
        done = run(page, f"return broken(live, '{name}')")
        assert done["fired"] and done["rule"] in done["found"] and done["shown"], (name, done)


def choose(page, scene):
    run(
        page,
        f"document.querySelector('[name=scene]').value = '{scene}';"
        "document.querySelector('[name=scene]').dispatchEvent(new Event('change', {bubbles: true}));"
        "document.getElementById('again').click();"
        "document.querySelector('[data-step=open]').click();",
    )


def sent(page, name, **values):
    done = run(page, f"return submit(live, '{name}', {values})")
    assert done["result"] >= 0, (name, done)
    return bytes(done["out"])


def test_the_lamp_exchanges_every_message(page):
    choose(page, "lamp")
    assert sent(page, "off") == b"\0"
    assert sent(page, "shine", level="3", colour="1") == b"\0"
    sent(page, "answer shine", status="1")
    assert run(page, "return submit(live, 'shine').result") < 0
    assert run(page, "return complaints(live).length") == 1


def test_the_vault_exchanges_every_message(page):
    choose(page, "vault")
    sent(page, "set configuration", state="0", seal_size="6")
    sent(page, "read configuration")
    sent(page, "unlock", data="sesame")
    sent(page, "answer seal", data="VAULT1")
    assert sent(page, "seal")[4:] == b"VAULT1"
    sent(page, "set configuration", state="1")
    sent(page, "read configuration")
    sent(page, "store", index="2", data="gold")
    sent(page, "answer fetch", data="gold")
    assert sent(page, "fetch", index="2")[4:] == b"gold"
    assert sent(page, "list")[:4] == b"\0\0\0\0"
    sent(page, "wipe", first="0", num="2")
    sent(page, "lock")
    sent(page, "send knock", strength="7")
    assert sent(page, "poll eventq")[4:] == (7).to_bytes(4, "little")
    assert run(page, "return complaints(live)") == []


def test_a_step_back_and_another_way(page):
    """What is done at an earlier position cuts the journal at the boundary before it."""
    choose(page, "blk")
    sent(page, "write", sector="1", data="first")
    length = run(page, "return live.machine.journal.length")
    sent(page, "write", sector="1", data="second")
    run(page, f"live.go({length} + 5)")
    got = sent(page, "read", sector="1", count="1")
    assert got[:6] == b"first\0"
    what = "return live.machine.marks.map((one) => one.what)"
    assert run(page, what) == ["open", "write sector=1 data=first", "read sector=1 count=1"]
    assert run(page, "return document.getElementById('undo').textContent") == "Undo"
    run(page, "document.getElementById('undo').click()")
    assert run(page, what) == ["open", "write sector=1 data=first", "write sector=1 data=second"]


def test_what_cannot_be_done_is_said(page):
    run(page, "document.getElementById('again').click()")
    done = run(page, "return submit(live, 'read')")
    assert "the driver is not open" in done["text"] and done["out"] == []
    done = run(page, "return submit(live, 'read', {sector: 'abc'})")
    assert "sector is “abc”" in done["text"]


def test_the_header_of_a_frame_has_the_size_that_was_negotiated(page):
    run(page, "return job(live, 'net', {})")
    run(
        page,
        "live.go(live.machine.journal.findIndex((one) => one.text === 'send data=Hello, neighbour') + 1)",
    )
    run(page, "while (!live.views.message().includes('TRANSMIT')) live.move(1, 'all')")
    assert "hdr <small>12 bytes" in run(page, "return live.views.message()")


def test_a_link_restores_the_scene(browser, page, file):
    run(page, "live.breakIt(['virtual'])")
    shown = run(page, "return [live.machine.position, document.getElementById('now').textContent]")
    link = run(page, "return live.link()")
    again = opened(browser, file, link)
    assert run(again, "return [live.machine.position, document.getElementById('now').textContent]") == shown
    assert "are not memory" in shown[1]


TRACE = """\
qemu-system-aarch64: started
memory_region_ops_read cpu 0 mr 0x55 addr 0xa003e00 value 0x74726976 size 4 name 'virtio-mmio'
memory_region_ops_read cpu 0 mr 0x55 addr 0xa003e04 value 0x2 size 4 name 'virtio-mmio'
memory_region_ops_read cpu 0 mr 0x55 addr 0xa003e08 value 0x2 size 4 name 'virtio-mmio'
memory_region_ops_write cpu 0 mr 0x55 addr 0xa003e70 value 0x0 size 4 name 'virtio-mmio'
memory_region_ops_write cpu 0 mr 0x55 addr 0xa003e70 value 0x1 size 4 name 'virtio-mmio'
memory_region_ops_write cpu 0 mr 0x55 addr 0xa003e70 value 0x7 size 4 name 'virtio-mmio'
"""


def test_a_trace_becomes_a_journal(page):
    done = run(page, f"live.paste({TRACE!r}); return complaints(live)")
    assert any("without FEATURES_OK" in one for one in done)
    assert run(page, "return live.machine.journal.filter((one) => one.kind === 'read').length") == 3
    run(page, "live.paste('nothing of it')")
    assert "no register access" in run(page, "return document.getElementById('trace-said').textContent")


def test_keys_and_widths(page):
    """Nothing is wider than the window, and every control has a name."""
    for width in (1400, 1000, 400):
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        assert run(page, "return document.documentElement.scrollWidth - innerWidth") <= 0, width
    nameless = run(
        page,
        "return [...document.querySelectorAll('button, input, select, textarea')].filter((one) =>"
        " !(one.textContent.trim() || one.ariaLabel || one.labels?.length)).map((one) => one.outerHTML)",
    )
    assert nameless == []
    at = "return live.machine.position"
    run(page, "live.go(5)")
    before = run(page, at)
    press = "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '%s', bubbles: true}));"
    assert run(page, press % "ArrowRight" + at) > before
    assert run(page, press % "ArrowLeft" + at) == before
    assert run(page, press % "Home" + at) == 0
    assert run(page, press % "End" + at) == run(page, "return live.machine.journal.length")
