# SPDX-License-Identifier: MIT
"""python3 codegen VERB …: what ./vwr hands over to."""

import sys

from vwr.main import main

sys.exit(main(sys.argv[1:]))
