#!/bin/sh
# SPDX-License-Identifier: MIT
# The first process of a guest of User Mode Linux or QEMU: uses each device of vwr-vhost, and says what it found. Each line
# that the host looks at begins with "guest:".
b=/bin/busybox
# shellcheck source=/dev/null
. /bin/net.sh
$b mount -t devtmpfs none /dev
$b mount -t proc none /proc
$b mount -t sysfs none /sys
for module in /modules/*; do
    $b insmod "$module" || say "no $module"
done

use_disk() { # NAME DEVICE: reads all, writes the second half of itself into the first
    tries=0
    until [ -b "/dev/$2" ] || [ $tries = 50 ]; do # a SCSI host is scanned in the background
        tries=$((tries + 1))
        $b sleep 0.1
    done
    [ -b "/dev/$2" ] || { say "$1 absent"; return; }
    say "$1 sum $($b sha256sum <"/dev/$2" | $b cut -c1-64)"
    $b dd if="/dev/$2" of=/tmp/half bs=1048576 skip=1 count=1 2>/dev/null
    $b dd if=/tmp/half of="/dev/$2" bs=65536 conv=fsync 2>/dev/null || say "$1 not written"
    say "$1 written"
}

use_folder() { # NAME TYPE TAG
    $b mount -t "$2" "$3" /mnt || { say "$1 absent"; return; }
    say "$1 sum $($b sha256sum </mnt/given | $b cut -c1-64)"
    $b dd if=/mnt/given of=/mnt/copied bs=4096 2>/dev/null
    $b mkdir /mnt/folder
    $b mv /mnt/copied /mnt/folder/copied
    $b umount /mnt
    say "$1 written"
}

use_console() { # a line from the host, and the same line back
    [ -c /dev/hvc0 ] || return # process_front uses it and the balloon
    $b stty -F /dev/hvc0 raw -echo
    exec 3<>/dev/hvc0
    echo ready >&3
    read -r line <&3
    echo "the guest read: $line" >&3
    $b dd if=/tmp/half bs=4096 count=64 2>/dev/null | $b sha256sum >/dev/null
    say "console used"
}

use_balloon() { # after use_console: the host asks for memory that a file has used
    $b dd if=/dev/zero of=/tmp/fill bs=1048576 count=64 2>/dev/null
    $b rm /tmp/fill
    echo filled >&3
    read -r line <&3
    say "balloon $line"
}

use_disk blk vda
use_disk qsd vdb
use_disk scsi sda
use_folder fs virtiofs vwr
use_console && use_balloon
[ -x /bin/sockets ] && say "vsock $(/bin/sockets)"
use_net /tmp/half
$b sync
$b poweroff -f
