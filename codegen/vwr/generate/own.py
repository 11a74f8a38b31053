# SPDX-License-Identifier: MIT
"""A user's template as a back end."""

import traceback
from collections.abc import Iterator
from pathlib import Path

import jinja2

from vwr.back_end import BackEnd, Output
from vwr.generate.back_ends.common import Description
from vwr.generate.fill import filled, ours
from vwr.stop import Failed

HINT = "docs/templates.md has what a template sees"


def back_end(path: Path) -> BackEnd[Description]:
    """One file for each model if the template's name contains {stem} or the like, otherwise one for all."""
    name = path.name.removesuffix(".j2")

    def made(description: Description) -> Iterator[Output]:
        try:
            template = ours(path.parent).get_template(path.name)
            named = {name.format(**vars(m)): {"m": m} for m in description.models}
            for out, facts in (named if len(named) > 1 else {name: {}}).items():
                text = filled(template, {"models": description.models, **facts})
                yield from [Output(out, text)] if text else []
        except jinja2.TemplateNotFound as error:
            raise Failed(f"{path}: there is no template {error.name}", HINT) from None
        except jinja2.TemplateSyntaxError as error:
            raise Failed(f"{error.filename}:{error.lineno}: error: {error.message}", HINT) from None
        except (jinja2.TemplateError, TypeError, ValueError, LookupError, ArithmeticError) as error:
            lines = [
                row.lineno for row in traceback.extract_tb(error.__traceback__) if row.filename == str(path)
            ]
            raise Failed(f"{path}:{lines[-1] if lines else 1}: error: {error}", HINT) from None

    return BackEnd("own template", "models", ("*",), made)
