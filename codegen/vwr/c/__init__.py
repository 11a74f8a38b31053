# SPDX-License-Identifier: MIT
"""The reader of C, for the C that this tree writes: its README says what it relies on."""
