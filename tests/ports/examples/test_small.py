# SPDX-License-Identifier: MIT
"""The examples of examples/small: short, named in their README, and they do what they say, on fakes and in QEMU."""
import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time

import pytest

sys.dont_write_bytecode = True
import boot
from qmp import PATIENCE, Monitor, Refused
from processes import completed, need, output

SMALL = boot.ROOT / "examples" / "small"
LINES_MOST = 80
FRAME = {"board.c", "metal.c"}  # what the examples stand on
FIRST_BYTES = "01 08 0f 16 1d 24 2b 32 39 40 47 4e 55 5c 63 6a"  # of the fake disk and, in QEMU, of ours
RECOVERED = [
    "request IN: no answer in 500000 us: queue 0 was notified, avail.idx 4, used.idx 0; "
    "can the device reach the ring, which vwr_port_dma places below ADDRESS (for the CPU: ADDRESS)?",
    "reset and restarted",
    "requests completed: 4",
]

# The whole console output, except the last line. {v}: the version. Examples that are not here have a separate
# test.
HOST = {
    ("probe", "fast"): [
        "0xa000000 Block device, {v}",
        "0xa000400 Network device, {v}",
        "0xa000600 Console, {v}",
        "0xa000800 Entropy source, {v}",
        "0xa000a00 GPU device, {v}",
        "0xa000c00 Input device, {v}",
        "empty slots: 1",
    ],
    ("read", "fast"): ["sectors: 256", f"sector 0: {FIRST_BYTES}"],
    ("write", "fast"): ["the disk has a write cache", "written, flushed, read back: sectors 8"],
    ("many", "fast"): ["maximum in flight: 32", "notifications: 1"],
    ("interrupt", "slow"): ["requests completed: 8", "woken by the disk"],
    ("interrupt", "fast"): ["requests completed: 8", "not woken: the disk was faster"],
    ("recover", "fast"): ["requests completed: 4"],
    ("recover", "deaf"): RECOVERED,
    ("config", "fast"): [
        "address of the network card: 52 53 54 55 56 57",
        "columns of the console: 80",
        "rows of the console: 25",
    ],
    ("scattered", "fast"): ["segments: 3", "pages read in one call: 3"],
    ("entropy", "fast"): ["split rings", "a seed of 32 bytes"],
    ("net", "fast"): [
        "own address: 52 53 54 55 56 57",
        "address of the gateway: 52 55 0a 00 02 02",
        "the gateway has answered",
    ],
    ("bus", "fast"): [
        "0xa000000 Block device, {v}",
        "  SEG_MAX .*",
        "  sectors: 256",
        "0xa000400 Network device, {v}",
        "  MAC.*",
        "  address: 52 53 54 55 56 57",
        "0xa000600 Console, {v}",
        "  SIZE.*",
        "  columns, 0 if unknown: 80",
        "0xa000800 Entropy source, {v}",
        "  .*",
        "  random bytes: 3c 5e 81 b4 0c 5e c6 8e",
        "0xa000a00 GPU device, {v}",
        "  .*",
        "  pixels in a line: 640",
        "0xa000c00 Input device, {v}",
        "  .*",
        "Keys",
    ],
    ("gpu", "fast"): ["the first display is on", "a picture is on the screen, pixels: 16000"],
}
QEMU = {
    "probe": [
        "0xa003800 Entropy source, {v}",
        "0xa003a00 Console, {v}",
        "0xa003c00 Network device, {v}",
        "0xa003e00 Block device, {v}",
        "empty slots: 28",
    ],
    "read": ["sectors: 2048", f"sector 0: {FIRST_BYTES}"],
    "write": ["the disk has a write cache", "written, flushed, read back: sectors 8"],
    "many": ["maximum in flight: 32", "notifications: [0-9]+"],
    "interrupt": ["requests completed: 8", "woken by the disk|not woken: the disk was faster"],
    "recover": ["requests completed: 4"],
    "config": ["the console does not report its size", "address of the network card: 52 54 00 12 34 56"],
    "scattered": ["segments: 1", "pages read in one call: 3"],
    "entropy": ["split rings", "a seed of 32 bytes"],
    "net": [
        "own address: 52 54 00 12 34 56",
        "address of the gateway: 52 55 0a 00 02 02",
        "the gateway has answered",
    ],
    "bus": [
        "0xa003800 Entropy source, {v}",
        "  .*",
        "  random bytes:( [0-9a-f]{{2}}){{8}}",
        "0xa003a00 Console, {v}",
        "  .*",
        "  columns, 0 if unknown: 0",
        "0xa003c00 Network device, {v}",
        "  MAC .*",
        "  address: 52 54 00 12 34 56",
        "0xa003e00 Block device, {v}",
        "  SEG_MAX .*",
        "  sectors: 2048",
    ],
    "gpu": ["the first display is on", "a picture is on the screen, pixels: 16000"],
}
# Devices that QEMU provides only for modern drivers, and one device for which this example has no driver.
MODERN_BUS = {
    "virtio-tablet-device": ["Input device", "  .*", "QEMU Virtio Tablet"],
    "virtio-mouse-device": ["Input device", "  .*", "QEMU Virtio Mouse"],
    "virtio-keyboard-device": ["Input device", "  .*", "QEMU Virtio Keyboard"],
    "virtio-gpu-device,xres=1024,yres=768": ["GPU device", "  EDID .*", "  pixels in a line: 1024"],
    "virtio-balloon-device": [r"Memory ballooning \(traditional\)", "  .* type 5 .*no driver supports"],
}
# With both versions of virtio-mmio. A GPU has no legacy interface.
VERSIONS = [
    (name, version)
    for name in QEMU
    for version in ("legacy", "modern")
    if (name, version) != ("gpu", "legacy")
]


def sources():
    """The examples, without what they stand on."""
    return sorted(path for path in SMALL.glob("*.c") if path.name not in FRAME)


def host(name, version, disk, code=0):
    """The output lines of an example on the fake devices. It must end with this exit code."""
    program = boot.BUILD / "tests" / "ports" / "examples" / f"example_{name}"
    if not program.exists():
        pytest.skip(f"no {program}: built without cmocka (Debian: libcmocka-dev)")
    done = completed(["timeout", "-k", "5", "60", program, version, disk])
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout.splitlines()


def need_qemu():
    """Skips where the examples for QEMU cannot be built or run."""
    need("qemu-system-aarch64", "aarch64-linux-gnu-gcc")


def qemu(name, version, work, card=""):
    """The output lines of an example's image, and its disk afterwards."""
    need_qemu()
    disk = boot.Disk(work / "disk.img", read_only=name != "write")
    disk.path.write_bytes(contents())
    extra = [
        "-netdev",
        "user,id=n" if name == "net" else "hubport,id=n,hubid=0",
        "-device",
        f"virtio-net-device,netdev=n,mac=52:54:00:12:34:56{card}",
        "-device",
        "virtio-serial-device",
        "-device",
        "virtio-rng-device",
    ]
    if (name, version) == ("bus", "modern"):
        extra += [word for device in MODERN_BUS for word in ("-device", device)]
    if name == "gpu":
        extra += ["-device", "virtio-gpu-device,id=gpu"]
    # The disk first: the devices take their slots from the last one down.
    options = boot.drive_options(0, disk)
    console = boot.boot(
        version, [], image=f"../small/{name}", machine="virt,gic-version=2", extra=options + extra
    )
    return console.lines, disk.path.read_bytes()


def contents():
    """A disk of 1 MiB with the same beginning as the fake one."""
    return bytes((at * 7 + at // 512 * 3 + 1) & 0xFF for at in range(1 << 20))


def explain(lines):
    """The result of ./vwr explain for a trace: exit code and text."""
    done = completed(
        [sys.executable, "-B", str(boot.ROOT / "codegen"), "explain", "-"], input="\n".join(lines)
    )
    print(done.stdout, done.stderr)
    return done.returncode, done.stdout


def test_short_and_listed():
    page = (SMALL / "README.md").read_text(encoding="utf-8")
    assert len(sources()) >= 8
    assert not [path.name for path in sources() if len(path.read_text("utf-8").splitlines()) > LINES_MOST]
    names = [path.stem for path in sources()]
    assert sorted(re.findall(r"^\| `(\w+)\.c` \|", page, re.MULTILINE)) == names
    # console: test_console.py
    apart = {
        "crypto",
        "vsock",
        "i2c",
        "sound",
        "fs",
        "gpio",
        "pmem",
        "iommu",
        "rtc",
        "can",
        "spi",
        "scmi",
        "mem",
        "9p",
        "scsi",
        "trace",
        "input",
        "console",
        "balloon",
    }
    assert sorted({name for name, _ in HOST} | apart) == sorted({*QEMU, *apart}) == names


@pytest.mark.parametrize(
    "name,disk,version",
    [(name, disk, version) for name, disk in HOST for of, version in VERSIONS if of == name],
)
def test_host(name, disk, version):
    wanted = [line.format(v=version) for line in HOST[name, disk]]
    said = [re.sub(r"(below|CPU:) 0x[0-9a-f]+", r"\1 ADDRESS", line) for line in host(name, version, disk)]
    if (name, version) == ("bus", "legacy"):  # a gpu has no legacy interface, and that is what is said of it
        at = wanted.index("  pixels in a line: 640")
        wanted[at - 1 : at + 1] = [
            re.escape("  feature VERSION_1 (bit 32) is required, but a legacy device has no such bit")
        ]
    assert len(said) == len(wanted) + 1 and said[-1] == "example: OK"
    assert all(line == want or re.fullmatch(want, line) for want, line in zip(wanted, said))


@pytest.mark.parametrize("name,version", VERSIONS)
def test_qemu(name, version, work):
    lines, after = qemu(name, version, work)
    wanted = [line.format(v=version) for line in QEMU[name]]
    if (name, version) == ("bus", "modern"):
        more = zip(range(0xA003600, 0, -0x200), MODERN_BUS.values())
        wanted = [
            line
            for at, (device, *said) in reversed(list(more))
            for line in (f"0x{at:x} {device}, modern", *said)
        ] + wanted
    assert len(lines) == len(wanted) + 1 and lines[-1] == "example: OK"
    assert all(re.fullmatch(want, line) for want, line in zip(wanted, lines))
    before = contents()
    if name == "write":
        before = before[:-4096] + bytes((i * 7 + i // 256) & 0xFF for i in range(4096))
    assert after == before


@pytest.mark.parametrize(
    "version,card",
    [
        ("modern", ",packed=on"),
        ("modern", ",event_idx=off"),
        ("legacy", ",event_idx=off"),
        ("modern", ",packed=on,event_idx=off"),
        ("modern", ",mrg_rxbuf=off"),
    ],
)
def test_net_rings(version, card, work):
    """The features that a card offers make no difference to its user."""
    assert qemu("net", version, work, card)[0] == [*QEMU["net"], "example: OK"]


@pytest.mark.parametrize("version", ["legacy", "modern"])
@pytest.mark.parametrize("where", ["host", "qemu"])
def test_trace(where, version, work):
    """The dump is complete, and ./vwr explain reads it and finds no errors."""
    lines = host("trace", version, "fast") if where == "host" else qemu("trace", version, work)[0]
    assert lines[-1] == "example: OK"
    assert [int(line.split()[1]) for line in lines[:-1]] == list(range(len(lines) - 1))
    code, text = explain(lines[:-1])
    assert code == 0 and text


def monitor(path, ended):
    """QEMU's monitor, as soon as there is one; None: the example has ended, or QEMU does not listen."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and not ended.wait(0.05):
        connection = socket.socket(socket.AF_UNIX)
        try:
            connection.connect(path)
            return Monitor(connection)
        except OSError:  # QEMU has not begun
            connection.close()
    return None


def while_host(acts, image, version, device, work):
    """The lines of an example's image, while `acts` is a host with QEMU's monitor."""
    need_qemu()
    path, ended = os.path.relpath(work / "qmp.sock"), threading.Event()

    def host_of_it():
        qmp = monitor(path, ended)
        if qmp:
            with contextlib.suppress(OSError, Refused):  # QEMU has ended
                acts(qmp, ended)

    thread = threading.Thread(target=host_of_it)
    thread.start()
    try:
        return boot.boot(
            version,
            [],
            image=f"../small/{image}",
            machine="virt,gic-version=2",
            extra=["-device", device, "-qmp", f"unix:{path},server=on,wait=off"],
        ).lines
    finally:
        ended.set()
        thread.join()


def types(qmp, ended):
    """Presses and releases a key repeatedly, because events before the driver is ready are lost."""
    while not ended.wait(0.05):
        qmp.press("a")


def keys(lines):
    """The events that an example has read: pairs of a key and the end of its group, down after up."""
    events = [int(line.removeprefix("event ")) for line in lines]
    assert len(events) == 8 and set(events[1::2]) == {0}
    down, up = 1 << 48 | 30 << 32 | 1, 1 << 48 | 30 << 32
    assert events[::2] in ([down, up, down, up], [up, down, up, down])


@pytest.mark.parametrize("version", ["legacy", "modern"])
def test_input_host(version):
    lines = host("input", version, "fast")
    assert [lines[0], lines[1], lines[-1]] == ["Keys", "waiting for keys", "example: OK"]
    keys(lines[2:-1])


def test_input_qemu(work):
    """A keyboard, which QEMU has for modern drivers alone; somebody types."""
    lines = while_host(types, "input", "modern", "virtio-keyboard-device", work)
    assert lines[0] == "QEMU Virtio Keyboard" and lines[-1] == "example: OK"
    keys(lines[2:-1])


@pytest.mark.parametrize("version", ["legacy", "modern"])
def test_9p_qemu(version, work):
    """A folder on this machine: its names and a file are read, and a new file is created."""
    need_qemu()
    share = work / "share"
    (share / "letters").mkdir(parents=True)
    (share / "letters/hello.txt").write_text("Hello from the host.", encoding="utf-8")
    console = boot.boot(
        version,
        [],
        image="../small/9p",
        machine="virt,gic-version=2",
        extra=[
            "-fsdev",
            f"local,id=f,path={share},security_model=none",
            "-device",
            "virtio-9p-device,fsdev=f,mount_tag=files",
        ],
    )
    assert console.lines == ["letters", "Hello from the host.", "example: OK"]
    assert (share / "answer.txt").read_text(encoding="utf-8") == "Hello"


@pytest.mark.parametrize("version", ["legacy", "modern"])
def test_scsi_qemu(version, work):
    """Two disks on a SCSI host: blocks are copied from the first to the second, and the units are listed."""
    need("qemu-system-aarch64", "aarch64-linux-gnu-gcc")
    content = bytes(i * 7 % 251 for i in range(64 * 512))
    extra = ["-device", "virtio-scsi-device,id=s"]
    for lun, data in enumerate((content, bytes(len(content)))):
        (work / f"l{lun}.img").write_bytes(data)
        extra += ["-drive", f"if=none,id=l{lun},format=raw,file={work}/l{lun}.img"]
        extra += ["-device", f"scsi-hd,bus=s.0,scsi-id=0,lun={lun},drive=l{lun}"]
    console = boot.boot(version, [], image="../small/scsi", machine="virt,gic-version=2", extra=extra)
    assert console.lines == ["units: 2", "QEMU    QEMU HARDDISK", "example: OK"]
    assert (work / "l1.img").read_bytes() == content


def test_crypto_qemu():
    """
    A message that QEMU's device encrypts with AES in CTR mode. The first byte is the same as with OpenSSL,
    and decryption restores the message.
    """
    need("qemu-system-aarch64", "aarch64-linux-gnu-gcc")
    extra = ["-object", "cryptodev-backend-builtin,id=b", "-device", "virtio-crypto-device,cryptodev=b"]
    console = boot.boot("modern", [], image="../small/crypto", machine="virt,gic-version=2", extra=extra)
    assert console.lines == ["first byte: 129", "a message", "example: OK"]


@pytest.mark.parametrize(
    "name", ["vsock", "i2c", "sound", "fs", "gpio", "pmem", "iommu", "rtc", "mem", "can", "spi", "scmi"]
)
@pytest.mark.parametrize("version", ["legacy", "modern"])
def test_without_a_device(name, version):
    """QEMU has no such device on this board, or none without a part of the host's kernel, or a back end; pair.* runs the drivers."""
    assert host(name, version, "fast", code=1) == ["example: FAILED: ENODEV: empty slot, no device here"]


def test_config_needs_nothing_of_the_library():
    """The example that is of the headers alone: no symbol of ours but the port's and the board's."""
    found = list((boot.BUILD / "tests/ports/examples/CMakeFiles").glob("**/config.c.o"))
    if not found or shutil.which("nm") is None:
        pytest.skip("not built, or no nm here")
    names = set(output(["nm", "-u", *found]).split()) - {"U"}
    ours = {name for name in names if not name.startswith("__")}
    assert "say" in ours
    assert ours <= {
        "board_slots",
        "board_trace",
        "say",
        "say_bytes",
        "say_number",
        "vwr_host_read",
        "vwr_host_write",
        "vwr_host_time_us",
        "_GLOBAL_OFFSET_TABLE_",
    }


def takes_and_returns(qmp, ended):
    """Takes 40 pages from the guest, and returns them."""
    memory, taken = 64 << 20, 40 * 4096
    qmp("balloon", value=memory - taken)
    while qmp("query-balloon")["actual"] != memory - taken:
        if ended.wait(0.02):
            return
    qmp("balloon", value=memory)


@pytest.mark.parametrize("version", ["legacy", "modern"])
def test_balloon_qemu(version, work):
    lines = while_host(takes_and_returns, "balloon", version, "virtio-balloon-device", work)
    assert lines == [
        "split rings",
        "pages that the hypervisor took: 40",
        "pages that it has kept: 0",
        "example: OK",
    ]


def picture():
    """What examples/small/gpu.c leaves on the screen: a PPM, by arithmetic of its own."""
    rows = bytearray(b"P6\n160 100\n255\n")
    for y in range(100):
        for x in range(160):
            rows += b"\xff\0\0" if 20 <= x < 50 and 10 <= y < 50 else bytes((x ^ y, 2 * y + 20, x + 40))
    return bytes(rows)


def test_gpu_is_on_the_screen(work):
    """An image without an operating system has drawn, and QEMU's own copy of the screen is that, byte for byte."""
    image = boot.BUILD / "examples" / "small" / "gpu.elf"
    if shutil.which("qemu-system-aarch64") is None or not image.exists():
        pytest.skip("no qemu-system-aarch64, or no image")
    command = [
        "timeout",
        "-k",
        "5",
        "60",
        "qemu-system-aarch64",
        "-M",
        "virt,gic-version=2",
        "-cpu",
        "cortex-a53",
        "-m",
        "64M",
        "-nodefaults",
        "-display",
        "none",
        "-serial",
        "file:console.txt",
        "-kernel",
        image,
        "-no-shutdown",
        "-global",
        "virtio-mmio.force-legacy=false",
        "-device",
        "virtio-gpu-device,id=gpu",
        "-qmp",
        "unix:qmp.sock,server=on,wait=off",
    ]
    with subprocess.Popen(command, cwd=work) as qemu_process:
        try:
            qmp = monitor(os.path.relpath(work / "qmp.sock"), threading.Event())
            while qmp("query-status")["status"] != "shutdown":
                time.sleep(0.05)
            qmp("screendump", filename="screen.ppm", device="gpu", head=0)
            assert (work / "console.txt").read_text(encoding="utf-8").splitlines()[-1] == "example: OK"
            assert (work / "screen.ppm").read_bytes() == picture()
            qmp("quit")
        finally:
            qemu_process.wait(70)
