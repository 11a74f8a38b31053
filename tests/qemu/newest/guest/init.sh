#!/bin/sh
# SPDX-License-Identifier: MIT
# The guest: executes the lines of its second serial port, and says how each has ended.
/bin/busybox --install -s /bin
export PATH=/bin
mount -t devtmpfs dev /dev
mount -t proc proc /proc
mount -t sysfs sys /sys
for module in /modules/*; do
    insmod "$module" || echo "guest: FAILED: $module"
done
exec </dev/ttyS1 >/dev/ttyS1 2>&1
stty raw -echo
echo ready
while read -r line; do
    eval "$line"
    echo "ended $?"
done
poweroff -f
