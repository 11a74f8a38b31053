# SPDX-License-Identifier: MIT
if [ "$(dd if=/dev/vda bs=5 count=1 2>/dev/null)" = again ]; then
    @pattern@
    echo "works again"
else
    printf again | dd of=/dev/vda conv=notrunc,sync 2>/dev/null
    sync
    echo "first time"
    nonsense
fi
