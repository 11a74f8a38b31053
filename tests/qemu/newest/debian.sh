#!/bin/sh
# SPDX-License-Identifier: MIT
# debian.sh FOLDER: Debian sid in FOLDER/root, once: its QEMU, its kernel, and the kernel's VirtIO drivers that its packages
# lack, built from their source. Nothing is installed outside of FOLDER.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$1"
folder=$PWD
[ ! -e ready ] || exit 0
stop() {
    echo "$*" >&2
    exit 1
}
[ "$(id -u)" = 0 ] || stop "debootstrap and chroot need root"
command -v debootstrap >/dev/null || stop "debootstrap is not installed"
case $folder in *" "*) stop "debootstrap takes no path with a space: $folder" ;; esac

# A command in the root, with the files that it needs, which end with it. A mirror may be older than its lists say they are
# valid; their signatures are verified.
# shellcheck disable=SC2016 # the inner shell expands it
inside() {
    timeout -k 5 900 unshare --mount --propagation private sh -ec '
        mount -t proc proc root/proc
        mount -t tmpfs tmpfs root/dev
        for name in null zero random urandom; do cp -a "/dev/$name" root/dev; done
        ln -s /proc/self/fd root/dev/fd
        exec chroot root env -i PATH=/usr/sbin:/usr/bin DEBIAN_FRONTEND=noninteractive LANG=C.UTF-8 sh -ec "$1"' sh "$1"
}

if [ ! -e bootstrapped ]; then
    rm -rf root
    timeout -k 5 900 debootstrap --variant=minbase --include=ca-certificates sid root http://deb.debian.org/debian >log 2>&1 ||
        stop "debootstrap fails, is there a network? $(tail -n 1 log)"
    cp /etc/resolv.conf root/etc/resolv.conf
    cp /etc/apt/apt.conf.d/* root/etc/apt/apt.conf.d/
    echo 'Acquire::Check-Valid-Until "false"; APT::Sandbox::User "root";' >root/etc/apt/apt.conf.d/zz-vwr
    touch bootstrapped
fi
# shellcheck disable=SC2016 # as above
inside '
    apt-get -qq update
    apt-get -qq -y --no-install-recommends install qemu-system-x86 seabios busybox-static linux-headers-amd64 gcc libc6-dev \
        make xz-utils
    cd /root
    rm -rf packages kernel modules
    mkdir packages kernel modules
    cd packages
    release=$(basename /usr/src/linux-headers-*-amd64)
    release=${release#linux-headers-}
    apt-get -qq download "linux-binary-$release" "linux-modules-$release" "linux-source-${release%%.*}.$(echo "$release" | cut -d. -f2)"
    for package in linux-binary-* linux-modules-*; do dpkg-deb -x "$package" ../kernel; done
    dpkg-deb -x linux-source-* source
    cp -r source/usr/src/*.tar.xz ../source.tar.xz
    rm -r source
' >>log 2>&1 || stop "Debian sid cannot be installed: $(tail -n 1 log)"
cp "$here/guest/spi_chips.c" "$here/guest/Kbuild" root/root/modules
inside '
    cd /root/modules
    tar -xJf ../source.tar.xz --wildcards --strip-components=1 "*/drivers/net/can/virtio_can.c" "*/drivers/spi/spi-virtio.c" \
        "*/drivers/i2c/busses/i2c-virtio.c" "*/drivers/gpio/gpio-virtio.c" "*/drivers/virtio/virtio_rtc_*"
    find drivers -type f -exec mv {} . ";"
    make -C /usr/src/linux-headers-*-amd64 M=/root/modules modules
' >>log 2>&1 || stop "the modules do not build: $(grep -m 1 -i error log || tail -n 1 log)"
rm -rf modules
mkdir modules
number=10
for name in can can-raw can-dev i2c-dev; do
    find root/root/kernel -name "$name.ko.xz" -exec xz -dc {} ";" >"modules/$number-$name.ko"
    [ -s "modules/$number-$name.ko" ] || stop "the kernel has no module $name"
    number=$((number + 1))
done
for name in virtio_can i2c-virtio gpio-virtio spi-virtio virtio_rtc; do
    cp "root/root/modules/$name.ko" "modules/$number-$name.ko"
    number=$((number + 1))
done
cp root/root/kernel/usr/lib/modules/*/vmlinuz root/usr/bin/busybox root/root/modules/spi_chips.ko .
cat >qemu <<END
#!/bin/sh
export QEMU_MODULE_DIR=$folder/root/usr/lib/x86_64-linux-gnu/qemu
exec $folder/root/lib64/ld-linux-x86-64.so.2 --library-path $folder/root/usr/lib/x86_64-linux-gnu \\
    $folder/root/usr/bin/qemu-system-x86_64 -L $folder/root/usr/share/qemu -L $folder/root/usr/share/seabios "\$@"
END
chmod +x qemu
basename root/root/kernel/usr/lib/modules/* >ready
