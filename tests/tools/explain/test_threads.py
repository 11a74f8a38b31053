# SPDX-License-Identifier: MIT
"""Five threads in which beginners got no answer (rcore-os/virtio-drivers 158, 159, 88; 1000-lines 80, 93), re-created:
each explained in one sentence. The traces in threads/ of traces.txtar are what a QEMU 7.2 printed; test_qemu.py makes them anew.
"""

import pytest

import drivers
import traces
from golden import LICENCE

from vwr import txtar


@pytest.mark.parametrize("thread", drivers.THREADS)
def test_thread(thread):
    text = traces.kept(f"threads/{thread}.trace")
    assert traces.found(text)[0] == drivers.THREADS[thread].rule
    traces.check(text, [], 3, ["\n  In one sentence: ", drivers.THREADS[thread].words])


@pytest.mark.parametrize("version", ["legacy", "modern"])
def test_right_start_up(version):
    """The demo image's, word for word."""
    code, out, _ = traces.explain(traces.kept(f"good/{version}.trace"))
    assert code == 0
    assert LICENCE + out == traces.kept(f"good/{version}.txt")


@pytest.mark.parametrize("version", ["legacy", "modern", "pci"])
def test_linux(version):
    """What everybody's driver does is nothing wrong."""
    assert not traces.found(traces.kept(f"good/linux-{version}.trace"))


def test_each_trace_has_its_thread():
    kept = {name for name in txtar.read(traces.KEPT) if name.startswith("threads/")}
    assert kept == {f"threads/{thread}.trace" for thread in drivers.THREADS}
