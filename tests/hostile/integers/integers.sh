#!/bin/sh
# SPDX-License-Identifier: MIT
# integers.sh build ROOT OUT MADE CLANG: compiles the device side, the bridge and the base with clang's
# integer sanitizer, and links the programs of hostile, pair and fuzz to them. integers.sh run ROOT OUT MADE:
# runs them. An arithmetic wrap, or a conversion that changes a value, ends a program, unless wraps.txt gives
# a reason for it.
# shellcheck disable=SC2086,SC2046 # commands and lists of words
set -eu

root=$2 out=$3 made=$4
if [ "$1" = build ]; then # all compiling is done in folders of $out; lists of words allow no spaces in paths
    mkdir -p "$out"
    ln -sfn "$root" "$out/root"
    root=../root
fi
tests=$root/tests
fuzz=$tests/hostile/fuzz
guests=$tests/hostile/guests
classes="net gpu input 9p balloon"
linker=
[ -z "$(command -v ld.lld)" ] || linker=-fuse-ld=lld
checks="-fsanitize=unsigned-integer-overflow,implicit-conversion -fno-sanitize-recover=all"
ignored="-fsanitize-ignorelist=$tests/hostile/integers/wraps.txt"
drivers="-DVWR_NET_QUEUE=16u -DVWR_NET_BYTES=8192u -DVWR_REQUEST_TIMEOUT_US=20000u -DWORLD_RAM_BYTES=0x80000u"

compile() { # FOLDER OPTIONS...: FOLDER/lib.a. OPTIONS are for drivers; with any, all else is copied.
    folder=$out/$1
    shift
    rm -rf "$folder"
    mkdir -p "$folder"
    cd "$folder"
    for room in runtime/device runtime/parts runtime/bridge generated/service runtime/driver runtime/monitor generated/src generated/client; do
        find "$root/$room" -name '*.c' | sort | while read -r source; do echo "#include \"$source\""; done >"${room#*/}.c" # one source each
    done
    $cc "$@" $checks $ignored -c bridge.c $root/runtime/base/*.c
    $cc "$@" -c driver.c
    if [ $# = 0 ]; then
        $cc $checks $ignored -c device.c parts.c service.c
        $cc -c src.c client.c monitor.c
    else
        cp ../library/device.o ../library/parts.o ../library/service.o ../library/monitor.o ../library/src.o .
    fi
    ar rcs lib.a ./*.o
}

objects() { # FOLDER SOURCES AND OPTIONS...: objects that several programs share
    folder=$out/$1
    shift
    rm -rf "$folder"
    mkdir -p "$folder"
    cd "$folder"
    quietly "$@"
}

quietly() { # shows the compiler's output only if it fails
    $cc -c "$@" 2>/dev/null || { $cc -c "$@"; exit 1; }
}

program() { # NAME LIBRARY OBJECTS SOURCES AND OPTIONS...
    name=$1 library=$2 with=$3
    shift 3
    quietly "$@"
    $cc $linker ./*.o "$out/$with"/*.o "$out/$library/lib.a" $checks -lcmocka -lfdt -o "$out/$name"
    rm -f ./*.o
}

build() {
    # Without -g, which takes a fifth of the time: a check knows its line by itself.
    cc="$1 -std=c11 -O0 -D_GNU_SOURCE -DVWR_HOST_EXTERNAL_BUS -I$root/runtime/include -I$root/generated/include
        -I$root/runtime/port/host -I$fuzz -I$tests/pair -I$tests/qemu/driver -I$tests/common -I$guests"
    compile library
    compile library_drivers $drivers
    g=$guests
    objects guests $g/guest.c $g/hostile.c $g/late.c $g/no_log.c
    common="$fuzz/world.c $tests/pair/store.c $tests/qemu/driver/check.c $tests/common/guest_console.c
        $tests/common/guest_entropy.c $tests/common/guest_lane.c $fuzz/run_files.c"
    objects inputs $common
    objects inputs_drivers $drivers $common
    rm -rf "$out/work"
    mkdir -p "$out/work"
    cd "$out/work"
    program hostile_rings library guests $g/rings*.c $g/sink.c
    for name in disk zones console $classes; do
        program hostile_$name library guests $(ls $g/$name.c $g/${name}_*.c 2>/dev/null)
    done
    program fuzz_device library inputs $fuzz/fuzz_device.c $fuzz/script.c
    program fuzz_pair library inputs $fuzz/fuzz_pair.c $fuzz/between.c
    program fuzz_vpci library inputs $fuzz/fuzz_vpci.c $fuzz/on_pci.c $fuzz/script.c
    program fuzz_state library inputs $fuzz/fuzz_state.c $fuzz/on_pci.c $fuzz/script.c $fuzz/class*.c
    for name in $classes; do
        program fuzz_$name library inputs $fuzz/fuzz_class.c $fuzz/classes.c $fuzz/class_$name.c $fuzz/script.c
    done
    program fuzz_drivers library_drivers inputs_drivers $drivers $fuzz/fuzz_drivers.c $fuzz/drivers_*.c $fuzz/between.c
    program fuzz_services library inputs $fuzz/fuzz_services.c $fuzz/answers.c $fuzz/script.c "$made/services.c"
    program fuzz_clients library inputs $fuzz/fuzz_clients.c $fuzz/answers.c $fuzz/script.c $fuzz/between.c "$made/services.c" "$made/clients.c"
}

run() {
    failed=0
    one() { # NAME ARGUMENTS...
        program=$1
        shift
        if timeout -k 5 300 "$out/$program" "$@" >"$out/$program.log" 2>&1; then
            echo "$program: OK"
        else
            echo "$program: FAILED"
            grep -a "runtime error" "$out/$program.log" || tail -5 "$out/$program.log"
            failed=1
        fi
    }
    for name in rings disk zones console $classes; do one hostile_$name; done
    for name in device pair vpci state drivers services clients $classes; do
        set --
        for folder in "$made/../inputs/$name" "$made/seeds/$name"; do
            [ ! -d "$folder" ] || set -- "$@" "$folder"
        done
        one fuzz_$name "$@"
    done
    return $failed
}

case $1 in
build) build "$5" ;;
run) run ;;
esac
