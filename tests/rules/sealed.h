/* SPDX-License-Identifier: MIT */
#ifndef SEALED_H
#define SEALED_H

/*
 * For test_ring_memory.py, included before anything else: the fields of rings and descriptors are of types
 * that no number goes into or comes out of, so that what accesses one directly does not compile; &desc->len
 * does. With SEALED_TYPES the types of such fields are sealed wherever they are named, for pointers to a
 * field.
 */
#include "vwr/base.h"

/* const: one is not assigned to another either. */
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
