# SPDX-License-Identifier: MIT
"""Explains a driver's accesses to its device, with the specification's names."""
