# SPDX-License-Identifier: MIT
"""./vwr: what each verb needs, how it is run. Of the standard library alone: it runs before anything is installed."""
