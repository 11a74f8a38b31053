#!/bin/sh
# SPDX-License-Identifier: MIT
# replay.sh PROGRAM FOUND FOLDER...: runs a fuzzer with each input of the folders, and no other. A failing
# input is FOUND.failed-*.
set -u

program=$1
found=$2
shift 2
wanted=$(find "$@" -type f | wc -l)
"$program" -runs=0 -timeout=100 -print_funcs=0 -artifact_prefix="$found.failed-" "$@" >"$found.replayed.log" 2>&1
result=$?
if [ "$result" != 0 ]; then
    tail -60 "$found.replayed.log"
    echo "exit code $result; the input is $found.failed-*"
    exit 1
fi
echo "$wanted inputs"
grep "seed corpus: files: $wanted " "$found.replayed.log" # fails if the fuzzer did not run all of them
