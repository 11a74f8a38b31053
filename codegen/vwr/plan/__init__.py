# SPDX-License-Identifier: MIT
"""Generates tables from VMs and their devices."""
