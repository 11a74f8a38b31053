/* SPDX-License-Identifier: MIT */
#ifndef SEALED_H
#define SEALED_H

/*
 * test_ring_memory.py includes this file before anything else. It gives the fields of rings and descriptors
 * types that convert neither to nor from numbers. Code that accesses a field directly does not compile;
 * &desc->len does. With SEALED_TYPES the types themselves are sealed wherever they are named, for pointers to
 * a field.
 */
#include "vwr/base.h"

/* const: also forbids the assignment of one field to another. */
struct sealed16 {
    const uint16_t sealed;
};
struct sealed32 {
    const uint32_t sealed;
};
struct sealed64 {
    const uint64_t sealed;
};

#define vwr_le16 struct sealed16
#define vwr_le32 struct sealed32
#define vwr_le64 struct sealed64
#include "vwr/gen/packed_ring.h"
#include "vwr/gen/split_ring.h"
#ifndef SEALED_TYPES
#undef vwr_le16
#undef vwr_le32
#undef vwr_le64
#endif

#endif
