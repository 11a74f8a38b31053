/* SPDX-License-Identifier: MIT */
#ifndef WORLD_H
#define WORLD_H

#include "vwr/blk.h"
#include "vwr/mmio.h"
#include "fake_blk.h"
#include "fake_ram.h"
#include "cmocka_all.h"

/*
 * One device, one driver, and the memory between them. A test gets a fresh world as *state and
 * plugs a device in; tearing down asserts that no rule of the specification was broken.
 */
#define WORLD_BUFFER_BYTES (32u * 1024u)
#define WORLD_QUEUE 16u

struct world {
    const void *param; /* the test's initial_state */
    struct fake f;
    struct fake_blk disk;
    struct vwr_mmio mmio;
    struct vwr_blk blk;
    struct vwr_blk_options options;
    struct vwr_queue_memory memory;
    struct vwr_queue queue; /* for tests below blk */
    uint8_t *buffer;        /* WORLD_BUFFER_BYTES, on a page */
    char text[512];
};

int world_setup(void **state);
int world_teardown(void **state);

/* An honest disk at FAKE_BASE with FLUSH, BLK_SIZE and SEG_MAX, and features that this runtime does not
 * drive. */
void world_plug(struct world *w, uint32_t version);

/* The same device, which keeps the rules from here on; what the driver has done to it stays. */
void world_honest(struct world *w);

/* Gives the queue other memory: `size` descriptors. */
void world_memory(struct world *w, uint16_t size);

int world_probe(struct world *w);
int world_open(struct world *w);    /* probe and open */
void world_opened(struct world *w); /* the same, must succeed, and the transcript is forgotten */

/* Negotiates without a class and adds queue 0; the device has DRIVER_OK and no back end. */
void world_ring(struct world *w, uint32_t version, uint16_t size);

/* Negotiates without a class: what the runtime takes by itself, and `need` (NULL for nothing). */
int world_negotiate(struct world *w, const struct vwr_features *need);

/* Queue 0 without a class. */
int world_add_queue(struct world *w);

/* Close, open again, read: after whatever went before, the device works. */
void world_works_again(struct world *w);

/* Does the buffer hold `count` sectors of the disk's first contents from `sector` on? */
bool world_has_pattern(const struct world *w, uint64_t sector, uint32_t count);

/* vwr_blk_explain and vwr_dev_explain have these words. */
void world_explains(struct world *w, const char *words);
void world_dev_explains(struct world *w, const char *words);

/* A row of a table as a test of its own; `param` has the name as its first member's text. */
struct CMUnitTest world_test(const char *name, CMUnitTestFunction test, const void *param);

#define WORLD_TEST(function) world_test(#function, function, NULL)
#define WORLD_MODERN(function) world_test(#function "_modern", function, &world_modern)
#define WORLD_LEGACY(function) world_test(#function "_legacy", function, &world_legacy)
extern const uint32_t world_modern;
extern const uint32_t world_legacy;

/* The version of a WORLD_MODERN or WORLD_LEGACY test. */
uint32_t world_version(const struct world *w);

/* Runs `test` in a process of its own: false if it did not come back by itself. */
bool world_survives(void (*test)(struct world *w), struct world *w);

#endif
