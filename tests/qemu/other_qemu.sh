#!/bin/sh
# SPDX-License-Identifier: MIT
# other_qemu.sh FOLDER: fetches the QEMU of Debian's backports into FOLDER, once, and installs nothing. Its programs are in FOLDER/bin.
set -eu
[ ! -e "$1/bin/qemu-system-x86_64" ] || exit 0
mkdir -p "$1/apt/lists/partial" "$1/apt/archives/partial" "$1/parts" "$1/debs" "$1/root"
cd "$1"
folder=$PWD
echo 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian bookworm-backports main' >apt/sources
set -- -qq -o Dir::Etc::sourcelist="$folder/apt/sources" -o Dir::Etc::sourceparts="$folder/parts" \
    -o Dir::State::lists="$folder/apt/lists" -o Dir::Cache="$folder/apt" -o APT::Sandbox::User=root
timeout -k 5 300 apt-get "$@" update
cd debs
for package in arm x86 riscv common data; do
    timeout -k 5 300 apt-get "$@" download "qemu-system-$package"
done
for package in *.deb; do
    dpkg -x "$package" ../root
done
mkdir -p ../bin.new
cd ../bin.new
for machine in aarch64 arm riscv64 x86_64; do
    cat >qemu-system-$machine <<END
#!/bin/sh
export QEMU_MODULE_DIR=$folder/root/usr/lib/x86_64-linux-gnu/qemu
exec $folder/root/usr/bin/qemu-system-$machine -L $folder/root/usr/share/qemu -L /usr/share/seabios "\$@"
END
    chmod +x qemu-system-$machine
done
mv ../bin.new ../bin
