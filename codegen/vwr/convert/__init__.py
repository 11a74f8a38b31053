# SPDX-License-Identifier: MIT
"""./vwr convert: converts descriptions from an older grammar to the current one."""
