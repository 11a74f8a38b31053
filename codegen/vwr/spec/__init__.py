# SPDX-License-Identifier: MIT
"""Reads spec/: YAML to data that knows its lines."""
