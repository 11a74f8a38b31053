# SPDX-License-Identifier: MIT
"""Compares a user's C headers with the specification."""
