#!/bin/sh
# SPDX-License-Identifier: MIT
# expect_race.sh PROGRAM [ARGUMENT...]: the thread sanitizer must have something to say of it, and nobody else.
set -u

TSAN_OPTIONS="halt_on_error=1:exitcode=66"
export TSAN_OPTIONS
"$@" 2>&1
result=$?
if [ "$result" = 66 ]; then
    echo "a race was reported, as it has to be"
    exit 0
fi
echo "exit code $result: no race was reported, although what keeps it away was taken out"
exit 1
