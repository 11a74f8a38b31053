/* SPDX-License-Identifier: MIT */
#include "front.h"

#include <poll.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "vwr/gen/features.h"
#include "vwr/gen/status.h"

/*
 * A guest notifies whenever it likes, and a front end passes that on before it has started the ring, or while
 * it changes it. No such notification is lost, whatever carries it.
 */

#define BIT(name) ((uint64_t)1 << VWR_F_##name)

static const uint64_t formats[] = {0, BIT(EVENT_IDX), BIT(RING_PACKED), BIT(RING_PACKED) | BIT(EVENT_IDX)};
static unsigned used_formats = sizeof(formats) / sizeof(formats[0]);

/* What tells the back end that there are buffers. */
enum carrier { EVENTFD, MESSAGE, NOTHING, CARRIERS };

static uint32_t base_of(const struct front *f)
{
    return f->packed ? 0x80008000u : 0;
}

static void works(struct front *f)
{
    if (front_work(f) != VWR_OK)
        fail_msg("%s", f->h.why);
}

/* Everything but the ring, in which nothing was started. */
static void begin(struct front *f, uint64_t format, enum carrier carrier, bool recorded)
{
    front_begin(f, REMEMBERED, format);
    if (carrier == MESSAGE)
        front_tell(f, VWR_VHOST_USER_SET_PROTOCOL_FEATURES, f->h.protocol);
    works(f);
    if (recorded)
        front_record(f);
}

static void notify(struct front *f, enum carrier carrier)
{
    if (carrier == EVENTFD)
        front_kick(f);
    else if (carrier == MESSAGE)
        front_tell_state(f, VWR_VHOST_USER_VRING_KICK, 0, 0);
    works(f);
}

static void set_kick(struct front *f, enum carrier carrier)
{
    if (carrier == EVENTFD)
        front_tell_file(f, VWR_VHOST_USER_SET_VRING_KICK, 0, f->kick);
    else if (carrier == NOTHING)
        front_tell(f, VWR_VHOST_USER_SET_VRING_KICK, VWR_VHOST_USER_VRING_NOFD_MASK);
}

#define STEPS 7u

/* A step of the start. With kicks as messages there is no file descriptor for them. */
static void take_step(struct front *f, enum carrier carrier, unsigned step)
{
    const struct vwr_vhost_user_vring_addr a = {
        0, 0, FRONT_USER + FRONT_DESC, FRONT_USER + FRONT_USED, FRONT_USER + FRONT_AVAIL, 0};

    switch (step) {
    case 0:
        front_tell(f, VWR_VHOST_USER_SET_STATUS, VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER);
        break;
    case 1:
        front_tell_state(f, VWR_VHOST_USER_SET_VRING_NUM, 0, FRONT_SIZE);
        break;
    case 2:
        front_tell_state(f, VWR_VHOST_USER_SET_VRING_BASE, 0, base_of(f));
        break;
    case 3:
        front_send(f, VWR_VHOST_USER_SET_VRING_ADDR, VWR_VHOST_USER_VERSION, &a, sizeof(a), NULL, 0);
        break;
    case 4:
        front_tell_file(f, VWR_VHOST_USER_SET_VRING_CALL, 0, f->call);
        set_kick(f, carrier);
        break;
    case 5:
        front_tell_state(f, VWR_VHOST_USER_SET_VRING_ENABLE, 0, 1);
        break;
    default:
        front_tell(f, VWR_VHOST_USER_SET_STATUS,
                   VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER | VWR_STATUS_FEATURES_OK |
                       VWR_STATUS_DRIVER_OK);
        break;
    }
    works(f);
}

/* The buffer is there before any step or between two of them, and nothing else announces it. */
static void before_each_step(void **state)
{
    (void)state;
    for (unsigned i = 0; i < used_formats * CARRIERS * 2u * (STEPS + 1u); i++) {
        const enum carrier carrier = (enum carrier)(i / used_formats % CARRIERS);
        const unsigned at = i / (used_formats * CARRIERS * 2u);
        struct front f;

        begin(&f, formats[i % used_formats], carrier, i / (used_formats * CARRIERS) % 2u != 0);
        for (unsigned step = 0; step <= STEPS; step++) {
            if (step == at) {
                front_put(&f);
                notify(&f, carrier);
            }
            if (step < STEPS)
                take_step(&f, carrier, step);
        }
        if (carrier == NOTHING) /* the back end polls */
            works(&f);
        if (!front_take(&f, &(uint8_t){0}) || !front_was_called(&f))
            fail_msg("format %u, carrier %u, step %u: nothing was used", i % used_formats, (unsigned)carrier,
                     at);
        front_end(&f);
    }
}

static void start(struct front *f, enum carrier carrier)
{
    for (unsigned step = 0; step < STEPS; step++)
        take_step(f, carrier, step);
}

/* A request that the device keeps: the source has no byte when it is announced, and the test pops it. */
struct kept {
    struct vwr_vseg seg[FRONT_SIZE];
    struct vwr_vchain chain;
};

static void keep_one(struct front *f, enum carrier carrier, struct kept *k)
{
    f->dry = 1;
    front_put(f);
    notify(f, carrier);
    k->chain = (struct vwr_vchain){.seg = k->seg, .room = FRONT_SIZE};
    assert_true(vwr_vdev_pop(&f->device.dev, 0, &k->chain));
    f->device.filled.is_stopped = false; /* the source has bytes again, and does not say so */
}

static void finish(struct front *f, struct kept *k)
{
    vwr_vqueue_add_used(&f->queue[0], &k->chain, 0);
    (void)vwr_vdev_signal(&f->device.dev, &f->queue[0]);
}

static void took(struct front *f)
{
    assert_true(front_take(f, &(uint8_t){0}));
}

/*
 * The front end replaces the file descriptor, or the way of notifications, after the back end has waited:
 * what the guest has put into the old one meanwhile counts.
 */
static void in_the_old_descriptor(void **state)
{
    (void)state;
    for (unsigned i = 0; i < used_formats * CARRIERS; i++) {
        const enum carrier next = (enum carrier)(i / used_formats);
        struct pollfd fds[VWR_VHOST_BACK_FDS];
        int timeout_ms = 0;
        struct front f;
        unsigned count;

        begin(&f, formats[i % used_formats], MESSAGE, false); /* messages are allowed */
        start(&f, EVENTFD);
        count = vwr_vhost_back_fds(&f.h, fds, &timeout_ms);
        if (next == EVENTFD)
            front_tell_file(&f, VWR_VHOST_USER_SET_VRING_KICK, 0, f.call); /* another one */
        else
            front_tell(&f, VWR_VHOST_USER_SET_VRING_KICK, VWR_VHOST_USER_VRING_NOFD_MASK);
        assert_int_equal(poll(fds, count, 0), 1);
        front_add(&f);
        assert_int_equal(vwr_vhost_back_ready(&f.h, fds, count), VWR_OK);
        works(&f);
        took(&f);
        front_end(&f);
    }
}

/* A ring that is disabled with a request in flight stays in use. A notification for it counts later. */
static void while_disabled(void **state)
{
    (void)state;
    for (unsigned i = 0; i < used_formats * CARRIERS * 2u; i++) {
        const enum carrier carrier = (enum carrier)(i / used_formats % CARRIERS);
        struct kept kept;
        struct front f;

        begin(&f, formats[i % used_formats], carrier, i / (used_formats * CARRIERS) != 0);
        start(&f, carrier);
        keep_one(&f, carrier, &kept);
        front_tell_state(&f, VWR_VHOST_USER_SET_VRING_ENABLE, 0, 0);
        works(&f);
        front_put(&f);
        notify(&f, carrier);
        assert_false(front_take(&f, &(uint8_t){0}));
        assert_true(f.h.ring[0].started);
        front_tell_state(&f, VWR_VHOST_USER_SET_VRING_ENABLE, 0, 1);
        works(&f);
        took(&f);
        finish(&f, &kept);
        works(&f);
        took(&f);
        front_end(&f);
    }
}

/* A change of the memory waits for the request in flight; what is announced meanwhile is served after it. */
static void while_a_message_waits(void **state)
{
    const struct vwr_vhost_user_memory_region r = {FRONT_GUEST, FRONT_BYTES, FRONT_USER, FRONT_OFFSET};
    struct {
        struct vwr_vhost_user_memory head;
        struct vwr_vhost_user_memory_region r;
    } table = {{1, 0}, r};

    (void)state;
    for (unsigned i = 0; i < used_formats * CARRIERS; i++) {
        const enum carrier carrier = (enum carrier)(i / used_formats);
        struct kept kept;
        struct front f;

        begin(&f, formats[i % used_formats], carrier, false);
        start(&f, carrier);
        keep_one(&f, carrier, &kept);
        front_send(&f, VWR_VHOST_USER_SET_MEM_TABLE, VWR_VHOST_USER_VERSION, &table, sizeof(table), &f.file,
                   1);
        works(&f);
        assert_true(f.h.held);
        front_put(&f);
        notify(&f, carrier);
        assert_false(front_take(&f, &(uint8_t){0}));
        finish(&f, &kept);
        works(&f);
        assert_false(f.h.held);
        took(&f);
        took(&f);
        front_end(&f);
    }
}

static void replace_kick(struct front *f)
{
    (void)close(f->kick);
    f->kick = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
}

/*
 * A front end stops a ring that has not run yet, as before it saves its guest, and starts it here or in
 * another process, with other file descriptors: the notification is in neither.
 */
static void between_the_bases(void **state)
{
    (void)state;
    for (unsigned i = 0; i < used_formats * CARRIERS * 4u; i++) {
        const enum carrier carrier = (enum carrier)(i / used_formats % CARRIERS);
        const bool is_recorded = i / (used_formats * CARRIERS) % 2u != 0;
        const bool is_other = i / (used_formats * CARRIERS * 2u) != 0;
        struct front f;
        uint32_t base;

        begin(&f, formats[i % used_formats], carrier, is_recorded);
        for (unsigned step = 0; step < 5; step++) /* all but ENABLE and DRIVER_OK */
            take_step(&f, carrier, step);
        front_put(&f);
        notify(&f, carrier);
        base = front_stop(&f);
        assert_int_equal(base, base_of(&f));
        replace_kick(&f);
        if (is_other) {
            front_reconnect(&f);
            front_negotiate(&f);
            front_remember(&f);
            if (is_recorded)
                front_record(&f);
        }
        start(&f, carrier == MESSAGE ? EVENTFD : carrier);
        works(&f);
        took(&f);
        front_end(&f);
    }
}

/*
 * A status of 0 is a reset: the device leaves the rings alone until the front end starts them anew, whatever
 * else it sends.
 */
static void not_after_a_reset(void **state)
{
    (void)state;
    for (unsigned i = 0; i < used_formats * CARRIERS; i++) {
        const enum carrier carrier = (enum carrier)(i / used_formats);
        struct front f;

        begin(&f, formats[i % used_formats], carrier, false);
        start(&f, carrier);
        notify(&f, carrier);
        front_tell(&f, VWR_VHOST_USER_SET_STATUS, VWR_STATUS_RESET);
        works(&f);
        front_put(&f); /* in memory that the guest may use for something else now */
        front_tell(&f, VWR_VHOST_USER_SET_FEATURES, f.features);
        front_tell_state(&f, VWR_VHOST_USER_SET_VRING_ENABLE, 0, 1);
        works(&f);
        assert_false(front_take(&f, &(uint8_t){0}));
        start(&f, carrier);
        notify(&f, carrier);
        took(&f);
        front_end(&f);
    }
}

int main(int count, char **words)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(before_each_step),  cmocka_unit_test(between_the_bases),
        cmocka_unit_test(not_after_a_reset), cmocka_unit_test(in_the_old_descriptor),
        cmocka_unit_test(while_disabled),    cmocka_unit_test(while_a_message_waits),
    };
    const struct CMUnitTest with_threads[] = {cmocka_unit_test(before_each_step),
                                              cmocka_unit_test(between_the_bases),
                                              cmocka_unit_test(not_after_a_reset)};

    (void)words;
    front_has_threads = count > 1;
    if (front_has_threads) /* each message waits for the threads */
        used_formats = 1;
    return front_has_threads ? cmocka_run_group_tests(with_threads, NULL, NULL)
                             : cmocka_run_group_tests(tests, NULL, NULL);
}
