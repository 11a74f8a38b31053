# SPDX-License-Identifier: MIT
case $(dd if=/dev/vda bs=5 count=1 2>/dev/null) in
again)
    printf third | dd of=/dev/vda conv=notrunc,sync 2>/dev/null
    sync
    echo "second time"
    nonsense
    ;;
third)
    @pattern@
    echo "third time"
    ;;
*)
    printf again | dd of=/dev/vda conv=notrunc,sync 2>/dev/null
    sync
    echo "first time"
    while :; do
        dd if=/dev/zero of=/dev/vda bs=64k seek=16 count=100 @direct@
        dd if=/dev/vda of=/dev/null bs=64k count=100 iflag=direct 2>/dev/null
    done
    ;;
esac
