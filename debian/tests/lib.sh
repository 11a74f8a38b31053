# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# A fresh folder for a test, and a disk that vwr-vhost serves in it.
set -eu
unset HOME XDG_CACHE_HOME
folder=$(mktemp -d)
server=
end() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    rm -rf "$folder"
}
trap end EXIT
cd "$folder"

# serve_disk: the file disk.img on the socket disk.sock.
serve_disk() {
    timeout -k 5 120 vwr-vhost blk --file disk.img --socket disk.sock &
    server=$!
    for _ in $(seq 100); do
        [ ! -S disk.sock ] || return 0
        sleep 0.1
    done
    echo "vwr-vhost has not created its socket" >&2
    return 1
}

# The program of examples/vhost copies the first sectors of the disk to its last ones.
check_copies() {
    dd if=/dev/urandom of=disk.img bs=1M count=1 status=none
    serve_disk
    timeout -k 5 60 "$1" disk.sock
    head -c 4096 disk.img >first
    tail -c 4096 disk.img >last
    cmp first last
}
