#!/bin/busybox sh
# SPDX-License-Identifier: MIT
# shellcheck shell=dash
# The first program of the Linux guest. The kernel's command line says what to read:
# vwr_reads=DEPTH:BYTES:BATCHES+..., and vwr_sectors=SECTORS of the disk.

end() {
    echo "guest: $1"
    # What is written last may still be in the UART.
    busybox sleep 0.2
    busybox poweroff -f
}

PATH=/bin
busybox mount -t devtmpfs none /dev
busybox mount -t proc none /proc
for module in /modules/*; do
    busybox insmod "$module" || end "FAILED: insmod $module"
done
tries=0
until [ -b /dev/vda ]; do
    [ $tries -lt 100 ] || end "FAILED: there is no /dev/vda"
    tries=$((tries + 1))
    busybox sleep 0.05
done
# The kernel hands on what it does not know as variables.
# shellcheck disable=SC2154
for reads in $(echo "$vwr_reads" | busybox tr + ' '); do
    # Three words.
    # shellcheck disable=SC2046
    reader $(echo "$reads" | busybox tr : ' ') "$vwr_sectors" || end "FAILED: reader $reads"
done
end OK
