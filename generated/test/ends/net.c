/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/net.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Network Device */

/* 28 messages, with the values that tests/pair/ends expects on both sides. */

#include "ends.h"
#include "vwr/client/net.h"
#include "vwr/service/net.h"

#include <string.h>

static struct vwr_net_client client;
static struct vwr_net_vservice service;

static struct vwr_net_client_transmitq_call call_transmitq;
static struct vwr_net_client_controlq_call call_controlq;

static struct vwr_net_client_receiveq_queue family_receiveq[2];
static struct vwr_net_client_transmitq_queue family_transmitq[2];

static const uint8_t config[] = {
    0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x0, 0x2, 0x0, 0x44, 0x0, 0x5, 0x0, 0x0, 0x0,
    0x5, 0x28, 0x80, 0x0, 0x5, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0,
};

/* ---- transmit ---- */

static int called_transmit(struct vwr_net_vservice *s, struct vwr_vmessage *x)
{
    ENDS_SAME(s == &service, true);
    return ends_called(x, "transmit");
}

static void forms_of_transmit(void)
{
}

static int call_of_transmit(enum ends_do what)
{
    struct vwr_net_client_transmitq_call *const call = &call_transmitq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_transmit();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_net_client_transmit_submit(&client, ends.queue->number, call, ends_out(0), 64, ends_out(64), 2);
    if (what == ENDS_NO_QUEUE)
        return vwr_net_client_transmit_submit(&client, 2, call, ends_out(0), 64, ends_out(64), 2);
    if (what == ENDS_DONE) {
        vwr_net_vservice_transmit_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_transmit(&client, ends.queue->number, ends_out(0), 64, ends_out(64), 2);
    return r;
}

/* ---- rx_promisc ---- */

static const uint8_t out_rx_promisc[] = {
    0x0, 0x0, 0x2f,
};

static const uint8_t back_rx_promisc[] = {
    0x0,
};

static const struct vwr_net_rx_promisc_msg given_rx_promisc = {
    .enable = 0x2fu,
};

static int called_rx_promisc(struct vwr_net_vservice *s, struct vwr_vmessage *x, const struct vwr_net_rx_promisc_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->enable, 0x2fu);

    return ends_called(x, "rx_promisc");
}

static void forms_of_rx_promisc(void)
{
    {
        struct vwr_net_rx_promisc_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_rx_promisc, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_net_rx_promisc_msg_encode(&form, false, &given_rx_promisc);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_net_rx_promisc_msg values;
        const struct vwr_net_rx_promisc_msg *const m = &values;

        memcpy(&form, out_rx_promisc, sizeof(form));
        vwr_net_rx_promisc_msg_decode(&form, false, &values);
    ENDS_SAME(m->enable, 0x2fu);

    }

}

static int call_of_rx_promisc(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_rx_promisc();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_net_client_rx_promisc_submit(&client, call, &given_rx_promisc);
    if (what == ENDS_DONE) {
        vwr_net_vservice_rx_promisc_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_rx_promisc(&client, &given_rx_promisc);
    return r;
}

/* ---- rx_allmulti ---- */

static const uint8_t out_rx_allmulti[] = {
    0x0, 0x1, 0x2f,
};

static const uint8_t back_rx_allmulti[] = {
    0x0,
};

static const struct vwr_net_rx_allmulti_msg given_rx_allmulti = {
    .enable = 0x2fu,
};

static int called_rx_allmulti(struct vwr_net_vservice *s, struct vwr_vmessage *x,
                              const struct vwr_net_rx_allmulti_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->enable, 0x2fu);

    return ends_called(x, "rx_allmulti");
}

static void forms_of_rx_allmulti(void)
{
    {
        struct vwr_net_rx_allmulti_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_rx_allmulti, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_net_rx_allmulti_msg_encode(&form, false, &given_rx_allmulti);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_net_rx_allmulti_msg values;
        const struct vwr_net_rx_allmulti_msg *const m = &values;

        memcpy(&form, out_rx_allmulti, sizeof(form));
        vwr_net_rx_allmulti_msg_decode(&form, false, &values);
    ENDS_SAME(m->enable, 0x2fu);

    }

}

static int call_of_rx_allmulti(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_rx_allmulti();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_net_client_rx_allmulti_submit(&client, call, &given_rx_allmulti);
    if (what == ENDS_DONE) {
        vwr_net_vservice_rx_allmulti_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_rx_allmulti(&client, &given_rx_allmulti);
    return r;
}

/* ---- rx_alluni ---- */

static const uint8_t out_rx_alluni[] = {
    0x0, 0x2, 0x2f,
};

static const uint8_t back_rx_alluni[] = {
    0x0,
};

static const struct vwr_net_rx_alluni_msg given_rx_alluni = {
    .enable = 0x2fu,
};

static int called_rx_alluni(struct vwr_net_vservice *s, struct vwr_vmessage *x, const struct vwr_net_rx_alluni_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->enable, 0x2fu);

    return ends_called(x, "rx_alluni");
}

static void forms_of_rx_alluni(void)
{
    {
        struct vwr_net_rx_alluni_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_rx_alluni, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_net_rx_alluni_msg_encode(&form, false, &given_rx_alluni);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_net_rx_alluni_msg values;
        const struct vwr_net_rx_alluni_msg *const m = &values;

        memcpy(&form, out_rx_alluni, sizeof(form));
        vwr_net_rx_alluni_msg_decode(&form, false, &values);
    ENDS_SAME(m->enable, 0x2fu);

    }

}

static int call_of_rx_alluni(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_rx_alluni();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_net_client_rx_alluni_submit(&client, call, &given_rx_alluni);
    if (what == ENDS_DONE) {
        vwr_net_vservice_rx_alluni_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_rx_alluni(&client, &given_rx_alluni);
    return r;
}

/* ---- rx_nomulti ---- */

static const uint8_t out_rx_nomulti[] = {
    0x0, 0x3, 0x2f,
};

static const uint8_t back_rx_nomulti[] = {
    0x0,
};

static const struct vwr_net_rx_nomulti_msg given_rx_nomulti = {
    .enable = 0x2fu,
};

static int called_rx_nomulti(struct vwr_net_vservice *s, struct vwr_vmessage *x, const struct vwr_net_rx_nomulti_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->enable, 0x2fu);

    return ends_called(x, "rx_nomulti");
}

static void forms_of_rx_nomulti(void)
{
    {
        struct vwr_net_rx_nomulti_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_rx_nomulti, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_net_rx_nomulti_msg_encode(&form, false, &given_rx_nomulti);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_net_rx_nomulti_msg values;
        const struct vwr_net_rx_nomulti_msg *const m = &values;

        memcpy(&form, out_rx_nomulti, sizeof(form));
        vwr_net_rx_nomulti_msg_decode(&form, false, &values);
    ENDS_SAME(m->enable, 0x2fu);

    }

}

static int call_of_rx_nomulti(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_rx_nomulti();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_net_client_rx_nomulti_submit(&client, call, &given_rx_nomulti);
    if (what == ENDS_DONE) {
        vwr_net_vservice_rx_nomulti_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_rx_nomulti(&client, &given_rx_nomulti);
    return r;
}

/* ---- rx_nouni ---- */

static const uint8_t out_rx_nouni[] = {
    0x0, 0x4, 0x2f,
};

static const uint8_t back_rx_nouni[] = {
    0x0,
};

static const struct vwr_net_rx_nouni_msg given_rx_nouni = {
    .enable = 0x2fu,
};

static int called_rx_nouni(struct vwr_net_vservice *s, struct vwr_vmessage *x, const struct vwr_net_rx_nouni_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->enable, 0x2fu);

    return ends_called(x, "rx_nouni");
}

static void forms_of_rx_nouni(void)
{
    {
        struct vwr_net_rx_nouni_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_rx_nouni, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_net_rx_nouni_msg_encode(&form, false, &given_rx_nouni);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_net_rx_nouni_msg values;
        const struct vwr_net_rx_nouni_msg *const m = &values;

        memcpy(&form, out_rx_nouni, sizeof(form));
        vwr_net_rx_nouni_msg_decode(&form, false, &values);
    ENDS_SAME(m->enable, 0x2fu);

    }

}

static int call_of_rx_nouni(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_rx_nouni();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_net_client_rx_nouni_submit(&client, call, &given_rx_nouni);
    if (what == ENDS_DONE) {
        vwr_net_vservice_rx_nouni_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_rx_nouni(&client, &given_rx_nouni);
    return r;
}

/* ---- rx_nobcast ---- */

static const uint8_t out_rx_nobcast[] = {
    0x0, 0x5, 0x2f,
};

static const uint8_t back_rx_nobcast[] = {
    0x0,
};

static const struct vwr_net_rx_nobcast_msg given_rx_nobcast = {
    .enable = 0x2fu,
};

static int called_rx_nobcast(struct vwr_net_vservice *s, struct vwr_vmessage *x, const struct vwr_net_rx_nobcast_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->enable, 0x2fu);

    return ends_called(x, "rx_nobcast");
}

static void forms_of_rx_nobcast(void)
{
    {
        struct vwr_net_rx_nobcast_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_rx_nobcast, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_net_rx_nobcast_msg_encode(&form, false, &given_rx_nobcast);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_net_rx_nobcast_msg values;
        const struct vwr_net_rx_nobcast_msg *const m = &values;

        memcpy(&form, out_rx_nobcast, sizeof(form));
        vwr_net_rx_nobcast_msg_decode(&form, false, &values);
    ENDS_SAME(m->enable, 0x2fu);

    }

}

static int call_of_rx_nobcast(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_rx_nobcast();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_net_client_rx_nobcast_submit(&client, call, &given_rx_nobcast);
    if (what == ENDS_DONE) {
        vwr_net_vservice_rx_nobcast_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_rx_nobcast(&client, &given_rx_nobcast);
    return r;
}

/* ---- mac_table_set ---- */

static const uint8_t out_mac_table_set[] = {
    0x1, 0x0, 0x2, 0x0, 0x0, 0x0,
};

static const uint8_t back_mac_table_set[] = {
    0x0,
};

static const struct vwr_net_mac_table_set_msg given_mac_table_set = {
    .entries = 0x2u,
};

static int called_mac_table_set(struct vwr_net_vservice *s, struct vwr_vmessage *x,
                                const struct vwr_net_mac_table_set_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->entries, 0x2u);

    return ends_called(x, "mac_table_set");
}

static void forms_of_mac_table_set(void)
{
    {
        struct vwr_net_mac_table_set_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_mac_table_set, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_net_mac_table_set_msg_encode(&form, false, &given_mac_table_set);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_net_mac_table_set_msg values;
        const struct vwr_net_mac_table_set_msg *const m = &values;

        memcpy(&form, out_mac_table_set, sizeof(form));
        vwr_net_mac_table_set_msg_decode(&form, false, &values);
    ENDS_SAME(m->entries, 0x2u);

    }

}

static int call_of_mac_table_set(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_mac_table_set();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_net_client_mac_table_set_submit(&client, call, &given_mac_table_set, ends_out(0), ends_out(12),
                                                   ends_out(16), 12);
    if (what == ENDS_DONE) {
        vwr_net_vservice_mac_table_set_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_mac_table_set(&client, &given_mac_table_set, ends_out(0), ends_out(12), ends_out(16), 12);
    return r;
}

/* ---- mac_addr_set ---- */

static const uint8_t out_mac_addr_set[] = {
    0x1, 0x1, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52,
};

static const uint8_t back_mac_addr_set[] = {
    0x0,
};

static const struct vwr_net_mac_addr_set_msg given_mac_addr_set = {
    .octets = {0x2fu, 0x36u, 0x3du, 0x44u, 0x4bu, 0x52u},
};

static int called_mac_addr_set(struct vwr_net_vservice *s, struct vwr_vmessage *x,
                               const struct vwr_net_mac_addr_set_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME_BYTES(m->octets, given_mac_addr_set.octets, sizeof(m->octets));

    return ends_called(x, "mac_addr_set");
}

static void forms_of_mac_addr_set(void)
{
    {
        struct vwr_net_mac_addr_set_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_mac_addr_set, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_net_mac_addr_set_msg_encode(&form, false, &given_mac_addr_set);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_net_mac_addr_set_msg values;
        const struct vwr_net_mac_addr_set_msg *const m = &values;

        memcpy(&form, out_mac_addr_set, sizeof(form));
        vwr_net_mac_addr_set_msg_decode(&form, false, &values);
    ENDS_SAME_BYTES(m->octets, given_mac_addr_set.octets, sizeof(m->octets));

    }

}

static int call_of_mac_addr_set(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_mac_addr_set();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_net_client_mac_addr_set_submit(&client, call, &given_mac_addr_set);
    if (what == ENDS_DONE) {
        vwr_net_vservice_mac_addr_set_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_mac_addr_set(&client, &given_mac_addr_set);
    return r;
}

/* ---- vlan_add ---- */

static const uint8_t out_vlan_add[] = {
    0x2, 0x0, 0x2f, 0x36,
};

static const uint8_t back_vlan_add[] = {
    0x0,
};

static const struct vwr_net_vlan_add_msg given_vlan_add = {
    .id = 0x362fu,
};

static int called_vlan_add(struct vwr_net_vservice *s, struct vwr_vmessage *x, const struct vwr_net_vlan_add_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->id, 0x362fu);

    return ends_called(x, "vlan_add");
}

static void forms_of_vlan_add(void)
{
    {
        struct vwr_net_vlan_add_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_vlan_add, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_net_vlan_add_msg_encode(&form, false, &given_vlan_add);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_net_vlan_add_msg values;
        const struct vwr_net_vlan_add_msg *const m = &values;

        memcpy(&form, out_vlan_add, sizeof(form));
        vwr_net_vlan_add_msg_decode(&form, false, &values);
    ENDS_SAME(m->id, 0x362fu);

    }

}

static int call_of_vlan_add(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_vlan_add();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_net_client_vlan_add_submit(&client, call, &given_vlan_add);
    if (what == ENDS_DONE) {
        vwr_net_vservice_vlan_add_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_vlan_add(&client, &given_vlan_add);
    return r;
}

/* ---- vlan_del ---- */

static const uint8_t out_vlan_del[] = {
    0x2, 0x1, 0x2f, 0x36,
};

static const uint8_t back_vlan_del[] = {
    0x0,
};

static const struct vwr_net_vlan_del_msg given_vlan_del = {
    .id = 0x362fu,
};

static int called_vlan_del(struct vwr_net_vservice *s, struct vwr_vmessage *x, const struct vwr_net_vlan_del_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->id, 0x362fu);

    return ends_called(x, "vlan_del");
}

static void forms_of_vlan_del(void)
{
    {
        struct vwr_net_vlan_del_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_vlan_del, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_net_vlan_del_msg_encode(&form, false, &given_vlan_del);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_net_vlan_del_msg values;
        const struct vwr_net_vlan_del_msg *const m = &values;

        memcpy(&form, out_vlan_del, sizeof(form));
        vwr_net_vlan_del_msg_decode(&form, false, &values);
    ENDS_SAME(m->id, 0x362fu);

    }

}

static int call_of_vlan_del(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_vlan_del();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_net_client_vlan_del_submit(&client, call, &given_vlan_del);
    if (what == ENDS_DONE) {
        vwr_net_vservice_vlan_del_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_vlan_del(&client, &given_vlan_del);
    return r;
}

/* ---- announce_ack ---- */

static const uint8_t out_announce_ack[] = {
    0x3, 0x0,
};

static const uint8_t back_announce_ack[] = {
    0x0,
};

static int called_announce_ack(struct vwr_net_vservice *s, struct vwr_vmessage *x)
{
    ENDS_SAME(s == &service, true);
    return ends_called(x, "announce_ack");
}

static void forms_of_announce_ack(void)
{
    {
        struct vwr_net_announce_ack_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_announce_ack, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_net_announce_ack_msg_encode(&form, false);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
    }

}

static int call_of_announce_ack(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_announce_ack();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_net_client_announce_ack_submit(&client, call);
    if (what == ENDS_DONE) {
        vwr_net_vservice_announce_ack_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_announce_ack(&client);
    return r;
}

/* ---- mq_vq_pairs_set ---- */

static const uint8_t out_mq_vq_pairs_set[] = {
    0x4, 0x0, 0x2f, 0x36,
};

static const uint8_t back_mq_vq_pairs_set[] = {
    0x0,
};

static const struct vwr_net_mq_vq_pairs_set_msg given_mq_vq_pairs_set = {
    .virtqueue_pairs = 0x362fu,
};

static int called_mq_vq_pairs_set(struct vwr_net_vservice *s, struct vwr_vmessage *x,
                                  const struct vwr_net_mq_vq_pairs_set_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->virtqueue_pairs, 0x362fu);

    return ends_called(x, "mq_vq_pairs_set");
}

static void forms_of_mq_vq_pairs_set(void)
{
    {
        struct vwr_net_mq_vq_pairs_set_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_mq_vq_pairs_set, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_net_mq_vq_pairs_set_msg_encode(&form, false, &given_mq_vq_pairs_set);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_net_mq_vq_pairs_set_msg values;
        const struct vwr_net_mq_vq_pairs_set_msg *const m = &values;

        memcpy(&form, out_mq_vq_pairs_set, sizeof(form));
        vwr_net_mq_vq_pairs_set_msg_decode(&form, false, &values);
    ENDS_SAME(m->virtqueue_pairs, 0x362fu);

    }

}

static int call_of_mq_vq_pairs_set(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_mq_vq_pairs_set();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_net_client_mq_vq_pairs_set_submit(&client, call, &given_mq_vq_pairs_set);
    if (what == ENDS_DONE) {
        vwr_net_vservice_mq_vq_pairs_set_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_mq_vq_pairs_set(&client, &given_mq_vq_pairs_set);
    return r;
}

/* ---- mq_rss_config ---- */

static const uint8_t out_mq_rss_config[] = {
    0x4, 0x1, 0x2f, 0x36, 0x3d, 0x44, 0x2, 0x0, 0x59, 0x60,
};

static const uint8_t back_mq_rss_config[] = {
    0x0,
};

static const struct vwr_net_mq_rss_config_msg given_mq_rss_config = {
    .hash_types = 0x443d362fu,
    .indirection_table_mask = 0x2u,
    .id = 0x6059u,
};

static int called_mq_rss_config(struct vwr_net_vservice *s, struct vwr_vmessage *x,
                                const struct vwr_net_mq_rss_config_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->hash_types, 0x443d362fu);
    ENDS_SAME(m->indirection_table_mask, 0x2u);
    ENDS_SAME(m->id, 0x6059u);

    return ends_called(x, "mq_rss_config");
}

static void forms_of_mq_rss_config(void)
{
    {
        struct vwr_net_mq_rss_config_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_mq_rss_config, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_net_mq_rss_config_msg_encode(&form, false, &given_mq_rss_config);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_net_mq_rss_config_msg values;
        const struct vwr_net_mq_rss_config_msg *const m = &values;

        memcpy(&form, out_mq_rss_config, sizeof(form));
        vwr_net_mq_rss_config_msg_decode(&form, false, &values);
    ENDS_SAME(m->hash_types, 0x443d362fu);
        ENDS_SAME(m->indirection_table_mask, 0x2u);
        ENDS_SAME(m->id, 0x6059u);

    }

}

static int call_of_mq_rss_config(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_mq_rss_config();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_net_client_mq_rss_config_submit(&client, call, &given_mq_rss_config, ends_out(0), ends_out(6),
                                                   ends_out(8), ends_out(9), 2);
    if (what == ENDS_DONE) {
        vwr_net_vservice_mq_rss_config_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_mq_rss_config(&client, &given_mq_rss_config, ends_out(0), ends_out(6), ends_out(8), ends_out(9),
                                     2);
    return r;
}

/* ---- mq_hash_config ---- */

static const uint8_t out_mq_hash_config[] = {
    0x4, 0x2, 0x2f, 0x36, 0x3d, 0x44, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x6,
};

static const uint8_t back_mq_hash_config[] = {
    0x0,
};

static const struct vwr_net_mq_hash_config_msg given_mq_hash_config = {
    .hash_types = 0x443d362fu,
    .hash_key_length = 0x6u,
};

static int called_mq_hash_config(struct vwr_net_vservice *s, struct vwr_vmessage *x,
                                 const struct vwr_net_mq_hash_config_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->hash_types, 0x443d362fu);
    ENDS_SAME(m->hash_key_length, 0x6u);

    return ends_called(x, "mq_hash_config");
}

static void forms_of_mq_hash_config(void)
{
    {
        struct vwr_net_mq_hash_config_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_mq_hash_config, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_net_mq_hash_config_msg_encode(&form, false, &given_mq_hash_config);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_net_mq_hash_config_msg values;
        const struct vwr_net_mq_hash_config_msg *const m = &values;

        memcpy(&form, out_mq_hash_config, sizeof(form));
        vwr_net_mq_hash_config_msg_decode(&form, false, &values);
    ENDS_SAME(m->hash_types, 0x443d362fu);
        ENDS_SAME(m->hash_key_length, 0x6u);

    }

}

static int call_of_mq_hash_config(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_mq_hash_config();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_net_client_mq_hash_config_submit(&client, call, &given_mq_hash_config, ends_out(0));
    if (what == ENDS_DONE) {
        vwr_net_vservice_mq_hash_config_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_mq_hash_config(&client, &given_mq_hash_config, ends_out(0));
    return r;
}

/* ---- guest_offloads_set ---- */

static const uint8_t out_guest_offloads_set[] = {
    0x5, 0x0, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60,
};

static const uint8_t back_guest_offloads_set[] = {
    0x0,
};

static const struct vwr_net_guest_offloads_set_msg given_guest_offloads_set = {
    .offloads = UINT64_C(0x6059524b443d362f),
};

static int called_guest_offloads_set(struct vwr_net_vservice *s, struct vwr_vmessage *x,
                                     const struct vwr_net_guest_offloads_set_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->offloads, UINT64_C(0x6059524b443d362f));

    return ends_called(x, "guest_offloads_set");
}

static void forms_of_guest_offloads_set(void)
{
    {
        struct vwr_net_guest_offloads_set_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_guest_offloads_set, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_net_guest_offloads_set_msg_encode(&form, false, &given_guest_offloads_set);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_net_guest_offloads_set_msg values;
        const struct vwr_net_guest_offloads_set_msg *const m = &values;

        memcpy(&form, out_guest_offloads_set, sizeof(form));
        vwr_net_guest_offloads_set_msg_decode(&form, false, &values);
    ENDS_SAME(m->offloads, UINT64_C(0x6059524b443d362f));

    }

}

static int call_of_guest_offloads_set(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_guest_offloads_set();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_net_client_guest_offloads_set_submit(&client, call, &given_guest_offloads_set);
    if (what == ENDS_DONE) {
        vwr_net_vservice_guest_offloads_set_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_guest_offloads_set(&client, &given_guest_offloads_set);
    return r;
}

/* ---- notf_coal_tx_set ---- */

static const uint8_t out_notf_coal_tx_set[] = {
    0x6, 0x0, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60,
};

static const uint8_t back_notf_coal_tx_set[] = {
    0x0,
};

static const struct vwr_net_notf_coal_tx_set_msg given_notf_coal_tx_set = {
    .max_packets = 0x443d362fu,
    .max_usecs = 0x6059524bu,
};

static int called_notf_coal_tx_set(struct vwr_net_vservice *s, struct vwr_vmessage *x,
                                   const struct vwr_net_notf_coal_tx_set_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->max_packets, 0x443d362fu);
    ENDS_SAME(m->max_usecs, 0x6059524bu);

    return ends_called(x, "notf_coal_tx_set");
}

static void forms_of_notf_coal_tx_set(void)
{
    {
        struct vwr_net_notf_coal_tx_set_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_notf_coal_tx_set, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_net_notf_coal_tx_set_msg_encode(&form, false, &given_notf_coal_tx_set);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_net_notf_coal_tx_set_msg values;
        const struct vwr_net_notf_coal_tx_set_msg *const m = &values;

        memcpy(&form, out_notf_coal_tx_set, sizeof(form));
        vwr_net_notf_coal_tx_set_msg_decode(&form, false, &values);
    ENDS_SAME(m->max_packets, 0x443d362fu);
        ENDS_SAME(m->max_usecs, 0x6059524bu);

    }

}

static int call_of_notf_coal_tx_set(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_notf_coal_tx_set();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_net_client_notf_coal_tx_set_submit(&client, call, &given_notf_coal_tx_set);
    if (what == ENDS_DONE) {
        vwr_net_vservice_notf_coal_tx_set_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_notf_coal_tx_set(&client, &given_notf_coal_tx_set);
    return r;
}

/* ---- notf_coal_rx_set ---- */

static const uint8_t out_notf_coal_rx_set[] = {
    0x6, 0x1, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60,
};

static const uint8_t back_notf_coal_rx_set[] = {
    0x0,
};

static const struct vwr_net_notf_coal_rx_set_msg given_notf_coal_rx_set = {
    .max_packets = 0x443d362fu,
    .max_usecs = 0x6059524bu,
};

static int called_notf_coal_rx_set(struct vwr_net_vservice *s, struct vwr_vmessage *x,
                                   const struct vwr_net_notf_coal_rx_set_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->max_packets, 0x443d362fu);
    ENDS_SAME(m->max_usecs, 0x6059524bu);

    return ends_called(x, "notf_coal_rx_set");
}

static void forms_of_notf_coal_rx_set(void)
{
    {
        struct vwr_net_notf_coal_rx_set_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_notf_coal_rx_set, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_net_notf_coal_rx_set_msg_encode(&form, false, &given_notf_coal_rx_set);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_net_notf_coal_rx_set_msg values;
        const struct vwr_net_notf_coal_rx_set_msg *const m = &values;

        memcpy(&form, out_notf_coal_rx_set, sizeof(form));
        vwr_net_notf_coal_rx_set_msg_decode(&form, false, &values);
    ENDS_SAME(m->max_packets, 0x443d362fu);
        ENDS_SAME(m->max_usecs, 0x6059524bu);

    }

}

static int call_of_notf_coal_rx_set(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_notf_coal_rx_set();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_net_client_notf_coal_rx_set_submit(&client, call, &given_notf_coal_rx_set);
    if (what == ENDS_DONE) {
        vwr_net_vservice_notf_coal_rx_set_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_notf_coal_rx_set(&client, &given_notf_coal_rx_set);
    return r;
}

/* ---- notf_coal_vq_set ---- */

static const uint8_t out_notf_coal_vq_set[] = {
    0x6, 0x2, 0x2f, 0x36, 0x0, 0x0, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c,
};

static const uint8_t back_notf_coal_vq_set[] = {
    0x0,
};

static const struct vwr_net_notf_coal_vq_set_msg given_notf_coal_vq_set = {
    .vq_index = 0x362fu,
    .max_packets = 0x6059524bu,
    .max_usecs = 0x7c756e67u,
};

static int called_notf_coal_vq_set(struct vwr_net_vservice *s, struct vwr_vmessage *x,
                                   const struct vwr_net_notf_coal_vq_set_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->vq_index, 0x362fu);
    ENDS_SAME(m->max_packets, 0x6059524bu);
    ENDS_SAME(m->max_usecs, 0x7c756e67u);

    return ends_called(x, "notf_coal_vq_set");
}

static void forms_of_notf_coal_vq_set(void)
{
    {
        struct vwr_net_notf_coal_vq_set_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_notf_coal_vq_set, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_net_notf_coal_vq_set_msg_encode(&form, false, &given_notf_coal_vq_set);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_net_notf_coal_vq_set_msg values;
        const struct vwr_net_notf_coal_vq_set_msg *const m = &values;

        memcpy(&form, out_notf_coal_vq_set, sizeof(form));
        vwr_net_notf_coal_vq_set_msg_decode(&form, false, &values);
    ENDS_SAME(m->vq_index, 0x362fu);
        ENDS_SAME(m->max_packets, 0x6059524bu);
        ENDS_SAME(m->max_usecs, 0x7c756e67u);

    }

}

static int call_of_notf_coal_vq_set(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_notf_coal_vq_set();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_net_client_notf_coal_vq_set_submit(&client, call, &given_notf_coal_vq_set);
    if (what == ENDS_DONE) {
        vwr_net_vservice_notf_coal_vq_set_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_notf_coal_vq_set(&client, &given_notf_coal_vq_set);
    return r;
}

/* ---- notf_coal_vq_get ---- */

static const uint8_t out_notf_coal_vq_get[] = {
    0x6, 0x3, 0x2f, 0x36, 0x3d, 0x44,
};

static const uint8_t back_notf_coal_vq_get[] = {
    0x0, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x59,
};

static const struct vwr_net_notf_coal_vq_get_msg given_notf_coal_vq_get = {
    .vq_index = 0x362fu,
    .reserved = 0x443du,
};

static const struct vwr_net_notf_coal_vq_get_answer answer_notf_coal_vq_get = {
    .max_packets = 0x3d362f28u,
    .max_usecs = 0x59524b44u,
};

static const struct vwr_net_notf_coal_vq_get_answer blank_notf_coal_vq_get;

static int called_notf_coal_vq_get(struct vwr_net_vservice *s, struct vwr_vmessage *x,
                                   const struct vwr_net_notf_coal_vq_get_msg *m,
                                   struct vwr_net_notf_coal_vq_get_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->vq_index, 0x362fu);
    ENDS_SAME(m->reserved, 0x443du);

    if (!ends.blank)
        *a = answer_notf_coal_vq_get;
    return ends_called(x, "notf_coal_vq_get");
}

static void check_notf_coal_vq_get(const struct vwr_net_notf_coal_vq_get_answer *m)
{
    ENDS_SAME(m->max_packets, ends.blank ? blank_notf_coal_vq_get.max_packets : 0x3d362f28u);
    ENDS_SAME(m->max_usecs, ends.blank ? blank_notf_coal_vq_get.max_usecs : 0x59524b44u);

}

static void forms_of_notf_coal_vq_get(void)
{
    {
        struct vwr_net_notf_coal_vq_get_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_notf_coal_vq_get, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_net_notf_coal_vq_get_msg_encode(&form, false, &given_notf_coal_vq_get);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_net_notf_coal_vq_get_msg values;
        const struct vwr_net_notf_coal_vq_get_msg *const m = &values;

        memcpy(&form, out_notf_coal_vq_get, sizeof(form));
        vwr_net_notf_coal_vq_get_msg_decode(&form, false, &values);
    ENDS_SAME(m->vq_index, 0x362fu);
        ENDS_SAME(m->reserved, 0x443du);

    }

    {
        struct vwr_net_notf_coal_vq_get_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_notf_coal_vq_get, sizeof(want));
        memset(want + 0, 0, 1);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_net_notf_coal_vq_get_answer_encode(&form, false, &answer_notf_coal_vq_get);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_net_notf_coal_vq_get_answer values;
        const struct vwr_net_notf_coal_vq_get_answer *const m = &values;

        memcpy(&form, back_notf_coal_vq_get, sizeof(form));
        vwr_net_notf_coal_vq_get_answer_decode(&form, false, &values);
    ENDS_SAME(m->max_packets, 0x3d362f28u);
        ENDS_SAME(m->max_usecs, 0x59524b44u);

    }

}

static int call_of_notf_coal_vq_get(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    struct vwr_net_notf_coal_vq_get_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_notf_coal_vq_get();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_net_client_notf_coal_vq_get_submit(&client, call, &given_notf_coal_vq_get);
    if (what == ENDS_DONE) {
        vwr_net_vservice_notf_coal_vq_get_done(ends.kept, ends.ticket, VWR_OK, &answer_notf_coal_vq_get);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_net_client_notf_coal_vq_get_answer(&client, call, &a);
        check_notf_coal_vq_get(&a);
        return VWR_OK;
    }
    r = vwr_net_client_notf_coal_vq_get(&client, &given_notf_coal_vq_get, &a);
    if (r == VWR_OK)
        check_notf_coal_vq_get(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- hash_tunnel_set ---- */

static const uint8_t out_hash_tunnel_set[] = {
    0x7, 0x0, 0x2f, 0x36, 0x3d, 0x44,
};

static const uint8_t back_hash_tunnel_set[] = {
    0x0,
};

static const struct vwr_net_hash_tunnel_set_msg given_hash_tunnel_set = {
    .enabled_tunnel_types = 0x443d362fu,
};

static int called_hash_tunnel_set(struct vwr_net_vservice *s, struct vwr_vmessage *x,
                                  const struct vwr_net_hash_tunnel_set_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->enabled_tunnel_types, 0x443d362fu);

    return ends_called(x, "hash_tunnel_set");
}

static void forms_of_hash_tunnel_set(void)
{
    {
        struct vwr_net_hash_tunnel_set_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_hash_tunnel_set, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_net_hash_tunnel_set_msg_encode(&form, false, &given_hash_tunnel_set);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_net_hash_tunnel_set_msg values;
        const struct vwr_net_hash_tunnel_set_msg *const m = &values;

        memcpy(&form, out_hash_tunnel_set, sizeof(form));
        vwr_net_hash_tunnel_set_msg_decode(&form, false, &values);
    ENDS_SAME(m->enabled_tunnel_types, 0x443d362fu);

    }

}

static int call_of_hash_tunnel_set(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_hash_tunnel_set();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_net_client_hash_tunnel_set_submit(&client, call, &given_hash_tunnel_set);
    if (what == ENDS_DONE) {
        vwr_net_vservice_hash_tunnel_set_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_hash_tunnel_set(&client, &given_hash_tunnel_set);
    return r;
}

/* ---- stats_query ---- */

static const uint8_t out_stats_query[] = {
    0x8, 0x0,
};

static const uint8_t back_stats_query[] = {
    0x0, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x59,
};

static const struct vwr_net_stats_query_answer answer_stats_query = {
    .supported_stats_types = {UINT64_C(0x59524b443d362f28)},
};

static const struct vwr_net_stats_query_answer blank_stats_query;

static int called_stats_query(struct vwr_net_vservice *s, struct vwr_vmessage *x, struct vwr_net_stats_query_answer *a)
{
    ENDS_SAME(s == &service, true);
    if (!ends.blank)
        *a = answer_stats_query;
    return ends_called(x, "stats_query");
}

static void check_stats_query(const struct vwr_net_stats_query_answer *m)
{
    ENDS_SAME_BYTES(m->supported_stats_types,
                    ends.blank ? blank_stats_query.supported_stats_types : answer_stats_query.supported_stats_types,
                    sizeof(m->supported_stats_types));

}

static void forms_of_stats_query(void)
{
    {
        struct vwr_net_stats_query_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_stats_query, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_net_stats_query_msg_encode(&form, false);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
    }

    {
        struct vwr_net_stats_query_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_stats_query, sizeof(want));
        memset(want + 0, 0, 1);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_net_stats_query_answer_encode(&form, false, &answer_stats_query);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_net_stats_query_answer values;
        const struct vwr_net_stats_query_answer *const m = &values;

        memcpy(&form, back_stats_query, sizeof(form));
        vwr_net_stats_query_answer_decode(&form, false, &values);
    ENDS_SAME_BYTES(m->supported_stats_types, answer_stats_query.supported_stats_types,
                    sizeof(m->supported_stats_types));

    }

}

static int call_of_stats_query(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    struct vwr_net_stats_query_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_stats_query();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_net_client_stats_query_submit(&client, call);
    if (what == ENDS_DONE) {
        vwr_net_vservice_stats_query_done(ends.kept, ends.ticket, VWR_OK, &answer_stats_query);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_net_client_stats_query_answer(&client, call, &a);
        check_stats_query(&a);
        return VWR_OK;
    }
    r = vwr_net_client_stats_query(&client, &a);
    if (r == VWR_OK)
        check_stats_query(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- stats_get ---- */

static const uint8_t out_stats_get[] = {
    0x8, 0x1,
};

static const uint8_t back_stats_get[] = {
    0x0,
};

static int called_stats_get(struct vwr_net_vservice *s, struct vwr_vmessage *x)
{
    ENDS_SAME(s == &service, true);
    return ends_called(x, "stats_get");
}

static void forms_of_stats_get(void)
{
    {
        struct vwr_net_stats_get_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_stats_get, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_net_stats_get_msg_encode(&form, false);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
    }

}

static int call_of_stats_get(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    uint32_t written = 0;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_stats_get();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_net_client_stats_get_submit(&client, call, ends_out(0), 2, ends_in(0), 2);
    if (what == ENDS_DONE) {
        vwr_net_vservice_stats_get_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_stats_get(&client, ends_out(0), 2, ends_in(0), 2, &written);
    ends_written(r, written);
    return r;
}

/* ---- rss_ctx_cap_get ---- */

static const uint8_t out_rss_ctx_cap_get[] = {
    0x9, 0x0,
};

static const uint8_t back_rss_ctx_cap_get[] = {
    0x0, 0x28, 0x2f,
};

static const struct vwr_net_rss_ctx_cap_get_answer answer_rss_ctx_cap_get = {
    .max_rss_contexts = 0x2f28u,
};

static const struct vwr_net_rss_ctx_cap_get_answer blank_rss_ctx_cap_get;

static int called_rss_ctx_cap_get(struct vwr_net_vservice *s, struct vwr_vmessage *x,
                                  struct vwr_net_rss_ctx_cap_get_answer *a)
{
    ENDS_SAME(s == &service, true);
    if (!ends.blank)
        *a = answer_rss_ctx_cap_get;
    return ends_called(x, "rss_ctx_cap_get");
}

static void check_rss_ctx_cap_get(const struct vwr_net_rss_ctx_cap_get_answer *m)
{
    ENDS_SAME(m->max_rss_contexts, ends.blank ? blank_rss_ctx_cap_get.max_rss_contexts : 0x2f28u);

}

static void forms_of_rss_ctx_cap_get(void)
{
    {
        struct vwr_net_rss_ctx_cap_get_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_rss_ctx_cap_get, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_net_rss_ctx_cap_get_msg_encode(&form, false);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
    }

    {
        struct vwr_net_rss_ctx_cap_get_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_rss_ctx_cap_get, sizeof(want));
        memset(want + 0, 0, 1);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_net_rss_ctx_cap_get_answer_encode(&form, false, &answer_rss_ctx_cap_get);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_net_rss_ctx_cap_get_answer values;
        const struct vwr_net_rss_ctx_cap_get_answer *const m = &values;

        memcpy(&form, back_rss_ctx_cap_get, sizeof(form));
        vwr_net_rss_ctx_cap_get_answer_decode(&form, false, &values);
    ENDS_SAME(m->max_rss_contexts, 0x2f28u);

    }

}

static int call_of_rss_ctx_cap_get(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    struct vwr_net_rss_ctx_cap_get_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_rss_ctx_cap_get();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_net_client_rss_ctx_cap_get_submit(&client, call);
    if (what == ENDS_DONE) {
        vwr_net_vservice_rss_ctx_cap_get_done(ends.kept, ends.ticket, VWR_OK, &answer_rss_ctx_cap_get);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_net_client_rss_ctx_cap_get_answer(&client, call, &a);
        check_rss_ctx_cap_get(&a);
        return VWR_OK;
    }
    r = vwr_net_client_rss_ctx_cap_get(&client, &a);
    if (r == VWR_OK)
        check_rss_ctx_cap_get(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- rss_ctx_add ---- */

static const uint8_t out_rss_ctx_add[] = {
    0x9, 0x1, 0x2f, 0x36, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x67, 0x6e, 0x75, 0x7c, 0x2, 0x0,
    0x91, 0x98,
};

static const uint8_t back_rss_ctx_add[] = {
    0x0,
};

static const struct vwr_net_rss_ctx_add_msg given_rss_ctx_add = {
    .rss_ctx_id = 0x362fu,
    .hash_types = 0x7c756e67u,
    .indirection_table_mask = 0x2u,
    .id = 0x9891u,
};

static int called_rss_ctx_add(struct vwr_net_vservice *s, struct vwr_vmessage *x,
                              const struct vwr_net_rss_ctx_add_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->rss_ctx_id, 0x362fu);
    ENDS_SAME(m->hash_types, 0x7c756e67u);
    ENDS_SAME(m->indirection_table_mask, 0x2u);
    ENDS_SAME(m->id, 0x9891u);

    return ends_called(x, "rss_ctx_add");
}

static void forms_of_rss_ctx_add(void)
{
    {
        struct vwr_net_rss_ctx_add_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_rss_ctx_add, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_net_rss_ctx_add_msg_encode(&form, false, &given_rss_ctx_add);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_net_rss_ctx_add_msg values;
        const struct vwr_net_rss_ctx_add_msg *const m = &values;

        memcpy(&form, out_rss_ctx_add, sizeof(form));
        vwr_net_rss_ctx_add_msg_decode(&form, false, &values);
    ENDS_SAME(m->rss_ctx_id, 0x362fu);
        ENDS_SAME(m->hash_types, 0x7c756e67u);
        ENDS_SAME(m->indirection_table_mask, 0x2u);
        ENDS_SAME(m->id, 0x9891u);

    }

}

static int call_of_rss_ctx_add(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_rss_ctx_add();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_net_client_rss_ctx_add_submit(&client, call, &given_rss_ctx_add, ends_out(0), ends_out(6),
                                                 ends_out(8), ends_out(9), 2);
    if (what == ENDS_DONE) {
        vwr_net_vservice_rss_ctx_add_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_rss_ctx_add(&client, &given_rss_ctx_add, ends_out(0), ends_out(6), ends_out(8), ends_out(9), 2);
    return r;
}

/* ---- rss_ctx_mod ---- */

static const uint8_t out_rss_ctx_mod[] = {
    0x9, 0x2, 0x2f, 0x36, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x67, 0x6e, 0x75, 0x7c, 0x2, 0x0,
    0x91, 0x98,
};

static const uint8_t back_rss_ctx_mod[] = {
    0x0,
};

static const struct vwr_net_rss_ctx_mod_msg given_rss_ctx_mod = {
    .rss_ctx_id = 0x362fu,
    .hash_types = 0x7c756e67u,
    .indirection_table_mask = 0x2u,
    .id = 0x9891u,
};

static int called_rss_ctx_mod(struct vwr_net_vservice *s, struct vwr_vmessage *x,
                              const struct vwr_net_rss_ctx_mod_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->rss_ctx_id, 0x362fu);
    ENDS_SAME(m->hash_types, 0x7c756e67u);
    ENDS_SAME(m->indirection_table_mask, 0x2u);
    ENDS_SAME(m->id, 0x9891u);

    return ends_called(x, "rss_ctx_mod");
}

static void forms_of_rss_ctx_mod(void)
{
    {
        struct vwr_net_rss_ctx_mod_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_rss_ctx_mod, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_net_rss_ctx_mod_msg_encode(&form, false, &given_rss_ctx_mod);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_net_rss_ctx_mod_msg values;
        const struct vwr_net_rss_ctx_mod_msg *const m = &values;

        memcpy(&form, out_rss_ctx_mod, sizeof(form));
        vwr_net_rss_ctx_mod_msg_decode(&form, false, &values);
    ENDS_SAME(m->rss_ctx_id, 0x362fu);
        ENDS_SAME(m->hash_types, 0x7c756e67u);
        ENDS_SAME(m->indirection_table_mask, 0x2u);
        ENDS_SAME(m->id, 0x9891u);

    }

}

static int call_of_rss_ctx_mod(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_rss_ctx_mod();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_net_client_rss_ctx_mod_submit(&client, call, &given_rss_ctx_mod, ends_out(0), ends_out(6),
                                                 ends_out(8), ends_out(9), 2);
    if (what == ENDS_DONE) {
        vwr_net_vservice_rss_ctx_mod_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_rss_ctx_mod(&client, &given_rss_ctx_mod, ends_out(0), ends_out(6), ends_out(8), ends_out(9), 2);
    return r;
}

/* ---- rss_ctx_del ---- */

static const uint8_t out_rss_ctx_del[] = {
    0x9, 0x3, 0x2f, 0x36,
};

static const uint8_t back_rss_ctx_del[] = {
    0x0,
};

static const struct vwr_net_rss_ctx_del_msg given_rss_ctx_del = {
    .rss_ctx_id = 0x362fu,
};

static int called_rss_ctx_del(struct vwr_net_vservice *s, struct vwr_vmessage *x,
                              const struct vwr_net_rss_ctx_del_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->rss_ctx_id, 0x362fu);

    return ends_called(x, "rss_ctx_del");
}

static void forms_of_rss_ctx_del(void)
{
    {
        struct vwr_net_rss_ctx_del_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_rss_ctx_del, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_net_rss_ctx_del_msg_encode(&form, false, &given_rss_ctx_del);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_net_rss_ctx_del_msg values;
        const struct vwr_net_rss_ctx_del_msg *const m = &values;

        memcpy(&form, out_rss_ctx_del, sizeof(form));
        vwr_net_rss_ctx_del_msg_decode(&form, false, &values);
    ENDS_SAME(m->rss_ctx_id, 0x362fu);

    }

}

static int call_of_rss_ctx_del(enum ends_do what)
{
    struct vwr_net_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_rss_ctx_del();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_net_client_rss_ctx_del_submit(&client, call, &given_rss_ctx_del);
    if (what == ENDS_DONE) {
        vwr_net_vservice_rss_ctx_del_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_net_client_rss_ctx_del(&client, &given_rss_ctx_del);
    return r;
}

/* ---- receive ---- */

static void forms_of_receive(void)
{
}

static int poll_receiveq(void)
{
    struct vwr_net_client_receiveq_event e;
    const int n = vwr_net_client_poll_receiveq(&client, ends.queue->number, &e);

    if (n != 1)
        return n;
    ENDS_SAME(e.number, ends.queue->number);
    ends_polled((unsigned)e.type, e.data, e.data_bytes);
    vwr_net_client_return_receiveq(&client, &e);
    return n;
}

static int parse_receiveq(void)
{
    struct vwr_net_client_receiveq_event e;

    return vwr_net_client_receiveq_parse(ends.image, ends.image_bytes, false, &client.bringup.dev->config.features, &e);
}

static int call_of_receive(enum ends_do what)
{
    if (what == ENDS_FORMS) {
        forms_of_receive();
        return VWR_OK;
    }
    if (what == ENDS_POLL)
        return poll_receiveq();
    if (what == ENDS_PARSE)
        return parse_receiveq();
    if (what == ENDS_NO_QUEUE) {
        struct vwr_net_client_receiveq_event e;

        return vwr_net_client_poll_receiveq(&client, 2, &e);
    }
    return vwr_net_vservice_send_receive(&service, ends.queue->number, ends_out(0), 66);
}

static uint16_t index_receiveq(const struct vwr_vdev *v, uint16_t n)
{
    (void)v;
    return (uint16_t)(vwr_net_queue_receiveq_at(n));
}

static uint16_t index_transmitq(const struct vwr_vdev *v, uint16_t n)
{
    (void)v;
    return (uint16_t)(vwr_net_queue_transmitq_at(n));
}

static uint16_t index_controlq(const struct vwr_vdev *v, uint16_t n)
{
    const struct vwr_net_vservice *const s = &service;

    (void)n;
    return (uint16_t)(vwr_net_queue_controlq_at((vwr_vdev_has(v, VWR_NET_F_MQ) || vwr_vdev_has(v,
            VWR_NET_F_RSS) ? vwr_guest16(v->legacy, s->config.max_virtqueue_pairs) : 1u)));
}

static void posted(struct vwr_net_vservice *s, uint16_t queue)
{
    (void)queue;
    ENDS_SAME(s == &service, true);
    ends_posted();
}

static void hooked(struct vwr_net_vservice *s)
{
    ENDS_SAME(s == &service, true);
    ends.hooked++;
}

static void hooked_queue(struct vwr_net_vservice *s, uint16_t queue)
{
    (void)queue;
    hooked(s);
}

static void hooked_config(struct vwr_net_vservice *s, uint32_t offset, uint32_t bytes)
{
    ENDS_SAME(offset, 1);
    ENDS_SAME(bytes, 2);
    hooked(s);
}

static const struct vwr_net_vservice_calls no_calls;
static const struct vwr_net_vservice_calls calls = {
    .transmit = called_transmit,
    .rx_promisc = called_rx_promisc,
    .rx_allmulti = called_rx_allmulti,
    .rx_alluni = called_rx_alluni,
    .rx_nomulti = called_rx_nomulti,
    .rx_nouni = called_rx_nouni,
    .rx_nobcast = called_rx_nobcast,
    .mac_table_set = called_mac_table_set,
    .mac_addr_set = called_mac_addr_set,
    .vlan_add = called_vlan_add,
    .vlan_del = called_vlan_del,
    .announce_ack = called_announce_ack,
    .mq_vq_pairs_set = called_mq_vq_pairs_set,
    .mq_rss_config = called_mq_rss_config,
    .mq_hash_config = called_mq_hash_config,
    .guest_offloads_set = called_guest_offloads_set,
    .notf_coal_tx_set = called_notf_coal_tx_set,
    .notf_coal_rx_set = called_notf_coal_rx_set,
    .notf_coal_vq_set = called_notf_coal_vq_set,
    .notf_coal_vq_get = called_notf_coal_vq_get,
    .hash_tunnel_set = called_hash_tunnel_set,
    .stats_query = called_stats_query,
    .stats_get = called_stats_get,
    .rss_ctx_cap_get = called_rss_ctx_cap_get,
    .rss_ctx_add = called_rss_ctx_add,
    .rss_ctx_mod = called_rss_ctx_mod,
    .rss_ctx_del = called_rss_ctx_del,
    .posted = posted,
    .reset = hooked,
    .queue_reset = hooked_queue,
    .suspend = hooked,
    .config_written = hooked_config,
};

static const struct ends_message messages_receiveq[] = {
    {
        .name = "receive",
        .call = call_of_receive,
        .back = {NULL, 0, 0, 66, true, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x1fffff), .home = 20,
        .type = VWR_NET_CLIENT_RECEIVEQ_RECEIVE,
    },
};

static const struct ends_message messages_transmitq[] = {
    {
        .name = "transmit",
        .call = call_of_transmit,
        .out = {NULL, 0, 0, 66, true, 0, 1, 0, NULL, 0, 0, false},
        .back = {NULL, 0, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x1fffff), .home = 20,
    },
};

static const struct ends_message messages_controlq[] = {
    {
        .name = "rx_promisc",
        .call = call_of_rx_promisc,
        .out = {out_rx_promisc, 3, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_rx_promisc, 1, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x100004), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u, .refuses_beyond = true, .beyond = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "rx_allmulti",
        .call = call_of_rx_allmulti,
        .out = {out_rx_allmulti, 3, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_rx_allmulti, 1, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x100004), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u, .refuses_beyond = true, .beyond = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "rx_alluni",
        .call = call_of_rx_alluni,
        .out = {out_rx_alluni, 3, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_rx_alluni, 1, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x100010), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u, .refuses_beyond = true, .beyond = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "rx_nomulti",
        .call = call_of_rx_nomulti,
        .out = {out_rx_nomulti, 3, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_rx_nomulti, 1, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x100010), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u, .refuses_beyond = true, .beyond = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "rx_nouni",
        .call = call_of_rx_nouni,
        .out = {out_rx_nouni, 3, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_rx_nouni, 1, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x100010), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u, .refuses_beyond = true, .beyond = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "rx_nobcast",
        .call = call_of_rx_nobcast,
        .out = {out_rx_nobcast, 3, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_rx_nobcast, 1, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x100010), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u, .refuses_beyond = true, .beyond = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "mac_table_set",
        .call = call_of_mac_table_set,
        .out = {out_mac_table_set, 6, 0, 28, true, 16, 1, 0, NULL, 0, 0, false},
        .back = {back_mac_table_set, 1, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x100004), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u, .refuses_beyond = true, .beyond = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "mac_addr_set",
        .call = call_of_mac_addr_set,
        .out = {out_mac_addr_set, 8, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_mac_addr_set, 1, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x100020), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u, .refuses_beyond = true, .beyond = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "vlan_add",
        .call = call_of_vlan_add,
        .out = {out_vlan_add, 4, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_vlan_add, 1, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x100040), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u, .refuses_beyond = true, .beyond = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "vlan_del",
        .call = call_of_vlan_del,
        .out = {out_vlan_del, 4, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_vlan_del, 1, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x100040), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u, .refuses_beyond = true, .beyond = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "announce_ack",
        .call = call_of_announce_ack,
        .out = {out_announce_ack, 2, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_announce_ack, 1, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x100080), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u, .refuses_beyond = true, .beyond = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "mq_vq_pairs_set",
        .call = call_of_mq_vq_pairs_set,
        .out = {out_mq_vq_pairs_set, 4, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_mq_vq_pairs_set, 1, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x100100), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u, .refuses_beyond = true, .beyond = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "mq_rss_config",
        .call = call_of_mq_rss_config,
        .out = {out_mq_rss_config, 10, 0, 11, true, 9, 1, 0, NULL, 0, 0, false},
        .back = {back_mq_rss_config, 1, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x190200), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u, .refuses_beyond = true, .beyond = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "mq_hash_config",
        .call = call_of_mq_hash_config,
        .out = {out_mq_hash_config, 15, 0, 6, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_mq_hash_config, 1, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x100800), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u, .refuses_beyond = true, .beyond = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "guest_offloads_set",
        .call = call_of_guest_offloads_set,
        .out = {out_guest_offloads_set, 10, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_guest_offloads_set, 1, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x102000), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u, .refuses_beyond = true, .beyond = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "notf_coal_tx_set",
        .call = call_of_notf_coal_tx_set,
        .out = {out_notf_coal_tx_set, 10, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_notf_coal_tx_set, 1, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x104000), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u, .refuses_beyond = true, .beyond = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "notf_coal_rx_set",
        .call = call_of_notf_coal_rx_set,
        .out = {out_notf_coal_rx_set, 10, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_notf_coal_rx_set, 1, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x104000), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u, .refuses_beyond = true, .beyond = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "notf_coal_vq_set",
        .call = call_of_notf_coal_vq_set,
        .out = {out_notf_coal_vq_set, 14, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_notf_coal_vq_set, 1, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x108000), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u, .refuses_beyond = true, .beyond = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "notf_coal_vq_get",
        .call = call_of_notf_coal_vq_get,
        .out = {out_notf_coal_vq_get, 6, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_notf_coal_vq_get, 9, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x108000), .home = 20,
        .fills = true,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u, .refuses_beyond = true, .beyond = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "hash_tunnel_set",
        .call = call_of_hash_tunnel_set,
        .out = {out_hash_tunnel_set, 6, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_hash_tunnel_set, 1, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x110000), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u, .refuses_beyond = true, .beyond = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "stats_query",
        .call = call_of_stats_query,
        .out = {out_stats_query, 2, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_stats_query, 9, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x140000), .home = 20,
        .fills = true,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u, .refuses_beyond = true, .beyond = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "stats_get",
        .call = call_of_stats_get,
        .out = {out_stats_get, 2, 0, 2, true, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_stats_get, 1, 0, 2, true, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x140000), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u, .refuses_beyond = true, .beyond = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "rss_ctx_cap_get",
        .call = call_of_rss_ctx_cap_get,
        .out = {out_rss_ctx_cap_get, 2, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_rss_ctx_cap_get, 3, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x180000), .home = 20,
        .fills = true,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u, .refuses_beyond = true, .beyond = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "rss_ctx_add",
        .call = call_of_rss_ctx_add,
        .out = {out_rss_ctx_add, 18, 0, 11, true, 9, 1, 0, NULL, 0, 0, false},
        .back = {back_rss_ctx_add, 1, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x180000), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u, .refuses_beyond = true, .beyond = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "rss_ctx_mod",
        .call = call_of_rss_ctx_mod,
        .out = {out_rss_ctx_mod, 18, 0, 11, true, 9, 1, 0, NULL, 0, 0, false},
        .back = {back_rss_ctx_mod, 1, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x180000), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u, .refuses_beyond = true, .beyond = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "rss_ctx_del",
        .call = call_of_rss_ctx_del,
        .out = {out_rss_ctx_del, 4, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_rss_ctx_del, 1, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x180000), .home = 20,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u, .refuses_beyond = true, .beyond = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
};
static const struct ends_unknown unknown_controlq[] = {
    {0, 1, 0, 0xffu, 0xfeu, false},
    {1, 1, 0, 0xffu, 0xfeu, false},
};

static const struct ends_queue queues[] = {
    {
        .name = "receiveq", .kind = ENDS_EVENT, .sets = UINT64_C(0x1fffff), .index = index_receiveq,
        .message = messages_receiveq, .messages = 1, .place = ENDS_FRONT, .select_end = 0, .big = false,
        .receive = &family_receiveq[0].q, .least = 10,
    },
    {
        .name = "transmitq", .kind = ENDS_REQUEST, .sets = UINT64_C(0x1fffff), .index = index_transmitq,
        .message = messages_transmitq, .messages = 1, .place = ENDS_FRONT, .select_end = 0, .big = false,
        .requests = &family_transmitq[0].q, .call = &call_transmitq.call, .own = &family_transmitq[0].own.call,
        .family = true,
    },
    {
        .name = "controlq", .kind = ENDS_REQUEST, .sets = UINT64_C(0x1debf6), .index = index_controlq,
        .message = messages_controlq, .messages = 26, .place = ENDS_FRONT, .select_end = 2, .big = false,
        .unknown = unknown_controlq, .unknowns = 2,
        .requests = &client.controlq, .call = &call_controlq.call, .own = &client.controlq_own.call,
    },
    {
        .name = "receiveq", .kind = ENDS_EVENT, .sets = UINT64_C(0x190300), .index = index_receiveq,
        .number = 1,
        .message = messages_receiveq, .messages = 1, .place = ENDS_FRONT, .select_end = 0, .big = false,
        .receive = &family_receiveq[1].q, .least = 10,
    },
    {
        .name = "transmitq", .kind = ENDS_REQUEST, .sets = UINT64_C(0x190300), .index = index_transmitq,
        .number = 1,
        .message = messages_transmitq, .messages = 1, .place = ENDS_FRONT, .select_end = 0, .big = false,
        .requests = &family_transmitq[1].q, .call = &call_transmitq.call, .own = &family_transmitq[1].own.call,
        .family = true,
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
    {NULL, 0, NULL, 0},
    {set_1, 1, NULL, 0},
    {set_2, 2, NULL, 0},
    {set_3, 1, NULL, 0},
    {set_4, 2, NULL, 0},
    {set_5, 2, NULL, 0},
    {set_6, 2, NULL, 0},
    {set_7, 2, NULL, 0},
    {set_8, 2, NULL, 0},
    {set_9, 2, NULL, 0},
    {set_10, 1, NULL, 0},
    {set_11, 2, NULL, 0},
    {set_12, 1, NULL, 0},
    {set_13, 2, NULL, 0},
    {set_14, 2, NULL, 0},
    {set_15, 2, NULL, 0},
    {set_16, 3, NULL, 0},
    {set_17, 1, NULL, 0},
    {set_18, 2, NULL, 0},
    {set_19, 3, NULL, 0},
    {set_20, 42, NULL, 0},
};

static const struct ends_rule rules[] = {
    {7, 1, {1}},
    {8, 1, {1}},
    {9, 2, {7, 8}},
    {10, 1, {1}},
    {11, 1, {0}},
    {12, 1, {0}},
    {13, 2, {11, 12}},
    {14, 1, {0}},
    {18, 1, {17}},
    {19, 1, {17}},
    {21, 1, {17}},
    {22, 1, {17}},
    {23, 1, {17}},
    {51, 1, {17}},
    {51, 2, {60, 57}},
    {52, 1, {17}},
    {53, 1, {17}},
    {54, 1, {1}},
    {55, 1, {1}},
    {56, 1, {0}},
    {60, 1, {17}},
    {61, 2, {11, 12}},
    {64, 1, {17}},
    {64, 1, {60}},
    {65, 1, {7}},
    {65, 1, {8}},
    {65, 1, {54}},
    {65, 1, {55}},
    {66, 1, {65}},
    {67, 1, {11}},
    {67, 1, {12}},
    {67, 1, {56}},
    {68, 1, {67}},
};

static const struct ends_limit limits[] = {
    {"max_virtqueue_pairs", 8, 2, 0x0u, UINT64_C(0x190300)},
    {"max_virtqueue_pairs", 8, 2, 0x8001u, UINT64_C(0x190300)},
    {"mtu", 10, 2, 0x43u, UINT64_C(0x100000)},
    {"rss_max_key_size", 17, 1, 0x27u, UINT64_C(0x190e00)},
    {"rss_max_indirection_table_length", 18, 2, 0x7fu, UINT64_C(0x190200)},
};

static int write_config(const struct ends_limit *wrong, const struct vwr_features *offered)
{
    struct vwr_net_config_info info;

    memset(&info, 0, sizeof(info));
    info.max_virtqueue_pairs = 1;
    info.mtu = 68;
    info.rss_max_key_size = 40;
    info.rss_max_indirection_table_length = 128;
    if (wrong == &limits[0])
        info.max_virtqueue_pairs = 0x0u;
    if (wrong == &limits[1])
        info.max_virtqueue_pairs = 0x8001u;
    if (wrong == &limits[2])
        info.mtu = 0x43u;
    if (wrong == &limits[3])
        info.rss_max_key_size = 0x27u;
    if (wrong == &limits[4])
        info.rss_max_indirection_table_length = 0x7fu;
    return vwr_net_config_write((struct vwr_net_config *)(void *)&service.config, false, offered, &info);
}

static int init_service(const struct vwr_vdev_setup *setup, const struct vwr_features *features,
                        const struct vwr_service_memory *memory, bool empty)
{
    const int r = vwr_net_vservice_init(&service, setup, features, empty ? &no_calls : &calls, memory, NULL);

    memcpy(&service.config, config, sizeof(config));
    return r;
}

static int open_client(struct vwr_dev *d)
{
    struct vwr_net_client_options o = {.requests = ends_request_options()};

    memset(family_receiveq, 0, sizeof(family_receiveq));
    o.receiveq = family_receiveq;
    o.receiveq_count = 2;
    memset(family_transmitq, 0, sizeof(family_transmitq));
    o.transmitq = family_transmitq;
    o.transmitq_count = 2;
    memset(&call_transmitq, 0, sizeof(call_transmitq));
    memset(&call_controlq, 0, sizeof(call_controlq));
    family_receiveq[0].memory = ends_queue_memory(VWR_QUEUE_SHARED_BYTES(ENDS_QUEUE_SIZE));
    family_receiveq[0].buffers = ends_receive_memory();
    family_transmitq[0].memory = ends_queue_memory(VWR_CLIENT_SHARED_BYTES(ENDS_QUEUE_SIZE, ENDS_CALLS,
                                                   VWR_NET_CLIENT_TRANSMITQ_SLOT, ENDS_SEGMENTS));
    o.controlq = ends_queue_memory(VWR_CLIENT_SHARED_BYTES(ENDS_QUEUE_SIZE, ENDS_CALLS, VWR_NET_CLIENT_CONTROLQ_SLOT,
                                   ENDS_SEGMENTS));
    family_receiveq[1].memory = ends_queue_memory(VWR_QUEUE_SHARED_BYTES(ENDS_QUEUE_SIZE));
    family_receiveq[1].buffers = ends_receive_memory();
    family_transmitq[1].memory = ends_queue_memory(VWR_CLIENT_SHARED_BYTES(ENDS_QUEUE_SIZE, ENDS_CALLS,
                                                   VWR_NET_CLIENT_TRANSMITQ_SLOT, ENDS_SEGMENTS));
    memset(&client, 0, sizeof(client));
    return vwr_net_client_open(&client, d, &o);
}

static int close_client(void)
{
    return vwr_net_client_close(&client);
}

static bool has_client(unsigned feature)
{
    return vwr_net_client_has(&client, feature);
}

static int read_info(void)
{
    return vwr_net_client_read_info(&client);
}

const struct ends_device ends_device = {
    .name = "net",
    .id = 1,
    .config = config,
    .config_bytes = sizeof(config),
    .set = sets,
    .sets = 21,
    .queues = 5,
    .queue = queues,
    .ignored = &client.ignored,
    .dev = &service.service.dev,
    .rules = rules,
    .rule_count = 33,
    .limit = limits,
    .limits = 5,
    .write_config = write_config,
    .init = init_service,
    .open = open_client,
    .close = close_client,
    .has = has_client,
    .read_info = read_info,
};
