/* SPDX-License-Identifier: MIT */
#include "disk.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include "vwr/vm.h"

#define GUARD 0x10000u
#define BYTES (DISK_SECTORS * SECTOR)

static struct disk *of(struct vwr_vblk_backend *be)
{
    return (struct disk *)(void *)((uint8_t *)be - offsetof(struct disk, backend));
}

static uint8_t content(uint64_t offset)
{
    return (uint8_t)(offset * 13u + (offset >> 9) * 7u + 3u);
}

/*
 * Checks that a request to the backend lies in the window and has no more segments than the backend accepts,
 * and that their lengths add up.
 */
static void check(const struct disk *d, const struct vwr_vblk_req *r)
{
    uint64_t bytes = 0;

    assert_true(d->backend.segments_max == 0 || r->segs <= d->backend.segments_max);
    for (unsigned i = 0; i < r->segs; i++) {
        assert_int_not_equal(r->seg[i].len, 0);
        bytes += r->seg[i].len;
    }
    for (unsigned i = 0; i < r->ranges; i++) {
        assert_true(r->range[i].sector >= DISK_FIRST && r->range[i].sectors <= DISK_LIMIT);
        assert_true(r->range[i].sector + r->range[i].sectors <= DISK_FIRST + DISK_WINDOW);
    }
    if (r->type != VWR_BLK_T_IN && r->type != VWR_BLK_T_OUT)
        return;
    assert_int_equal(bytes, r->bytes);
    assert_int_equal(bytes % SECTOR, 0);
    assert_true(r->sector >= DISK_FIRST && r->sector <= DISK_FIRST + DISK_WINDOW);
    assert_true(bytes / SECTOR <= DISK_FIRST + DISK_WINDOW - r->sector);
}

/* Transfers `bytes` of a request, segment by segment, as a real backend does. */
static void transfer(struct disk *d, const struct vwr_vblk_req *r, uint32_t bytes)
{
    uint8_t *at = d->at + r->sector * SECTOR;

    for (unsigned i = 0; i < r->segs && bytes != 0; i++) {
        const uint32_t n = r->seg[i].len < bytes ? r->seg[i].len : bytes;

        if (r->type == VWR_BLK_T_IN)
            memcpy(r->seg[i].at, at, n);
        else
            memcpy(at, r->seg[i].at, n);
        at += n;
        bytes -= n;
    }
}

static int carry_out(struct disk *d, struct vwr_vblk_req *r, int result)
{
    if (result == VWR_OK)
        transfer(d, r, r->bytes);
    for (unsigned i = 0; i < r->ranges && result == VWR_OK; i++)
        memset(d->at + r->range[i].sector * SECTOR, 0, r->range[i].sectors * SECTOR);
    if (result != VWR_OK && r->type == VWR_BLK_T_IN) {
        r->read = d->part;
        transfer(d, r, d->part < r->bytes ? d->part : r->bytes);
    }
    return result;
}

static int submit(struct vwr_vblk_backend *be, struct vwr_vblk_req *r)
{
    struct disk *const d = of(be);

    check(d, r);
    if (d->out_count >= d->room)
        return VWR_EFULL;
    d->submits++;
    d->type = r->type;
    if (!d->later)
        return carry_out(d, r, d->result);
    d->ticket[d->out_count] = vwr_vblk_ticket(r);
    d->out[d->out_count++] = r;
    return VWR_LATER;
}

static void drain(struct vwr_vblk_backend *be, struct vwr_vblk *b, unsigned queue)
{
    struct disk *const d = of(be);

    assert_ptr_equal(b, &d->blk);
    assert_true(queue == VWR_VBLK_ALL_QUEUES || queue == 0);
    d->out_count = 0;
}

static const struct vwr_vblk_backend_ops ops = {.submit = submit, .drain = drain};

static void fill_backend(struct disk *d)
{
    uint8_t *const p =
        mmap(NULL, BYTES + 2 * GUARD, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    assert_ptr_not_equal(p, MAP_FAILED);
    d->at = p + GUARD;
    assert_int_equal(mprotect(d->at, BYTES, PROT_READ | PROT_WRITE), 0);
    for (size_t i = 0; i < BYTES; i++)
        d->at[i] = content(i);
    d->backend.ops = &ops;
    d->backend.sectors = DISK_SECTORS;
    d->backend.block_bytes = SECTOR;
    d->backend.flush = true;
    d->backend.discard = true;
    d->backend.discard_sectors = DISK_LIMIT;
    d->backend.write_zeroes = true;
    d->backend.write_zeroes_sectors = DISK_LIMIT;
    d->room = DISK_MANY;
}

static void plug(struct guest *g)
{
    struct disk *const d = calloc(1, sizeof(*d));
    const struct vwr_vblk_options o = {.backend = &d->backend,
                                       .first = DISK_FIRST,
                                       .sectors = DISK_WINDOW,
                                       .id = "hostile guest's disk",
                                       .req = d->req,
                                       .req_count = DISK_REQS,
                                       .seg = d->seg,
                                       .seg_count = VWR_COUNT(d->seg)};
    struct vwr_vdev_setup s;

    g->device = d;
    fill_backend(d);
    guest_setup(g, &s);
    for (unsigned i = 0; i < VWR_FEATURE_WORDS; i++)
        g->features.w[i] |= i == 0 ? VWR_BLK_FEATURES_W0 : 0;
    s.queue_count = 1;
    assert_int_equal(vwr_vblk_init_with(&d->blk, &s, &o), VWR_OK);
    guest_plug(g, 0, &d->blk.dev);
    hostile_start_one(g);
}

static void works(struct guest *g)
{
    struct disk *const d = disk_in(g);

    d->later = false;
    d->room = DISK_MANY;
    d->result = VWR_OK;
    g->broke = 0;
    hostile_start_one(g);
    assert_int_equal(vwr_vblk_in_flight(&d->blk), 0);
    assert_int_equal(d->out_count, 0);
    for (unsigned i = 0; i < 12; i++)
        disk_says(g, disk_ask(g, VWR_BLK_T_IN, i, 2 * SECTOR, true), 2 * SECTOR + 1, VWR_BLK_S_OK);
    assert_int_equal(vwr_vblk_in_flight(&d->blk), 0);
    assert_int_equal(vwr_vqueue_in_flight(&g->dev->queue[0]), 0);
    hostile_is_whole(g);
    guest_write(g, VWR_MMIO_STATUS, sizeof(uint32_t), 0);
}

static void unplug(struct guest *g)
{
    struct disk *const d = disk_in(g);

    vwr_vm_remove(&g->vm, 0);
    munmap(d->at - GUARD, BYTES + 2 * GUARD);
    free(d);
}

const struct hostile_device disk_device = {plug, works, unplug};

void disk_head(struct guest *g, uint32_t type, uint64_t sector)
{
    struct vwr_blk_req_out *const head = guest_at(g, HEAD, sizeof(*head));

    head->type = vwr_guest32(g->legacy, type);
    head->reserved = 0;
    head->sector = vwr_guest64(g->legacy, sector);
    memset(guest_at(g, DATA, 0x2000), POISON, 0x2000);
    *(uint8_t *)guest_at(g, STATUS, 1) = POISON;
}

int64_t disk_send(struct guest *g, const struct guest_desc *segment, unsigned segments)
{
    hostile_send(g, 0, segment, segments);
    return hostile_take(g, 0);
}

int64_t disk_ask(struct guest *g, uint32_t type, uint64_t sector, uint32_t bytes, bool in)
{
    const struct guest_desc segment[3] = {
        {HEAD, 16, 0, 0}, {DATA, bytes, in ? WRITE : 0, 0}, {STATUS, 1, WRITE, 0}};
    const struct guest_desc without[2] = {{HEAD, 16, 0, 0}, {STATUS, 1, WRITE, 0}};

    disk_head(g, type, sector);
    return bytes != 0 ? disk_send(g, segment, 3) : disk_send(g, without, 2);
}

void disk_says(struct guest *g, int64_t got, int64_t len, uint8_t status)
{
    assert_int_equal(got, len);
    assert_int_equal(*(const uint8_t *)guest_at(g, STATUS, 1), status);
    hostile_is_whole(g);
}

void disk_not_asked(struct guest *g)
{
    assert_int_equal(disk_in(g)->submits, 0);
    assert_true(disk_is_untouched(g));
}

void disk_has_read(struct guest *g, uint64_t addr, uint64_t sector, uint32_t bytes)
{
    for (uint32_t i = 0; i < bytes; i++)
        assert_int_equal(*(const uint8_t *)guest_at(g, addr + i, 1),
                         content((DISK_FIRST + sector) * SECTOR + i));
}

bool disk_is_poison(struct guest *g, uint64_t addr, uint32_t bytes)
{
    for (uint32_t i = 0; i < bytes; i++)
        if (*(const uint8_t *)guest_at(g, addr + i, 1) != POISON)
            return false;
    return true;
}

bool disk_is_untouched(struct guest *g)
{
    for (size_t i = 0; i < BYTES; i++)
        if (disk_in(g)->at[i] != content(i))
            return false;
    return true;
}

void disk_end(struct guest *g, unsigned at, int result)
{
    struct disk *const d = disk_in(g);
    struct vwr_vblk_req *const r = d->out[at];
    const uint64_t ticket = d->ticket[at];

    assert_true(at < d->out_count);
    memmove(&d->out[at], &d->out[at + 1], (d->out_count - at - 1) * sizeof(d->out[0]));
    memmove(&d->ticket[at], &d->ticket[at + 1], (d->out_count - at - 1) * sizeof(d->ticket[0]));
    d->out_count--;
    log_begin(g);
    vwr_vblk_done(r, ticket, carry_out(d, r, result));
    (void)log_end(g);
}

int main(void)
{
    int failed = 0;

    failed += hostile_run("forms", &disk_device, cases_forms, cases_forms_count);
    failed += hostile_run("values", &disk_device, cases_values, cases_values_count);
    failed += hostile_run("late", &disk_device, cases_late, cases_late_count);
    return failed;
}
