# SPDX-License-Identifier: MIT
"""Buffers of virtqueues in Wireshark: a file for them, and a dissector made from the description."""
