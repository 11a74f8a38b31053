/* SPDX-License-Identifier: MIT */
#include "world.h"
#include "vwr/gen/features.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#if VWR_PORT_HAS_DMA_MAP /* with port_bounce the device reaches data only in the pool */
#include "../../common/bounce.h"

static _Alignas(FAKE_PAGE_BYTES) uint8_t pool[BOUNCE_BYTES];

static void begin_dma(void)
{
    fake_ram_map(pool, sizeof(pool));
    bounce_begin(pool, sizeof(pool), FAKE_MAPPED_ADDR);
}
#else
static void begin_dma(void)
{
}
#endif

const uint32_t world_modern = VWR_MMIO_VERSION_MODERN;
const uint32_t world_legacy = VWR_MMIO_VERSION_LEGACY;

int world_setup(void **state)
{
    struct world *w = calloc(1, sizeof(*w));

    if (w == NULL)
        return -1;
    fake_bus_reset();
    fake_ram_reset();
    begin_dma();
    w->param = *state;
    memset(&w->mmio, 0xa5, sizeof(w->mmio)); /* memory of the embedder is not zeroed */
    memset(&w->blk, 0xa5, sizeof(w->blk));
    memset(&w->queue, 0xa5, sizeof(w->queue));
    w->buffer = fake_ram_alloc(WORLD_BUFFER_BYTES, FAKE_PAGE_BYTES);
    world_memory(w, WORLD_QUEUE);
    *state = w;
    return 0;
}

int world_teardown(void **state)
{
    struct world *w = *state;
    const bool kept = w->f.broken_rule[0] == '\0';

    if (!kept)
        print_error("rule broken: %s\n", w->f.broken_rule);
    free(w->memory.own);
    free(w);
    fake_bus_reset();
    return kept ? 0 : -1;
}

void world_memory(struct world *w, uint16_t size)
{
    free(w->memory.own);
    w->memory.size = size;
    w->memory.shared_bytes = VWR_BLK_SHARED_BYTES(size, 1, 1);
    w->memory.own_bytes = VWR_QUEUE_OWN_BYTES(size);
    w->memory.shared = fake_ram_alloc(w->memory.shared_bytes, VWR_QUEUE_SHARED_ALIGN);
    w->memory.own = malloc(w->memory.own_bytes);
    assert_non_null(w->memory.own);
    memset(w->memory.own, 0xa5, w->memory.own_bytes);
}

void world_honest(struct world *w)
{
    struct fake *f = &w->f;
    const uint32_t version = f->version;

    memset(&f->quirks, 0, sizeof(f->quirks));
    memset(f->offered, 0, sizeof(f->offered));
    f->magic = VWR_MMIO_MAGIC_VALUE_VALUE;
    f->device_id = VWR_BLK_ID;
    f->queue[0].size_max = 64;
    f->on_time = NULL;
    fake_blk_attach(f, &w->disk);
    if (version == VWR_MMIO_VERSION_MODERN)
        fake_offer(f, VWR_F_VERSION_1);
    else
        fake_offer(f, VWR_F_ANY_LAYOUT);
    fake_offer(f, VWR_F_INDIRECT_DESC);
    fake_offer(f, VWR_F_EVENT_IDX);
    fake_offer(f, VWR_BLK_F_FLUSH);
    fake_offer(f, VWR_BLK_F_BLK_SIZE);
    fake_offer(f, VWR_BLK_F_SEG_MAX);
    fake_config(f, VWR_BLK_CONFIG_BLK_SIZE, 4, VWR_BLK_SECTOR_BYTES);
    fake_config(f, VWR_BLK_CONFIG_SEG_MAX, 4, 126);
}

void world_plug(struct world *w, uint32_t version)
{
    fake_plug(&w->f, FAKE_BASE, version);
    world_honest(w);
}

int world_probe(struct world *w)
{
    const int r = vwr_mmio_probe(&w->mmio, (volatile void *)w->f.base, VWR_MMIO_SIZE);

    w->mmio.dev.dma_context = &w->mmio.dev;
    vwr_dev_want(&w->mmio.dev, VWR_F_IN_ORDER); /* the fake device offers it only to formats in order */
    return r;
}

int world_open(struct world *w)
{
    int r = world_probe(w);

    return r == VWR_OK ? vwr_blk_open_with(&w->blk, &w->mmio.dev, &w->memory, &w->options) : r;
}

void world_opened(struct world *w)
{
    assert_int_equal(world_open(w), VWR_OK);
    fake_forget(&w->f);
}

int world_negotiate(struct world *w, const struct vwr_features *need)
{
    static const struct vwr_features none;
    const struct vwr_feature_policy request = {
        .want = &none, .need = need != NULL ? need : &none, .avoid = &none};

    return vwr_dev_negotiate(&w->mmio.dev, &request);
}

int world_add_queue(struct world *w)
{
    return vwr_dev_add_queue(&w->mmio.dev, 0, &w->queue, &w->memory, 0);
}

void world_ring(struct world *w, uint32_t version, uint16_t size)
{
    world_plug(w, version);
    world_memory(w, size);
    w->f.queue[0].size_max = size;
    w->f.on_notify = NULL;
    fake_withhold(&w->f, VWR_F_INDIRECT_DESC);
    fake_withhold(&w->f, VWR_F_EVENT_IDX);
    assert_int_equal(world_probe(w), VWR_OK);
    assert_int_equal(world_negotiate(w, NULL), VWR_OK);
    assert_int_equal(world_add_queue(w), VWR_OK);
    assert_int_equal(vwr_dev_start(&w->mmio.dev), VWR_OK);
    assert_int_equal(w->f.queue[0].size, size);
    fake_forget(&w->f);
}

bool world_has_pattern(const struct world *w, uint64_t sector, uint32_t count)
{
    for (size_t i = 0; i < (size_t)count * VWR_BLK_SECTOR_BYTES; i++)
        if (w->buffer[i] != fake_blk_pattern(sector * VWR_BLK_SECTOR_BYTES + i))
            return false;
    return true;
}

void world_works_again(struct world *w)
{
    fake_ram_translate(NULL);
    memset(&w->options, 0, sizeof(w->options));
    memset(w->buffer, 0, WORLD_BUFFER_BYTES);
    assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
    assert_int_equal(vwr_blk_open_with(&w->blk, &w->mmio.dev, &w->memory, NULL), VWR_OK);
    assert_int_equal(vwr_blk_read(&w->blk, 3, w->buffer, 4), VWR_OK);
    assert_true(world_has_pattern(w, 3, 4));
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
    assert_int_equal(w->f.status, VWR_STATUS_RESET);
}

static void check_words(const struct world *w, size_t length, const char *words)
{
    assert_true(length < sizeof(w->text));
    if (strstr(w->text, words) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", w->text, words);
}

void world_explains(struct world *w, const char *words)
{
    check_words(w, vwr_blk_explain(&w->blk, w->text, sizeof(w->text)), words);
}

void world_dev_explains(struct world *w, const char *words)
{
    check_words(w, vwr_dev_explain(&w->mmio.dev, w->text, sizeof(w->text)), words);
}

struct CMUnitTest world_test(const char *name, CMUnitTestFunction test, const void *param)
{
    /* cmocka takes no const here; no code writes to it. */
    return (struct CMUnitTest){name, test, world_setup, world_teardown, (void *)(uintptr_t)param};
}

uint32_t world_version(const struct world *w)
{
    return *(const uint32_t *)w->param;
}

bool world_survives(void (*test)(struct world *w), struct world *w)
{
    pid_t child;
    int status = 0;

    fflush(NULL);
    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        test(w);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}
