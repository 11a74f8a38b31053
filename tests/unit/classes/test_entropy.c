/* SPDX-License-Identifier: MIT */
#include "host_vm.h"
#include "guest_entropy.h"
#include "vwr/ventropy.h"

#include <stdlib.h>
#include <string.h>

/*
 * An entropy source and a guest's driver for it, in every ring format. Short answers and resets: the bench of
 * the class, in hostile.entropy.
 */

struct world {
    struct host_vm h;
    struct vwr_ventropy e;
    struct guest_lane_memory *memory;
    struct guest_entropy g;
    uint32_t left; /* bytes left in the source */
    uint8_t next;
};

static uint32_t source(struct vwr_ventropy *e, uint8_t *bytes, uint32_t n)
{
    struct world *const w = e->context;
    const uint32_t given = n < w->left ? n : w->left;

    assert_true(w->h.locked && n > 0);
    for (uint32_t i = 0; i < given; i++)
        bytes[i] = w->next++;
    w->left -= given;
    return given;
}

static struct world *begin(void **state)
{
    struct world *const w = calloc(1, sizeof(*w));

    assert_non_null(w);
    host_vm_begin(&w->h, *state);
    w->memory = host_vm_alloc(&w->h, sizeof(*w->memory));
    w->left = UINT32_MAX;
    assert_int_equal(vwr_ventropy_init_with(&w->e, &w->h.setup, source, w), VWR_OK);
    host_vm_plug(&w->h, &w->e.dev);
    assert_int_equal(guest_entropy_open(&w->g, &w->h.mmio.dev, w->memory, NULL), VWR_OK);
    return w;
}

static void end(struct world *w)
{
    assert_int_equal(w->h.broken, 0);
    host_vm_end(&w->h);
    free(w);
}

/* Checks that `n` bytes arrive, numbered from `first` on. */
static void assert_come(struct world *w, uint32_t n, uint8_t first)
{
    uint8_t bytes[GUEST_LANE_BYTES];
    uint32_t come;

    assert_int_equal(guest_entropy_take(&w->g, bytes, &come), 1);
    assert_int_equal(come, n);
    for (uint32_t i = 0; i < n; i++)
        assert_int_equal(bytes[i], (uint8_t)(first + i));
}

static void assert_none(struct world *w)
{
    uint8_t bytes[GUEST_LANE_BYTES];
    uint32_t come;

    assert_int_equal(guest_entropy_take(&w->g, bytes, &come), 0);
}

static void fills(void **state)
{
    struct world *const w = begin(state);
    uint8_t first = 0;

    for (uint32_t n = 1; n <= GUEST_LANE_BYTES; n++) {
        assert_int_equal(guest_entropy_ask(&w->g, n), VWR_OK);
        assert_come(w, n, first);
        assert_none(w);
        first = (uint8_t)(first + n);
    }
    end(w);
}

/* No bytes available: buffers wait and complete in order when bytes arrive. */
static void none_now(void **state)
{
    struct world *const w = begin(state);

    w->left = 0;
    vwr_ventropy_resume(&w->e);
    for (unsigned i = 0; i < 3; i++)
        assert_int_equal(guest_entropy_ask(&w->g, 8), VWR_OK);
    assert_none(w);
    assert_int_equal(w->h.interrupts, 0);
    w->left = 12;
    vwr_ventropy_resume(&w->e);
    assert_come(w, 8, 0);
    assert_come(w, 4, 8);
    assert_none(w);
    w->left = UINT32_MAX;
    vwr_ventropy_resume(&w->e);
    assert_come(w, 8, 12);
    assert_none(w);
    assert_int_equal(guest_entropy_ask(&w->g, 8), VWR_OK); /* and the device requests more by itself */
    assert_come(w, 8, 20);
    end(w);
}

static void without_a_source(void **state)
{
    struct host_vm h;
    struct vwr_ventropy e;

    host_vm_begin(&h, *state);
    assert_int_equal(vwr_ventropy_init_with(&e, &h.setup, NULL, NULL), VWR_EINVAL);
    h.setup.queue_count = 0;
    assert_int_equal(vwr_ventropy_init_with(&e, &h.setup, source, NULL), VWR_ENOMEM);
    host_vm_end(&h);
}

int main(void)
{
#define CASE(function)      \
    {                       \
#function, function \
    }
    static const struct host_vm_case cases[] = {CASE(fills), CASE(none_now), CASE(without_a_source)};

    return host_vm_run("entropy", cases, sizeof(cases) / sizeof(cases[0]));
}
