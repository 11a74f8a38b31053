#!/bin/sh
# SPDX-License-Identifier: MIT
# udhcpc calls it with what the network has given.
# shellcheck disable=SC2154 # by udhcpc
[ "$1" = bound ] || [ "$1" = renew ] || exit 0
ifconfig "$interface" "$ip" netmask "$subnet"
[ -z "$router" ] || route add default gw "$router"
