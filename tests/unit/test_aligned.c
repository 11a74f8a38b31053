/* SPDX-License-Identifier: MIT */
#include "world.h"

/* A port whose DMA wants buffers on 64 bytes: this program is built with VWR_PORT_DMA_ALIGN=64u. */

VWR_STATIC_ASSERT(VWR_PORT_DMA_ALIGN == 64, "built without the alignment that it tests");

static void misaligned_buffer(void **state)
{
    static const unsigned offsets[] = {1, 2, 4, 8, 16, 32, 63, 65, 96};
    struct world *w = *state;

    world_plug(w, world_version(w));
    world_opened(w);
    for (unsigned i = 0; i < sizeof(offsets) / sizeof(offsets[0]); i++) {
        assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer + offsets[i], 1), VWR_EALIGN);
        assert_int_equal(vwr_blk_write(&w->blk, 0, w->buffer + offsets[i], 1), VWR_EALIGN);
    }
    assert_int_equal(w->f.accesses, 0);
}

static void aligned_buffer(void **state)
{
    struct world *w = *state;
    uint8_t *const buffer = w->buffer;

    world_plug(w, world_version(w));
    world_opened(w);
    for (unsigned offset = 0; offset <= 4096; offset += 64) {
        w->buffer = buffer + offset;
        assert_int_equal(vwr_blk_read(&w->blk, 5, w->buffer, 3), VWR_OK);
        assert_true(world_has_pattern(w, 5, 3));
    }
    w->buffer = buffer;
    assert_int_equal(vwr_blk_flush(&w->blk), VWR_OK);
}

#define BOTH(function) WORLD_MODERN(function), WORLD_LEGACY(function)

int main(void)
{
    const struct CMUnitTest tests[] = {BOTH(misaligned_buffer), BOTH(aligned_buffer)};

    return cmocka_run_group_tests_name("aligned", tests, NULL, NULL);
}
