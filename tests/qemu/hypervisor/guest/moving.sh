# SPDX-License-Identifier: MIT
# shellcheck shell=dash
# Traffic of a guest's devices, each in a loop that compares what it has moved, until /tmp/moving is gone.

move_disk() {
    dd if=/data of=/dev/vda bs=64k seek=64 oflag=direct 2>/dev/null
    dd if=/dev/vda bs=64k skip=64 count=16 iflag=direct 2>/dev/null | cmp - /data
}

move_folder() {
    cp /data /folder/moved && cmp /folder/moved /data
}

move_random() {
    [ "$(dd if=/dev/hwrng bs=64 count=1 2>/dev/null | wc -c)" = 64 ]
}

# Sessions, with their keys, and requests: the guest's own cipher has the same results.
move_cipher() {
    tool crypt virtio_crypto_aes_cbc 4 | grep -q 'are right$'
}

# The host looks for lines that are missing or there twice.
move_console() {
    echo "line $moved"
    usleep 20000
}

move_screen() {
    tool draw 5 3 && undraw
}

# NAME
move() {
    moved=0
    while [ -e /tmp/moving ]; do
        "move_$1" || echo "guest: FAILED: $1"
        moved=$((moved + 1))
        : >"/tmp/moved_$1"
    done
    echo "moved $1 $moved"
}

# ADDRESS: a stream to the other guest; its sum is here and there.
move_stream() {
    mkfifo /tmp/sent
    sha256sum </tmp/sent | sed 's/^/sent /' &
    while [ -e /tmp/moving ]; do
        cat /data
        : >/tmp/moved_stream
    done | tee /tmp/sent | tool tcp give "$1" 5000
    wait $!
    rm /tmp/sent
}

# The stream of the other guest arrives meanwhile.
move_taken() {
    rm -f /tmp/moved_*
    touch /tmp/moving
    mount_folder folder
    tool tcp take 5000 | sha256sum | sed 's/^/taken /' &
}

# ADDRESS NAME...
move_all() {
    move_stream "$1" &
    shift
    for one in "$@"; do
        move "$one" &
    done
}

# NAME...: waits, a minute for each at most, until each of them has moved something.
move_begun() {
    for one in stream "$@"; do
        waits=600
        until [ -e "/tmp/moved_$one" ] || [ "$waits" = 0 ]; do
            usleep 100000
            waits=$((waits - 1))
        done
        if [ ! -e "/tmp/moved_$one" ]; then
            echo "$one has moved nothing"
            return 1
        fi
    done
}

move_end() {
    rm /tmp/moving
    wait
    umount /folder
}
