# SPDX-License-Identifier: MIT
"""Generates files from models and templates."""
