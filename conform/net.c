/* SPDX-License-Identifier: MIT */
#include "conform.h"

#include "vwr/dev.h"
#include "vwr/gen/ids.h"
#include "vwr/gen/net.h"

/* A network card. The cases send frames; they cannot see whether a frame arrives. */

#define FRAME_AT 2048u      /* in the memory of a session */
#define FRAME_BYTES 64u     /* a broadcast that nobody expects */
#define ADDRESS_BYTES 6u    /* of Ethernet */
#define RECEIVE_BYTES 2048u /* more than a header and a frame */

static uint32_t put_frame(struct session *s)
{
    struct vwr_features accepted = {{0}};

    vwr_features_add(&accepted, VWR_F_VERSION_1);
    (void)memset(s->data, 0, FRAME_AT + FRAME_BYTES);
    (void)memset(s->data + FRAME_AT, 0xff, ADDRESS_BYTES);
    return (uint32_t)vwr_net_hdr_size(&accepted);
}

static unsigned request(struct session *s, unsigned first)
{
    const uint32_t header = put_frame(s);
    const struct part p[2] = {{s->data, header, false}, {s->data + FRAME_AT, FRAME_BYTES, false}};

    put_chain(s->desc, first, p, 2);
    return 2;
}

/* ---- configuration ---- */

/* Checks the limits of a field that exists only with `feature`. */
static enum verdict limits(struct session *s, unsigned feature, const char *name)
{
    struct vwr_features f = {{0}};
    struct vwr_net_config_info info;
    struct vwr_config_wrong wrong;
    struct vwr_config c;
    enum verdict r;

    if (!session_has_config(s, &r))
        return r;
    if (!session_offers(s, feature)) {
        session_end(s);
        return untested(s, "the device does not offer %s", name);
    }
    vwr_features_add(&f, feature);
    c = s->dev->config;
    c.features = f;
    vwr_net_config_read(&c, &info);
    session_end(s);
    return vwr_net_config_is_wrong(&f, &info, &wrong)
               ? broken(s, "the field at offset %u of the configuration reads %u", wrong.offset, wrong.value)
               : KEPT;
}

static enum verdict queue_pairs(struct session *s)
{
    return limits(s, VWR_NET_F_MQ, "MQ");
}

static enum verdict mtu(struct session *s)
{
    return limits(s, VWR_NET_F_MTU, "MTU");
}

static enum verdict hash_key(struct session *s)
{
    return limits(s, VWR_NET_F_HASH_REPORT, "HASH_REPORT");
}

static enum verdict indirection_table(struct session *s)
{
    return limits(s, VWR_NET_F_RSS, "RSS");
}

static enum verdict needs_control(struct session *s, unsigned feature, const char *name)
{
    if (!session_connect(s))
        return BROKEN;
    session_end(s);
    if (!session_offers(s, feature))
        return untested(s, "the device does not offer %s", name);
    return session_offers(s, VWR_NET_F_CTRL_VQ) ? KEPT : broken(s, "%s is offered without CTRL_VQ", name);
}

static enum verdict hash_needs_control(struct session *s)
{
    return needs_control(s, VWR_NET_F_HASH_REPORT, "HASH_REPORT");
}

static enum verdict extra_needs_control(struct session *s)
{
    return needs_control(s, VWR_NET_F_CTRL_RX_EXTRA, "CTRL_RX_EXTRA");
}

/* ---- frames ---- */

static enum verdict serves_next(struct session *s, uint32_t bytes)
{
    const struct part p = {s->data, bytes, false};

    if (!session_open(s, 0))
        return BROKEN;
    put_chain(s->desc, 0, &p, 1);
    offer(s, 0);
    kick(s);
    give_time(s);
    return next_driver(s);
}

static enum verdict short_header(struct session *s)
{
    return serves_next(s, 8);
}

static enum verdict no_frame(struct session *s)
{
    struct vwr_features accepted = {{0}};

    vwr_features_add(&accepted, VWR_F_VERSION_1);
    return serves_next(s, (uint32_t)vwr_net_hdr_size(&accepted));
}

#define SURVIVES "robustness: a device outlives a packet that is none"

static const struct conform_case cases[] = {
    CASE(queue_pairs, "net.dev.cfg.1", "With MQ max_virtqueue_pairs is within its limits."),
    CASE(mtu, "net.dev.cfg.2", "With MTU mtu is within its limits."),
    CASE(hash_key, "net.dev.cfg.7", "With HASH_REPORT rss_max_key_size is large enough."),
    CASE(indirection_table, "net.dev.cfg.8", "With RSS rss_max_indirection_table_length is large enough."),
    CASE(hash_needs_control, "net.dev.cfg.13", "HASH_REPORT is offered with CTRL_VQ only."),
    CASE(extra_needs_control, "net.dev.cfg.14", "CTRL_RX_EXTRA is offered with CTRL_VQ only."),
    CASE(short_header, SURVIVES, "A packet shorter than its header."),
    CASE(no_frame, SURVIVES, "A packet with a header only."),
};

const struct device_class net_class = {.name = "net",
                                       .type = VWR_ID_NET,
                                       .queue = VWR_NET_QUEUE_TRANSMITQ,
                                       .beside_bytes = RECEIVE_BYTES,
                                       .beside = VWR_NET_QUEUE_RECEIVEQ,
                                       .request = request,
                                       .cases = cases,
                                       .count = sizeof(cases) / sizeof(cases[0])};
