# SPDX-License-Identifier: MIT
"""The page of ./vwr live in Chromium: scenes, switches, forms, links, traces, widths."""

import pytest

from in_page import OWN, opened, run

MOST_BYTES = 2_000_000
BY_HAND = "9p balloon blk console crypto entropy fs gpio gpu i2c input net pmem rtc scsi sound vsock".split()
GENERATED = "can iommu media mem rpmb scmi spi".split()


def test_the_size(file):
    assert file.stat().st_size <= MOST_BYTES


@pytest.mark.parametrize("packed,slow", [("false", "0"), ("true", "0"), ("false", "SLOWLY")])
def test_every_class_does_its_main_job(page, packed, slow):
    """Nothing is reported, every store was seen, and backwards and forwards end in the same memory."""
    names = run(page, "return live.scenes.map((one) => one.name)")
    assert sorted(names) == sorted([*BY_HAND, *GENERATED, *OWN])
    for name in BY_HAND:
        done = run(page, f"return job(live, '{name}', {{packed: {packed}, slow: {slow}}})")
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
        assert done["fired"] and done["shown"] == done["rule"] and done["isFirst"], (name, done)
        assert done["sides"] == [done["side"]], (name, done)


def test_switches_stay_until_they_are_undone(page):
    """They outlast the buttons and other choices, and take with them what they needed."""
    ring = "document.querySelector('[name=event]')"
    state = f"return [live.armed.map((one) => one.id), live.armed.every((one) => one.fired), {ring}.checked, {ring}.disabled]"
    switch = "document.querySelector('[value=no-kick]').click();"
    assert run(page, state) == [[], True, True, False]
    assert run(page, switch + state) == [["no-kick"], True, False, True]
    assert run(page, "document.getElementById('demo').click();" + state) == [["no-kick"], True, False, True]
    size = "const size = document.querySelector('[name=size]'); size.value = 16;"
    size += "size.dispatchEvent(new Event('change', {bubbles: true}));"
    assert run(page, size + state) == [["no-kick"], True, False, True]
    assert run(page, "document.getElementById('again').click();" + state) == [["no-kick"], False, False, True]
    run(page, "document.querySelector('[data-step=open]').click()")
    sent = "document.querySelector('[data-action=write]').requestSubmit();"
    assert run(page, sent + state)[1]
    assert run(page, f"live.go(live.machine.marks[0].end); live.armed[0].fired = false; {sent}" + state)[1]
    assert run(page, switch + state) == [[], True, True, False]
    assert run(page, "return [live.options.size, live.machine.geometry.at(-1).rings[0].event]") == [16, True]


@pytest.mark.parametrize(
    "packed,index", [("false", "driver store avail.idx"), ("true", "driver store desc.flags")]
)
def test_it_starts_at_the_first_available_buffer(page, packed, index):
    """Behind its barrier, where the panes are not empty."""
    packs = f"document.querySelector('[name=packed]').checked !== {packed}"
    run(page, f"if ({packs}) document.querySelector('[name=packed]').click()")
    for what in ("", "document.getElementById('demo').click();"):
        assert run(page, f"{what} return here(live)") == index
    before = "live.machine.journal.slice(0, live.machine.position - 1).some((one, i) => live.publishes(i))"
    assert not run(page, f"return {before}")
    assert run(page, "return here(live) === index".replace("index", f"'{index}'"))
    assert "the device has it" in run(page, "return document.getElementById('message').textContent")


def test_a_barrier_is_an_entry(page):
    """The driver's and the device's, between the accesses that they order."""
    run(page, "return job(live, 'blk', {indirect: false, event: false})")
    published = run(page, "return around(live, 'driver store avail.idx')")
    assert len(published) == 2
    assert {tuple(one) for one in published} == {
        ("driver barrier release", "driver store avail.idx", "driver barrier mb")
    }
    assert run(page, "return around(live, 'driver barrier mb')")[0][2] == "driver load used.flags"
    assert "device barrier rmb" in {
        three[2] for three in run(page, "return around(live, 'device load avail.idx')")
    }
    assert {three[0] for three in run(page, "return around(live, 'device store used.idx')")} == {
        "device barrier release"
    }
    said = run(
        page,
        "live.go(1); while (!here(live).includes('barrier release')) live.move(1, 'all');"
        "return document.getElementById('now').textContent",
    )
    assert "barrier (vwr_port_release): earlier loads and stores come before later stores" in said
    run(page, "job(live, 'blk', {packed: true, event: false})")
    published = run(page, "return around(live, 'driver store desc.flags')")
    assert {three[0] for three in published} == {"driver barrier release"}


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


def test_the_names_of_an_enum_are_choices(page):
    choose(page, "lamp")
    field = "document.querySelector('[data-action=\"%s\"]').elements.%s"
    options = "return [...%s.options].map((one) => [one.value, one.textContent])"
    assert run(page, options % field % ("shine", "colour")) == [["0", "WHITE (0)"], ["1", "RED (1)"]]
    assert run(page, f"return {field}.value" % ("shine", "colour")) == "1"
    assert run(page, options % field % ("answer shine", "status")) == [["0", "OK (0)"], ["1", "IOERR (1)"]]
    assert run(page, f"return {field}.tagName" % ("shine", "level")) == "INPUT"
    assert "answer shine status=IOERR" in run(page, "return submit(live, 'answer shine', {status: 1}).text")
    choose(page, "can")
    names = run(page, options % field % ("answer tx", "status"))
    assert [name for _, name in names] == ["OK (0)", "NOT_OK (1)"]


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


LESSONS = (
    *("read", "write", "interrupt", "event-index", "tables", "packed", "reset"),
    *("no-notification", "index-first", "false-id"),
)


def test_the_course_is_ten_links(browser, page, file):
    """Each stop is in the journal, and says something of its own; only what breaks has findings."""
    links = run(
        page, "return [...document.querySelectorAll('#course a')].map((one) => one.getAttribute('href'))"
    )
    assert links == [f"#{one}" for one in LESSONS]
    said = []
    for lesson in LESSONS:
        run(page, f"document.querySelector('#course [href=\"#{lesson}\"]').click()")
        at, stops, first = run(page, "return [live.lesson.at, live.lesson.stops, live.machine.position]")
        assert len(at) == len(stops) >= 5 and at == sorted(set(at)) and first == at[0], lesson
        for number, (wanted, sentence) in enumerate(stops):
            name, text, quiet = run(
                page,
                "const text = document.getElementById('lesson');"
                "return [here(live), text.textContent, text.querySelector('.quiet') !== null]",
            )
            assert name.startswith(wanted) and f"{number + 1}/{len(stops)} {sentence}" in text and not quiet
            run(page, "document.querySelector('[data-keep=next]')?.click()")
            said.append(sentence)
        findings = run(
            page,
            f"live.restore('#{lesson}'); return live.machine.journal.some((one) => one.kind === 'finding')",
        )
        assert findings == (lesson in LESSONS[-3:]), lesson
    assert len(said) == len(set(said))
    again = opened(browser, file, "#packed.6")
    assert "Packed ring 6/" in run(again, "return document.getElementById('lesson').textContent")
    assert run(again, "return [here(live), location.hash]") == ["driver store desc.flags", "#packed.6"]
    run(again, "document.querySelector('[data-keep=back]').click()")
    assert run(again, "return [here(live), location.hash]") == ["driver barrier release", "#packed.5"]
    run(again, "live.stopAt(5); live.move(1, 'all')")
    assert "AVAIL" in run(again, "return document.querySelector('#lesson .quiet').textContent")
    run(again, "document.getElementById('demo').click()")
    assert run(again, "return document.getElementById('lesson').hidden")


def test_an_entry_and_what_it_changed_are_seen_together(browser, page, file):
    """In a narrow window, at each stop of the course and at each entry of a lesson."""
    size = {"width": 400, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    for lesson in LESSONS:
        found = run(
            page,
            f"live.restore('#{lesson}');"
            "return live.lesson.at.map((at, stop) => { live.stopAt(stop); return [stop + 1, hidden(live)]; })"
            ".filter(([, found]) => found.length)",
        )
        assert found == [], lesson
    found = run(
        page,
        "live.restore('#read'); const found = [];"
        "for (let at = 1; at <= live.machine.journal.length; at++) { live.go(at); found.push([at, hidden(live)]); }"
        "return found.filter(([, found]) => found.length)",
    )
    by_link = run(opened(browser, file, "#write.5"), "return hidden(live)")
    page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert found == by_link == []


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
