# SPDX-License-Identifier: MIT
"""Copies the library into another tree."""
