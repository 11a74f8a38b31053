/* SPDX-License-Identifier: MIT */
#include "rings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "../../../hosted/vhost/vhost_back_record.h"
#include "vwr/gen/features.h"
#include "vwr/queue.h"
#include "vwr/vm.h"

/*
 * A vhost-user back end that records its requests and dies before one of its stores to the record or to
 * the driver's ring. The next one reads the record and continues. The device of a back end uses a ring in its
 * own process, the copy, which dies with it.
 */

#define SIZE 4u
#define POSTS 3u
#define SLOTS 2u
#define SLOT_BYTES 8u
#define WORD sizeof(uint16_t)
#define RECORD_BYTES 256u
#define COPY_BYTES 256u
#define WRAPS VWR_PVIRTQ_EVENT_SUPPRESS_DESC_EVENT_WRAP_MASK

/* A store of the back end that comes too late: it dies after a later one, and before this one. */
enum late { NOTHING, SET, CLEAR };

static const struct death {
    const char *name;
    bool packed;
    enum late late;
} deaths[] = {
    {"inflight split", false, NOTHING},
    {"inflight packed", true, NOTHING},
    {"inflight split, a mark comes after what follows", false, SET},
    {"inflight split, a mark is cleared after what follows", false, CLEAR},
};

struct slot {
    struct vwr_chain chain;
    struct vwr_seg seg[2];
    bool out;
    unsigned post;
};

static const struct death *death;

static struct world {
    struct vwr_queue queue;
    uint64_t own[VWR_QUEUE_OWN_BYTES(SIZE) / sizeof(uint64_t) + 1];
    struct slot slot[SLOTS];
    unsigned sent;
    unsigned back;
    unsigned deaths;
} world;

/* What a process has. */
static struct process {
    struct vwr_vhost_back back;
    struct vwr_vdev dev;
    struct vwr_vqueue vqueue;
    struct vwr_vqueue_entry entries[SIZE];
    uint64_t copy[COPY_BYTES / sizeof(uint64_t)];
    uint64_t own[RECORD_BYTES / sizeof(uint64_t)];
} process;

static uint64_t record[RECORD_BYTES / sizeof(uint64_t)]; /* in shared memory */
static jmp_buf grave;
static uint64_t doorbell;

/* The store that comes too late, and the previous value. */
static struct {
    uint8_t *at;
    unsigned bytes;
    uint8_t before[8];
} late;

/* --- the end of a process --- */

static void die(void)
{
    world.deaths++;
    if (late.at != NULL)
        memcpy(late.at, late.before, late.bytes);
    late.at = NULL;
    search_say(NULL, "dies");
    longjmp(grave, 1);
}

/* Is it the store that the control delays? */
static bool is_late(const uint8_t *at, unsigned bytes)
{
    const struct vwr_vhost_user_queue_region_split *const region = (const void *)record;
    const struct vwr_vhost_user_desc_state_split *const state = (const void *)(region + 1);

    if (death->late == NOTHING)
        return false;
    for (unsigned n = 0; n < SIZE && bytes == 1; n++)
        if (at == &state[n].inflight)
            return (state[n].inflight != 0) == (death->late == CLEAR);
    return false;
}

static void may_die(void)
{
    if (world.deaths == 0 && search_choose(2) != 0)
        die();
}

static void plain(const void *p, unsigned bytes, bool is_write)
{
    uint8_t *const at = (uint8_t *)record + ((const uint8_t *)p - (const uint8_t *)record);

    if (!is_write || at < (uint8_t *)record || at >= (uint8_t *)record + RECORD_BYTES)
        return;
    search_say(NULL, "stores %u bytes of the record at %u", bytes, (unsigned)(at - (uint8_t *)record));
    may_die();
    if (world.deaths != 0 || late.at != NULL || !is_late(at, bytes) || search_choose(2) == 0)
        return;
    late.at = at;
    late.bytes = bytes;
    memcpy(late.before, at, bytes);
}

static void ring_store(const void *p, unsigned bytes)
{
    (void)p;
    (void)bytes;
    if (search_me == DEVICE)
        may_die();
}

/* memcpy and memset of the files under test. */
void *explore_memcpy(void *to, const void *from, size_t bytes);
void *explore_memset(void *to, int value, size_t bytes);

void *explore_memcpy(void *to, const void *from, size_t bytes)
{
    for (size_t i = 0; i < bytes; i += WORD) {
        const size_t some = bytes - i < WORD ? bytes - i : WORD;

        plain((uint8_t *)to + i, (unsigned)some, true);
        memcpy((uint8_t *)to + i, (const uint8_t *)from + i, some);
    }
    return to;
}

void *explore_memset(void *to, int value, size_t bytes)
{
    for (size_t i = 0; i < bytes; i += sizeof(uint64_t)) {
        const size_t some = bytes - i < sizeof(uint64_t) ? bytes - i : sizeof(uint64_t);

        plain((uint8_t *)to + i, (unsigned)some, true);
        memset((uint8_t *)to + i, value, some);
    }
    return to;
}

/* --- what the record asks of the rest of the back end --- */

bool vhost_back_end(struct vwr_vhost_back *h, const char *format, ...)
{
    va_list list;

    va_start(list, format);
    (void)vsnprintf(h->why, sizeof(h->why), format, list);
    va_end(list);
    search_fail("the next back end does not go on: %s", h->why);
}

void vhost_back_call(struct vwr_vhost_back *h, unsigned queue)
{
    (void)h;
    (void)queue;
}

void vhost_back_notify(struct vwr_vhost_back *h, int file)
{
    (void)h;
    (void)file;
}

void vhost_back_renew_regions(struct vwr_vhost_back *h)
{
    (void)h;
}

/* --- the driver --- */

static uint8_t *slot_memory(unsigned slot)
{
    return memory + RINGS_SLOTS + slot * SLOT_BYTES;
}

static uint16_t out_word(unsigned post)
{
    return (uint16_t)(0x1000 + post);
}

static uint16_t in_word(unsigned post)
{
    return (uint16_t)(0x2000 + post);
}

static void send(void)
{
    for (unsigned i = 0; i < SLOTS && world.sent < POSTS; i++) {
        struct slot *const s = &world.slot[i];

        if (s->out)
            continue;
        memory_write(slot_memory(i), out_word(world.sent));
        if (vwr_queue_add(&world.queue, s->seg, 1, 1, &s->chain) != VWR_OK)
            search_fail("the driver's queue does not take a buffer");
        search_say(NULL, "sends request %u", world.sent);
        s->out = true;
        s->post = world.sent++;
    }
    (void)vwr_queue_kick(&world.queue);
}

static bool receive(void)
{
    struct vwr_chain *chain = NULL;
    const int n = vwr_queue_get_used(&world.queue, &chain);
    struct slot *const s = (struct slot *)(void *)chain;

    if (n < 0)
        search_fail("done twice, or torn: the driver takes a used entry for a mistake (%d)", n);
    if (n == 0)
        return false;
    search_say(NULL, "gets request %u back", s->post);
    if (!s->out)
        search_fail("done twice: request %u comes back again", s->post);
    memory_read(slot_memory((unsigned)(s - world.slot)) + WORD, in_word(s->post));
    s->out = false;
    world.back++;
    return true;
}

static void driver(void)
{
    while (world.back < POSTS) {
        search_poll();
        send();
        if (!receive())
            search_wait_for_news();
    }
}

/* --- a back end --- */

/* A front end tells the base of a split ring from the driver's ring. */
static uint16_t used_index(uint64_t device)
{
    const struct vwr_virtq_used *const used = (const void *)(memory + (device - MACHINE_GUEST_BASE));

    return vwr_le16_to_cpu(vwr_ring_load16(&used->idx));
}

static void begin(void)
{
    struct vwr_vhost_back *const h = &process.back;
    struct vwr_vhost_back_ring *const r = &h->ring[0];
    struct vwr_vqueue *const q = &process.vqueue;
    struct vwr_features features;
    struct vwr_vhost_back_parts at;

    memset(&process, 0, sizeof(process));
    vwr_features_clear(&features);
    vwr_features_add(&features, VWR_F_VERSION_1);
    if (death->packed)
        vwr_features_add(&features, VWR_F_RING_PACKED);
    h->features = features.w[0] | (uint64_t)features.w[1] << 32;
    h->dev = &process.dev;
    h->copies = (uint8_t *)process.copy;
    h->copies_bytes = COPY_BYTES;
    h->own = (uint8_t *)process.own;
    h->own_bytes = RECORD_BYTES;
    h->record.map = (uint8_t *)record;
    h->record.bytes = RECORD_BYTES;
    h->inflight.mmap_size = RECORD_BYTES;
    h->inflight.num_queues = 1;
    h->inflight.queue_size = SIZE;
    h->region[0] = machine_region;
    h->region[1] = (struct vwr_memory_region){VHOST_BACK_COPY_ADDR, COPY_BYTES, (uint8_t *)process.copy};
    if (vwr_vm_init(&h->vm, &(struct vwr_vm_setup){
                                .ops = &machine_ops, .region = h->region, .region_count = 2}) != VWR_OK)
        search_fail("there is no VM");
    process.dev.vm = &h->vm;
    process.dev.queue = q;
    process.dev.queues = 1;
    process.dev.accepted = features;
    vwr_vqueue_init_(q, &h->vm.memory, 0, process.entries, SIZE);
    machine_set_ring(q, death->packed, SIZE);
    at.desc = q->desc_addr;
    at.driver = q->driver_addr;
    at.device = q->device_addr;
    r->size = SIZE;
    r->base = death->packed ? (uint32_t)WRAPS << 16 | WRAPS : used_index(at.device);
    memory_set_private(process.copy, sizeof(process.copy));
    (void)vhost_back_begin_record(h, 0, &at);
    q->desc_addr = at.desc;
    q->driver_addr = at.driver;
    q->device_addr = at.device;
    if (vwr_vqueue_enable_(q, &features, false, 0) != VWR_OK || vwr_vqueue_set_base(q, r->base) != VWR_OK)
        search_fail("the device does not take the copy of the ring");
    process.dev.live = true;
}

/* Answers the request, and passes it to the driver. */
static void answer(struct vwr_vchain *c)
{
    const unsigned n = (unsigned)(c->seg[0].at - slot_memory(0)) / SLOT_BYTES;
    const struct slot *const s = &world.slot[n];

    if (c->out != 1 || c->in != 1 || n >= SLOTS)
        search_fail("torn request: the device gets one that was not sent");
    if (!s->out)
        search_fail("done twice: the device gets request %u after the driver has it back", s->post);
    search_say(NULL, "answers request %u", s->post);
    memory_read(c->seg[0].at, out_word(s->post));
    memory_write(c->seg[1].at, in_word(s->post));
    vwr_vqueue_add_used(&process.vqueue, c, WORD);
    (void)vwr_vdev_signal(&process.dev, &process.vqueue);
    vhost_back_record_used(&process.back, 0);
}

static bool take(struct vwr_vchain *c, struct vwr_vseg *seg)
{
    int r;

    c->seg = seg;
    c->room = 2;
    r = vwr_vqueue_pop_avail(&process.vqueue, c);
    if (r < 0)
        search_fail("torn request: the device takes it for a mistake (fault %u)", process.vqueue.fault);
    return r > 0;
}

/* The second of two requests is answered first. */
static bool serve(void)
{
    struct vwr_vseg seg[2][2];
    struct vwr_vchain c[2];

    (void)vhost_back_record(&process.back, 0);
    if (!take(&c[0], seg[0]))
        return false;
    if (take(&c[1], seg[1]))
        answer(&c[1]);
    answer(&c[0]);
    return true;
}

static void device(void)
{
    (void)setjmp(grave);
    begin();
    for (;;) {
        search_poll();
        if (!serve())
            search_wait_for_news();
    }
}

/* --- both --- */

static void start(void)
{
    const struct machine m = {.plain = plain, .ring_store = ring_store};
    const struct vwr_queue_memory memory_of = {memory, RINGS_SLOTS, world.own, sizeof(world.own), SIZE};
    struct vwr_features features;

    machine_start(&m);
    memset(memory, 0, sizeof(memory));
    memset(&world, 0, sizeof(world));
    memset(record, 0, sizeof(record));
    late.at = NULL;
    vwr_features_clear(&features);
    vwr_features_add(&features, VWR_F_VERSION_1);
    if (death->packed)
        vwr_features_add(&features, VWR_F_RING_PACKED);
    vwr_queue_prepare_(&world.queue, &memory_of, memory_of.shared_bytes, SIZE, &features, false);
    world.queue.doorbell.reg = &doorbell;
    for (unsigned i = 0; i < SLOTS; i++) {
        world.slot[i].seg[0] = (struct vwr_seg){explore_dma(slot_memory(i)), WORD};
        world.slot[i].seg[1] = (struct vwr_seg){explore_dma(slot_memory(i) + WORD), WORD};
    }
}

/* A back end waits for requests; it does not end. */
static void stuck(void)
{
    if (world.back != POSTS)
        search_fail("lost: %u requests of %u have come back", world.back, POSTS);
}

static void name(const void *p, unsigned bytes, char *text, size_t size)
{
    const struct config ring = {.packed = death->packed, .size = SIZE};
    const unsigned at = (unsigned)((const uint8_t *)p - memory);

    if (at < RINGS_SLOTS)
        rings_name_memory(&ring, at, bytes, text, size);
    else
        (void)snprintf(text, size, "buffer %u+%u", (at - RINGS_SLOTS) / SLOT_BYTES,
                       (at - RINGS_SLOTS) % SLOT_BYTES);
}

static const struct program program = {start, {driver, device}, NULL, stuck, name};

bool inflight_run(struct bound bound)
{
    bool good = true;

    for (unsigned i = 0; i < sizeof(deaths) / sizeof(deaths[0]); i++) {
        death = &deaths[i];
        good = search_run(&program, death->name, bound, death->late != NOTHING) && good;
    }
    return good;
}
