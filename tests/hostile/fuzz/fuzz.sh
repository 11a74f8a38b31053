#!/bin/sh
# SPDX-License-Identifier: MIT
# fuzz.sh PROGRAM SECONDS FOUND CORPUS SEEDS [keep]: runs a fuzzer for so long from the inputs of CORPUS, and of SEEDS/NAME
# with a dictionary if the last folder of CORPUS is called so and seeds.py knows that. Inputs that go further
# are put into FOUND, which begins empty, or with `keep` as it was; one that fails is FOUND.failed-*. How many inputs
# are tried depends on the machine, whether the test succeeds does not.
set -u

program=$1
seconds=$2
found=$3
corpus=$4
seeds=$5/${corpus##*/}
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
"$program" -max_total_time="$seconds" -seed="$seed" -max_len=400 -timeout=100 -print_funcs=0 -print_final_stats=1 \
    -artifact_prefix="$found.failed-" "$@" >"$found.log" 2>&1
result=$?
if [ "$result" != 0 ]; then
    grep -v '^#' "$found.log" | tail -60
    echo "exit code $result; the input is $found.failed-*. Next: $program FILE, and then
tests/hostile/fuzz/inputs.py add ${corpus##*/} FILE NAME"
    exit 1
fi
grep '^#[0-9]' "$found.log" | tail -1 # with the edges that were reached
grep '^stat::' "$found.log"
