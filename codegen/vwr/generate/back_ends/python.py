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
    models = description.models
    text = filled(ours().get_template(_TEMPLATE), models=models, document=models[0].document, versions=since.VERSIONS,
                  numbers=NUMBERS)
    yield Output(_INIT, text, f"codegen/templates/{_TEMPLATE}")


BACK_ENDS = (each("Python modules", "python/virtwright/{module}.py", "python.py.j2"),
             BackEnd("Python package", "models: their names", (_INIT, ), _init))
