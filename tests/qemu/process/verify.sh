#!/bin/sh
# SPDX-License-Identifier: MIT
# The first process of a guest of QEMU. After the cards and the random bytes, two processors write to the disk, each
# through a queue of its own, and compare what they read, while the host kills the back end. They never end; when the
# last sector of the disk begins with "stop" they say so once. Each line that the host looks at begins with "guest:".
b=/bin/busybox
# shellcheck source=/dev/null
. /bin/net.sh
$b mount -t devtmpfs none /dev
$b mount -t proc none /proc
$b mount -t sysfs none /sys
for module in /modules/*; do
    $b insmod "$module" || say "no $module"
done
disk=/dev/vda
last=$(($($b blockdev --getsz $disk) - 1))
kept=24 # blocks of 64 KiB: from here four stay as they are
say "queues $($b ls /sys/block/vda/mq | $b wc -l)"
echo 8 >/sys/block/vda/queue/max_sectors_kb # many requests in flight

direct() { # BLOCK COUNT
    $b dd if=$disk bs=65536 skip="$1" count="$2" iflag=direct 2>/dev/null
}

verify() { # PROCESSOR
    mine=/tmp/written$1
    loops=0
    wrong=0
    ended=
    while true; do
        loops=$((loops + 1))
        place=$(($1 * 12 + loops % 3 * 4))
        $b dd if=/tmp/whole of="$mine" bs=65536 skip=$((loops % 8 * 4)) count=4 2>/dev/null
        direct $kept 4 >"$mine.kept" & # beside the writes: reads are faster, and complete before them
        $b dd if="$mine" of=$disk bs=65536 seek=$place conv=fsync 2>/dev/null || wrong=$((wrong + 1))
        wait
        $b cmp "$mine.kept" /tmp/kept || wrong=$((wrong + 1))
        direct $place 4 | $b cmp - "$mine" || wrong=$((wrong + 1))
        say "$1 loop $loops wrong $wrong"
        if [ -z "$ended" ] && [ "$($b dd if=$disk bs=512 skip=$last count=1 iflag=direct 2>/dev/null | $b head -c 4)" = stop ]; then
            ended=yes
            say "$1 end wrong $wrong"
        fi
    done
}

direct 0 32 >/tmp/whole
say "sum $($b sha256sum </tmp/whole | $b cut -c1-64)"
direct $kept 4 >/tmp/kept
say "rng $($b head -c 4096 /dev/hwrng | $b sha256sum | $b cut -c1-64) $($b head -c 4096 /dev/hwrng | $b sha256sum | $b cut -c1-64)"
use_net /tmp/whole
use_host /tmp/whole
export b disk last kept
for processor in 0 1; do
    verify $processor &
    $b taskset -p $((processor + 1)) $! >/dev/null
done
wait
