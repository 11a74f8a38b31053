# SPDX-License-Identifier: MIT
"""Debian's kernel as a guest of examples/hypervisor. Each function here is a test of CTest."""

import re

import demo
import host
from session import guests

SECTOR = 512
DIRECT = "conv=notrunc iflag=fullblock oflag=direct 2>/dev/null"
BLOCK = 4099
MIB = 1 << 20
DEVICES = ("blk", "console", "entropy")

# What a guest says when nothing is wrong with its devices.
REPORT = r"""
for number in 0 1 2; do
    echo "features $number $(cat /sys/bus/virtio/devices/virtio$number/features)"
done
echo "size $(cat /sys/block/vda/size) $(cat /sys/block/vda/queue/logical_block_size) $(ls /sys/block/vda/mq | wc -l)"
echo "segments $(cat /sys/block/vda/queue/max_segments) id $(cat /sys/block/vda/serial)"
dmesg -r | grep -E '^<[0-4]>' | sed 's/^/warning /'
echo reported
"""


def pattern(text, size):
    """Bytes that are a guest's own; as they repeat after no round number, each place has its own, too."""
    block = b"".join(f"{text} {number:07d}\n".encode() for number in range(BLOCK))
    return (block * (size // len(block) + 1))[:size]


def write_pattern(text, size):
    """A guest's script that writes it to the begin of its disk."""
    return f"""
seq 0 {BLOCK - 1} | awk '{{printf "{text} %07d\\n", $1}}' >/tmp/block
while cat /tmp/block; do :; done 2>/dev/null | head -c {size} | dd of=/dev/vda bs=64k {DIRECT}
"""


def run(folder, linux, plan, scripts, **more):
    """From start to end; the console."""
    with guests(folder, linux, plan, scripts, **more) as session:
        assert session.wait() == 0, session.lines[-20:]
    assert session.lines[-1] == "hypervisor: all guests are off"
    return session.lines


def test_demo_in_short(folder, linux):
    demo.run_all(folder, linux)


def report(lines, prefix=""):
    """What REPORT has said, as words by their first."""
    rows = [line.removeprefix(prefix).split() for line in lines if line.startswith(prefix)]
    assert ["reported"] in rows, lines[-20:]
    assert not [row for row in rows if row[:1] == ["warning"] and "virtio" in " ".join(row).lower()]
    features = {DEVICES[int(row[1])]: host.features(DEVICES[int(row[1])], row[2]) for row in rows
                if row[:1] == ["features"]}
    return features, {row[0]: row[1:] for row in rows if row}


def test_what_the_kernel_says_of_its_devices(folder, linux):
    offered = {"blk": {"SEG_MAX", "BLK_SIZE", "FLUSH", "CONFIG_WCE", "DISCARD", "WRITE_ZEROES"},
               "console": {"SIZE"}, "entropy": set()}
    ring = {"vms": {"INDIRECT_DESC", "EVENT_IDX", "VERSION_1"}, "vms-split": {"INDIRECT_DESC", "EVENT_IDX", "VERSION_1"},
            "vms-legacy": {"INDIRECT_DESC", "EVENT_IDX"}}
    host.make_disk(folder, {})
    for plan in host.PLANS:
        features, rows = report(run(folder, linux, plan, [REPORT]))
        for name in DEVICES:
            more = {"RING_PACKED"} if (plan, name) == ("vms", "blk") else set()
            assert features[name] == offered[name] | ring[plan] | more, (plan, name)
        assert rows["size"] == [str(host.WINDOW_BYTES // SECTOR), "512", "1"]
        assert rows["segments"] == ["64", "id", "left"]


def test_two_guests_write_to_their_windows(folder, linux):
    size = host.WINDOW_BYTES
    host.make_disk(folder, {})
    lines = run(folder, linux, "vms", [f"echo begin\n{write_pattern(text, size)}echo end\n" for text in ("left...", "right..")])
    at = {(line[0], line[3:]): number for number, line in enumerate(lines) if line[1:2] == "|"}
    assert max(at["0", "begin"], at["1", "begin"]) < min(at["0", "end"], at["1", "end"]), "they were not there at once"
    assert host.window(folder, 0) == pattern("left...", size)
    assert host.window(folder, 1) == pattern("right..", size)


# Writes until it is reset, then a pattern; the disk says which time it is.
AGAIN = f"""
if [ "$(dd if=/dev/vda bs=5 count=1 2>/dev/null)" = again ]; then
    {write_pattern("second.", MIB)}
    echo "second time"
else
    printf again | dd of=/dev/vda conv=notrunc,sync 2>/dev/null
    sync
    echo "first time"
    while :; do
        dd if=/dev/zero of=/dev/vda bs=64k seek=16 count=100 {DIRECT}
        dd if=/dev/vda of=/dev/null bs=64k count=100 iflag=direct 2>/dev/null
    done
fi
"""
GO_ON = f"""
{write_pattern("right..", 4 * MIB)}
echo ready
turns=0
while [ $turns -lt 40 ]; do
    turns=$((turns + 1))
    dd if=/dev/vda bs=64k count=64 iflag=direct 2>/dev/null | sha256sum
    [ $turns != 2 ] || echo reads
done | sort | uniq -c
"""


def test_a_guest_is_reset_while_the_other_goes_on(folder, linux):
    host.make_disk(folder, {})
    with guests(folder, linux, "vms", [AGAIN, GO_ON]) as session:
        session.expect(r"^0\| first time")
        session.expect(r"^1\| ready")
        session.command("reset 0", "guest 0 starts anew")
        session.expect(r"^0\| second time")
        assert session.wait() == 0
    sums = [line for line in session.lines if re.match(r"1\| +\d+ [0-9a-f]{64}", line)]
    assert len(sums) == 1 and sums[0].split()[1] == "40", sums
    assert host.window(folder, 0)[:MIB] == pattern("second.", MIB)
    assert host.window(folder, 1)[:4 * MIB] == pattern("right..", 4 * MIB)


def test_an_error_of_the_disk_is_the_right_guests(folder, linux):
    read = """
dd if=/dev/vda of=/dev/null bs=64k iflag=direct 2>&1 | sed 's/^/dd: /'
dmesg | grep -E 'I/O error' | sed 's/.*\\] /kernel: /'
echo read
"""
    host.make_disk(folder, {})
    bad = host.WINDOW_BYTES // SECTOR + 2048  # in the right window
    (folder / "blkdebug.conf").write_text(
        f'[inject-error]\\nevent = "read_aio"\\nerrno = "5"\\nsector = "{bad}"\\nonce = "off"\\n'.replace("\\n", "\n"))
    lines = run(folder, linux, "vms", [read, read], options=host.drive("blkdebug:blkdebug.conf:disk.img"))
    left, right = ([line[3:] for line in lines if line.startswith(f"{number}| ")] for number in (0, 1))
    assert "dd: 512+0 records in" in left and not [line for line in left if "error" in line]
    assert [line for line in right if re.match(r"kernel: I/O error, dev vda, sector 2048 ", line)], right
    assert "dd: dd: /dev/vda: Input/output error" in right or "dd: dd: error reading '/dev/vda': Input/output error" in right


def test_a_read_only_window_refuses_writes(folder, linux):
    write = f"""
echo "read-only: $(cat /sys/block/vda/ro)"
dd if=/dev/zero of=/dev/vda bs=4k count=1 2>&1 | sed 's/^/dd: /'
mount -t ext4 /dev/vda /mnt 2>&1 | sed 's/^/mount: /'
dmesg | sed 's/.*\\] /kernel: /' | grep vda
echo tried
"""
    host.make_disk(folder, {})
    lines = run(folder, linux, "vms-legacy", ["sleep 1", write])
    right = [line[3:] for line in lines if line.startswith("1| ")]
    assert "read-only: 1" in right and "tried" in right
    assert host.window(folder, 1) == host.right_window()
