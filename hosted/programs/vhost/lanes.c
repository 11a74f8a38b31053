/* SPDX-License-Identifier: MIT */
#include "lanes.h"

#include "vhost.h"

#include <sys/eventfd.h>
#include <unistd.h>

#define LANE_BYTES (256u << 10) /* a power of 2; more than three of the longest frames */
#define ALIGN 16u
#define SKIP UINT32_MAX /* in place of a length: the next frame is at the start of the ring */
#define LINE 64u        /* of a processor's cache */

/* In front of each frame. */
struct header {
    uint32_t bytes;
    uint16_t hdr_len;
    uint16_t gso_size;
    uint16_t csum_start;
    uint16_t csum_offset;
    uint8_t flags;
    uint8_t gso_type;
    uint8_t pad[2];
};

/* `put` and `got` count bytes. Each is written by one process. */
struct lane {
    _Alignas(LINE) uint32_t put;
    _Alignas(LINE) uint32_t got;
    uint32_t wanted; /* the producer waits for room */
    _Alignas(LINE) uint8_t byte[LANE_BYTES];
};

struct shared {
    struct {
        _Alignas(LINE) uint32_t sleeps;
    } process[LANES_MOST];
    struct lane lane[];
};

static struct shared *shared;
static unsigned count, self;
static int bell[LANES_MOST];
static uint32_t looked_at[LANES_MOST]; /* bytes of the frame, with its header */
static struct vwr_vseg seen;           /* the frame that was looked at last */

static struct lane *lane(unsigned from, unsigned to)
{
    return &shared->lane[from * count + to];
}

bool lanes_share(unsigned processes)
{
    count = processes;
    shared = share_room(sizeof(*shared) + (size_t)count * count * sizeof(struct lane));
    for (unsigned i = 0; i < count; i++) {
        bell[i] = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
        if (bell[i] < 0)
            return false;
    }
    return shared != NULL;
}

/* ---- sleep ---- */

void lanes_wake(unsigned to)
{
    const uint64_t one = 1;

    __atomic_thread_fence(__ATOMIC_SEQ_CST); /* after the frames, before the flag */
    if (__atomic_load_n(&shared->process[to].sleeps, __ATOMIC_RELAXED) != 0 &&
        __atomic_exchange_n(&shared->process[to].sleeps, 0, __ATOMIC_RELAXED) != 0)
        (void)!write(bell[to], &one, sizeof(one));
}

void lanes_sleep(void)
{
    __atomic_store_n(&shared->process[self].sleeps, 1, __ATOMIC_RELAXED);
    __atomic_thread_fence(__ATOMIC_SEQ_CST); /* before the caller looks for frames again */
}

void lanes_awake(void)
{
    __atomic_store_n(&shared->process[self].sleeps, 0, __ATOMIC_RELAXED);
}

/* ---- frames ---- */

static uint32_t room_of(const struct lane *l)
{
    return LANE_BYTES - (l->put - __atomic_load_n(&l->got, __ATOMIC_ACQUIRE));
}

/* Room in bytes that a frame takes, with its header. */
static uint32_t size_of(uint32_t bytes)
{
    return (uint32_t)(sizeof(struct header) + bytes + ALIGN - 1u) & ~(ALIGN - 1u);
}

/* Room in bytes that the next frame takes, with the rest of the ring if it does not fit there. */
static uint32_t need_of(const struct lane *l, uint32_t bytes)
{
    const uint32_t all = size_of(bytes);
    const uint32_t rest = LANE_BYTES - l->put % LANE_BYTES;

    return all <= rest ? all : all + rest;
}

static struct header *header_at(struct lane *l, uint32_t at)
{
    return (struct header *)(void *)&l->byte[at % LANE_BYTES];
}

bool lanes_has_room(unsigned to)
{
    return room_of(lane(self, to)) >= LANE_BYTES / 2u;
}

/* The consumer wakes this process when half of the ring is free, unless it is free by now. */
static bool wait_for_room(struct lane *l, uint32_t need)
{
    __atomic_store_n(&l->wanted, 1, __ATOMIC_RELEASE); /* after the frames */
    __atomic_thread_fence(__ATOMIC_SEQ_CST);           /* between the flag and the room */
    return room_of(l) < need;
}

int lanes_put(unsigned to, const struct vwr_vnet_packet *p)
{
    struct lane *const l = lane(self, to);
    const uint32_t need = need_of(l, p->bytes);
    const uint32_t rest = LANE_BYTES - l->put % LANE_BYTES;
    uint32_t at = l->put;
    struct header *h;

    if (p->bytes > VWR_VNET_FRAME_MAX)
        return VWR_ERANGE;
    if (room_of(l) < need && wait_for_room(l, need))
        return VWR_EFULL;
    if (need > rest) {
        header_at(l, at)->bytes = SKIP;
        at += rest;
    }
    h = header_at(l, at);
    *h = (struct header){.bytes = p->bytes,
                         .hdr_len = p->hdr_len,
                         .gso_size = p->gso_size,
                         .csum_start = p->csum_start,
                         .csum_offset = p->csum_offset,
                         .flags = p->flags,
                         .gso_type = p->gso_type};
    vwr_vnet_copy(p, h + 1);
    __atomic_store_n(&l->put, l->put + need, __ATOMIC_RELEASE);
    return VWR_OK;
}

bool lanes_look(unsigned from, struct vwr_vnet_packet *p)
{
    struct lane *const l = lane(from, self);
    const uint32_t there = __atomic_load_n(&l->put, __ATOMIC_ACQUIRE) - l->got;
    uint32_t skip = 0;
    const struct header *h;

    if (there == 0)
        return false;
    if (header_at(l, l->got)->bytes == SKIP)
        skip = LANE_BYTES - l->got % LANE_BYTES;
    h = header_at(l, l->got + skip);
    seen = (struct vwr_vseg){.at = (uint8_t *)(uintptr_t)(h + 1), .len = h->bytes};
    if (vwr_vnet_fill(p, &seen, 1) != VWR_OK)
        return false;
    if ((h->flags | h->gso_type) != 0) {
        p->flags = h->flags;
        p->gso_type = h->gso_type;
        p->hdr_len = h->hdr_len;
        p->gso_size = h->gso_size;
        p->csum_start = h->csum_start;
        p->csum_offset = h->csum_offset;
    }
    looked_at[from] = skip + size_of(p->bytes);
    return true;
}

/* Frees the bytes before `got`, and wakes a producer that waits for room when half of the ring is free. */
static void move_to(unsigned from, uint32_t got)
{
    struct lane *const l = lane(from, self);

    __atomic_store_n(&l->got, got, __ATOMIC_RELEASE);
    __atomic_thread_fence(__ATOMIC_SEQ_CST); /* between the room and the flag */
    if (__atomic_load_n(&l->wanted, __ATOMIC_RELAXED) == 0)
        return;
    /* Cleared before the look at `put`: the producer may fill the ring, and set it again, in between. */
    (void)__atomic_exchange_n(&l->wanted, 0, __ATOMIC_ACQ_REL);
    if (LANE_BYTES - (__atomic_load_n(&l->put, __ATOMIC_RELAXED) - l->got) >= LANE_BYTES / 2u)
        lanes_wake(from);
    else
        __atomic_store_n(&l->wanted, 1, __ATOMIC_RELAXED);
}

void lanes_take(unsigned from)
{
    move_to(from, lane(from, self)->got + looked_at[from]);
}

/* ---- a process ---- */

/* The loop serves the lanes after each wait. */
static void woken(void *context, int fd, short events)
{
    uint64_t number;

    (void)context;
    (void)events;
    (void)!read(fd, &number, sizeof(number));
}

void lanes_begin(unsigned me)
{
    const uint64_t one = 1;

    self = me;
    for (unsigned i = 0; i < count; i++)
        move_to(i, __atomic_load_n(&lane(i, me)->put, __ATOMIC_ACQUIRE));
    for (unsigned i = 0; i < count; i++) /* the predecessor may have been killed before it rang */
        (void)!write(bell[i], &one, sizeof(one));
    loop_watch(bell[me], POLLIN, woken, NULL);
}
