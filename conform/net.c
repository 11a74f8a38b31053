/* SPDX-License-Identifier: MIT */
#include "conform.h"

#include "vwr/dev.h"
#include "vwr/gen/ids.h"
#include "vwr/gen/net.h"

/*
 * A network card. The cases that send frames cannot see whether one arrives; those that receive ask for a
 * frame.
 */

#define FRAME_AT 2048u      /* in the memory of a session */
#define FRAME_BYTES 64u     /* a broadcast that nobody expects */
#define ADDRESS_BYTES 6u    /* of Ethernet */
#define RECEIVE_BYTES 2048u /* more than a header and a frame */

static uint32_t header_bytes(void)
{
    struct vwr_features accepted = {{0}};

    vwr_features_add(&accepted, VWR_F_VERSION_1);
    return (uint32_t)vwr_net_hdr_size(&accepted);
}

static unsigned request(struct session *s, unsigned first)
{
    const struct part p[2] = {{s->data, header_bytes(), false}, {s->data + FRAME_AT, FRAME_BYTES, false}};

    (void)memset(s->data, 0, FRAME_AT + FRAME_BYTES);
    (void)memset(s->data + FRAME_AT, 0xff, ADDRESS_BYTES);
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
    return serves_next(s, header_bytes());
}

/* ---- received frames ---- */

#define INCOMING_BYTES 300u
#define INCOMING_BUFFERS 8u
#define WHOLE_BYTES 1600u /* of a buffer that has a header and any frame */
#define SPREAD_BYTES 100u /* of a buffer that has only a part */

/* Asks for a frame. The session goes on if it is true; otherwise it has ended, and `r` is the result. */
static bool frame_arrives(struct session *s, uint64_t features, uint32_t bytes, enum verdict *r)
{
    *r = BROKEN;
    if (!incoming_open(s, features, bytes, INCOMING_BUFFERS))
        return false;
    if (!incoming_arrives(s, INCOMING_BYTES, 1))
        *r = UNTESTED;
    else if (incoming_is_right(s, 0, bytes)) {
        const uint32_t least = header_bytes();

        if (used_bytes(s, 0) >= least)
            return true;
        *r = broken(s, "the used entry has length %u, and a header has %u bytes", used_bytes(s, 0), least);
    }
    session_end(s);
    return false;
}

/* The header of the frame that has arrived; ends the session. */
static bool header_arrives(struct session *s, struct vwr_net_hdr *h, enum verdict *r)
{
    if (!frame_arrives(s, 0, WHOLE_BYTES, r))
        return false;
    (void)memcpy(h, incoming_buffer(s, 0), header_bytes());
    session_end(s);
    return true;
}

static enum verdict frame_in_one_buffer(struct session *s)
{
    struct vwr_net_hdr h;
    enum verdict r;
    unsigned buffers;

    if (!header_arrives(s, &h, &r))
        return r;
    buffers = vwr_le16_to_cpu(h.num_buffers);
    return buffers == 1 ? KEPT : broken(s, "num_buffers is %u without MRG_RXBUF", buffers);
}

static enum verdict frame_flags(struct session *s)
{
    struct vwr_net_hdr h;
    enum verdict r;

    if (!header_arrives(s, &h, &r))
        return r;
    return h.flags == 0 ? KEPT : broken(s, "flags is 0x%x without GUEST_CSUM", h.flags);
}

static enum verdict frame_is_small(struct session *s)
{
    struct vwr_net_hdr h;
    enum verdict r;

    if (!header_arrives(s, &h, &r))
        return r;
    return h.gso_type == VWR_NET_HDR_GSO_NONE
               ? KEPT
               : broken(s, "gso_type is 0x%x, and no large packets were accepted", h.gso_type);
}

/* The frame that the case has asked for. */
static const uint8_t *expected(void)
{
    static uint8_t frame[INCOMING_BYTES];

    incoming_frame(frame, sizeof(frame));
    return frame;
}

/* Others may arrive from a network. */
static bool is_asked_for(const uint8_t *frame)
{
    return memcmp(frame, expected(), INCOMING_HEAD) == 0;
}

static enum verdict frame_bytes(struct session *s)
{
    const uint32_t header = header_bytes();
    const uint8_t *frame;
    enum verdict r;

    if (!frame_arrives(s, 0, WHOLE_BYTES, &r))
        return r;
    frame = incoming_buffer(s, 0) + header;
    if (!is_asked_for(frame))
        r = untested(s, "another frame arrived first");
    else if (used_bytes(s, 0) != header + INCOMING_BYTES)
        r = broken(s, "the used entry has length %u, and header and frame have %u", used_bytes(s, 0),
                   header + INCOMING_BYTES);
    else
        r = memcmp(frame, expected(), INCOMING_BYTES) == 0
                ? KEPT
                : broken(s, "the frame differs from the one that was sent");
    session_end(s);
    return r;
}

/* Whether the buffers have the whole frame, if it is the one that the case has asked for. */
static enum verdict is_joined(struct session *s, unsigned buffers)
{
    uint32_t skip = header_bytes();
    uint32_t total = 0;

    if (!is_asked_for(incoming_buffer(s, 0) + skip))
        return untested(s, "another frame arrived first");
    for (unsigned i = 0; i < buffers; i++) {
        const uint32_t bytes = used_bytes(s, i) - skip;

        if (bytes > INCOMING_BYTES - total ||
            memcmp(incoming_buffer(s, i) + skip, expected() + total, bytes) != 0)
            return broken(s, "buffer %u of %u differs from its part of the frame", i, buffers);
        total += bytes;
        skip = 0;
    }
    return total == INCOMING_BYTES
               ? KEPT
               : broken(s, "%u buffers have %u bytes of a frame of %u", buffers, total, INCOMING_BYTES);
}

/* Each buffer of a packet but the last is full, and all are used before the driver sees the first. */
static enum verdict is_spread(struct session *s, unsigned there)
{
    struct vwr_net_hdr h;
    unsigned buffers;

    (void)memcpy(&h, incoming_buffer(s, 0), header_bytes());
    buffers = vwr_le16_to_cpu(h.num_buffers);
    if (buffers == 0 || buffers > INCOMING_BUFFERS)
        return broken(s, "num_buffers is %u, and there are %u buffers", buffers, INCOMING_BUFFERS);
    if (there < buffers)
        return broken(s, "num_buffers is %u, and %u are used", buffers, there);
    for (unsigned i = 0; i < buffers; i++) {
        if (!incoming_is_right(s, i, SPREAD_BYTES))
            return BROKEN;
        if (i + 1 < buffers && used_bytes(s, i) != SPREAD_BYTES)
            return broken(s, "buffer %u of %u has %u bytes of %u", i, buffers, used_bytes(s, i),
                          SPREAD_BYTES);
    }
    return is_joined(s, buffers);
}

static enum verdict frame_in_buffers(struct session *s)
{
    enum verdict r;

    if (!session_offers(s, VWR_NET_F_MRG_RXBUF))
        return untested(s, "the device does not offer MRG_RXBUF");
    if (!frame_arrives(s, BIT(VWR_NET_F_MRG_RXBUF), SPREAD_BYTES, &r))
        return r;
    r = is_spread(s, incoming_count(s));
    session_end(s);
    return r;
}

#define INCOMING "section Network Device / Device Operation / Processing of Incoming Packets"
#define SURVIVES "robustness: a device outlives a packet that is none"

static const struct conform_case cases[] = {
    CASE(queue_pairs, "net.dev.cfg.1", "With MQ max_virtqueue_pairs is within its limits."),
    CASE(mtu, "net.dev.cfg.2", "With MTU mtu is within its limits."),
    CASE(hash_key, "net.dev.cfg.7", "With HASH_REPORT rss_max_key_size is large enough."),
    CASE(indirection_table, "net.dev.cfg.8", "With RSS rss_max_indirection_table_length is large enough."),
    CASE(hash_needs_control, "net.dev.cfg.13", "HASH_REPORT is offered with CTRL_VQ only."),
    CASE(extra_needs_control, "net.dev.cfg.14", "CTRL_RX_EXTRA is offered with CTRL_VQ only."),
    BOTH(frame_in_one_buffer, "net.dev.rx.1", "net.dev.rx.1", "Without MRG_RXBUF num_buffers is 1."),
    BOTH(frame_flags, "net.dev.rx.5", "net.dev.rx.5", "Without GUEST_CSUM flags is 0."),
    BOTH(frame_is_small, "net.dev.rx.26", "net.dev.rx.26",
         "If no large packets were accepted gso_type is NONE."),
    BOTH(frame_bytes, INCOMING, INCOMING, "A frame arrives as it was sent, behind its header."),
    BOTH(frame_in_buffers, "net.dev.rx.2 net.dev.rx.3 net.dev.rx.4", "net.dev.rx.2 net.dev.rx.3 net.dev.rx.4",
         "With MRG_RXBUF a frame fills num_buffers buffers, which are used together."),
    CASE(short_header, SURVIVES, "A packet shorter than its header."),
    CASE(no_frame, SURVIVES, "A packet with a header only."),
};

const struct device_class net_class = {.name = "net",
                                       .type = VWR_ID_NET,
                                       .queue = VWR_NET_QUEUE_TRANSMITQ,
                                       .beside_bytes = RECEIVE_BYTES,
                                       .beside = VWR_NET_QUEUE_RECEIVEQ,
                                       .outside = "frame",
                                       .request = request,
                                       .cases = cases,
                                       .count = sizeof(cases) / sizeof(cases[0])};
