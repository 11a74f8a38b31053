#!/bin/busybox sh
# SPDX-License-Identifier: MIT
# shellcheck shell=dash
# The init program of the Linux whose driver is recorded: a disk's life in short.

PATH=/bin
busybox mount -t devtmpfs none /dev
busybox mount -t proc none /proc
busybox mount -t sysfs none /sys
disk=/dev/vda
queue=/sys/block/vda

end() {
    echo "recorder: $1"
    busybox poweroff -f
}

# Reads blocks of 4 KiB: $2 of them, from block $1.
read_blocks() {
    busybox dd if=$disk of=/dev/null bs=4096 skip="$1" count="$2" 2>/dev/null || end "FAILED: read $*"
}

# Copies them to block $3, and then flushes.
copy_blocks() {
    busybox dd if=$disk of=$disk bs=4096 skip="$1" count="$2" seek="$3" conv=fsync,notrunc 2>/dev/null ||
        end "FAILED: copy $*"
}

for module in /modules/*; do
    busybox insmod "$module" || end "FAILED: insmod $module"
done
tries=0
until [ -b $disk ]; do
    [ $tries -lt 100 ] || end "FAILED: there is no $disk"
    tries=$((tries + 1))
    busybox sleep 0.05
done
busybox cat $queue/serial
echo 0 >$queue/queue/read_ahead_kb
read_blocks 100 3
echo 128 >$queue/queue/read_ahead_kb
read_blocks 200 70
copy_blocks 16 2 300
copy_blocks 20 40 310
# Several in parallel.
for at in 400 410 420 430; do
    read_blocks $at 3 &
done
wait
busybox blkdiscard -o 1638400 -l 65536 $disk
echo "write through" >$queue/cache_type
copy_blocks 30 1 490
# Unbinds the driver from the disk, and binds it again.
name=$(busybox basename "$(busybox readlink -f $queue/device)")
echo "$name" >/sys/bus/virtio/drivers/virtio_blk/unbind
echo "$name" >/sys/bus/virtio/drivers/virtio_blk/bind
read_blocks 490 1
end OK
