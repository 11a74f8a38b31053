# SPDX-License-Identifier: MIT
"""
Pictures of the site: SVG in the page, in the theme's colours, from the description and from results of the
bench.
"""
