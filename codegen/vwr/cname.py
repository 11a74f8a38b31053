# SPDX-License-Identifier: MIT
"""The one naming rule: how a name of the specification becomes a C name, and back (shown in spec/README.md)."""

import re
from functools import cache

PREFIX = "vwr"

# Reserved words of C11 or C++17, because headers have to compile as both.
RESERVED_WORDS = frozenset(
    """
    alignas alignof and and_eq asm auto bitand bitor bool break case catch char char16_t char32_t class compl
    const const_cast constexpr continue decltype default delete do double dynamic_cast else enum explicit export
    extern false float for friend goto if inline int long mutable namespace new noexcept not not_eq nullptr
    operator or or_eq private protected public register reinterpret_cast restrict return short signed sizeof
    static static_assert static_cast struct switch template this thread_local throw true try typedef typeid
    typename typeof union unsigned using virtual void volatile wchar_t while xor xor_eq
    _Alignas _Alignof _Atomic _Bool _Complex _Generic _Imaginary _Noreturn _Static_assert _Thread_local
""".split()
)

# "SHMLen" is SHM + Len, "DeviceID" is Device + ID.
_CAMEL = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z0-9]+|[A-Z0-9]+")
_PART = re.compile(r"[A-Za-z0-9]+")
_DOCUMENT_NAME = re.compile(r"p?virt\w*|ring_\w*", re.IGNORECASE)


def _words(name: str) -> list[str]:
    """The words of a name in the spec; a part in one case is one word, including its digits (MAC80211)."""
    words = []
    for part in _PART.findall(name):
        mixed = part != part.lower() and part != part.upper()
        words += _CAMEL.findall(part) if mixed else [part]
    return words


@cache
def snake(name: str) -> str:
    """MagicValue -> magic_value, split-ring -> split_ring, VERSION_1 -> version_1."""
    return "_".join(_words(name)).lower()


def member(name: str) -> str:
    """The name of a struct member: the field's name, with an underscore if it is a keyword of C."""
    return snake(name) + ("_" if name.endswith("_") else "")


def ident(*parts: str) -> str:
    """Function, struct, enum or table: ident("blk", "config") -> vwr_blk_config."""
    return "_".join([PREFIX] + [snake(part) for part in parts])


def const_name(*parts: str) -> str:
    """Constant: const_name("blk", "F", "RO") -> VWR_BLK_F_RO."""
    return ident(*parts).upper()


def from_document(name: str) -> str:
    """Our name for a name of the specification: VIRTIO_BLK_F_RO -> VWR_BLK_F_RO, virtq_desc -> vwr_virtq_desc."""
    bare = re.sub(r"^virtio_", "", name, flags=re.IGNORECASE)
    return f"{PREFIX.upper() if name.isupper() else PREFIX}_{bare}"


def document_const(*parts: str) -> str:
    """The specification's name for one of our constants: ("blk", "F", "RO") -> VIRTIO_BLK_F_RO."""
    return "_".join(["VIRTIO"] + [snake(part).upper() for part in parts])


def document_ident(*parts: str) -> str:
    """The specification's name for one of our structs: ("blk", "config") -> virtio_blk_config."""
    return "_".join(["virtio"] + [snake(part) for part in parts])


def is_document_name(name: str) -> bool:
    """Whether the specification gives a name of its own that can stand beside others': virtio_x, VIRTNET_X, pvirtq_x."""
    return bool(_DOCUMENT_NAME.fullmatch(name))


def bare_const(*parts: str) -> str:
    """A document name without virtio_ in it, as the rings have: ("VIRTQ_DESC_F", "NEXT") -> VIRTQ_DESC_F_NEXT."""
    return "_".join(snake(part).upper() for part in parts)


def module(name: str) -> str:
    """Name under which a spec file's Python module can be imported: 9p -> _9p."""
    return stem(name) if stem(name).isidentifier() else f"_{stem(name)}"


def stem(name: str) -> str:
    """File name of a spec file's outputs: split-ring -> split_ring."""
    return snake(name)
