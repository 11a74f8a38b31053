# SPDX-License-Identifier: MIT
"""Data of spec/ to a model: offsets, masks, rows, names."""
