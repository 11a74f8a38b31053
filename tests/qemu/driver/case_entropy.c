/* SPDX-License-Identifier: MIT */
#include "bus.h"
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "machine.h"

#include "vwr/entropy.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The entropy driver on QEMU's device, in every kind of ring. */

#define SLOT 30u
#define BYTES (256u << 10)
#define PATIENCE 10000000u /* microseconds; QEMU's lifetime is limited, too */
#define BLOCK 16u          /* bytes that must never repeat */

static struct vwr_entropy e;
static union found found;
static uint8_t bytes[BYTES];

static void begin(bool legacy, unsigned kind, const char *more)
{
    machine_begin(legacy);
    /* the device sends nothing to a stopped machine, so this one runs with an idle processor */
    machine_add_device(SLOT, "virtio-rng", "%s%s", (kind & DISK_PACKED) != 0 ? ",packed=on" : "", more);
    machine_start();
    (void)machine_qmp("{\"execute\": \"cont\"}");
    slot_probe(&found, SLOT);
}

static void open_it(unsigned kind)
{
    struct vwr_entropy_options o = {.shared = guest_alloc(sizeof(struct vwr_entropy_shared))};

    disk_avoid(&o.avoid, kind);
    CHECK_NUMBER(vwr_entropy_open(&e, &found.dev, &o), VWR_OK);
    disk_check_kind(&found.dev, kind);
}

static void close_all(void)
{
    CHECK_NUMBER(vwr_close(&e.bringup), VWR_OK);
    CHECK_NUMBER(slot_status(&found), 0);
    machine_leave();
}

/* ---- tests for random bytes ---- */

/*
 * With 255 degrees of freedom, the mean is 255. The bounds are more than 8 standard deviations away, so good
 * bytes fail once in 10^15 runs. The value is 2^26 for a constant, and 0 for a counter.
 */
#define CHI_LEAST 100
#define CHI_MOST 500

static bool is_even(const uint8_t *of)
{
    uint64_t count[256] = {0};
    uint64_t sum = 0;

    for (size_t i = 0; i < BYTES; i++)
        count[of[i]]++;
    for (unsigned i = 0; i < 256; i++)
        sum += count[i] * count[i];
    sum = sum * 256 / BYTES - BYTES;
    return sum >= CHI_LEAST && sum <= CHI_MOST;
}

static int compare(const void *a, const void *b)
{
    return memcmp(a, b, BLOCK);
}

/* Sorts the bytes, so their order is lost. */
static bool has_repeats(uint8_t *of)
{
    qsort(of, BYTES / BLOCK, BLOCK, compare);
    for (size_t i = BLOCK; i < BYTES; i += BLOCK)
        if (memcmp(of + i - BLOCK, of + i, BLOCK) == 0)
            return true;
    return false;
}

/* Checks the tests: they must reject a constant, a counter, and a repeated sequence of good bytes. */
static void check_tests(void)
{
    static uint8_t other[BYTES];

    memset(other, 0x5a, BYTES);
    CHECK(!is_even(other) && has_repeats(other));
    for (size_t i = 0; i < BYTES; i++)
        other[i] = (uint8_t)i;
    CHECK(!is_even(other) && has_repeats(other));
    memcpy(other, bytes, BYTES);
    memcpy(other + BYTES / 2, other + 3 * BLOCK, BLOCK);
    CHECK(is_even(other) && has_repeats(other));
}

static void pool(bool legacy, unsigned kind)
{
    begin(legacy, kind, "");
    open_it(kind);
    for (size_t at = 0; at < BYTES;) {
        const size_t some = at % 997 + 1 < BYTES - at ? at % 997 + 1 : BYTES - at;

        CHECK_NUMBER(vwr_entropy_fill(&e, bytes + at, some, PATIENCE), VWR_OK);
        at += some;
    }
    CHECK(e.receive.stats.bytes >= BYTES);
    CHECK_NUMBER(e.receive.stats.dropped, 0);
    CHECK(is_even(bytes));
    check_tests();
    CHECK(!has_repeats(bytes));
    close_all();
}

static void on_each_ring(bool legacy, void (*run)(bool legacy, unsigned kind))
{
    for (unsigned kind = 0; kind < DISK_KINDS; kind++)
        if (disk_runs_kind(legacy, kind))
            run(legacy, kind);
}

void case_entropy_pool(bool legacy)
{
    on_each_ring(legacy, pool);
}

/* Waits until bytes have arrived. Returns how many were read, at most `most`. */
static unsigned read_some(size_t most)
{
    for (unsigned i = 0; i < PATIENCE / 1000; i++) {
        const int n = vwr_entropy_read(&e, bytes, most);

        CHECK(n >= 0);
        if (n != 0)
            return (unsigned)n;
        usleep(1000);
    }
    check_failed(__FILE__, __LINE__, "no bytes came");
}

/*
 * A host that provides 100 bytes per interval: buffers are partly filled, and the driver reads exactly the
 * reported length. The number of buffers that are filled in an interval depends on when the driver returns
 * them.
 */
static void short_answers(bool legacy, unsigned kind)
{
    const struct vwr_receive_stats *seen = &e.receive.stats;
    unsigned all = 0;

    begin(legacy, kind, ",max-bytes=100,period=20");
    open_it(kind);
    while (seen->buffers < 8 || seen->bytes == seen->buffers * VWR_ENTROPY_BYTES) {
        all += read_some(VWR_ENTROPY_BYTES);
        CHECK(seen->buffers < 800);
    }
    CHECK_NUMBER(all + e.rest.bytes, seen->bytes);
    close_all();
}

void case_entropy_short(bool legacy)
{
    on_each_ring(legacy, short_answers);
}

/* The device uses a buffer that it does not have. The driver then reads the rest of a partly read buffer. */
static void break_ring(unsigned kind)
{
    disk_break_ring(&e.receive.queue, kind);
    CHECK_NUMBER(vwr_entropy_read(&e, bytes, VWR_ENTROPY_BYTES), VWR_ENTROPY_BYTES / 2);
    CHECK_NUMBER(vwr_entropy_read(&e, bytes, 1), VWR_EBADRING);
}

static void recovers(void)
{
    int r;

    while ((r = vwr_recover(&e.bringup)) == VWR_EBUSY)
        continue;
    CHECK_NUMBER(r, VWR_OK);
    CHECK_NUMBER(vwr_queue_in_flight(&e.receive.queue),
                 vwr_queue_size(&e.receive.queue) - (e.rest.bytes != 0));
    (void)machine_qmp("{\"execute\": \"cont\"}");
    CHECK_NUMBER(vwr_entropy_fill(&e, bytes, 2000, PATIENCE), VWR_OK);
}

/*
 * The device fails with all buffers in flight except one, which is partly read. It recovers with a full pool.
 * A stopped machine keeps received bytes unchanged.
 */
static void dies(bool legacy, unsigned kind)
{
    int r;

    begin(legacy, kind, "");
    open_it(kind);
    (void)read_some(1);
    (void)machine_qmp("{\"execute\": \"stop\"}");
    while (e.rest.bytes != VWR_ENTROPY_BYTES / 2 || !vwr_entropy_arm(&e))
        CHECK_NUMBER(vwr_entropy_read(&e, bytes, 1), 1);
    CHECK_NUMBER(vwr_queue_in_flight(&e.receive.queue), vwr_queue_size(&e.receive.queue) - 1);
    break_ring(kind);
    recovers();
    (void)machine_qmp("{\"execute\": \"stop\"}");
    while ((r = vwr_freeze(&e.bringup)) == VWR_EBUSY)
        continue;
    CHECK_NUMBER(r, VWR_OK);
    recovers();
    close_all();
}

void case_entropy_recover(bool legacy)
{
    on_each_ring(legacy, dies);
}
