#!/bin/sh
# SPDX-License-Identifier: MIT
# example.sh FOLDER DAEMON PROGRAM: the program of examples/vhost on qemu-storage-daemon.
set -eu
mkdir -p "$1"
cd "$1"
rm -f disk.sock disk.img
head -c 65536 /dev/urandom >disk.img
timeout -k 5 60 "$2" --blockdev driver=file,node-name=f,filename=disk.img \
    --export type=vhost-user-blk,id=e,node-name=f,writable=on,addr.type=unix,addr.path=disk.sock &
daemon=$!
trap 'kill $daemon 2>/dev/null || true' EXIT
timeout 20 sh -c 'until [ -S disk.sock ]; do sleep 0.05; done'
"$3" disk.sock
kill $daemon
wait $daemon || true
cmp -n 4096 disk.img disk.img 0 61440
