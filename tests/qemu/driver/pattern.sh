#!/bin/sh
# SPDX-License-Identifier: MIT
# pattern.sh FILE TAG FIRST COUNT [TAG FIRST COUNT ...]
#
# Writes COUNT sectors from sector FIRST on into FILE: 32 lines each, "TAG sector line", or zeroes if TAG is
# 0. Later runs overwrite earlier ones. pattern.c contains the same pattern. This script is independent of it:
# it creates images before a test, and the tests compare with its output afterwards.
set -eu

file=$1
shift
while [ $# -ge 3 ]; do
    if [ "$1" = 0 ]; then
        dd if=/dev/zero of="$file" bs=512 seek="$2" count="$3" conv=notrunc status=none
        shift 3
        continue
    fi
    awk -v tag="$1" -v first="$2" -v count="$3" 'BEGIN {
        for (s = first; s < first + count; s++)
            for (i = 0; i < 32; i++)
                printf "%s %08d %04d\n", tag, s, i
    }' | dd of="$file" bs=512 seek="$2" iflag=fullblock conv=notrunc status=none
    shift 3
done
