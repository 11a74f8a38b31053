# SPDX-License-Identifier: MIT
"""Runs inside of gdb: writes what QEMU's virtiofsd takes from its queues and gives back. See README.md.

Debian's virtiofsd has names of libvhost-user's functions, but no types. Where vu_queue_pop returns, the buffer is as
the driver has made it available; where vu_queue_push begins, virtiofsd has written its part. The layout of
VuVirtqElement and the order of arguments are those of QEMU 7.2.
"""

import struct

from hook import Stops, filled, main, memory, register, segments

ELEMENT = struct.Struct("<3I4x2Q")  # index, out_num, in_num; in_sg, out_sg


class Hook(Stops):
    """Queues by the address of their state, elements in flight by theirs."""

    def __init__(self, out):
        super().__init__(out)
        self.queues, self.flight = {}, {}
        for name in ("vu_get_queue", "vu_queue_pop", "vu_queue_push"):
            self.begins(name, getattr(self, name))

    def vu_get_queue(self):
        self.after(self.found, register("rsi") & 0xFFFFFFFF)

    def found(self):
        if arguments := self.before():
            self.queues[register("rax")] = arguments[0]

    def vu_queue_pop(self):
        self.after(self.popped, register("rsi"))

    def popped(self):
        element = register("rax")
        if self.before() and element:
            _, out, into, into_at, out_at = ELEMENT.unpack(memory(element, ELEMENT.size))
            reads = [memory(*one).hex() for one in segments(out_at, out)]
            self.flight[element] = reads, segments(into_at, into)

    def vu_queue_push(self):
        reads, writes = self.flight.pop(register("rdx"))
        used = register("rcx") & 0xFFFFFFFF
        self.say(queue=self.queues[register("rsi")], used=used, reads=reads, writes=filled(writes, used))


main(Hook)
