# SPDX-License-Identifier: MIT
"""The description as a Python package."""

from collections.abc import Iterator

from vwr.back_end import BackEnd, Output
from vwr.generate.back_ends.common import Description, each
from vwr.generate.fill import filled, ours
from vwr.model.python import NUMBERS
from vwr.spec import since

_INIT, _TEMPLATE = "python/virtwright/__init__.py", "python_init.py.j2"


def _init(description: Description) -> Iterator[Output]:
    shares = description.shares
    text = filled(
        ours().get_template(_TEMPLATE),
        shares=shares,
        document=shares[0].document,
        versions=since.VERSIONS,
        numbers=NUMBERS,
    )
    yield Output(_INIT, text, f"codegen/templates/{_TEMPLATE}")


MODULES = each("Python modules", "python/virtwright/{module}.py", "python.py.j2")
PACKAGE = BackEnd("Python package", "shares: their names", (_INIT,), _init)
