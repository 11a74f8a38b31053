#!/bin/sh
# SPDX-License-Identifier: MIT
# The first process of a guest of User Mode Linux that exchanges bytes with the host over sockets with small and large
# buffers.
b=/bin/busybox
$b mount -t devtmpfs none /dev
$b mount -t proc none /proc
for module in /modules/*; do
    $b insmod "$module" || echo "guest: no $module"
done
/bin/sockets 1048576 4096 16384 65536 262144 1048576
$b poweroff -f
