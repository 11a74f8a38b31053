/* SPDX-License-Identifier: MIT */
#include "vhost_host.h"

#include "front.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "vhost_message.h"
#include "vwr/gen/features.h"

/*
 * A front end that breaks the rules. Each lie ends its own connection with a sentence; a second connection
 * goes on, and no file and no mapping is left. With an argument, the back end of the first one has a thread
 * for its queue.
 */

#define V VWR_VHOST_USER_VERSION
#define ANY 0xffffffffu
#define LIMIT 20 /* seconds after which a back end that waits for ever is ended, and the test fails */

struct lie {
    const char *says; /* part of the sentence */
    enum front_stage stage;
    uint32_t request;
    uint32_t flags;
    uint32_t bytes;
    uint8_t files;
    uint32_t word[12]; /* payload, in the byte order of the machine */
};

#define U64(value) (uint32_t)(value), (uint32_t)((uint64_t)(value) >> 32)
#define F(name) \
    (UINT64_C(1) << VWR_F_VERSION_1 | UINT64_C(1) << VWR_F_##name | UINT64_C(1) << VWR_F_RING_PACKED)
#define RING(offset) U64(FRONT_USER + (offset))
#define REGION(guest, size, user, offset) U64(guest), U64(size), U64(user), U64(offset)

static const struct lie lies[] = {
    /* the header */
    {"unknown", CONNECTED, 0, V, 0, 0, {0}},
    {"unknown", CONNECTED, 999, V, 0, 0, {0}},
    {"unknown", NEGOTIATED, VWR_VHOST_USER_SEND_RARP, V, 8, 0, {0}},
    {"unknown", NEGOTIATED, VWR_VHOST_USER_POSTCOPY_ADVISE, V, 0, 0, {0}},
    {"another version", CONNECTED, VWR_VHOST_USER_GET_FEATURES, 0, 0, 0, {0}},
    {"another version", CONNECTED, VWR_VHOST_USER_GET_FEATURES, 2, 0, 0, {0}},
    {"a reply", CONNECTED, VWR_VHOST_USER_GET_FEATURES, V | VWR_VHOST_USER_FLAG_REPLY, 0, 0, {0}},
    {"too long", CONNECTED, VWR_VHOST_USER_SET_FEATURES, V, ANY, 0, {0}},
    {"too long", CONNECTED, VWR_VHOST_USER_SET_FEATURES, V, 501, 0, {0}},
    /* sizes and files */
    {"has 4 bytes", CONNECTED, VWR_VHOST_USER_SET_FEATURES, V, 4, 0, {0}},
    {"has 12 bytes", CONNECTED, VWR_VHOST_USER_SET_FEATURES, V, 12, 0, {0}},
    {"has 8 bytes", CONNECTED, VWR_VHOST_USER_GET_FEATURES, V, 8, 0, {0}},
    {"has 4 bytes", CONNECTED, VWR_VHOST_USER_SET_MEM_TABLE, V, 4, 0, {0}},
    {"has 24 bytes", NEGOTIATED, VWR_VHOST_USER_SET_VRING_ADDR, V, 24, 0, {0}},
    {"file descriptors: 1", CONNECTED, VWR_VHOST_USER_GET_FEATURES, V, 0, 1, {0}},
    {"file descriptors: 0", NEGOTIATED, VWR_VHOST_USER_SET_BACKEND_REQ_FD, V, 0, 0, {0}},
    {"file descriptors: 2", NEGOTIATED, VWR_VHOST_USER_SET_BACKEND_REQ_FD, V, 0, 2, {0}},
    {"file descriptors: 2", NEGOTIATED, VWR_VHOST_USER_SET_VRING_KICK, V, 8, 2, {0}},
    {"more than 8 file descriptors", NEGOTIATED, VWR_VHOST_USER_SET_MEM_TABLE, V, 8, 9, {0}},
    {"more than 8 file descriptors", CONNECTED, VWR_VHOST_USER_GET_FEATURES, V, 0, 20, {0}},
    /* features */
    {"were not offered", CONNECTED, VWR_VHOST_USER_SET_FEATURES, V, 8, 0, {U64(UINT64_C(1) << 63)}},
    /* the device has them, but the protocol has no message for them */
    {"were not offered", CONNECTED, VWR_VHOST_USER_SET_FEATURES, V, 8, 0, {U64(F(NOTIFICATION_DATA))}},
    {"were not offered", CONNECTED, VWR_VHOST_USER_SET_FEATURES, V, 8, 0, {U64(F(RING_RESET))}},
    {"were not offered", CONNECTED, VWR_VHOST_USER_SET_FEATURES, V, 8, 0, {U64(F(SUSPEND))}},
    {"were not offered", CONNECTED, VWR_VHOST_USER_SET_PROTOCOL_FEATURES, V, 8, 0, {U64(UINT64_C(1) << 40)}},
    {"INBAND", CONNECTED, VWR_VHOST_USER_SET_PROTOCOL_FEATURES, V, 8, 0, {U64(1 << 14)}},
    {"INBAND", NEGOTIATED, VWR_VHOST_USER_SET_PROTOCOL_FEATURES, V, 8, 0, {U64(1 << 14)}},
    {"was not accepted", CONNECTED, VWR_VHOST_USER_GET_QUEUE_NUM, V, 0, 0, {0}},
    {"was not accepted", CONNECTED, VWR_VHOST_USER_GET_CONFIG, V, 12, 0, {0}},
    {"was not accepted", CONNECTED, VWR_VHOST_USER_ADD_MEM_REG, V, 40, 1, {0}},
    {"change while",
     RUNNING,
     VWR_VHOST_USER_SET_FEATURES,
     V,
     8,
     0,
     {U64(UINT64_C(1) << VWR_F_VERSION_1 | 1 << 29)}},
    {"more than 8 bits", NEGOTIATED, VWR_VHOST_USER_SET_STATUS, V, 8, 0, {U64(256)}},
    /* a record of requests: bytes, offset, queues and size of each */
    {"has 0 queues", NEGOTIATED, VWR_VHOST_USER_GET_INFLIGHT_FD, V, 20, 0, {0, 0, 0, 0, 0x00080000}},
    {"queues of 0", NEGOTIATED, VWR_VHOST_USER_GET_INFLIGHT_FD, V, 20, 0, {0, 0, 0, 0, 1}},
    {"queues of 65535", NEGOTIATED, VWR_VHOST_USER_GET_INFLIGHT_FD, V, 20, 0, {0, 0, 0, 0, 0xffff0001}},
    {"too short", NEGOTIATED, VWR_VHOST_USER_SET_INFLIGHT_FD, V, 20, 1, {64, 0, 0, 0, 0x00080001}},
    {"shorter than",
     NEGOTIATED,
     VWR_VHOST_USER_SET_INFLIGHT_FD,
     V,
     20,
     1,
     {0x1000, 0, 0x41000, 0, 0x00080001}},
    {"too short", NEGOTIATED, VWR_VHOST_USER_SET_INFLIGHT_FD, V, 20, 1, {0x1000, 0, 4, 0, 0x00080001}},
    {"MiB in all",
     NEGOTIATED,
     VWR_VHOST_USER_SET_INFLIGHT_FD,
     V,
     20,
     1,
     {ANY, ANY, ANY - 7, ANY, 0x00080001}},
    {"file descriptors: 0",
     NEGOTIATED,
     VWR_VHOST_USER_SET_INFLIGHT_FD,
     V,
     20,
     0,
     {0x1000, 0, 0, 0, 0x00080001}},
    {"queue is in use", RUNNING, VWR_VHOST_USER_SET_INFLIGHT_FD, V, 20, 1, {0x1000, 0, 0, 0, 0x00080001}},
    {"queue is in use", RUNNING, VWR_VHOST_USER_SET_DEVICE_STATE_FD, V, 8, 1, {0, 0}},
    {"without message 42", REMEMBERED, VWR_VHOST_USER_CHECK_DEVICE_STATE, V, 0, 0, {0}},
    {"beyond the last",
     NEGOTIATED,
     VWR_VHOST_USER_ADD_MEM_REG,
     V,
     40,
     1,
     {0, 0, REGION(UINT64_C(1) << 62, 0x1000, 0, 0)}},
    /* the log: bytes, offset */
    {"log of written", NEGOTIATED, VWR_VHOST_USER_SET_LOG_BASE, V, 16, 1, {0, 0, 0, 0}},
    {"log of written", NEGOTIATED, VWR_VHOST_USER_SET_LOG_BASE, V, 16, 1, {0x42000, 0, 0, 0}},
    {"log of written", NEGOTIATED, VWR_VHOST_USER_SET_LOG_BASE, V, 16, 1, {0x1000, 0, 0x41000, 0}},
    {"log of written", NEGOTIATED, VWR_VHOST_USER_SET_LOG_BASE, V, 16, 1, {ANY, ANY, ANY, ANY}},
    {"file descriptors: 0", NEGOTIATED, VWR_VHOST_USER_SET_LOG_BASE, V, 16, 0, {0x1000, 0, 0, 0}},
    {"has 8 bytes", NEGOTIATED, VWR_VHOST_USER_SET_LOG_BASE, V, 8, 1, {0x1000, 0}},
    {"was not accepted", CONNECTED, VWR_VHOST_USER_SET_LOG_BASE, V, 16, 1, {0x1000, 0, 0, 0}},
    {"file descriptors: 2", NEGOTIATED, VWR_VHOST_USER_SET_LOG_FD, V, 0, 2, {0}},
    /* configuration */
    {"wrong size", NEGOTIATED, VWR_VHOST_USER_GET_CONFIG, V, 16, 0, {0, 8, 0}},
    {"wrong size", NEGOTIATED, VWR_VHOST_USER_GET_CONFIG, V, 16, 0, {ANY, 4, 0}},
    {"wrong size", NEGOTIATED, VWR_VHOST_USER_SET_CONFIG, V, 16, 0, {253, 4, 0}},
    {"has 272 bytes", NEGOTIATED, VWR_VHOST_USER_GET_CONFIG, V, 272, 0, {0}},
    /* memory */
    {"memory regions has", NEGOTIATED, VWR_VHOST_USER_SET_MEM_TABLE, V, 8, 1, {1, 0}},
    {"memory regions has", NEGOTIATED, VWR_VHOST_USER_SET_MEM_TABLE, V, 40, 0, {1, 0}},
    {"memory regions has", NEGOTIATED, VWR_VHOST_USER_SET_MEM_TABLE, V, 40, 1, {ANY, 0}},
    {"memory regions has", NEGOTIATED, VWR_VHOST_USER_SET_MEM_TABLE, V, 40, 8, {9, 0}},
    {"empty", NEGOTIATED, VWR_VHOST_USER_SET_MEM_TABLE, V, 40, 1, {1, 0, REGION(0, 0, 0, 0)}},
    {"beyond the last address",
     NEGOTIATED,
     VWR_VHOST_USER_SET_MEM_TABLE,
     V,
     40,
     1,
     {1, 0, REGION(UINT64_MAX - 0xfff, 0x2000, 0, 0)}},
    {"beyond the last address",
     NEGOTIATED,
     VWR_VHOST_USER_SET_MEM_TABLE,
     V,
     40,
     1,
     {1, 0, REGION(0, 0x2000, UINT64_MAX - 0xfff, 0)}},
    {"MiB in all",
     NEGOTIATED,
     VWR_VHOST_USER_SET_MEM_TABLE,
     V,
     40,
     1,
     {1, 0, REGION(0, 0x2000, 0, UINT64_MAX - 0xfff)}},
    {"shorter than", NEGOTIATED, VWR_VHOST_USER_SET_MEM_TABLE, V, 40, 1, {1, 0, REGION(0, 0x10000000, 0, 0)}},
    {"alignment", NEGOTIATED, VWR_VHOST_USER_SET_MEM_TABLE, V, 40, 1, {1, 0, REGION(0x123, 0x1000, 0, 0)}},
    {"overlap", REMEMBERED, VWR_VHOST_USER_ADD_MEM_REG, V, 40, 1, {0, 0, REGION(FRONT_GUEST, 0x1000, 0, 0)}},
    {"overlap", REMEMBERED, VWR_VHOST_USER_ADD_MEM_REG, V, 40, 1, {0, 0, REGION(0, 0x1000, FRONT_USER, 0)}},
    {"was not added", REMEMBERED, VWR_VHOST_USER_REM_MEM_REG, V, 40, 0, {0, 0, REGION(0, 0x1000, 0, 0)}},
    {"not in a region",
     RUNNING,
     VWR_VHOST_USER_REM_MEM_REG,
     V,
     40,
     1,
     {0, 0, REGION(FRONT_GUEST, FRONT_BYTES, FRONT_USER, 0)}},
    {"not in a region", RUNNING, VWR_VHOST_USER_SET_MEM_TABLE, V, 8, 0, {0, 0}},
    /* rings */
    {"no queue 1", NEGOTIATED, VWR_VHOST_USER_SET_VRING_NUM, V, 8, 0, {1, 8}},
    {"no queue", NEGOTIATED, VWR_VHOST_USER_SET_VRING_BASE, V, 8, 0, {ANY, 8}},
    {"no queue", NEGOTIATED, VWR_VHOST_USER_GET_VRING_BASE, V, 8, 0, {64, 0}},
    {"no queue", NEGOTIATED, VWR_VHOST_USER_SET_VRING_ENABLE, V, 8, 0, {7, 1}},
    {"no queue", NEGOTIATED, VWR_VHOST_USER_SET_VRING_ADDR, V, 40, 0, {1, 0}},
    {"no queue", NEGOTIATED, VWR_VHOST_USER_SET_VRING_CALL, V, 8, 1, {255, 0}},
    {"file descriptors: 0", NEGOTIATED, VWR_VHOST_USER_SET_VRING_CALL, V, 8, 0, {0, 0}},
    {"file descriptors: 1", NEGOTIATED, VWR_VHOST_USER_SET_VRING_ERR, V, 8, 1, {0x100, 0}},
    {"cannot have 0", NEGOTIATED, VWR_VHOST_USER_SET_VRING_NUM, V, 8, 0, {0, 0}},
    {"cannot have 16", NEGOTIATED, VWR_VHOST_USER_SET_VRING_NUM, V, 8, 0, {0, 16}},
    {"cannot have", NEGOTIATED, VWR_VHOST_USER_SET_VRING_NUM, V, 8, 0, {0, ANY}},
    {"neither enabled", NEGOTIATED, VWR_VHOST_USER_SET_VRING_ENABLE, V, 8, 0, {0, 2}},
    {"queue is in use", RUNNING, VWR_VHOST_USER_SET_VRING_NUM, V, 8, 0, {0, 4}},
    {"queue is in use", RUNNING, VWR_VHOST_USER_SET_VRING_BASE, V, 8, 0, {0, 4}},
    {"address of queue",
     RUNNING,
     VWR_VHOST_USER_SET_VRING_ADDR,
     V,
     40,
     0,
     {0, 0, RING(0), RING(0x3000), RING(0x2000)}},
};
#define LIES (sizeof(lies) / sizeof(lies[0]))

static struct front honest;
static bool threads; /* of the back ends of other connections */

static void check_honest(void)
{
    front_add(&honest);
    assert_int_equal(front_work(&honest), VWR_OK);
    assert_true(front_take(&honest, &(uint8_t){0}));
}

static void expect_end(struct front *f, const char *says)
{
    if (front_work(f) != VWR_ENODEV)
        fail_msg("it goes on, expected: %s", says);
    if (strstr(f->h.why, says) == NULL)
        fail_msg("\"%s\", expected: %s", f->h.why, says);
    assert_int_equal(f->h.why[strlen(f->h.why) - 1], '.');
}

static void tell(struct front *f, const struct lie *l, uint32_t flags)
{
    static const uint8_t more[256];
    uint8_t payload[sizeof(l->word) + sizeof(more)];
    int files[32];

    memcpy(payload, l->word, sizeof(l->word));
    memcpy(payload + sizeof(l->word), more, sizeof(more));
    for (unsigned i = 0; i < l->files; i++)
        files[i] = f->file;
    if (l->bytes > sizeof(payload)) {
        const struct vwr_vhost_user_hdr hdr = {l->request, l->flags | flags, l->bytes};

        assert_int_equal(send(f->fd, &hdr, sizeof(hdr), 0), sizeof(hdr));
        return;
    }
    front_send(f, l->request, l->flags | flags, payload, l->bytes, files, l->files);
}

/* Queues with threads have no DEVICE_STATE. */
static const char *expected(const struct lie *l)
{
    const struct vwr_socket_message *const m = vhost_request(l->request);

    return front_has_threads && m != NULL && m->needs == VWR_VHOST_USER_PROTOCOL_F_DEVICE_STATE
               ? "was not accepted"
               : l->says;
}

static void each_lie(void **state)
{
    (void)state;
    for (unsigned i = 0; i < LIES; i++) {
        const unsigned files = count_files();
        const unsigned maps = count_maps();
        struct front f;

        front_begin(&f, lies[i].stage, 0);
        tell(&f, &lies[i], 0);
        expect_end(&f, expected(&lies[i]));
        front_end(&f);
        assert_int_equal(count_files(), files);
        assert_int_equal(count_maps(), maps);
        check_honest();
    }
}

/* The answer to a refused message reports the refusal. */
static void each_lie_with_an_answer(void **state)
{
    struct {
        struct vwr_vhost_user_hdr hdr;
        uint8_t bytes[sizeof(uint64_t)];
    } r;
    unsigned answers = 0;

    (void)state;
    if (front_has_threads)
        return; /* they do not answer */
    for (unsigned i = 0; i < LIES; i++) {
        const struct vwr_socket_message *const m = vhost_request(lies[i].request);
        struct front f;
        uint64_t value;

        if (lies[i].stage == CONNECTED || m == NULL || m->answered != 0)
            continue;
        front_begin(&f, lies[i].stage, 0);
        tell(&f, &lies[i], VWR_VHOST_USER_FLAG_NEED_REPLY);
        expect_end(&f, expected(&lies[i]));
        if (recv(f.fd, &r, sizeof(r), MSG_DONTWAIT) == (ssize_t)sizeof(r)) {
            memcpy(&value, r.bytes, sizeof(value));
            assert_int_equal(r.hdr.request, lies[i].request);
            assert_int_equal(value, 1);
            answers++;
        }
        front_end(&f);
    }
    assert_true(answers > 20);
}

/* A message according to a row of the description, with this size and number of files. */
static void expect_refusal(enum front_stage stage, uint32_t request, uint32_t bytes, unsigned files,
                           const char *says)
{
    const struct lie l = {says, stage, request, V, bytes, (uint8_t)files, {0}};
    struct front f;

    front_begin(&f, stage, 0);
    tell(&f, &l, 0);
    expect_end(&f, says);
    front_end(&f);
}

/* Each row of the description: with too little and too much, and without its protocol feature. */
static void each_message(void **state)
{
    uint64_t known;
    unsigned refused = 0;
    struct front f;

    (void)state;
    front_begin(&f, CONNECTED, 0);
    known = f.h.protocol;
    front_end(&f);
    for (uint32_t request = 0; request < VWR_VHOST_USER_REQUEST_COUNT; request++) {
        const struct vwr_socket_message *const m = vhost_request(request);
        const bool has_feature = m != NULL && m->needs != VWR_FEATURE_NONE;

        if (m == NULL || (has_feature && (known >> m->needs & 1u) == 0) ||
            request == VWR_VHOST_USER_IOTLB_MSG || request == VWR_VHOST_USER_GPU_SET_SOCKET)
            continue;
        if (has_feature)
            expect_refusal(CONNECTED, request, m->least, m->files[0], "was not accepted");
        if (m->needs == VWR_VHOST_USER_PROTOCOL_F_INBAND_NOTIFICATIONS)
            continue; /* a front end of stage NEGOTIATED leaves it out */
        if (m->least != 0)
            expect_refusal(NEGOTIATED, request, m->least - 1u, m->files[0], "bytes");
        expect_refusal(NEGOTIATED, request, m->most + 1u, m->files[0], "bytes");
        if (m->files[0] != 0)
            expect_refusal(NEGOTIATED, request, m->least, m->files[0] - 1u, "file descriptors");
        expect_refusal(NEGOTIATED, request, m->least, m->files[1] + 1u, "file descriptors");
        refused++;
    }
    assert_int_equal(refused, front_has_threads ? 29 : 31); /* without DEVICE_STATE */
    check_honest();
}

/* Each rule about the order: the message before it is asked for, and so are the rings in use. */
static void each_order(void **state)
{
    const uint32_t second[2] = {1, 0};
    unsigned rules = 0;

    (void)state;
    for (uint32_t request = 0; request < VWR_VHOST_USER_REQUEST_COUNT; request++) {
        const struct vwr_socket_message *const m = vhost_request(request);

        if (m == NULL)
            continue;
        if (m->after != VWR_MESSAGE_NONE) {
            assert_false(vhost_is_after(m, ~((uint64_t)1 << m->after)));
            assert_true(vhost_is_after(m, (uint64_t)1 << m->after));
        }
        assert_int_equal(vhost_must_stop(m, second, 0), 0);
        assert_int_equal(vhost_must_stop(m, second, 5),
                         m->rings == VWR_RINGS_ALL_STOPPED ? 5 : 0); /* ring 1 is stopped */
        assert_int_equal(vhost_must_stop(m, second, 2), m->rings == VWR_RINGS_ANY ? 0 : 2);
        rules += (m->after != VWR_MESSAGE_NONE) + (m->rings != VWR_RINGS_ANY);
    }
    assert_int_equal(rules, 8);
}

/* A ring that is not in memory, not aligned, or has an impossible index. */
static void bad_ring(uint32_t base, uint64_t desc, uint64_t used, uint64_t avail, const char *says)
{
    struct front f;
    struct vwr_vhost_user_vring_addr a = {0, 0, desc, used, avail, 0};

    front_begin(&f, REMEMBERED, 0);
    front_tell_state(&f, VWR_VHOST_USER_SET_VRING_NUM, 0, FRONT_SIZE);
    front_tell_state(&f, VWR_VHOST_USER_SET_VRING_BASE, 0, base);
    front_send(&f, VWR_VHOST_USER_SET_VRING_ADDR, V, &a, sizeof(a), NULL, 0);
    front_tell_file(&f, VWR_VHOST_USER_SET_VRING_KICK, 0, f.kick);
    front_tell_state(&f, VWR_VHOST_USER_SET_VRING_ENABLE, 0, 1);
    expect_end(&f, says);
    front_end(&f);
    check_honest();
}

static void bad_rings(void **state)
{
    const uint64_t user = FRONT_USER;

    (void)state;
    bad_ring(0, 0, user + FRONT_USED, user + FRONT_AVAIL, "not in a region");
    bad_ring(0, user, 0, user + FRONT_AVAIL, "not in a region");
    bad_ring(0, user, user + FRONT_USED, UINT64_MAX, "not in a region");
    bad_ring(0, user + 1, user + FRONT_USED, user + FRONT_AVAIL, "refuses it");
    bad_ring(0, user, user, user + FRONT_AVAIL, "refuses it");
    bad_ring(0, user + FRONT_BYTES - 16, user + FRONT_USED, user + FRONT_AVAIL, "refuses it");
    bad_ring(FRONT_SIZE + 1, user, user + FRONT_USED, user + FRONT_AVAIL, "index");
}

/* The class has no memory for chains of this length. */
static void too_long_for_its_class(void **state)
{
    struct front f;
    const struct vwr_vhost_user_vring_addr a = {
        0, 0, FRONT_USER + FRONT_DESC, FRONT_USER + FRONT_USED, FRONT_USER + FRONT_AVAIL, 0};

    (void)state;
    front_begin(&f, REMEMBERED, 0);
    f.device.dev.size_max = FRONT_SIZE / 2u;
    front_tell_state(&f, VWR_VHOST_USER_SET_VRING_NUM, 0, FRONT_SIZE);
    front_send(&f, VWR_VHOST_USER_SET_VRING_ADDR, V, &a, sizeof(a), NULL, 0);
    front_tell_file(&f, VWR_VHOST_USER_SET_VRING_KICK, 0, f.kick);
    front_tell_state(&f, VWR_VHOST_USER_SET_VRING_ENABLE, 0, 1);
    expect_end(&f, "refuses it");
    front_end(&f);
}

static void bad_packed_ring(void **state)
{
    struct front f;

    (void)state;
    front_begin(&f, REMEMBERED, (uint64_t)1 << VWR_F_RING_PACKED);
    front_tell_state(&f, VWR_VHOST_USER_SET_VRING_NUM, 0, FRONT_SIZE);
    front_tell_state(&f, VWR_VHOST_USER_SET_VRING_BASE, 0, 0x80088008u);
    front_send(&f, VWR_VHOST_USER_SET_VRING_ADDR, V,
               &(struct vwr_vhost_user_vring_addr){0, 0, FRONT_USER, FRONT_USER + FRONT_USED,
                                                   FRONT_USER + FRONT_AVAIL, 0},
               sizeof(struct vwr_vhost_user_vring_addr), NULL, 0);
    front_tell_file(&f, VWR_VHOST_USER_SET_VRING_KICK, 0, f.kick);
    front_tell_state(&f, VWR_VHOST_USER_SET_VRING_ENABLE, 0, 1);
    expect_end(&f, "index");
    front_end(&f);
}

/* Memory disappears while the ring is in use: the access raises SIGBUS. */
static void memory_taken_away(void **state)
{
    (void)state;
    for (unsigned pages = 0; pages <= FRONT_OFFSET + FRONT_DATA; pages += FRONT_OFFSET + FRONT_DATA) {
        const unsigned files = count_files();
        const unsigned maps = count_maps();
        struct front f;

        front_begin(&f, RUNNING, 0);
        front_put(&f);
        assert_int_equal(ftruncate(f.file, pages), 0);
        front_kick(&f);
        expect_end(&f, "has taken memory away");
        front_end(&f);
        assert_int_equal(count_files(), files);
        assert_int_equal(count_maps(), maps);
        check_honest();
    }
}

/* The guest's driver breaks a rule, which is not a reason to end the connection. */
static void broken_guest(void **state)
{
    struct front f;

    (void)state;
    front_begin(&f, RUNNING, 0);
    f.added = 100;
    front_add(&f);
    assert_int_equal(front_work(&f), VWR_OK);
    assert_true(f.device.dev.broken);
    assert_true((front_ask(&f, VWR_VHOST_USER_GET_STATUS) & 0x40) != 0);
    front_end(&f);
}

/* A front end that ends in the middle of a message, or does not read its replies. */
static void ends_early(void **state)
{
    struct front f;
    const struct vwr_vhost_user_hdr hdr = {VWR_VHOST_USER_SET_FEATURES, V, 8};
    int r = VWR_OK;

    (void)state;
    front_begin(&f, CONNECTED, 0);
    assert_int_equal(send(f.fd, &hdr, sizeof(hdr), 0), sizeof(hdr));
    assert_int_equal(shutdown(f.fd, SHUT_RDWR), 0);
    expect_end(&f, "closed the connection");
    front_end(&f);
    front_begin(&f, CONNECTED, 0);
    for (unsigned i = 0; i < 100000 && r == VWR_OK; i++) {
        front_send(&f, VWR_VHOST_USER_GET_FEATURES, V, NULL, 0, NULL, 0);
        r = vwr_vhost_back_poll(&f.h, 0);
    }
    expect_end(&f, "does not take a reply");
    front_end(&f);
}

static void send_with_file(struct front *f, const void *from, size_t bytes, int file)
{
    struct iovec part = {(void *)(uintptr_t)from, bytes};
    struct msghdr m = {.msg_iov = &part, .msg_iovlen = 1};
    union vhost_files room;

    vhost_attach(&m, &room, &file, 1);
    assert_int_equal(sendmsg(f->fd, &m, MSG_NOSIGNAL), bytes);
}

/* The front end passes its own end with half a message, and leaves: nobody sees that. */
static void half_a_message(void **state)
{
    static const size_t parts[] = {1, sizeof(struct vwr_vhost_user_hdr) - 1u,
                                   sizeof(struct vwr_vhost_user_hdr), sizeof(struct vwr_vhost_user_hdr) + 7u};
    const struct {
        struct vwr_vhost_user_hdr hdr;
        uint8_t payload[8];
    } whole = {{VWR_VHOST_USER_SET_VRING_CALL, V, 8}, {0}};

    (void)state;
    (void)alarm(LIMIT);
    for (unsigned i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        struct front f;

        front_begin(&f, RUNNING, 0);
        f.h.message_ms = 1;
        send_with_file(&f, &whole, parts[i], f.fd);
        (void)close(f.fd);
        f.fd = -1;
        while (vwr_vhost_back_poll(&f.h, -1) == VWR_OK)
            ;
        expect_end(&f, parts[i] < sizeof(whole.hdr)
                           ? "has not sent the rest of a message's header within 1 ms"
                           : "has not sent the rest of message 13 within 1 ms");
        front_end(&f);
        check_honest();
    }
    (void)alarm(0);
}

/* The time begins with the message, not with its latest byte, and does not concern the next one. */
static void slow_message(void **state)
{
    const struct vwr_vhost_user_hdr hdr = {VWR_VHOST_USER_SET_OWNER, V, 0};
    struct pollfd fds[VWR_VHOST_BACK_FDS];
    struct front f;
    uint64_t due;
    int timeout_ms;

    (void)state;
    front_begin(&f, RUNNING, 0);
    f.h.message_ms = UINT16_MAX;
    assert_int_equal(send(f.fd, &hdr, 1, 0), 1);
    assert_int_equal(front_work(&f), VWR_OK);
    f.h.message_until -= 1000; /* so much time has passed, of a minute */
    due = f.h.message_until;
    for (size_t n = 1; n < sizeof(hdr); n++) {
        assert_int_equal(send(f.fd, (const uint8_t *)&hdr + n, 1, 0), 1);
        assert_int_equal(front_work(&f), VWR_OK);
        assert_int_equal(f.h.message_until, due);
    }
    timeout_ms = -1;
    (void)vwr_vhost_back_fds(&f.h, fds, &timeout_ms);
    assert_int_equal(timeout_ms, -1);
    assert_int_equal(send(f.fd, &hdr, 1, 0), 1);
    assert_int_equal(front_work(&f), VWR_OK);
    assert_int_equal(send(f.fd, (const uint8_t *)&hdr + 1, sizeof(hdr) - 1u, 0), sizeof(hdr) - 1u);
    (void)vwr_vhost_back_fds(&f.h, fds, &timeout_ms);
    assert_in_range(timeout_ms, 0, UINT16_MAX);
    f.h.message_until = 1; /* the time is over, but the message is complete */
    assert_int_equal(vwr_vhost_back_poll(&f.h, 0), VWR_OK);
    front_end(&f);
}

/* A request that never ends delays the answer to GET_VRING_BASE, and no other message has to follow. */
static void stop_in_flight(void **state)
{
    struct front f;

    (void)state;
    front_begin(&f, REMEMBERED, 0);
    f.h.stop_ms = 5;
    f.dry = UINT32_MAX;
    front_start(&f, 0);
    front_add(&f);
    assert_int_equal(front_work(&f), VWR_OK);
    assert_int_equal(front_stop(&f), 0);
    assert_false(front_take(&f, &(uint8_t){0}));
    front_end(&f);
    check_honest();
}

/* A thread that was woken waits again. */
static void waits_again(void **state)
{
    struct front f;
    unsigned before, passes = 0;

    (void)state;
    if (!front_has_threads)
        return;
    front_begin(&f, RUNNING, 0);
    front_add(&f);
    assert_int_equal(front_work(&f), VWR_OK);
    before = __atomic_load_n(&f.passes, __ATOMIC_RELAXED);
    for (unsigned ms = 0; ms < 50 && passes < 50; ms++) {
        (void)usleep(1000);
        passes = __atomic_load_n(&f.passes, __ATOMIC_RELAXED) - before;
    }
    assert_true(passes < 50);
    front_end(&f);
}

static int begin(void **state)
{
    (void)state;
    front_begin(&honest, RUNNING, 0);
    front_has_threads = threads;
    return 0;
}

static int end(void **state)
{
    (void)state;
    front_end(&honest);
    return 0;
}

int main(int count, char **words)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_lie),          cmocka_unit_test(each_lie_with_an_answer),
        cmocka_unit_test(bad_rings),         cmocka_unit_test(bad_packed_ring),
        cmocka_unit_test(memory_taken_away), cmocka_unit_test(broken_guest),
        cmocka_unit_test(ends_early),        cmocka_unit_test(too_long_for_its_class),
        cmocka_unit_test(each_message),      cmocka_unit_test(each_order),
        cmocka_unit_test(stop_in_flight),    cmocka_unit_test(waits_again),
        cmocka_unit_test(half_a_message),    cmocka_unit_test(slow_message),
    };

    (void)words;
    threads = count > 1;
    return cmocka_run_group_tests(tests, begin, end);
}
