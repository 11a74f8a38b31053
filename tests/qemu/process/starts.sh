#!/bin/sh
# SPDX-License-Identifier: MIT
# The first process of a User Mode Linux guest that only says that it starts.
echo "guest: starts"
/bin/busybox poweroff -f
