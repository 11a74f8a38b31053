# SPDX-License-Identifier: MIT
"""kconfig.py BUILD-FOLDER PRJ.CONF MODULE...: what Zephyr's build makes of Kconfig: .config and autoconf.h.

Prints for each module the folder that its module.yml names for CMake.
"""

import sys
from pathlib import Path

import kconfiglib
import yaml

# Symbols of Zephyr's own that the module looks at.
ZEPHYR = Path(__file__).with_name("Kconfig.zephyr").read_text(encoding="utf-8")


def main(build, configuration, *modules):
    """Stops at an option that nobody has, or a value that is not taken, as Zephyr does."""
    text = ZEPHYR
    for module in modules:
        about = yaml.safe_load((Path(module) / "zephyr" / "module.yml").read_text(encoding="utf-8"))
        text += f'source "{Path(module) / about["build"]["kconfig"]}"\n'
        print(Path(module) / about["build"]["cmake"])
    root = Path(build) / "Kconfig"
    root.write_text(text, encoding="utf-8")
    tree = kconfiglib.Kconfig(str(root), warn_to_stderr=False)
    tree.warn_assign_undef = True
    tree.load_config(configuration)
    if tree.warnings:
        sys.exit("\n".join(tree.warnings))
    for symbol in tree.unique_defined_syms:
        if symbol.user_value is not None and symbol.str_value != {0: "n", 2: "y"}.get(
            symbol.user_value, symbol.user_value
        ):
            sys.exit(f"{symbol.name} was given {symbol.user_value} and is {symbol.str_value}")
    tree.write_config(str(Path(build) / ".config"))
    tree.write_autoconf(str(Path(build) / "autoconf.h"))


if __name__ == "__main__":
    main(*sys.argv[1:])
