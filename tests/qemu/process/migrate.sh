#!/bin/sh
# SPDX-License-Identifier: MIT
# The first process of a guest that is saved and loaded: writes, reads what it wrote, and compares, until the last sector of
# the disk begins with "stop". Each line that the host looks at begins with "guest:".
b=/bin/busybox
$b mount -t devtmpfs none /dev
$b mount -t proc none /proc
for module in /modules/*; do
    $b insmod "$module"
done
disk=/dev/vda
last=$(($($b blockdev --getsz $disk) - 1))
loops=0
wrong=0
while [ "$($b dd if=$disk bs=512 skip=$last count=1 2>/dev/null | $b head -c 4)" != stop ]; do
    loops=$((loops + 1))
    place=$((loops % 3 * 128))
    $b dd if=/dev/urandom of=/tmp/written bs=65536 count=8 2>/dev/null
    $b dd if=/tmp/written of=$disk bs=4096 seek=$place conv=fsync 2>/dev/null || wrong=$((wrong + 1))
    echo 3 >/proc/sys/vm/drop_caches
    $b dd if=$disk bs=4096 skip=$place count=128 2>/dev/null | $b cmp - /tmp/written || wrong=$((wrong + 1))
    echo "guest: loop $loops wrong $wrong"
done
echo "guest: end wrong $wrong"
$b poweroff -f
