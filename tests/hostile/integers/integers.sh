#!/bin/sh
# SPDX-License-Identifier: MIT
# integers.sh build ROOT OUT MADE CLANG ENDS: compiles the device side, the bridge and the base with clang's
# integer sanitizer, and links the programs of hostile, pair and fuzz to them. integers.sh run ROOT OUT MADE:
# runs them. An arithmetic wrap, or a conversion that changes a value, ends a program, unless wraps.txt gives
# a reason for it.
# shellcheck disable=SC2086,SC2046 # commands and lists of words
set -eu

root=$2 out=$3 made=$4
if [ "$1" = build ]; then # all compiling is done in folders of $out; lists of words allow no spaces in paths
    mkdir -p "$out"
    ln -sfn "$root" "$out/root"
    ln -sfn "$6" "$out/ends"
    root=../root ends=../ends
fi
tests=$root/tests
fuzz=$tests/hostile/fuzz
guests=$tests/hostile/guests
classes="net gpu input 9p balloon"
linker=
[ -z "$(command -v ld.lld)" ] || linker=-fuse-ld=lld
checks="-fsanitize=unsigned-integer-overflow,implicit-conversion -fno-sanitize-recover=all"
ignored="-fsanitize-ignorelist=$tests/hostile/integers/wraps.txt"

compile() { # $out/library/lib.a
    rm -rf "$out/library"
    mkdir -p "$out/library"
    cd "$out/library"
    for room in runtime/device runtime/parts runtime/bridge generated/service runtime/driver monitor generated/src; do
        find "$root/$room" -name '*.c' | sort | while read -r source; do echo "#include \"$source\""; done >"${room#*/}.c" # one source each
    done
    find "$ends/service/" -name '*.c' | sort | while read -r source; do echo "#include \"$source\""; done >>service.c
    $cc $checks $ignored -c bridge.c device.c parts.c service.c $root/runtime/base/*.c $root/runtime/shared/*.c
    $cc -c driver.c src.c monitor.c
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

program() { # NAME "FOLDERS OF OBJECTS" SOURCES AND OPTIONS...
    name=$1 shared=
    for folder in $2; do shared="$shared ../$folder/*.o"; done
    shift 2
    quietly "$@"
    $cc $linker ./*.o $shared ../library/lib.a $checks -lcmocka -lfdt -o "../$name"
    rm -f ./*.o
}

build() {
    # Without -g, which takes a fifth of the time: a check knows its line by itself.
    cc="$1 -std=c11 -O0 -D_GNU_SOURCE -DVWR_HOST_EXTERNAL_BUS -I$root/runtime/include -I$root/monitor/include -I$root/generated/include -I$ends/include
        -I$root/runtime/port/host -I$fuzz -I$tests/pair -I$tests/qemu/driver -I$tests/common -I$guests"
    compile
    g=$guests
    objects guests $g/guest.c $g/hostile.c $g/late.c $g/no_log.c
    objects inputs $fuzz/world.c $fuzz/judge.c $tests/pair/store.c $tests/qemu/driver/check.c $tests/common/guest_console.c \
        $tests/common/guest_entropy.c $tests/common/guest_lane.c $fuzz/run_files.c
    objects script $fuzz/script.c
    objects class $fuzz/fuzz_class.c $fuzz/classes.c
    rm -rf "$out/work"
    mkdir -p "$out/work"
    cd "$out/work"
    program hostile_rings guests $g/rings*.c $g/sink.c
    for name in disk zones console net gpu balloon; do
        program hostile_$name guests $(ls $g/$name.c $g/${name}_*.c 2>/dev/null)
    done
    program hostile_9p guests $g/9p.c $g/files.c
    program hostile_input guests -DBENCH=input -DBENCH_STORIES -I$root $g/bench.c $g/input.c $root/classes/input_device.c $root/classes/input_shapes.c
    program fuzz_device "inputs script" $fuzz/fuzz_device.c
    program fuzz_pair inputs $fuzz/fuzz_pair.c $fuzz/between.c
    program fuzz_vpci "inputs script" $fuzz/fuzz_vpci.c $fuzz/on_pci.c
    program fuzz_state "inputs script" $fuzz/fuzz_state.c $fuzz/on_pci.c $fuzz/class*.c \
        $root/classes/*_device.c $root/classes/*_shapes.c
    for name in $classes; do
        program fuzz_$name "inputs script class" $fuzz/class_$name.c $([ $name != 9p ] || echo $fuzz/class_files.c)
    done
    program fuzz_services "inputs script" $fuzz/fuzz_services.c $fuzz/answers.c "$made/services.c"
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
    for name in device pair vpci state services $classes; do
        one fuzz_$name "$made/../inputs/$name"
    done
    return $failed
}

case $1 in
build) build "$5" ;;
run) run ;;
esac
