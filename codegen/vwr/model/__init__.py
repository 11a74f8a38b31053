# SPDX-License-Identifier: MIT
"""Computes a model from the data of spec/: offsets, masks, rows, names."""
