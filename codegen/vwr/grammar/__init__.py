# SPDX-License-Identifier: MIT
"""The grammar of spec/: declares each key of each row once."""
