# SPDX-License-Identifier: MIT
"""Proofs of small cores of the runtime, each with a mistake that it has to refute."""
