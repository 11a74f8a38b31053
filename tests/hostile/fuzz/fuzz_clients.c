/* SPDX-License-Identifier: MIT */
#include "between.h"
#include "clients.h"
#include "services.h"

#include "vwr/gen/features.h"

#include <stdlib.h>
#include <string.h>

/*
 * A generated client for the device that the first byte of the input selects, with the generated service of
 * that device, whose answers come from the input, and an attacker between them. The client may only report
 * errors: it accesses no byte beyond the end of its private memory, all calls return, and after a close
 * nothing is in flight.
 */

#define OWN VWR_REQUEST_OWN_BYTES(CLIENTS_SIZE, CLIENTS_CALLS)
#define QUEUES 8u
#define CALL_BYTES 8192u

static struct {
    struct input in;
    struct vwr_mmio mmio;
    const struct client_row *row;
    void *client;
    struct vwr_features avoid;
    void *call[CLIENTS_CALLS];
    void *own[QUEUES];
    struct vwr_receive_buffer *buffer[QUEUES];
    struct vwr_req *request[QUEUES];
    void *family[QUEUES];
    unsigned queues;
    unsigned buffers;
    unsigned families;
    size_t shared; /* bytes allocated */
    bool open;
    uint8_t seen;
} clients;

/* ---- memory, in heap blocks of exactly the length that the client gets ---- */

static void *anew(void *old, size_t bytes)
{
    void *p;

    free(old);
    p = calloc(1, bytes);
    MUST(p != NULL);
    return p;
}

static void *share(size_t bytes)
{
    void *const p = between_shared(clients.shared);

    clients.shared += (bytes + VWR_QUEUE_SHARED_ALIGN - 1) / VWR_QUEUE_SHARED_ALIGN * VWR_QUEUE_SHARED_ALIGN;
    MUST(clients.shared <= WORLD_RAM_BYTES);
    return p;
}

struct vwr_queue_memory clients_memory(size_t shared_bytes)
{
    const unsigned i = clients.queues++;

    MUST(i < QUEUES);
    clients.own[i] = anew(clients.own[i], OWN);
    return (struct vwr_queue_memory){share(shared_bytes), shared_bytes, clients.own[i], OWN, CLIENTS_SIZE};
}

static uint32_t stride_of(uint32_t least)
{
    return (least < 64 ? 64 : least + 63) / 64 * 64;
}

struct vwr_receive_memory clients_receive(uint32_t least)
{
    const unsigned i = clients.buffers++;
    const uint32_t stride = stride_of(least);

    clients.buffer[i] = anew(clients.buffer[i], CLIENTS_BUFFERS * sizeof(*clients.buffer[i]));
    return (struct vwr_receive_memory){share((size_t)CLIENTS_BUFFERS * stride),
                                       (size_t)CLIENTS_BUFFERS * stride, clients.buffer[i], CLIENTS_BUFFERS};
}

struct vwr_transmit_memory clients_transmit(void)
{
    const unsigned i = clients.buffers++;

    clients.request[i] = anew(clients.request[i], CLIENTS_BUFFERS * sizeof(*clients.request[i]));
    return (struct vwr_transmit_memory){share((size_t)CLIENTS_BUFFERS * 64), (size_t)CLIENTS_BUFFERS * 64,
                                        clients.request[i], CLIENTS_BUFFERS};
}

void *clients_family(size_t bytes)
{
    const unsigned i = clients.families++;

    MUST(i < QUEUES);
    clients.family[i] = anew(clients.family[i], bytes);
    return clients.family[i];
}

/* ---- arguments of calls ---- */

void clients_fill(void *m, size_t bytes)
{
    const uint8_t how = input_u8(&clients.in);

    if (how < 0x80)
        memset(m, how % 4, bytes);
    for (size_t i = 0; how >= 0x80 && i < bytes; i++)
        ((uint8_t *)m)[i] = i < (how & 0x3fu) ? input_u8(&clients.in) : 0;
}

void *clients_data(void)
{
    return world_at(WORLD_DATA, 1);
}

size_t clients_bytes(void)
{
    const uint8_t n = input_u8(&clients.in);

    return n < 0xf0 ? n * 4u : (size_t)n << 24;
}

void *clients_call(size_t bytes)
{
    MUST(bytes <= CALL_BYTES);
    return clients.call[input_u8(&clients.in) % CLIENTS_CALLS];
}

void clients_touch(const void *p, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        clients.seen = (uint8_t)(clients.seen + ((const volatile uint8_t *)p)[i]);
}

int clients_reap(struct vwr_requestq *q)
{
    struct vwr_req *done[CLIENTS_CALLS];
    const int n = vwr_request_reap(q, done, CLIENTS_CALLS);

    MUST(n <= (int)CLIENTS_CALLS);
    for (int i = 0; i < n; i++)
        MUST(!vwr_req_is_in_flight(done[i]));
    return n;
}

/* ---- steps ---- */

static void open_client(void)
{
    static const struct vwr_features none;
    const uint16_t without = input_u16(&clients.in);

    clients.avoid = none;
    for (unsigned i = 0; i < 6; i++)
        if ((without >> i & 1) != 0)
            vwr_features_add(&clients.avoid, VWR_F_INDIRECT_DESC + i);
    clients.avoid.w[0] |= without >> 6;
    clients.shared = 0;
    clients.queues = 0;
    clients.buffers = 0;
    clients.families = 0;
    clients.client = anew(clients.client, clients.row->bytes);
    for (unsigned i = 0; i < CLIENTS_CALLS; i++)
        clients.call[i] = anew(clients.call[i], CALL_BYTES);
    clients.open = clients.row->open(clients.client, &clients.mmio.dev, &clients.avoid) == VWR_OK;
}

static void close_client(void)
{
    if (vwr_close(clients.client) != VWR_OK) {
        MUST(between_changed());
        return;
    }
    clients.open = false;
    for (unsigned i = 0; i < CLIENTS_CALLS; i++)
        MUST(!vwr_req_is_in_flight(clients.call[i]));
}

static void step(void)
{
    const uint8_t what = input_u8(&clients.in);

    if (!clients.open) {
        open_client();
        return;
    }
    switch (what % 8) {
    case 0:
        if ((what & 0xc0) != 0)
            between_step(what, &clients.in);
        else
            (void)world_step();
        return;
    case 1:
        services_world.event(input_u8(&clients.in), &clients.in);
        return;
    case 2:
    case 3:
        MUST(clients.row->call(clients.client, input_u8(&clients.in) % (clients.row->calls + 1),
                               what / 8 % (CLIENTS_FAMILY + 1)) <= 0x1000);
        return;
    case 4:
    case 5:
        (void)clients.row->poll(clients.client);
        return;
    case 6:
        clients.seen = (uint8_t)(clients.seen + vwr_dev_irq(&clients.mmio.dev));
        return;
    default:
        if ((what & 0xf0) == 0xf0)
            close_client();
        else if ((what & 0xf0) == 0xe0)
            MUST(vwr_freeze(clients.client) <= VWR_OK);
        else
            MUST(vwr_recover(clients.client) <= VWR_OK);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    struct world_plan plan;

    clients.in = (struct input){data, bytes};
    clients.open = false;
    services_plan(&plan, &clients.in);
    plan.legacy = false;
    clients.row = &client_rows[services_index()];
    services_feed(&clients.in);
    world_begin(&plan);
    MUST(vwr_mmio_probe(&clients.mmio, world_registers(), VWR_MMIO_SIZE) == VWR_OK);
    between_start();
    while (clients.in.left > 0)
        step();
    between_stop();
    services_feed(NULL);
    world_run_until_idle();
    if (clients.open)
        close_client();
    world_must_work();
    return 0;
}
