# SPDX-License-Identifier: MIT
"""
Compares the stand-in and the layers with facts.yaml, which lists the names and signatures in Avatar's
headers.
"""
import re

import pytest
import yaml

import facts
import host
from processes import completed

SAID = yaml.safe_load((host.HERE / "facts.yaml").read_text(encoding="utf-8"))
KINDS = ("functions", "macros", "structures", "types")


@pytest.fixture(scope="module", name="stand_in")
def stand_in_(tmp_path_factory):
    """What its headers have."""
    return facts.read(host.fresh_tree(tmp_path_factory.mktemp("stand_in") / "tree"))


@pytest.mark.parametrize("kind", KINDS)
def test_stand_in(kind, stand_in):
    """Nothing lacks, and it has nothing that Avatar lacks; of structures it has some fields, in Avatar's order."""
    here, there = stand_in[kind], SAID[kind]
    assert sorted(here) == sorted(there)
    for name, fact in there.items():
        if kind == "structures":
            left = iter(fact)
            assert all(field in left for field in here[name]), (name, here[name], fact)
        else:
            assert here[name] == fact


def test_sources(tmp_path):
    """What no header of Avatar's declares is declared by the layer as Avatar has it."""
    assert facts.defined(host.fresh_tree(tmp_path / "tree"), facts.SOURCES) == SAID["sources"]
    layer = (host.ROOT / "integrations" / "avatar" / "vwr_avatar_wait.c").read_text(encoding="utf-8")
    for _, prototype in SAID["sources"].values():
        assert f"\n{prototype};\n" in layer


def test_mistakes_are_found(tmp_path):
    """A changed type, a field at another position, and a macro with another value are detected."""
    (tmp_path / "include").mkdir()
    for text, kind in (
        ("int f(long);", "functions"),
        ("struct s { int b; int a; };", "structures"),
        ("#define M 4", "macros"),
    ):
        found = []
        for source in (
            text,
            text.replace("long", "int").replace("int b; int a;", "int a; int b;").replace("4", "5"),
        ):
            (tmp_path / "include" / "h.h").write_text(source + "\n", encoding="utf-8")
            found.append(facts.read(tmp_path, ["h.h"])[kind])
        assert found[0] and found[1] and found[0] != found[1]


def taken(*users):
    """A header in which each name that Avatar has besides is something that nobody can define or use by accident."""
    lines = []
    for names in (SAID[f"taken from the {user}"] for user in users):
        lines += [
            f"#define {name} ({name} is a macro of Avatar)" for name in " ".join(names["macros"]).split()
        ]
        lines += [f"struct taken *{name}(void);" for name in " ".join(names["functions"]).split()]
        lines += [f"typedef struct taken_{name} {name};" for name in " ".join(names["types"]).split()]
    return "\n".join(lines) + "\n"


def refused(tree, sources, *users):
    """The compiler's messages for these sources when those names are in use."""
    (tree / "taken.h").write_text(taken(*users), encoding="utf-8")
    done = completed(
        [
            "aarch64-linux-gnu-gcc",
            *facts.FLAGS,
            "-Iinclude",
            "-Iguest",
            "-include",
            "taken.h",
            "-fsyntax-only",
            *sources,
        ],
        cwd=tree,
    )
    return done.stderr


def test_names_are_free(work):
    """
    No file of the layers or the library defines or uses a name that Avatar's headers use for something
    else.
    """
    tree = host.copy(work / "tree", host.guests_image())
    sources = [
        path
        for folder in ("dev/virtio_frontend", "vmm/vdev/virtio")
        for path in sorted((tree / folder).glob("vwr*.c"))
    ]
    layers = [path for path in sources if path.name.startswith("vwr_avatar")]
    assert len(layers) > 12 and [path.name for path in sources if path not in layers] == ["vwr.c"]
    assert not refused(tree, [path for path in sources if path not in layers], "library")
    assert not refused(tree, layers, "library", "layers")
    (tree / "bad.c").write_text("static void flush(void)\n{\n}\n", encoding="utf-8")
    assert "flush" in refused(tree, ["bad.c"], "layers")


def ours(header, source):
    """Prototypes in one of the layers' headers, in the stand-in."""
    tree = source / "tree"
    if not tree.is_dir():
        host.copy(tree, host.guests_image())
    return {name: text for name, (_, text) in facts.read(tree, [header])["functions"].items()}


@pytest.mark.parametrize("header", facts.REPLACED)
def test_callers_find_their_calls(header, work):
    """Each call of a header that is replaced is there with its signature, but for those that the page says are gone."""
    here = ours(header, work)
    gone = []
    for text in SAID["replaced"][header]:
        name = re.search(r"(\w+)\(", text).group(1)
        if name not in here:
            gone.append(name)
        else:
            assert here[name] == text
    assert not [name for name in gone if not re.search(rf"`{name}\b", host.page())]
