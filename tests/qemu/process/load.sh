#!/bin/sh
# SPDX-License-Identifier: MIT
# The first process of a User Mode Linux guest that reads and writes two disks for so many minutes as /bin/minutes says.
b=/bin/busybox
$b mount -t devtmpfs none /dev
$b mount -t proc none /proc
for module in /modules/*; do
    $b insmod "$module"
done

now() {
    $b cut -d. -f1 /proc/uptime
}

use() { # DISK OFFSET
    while [ "$(now)" -lt "$end" ]; do
        $b dd if="/dev/$1" of=/dev/null bs=4096 iflag=direct 2>/dev/null || echo "guest: $1 not read"
        $b dd if=/dev/zero of="/dev/$1" bs=65536 seek="$2" count=8 conv=fsync 2>/dev/null || echo "guest: $1 not written"
    done
}

end=$(($(now) + $($b cat /bin/minutes) * 60))
for disk in vda vdb; do
    use "$disk" 0 &
    use "$disk" 8 &
done
wait
echo "guest: load done"
$b poweroff -f
