/* SPDX-License-Identifier: MIT */
#include "front.h"

#include <string.h>
#include <unistd.h>

#include "vwr/gen/features.h"
#include "vwr/ring.h"

/*
 * Records of requests in flight of packed rings: what a back end leaves at its death, at each step of a
 * request, and what a front end could put into the memory instead.
 */

#define PACKED ((uint64_t)1 << VWR_F_RING_PACKED)
#define REQUESTS 5u

struct region {
    struct vwr_vhost_user_queue_region_packed head;
    struct vwr_vhost_user_desc_state_packed entry[FRONT_SIZE];
};

static struct vwr_pvirtq_desc *ring_of(const struct front *f)
{
    return (struct vwr_pvirtq_desc *)(void *)(f->bytes + FRONT_DESC);
}

static void write_record(const struct front *f, const struct region *r)
{
    assert_int_equal(pwrite(f->record, r, sizeof(*r), 0), sizeof(*r));
}

static void read_record(const struct front *f, struct region *r)
{
    assert_int_equal(pread(f->record, r, sizeof(*r), 0), sizeof(*r));
}

/* Each entry is free, exactly once. */
static void check_free(const struct region *r)
{
    bool seen[FRONT_SIZE] = {false};
    unsigned at = r->head.free_head;

    for (unsigned n = 0; n < FRONT_SIZE; n++) {
        assert_true(at < FRONT_SIZE);
        assert_false(seen[at]);
        seen[at] = true;
        assert_int_equal(r->entry[at].inflight, 0);
        at = r->entry[at].next;
    }
    assert_int_equal(at, FRONT_SIZE);
    assert_int_equal(r->head.old_free_head, r->head.free_head);
    assert_int_equal(r->head.old_used_idx, r->head.used_idx);
    assert_int_equal(r->head.old_used_wrap_counter, r->head.used_wrap_counter);
}

/* The record of five requests, taken in the order 2, 0, 4, 1, 3, and the driver's sixth. */
static void five_requests(struct front *f, struct region *r)
{
    static const uint64_t counter[REQUESTS] = {1, 3, 0, 4, 2}; /* a counter of others begins with 0 */

    memset(r, 0, sizeof(*r));
    r->head.version = VWR_VHOST_USER_INFLIGHT_VERSION;
    r->head.desc_num = FRONT_SIZE;
    r->head.used_wrap_counter = 1;
    r->head.old_used_wrap_counter = 1;
    r->head.free_head = REQUESTS;
    r->head.old_free_head = REQUESTS;
    for (unsigned n = 0; n < FRONT_SIZE; n++)
        r->entry[n].next = (uint16_t)(n + 1u);
    for (unsigned n = 0; n < REQUESTS; n++) {
        struct vwr_vhost_user_desc_state_packed *const e = &r->entry[n];
        const struct vwr_pvirtq_desc *const d = &ring_of(f)[n];

        front_add(f);
        e->inflight = 1;
        e->counter = counter[n];
        e->last = (uint16_t)n;
        e->num = 1;
        e->id = vwr_le16_to_cpu(d->id);
        e->flags = vwr_le16_to_cpu(d->flags);
        e->len = vwr_le32_to_cpu(d->len);
        e->addr = vwr_le64_to_cpu(d->addr);
    }
    front_add(f);
}

static void begin(struct front *f, uint64_t features)
{
    front_begin(f, REMEMBERED, features);
    front_record(f);
}

/* The next back end, which finds the record. */
static void begin_next(struct front *f)
{
    front_reconnect(f);
    front_negotiate(f);
    front_remember(f);
    front_record(f);
    front_start(f, 0x80008000u); /* the front end knows only the first one */
}

static void check_order(const struct front *f, const unsigned *order, unsigned count)
{
    for (unsigned n = 0; n < count; n++) {
        const struct vwr_pvirtq_desc *const d = &ring_of(f)[n];

        assert_int_equal(vwr_le16_to_cpu(d->id), order[n]);
        assert_int_equal(vwr_le16_to_cpu(d->flags) & VWR_PACKED_WRAP_FLAGS, VWR_PACKED_WRAP_FLAGS);
        assert_int_equal(vwr_le32_to_cpu(d->len), FRONT_DATA_BYTES);
    }
}

/*
 * Request 2 was used, where the descriptor of request 0 was. The others are executed once each and in their
 * order, then the driver's sixth. `stored` is the number of stores of the record before the death.
 */
static void dies_after(unsigned stored)
{
    static const unsigned order[] = {2, 0, 4, 1, 3, 5};
    const bool seen = stored >= 4; /* the driver sees it */
    struct front f;
    struct region r;

    begin(&f, PACKED);
    five_requests(&f, &r);
    ring_of(&f)[0].id = vwr_cpu_to_le16(2); /* before the flags, which publish it */
    ring_of(&f)[0].len = vwr_cpu_to_le32(FRONT_DATA_BYTES);
    if (stored >= 1)
        r.entry[2].next = REQUESTS;
    if (stored >= 2)
        r.head.free_head = 2;
    if (stored >= 3)
        r.head.used_idx = 1;
    if (seen)
        ring_of(&f)[0].flags = vwr_cpu_to_le16(VWR_PACKED_WRAP_FLAGS | VWR_VIRTQ_DESC_F_WRITE);
    if (stored >= 5)
        r.entry[2].inflight = 0;
    if (stored >= 6)
        r.head.old_free_head = 2;
    if (stored >= 7)
        r.head.old_used_idx = 1;
    write_record(&f, &r);
    begin_next(&f);
    check_order(&f, order, REQUESTS + 1);
    assert_int_equal(f.next, seen ? REQUESTS : REQUESTS + 1); /* buffers that were filled */
    read_record(&f, &r);
    assert_int_equal(r.head.used_idx, REQUESTS + 1);
    check_free(&r);
    front_end(&f);
}

static void after_a_death(void **state)
{
    (void)state;
    for (unsigned stored = 0; stored <= 7; stored++)
        dies_after(stored);
}

/* A death while the sixth request is being recorded: it is taken from the ring. */
static void while_recording(void **state)
{
    static const unsigned order[] = {2, 0, 4, 1, 3, 5};

    (void)state;
    for (unsigned stored = 0; stored < 3; stored++) {
        struct front f;
        struct region r;

        begin(&f, PACKED);
        five_requests(&f, &r);
        r.entry[5] = r.entry[4]; /* half of it */
        r.entry[5].next = 6;
        r.entry[5].counter = 9;
        r.entry[5].inflight = stored >= 1;
        r.head.free_head = stored >= 2 ? 6 : 5;
        write_record(&f, &r);
        begin_next(&f);
        check_order(&f, order, REQUESTS + 1);
        read_record(&f, &r);
        check_free(&r);
        front_end(&f);
    }
}

/* Deaths at many positions of the ring: wrap counters are taken from the record. */
static void wraps(void **state)
{
    struct front f;
    uint8_t first;

    (void)state;
    begin(&f, PACKED);
    front_start(&f, 0x80008000u);
    for (unsigned death = 0; death < 5 * FRONT_SIZE; death++) {
        f.dry = 1000; /* in flight at the death */
        for (unsigned n = 0; n < 1 + death % FRONT_SIZE; n++)
            front_add(&f);
        assert_int_equal(front_work(&f), VWR_OK);
        begin_next(&f);
        f.dry = 0;
        vwr_ventropy_resume(&f.device);
        assert_int_equal(front_work(&f), VWR_OK);
        for (unsigned n = 0; n < 1 + death % FRONT_SIZE; n++)
            assert_true(front_take(&f, &first));
        assert_false(front_take(&f, &first));
        assert_true(front_was_called(&f));
    }
    front_end(&f);
}

/* A death after the last descriptor of a lap was used: the record goes on with the other wrap counter. */
static void dies_at_the_wrap(void **state)
{
    struct front f;
    struct region r;
    uint8_t first;

    (void)state;
    begin(&f, PACKED);
    front_start(&f, 0x80008000u);
    for (unsigned n = 0; n < FRONT_SIZE; n++) {
        front_add(&f);
        assert_int_equal(front_work(&f), VWR_OK);
        assert_true(front_take(&f, &first));
    }
    read_record(&f, &r);
    assert_int_equal(r.head.used_idx, 0);
    assert_int_equal(r.head.used_wrap_counter, 0);
    r.head.old_free_head = r.entry[r.head.free_head].next; /* not stored yet */
    r.head.old_used_idx = FRONT_SIZE - 1u;
    r.head.old_used_wrap_counter = 1;
    write_record(&f, &r);
    begin_next(&f);
    read_record(&f, &r);
    assert_int_equal(r.head.used_idx, 0);
    assert_int_equal(r.head.used_wrap_counter, 0);
    check_free(&r);
    front_add(&f);
    assert_int_equal(front_work(&f), VWR_OK);
    assert_true(front_take(&f, &first));
    front_end(&f);
}

/* A request of three descriptors, and one by a table, in flight at the death. */
static void chains(void **state)
{
    static const uint16_t parts[] = {3, 2, 3};
    struct front f;
    struct vwr_pvirtq_desc *ring;
    struct region r;
    unsigned at = 0;

    (void)state;
    begin(&f, PACKED);
    ring = ring_of(&f);
    f.dry = 1000;
    front_start(&f, 0x80008000u);
    for (unsigned n = 0; n < 3; n++) {
        for (unsigned k = 0; k < parts[n]; k++, at++) {
            const bool more = k + 1u < parts[n];

            ring[at].addr = vwr_cpu_to_le64(FRONT_GUEST + FRONT_DATA + at * FRONT_DATA_BYTES);
            ring[at].len = vwr_cpu_to_le32(FRONT_DATA_BYTES);
            ring[at].id = vwr_cpu_to_le16((uint16_t)(100 + n));
            ring[at].flags = vwr_cpu_to_le16((uint16_t)(VWR_VIRTQ_DESC_F_AVAIL | VWR_VIRTQ_DESC_F_WRITE |
                                                        (more ? VWR_VIRTQ_DESC_F_NEXT : 0u)));
        }
    }
    assert_int_equal(write(f.kick, &(uint64_t){1}, sizeof(uint64_t)), sizeof(uint64_t));
    assert_int_equal(front_work(&f), VWR_OK);
    read_record(&f, &r);
    for (unsigned n = 0; n < 3; n++)
        assert_int_equal(r.entry[n == 0 ? 0 : n == 1 ? 3 : 5].num, parts[n]);
    begin_next(&f);
    f.dry = 0;
    vwr_ventropy_resume(&f.device);
    assert_int_equal(front_work(&f), VWR_OK);
    at = 0;
    for (unsigned n = 0; n < 3; n++) {
        assert_int_equal(vwr_le16_to_cpu(ring[at].id), 100 + n);
        assert_int_equal(vwr_le16_to_cpu(ring[at].flags) & VWR_PACKED_WRAP_FLAGS, VWR_PACKED_WRAP_FLAGS);
        at += parts[n];
    }
    read_record(&f, &r);
    check_free(&r);
    assert_int_equal(r.head.used_idx, 0);
    assert_int_equal(r.head.used_wrap_counter, 0);
    front_end(&f);
}

/* ---- a record that is not one ---- */

struct lie {
    size_t at;
    size_t bytes;
    uint64_t value;
};

#define HEAD(member, v)                                                                      \
    {                                                                                        \
        offsetof(struct region, head.member), sizeof(((struct region *)0)->head.member), (v) \
    }
#define ENTRY(n, member, v)                                                                      \
    {                                                                                            \
        offsetof(struct region, entry) + (n) * sizeof(struct vwr_vhost_user_desc_state_packed) + \
            offsetof(struct vwr_vhost_user_desc_state_packed, member),                           \
            sizeof(((struct region *)0)->entry[0].member), (v)                                   \
    }

static const struct lie lies[] = {
    HEAD(version, 2),
    HEAD(desc_num, 0),
    HEAD(desc_num, 4),
    HEAD(desc_num, 65535),
    HEAD(old_free_head, 65535), /* entries that are neither */
    HEAD(used_idx, FRONT_SIZE),
    HEAD(old_used_idx, 65535),
    HEAD(used_wrap_counter, 2),
    HEAD(old_used_wrap_counter, 255),
    ENTRY(6, next, 5), /* a loop of free entries */
    ENTRY(7, next, 7),
    ENTRY(0, num, 0),
    ENTRY(0, num, FRONT_SIZE + 1),
    ENTRY(0, num, 65535),
    ENTRY(0, num, 2), /* an entry that claims to hold two requests */
    ENTRY(0, last, 3),
    ENTRY(0, last, 65535),
    ENTRY(7, next, 0),     /* the free list goes on in a request */
    ENTRY(3, inflight, 0), /* lost */
};

static void hostile_records(void **state)
{
    (void)state;
    for (unsigned n = 0; n < sizeof(lies) / sizeof(lies[0]); n++) {
        const unsigned files = count_files();
        struct front f;
        struct region r;

        begin(&f, PACKED);
        five_requests(&f, &r);
        memcpy((uint8_t *)&r + lies[n].at, &lies[n].value, lies[n].bytes);
        write_record(&f, &r);
        front_reconnect(&f);
        front_negotiate(&f);
        front_remember(&f);
        front_record(&f);
        front_try(&f, 0x80008000u);
        if (front_work(&f) != VWR_ENODEV || strstr(f.h.why, "record") == NULL)
            fail_msg("lie %u: \"%s\"", n, f.h.why);
        front_end(&f);
        assert_int_equal(count_files(), files);
    }
}

/* The record changes while the ring is in use: none of it is read. */
static void changes_in_use(void **state)
{
    struct front f;
    struct region r;
    uint8_t first;

    (void)state;
    begin(&f, PACKED);
    front_start(&f, 0x80008000u);
    for (unsigned n = 0; n < 100; n++) {
        memset(&r, n % 3 == 0 ? 0xff : (int)n, sizeof(r));
        write_record(&f, &r);
        front_add(&f);
        assert_int_equal(front_work(&f), VWR_OK);
        assert_true(front_take(&f, &first));
    }
    front_end(&f);
}

struct split_region {
    struct vwr_vhost_user_queue_region_split head;
    struct vwr_vhost_user_desc_state_split entry[FRONT_SIZE];
};

/* The used index of a split ring is the one of its record, or so far from it that the ring is a new one. */
static void new_ring(void **state)
{
    (void)state;
    for (unsigned far = 0; far < 2; far++) {
        struct split_region r = {.head = {.version = VWR_VHOST_USER_INFLIGHT_VERSION,
                                          .desc_num = FRONT_SIZE,
                                          .used_idx = far != 0 ? (uint16_t)-FRONT_SIZE - 1u : 0}};
        struct vwr_virtq_desc *d;
        struct front f;

        begin(&f, 0);
        d = (struct vwr_virtq_desc *)(void *)(f.bytes + FRONT_DESC) + 3;
        d->addr = vwr_cpu_to_le64(FRONT_GUEST + FRONT_DATA);
        d->len = vwr_cpu_to_le32(FRONT_DATA_BYTES);
        d->flags = vwr_cpu_to_le16(VWR_VIRTQ_DESC_F_WRITE);
        r.entry[3].inflight = 1;
        assert_int_equal(pwrite(f.record, &r, sizeof(r), 0), sizeof(r));
        f.dry = 1000;
        front_start(&f, 0);
        assert_int_equal(front_work(&f), VWR_OK);
        assert_int_equal(pread(f.record, &r, sizeof(r), 0), sizeof(r));
        assert_int_equal(r.head.used_idx, 0);
        assert_int_equal(r.entry[3].inflight, far == 0);
        front_end(&f);
    }
}

/* A split ring whose available index jumps: none of its entries is recorded as a request. */
static void jumps(void **state)
{
    struct split_region r;
    struct front f;

    (void)state;
    begin(&f, 0);
    front_start(&f, 0);
    f.added = FRONT_SIZE;
    front_add(&f);
    assert_int_equal(front_work(&f), VWR_OK);
    assert_true(f.device.dev.broken);
    assert_int_equal(pread(f.record, &r, sizeof(r), 0), sizeof(r));
    assert_int_equal(r.head.desc_num, FRONT_SIZE);
    for (unsigned n = 0; n < FRONT_SIZE; n++)
        assert_int_equal(r.entry[n].inflight, 0);
    front_end(&f);
}

/* The layout of rings changes after the record was set: a record of split rings is too short. */
static void another_layout(void **state)
{
    struct front f;

    (void)state;
    begin(&f, 0);
    front_tell(&f, VWR_VHOST_USER_SET_FEATURES, f.features | PACKED);
    front_try(&f, 0x80008000u);
    assert_int_equal(front_work(&f), VWR_ENODEV);
    assert_non_null(strstr(f.h.why, "does not fit its record"));
    front_end(&f);
}

/*
 * QEMU asks for 128 entries, and its rings have 1 024. A record that a back end has made has room for the
 * longest ring, in the next back end as well.
 */
static void asks_for_fewer(void **state)
{
    static const unsigned order[] = {2, 0, 4, 1, 3, 5};
    struct front f;
    struct region r;

    (void)state;
    front_begin(&f, REMEMBERED, PACKED);
    front_record_for(&f, FRONT_SIZE / 2u);
    five_requests(&f, &r);
    write_record(&f, &r);
    front_reconnect(&f);
    front_negotiate(&f);
    front_remember(&f);
    front_record_for(&f, FRONT_SIZE / 2u);
    front_start(&f, 0x80008000u);
    check_order(&f, order, REQUESTS + 1);
    read_record(&f, &r);
    check_free(&r);
    front_end(&f);
}

/*
 * Memory of a different size, such as that of another back end, has as many entries as the front end states.
 */
static void has_fewer(void **state)
{
    struct front f;
    struct vwr_vhost_user_inflight i = {2u * sizeof(struct region), 0, VWR_VENTROPY_QUEUES, FRONT_SIZE / 2u};

    (void)state;
    begin(&f, PACKED);
    assert_int_equal(ftruncate(f.record, (off_t)i.mmap_size), 0);
    front_send(&f, VWR_VHOST_USER_SET_INFLIGHT_FD, VWR_VHOST_USER_VERSION, &i, sizeof(i), &f.record, 1);
    assert_int_equal(front_work(&f), VWR_OK);
    front_try(&f, 0x80008000u);
    assert_int_equal(front_work(&f), VWR_ENODEV);
    assert_non_null(strstr(f.h.why, "Queue 0 of 8 entries does not fit its record of 4 requests."));
    front_end(&f);
}

/* Each start of a ring examines all entries, so there must not be many more than the ring can have. */
static void has_too_many(void **state)
{
    static const struct {
        struct vwr_vhost_user_inflight inflight;
        const char *says;
    } rows[] = {{{0, 0, VWR_VENTROPY_QUEUES, 1025}, "has 1 queues of 1025 entries"},
                {{0, 0, VWR_VHOST_BACK_QUEUES + 1, FRONT_SIZE}, "has 65 queues of 8 entries"}};

    (void)state;
    for (unsigned n = 0; n < sizeof(rows) / sizeof(rows[0]); n++) {
        struct front f;

        front_begin(&f, REMEMBERED, PACKED);
        front_send(&f, VWR_VHOST_USER_GET_INFLIGHT_FD, VWR_VHOST_USER_VERSION, &rows[n].inflight,
                   sizeof(rows[n].inflight), NULL, 0);
        assert_int_equal(front_work(&f), VWR_ENODEV);
        assert_non_null(strstr(f.h.why, rows[n].says));
        front_end(&f);
    }
}

/* A driver that makes more descriptors available than the ring has, or a chain without an end. */
static void endless_chain(void **state)
{
    struct front f;

    (void)state;
    begin(&f, PACKED);
    for (unsigned n = 0; n < FRONT_SIZE; n++)
        ring_of(&f)[n].flags = vwr_cpu_to_le16(VWR_VIRTQ_DESC_F_AVAIL | VWR_VIRTQ_DESC_F_NEXT);
    front_start(&f, 0x80008000u);
    assert_int_equal(front_work(&f), VWR_OK);
    assert_true(f.device.dev.broken);
    front_end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(after_a_death),  cmocka_unit_test(while_recording),
        cmocka_unit_test(wraps),          cmocka_unit_test(dies_at_the_wrap),
        cmocka_unit_test(chains),         cmocka_unit_test(hostile_records),
        cmocka_unit_test(changes_in_use), cmocka_unit_test(another_layout),
        cmocka_unit_test(asks_for_fewer), cmocka_unit_test(has_fewer),
        cmocka_unit_test(has_too_many),   cmocka_unit_test(endless_chain),
        cmocka_unit_test(jumps),          cmocka_unit_test(new_ring),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
