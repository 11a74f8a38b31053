/* SPDX-License-Identifier: MIT */
#include "front.h"

#include <poll.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

#include "vwr/gen/features.h"
#include "vwr/gen/status.h"
#include "vwr/vblk.h"
#include "vwr/vblk_memory.h"

/* A front end that keeps the rules: each ring, stops, restarts, reconnections, changes of memory. */

#define BIT(name) ((uint64_t)1 << VWR_F_##name)

static const uint64_t formats[] = {0,
                                   BIT(EVENT_IDX),
                                   BIT(IN_ORDER),
                                   BIT(RING_PACKED),
                                   BIT(RING_PACKED) | BIT(EVENT_IDX),
                                   BIT(RING_PACKED) | BIT(IN_ORDER)};
#define FORMATS (sizeof(formats) / sizeof(formats[0]))

static void run(struct front *f, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        const uint8_t expected = f->next;
        uint8_t first = 0;

        front_add(f);
        assert_int_equal(front_work(f), VWR_OK);
        assert_true(front_take(f, &first));
        assert_int_equal(first, expected);
        assert_true(front_was_called(f));
    }
}

static void each_format(void **state)
{
    (void)state;
    for (unsigned i = 0; i < FORMATS; i++) {
        struct front f;

        front_begin(&f, RUNNING, formats[i]);
        run(&f, 3 * FRONT_SIZE + 1);
        front_end(&f);
    }
}

/* Stops and continues at the same position; the device is not reset. */
static void stop_and_go_on(void **state)
{
    (void)state;
    for (unsigned i = 0; i < FORMATS; i++) {
        struct front f;
        uint32_t base;

        front_begin(&f, RUNNING, formats[i]);
        for (unsigned k = 1; k < 2 * FRONT_SIZE; k++) {
            run(&f, k);
            base = front_stop(&f);
            front_add(&f);
            assert_int_equal(front_work(&f), VWR_OK); /* a kick of a stopped ring has no effect */
            f.added--;
            if (f.packed && f.added % FRONT_SIZE == FRONT_SIZE - 1u)
                f.wrap = !f.wrap;
            front_start(&f, base);
            f.added++;
            if (f.packed && f.added % FRONT_SIZE == 0)
                f.wrap = !f.wrap;
            assert_int_equal(front_work(&f), VWR_OK);
            assert_true(front_take(&f, &(uint8_t){0})); /* found without a kick */
            (void)front_was_called(&f);
        }
        front_end(&f);
    }
}

/* After the back end's death a front end may know an older index: that of the used ring counts. */
static void reconnect(void **state)
{
    struct front f;

    (void)state;
    front_begin(&f, RUNNING, 0);
    run(&f, 5);
    f.dry = 100; /* the next stays in the device */
    front_add(&f);
    assert_int_equal(front_work(&f), VWR_OK);
    front_reconnect(&f);
    f.dry = 0;
    vwr_ventropy_resume(&f.device);
    front_negotiate(&f);
    front_remember(&f);
    (void)front_was_called(&f);
    front_start(&f, 6);
    assert_true(front_take(&f, &(uint8_t){0}));
    assert_true(front_was_called(&f));
    run(&f, FRONT_SIZE);
    front_end(&f);
}

/* A request in flight delays the answer to GET_VRING_BASE; one that does not end is taken back. */
static void stop_in_flight(void **state)
{
    struct front f;

    (void)state;
    front_begin(&f, RUNNING, 0);
    f.h.stop_ms = 20;
    run(&f, 3);
    f.dry = 1000;
    front_add(&f);
    assert_int_equal(front_work(&f), VWR_OK);
    assert_int_equal(front_stop(&f), 3);
    f.dry = 0;
    vwr_ventropy_resume(&f.device);
    front_start(&f, 3);
    assert_true(front_take(&f, &(uint8_t){0}));
    front_end(&f);
}

static struct vwr_vhost_user_mem_reg region(uint64_t at)
{
    const struct vwr_vhost_user_mem_reg r = {
        0, {FRONT_GUEST + at, FRONT_BYTES / 4, FRONT_USER + at, FRONT_OFFSET + at}};

    return r;
}

/* Memory slot by slot, and a table while the ring is in use. */
static void memory(void **state)
{
    struct front f;
    struct vwr_vhost_user_mem_reg r;

    (void)state;
    front_begin(&f, NEGOTIATED, 0);
    assert_int_equal(front_ask(&f, VWR_VHOST_USER_GET_MAX_MEM_SLOTS), VWR_VHOST_BACK_SLOTS);
    for (uint64_t at = 0; at < FRONT_BYTES; at += FRONT_BYTES / 4) {
        r = region(at);
        front_send(&f, VWR_VHOST_USER_ADD_MEM_REG, VWR_VHOST_USER_VERSION, &r, sizeof(r), &f.file, 1);
    }
    front_start(&f, 0);
    run(&f, 10);
    r = region(FRONT_BYTES / 2);
    front_send(&f, VWR_VHOST_USER_REM_MEM_REG, VWR_VHOST_USER_VERSION, &r, sizeof(r), NULL, 0);
    assert_int_equal(front_work(&f), VWR_OK);
    (void)front_was_called(&f);
    run(&f, 10);
    front_remember(&f);
    (void)front_was_called(&f);
    run(&f, 10);
    front_end(&f);
}

/*
 * Storage may still write to the memory of a device that is unsafe: it stays mapped. What is mapped later
 * does not, so there is no more of it after any number of connections.
 */
static void memory_of_an_unsafe_device(void **state)
{
    struct front f;
    unsigned maps;

    (void)state;
    front_begin(&f, RUNNING, 0);
    run(&f, 3);
    maps = count_maps();
    vwr_vdev_set_unsafe(&f.device.dev, true);
    front_remember(&f);
    assert_int_equal(count_maps(), maps + 1);
    assert_int_equal(f.h.kept, 1);
    for (unsigned i = 0; i < VWR_VHOST_BACK_SLOTS; i++) {
        front_reconnect(&f);
        front_negotiate(&f);
        front_remember(&f);
    }
    assert_int_equal(count_maps(), maps + 1);
    vwr_vhost_back_detach(&f.h);
    assert_int_equal(count_maps(), maps);
    assert_int_equal(f.h.kept, 1);
    vwr_vdev_set_unsafe(&f.device.dev, false);
    assert_int_equal(count_maps(), maps - 1);
    assert_int_equal(f.h.kept, 0);
    front_end(&f);
}

/* Device after device of a connection becomes unsafe, each with other memory: there is a limit. */
static void memory_of_many_unsafe_devices(void **state)
{
    struct front f;
    struct vwr_vhost_user_mem_reg r = region(0);

    (void)state;
    front_begin(&f, RUNNING, 0);
    for (unsigned i = 0; i < VWR_VHOST_BACK_KEPT; i++) {
        f.h.vm.ops->unsafe(&f.h.vm, &f.device.dev, true);
        assert_int_equal(f.h.kept, i);
        if (i + 1u < VWR_VHOST_BACK_KEPT)
            front_remember(&f);
    }
    r.region.guest_phys_addr += FRONT_BYTES;
    r.region.userspace_addr += FRONT_BYTES;
    front_send(&f, VWR_VHOST_USER_ADD_MEM_REG, VWR_VHOST_USER_VERSION, &r, sizeof(r), &f.file, 1);
    assert_int_equal(front_work(&f), VWR_ENODEV);
    assert_non_null(strstr(f.h.why, "has not returned requests"));
    vwr_vhost_back_detach(&f.h);
    assert_int_equal(f.h.kept, VWR_VHOST_BACK_KEPT);
    for (unsigned i = 0; i < VWR_VHOST_BACK_KEPT; i++)
        f.h.vm.ops->unsafe(&f.h.vm, &f.device.dev, false);
    assert_int_equal(f.h.kept, 0);
    front_end(&f);
}

/* What the front end passed stays open and mapped until the detach, also memory that was kept. */
static void stopped_before_the_detach(void **state)
{
    const unsigned maps_before = count_maps();
    unsigned files, maps;
    struct front f;
    char byte;

    (void)state;
    front_begin(&f, RUNNING, 0);
    run(&f, 3);
    vwr_vdev_set_unsafe(&f.device.dev, true);
    front_remember(&f);
    assert_int_equal(f.h.kept, 1);
    files = count_files();
    maps = count_maps();
    assert_false(vwr_vhost_back_stop(&f.h)); /* the device is unsafe */
    assert_string_equal(f.h.why, "The program has ended the connection.");
    assert_false(f.queue[0].ready);
    vwr_vdev_set_unsafe(&f.device.dev, false);
    assert_int_equal(f.h.kept, 1);
    assert_int_equal(count_files(), files);
    assert_int_equal(count_maps(), maps);
    assert_int_equal(read(f.fd, &byte, 1), 0); /* the front end sees the end */
    assert_int_equal(front_work(&f), VWR_ENODEV);
    assert_true(vwr_vhost_back_stop(&f.h));
    vwr_vhost_back_detach(&f.h);
    assert_int_equal(f.h.kept, 0);
    assert_true(count_files() < files);
    assert_true(vwr_vhost_back_stop(&f.h));
    front_reconnect(&f);
    front_negotiate(&f);
    front_end(&f);
    assert_int_equal(count_maps(), maps_before);
}

/* A disk's queues may be longer once the driver has accepted a feature: the size is checked at the start. */
static void size_before_features(void **state)
{
    struct front f;

    (void)state;
    front_begin(&f, REMEMBERED, 0);
    f.device.dev.size_max = FRONT_SIZE / 2u; /* as the class had it for another driver */
    front_tell_state(&f, VWR_VHOST_USER_SET_VRING_NUM, 0, FRONT_SIZE);
    assert_int_equal(front_work(&f), VWR_OK);
    f.device.dev.size_max = FRONT_SIZE;
    front_start(&f, 0);
    run(&f, FRONT_SIZE);
    front_end(&f);
}

/* ENABLE comes in any state. */
static void enable_in_any_state(void **state)
{
    struct front f;

    (void)state;
    front_begin(&f, CONNECTED, 0);
    for (unsigned i = 0; i < 4; i++)
        front_tell_state(&f, VWR_VHOST_USER_SET_VRING_ENABLE, 0, i & 1u);
    assert_int_equal(front_work(&f), VWR_OK);
    front_negotiate(&f);
    front_tell_state(&f, VWR_VHOST_USER_SET_VRING_ENABLE, 0, 1);
    front_remember(&f);
    front_tell_state(&f, VWR_VHOST_USER_SET_VRING_ENABLE, 0, 0);
    front_start(&f, 0);
    run(&f, 4);
    front_tell_state(&f, VWR_VHOST_USER_SET_VRING_ENABLE, 0, 0);
    assert_int_equal(front_work(&f), VWR_OK);
    front_add(&f);
    assert_int_equal(front_work(&f), VWR_OK);
    assert_false(front_take(&f, &(uint8_t){0}));
    front_tell_state(&f, VWR_VHOST_USER_SET_VRING_ENABLE, 0, 1);
    front_tell_state(&f, VWR_VHOST_USER_SET_VRING_ENABLE, 0, 1);
    assert_int_equal(front_work(&f), VWR_OK);
    assert_true(front_take(&f, &(uint8_t){0}));
    front_end(&f);
}

/* A disabled ring with nothing in flight is not in use: its memory may be removed, its size may change. */
static void disabled_is_not_in_use(void **state)
{
    const struct vwr_vhost_user_memory none = {0, 0};
    struct front f;

    (void)state;
    front_begin(&f, RUNNING, 0);
    run(&f, 3);
    front_tell_state(&f, VWR_VHOST_USER_SET_VRING_ENABLE, 0, 0);
    front_tell_state(&f, VWR_VHOST_USER_SET_VRING_NUM, 0, FRONT_SIZE);
    front_send(&f, VWR_VHOST_USER_SET_MEM_TABLE, VWR_VHOST_USER_VERSION, &none, sizeof(none), NULL, 0);
    if (front_work(&f) != VWR_OK)
        fail_msg("%s", f.h.why);
    front_remember(&f);
    front_tell_state(&f, VWR_VHOST_USER_SET_VRING_ENABLE, 0, 1);
    assert_int_equal(front_work(&f), VWR_OK);
    (void)front_was_called(&f);
    run(&f, 3);
    front_end(&f);
}

/* Without an eventfd for kicks, the back end polls every millisecond. */
static void polled(void **state)
{
    struct pollfd fds[VWR_VHOST_BACK_FDS];
    int timeout_ms = -1;
    struct front f;

    (void)state;
    front_begin(&f, RUNNING, 0);
    front_tell(&f, VWR_VHOST_USER_SET_VRING_KICK, VWR_VHOST_USER_VRING_NOFD_MASK);
    assert_int_equal(front_work(&f), VWR_OK);
    assert_int_equal(vwr_vhost_back_fds(&f.h, fds, &timeout_ms), 1);
    assert_int_equal(timeout_ms, 1);
    timeout_ms = 0;
    assert_int_equal(vwr_vhost_back_fds(&f.h, fds, &timeout_ms), 1);
    assert_int_equal(timeout_ms, 0);
    front_put(&f);
    assert_int_equal(front_work(&f), VWR_OK);
    assert_true(front_take(&f, &(uint8_t){0}));
    front_end(&f);
}

/* Kicks as messages from the front end, calls as messages from the back end. */
static void in_band(void **state)
{
    struct front f;
    int pair[2];
    struct {
        struct vwr_vhost_user_hdr hdr;
        struct vwr_vhost_user_vring_state state;
    } call;
    uint8_t first;

    (void)state;
    front_begin(&f, CONNECTED, 0);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    front_tell(&f, VWR_VHOST_USER_SET_PROTOCOL_FEATURES, front_ask(&f, VWR_VHOST_USER_GET_PROTOCOL_FEATURES));
    front_send(&f, VWR_VHOST_USER_SET_BACKEND_REQ_FD, VWR_VHOST_USER_VERSION, NULL, 0, &pair[1], 1);
    (void)close(pair[1]);
    (void)close(0); /* a process without an input: the file has the first number */
    assert_int_equal(front_work(&f), VWR_OK);
    assert_int_equal(f.h.back, 0);
    front_tell(&f, VWR_VHOST_USER_SET_FEATURES, f.features);
    front_remember(&f);
    front_start(&f, 0);
    front_tell(&f, VWR_VHOST_USER_SET_VRING_CALL, VWR_VHOST_USER_VRING_NOFD_MASK);
    front_tell(&f, VWR_VHOST_USER_SET_VRING_KICK, VWR_VHOST_USER_VRING_NOFD_MASK);
    assert_int_equal(front_work(&f), VWR_OK);
    while (recv(pair[0], &call, sizeof(call), MSG_DONTWAIT) > 0)
        ;
    front_add(&f);
    assert_int_equal(front_work(&f), VWR_OK);
    assert_false(front_take(&f, &first));
    front_tell_state(&f, VWR_VHOST_USER_VRING_KICK, 0, 0);
    assert_int_equal(front_work(&f), VWR_OK);
    assert_true(front_take(&f, &first));
    assert_int_equal(recv(pair[0], &call, sizeof(call), MSG_DONTWAIT), sizeof(call));
    assert_int_equal(call.hdr.request, VWR_VHOST_USER_BACKEND_VRING_CALL);
    vwr_vdev_config_changed(&f.device.dev);
    assert_int_equal(front_work(&f), VWR_OK);
    assert_int_equal(recv(pair[0], &call, sizeof(call), MSG_DONTWAIT), sizeof(call.hdr));
    assert_int_equal(call.hdr.request, VWR_VHOST_USER_BACKEND_CONFIG_CHANGE_MSG);
    assert_int_equal(call.hdr.flags, VWR_VHOST_USER_VERSION);
    assert_int_equal(call.hdr.size, 0);
    (void)close(pair[0]);
    front_end(&f);
}

static void begin_anew(struct front *f)
{
    memset(f->bytes, 0, FRONT_BYTES);
    f->added = 0;
    f->taken = 0;
}

/* After a reset a ring starts with its new kick, not before. */
static void starts_with_its_kick(struct front *f)
{
    front_tell_state(f, VWR_VHOST_USER_SET_VRING_ENABLE, 0, 1);
    assert_int_equal(front_work(f), VWR_OK);
    front_add(f);
    assert_int_equal(front_work(f), VWR_OK);
    assert_false(front_take(f, &(uint8_t){0}));
}

static void status_and_reset(void **state)
{
    struct front f;
    uint64_t done = 1;
    const uint64_t ok = VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER;

    (void)state;
    front_begin(&f, RUNNING, 0);
    front_tell(&f, VWR_VHOST_USER_SET_STATUS, ok);
    assert_int_equal(front_ask(&f, VWR_VHOST_USER_GET_STATUS), ok);
    run(&f, 3);
    front_send(&f, VWR_VHOST_USER_RESET_DEVICE, VWR_VHOST_USER_VERSION | VWR_VHOST_USER_FLAG_NEED_REPLY, NULL,
               0, NULL, 0);
    front_reply(&f, VWR_VHOST_USER_RESET_DEVICE, &done, sizeof(done));
    assert_int_equal(done, 0);
    assert_int_equal(front_ask(&f, VWR_VHOST_USER_GET_STATUS), 0);
    assert_int_equal(f.device.dev.stats.resets >= 1, 1);
    assert_int_equal(front_ask(&f, VWR_VHOST_USER_GET_QUEUE_NUM), VWR_VENTROPY_QUEUES);
    begin_anew(&f);
    starts_with_its_kick(&f);
    front_start(&f, 0);
    assert_true(front_take(&f, &(uint8_t){0}));
    (void)front_was_called(&f);
    run(&f, 3);
    front_tell(&f, VWR_VHOST_USER_SET_STATUS, 0);
    assert_int_equal(front_ask(&f, VWR_VHOST_USER_GET_STATUS), 0);
    begin_anew(&f);
    front_start(&f, 0);
    (void)front_was_called(&f);
    run(&f, 3);
    front_end(&f);
}

/* Each format with a record of requests in flight. A ring without buffers is waited for. */
static void record(void **state)
{
    (void)state;
    for (unsigned i = 0; i < FORMATS; i++) {
        struct pollfd fds[VWR_VHOST_BACK_FDS];
        struct front f;
        uint32_t base;
        int timeout_ms = -1;

        front_begin(&f, REMEMBERED, formats[i]);
        front_record(&f);
        front_start(&f, f.packed ? 0x80008000u : 0);
        for (unsigned k = 1; k < 2 * FRONT_SIZE; k++) {
            (void)front_was_called(&f);
            run(&f, k);
            (void)vwr_vhost_back_fds(&f.h, fds, &timeout_ms);
            assert_int_equal(timeout_ms, -1);
            base = front_stop(&f);
            front_start(&f, base);
        }
        front_end(&f);
    }
}

/*
 * A back end has taken five requests, used the third, and died before its record had that. The next one takes
 * the other four, once each and in their order, then what was added since.
 */
static void after_a_death(void **state)
{
    struct front f;
    const struct vwr_virtq_used *used;
    struct {
        struct vwr_vhost_user_queue_region_split head;
        struct vwr_vhost_user_desc_state_split state[FRONT_SIZE];
    } r;
    static const unsigned order[] = {2, 0, 4, 1, 3, 5};
    static const uint64_t counter[] = {1, 3, 0, 4, 2}; /* a counter of others begins with 0 */

    (void)state;
    front_begin(&f, REMEMBERED, 0);
    used = (const struct vwr_virtq_used *)(const void *)(f.bytes + FRONT_USED);
    front_record(&f);
    memset(&r, 0, sizeof(r));
    r.head.version = VWR_VHOST_USER_INFLIGHT_VERSION;
    r.head.desc_num = FRONT_SIZE;
    for (unsigned n = 0; n < 5; n++) {
        front_add(&f);
        r.state[n].inflight = 1;
        r.state[n].counter = counter[n];
    }
    assert_int_equal(pwrite(f.record, &r, sizeof(r), 0), sizeof(r));
    ((struct vwr_virtq_used *)(void *)(f.bytes + FRONT_USED))->ring[0].id = vwr_cpu_to_le32(2);
    ((struct vwr_virtq_used *)(void *)(f.bytes + FRONT_USED))->idx = vwr_cpu_to_le16(1);
    front_add(&f);
    front_reconnect(&f);
    front_negotiate(&f);
    front_remember(&f);
    front_record(&f);
    front_start(&f, 1);
    assert_int_equal(vwr_le16_to_cpu(used->idx), 6);
    for (unsigned n = 0; n < 6; n++)
        assert_int_equal(vwr_le32_to_cpu(used->ring[n].id), order[n]);
    assert_int_equal(pread(f.record, &r, sizeof(r), 0), sizeof(r));
    assert_int_equal(r.head.used_idx, 6);
    for (unsigned n = 0; n < FRONT_SIZE; n++)
        assert_int_equal(r.state[n].inflight, 0);
    front_end(&f);
}

/* User Mode Linux begins a packed ring with base 0. After a wrap the same base means other wrap counters. */
static void packed_base_0(void **state)
{
    struct front f;

    (void)state;
    front_begin(&f, REMEMBERED, BIT(RING_PACKED));
    front_start(&f, 0);
    run(&f, FRONT_SIZE);
    assert_int_equal(front_stop(&f), 0);
    front_start(&f, 0);
    (void)front_was_called(&f);
    run(&f, 2 * FRONT_SIZE);
    front_end(&f);
}

/* DPDK sends the position of the available half of a packed ring, and 0 for the used half. */
static void packed_base_of_dpdk(void **state)
{
    struct front f;
    uint32_t base = 0x8000;

    (void)state;
    front_begin(&f, REMEMBERED, BIT(RING_PACKED));
    for (unsigned n = 1; n < 3 * FRONT_SIZE; n++) {
        front_start(&f, base & UINT16_MAX);
        (void)front_was_called(&f);
        run(&f, n);
        base = front_stop(&f);
        assert_int_equal(base >> 16, base & UINT16_MAX);
    }
    front_end(&f);
}

/* User Mode Linux waits for the answer to the message by which it accepts answers. */
static void answer_of_protocol_features(void **state)
{
    struct front f;
    const uint64_t ack = (uint64_t)1 << VWR_VHOST_USER_PROTOCOL_F_REPLY_ACK;
    uint64_t done = 1;

    (void)state;
    front_begin(&f, CONNECTED, 0);
    front_send(&f, VWR_VHOST_USER_SET_PROTOCOL_FEATURES,
               VWR_VHOST_USER_VERSION | VWR_VHOST_USER_FLAG_NEED_REPLY, &ack, sizeof(ack), NULL, 0);
    front_reply(&f, VWR_VHOST_USER_SET_PROTOCOL_FEATURES, &done, sizeof(done));
    assert_int_equal(done, 0);
    front_end(&f);
}

/* QEMU sends its features twice at DRIVER_OK; others change them before a ring starts. */
static void features_twice(void **state)
{
    (void)state;
    for (unsigned i = 0; i < FORMATS; i++) {
        struct front f;

        front_begin(&f, REMEMBERED, formats[i]);
        front_tell(&f, VWR_VHOST_USER_SET_FEATURES, f.features & ~formats[i]);
        front_tell(&f, VWR_VHOST_USER_SET_FEATURES, f.features);
        front_tell(&f, VWR_VHOST_USER_SET_FEATURES, f.features);
        front_start(&f, f.packed ? 0x80008000u : 0);
        run(&f, FRONT_SIZE + 1);
        front_tell(&f, VWR_VHOST_USER_SET_FEATURES, f.features); /* while the ring is in use */
        run(&f, FRONT_SIZE + 1);
        front_end(&f);
    }
}

/* A message may come byte by byte. */
static void byte_by_byte(void **state)
{
    struct front f;
    uint8_t bytes[20] = {0};
    const struct vwr_vhost_user_hdr hdr = {VWR_VHOST_USER_SET_FEATURES, VWR_VHOST_USER_VERSION, 8};

    (void)state;
    front_begin(&f, CONNECTED, 0);
    memcpy(bytes, &hdr, sizeof(hdr));
    memcpy(bytes + sizeof(hdr), &f.features, sizeof(f.features));
    for (unsigned i = 0; i < sizeof(bytes); i++) {
        assert_int_equal(send(f.fd, bytes + i, 1, 0), 1);
        assert_int_equal(front_work(&f), VWR_OK);
    }
    assert_int_equal(f.h.features, f.features);
    front_end(&f);
}

/* Adds a buffer that nothing announces. */
static void add_in_silence(struct front *f)
{
    uint64_t count;

    front_add(f);
    assert_int_equal(read(f->kick, &count, sizeof(count)), sizeof(count));
}

/* Whether a split ring without event indices requests notifications, according to its flags. */
static void want_notifications(const struct front *f, bool wanted)
{
    const struct vwr_virtq_used *const used = (const struct vwr_virtq_used *)(void *)(f->bytes + FRONT_USED);

    if (!f->packed && !f->h.ring[0].recorded && (f->features & BIT(EVENT_IDX)) == 0)
        assert_int_equal(vwr_le16_to_cpu(used->flags), wanted ? 0 : VWR_VIRTQ_USED_F_NO_NOTIFY);
}

static void look_and_look_away(struct front *f)
{
    struct pollfd fds[VWR_VHOST_BACK_FDS];
    int timeout_ms = -1;

    assert_false(vwr_vhost_back_poll_rings(&f->h));
    want_notifications(f, false);
    add_in_silence(f);
    assert_true(vwr_vhost_back_poll_rings(&f->h));
    assert_true(front_take(f, &(uint8_t){0}));
    want_notifications(f, false);
    add_in_silence(f); /* after the last look */
    vwr_vhost_back_stop_polling(&f->h);
    want_notifications(f, true);
    (void)vwr_vhost_back_fds(&f->h, fds, &timeout_ms);
    assert_int_equal(timeout_ms, 0);
    assert_int_equal(front_work(f), VWR_OK);
    assert_true(front_take(f, &(uint8_t){0}));
    (void)front_was_called(f);
}

/* A program that polls the rings gets each buffer without a notification. */
static void looked_at(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 2 * FORMATS; i++) {
        struct front f;

        front_begin(&f, REMEMBERED, formats[i / 2]);
        if (i % 2 != 0)
            front_record(&f);
        front_start(&f, f.packed ? 0x80008000u : 0);
        (void)front_work(&f);
        for (unsigned k = 0; k < 3 * FRONT_SIZE; k++)
            look_and_look_away(&f);
        assert_int_equal(front_stop(&f) & 0x7fffu, f.packed ? 0 : 6 * FRONT_SIZE);
        front_end(&f);
    }
}

/* Who looks away without having looked finds nothing to arm, whether the ring has been started or not. */
static void looks_away_first(void **state)
{
    struct front f;

    (void)state;
    front_begin(&f, RUNNING, 0);
    assert_int_equal(front_work(&f), VWR_OK);
    front_add(&f); /* the driver's notification announces it */
    vwr_vhost_back_stop_polling(&f.h);
    assert_false(f.h.ring[0].again);
    assert_int_equal(front_work(&f), VWR_OK);
    assert_true(front_take(&f, &(uint8_t){0}));
    front_end(&f);
    front_begin(&f, REMEMBERED, 0);
    assert_false(vwr_vhost_back_poll_rings(&f.h));
    vwr_vhost_back_stop_polling(&f.h);
    assert_false(f.h.ring[0].again);
    front_end(&f);
}

/* An eventfd informs the front end that the device has stopped because of a mistake of the driver. */
static void mistakes_are_signalled(void **state)
{
    const int err = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    struct vwr_virtq_avail *avail;
    struct front f;
    uint64_t count;

    (void)state;
    front_begin(&f, RUNNING, 0);
    front_tell_file(&f, VWR_VHOST_USER_SET_VRING_ERR, 0, err);
    assert_int_equal(front_work(&f), VWR_OK);
    run(&f, 2);
    assert_int_equal(read(err, &count, sizeof(count)), -1);
    avail = (struct vwr_virtq_avail *)(void *)(f.bytes + FRONT_AVAIL);
    avail->ring[2] = vwr_cpu_to_le16(FRONT_SIZE); /* no descriptor has this number */
    avail->idx = vwr_cpu_to_le16(3);
    front_kick(&f);
    (void)front_work(&f);
    assert_true(f.device.dev.broken);
    assert_int_equal(read(err, &count, sizeof(count)), sizeof(count));
    front_end(&f);
    assert_int_equal(close(err), 0);
}

/* Bytes of the configuration by SET_CONFIG and GET_CONFIG. */
static void configuration(void **state)
{
    static const struct vwr_config_field field = {
        0, 16, {VWR_READ | VWR_WRITE, VWR_READ | VWR_WRITE}, {VWR_FEATURE_NONE}, 1};
    static const uint8_t expected[16] = {0, 11, 12, 13, 4, 5, 6, 7, 0, 0, 0, 0, 0, 0, 15, 16};
    struct {
        struct vwr_vhost_user_config head;
        uint8_t bytes[8];
    } change[] = {{{1, 3, 0}, {11, 12, 13}}, {{4, 4, 0}, {4, 5, 6, 7}}, {{14, 2, 0}, {15, 16}}};
    struct {
        struct vwr_vhost_user_config head;
        uint8_t bytes[16];
    } all = {{0, 16, 0}, {0}};
    struct vwr_vdev_class kind;
    uint8_t config[16] = {0};
    struct vwr_vdev *v;
    struct front f;

    (void)state;
    front_begin(&f, NEGOTIATED, 0);
    v = &f.device.dev;
    kind = *v->kind;
    kind.fields = &field;
    kind.field_count = 1;
    v->kind = &kind;
    v->config = config;
    v->config_bytes = sizeof(config);
    for (unsigned i = 0; i < sizeof(change) / sizeof(change[0]); i++) {
        front_send(&f, VWR_VHOST_USER_SET_CONFIG, VWR_VHOST_USER_VERSION, &change[i],
                   sizeof(change[i].head) + change[i].head.size, NULL, 0);
        assert_int_equal(front_work(&f), VWR_OK);
    }
    assert_memory_equal(config, expected, sizeof(expected));
    front_send(&f, VWR_VHOST_USER_GET_CONFIG, VWR_VHOST_USER_VERSION, &all, sizeof(all), NULL, 0);
    front_reply(&f, VWR_VHOST_USER_GET_CONFIG, &all, sizeof(all));
    assert_memory_equal(all.bytes, expected, sizeof(expected));
    memset(all.bytes, 0x5a, sizeof(all.bytes));
    front_send(&f, VWR_VHOST_USER_SET_CONFIG, VWR_VHOST_USER_VERSION, &all, sizeof(all), NULL, 0);
    assert_int_equal(front_work(&f), VWR_OK);
    assert_memory_equal(config, all.bytes, sizeof(config));
    front_end(&f);
}

#define PARTS 16u

/* Bytes that the driver may write: the fields of 4, 1, 2 and 2 bytes. */
static const struct vwr_config_field parts[] = {
    {0, 4, {VWR_READ, VWR_READ}, {VWR_FEATURE_NONE}, 1},
    {4, 4, {VWR_READ | VWR_WRITE, VWR_READ | VWR_WRITE}, {VWR_FEATURE_NONE}, 1},
    {8, 1, {VWR_READ | VWR_WRITE, VWR_READ | VWR_WRITE}, {VWR_FEATURE_NONE}, 1},
    {10, 2, {VWR_READ | VWR_WRITE, VWR_READ | VWR_WRITE}, {VWR_FEATURE_NONE}, 1},
    {12, 2, {VWR_READ | VWR_WRITE, VWR_READ | VWR_WRITE}, {VWR_FEATURE_NONE}, 1},
    {14, 2, {VWR_READ, VWR_READ}, {VWR_FEATURE_NONE}, 1},
};
static uint8_t reported[PARTS]; /* number of accesses that wrote each byte */

static void count_written(struct vwr_vdev *v, uint32_t offset, uint32_t bytes)
{
    (void)v;
    for (unsigned i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
        if (offset >= parts[i].offset && offset - parts[i].offset < parts[i].bytes)
            assert_true(offset + bytes <= (uint32_t)parts[i].offset + parts[i].bytes);
    for (uint32_t i = 0; i < bytes; i++)
        reported[offset + i]++;
    if (offset == 4 && bytes == 4)
        reported[4] += 0x10; /* the whole field at once */
}

static bool is_writable(unsigned at)
{
    return (at >= 4 && at <= 8) || (at >= 10 && at <= 13);
}

static void write_part(struct front *f, const uint8_t *config, uint32_t offset, uint32_t size)
{
    uint8_t expected[PARTS];
    struct {
        struct vwr_vhost_user_config head;
        uint8_t bytes[PARTS + 4u];
    } c = {{offset, size, 0}, {0}};

    memcpy(expected, config, PARTS);
    memset(reported, 0, sizeof(reported));
    for (uint32_t i = 0; i < size; i++) {
        c.bytes[i] = (uint8_t)(expected[i % PARTS] + 17u * i + 1u);
        if (is_writable(offset + i))
            expected[offset + i] = c.bytes[i];
    }
    front_send(f, VWR_VHOST_USER_SET_CONFIG, VWR_VHOST_USER_VERSION, &c, sizeof(c.head) + size, NULL, 0);
    assert_int_equal(front_work(f), VWR_OK);
    assert_memory_equal(config, expected, PARTS);
    for (uint32_t at = 0; at < PARTS; at++)
        assert_int_equal(reported[at] & 0xf, is_writable(at) && at >= offset && at < offset + size ? 1 : 0);
    if (offset <= 4 && offset + size >= 8)
        assert_int_equal(reported[4], 0x11);
    front_send(f, VWR_VHOST_USER_GET_CONFIG, VWR_VHOST_USER_VERSION, &c, sizeof(c.head) + size, NULL, 0);
    front_reply(f, VWR_VHOST_USER_GET_CONFIG, &c, (uint32_t)sizeof(c.head) + size);
    for (uint32_t i = 0; i < size; i++)
        assert_int_equal(c.bytes[i], offset + i < PARTS ? config[offset + i] : 0);
}

/*
 * Each offset and each size, also beyond the end: what the driver may write is written, each field with one
 * access if the message has all of it.
 */
static void configuration_in_parts(void **state)
{
    struct vwr_vdev_class kind;
    uint8_t config[PARTS];
    struct front f;

    (void)state;
    front_begin(&f, NEGOTIATED, 0);
    kind = *f.device.dev.kind;
    kind.fields = parts;
    kind.field_count = sizeof(parts) / sizeof(parts[0]);
    kind.config_written = count_written;
    f.device.dev.kind = &kind;
    f.device.dev.config = config;
    f.device.dev.config_bytes = sizeof(config);
    for (unsigned i = 0; i < sizeof(config); i++)
        config[i] = (uint8_t)(0x80u + i);
    for (uint32_t offset = 0; offset < PARTS; offset++)
        for (uint32_t size = 1; size <= PARTS + 4u - offset; size++)
            write_part(&f, config, offset, size);
    front_end(&f);
}

static unsigned alone_now;
static unsigned times_alone;

static void stand_or_go(struct vwr_vhost_back *h)
{
    (void)h;
}

static void alone(struct vwr_vhost_back *h, bool begin)
{
    (void)h;
    assert_int_equal(alone_now, begin ? 0 : 1);
    alone_now = begin;
    times_alone++;
}

/* Threads of several queues may report devices that are unsafe: each does so alone. */
static void unsafe_alone(void **state)
{
    static const struct vwr_vhost_back_sharing sharing = {stand_or_go, stand_or_go, alone};
    struct front f;

    (void)state;
    front_begin(&f, RUNNING, 0);
    f.h.sharing = &sharing;
    for (unsigned i = 0; i < 4; i++) {
        vwr_vdev_set_unsafe(&f.device.dev, i % 2 == 0);
        assert_int_equal(alone_now, 0);
        assert_int_equal(times_alone, 2 * (i + 1));
    }
    f.h.sharing = NULL;
    front_end(&f);
}

/* The message disables all rings: nothing reaches the driver, from whatever the device gets its data. */
static void owner_is_reset(void **state)
{
    struct front f;
    uint8_t byte;

    (void)state;
    front_begin(&f, RUNNING, 0);
    run(&f, 3);
    f.dry = 1;
    front_add(&f);
    assert_int_equal(front_work(&f), VWR_OK);
    assert_false(front_take(&f, &byte));
    front_send(&f, VWR_VHOST_USER_RESET_OWNER, VWR_VHOST_USER_VERSION, NULL, 0, NULL, 0);
    assert_int_equal(front_work(&f), VWR_OK);
    vwr_ventropy_resume(&f.device); /* like another program on the host that has data now */
    assert_int_equal(front_work(&f), VWR_OK);
    assert_false(front_take(&f, &byte));
    front_tell_state(&f, VWR_VHOST_USER_SET_VRING_ENABLE, 0, 1);
    assert_int_equal(front_work(&f), VWR_OK);
    assert_true(front_take(&f, &byte));
    front_end(&f);
}

#define LAST (VWR_VHOST_BACK_QUEUES - 1u)

/* A queue of the device in the memory of the driver's only queue. */
static void start_queue(struct front *f, uint32_t n)
{
    const struct vwr_vhost_user_vring_addr a = {
        n, 0, FRONT_USER + FRONT_DESC, FRONT_USER + FRONT_USED, FRONT_USER + FRONT_AVAIL, 0};

    front_tell_state(f, VWR_VHOST_USER_SET_VRING_NUM, n, FRONT_SIZE);
    front_tell_state(f, VWR_VHOST_USER_SET_VRING_BASE, n, 0);
    front_send(f, VWR_VHOST_USER_SET_VRING_ADDR, VWR_VHOST_USER_VERSION, &a, sizeof(a), NULL, 0);
    front_tell_file(f, VWR_VHOST_USER_SET_VRING_KICK, n, f->kick);
    front_tell_state(f, VWR_VHOST_USER_SET_VRING_ENABLE, n, 1);
    if (front_work(f) != VWR_OK)
        fail_msg("%s", f->h.why);
}

/*
 * A device with as many queues as there can be, of which the first and the last are in use. Behind the last
 * ring is the last message, which is full of ones at the reset.
 */
static void most_queues(void **state)
{
    static struct vwr_vqueue queue[VWR_VHOST_BACK_QUEUES];
    static struct vwr_vqueue_entry own[VWR_VHOST_BACK_QUEUES * FRONT_SIZE];
    static struct vwr_vblk_req req[1];
    static struct vwr_vseg seg[FRONT_SIZE + 2];
    static uint8_t bytes[VWR_BLK_SECTOR_BYTES];
    struct front f;
    struct vwr_vdev_setup s = {.vm = &f.h.vm,
                               .queue = queue,
                               .queue_count = VWR_VHOST_BACK_QUEUES,
                               .queue_size = FRONT_SIZE,
                               .own = own,
                               .own_count = VWR_COUNT(own)};
    struct vwr_vblk_memory memory;
    const struct vwr_vblk_options o = {.backend = &memory.backend,
                                       .id = "queues",
                                       .req = req,
                                       .req_count = 1,
                                       .seg = seg,
                                       .seg_count = VWR_COUNT(seg)};
    struct {
        struct vwr_vhost_user_config head;
        uint8_t bytes[200];
    } ones = {{0, sizeof(ones.bytes), 0}, {0}};
    struct vwr_vhost_user_vring_state base = {LAST, 0};
    struct vwr_vblk disk;
    int pair[2];

    (void)state;
    front_begin(&f, CONNECTED, 0);
    vwr_vhost_back_detach(&f.h);
    (void)close(f.fd);
    vwr_vdev_features(&s.features);
    vwr_features_add(&s.features, VWR_F_IN_ORDER);
    vwr_vblk_memory_init(&memory, bytes, sizeof(bytes), false, NULL);
    assert_int_equal(vwr_vblk_init_with(&disk, &s, &o), VWR_OK);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    f.fd = pair[0];
    assert_int_equal(vwr_vhost_back_attach(&f.h, &disk.dev, pair[1]), VWR_OK);
    front_negotiate(&f);
    front_remember(&f);
    start_queue(&f, LAST);
    start_queue(&f, 0);
    for (unsigned n = 0; n < VWR_VHOST_BACK_QUEUES; n++)
        assert_int_equal(queue[n].ready, n == 0 || n == LAST);
    front_tell_state(&f, VWR_VHOST_USER_GET_VRING_BASE, LAST, 0);
    front_reply(&f, VWR_VHOST_USER_GET_VRING_BASE, &base, sizeof(base));
    assert_int_equal(base.index, LAST);
    assert_true(queue[0].ready && !queue[LAST].ready);
    start_queue(&f, LAST);
    assert_true(queue[0].ready && queue[LAST].ready);
    memset(ones.bytes, 0xff, sizeof(ones.bytes));
    front_send(&f, VWR_VHOST_USER_SET_CONFIG, VWR_VHOST_USER_VERSION, &ones, sizeof(ones), NULL, 0);
    front_send(&f, VWR_VHOST_USER_RESET_DEVICE, VWR_VHOST_USER_VERSION, NULL, 0, NULL, 0);
    assert_int_equal(front_work(&f), VWR_OK);
    assert_false(queue[0].ready || queue[LAST].ready);
    front_end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_format),
        cmocka_unit_test(stop_and_go_on),
        cmocka_unit_test(reconnect),
        cmocka_unit_test(stop_in_flight),
        cmocka_unit_test(memory),
        cmocka_unit_test(enable_in_any_state),
        cmocka_unit_test(disabled_is_not_in_use),
        cmocka_unit_test(polled),
        cmocka_unit_test(unsafe_alone),
        cmocka_unit_test(owner_is_reset),
        cmocka_unit_test(most_queues),
        cmocka_unit_test(in_band),
        cmocka_unit_test(status_and_reset),
        cmocka_unit_test(features_twice),
        cmocka_unit_test(byte_by_byte),
        cmocka_unit_test(answer_of_protocol_features),
        cmocka_unit_test(packed_base_0),
        cmocka_unit_test(packed_base_of_dpdk),
        cmocka_unit_test(record),
        cmocka_unit_test(after_a_death),
        cmocka_unit_test(memory_of_an_unsafe_device),
        cmocka_unit_test(memory_of_many_unsafe_devices),
        cmocka_unit_test(stopped_before_the_detach),
        cmocka_unit_test(size_before_features),
        cmocka_unit_test(looked_at),
        cmocka_unit_test(looks_away_first),
        cmocka_unit_test(mistakes_are_signalled),
        cmocka_unit_test(configuration),
        cmocka_unit_test(configuration_in_parts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
