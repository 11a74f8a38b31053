# SPDX-License-Identifier: MIT
"""Checks of spec/, and of generated/ against it."""
