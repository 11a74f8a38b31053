#!/bin/sh
# SPDX-License-Identifier: MIT
# ./vwr demo [disk image]: boots the demo image in QEMU with legacy and with modern MMIO, and checks
# from the host, by other programs, all that it says. Last line: demo: OK.
set -eu

room=$(CDPATH='' cd -P -- "$(dirname -- "$0")" && pwd)
root=$(CDPATH='' cd -P -- "$room/../.." && pwd)
build=${VWR_BUILD_DIR:-$root/build}
case $build in /*) ;; *) build=$PWD/$build ;; esac
work=$build/examples/demo/run # images and consoles of the last run
elf=$build/examples/demo/vwr_demo.elf
python=${VWR_PYTHON:-python3}
vwr=${VWR_COMMAND:-./vwr}
scratch_sectors=8192
PATH=$PATH:/usr/sbin:/sbin # mkfs.vfat

say() {
    printf 'demo: %s\n' "$*" || fail "standard output cannot be written" "$vwr demo >FILE"
}

# fail <what is wrong> <the next command to type>
fail() {
    printf 'demo: FAILED: %s\nNext: %s\n' "$1" "$2" >&2
    exit 1
}

need_tool() {
    command -v "$1" >/dev/null || fail "$1 is not installed" "apt-get install $2"
}

quoted() {
    printf "'%s'" "$(printf %s "$1" | sed "s/'/'\\\\''/g")"
}

# A path as part of a QEMU option: a comma would end it.
for_qemu() {
    printf %s "$1" | sed 's/,/,,/g'
}

build_image() {
    need_tool cmake cmake
    need_tool aarch64-linux-gnu-gcc gcc-aarch64-linux-gnu
    mkdir -p "$build"
    log=$build/demo-build.txt
    cache=$build/CMakeCache.txt
    set --
    if ! grep -qsxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$cache"; then # none yet, or of another folder
        rm -rf "$cache" "$build/CMakeFiles"
        ! command -v ninja >/dev/null || set -- -G Ninja
    fi
    if ! grep -qs '^VWR_AARCH64_GCC:FILEPATH=/' "$cache"; then # nor the compiler, when it was made
        cmake -S "$root" -B "$build" "$@" -DVWR_REGENERATE=OFF -DVWR_IMAGES=ON >"$log" 2>&1 ||
            fail "CMake could not configure, see $log" "cat $(quoted "$log")"
    fi
    cmake --build "$build" --target vwr_demo >"$log" 2>&1 || {
        tail -n 20 "$log" >&2
        fail "the image does not build, see $log" \
            "cmake --build $(quoted "$build") --target vwr_demo   (after mending the first error above)"
    }
}

# A FAT16 image with a few files: what the guest is to find.
make_disk() {
    need_tool mkfs.vfat dosfstools
    need_tool mcopy mtools
    disk=$work/disk.img
    files=$work/files
    mkdir -p "$files/notes"
    printf 'Hello from the host.\n' >"$files/hello.txt"
    printf 'A note in a folder.\n' >"$files/notes/a.txt"
    printf 'Names may be long.\n' >"$files/A long name, with spaces and a häček.txt"
    seq 1 50000 >"$files/numbers.txt"
    mkfs.vfat -C -F 16 -s 4 -n VIRTWRIGHT "$disk" 16384 >"$work/mkfs.txt"
    (cd "$files" && LC_ALL=C.UTF-8 mcopy -s -i ../disk.img hello.txt notes numbers.txt A*.txt ::)
    read_only=off
    limit=60
    say "made a FAT16 disk with four files: $disk"
}

# The user's image: regular, raw, and from here on only read.
take_disk() {
    name=$(quoted "$1")
    [ -e "$1" ] || fail "there is no $name" "$vwr demo   (makes an image of its own)"
    [ -f "$1" ] || fail "$name is not a regular file" "dd if=$name of=disk.img bs=1M && $vwr demo disk.img"
    [ -r "$1" ] || fail "$name cannot be read" "ls -l $name"
    [ -s "$1" ] || fail "$name is empty" "$vwr demo   (makes an image of its own)"
    disk=$(CDPATH='' cd -P -- "$(dirname -- "$1")" && pwd)/$(basename -- "$1")
    need_tool qemu-img qemu-utils
    format=$(LC_ALL=C qemu-img info -U "$disk" | sed -n 's/^file format: //p')
    [ "$format" = raw ] ||
        fail "$name is in the format ${format:-that qemu-img cannot tell}; the demo accepts raw images only" \
        "qemu-img convert -O raw $name disk.raw && $vwr demo disk.raw"
    bytes=$(wc -c <"$disk" | tr -d ' ')
    [ $((bytes % 512)) = 0 ] ||
        say "$name does not end with a whole sector: QEMU pads it with zeroes, and so does the host's sum"
    read_only=on
    limit=$((60 + bytes / 16777216))
    say "your disk, attached read-only: $disk"
}

# boot <legacy|modern> <force-legacy> <cpu>: the console goes to a file first, so that QEMU's exit code
# is not lost in a pipe.
boot() {
    console=$work/console-$1.txt
    rm -f "$work/scratch.img"
    truncate -s $((scratch_sectors * 512)) "$work/scratch.img"
    raw=if=none,driver=raw,file.driver=file
    say "QEMU, virt board, $3, $1 MMIO"
    code=0
    timeout -k 5 "$limit" qemu-system-aarch64 -machine virt -cpu "$3" -m 64M -kernel "$elf" \
        -nodefaults -display none -monitor none -no-reboot -serial stdio \
        -global "virtio-mmio.force-legacy=$2" \
        -drive "$raw,id=disk,file.filename=$(for_qemu "$disk"),read-only=$read_only" \
        -device virtio-blk-device,drive=disk,serial=vwr-disk \
        -drive "$raw,id=scratch,file.filename=$(for_qemu "$work/scratch.img")" \
        -device virtio-blk-device,drive=scratch,serial=vwr-scratch \
        </dev/null >"$console" 2>"$work/qemu-$1.txt" || code=$?
    sed "s/^/$1 | /" "$console"
    sed "s/^/$1 | QEMU: /" "$work/qemu-$1.txt" >&2
    again="cat $(quoted "$console") $(quoted "$work/qemu-$1.txt")   (what the guest said, and QEMU)"
    case $code in
    0) ;;
    124 | 137) fail "$1: QEMU was still running after $limit s" "$again" ;;
    *) fail "$1: QEMU ended with code $code" "$again" ;;
    esac
    last=$(tail -n 1 "$console")
    [ "$last" = "guest: OK" ] || fail "$1: the guest's last line is: ${last:-(nothing)}" "$again"
}

# check_version <legacy|modern> <number>
check_version() {
    [ "$(grep -c "Block device, $1 (version $2)" "$console")" = 2 ] ||
        fail "$1: the guest did not find two disks of version $2" "$again"
    say "$1: two disks of version $2: yes"
}

check_sum() {
    guest=$(sed -n 's/^  crc32 //p' "$console")
    [ "$guest" = "$host_sum" ] ||
        fail "$1: CRC-32: guest ${guest:-(none)}, host $host_sum" \
            "$python $(quoted "$room/sums.py") crc32 $(quoted "$disk")"
    say "$1: CRC-32 $guest: Python's zlib computes the same"
}

# The names in the root directory, if all of the disk is one FAT file system: as mdir lists them.
check_names() {
    if ! grep -q '^  FAT[0-9]*, ' "$console" || grep -q '^  partition table' "$console"; then
        say "$1: names of files: not compared, the disk is not one FAT file system"
        return
    fi
    sed -n 's/^    file .\{10\}.\{18\}  //p; s/^    dir  .\{10\}.\{18\}  \(.*\)$/\1\//p' "$console" |
        sort >"$work/names-guest.txt"
    # mtools lets a shell expand the path of an image, so it gets one without surprises.
    ln -sf "$disk" "$work/link.img"
    (
        cd "$work"
        export MTOOLSRC=/dev/null MTOOLS_SKIP_CHECK=1 LC_ALL=C.UTF-8
        timeout -k 5 20 mdir -a -b -i link.img ::/ 2>mdir.txt || :
    ) | sed 's/^:://; s/^\///' | sort >"$work/names-host.txt"
    if cmp -s "$work/names-guest.txt" "$work/names-host.txt"; then
        say "$1: names of files: mdir lists the same $(wc -l <"$work/names-host.txt" | tr -d ' ')"
        return
    fi
    diff "$work/names-guest.txt" "$work/names-host.txt" >&2 || :
    # mdir is right about a disk of ours; about the user's it may know a code page, or give up.
    [ "$read_only" = on ] || fail "$1: the guest lists other files than mdir (< guest, > mdir)" "$again"
    say "$1: names of files: mdir lists others, see above (< guest, > mdir)"
}

check_pattern() {
    cmp "$work/scratch.img" "$work/expected.img" ||
        fail "$1: the scratch disk does not hold the pattern" \
            "cmp -l $(quoted "$work/scratch.img") $(quoted "$work/expected.img") | head"
    say "$1: pattern on the scratch disk: cmp finds no difference"
}

check_unchanged() {
    [ "$(sha256sum <"$disk")" = "$sha256" ] ||
        fail "$1: the disk has changed; only the scratch disk may change" "$again"
    say "$1: disk unchanged: sha256 is as before"
}

main() {
    [ $# -le 1 ] || fail "one disk image at most" "$vwr demo 'my disk.img'"
    need_tool qemu-system-aarch64 qemu-system-arm
    need_tool "$python" python3
    [ $# = 0 ] || take_disk "$1" # before anything that takes a while
    build_image
    rm -rf "$work"
    mkdir -p "$work"
    [ $# = 1 ] || make_disk
    sha256=$(sha256sum <"$disk")
    host_sum=$("$python" -B "$room/sums.py" crc32 "$disk")
    "$python" -B "$room/sums.py" pattern "$scratch_sectors" "$work/expected.img"
    for version in "legacy true cortex-a53 1" "modern false cortex-a72 2"; do
        # Four words.
        # shellcheck disable=SC2086
        set -- $version
        boot "$1" "$2" "$3"
        check_version "$1" "$4"
        check_sum "$1"
        check_names "$1"
        check_pattern "$1"
        check_unchanged "$1"
    done
    say OK
}

main "$@"
