/* SPDX-License-Identifier: MIT */
#ifndef WORLD_H
#define WORLD_H

#include "vwr/blk.h"
#include "vwr/mmio.h"
#include "fake_blk.h"
#include "fake_ram.h"
#include "cmocka_all.h"

/*
 * One device, one driver, and the memory between them. A test gets a new world as *state and plugs a device
 * in; the teardown asserts that no rule of the specification was broken.
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
    struct vwr_queue queue; /* for tests below the block driver */
    uint8_t *buffer;        /* WORLD_BUFFER_BYTES, page-aligned */
    char text[512];
};

int world_setup(void **state);
int world_teardown(void **state);

/* A correct disk at FAKE_BASE with FLUSH, BLK_SIZE, SEG_MAX and features that this runtime does not
 * support. */
void world_plug(struct world *w, uint32_t version);

/* The same device, which follows the rules from now on; the state that the driver has set stays. */
void world_honest(struct world *w);

/* Gives the queue new memory for `size` descriptors. */
void world_memory(struct world *w, uint16_t size);

int world_probe(struct world *w);
int world_open(struct world *w);    /* probe and open */
void world_opened(struct world *w); /* as world_open, but must succeed, and clears the transcript */

/* Negotiates without a class and adds queue 0; the device has DRIVER_OK and no back end. */
void world_ring(struct world *w, uint32_t version, uint16_t size);

/* Negotiates without a class: the features that the runtime accepts by default, and `need` (NULL for
 * none). */
int world_negotiate(struct world *w, const struct vwr_features *need);

/* Adds queue 0 without a class. */
int world_add_queue(struct world *w);

/* Closes, opens again and reads: the device works, whatever happened before. */
void world_works_again(struct world *w);

/* Does the buffer hold `count` sectors of the disk's initial contents, starting at `sector`? */
bool world_has_pattern(const struct world *w, uint64_t sector, uint32_t count);

/* Checks that vwr_blk_explain and vwr_dev_explain contain these words. */
void world_explains(struct world *w, const char *words);
void world_dev_explains(struct world *w, const char *words);

/* Makes a table row a separate test; the first member of `param` is the name. */
struct CMUnitTest world_test(const char *name, CMUnitTestFunction test, const void *param);

#define WORLD_TEST(function) world_test(#function, function, NULL)
#define WORLD_MODERN(function) world_test(#function "_modern", function, &world_modern)
#define WORLD_LEGACY(function) world_test(#function "_legacy", function, &world_legacy)
extern const uint32_t world_modern;
extern const uint32_t world_legacy;

/* The version of a WORLD_MODERN or WORLD_LEGACY test. */
uint32_t world_version(const struct world *w);

/* Runs `test` in a separate process: false if it did not return by itself. */
bool world_survives(void (*test)(struct world *w), struct world *w);

#endif
