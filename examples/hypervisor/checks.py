# SPDX-License-Identifier: MIT
"""What is asked of a machine of agent.py, one function for a device: each compares with what the host knows, and says it."""

import contextlib
import hashlib
import http.server
import random
import re
import threading
import time

import host
from agent import FS_TAG, LEDS, SCREEN, TAG, stream
from steps import Failed, say

HTTP_BYTES = (1 << 20) + 77
GATEWAY = "10.0.2.2"  # of QEMU's user network; it leads to this machine
RECTANGLES, RECTANGLE_W, RECTANGLE_H = 8, 100, 60  # guest/draw.c
KEYS = {
    "a": 30,
    "b": 48,
    "c": 46,
    "d": 32,
    "e": 18,
    "z": 44,
    "1": 2,
    "ret": 28,
    "spc": 57,
    "shift": 42,
    "f5": 63,
}  # by Linux
LAST = "f12"
EV_KEY, EV_ABS, BTN_LEFT = 1, 3, 0x110
LIGHTS = ((0, 1, 0), (1, 1, 0), (0, 0, 1), (1, 0, 1), (0, 0, 0))  # Num, Caps and Scroll Lock
ABS_MAX = 0x7FFF
AT_ONCE = 8  # groups of events, of which none may be lost: QEMU has no more room than its guest's queue
FOLLOW = 30  # seconds until memory has come or gone
# The kernel says this of itself, also on QEMU's own devices.
KNOWN = (r"drm_plane_enable_fb_damage_clips\(\) not called", "unable to open an initial console")


def need(good, what, guest):
    if not good:
        raise Failed(f"{guest}: {what}", f"cat '{guest.session.console}'")


# ---- network ----


class Quiet(http.server.BaseHTTPRequestHandler):
    """One file, whatever is asked for."""

    content = b""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", str(len(self.content)))
        self.end_headers()
        self.wfile.write(self.content)

    def log_message(self, format, *args):
        pass


@contextlib.contextmanager
def served(content):
    """A server of this machine's, with that content; its port."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), type("Served", (Quiet,), {"content": content}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


def reach_host(machine):
    """A file by HTTP from this machine."""
    content = random.randbytes(HTTP_BYTES)
    digest = hashlib.sha256(content).hexdigest()
    with served(content) as port:
        for guest in machine.guests:
            (found,) = guest.found(f"get {GATEWAY}:{port}/file", r"^([0-9a-f]{64})")
            need(found == digest, "the sha256 of the file by HTTP differs", guest)
    say(f"network: {HTTP_BYTES} bytes by HTTP from this machine arrive with the same sha256")


def copy(machine, sender, receiver, mib):
    """By TCP from one to the other."""
    to, source = machine.guests[receiver], machine.guests[sender]
    to.begin("take")
    source.ask(f"give {machine.addresses[receiver]} {mib}", 300)
    lines = to.finish("take", 300)
    need(
        hashlib.sha256(stream(machine.data, mib)).hexdigest() in " ".join(lines),
        f"the sha256 of the data by TCP differs: {lines}",
        to,
    )


def network(machine, mib, pings=5):
    machine.addressed()
    need(
        len(set(machine.addresses)) == len(machine.guests),
        f"addresses {machine.addresses} are the same",
        machine.guests[0],
    )
    say(f"network: by DHCP the guests are {', '.join(machine.by_dhcp)}")
    reach_host(machine)
    left, right = machine.guests
    for guest, other in ((left, 1), (right, 0)):
        (n,) = guest.found(f"ping -c {pings} -i 0.2 {machine.addresses[other]}", r"(\d+) packets received")
        need(int(n) == pings, f"{n} of {pings} pings were answered", guest)
    say("network: the guests ping one another without loss")
    for sender, receiver in ((0, 1), (1, 0)):
        copy(machine, sender, receiver, mib)
    say(f"network: {mib} MiB by TCP from one guest to the other, and back: same sha256")


# ---- screen ----


def picture(width, height, seed):
    """What guest/draw.c paints, as a PPM."""
    pixels = bytearray(3 * width * height)
    red = bytes(3 * x + seed & 255 for x in range(width))
    for y in range(height):
        row = memoryview(pixels)[3 * width * y : 3 * width * (y + 1)]
        row[0::3] = red
        row[1::3] = bytes([5 * y + 7 * seed & 255]) * width
        row[2::3] = bytes((x ^ y) + 11 * seed & 255 for x in range(width))
    for number in range(RECTANGLES):
        left = (157 * number + 13 * seed) % (width - RECTANGLE_W)
        color = (number * 0x1F3D5B + seed * 0x10307 & 0xFFFFFF).to_bytes(3, "big")
        for y in range(RECTANGLE_H):
            at = 3 * (width * ((91 * number + 7 * seed) % (height - RECTANGLE_H) + y) + left)
            pixels[at : at + 3 * RECTANGLE_W] = color * RECTANGLE_W
    return b"P6\n%d %d\n255\n" % (width, height) + pixels


def dump(machine, name, kind="ppm"):
    """QEMU's picture of the real screen."""
    path = machine.folder / name
    machine.monitor("screendump", filename=str(path), format=kind, device=SCREEN)
    return path


def screen(machine, seeds=(7,), flips=8):
    """Draws by DRM in the guest, and compares what the real screen shows; a picture that stays, its path is answered."""
    guest = machine.guests[0]
    words = guest.found("screen", r"^screen (\S+) connected (\d+x\d+) EDID (\d+)")
    say(f"screen: the guest's {words[0]} prefers {words[1]}, according to its EDID of {words[2]} bytes")
    need(int(words[2]) >= 128, "its screen has no EDID", guest)
    for seed in seeds:
        width, height = map(int, guest.found(f"draw {seed} {flips}", r"^drawn (\d+)x(\d+)"))
        need(words[1] == f"{width}x{height}", "it drew in another mode", guest)
        right = picture(width, height, seed + flips)
        for _ in range(20):  # the last rectangles may still be in flight
            shown = dump(machine, "screen.ppm")
            if shown.read_bytes() == right:
                break
            time.sleep(0.2)
        need(shown.read_bytes() == right, f"the real screen differs from what it drew: {shown}", guest)
    path = dump(machine, "screen.png", "png")
    guest.ask("undraw")
    say(
        f"screen: all {width * height} pixels of the real screen match what the guest drew, after {flips} page flips"
    )
    return path


# ---- input ----


def next_event(guest):
    """Its next line of an event, without keys that its own kernel repeats."""
    while True:
        line = guest.lines_until("^event ")[-1]
        if not re.match(rf"event keyboard {EV_KEY} \d+ 2$", line):
            return line


def groups(number, seed):
    """(what is sent, lines that the guest has to say), so many; each differs from the one before it."""
    pick, down, at = random.Random(seed), set(), {}
    for _ in range(number):
        if pick.random() < 0.5:
            name = pick.choice(list(KEYS))
            down ^= {name}
            yield [("key", {"down": name in down, "key": {"type": "qcode", "data": name}})], [
                f"event keyboard {EV_KEY} {KEYS[name]} {int(name in down)}"
            ]
        elif pick.random() < 0.3:
            down ^= {BTN_LEFT}
            yield [("btn", {"down": BTN_LEFT in down, "button": "left"})], [
                f"event tablet {EV_KEY} {BTN_LEFT} {int(BTN_LEFT in down)}"
            ]
        else:
            new = {
                axis: pick.choice(
                    [value for value in (0, pick.randrange(1, ABS_MAX), ABS_MAX) if value != at.get(axis, 0)]
                )
                for axis in ("x", "y")
            }
            at |= new
            yield [("abs", {"axis": axis, "value": value}) for axis, value in new.items()], [
                f"event tablet {EV_ABS} {code} {value}" for code, value in enumerate(new.values())
            ]
    for name in down:
        kind, value = (
            ("btn", {"button": "left"})
            if name == BTN_LEFT
            else ("key", {"key": {"type": "qcode", "data": name}})
        )
        line = (
            f"event tablet {EV_KEY} {BTN_LEFT} 0"
            if name == BTN_LEFT
            else f"event keyboard {EV_KEY} {KEYS[name]} 0"
        )
        yield [(kind, {**value, "down": False})], [line]


def keys(machine, number=60, seed=1):
    """Each event that is sent comes out of the guest's /dev/input, in the order of its device."""
    guest = machine.guests[0]
    guest.begin("tool events 200")
    found = [
        line.split(" ", 2)[1:]
        for line in guest.lines_until(r"^input \d+ in all")
        if line.startswith("input ")
    ][:-1]
    need({"keyboard", "tablet"} <= {kind for kind, _ in found}, f"its input devices are {found}", guest)
    say(f"input: the guest has {', '.join(f'{kind} ({name})' for kind, name in found)}")
    rows, sent = list(groups(number, seed)), 0
    for begin in range(0, len(rows), AT_ONCE):
        part = rows[begin : begin + AT_ONCE]
        for events, _ in part:
            machine.monitor.send(*events)
        right = [line for _, lines in part for line in lines]
        got = [next_event(guest) for _ in right]
        for kind in ("keyboard", "tablet"):  # between two devices there is no order
            one, other = ([line for line in lines if f"event {kind}" in line] for lines in (right, got))
            need(one == other, f"events of the {kind} are {other}, not {one}", guest)
        sent += len(right)
    machine.monitor.press(LAST)
    guest.finish("tool events")
    say(
        f"input: {sent} events of keys, button and pointer from QEMU's monitor arrive in the guest's /dev/input, in order"
    )


def leds(machine):
    """What the guest writes to its keyboard comes to QEMU's, of which QEMU logs what it would tell a viewer."""
    guest, log = machine.guests[0], machine.folder / LEDS
    for num, caps, scroll in LIGHTS:
        guest.ask(f"tool leds {num} {caps} {scroll}")
        right, end = f"caps {caps}, num {num}, scroll {scroll}", time.monotonic() + FOLLOW
        while not (said := log.read_text("utf-8").splitlines() if log.exists() else []) or not said[
            -1
        ].endswith(right):
            need(time.monotonic() < end, f"the LEDs of QEMU's keyboard are {said[-1:]}, not {right}", guest)
            time.sleep(0.05)
    say(f"input: {len(LIGHTS)} LED settings in the guest's /dev/input: each reaches QEMU's keyboard")


# ---- folder ----


def tree_sums(data, mib):
    """What `sums` of agent.sh says of a tree that `plant` has made."""
    files = {}
    for number in range(1, mib + 1):
        folder = f"./{number % 8}"
        files[f"{folder}/{number}"] = b"%d\n" % number + data
        files[f"{folder}/deep/{number}"] = b"small %d\n" % number
    lines = [f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)]
    lines += [
        f"../{name.rsplit('link', 1)[1]}\n"
        for name in sorted(f"./{n % 8}/deep/link{n}" for n in range(1, mib + 1))
    ]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def folder(machine, number, mib, seconds, seed=1):
    """A tree written and read anew; random operations beside the same in memory."""
    guest = machine.guests[number]
    right = tree_sums(machine.data, mib)
    guest.ask(f"mount_folder {TAG}")
    guest.ask(f"plant /folder/tree {mib}", 300)
    guest.ask(f"umount /folder; mount_folder {TAG}")  # nothing of it is kept in the guest
    (found,) = guest.found("sums /folder/tree", r"^([0-9a-f]{64})", 300)
    need(found == right, "the tree differs when it is read back", guest)
    guest.ask("rm -rf /folder/tree; umount /folder", 300)
    say(f"folder: {guest} wrote a tree of {mib} MiB into the 9p folder and read back the same data")
    random_files([guest], seconds, seed)


def fs(machine, number, mib, seconds, seed=1):
    """The same folder by FUSE: a tree written by one protocol and read by the other; random operations."""
    guest = machine.guests[number]
    right = tree_sums(machine.data, mib)
    for writes, reads in ((FS_TAG, TAG), (TAG, FS_TAG)):
        guest.ask(f"mount_folder {writes} && plant /folder/tree {mib} && umount /folder", 300)
        (found,) = guest.found(f"mount_folder {reads} && sums /folder/tree", r"^([0-9a-f]{64})", 300)
        need(found == right, f"the tree that was written by '{writes}' differs by '{reads}'", guest)
        guest.ask("rm -rf /folder/tree; umount /folder", 300)
    say(f"file system: {guest} wrote {mib} MiB by FUSE and read the same by 9p, and vice versa")
    random_files([guest], seconds, seed, FS_TAG)


def random_files(guests, seconds, seed, tag=TAG):
    """Random operations beside the same in memory, in all these guests at once; how many operations there were."""
    done = 0
    for guest in guests:
        guest.begin(f"random_files {tag} {seconds} {seed + guest.number}")
    for guest in guests:
        words = "\n".join(guest.finish("random files", seconds + 120))
        steps, fine = map(int, re.search(r"^files (\d+) steps, (\d+) without", words, re.M).groups())
        # The first steps find an empty folder, and a slow machine gets no further.
        need(fine * 20 > steps - 100, f"only {fine} of {steps} operations succeeded", guest)
        say(
            f"{'file system' if tag == FS_TAG else 'folder'}: {steps} random operations of {guest} in {seconds} s, {fine} without an error: each has "
            "the same result as on its RAM file system"
        )
        done += steps
    return done


# ---- balloon ----


def memory(guest):
    """{name: MiB}"""
    return {name: int(size) / 1024 for name, size in (line.split()[1:] for line in guest.ask("memory"))}


def follow(machine, number, wanted, good):
    """Until the host's counter and the guest's memory are as they should be."""
    guest, end = machine.guests[number], time.monotonic() + FOLLOW
    while True:
        gone, now = machine.gone(number), memory(guest)
        if gone == wanted and good(now["MemFree"]):
            return now
        need(time.monotonic() < end, f"{gone} MiB are in the balloon, {now['MemFree']:.0f} MiB free", guest)
        time.sleep(0.2)


def balloon(machine, number, mib):
    """The guest gives memory away as the host wants it, and has it back."""
    guest, slack = machine.guests[number], mib / 8
    machine.balloon(number, 0)
    before = follow(
        machine, number, 0, lambda free: True
    )  # of what was asked for before this nothing is left
    machine.balloon(number, mib)
    during = follow(machine, number, mib, lambda free: free < before["MemFree"] - mib + slack)
    machine.balloon(number, 0)
    after = follow(machine, number, 0, lambda free: free > before["MemFree"] - slack)
    say(
        f"balloon: {mib} MiB of {guest} moved to the host and back: MemTotal {before['MemTotal']:.0f}, "
        f"{during['MemTotal']:.0f}, {after['MemTotal']:.0f} MiB, MemFree {before['MemFree']:.0f}, {during['MemFree']:.0f}, "
        f"{after['MemFree']:.0f} MiB"
    )


# ---- scsi ----

UNITS = (("left-0", 0, 16384), ("left-1", 16384, 4096)), (("right-0", 20480, 16384), ("right-1", 36864, 4096))
UNMAPPED = 8, 24  # first sector, sectors; two commands, since a range has at most 16


def sg(machine, number):
    """What sg3-utils say of the units; they decode the answers of the device themselves."""
    guest = machine.guests[number]
    for lun, (serial, _, sectors) in enumerate(UNITS[number]):
        said = " ".join(guest.ask(f"sg sg_inq {lun}"))
        wanted = ("Vendor identification: VRWR", "Product identification: memory")
        need(all(one in said for one in wanted), f"sg_inq of unit {lun} says {said}", guest)
        said = " ".join(guest.ask(f"sg sg_vpd {lun} -p sn"))  # sg_inq of sg3-utils 1.48 does not ask for it
        need(f"serial number: {serial}" in said, f"sg_vpd of unit {lun} says {said}", guest)
        said = " ".join(guest.ask(f"sg sg_vpd {lun} -p bl"))
        most = re.search(r"Maximum unmap LBA count: (\S+)", said)  # in hexadecimal since sg3-utils 1.48
        need(most and int(most.group(1), 0) == 16, f"sg_vpd of unit {lun} says {said}", guest)
        said = " ".join(guest.ask(f"sg sg_vpd {lun} -p lbpv"))
        need(re.search(r"LBPU(=|\): )1", said), f"sg_vpd of unit {lun} says {said}", guest)
    said = " ".join(guest.ask("sg sg_luns 0"))
    need("Lun list length = 16" in said, f"sg_luns says {said}", guest)
    say(f"scsi: sg_inq, sg_vpd and sg_luns of sg3-utils find the {len(UNITS[number])} units of {guest}")


def unmap(machine, number):
    """Sectors that are full of data, and zero after sg_unmap; their neighbours are not."""
    guest, (_, start, _) = machine.guests[number], UNITS[number][1]
    first, sectors = UNMAPPED
    guest.ask("dd if=/data of=$(unit 1) bs=64k count=1 oflag=direct")
    need(machine.medium(start, 64) == machine.data[: 64 * 512], "its unit 1 has other data", guest)
    for at in range(first, first + sectors, 8):
        guest.ask(f"sg sg_unmap 1 --force --lba={at} --num=8")
    right = bytearray(machine.data[: 64 * 512])
    right[512 * first : 512 * (first + sectors)] = bytes(512 * sectors)
    need(machine.medium(start, 64) == right, "sg_unmap: other sectors are zero", guest)
    say(f"scsi: sg_unmap empties {sectors} sectors of {guest}, and no others, as this machine sees")


def scsi(machine, number, mib):
    """A file system on a unit, which this machine reads."""
    guest, (_, first, sectors) = machine.guests[number], UNITS[number][0]
    if machine.sg:
        sg(machine, number)
        unmap(machine, number)
    guest.ask(f"plant_unit 0 {mib}")
    (machine.folder / "left.img").write_bytes(machine.medium(first, sectors))
    words = host.check_image(machine.folder)
    need(not words, f"e2fsck finds the file system of unit 0 damaged: {words}", guest)
    content = host.read_file(machine.folder, "stream")
    need(content == stream(machine.data, mib), "the file on unit 0 differs", guest)
    say(
        f"scsi: {guest} made a file system on unit 0; e2fsck of this machine finds it clean, with the same {mib} MiB"
    )


# ---- sockets ----

PORT = 5000  # of the guest
CONNECTIONS, MESSAGES = 200, 100


def sockets(machine, number, mib):
    """Streams from both ends and in both directions, many of them, and messages."""
    guest = machine.guests[number]
    (found,) = guest.found(f"stream {mib} | tool vsock echo 7 | sha256sum", r"^([0-9a-f]{64})", 300)
    right = hashlib.sha256(stream(machine.data, mib)).hexdigest()
    need(found == right, "the sha256 of what the hypervisor returns differs", guest)
    guest.begin(f"stream 1 | tool vsock take {PORT} | sha256sum").lines_until("^vsock listens$")
    machine.connect(number, PORT)
    right = hashlib.sha256(stream(machine.data, 1)).hexdigest()
    said = " ".join(guest.finish("vsock take"))
    need(right in said, "the sha256 differs where the hypervisor connects", guest)
    say(f"sockets: {mib} MiB from {guest} to the hypervisor and back by vsock: same sha256")
    count, wrong = map(
        int, guest.found(f"tool vsock sink {mib}", r"^vsock sink (\d+) bytes (\d+) wrong", 300)
    )
    need((count, wrong) == (mib << 20, 0), f"{count} bytes arrived, {wrong} of them wrong", guest)
    guest.found(f"tool vsock source {mib}", f"^vsock source {mib << 20} bytes 0 blocks wrong", 300)
    guest.found(f"tool vsock many {CONNECTIONS}", f"^vsock {CONNECTIONS} connections")
    guest.found(f"tool vsock messages {MESSAGES}", f"^vsock {MESSAGES} messages")
    guest.found("tool vsock closed 99", "^vsock port 99 is Connection reset by peer")
    say(
        f"sockets: {mib} MiB in each direction alone, a connection that the hypervisor opens, {CONNECTIONS} connections "
        f"and {MESSAGES} messages: each byte is right; a closed port refuses"
    )


# ---- crypto ----

CIPHER = "virtio_crypto_aes_cbc"  # the driver's names
RSA = "virtio-crypto-rsa"


def crypto(machine, number, kib):
    """The kernel's own tests of the cipher and of RSA, and data of ours that its generic cipher encrypts as well."""
    guest = machine.guests[number]
    guest.found(f"self_test {CIPHER}", "^self-test passed$")
    guest.found(f"self_test {RSA}", "^self-test passed$")
    guest.found(f"tool crypt {CIPHER} {kib}", f"^crypt {kib} KiB of each key length are right$", 300)
    say(
        f"crypto: the kernel's self-tests of AES-CBC and of RSA on the device of {guest} pass; {kib} KiB "
        "with each length of an AES key are the same as by the guest's CPU"
    )


# ---- rates ----


def seconds_of(guest, command):
    """How long a command takes by the guest's clock."""
    minutes, seconds = guest.found(f"time {command}", r"^real\s+(\d+)m\s*([\d.]+)s", 600)
    return int(minutes) * 60 + float(seconds)


def rates(machine, number, mib):
    """MiB/s of sockets, and of a file that is read by both protocols; they are only shown."""
    guest = machine.guests[number]
    said = [
        f"{name} {mib / seconds_of(guest, f'tool vsock {name} {mib}'):.1f}" for name in ("sink", "source")
    ]
    guest.ask(f"mount_folder {TAG} && stream {mib} >/folder/rate; umount /folder", 300)
    for tag in (TAG, FS_TAG):
        guest.ask(f"mount_folder {tag}")
        said.append(f"{tag} {mib / seconds_of(guest, 'dd if=/folder/rate of=/dev/null bs=128k'):.1f}")
        guest.ask("umount /folder")
    guest.ask(f"mount_folder {TAG}; rm /folder/rate; umount /folder")
    say(f"rates of {guest}, MiB/s: {', '.join(said)}")


# ---- all ----


def warnings(machine, more=()):
    """What the kernels have to say against our devices: nothing."""
    for guest in machine.guests:
        lines = [
            line
            for line in guest.ask("warnings")
            if not any(re.search(known, line) for known in (*KNOWN, *more))
        ]
        need(not lines, f"its kernel warns: {' / '.join(lines)}", guest)
    say("the guests' kernels report no warning about a device")
