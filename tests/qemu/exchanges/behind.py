# SPDX-License-Identifier: MIT
"""Writes down each buffer that a device of examples/hypervisor has used, a line of JSON each, to $VWR_EXCHANGES.

gdb-multiarch runs it (record_behind.py), attached to the QEMU that runs the hypervisor at the socket `gdb`. Where
vwr_vsplit_signal_ begins, the device has written its part, and the driver does not see it yet. $VWR_TYPES is an
object file with the types of the rings, since the image has none; $VWR_RAM is where a guest's RAM begins for the
guest, and for the hypervisor.
"""

import json
import os
import struct

import gdb

DESC = struct.Struct("<QIHH")  # addr, len, flags, next
USED = struct.Struct("<II")  # id, len
NEXT, WRITE, INDIRECT = 1, 2, 4
WANTED = {int(number) for number in os.environ["VWR_DEVICES"].split()}
BASE, HOST, BYTES = (int(number, 0) for number in os.environ["VWR_RAM"].split())


def memory(address, length):
    return bytes(gdb.selected_inferior().read_memory(address, length)) if length else b""


def guest(address, length):
    """Bytes of the guest's RAM."""
    return memory(address - BASE + HOST, length)


def ours(address):
    """Is the address, which the hypervisor has, in the RAM of this guest?"""
    return HOST <= address < HOST + BYTES


def chain(table, head):
    """The descriptors of a buffer: (address, length, flags)."""
    while True:
        address, length, flags, following = DESC.unpack(table(head))
        if flags & INDIRECT:
            inner = guest(address, length)
            yield from chain(lambda at: inner[DESC.size * at : DESC.size * (at + 1)], 0)
        else:
            yield address, length, flags
        if not flags & NEXT:
            return
        head = following


class Hook:
    """Devices by the address of their state."""

    def __init__(self, out):
        self.out, self.devices = out, {}
        self.queue = gdb.lookup_type("struct vwr_vqueue").pointer()

    def say(self, **line):
        self.out.write(json.dumps(line) + "\n")
        self.out.flush()

    def device(self, v):
        """The number of a device, which is described when it is first seen."""
        at = int(v)
        if at not in self.devices:
            self.devices[at] = len(self.devices)
            number = self.devices[at]
            self.say(device=number, id=int(v["kind"]["id"]))
            words = v["accepted"]["w"]
            self.say(device=number, features=sum(int(words[i]) << 32 * i for i in range(2)))
            size = int(v["config_bytes"])
            if size:
                self.say(device=number, offset=0, config=memory(int(v["config"]), size).hex())
        return self.devices[at]

    def signal(self):
        """The buffers that the device is about to publish."""
        q = gdb.Value(int(gdb.parse_and_eval("(unsigned long)$x0"))).cast(self.queue)
        v, split, used = q["dev"], q["split"], int(q["split"]["used"])
        if int(v["kind"]["id"]) not in WANTED or not ours(used):
            return
        table = int(split["desc"])
        for position in range(int(q["signalled_used"]), int(q["used_idx"])):
            at = used + 4 + USED.size * (position & int(split["mask"]))
            head, written = USED.unpack(memory(at, USED.size))
            reads, writes, left = [], [], written
            for address, length, flags in chain(lambda n: memory(table + DESC.size * n, DESC.size), head):
                if flags & WRITE:
                    writes.append([length, guest(address, min(left, length)).hex()])
                    left -= min(left, length)
                else:
                    reads.append(guest(address, length).hex())
            self.say(device=self.device(v), queue=int(q["index"]), used=written, reads=reads, writes=writes)


def main():
    for setting in ("pagination off", "confirm off", "print thread-events off", "architecture aarch64"):
        gdb.execute(f"set {setting}")
    gdb.execute(f"add-symbol-file {os.environ['VWR_TYPES']} 0x100000000", to_string=True)
    gdb.execute("target remote gdb", to_string=True)
    gdb.Breakpoint(f"*{int(gdb.parse_and_eval('(unsigned long)&vwr_vsplit_signal_')):#x}")
    with open(os.environ["VWR_EXCHANGES"], "w", encoding="utf-8") as out:
        hook = Hook(out)
        while True:
            try:
                gdb.execute("continue", to_string=True)
            except gdb.error:  # QEMU has ended
                return
            if not gdb.selected_inferior().pid:
                return
            hook.signal()


main()
