/* SPDX-License-Identifier: MIT */
#include "vwr/gen/features.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/packed_ring.h"

#include "inside.h"
#include "check.h"
#include "pattern.h"

#include <stdio.h>
#include <string.h>

#define PAGE ((size_t)4096)

/*
 * Allocates poisoned memory, so that missing writes of a device are detected. The first region holds rings,
 * the last one data.
 */
static void *take(struct inside_ram *ram, size_t bytes)
{
    uint8_t *const at = ram->at + ram->used;

    ram->used += (bytes + PAGE - 1) / PAGE * PAGE;
    CHECK(ram->used <= ram->bytes);
    return memset(at, 0xa5, bytes);
}

uint64_t inside_dma(const struct inside *in, const void *p, size_t n, size_t *run)
{
    for (unsigned i = 0; i < in->rams; i++) {
        const size_t at = (uintptr_t)p - (uintptr_t)in->ram[i].at;

        if (at < in->ram[i].bytes) {
            *run = n < in->ram[i].bytes - at ? n : in->ram[i].bytes - at;
            return in->ram[i].addr + at;
        }
    }
    *run = 0;
    return 0;
}

/* ---- start ---- */

static void probe(struct inside *in, unsigned slot)
{
    volatile void *const at = (volatile void *)(uintptr_t)(in->base + slot * PAGE);

    CHECK_NUMBER(vwr_mmio_probe(&in->mmio[slot], at, VWR_MMIO_SIZE), VWR_OK);
}

static struct vwr_queue_memory ring(struct inside *in, unsigned i, uint16_t size)
{
    const size_t bytes = VWR_BLK_SHARED_BYTES(INSIDE_SIZE, INSIDE_REQUESTS, INSIDE_SEGMENTS);

    CHECK(VWR_BLK_OWN_BYTES(INSIDE_SIZE, INSIDE_REQUESTS) <= sizeof(in->own[i]));
    return (struct vwr_queue_memory){take(&in->ram[0], bytes), bytes, in->own[i], sizeof(in->own[i]), size};
}

static void open_disk(struct inside *in)
{
    const struct vwr_blk_options o = {.request.requests = INSIDE_REQUESTS,
                                      .request.segments = INSIDE_SEGMENTS,
                                      .more = &in->more,
                                      .more_count = 1};

    probe(in, DISK);
    CHECK_NUMBER(vwr_blk_open_with(&in->disk, &in->mmio[DISK].dev, &in->memory[0], &o), VWR_OK);
    for (unsigned i = 0; i < in->disk.queue_count; i++)
        CHECK(vwr_blk_arm(vwr_blk_get_requestq(&in->disk, i), 1));
}

static void open_small_devices(struct inside *in)
{
    probe(in, CONSOLE);
    CHECK_NUMBER(guest_console_open(&in->console, &in->mmio[CONSOLE].dev,
                                    take(&in->ram[0], sizeof(struct guest_console_memory)), NULL),
                 VWR_OK);
    CHECK_NUMBER(guest_console_work(&in->console), VWR_OK);
    probe(in, ENTROPY);
    CHECK_NUMBER(guest_entropy_open(&in->entropy, &in->mmio[ENTROPY].dev,
                                    take(&in->ram[0], sizeof(struct guest_lane_memory)), NULL),
                 VWR_OK);
    CHECK_NUMBER(guest_entropy_ask(&in->entropy, INSIDE_RANDOM), VWR_OK);
    in->due[ENTROPY] = true;
}

/* Reads the first sectors of the shared disk; the answer arrives while everything else continues. */
static void ask_shared(struct inside *in)
{
    struct inside_request *const r = &in->shared;

    r->buffer = take(&in->ram[in->rams - 1], INSIDE_SECTORS * SECTOR_BYTES);
    vwr_blk_fill(&r->req, VWR_BLK_T_IN, 0, r->buffer, INSIDE_SECTORS * SECTOR_BYTES);
    CHECK_NUMBER(vwr_blk_submit(&in->common.first, &r->req), VWR_OK);
    (void)vwr_blk_kick(&in->common.first);
    in->due[COMMON] = true;
}

void inside_boot(struct inside *in)
{
    struct inside before = *in;

    memset(in, 0, sizeof(*in));
    memcpy(in->ram, before.ram, sizeof(in->ram));
    in->rams = before.rams;
    in->base = before.base;
    in->tag = before.tag;
    in->first = before.first;
    for (unsigned i = 0; i < in->rams; i++)
        in->ram[i].used = 0;
    for (unsigned i = 0; i < INSIDE_QUEUES; i++)
        in->memory[i] = ring(in, i, INSIDE_SIZE);
    in->memory[INSIDE_QUEUES] = ring(in, INSIDE_QUEUES, 16);
    in->more = (struct vwr_blk_more){&in->more_queue, in->memory[1]};
    open_disk(in);
    open_small_devices(in);
    probe(in, COMMON);
    CHECK_NUMBER(vwr_blk_open_with(&in->common, &in->mmio[COMMON].dev, &in->memory[INSIDE_QUEUES], NULL),
                 VWR_OK);
    ask_shared(in);
    for (unsigned i = 0; i < INSIDE_QUEUES * INSIDE_REQUESTS; i++)
        in->request[i].buffer = take(&in->ram[in->rams - 1], INSIDE_SECTORS * SECTOR_BYTES);
    inside_work(in);
}

/* ---- the disk ---- */

void inside_work(struct inside *in)
{
    CHECK_NUMBER(in->out, 0);
    in->phase = WRITES;
    in->next = 0;
    in->seed = (uint32_t)in->tag;
    in->due[DISK] = true;
}

static uint32_t random_length(struct inside *in)
{
    const uint64_t left = in->disk.info.sectors - in->next;

    in->seed = in->seed * 1664525u + 1013904223u;
    return left < INSIDE_SECTORS ? (uint32_t)left : 1 + (in->seed >> 16) % INSIDE_SECTORS;
}

/* False: the queue is full, or this phase has no requests left. */
static bool submit(struct inside *in, struct inside_request *r)
{
    struct vwr_blk_requestq *const q =
        vwr_blk_get_requestq(&in->disk, (unsigned)(r - in->request) / INSIDE_REQUESTS % in->disk.queue_count);
    int result;

    if (in->phase == FLUSHES ? in->next != 0 : in->next == in->disk.info.sectors)
        return false;
    r->sector = in->next;
    r->sectors = in->phase == FLUSHES ? 0 : random_length(in);
    if (in->phase == FLUSHES)
        vwr_blk_fill(&r->req, VWR_BLK_T_FLUSH, 0, NULL, 0);
    else
        vwr_blk_fill(&r->req, in->phase == WRITES ? VWR_BLK_T_OUT : VWR_BLK_T_IN, r->sector, r->buffer,
                     r->sectors * SECTOR_BYTES);
    if (in->phase == WRITES)
        pattern_fill(r->buffer, in->tag, in->first + r->sector, r->sectors);
    else
        memset(r->buffer, 0xa5, INSIDE_SECTORS * SECTOR_BYTES);
    result = vwr_blk_submit(q, &r->req);
    if (result == VWR_EFULL)
        return false;
    CHECK_NUMBER(result, VWR_OK);
    in->next += in->phase == FLUSHES ? 1 : r->sectors;
    in->out++;
    return true;
}

static void has_come(struct inside *in, const struct inside_request *r)
{
    const bool bad =
        in->phase == READS && in->bad != 0 && in->bad >= r->sector && in->bad < r->sector + r->sectors;

    in->out--;
    if (r->req.req.result != (bad ? VWR_EIO : VWR_OK))
        check_failed(__FILE__, __LINE__, "%c: phase %d, sectors %u to %u: %s", in->tag, in->phase,
                     (unsigned)r->sector, (unsigned)(r->sector + r->sectors - 1),
                     vwr_strerror(r->req.req.result));
    in->errors += bad;
    if (in->phase == READS && !bad)
        PATTERN_CHECK(r->buffer, in->tag, in->first + r->sector, r->sectors);
}

static void reap(struct inside *in)
{
    struct vwr_blk_req *done[INSIDE_REQUESTS];

    for (unsigned i = 0; i < in->disk.queue_count; i++) {
        struct vwr_blk_requestq *const q = vwr_blk_get_requestq(&in->disk, i);
        int n;

        do {
            n = vwr_blk_reap(q, done, INSIDE_REQUESTS);
            CHECK(n >= 0);
            for (int k = 0; k < n; k++)
                has_come(in, (struct inside_request *)(void *)done[k]);
        } while (n > 0 || !vwr_blk_arm(q, 1));
    }
}

static void work_on_disk(struct inside *in)
{
    reap(in);
    if (in->out == 0 && in->phase != DONE &&
        (in->phase == FLUSHES ? in->next != 0 : in->next == in->disk.info.sectors)) {
        in->phase++;
        in->next = 0;
    }
    for (unsigned i = 0; i < INSIDE_QUEUES * INSIDE_REQUESTS && in->phase != DONE; i++)
        if (!vwr_req_is_in_flight(&in->request[i].req.req))
            (void)submit(in, &in->request[i]);
    for (unsigned i = 0; i < in->disk.queue_count; i++)
        (void)vwr_blk_kick(vwr_blk_get_requestq(&in->disk, i));
}

void inside_break_disk(struct inside *in)
{
    struct vwr_pvirtq_desc *const ring = in->memory[0].shared;
    volatile uint8_t *const registers = (volatile uint8_t *)(uintptr_t)in->base;

    if (vwr_dev_has(&in->mmio[DISK].dev, VWR_F_RING_PACKED)) {
        memset(ring, 0xff, INSIDE_SIZE * sizeof(*ring)); /* invalid addresses, available in either format */
        for (unsigned pass = 0; pass < 2; pass++) {
            for (unsigned i = 0; i < INSIDE_SIZE; i++)
                ring[i].flags = vwr_cpu_to_le16(pass == 0 ? VWR_VIRTQ_DESC_F_AVAIL : VWR_VIRTQ_DESC_F_USED);
            vwr_reg_write32(registers, VWR_MMIO_QUEUE_NOTIFY, 0);
        }
        return;
    }
    memset(ring, 0xff, in->memory[0].shared_bytes / 2);
    memset(in->disk.first.requests.queue.split.avail, 0x7f, 64);
    vwr_reg_write32(registers, VWR_MMIO_QUEUE_NOTIFY, 0);
}

/* ---- console and entropy ---- */

/* Answers a line: "hello" by "A heard hello". */
static void answer(struct inside *in)
{
    char words[INSIDE_LINE + 16];
    const int n = snprintf(words, sizeof(words), "%c heard %.*s\n", in->tag, (int)in->heard_bytes, in->heard);

    CHECK(guest_console_write(&in->console, 0, words, (uint32_t)n) == (uint32_t)n);
    in->heard_bytes = 0;
    in->lines++;
}

static void work_on_console(struct inside *in)
{
    char c;

    CHECK_NUMBER(guest_console_work(&in->console), VWR_OK);
    while (guest_console_read(&in->console, 0, &c, 1) == 1) {
        if (c == '\n')
            answer(in);
        else if (in->heard_bytes < INSIDE_LINE)
            in->heard[in->heard_bytes++] = c;
    }
    CHECK_NUMBER(guest_console_work(&in->console), VWR_OK);
}

static void work_on_random(struct inside *in)
{
    uint8_t bytes[GUEST_LANE_BYTES];
    uint32_t n;

    do {
        if (guest_entropy_take(&in->entropy, bytes, &n) != 1)
            continue;
        CHECK(n > 0 && in->randoms + n <= INSIDE_RANDOM);
        memcpy(in->random + in->randoms, bytes, n);
        in->randoms += n;
        if (in->randoms < INSIDE_RANDOM)
            CHECK_NUMBER(guest_entropy_ask(&in->entropy, INSIDE_RANDOM - in->randoms), VWR_OK);
    } while (!vwr_queue_arm(&in->entropy.lane.queue, 1));
}

static void work_on_shared(struct inside *in)
{
    struct vwr_blk_req *done;

    do {
        if (vwr_blk_reap(&in->common.first, &done, 1) != 1)
            continue;
        CHECK(done == &in->shared.req);
        CHECK_NUMBER(done->req.result, VWR_OK);
        PATTERN_CHECK(in->shared.buffer, 'C', 0, INSIDE_SECTORS);
        in->has_shared = true;
    } while (!vwr_blk_arm(&in->common.first, 1));
}

static void (*const work[DEVICES])(struct inside *in) = {work_on_disk, work_on_console, work_on_random,
                                                         work_on_shared};

void inside_step(struct inside *in)
{
    for (unsigned i = 0; i < DEVICES; i++) {
        if (in->line[i] && vwr_dev_irq(&in->mmio[i].dev) != 0) {
            in->interrupts++;
            in->due[i] = true;
        }
        if (!in->due[i])
            continue;
        in->due[i] = false;
        work[i](in);
    }
}
