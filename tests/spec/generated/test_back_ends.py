# SPDX-License-Identifier: MIT
"""One interface for what writes files: each back end says what it writes, and writes nothing else."""

from dataclasses import replace
from fnmatch import fnmatchcase

import pytest

from gen_help import checked
from vwr.back_end import BackEnd, Output, outputs
from vwr.embed import files, pair
from vwr.generate import fill, render
from vwr.generate.back_ends import BACK_ENDS
from vwr.generate.back_ends.common import each
from vwr.plan import render as plan
from vwr.stop import Stop


@pytest.fixture(scope="module", name="description")
def fixture_description(texts):
    return render.of_tree(checked(texts))


@pytest.fixture(scope="module", name="paths")
def fixture_paths(description):
    """What each writes."""
    return {one.name: [output.path for output in outputs([one], description)] for one in BACK_ENDS}


@pytest.mark.parametrize("one", BACK_ENDS, ids=lambda one: one.name)
def test_each_writes_something_of_its_own(paths, one):
    made = paths[one.name]
    others = {path for name, of_it in paths.items() if name != one.name for path in of_it}
    assert made and len(set(made)) == len(made)
    assert not others & set(made)


def test_all_say_who_they_are():
    every = [*BACK_ENDS, *plan.BACK_ENDS, files.BACK_END, pair.BACK_END]
    assert len({one.name for one in every}) == len(every) and all(one.reads and one.writes for one in every)


def test_another_file_is_refused(description):
    odd = BackEnd("odd", "nothing", ("docs/*.md",), lambda _: [Output("src/odd.c", "")])
    with pytest.raises(ValueError, match="back end odd makes src/odd.c, and says that it writes docs/"):
        list(outputs([odd], description))
    assert [output.path for output in outputs([replace(odd, writes=("src/*",))], description)] == [
        "src/odd.c"
    ]


def test_what_is_made_is_what_the_manifest_has(description):
    made, sources = render.render(description)
    listed = [line.split()[0] for line in made["MANIFEST"].decode("utf-8").splitlines()]
    assert listed == list(sources) == list(made)[:-1]
    assert all(
        any(fnmatchcase(path, pattern) for one in BACK_ENDS for pattern in one.writes) for path in listed
    )


@pytest.mark.parametrize("folder", ["one", "another"])
def test_a_mistake_in_a_template_of_ours_has_its_line(description, tmp_path, monkeypatch, folder):
    """Also if the template was compiled in another folder."""
    place = tmp_path / folder
    place.mkdir()
    (place / "wrong.j2").write_text("a\n{{ nix }}\n", "utf-8")
    monkeypatch.setattr(fill, "TEMPLATES", place)
    with pytest.raises(Stop, match=rf"{place}/wrong.j2:2: error: 'nix' is undefined"):
        render.files([each("wrong", "{name}", "wrong.j2")], description)
