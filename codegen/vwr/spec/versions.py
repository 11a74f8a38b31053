# SPDX-License-Identifier: MIT
"""Versions of the specification, in their order."""

VERSIONS = ("legacy", "1.0", "1.1", "1.2", "1.3", "1.4")
