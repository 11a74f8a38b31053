# SPDX-License-Identifier: MIT
"""Somebody's C headers beside the specification."""
