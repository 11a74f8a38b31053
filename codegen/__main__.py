# SPDX-License-Identifier: MIT
"""python3 codegen VERB …: what ./vwr hands over to."""

import gc
import sys

from vwr.main import main

gc.disable()  # a verb keeps nearly all that it makes, and ends soon
sys.exit(main(sys.argv[1:]))
