# SPDX-License-Identifier: MIT
"""Each rule with a trace that breaks it: the good start-up with one thing changed."""

import pytest

import test_pci
import traces
from qemu_machine import BOOK
from traces import LEGACY, MODERN, RING, after, change, drop, upto

from vwr.explain import rules

QUIET = upto(MODERN, "w QueueNotify 0")  # nothing comes back
QUIET_LEGACY = upto(LEGACY, "w QueueNotify 0")
ANSWER = ["virtio_queue_notify vdev 0x5 n 0 vq 0x6", "virtio_notify vdev 0x5 vq 0x6"]
NEEDS_RESET = BOOK.status["DEVICE_NEEDS_RESET"]
FAILED = BOOK.status["FAILED"]

VERSION_1 = ("w DriverFeaturesSel 1", "w DriverFeatures 1")
SAYS = "qemu-system-aarch64: Incorrect order for descriptors"
PACKED = change(QUIET, "r DeviceFeatures 0x101", "r DeviceFeatures 0x505")
CHANGED = change(MODERN, "r InterruptStatus 1", "r InterruptStatus 3")
CHANGED = change(CHANGED, "w InterruptACK 1", "w InterruptACK 3")

# The capacity changed, and the generation did not.
MOVED = [*upto(MODERN, "r Config+20 0x200"), "r ConfigGeneration 0", "r Config+0 0x900", "r Config+4 0"]
MOVED += ["r ConfigGeneration 0", *MODERN[MODERN.index("w QueueSel 0") :]]
POPPED = ["virtqueue_pop vq 0x6 elem 0x7 in_num 2 out_num 1", "virtqueue_fill vq 0x6 elem 0x7 len 513 idx 0"]
SERVED_TWICE = [*QUIET, ANSWER[0], *POPPED, ANSWER[1], "r InterruptStatus 1", "w InterruptACK 1"]
SERVED_TWICE += ["w QueueNotify 0", ANSWER[0], *POPPED]
# A network card with MQ, whose max_virtqueue_pairs is 0.
PAIRS_OF_NONE = change(drop(MODERN, "r Config"), "r DeviceID 2", "r DeviceID 1")
PAIRS_OF_NONE = change(PAIRS_OF_NONE, "r DeviceFeatures 0x30000244", "r DeviceFeatures 0x420000")
PAIRS_OF_NONE = change(PAIRS_OF_NONE, "w DriverFeatures 0x240", "w DriverFeatures 0x420000")
PAIRS_OF_NONE = after(PAIRS_OF_NONE, "r Status 0xb", "r Config+8 0 2")
DATA = 1 | 1 << BOOK.feature_bit["NOTIFICATION_DATA"] - 32  # VERSION_1 as well
ANSWERED_LATE = ["arm 0 1", "take 0 0 1"]
# The runtime's own trace of a first request.
FIRST = [*upto(MODERN, "r Status 0xf"), "add 0 0 3", "kick 0 1 1", "w QueueNotify 0"]

# The device, or the driver, does nothing more; but in these cases an answer follows all the same.
ANSWERED = ("gone", "byte-order", "magic", "version", "empty-slot", "notify-unknown")
DEAD = {rule for rule, row in rules.RULES.items() if row.weight <= rules.SILENT and rule not in ANSWERED} | {
    "needs-reset-silent",
    "features-refused-again",
}

# rule: (rows, whether it is the one sentence)
CASES = {
    "qemu-says": (QUIET + [ANSWER[0], SAYS], True),
    "gone": (change(MODERN, MODERN[0], "r MagicValue 0xffffffff"), True),
    "byte-order": (change(MODERN, MODERN[0], "r MagicValue 0x76697274"), True),
    "magic": (change(MODERN, MODERN[0], "r MagicValue 0x12345678"), True),
    "version": (change(MODERN, "r Version 2", "r Version 3"), True),
    "empty-slot": (change(MODERN, "r DeviceID 2", "r DeviceID 0"), True),
    "legacy-device": (LEGACY[:4], True),
    "register-of-other-version": (change(MODERN, "r Version 2", "r Version 1"), True),
    "not-started": (MODERN[:4], True),
    "features-refused": (upto(MODERN, "w Status 0xb") + ["r Status 3"], True),
    "version-1": (upto(drop(MODERN, *VERSION_1, "r Status 0xb", "r Status 0xf"), "w QueueNotify 0"), True),
    "features-not-offered": (change(MODERN, "w DriverFeatures 0x240", "w DriverFeatures 0x241"), True),
    "feature-needs": (
        after(MODERN[:6] + ["w Status 3"] + MODERN[10:], "w DriverFeatures 1", "w DriverFeatures 0x100"),
        False,
    ),
    "features-after-ok": (after(MODERN, "r Status 0xb", "w DriverFeatures 1"), True),
    "features-ok-never": (
        change(
            change(drop(QUIET, "w Status 0xb", "r Status 0xb"), "w Status 0xf", "w Status 7"),
            "r Status 0xf",
            "r Status 7",
        ),
        True,
    ),
    "features-ok-unread": (drop(MODERN, "r Status 0xb", "r Status 0xf"), True),
    "status-skipped": (change(MODERN, "w Status 1", "w Status 2"), False),
    "status-order": (after(MODERN, "w Status 3", "w Status 0x43"), True),
    "status-cleared": (after(MODERN, "r Status 0xf", "w Status 4"), True),
    "status-unknown": (after(MODERN, "r Status 0xf", "w Status 0x2f"), True),
    "queue-absent": (
        change(change(QUIET, "w QueueSel 0", "w QueueSel 1"), "r QueueSizeMax 1024", "r QueueSizeMax 0"),
        True,
    ),
    "ready-before-address": (drop(QUIET, "w QueueDesc", "w QueueDriver", "w QueueDevice"), True),
    "address-missing": (drop(QUIET, "w QueueDevice"), True),
    "address-far": (
        change(
            change(QUIET, f"w QueueDescLow 0x{RING:x}", "w QueueDescLow 0"),
            "w QueueDescHigh 0",
            f"w QueueDescHigh 0x{RING:x}",
        ),
        True,
    ),
    "pfn-is-address": (change(QUIET_LEGACY, "w QueuePFN 0x40100", f"w QueuePFN 0x{RING:x}"), True),
    "pfn-without-page-size": (
        drop(change(QUIET_LEGACY, "w QueuePFN 0x40100", f"w QueuePFN 0x{RING:x}"), "w GuestPageSize"),
        True,
    ),
    "queue-too-large": (change(QUIET, "r QueueSizeMax 1024", "r QueueSizeMax 8"), True),
    "queue-size-never": (drop(QUIET, "w QueueSize"), True),
    "queue-size-shape": (change(MODERN, "w QueueSize 16", "w QueueSize 15"), True),
    "queue-misaligned": (
        change(QUIET, f"w QueueDescLow 0x{RING:x}", f"w QueueDescLow 0x{RING - 0x108:x}"),
        True,
    ),
    "packed-misaligned": (
        change(
            change(
                PACKED,
                "w DriverFeatures 1",
                f"w DriverFeatures {1 | 1 << BOOK.feature_bit['RING_PACKED'] - 32}",
            ),
            f"w QueueDescLow 0x{RING:x}",
            f"w QueueDescLow 0x{RING - 0x108:x}",
        ),
        True,
    ),
    "queue-overlap": (change(QUIET, "w QueueSize 16", "w QueueSize 64"), True),
    "page-size-never": (drop(LEGACY, "w GuestPageSize"), True),
    "page-size-shape": (change(LEGACY, "w GuestPageSize 4096", "w GuestPageSize 4095"), True),
    "align-shape": (change(LEGACY, "w QueueAlign 4096", "w QueueAlign 0"), True),
    "align-never": (drop(LEGACY, "w QueueAlign"), True),
    "queue-busy": (after(MODERN, "w QueueReady 1", "w QueueSize 32"), True),
    "queue-early": (
        change(
            change(MODERN, "w QueueSize 16"),
            "w Status 0xb",
            "w QueueSel 0",
            "r QueueSizeMax 1024",
            "w QueueSize 16",
            "w Status 0xb",
        ),
        True,
    ),
    "queue-late": (after(drop(MODERN, "w QueueReady 1"), "r Status 0xf", "w QueueReady 1"), True),
    "queue-none": (drop(MODERN, "w Queue", "r Queue", *traces.RUN), True),
    "driver-ok-never": (upto(MODERN, "w QueueReady 1"), True),
    "needs-reset": (
        [*QUIET, "r InterruptStatus 2", "w InterruptACK 2", f"r Status 0x{NEEDS_RESET + 0xf:x}"],
        True,
    ),
    # What the device answers.
    "needs-reset-silent": (
        [*change(QUIET, "r Status 0xf", f"r Status 0x{NEEDS_RESET + 0xf:x}"), "r InterruptStatus 0"],
        True,
    ),
    "register-changed": (after(MODERN, "r VendorID 0x554d4551", "r VendorID 1"), True),
    "device-version-1": (
        change(
            change(MODERN, "r DeviceFeatures 0x101", "r DeviceFeatures 0"),
            "w DriverFeatures 1",
            "w DriverFeatures 0",
        ),
        True,
    ),
    "features-changed": (after(MODERN, "r DeviceFeatures 0x101", "r DeviceFeatures 1"), True),
    "reset-keeps": (change(MODERN, "r QueueReady 0", "r QueueReady 1"), True),
    "reads-otherwise": (after(MODERN, "w QueueReady 1", "r QueueReady 0"), True),
    "status-otherwise": (change(MODERN, "r Status 1", "r Status 3"), True),
    "status-lost": (change(QUIET, "r Status 0xf", "r Status 0"), True),
    "reset-unfinished": ([*upto(MODERN, "w Status 0"), *["r Status 0xf"] * 3], True),
    "interrupt-vanished": (
        change(MODERN, "w InterruptACK 1", "r InterruptStatus 0", "w InterruptACK 1"),
        True,
    ),
    "interrupt-without-event": (
        change(MODERN, "w QueueNotify 0", "add 0 0 1", "w QueueNotify 0") + traces.RUN[1:],
        True,
    ),
    "interrupt-status-empty": (QUIET + ANSWER + ["r InterruptStatus 0"], True),
    "interrupt-unknown": (
        change(
            change(MODERN, "r InterruptStatus 1", "r InterruptStatus 5"),
            "w InterruptACK 1",
            "w InterruptACK 5",
        ),
        True,
    ),
    "generation": (MOVED, True),
    "not-interrupted": (SERVED_TWICE, True),
    "queue-max-wrong": (change(MODERN, "r QueueSizeMax 1024", "r QueueSizeMax 0x10400"), True),
    "device-unknown": (change(drop(MODERN, "r Config"), "r DeviceID 2", "r DeviceID 999"), True),
    "request-failed": (
        [*QUIET, ANSWER[0], "virtio_blk_req_complete vdev 0x5 req 0x8 status 1", ANSWER[1], *traces.RUN[1:]],
        True,
    ),
    "generation-moves": (
        after(MODERN, "r ConfigGeneration 0", *(f"r ConfigGeneration {n}" for n in range(1, 5))),
        True,
    ),
    "features-refused-again": ([*MODERN, *upto(MODERN[4:], "w Status 0xb"), "r Status 3"], True),
    "interrupt-never": (
        [*FIRST, *[*ANSWERED_LATE, "add 0 0 3", "kick 0 1 1", "w QueueNotify 0"] * 2, *ANSWERED_LATE],
        True,
    ),
    "notify-data": (
        change(
            change(MODERN, "r DeviceFeatures 0x101", f"r DeviceFeatures 0x{DATA:x}"),
            "w DriverFeatures 1",
            f"w DriverFeatures 0x{DATA:x}",
        ),
        True,
    ),
    "config-limits": (PAIRS_OF_NONE, True),
    "queue-lacks": (
        upto(change(MODERN, "r QueueSizeMax 1024", "r QueueSizeMax 0"), "r QueueSizeMax 0"),
        True,
    ),
    "not-notified": ([*FIRST, "take 0 0 1", "add 0 0 3", "kick 0 1 0", "arm 0 1"], True),
    "queue-stopped": (MODERN + ["stop 0 -18"], True),
    "notify-unknown": (change(MODERN, "w QueueNotify 0", "w QueueNotify 1"), True),
    "notify-early": (after(MODERN, "w QueueReady 1", "w QueueNotify 0"), True),
    "half-of-64": (drop(QUIET, "r Config+4"), True),
    "no-answer": (QUIET, True),
    "answer-ignored": (QUIET + ANSWER, True),
    "notify-never": (upto(MODERN, "r Status 0xf"), True),
    "config-change-ignored": (CHANGED, True),
    "config-change-unread": (CHANGED + traces.RUN, True),
    "failed": (upto(MODERN, "r Status 0xb") + [f"w Status 0x{FAILED + 0xb:x}"], True),
    "after-failed": (
        change(
            drop(MODERN, "r Status 0xf"),
            "w Status 0xf",
            f"w Status 0x{FAILED + 0xb:x}",
            f"w Status 0x{FAILED + 0xf:x}",
        ),
        True,
    ),
    "write-too-early": (after(LEGACY, "r Status 0", "w DriverFeaturesSel 0", "w DriverFeatures 0x40"), False),
    "no-register": (after(MODERN, "r Status 3", "r 0x2c 0"), True),
    "read-only": (after(MODERN, "r Status 3", "w DeviceFeatures 0"), True),
    "write-only": (after(MODERN, "r Status 3", "r DriverFeatures 0"), True),
    "width": (after(MODERN, "r Status 3", "r Status 3 1"), True),
    "config-width": (change(MODERN, "r Config+20 0x200", "r Config+20 0 2"), True),
    "config-early": (after(MODERN, "r Status 0", "r Config+20 0x200"), True),
    "config-read-only": (after(MODERN, "r Config+4 0", "w Config+20 0x200"), True),
    "ack-unraised": (change(MODERN, "w InterruptACK 1", "w InterruptACK 3"), True),
    "ack-never": (drop(MODERN, "w InterruptACK"), True),
    "reset-unread": (drop(MODERN, "r Status 0"), True),
    "reset-never": (drop(MODERN, "w Status 0", "r Status 0"), True),
    "features-ok-legacy": (after(LEGACY, "r Status 3", "w Status 0xb"), False),
    "status-together": (drop(MODERN, "w Status 1", "r Status 1"), True),
    "features-unread": (drop(MODERN, "r DeviceFeatures 0x101"), True),
    "features-unwritten": (drop(LEGACY, "w DriverFeatures"), True),
    "sel-never": (drop(MODERN, "w QueueSel"), True),
    "features-unselected": (drop(MODERN, "w DeviceFeaturesSel"), False),
    "driver-features-unselected": (drop(MODERN, "w DriverFeaturesSel"), False),
    "address-half": (drop(MODERN, "w QueueDescHigh"), True),
    "queue-max-unread": (drop(MODERN, "r QueueSizeMax"), True),
    "config-half": (drop(MODERN, "r Config+4"), True),
    "config-torn": (drop(MODERN, "r ConfigGeneration"), True),
    "config-gate": (after(MODERN, "r Config+4 0", "r Config+8 0"), True),
    "config-beyond": (after(MODERN, "r Config+4 0", "r Config+252 0"), True),
    "probe-incomplete": (drop(MODERN, "r MagicValue"), True),
}


def printed(rows):
    """Rows as the runtime prints them, or as QEMU does if there are events of QEMU's among them."""
    return (
        traces.qemu if any(row.startswith(("virtio_", "virtqueue_", "qemu")) for row in rows) else traces.own
    )(rows)


@pytest.mark.parametrize("rule", CASES)
def test_rule(rule):
    rows, is_sentence = CASES[rule]
    trace = printed(rows)
    here = traces.found(trace)
    assert rule in here, here
    if is_sentence:
        assert here[0] == rule, here
    code, out, _ = traces.explain(trace)
    assert code == (3 if rule in DEAD else 1)
    row = next(row for row in traces.judged(trace)[1][0]["findings"] if row["rule"] == rule)
    clause = f"; {row['clause']}" if row["clause"] else ""
    assert f"[{row['section']}{clause}]" in out and "In one sentence: " in out.splitlines()[-1]


def test_every_rule_has_a_case():
    assert set(CASES) | set(test_pci.CASES) == set(rules.RULES)


@pytest.mark.parametrize("rows", [MODERN, LEGACY])
@pytest.mark.parametrize("as_whose", [traces.own, traces.qemu])
def test_the_good_ones_break_none(rows, as_whose):
    assert not traces.found(as_whose(rows))
    out = traces.explain(as_whose(rows))[1]
    assert out.splitlines()[-1] == "  In one sentence: nothing is wrong with the start-up."


def test_sections_are_the_documents():
    titles = {
        row["section"] for rows, _ in CASES.values() for row in traces.judged(printed(rows))[1][0]["findings"]
    }
    blk, net = BOOK.by_name["blk"], BOOK.by_name["net"]
    known = {blk.section, blk.config_section, blk.feature_section, net.config_section}
    assert titles <= {*BOOK.sections.values(), *known}


WITHOUT = drop(QUIET, *VERSION_1)
UNREAD = drop(WITHOUT, "r Status 0xb", "r Status 0xf")
FORGIVEN = drop(MODERN, *VERSION_1, "r Status 0xb", "r Status 0xf")
HIGH = change(
    change(QUIET, "w QueueDescHigh 0", "w QueueDescHigh 2"), "w QueueDriverHigh 0", "w QueueDriverHigh 2"
)
AGAIN = MODERN[4:]  # a second start
FAR = CASES["address-far"][0] + [ANSWER[0], SAYS]
LAP = ["add 0 0 3", "kick 0 1 1", "w QueueNotify 0", "arm 0 1", *traces.RUN[1:], "irq 1"]
PACKED_RUN = change(
    PACKED[:-1], "w DriverFeatures 1", f"w DriverFeatures {1 | 1 << BOOK.feature_bit['RING_PACKED'] - 32}"
)
PACKED_DATA = DATA | 1 << BOOK.feature_bit["RING_PACKED"] - 32
EVENT_IDX = 0x240 | 1 << BOOK.feature_bit["EVENT_IDX"]
EVENT_POLLED = change(QUIET, "w DriverFeatures 0x240", f"w DriverFeatures 0x{EVENT_IDX:x}") + ANSWER
EFAILED = next(number for number, name in BOOK.results.items() if name.startswith("VWR_EFAILED"))
GIVES_UP = f"w Status 0x{FAILED | 0xf:x}"
STOPPED = ["r InterruptStatus 2", "w InterruptACK 2", f"r Status 0x{NEEDS_RESET + 0xf:x}"]
# Name of the case: its trace, and all its findings.
FOUND = {
    "the cause comes before the symptom": (
        traces.own(CASES["ready-before-address"][0]),
        ["ready-before-address", "no-answer"],
    ),
    "what the device forgave is not the cause": (
        printed(WITHOUT + ANSWER),
        ["answer-ignored", "version-1"],
    ),
    "a first start without VERSION_1 went well, and so does the second": (
        traces.own(FORGIVEN + FORGIVEN[4:-2]),
        ["version-1", "features-ok-unread", "no-answer"],
    ),
    "a first start without VERSION_1 went well, and the second has it": (
        traces.own(FORGIVEN + QUIET[4:]),
        ["no-answer", "features-ok-unread", "version-1"],
    ),
    "FEATURES_OK reads back as set": (traces.own(WITHOUT), ["no-answer", "version-1"]),
    # What is certain comes before what a silence may have as its cause.
    "FEATURES_OK is not read back": (traces.own(UNREAD), ["version-1", "features-ok-unread", "no-answer"]),
    "QEMU forgives VERSION_1": (traces.qemu(UNREAD), ["features-ok-unread", "no-answer", "version-1"]),
    "QEMU's words come first": (printed(WITHOUT + [ANSWER[0], SAYS]), ["qemu-says", "version-1"]),
    "the runtime's trace and QEMU's words": (traces.own(QUIET) + SAYS + "\n", ["qemu-says"]),
    "a change of the configuration, and Status is read": (traces.own(CHANGED + ["r Status 0xf"]), []),
    "a change of the configuration, which is read": (traces.own(CHANGED + ["r Config+20 0x200"]), []),
    "silence": (traces.own(QUIET), ["no-answer"]),
    "a driver that polls has interrupts off and notifies again": (
        traces.own(QUIET + ["w QueueNotify 0"]),
        [],
    ),
    "a driver that polls resets": (traces.own(QUIET + ["w Status 0", "r Status 0"]), []),
    "there were interrupts before": (traces.own(MODERN + ["w QueueNotify 0"]), ["no-answer"]),
    "waiting is no access": (
        traces.own(QUIET + ["r InterruptStatus 0"] * 3 + ["r Status 0xf"]),
        ["no-answer"],
    ),
    "a queue may be stopped and changed": (
        traces.own(after(MODERN, "w QueueReady 1", "w QueueReady 0", "w QueueSize 8", "w QueueReady 1")),
        [],
    ),
    "a second start": (traces.own(MODERN + AGAIN), []),
    "a second start without its queue": (
        traces.own(MODERN + drop(AGAIN, "w QueueReady 1")),
        ["queue-none", "notify-unknown"],
    ),
    "a second start that stops": (traces.own(MODERN + upto(AGAIN, "w QueueReady 1")), ["driver-ok-never"]),
    # The features were read: what is wrong is the width.
    "features that were read by half": (traces.kept("real/ipxe.trace"), ["width"]),
    "areas far away": (traces.own(change(HIGH, "w QueueDeviceHigh 0", "w QueueDeviceHigh 2")), ["no-answer"]),
    "a reset at the end": (traces.own(MODERN + ["w Status 0", "r Status 0"]), []),
    "InterruptStatus is read twice before it is acknowledged": (
        traces.own(after(MODERN, "r InterruptStatus 1", "r InterruptStatus 1") + traces.RUN),
        [],
    ),
    "a queue is reset and enabled with another size": (
        traces.own(
            change(
                MODERN,
                "w DriverFeatures 1",
                f"w DriverFeatures {1 | 1 << BOOK.feature_bit['RING_RESET'] - 32}",
            )
            + ["w QueueReset 1", "r QueueReset 0", "w QueueSize 8", "w QueueReady 1"]
        ),
        [],
    ),
    "a packed ring is filled for one lap and then notified": (
        traces.own(
            change(
                change(MODERN, "r DeviceFeatures 0x101", f"r DeviceFeatures 0x{PACKED_DATA:x}"),
                "w DriverFeatures 1",
                f"w DriverFeatures 0x{PACKED_DATA:x}",
            )
        ),
        [],
    ),
    "the driver does not wait for the reset, and the device resets late": (
        traces.own(MODERN + ["w Status 0", "w Status 1", "r Status 0", "w Status 0", "r Status 0"]),
        ["reset-unread"],
    ),
    "a device takes an 8-bit write of Status": (
        traces.own(change(MODERN, "w Status 0xb", "w Status 0xb 1")),
        ["width"],
    ),
}


@pytest.mark.parametrize("what", FOUND)
def test_what_is_found(what):
    trace, found = FOUND[what]
    assert traces.found(trace) == found


def addressed(low, high=0, register="QueueDesc", rows=QUIET):
    """A start-up with these halves in place of those of an address."""
    ends = [f"w {register}Low ", f"w {register}High "]
    old = [row for row in rows if row.startswith(tuple(ends))]
    return change(change(rows, old[0], f"{ends[0]}0x{low:x}"), old[1], f"{ends[1]}0x{high:x}")


NEVERTHELESS = "; the device responds nevertheless"
SWAPPED = "its halves are swapped, QueueDescLow has 0x0 and QueueDescHigh 0x40100000"
ELSEWHERE = addressed(0, RING, "QueueDevice", MODERN)
POLLED = drop(MODERN, "w QueueSize")[:-3]
CARD = change(
    change(drop(QUIET, "r Config"), "w DriverFeatures 0x240", "w DriverFeatures 0"),
    "r DeviceID 2",
    "r DeviceID 1",
)
POLLED_CARD = drop(CARD, "w QueueSize")[:-1]
SLOPPY = traces.qemu(drop(MODERN, *VERSION_1) + traces.RUN, traces.SLOT - 0x200)
SILENT = traces.qemu(QUIET, traces.SLOT - 0x400)
LATE = "The driver set 0x2 (DRIVER) while the status was 0x0 (none): a step is missing or late; ACKNOWLEDGE comes before it"
NOTIFIED = "virtio_queue_notify vdev 0x5 n 0 vq 0x6\n"
SERVED = traces.qemu(QUIET) + NOTIFIED
POP = "virtqueue_pop vq 0x6 elem 0x7 in_num 2 out_num 1\n"
FILL = "virtqueue_fill vq 0x6 elem 0x7 len 513 idx 0\n"
POLLS_ONCE = [row for row in traces.kept("real/seabios.trace").splitlines(True) if row[:10] != "virtqueue_"]
# Name of the case: its trace, the exit code, and parts of the output in their order.
SAID = {
    "FEATURES_OK without RING_RESET does not stick": (
        traces.own(upto(MODERN, "w Status 0xb") + ["r Status 3"]),
        3,
        [
            "In one sentence: FEATURES_OK was written, ",
            "; it may insist on RING_RESET, which the driver did not",
        ],
    ),
    # What QEMU 11.1.3 prints, and what its registers read: 0x4b, then 0xf.
    "a queue that is larger than QEMU 11.1 allows": (
        traces.qemu(change(QUIET, "r QueueSizeMax 1024", "r QueueSizeMax 8"))
        + "qemu-system-aarch64: virtio: queue 0 size 16 exceeds max size 8\n",
        3,
        [
            'In one sentence: QEMU says "virtio: queue 0 size 16 exceeds max size 8": the driver wrote a size above the ',
            "queue 0 has 16 descriptors; its maximum is 8.",
        ],
    ),
    # A driver of a split ring with EVENT_IDX cannot turn interrupts off.
    "a driver that polls with EVENT_IDX, and an interrupt": (
        printed(EVENT_POLLED),
        0,
        [
            "In one sentence: The device used a buffer in queue 0 and raised its interrupt, which the driver did not "
            "acknowledge; this is right for a driver that polls"
        ],
    ),
    "a driver with EVENT_IDX and a packed ring can turn them off": (
        printed(
            change(
                change(EVENT_POLLED, "r DeviceFeatures 0x101", f"r DeviceFeatures 0x{PACKED_DATA:x}"),
                "w DriverFeatures 1",
                f"w DriverFeatures 0x{PACKED_DATA:x}",
            )
        ),
        3,
        ["but the driver did not respond"],
    ),
    "a driver with EVENT_IDX that polls, and one interrupt of two buffers": (
        printed([*EVENT_POLLED, "w QueueNotify 0", ANSWER[0], *POPPED]),
        0,
        ["and raised no interrupt, which is right for a driver that polls"],
    ),
    # It gives up because the device is silent, and stops its queues because it has given up.
    "a driver that gives up after a timeout": (
        traces.own(QUIET + ["r Status 0xf", GIVES_UP, f"stop 0 {EFAILED}"]),
        3,
        [
            "Note: The driver then set FAILED: it gave up on the device (line ",
            "In one sentence: Queue 0 was notified and nothing came back",
        ],
    ),
    "a driver that gives up after an answer": (
        traces.own(MODERN + [GIVES_UP, f"stop 0 {EFAILED}"]),
        3,
        ["In one sentence: The driver set FAILED: it gave up on the device"],
    ),
    # The sentence says so: it is not why something else does not work.
    "a flaw of a driver that works": (
        traces.own(drop(MODERN, *VERSION_1)),
        1,
        [f"{NEVERTHELESS}; how the driver used the answer is not visible in this trace."],
    ),
    "a flaw of a driver that goes on": (SLOPPY, 1, [f"(bit 32) is{NEVERTHELESS}."]),
    "what may be the reason stands behind QEMU's words": (
        printed(FAR),
        3,
        [
            '  In one sentence: QEMU says "Incorrect order for descriptors": ',
            "of a chain come first; QueueDesc of queue 0 is 0x4010000000000000: its halves are swapped",
        ],
    ),
    "a device that works after a reset has forgiven QEMU's words": (
        traces.qemu(QUIET) + SAYS + "\n" + traces.qemu(AGAIN),
        1,
        ['In one sentence: QEMU says "'],
    ),
    "a device that has found an error": (
        traces.own(PACKED_RUN + [*LAP, "take 0 0 1"] * 5 + LAP[:3] + STOPPED),
        3,
        [
            "DEVICE_NEEDS_RESET: the device found an error in a buffer of queue 0",
            "the wrap counter",
            "the first buffer",
        ],
    ),
    "an interrupt without a buffer that the driver finds": (
        traces.own(PACKED_RUN + [*LAP, "take 0 0 1"] * 5 + [*LAP, "arm 0 1"]),
        1,
        [
            "In one sentence: The device reports a used buffer, and no queue has a new one: the driver has found 5 buffers",
            "after 6 interrupts, or its flags do not match the wrap counter; it is the first buffer behind the end",
        ],
    ),
    "a driver that suppresses its notifications": (
        traces.own([*upto(MODERN, "r Status 0xf"), "add 0 0 3", "kick 0 0 0", "arm 0 1"]),
        3,
        [
            "In one sentence: The start-up is complete, but QueueNotify was never written",
            "according to flags of the used ring, the device did not want it",
        ],
    ),
    "the driver has seen that VERSION_1 is offered": (
        traces.own(drop(MODERN, *VERSION_1)),
        1,
        ["The driver did not accept VERSION_1, which the device offers: DriverFeatures was never written"],
    ),
    "the driver has not looked whether VERSION_1 is offered": (
        traces.own(drop(MODERN, *VERSION_1, "w DeviceFeaturesSel 1", "r DeviceFeatures 0x101")),
        1,
        [
            "The driver did not accept VERSION_1, which a modern device offers: DriverFeatures was never written"
        ],
    ),
    "a device that insists on a feature": (
        traces.own(upto(drop(MODERN, "w DriverFeatures 1"), "w Status 0xb") + ["r Status 3"]),
        3,
        ["In one sentence: ", "VERSION_1"],
    ),
    # A request that failed: its data was not written, so the status behind it does not count.
    "a buffer that was used with 0 bytes": (
        traces.own([*FIRST, "take 0 0 0"]),
        0,
        ["nothing is wrong with the start-up"],
    ),
    "two queues in one place": (
        traces.own(
            after(
                MODERN, "w QueueReady 1", "w QueueSel 1", *MODERN[MODERN.index("r QueueSizeMax 1024") :][:9]
            )
        ),
        3,
        ["QueueDesc of queue 1 and QueueDesc of queue 0 overlap: they begin at 0x40100000 and 0x40100000"],
    ),
    "a reset behind the set-up": (
        traces.own(change(QUIET, "w Status 0xf", "w Status 0", "w Status 0xf")),
        3,
        ["In one sentence: DRIVER_OK was set, but no queue was set up after the reset (line "],
    ),
    "a queue that is stopped before DRIVER_OK": (
        traces.own(after(QUIET, "w QueueReady 1", "w QueueReady 0")),
        3,
        ["In one sentence: DRIVER_OK was set, but no queue was set up: queue 0 was stopped again (line "],
    ),
    # The answer to the first driver tolerates nothing of what the second one does.
    "a second driver without a reset": (
        traces.own(MODERN + ["w Status 1", "w Status 3"] + AGAIN[AGAIN.index("w DeviceFeaturesSel 0") : -2]),
        3,
        [
            "In one sentence: The driver wrote 0x1 (ACKNOWLEDGE) to a status of 0xf (ACKNOWLEDGE DRIVER DRIVER_OK FEATURES_OK):"
            " it cleared bits without a reset; queue 0 was notified and nothing came back",
        ],
    ),
    # A driver is not blamed for what the device does to its status.
    "a device that sets FAILED": (
        traces.own(change(MODERN, "r Status 0xb", "r Status 0x8b")),
        1,
        [
            "What is wrong\n    - Status reads 0x8b, with FAILED, which the driver has not set (line 20)",
            "\n  In one sentence: ",
        ],
    ),
    "a device that loses a bit": (
        traces.own(change(MODERN, "r Status 3", "r Status 1")),
        1,
        ["In one sentence: Status reads 0x1, and the driver had set DRIVER: the device does not keep it"],
    ),
    "a device that leaves": (
        traces.own(change(QUIET, "r Status 0xf", "r Status 0xffffffff")),
        3,
        ["In one sentence: All bits of Status read as 1: nothing answers there any more"],
    ),
    "an address that is a page number": (
        traces.own(addressed(RING >> 12)),
        3,
        ["In one sentence: ", "a page number: the address would be 0x40100000"],
    ),
    "an address of the kernel": (
        traces.own(addressed(0x80100000, 0xFFFFFFC0)),
        3,
        ["In one sentence: ", "not a physical address"],
    ),
    "an address that is cut": (
        traces.own(addressed(0x1000)),
        3,
        ["In one sentence: ", "it seems to be truncated"],
    ),
    "an address with its halves swapped": (traces.own(addressed(0, RING)), 3, ["In one sentence: ", SWAPPED]),
    "an address whose high half is missing": (
        traces.own(HIGH),
        3,
        ["In one sentence: ", "QueueDeviceHigh is missing"],
    ),
    # An answer alone forgives no address, a driver that goes on does.
    "a device that answers elsewhere": (traces.own(ELSEWHERE), 3, []),
    "a device that answers elsewhere, where the driver looks": (traces.own(ELSEWHERE + traces.RUN), 1, []),
    # A network card's receive queue is notified of buffers and answers when there is a packet.
    "silence of a queue that waits for input": (
        traces.own(CARD),
        0,
        ["which is normal for a queue that waits for input"],
    ),
    "the same again is counted": (
        traces.own(after(MODERN, "r Status 3", *["r DriverFeatures 0"] * (rules.PLACES + 2))),
        1,
        [" and 2 more). ["],
    ),
    # So many requests without an interrupt have been answered; buffers for input need not have been.
    "a driver that polls": (traces.own(POLLED + ["w QueueNotify 0"] * 2), 3, []),
    "a driver that polls and goes on": (traces.own(POLLED + ["w QueueNotify 0"] * 20), 1, []),
    "a driver that polls for input": (traces.own(POLLED_CARD + ["w QueueNotify 0"] * 20), 3, []),
    # Drivers of others that work, as QEMU 7.2 printed what they do. U-Boot for Arm: BARs count I/O ports from the
    # beginning of the bridge's window; the NIC takes notifications without an access.
    "U-Boot": (
        traces.kept("real/uboot-nic.trace"),
        1,
        [
            "0x3eff1000: Network device, legacy interface of PCI\n",
            "    queue 0 (receiveq): 1 notification\n    queue 1 (transmitq): 8 notifications\n",
            f"  In one sentence: {LATE}",
            "\n\n0x3eff1080: Block device, legacy interface of PCI\n",
            "    queue 0 (requestq): 4 notifications\n",
            f"  In one sentence: {LATE}",
        ],
    ),
    # It polls, once, with interrupts off; its configuration space is by ports first, and then by ECAM.
    "SeaBIOS": (
        traces.kept("real/seabios.trace"),
        1,
        [
            "0xfebf8000: Block device, modern interface of PCI\n",
            "    queue 0 (requestq): 1 notification, 1 taken, 1 used\n",
            "In one sentence: DRIVER was set in one write with ACKNOWLEDGE: these are separate steps",
        ],
    ),
    # It reads each word of the features by 16 bits.
    "iPXE": (
        traces.kept("real/ipxe.trace"),
        1,
        [
            "0xfebfc000: Network device, modern interface of PCI\n",
            "    queue 0 (receiveq): 8 notifications\n",
            "In one sentence: The driver accessed device_feature by 2 bytes, of a field of 4",
        ],
    ),
    # One that was used is an answer, with interrupts off too; one that was taken and not used is the device's; none is the ring.
    "a buffer that QEMU used": (SERVED + POP + FILL, 0, []),
    "a buffer that QEMU popped": (SERVED + POP, 3, ["the device popped 1 buffer and has not used it"]),
    "no buffer that QEMU tells of": (
        SERVED,
        3,
        [
            "In one sentence: Queue 0 was notified and nothing came back: the device found no new buffer at QueueDesc ",
            "or it used the buffer and did not interrupt (no interrupt was asked for: flags of the available ring is",
            "NO_INTERRUPT; or the device overlooked that one was); with -trace 'virtqueue_*'",
        ],
    ),
    "a second buffer that QEMU does not tell of": (
        SERVED + POP + FILL + traces.qemu(["w QueueNotify 0"]) + NOTIFIED,
        3,
        [
            "no buffer was used:",
            "(line 43). [Virtio Over MMIO / MMIO Device Register Layout]\n  In one sentence: ",
        ],
    ),
    # What the trace of QEMU's documented events does not show is said, and no cause is made of it.
    "a driver that polls once": (
        "".join(POLLS_ONCE),
        1,
        [
            "Note: Queue 0 was notified once, and isr_status read once after it",
            "with -trace 'virtqueue_*'",
            "In one sentence: DRIVER was set in one write with ACKNOWLEDGE",
        ],
    ),
    # Its pointer is another's: it is charged to neither.
    "an event of a device that is not in the trace": (
        traces.qemu(MODERN)
        + NOTIFIED
        + traces.qemu(MODERN, traces.SLOT - 0x200)
        + "virtio_queue_notify vdev 0xb n 7 vq 0x2\nvirtio_notify vdev 0xb vq 0x2\n",
        0,
        ["1 notification, 0 interrupts"] * 2,
    ),
    # No finding, for the driver has no part in it.
    **{
        f"what QEMU says of others: {words[:12]}": (
            traces.kept("threads/virtio-drivers-88.trace") + f"qemu-system-aarch64: {words}\n",
            3,
            ["In one sentence: The device used a buffer in queue 0", "Note: QEMU says (line ", words],
        )
        for words in (
            "Slirp: Failed to send packet, ret: -1",
            "virtio-blk failed to set guest notifier (-38), ensure -accel kvm is set.",
        )
    },
    # With all slots looked at, the disk of thread 158 is found.
    "the scan that would have helped": (
        traces.kept("threads/virtio-drivers-158.trace") + traces.kept("good/modern.trace"),
        0,
        ["Empty slots (DeviceID 0): 0x0a000000"],
    ),
    "of several devices the worst": (traces.qemu(MODERN) + SLOPPY, 1, []),
    "of several devices the one that is dead": (SILENT + SLOPPY, 3, []),
}


@pytest.mark.parametrize("what", SAID)
def test_what_is_said(what):
    text, code, parts = SAID[what]
    traces.check(text, [], code, parts)
