/* SPDX-License-Identifier: MIT */
#include "front.h"

#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <unistd.h>

#include "vwr/gen/features.h"
#include "vwr/ring.h"

/*
 * The log of written pages. The list of the back end's own writes is found by comparing the guest's memory
 * before and after; every buffer gets bytes that it did not have.
 */

#define BIT(name) ((uint64_t)1 << VWR_F_##name)
#define LOG_ALL ((uint64_t)1 << VWR_VHOST_USER_F_LOG_ALL)
#define PAGES (FRONT_BYTES / VWR_VHOST_USER_LOG_PAGE)
#define FIRST_PAGE (FRONT_GUEST / VWR_VHOST_USER_LOG_PAGE)
#define LOG_OFFSET 0x1008u
#define LOG_BYTES ((FIRST_PAGE + PAGES) / 8u)
#define TABLES 0x30000u
#define PART 0x1800u /* size of a buffer: two parts, each on two pages */
#define BUFFERS 6u

static const uint64_t formats[] = {0,
                                   BIT(EVENT_IDX),
                                   BIT(IN_ORDER),
                                   BIT(RING_PACKED),
                                   BIT(RING_PACKED) | BIT(EVENT_IDX),
                                   BIT(RING_PACKED) | BIT(IN_ORDER)};
#define FORMATS (sizeof(formats) / sizeof(formats[0]))

struct logged {
    struct front f;
    int file;
    uint8_t *bits;
    int call;
    uint8_t before[FRONT_BYTES];
};

static struct logged l;

static void send_log(uint64_t bytes, int file)
{
    const struct vwr_vhost_user_log log = {bytes, LOG_OFFSET};
    uint64_t done = 1;

    front_send(&l.f, VWR_VHOST_USER_SET_LOG_BASE, VWR_VHOST_USER_VERSION, &log, sizeof(log), &file, 1);
    front_reply(&l.f, VWR_VHOST_USER_SET_LOG_BASE, &done, sizeof(done)); /* without a flag that asks for it */
    assert_int_equal(done, 0);
}

static void begin(enum front_stage stage, uint64_t features, uint64_t bytes)
{
    memset(&l, 0, sizeof(l));
    front_begin(&l.f, stage, features | BIT(INDIRECT_DESC));
    l.file = memfd_create("log", MFD_CLOEXEC);
    assert_int_equal(ftruncate(l.file, (off_t)(LOG_OFFSET + LOG_BYTES)), 0);
    l.bits = (uint8_t *)mmap(NULL, LOG_OFFSET + LOG_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, l.file, 0) +
             LOG_OFFSET;
    l.call = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    send_log(bytes, l.file);
    front_send(&l.f, VWR_VHOST_USER_SET_LOG_FD, VWR_VHOST_USER_VERSION, NULL, 0, &l.call, 1);
    l.f.log = VWR_VHOST_USER_VRING_F_LOG;
    l.f.next = 1; /* memory has zeros */
}

static void end(void)
{
    front_end(&l.f);
    (void)munmap(l.bits - LOG_OFFSET, LOG_OFFSET + LOG_BYTES);
    (void)close(l.file);
    (void)close(l.call);
}

static void accept_log(void)
{
    front_tell(&l.f, VWR_VHOST_USER_SET_FEATURES, l.f.features | LOG_ALL);
}

static bool is_marked(unsigned page)
{
    const uint64_t at = FIRST_PAGE + page;

    return (l.bits[at / 8u] >> at % 8u & 1u) != 0;
}

static void clear(void)
{
    memset(l.bits, 0, LOG_BYTES);
    memcpy(l.before, l.f.bytes, FRONT_BYTES);
}

static void describe_packed(struct vwr_pvirtq_desc *d, uint64_t addr, uint32_t bytes, unsigned flags)
{
    d->addr = vwr_cpu_to_le64(FRONT_GUEST + addr);
    d->len = vwr_cpu_to_le32(bytes);
    d->id = 7;
    d->flags = vwr_cpu_to_le16((uint16_t)flags);
}

static void add_packed(uint64_t addr, uint32_t bytes, unsigned flags)
{
    struct vwr_pvirtq_desc *const ring = (struct vwr_pvirtq_desc *)(void *)(l.f.bytes + FRONT_DESC);

    describe_packed(&ring[l.f.added % FRONT_SIZE], addr, bytes,
                    flags | (l.f.wrap ? VWR_VIRTQ_DESC_F_AVAIL : VWR_VIRTQ_DESC_F_USED));
    l.f.added++;
    if (l.f.added % FRONT_SIZE == 0)
        l.f.wrap = !l.f.wrap;
}

static void describe_split(struct vwr_virtq_desc *d, uint64_t addr, uint32_t bytes, unsigned flags)
{
    d->addr = vwr_cpu_to_le64(FRONT_GUEST + addr);
    d->len = vwr_cpu_to_le32(bytes);
    d->flags = vwr_cpu_to_le16((uint16_t)flags);
    d->next = vwr_cpu_to_le16(1);
}

static void add_split(uint16_t head)
{
    struct vwr_virtq_avail *const avail = (struct vwr_virtq_avail *)(void *)(l.f.bytes + FRONT_AVAIL);

    avail->ring[l.f.added % FRONT_SIZE] = vwr_cpu_to_le16(head);
    l.f.added++;
    avail->idx = vwr_cpu_to_le16(l.f.added);
}

/* A buffer of two parts, by two descriptors or by a table. */
static void describe_at(uint64_t at, uint32_t part, bool table)
{
    const unsigned write = VWR_VIRTQ_DESC_F_WRITE;
    const unsigned next = VWR_VIRTQ_DESC_F_NEXT;
    struct vwr_pvirtq_desc *const packed = (struct vwr_pvirtq_desc *)(void *)(l.f.bytes + TABLES);
    struct vwr_virtq_desc *const split = (struct vwr_virtq_desc *)(void *)(l.f.bytes + TABLES);
    struct vwr_virtq_desc *const ring = (struct vwr_virtq_desc *)(void *)(l.f.bytes + FRONT_DESC);

    if (l.f.packed && table) {
        describe_packed(&packed[0], at, part, write);
        describe_packed(&packed[1], at + part, part, write);
        add_packed(TABLES, 2u * sizeof(*packed), VWR_VIRTQ_DESC_F_INDIRECT);
    } else if (l.f.packed) {
        add_packed(at, part, write | next);
        add_packed(at + part, part, write);
    } else {
        describe_split(table ? &split[0] : &ring[0], at, part, write | next);
        describe_split(table ? &split[1] : &ring[1], at + part, part, write);
        describe_split(&ring[2], TABLES, 2u * sizeof(*split), VWR_VIRTQ_DESC_F_INDIRECT);
        add_split(table ? 2 : 0);
    }
}

static void describe(unsigned n, bool table)
{
    describe_at(FRONT_DATA + n % BUFFERS * 2u * PART, PART, table);
}

static void kick(void)
{
    assert_int_equal(write(l.f.kick, &(uint64_t){1}, sizeof(uint64_t)), sizeof(uint64_t));
}

/* Only the pages whose bytes the back end has changed must be marked. */
static void check_pages(void)
{
    unsigned changed = 0;

    for (unsigned n = 0; n < PAGES; n++) {
        const size_t at = (size_t)n * VWR_VHOST_USER_LOG_PAGE;
        const bool is = memcmp(l.before + at, l.f.bytes + at, VWR_VHOST_USER_LOG_PAGE) != 0;

        if (is != is_marked(n))
            fail_msg("page %u is %smarked", n, is ? "not " : "");
        changed += is;
    }
    assert_true(changed >= 4); /* of data, and a page of the ring */
}

static void use_buffers(unsigned count)
{
    for (unsigned n = 0; n < count; n++) {
        describe(n, n % 3u == 2u);
        clear();
        kick();
        assert_int_equal(front_work(&l.f), VWR_OK);
        check_pages();
    }
}

static void start(void)
{
    front_start(&l.f, l.f.packed ? 0x80008000u : 0);
}

/* The log is used before the ring starts, or begins while it is in use. */
static void own_writes(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 2u * FORMATS; i++) {
        const bool late = i >= FORMATS;
        uint64_t calls = 0;

        begin(REMEMBERED, formats[i % FORMATS], LOG_BYTES);
        if (!late)
            accept_log();
        start();
        for (unsigned n = 0; late && n < 5; n++) {
            describe(n, true);
            kick();
            assert_int_equal(front_work(&l.f), VWR_OK);
        }
        if (late) {
            assert_true(read(l.call, &calls, sizeof(calls)) < 0); /* nothing is marked yet */
            accept_log();
            assert_int_equal(front_work(&l.f), VWR_OK);
        }
        use_buffers(3 * FRONT_SIZE);
        assert_int_equal(read(l.call, &calls, sizeof(calls)), sizeof(calls));
        end();
    }
}

static void expect_buffer(unsigned n, bool marked)
{
    for (unsigned page = 0; page < 2u * PART / VWR_VHOST_USER_LOG_PAGE; page++)
        assert_int_equal(is_marked((FRONT_DATA + n * 2u * PART) / VWR_VHOST_USER_LOG_PAGE + page), marked);
}

/*
 * Of a long buffer the device writes little: those pages are marked, and the last one of each descriptor that
 * it has not filled, where a status may be.
 */
static void short_writes(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 2u * FORMATS; i++) {
        begin(REMEMBERED, formats[i / 2u], LOG_BYTES);
        accept_log();
        start();
        l.f.most = 1;
        describe_at(FRONT_DATA, 4u * VWR_VHOST_USER_LOG_PAGE, i % 2u != 0);
        clear();
        kick();
        assert_int_equal(front_work(&l.f), VWR_OK);
        for (unsigned page = 0; page < 8; page++)
            assert_int_equal(is_marked(FRONT_DATA / VWR_VHOST_USER_LOG_PAGE + page),
                             page == 0 || page == 3 || page == 7);
        end();
    }
}

/* The parts of the buffer in the table begin at guest address 0, and have this many bytes. */
static void make_longer(uint32_t first, uint32_t second)
{
    struct vwr_pvirtq_desc *const packed = (struct vwr_pvirtq_desc *)(void *)(l.f.bytes + TABLES);
    struct vwr_virtq_desc *const split = (struct vwr_virtq_desc *)(void *)(l.f.bytes + TABLES);

    for (unsigned n = 0; n < 2; n++) {
        const uint32_t bytes = n == 0 ? first : second;
        const unsigned next = n == 0 ? VWR_VIRTQ_DESC_F_NEXT : 0;

        if (l.f.packed)
            describe_packed(&packed[n], 0u - FRONT_GUEST, bytes, VWR_VIRTQ_DESC_F_WRITE);
        else
            describe_split(&split[n], 0u - FRONT_GUEST, bytes, VWR_VIRTQ_DESC_F_WRITE | next);
    }
}

/* A request with as many pages as the log is taken back: all pages are marked, not only its own. */
static void all_taken_back(void **state)
{
    (void)state;
    for (unsigned i = 0; i < FORMATS; i++) {
        begin(REMEMBERED, formats[i], LOG_BYTES);
        accept_log();
        l.f.h.stop_ms = 5;
        start();
        l.f.dry = 1000;
        describe(0, true);
        kick();
        assert_int_equal(front_work(&l.f), VWR_OK);
        clear();
        make_longer(0x80000000u, PAGES * VWR_VHOST_USER_LOG_PAGE);
        (void)front_stop(&l.f);
        assert_false(l.f.h.ended);
        for (unsigned page = 0; page < PAGES; page++)
            assert_true(is_marked(page));
        end();
    }
}

/* The device may have written to a request that is taken back at a stop. */
static void taken_back(void **state)
{
    (void)state;
    for (unsigned i = 0; i < FORMATS; i++) {
        begin(REMEMBERED, formats[i], LOG_BYTES);
        accept_log();
        l.f.h.stop_ms = 5;
        start();
        l.f.dry = 1000;
        describe(0, false);
        kick();
        assert_int_equal(front_work(&l.f), VWR_OK);
        clear();
        (void)front_stop(&l.f);
        expect_buffer(0, true);
        end();
    }
}

/*
 * A request is taken back, and the front end goes on behind it: it is not executed. At the same place it is.
 */
static void goes_on_elsewhere(void **state)
{
    (void)state;
    for (unsigned behind = 0; behind < 2; behind++) {
        uint32_t base;

        begin(REMEMBERED, BIT(RING_PACKED), LOG_BYTES);
        accept_log();
        l.f.h.stop_ms = 5;
        start();
        l.f.dry = 1000;
        describe(0, true);
        kick();
        assert_int_equal(front_work(&l.f), VWR_OK);
        base = front_stop(&l.f);
        l.f.dry = 0;
        vwr_ventropy_resume(&l.f.device);
        front_start(&l.f, base + behind * 0x10001u);
        assert_int_equal(front_take(&l.f, &(uint8_t){0}), behind == 0);
        end();
    }
}

/*
 * The driver has changed the chain of a request that is taken back: a circle, and a table whose second
 * descriptor leads behind its end. The walk ends, and marks nothing that the chain did not have.
 */
static void changed_in_flight(void **state)
{
    (void)state;
    for (unsigned i = 0; i < FORMATS; i++) {
        const bool table = i % 2 != 0;
        struct vwr_virtq_desc *split;

        begin(REMEMBERED, formats[i], LOG_BYTES);
        if (!l.f.packed) {
            split = (struct vwr_virtq_desc *)(void *)(l.f.bytes + (table ? TABLES : FRONT_DESC));
            accept_log();
            l.f.h.stop_ms = 5;
            start();
            l.f.dry = 1000;
            describe(0, table);
            kick();
            assert_int_equal(front_work(&l.f), VWR_OK);
            clear();
            split[1].flags |= vwr_cpu_to_le16(VWR_VIRTQ_DESC_F_NEXT);
            split[1].next = vwr_cpu_to_le16(table ? 2 : 0);
            if (table)
                describe_split(&split[2], FRONT_DATA + 2u * PART, PART, VWR_VIRTQ_DESC_F_WRITE);
            (void)front_stop(&l.f);
            expect_buffer(0, true);
            expect_buffer(1, false);
        }
        end();
    }
}

/*
 * The driver makes the parts of a request longer than any request while the device has it. What is marked
 * ends there: otherwise a driver keeps the back end busy with its log, or writes behind the log's end.
 */
static void longer_in_flight(void **state)
{
    const uint32_t half = 0x80000000u;

    (void)state;
    for (unsigned i = 0; i < 2u * FORMATS; i++) {
        const bool table = i % 2u != 0;
        uint8_t *parts;

        begin(REMEMBERED, formats[i / 2u], LOG_BYTES);
        accept_log();
        l.f.h.stop_ms = 5;
        start();
        l.f.dry = 1000;
        describe(0, table);
        kick();
        assert_int_equal(front_work(&l.f), VWR_OK);
        clear();
        parts = l.f.bytes + (table ? TABLES : FRONT_DESC);
        if (l.f.packed) { /* only a table is read again */
            describe_packed((struct vwr_pvirtq_desc *)(void *)parts, 0u - FRONT_GUEST, half,
                            VWR_VIRTQ_DESC_F_WRITE);
            ((struct vwr_pvirtq_desc *)(void *)parts)[1].len = vwr_cpu_to_le32(half);
        } else {
            describe_split((struct vwr_virtq_desc *)(void *)parts, 0u - FRONT_GUEST, half,
                           VWR_VIRTQ_DESC_F_WRITE | VWR_VIRTQ_DESC_F_NEXT);
            ((struct vwr_virtq_desc *)(void *)parts)[1].len = vwr_cpu_to_le32(half);
        }
        (void)front_stop(&l.f);
        assert_false(l.f.h.ended);
        if (table || !l.f.packed) {
            assert_int_equal(l.bits[0], 0xff);
            assert_int_equal(l.bits[FIRST_PAGE / 8u - 1u], 0xff);
            expect_buffer(0, false);
        }
        end();
    }
}

/* The log begins while a request is in flight, which does not end: it is taken back, and executed again. */
static void begins_in_flight(void **state)
{
    (void)state;
    for (unsigned i = 0; i < FORMATS; i++) {
        begin(RUNNING, formats[i], LOG_BYTES);
        l.f.h.stop_ms = 1;
        l.f.dry = 100000;
        describe(0, false);
        kick();
        assert_int_equal(front_work(&l.f), VWR_OK);
        accept_log();
        while (!l.f.h.ring[0].recorded)
            assert_int_equal(vwr_vhost_back_poll(&l.f.h, 1), VWR_OK);
        assert_int_equal(front_work(&l.f), VWR_OK);
        clear();
        l.f.dry = 0;
        vwr_ventropy_resume(&l.f.device);
        assert_int_equal(front_work(&l.f), VWR_OK);
        expect_buffer(0, true);
        end();
    }
}

/* Without the flag of a ring, the pages of the ring are not marked, but those of the data are. */
static void ring_without_flag(void **state)
{
    (void)state;
    for (unsigned i = 0; i < FORMATS; i++) {
        begin(REMEMBERED, formats[i], LOG_BYTES);
        l.f.log = 0;
        accept_log();
        start();
        describe(0, false);
        kick();
        assert_int_equal(front_work(&l.f), VWR_OK);
        expect_buffer(0, true);
        for (unsigned page = 0; page < FRONT_DATA / VWR_VHOST_USER_LOG_PAGE; page++)
            assert_false(is_marked(page));
        end();
    }
}

/* The log ends with a page that is written: that is the last one, or its end. */
static void short_log(void **state)
{
    (void)state;
    for (unsigned i = 0; i < FORMATS; i++) {
        begin(REMEMBERED, formats[i], FIRST_PAGE / 8u + 1u);
        accept_log();
        start();
        assert_int_equal(front_work(&l.f), VWR_OK);
        describe(0, false);
        kick();
        assert_int_equal(front_work(&l.f), VWR_ENODEV);
        assert_non_null(strstr(l.f.h.why, "ends before guest address 0x8000"));
        assert_int_equal(l.bits[FIRST_PAGE / 8u + 1u], 0);
        end();
    }
}

/* LOG_ALL without a log: the pages are not wanted. */
static void no_log(void **state)
{
    (void)state;
    for (unsigned i = 0; i < FORMATS; i++) {
        front_begin(&l.f, REMEMBERED, formats[i] | BIT(INDIRECT_DESC));
        l.f.log = VWR_VHOST_USER_VRING_F_LOG;
        accept_log();
        start();
        describe(0, false);
        kick();
        assert_int_equal(front_work(&l.f), VWR_OK);
        front_end(&l.f);
    }
}

/* Another log, and memory of it that is taken away. */
static void log_taken_away(void **state)
{
    const int file = memfd_create("log", MFD_CLOEXEC);

    (void)state;
    begin(REMEMBERED, 0, LOG_BYTES);
    assert_int_equal(ftruncate(file, (off_t)(LOG_OFFSET + LOG_BYTES)), 0);
    accept_log();
    start();
    send_log(LOG_BYTES, file);
    describe(0, false);
    clear();
    kick();
    assert_int_equal(front_work(&l.f), VWR_OK);
    expect_buffer(0, false); /* in the former log */
    assert_int_equal(ftruncate(file, 0), 0);
    describe(1, false);
    kick();
    assert_int_equal(front_work(&l.f), VWR_ENODEV);
    assert_non_null(strstr(l.f.h.why, "has taken memory away"));
    end();
    (void)close(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(own_writes),        cmocka_unit_test(short_writes),
        cmocka_unit_test(all_taken_back),    cmocka_unit_test(taken_back),
        cmocka_unit_test(goes_on_elsewhere), cmocka_unit_test(changed_in_flight),
        cmocka_unit_test(begins_in_flight),  cmocka_unit_test(ring_without_flag),
        cmocka_unit_test(short_log),         cmocka_unit_test(no_log),
        cmocka_unit_test(log_taken_away),    cmocka_unit_test(longer_in_flight),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
