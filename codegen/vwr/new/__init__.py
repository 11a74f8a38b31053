# SPDX-License-Identifier: MIT
"""A starting point for a new device description."""
