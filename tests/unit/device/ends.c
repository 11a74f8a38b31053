/* SPDX-License-Identifier: MIT */
#include "../../hostile/guests/hostile.h"

#include "vwr/service/blk.h"
#include "vwr/vblk_zone.h"

#include <string.h>

/*
 * The hand-written disk and the generated service answer each request in the description with the same
 * status: read-only or not, with zones or not, with the feature negotiated or not. The backend and the
 * functions of the service always succeed, so any difference comes from the checks.
 */

#define HEAD GUEST_DATA
#define DATA (GUEST_DATA + 0x1000u)
#define STATUS (GUEST_DATA + 0x2000u)
#define WRITE ((uint16_t)VWR_VIRTQ_DESC_F_WRITE)
#define POISON 0xa5
#define REQS 4u
#define SEGS 20u
#define ZONES 4u
#define ZONE_SECTORS VWR_VBLK_ZONE_SECTORS_MIN
#define UNKNOWN_TYPE 99u
#define ODD 513u

/* A state of the device; `accepted`: the driver accepts the features of requests. */
struct device_state {
    bool legacy;
    bool read_only;
    bool zoned;
    bool accepted;
};

static struct {
    struct guest g;
    struct vwr_vblk disk;
    struct vwr_vblk_backend backend;
    struct vwr_vblk_req req[REQS];
    struct vwr_vblk_zones zones;
    struct vwr_vblk_zone zone[ZONES];
    struct vwr_blk_vservice service;
    struct vwr_vmessage message[REQS];
    struct vwr_vseg seg[(REQS + 1) * SEGS];
    unsigned compared;
    unsigned differing;
} both;

static int submit(struct vwr_vblk_backend *be, struct vwr_vblk_req *r)
{
    (void)be;
    (void)r;
    return VWR_OK;
}

#define SERVED(name)                                                            \
    static int serve_##name(struct vwr_blk_vservice *s, struct vwr_vmessage *x, \
                            const struct vwr_blk_##name##_msg *m)               \
    {                                                                           \
        (void)s;                                                                \
        (void)x;                                                                \
        (void)m;                                                                \
        return VWR_OK;                                                          \
    }
#define ANSWERED(name)                                                                               \
    static int serve_##name(struct vwr_blk_vservice *s, struct vwr_vmessage *x,                      \
                            const struct vwr_blk_##name##_msg *m, struct vwr_blk_##name##_answer *a) \
    {                                                                                                \
        (void)s;                                                                                     \
        (void)x;                                                                                     \
        (void)m;                                                                                     \
        (void)a;                                                                                     \
        return VWR_OK;                                                                               \
    }

SERVED(in)
SERVED(out)
SERVED(flush)
SERVED(flush_out)
ANSWERED(get_id)
ANSWERED(get_lifetime)
SERVED(discard)
SERVED(write_zeroes)
SERVED(secure_erase)
ANSWERED(zone_append)
ANSWERED(zone_report)
SERVED(zone_open)
SERVED(zone_close)
SERVED(zone_finish)
SERVED(zone_reset)
SERVED(zone_reset_all)

static const struct vwr_blk_vservice_calls calls = {
    .in = serve_in,
    .out = serve_out,
    .flush = serve_flush,
    .flush_out = serve_flush_out,
    .get_id = serve_get_id,
    .get_lifetime = serve_get_lifetime,
    .discard = serve_discard,
    .write_zeroes = serve_write_zeroes,
    .secure_erase = serve_secure_erase,
    .zone_append = serve_zone_append,
    .zone_report = serve_zone_report,
    .zone_open = serve_zone_open,
    .zone_close = serve_zone_close,
    .zone_finish = serve_zone_finish,
    .zone_reset = serve_zone_reset,
    .zone_reset_all = serve_zone_reset_all,
};

/* ---- the two ends ---- */

static void plug(struct vwr_vdev *v, const struct device_state *state)
{
    struct guest *const g = &both.g;

    guest_plug(g, 0, v);
    g->queues = v->queues;
    for (unsigned i = 0; i < VWR_FEATURE_WORDS; i++)
        g->features.w[i] |= v->offered.w[i];
    for (unsigned i = 0; i < VWR_BLK_REQUEST_COUNT; i++)
        if (!state->accepted && vwr_blk_requests[i].feature != VWR_FEATURE_NONE)
            vwr_features_remove(&g->features, vwr_blk_requests[i].feature);
    vwr_features_remove(&g->features, VWR_F_NOTIFICATION_DATA);
    vwr_features_remove(&g->features, VWR_F_NOTIF_CONFIG_DATA);
    g->page_size = g->align = 4096;
    assert_true(guest_start(g));
}

/*
 * A read-only disk does not offer the features of requests that write; if one does, it refuses the requests
 * all the
 * same. A driver must not accept DISCARD with host-managed zones.
 */
static void offer_all(struct vwr_features *f, bool managed)
{
    for (unsigned i = 0; i < VWR_BLK_REQUEST_COUNT; i++) {
        const uint8_t feature = vwr_blk_requests[i].feature;
        const bool by_ranges = feature == VWR_BLK_F_DISCARD || feature == VWR_BLK_F_WRITE_ZEROES;

        if (feature != VWR_FEATURE_NONE && feature != VWR_BLK_F_SCSI && feature != VWR_BLK_F_ZONED &&
            !(managed && by_ranges))
            vwr_features_add(f, feature);
    }
}

static void start_disk(const struct device_state *state)
{
    static const struct vwr_vblk_backend_ops ops = {.submit = submit};
    static const struct vwr_blk_get_lifetime_answer lifetime;
    const struct vwr_vblk_options o = {.backend = &both.backend,
                                       .req = both.req,
                                       .req_count = REQS,
                                       .seg = both.seg,
                                       .seg_count = REQS * SEGS,
                                       .zones = state->zoned ? &both.zones : NULL,
                                       .read_only = state->read_only};
    const bool managed = state->zoned && state->accepted; /* a driver without ZONED cannot have such a disk */
    struct vwr_vdev_setup s;

    guest_begin(&both.g, state->legacy, false);
    guest_setup(&both.g, &s);
    s.queue_count = 1;
    both.backend = (struct vwr_vblk_backend){.ops = &ops,
                                             .sectors = (uint64_t)ZONES * ZONE_SECTORS,
                                             .block_bytes = 512,
                                             .flush = true,
                                             .discard = true,
                                             .write_zeroes = true,
                                             .secure_erase = true,
                                             .write_zeroes_sectors = ZONE_SECTORS,
                                             .secure_erase_sectors = ZONE_SECTORS,
                                             .lifetime = &lifetime};
    both.zones = (struct vwr_vblk_zones){.zone = both.zone,
                                         .zone_count = ZONES,
                                         .zone_sectors = ZONE_SECTORS,
                                         .capacity = ZONE_SECTORS,
                                         .append_sectors_max = managed ? ZONE_SECTORS : 0,
                                         .model = managed ? VWR_BLK_Z_HM : VWR_BLK_Z_HA};
    vwr_vblk_zones_format(&both.zones, 0);
    assert_int_equal(vwr_vblk_init_with(&both.disk, &s, &o), VWR_OK);
    offer_all(&both.disk.dev.offered, managed);
    plug(&both.disk.dev, state);
}

/* Has the features and the configuration of the preceding disk. */
static void start_service(const struct device_state *state)
{
    const struct vwr_service_memory m = {both.message, REQS, both.seg, VWR_COUNT(both.seg)};
    const struct vwr_features offered = both.disk.dev.offered;
    struct vwr_vdev_setup s;

    guest_begin(&both.g, state->legacy, false);
    guest_setup(&both.g, &s);
    s.queue_count = 1;
    assert_int_equal(vwr_blk_vservice_init(&both.service, &s, &offered, &calls, &m, NULL), VWR_OK);
    both.service.config = both.disk.config;
    plug(&both.service.service.dev, state);
}

static void end(void)
{
    vwr_vm_remove(&both.g.vm, 0);
    guest_end(&both.g);
}

/* ---- requests ---- */

/* `odd`: a size that is not a multiple of the unit. */
static uint32_t data_bytes(const struct vwr_request *r, bool odd)
{
    if (odd)
        return ODD;
    if (r == NULL || r->payload == VWR_PAYLOAD_NONE)
        return 0;
    if (r->type == VWR_BLK_T_ZONE_REPORT)
        return sizeof(struct vwr_blk_zone_report) + sizeof(struct vwr_blk_zone_descriptor);
    return r->exact != 0 ? r->exact : r->unit != 0 ? r->unit : 512u;
}

/* The range of DISCARD and similar requests: the first zone. Other data also begins with it. */
static void fill_data(uint32_t bytes)
{
    const struct vwr_blk_discard_write_zeroes range = {.num_sectors =
                                                           vwr_guest32(both.g.legacy, ZONE_SECTORS)};

    memset(guest_at(&both.g, DATA, bytes), 0, bytes);
    memcpy(guest_at(&both.g, DATA, sizeof(range)), &range, sizeof(range));
}

/* The status, or POISON: the device wrote none. */
static uint8_t ask(const struct vwr_request *r, bool odd)
{
    const bool legacy = both.g.legacy, out = r != NULL && r->payload == VWR_PAYLOAD_OUT;
    const struct vwr_blk_req_out head = {.type = vwr_guest32(legacy, r != NULL ? r->type : UNKNOWN_TYPE)};
    const uint32_t bytes = data_bytes(r, odd);
    const uint32_t room = r != NULL && r->type == VWR_BLK_T_ZONE_APPEND
                              ? (uint32_t)sizeof(struct vwr_blk_zone_append_answer_form)
                              : 1u;
    struct guest_desc d[3] = {{HEAD, sizeof(head), 0, 0}};
    unsigned n = 1;

    memcpy(guest_at(&both.g, HEAD, sizeof(head)), &head, sizeof(head));
    memset(guest_at(&both.g, STATUS, room), POISON, room);
    fill_data(1024);
    if (bytes != 0)
        d[n++] = (struct guest_desc){DATA, bytes, out ? 0 : WRITE, 0};
    d[n++] = (struct guest_desc){STATUS, room, WRITE, 0};
    hostile_send(&both.g, 0, d, n);
    assert_true(hostile_take(&both.g, 0) >= 0);
    return *((const uint8_t *)guest_at(&both.g, STATUS, room) + room - 1);
}

/* Only an open zone can be closed. */
static uint8_t ask_prepared(const struct vwr_request *r, bool odd)
{
    static const struct vwr_request opens = {.type = VWR_BLK_T_ZONE_OPEN, .payload = VWR_PAYLOAD_NONE};

    if (r != NULL && r->type == VWR_BLK_T_ZONE_CLOSE)
        (void)ask(&opens, false);
    return ask(r, odd);
}

/* The answers of both to a request of that type in that state; r is NULL for an unknown type. */
static void compare(const struct device_state *state, const struct vwr_request *r, bool odd)
{
    uint8_t disk, service;

    start_disk(state);
    disk = ask_prepared(r, odd);
    end();
    start_service(state);
    service = ask_prepared(r, odd);
    end();
    both.compared++;
    both.differing += disk != service;
    if (disk != service)
        print_error(
            "type %u, odd %d, legacy %d, read-only %d, zoned %d, accepted %d: the disk %u, the service %u\n",
            r != NULL ? r->type : UNKNOWN_TYPE, odd, state->legacy, state->read_only, state->zoned,
            state->accepted, disk, service);
}

static void disk_and_service_agree(void **unused)
{
    (void)unused;
    for (unsigned bits = 0; bits < 16; bits++) {
        const struct device_state state = {(bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0,
                                           (bits & 8) != 0};

        if (state.legacy && state.zoned)
            continue; /* a legacy driver cannot accept ZONED */
        compare(&state, NULL, false);
        for (unsigned i = 0; i < VWR_BLK_REQUEST_COUNT; i++) {
            compare(&state, &vwr_blk_requests[i], false);
            if (vwr_blk_requests[i].unit != 0)
                compare(&state, &vwr_blk_requests[i], true);
        }
    }
    assert_int_equal(both.differing, 0);
    assert_true(both.compared > 12 * (VWR_BLK_REQUEST_COUNT + 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(disk_and_service_agree)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
