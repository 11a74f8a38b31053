/* SPDX-License-Identifier: MIT */
#include "disk.h"

#include <string.h>

/* The layout of a request in its buffer: G11, G12, G24, G27. */

/* 0: a read without writable data; 1: a write without readable data; 2: neither header nor data. */
static void g11(struct guest *g, long long at)
{
    const struct guest_desc segment[3] = {
        {HEAD, 16, at == 2 ? WRITE : 0, 0}, {DATA, SECTOR, at == 0 ? 0 : WRITE, 0}, {STATUS, 1, WRITE, 0}};

    disk_head(g, at == 0 ? VWR_BLK_T_IN : VWR_BLK_T_OUT, 3);
    disk_says(g, disk_send(g, segment, 3), at == 0 ? 1 : 0, VWR_BLK_S_IOERR);
    assert_true(disk_is_poison(g, DATA, SECTOR));
    disk_not_asked(g);
}

/* Data in both directions. */
static void g11_both(struct guest *g, long long type)
{
    const struct guest_desc segment[4] = {
        {HEAD, 16, 0, 0}, {DATA, SECTOR, 0, 0}, {DATA + SECTOR, SECTOR, WRITE, 0}, {STATUS, 1, WRITE, 0}};

    disk_head(g, (uint32_t)type, 3);
    disk_says(g, disk_send(g, segment, 4), 0, VWR_BLK_S_IOERR);
    assert_true(disk_is_poison(g, DATA, 2 * SECTOR));
    disk_not_asked(g);
}

/* No status byte: nothing is writable. */
static void g12(struct guest *g, long long segments)
{
    const struct guest_desc segment[3] = {{HEAD, 16, 0, 0}, {DATA, SECTOR, 0, 0}, {STATUS, 1, 0, 0}};

    disk_head(g, VWR_BLK_T_IN, 3);
    assert_int_equal(disk_send(g, segment, (unsigned)segments), -1);
    hostile_is_broken(g, VWR_VFAULT_REQUEST);
    assert_true(disk_is_poison(g, DATA, SECTOR) && disk_is_poison(g, STATUS, 1));
    disk_not_asked(g);
}

/*
 * A longer status segment: its last byte is the status, and the others are data, which a write cannot have.
 */
static void g12_long(struct guest *g, long long bytes)
{
    const struct guest_desc segment[3] = {
        {HEAD, 16, 0, 0}, {DATA, SECTOR, 0, 0}, {STATUS + 1 - (uint64_t)bytes, (uint32_t)bytes, WRITE, 0}};

    disk_head(g, VWR_BLK_T_OUT, 3);
    memset(guest_at(g, STATUS + 1 - (uint64_t)bytes, (uint64_t)bytes), POISON, (size_t)bytes);
    disk_says(g, disk_send(g, segment, 3), bytes == 1 ? 1 : 0, bytes == 1 ? VWR_BLK_S_OK : VWR_BLK_S_IOERR);
    assert_true(disk_is_poison(g, STATUS + 1 - (uint64_t)bytes, (uint32_t)bytes - 1));
}

/* A truncated header, with nothing else to read. */
static void g12_short(struct guest *g, long long bytes)
{
    const struct guest_desc segment[3] = {
        {HEAD, (uint32_t)bytes, 0, 0}, {DATA, SECTOR, WRITE, 0}, {STATUS, 1, WRITE, 0}};

    disk_head(g, VWR_BLK_T_IN, 0);
    if (bytes == 0)
        disk_says(g, disk_send(g, segment + 1, 2), 0, VWR_BLK_S_IOERR);
    else
        disk_says(g, disk_send(g, segment, 3), bytes == 16 ? SECTOR + 1 : 0,
                  bytes == 16 ? VWR_BLK_S_OK : VWR_BLK_S_IOERR);
}

/* The first bytes of the header in segments of one byte, the rest in one segment. */
static void g24_header(struct guest *g, long long ones)
{
    struct guest_desc segment[16];
    unsigned n = 0;

    for (; n < (unsigned)ones; n++)
        segment[n] = (struct guest_desc){HEAD + n, 1, 0, 0};
    segment[n] = (struct guest_desc){HEAD + n, 16 - n, 0, 0};
    n++;
    segment[n++] = (struct guest_desc){DATA, SECTOR, WRITE, 0};
    segment[n++] = (struct guest_desc){STATUS, 1, WRITE, 0};
    disk_head(g, VWR_BLK_T_IN, 5);
    disk_says(g, disk_send(g, segment, n), SECTOR + 1, VWR_BLK_S_OK);
    disk_has_read(g, DATA, 5, SECTOR);
}

/* One segment, at an address that is unaligned for each of its fields. */
static void g24_unaligned(struct guest *g, long long at)
{
    const struct guest_desc segment[3] = {
        {HEAD + (uint64_t)at, 16, 0, 0}, {DATA, SECTOR, WRITE, 0}, {STATUS, 1, WRITE, 0}};

    disk_head(g, VWR_BLK_T_IN, 5);
    memmove(guest_at(g, HEAD + (uint64_t)at, 16), guest_at(g, HEAD, 16), 16);
    disk_says(g, disk_send(g, segment, 3), SECTOR + 1, VWR_BLK_S_OK);
    disk_has_read(g, DATA, 5, SECTOR);
}

/* The header in sixteen segments, and data and status in one, two or three: through an indirect table. */
static void g24_sixteen(struct guest *g, long long type)
{
    const struct guest_desc indirect = {AT(8), 16 * 16, VWR_VIRTQ_DESC_F_INDIRECT, 0};
    struct guest_desc segment = {0, 1, VWR_VIRTQ_DESC_F_NEXT, 0};

    disk_head(g, (uint32_t)type, 0);
    for (unsigned i = 0; i < 15; i++) {
        segment.addr = HEAD + i;
        segment.next = (uint16_t)(i + 1u);
        segment.flags = g->packed ? 0 : VWR_VIRTQ_DESC_F_NEXT;
        guest_put_desc(g, AT(8), i, &segment);
    }
    segment.addr = STATUS;
    segment.flags = (uint16_t)WRITE;
    guest_put_desc(g, AT(8), 15, &segment);
    log_available(guest_at(g, HEAD, 16), 16, false);
    log_available(guest_at(g, STATUS, 1), 1, true);
    (void)guest_chain(g, 0, &indirect, 1);
    guest_kick(g, 0);
    disk_says(g, hostile_take(g, 0), 1, VWR_BLK_S_IOERR); /* 15 bytes are too few for a header */
    disk_not_asked(g);
}

/*
 * The data of a write follows the header in its segment, or the segments are split `at` bytes after the
 * header.
 */
static void g24_together(struct guest *g, long long at)
{
    const uint64_t head = DATA - 16;
    const struct guest_desc segment[3] = {{head, 16 + (uint32_t)at, 0, 0},
                                          {DATA + (uint64_t)at, 2 * SECTOR - (uint32_t)at, 0, 0},
                                          {STATUS, 1, WRITE, 0}};
    const struct guest_desc whole[2] = {{head, 16 + 2 * SECTOR, 0, 0}, {STATUS, 1, WRITE, 0}};

    disk_head(g, VWR_BLK_T_OUT, 7);
    memcpy(guest_at(g, head, 16), guest_at(g, HEAD, 16), 16);
    guest_fill(g, DATA, 2 * SECTOR, 9);
    disk_says(g, at == 2 * SECTOR ? disk_send(g, whole, 2) : disk_send(g, segment, 3), 1, VWR_BLK_S_OK);
    assert_memory_equal(disk_in(g)->at + (DISK_FIRST + 7) * SECTOR, guest_at(g, DATA, 2 * SECTOR),
                        2 * SECTOR);
}

/* The status is the last byte of the last data segment; the data starts `at` bytes before. */
static void g24_status(struct guest *g, long long at)
{
    const struct guest_desc segment[3] = {{HEAD, 16, 0, 0},
                                          {DATA, SECTOR - (uint32_t)at, WRITE, 0},
                                          {DATA + SECTOR - (uint64_t)at, (uint32_t)at + 1, WRITE, 0}};

    disk_head(g, VWR_BLK_T_IN, 9);
    assert_int_equal(disk_send(g, segment, 3), SECTOR + 1);
    assert_int_equal(*(const uint8_t *)guest_at(g, DATA + SECTOR, 1), VWR_BLK_S_OK);
    disk_has_read(g, DATA, 9, SECTOR);
    assert_true(disk_is_poison(g, DATA + SECTOR + 1, SECTOR));
}

/* Header, data or status lie in two regions of guest memory, `at` bytes in the first one. */
static void g24_regions(struct guest *g, long long at)
{
    const uint64_t head = GUEST_HIGH - (uint64_t)at;
    struct guest_desc segment[3] = {{head, 16, 0, 0}, {DATA, SECTOR, WRITE, 0}, {STATUS, 1, WRITE, 0}};

    disk_head(g, VWR_BLK_T_IN, 11);
    for (unsigned i = 0; i < 16; i++)
        *(uint8_t *)guest_at(g, head + i, 1) = *(uint8_t *)guest_at(g, HEAD + i, 1);
    disk_says(g, disk_send(g, segment, 3), SECTOR + 1, VWR_BLK_S_OK);
    disk_has_read(g, DATA, 11, SECTOR);
    segment[0].addr = HEAD;
    segment[1].addr = GUEST_HIGH - (uint64_t)at * 32;
    disk_head(g, VWR_BLK_T_IN, 12);
    disk_says(g, disk_send(g, segment, 3), SECTOR + 1, VWR_BLK_S_OK);
    disk_has_read(g, segment[1].addr, 12, SECTOR);
}

static void fill(struct guest *g, const struct guest_desc *segment, uint8_t value)
{
    for (uint32_t i = 0; i < segment->len; i++)
        *(uint8_t *)guest_at(g, segment->addr + i, 1) = value;
}

/* The segments contain the same bytes as the disk from sector 12 of the window on, up to `bytes`. */
static void are_on_disk(struct guest *g, const struct guest_desc *segment, uint32_t bytes)
{
    const uint8_t *at = disk_in(g)->at + (DISK_FIRST + 12) * SECTOR;

    for (uint32_t i = 0; bytes != 0; bytes--) {
        assert_int_equal(*(const uint8_t *)guest_at(g, segment->addr + i, 1), *at++);
        if (++i == segment->len) {
            segment++;
            i = 0;
        }
    }
}

/*
 * A guest that ignores seg_max: four blocks in five segments, of which the first lies in two regions. The
 * third block lies in three of them. The backend accepts `limit` segments, or any number if it is 0.
 */
static void g24_limit(struct guest *g, long long limit)
{
    static const struct guest_desc data[] = {{GUEST_HIGH - 100, 512, 0, 0},
                                             {DATA, 768, 0, 0},
                                             {AT(2), 100, 0, 0},
                                             {AT(3), 156, 0, 0},
                                             {AT(4), 512, 0, 0}};
    static const unsigned submits[] = {1, 0, 2, 3, 2, 2, 1};
    const uint32_t done = limit == 1 ? 0 : limit == 2 ? 2 * SECTOR : 4 * SECTOR;
    const uint8_t status = done == 4 * SECTOR ? VWR_BLK_S_OK : VWR_BLK_S_IOERR;
    struct disk *const d = disk_in(g);

    d->backend.segments_max = (uint16_t)limit;
    hostile_start_one(g);
    for (unsigned way = 0; way < 4; way++) {
        const bool in = way % 2 == 0;
        struct guest_desc segment[7] = {{HEAD, 16, 0, 0}};
        int64_t got;

        d->later = way > 1;
        d->submits = 0;
        disk_head(g, in ? VWR_BLK_T_IN : VWR_BLK_T_OUT, 12);
        for (unsigned i = 0; i < 5; i++) {
            segment[1 + i] = data[i];
            segment[1 + i].flags = (uint16_t)(in ? WRITE : 0);
            fill(g, &data[i], (uint8_t)(way + 1));
        }
        segment[6] = (struct guest_desc){STATUS, 1, (uint16_t)WRITE, 0};
        got = disk_send(g, segment, 7);
        assert_true(d->out_count == 0 || got == -1);
        while (d->out_count != 0)
            disk_end(g, 0, VWR_OK);
        vwr_vblk_signal(&d->blk);
        got = got < 0 ? hostile_take(g, 0) : got;
        assert_int_equal(d->submits, submits[limit]);
        disk_says(g, got, !in ? 1 : done + (status == VWR_BLK_S_OK), status);
        are_on_disk(g, data, done);
    }
}

/* A reply of 20 bytes into a buffer of fewer, as many, or more bytes. */
static void g27(struct guest *g, long long bytes)
{
    static const char id[] = "hostile guest's disk";
    const uint32_t n = bytes < 20 ? (uint32_t)bytes : 20;

    disk_says(g, disk_ask(g, VWR_BLK_T_GET_ID, 0, (uint32_t)bytes, true), n == (uint32_t)bytes ? n + 1 : n,
              VWR_BLK_S_OK);
    assert_memory_equal(guest_at(g, DATA, n), id, n);
    assert_true(disk_is_poison(g, DATA + n, 64));
    disk_not_asked(g);
}

CASES(cases_forms,
      {"G11_data_in_the_wrong_direction",
       "split.dev.desc.1 split.dev.desc.2 packed.dev.desc.1 packed.dev.desc.2",
       g11,
       HOSTILE_ALL,
       3,
       {0, 1, 2}},
      {"G11_data_in_both_directions",
       "robustness: a request has data on one side",
       g11_both,
       HOSTILE_ALL,
       4,
       {VWR_BLK_T_IN, VWR_BLK_T_OUT, VWR_BLK_T_GET_ID, VWR_BLK_T_DISCARD}},
      {"G12_no_status", "robustness: there is no place for an answer", g12, HOSTILE_ALL, 3, {1, 2, 3}},
      {"G12_long_status",
       "split.dev.framing.1; robustness: a request has data on one side",
       g12_long,
       HOSTILE_ALL,
       4,
       {1, 2, 5, 16}},
      {"G12_short_header",
       "robustness: less than a header says nothing",
       g12_short,
       HOSTILE_ALL,
       4,
       {0, 1, 15, 16}},
      {"G24_header_in_segments", "split.dev.framing.1", g24_header, HOSTILE_ALL, 4, {1, 4, 8, 13}},
      {"G24_header_unaligned", "split.dev.framing.1", g24_unaligned, HOSTILE_ALL, 4, {1, 2, 4, 7}},
      {"G24_fifteen_segments_of_a_header",
       "split.dev.framing.1; robustness: less than a header says nothing",
       g24_sixteen,
       HOSTILE_ALL,
       2,
       {VWR_BLK_T_FLUSH, VWR_BLK_T_GET_ID}},
      {"G24_header_and_data_together",
       "split.dev.framing.1",
       g24_together,
       HOSTILE_ALL,
       5,
       {1, 511, 512, 513, 1024}},
      {"G24_status_and_data_together", "split.dev.framing.1", g24_status, HOSTILE_ALL, 4, {1, 2, 100, 511}},
      {"G24_across_regions", "split.dev.framing.1 rfeat.drv.5", g24_regions, HOSTILE_ALL, 4, {1, 4, 8, 15}},
      {"G24_limit_of_the_back_end",
       "split.dev.framing.1; header vwr/vblk.h",
       g24_limit,
       HOSTILE_ALL,
       7,
       {0, 1, 2, 3, 4, 5, 6}},
      {"G27_short_reply", "blk.drv.8", g27, HOSTILE_ALL, 6, {1, 19, 20, 21, 32, 64}});
