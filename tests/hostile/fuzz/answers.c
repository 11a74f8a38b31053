/* SPDX-License-Identifier: MIT */
#include "script.h"
#include "services.h"

#include "vwr/gen/packed_ring.h"
#include "vwr/gen/split_ring.h"

#include <stdlib.h>
#include <string.h>

/* The functions behind the generated services of a world. The input controls what they do. */

#define MESSAGES 3u
#define SEGS 40u /* a chain is at most as long as the queue */
#define DATA 96u /* maximum bytes of one read or write */

static struct {
    const struct service_row *row;
    struct vwr_service *service;
    struct vwr_vmessage *message;
    struct vwr_vseg *seg;
    struct input *in;
    struct vwr_vmessage *kept; /* kept by a function for a late answer */
    uint64_t ticket;
    bool stopped; /* the stream is stopped */
    uint8_t seen;
} services;

static const struct service_row *row_of(uint8_t number)
{
    for (unsigned i = 0; i < service_rows_count; i++)
        if (service_rows[i].id == number)
            return &service_rows[i];
    return &service_rows[number % service_rows_count];
}

unsigned services_index(void)
{
    return (unsigned)(services.row - service_rows);
}

void services_feed(struct input *in)
{
    services.in = in;
}

struct vwr_service *services_now(void)
{
    return services.service;
}

static uint8_t fed(void)
{
    return services.in != NULL ? input_u8(services.in) : 0;
}

/* Reads all of the memory, so that the sanitizer checks that it exists. */
static void touch(const void *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        services.seen = (uint8_t)(services.seen + ((const volatile uint8_t *)p)[i]);
}

/* Copies the message's data in steps, and may request more than there is. */
static void move_data(struct vwr_vmessage *x, uint8_t how)
{
    uint8_t bytes[DATA];
    const uint32_t n = how % DATA;
    const uint32_t out = x->out.left;
    const uint32_t in = x->in.left;
    uint32_t done;

    memset(bytes, how, sizeof(bytes));
    done = (how & 1) != 0 ? vwr_vmessage_read(x, bytes, n) : vwr_reader_skip(&x->out, n);
    MUST(done == (n < out ? n : out) && x->out.left == out - done);
    done = vwr_vmessage_write(x, bytes, n);
    MUST(done == (n < in ? n : in) && x->in.left == in - done);
    if ((how & 2) != 0)
        MUST((vwr_vmessage_store(x, bytes, n, how >> 2) == VWR_OK) == (n >= how >> 2));
    if ((how & 4) != 0)
        MUST((vwr_vmessage_load(x, bytes, n, how >> 2) == VWR_OK) == (n >= how >> 2));
}

static int result(uint8_t how)
{
    if (how < 0x80)
        return VWR_OK;
    return how < 0xa0 ? fed() : how < 0xd0 ? VWR_LATER : VWR_EUNSUPP;
}

int services_called(struct vwr_vmessage *x, const void *m, size_t m_bytes, void *a, size_t a_bytes)
{
    uint8_t how = fed();
    int r;

    MUST(world.locked && x->service == services.service && x->number < SERVICE_FAMILY);
    world_check_chain(&x->chain, x->index);
    touch(m, m_bytes);
    if (a != NULL)
        memset(a, how, a_bytes);
    for (; (how & 0x40) != 0; how = fed())
        move_data(x, fed());
    r = result(how);
    if (r == VWR_LATER) {
        services.kept = x;
        services.ticket = vwr_vmessage_ticket(x);
    }
    return r;
}

int services_item(void *item, size_t bytes)
{
    const uint8_t how = fed();

    MUST(world.locked);
    memset(item, how, bytes);
    return how < 0xd0 ? VWR_OK : VWR_EUNSUPP;
}

uint32_t services_took(const uint8_t *bytes, uint32_t n)
{
    const uint8_t how = fed();
    const uint32_t taken = how < 0x80 ? n : how % (n + 1);

    MUST(world.locked && n > 0 && world_is_guests(bytes, n));
    touch(bytes, taken);
    return taken;
}

void services_sent(int result)
{
    MUST(result == VWR_OK || result == VWR_EFULL || result == VWR_ERANGE || result == VWR_EFEATURE);
}

/* ---- hooks of the world ---- */

static void *anew(void *old, size_t bytes)
{
    void *p;

    free(old);
    p = malloc(bytes);
    MUST(p != NULL);
    memset(p, 0xee, bytes);
    return p;
}

static struct vwr_vdev *begin(const struct vwr_vdev_setup *setup)
{
    services.message = anew(services.message, MESSAGES * sizeof(*services.message));
    services.seg = anew(services.seg, (MESSAGES + 1) * SEGS * sizeof(*services.seg));
    services.service = anew(services.service, services.row->bytes);
    services.kept = NULL;
    MUST(services.row->init(services.service, setup, &services.row->features,
                            &(struct vwr_service_memory){services.message, MESSAGES, services.seg,
                                                         (MESSAGES + 1) * SEGS}) == VWR_OK);
    for (unsigned i = 0; i < services.service->dev.config_bytes; i++)
        ((uint8_t *)services.service->dev.config)[i] = 1;
    services.row->count(services.service);
    return &services.service->dev;
}

static void event(uint8_t what, struct input *in)
{
    uint8_t bytes[SERVICE_SEND_BYTES];
    const uint8_t fill = input_u8(in);

    if ((what & 0x40) != 0) {
        if (services.kept != NULL)
            vwr_vmessage_answer(services.kept, services.ticket, result(fill), NULL);
        services.kept = NULL;
        return;
    }
    memset(bytes, fill, sizeof(bytes));
    services.row->send(services.service, what & 0x3fu, bytes, fill);
}

/* The message queue must complete a chain, whatever the guest has done before. */
static void must_work(struct vwr_dev *d)
{
    static struct script s;
    static const struct script empty;
    const struct script_ring *r;
    const struct script_segment p[2] = {{WORLD_DATA, 64, 0}, {WORLD_DATA + 64, 256, VWR_VIRTQ_DESC_F_WRITE}};
    const uint8_t *used;

    (void)d;
    s = empty;
    services_feed(NULL);
    memset(world_at(WORLD_DATA, 64), 0, 64);
    script_start(&s);
    if (services.row->queue < 0)
        return;
    r = &s.ring[services.row->queue];
    script_put(&s, (unsigned)services.row->queue, p, 2, false, true);
    script_notify(&s, (unsigned)services.row->queue);
    world_run_until_idle();
    MUST(!world.dev->broken);
    used = world_at(s.packed ? r->desc + offsetof(struct vwr_pvirtq_desc, flags)
                             : r->device + offsetof(struct vwr_virtq_used, idx),
                    2);
    MUST(s.packed ? (used[1] & 0x80) != 0 : (used[0] | used[1]) == 1);
}

const struct world_service services_world = {begin, event, must_work, false};

void services_plan(struct world_plan *p, struct input *in)
{
    services.row = row_of(input_u8(in));
    world_plan(p, in);
    p->class = WORLD_SERVICE;
    p->service = &services_world;
    p->later = false;
}
