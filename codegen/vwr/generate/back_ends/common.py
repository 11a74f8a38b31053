# SPDX-License-Identifier: MIT
"""
The input of the back ends of a description, and back ends that fill in a template for each file of spec/.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from vwr.back_end import BackEnd, Output
from vwr.generate.fill import filled, ours
from vwr.generate.named import NOTHING, Named
from vwr.generate.share import Share
from vwr.model.nodes.files import Model
from vwr.spec.clauses import Clauses
from vwr.spec.load import SpecFile


@dataclass(frozen=True)
class Description:
    """
    The models of files of spec/, each file's share of outputs common to all, runtime/options.yaml if it
    exists, all clauses of the specification, what names each of them, and spec/rules.yaml if it exists.
    """

    models: list[Model]
    shares: list[Share]
    options: SpecFile | None = None
    clauses: Clauses = field(default_factory=dict)
    named: Named = NOTHING
    rules: SpecFile | None = None


def each(name: str, path: str, template: str, *kinds: str) -> BackEnd[Description]:
    """A file for each model of these kinds, or of all kinds. An empty text generates no file."""

    def made(description: Description) -> Iterator[Output]:
        env = ours(of_models=True)
        for m in description.models:
            if not kinds or m.kind in kinds:
                text = filled(env.get_template(template.format_map(vars(m))), m=m)
                yield from [Output(path.format_map(vars(m)), text, m.path)] if text else []

    return BackEnd(
        name, f"models: {', '.join(kinds) or 'all'}", (path.format(stem="*", name="*", module="*"),), made
    )
