# SPDX-License-Identifier: MIT
@pattern@
echo ready
steps=0
while [ $steps -lt @steps@ ]; do
    steps=$((steps + 1))
    dd if=/dev/vda bs=64k count=64 iflag=direct 2>/dev/null | sha256sum
    [ $steps != 2 ] || echo reads
done | sort | uniq -c
