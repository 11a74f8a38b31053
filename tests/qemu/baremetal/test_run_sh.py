# SPDX-License-Identifier: MIT
"""examples/demo/run.sh, which is ./vwr demo: what it takes, what it refuses, what it says."""
import boot
import images

RUN = boot.ROOT / "examples" / "demo" / "run.sh"


def demo(*arguments, **more):
    """Exit code, stdout and stderr."""
    return boot.script("sh", RUN, *arguments, VWR_BUILD_DIR=str(boot.BUILD.absolute()), **more)


def test_run_sh_own_image():
    """In the folder that the run before has left."""
    code, out, _ = demo()
    assert code == 0
    assert out.splitlines()[-1] == "demo: OK"
    for version in ("legacy", "modern"):
        assert f"demo: {version}: names of files: mdir lists the same 4" in out
        assert f"demo: {version}: pattern on the scratch disk: cmp finds no difference" in out
        assert f"demo: {version}: disk unchanged" in out


def test_run_sh_user_image(work):
    """A path that shells and QEMU would stumble over; an image that nobody may write."""
    folder = work / "my disks, 'old' $x"
    folder.mkdir()
    path = images.make_fat(folder / "a b,c=d.img", 16)
    path.chmod(0o444)
    before = path.read_bytes(), path.stat().st_mtime_ns
    code, out, _ = demo(path.name, cwd=folder)
    assert code == 0
    assert out.splitlines()[-1] == "demo: OK"
    assert f"mdir lists the same {len(images.names(16)) + 1}" in out
    assert "bytes; read-only;" in out
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_run_sh_odd_image(work):
    """No file system, no whole last sector: said, and summed up all the same."""
    path = work / "odd.img"
    path.write_bytes(b"\1" * 1300)
    code, out, _ = demo(path)
    assert code == 0
    assert "does not end with a whole sector" in out
    assert "names of files: not compared" in out


def refused(words, following, *arguments, **environment):
    """Exit code 1, what is wrong, and what to type next."""
    code, out, err = demo(*arguments, **environment)
    assert code == 1
    assert "demo: OK" not in out
    failed, following_line = err.splitlines()[-2:]
    assert failed.startswith("demo: FAILED: ") and words in failed
    assert following_line.startswith("Next: ") and following in following_line


def test_run_sh_refuses(work):
    """What is no raw image."""
    qcow2 = work / "an image.qcow2"
    images.run("qemu-img", "create", "-q", "-f", "qcow2", qcow2, "1M")
    refused("qcow2", "qemu-img convert -O raw '", qcow2)
    refused("there is no '/nowhere/x.img'", " demo   (makes an image of its own)", "/nowhere/x.img")
    refused("not a regular file", "dd if=", work)
    empty = work / "empty.img"
    empty.touch()
    refused("is empty", " demo   (makes", empty)
    refused("one disk image at most", " demo 'my disk.img'", "a", "b")


def test_run_sh_notices(work):
    """A check that does not hold fails the demo: a Python that sums up wrongly, one with another pattern."""
    wrong = '#!/bin/sh\n[ "$3" != %s ] || { echo 0 | tee "${5:-/dev/null}"; exit; }\nexec python3 "$@"\n'
    for command, words in (("crc32", "CRC-32: guest"), ("pattern", "the scratch disk does not hold")):
        python = work / f"wrong-{command}"
        python.write_text(wrong % command)
        python.chmod(0o755)
        refused(words, "", VWR_PYTHON=str(python))
