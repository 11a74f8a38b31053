# SPDX-License-Identifier: MIT
# shellcheck shell=dash
# Stress for a guest: unbinds a driver from its devices and binds it again while they are in use.
# traffic_DRIVER runs as long as /tmp/traffic exists; any of its commands may fail.

traffic_virtio_net() {
    ip addr add "$1/24" dev "$2"
    ip link set "$2" up
    ping -c 20 -i 0.01 -s 1400 -W 1 "$3"
}

traffic_virtio_gpu() {
    tool draw 5 20
    undraw
}

# The host sends keys meanwhile.
traffic_virtio_input() {
    timeout 2 tool events 2
}

# The driver waits for the end of a mount.
traffic_9pnet_virtio() {
    mount_folder folder
    dd if=/data of=/folder/traffic bs=64k
    dd if=/folder/traffic of=/dev/null bs=64k
    umount /folder
}

# The host changes the balloon's target meanwhile.
traffic_virtio_balloon() {
    dd if=/dev/zero of=/tmp/eaten bs=1M count=8
    rm /tmp/eaten
}

# Uses its own device node: the node in devtmpfs disappears with the device, and dd would create a file of
# that name.
traffic_virtio_blk() {
    [ -b /tmp/vda ] || mknod /tmp/vda b "$(cut -d : -f 1 /sys/block/vda/dev)" 0
    dd if=/tmp/vda of=/dev/null bs=64k count=64 iflag=direct
    dd if=/data of=/tmp/vda bs=64k seek=64 oflag=direct
}

# The same, for the disk that unit 0 has now.
traffic_virtio_scsi() {
    rm -f /tmp/sda
    # shellcheck disable=SC2046 # two words
    mknod /tmp/sda b $(sed 's/:/ /' /sys/class/scsi_device/*:0:0:0/device/block/sd*/dev)
    [ -b /tmp/sda ] && dd if=/data of=/tmp/sda bs=64k oflag=direct && dd if=/tmp/sda of=/dev/null bs=64k iflag=direct
}

traffic_vmw_vsock_virtio_transport() {
    tool vsock sink 1
    tool vsock many 20
}

traffic_virtio_rng() {
    dd if=/dev/hwrng of=/dev/null bs=512 count=8
}

traffic_virtio_console() {
    echo "noise noise noise noise noise" >/dev/hvc0
}

again() {
    while [ -e /tmp/traffic ]; do
        "$@"
    done >/dev/null 2>&1
}

# hammer DRIVER TIMES [for the traffic...]
hammer() {
    driver=$1 times=$2
    shift 2
    touch /tmp/traffic
    again "traffic_$driver" "$@" &
    traffic=$!
    bind_anew "$driver" "$times"
    status=$?
    rm /tmp/traffic
    wait $traffic
    return $status
}

# Linux 6.1 unlocks the list of slab caches before it removes a cache's name from sysfs. A driver that is
# bound while the last process closes the old screen finds the name in use, and the kernel returns ENOMEM. A
# later try succeeds. The kernel prints a stack trace with the message.
bind() {
    for _ in 1 2 3 4 5; do
        echo "$1" >bind && return 0
        dmesg | tail -n 100 | grep -q 'kobject_add_internal failed for :' || return 1
        usleep 100000
    done
    return 1
}

bind_anew() {
    cd "/sys/bus/virtio/drivers/$1" || return 1
    devices=$(echo virtio*)
    for _ in $(seq "$2"); do
        for device in $devices; do
            echo "$device" >unbind || return 1
        done
        for device in $devices; do
            bind "$device" || return 1
        done
        usleep 20000
    done
    cd /
}

# The PCI functions that a driver of virtio has.
functions() {
    for device in "/sys/bus/virtio/drivers/$1"/virtio*; do
        device=$(readlink -f "$device/..")
        echo "${device##*/}"
    done
}

# What must be true each time that a function has its driver again; the traffic goes on.
whole_virtio_blk() {
    rm -f /tmp/now
    # shellcheck disable=SC2046 # two words
    mknod /tmp/now b $(sed 's/:/ /' /sys/block/vd?/dev | head -n 1)
    dd if=/tmp/now bs=64k skip=64 count=16 iflag=direct 2>/dev/null | cmp - /data
}

whole_virtio_net() {
    for _ in $(seq 100); do
        ! ping -c 1 -s 1400 -W 1 "$3" >/dev/null || return 0
    done 2>/dev/null
    return 1
}

# hammer_functions DRIVER TIMES [for the traffic...]: as hammer, by the driver of the bus.
hammer_functions() {
    driver=$1 times=$2
    shift 2
    found=$(functions "$driver")
    "traffic_$driver" "$@" >/dev/null 2>&1
    touch /tmp/traffic
    again "traffic_$driver" "$@" &
    traffic=$!
    status=0
    for _ in $(seq "$times"); do
        for function in $found; do
            echo "$function" >/sys/bus/pci/drivers/virtio-pci/unbind || status=1
            echo "$function" >/sys/bus/pci/drivers/virtio-pci/bind || status=1
        done
        "whole_$driver" "$@" || { echo "$driver is not whole"; status=1; }
        [ $status = 0 ] || break
    done
    rm /tmp/traffic
    wait $traffic
    return $status
}

# Not while its cipher is used or tested: the kernel warns of an algorithm that is removed then.
crypto_anew() {
    for _ in $(seq "$1"); do
        bind_anew virtio_crypto 1 && self_test virtio_crypto_aes_cbc | grep -q passed || return 1
    done
}

# Uses memory, files, screen and network until a reset. The data is /data with 1 added to each byte, which no
# other guest has.
busy() {
    mount_folder folder
    tr '\000-\377' '\001-\377\000' </data >/tmp/other
    (while :; do
        tool draw 1 200
        undraw
    done) >/dev/null 2>&1 &
    while cp /tmp/other /folder && tool tcp give 10.0.2.2 "$1" </tmp/other; do
        echo sent
    done
}
