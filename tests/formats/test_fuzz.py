# SPDX-License-Identifier: MIT
"""Dictionaries and seeds for fuzzers (docs/data.md): fuzzers of other authors read them."""

import os
import re

import pytest

import made
from folders import ROOT
from processes import completed, need, output
from vwr.generate.current import current

DICTIONARIES = sorted((ROOT / "generated/fuzz").glob("*.dict"))
# A parser of one message, which stops at the type that no other message of the device has.
HARNESS = """\
#include "virtio_gpu.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, unsigned long size)
{
    struct virtio_gpu_ctrl_hdr header;

    if (size < sizeof(header))
        return 0;
    memcpy(&header, data, sizeof(header));
    if (header.type == VIRTIO_GPU_CMD_RESOURCE_FLUSH)
        __builtin_trap();
    return 0;
}
"""


def built(folder, compiler, debian=""):
    """The harness, with that compiler's fuzzer."""
    need(compiler, debian=debian)
    (folder / "harness.c").write_text(HARNESS, encoding="utf-8")
    words = ["-fsanitize=fuzzer", "-O1", f"-I{made.folder()}/standalone", folder / "harness.c"]
    done = completed([compiler, *words, "-o", folder / compiler])
    if done.returncode != 0:
        pytest.skip(f"{compiler} has no fuzzer here: {done.stderr.strip().splitlines()[-1]}")
    return folder / compiler


def seeds(folder):
    """The folder with the messages of a GPU's driver, as ./vwr generate --out writes them."""
    begin = "fuzz/seeds/gpu/driver/"
    found = {path: text for path, text in current(folder).files.items() if path.startswith(begin)}
    for path, content in found.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    assert len(found) > 20
    return folder / begin


def entries(file):
    return len(re.findall(r'^\w+="(?:\\x[0-9a-f]{2})+"$', file.read_text("ascii"), re.MULTILINE))


def test_libfuzzer_reads_each_dictionary(tmp_path):
    program = built(tmp_path, "clang")
    assert len(DICTIONARIES) > 20
    for file in DICTIONARIES:
        done = completed([program, "-runs=0", f"-dict={file}"])
        assert done.returncode == 0 and f"Dictionary: {entries(file)} entries\n" in done.stderr, done.stderr


def test_libfuzzer_finds_the_message_of_a_type(tmp_path):
    """By the dictionary alone, and by the seeds alone; with neither, four bytes are too many to guess."""
    program, words = built(tmp_path, "clang"), [
        "-seed=1",
        "-runs=20000",
        "-max_len=64",
        "-use_cmp=0",
    ]
    assert completed([program, *words], cwd=tmp_path).returncode == 0
    for more in ([f"-dict={ROOT}/generated/fuzz/gpu.dict"], [seeds(tmp_path)]):
        done = completed([program, *words, *more], cwd=tmp_path)
        assert done.returncode != 0 and "deadly signal" in done.stderr, done.stderr


def test_afl_reads_dictionary_and_seeds(tmp_path):
    need("afl-fuzz", debian="afl++")
    program, folder = built(tmp_path, "afl-clang-fast", debian="afl++"), seeds(tmp_path)
    names = "SKIP_CPUFREQ NO_UI NO_AFFINITY I_DONT_CARE_ABOUT_MISSING_CRASHES".split()
    usual = {key: value for key, value in os.environ.items() if not key.endswith("SAN_OPTIONS")}
    environment = usual | dict.fromkeys((f"AFL_{name}" for name in names), "1")
    words = ["-E", "2000", "-i", folder, "-o", tmp_path / "out", "-x", ROOT / "generated/fuzz/gpu.dict"]
    said = output(["timeout", "-k", "5", "60", "afl-fuzz", *words, "--", program], env=environment)
    assert f"Loaded {entries(ROOT / 'generated/fuzz/gpu.dict')} extra tokens" in said
    assert f"Loaded a total of {len(list(folder.iterdir()))} seeds" in said
