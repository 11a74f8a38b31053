# SPDX-License-Identifier: MIT
"""
Each public header lists all results that its functions can answer: VWR_E... behind `Return:` of a function's kernel-doc
comment (of another comment, anywhere in it), or "as vwr_other()" for those that another function lists. What a function can answer is computed from the sources, see results.py.
What is passed in by the caller, or comes from a callback of the caller, is the caller's.
"""

import pytest

import results
from tree import ROOT
from vwr import txtar

SOURCES = (
    *(f"runtime/{room}" for room in ("base", "shared", "driver", "device", "parts", "bridge")),
    "monitor",
)
# For the inline functions of another header alone.
HIDDEN = ("vqueue_hot.h",)
# Inline functions that the runtime itself does not call, called; and a small program that the tests of results.py look at.
PROGRAMS = txtar.read(ROOT / "tests/rules/results.txtar")

STOPPED = "of a stopped queue it answers VWR_EFAILED before it gets so far"
IN_FLIGHT = "the chain of a slot, or of a buffer, that is free is not in flight"
NEW = "the queue has just been made by vwr_dev_add_queue"
# What the computation cannot know, and why: (function, result).
IMPOSSIBLE = {
    (
        "vwr_dev_start",
        "VWR_EFEATURE",
    ): "FEATURES_OK, the only step that is refused, was taken in the negotiation",
    ("vwr_request_send", "VWR_EBUSY"): IN_FLIGHT,
    ("vwr_request_submit_measured_", "VWR_EBADRING"): STOPPED,
    ("vwr_request_submit_measured_", "VWR_ERESET"): STOPPED,
    ("vwr_request_submit_part", "VWR_EBADRING"): STOPPED,
    ("vwr_request_submit_part", "VWR_ERESET"): STOPPED,
    (
        "vwr_blk_transfer_vecs",
        "VWR_ESEGMENTS",
    ): "reads and writes have no ranges, of which alone there may be too many",
    (
        "vwr_bringup_read_info",
        "VWR_EBADRING",
    ): "vwr_request_stop answers it for this reason alone, which no check answers",
    ("iommu_drop", "VWR_EFEATURE"): "vwr_iommu_map() has sent this mapping, which needs the same feature",
    ("iommu_probe", "VWR_EFEATURE"): "it checks the feature, without which there is no probe request",
    ("vwr_gpio_poll", "VWR_EFEATURE"): "of a setting that a recovery restores, which counts as lost",
    ("vwr_gpio_set_direction", "VWR_EFEATURE"): "of interrupts, whose types are settings too",
    ("vwr_gpio_set_value", "VWR_EFEATURE"): "of interrupts, whose types are settings too",
    ("vwr_transmit_send_after", "VWR_EBUSY"): "whether the request is free was checked before",
    ("vwr_receive_setup", "VWR_EBADRING"): NEW,
    ("vwr_receive_setup", "VWR_ERESET"): NEW,
    ("vwr_receive_repost", "VWR_EBUSY"): IN_FLIGHT,
    (
        "vwr_receive_repost",
        "VWR_EFULL",
    ): "of one segment each, and no more of them than the queue has descriptors",
}
# What a header lists and this build of the runtime does not answer, and why: (function, result).
ELSEWHERE = {
    ("vwr_close", "VWR_ERESET"): "the result of the requests, not of the call",
    ("vwr_request_cancel", "VWR_ERESET"): "the result of the requests, not of the call",
    ("vwr_ccw_probe", "VWR_EVERSION"): "builds without VWR_WITH_LEGACY",
    ("vwr_ccw_scan_next", "VWR_EVERSION"): "builds without VWR_WITH_LEGACY",
    ("vwr_rproc_probe", "VWR_EUNSUPP"): "builds without VWR_WITH_LEGACY",
    ("vwr_vdev_init", "VWR_EUNSUPP"): "builds without VWR_WITH_LEGACY",
    ("vwr_ccw_probe", "VWR_ERANGE"): "the result of the caller's hook `enable`",
    ("vwr_vnet_card_init", "VWR_EALIGN"): "ports with VWR_PORT_DMA_ALIGN above 1",
    ("vwr_request_measure", "VWR_EALIGN"): "ports with VWR_PORT_DMA_ALIGN above 1",
    ("vwr_request_submit", "VWR_EALIGN"): "ports with VWR_PORT_DMA_ALIGN above 1",
}
# Fields that cannot hold these results where this function reads them: (function, field).
NEVER = {
    # VWR_ENODEV, VWR_EMAGIC, VWR_EVERSION, VWR_ETYPE, VWR_EFEATURE: of a probe, an open, a recovery that failed, and this
    # device was running. VWR_EIO, VWR_EZONE, VWR_EALIGN: of a request, in the fault of its queue.
    ("recovery_reason", "kind"): {-1, -2, -3, -4, -6, -12, -15, -25},
    # Of a probe, an open, or a message of another class.
    ("mem_reap", "result"): {-1, -2, -3, -6, -7, -8, -11, -13, -14, -25, -26},
}


@pytest.fixture(scope="module")
def dumps(tmp_path_factory):
    """Of the small program above."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "small.c").write_bytes(PROGRAMS["small.c"])
    return results.dump("gcc", [folder / "small.c"], [], folder)


@pytest.fixture(scope="module")
def small(dumps):
    """The small program above."""
    return results.Program(dumps)


@pytest.fixture(scope="module")
def runtime(tmp_path_factory):
    """The runtime, with all that it can have."""
    sources = [source for part in SOURCES for source in sorted((ROOT / part).rglob("*.c"))]
    sources += sorted((ROOT / "generated/service").glob("*.c"))
    options = [
        "-I" + str(ROOT / folder)
        for folder in ("runtime/include", "monitor/include", "generated/include", "runtime/port/host")
    ]
    options.append("-DVWR_ACCESS_CALLS=1")
    folder = tmp_path_factory.mktemp("runtime")
    headers = sorted(path for path in (ROOT / "runtime").glob("**/*.h"))
    codes = results.read_codes((ROOT / "runtime/include/vwr/result.h").read_text(encoding="utf-8"))
    numbers = {code: number for number, code in codes.items()}
    faults = {}
    for header in headers:
        faults.update(results.read_faults(header.read_text(encoding="utf-8"), codes))
    (folder / "calls.c").write_bytes(PROGRAMS["calls.c"])
    dumps = results.dump("gcc", [*sources, folder / "calls.c"], options, folder)
    return results.Program(
        dumps, headers, NEVER, [(name, numbers[code]) for name, code in IMPOSSIBLE], faults
    )


CODES = {-1: "VWR_EONE", -2: "VWR_ETWO", -3: "VWR_ETHREE", -4: "VWR_EFOUR"}


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("inner", "ONE TWO"),
        ("handles", "TWO"),
        ("handles_two", "FOUR"),
        ("by_kind", "THREE"),
        ("kept", "ONE TWO"),
        ("by_verb", "THREE"),
        ("by_parameter", "THREE"),
        ("loops", "ONE TWO"),
        ("counts", ""),
        ("keeps", ""),
    ],
)
def test_small(small, name, wanted):
    """Constants, calls, fields, pointers, what a condition takes away."""
    assert small.results(name, CODES) == {"VWR_E" + one for one in wanted.split()}


def test_small_header(small):
    """Each way in which a header can be wrong is named."""
    said = list(
        results.read_header(
            """
/* VWR_OK; VWR_EONE: so. */
int vwr_a(int n);

/* As vwr_a, which does not count; VWR_ETWO. */
int vwr_b(int n);
VWR_MUST_CHECK int vwr_c(int n);

/* Results as vwr_b and
 * as vwr_a. */
static inline int vwr_d(int n)
{
    return vwr_a(n);
}

/**
 * vwr_e() - Do it
 * @n: VWR_EFOUR, which is no result of it.
 *
 * Context: Any. VWR_EFOUR.
 * Return: the same as vwr_b() and vwr_c(). VWR_EONE:
 *   @n is wrong.
 * Section: VWR_EFOUR.
 */
int vwr_e(int n);

/** vwr_f() - Do it with the sizes of this file; see vwr_e() */
int vwr_f(void);
"""
        )
    )
    assert results.resolve(said) == {
        "vwr_a": {"VWR_EONE"},
        "vwr_b": {"VWR_ETWO"},
        "vwr_c": {"VWR_ETWO"},
        "vwr_d": {"VWR_EONE", "VWR_ETWO"},
        "vwr_e": {"VWR_EONE", "VWR_ETWO"},
        "vwr_f": {"VWR_EONE", "VWR_ETWO"},
    }
    said = [({"inner"}, {"VWR_EONE", "VWR_EFOUR"}, set())]
    assert results.compare(small, CODES, said, {}) == [
        "inner can answer VWR_ETWO, and its header does not say so",
        "inner does not answer VWR_EFOUR, which its header lists",
    ]
    excuse = {("inner", "VWR_EFOUR"): "", ("inner", "VWR_EONE"): ""}
    assert results.compare(small, CODES, said, excuse) == [
        "inner can answer VWR_ETWO, and its header does not say so",
        "inner VWR_EONE: nothing to be excused",
    ]


def test_small_impossible(dumps):
    """What is impossible for one function does not reach its callers either; and an excuse for nothing is named."""
    program = results.Program(dumps, impossible=[("inner", -2), ("inner", -3)])
    assert program.results("inner", CODES) == program.results("loops", CODES) == {"VWR_EONE"}
    assert results.compare(program, CODES, [({"inner"}, {"VWR_EONE"}, set())], {}) == [
        "inner VWR_ETHREE: nothing to be excused"
    ]


def test_small_table(tmp_path):
    """A fault in a constant table is what is read from there."""
    codes = {-1: "VWR_EONE", -2: "VWR_ETWO"}
    faults = results.read_faults(
        "VWR_FAULT_A = VWR_FAULT(5, VWR_EONE), /* got: a */\nVWR_FAULT_B =\n    VWR_FAULT(F + 1, VWR_ETWO)",
        codes,
    )
    assert faults == {"VWR_FAULT_A": 0x1001, "VWR_FAULT_B": 0x1002}
    (tmp_path / "small.c").write_text(
        """
enum { VWR_FAULT_A = 0x501 };
struct table { unsigned timeout; };
static const struct table table = {.timeout = VWR_FAULT_A};
int late(const struct table *t);
int late(const struct table *t) { return -(int)((t != 0 ? t : &table)->timeout & 0xff); }
""",
        encoding="utf-8",
    )
    program = results.Program(results.dump("gcc", [tmp_path / "small.c"], [], tmp_path), constants=faults)
    assert program.results("late", codes) == {"VWR_EONE"}


@pytest.mark.soak(
    "tests of each call check the results that it gives; rules.kernel_doc checks that each has a Return:"
)
def test_headers(runtime):
    """Every header of ours."""
    folder = ROOT / "runtime/include/vwr"
    codes = results.read_codes((folder / "result.h").read_text(encoding="utf-8"))
    said = [
        one
        for path in [*sorted(folder.glob("*.h")), *(ROOT / "monitor/include/vwr").glob("*.h")]
        if path.name not in HIDDEN
        for one in results.read_header(path.read_text(encoding="utf-8"))
    ]
    assert len(codes) > 20 and len(said) > 40
    missing = [name for names, _, _ in said for name in names if runtime.results(name, codes) is None]
    assert not missing, f"not found in the sources: {missing}"
    wrong = results.compare(runtime, codes, said, ELSEWHERE)
    wrong += [f"{one}: never read there, or never so" for one in sorted(set(NEVER) - runtime.used)]
    assert not wrong, "\n" + "\n".join(wrong)
