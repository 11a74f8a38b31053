# SPDX-License-Identifier: MIT
"""The proof by the embedder's compiler: what is said of a port that is wrong, and of a copy that needs something."""

import pytest

from folders import edit
from processes import need
from world import run, written


def broken(work, compiler, old, new, arguments=(), flags="-Os -std=c11"):
    """The run after something in the port was replaced."""
    need(compiler)
    written(work, *arguments)
    edit(work / "vwr_port.h", old, new)
    return run(work, "--cc", f"{compiler} {flags}")


# What is wrong with the port: (what stood there, what stands there, more for embed and the compiler, how the sentence begins).
WRONG = {
    "a hook is missing": (
        "vwr_port_rmb",
        "my_rmb",
        {},
        "vwr_port.h lacks vwr_port_rmb: the port template describes it",
    ),
    "a hook has another signature": (
        "vwr_port_read16(const volatile void *reg)",
        "vwr_port_read16(volatile void *reg)",
        {},
        "vwr_port.h: vwr_port_read16 must be uint16_t vwr_port_read16(const volatile void *reg)",
    ),
    "types are missing": (
        "typedef __UINT32_TYPE__ uint32_t;",
        "",
        {"flags": "-Os -std=c11 -nostdinc"},
        "vwr_port.h does not define the type uint32_t: the port must define the types",
    ),
    "the hook of the trace is missing": (
        "#define vwr_port_trace vwr_port_trace",
        "",
        {"arguments": ("--with", "trace")},
        "this profile has the trace: vwr_port.h must define its destination",
    ),
}


@pytest.mark.parametrize("compiler", ["gcc", "clang"])
@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_port(work, compiler, what):
    old, new, more, words = WRONG[what]
    done = broken(work, compiler, old, new, **more)
    assert done.returncode == 1 and done.stderr.startswith(f"vwr embed: {words}"), done.stderr


def test_what_the_port_declares_is_the_ports(work):
    done = broken(
        work,
        "gcc",
        "static inline void vwr_port_mb(void)\n{\n    __sync_synchronize();\n}",
        "void board_barrier(void);\nstatic inline void vwr_port_mb(void)\n{\n    board_barrier();\n}",
    )
    assert done.returncode == 0 and "needs at link: board_barrier (the port's own)" in done.stdout


def test_what_nobody_declares_is_reported(work):
    """A compiler that calls something by itself."""
    need("gcc")
    written(work)
    done = run(work, "--cc", "gcc -O0 -finstrument-functions")
    assert done.returncode == 1
    assert (
        "needs __cyg_profile_func_enter, __cyg_profile_func_exit, which the port does not declare"
        in done.stderr
    )


def test_variables_are_reported(work):
    """A port that brings a variable into the copy."""
    done = broken(work, "gcc", "#endif\n", "#endif\n__attribute__((used)) static int counter = 5;\n")
    assert done.returncode == 1 and "the copy defines variables" in done.stderr


def test_no_such_compiler(work):
    done = run(work, "--cc", "no-such-cc -Os")
    assert (
        done.returncode == 1 and "--cc: 'no-such-cc' cannot be run: No such file or directory" in done.stderr
    )


def test_no_objects_of_link_time_optimisation(work):
    need("clang")
    done = run(work, "--cc", "clang -flto")
    assert done.returncode == 1 and "does not produce an ELF object (-flto?)" in done.stderr
