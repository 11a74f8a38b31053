# SPDX-License-Identifier: MIT
"""Compares two revisions of spec/, with the specification's names."""
