#!/bin/busybox sh
# SPDX-License-Identifier: MIT
# shellcheck shell=dash
# The first program of a guest: modules, file systems of the kernel, the console; then /guest, and off.

export PATH=/bin
/bin/busybox --install -s /bin
mount -t devtmpfs none /dev
mount -t proc none /proc
mount -t sysfs none /sys
for module in /modules/*.ko; do
    [ ! -e "$module" ] || insmod "$module" || echo "insmod $module fails" >/dev/kmsg
done
tries=0
until { [ -b /dev/vda ] && [ -c /dev/hvc0 ]; } || [ $tries = 100 ]; do
    tries=$((tries + 1))
    sleep 0.05
done
if [ -c /dev/hvc0 ]; then
    exec </dev/hvc0 >/dev/hvc0 2>&1
else
    exec >/dev/kmsg 2>&1
    echo "there is no hvc0"
fi
# shellcheck disable=SC1091 # of the run, see host.py
. /guest
cd /
sleep 0.1 # what was written last may still be in the UART
poweroff -f
