# SPDX-License-Identifier: MIT
"""The library for somebody's tree."""
