# SPDX-License-Identifier: MIT
"""runtime/options.yaml: macros, the rows of vwr_open, Zephyr's options, the table for embed and bench, pages."""

from collections.abc import Iterator

from vwr.back_end import BackEnd, Output
from vwr.generate.back_ends.common import Description
from vwr.generate.fill import filled, ours
from vwr.generate.copies import DEVICES
from vwr.model.options import build

_FILES = {
    "include/vwr/profile.h": "options.h.j2",
    "include/vwr/open/rows.h": "open_rows.h.j2",
    "docs/options.md": "options.md.j2",
    "python/virtwright/options.py": "options.py.j2",
    "zephyr/Kconfig": "options.kconfig.j2",
    "zephyr/options.cmake": "options.cmake.j2",
    DEVICES: "devices.md.j2",
}


def _outputs(description: Description) -> Iterator[Output]:
    if description.options:
        model = build(
            description.options, [share.name for share in description.shares if share.kind == "device"]
        )
        for path, template in _FILES.items():
            yield Output(path, filled(ours().get_template(template), m=model), description.options.path)


BACK_END = BackEnd("options", "runtime/options.yaml, names of devices", tuple(_FILES), _outputs)
