# SPDX-License-Identifier: MIT
"""Objects of the kernel that a peer can pass instead of what belongs there. Each function makes one, and says what to close."""

import contextlib
import ctypes
import fcntl
import mmap
import os
import platform
import select
import socket
import struct
import subprocess
import tempfile
import threading

from fuse_files import FLUSH, LIBC, Absent, Fuse

FULL = (1 << 64) - 2
PAGE = 4096
HUGE = 2 << 20
MFD_EXEC = 0x10
SEALS = {"SEAL": 1, "SHRINK": 2, "GROW": 4, "WRITE": 8, "FUTURE_WRITE": 16, "EXEC": 32}
LINGER = 60  # seconds that a socket waits in its last close; far longer than any test
# System calls without a function in the C library: (on x86-64, on all machines whose numbers are the generic ones).
CALLS = {
    "userfaultfd": (323, 282),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "seccomp": (317, 277),
    "mq_open": (240, 180),
    "io_uring_setup": (425, 425),
    "open_tree": (428, 428),
    "fsopen": (430, 430),
    "fspick": (433, 433),
    "landlock_create_ruleset": (444, 444),
    "memfd_secret": (447, 447),
}
NUMBERS = 0 if platform.machine() == "x86_64" else 1
# Sockets of each family that Linux has: name -> (family, type, protocol).
SOCKETS = {
    "udp": (2, 2, 0), "tcp6": (10, 1, 0), "udp6": (10, 2, 0), "udplite": (2, 2, 136), "icmp": (2, 3, 1),
    "raw_ip": (2, 3, 255), "ping": (2, 2, 1), "mptcp": (2, 1, 262), "sctp": (2, 1, 132), "dccp": (2, 6, 33),
    "l2tp": (2, 2, 115), "smc": (43, 1, 0), "link": (17, 3, 0x300), "link_datagram": (17, 2, 0x300),
    "vsock": (40, 1, 0), "vsock_packet": (40, 5, 0), "vsock_datagram": (40, 2, 0), "algorithm": (38, 5, 0),
    "key": (15, 3, 2), "can": (29, 3, 1), "bluetooth": (31, 3, 1), "tipc": (30, 5, 0), "rds": (21, 5, 0),
    "kcm": (41, 5, 0), "qrtr": (42, 2, 0), "xdp": (44, 3, 0), "nfc": (39, 5, 0), "phonet": (35, 2, 0),
    "x25": (9, 5, 0), "ax25": (3, 5, 0), "atm": (20, 2, 0), "pppox": (24, 1, 0), "ieee802154": (36, 2, 0),
    "caif": (37, 5, 0), "isdn": (34, 3, 0), "mctp": (45, 2, 0),
    **{f"netlink_{name}": (16, 3, number) for name, number in {
        "route": 0, "diagnosis": 4, "netfilter": 12, "audit": 9, "events": 15, "generic": 16, "crypto": 21}.items()},
}  # fmt: skip
# Device files and files that the kernel makes, opened for reading, and for writing where that changes nothing.
DEVICES = {
    "full": "/dev/full", "random": "/dev/random", "kvm": "/dev/kvm", "tun": "/dev/net/tun", "ptmx": "/dev/ptmx",
    "loop_control": "/dev/loop-control", "log_of_the_kernel": "/dev/kmsg", "udmabuf": "/dev/udmabuf",
    "dma_heap": "/dev/dma_heap/system", "graphics": "/dev/dri/renderD128", "userfault": "/dev/userfaultfd",
    "vhost_net": "/dev/vhost-net", "vhost_vsock": "/dev/vhost-vsock", "vhost_vdpa": "/dev/vhost-vdpa-0",
    "vfio": "/dev/vfio/vfio", "iommu": "/dev/iommu", "uinput": "/dev/uinput", "uhid": "/dev/uhid",
    "input": "/dev/input/event0", "rtc": "/dev/rtc0", "hpet": "/dev/hpet", "sound": "/dev/snd/timer",
    "video": "/dev/video0", "gpio": "/dev/gpiochip0", "rfkill": "/dev/rfkill", "ppp": "/dev/ppp",
    "autofs": "/dev/autofs", "btrfs": "/dev/btrfs-control", "mapper": "/dev/mapper/control", "snapshot": "/dev/snapshot",
    "screen": "/dev/vcs", "terminal": "/dev/tty", "latency": "/dev/cpu_dma_latency",
    "pressure": "/proc/pressure/memory", "mounts": "/proc/self/mounts", "pages_of_a_process": "/proc/self/pagemap",
    "coverage": "/sys/kernel/debug/kcov", "fences": "/sys/kernel/debug/sync/sw_sync",
    "trace": "/sys/kernel/tracing/trace_pipe", "control_group": "/sys/fs/cgroup/cgroup.events",
    "attribute": "/sys/kernel/mm/transparent_hugepage/enabled",
    **{f"namespace_{name}": f"/proc/self/ns/{name}"
       for name in ("cgroup", "ipc", "mnt", "net", "pid", "time", "user", "uts")},
}  # fmt: skip
READ_ONLY = ("/proc/", "/sys/", "/dev/kmsg", "/dev/snapshot", "/dev/cpu_dma_latency", "/dev/rtc0", "/dev/vcs")


class Objects:
    """Creates objects, and at the end closes them and their resources."""

    def __init__(self, work):
        self.work = work
        self.open = []
        self.served = []  # file systems
        self.others = []  # the other ends of sockets that linger
        self.ends = contextlib.ExitStack()

    def __enter__(self):
        return self

    def wake(self):
        """The sockets that linger wait no more, in whichever process."""
        while self.others:
            self.others.pop().close()

    def __exit__(self, *_):
        self.wake()
        for file in self.open:
            with contextlib.suppress(OSError):
                os.close(file)
        self.ends.close()

    def keep(self, *files):
        self.open += files
        return files[0]

    def let_go(self, *files):
        """Closes files before the end, so that another process has the last descriptors of them."""
        for file in files:
            self.open.remove(file)
            os.close(file)

    def make(self, name):
        return MAKE[name](self)

    # ---- eventfds ----

    def eventfd(self):
        return self.keep(os.eventfd(0, os.EFD_NONBLOCK))

    def eventfd_blocking(self):
        return self.keep(os.eventfd(0, 0))

    def eventfd_full(self):
        """A write waits for a reader, and the peer can also change the flag that prevents that."""
        file = self.eventfd_blocking()
        os.eventfd_write(file, FULL)
        return file

    def eventfd_semaphore(self):
        """Each read consumes one of very many."""
        file = self.keep(os.eventfd(0, os.EFD_SEMAPHORE))
        os.eventfd_write(file, FULL)
        return file

    # ---- pipes and sockets ----

    def pipe_read(self):
        return self.keep(*os.pipe())

    def pipe_write(self):
        read, write = os.pipe()
        return self.keep(write, read)

    def pipe_full(self):
        file = self.pipe_write()
        os.set_blocking(file, False)
        with contextlib.suppress(BlockingIOError):
            while True:
                os.write(file, bytes(PAGE))
        os.set_blocking(file, True)
        return file

    def pipe_dead(self):
        """SIGPIPE for who writes."""
        read, write = os.pipe()
        os.close(read)
        return self.keep(write)

    def pair(self, kind):
        one, other = socket.socketpair(socket.AF_UNIX, kind)
        return self.keep(one.detach(), other.detach())

    def socket_stream(self):
        return self.pair(socket.SOCK_STREAM)

    def socket_datagram(self):
        return self.pair(socket.SOCK_DGRAM)

    def socket_packet(self):
        return self.pair(socket.SOCK_SEQPACKET)

    def socket_full(self):
        file = self.socket_stream()
        with socket.socket(fileno=os.dup(file)) as end, contextlib.suppress(BlockingIOError):
            while True:
                end.send(bytes(PAGE), socket.MSG_DONTWAIT)
        return file

    def socket_dead(self):
        one, other = socket.socketpair()
        other.close()
        return self.keep(one.detach())

    def socket_in_itself(self):
        """A file descriptor in flight that refers to the socket through which it was sent."""
        one, other = socket.socketpair()
        socket.send_fds(one, [b"x"], [one.fileno(), other.fileno()])
        return self.keep(one.detach(), other.detach())

    def socket_tcp(self):
        return self.keep(socket.socket(socket.AF_INET).detach())

    def of_family(self, family, kind, protocol):
        try:
            return self.keep(socket.socket(family, kind, protocol).detach())
        except OSError as why:
            raise Absent(f"socket({family}, {kind}, {protocol}): {why.strerror}") from None

    def connected(self, more=0):
        """Two ends of a TCP connection. The second one reads nothing."""
        with socket.socket() as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            listener.bind(("127.0.0.1", 0))
            listener.listen(1)
            one = socket.socket()
            one.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 16)
            one.connect(listener.getsockname())
            other, _ = listener.accept()
        one.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            while more:
                one.send(bytes(1 << 16))
        return one, other

    def socket_tcp_lingers(self):
        """It has unsent data. Its last close waits until they are sent, or for a minute."""
        one, other = self.connected(more=1)
        one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("=ii", 1, LINGER))
        self.others.append(other)
        return self.keep(one.detach())

    def socket_tcp_unread(self):
        """It has data that nobody has read."""
        one, other = self.connected(more=1)
        self.keep(one.detach())
        return self.keep(other.detach())

    def socket_tcp_listens(self):
        """A connection waits in its queue."""
        with socket.socket() as listener, socket.socket() as caller:
            listener.bind(("127.0.0.1", 0))
            listener.listen(1)
            caller.connect(listener.getsockname())
            self.keep(caller.detach())
            return self.keep(listener.detach())

    def socket_unix_listens(self):
        with socket.socket(socket.AF_UNIX) as listener, socket.socket(socket.AF_UNIX) as caller:
            listener.bind("")  # the kernel chooses: a process may still have an earlier one
            listener.listen(1)
            caller.connect(listener.getsockname())
            self.keep(caller.detach())
            return self.keep(listener.detach())

    def undelivered(self, kind, files=()):
        """The other end has sent what nobody has read."""
        one, other = socket.socketpair(socket.AF_UNIX, kind)
        socket.send_fds(other, [b"x"], list(files))
        return self.keep(one.detach(), other.detach())

    def socket_stream_undelivered(self):
        return self.undelivered(socket.SOCK_STREAM)

    def socket_datagram_undelivered(self):
        return self.undelivered(socket.SOCK_DGRAM)

    def socket_packet_undelivered(self):
        return self.undelivered(socket.SOCK_SEQPACKET)

    def socket_udp_undelivered(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as end:
            end.bind(("127.0.0.1", 0))
            end.sendto(b"x", end.getsockname())
            return self.keep(end.detach())

    def holding(self, kind, make):
        """
        The only descriptors of these objects are in the queue of a socket, so the last close of the socket is
        theirs too.
        """
        files = [make() for _ in range(8)]
        end = self.undelivered(kind, files)
        self.let_go(*files)
        return end

    def socket_holds_eventfds(self):
        return self.holding(socket.SOCK_DGRAM, self.eventfd)

    def socket_holds_memory(self):
        return self.holding(socket.SOCK_STREAM, self.memfd)

    def socket_holds_lingering(self):
        return self.holding(socket.SOCK_STREAM, self.socket_tcp_lingers)

    def socket_holds_fuse(self):
        return self.holding(socket.SOCK_STREAM, self.fuse_that_waits)

    def sockets_in_sockets(self):
        """The last close of the first one closes the next one, and so on."""
        inner = self.eventfd()
        for _ in range(50):
            outer = self.undelivered(socket.SOCK_STREAM, [inner])
            self.let_go(inner)
            inner = outer
        return inner

    # ---- files ----

    def opened(self, path, flags):
        try:
            return self.keep(os.open(path, flags))
        except OSError as why:
            raise Absent(f"{path}: {why.strerror}") from None

    def path_only(self):
        return self.opened(self.work, os.O_PATH)

    def folder(self):
        return self.opened(self.work, os.O_RDONLY)

    def null(self):
        return self.opened("/dev/null", os.O_RDWR)

    def zero(self):
        return self.opened("/dev/zero", os.O_RDWR)

    def fuse(self):
        """It has not mounted a file system yet."""
        return self.opened("/dev/fuse", os.O_RDWR)

    def fuse_file(self, holds=()):
        """A file of a file system that this program serves."""
        self.served.append(self.ends.enter_context(Fuse(holds=holds)))
        return self.keep(self.served[-1].open())

    def fuse_that_waits(self):
        """Each close of it by another program waits for an answer that never comes."""
        return self.fuse_file([FLUSH])

    def fuse_that_answers_nothing(self):
        """Each system call of another program on it waits."""
        return self.fuse_file(None)

    def fuse_served(self):
        """The end at which this program serves a file system."""
        return self.keep(os.dup(self.ends.enter_context(Fuse()).device))

    def block_device(self):
        """Only for reading."""
        names = ("/dev/vda", "/dev/sda", "/dev/nvme0n1", "/dev/loop0", "/dev/ram0")
        return self.opened(next(filter(os.path.exists, names), names[0]), os.O_RDONLY | os.O_NONBLOCK)

    def fifo(self):
        place = self.work / "fifo"
        with contextlib.suppress(FileExistsError):
            os.mkfifo(place)
        return self.opened(place, os.O_RDWR)

    def locked_file(self):
        """On a disk; others hold a lock and a lease."""
        place = self.work / f"locked{threading.get_ident()}"
        place.write_bytes(bytes(PAGE))
        file = self.opened(place, os.O_RDONLY)
        place.unlink()
        with contextlib.suppress(OSError):
            fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.flock(self.opened(f"/proc/self/fd/{file}", os.O_RDONLY), fcntl.LOCK_EX)
        return file

    def shared_memory_file(self):
        """In tmpfs."""
        try:
            with tempfile.TemporaryFile(dir="/dev/shm") as file:
                file.truncate(1 << 20)
                return self.keep(os.dup(file.fileno()))
        except OSError as why:
            raise Absent(f"/dev/shm: {why.strerror}") from None

    def watched_memory_file(self):
        """In tmpfs, and each access of it needs the permission of this program, which does not answer."""
        file = self.shared_memory_file()
        watch = self.called("fanotify_init", 4, os.O_RDONLY)  # FAN_CLASS_CONTENT
        mask = ctypes.c_uint64(0x20000 | 0x10000)  # accesses and opens that need permission
        if LIBC.fanotify_mark(watch, 1, mask, -100, f"/proc/self/fd/{file}".encode()) != 0:
            raise Absent(f"fanotify_mark: {os.strerror(ctypes.get_errno())}")
        return file

    def memory_of_a_process(self):
        return self.opened("/proc/self/mem", os.O_RDWR)

    def maps_of_a_process(self):
        return self.opened("/proc/self/maps", os.O_RDONLY)

    def terminal(self):
        return self.keep(*os.openpty())

    def terminal_end(self):
        master, slave = os.openpty()
        return self.keep(slave, master)

    def terminal_full(self):
        """Nobody reads it, and its output is stopped."""
        master, slave = os.openpty()
        os.set_blocking(slave, False)
        with contextlib.suppress(BlockingIOError):
            while True:
                os.write(slave, bytes(PAGE))
        return self.keep(slave, master)

    def terminal_dead(self):
        master, slave = os.openpty()
        os.close(master)
        return self.keep(slave)

    def disk_file(self):
        """Memory that is filled from a disk, late or never."""
        place = self.work / "file"
        place.write_bytes(bytes(1 << 20))
        file = self.opened(place, os.O_RDWR)
        place.unlink()
        return file

    def memfd(self, size=1 << 20, flags=os.MFD_ALLOW_SEALING):
        file = self.keep(os.memfd_create("object", flags))
        os.ftruncate(file, size)
        return file

    def memfd_empty(self):
        return self.memfd(0)

    def sealed(self, seals):
        file = self.memfd()
        try:
            fcntl.fcntl(file, fcntl.F_ADD_SEALS, seals)
        except OSError as why:
            raise Absent(f"a memfd with the seals {seals:#x}: {why.strerror}") from None
        return file

    def memfd_sealed(self):
        return self.sealed(fcntl.F_SEAL_WRITE | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL)

    def memfd_that_runs(self):
        return self.memfd(flags=MFD_EXEC)

    def memfd_secret(self):
        file = self.called("memfd_secret", 0)
        os.ftruncate(file, 1 << 20)
        return file

    def memfd_mapped_with_faults(self):
        """Its pages are missing, and a page of this program that nobody fills is written to it: its lock is held."""
        file = self.memfd()
        hold_lock(self, file)
        return file

    def memfd_read_only(self):
        return self.opened(f"/proc/self/fd/{self.memfd()}", os.O_RDONLY)

    def memfd_huge(self):
        try:
            return self.memfd(HUGE, os.MFD_HUGETLB)
        except OSError as why:
            raise Absent(f"no huge pages: {why.strerror}") from None

    # ---- the kernel's other objects ----

    def called(self, name, *words):
        call = LIBC.syscall if name in CALLS else getattr(LIBC, name)
        file = call(*((CALLS[name][NUMBERS],) if name in CALLS else ()), *words)
        if file < 0:
            raise Absent(f"{name}: {os.strerror(ctypes.get_errno())}")
        return self.keep(file)

    def epoll(self):
        return self.called("epoll_create1", 0)

    def epoll_watches(self):
        """It watches another epoll, which watches eventfds."""
        inner, outer = select.epoll(), select.epoll()
        for _ in range(50):
            inner.register(self.eventfd(), select.EPOLLIN | select.EPOLLOUT)
        outer.register(inner.fileno(), select.EPOLLIN)
        return self.keep(os.dup(outer.fileno()), os.dup(inner.fileno()))

    def timer(self):
        """Becomes ready a thousand times per second."""
        file = self.called("timerfd_create", 1, 0)
        LIBC.timerfd_settime(file, 0, struct.pack("=qqqq", 0, 1000000, 0, 1), None)
        return file

    def signals(self):
        return self.called("signalfd", -1, bytes(128), 0)

    def watches(self):
        return self.called("inotify_init1", 0)

    def watches_of_files(self):
        file = self.watches()
        for name in ("/", "/dev", "/proc", str(self.work)):
            LIBC.inotify_add_watch(file, name.encode(), 0xFFF)
        return file

    def watches_with_permission(self):
        return self.called("fanotify_init", 0, os.O_RDONLY)

    def process(self):
        return self.keep(os.pidfd_open(os.getpid()))

    def process_that_ended(self):
        with subprocess.Popen("true") as ended:
            file = self.keep(os.pidfd_open(ended.pid))
            ended.wait()
        return file

    def timer_of_the_day(self):
        """It is canceled if the clock is set."""
        file = self.called("timerfd_create", 0, 0)
        LIBC.timerfd_settime(file, 3, struct.pack("=qqqq", 0, 0, 1 << 33, 0), None)
        return file

    def faults(self):
        return self.called("userfaultfd", 0x800)  # O_NONBLOCK

    def uring(self):
        return self.called("io_uring_setup", 8, ctypes.create_string_buffer(120))

    def counter(self):
        """Of context switches."""
        row = struct.pack("=IIQQQQ", 1, 128, 3, 0, 0, 0).ljust(128, b"\0")
        return self.called("perf_event_open", row, 0, -1, -1, 0)

    def bpf_map(self):
        return self.called("bpf", 0, struct.pack("=IIIII", 2, 4, 8, 16, 0).ljust(128, b"\0"), 128)

    def bpf_program(self):
        """It returns 0."""
        code = ctypes.create_string_buffer(
            struct.pack("=BBhi", 0xB7, 0, 0, 0) + struct.pack("=BBhi", 0x95, 0, 0, 0)
        )
        text = ctypes.create_string_buffer(b"GPL")
        row = struct.pack("=IIQQ", 1, 2, ctypes.addressof(code), ctypes.addressof(text)).ljust(128, b"\0")
        return self.called("bpf", 5, row, 128)

    def mount(self):
        return self.called("open_tree", -100, b"/", 1)  # a copy of it

    def mount_folder(self):
        return self.called("open_tree", -100, b"/", 0)

    def file_system(self):
        """It has not been made yet."""
        return self.called("fsopen", b"tmpfs", 0)

    def file_system_picked(self):
        return self.called("fspick", -100, b"/proc", 0)

    def ruleset(self):
        return self.called("landlock_create_ruleset", struct.pack("=Q", 1), 8, 0)

    def filter(self):
        """The notifications of a filter of system calls; the thread that it filters has ended."""
        code = ctypes.create_string_buffer(struct.pack("=HBBI", 6, 0, 0, 0x7FFF0000))  # allows all
        row = struct.pack("@HxxxxxxQ", 1, ctypes.addressof(code))
        found = []

        def filtered():
            try:
                found.append(self.called("seccomp", 1, 8, row))  # SECCOMP_FILTER_FLAG_NEW_LISTENER
            except Absent as why:
                found.append(why)

        thread = threading.Thread(target=filtered)
        thread.start()
        thread.join()
        if isinstance(found[0], Absent):
            raise found[0]
        return found[0]

    def message_queue(self):
        name = f"vwr{os.getpid()}_{threading.get_ident()}".encode()
        file = self.called("mq_open", name, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600, None)
        os.unlink(b"/dev/mqueue/" + name) if os.path.exists(b"/dev/mqueue/" + name) else LIBC.mq_unlink(
            b"/" + name
        )
        return file

    def tap(self):
        """A network device of this program. It ends with its descriptors."""
        file = self.opened("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
        try:
            fcntl.ioctl(file, 0x400454CA, struct.pack("16sH22x", b"", 0x1002))
        except OSError as why:
            raise Absent(f"a tap: {why.strerror}") from None
        return file

    def of_kvm(self, *calls):
        """A virtual machine, then what the calls of KVM make in it."""
        file = self.opened("/dev/kvm", os.O_RDWR)
        for call, value in calls:
            try:
                file = self.keep(fcntl.ioctl(file, call, value))
            except OSError as why:
                raise Absent(f"KVM: {call:#x}: {why.strerror}") from None
        return file

    def virtual_machine(self):
        return self.of_kvm((0xAE01, 0))

    def virtual_processor(self):
        return self.of_kvm((0xAE01, 0), (0xAE41, 0))

    def memory_of_a_virtual_machine(self):
        """guest_memfd"""
        file = self.of_kvm((0xAE01, 0))
        row = ctypes.create_string_buffer(struct.pack("=QQ6Q", 1 << 20, 0, *bytes(6)))
        made = LIBC.ioctl(file, ctypes.c_ulong(0xC040AED4), row)
        if made < 0:
            raise Absent(f"KVM_CREATE_GUEST_MEMFD: {os.strerror(ctypes.get_errno())}")
        return self.keep(made)


def hold_lock(objects, file, offset=-PAGE):
    """
    Keeps the lock of a memory file, or with the offset None of a pipe, in this program until the objects end: a write() waits for a page of its source,
    which userfaultfd never fills. Returns the userfaultfd.
    """
    faults = objects.called("userfaultfd", 0x800)  # O_NONBLOCK
    source = mmap.mmap(-1, PAGE, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    view = ctypes.c_char.from_buffer(source)
    try:
        fcntl.ioctl(faults, 0xC018AA3F, bytearray(struct.pack("=QQQ", 0xAA, 0, 0)))  # UFFDIO_API
        row = struct.pack("=QQQQ", ctypes.addressof(view), PAGE, 1, 0)
        fcntl.ioctl(faults, 0xC020AA00, bytearray(row))  # UFFDIO_REGISTER: missing pages
    except OSError as why:
        raise Absent(f"userfaultfd: {why.strerror}") from None
    words = [file, ctypes.c_void_p(ctypes.addressof(view)), ctypes.c_size_t(PAGE)]
    if offset is not None:
        words.append(ctypes.c_long(os.fstat(file).st_size + offset))
    call = LIBC.write if offset is None else LIBC.pwrite
    writer = threading.Thread(target=call, args=words, daemon=True)
    writer.start()
    if not select.select([faults], [], [], 10)[0]:
        raise Absent("userfaultfd: a write() reports no missing page")
    objects.ends.callback(writer.join)
    return faults


def add_rows():
    """A function for each row of a table."""
    for name, row in SOCKETS.items():
        MAKE[f"socket_{name}"] = lambda self, row=row: self.of_family(*row)
    for name, path in DEVICES.items():
        flags = os.O_NONBLOCK | (os.O_RDONLY if path.startswith(READ_ONLY) else os.O_RDWR)
        MAKE[f"device_{name}"] = lambda self, path=path, flags=flags: self.opened(path, flags)
    for name in ("SEAL", "SHRINK", "GROW", "WRITE", "FUTURE_WRITE", "EXEC"):
        seal = SEALS[name]
        MAKE[f"memfd_seal_{name.lower()}"] = lambda self, seal=seal: self.sealed(seal)


# One function of the class for each name.
HELPERS = (
    "keep",
    "let_go",
    "wake",
    "make",
    "pair",
    "opened",
    "called",
    "sealed",
    "of_family",
    "connected",
    "undelivered",
    "holding",
)
MAKE = {
    name: function
    for name, function in vars(Objects).items()
    if callable(function) and not name.startswith("_") and name not in (*HELPERS, "of_kvm", "fuse_file")
}
MAKE["fuse_file"] = lambda self: self.fuse_file()
add_rows()
