# SPDX-License-Identifier: MIT
"""VMs and their devices to tables."""
