# SPDX-License-Identifier: MIT
"""The crate in generated/rust: rustc compiles it, a program uses it, and it agrees with crates of other authors."""

import json
import re
import shutil
from pathlib import Path

import pytest

from folders import BUILD, ROOT, edit
from processes import completed, need, output

CRATE = ROOT / "generated/rust"
RUSTC = ["rustc", "--edition", "2021", "-D", "warnings"]


def compiled(folder, crate=CRATE):
    """The crate as a library in the folder, without a warning."""
    need("rustc")
    words = ["--crate-type", "lib", "--crate-name", "virtwright", "-D", "missing-docs", "--out-dir", folder]
    output([*RUSTC, *words, crate / "src/lib.rs"])


def sources(crate=CRATE):
    return "".join(path.read_text("utf-8") for path in sorted((crate / "src").rglob("*.rs")))


def test_rustc_compiles_the_crate(tmp_path):
    """Its constants assert size and offsets of each structure that it has."""
    compiled(tmp_path)
    assert sources().count("\nlayout!(") == sources().count("\npub struct virt") + sources().count(
        "\npub struct pvirt"
    )
    assert sources().count("\nlayout!(") > 100


def test_rustc_compiles_an_older_version(tmp_path):
    """Without what is newer, and with reserved bytes in the place of newer fields."""
    need("rustc")
    output([ROOT / "vwr", "generate", "--out", tmp_path / "made", "--version", "1.2"])
    compiled(tmp_path, tmp_path / "made/rust")
    assert "VIRTIO_F_ADMIN_VQ" in sources() and "VIRTIO_F_ADMIN_VQ" not in sources(tmp_path / "made/rust")


def test_rustc_compiles_a_device_of_a_user(tmp_path):
    need("rustc")
    shutil.copytree(CRATE, tmp_path / "rust")
    output([ROOT / "vwr", "generate", "--out", tmp_path, "--spec", ROOT / "examples/vault"])
    edit(tmp_path / "rust/src/lib.rs", "pub mod vsock;\n", "pub mod vsock;\npub mod vault;\n")
    compiled(tmp_path, tmp_path / "rust")


@pytest.mark.parametrize(
    "old, new",
    [
        ("pub seg_max: Le32,", "pub seg_max: Le16,"),
        ("seg_max 12", "seg_max 16"),
        ("layout!(virtio_blk_geometry, 4,", "layout!(virtio_blk_geometry, 8,"),
    ],
)
def test_rustc_finds_a_wrong_layout(tmp_path, old, new):
    need("rustc")
    shutil.copytree(CRATE, tmp_path / "rust")
    edit(tmp_path / "rust/src/blk.rs", old, new)
    done = completed([*RUSTC, "--crate-type", "lib", "--out-dir", tmp_path, tmp_path / "rust/src/lib.rs"])
    assert done.returncode != 0 and "virtio_blk_" in done.stderr


def example():
    """The program on the page."""
    return re.search(r"```rust\n(.*?)```", (ROOT / "docs/data.md").read_text("utf-8"), re.DOTALL)[1]


def test_the_program_of_the_page(tmp_path):
    compiled(tmp_path)
    (tmp_path / "use.rs").write_text(example(), encoding="utf-8")
    library = ["--extern", f"virtwright={tmp_path}/libvirtwright.rlib"]
    output([*RUSTC, *library, "-o", tmp_path / "use", tmp_path / "use.rs"])
    header = ", ".join(["00"] * 8 + ["40"] + ["00"] * 7)
    assert output([tmp_path / "use"]).splitlines() == [f"read: [{header}]", "disk of 2048 sectors"]


# ---- crates of other authors ----

BINDINGS, SPEC = "0.2.7", "0.4.0"  # of virtio-bindings and virtio-spec
MANIFEST = f"""[package]
name = "compared"
version = "0.0.0"
edition = "2021"

[dependencies]
virtwright = {{ path = "{CRATE}" }}
virtio-bindings = "={BINDINGS}"
virtio-spec = {{ version = "={SPEC}", features = ["mmio", "pci"] }}
"""
CONST = re.compile(r"^pub const ((?:VIRTIO|VIRTQ|VRING|VIRTGPU)_?\w+): \w+ =", re.MULTILINE)
STRUCT = re.compile(r"^pub struct (\w+) \{\n(.*?)^\}", re.MULTILINE | re.DOTALL)
FIELD = re.compile(r"^    pub ((?:r#)?\w+):", re.MULTILINE)
ALIAS = re.compile(r'doc\(alias = "(\w+)"\)\]((?:\s*#\[(?:[^\[\]]|\[[^\]]*\])*\]|\s*///[^\n]*)*)\s*([^\n]*)')
VALUE = re.compile(r"^pub const (\w+): u\d\d = (\d\w*);", re.MULTILINE)
NUMBER = re.compile(r"(?:const )?\w+ = ((?:1 << )?(?:0x)?[0-9a-fA-F_]+)[,;]")


def at_places(crate, pattern):
    """{name: its path in a crate of one module for each file}, of ours or of virtio-bindings."""
    return {
        found[1]: (f"{path.stem}::{found[1]}", FIELD.findall(found[2]) if pattern is STRUCT else [])
        for path in sorted(crate.glob("*.rs"))
        for found in pattern.finditer(path.read_text("utf-8"))
    }


def fetched(folder):
    """{crate: its folder}: both, which cargo gets from crates.io."""
    need("cargo")
    (folder / "src").mkdir(parents=True, exist_ok=True)
    (folder / "src/main.rs").write_text("fn main() {}\n", encoding="utf-8")
    (folder / "Cargo.toml").write_text(MANIFEST, encoding="utf-8")
    done = completed(["cargo", "fetch", "--quiet"], cwd=folder, timeout=300)
    if done.returncode != 0:
        pytest.skip(f"cargo does not fetch the crates: {done.stderr.strip().splitlines()[-1]}")
    words = ["cargo", "metadata", "--format-version", "1", "--offline"]
    packages = json.loads(output(words, cwd=folder))["packages"]
    return {one["name"]: Path(one["manifest_path"]).parent for one in packages}


def shifted(text):
    """A number, or 1 << a number."""
    one, _, by = text.rpartition("<< ")
    return 1 << int(by, 0) if one else int(by, 0)


def ran(folder, lines):
    """What the program with these lines prints: a line for each difference."""
    text = "fn main() {\n" + "".join(f"    {line}\n" for line in lines) + "}\n"
    (folder / "src/main.rs").write_text("#![allow(warnings)]\n" + text, encoding="utf-8")
    return output(["cargo", "run", "--quiet", "--offline"], cwd=folder, timeout=600).splitlines()


def different(name, ours, theirs):
    return f'if ({ours}) as i128 != ({theirs}) as i128 {{ println!("{name} {{}} {{}}", {ours}, {theirs}); }}'


# Of Linux's headers: what they lack or have in another form.
BINDINGS_DIFFER = {
    "virtio_gpu_config 20 16": "without blob_alignment, which version 1.4 has",
    "virtio_net_config 28 24": "without supported_tunnel_types",
    "virtio_net_hash_config 13 16": "padded for an array of variable length in its middle",
    "virtio_net_hdr 32 10": "without what VERSION_1 and HASH_REPORT add, which is in virtio_net_hdr_v1 and its like",
    "virtio_net_rss_config 8 16": "with members of an array of variable length in its middle",
}


@pytest.mark.soak("oracle.uapi, with the kernel's headers")
def test_the_constants_and_structures_of_virtio_bindings():
    """All that have the same name: those of Linux's headers, by bindgen."""
    folder = BUILD / "tests/formats/compared"
    place = fetched(folder)["virtio-bindings"] / "src/bindings/x86_64"
    lines, counted = [], [0, 0, 0]
    theirs, ours = at_places(place, CONST), at_places(CRATE / "src", CONST)
    for name in sorted(theirs.keys() & ours.keys()):
        paths = f"virtwright::{ours[name][0]}", f"virtio_bindings::{theirs[name][0]}"
        lines.append(different(name, *paths))
        counted[0] += 1
    theirs, ours = at_places(place, STRUCT), at_places(CRATE / "src", STRUCT)
    for name in sorted(theirs.keys() & ours.keys()):
        paths = f"virtwright::{ours[name][0]}", f"virtio_bindings::{theirs[name][0]}"
        lines.append(different(name, *(f"core::mem::size_of::<{path}>()" for path in paths)))
        counted[1] += 1
        fields = {one.removeprefix("r#").rstrip("_"): one for one in theirs[name][1]}
        for field in ours[name][1]:
            other = fields.get(field.removeprefix("r#").rstrip("_"))
            if other:
                words = zip(paths, (field, other))
                lines.append(
                    different(
                        f"{name}.{field}", *(f"core::mem::offset_of!({path}, {one})" for path, one in words)
                    )
                )
                counted[2] += 1
    assert ran(folder, lines) == list(BINDINGS_DIFFER)
    assert counted[0] > 300 and counted[1] > 40 and counted[2] > 200, counted


@pytest.mark.soak("oracle.document, with the specification's source")
def test_the_constants_and_structures_of_virtio_spec():
    """Its items have the specification's names as aliases: numbers by its source, sizes by the compiler."""
    folder = BUILD / "tests/formats/compared"
    place = fetched(folder)["virtio-spec"] / "src"
    numbers = {name: int(value, 0) for name, value in VALUE.findall(sources())}
    structs, lines, wrong, counted = at_places(CRATE / "src", STRUCT), [], [], [0, 0]
    for path in sorted(place.glob("*.rs")):
        for name, _, code in ALIAS.findall(path.read_text("utf-8")):
            number = NUMBER.match(code)
            if number and name in numbers:
                is_bit = "<<" in number[1] and "_F_" in name
                value = int(number[1].rpartition("<< ")[2], 0) if is_bit else shifted(number[1])
                counted[0] += 1
                wrong += [f"{name} {numbers[name]} {value}"] if numbers[name] != value else []
            elif code.startswith("pub struct ") and name in structs:
                other = f"virtio_spec::{path.stem}::{code.split()[2]}"
                sizes = (
                    f"core::mem::size_of::<virtwright::{structs[name][0]}>()",
                    f"core::mem::size_of::<{other}>()",
                )
                lines.append(different(name, *sizes))
                counted[1] += 1
    assert not wrong and ran(folder, lines) == ["virtio_net_hdr 32 12"]  # theirs is without HASH_REPORT
    assert counted[0] > 200 and counted[1] > 15, counted
