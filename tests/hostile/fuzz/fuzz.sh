#!/bin/sh
# SPDX-License-Identifier: MIT
# fuzz.sh PROGRAM LIMIT FOUND CORPUS SEEDS [keep]: runs a fuzzer as long as LIMIT says, an option of libFuzzer
# (-max_total_time=SECONDS, -runs=INPUTS), starting with the inputs of CORPUS. If seeds.py knows the name of the
# last folder of CORPUS, the run also uses SEEDS/NAME and a dictionary. Inputs with new coverage go into FOUND,
# which starts empty, or with `keep` unchanged; a failing input is FOUND.failed-*. The number of inputs tried
# depends on the machine; the result of the test does not.
#
# wide_TARGET looks for new edges only, fuzz_TARGET also for edges that an input takes more often: most inputs that
# it keeps for that repeat what another does, and are several times as long.
set -u

program=$1
limit=$2
found=$3
corpus=$4
seeds=$5/${corpus##*/}
counters=1
case ${program##*/} in wide_*) counters=0 ;; esac
seed=1
if [ "${6:-}" = keep ]; then
    seed=$(date +%s)
else
    rm -rf "$found"
fi
mkdir -p "$found" || exit 1
if [ -d "$seeds" ]; then
    set -- -dict="$5/all.dict" "$found" "$corpus" "$seeds"
else
    set -- "$found" "$corpus"
fi
# Nobody else writes into FOUND: by default it is read anew each second, thousands of files after a while.
"$program" -entropic=0 -use_counters="$counters" -reload=0 "$limit" -seed="$seed" -max_len=400 -timeout=100 \
    -print_funcs=0 -print_final_stats=1 \
    -artifact_prefix="$found.failed-" "$@" >"$found.log" 2>&1
result=$?
if [ "$result" != 0 ]; then
    grep -v '^#' "$found.log" | tail -60
    echo "exit code $result; the input is $found.failed-*. Next: $program FILE, and then
tests/hostile/fuzz/inputs.py add ${corpus##*/} FILE NAME"
    exit 1
fi
grep '^#[0-9]' "$found.log" | tail -1 # prints the number of covered edges
grep '^stat::' "$found.log"
