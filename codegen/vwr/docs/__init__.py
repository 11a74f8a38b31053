# SPDX-License-Identifier: MIT
"""The site: pages, API reference of the public headers, generated reference and manuals in one folder of HTML."""
