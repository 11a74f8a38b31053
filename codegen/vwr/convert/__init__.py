# SPDX-License-Identifier: MIT
"""./vwr convert: descriptions in an older grammar to that of today."""
