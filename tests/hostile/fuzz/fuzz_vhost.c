/* SPDX-License-Identifier: MIT */
#include "input.h"
#include "judge.h"
#include "kernel.h"
#include "vhost_notifier.h"
#include "vhost_back_common.h"
#include "vwr/bytes.h"
#include "vwr/gen/features.h"
#include "vwr/gen/split_ring.h"
#include "vwr/ring.h"
#include "vwr/vblk.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * The back end of vhost-user with a disk, and a front end whose messages, files, memory, rings, record of
 * requests and log are determined by the input. kernel.c simulates the kernel. No call may wait. After each
 * input
 * nothing of it may remain, and a front end that follows the rules must be able to read a sector. A
 * connection may
 * have a device for each queue, which this thread serves like the queues' threads (vwr_vhost_threads.c).
 */

#define MEMORY 0x40000u
#define HALF (MEMORY / 2u)
#define GUEST UINT64_C(0x10000)
#define USER UINT64_C(0x700000000000)
#define COPIES (UINT64_C(1) << 62) /* of rings: vwr_vhost_back_inflight.c */
#define LOG_BYTES 0x10u            /* of the guest's pages, and some more */
#define RECORD_BYTES 0x2000u
#define QUEUES 2u
#define SIZE 16u
#define REQUESTS 24u
#define SEGMENTS 24u
#define RING(queue) ((queue)*0x8000u)
#define AVAIL 0x1000u
#define USED 0x2000u
#define DATA 0x10000u
#define SECTORS 64u
#define PASSES 3u
#define CHECK_REAL 1024u /* number of inputs after which files of the real kernel are counted */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

enum file {
    MEMORY_FILE,
    RECORD_FILE,
    LOG_FILE,
    EVENT_FILE,
    NULL_FILE,
    FOLDER_FILE,
    PIPE_FILE,
    SHORT_FILE,
    FILES
};

struct disk {
    struct vwr_vblk device;
    struct vwr_vblk_backend storage;
    struct vwr_vqueue queue[QUEUES];
    struct vwr_vqueue_entry own[QUEUES * SIZE];
    struct vwr_vblk_req req[REQUESTS];
    struct vwr_vseg seg[REQUESTS * SEGMENTS];
};

static struct {
    struct input in;
    struct vwr_vhost_back h;
    struct disk disk[QUEUES]; /* only the first one, or one for each queue */
    struct vwr_vdev *each[QUEUES];
    struct vwr_vblk_req *later[REQUESTS]; /* requests of the storage, and their tickets */
    uint64_t ticket[REQUESTS];
    unsigned laters;
    uint8_t storage; /* what it answers */
    int file[FILES];
    int record; /* of the back end, or -1 */
    uint8_t *memory;
    uint8_t *records;
    uint8_t *log;
    bool truncated;
    uint64_t features;
    uint16_t added[QUEUES];
    bool wrap[QUEUES];
    unsigned inputs;
} fuzz;

static void expect(bool holds)
{
    if (!holds)
        abort();
}

/* ---- the port: a device side uses nothing of it ---- */

uint32_t vwr_host_read(const volatile void *reg, unsigned bytes)
{
    (void)reg;
    (void)bytes;
    abort();
}

void vwr_host_write(volatile void *reg, unsigned bytes, uint32_t value)
{
    (void)reg;
    (void)bytes;
    (void)value;
    abort();
}

uint64_t vwr_host_dma(const void *p, size_t n, size_t *run)
{
    (void)p;
    (void)n;
    (void)run;
    abort();
}

uint64_t vwr_host_time_us(void)
{
    abort();
}

/* ---- storage ---- */

static int submit(struct vwr_vblk_backend *be, struct vwr_vblk_req *r)
{
    const unsigned kind = fuzz.storage & 7u;

    expect(judge_request(be, r, 0, SECTORS, false));
    for (unsigned i = 0; i < r->segs; i++)
        expect(r->seg[i].len != 0 && kernel_is_mapped(r->seg[i].at, r->seg[i].len));
    if (vwr_vblk_is_transfer(r))
        for (unsigned i = 0; i < r->segs && r->type == VWR_BLK_T_IN; i++)
            memset(r->seg[i].at, (int)(r->sector + 1u), r->seg[i].len);
    if (kind < 3u)
        return VWR_OK;
    if (kind == 3u)
        return VWR_EIO;
    if (fuzz.laters == REQUESTS)
        return VWR_EFULL;
    fuzz.ticket[fuzz.laters] = vwr_vblk_ticket(r);
    fuzz.later[fuzz.laters++] = r;
    return VWR_LATER;
}

static void complete(unsigned which, int result)
{
    struct vwr_vblk_req *const r = fuzz.later[which];
    const uint64_t ticket = fuzz.ticket[which];

    fuzz.laters--;
    fuzz.later[which] = fuzz.later[fuzz.laters];
    fuzz.ticket[which] = fuzz.ticket[fuzz.laters];
    vwr_vblk_done(r, ticket, result);
    for (unsigned i = 0; i < QUEUES; i++)
        vwr_vblk_resume(&fuzz.disk[i].device);
}

/* The requests are forgotten; the storage may still write to the memory of some. */
static void drain(struct vwr_vblk_backend *be, struct vwr_vblk *b, unsigned queue)
{
    const struct disk *const d = (const struct disk *)(void *)b; /* its first member */

    (void)be;
    for (unsigned n = fuzz.laters; n-- > 0;) {
        const struct vwr_vblk_req *const r = fuzz.later[n];

        if (r < d->req || r >= d->req + REQUESTS || (queue != VWR_VBLK_ALL_QUEUES && r->queue != queue))
            continue;
        fuzz.laters--;
        fuzz.later[n] = fuzz.later[fuzz.laters];
        fuzz.ticket[n] = fuzz.ticket[fuzz.laters];
    }
    if ((fuzz.storage & 0x10u) != 0)
        vwr_vdev_set_unsafe(&b->dev, true);
}

static const struct vwr_vblk_backend_ops storage_ops = {.submit = submit, .drain = drain};
static const struct vwr_vblk_backend storage = {.ops = &storage_ops,
                                                .sectors = SECTORS,
                                                .block_bytes = 512,
                                                .flush = true,
                                                .discard = true,
                                                .write_zeroes = true};

/* ---- a device for each queue ---- */

static void nothing(struct vwr_vhost_back *h)
{
    (void)h;
}

static void alone(struct vwr_vhost_back *h, bool begin)
{
    (void)h;
    (void)begin;
}

static const struct vwr_vhost_back_sharing sharing = {nothing, nothing, alone};

static void have_devices(bool each)
{
    fuzz.h.each = each ? fuzz.each : NULL;
    fuzz.h.sharing = each ? &sharing : NULL;
}

/* Acts as the thread of a queue, for one pass. */
static void serve_queue(unsigned queue)
{
    struct pollfd fds[1];
    int timeout = -1;
    unsigned count;

    if (fuzz.h.dev == NULL || vhost_back_is_over(&fuzz.h))
        return;
    count = vhost_back_ring_fds(&fuzz.h, queue, fds, &timeout);
    for (unsigned i = 0; i < count; i++)
        fds[i].revents = POLLIN;
    vhost_back_ring_ready(&fuzz.h, queue, fds, count);
    if (!vhost_back_is_over(&fuzz.h)) /* what it records before it waits */
        (void)vhost_back_ring_fds(&fuzz.h, queue, fds, &timeout);
}

/* ---- the front end ---- */

static void restore_memory(void)
{
    if (fuzz.truncated)
        kernel_restore(fuzz.file[MEMORY_FILE]);
    fuzz.truncated = false;
}

/* The files among the first 64 that are open in the real kernel. */
static uint64_t real_files(void)
{
    uint64_t open = 0;

    for (int file = 0; file < 64; file++)
        open |= (uint64_t)(fcntl(file, F_GETFD) >= 0) << file;
    return open;
}

static void begin_disk(struct disk *d)
{
    struct vwr_vdev_setup s = {.vm = &fuzz.h.vm,
                               .line = (uint32_t)(d - fuzz.disk),
                               .queue = d->queue,
                               .queue_count = QUEUES,
                               .queue_size = SIZE,
                               .own = d->own,
                               .own_count = VWR_COUNT(d->own)};
    const struct vwr_vblk_options o = {.backend = &d->storage,
                                       .id = "fuzz",
                                       .req = d->req,
                                       .req_count = REQUESTS,
                                       .seg = d->seg,
                                       .seg_count = VWR_COUNT(d->seg)};

    d->storage = storage;
    vwr_vdev_features(&s.features);
    vwr_features_add(&s.features, VWR_F_IN_ORDER);
    expect(vwr_vblk_init_with(&d->device, &s, &o) == VWR_OK);
    fuzz.each[d - fuzz.disk] = &d->device.dev;
}

static void begin_all(void)
{
    uint8_t *unused;

    expect(vwr_vhost_can_notify()); /* by a real file, which stays */
    fuzz.file[MEMORY_FILE] = kernel_file(S_IFREG, MEMORY, &fuzz.memory);
    fuzz.file[RECORD_FILE] = kernel_file(S_IFREG, RECORD_BYTES, &fuzz.records);
    fuzz.file[LOG_FILE] = kernel_file(S_IFREG, LOG_BYTES, &fuzz.log);
    fuzz.file[SHORT_FILE] = kernel_file(S_IFREG, 1, &unused);
    fuzz.file[EVENT_FILE] = kernel_file(0, 0, NULL);
    fuzz.file[NULL_FILE] = kernel_file(S_IFCHR, 0, NULL);
    fuzz.file[FOLDER_FILE] = kernel_file(S_IFDIR, 0, NULL);
    fuzz.file[PIPE_FILE] = kernel_file(S_IFIFO, 0, NULL);
    fuzz.record = -1;
    vwr_vhost_back_init(&fuzz.h);
    fuzz.h.protocol |= (uint64_t)1 << VWR_VHOST_USER_PROTOCOL_F_INBAND_NOTIFICATIONS;
    for (unsigned i = 0; i < QUEUES; i++)
        begin_disk(&fuzz.disk[i]);
}

static void connect_it(void)
{
    expect(vwr_vhost_back_attach(&fuzz.h, fuzz.each[0], kernel_connect()) == VWR_OK);
    fuzz.features = 0;
    for (unsigned q = 0; q < QUEUES; q++) {
        fuzz.added[q] = 0;
        fuzz.wrap[q] = true;
    }
}

static void hang_up(void)
{
    vwr_vhost_back_detach(&fuzz.h);
    restore_memory();
}

/* The record that comes with a reply. */
static void take_record(void)
{
    const int file = kernel_sent_file();

    if (file < 0)
        return;
    if (fuzz.record >= 0)
        close(fuzz.record);
    fuzz.record = file;
}

/* What comes with a number of messages. */
static bool work_times(unsigned passes)
{
    int r = VWR_OK;

    for (unsigned pass = 0; pass < passes && r == VWR_OK; pass++) {
        struct pollfd fds[VWR_VHOST_BACK_FDS];
        int timeout = -1;
        const unsigned count = vwr_vhost_back_fds(&fuzz.h, fds, &timeout);

        for (unsigned i = 0; i < count; i++)
            fds[i].revents = POLLIN;
        r = vwr_vhost_back_ready(&fuzz.h, fds, count);
        for (unsigned q = 0; q < QUEUES && fuzz.h.each != NULL && r == VWR_OK; q++)
            serve_queue(q);
    }
    expect(r == VWR_OK || fuzz.h.why[strlen(fuzz.h.why) - 1u] == '.');
    return r == VWR_OK;
}

static bool work(void)
{
    const bool goes_on = work_times(PASSES);

    take_record();
    return goes_on;
}

static int chosen_file(uint8_t which)
{
    return which % (FILES + 1u) == FILES && fuzz.record >= 0 ? fuzz.record : fuzz.file[which % FILES];
}

static void send_message(uint32_t request, uint32_t flags, uint32_t size, const void *payload, size_t bytes,
                         const int *files, unsigned count)
{
    struct vwr_vhost_user_hdr hdr = {request, flags, size};

    kernel_send(&hdr, sizeof(hdr), payload, bytes, files, count);
}

/* One message in any form. */
static void any_message(void)
{
    uint8_t payload[300];
    int files[16];
    const uint8_t request = input_u8(&fuzz.in);
    const uint8_t flags = input_u8(&fuzz.in);
    const uint8_t size = input_u8(&fuzz.in);
    const unsigned count = flags >> 4;

    for (unsigned i = 0; i < size; i++)
        payload[i] = input_u8(&fuzz.in);
    for (unsigned i = 0; i < count; i++)
        files[i] = chosen_file(input_u8(&fuzz.in));
    send_message(request, (flags & 15u) ^ VWR_VHOST_USER_VERSION, size, payload, size, files, count);
}

/* ---- a front end that keeps the rules, but for one byte ---- */

struct change {
    uint8_t message; /* its number from 1 on; 0: none */
    uint8_t at;
    uint8_t value;
    unsigned sent;
};

static bool say(struct change *c, uint32_t request, const void *payload, uint32_t bytes, int file)
{
    uint8_t copy[300];
    uint32_t size = bytes;

    if (bytes != 0)
        memcpy(copy, payload, bytes);
    if (++c->sent == c->message) {
        if (c->at < bytes)
            copy[c->at] ^= c->value;
        else if (c->at == 0xffu)
            return true; /* left out */
        else if (c->at == 0xfeu)
            file = chosen_file(c->value);
        else
            size ^= c->value;
    }
    send_message(request, VWR_VHOST_USER_VERSION | (c->value & VWR_VHOST_USER_FLAG_NEED_REPLY), size, copy,
                 bytes, &file, file >= 0);
    return work_times(1);
}

static bool say_number(struct change *c, uint32_t request, uint64_t value, int file)
{
    return say(c, request, &value, sizeof(value), file);
}

static bool say_state(struct change *c, uint32_t request, uint32_t index, uint32_t num)
{
    const struct vwr_vhost_user_vring_state s = {index, num};

    return say(c, request, &s, sizeof(s), -1);
}

static bool say_memory(struct change *c)
{
    for (unsigned n = 0; n < 2; n++) { /* two regions: buffers may cross their border */
        const struct vwr_vhost_user_mem_reg r = {
            0, {GUEST + n * HALF, HALF, USER + n * HALF, (uint64_t)n * HALF}};

        if (!say(c, VWR_VHOST_USER_ADD_MEM_REG, &r, sizeof(r), fuzz.file[MEMORY_FILE]))
            return false;
    }
    return true;
}

enum { WITH_RECORD = 1, WITH_OWN_RECORD = 2, WITH_LOG = 4, GOES_ON = 8, LOGS_LATER = 16 };

static bool is_packed(void)
{
    return (fuzz.features >> VWR_F_RING_PACKED & 1u) != 0;
}

static bool say_ring(struct change *c, unsigned queue, unsigned options)
{
    const struct vwr_vhost_user_vring_addr a = {queue,
                                                (options & WITH_LOG) != 0 ? VWR_VHOST_USER_VRING_F_LOG : 0,
                                                USER + RING(queue),
                                                USER + RING(queue) + USED,
                                                USER + RING(queue) + AVAIL,
                                                GUEST + RING(queue) + USED};

    return say_state(c, VWR_VHOST_USER_SET_VRING_NUM, queue, SIZE) &&
           say_state(c, VWR_VHOST_USER_SET_VRING_BASE, queue, is_packed() ? 0x80008000u : 0) &&
           say(c, VWR_VHOST_USER_SET_VRING_ADDR, &a, sizeof(a), -1) &&
           say_number(c, VWR_VHOST_USER_SET_VRING_CALL, queue, fuzz.file[EVENT_FILE]) &&
           say_number(c, VWR_VHOST_USER_SET_VRING_KICK, queue, fuzz.file[EVENT_FILE]) &&
           say_state(c, VWR_VHOST_USER_SET_VRING_ENABLE, queue, 1);
}

static bool say_log(struct change *c, unsigned options)
{
    const struct vwr_vhost_user_log log = {LOG_BYTES, 0};

    return (options & WITH_LOG) == 0 ||
           (say(c, VWR_VHOST_USER_SET_LOG_BASE, &log, sizeof(log), fuzz.file[LOG_FILE]) &&
            say(c, VWR_VHOST_USER_SET_LOG_FD, NULL, 0, fuzz.file[EVENT_FILE]));
}

static bool say_record(struct change *c, unsigned options)
{
    struct vwr_vhost_user_inflight i = {RECORD_BYTES, 0, QUEUES, SIZE};

    if ((options & WITH_RECORD) == 0)
        return true;
    if ((options & WITH_OWN_RECORD) != 0)
        return say(c, VWR_VHOST_USER_SET_INFLIGHT_FD, &i, sizeof(i), fuzz.file[RECORD_FILE]);
    if (!say(c, VWR_VHOST_USER_GET_INFLIGHT_FD, &i, sizeof(i), -1))
        return false;
    take_record();
    i.mmap_size = is_packed() ? 0x580 : 0x280;
    return say(c, VWR_VHOST_USER_SET_INFLIGHT_FD, &i, sizeof(i),
               fuzz.record >= 0 ? fuzz.record : fuzz.file[RECORD_FILE]);
}

static bool start(struct change *c, unsigned options, uint64_t features)
{
    const uint64_t log = (options & WITH_LOG) != 0 ? (uint64_t)1 << VWR_VHOST_USER_F_LOG_ALL : 0;
    const uint64_t protocol = vwr_vhost_back_protocol();
    bool ok;

    fuzz.features =
        features | (uint64_t)1 << VWR_F_VERSION_1 | (uint64_t)1 << VWR_VHOST_USER_F_PROTOCOL_FEATURES;
    if ((options & GOES_ON) == 0)
        memset(fuzz.memory, 0, 2u * RING(1));
    ok = say_number(c, VWR_VHOST_USER_SET_PROTOCOL_FEATURES, protocol, -1) &&
         say_number(c, VWR_VHOST_USER_SET_FEATURES, fuzz.features | ((options & LOGS_LATER) != 0 ? 0 : log),
                    -1) &&
         say_memory(c) && say_log(c, options) && say_record(c, options);
    for (unsigned q = 0; q < QUEUES && ok; q++)
        ok = say_ring(c, q, options);
    return ok && ((options & LOGS_LATER) == 0 ||
                  say_number(c, VWR_VHOST_USER_SET_FEATURES, fuzz.features | log, -1));
}

static void start_as_input(void)
{
    static const uint8_t bits[] = {VWR_F_RING_PACKED, VWR_F_EVENT_IDX, VWR_F_IN_ORDER, VWR_F_INDIRECT_DESC};
    const uint8_t formats = input_u8(&fuzz.in);
    const uint8_t options = input_u8(&fuzz.in);
    struct change c = {input_u8(&fuzz.in), 0, 0, 0};
    uint64_t features = (uint64_t)1 << VWR_BLK_F_MQ;

    if (c.message != 0) {
        c.at = input_u8(&fuzz.in);
        c.value = input_u8(&fuzz.in);
    }
    for (unsigned i = 0; i < sizeof(bits); i++)
        features |= (uint64_t)(formats >> i & 1u) << bits[i];
    (void)start(&c, options, features);
}

/* ---- the driver ---- */

static void *at(uint32_t offset)
{
    return fuzz.memory + offset % (MEMORY - 64u) / 16u * 16u;
}

static void describe(unsigned queue, uint32_t place, uint64_t addr, uint32_t len, unsigned flags,
                     unsigned next)
{
    if (is_packed()) {
        struct vwr_pvirtq_desc *const d = at(place);

        d->addr = vwr_cpu_to_le64(addr);
        d->len = vwr_cpu_to_le32(len);
        d->id = vwr_cpu_to_le16((uint16_t)(queue + next));
        d->flags = vwr_cpu_to_le16((uint16_t)flags);
    } else {
        struct vwr_virtq_desc *const d = at(place);

        d->addr = vwr_cpu_to_le64(addr);
        d->len = vwr_cpu_to_le32(len);
        d->flags = vwr_cpu_to_le16((uint16_t)flags);
        d->next = vwr_cpu_to_le16((uint16_t)next);
    }
}

static unsigned available(unsigned queue)
{
    return !is_packed() ? 0u : fuzz.wrap[queue] ? VWR_VIRTQ_DESC_F_AVAIL : VWR_VIRTQ_DESC_F_USED;
}

static void advance(unsigned queue)
{
    fuzz.added[queue]++;
    if (is_packed() && fuzz.added[queue] % SIZE == 0)
        fuzz.wrap[queue] = !fuzz.wrap[queue];
}

/* A request: header, data, status; `odd` makes one part of it wrong. */
static void add(unsigned queue, uint8_t type, uint8_t pages, uint8_t odd, bool table)
{
    const uint16_t slot = fuzz.added[queue] % SIZE;
    const uint32_t data = DATA + slot * 0x2000u % (MEMORY - DATA);
    const uint64_t sector = odd % 8u == 5u ? SECTORS - odd / 8u % 8u : slot;
    const struct vwr_blk_req_out header = {vwr_cpu_to_le32(type), 0, vwr_cpu_to_le64(sector)};
    const uint32_t first = slot < SIZE - 3u ? slot : 0; /* split: descriptors of a request */
    const uint32_t place = table ? data + 0x40u : RING(queue) + (is_packed() ? 0 : first * 16u);
    const unsigned write = type == VWR_BLK_T_IN ? VWR_VIRTQ_DESC_F_WRITE : 0;
    uint64_t addr[3] = {GUEST + data, GUEST + data + 0x200u, GUEST + data + 0x20u};
    uint32_t len[3] = {sizeof(header), pages * 512u, 1};
    unsigned flags[3] = {VWR_VIRTQ_DESC_F_NEXT, write | VWR_VIRTQ_DESC_F_NEXT, VWR_VIRTQ_DESC_F_WRITE};

    memcpy(at(data), &header, sizeof(header));
    if (odd % 8u == 1u)
        addr[odd / 8u % 3u] = COPIES + odd * 8u;
    else if (odd % 8u == 2u)
        addr[odd / 8u % 3u] = GUEST + HALF - odd;
    else if (odd % 8u == 3u)
        len[odd / 8u % 3u] ^= 1u << odd / 8u;
    else if (odd % 8u == 4u)
        flags[odd / 8u % 3u] ^= 1u << odd / 32u;
    for (unsigned n = 0; n < 3; n++) {
        if (!is_packed() || table) {
            describe(queue, place + n * 16u, addr[n], len[n], flags[n], (table ? 0 : first) + n + 1u);
        } else {
            describe(queue, RING(queue) + fuzz.added[queue] % SIZE * 16u, addr[n], len[n],
                     flags[n] | available(queue), slot);
            advance(queue);
        }
    }
    if (table)
        describe(queue, RING(queue) + slot * 16u, GUEST + place, 3u * 16u,
                 VWR_VIRTQ_DESC_F_INDIRECT | available(queue), slot);
    if (table || !is_packed())
        advance(queue);
    if (!is_packed()) {
        struct vwr_virtq_avail *const avail = at(RING(queue) + AVAIL);

        avail->ring[slot] = vwr_cpu_to_le16((uint16_t)(table ? slot : first));
        avail->idx = vwr_cpu_to_le16(fuzz.added[queue]);
    }
}

static void add_as_input(void)
{
    const uint8_t how = input_u8(&fuzz.in);
    const uint8_t type = input_u8(&fuzz.in);
    const uint8_t odd = input_u8(&fuzz.in);

    add(how & 1u, type % 32u, how >> 2 & 7u, odd, (how & 2u) != 0);
}

static void kick(void)
{
    (void)!write(fuzz.file[EVENT_FILE], &(uint64_t){1}, sizeof(uint64_t));
}

static void write_record(uint16_t offset, uint32_t value)
{
    if (fuzz.record >= 0)
        kernel_store(fuzz.record, offset % 0x600u, &value, 1u + value % 4u);
    else
        memcpy(fuzz.records + offset % (RECORD_BYTES - 4u), &value, sizeof(value));
}

static void step(uint8_t op)
{
    uint16_t offset;
    uint32_t value;

    switch (op % 12u) {
    case 0:
        any_message();
        break;
    case 1:
        start_as_input();
        break;
    case 2:
        add_as_input();
        break;
    case 3:
        kick();
        (void)work();
        break;
    case 4:
        if (fuzz.laters != 0)
            complete(op / 24u % fuzz.laters, (op / 12u & 1u) == 0 ? VWR_OK : VWR_EIO);
        break;
    case 5:
        offset = input_u16(&fuzz.in);
        value = input_u32(&fuzz.in);
        memcpy(fuzz.memory + offset % (2u * RING(1)), &value, 1u + op / 12u % 4u);
        break;
    case 6:
        offset = input_u16(&fuzz.in);
        write_record(offset, input_u32(&fuzz.in));
        break;
    case 7:
        fuzz.storage = input_u8(&fuzz.in);
        break;
    case 8: /* the back end dies, and the next one finds the record */
        vwr_vhost_back_detach(&fuzz.h);
        have_devices((op / 12u & 1u) != 0);
        connect_it();
        break;
    case 9: {
        const struct vwr_vhost_user_vring_state s = {op / 12u % (QUEUES + 1u), 0};

        send_message(VWR_VHOST_USER_GET_VRING_BASE, VWR_VHOST_USER_VERSION, sizeof(s), &s, sizeof(s), NULL,
                     0);
        (void)work();
        break;
    }
    case 10:
        vwr_vdev_set_unsafe(fuzz.each[fuzz.h.each != NULL ? op / 24u % QUEUES : 0], (op / 12u & 1u) != 0);
        break;
    default:
        if (op < 12u) { /* rarely: only here the real kernel has work */
            fuzz.truncated = true;
            kernel_truncate(fuzz.file[MEMORY_FILE], input_u8(&fuzz.in) * 0x400u);
        }
        (void)work();
        restore_memory();
    }
}

/* ---- after an input ---- */

static void finish(void)
{
    hang_up();
    expect(fuzz.laters == 0 || fuzz.disk[0].device.dev.unsafe || fuzz.disk[1].device.dev.unsafe);
    fuzz.laters = 0;
    for (unsigned i = 0; i < QUEUES; i++)
        vwr_vdev_set_unsafe(fuzz.each[i], false);
    expect(fuzz.h.kept == 0);
    if (fuzz.record >= 0)
        close(fuzz.record);
    fuzz.record = -1;
    memset(fuzz.records, 0, RECORD_BYTES);
    memset(fuzz.log, 0, LOG_BYTES);
}

/* Others are served as before. */
static void read_a_sector(void)
{
    struct change c = {0, 0, 0, 0};

    fuzz.storage = 0;
    connect_it();
    expect(start(&c, WITH_RECORD | WITH_LOG, 0));
    memset(fuzz.memory + DATA, 0, 0x1000);
    add(0, VWR_BLK_T_IN, 1, 0, false);
    kick();
    expect(work());
    expect(fuzz.memory[DATA + 0x200u] == 1 && fuzz.memory[DATA + 0x20u] == VWR_BLK_S_OK);
    expect((fuzz.log[(GUEST + DATA) / 0x1000u / 8u] >> (GUEST + DATA) / 0x1000u % 8u & 1u) != 0);
    finish();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    const struct input in = {data, bytes};
    uint64_t real = 0;
    unsigned before;

    if (fuzz.inputs++ == 0)
        begin_all();
    if (fuzz.inputs % CHECK_REAL == 1u)
        real = real_files();
    before = kernel_count();
    kernel_begin();
    fuzz.in = in;
    fuzz.storage = 0;
    fuzz.h.stop_ms = 0; /* nothing waits */
    have_devices(false);
    connect_it();
    while (fuzz.in.left > 0)
        step(input_u8(&fuzz.in));
    (void)work();
    finish();
    if (input_is_checked(&in))
        read_a_sector();
    kernel_end();
    expect(kernel_count() == before);
    if (fuzz.inputs % CHECK_REAL == 1u)
        expect(real_files() == real);
    return 0;
}
