/* SPDX-License-Identifier: MIT */
#include "vault_driver.h"

/* The guest's side: memory, and a call for each message. */

#define SIZE 16u    /* descriptors of a queue */
#define REQUESTS 2u /* in flight in each */
#define EVENTS 4u
#define SEGMENTS 4u /* of data */
#define BYTES 256u  /* of a buffer for data */

/* What both sides reach. */
struct vault_shared {
    _Alignas(VWR_QUEUE_SHARED_ALIGN) uint8_t
        requestq[2][VWR_CLIENT_SHARED_BYTES(SIZE, REQUESTS, VWR_VAULT_CLIENT_REQUESTQ_SLOT, SEGMENTS)];
    _Alignas(VWR_QUEUE_SHARED_ALIGN)
        uint8_t controlq[VWR_CLIENT_SHARED_BYTES(SIZE, REQUESTS, VWR_VAULT_CLIENT_CONTROLQ_SLOT, SEGMENTS)];
    _Alignas(VWR_QUEUE_SHARED_ALIGN) uint8_t eventq[VWR_QUEUE_SHARED_BYTES(SIZE)];
    struct vwr_vault_knock_msg_form events[EVENTS];
    uint8_t data[BYTES];
};
VWR_STATIC_ASSERT(sizeof(struct vault_shared) <= VAULT_MEMORY, "size");

int vault_open(struct vault *v, volatile void *registers, void *memory)
{
    static uint64_t own[4][VWR_REQUEST_OWN_BYTES(SIZE, REQUESTS) / 8 + 1];
    static struct vwr_receive_buffer buffer[EVENTS];
    struct vault_shared *const m = v->shared = memory;
    const struct vwr_vault_client_options o = {
        .requests = {.requests = REQUESTS, .segments = SEGMENTS},
        .requestq = v->requestq,
        .requestq_count = 2,
        .controlq = {m->controlq, sizeof(m->controlq), own[2], sizeof(own[2]), SIZE},
        .eventq = {m->eventq, sizeof(m->eventq), own[3], sizeof(own[3]), SIZE},
        .eventq_buffers = {m->events, sizeof(m->events), buffer, EVENTS},
    };
    const int r = vwr_mmio_probe(&v->mmio, registers, VWR_MMIO_SIZE);

    for (unsigned i = 0; i < 2; i++)
        v->requestq[i].memory =
            (struct vwr_queue_memory){m->requestq[i], sizeof(m->requestq[i]), own[i], sizeof(own[i]), SIZE};
    return r == VWR_OK ? vwr_vault_client_open(&v->client, &v->mmio.dev, &o) : r;
}

int vault_interrupt(struct vault *v)
{
    if ((vwr_dev_irq(&v->mmio.dev) & VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK) == 0)
        return VWR_OK;
    return vwr_vault_client_read_info(&v->client);
}

static uint32_t length(const char *text)
{
    uint32_t n = 0;

    while (n < BYTES && text[n] != '\0')
        n++;
    return n;
}

int vault_unlock(struct vault *v, const char *passphrase)
{
    const uint32_t n = length(passphrase);

    vwr_copy(v->shared->data, passphrase, n);
    return vwr_vault_client_unlock(&v->client, v->shared->data, n);
}

int vault_store(struct vault *v, uint32_t slot, const char *text)
{
    const struct vwr_vault_store_msg m = {.index = slot};
    const uint32_t n = length(text);

    vwr_copy(v->shared->data, text, n);
    return vwr_vault_client_store(&v->client, 0, &m, v->shared->data, n);
}

int vault_fetch(struct vault *v, uint32_t slot, char *text, uint32_t room)
{
    const struct vwr_vault_fetch_msg m = {.index = slot};
    uint32_t n = v->client.info.slot_size < room ? v->client.info.slot_size : room;
    const int r = vwr_vault_client_fetch(&v->client, 1, &m, v->shared->data, n, &n);

    if (r != VWR_OK)
        return r;
    vwr_copy(text, v->shared->data, n);
    return (int)n;
}

int vault_list(struct vault *v, struct vwr_vault_entry *entries, uint32_t room)
{
    struct vwr_vault_list_answer a;
    uint32_t n;
    const int r =
        vwr_vault_client_list(&v->client, 1, (void *)v->shared->data, room * sizeof(entries[0]), &a, &n);

    if (r != VWR_OK)
        return r;
    vwr_copy(entries, v->shared->data, n); /* a.num of them: the client has compared both */
    return (int)a.num;
}

uint32_t vault_heard(struct vault *v)
{
    struct vwr_vault_client_eventq_event e;
    uint32_t strength;

    if (vwr_vault_client_poll_eventq(&v->client, &e) != 1)
        return 0;
    strength = e.m.knock.strength;
    vwr_vault_client_return_eventq(&v->client, &e);
    return strength;
}
