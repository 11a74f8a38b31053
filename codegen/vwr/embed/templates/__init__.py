# SPDX-License-Identifier: MIT
"""Text that goes into a copy, several templates in an archive. The calling module defines the variables."""

import functools
from pathlib import Path
from typing import Any

import jinja2

from vwr import txtar


@functools.cache
def _environment() -> jinja2.Environment:
    texts = {name: raw.decode("utf-8") for name, raw in txtar.read_all(Path(__file__).parent).items()}
    return jinja2.Environment(
        loader=jinja2.DictLoader(texts),
        variable_start_string="%(",  # C has {{ of its own
        variable_end_string=")s",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=jinja2.StrictUndefined,
    )


def filled(template: str, /, **words: Any) -> str:
    """The text of one template with these variables."""
    return _environment().get_template(template).render(words)
