# SPDX-License-Identifier: MIT
# shellcheck shell=dash
# What a guest does that the host speaks to: a line is a command, run here; agent.py waits for the answer.

# Its address by DHCP.
net_up() {
    ip link set lo up
    ip link set eth0 up
    udhcpc -n -q -t 20 -T 1 -i eth0 -s /bin/lease >/tmp/dhcp 2>&1 || { cat /tmp/dhcp; return 1; }
    ip -4 addr show eth0 | sed -n 's/.*inet \([0-9.]*\).*/address \1/p'
}

# So many MiB that are the same each time, /data numbered; where they come from matters for nobody.
stream() {
    for number in $(seq "$1"); do
        echo "$number"
        cat /data
    done
}

take() {
    tool tcp take 5000 | sha256sum
}

give() {
    stream "$2" | tool tcp give "$1" 5000
}

get() {
    wget -q -O - "http://$1" | sha256sum
}

# A tree of so many MiB: a file each, in eight folders, with small ones and links among them.
plant() {
    for number in $(seq "$2"); do
        folder=$1/$((number % 8))
        mkdir -p "$folder/deep"
        { echo "$number" && cat /data; } >"$folder/$number" || return 1
        echo "small $number" >"$folder/deep/$number"
        ln -s "../$number" "$folder/deep/link$number"
    done
}

# One line a file: its sum and its name.
sums() {
    (cd "$1" && find . -type f | sort | xargs sha256sum && find . -type l | sort | xargs -n 1 readlink) | sha256sum
}

# The folder by 9p, or by FUSE if the tag is that of the file system device.
mount_folder() {
    mkdir -p /folder
    [ "$1" != files ] || { mount -t virtiofs "$1" /folder; return; }
    mount -t 9p -o "trans=virtio,version=9p2000.L,msize=${2:-131072},access=any,cache=${3:-none}" "$1" /folder
}

# Random operations on the folder and in memory.
same_files() {
    mkdir -p /folder/random /tmp/random
    tool files "$1" "$2" /folder/random /tmp/random || return 1
    [ "$(tree_of /folder/random)" = "$(tree_of /tmp/random)" ] || { echo "guest: FAILED: the trees differ"; return 1; }
    rm -rf /folder/random /tmp/random
}

# TAG SECONDS SEED: the folder is mounted for it.
random_files() {
    mount_folder "$1" || return 1
    same_files "$2" "$3"
    good=$?
    umount /folder
    return $good
}

tree_of() {
    (cd "$1" && find . | sort | while read -r name; do
        [ -d "$name" ] || [ -h "$name" ] || sha256sum "$name"
        [ ! -h "$name" ] || readlink "$name"
    done) | sha256sum
}

# The disk of a unit of the SCSI host, which the kernel finds some time after the host.
unit() {
    for _ in $(seq 50); do
        disk=/dev/$(ls /sys/class/scsi_device/*:0:0:"$1"/device/block 2>/dev/null)
        [ ! -b "$disk" ] || break
        sleep 0.1
    done
    echo "$disk"
}

# A file system on a unit, with so many MiB of /data.
plant_unit() {
    disk=$(unit "$1")
    mkdir -p /unit
    mke2fs "$disk" >/dev/null && mount -t ext4 "$disk" /unit && stream "$2" >/unit/stream && umount /unit &&
        mount -t ext4 -o ro "$disk" /unit && stream "$2" | cmp - /unit/stream && umount /unit
}

# A tool of sg3-utils for a unit.
sg() {
    tool=$1 number=$2
    shift 2
    "$tool" "$@" "$(unit "$number")"
}

# What /proc/crypto has of a driver of an algorithm, when its self-tests are over. Until then Linux 6.12 has a
# second entry of the driver, a larval, whose tests it says have passed.
self_test() {
    for _ in $(seq 50); do
        sed -n "/^driver *: $1\$/,/^\$/p" /proc/crypto >/tmp/entries
        sed -n 's/^selftest *: /self-test /p' /tmp/entries >/tmp/test
        grep -q larval /tmp/entries || ! grep -q passed /tmp/test || break
        sleep 0.1
    done
    cat /tmp/test
}

memory() {
    sed -n 's/^\(MemTotal\|MemFree\): *\([0-9]*\).*/memory \1 \2/p' /proc/meminfo
}

draw() {
    undraw
    tool draw "$1" "$2"
}

# Waits for its end: until then the screen is not free.
undraw() {
    [ -e /tmp/draw ] || return 0
    drawing=$(cat /tmp/draw)
    rm /tmp/draw
    kill "$drawing" || return 0
    for _ in $(seq 500); do
        kill -0 "$drawing" 2>/dev/null || return 0
        usleep 10000
    done
    return 1
}

screen() {
    for connector in /sys/class/drm/card*-*; do
        echo "screen ${connector##*/} $(cat "$connector/status") $(head -n 1 "$connector/modes") EDID $(wc -c <"$connector/edid")"
    done
}

devices() {
    for device in /sys/bus/virtio/devices/*; do
        driver=$(readlink "$device/driver")
        echo "device ${device##*/} $(cat "$device/device") ${driver##*/} $(cat "$device/features")"
    done
}

# What a kernel says that is not well with its devices.
warnings() {
    dmesg -r | grep -E '^<[0-4]>' | grep -iE 'virtio|vda|hvc|eth0|9p|fuse|drm|input|balloon|scsi|sd[ab]|vsock|crypto|alg: |snd|i2c|gpio|WARNING|BUG|Oops|hung' | sed 's/^/warning /'
    return 0
}

# shellcheck disable=SC1091 # of the run, see agent.py
[ ! -e /more ] || . /more
stty -echo
echo "guest: ready"
while :; do
    if ! read -r line; then # somebody has taken the console away, and given it back
        exec </dev/null >/dev/null 2>&1 # or the old one stays
        until (: </dev/hvc0) 2>/dev/null; do
            sleep 0.1
        done
        exec </dev/hvc0 >/dev/hvc0 2>&1
        stty -echo
        echo "guest: again"
        continue
    fi
    [ "$line" != off ] || break
    eval "$line" </dev/null
    echo "guest: done $?"
done
