/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/net.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Network Device */

/* The messages of both ends, and what tests/pair/ends is to see of each: 28 of them. */

#include "ends.h"
#include "vwr/client/net.h"
#include "vwr/service/net.h"

#include <string.h>

static struct vwr_net_client client;
static struct vwr_net_vservice service;

static struct vwr_net_client_transmitq_call call_transmitq;
static struct vwr_net_client_controlq_call call_controlq;

static const uint8_t config[] = {
    0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x0, 0x1, 0x0, 0x5, 0x0, 0x5, 0x0, 0x0, 0x0,
    0x5, 0x5, 0x5, 0x0, 0x5, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0,
};

/* ---- transmit ---- */

static int called_transmit(struct vwr_net_vservice *s, struct vwr_vmessage *x)
{
    ENDS_SAME(s == &service, true);
    return ends_called(x, "transmit");
}

static int call_of_transmit(enum ends_do what)
{
    struct vwr_net_client_transmitq_call *const call = &call_transmitq;
    int r;

    if (what == ENDS_SUBMIT)
        return vwr_net_client_transmit_submit(&client, call, ends_out(0), 64, ends_out(64), 2);
    if (what == ENDS_DONE) {
        vwr_net_vservice_transmit_done(ends.kept, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_transmit(&client, ends_out(0), 64, ends_out(64), 2);
    return r;
}

/* ---- promisc ---- */

static const uint8_t out_promisc[] = {
    0x0, 0x0, 0x2f,
};

static const uint8_t back_promisc[] = {
    0x0,
};

static const struct vwr_net_promisc_msg given_promisc = {
    .enable = 0x2fu,
};

static int called_promisc(struct vwr_net_vservice *s, struct vwr_vmessage *x, const struct vwr_net_promisc_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->enable, 0x2fu);

    return ends_called(x, "promisc");
}

static int call_of_promisc(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_SUBMIT)
        return vwr_net_client_promisc_submit(&client, call, &given_promisc);
    if (what == ENDS_DONE) {
        vwr_net_vservice_promisc_done(ends.kept, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_promisc(&client, &given_promisc);
    return r;
}

/* ---- allmulti ---- */

static const uint8_t out_allmulti[] = {
    0x0, 0x1, 0x2f,
};

static const uint8_t back_allmulti[] = {
    0x0,
};

static const struct vwr_net_allmulti_msg given_allmulti = {
    .enable = 0x2fu,
};

static int called_allmulti(struct vwr_net_vservice *s, struct vwr_vmessage *x, const struct vwr_net_allmulti_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->enable, 0x2fu);

    return ends_called(x, "allmulti");
}

static int call_of_allmulti(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_SUBMIT)
        return vwr_net_client_allmulti_submit(&client, call, &given_allmulti);
    if (what == ENDS_DONE) {
        vwr_net_vservice_allmulti_done(ends.kept, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_allmulti(&client, &given_allmulti);
    return r;
}

/* ---- alluni ---- */

static const uint8_t out_alluni[] = {
    0x0, 0x2, 0x2f,
};

static const uint8_t back_alluni[] = {
    0x0,
};

static const struct vwr_net_alluni_msg given_alluni = {
    .enable = 0x2fu,
};

static int called_alluni(struct vwr_net_vservice *s, struct vwr_vmessage *x, const struct vwr_net_alluni_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->enable, 0x2fu);

    return ends_called(x, "alluni");
}

static int call_of_alluni(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_SUBMIT)
        return vwr_net_client_alluni_submit(&client, call, &given_alluni);
    if (what == ENDS_DONE) {
        vwr_net_vservice_alluni_done(ends.kept, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_alluni(&client, &given_alluni);
    return r;
}

/* ---- nomulti ---- */

static const uint8_t out_nomulti[] = {
    0x0, 0x3, 0x2f,
};

static const uint8_t back_nomulti[] = {
    0x0,
};

static const struct vwr_net_nomulti_msg given_nomulti = {
    .enable = 0x2fu,
};

static int called_nomulti(struct vwr_net_vservice *s, struct vwr_vmessage *x, const struct vwr_net_nomulti_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->enable, 0x2fu);

    return ends_called(x, "nomulti");
}

static int call_of_nomulti(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_SUBMIT)
        return vwr_net_client_nomulti_submit(&client, call, &given_nomulti);
    if (what == ENDS_DONE) {
        vwr_net_vservice_nomulti_done(ends.kept, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_nomulti(&client, &given_nomulti);
    return r;
}

/* ---- nouni ---- */

static const uint8_t out_nouni[] = {
    0x0, 0x4, 0x2f,
};

static const uint8_t back_nouni[] = {
    0x0,
};

static const struct vwr_net_nouni_msg given_nouni = {
    .enable = 0x2fu,
};

static int called_nouni(struct vwr_net_vservice *s, struct vwr_vmessage *x, const struct vwr_net_nouni_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->enable, 0x2fu);

    return ends_called(x, "nouni");
}

static int call_of_nouni(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_SUBMIT)
        return vwr_net_client_nouni_submit(&client, call, &given_nouni);
    if (what == ENDS_DONE) {
        vwr_net_vservice_nouni_done(ends.kept, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_nouni(&client, &given_nouni);
    return r;
}

/* ---- nobcast ---- */

static const uint8_t out_nobcast[] = {
    0x0, 0x5, 0x2f,
};

static const uint8_t back_nobcast[] = {
    0x0,
};

static const struct vwr_net_nobcast_msg given_nobcast = {
    .enable = 0x2fu,
};

static int called_nobcast(struct vwr_net_vservice *s, struct vwr_vmessage *x, const struct vwr_net_nobcast_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->enable, 0x2fu);

    return ends_called(x, "nobcast");
}

static int call_of_nobcast(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_SUBMIT)
        return vwr_net_client_nobcast_submit(&client, call, &given_nobcast);
    if (what == ENDS_DONE) {
        vwr_net_vservice_nobcast_done(ends.kept, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_nobcast(&client, &given_nobcast);
    return r;
}

/* ---- table_set ---- */

static const uint8_t out_table_set[] = {
    0x1, 0x0, 0x2, 0x0, 0x0, 0x0,
};

static const uint8_t back_table_set[] = {
    0x0,
};

static const struct vwr_net_table_set_msg given_table_set = {
    .entries = 0x2u,
};

static int called_table_set(struct vwr_net_vservice *s, struct vwr_vmessage *x, const struct vwr_net_table_set_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->entries, 0x2u);

    return ends_called(x, "table_set");
}

static int call_of_table_set(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_SUBMIT)
        return vwr_net_client_table_set_submit(&client, call, &given_table_set, ends_out(0), ends_out(12), ends_out(16),
                                               12);
    if (what == ENDS_DONE) {
        vwr_net_vservice_table_set_done(ends.kept, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_table_set(&client, &given_table_set, ends_out(0), ends_out(12), ends_out(16), 12);
    return r;
}

/* ---- addr_set ---- */

static const uint8_t out_addr_set[] = {
    0x1, 0x1, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52,
};

static const uint8_t back_addr_set[] = {
    0x0,
};

static const struct vwr_net_addr_set_msg given_addr_set = {
    .octets = {0x2fu, 0x36u, 0x3du, 0x44u, 0x4bu, 0x52u},
};

static int called_addr_set(struct vwr_net_vservice *s, struct vwr_vmessage *x, const struct vwr_net_addr_set_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME_BYTES(m->octets, given_addr_set.octets, sizeof(m->octets));

    return ends_called(x, "addr_set");
}

static int call_of_addr_set(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_SUBMIT)
        return vwr_net_client_addr_set_submit(&client, call, &given_addr_set);
    if (what == ENDS_DONE) {
        vwr_net_vservice_addr_set_done(ends.kept, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_addr_set(&client, &given_addr_set);
    return r;
}

/* ---- vlan_command_add ---- */

static const uint8_t out_vlan_command_add[] = {
    0x2, 0x0, 0x2f, 0x36,
};

static const uint8_t back_vlan_command_add[] = {
    0x0,
};

static const struct vwr_net_vlan_command_add_msg given_vlan_command_add = {
    .id = 0x362fu,
};

static int called_vlan_command_add(struct vwr_net_vservice *s, struct vwr_vmessage *x,
                                   const struct vwr_net_vlan_command_add_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->id, 0x362fu);

    return ends_called(x, "vlan_command_add");
}

static int call_of_vlan_command_add(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_SUBMIT)
        return vwr_net_client_vlan_command_add_submit(&client, call, &given_vlan_command_add);
    if (what == ENDS_DONE) {
        vwr_net_vservice_vlan_command_add_done(ends.kept, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_vlan_command_add(&client, &given_vlan_command_add);
    return r;
}

/* ---- vlan_command_del ---- */

static const uint8_t out_vlan_command_del[] = {
    0x2, 0x1, 0x2f, 0x36,
};

static const uint8_t back_vlan_command_del[] = {
    0x0,
};

static const struct vwr_net_vlan_command_del_msg given_vlan_command_del = {
    .id = 0x362fu,
};

static int called_vlan_command_del(struct vwr_net_vservice *s, struct vwr_vmessage *x,
                                   const struct vwr_net_vlan_command_del_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->id, 0x362fu);

    return ends_called(x, "vlan_command_del");
}

static int call_of_vlan_command_del(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_SUBMIT)
        return vwr_net_client_vlan_command_del_submit(&client, call, &given_vlan_command_del);
    if (what == ENDS_DONE) {
        vwr_net_vservice_vlan_command_del_done(ends.kept, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_vlan_command_del(&client, &given_vlan_command_del);
    return r;
}

/* ---- ack ---- */

static const uint8_t out_ack[] = {
    0x3, 0x0,
};

static const uint8_t back_ack[] = {
    0x0,
};

static int called_ack(struct vwr_net_vservice *s, struct vwr_vmessage *x)
{
    ENDS_SAME(s == &service, true);
    return ends_called(x, "ack");
}

static int call_of_ack(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_SUBMIT)
        return vwr_net_client_ack_submit(&client, call);
    if (what == ENDS_DONE) {
        vwr_net_vservice_ack_done(ends.kept, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_ack(&client);
    return r;
}

/* ---- vq_pairs_set ---- */

static const uint8_t out_vq_pairs_set[] = {
    0x4, 0x0, 0x2f, 0x36,
};

static const uint8_t back_vq_pairs_set[] = {
    0x0,
};

static const struct vwr_net_vq_pairs_set_msg given_vq_pairs_set = {
    .virtqueue_pairs = 0x362fu,
};

static int called_vq_pairs_set(struct vwr_net_vservice *s, struct vwr_vmessage *x,
                               const struct vwr_net_vq_pairs_set_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->virtqueue_pairs, 0x362fu);

    return ends_called(x, "vq_pairs_set");
}

static int call_of_vq_pairs_set(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_SUBMIT)
        return vwr_net_client_vq_pairs_set_submit(&client, call, &given_vq_pairs_set);
    if (what == ENDS_DONE) {
        vwr_net_vservice_vq_pairs_set_done(ends.kept, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_vq_pairs_set(&client, &given_vq_pairs_set);
    return r;
}

/* ---- rss_config ---- */

static const uint8_t out_rss_config[] = {
    0x4, 0x1, 0x2f, 0x36, 0x3d, 0x44, 0x2, 0x0, 0x59, 0x60,
};

static const uint8_t back_rss_config[] = {
    0x0,
};

static const struct vwr_net_rss_config_msg given_rss_config = {
    .hash_types = 0x443d362fu,
    .indirection_table_mask = 0x2u,
    .id = 0x6059u,
};

static int called_rss_config(struct vwr_net_vservice *s, struct vwr_vmessage *x, const struct vwr_net_rss_config_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->hash_types, 0x443d362fu);
    ENDS_SAME(m->indirection_table_mask, 0x2u);
    ENDS_SAME(m->id, 0x6059u);

    return ends_called(x, "rss_config");
}

static int call_of_rss_config(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_SUBMIT)
        return vwr_net_client_rss_config_submit(&client, call, &given_rss_config, ends_out(0), ends_out(6), ends_out(8),
                                                ends_out(9), 2);
    if (what == ENDS_DONE) {
        vwr_net_vservice_rss_config_done(ends.kept, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_rss_config(&client, &given_rss_config, ends_out(0), ends_out(6), ends_out(8), ends_out(9), 2);
    return r;
}

/* ---- hash_config ---- */

static const uint8_t out_hash_config[] = {
    0x4, 0x2, 0x2f, 0x36, 0x3d, 0x44, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x6,
};

static const uint8_t back_hash_config[] = {
    0x0,
};

static const struct vwr_net_hash_config_msg given_hash_config = {
    .hash_types = 0x443d362fu,
    .hash_key_length = 0x6u,
};

static int called_hash_config(struct vwr_net_vservice *s, struct vwr_vmessage *x,
                              const struct vwr_net_hash_config_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->hash_types, 0x443d362fu);
    ENDS_SAME(m->hash_key_length, 0x6u);

    return ends_called(x, "hash_config");
}

static int call_of_hash_config(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_SUBMIT)
        return vwr_net_client_hash_config_submit(&client, call, &given_hash_config, ends_out(0));
    if (what == ENDS_DONE) {
        vwr_net_vservice_hash_config_done(ends.kept, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_hash_config(&client, &given_hash_config, ends_out(0));
    return r;
}

/* ---- guest_offloads_command_set ---- */

static const uint8_t out_guest_offloads_command_set[] = {
    0x5, 0x0, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60,
};

static const uint8_t back_guest_offloads_command_set[] = {
    0x0,
};

static const struct vwr_net_guest_offloads_command_set_msg given_guest_offloads_command_set = {
    .offloads = UINT64_C(0x6059524b443d362f),
};

static int called_guest_offloads_command_set(struct vwr_net_vservice *s, struct vwr_vmessage *x,
                                             const struct vwr_net_guest_offloads_command_set_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->offloads, UINT64_C(0x6059524b443d362f));

    return ends_called(x, "guest_offloads_command_set");
}

static int call_of_guest_offloads_command_set(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_SUBMIT)
        return vwr_net_client_guest_offloads_command_set_submit(&client, call, &given_guest_offloads_command_set);
    if (what == ENDS_DONE) {
        vwr_net_vservice_guest_offloads_command_set_done(ends.kept, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_guest_offloads_command_set(&client, &given_guest_offloads_command_set);
    return r;
}

/* ---- tx_set ---- */

static const uint8_t out_tx_set[] = {
    0x6, 0x0, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60,
};

static const uint8_t back_tx_set[] = {
    0x0,
};

static const struct vwr_net_tx_set_msg given_tx_set = {
    .max_packets = 0x443d362fu,
    .max_usecs = 0x6059524bu,
};

static int called_tx_set(struct vwr_net_vservice *s, struct vwr_vmessage *x, const struct vwr_net_tx_set_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->max_packets, 0x443d362fu);
    ENDS_SAME(m->max_usecs, 0x6059524bu);

    return ends_called(x, "tx_set");
}

static int call_of_tx_set(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_SUBMIT)
        return vwr_net_client_tx_set_submit(&client, call, &given_tx_set);
    if (what == ENDS_DONE) {
        vwr_net_vservice_tx_set_done(ends.kept, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_tx_set(&client, &given_tx_set);
    return r;
}

/* ---- rx_set ---- */

static const uint8_t out_rx_set[] = {
    0x6, 0x1, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60,
};

static const uint8_t back_rx_set[] = {
    0x0,
};

static const struct vwr_net_rx_set_msg given_rx_set = {
    .max_packets = 0x443d362fu,
    .max_usecs = 0x6059524bu,
};

static int called_rx_set(struct vwr_net_vservice *s, struct vwr_vmessage *x, const struct vwr_net_rx_set_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->max_packets, 0x443d362fu);
    ENDS_SAME(m->max_usecs, 0x6059524bu);

    return ends_called(x, "rx_set");
}

static int call_of_rx_set(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_SUBMIT)
        return vwr_net_client_rx_set_submit(&client, call, &given_rx_set);
    if (what == ENDS_DONE) {
        vwr_net_vservice_rx_set_done(ends.kept, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_rx_set(&client, &given_rx_set);
    return r;
}

/* ---- vq_set ---- */

static const uint8_t out_vq_set[] = {
    0x6, 0x2, 0x2f, 0x36, 0x0, 0x0, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c,
};

static const uint8_t back_vq_set[] = {
    0x0,
};

static const struct vwr_net_vq_set_msg given_vq_set = {
    .vq_index = 0x362fu,
    .max_packets = 0x6059524bu,
    .max_usecs = 0x7c756e67u,
};

static int called_vq_set(struct vwr_net_vservice *s, struct vwr_vmessage *x, const struct vwr_net_vq_set_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->vq_index, 0x362fu);
    ENDS_SAME(m->max_packets, 0x6059524bu);
    ENDS_SAME(m->max_usecs, 0x7c756e67u);

    return ends_called(x, "vq_set");
}

static int call_of_vq_set(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_SUBMIT)
        return vwr_net_client_vq_set_submit(&client, call, &given_vq_set);
    if (what == ENDS_DONE) {
        vwr_net_vservice_vq_set_done(ends.kept, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_vq_set(&client, &given_vq_set);
    return r;
}

/* ---- vq_get ---- */

static const uint8_t out_vq_get[] = {
    0x6, 0x3, 0x2f, 0x36, 0x3d, 0x44,
};

static const uint8_t back_vq_get[] = {
    0x0, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x59,
};

static const struct vwr_net_vq_get_msg given_vq_get = {
    .vq_index = 0x362fu,
    .reserved = 0x443du,
};

static const struct vwr_net_vq_get_answer answer_vq_get = {
    .max_packets = 0x3d362f28u,
    .max_usecs = 0x59524b44u,
};

static int called_vq_get(struct vwr_net_vservice *s, struct vwr_vmessage *x, const struct vwr_net_vq_get_msg *m,
                         struct vwr_net_vq_get_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->vq_index, 0x362fu);
    ENDS_SAME(m->reserved, 0x443du);

    *a = answer_vq_get;
    return ends_called(x, "vq_get");
}

static void check_vq_get(const struct vwr_net_vq_get_answer *m)
{
    ENDS_SAME(m->max_packets, 0x3d362f28u);
    ENDS_SAME(m->max_usecs, 0x59524b44u);

}

static int call_of_vq_get(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    struct vwr_net_vq_get_answer a;
    int r;

    if (what == ENDS_SUBMIT)
        return vwr_net_client_vq_get_submit(&client, call, &given_vq_get);
    if (what == ENDS_DONE) {
        vwr_net_vservice_vq_get_done(ends.kept, VWR_OK, &answer_vq_get);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_net_client_vq_get_answer(&client, call, &a);
        check_vq_get(&a);
        return VWR_OK;
    }
    r = vwr_net_client_vq_get(&client, &given_vq_get, &a);
    if (r == VWR_OK)
        check_vq_get(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- hash_tunnel_command_set ---- */

static const uint8_t out_hash_tunnel_command_set[] = {
    0x7, 0x0, 0x2f, 0x36, 0x3d, 0x44,
};

static const uint8_t back_hash_tunnel_command_set[] = {
    0x0,
};

static const struct vwr_net_hash_tunnel_command_set_msg given_hash_tunnel_command_set = {
    .enabled_tunnel_types = 0x443d362fu,
};

static int called_hash_tunnel_command_set(struct vwr_net_vservice *s, struct vwr_vmessage *x,
                                          const struct vwr_net_hash_tunnel_command_set_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->enabled_tunnel_types, 0x443d362fu);

    return ends_called(x, "hash_tunnel_command_set");
}

static int call_of_hash_tunnel_command_set(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_SUBMIT)
        return vwr_net_client_hash_tunnel_command_set_submit(&client, call, &given_hash_tunnel_command_set);
    if (what == ENDS_DONE) {
        vwr_net_vservice_hash_tunnel_command_set_done(ends.kept, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_hash_tunnel_command_set(&client, &given_hash_tunnel_command_set);
    return r;
}

/* ---- query ---- */

static const uint8_t out_query[] = {
    0x8, 0x0,
};

static const uint8_t back_query[] = {
    0x0, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x59,
};

static const struct vwr_net_query_answer answer_query = {
    .supported_stats_types = {UINT64_C(0x59524b443d362f28)},
};

static int called_query(struct vwr_net_vservice *s, struct vwr_vmessage *x, struct vwr_net_query_answer *a)
{
    ENDS_SAME(s == &service, true);
    *a = answer_query;
    return ends_called(x, "query");
}

static void check_query(const struct vwr_net_query_answer *m)
{
    ENDS_SAME_BYTES(m->supported_stats_types, answer_query.supported_stats_types, sizeof(m->supported_stats_types));

}

static int call_of_query(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    struct vwr_net_query_answer a;
    int r;

    if (what == ENDS_SUBMIT)
        return vwr_net_client_query_submit(&client, call);
    if (what == ENDS_DONE) {
        vwr_net_vservice_query_done(ends.kept, VWR_OK, &answer_query);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_net_client_query_answer(&client, call, &a);
        check_query(&a);
        return VWR_OK;
    }
    r = vwr_net_client_query(&client, &a);
    if (r == VWR_OK)
        check_query(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- get ---- */

static const uint8_t out_get[] = {
    0x8, 0x1,
};

static const uint8_t back_get[] = {
    0x0,
};

static int called_get(struct vwr_net_vservice *s, struct vwr_vmessage *x)
{
    ENDS_SAME(s == &service, true);
    return ends_called(x, "get");
}

static int call_of_get(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    uint32_t written = 0;
    int r;

    if (what == ENDS_SUBMIT)
        return vwr_net_client_get_submit(&client, call, ends_out(0), 2, ends_in(0), 2);
    if (what == ENDS_DONE) {
        vwr_net_vservice_get_done(ends.kept, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_get(&client, ends_out(0), 2, ends_in(0), 2, &written);
    ends_written(r, written);
    return r;
}

/* ---- cap_get ---- */

static const uint8_t out_cap_get[] = {
    0x9, 0x0,
};

static const uint8_t back_cap_get[] = {
    0x0, 0x28, 0x2f,
};

static const struct vwr_net_cap_get_answer answer_cap_get = {
    .max_rss_contexts = 0x2f28u,
};

static int called_cap_get(struct vwr_net_vservice *s, struct vwr_vmessage *x, struct vwr_net_cap_get_answer *a)
{
    ENDS_SAME(s == &service, true);
    *a = answer_cap_get;
    return ends_called(x, "cap_get");
}

static void check_cap_get(const struct vwr_net_cap_get_answer *m)
{
    ENDS_SAME(m->max_rss_contexts, 0x2f28u);

}

static int call_of_cap_get(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    struct vwr_net_cap_get_answer a;
    int r;

    if (what == ENDS_SUBMIT)
        return vwr_net_client_cap_get_submit(&client, call);
    if (what == ENDS_DONE) {
        vwr_net_vservice_cap_get_done(ends.kept, VWR_OK, &answer_cap_get);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_net_client_cap_get_answer(&client, call, &a);
        check_cap_get(&a);
        return VWR_OK;
    }
    r = vwr_net_client_cap_get(&client, &a);
    if (r == VWR_OK)
        check_cap_get(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- rss_ctx_command_add ---- */

static const uint8_t out_rss_ctx_command_add[] = {
    0x9, 0x1, 0x2f, 0x36, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x67, 0x6e, 0x75, 0x7c, 0x2, 0x0,
    0x91, 0x98,
};

static const uint8_t back_rss_ctx_command_add[] = {
    0x0,
};

static const struct vwr_net_rss_ctx_command_add_msg given_rss_ctx_command_add = {
    .rss_ctx_id = 0x362fu,
    .hash_types = 0x7c756e67u,
    .indirection_table_mask = 0x2u,
    .id = 0x9891u,
};

static int called_rss_ctx_command_add(struct vwr_net_vservice *s, struct vwr_vmessage *x,
                                      const struct vwr_net_rss_ctx_command_add_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->rss_ctx_id, 0x362fu);
    ENDS_SAME(m->hash_types, 0x7c756e67u);
    ENDS_SAME(m->indirection_table_mask, 0x2u);
    ENDS_SAME(m->id, 0x9891u);

    return ends_called(x, "rss_ctx_command_add");
}

static int call_of_rss_ctx_command_add(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_SUBMIT)
        return vwr_net_client_rss_ctx_command_add_submit(&client, call, &given_rss_ctx_command_add, ends_out(0),
                                                         ends_out(6), ends_out(8), ends_out(9), 2);
    if (what == ENDS_DONE) {
        vwr_net_vservice_rss_ctx_command_add_done(ends.kept, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_rss_ctx_command_add(&client, &given_rss_ctx_command_add, ends_out(0), ends_out(6), ends_out(8),
                                           ends_out(9), 2);
    return r;
}

/* ---- mod ---- */

static const uint8_t out_mod[] = {
    0x9, 0x2, 0x2f, 0x36, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x67, 0x6e, 0x75, 0x7c, 0x2, 0x0,
    0x91, 0x98,
};

static const uint8_t back_mod[] = {
    0x0,
};

static const struct vwr_net_mod_msg given_mod = {
    .rss_ctx_id = 0x362fu,
    .hash_types = 0x7c756e67u,
    .indirection_table_mask = 0x2u,
    .id = 0x9891u,
};

static int called_mod(struct vwr_net_vservice *s, struct vwr_vmessage *x, const struct vwr_net_mod_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->rss_ctx_id, 0x362fu);
    ENDS_SAME(m->hash_types, 0x7c756e67u);
    ENDS_SAME(m->indirection_table_mask, 0x2u);
    ENDS_SAME(m->id, 0x9891u);

    return ends_called(x, "mod");
}

static int call_of_mod(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_SUBMIT)
        return vwr_net_client_mod_submit(&client, call, &given_mod, ends_out(0), ends_out(6), ends_out(8), ends_out(9),
                                         2);
    if (what == ENDS_DONE) {
        vwr_net_vservice_mod_done(ends.kept, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_mod(&client, &given_mod, ends_out(0), ends_out(6), ends_out(8), ends_out(9), 2);
    return r;
}

/* ---- rss_ctx_command_del ---- */

static const uint8_t out_rss_ctx_command_del[] = {
    0x9, 0x3, 0x2f, 0x36,
};

static const uint8_t back_rss_ctx_command_del[] = {
    0x0,
};

static const struct vwr_net_rss_ctx_command_del_msg given_rss_ctx_command_del = {
    .rss_ctx_id = 0x362fu,
};

static int called_rss_ctx_command_del(struct vwr_net_vservice *s, struct vwr_vmessage *x,
                                      const struct vwr_net_rss_ctx_command_del_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->rss_ctx_id, 0x362fu);

    return ends_called(x, "rss_ctx_command_del");
}

static int call_of_rss_ctx_command_del(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_SUBMIT)
        return vwr_net_client_rss_ctx_command_del_submit(&client, call, &given_rss_ctx_command_del);
    if (what == ENDS_DONE) {
        vwr_net_vservice_rss_ctx_command_del_done(ends.kept, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_rss_ctx_command_del(&client, &given_rss_ctx_command_del);
    return r;
}

/* ---- receive ---- */

static int poll_receiveq(void)
{
    struct vwr_net_client_receiveq_event e;
    const int n = vwr_net_client_poll_receiveq(&client, &e);

    if (n != 1)
        return n;
    ends_polled((unsigned)e.type, e.data, e.data_bytes);
    vwr_net_client_return_receiveq(&client, &e);
    return n;
}

static uint16_t index_receiveq(const struct vwr_vdev *v)
{
    (void)v;
    return (uint16_t)vwr_net_queue_receiveq_at(0);
}

static int call_of_receive(enum ends_do what)
{
    return what == ENDS_POLL ? poll_receiveq()
                             : vwr_net_vservice_send_receive(&service, ends_out(0), 66);
}

static const struct vwr_net_vservice_calls calls = {
    .transmit = called_transmit,
    .promisc = called_promisc,
    .allmulti = called_allmulti,
    .alluni = called_alluni,
    .nomulti = called_nomulti,
    .nouni = called_nouni,
    .nobcast = called_nobcast,
    .table_set = called_table_set,
    .addr_set = called_addr_set,
    .vlan_command_add = called_vlan_command_add,
    .vlan_command_del = called_vlan_command_del,
    .ack = called_ack,
    .vq_pairs_set = called_vq_pairs_set,
    .rss_config = called_rss_config,
    .hash_config = called_hash_config,
    .guest_offloads_command_set = called_guest_offloads_command_set,
    .tx_set = called_tx_set,
    .rx_set = called_rx_set,
    .vq_set = called_vq_set,
    .vq_get = called_vq_get,
    .hash_tunnel_command_set = called_hash_tunnel_command_set,
    .query = called_query,
    .get = called_get,
    .cap_get = called_cap_get,
    .rss_ctx_command_add = called_rss_ctx_command_add,
    .mod = called_mod,
    .rss_ctx_command_del = called_rss_ctx_command_del,
};

static const struct ends_message messages_receiveq[] = {
    {
        .name = "receive",
        .call = call_of_receive,
        .back = {NULL, 0, 0, 66, true, 0, 1, 0},
        .sets = UINT64_C(0x1fffff), .home = 20,
        .type = 0,
    },
};

static const struct ends_message messages_transmitq[] = {
    {
        .name = "transmit",
        .call = call_of_transmit,
        .out = {NULL, 0, 0, 66, true, 0, 1, 0},
        .back = {NULL, 0, 0, 0, false, 0, 1, 0},
        .sets = UINT64_C(0x1fffff), .home = 20,
    },
};

static const struct ends_message messages_controlq[] = {
    {
        .name = "promisc",
        .call = call_of_promisc,
        .out = {out_promisc, 3, 0, 0, false, 0, 1, 0},
        .back = {back_promisc, 1, 0, 0, false, 0, 1, 0},
        .sets = UINT64_C(0x100004), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "allmulti",
        .call = call_of_allmulti,
        .out = {out_allmulti, 3, 0, 0, false, 0, 1, 0},
        .back = {back_allmulti, 1, 0, 0, false, 0, 1, 0},
        .sets = UINT64_C(0x100004), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "alluni",
        .call = call_of_alluni,
        .out = {out_alluni, 3, 0, 0, false, 0, 1, 0},
        .back = {back_alluni, 1, 0, 0, false, 0, 1, 0},
        .sets = UINT64_C(0x100010), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "nomulti",
        .call = call_of_nomulti,
        .out = {out_nomulti, 3, 0, 0, false, 0, 1, 0},
        .back = {back_nomulti, 1, 0, 0, false, 0, 1, 0},
        .sets = UINT64_C(0x100010), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "nouni",
        .call = call_of_nouni,
        .out = {out_nouni, 3, 0, 0, false, 0, 1, 0},
        .back = {back_nouni, 1, 0, 0, false, 0, 1, 0},
        .sets = UINT64_C(0x100010), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "nobcast",
        .call = call_of_nobcast,
        .out = {out_nobcast, 3, 0, 0, false, 0, 1, 0},
        .back = {back_nobcast, 1, 0, 0, false, 0, 1, 0},
        .sets = UINT64_C(0x100010), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "table_set",
        .call = call_of_table_set,
        .out = {out_table_set, 6, 0, 28, true, 0, 1, 0},
        .back = {back_table_set, 1, 0, 0, false, 0, 1, 0},
        .sets = UINT64_C(0x100004), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "addr_set",
        .call = call_of_addr_set,
        .out = {out_addr_set, 8, 0, 0, false, 0, 1, 0},
        .back = {back_addr_set, 1, 0, 0, false, 0, 1, 0},
        .sets = UINT64_C(0x100020), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "vlan_command_add",
        .call = call_of_vlan_command_add,
        .out = {out_vlan_command_add, 4, 0, 0, false, 0, 1, 0},
        .back = {back_vlan_command_add, 1, 0, 0, false, 0, 1, 0},
        .sets = UINT64_C(0x100040), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "vlan_command_del",
        .call = call_of_vlan_command_del,
        .out = {out_vlan_command_del, 4, 0, 0, false, 0, 1, 0},
        .back = {back_vlan_command_del, 1, 0, 0, false, 0, 1, 0},
        .sets = UINT64_C(0x100040), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "ack",
        .call = call_of_ack,
        .out = {out_ack, 2, 0, 0, false, 0, 1, 0},
        .back = {back_ack, 1, 0, 0, false, 0, 1, 0},
        .sets = UINT64_C(0x100080), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "vq_pairs_set",
        .call = call_of_vq_pairs_set,
        .out = {out_vq_pairs_set, 4, 0, 0, false, 0, 1, 0},
        .back = {back_vq_pairs_set, 1, 0, 0, false, 0, 1, 0},
        .sets = UINT64_C(0x100100), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "rss_config",
        .call = call_of_rss_config,
        .out = {out_rss_config, 10, 0, 11, true, 0, 1, 0},
        .back = {back_rss_config, 1, 0, 0, false, 0, 1, 0},
        .sets = UINT64_C(0x190200), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "hash_config",
        .call = call_of_hash_config,
        .out = {out_hash_config, 15, 0, 6, false, 0, 1, 0},
        .back = {back_hash_config, 1, 0, 0, false, 0, 1, 0},
        .sets = UINT64_C(0x100800), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "guest_offloads_command_set",
        .call = call_of_guest_offloads_command_set,
        .out = {out_guest_offloads_command_set, 10, 0, 0, false, 0, 1, 0},
        .back = {back_guest_offloads_command_set, 1, 0, 0, false, 0, 1, 0},
        .sets = UINT64_C(0x102000), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "tx_set",
        .call = call_of_tx_set,
        .out = {out_tx_set, 10, 0, 0, false, 0, 1, 0},
        .back = {back_tx_set, 1, 0, 0, false, 0, 1, 0},
        .sets = UINT64_C(0x104000), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "rx_set",
        .call = call_of_rx_set,
        .out = {out_rx_set, 10, 0, 0, false, 0, 1, 0},
        .back = {back_rx_set, 1, 0, 0, false, 0, 1, 0},
        .sets = UINT64_C(0x104000), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "vq_set",
        .call = call_of_vq_set,
        .out = {out_vq_set, 14, 0, 0, false, 0, 1, 0},
        .back = {back_vq_set, 1, 0, 0, false, 0, 1, 0},
        .sets = UINT64_C(0x108000), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "vq_get",
        .call = call_of_vq_get,
        .out = {out_vq_get, 6, 0, 0, false, 0, 1, 0},
        .back = {back_vq_get, 9, 0, 0, false, 0, 1, 0},
        .sets = UINT64_C(0x108000), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "hash_tunnel_command_set",
        .call = call_of_hash_tunnel_command_set,
        .out = {out_hash_tunnel_command_set, 6, 0, 0, false, 0, 1, 0},
        .back = {back_hash_tunnel_command_set, 1, 0, 0, false, 0, 1, 0},
        .sets = UINT64_C(0x110000), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "query",
        .call = call_of_query,
        .out = {out_query, 2, 0, 0, false, 0, 1, 0},
        .back = {back_query, 9, 0, 0, false, 0, 1, 0},
        .sets = UINT64_C(0x140000), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "get",
        .call = call_of_get,
        .out = {out_get, 2, 0, 2, true, 0, 1, 0},
        .back = {back_get, 1, 0, 2, true, 0, 1, 0},
        .sets = UINT64_C(0x140000), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "cap_get",
        .call = call_of_cap_get,
        .out = {out_cap_get, 2, 0, 0, false, 0, 1, 0},
        .back = {back_cap_get, 3, 0, 0, false, 0, 1, 0},
        .sets = UINT64_C(0x180000), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "rss_ctx_command_add",
        .call = call_of_rss_ctx_command_add,
        .out = {out_rss_ctx_command_add, 18, 0, 11, true, 0, 1, 0},
        .back = {back_rss_ctx_command_add, 1, 0, 0, false, 0, 1, 0},
        .sets = UINT64_C(0x180000), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "mod",
        .call = call_of_mod,
        .out = {out_mod, 18, 0, 11, true, 0, 1, 0},
        .back = {back_mod, 1, 0, 0, false, 0, 1, 0},
        .sets = UINT64_C(0x180000), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "rss_ctx_command_del",
        .call = call_of_rss_ctx_command_del,
        .out = {out_rss_ctx_command_del, 4, 0, 0, false, 0, 1, 0},
        .back = {back_rss_ctx_command_del, 1, 0, 0, false, 0, 1, 0},
        .sets = UINT64_C(0x180000), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
};
static const struct ends_unknown unknown_controlq[] = {
    {0, 1, 0, 0xffu, 0xfeu},
    {1, 1, 0, 0xffu, 0xfeu},
};

static const struct ends_queue queues[] = {
    {
        .name = "receiveq", .kind = ENDS_EVENT, .sets = UINT64_C(0x1fffff),
        .message = messages_receiveq, .messages = 1, .place = ENDS_FRONT, .select_end = 0,
        .receive = &client.receiveq,
        .index = index_receiveq,
    },
    {
        .name = "transmitq", .kind = ENDS_REQUEST, .sets = UINT64_C(0x1fffff),
        .message = messages_transmitq, .messages = 1, .place = ENDS_FRONT, .select_end = 0,
        .requests = &client.transmitq, .call = &call_transmitq.call, .own = &client.transmitq_own.call,
    },
    {
        .name = "controlq", .kind = ENDS_REQUEST, .sets = UINT64_C(0x1debf6),
        .message = messages_controlq, .messages = 26, .place = ENDS_FRONT, .select_end = 2,
        .unknown = unknown_controlq, .unknowns = 2,
        .requests = &client.controlq, .call = &call_controlq.call, .own = &client.controlq_own.call,
    },
};

static const uint8_t set_1[] = {17};
static const uint8_t set_2[] = {17, 18};
static const uint8_t set_3[] = {20};
static const uint8_t set_4[] = {17, 20};
static const uint8_t set_5[] = {17, 23};
static const uint8_t set_6[] = {17, 19};
static const uint8_t set_7[] = {17, 21};
static const uint8_t set_8[] = {17, 22};
static const uint8_t set_9[] = {17, 60};
static const uint8_t set_10[] = {57};
static const uint8_t set_11[] = {17, 57};
static const uint8_t set_12[] = {2};
static const uint8_t set_13[] = {2, 17};
static const uint8_t set_14[] = {17, 53};
static const uint8_t set_15[] = {17, 52};
static const uint8_t set_16[] = {17, 51, 60};
static const uint8_t set_17[] = {50};
static const uint8_t set_18[] = {17, 50};
static const uint8_t set_19[] = {17, 60, 64};
static const uint8_t set_20[] = {0, 1, 2, 3, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 50, 51,
    52, 53, 54, 55, 56, 57, 59, 60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70};

static const struct ends_set sets[] = {
    {NULL, 0},
    {set_1, 1},
    {set_2, 2},
    {set_3, 1},
    {set_4, 2},
    {set_5, 2},
    {set_6, 2},
    {set_7, 2},
    {set_8, 2},
    {set_9, 2},
    {set_10, 1},
    {set_11, 2},
    {set_12, 1},
    {set_13, 2},
    {set_14, 2},
    {set_15, 2},
    {set_16, 3},
    {set_17, 1},
    {set_18, 2},
    {set_19, 3},
    {set_20, 42},
};

static int init_service(const struct vwr_vdev_setup *setup, const struct vwr_features *features,
                        const struct vwr_service_memory *memory)
{
    const int r = vwr_net_vservice_init(&service, setup, features, &calls, memory, NULL);

    memcpy(&service.config, config, sizeof(config));
    return r;
}

static int open_client(struct vwr_dev *d)
{
    struct vwr_net_client_options o = {.requests = ends_request_options()};

    o.receiveq = ends_queue_memory(VWR_QUEUE_SHARED_BYTES(ENDS_QUEUE_SIZE));
    o.receiveq_buffers = ends_receive_memory();
    memset(&call_transmitq, 0, sizeof(call_transmitq));
    o.transmitq = ends_queue_memory(VWR_CLIENT_SHARED_BYTES(ENDS_QUEUE_SIZE, ENDS_CALLS, VWR_NET_CLIENT_TRANSMITQ_SLOT,
                                    ENDS_SEGMENTS));
    memset(&call_controlq, 0, sizeof(call_controlq));
    o.controlq = ends_queue_memory(VWR_CLIENT_SHARED_BYTES(ENDS_QUEUE_SIZE, ENDS_CALLS, VWR_NET_CLIENT_CONTROLQ_SLOT,
                                   ENDS_SEGMENTS));
    memset(&client, 0, sizeof(client));
    return vwr_net_client_open(&client, d, &o);
}

static int close_client(void)
{
    return vwr_net_client_close(&client);
}

const struct ends_device ends_device = {
    .name = "net",
    .id = 1,
    .config = config,
    .config_bytes = sizeof(config),
    .set = sets,
    .sets = 21,
    .queues = 3,
    .queue = queues,
    .ignored = &client.ignored,
    .dev = &service.service.dev,
    .rules = vwr_net_feature_rules,
    .rule_count = VWR_NET_FEATURE_RULE_COUNT,
    .init = init_service,
    .open = open_client,
    .close = close_client,
};
