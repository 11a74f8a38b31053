# SPDX-License-Identifier: MIT
"""
What a pair has, judged by compilers and a linker: nothing that nothing reaches, one place for each description, no
declaration that a better order makes unnecessary.
"""

import re
import subprocess
from types import SimpleNamespace

import pytest

from processes import completed, need, output
from world import ROOT, run, texts, written

from vwr.c import conditions
from vwr.c.tokens import code
from vwr.embed import comments, fold, layout, members, order
from vwr.embed.choice import PRESETS

AVATAR = ROOT / "integrations" / "avatar"
EACH_RUN = [("driver", "kernel", "blk"), ("device", "least", "blk,console"), ("both", "kernel", "blk")]
SOAK = pytest.mark.soak("EACH_RUN has a copy of each side; embed.matrix links the others")
ROWS = [
    pytest.param(*row, id="-".join(row), marks=() if row in EACH_RUN else SOAK)
    for row in dict.fromkeys(
        [
            *EACH_RUN,
            *(("driver", preset, "blk") for preset in PRESETS),
            ("driver", "least", "net,console"),
            ("device", "everything", "net,entropy"),
        ]
    )
]
# Ports of which a copy has to support each: hooks that may be absent, and the other byte order.
PORTS = {
    "template": [],
    "all hooks": [
        *(
            "-Dvwr_port_idle=vwr_port_idle",
            "-Dvwr_port_out16=vwr_port_out16",
            "-Dvwr_port_time_us=vwr_port_time_us",
        ),
        *("-Dvwr_port_dma_map=vwr_port_dma_map", "-Dvwr_port_dma_unmap=vwr_port_dma_unmap"),
    ],
    "ticks": ["-Dvwr_port_ticks=vwr_port_ticks", "-DVWR_PORT_TICK_US=1000u"],
    "for speed": ["-D__OPTIMIZE__=1"],
    "big": ["-Wno-builtin-macro-redefined", "-U__BYTE_ORDER__", "-D__BYTE_ORDER__=__ORDER_BIG_ENDIAN__"],
}
HOOKS = """
#include <stdint.h>
#include <stddef.h>
#include <stdbool.h>
#ifdef vwr_port_time_us
uint64_t vwr_port_time_us(void);
#endif
#ifdef vwr_port_ticks
uint32_t vwr_port_ticks(void);
#endif
#ifdef vwr_port_idle
void vwr_port_idle(const volatile uint32_t *word, uint32_t seen, uint32_t us);
#endif
#ifdef vwr_port_out16
void vwr_port_out16(uint16_t port, uint16_t value);
#endif
#ifdef vwr_port_dma_map
uint64_t vwr_port_dma_map(void *context, void *p, size_t n, unsigned dma, size_t *run);
#endif
#ifdef vwr_port_dma_unmap
void vwr_port_dma_unmap(void *context, uint64_t addr, void *p, size_t n, unsigned dma);
#endif
"""


def unreachable(folder, port):
    """The functions of vwr.c that the linker removes, if the calls of vwr.h are all that is called."""
    (folder / "hooks.h").write_text(HOOKS, encoding="utf-8")
    keep = ["-fkeep-static-functions", "-fkeep-inline-functions", "-ffunction-sections", "-fdata-sections"]
    words = [
        "gcc",
        "-std=c11",
        "-O0",
        "-fno-pie",
        "-ffreestanding",
        "-include",
        "hooks.h",
        *keep,
        *PORTS[port],
    ]
    output([*words, "-c", "vwr.c", "-o", "vwr.o"], cwd=folder)
    symbols = output(["nm", "vwr.o"], cwd=folder)
    roots = re.findall(r"^[0-9a-f]+ [TRDB] (\w+)$", symbols, re.MULTILINE)
    assert roots
    link = ["ld", "--gc-sections", "--print-gc-sections", "--unresolved-symbols=ignore-all", "-e", "0"]
    said = subprocess.run(
        [*link, *(f"-u{name}" for name in roots), "vwr.o", "-o", "vwr.out"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return set(re.findall(r"'\.text\.(vwr_(?!port_)\w+)'", said.stderr + said.stdout))


def always_unreachable(folder, called):
    """Functions that no port reaches. Most copies have none after one or two ports."""
    found = None
    for port in PORTS:
        new = unreachable(folder, port) - called
        found = new if found is None else found & new
        if not found:
            break
    return found


@pytest.mark.parametrize("side, preset, device", ROWS)
def test_nothing_is_unreachable(work, side, preset, device):
    """
    A linker finds no function that is unreachable with every port; the compiler finds no unused macro, function or
    constant in vwr.c.
    """
    need("gcc", "clang", "ld", "nm")
    written(work, "--side", side, "--preset", preset, "--device", device)
    of_caller = set(re.findall(r"\b(vwr_\w+)\(", (work / "vwr.h").read_text(encoding="utf-8")))
    assert always_unreachable(work, of_caller) == set()
    strict = ["-Wall", "-Wextra", "-Wunused-macros", "-Wunused-const-variable", "-Werror"]
    output(["clang", "-std=c11", "-ffreestanding", *strict, "-fsyntax-only", "vwr.c"], cwd=work)


def test_the_linker_would_find_one(work):
    """A function that nothing calls."""
    need("gcc", "ld", "nm")
    written(work, "--preset", "least")
    with open(work / "vwr.c", "a", encoding="utf-8") as stream:
        stream.write("\nstatic inline int vwr_nobody(void)\n{\n    return 0;\n}\n")
    assert "vwr_nobody" in unreachable(work, "template")


@pytest.mark.parametrize("preset", PRESETS)
def test_each_description_stands_once(work, preset):
    """The documentation of a function is at its declaration in vwr.h, or at its definition in vwr.c."""
    written(work, "--preset", preset, "--driver", "blk,net")
    texts = [(work / name).read_text(encoding="utf-8") for name in ("vwr.h", "vwr.c")]
    found = re.findall(r"^(?:/\*\*?| \*) ((?:struct |enum )?\w+(?:\(\))?) - ", "".join(texts), re.MULTILINE)
    assert len(found) > 80 and sorted(found) == sorted(set(found))


@pytest.mark.parametrize("side, preset, device", ROWS)
def test_each_declaration_in_the_code_is_needed(work, side, preset, device):
    """Without it, vwr.c does not compile: there is a cycle."""
    need("gcc")
    written(work, "--side", side, "--preset", preset, "--device", device)
    text = (work / "vwr.c").read_text(encoding="utf-8")
    declarations = re.findall(r"^static [^={}]*?;\n", text, re.MULTILINE)
    assert len(declarations) < 20
    for one in declarations:
        (work / "without.c").write_text(text.replace(one, "", 1), encoding="utf-8")
        words = [
            "gcc",
            "-std=c11",
            "-ffreestanding",
            "-Werror=implicit-function-declaration",
            "-fsyntax-only",
        ]
        assert completed([*words, "without.c"], cwd=work).returncode != 0, one


@pytest.mark.parametrize("side, preset, device", ROWS)
def test_it_reads_as_one_file(work, side, preset, device):
    """No empty conditional, no option of a build, no second empty line, no file of another tree's sources."""
    written(work, "--side", side, "--preset", preset, "--device", device)
    for name in ("vwr.h", "vwr.c"):
        text = (work / name).read_text(encoding="utf-8")
        body = text.split("#ifdef __cplusplus", 1)[-1]
        plain = code(body)
        assert "\n\n\n" not in text
        assert not re.findall(r"^#if.*\n(?:#else.*\n)?#endif", body, re.MULTILINE)
        assert not re.findall(r"\bVWR_WITH_\w+|\bVWR_ASYNC\(|\bVWR_RECOVERY\(", plain)
        assert not re.findall(
            r"^ *(?:else|if \([^\n]*\));$|\bNULL [!=]= NULL\b|\b0 == 0\b", plain, re.MULTILINE
        )
        assert not re.findall(
            r"\b(?:generated|tests|docs)/\w+", "".join(re.findall(r"/\*.*?\*/", body, re.DOTALL))
        )


def test_a_small_disk_has_no_zones(work):
    """Of a feature that is left out there is what its constants are for: not to accept it, and the result of others."""
    written(work, "--interface", "modern", "--without", "all")
    rows = {
        line
        for name in ("vwr.h", "vwr.c")
        for line in code((work / name).read_text(encoding="utf-8")).splitlines()
        if "zone" in line.lower()
    }
    assert len(rows) <= 14, rows


def test_callers(work):
    """The copy has what they mention; again from its profile; a change of theirs is a change of the copy."""
    need("gcc")
    (work / "user.c").write_text(
        '#include "vwr.h"\nint use(struct vwr_blk *b, void *p);\nint use(struct vwr_blk *b, void *p)\n'
        "{\n    return vwr_blk_read(b, 0, p, VWR_BLK_SECTOR_BYTES / 512u);\n}\n",
        encoding="utf-8",
    )
    written(work / "copy", "--preset", "kernel", "--callers", work / "user.c")
    header = (work / "copy" / "vwr.h").read_text(encoding="utf-8")
    assert (
        "vwr_blk_read(" in header and "vwr_blk_write(" not in header and "VWR_BLK_SECTOR_BYTES 512u" in header
    )
    assert "callers: ../user.c\n" in (work / "copy" / "vwr-profile.yaml").read_text(encoding="utf-8")
    assert not list((work / "copy").glob("vwr_example.*"))
    output(
        ["gcc", "-std=c11", "-Wall", "-Wextra", "-Werror", "-Icopy", "-c", "user.c", "copy/vwr.c"], cwd=work
    )
    before = (work / "copy" / "vwr.c").read_bytes()
    written(work / "copy")
    assert (work / "copy" / "vwr.c").read_bytes() == before
    with open(work / "user.c", "a", encoding="utf-8") as stream:
        stream.write("int more(struct vwr_blk *b)\n{\n    return vwr_blk_flush(b);\n}\n")
    written(work / "copy")
    assert "vwr_blk_flush(" in (work / "copy" / "vwr.h").read_text(encoding="utf-8")


OWN = """\
#include "vwr.h"
#include "sub/mine.h"
#include <vwr_nothing.h>
/* vwr_of_a_comment, vwr_blk_reed( */
#define VWR_MINE(vwr_argument) ((vwr_argument) + 3)
#define VWR_JOIN(name) vwr_join_##name
struct vwr_mine { int vwr_member; void (*vwr_hook)(int a); };
enum vwr_kind { VWR_KIND_A, VWR_KIND_B = 2 };
typedef struct { int a; } vwr_t;
typedef int (*vwr_function)(int);
static int vwr_one, vwr_two;
static int vwr_later(struct vwr_blk *vwr_disk);
int use(struct vwr_blk *b, void *p)
{
    struct vwr_mine m = {.vwr_member = VWR_KIND_A + VWR_KIND_B};
    const char *s = "vwr_of_a_string";
    vwr_t t = {VWR_MINE(1)};
    vwr_function f = 0;
#ifdef VWR_OF_THE_BUILD
    m.vwr_member += VWR_OF_THE_BUILD;
#endif
    m.vwr_hook(vwr_of_a_header + VWR_OF_A_HEADER + vwr_one + vwr_two + vwr_of_the_port() + (f != 0) + (s == 0));
    return t.a + vwr_later(b) + vwr_blk_read(b, 0, p, VWR_BLK_SECTOR_BYTES / 512u);
}
static int vwr_later(struct vwr_blk *vwr_disk) { return vwr_disk != 0; }
"""


@pytest.mark.parametrize("form", ["--pair", "--files"])
def test_names_of_callers_that_do_not_exist(work, form):
    """Each with its place, and the name that is meant; names that the callers, their headers and the port declare are theirs."""
    (work / "sub").mkdir()
    (work / "sub" / "mine.h").write_text(
        "extern int vwr_of_a_header;\n#define VWR_OF_A_HEADER 1\n", encoding="utf-8"
    )
    user, copy = work / "user.c", work / "copy"
    user.write_text(OWN.replace("vwr_of_the_port()", "1"), encoding="utf-8")
    options = ["--preset", "kernel", form, "--callers", user]
    written(copy, *options)
    user.write_text(OWN, encoding="utf-8")
    before = texts(copy)
    done = run(copy, *options)
    assert done.returncode == 2 and "user.c:22: there is no vwr_of_the_port\n" in done.stderr, done.stderr
    with open(copy / "vwr_port.h", "a", encoding="utf-8") as stream:
        stream.write("static inline int vwr_of_the_port(void)\n{\n    return 1;\n}\n")
    assert "there is no" not in written(copy, *options)
    more = "int more(struct vwr_blk *b)\n{\n    return vwr_blk_flash(b) + (int)VWR_BLK_SECTOR_BYTE\n        + vwr_quadrature(b)"
    more += " + VWR_ID_RTC + VWR_ID_ENTROPY + VWR_ID_CLOCK;\n}\n"
    user.write_text(OWN + more, encoding="utf-8")
    before = texts(copy)
    done = run(copy, *options)
    rows = re.findall(r"user\.c:(\d+): (.*)", done.stderr)
    assert done.returncode == 2 and texts(copy) == before
    assert rows == [
        ("28", "there is no vwr_blk_flash (did you mean vwr_blk_flush?)"),
        ("28", "there is no VWR_BLK_SECTOR_BYTE (did you mean VWR_BLK_SECTOR_BYTES?)"),
        ("29", "there is no vwr_quadrature"),
        ("29", "there is no VWR_ID_RTC (did you mean VWR_ID_CLOCK?)"),
        ("29", "there is no VWR_ID_ENTROPY (did you mean VWR_ID_RNG?)"),
    ], done.stderr


def test_names_of_callers_that_the_copy_lacks(work):
    """They are warnings, because a part of a source may not be compiled."""
    (work / "user.c").write_text(
        '#include "vwr.h"\nint use(struct vwr_blk *b, char *p)\n{\n    struct vwr_gpu_client *c = 0;\n'
        "    (void)vwr_gpu_flush;\n    (void)vwr_blk_get_id(b, p);\n    (void)VWR_GPU_ID;\n    (void)c;\n"
        "    return vwr_blk_get_lifetime(b, 0) + vwr_blk_read(b, 0, p, 1);\n}\n",
        encoding="utf-8",
    )
    done = run(work / "copy", "--preset", "kernel", "--callers", work / "user.c", "--cc", "gcc -O0 -std=c11")
    assert done.returncode == 0, done.stderr
    assert re.findall(r"warning: .*user\.c:(\d+): (.*)", done.stderr) == [
        ("4", "this profile does not have vwr_gpu_client"),
        (
            "5",
            "call vwr_gpu_flush is of vwr/gpu.h, which belongs to no device, transport or part of this profile; "
            "driver gpu has it",
        ),
        ("6", "this profile leaves vwr_blk_get_id out: --with vwr_blk_get_id adds it"),
        ("7", "this profile does not have VWR_GPU_ID"),
        ("9", "this profile leaves vwr_blk_get_lifetime out: --with ranges adds it"),
    ], done.stderr


@pytest.mark.parametrize(
    "said, words",
    [("absent.c", "absent.c: No such file or directory"), ("empty.c", "mentions a name of Virtwright")],
)
def test_callers_that_cannot_be(work, monkeypatch, said, words):
    (work / "empty.c").write_text("int nothing;\n", encoding="utf-8")
    monkeypatch.chdir(work)
    done = run(work / "copy", "--callers", said)
    assert done.returncode == 2 and words.split(":")[-1] in done.stderr, done.stderr
    first, following = done.stderr.splitlines()
    assert following.startswith("Next: --callers FILE,... ") and not (work / "copy").exists()


def test_a_device_that_no_caller_uses(work):
    """It is in the profile, and a warning says why it is not in the copy. The option that it names adds it."""
    (work / "user.c").write_text(
        '#include "vwr.h"\nint use(struct vwr_blk *b, void *p)\n{\n    return vwr_blk_read(b, 0, p, 1);\n}\n',
        "utf-8",
    )
    options = ["--cc", "gcc -O0 -std=c11"]
    assert not run(work / "copy", "--driver", "blk", "--callers", work / "user.c", *options).stderr
    done = run(work / "copy", "--driver", "blk,net,client/gpu", *options)
    assert done.returncode == 0 and re.findall(r"warning: (.*)", done.stderr) == [
        f"the copy has no call of {name}, because callers (../user.c) use none: --callers '' adds all calls of the profile"
        for name in ("net", "gpu")
    ]
    done = run(work / "copy", "--callers", "", *options)
    assert done.returncode == 0 and not done.stderr
    assert "callers" not in (work / "copy" / "vwr-profile.yaml").read_text(encoding="utf-8")
    assert "vwr_net_open(" in (work / "copy" / "vwr.h").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "parts",
    [
        "vwr_mmio_scan_next,texts",
        pytest.param("vwr_mmio_scan_next", marks=pytest.mark.soak("the same layer, with the texts")),
    ],
)
def test_a_layer_as_the_caller(work, parts):
    """Of what Avatar's layer calls nothing is missing, and every call of the copy is one of the layer."""
    need("gcc", "clang", "ld", "nm")
    written(work, "--driver", "blk", "--with", parts, "--callers", AVATAR)
    layer = "".join(path.read_text(encoding="utf-8") for path in sorted(AVATAR.glob("*.[ch]")))
    symbols = set(unreachable(work, "template")) and output(["nm", "vwr.o"], cwd=work)
    calls = set(re.findall(r"^[0-9a-f]+ T (\w+)$", symbols, re.MULTILINE))
    header = (work / "vwr.h").read_text(encoding="utf-8")
    others = calls - set(re.findall(r"\bvwr_\w+", layer))  # of inline functions
    assert len(calls) > 10 and all(len(re.findall(rf"\b{name}\(", code(header))) > 1 for name in others)
    assert ("vwr_strerror" in calls) == ("texts" in parts)
    inline = set(re.findall(r"\b(vwr_\w+)\(", (work / "vwr.h").read_text(encoding="utf-8")))
    assert always_unreachable(work, inline) == set()


@pytest.mark.parametrize(
    "before, after",
    [
        ("#if A\nx\n#else\ny\n#endif\n", "x\n"),
        ("#ifdef T\nt\n#else\nu\n#endif\n", "u\n"),
        ("#if P || !A\nx\n#elif B\ny\n#else\nz\n#endif\n", "#if P\nx\n#else\nz\n#endif\n"),
        ("#if P && A\nx\n#endif\n", "#if P\nx\n#endif\n"),
        ("#if B\n#if P\nx\n#endif\n#elif P\ny\n#endif\n", "#if P\ny\n#endif\n"),
        ("/* about x */\n#if B\nx\n#endif\n\ny\n", "\ny\n"),
        ("#if defined(P) || \\\n    defined(T)\nx\n#endif\n", "#if defined(P)\nx\n#endif\n"),
    ],
)
def test_conditionals(before, after):
    """What is decided goes; what the port decides stays."""
    assert conditions.resolve(before, {"A": 1, "B": 0, "T": None}) == after


@pytest.mark.parametrize(
    "before, after",
    [
        ("    return VWR_ASYNC(g(q), q->n);\n", "    return q->n;\n"),
        ("    f(q, A ? q->a : q->b);\n", "    f(q, q->a);\n"),
        ("    f(q, p ? A ? 1 : 2 : 3);\n", "    f(q, p ? 1 : 3);\n"),
    ],
)
def test_choices_anywhere(before, after):
    """Conditional expressions whose condition is decided."""
    text = "static int one(struct queue *q, bool p)\n{{\n    g(p);\n{}}}\n"
    assert fold.chosen(text.format(before), {"A": 1}, {"VWR_ASYNC": 0}) == text.format(after)


@pytest.mark.parametrize(
    "before, after",
    [
        ("    count(&q->n, 1);\n    g(q);\n", "    g(q);\n"),
        ("    if (q->on)\n        count(&q->n, 1);\n    g(q);\n", "    g(q);\n"),
        ("    if (g(q))\n        count(&q->n, 1);\n", "    if (g(q)) {\n    }\n"),
        ("    count(&q->n, g(q));\n", "    count(&q->n, g(q));\n"),
        (
            "    if (g(q))\n        f(q);\n    else\n        count(&q->n, 1);\n",
            "    if (g(q))\n        f(q);\n",
        ),
    ],
)
def test_calls_that_do_nothing(before, after):
    """They go, but not what their arguments do."""
    text = "static void one(struct queue *q)\n{{\n{}}}\n"
    assert fold.without_calls(text.format(before), {"count"}, set()) == text.format(after)


def test_trivial_functions():
    """A call of one is its value, unless an argument does something."""
    busy = "static int busy(const struct queue *q)\n{\n    (void)q;\n    return VWR_EBUSY;\n}\n"
    same = "static int same(struct queue *q, int r)\n{\n    (void)q;\n    return r;\n}\n"
    found = {"busy": fold.trivial(busy), "same": fold.trivial(same)}
    assert found == {"busy": (None, "VWR_EBUSY"), "same": (1, None)}
    text = "static int one(struct queue *q)\n{{\n    return {};\n}}\n"
    for before, after in {
        "same(q, busy(q)) + q->n": "VWR_EBUSY + q->n",
        "same(q, q->n + 1)": "(q->n + 1)",
        "same(next(q), 1)": "same(next(q), 1)",
    }.items():
        assert fold.inlined(text.format(before), found, set()) == text.format(after)


def test_what_comments_say():
    """Sentences about absent things go, lists get shorter, and what else is there stays."""
    there, documents = {"vwr_here", "vwr_open", "VWR_OK", "VWR_EIO", "VWR_EGONE"}, {
        "vwr_gone": " * vwr_gone() - Do it\n * Return: VWR_OK. The same as vwr_lost().\n * * VWR_EIO: it failed.\n",
        "vwr_lost": " * Return: VWR_OK, VWR_EGONE or VWR_EXIT.\n",
    }
    cleaner = comments.Cleaner(
        there.__contains__, {"q", "here"}, ["VWR_WITH_PACKED"], lambda name: documents.get(name, "")
    )
    before = (
        "/**\n * vwr_here() - Do it\n * @q: Queue. vwr_gone() has another.\n *\n"
        " * Call it with vwr_open(), vwr_gone() and vwr_here(). vwr_lost() tells more. It is slow.\n"
        " * docs/other.md describes it.\n *\n * Return: VWR_OK.\n */\n"
    )
    assert cleaner.comment(before, "@") == (
        "/**\n * vwr_here() - Do it\n * @q: Queue.\n *\n * Call it with vwr_open() and vwr_here().\n *\n"
        " * Return: VWR_OK.\n */\n"
    )
    assert cleaner.comment("/* vwr_gone() knows. */\n", "") == ""
    example = "/**\n * DOC: Things\n *\n * Use it::\n *\n *     vwr_gone(q);\n */\n"
    assert cleaner.comment(example, "") == "/**\n * DOC: Things\n *\n * Use it.\n */\n"
    for before, behind in {
        "the same as vwr_gone().": "VWR_EIO or VWR_EGONE.",
        "the same as vwr_open() and vwr_lost().": "the same as vwr_open() or VWR_EGONE.",
        "the same as vwr_open().": "the same as vwr_open().",
        "Do it. @q is one; packed: two.": "Do it. @q is one.",
        "Do it. In a packed ring it is two.": "Do it.",
        "Do it (in a packed ring, twice).": "Do it.",
        "Do it. It sets q->gone.": "Do it.",
        "Do it. It sets q->here. @gone counts.": "Do it. It sets q->here.",
        "vwr_gone() with the lock held": "Do it, with the lock held",
        "Calls vwr_here(), which vwr_gone() calls, or vwr_lost().": "Calls vwr_here().",
        "VWR_OK, VWR_ELSE or VWR_EIO.": "VWR_OK or VWR_EIO.",
        "Do it; `./vwr other` does. It is in spec/. CMakeLists.txt has it.": "Do it.",
    }.items():
        assert cleaner.comment(f"/* {before} */\n", "x") == f"/* {behind} */\n"
    private = (
        "/**\n * vwr_x() - Do it (for classes)\n * @q: Queue.\n *\n * More on it.\n *\n * Context: Any context.\n"
        " * Return: Number of bytes.\n */\n"
    )
    assert comments.of_private(private) == "/* Do it. More on it. Returns the number of bytes. */\n"
    listed = private.replace(
        "Number of bytes.", "VWR_OK.\n * * VWR_EIO: it failed.\n * * Other errors: none."
    )
    assert comments.of_private(listed) == (
        "/*\n * Do it. More on it. Returns VWR_OK.\n * * VWR_EIO: it failed.\n * * Other errors: none.\n */\n"
    )
    for before, behind in [
        (
            "    int a; /* What. Quirk x.y (Z 1.2): The Z\n              does. A driver waits. */\n",
            "    int a; /* What. */\n",
        ),
        ("/*\n * Quirk x.y (Z 1.2): It is\n * odd.\n */\n", "\n"),
        ("/* A quirk of ours. */\n", "/* A quirk of ours. */\n"),
    ]:
        assert comments.without_quirks(before) == behind


def test_tables():
    """Rows fill their lines, without members that are 0; a table of another form stays."""
    rows = "static const struct x t[2] = {\n    {\n        .a = 1, .b = 0,\n        .c = {0, 0},\n    },\n    {.a = 2, .b = 3},\n};\n"
    assert layout.table(rows) == "static const struct x t[2] = {\n    {.a = 1},\n    {.a = 2, .b = 3},\n};\n"
    bytes_ = "const uint8_t at[3] = {\n    /* 0 */ A,\n    /* 1 */ B,\n    /* 2 */ C,\n};\n"
    assert layout.table(bytes_) == "const uint8_t at[3] = {\n    A, B, C,\n};\n"
    for inside in (
        "[A] = f(1, 2),",
        '"a, b", "c"',
        "{.a = 1}, /* what it means */",
        "{.a = B ? 1 : 2},\n#if C",
    ):
        other = f"const int at[2] = {{\n    {inside}\n}};\n"
        assert layout.table(other) == other


def test_members():
    """A member that no code mentions goes; a structure that comes first, and all of a structure with a fixed layout, stay."""
    text = "struct vwr_one {\n    struct vwr_two first;\n    /* private: */\n    int unused_one[2]; /* rest */\n    void (*gone)(int a, int b);\n    int used;\n};\n"
    made = members._without(text, {"used"})
    assert "gone" not in made and "used;" in made and "first" in made
    assert "first" not in members._without(text.replace("struct vwr_two", "int"), {"used"})
    macros = members.macros_of(
        ["#define F(s, m) ((s)->m)\n", "#define G(m, n) F(n, m)\n", "#define H(m) (m)\n"]
    )
    found = members.in_arguments("x->a.b = offsetof(struct y, c.d); F(k, e); G(f, l); H(i);", macros)
    assert found == {("struct y", "c"), ("", "d"), ("k", "e"), ("l", "f")} and members.mentioned(
        "#define F(s) ((s)->a.b)\n"
    ) == {"a", "b"}
    assert members.fixed(
        ["struct vwr_a x = {1, 2};", "struct vwr_b y = {.m = 1};", "struct vwr_c z = {0};"]
        + [
            "struct vwr_d t[] = {\n    {1, 2},\n};\n",
            "struct vwr_e t[] = {\n    {.m = {1, 2}, .n = 3},\n};\n",
        ]
        + [
            "struct tree_f {\n    vwr_tree_cell m; /* first */\n    vwr_be32 n;\n};\n",
            "struct vwr_g {\n    vwr_le32 m;\n    int n;\n};\n",
        ]
    ) == {"vwr_a", "vwr_d", "tree_f"}


def test_lines():
    """Lines that became longer are laid out as clang-format does."""
    head = "static int vwr_queue_something_with_a_long_name(struct vwr_queue *q, struct vwr_request *r,\n     uint32_t number, bool more)"
    first, second = layout.head(head).split("\n")
    assert second == " " * (first.index("(") + 1) + "bool more)" and len(first) <= layout.WIDTH
    call = "    vwr_dev_call(a, b,\n          c);\n"
    assert layout.body(call) == "    vwr_dev_call(a, b, c);\n"


class Function:
    """An entry of a copy. Small numbers as hashes determine the order in which a set has them."""

    section = "file"
    item = SimpleNamespace(kind="function", text="")

    def __init__(self, number, hashed):
        self.number, self.hashed = number, hashed

    def __hash__(self):
        return self.hashed


def test_the_first_cycle_is_the_same_in_each_run():
    """Entry 0 calls 1 and 3, which are in a cycle with 2 and with 4. A set of entries is ordered by addresses or seeds."""
    found = set()
    for hashes in (range(5), range(5, 0, -1)):
        every = [Function(number, hashed) for number, hashed in enumerate(hashes)]
        calls = {0: (1, 3), 1: (2,), 2: (1,), 3: (4,), 4: (3,)}
        needs = {every[one]: {every[other] for other in others} for one, others in calls.items()}
        found.add(order._Queue(every, needs).declared().number)  # noqa: SLF001
    assert found == {1}
