/* SPDX-License-Identifier: MIT */
#include "between.h"

#include "guest_console.h"
#include "guest_entropy.h"

#include "vwr/gen/features.h"

#include <string.h>

/*
 * Our driver and our device, with an attacker between them that changes bytes of the shared memory and
 * register values in flight. Both may only report errors: the driver completes each request once, or keeps it
 * until the device is reset; the device accesses only memory of the guest. As long as nothing was changed,
 * neither may report an error.
 */

#define REQUESTS 8u
#define SIZE 16u
#define SLICE 0x380u /* of the data region, for each request */

static struct {
    struct input in;
    struct vwr_mmio mmio;
    struct vwr_blk blk;
    struct vwr_blk_requestq second_queue;
    struct vwr_blk_more more;
    uint8_t own[2][VWR_BLK_OWN_BYTES(SIZE, REQUESTS)] __attribute__((aligned(8)));
    struct vwr_blk_req req[REQUESTS];
    bool out[REQUESTS];
    struct guest_console console;
    struct guest_entropy entropy;
    bool open;
} pair;

/* ---- the disk's driver ---- */

static void lend(struct vwr_queue_memory *m, unsigned queue, uint16_t size)
{
    m->size = size;
    m->shared_bytes = VWR_BLK_SHARED_BYTES((size_t)SIZE, (size_t)REQUESTS, 3);
    m->shared = between_shared(queue * 0x8000u);
    m->own = pair.own[queue];
    m->own_bytes = sizeof(pair.own[queue]);
}

static void open_disk(void)
{
    const uint8_t how = input_u8(&pair.in);
    const uint8_t avoid = input_u8(&pair.in);
    struct vwr_blk_options o = {
        .request.timeout_us = 2000, .request.requests = REQUESTS, .request.segments = 3, .request.spin = 10};
    struct vwr_queue_memory m;

    lend(&m, 0, (uint16_t)(1 + how % SIZE));
    pair.more.queue = &pair.second_queue;
    lend(&pair.more.memory, 1, m.size);
    o.more = &pair.more;
    o.more_count = (how & 0x10) != 0;
    o.request.replay = (how & 0x20) != 0;
    for (unsigned i = 0; i < 6; i++)
        if ((avoid >> i & 1) != 0)
            vwr_features_add(&o.avoid, VWR_F_INDIRECT_DESC + i);
    memset(pair.req, 0, sizeof(pair.req));
    memset(pair.out, 0, sizeof(pair.out));
    pair.open = vwr_blk_open_with(&pair.blk, &pair.mmio.dev, &m, &o) == VWR_OK;
}

static struct vwr_blk_requestq *queue_of(uint8_t which)
{
    return vwr_blk_get_requestq(&pair.blk, (which & 0x80) != 0 && pair.blk.queue_count > 1 ? 1 : 0);
}

static void submit(void)
{
    static const uint32_t types[8] = {VWR_BLK_T_IN,           VWR_BLK_T_OUT,    VWR_BLK_T_IN,
                                      VWR_BLK_T_OUT,          VWR_BLK_T_GET_ID, VWR_BLK_T_DISCARD,
                                      VWR_BLK_T_WRITE_ZEROES, VWR_BLK_T_FLUSH};
    const uint8_t which = input_u8(&pair.in);
    const uint8_t where = input_u8(&pair.in);
    struct vwr_blk_req *const r = &pair.req[which % REQUESTS];
    const uint32_t type = types[which >> 3 & 7];
    uint8_t *const data = (uint8_t *)world_at(WORLD_DATA, 1) + which % REQUESTS * SLICE;

    if (pair.out[which % REQUESTS]) {
        MUST(vwr_blk_submit(queue_of(which), r) != VWR_OK);
        return;
    }
    if (type == VWR_BLK_T_DISCARD || type == VWR_BLK_T_WRITE_ZEROES)
        vwr_blk_fill_range(r, type, where % WORLD_SECTORS, 1 + where / 32u, (where & 1) != 0);
    else if (type == VWR_BLK_T_FLUSH)
        vwr_blk_fill(r, type, 0, NULL, 0);
    else
        vwr_blk_fill(r, type, where % WORLD_SECTORS, data,
                     type == VWR_BLK_T_GET_ID ? VWR_BLK_GET_ID_BYTES : VWR_BLK_SECTOR_BYTES);
    pair.out[which % REQUESTS] = vwr_blk_submit(queue_of(which), r) == VWR_OK;
    MUST(pair.out[which % REQUESTS] == vwr_req_is_in_flight(&r->req));
}

/*
 * Checks a completed request: it was in flight, and its result is a defined one. A back end that answers
 * later than the deadline stops the queue, and a recovery returns the requests with that reason.
 */
static void came_back(const struct vwr_blk_req *r)
{
    const size_t i = (size_t)(r - pair.req);

    MUST(i < REQUESTS && pair.out[i] && !vwr_req_is_in_flight(&r->req));
    MUST(r->req.result <= VWR_OK);
    MUST(between_changed() || world.broken || r->req.result == VWR_OK || r->req.result == VWR_EIO ||
         r->req.result == VWR_ERESET || r->req.result == VWR_ETIMEOUT);
    pair.out[i] = false;
}

static void reap(void)
{
    const uint8_t which = input_u8(&pair.in);
    struct vwr_blk_req *done[REQUESTS];
    const unsigned budget = 1 + which % REQUESTS;
    const int n = (which & 0x40) != 0 ? vwr_blk_service(queue_of(which), budget)
                                      : vwr_blk_reap(queue_of(which), done, budget);

    MUST(n <= (int)budget);
    if ((which & 0x40) == 0)
        for (int i = 0; i < n; i++)
            came_back(done[i]);
}

/* Waits for all calls; each must complete. */
static void wait_for(void)
{
    const uint8_t what = input_u8(&pair.in);
    uint8_t *const data = (uint8_t *)world_at(WORLD_HIGH, 1);
    char id[VWR_BLK_GET_ID_BYTES + 1];
    int r;

    /* clang-format off */
    switch (what & 7) {
    case 0: r = vwr_blk_read(&pair.blk, what >> 3, data, 1 + (what >> 3) % 4u); break;
    case 1: r = vwr_blk_write(&pair.blk, what >> 3, data, 1 + (what >> 3) % 4u); break;
    case 2: r = vwr_blk_flush(&pair.blk); break;
    case 3: r = vwr_blk_get_id(&pair.blk, id); MUST(r != VWR_OK || strlen(id) <= VWR_BLK_GET_ID_BYTES); break;
    case 4: r = vwr_blk_do_ranges(&pair.blk, VWR_BLK_T_WRITE_ZEROES, what >> 3, 9, false); break;
    case 5: r = vwr_blk_config_changed(&pair.blk); break;
    case 6: r = vwr_recover(&pair.blk.bringup); break;
    default: r = vwr_blk_set_write_cache(&pair.blk, (what & 8) != 0); break;
    }
    /* clang-format on */
    MUST(r <= 1);
}

static void close_disk(void)
{
    if (vwr_close(&pair.blk.bringup) != VWR_OK) {
        MUST(between_changed());
        return;
    }
    pair.open = false;
    for (unsigned i = 0; i < REQUESTS; i++) {
        MUST(!vwr_req_is_in_flight(&pair.req[i].req));
        pair.out[i] = false;
    }
}

static void disk_step(uint8_t what)
{
    if (!pair.open) {
        open_disk();
        return;
    }
    /* clang-format off */
    switch (what % 8) {
    case 0: case 1: case 2: submit(); break;
    case 3: (void)vwr_blk_kick(queue_of(what)); break;
    case 4: reap(); break;
    case 5: wait_for(); break;
    case 6: if (vwr_blk_arm(queue_of(what), 1 + what / 32u)) vwr_blk_disarm(queue_of(what)); break;
    default: if ((what & 0xf0) == 0xf0) close_disk(); else (void)vwr_dev_irq(&pair.mmio.dev); break;
    }
    /* clang-format on */
}

/* ---- the other drivers ---- */

static void console_step(uint8_t what)
{
    uint8_t bytes[64];
    int r = VWR_OK;

    memset(bytes, 'y', sizeof(bytes));
    world.output = UINT32_MAX;
    if (!pair.open)
        r = guest_console_open(&pair.console, &pair.mmio.dev, (void *)between_shared(0), NULL);
    else if ((what & 3) == 0)
        (void)guest_console_write(&pair.console, (what >> 2) % pair.console.ports, bytes, what % 64u);
    else if ((what & 3) == 1)
        (void)vwr_vconsole_input(&world.console, what >> 2 & 1, bytes, what % 64u);
    else if ((what & 3) == 2)
        (void)guest_console_read(&pair.console, (what >> 2) % pair.console.ports, bytes, what % 64u);
    else
        r = guest_console_work(&pair.console);
    MUST(r == VWR_OK || between_changed() || world.broken || r == VWR_EFULL);
    pair.open = pair.open || r == VWR_OK;
}

static void entropy_step(uint8_t what)
{
    uint8_t bytes[GUEST_LANE_BYTES];
    uint32_t n = 0;
    int r = VWR_OK;

    if (!pair.open) {
        pair.open =
            guest_entropy_open(&pair.entropy, &pair.mmio.dev, (void *)between_shared(0), NULL) == VWR_OK;
        return;
    }
    world.random = what;
    if ((what & 3) == 0)
        vwr_ventropy_resume(&world.entropy);
    else if ((what & 3) != 1)
        (void)guest_entropy_ask(&pair.entropy, 1 + what % GUEST_LANE_BYTES);
    else
        r = guest_entropy_take(&pair.entropy, bytes, &n);
    MUST(n <= GUEST_LANE_BYTES);
    MUST(r >= 0 || between_changed() || world.broken);
}

static void host_event(uint8_t what)
{
    if ((what & 0xf0) == 0xf0)
        vwr_vdev_needs_reset(world.dev);
    else if (world.plan.class == WORLD_BLK && (what & 0xc0) == 0)
        MUST(vwr_vblk_resize(&world.blk, 1 + what) == VWR_OK);
    else if (world.plan.class == WORLD_BLK)
        world.store.failures = what % 4;
}

static void step(void)
{
    const uint8_t what = input_u8(&pair.in);

    switch (what % 8) {
    case 0:
        if ((what & 0xc0) != 0)
            between_step(what, &pair.in);
        else
            host_event(input_u8(&pair.in));
        return;
    case 1:
        (void)world_step();
        return;
    default:
        if (world.plan.class == WORLD_BLK)
            disk_step(input_u8(&pair.in));
        else if (world.plan.class == WORLD_ENTROPY)
            entropy_step(input_u8(&pair.in));
        else
            console_step(input_u8(&pair.in));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    struct world_plan plan;

    memset(&pair, 0, sizeof(pair));
    pair.in = (struct input){data, bytes};
    world_plan(&plan, &pair.in);
    world_begin(&plan);
    world.output = UINT32_MAX;
    MUST(vwr_mmio_probe(&pair.mmio, world_registers(), VWR_MMIO_SIZE) == VWR_OK);
    vwr_dev_want(&pair.mmio.dev, VWR_F_IN_ORDER);
    between_start();
    while (pair.in.left > 0)
        step();
    MUST(between_changed() || !world.dev->broken || world.dev->fault.kind == VWR_VFAULT_HOST);
    between_stop();
    world_run_until_idle();
    if (plan.class == WORLD_BLK && pair.open)
        close_disk();
    world_must_work();
    return 0;
}
