# SPDX-License-Identifier: MIT
"""Packages, modules and the RAM disk of a Linux guest."""

import hashlib
import shutil

import pytest

import guest_packages as debian
from processes import need, output

IMAGE = bytes(56) + b"ARMd" + b"kernel"
BUSYBOX = b"\x7fELF" + bytes(14) + b"\xb7\x00" + b"box"


def module(name, *needs):
    return name.encode() + b"\0license=GPL\0depends=" + ",".join(needs).encode() + b"\0retpoline=Y\0"


MODULES = {
    "drivers/virtio/virtio_ring": module("ring"),
    "drivers/virtio/virtio": module("virtio", "virtio_ring"),
    "drivers/block/virtio_blk": module("blk", "virtio", "virtio_ring", "blk-core"),
    "drivers/char/virtio-rng": module("rng", "virtio"),
}


def deb(out, name, files):
    """A package of these files; its digest."""
    tree = out / "tree"
    (tree / "DEBIAN").mkdir(parents=True)
    (tree / "DEBIAN" / "control").write_text(
        f"Package: {name}\nVersion: 1\nArchitecture: arm64\n"
        "Maintainer: nobody <a@b.c>\nDescription: none\n"
    )
    for path, content in files.items():
        (tree / path).parent.mkdir(parents=True, exist_ok=True)
        (tree / path).write_bytes(content)
    path = out / f"{name}_1_arm64.deb"
    output(["dpkg-deb", "-Znone", "--build", str(tree), str(path)])
    shutil.rmtree(tree)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def packages(out, image=IMAGE, busybox=BUSYBOX, modules=MODULES):
    """What a fetch leaves."""
    need("dpkg-deb")
    above = "lib/modules/6.1/"
    kernel = deb(
        out,
        "linux-image-6.1",
        {
            "boot/vmlinuz-6.1": image,
            above + "modules.builtin": b"kernel/block/blk-core.ko\n",
            **{f"{above}kernel/{name}.ko": text for name, text in modules.items()},
        },
    )
    box = deb(out, "busybox-static", {"bin/busybox": busybox, "usr/share/doc/busybox/x": b"text"})
    (out / "packages").write_text(f"{kernel} linux-image-6.1_1_arm64.deb\n{box} busybox-static_1_arm64.deb\n")


@pytest.fixture(name="no_apt")
def fixture_no_apt(monkeypatch):
    """Whoever asks apt would need a network."""

    def asked(*_, **__):
        raise debian.NoLinux("apt was asked")

    monkeypatch.setattr(debian, "apt", asked)


def names(guest):
    return [path.stem for path in guest.modules]


def test_what_is_wanted_comes_with_what_it_needs(tmp_path, no_apt):
    packages(tmp_path)
    guest = debian.prepare(tmp_path, ["virtio_blk"])
    assert names(guest) == ["virtio_ring", "virtio", "virtio_blk"]
    assert guest.modules[0].read_bytes() == MODULES["drivers/virtio/virtio_ring"]
    assert guest.kernel.read_bytes() == IMAGE and guest.busybox.read_bytes() == BUSYBOX
    assert guest.packages == ["linux-image-6.1_1_arm64.deb", "busybox-static_1_arm64.deb"]


def test_one_more_module_later(tmp_path, no_apt):
    packages(tmp_path)
    debian.prepare(tmp_path, ["virtio_blk"])
    assert names(debian.prepare(tmp_path, ["virtio-rng", "blk_core"])) == [
        "virtio_ring",
        "virtio",
        "virtio_rng",
    ]
    for path in tmp_path.glob("*.deb"):
        path.unlink()
    assert names(debian.prepare(tmp_path, ["virtio_rng"])) == ["virtio_ring", "virtio", "virtio_rng"]
    with pytest.raises(debian.NoLinux, match="apt was asked"):
        debian.prepare(tmp_path, ["virtio_net"])


def test_a_module_that_is_not_there(tmp_path, no_apt):
    packages(tmp_path)
    with pytest.raises(debian.NoLinux, match="no module virtio_net"):
        debian.prepare(tmp_path, ["virtio_net"])


def test_modules_that_need_one_another():
    with pytest.raises(debian.NoLinux, match="no module a"):
        debian.in_order(["a"], {"a": module("a", "b"), "b": module("b", "a")}, set())


@pytest.mark.parametrize(
    "changed, words",
    [
        ({"image": b"MZ" + bytes(100)}, "no kernel"),
        ({"busybox": b"\x7fELF" + bytes(30)}, "no busybox for arm64"),
    ],
)
def test_a_package_of_something_else(tmp_path, no_apt, changed, words):
    packages(tmp_path, **changed)
    with pytest.raises(debian.NoLinux, match=words):
        debian.prepare(tmp_path, [])


def test_a_file_that_was_spoilt_is_fetched_anew(tmp_path, no_apt):
    packages(tmp_path)
    with open(tmp_path / "linux-image-6.1_1_arm64.deb", "ab") as file:
        file.write(b"x")
    with pytest.raises(debian.NoLinux, match="apt was asked"):
        debian.prepare(tmp_path, [])


LISTED = "Package: box\nVersion: 1:2\nFilename: pool/box_2_arm64.deb\nSHA256: {}\n"


@pytest.mark.parametrize(
    "digest, words", [(hashlib.sha256(b"good").hexdigest(), None), ("00", "is not what"), ("", "too little")]
)
def test_what_is_fetched_is_what_the_list_says(tmp_path, monkeypatch, digest, words):
    (tmp_path / "box_1%3a2_arm64.deb").write_bytes(b"good")
    monkeypatch.setattr(
        debian, "apt", lambda folder, tool, *_, **__: LISTED.format(digest) if tool == "apt-cache" else ""
    )
    if words is None:
        assert debian.fetch(tmp_path, "box") == [(tmp_path / "box_1%3a2_arm64.deb", digest)]
        return
    with pytest.raises(debian.NoLinux, match=words):
        debian.fetch(tmp_path, "box")


def test_no_tool_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("VWR_BUILD_DIR", str(tmp_path))
    with pytest.raises(debian.NoLinux, match="apt-get is not installed"):
        debian.prepare(tmp_path / "linux", debian.DISK)


def unpacked(archive):
    """Entries of an archive in the new ASCII format, {name: (mode, device, content)}."""
    found, at = {}, 0
    while at < len(archive):
        fields = [int(archive[at + 6 + 8 * i : at + 14 + 8 * i], 16) for i in range(13)]
        assert archive[at : at + 6] == b"070701"
        name = archive[at + 110 : at + 110 + fields[11] - 1].decode()
        content = (at + 110 + fields[11] + 3) // 4 * 4
        found[name] = (fields[1], tuple(fields[9:11]), archive[content : content + fields[6]])
        at = (content + fields[6] + 3) // 4 * 4
    return found


def test_the_archive(tmp_path, no_apt):
    packages(tmp_path)
    guest = debian.prepare(tmp_path, ["virtio_blk"])
    made = debian.initrd(guest, b"#!init", [("bin/reader", b"12345")])
    files = unpacked(made)
    assert files.pop("TRAILER!!!") == (0, (0, 0), b"")
    assert files["init"] == (0o100755, (0, 0), b"#!init") and files["bin/busybox"][2] == BUSYBOX
    assert files["bin/reader"] == (0o100755, (0, 0), b"12345") and files["bin/sh"] == (
        0o120777,
        (0, 0),
        b"busybox",
    )
    assert files["dev/console"] == (0o020600, (5, 1), b"") and files["dev"][0] == 0o040755
    assert [name for name in files if "modules/" in name] == [
        "modules/00-virtio_ring.ko",
        "modules/01-virtio.ko",
        "modules/02-virtio_blk.ko",
    ]
    assert made == debian.initrd(guest, b"#!init", [("bin/reader", b"12345")])


def test_sg_utils_come_with_their_libraries(tmp_path, no_apt, monkeypatch):
    need("dpkg-deb")
    monkeypatch.setattr(debian, "home", lambda **_: tmp_path)
    folder, above = tmp_path / "sg", "usr/lib/aarch64-linux-gnu/"
    packages_of_sg = {
        "libsgutils2-1.46-2": {above + "libsgutils2-1.46.so.2.0.0": b"library"},
        "sg3-utils": {"usr/bin/sg_inq": b"inq", "usr/bin/sg_format": b"format"},
        "libc6": {
            "lib/x/libc.so.6": b"libc",
            "lib/x/ld-linux-aarch64.so.1": b"loader",
            "lib/x/libm.so.6": b"m",
        },
    }
    with pytest.raises(debian.NoLinux, match="apt was asked"):
        debian.sg_utils()
    (folder / "packages").write_text(
        "".join(f"{deb(folder, name, files)} {name}_1_arm64.deb\n" for name, files in packages_of_sg.items())
    )
    assert dict(debian.sg_utils()) == {
        "lib/libsgutils2-1.46.so.2": b"library",
        "lib/libc.so.6": b"libc",
        "lib/ld-linux-aarch64.so.1": b"loader",
        "bin/sg_inq": b"inq",
    }
