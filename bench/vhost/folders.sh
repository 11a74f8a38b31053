#!/bin/busybox sh
# SPDX-License-Identifier: MIT
# shellcheck shell=dash
# init of the guest. The kernel's command line names the operation in the folder and the number of rounds:
# vwr_work=names|attributes|read_file|create|nothing vwr_rounds=N. Each round begins with empty caches.

end() {
    echo "guest: $1"
    busybox poweroff -f
}

names() { # of 1 000 files, without looking at them
    [ "$(echo /mnt/names/* | busybox wc -w)" = 1000 ]
}

attributes() {
    [ "$(busybox ls -l /mnt/names | busybox wc -l)" = 1001 ]
}

read_file() { # of 1 MiB
    [ "$(busybox dd if=/mnt/contents bs=4096 2>/dev/null | busybox wc -c)" = 1048576 ]
}

create() { # 100 files, and removes them
    i=0
    while [ $i -lt 100 ]; do
        : >"/mnt/new/$i" || return 1
        i=$((i + 1))
    done
    busybox rm /mnt/new/*
}

nothing() {
    :
}

PATH=/bin
busybox mount -t devtmpfs none /dev
busybox mount -t proc none /proc
for module in /modules/*; do
    busybox insmod "$module" || end "FAILED: insmod $module"
done
busybox mount -t virtiofs vwr /mnt || end "FAILED: mount"
# The kernel passes unknown parameters to init as environment variables.
# shellcheck disable=SC2154
while [ "$vwr_rounds" -gt 0 ]; do
    echo 3 >/proc/sys/vm/drop_caches
    "$vwr_work" || end "FAILED: $vwr_work"
    vwr_rounds=$((vwr_rounds - 1))
done
busybox umount /mnt
end OK
