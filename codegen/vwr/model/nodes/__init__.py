# SPDX-License-Identifier: MIT
"""The types of the models, by subject. docs/templates.md describes the keys for users."""
