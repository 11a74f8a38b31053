# SPDX-License-Identifier: MIT
"""Reads spec/: YAML to data with line numbers."""
