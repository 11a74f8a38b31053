#!/bin/busybox sh
# SPDX-License-Identifier: MIT
# shellcheck shell=dash
# The first program of User Mode Linux. The kernel's command line says what to read:
# vwr_reads=DISK:NULL:DEPTH:BYTES:BATCHES:READERS:SECTORS+..., NULL is 1 for a disk that stores nothing.

end() {
    echo "guest: $1"
    busybox poweroff -f
}

PATH=/bin
busybox mount -t devtmpfs none /dev
busybox mount -t proc none /proc
for module in /modules/*; do
    busybox insmod "$module" || end "FAILED: insmod $module"
done
# The kernel hands on what it does not know as variables.
# shellcheck disable=SC2154
for reads in $(echo "$vwr_reads" | busybox tr + ' '); do
    # Seven words.
    # shellcheck disable=SC2046
    set -- $(echo "$reads" | busybox tr : ' ')
    export vwr_disk="/dev/$1"
    if [ "$2" = 1 ]; then export vwr_null=1; else unset vwr_null; fi
    shift 2
    reader "$@" || end "FAILED: reader $reads"
done
end OK
