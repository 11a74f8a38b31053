# SPDX-License-Identifier: MIT
"""Runs inside of gdb: writes what each device of QEMU's takes from its queues and gives back. See README.md.

Debian's QEMU has symbols, but no types. Where virtqueue_pop returns, the buffer is as the driver has made it available;
where virtqueue_fill begins, the device has written its part. The layout of VirtQueueElement and the order of arguments
are those of QEMU 7.2.
"""

import json
import os
import struct

import gdb

ELEMENT = struct.Struct("<5I4x4Q")  # index, len, ndescs, out_num, in_num; in_addr, out_addr, in_sg, out_sg
SEGMENT = struct.Struct("<QQ")
POINTER = struct.Struct("<Q")
WIDTHS = {"b": 1, "w": 2, "l": 4}


def register(name):
    return int(gdb.parse_and_eval(f"(unsigned long)${name}"))


def memory(address, length):
    return bytes(gdb.selected_inferior().read_memory(address, length)) if length else b""


def segments(address, count):
    """[(address, length)] of an array of struct iovec."""
    return list(SEGMENT.iter_unpack(memory(address, count * SEGMENT.size)))


def filled(writes, used):
    """[length, content] of each segment that the device writes, of which it has written so many bytes."""
    written = []
    for address, length in writes:
        written.append([length, memory(address, min(used, length)).hex()])
        used -= min(used, length)
    return written


class Stops:
    """Handlers by the address at which the program stops; what the functions were given that have not returned."""

    def __init__(self, out):
        self.out, self.handlers, self.called = out, {}, {}

    def begins(self, name, handler):
        self.stop(int(gdb.parse_and_eval(f"(unsigned long)&{name}")), handler)

    def stop(self, address, handler):
        if address not in self.handlers:
            gdb.Breakpoint(f"*{address:#x}")
        self.handlers[address] = handler

    def say(self, **line):
        self.out.write(json.dumps(line) + "\n")

    def after(self, handler, *arguments):
        """Calls the handler when the function that begins here has returned."""
        self.called[gdb.selected_thread().num] = arguments
        self.stop(POINTER.unpack(memory(register("rsp"), POINTER.size))[0], handler)

    def before(self):
        """What `after` was given in this thread, once."""
        return self.called.pop(gdb.selected_thread().num, None)


class Hook(Stops):
    """Devices by the address of their state, queues by theirs, elements in flight by theirs."""

    def __init__(self, out):
        super().__init__(out)
        self.devices, self.queues, self.flight = {}, {}, {}
        names = ["virtio_init", "virtio_add_queue", "virtio_set_features", "virtqueue_pop", "virtqueue_fill"]
        for name in names:
            self.begins(name, getattr(self, name))
        for width in WIDTHS:
            for name in (f"virtio_config_modern_read{width}", f"virtio_config_read{width}"):
                self.begins(name, lambda n=WIDTHS[width]: self.config(n))
                self.begins(name.replace("read", "write"), lambda n=WIDTHS[width]: self.written(n))

    def virtio_init(self):
        self.devices[register("rdi")] = [len(self.devices), 0]
        self.say(device=len(self.devices) - 1, id=register("rsi") & 0xFFFF)

    def virtio_add_queue(self):
        self.after(self.added, register("rdi"))

    def added(self):
        if arguments := self.before():
            device = self.devices[arguments[0]]
            self.queues[register("rax")] = tuple(device)
            device[1] += 1

    def virtio_set_features(self):
        self.say(device=self.devices[register("rdi")][0], features=register("rsi"))

    def config(self, width):
        self.after(self.configured, register("rdi"), register("rsi") & 0xFFFFFFFF, width)

    def written(self, width):
        """The driver writes a part of the configuration."""
        value = (register("rdx") & (1 << 8 * width) - 1).to_bytes(width, "little")
        self.say(
            device=self.devices[register("rdi")][0], offset=register("rsi") & 0xFFFFFFFF, config=value.hex()
        )

    def configured(self):
        if arguments := self.before():
            device, offset, width = arguments
            value = (register("rax") & (1 << 8 * width) - 1).to_bytes(width, "little")
            self.say(device=self.devices[device][0], offset=offset, config=value.hex())

    def virtqueue_pop(self):
        self.after(self.popped, register("rdi"))

    def popped(self):
        arguments, element = self.before(), register("rax")
        if not arguments or not element:
            return
        _, _, _, out, into, _, _, into_at, out_at = ELEMENT.unpack(memory(element, ELEMENT.size))
        reads = [memory(*one).hex() for one in segments(out_at, out)]
        self.flight[element] = reads, segments(into_at, into)

    def virtqueue_fill(self):
        taken = self.flight.pop(register("rsi"), None)
        if taken is None:
            return
        reads, writes = taken
        used = register("rdx") & 0xFFFFFFFF
        device, queue = self.queues[register("rdi")]
        self.say(device=device, queue=queue, used=used, reads=reads, writes=filled(writes, used))


def main(stops):
    """Runs the program with these stops, to its end."""
    for setting in ("pagination off", "confirm off", "breakpoint pending off", "print thread-events off"):
        gdb.execute(f"set {setting}")
    gdb.execute(
        "handle SIGUSR1 SIGUSR2 SIGALRM SIGPIPE SIGCHLD SIG34 SIG35 nostop noprint pass", to_string=True
    )
    gdb.execute("starti", to_string=True)
    with open(os.environ["VWR_EXCHANGES"], "w", encoding="utf-8") as out:
        hook = stops(out)
        while gdb.selected_inferior().pid:
            gdb.execute("continue", to_string=True)
            if not gdb.selected_inferior().pid:
                break
            hook.handlers[register("rip")]()


if __name__ == "__main__":
    main(Hook)
