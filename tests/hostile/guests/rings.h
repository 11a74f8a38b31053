/* SPDX-License-Identifier: MIT */
#ifndef RINGS_H
#define RINGS_H

#include "hostile.h"
#include "sink.h"

#include "vwr/gen/features.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/packed_ring.h"
#include "vwr/gen/split_ring.h"
#include "vwr/gen/status.h"

/* Common parts of the ring cases. Queue 0 has SIZE descriptors. */
#define SIZE 8u
#define AT(n) (GUEST_DATA + 0x100u * (n)) /* buffers, far apart */
#define WRITE ((uint16_t)VWR_VIRTQ_DESC_F_WRITE)
#define NEXT ((uint16_t)VWR_VIRTQ_DESC_F_NEXT)
#define INDIRECT ((uint16_t)VWR_VIRTQ_DESC_F_INDIRECT)
#define TABLE (GUEST_LOW + GUEST_LOW_BYTES - 0x800u) /* indirect tables */

static inline struct sink *sink_in(struct guest *g)
{
    return g->device;
}

extern const struct hostile_device rings_device;

/* Sends one valid chain, 24 bytes to read and 48 to write in two segments, and checks all of its effects. */
void rings_good(struct guest *g, unsigned queue);

/* Checks the last buffer as the device saw it. */
void rings_saw(struct guest *g, unsigned out, uint32_t out_bytes, unsigned in, uint32_t in_bytes);

/* Sends one segment, and checks how much of it the device takes. */
void rings_one(struct guest *g, uint64_t addr, uint32_t len, unsigned flags);

/* A chain that consists of a table with `count` valid descriptors. */
void rings_table(struct guest *g, uint64_t table, unsigned count);

extern const struct hostile_case cases_split[];
extern const unsigned cases_split_count;
extern const struct hostile_case cases_segments[];
extern const unsigned cases_segments_count;
extern const struct hostile_case cases_tables[];
extern const unsigned cases_tables_count;
extern const struct hostile_case cases_packed[];
extern const unsigned cases_packed_count;
extern const struct hostile_case cases_calls[];
extern const unsigned cases_calls_count;
extern const struct hostile_case cases_times[];
extern const unsigned cases_times_count;

#endif
