#!/bin/sh
# SPDX-License-Identifier: MIT
# Parts of the first process of a guest: what it says, and what it does with two cards.
b=/bin/busybox
say() { echo "guest: $*"; }

use_net() { # FILE: it goes from one card to the other, through the switch
    [ -d /sys/class/net/eth1 ] || { say "net absent"; return; }
    $b ip link set lo up
    $b ip addr add 10.1.0.1/24 dev eth0
    $b ip link set eth0 up
    $b unshare -n $b sleep 1000 &
    space=$!
    ours=$($b readlink /proc/self/ns/net)
    until [ "$($b readlink /proc/$space/exe)" = /bin/busybox ] && [ "$($b readlink /proc/$space/ns/net)" != "$ours" ]; do
        $b sleep 0.1
    done
    $b ip link set eth1 netns $space || say "net has no namespaces"
    $b nsenter -t $space -n $b ip addr add 10.1.0.2/24 dev eth1
    $b nsenter -t $space -n $b ip link set eth1 up
    $b nsenter -t $space -n $b nc -l -p 7 -e $b sha256sum &
    until $b nc 10.1.0.2 7 <"$1" >/tmp/net 2>/dev/null; do # somebody listens; the host ends a guest that waits
        $b sleep 0.3
    done
    say "net sum $($b cut -c1-64 </tmp/net)" # of what came in the other namespace
}

use_host() { # FILE: it goes to the host's tap, if there is one, and the answer comes back
    $b grep -q vwr.tap /proc/cmdline || return
    until $b nc 10.1.0.9 7 <"$1" >/tmp/answer 2>/dev/null; do
        $b sleep 0.3
    done
    say "host sum $($b sha256sum </tmp/answer | $b cut -c1-64)"
}
