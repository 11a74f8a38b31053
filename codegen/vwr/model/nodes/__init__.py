# SPDX-License-Identifier: MIT
"""What a model is made of, as types, by subject. docs/templates.md has the keys for people."""
