#!/bin/busybox sh
# SPDX-License-Identifier: MIT
# shellcheck shell=dash
# The init program of the Linux whose drivers are recorded: it uses each device a little. "host: WORD" asks
# record.py for an action from outside, and waits for a line.

PATH=/bin
for name in $(busybox --list); do
    [ -e "/bin/$name" ] || busybox ln -s busybox "/bin/$name"
done
mount -t devtmpfs none /dev
mount -t proc none /proc
mount -t sysfs none /sys

host() {
    echo "host: $1"
    read -r _
}

fail() {
    echo "exchanges: FAILED: $1"
    poweroff -f
}

# Runs a command whose failure ends the whole recording.
must() {
    "$@" >/tmp/out 2>&1 || fail "$*: $(tail -n 1 /tmp/out)"
}

wait_for() {
    tries=0
    until [ -e "$1" ]; do
        [ $tries -lt 200 ] || fail "there is no $1"
        tries=$((tries + 1))
        sleep 0.05
    done
}

for module in /modules/*; do
    insmod "$module" 2>/tmp/out || echo "exchanges: insmod $module: $(cat /tmp/out)"
done

# blk
wait_for /dev/vda
cat /sys/block/vda/serial
echo 0 >/sys/block/vda/queue/read_ahead_kb
must dd if=/dev/vda of=/tmp/sector bs=512 count=1 iflag=direct
must dd if=/tmp/sector of=/dev/vda bs=512 seek=3 count=1 oflag=direct conv=fsync,notrunc
must dd if=/dev/vda of=/dev/null bs=4096 skip=1 count=2 iflag=direct
must blkdiscard -o 4096 -l 8192 /dev/vda
must exercise zeroes /dev/vda
sync

# net: the receive filter, addresses, VLANs, a few frames
wait_for /sys/class/net/eth0
must ip link set eth0 address 52:54:00:12:34:99
must ip link set eth0 up
must ip link set eth0 promisc on
must ip link set eth0 promisc off
must ifconfig eth0 allmulti
must ifconfig eth0 -allmulti
must ip addr add 10.0.2.15/24 dev eth0
must vconfig add eth0 5
must vconfig rem eth0.5
must ping -c 2 10.0.2.2

# scsi: found by the driver; one read, one write
wait_for /dev/sda
must dd if=/dev/sda of=/tmp/sector bs=512 count=1 iflag=direct
must dd if=/tmp/sector of=/dev/sda bs=512 seek=3 count=1 oflag=direct conv=fsync,notrunc

# entropy
must dd if=/dev/hwrng of=/dev/null bs=16 count=2

# 9p: names, attributes, a file written and read back
must mount -t 9p -o trans=virtio,version=9p2000.L,msize=8192 share /mnt
must ls -l /mnt
must cat /mnt/hello
echo "bytes of the guest's" >/mnt/written
must mkdir /mnt/folder
must mv /mnt/written /mnt/folder/moved
must ln -s moved /mnt/folder/link
must rm -r /mnt/folder
must umount /mnt

# crypto
must exercise cipher

# gpu: the kernel's console has drawn on it; some more
echo "a line" >/dev/tty1
cat /sys/class/graphics/fb0/virtual_size

# input: keys and a pointer from outside, a LED back
for input in /dev/input/event*; do
    timeout 3 cat "$input" >"/tmp/${input##*/}" &
    # struct input_event: time, EV_LED, LED_NUML, 1; then EV_SYN
    printf '\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\021\0\0\0\1\0\0\0' >"$input" 2>/dev/null || true
done
host input
sleep 1
wc -c /tmp/event*

# console: ports by name, both ways, closed again
for port in /dev/vport*; do
    echo "exchanges: port $port"
done
host console
exec 3<>/dev/vport2p1
head -n 1 <&3
echo "to the host" >&3
exec 3>&-

# balloon: inflate, statistics, deflate
host balloon
sleep 2
host deflate
sleep 1

echo "exchanges: OK"
poweroff -f
