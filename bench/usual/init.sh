#!/bin/busybox sh
# SPDX-License-Identifier: MIT
# shellcheck shell=dash
# init of the guest whose negotiated features are recorded. Prints device type, PCI slot and features of each
# virtio device.

end() {
    echo "usual: $1"
    busybox sleep 0.2 # the UART still holds the end of the output
    busybox poweroff -f
}

PATH=/bin
busybox mount -t devtmpfs none /dev
busybox mount -t proc none /proc
busybox mount -t sysfs none /sys
for module in /modules/*; do
    busybox insmod "$module" || end "FAILED: insmod $module"
done
busybox sleep 1
for device in /sys/bus/virtio/devices/*; do
    [ -e "$device/driver" ] || end "FAILED: $device has no driver"
    read -r type <"$device/device"
    read -r features <"$device/features"
    echo "usual: $type $(busybox readlink -f "$device" | busybox sed 's,.*:\([0-9a-f]*\)\.0/.*,\1,') $features"
done
end OK
