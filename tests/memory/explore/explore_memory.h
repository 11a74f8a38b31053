/* SPDX-License-Identifier: MIT */
#ifndef EXPLORE_MEMORY_H
#define EXPLORE_MEMORY_H

/*
 * The accessors of vwr/ring.h in this test (VWR_RING_MEMORY_HEADER): each is a call into memory.c with its
 * site in the source. The barrier at a site can be disabled.
 */

enum explore_kind { EXPLORE_ACCESS, EXPLORE_PUBLISH, EXPLORE_ACQUIRE, EXPLORE_MB, EXPLORE_RELEASE };

/* Remaining effect of a barrier. */
enum explore_use {
    EXPLORE_WHOLE,
    EXPLORE_WEAK, /* publish, release: orders stores with stores and loads with loads, but no load before a
                     store; mb: a release */
    EXPLORE_GONE
};

struct explore_site {
    const char *file;
    const char *function;
    int line;
    enum explore_kind kind;
    enum explore_use use;
    bool is_reached; /* barrier executed since sites_forget */
};

uint64_t explore_load(const void *p, unsigned bytes, const struct explore_site *site);
void explore_store(void *p, unsigned bytes, uint64_t value, const struct explore_site *site);
void explore_publish(void *p, unsigned bytes, uint64_t value, struct explore_site *site);
void explore_release(struct explore_site *site);
void explore_acquire(struct explore_site *site);
void explore_mb(struct explore_site *site);

/* The linker collects the sites of all files, executed or not. */
#define EXPLORE_SITE(kind)                                                                                  \
    __extension__({                                                                                         \
        static struct explore_site site_ = {__FILE__, __func__, __LINE__, (kind), EXPLORE_WHOLE, false};    \
        static struct explore_site *const listed_ __attribute__((section("explore_sites"), used)) = &site_; \
        &site_;                                                                                             \
    })

#define vwr_ring_load8(p) ((uint8_t)explore_load((p), 1, EXPLORE_SITE(EXPLORE_ACCESS)))
#define vwr_ring_load16(p) ((uint16_t)explore_load((p), 2, EXPLORE_SITE(EXPLORE_ACCESS)))
#define vwr_ring_load32(p) ((uint32_t)explore_load((p), 4, EXPLORE_SITE(EXPLORE_ACCESS)))
#ifdef EXPLORE_32_BIT /* as compiled for a 32-bit machine: two accesses, in any order */
#define vwr_ring_load64(p)                                                           \
    (explore_load((const uint8_t *)(p) + 4, 4, EXPLORE_SITE(EXPLORE_ACCESS)) << 32 | \
     explore_load((p), 4, EXPLORE_SITE(EXPLORE_ACCESS)))
#define vwr_ring_store64(p, v)                                                        \
    do {                                                                              \
        const uint64_t v_ = (v);                                                      \
        explore_store((uint8_t *)(p) + 4, 4, v_ >> 32, EXPLORE_SITE(EXPLORE_ACCESS)); \
        explore_store((p), 4, (uint32_t)v_, EXPLORE_SITE(EXPLORE_ACCESS));            \
    } while (0)
#else
#define vwr_ring_load64(p) explore_load((p), 8, EXPLORE_SITE(EXPLORE_ACCESS))
#define vwr_ring_store64(p, v) explore_store((p), 8, (v), EXPLORE_SITE(EXPLORE_ACCESS))
#endif
#define vwr_ring_store16(p, v) explore_store((p), 2, (uint16_t)(v), EXPLORE_SITE(EXPLORE_ACCESS))
#define vwr_ring_store32(p, v) explore_store((p), 4, (uint32_t)(v), EXPLORE_SITE(EXPLORE_ACCESS))
#define vwr_ring_publish16(p, v) explore_publish((p), 2, (uint16_t)(v), EXPLORE_SITE(EXPLORE_PUBLISH))
#define vwr_ring_acquire() explore_acquire(EXPLORE_SITE(EXPLORE_ACQUIRE))
#define vwr_ring_mb() explore_mb(EXPLORE_SITE(EXPLORE_MB))

#endif
