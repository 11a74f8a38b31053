# SPDX-License-Identifier: MIT
"""Compares the description with the specification's own source."""
