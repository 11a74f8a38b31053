#!/bin/busybox sh
# SPDX-License-Identifier: MIT
# shellcheck shell=dash
# The init program of the Linux whose file system driver is recorded.

PATH=/bin
for name in $(busybox --list); do
    [ -e "/bin/$name" ] || busybox ln -s busybox "/bin/$name"
done
mount -t devtmpfs none /dev
mount -t proc none /proc
mount -t sysfs none /sys
for module in /modules/*; do
    insmod "$module"
done

# Runs a command whose failure ends the whole recording.
must() {
    "$@" >/tmp/out 2>&1 || {
        echo "exchanges: FAILED: $*: $(tail -n 1 /tmp/out)"
        poweroff -f
    }
}

umask 0 # the modes of the messages are those of the commands
must mount -t virtiofs share /mnt
echo "features: $(cat /sys/bus/virtio/devices/virtio0/features)"
must ls -l /mnt
exec 3</mnt/hello # the handles of the other files are not 0
must dd if=/mnt/hello of=/dev/null bs=4096 skip=1 count=1
echo "bytes of the guest's" >/tmp/text
must dd if=/tmp/text of=/mnt/written bs=21 seek=2 conv=fsync
must chown 1:2 /mnt/written
must chmod 600 /mnt/written
must touch -m -d @86400 /mnt/written
must stat -f /mnt
must mkdir /mnt/folder
must mv /mnt/written /mnt/folder/moved
must rm -r /mnt/folder
exec 3<&-
must umount /mnt
echo "exchanges: OK"
poweroff -f
