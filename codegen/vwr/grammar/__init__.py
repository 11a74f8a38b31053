# SPDX-License-Identifier: MIT
"""The grammar of spec/: each key of each row, declared once."""
