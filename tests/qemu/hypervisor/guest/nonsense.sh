# SPDX-License-Identifier: MIT
if [ "$(dd if=/dev/vda bs=5 count=1 2>/dev/null)" = again ]; then
    @pattern@
    echo "works again"
else
    printf again | dd of=/dev/vda conv=notrunc,sync 2>/dev/null
    sync
    echo "first time"
    for device in 0x0a002000 0x0a000000 0x0a001000; do
        for value in 0xffffffff 0x0 0x1 0xf 0x40000000 0x80; do
            at=0
            while [ $at -lt 288 ]; do
                devmem $((device + at)) 32 $value
                at=$((at + 4))
            done
        done
        for width in 8 16 64; do
            devmem $((device + 0x50)) $width 0
            devmem $((device + 0x70)) $width 0x7f
            devmem $((device + 0x100)) $width 0xff
            devmem $((device + 0xff0)) $width
        done
    done >/dev/null 2>&1
fi
