/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/iommu.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; IOMMU device */

/* 6 messages, with the values that tests/pair/ends expects on both sides. */

#include "ends.h"
#include "vwr/client/iommu.h"
#include "vwr/service/iommu.h"

#include <string.h>

static struct vwr_iommu_client client;
static struct vwr_iommu_vservice service;

static struct vwr_iommu_client_requestq_call call_requestq;

static const uint8_t config[] = {
    0x5, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0,
    0x5, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0,
    0x5, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0,
};

/* ---- attach ---- */

static const uint8_t out_attach[] = {
    0x1, 0x0, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x0, 0x0, 0x0, 0x0,
};

static const uint8_t back_attach[] = {
    0x0, 0x0, 0x0, 0x0,
};

static const struct vwr_iommu_attach_msg given_attach = {
    .domain = 0x524b443du,
    .endpoint = 0x6e676059u,
    .flags = 0x8a837c75u,
};

static int called_attach(struct vwr_iommu_vservice *s, struct vwr_vmessage *x, const struct vwr_iommu_attach_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->domain, 0x524b443du);
    ENDS_SAME(m->endpoint, 0x6e676059u);
    ENDS_SAME(m->flags, 0x8a837c75u);

    return ends_called(x, "attach");
}

static void forms_of_attach(void)
{
    {
        struct vwr_iommu_attach_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_attach, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_iommu_attach_msg_encode(&form, false, &given_attach);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_iommu_attach_msg values;
        const struct vwr_iommu_attach_msg *const m = &values;

        memcpy(&form, out_attach, sizeof(form));
        vwr_iommu_attach_msg_decode(&form, false, &values);
    ENDS_SAME(m->domain, 0x524b443du);
        ENDS_SAME(m->endpoint, 0x6e676059u);
        ENDS_SAME(m->flags, 0x8a837c75u);

    }

}

static int call_of_attach(enum ends_do what)
{
    struct vwr_iommu_client_requestq_call *const call = &call_requestq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_attach();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_iommu_client_attach_submit(&client, call, &given_attach);
    if (what == ENDS_DONE) {
        vwr_iommu_vservice_attach_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_iommu_client_attach(&client, &given_attach);
    return r;
}

/* ---- detach ---- */

static const uint8_t out_detach[] = {
    0x2, 0x0, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x0, 0x0, 0x0, 0x0,
    0x0, 0x0, 0x0, 0x0,
};

static const uint8_t back_detach[] = {
    0x0, 0x0, 0x0, 0x0,
};

static const struct vwr_iommu_detach_msg given_detach = {
    .domain = 0x524b443du,
    .endpoint = 0x6e676059u,
};

static int called_detach(struct vwr_iommu_vservice *s, struct vwr_vmessage *x, const struct vwr_iommu_detach_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->domain, 0x524b443du);
    ENDS_SAME(m->endpoint, 0x6e676059u);

    return ends_called(x, "detach");
}

static void forms_of_detach(void)
{
    {
        struct vwr_iommu_detach_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_detach, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_iommu_detach_msg_encode(&form, false, &given_detach);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_iommu_detach_msg values;
        const struct vwr_iommu_detach_msg *const m = &values;

        memcpy(&form, out_detach, sizeof(form));
        vwr_iommu_detach_msg_decode(&form, false, &values);
    ENDS_SAME(m->domain, 0x524b443du);
        ENDS_SAME(m->endpoint, 0x6e676059u);

    }

}

static int call_of_detach(enum ends_do what)
{
    struct vwr_iommu_client_requestq_call *const call = &call_requestq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_detach();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_iommu_client_detach_submit(&client, call, &given_detach);
    if (what == ENDS_DONE) {
        vwr_iommu_vservice_detach_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_iommu_client_detach(&client, &given_detach);
    return r;
}

/* ---- map ---- */

static const uint8_t out_map[] = {
    0x3, 0x0, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0xb4, 0xbb, 0xc2, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0xf3, 0xfa,
    0x1, 0x8, 0xf, 0x16,
};

static const uint8_t back_map[] = {
    0x0, 0x0, 0x0, 0x0,
};

static const struct vwr_iommu_map_msg given_map = {
    .domain = 0x524b443du,
    .virt_start = UINT64_C(0x8a837c756e676059),
    .virt_end = UINT64_C(0xc2bbb4ada69f9891),
    .phys_start = UINT64_C(0xfaf3ece5ded7d0c9),
    .flags = 0x160f0801u,
};

static int called_map(struct vwr_iommu_vservice *s, struct vwr_vmessage *x, const struct vwr_iommu_map_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->domain, 0x524b443du);
    ENDS_SAME(m->virt_start, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->virt_end, UINT64_C(0xc2bbb4ada69f9891));
    ENDS_SAME(m->phys_start, UINT64_C(0xfaf3ece5ded7d0c9));
    ENDS_SAME(m->flags, 0x160f0801u);

    return ends_called(x, "map");
}

static void forms_of_map(void)
{
    {
        struct vwr_iommu_map_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_map, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_iommu_map_msg_encode(&form, false, &given_map);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_iommu_map_msg values;
        const struct vwr_iommu_map_msg *const m = &values;

        memcpy(&form, out_map, sizeof(form));
        vwr_iommu_map_msg_decode(&form, false, &values);
    ENDS_SAME(m->domain, 0x524b443du);
        ENDS_SAME(m->virt_start, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->virt_end, UINT64_C(0xc2bbb4ada69f9891));
        ENDS_SAME(m->phys_start, UINT64_C(0xfaf3ece5ded7d0c9));
        ENDS_SAME(m->flags, 0x160f0801u);

    }

}

static int call_of_map(enum ends_do what)
{
    struct vwr_iommu_client_requestq_call *const call = &call_requestq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_map();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_iommu_client_map_submit(&client, call, &given_map);
    if (what == ENDS_DONE) {
        vwr_iommu_vservice_map_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_iommu_client_map(&client, &given_map);
    return r;
}

/* ---- unmap ---- */

static const uint8_t out_unmap[] = {
    0x4, 0x0, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0xb4, 0xbb, 0xc2, 0x0, 0x0, 0x0, 0x0,
};

static const uint8_t back_unmap[] = {
    0x0, 0x0, 0x0, 0x0,
};

static const struct vwr_iommu_unmap_msg given_unmap = {
    .domain = 0x524b443du,
    .virt_start = UINT64_C(0x8a837c756e676059),
    .virt_end = UINT64_C(0xc2bbb4ada69f9891),
};

static int called_unmap(struct vwr_iommu_vservice *s, struct vwr_vmessage *x, const struct vwr_iommu_unmap_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->domain, 0x524b443du);
    ENDS_SAME(m->virt_start, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->virt_end, UINT64_C(0xc2bbb4ada69f9891));

    return ends_called(x, "unmap");
}

static void forms_of_unmap(void)
{
    {
        struct vwr_iommu_unmap_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_unmap, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_iommu_unmap_msg_encode(&form, false, &given_unmap);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_iommu_unmap_msg values;
        const struct vwr_iommu_unmap_msg *const m = &values;

        memcpy(&form, out_unmap, sizeof(form));
        vwr_iommu_unmap_msg_decode(&form, false, &values);
    ENDS_SAME(m->domain, 0x524b443du);
        ENDS_SAME(m->virt_start, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->virt_end, UINT64_C(0xc2bbb4ada69f9891));

    }

}

static int call_of_unmap(enum ends_do what)
{
    struct vwr_iommu_client_requestq_call *const call = &call_requestq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_unmap();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_iommu_client_unmap_submit(&client, call, &given_unmap);
    if (what == ENDS_DONE) {
        vwr_iommu_vservice_unmap_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_iommu_client_unmap(&client, &given_unmap);
    return r;
}

/* ---- probe ---- */

static const uint8_t out_probe[] = {
    0x5, 0x0, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0,
    0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0,
    0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0,
    0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0,
    0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0,
};

static const uint8_t back_probe[] = {
    0x0, 0x0, 0x0, 0x0,
};

static const struct vwr_iommu_probe_msg given_probe = {
    .endpoint = 0x524b443du,
};

static int called_probe(struct vwr_iommu_vservice *s, struct vwr_vmessage *x, const struct vwr_iommu_probe_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->endpoint, 0x524b443du);

    return ends_called(x, "probe");
}

static void forms_of_probe(void)
{
    {
        struct vwr_iommu_probe_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_probe, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_iommu_probe_msg_encode(&form, false, &given_probe);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_iommu_probe_msg values;
        const struct vwr_iommu_probe_msg *const m = &values;

        memcpy(&form, out_probe, sizeof(form));
        vwr_iommu_probe_msg_decode(&form, false, &values);
    ENDS_SAME(m->endpoint, 0x524b443du);

    }

}

static int call_of_probe(enum ends_do what)
{
    struct vwr_iommu_client_requestq_call *const call = &call_requestq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_probe();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_iommu_client_probe_submit(&client, call, &given_probe, ends_in(0));
    if (what == ENDS_DONE) {
        vwr_iommu_vservice_probe_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_iommu_client_probe(&client, &given_probe, ends_in(0));
    return r;
}

/* ---- fault ---- */

static const uint8_t back_fault[] = {
    0x21, 0x0, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x0, 0x0, 0x0, 0x0,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0xb4, 0xbb, 0xc2,
};

static const struct vwr_iommu_fault_msg given_fault = {
    .reason = 0x21u,
    .flags = 0x524b443du,
    .endpoint = 0x6e676059u,
    .address = UINT64_C(0xc2bbb4ada69f9891),
};

static void check_fault(const struct vwr_iommu_fault_msg *m)
{
    ENDS_SAME(m->reason, 0x21u);
    ENDS_SAME(m->flags, 0x524b443du);
    ENDS_SAME(m->endpoint, 0x6e676059u);
    ENDS_SAME(m->address, UINT64_C(0xc2bbb4ada69f9891));

}

static void forms_of_fault(void)
{
    {
        struct vwr_iommu_fault_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_fault, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_iommu_fault_msg_encode(&form, false, &given_fault);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_iommu_fault_msg values;
        const struct vwr_iommu_fault_msg *const m = &values;

        memcpy(&form, back_fault, sizeof(form));
        vwr_iommu_fault_msg_decode(&form, false, &values);
    ENDS_SAME(m->reason, 0x21u);
        ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->endpoint, 0x6e676059u);
        ENDS_SAME(m->address, UINT64_C(0xc2bbb4ada69f9891));

    }

}

static int poll_eventq(void)
{
    struct vwr_iommu_client_eventq_event e;
    const int n = vwr_iommu_client_poll_eventq(&client, &e);

    if (n != 1)
        return n;
    if (e.type == VWR_IOMMU_CLIENT_EVENTQ_FAULT)
        check_fault(&e.m.fault);
    ends_polled((unsigned)e.type, e.data, e.data_bytes);
    vwr_iommu_client_return_eventq(&client, &e);
    return n;
}

static int parse_eventq(void)
{
    struct vwr_iommu_client_eventq_event e;

    return vwr_iommu_client_eventq_parse(ends.image, ends.image_bytes, false, &client.bringup.dev->config.features, &e);
}

static int call_of_fault(enum ends_do what)
{
    if (what == ENDS_FORMS) {
        forms_of_fault();
        return VWR_OK;
    }
    if (what == ENDS_POLL)
        return poll_eventq();
    if (what == ENDS_PARSE)
        return parse_eventq();
    return vwr_iommu_vservice_send_fault(&service, &given_fault, ends_out(0), 0);
}

static uint16_t index_requestq(const struct vwr_vdev *v, uint16_t n)
{
    (void)v;
    (void)n;
    return (uint16_t)(VWR_IOMMU_QUEUE_REQUESTQ);
}

static uint16_t index_eventq(const struct vwr_vdev *v, uint16_t n)
{
    (void)v;
    (void)n;
    return (uint16_t)(VWR_IOMMU_QUEUE_EVENTQ);
}

static void posted(struct vwr_iommu_vservice *s, uint16_t queue)
{
    (void)queue;
    ENDS_SAME(s == &service, true);
    ends_posted();
}

static void hooked(struct vwr_iommu_vservice *s)
{
    ENDS_SAME(s == &service, true);
    ends.hooked++;
}

static void hooked_queue(struct vwr_iommu_vservice *s, uint16_t queue)
{
    (void)queue;
    hooked(s);
}

static void hooked_config(struct vwr_iommu_vservice *s, uint32_t offset, uint32_t bytes)
{
    ENDS_SAME(offset, 1);
    ENDS_SAME(bytes, 2);
    hooked(s);
}

static const struct vwr_iommu_vservice_calls no_calls;
static const struct vwr_iommu_vservice_calls calls = {
    .attach = called_attach,
    .detach = called_detach,
    .map = called_map,
    .unmap = called_unmap,
    .probe = called_probe,
    .posted = posted,
    .reset = hooked,
    .queue_reset = hooked_queue,
    .suspend = hooked,
    .config_written = hooked_config,
};

static const struct ends_message messages_requestq[] = {
    {
        .name = "attach",
        .call = call_of_attach,
        .out = {out_attach, 20, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_attach, 4, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0xf), .home = 3,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = false, .refuse = 0x0u, .refuses_beyond = false, .beyond = 0x0u,
        .refuses_unknown = false, .unknown = 0x0u,
    },
    {
        .name = "detach",
        .call = call_of_detach,
        .out = {out_detach, 20, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_detach, 4, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0xf), .home = 3,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = false, .refuse = 0x0u, .refuses_beyond = false, .beyond = 0x0u,
        .refuses_unknown = false, .unknown = 0x0u,
    },
    {
        .name = "map",
        .call = call_of_map,
        .out = {out_map, 36, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_map, 4, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0xa), .home = 3,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = false, .refuse = 0x0u, .refuses_beyond = false, .beyond = 0x0u,
        .refuses_unknown = false, .unknown = 0x0u,
    },
    {
        .name = "unmap",
        .call = call_of_unmap,
        .out = {out_unmap, 28, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_unmap, 4, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0xa), .home = 3,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = false, .refuse = 0x0u, .refuses_beyond = false, .beyond = 0x0u,
        .refuses_unknown = false, .unknown = 0x0u,
    },
    {
        .name = "probe",
        .call = call_of_probe,
        .out = {out_probe, 72, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_probe, 0, 4, 5, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0xc), .home = 3,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = false, .refuse = 0x0u, .refuses_beyond = false, .beyond = 0x0u,
        .refuses_unknown = false, .unknown = 0x0u,
    },
};
static const struct ends_unknown unknown_requestq[] = {
    {0, 1, 0, 0xffu, 0xfeu, false},
};

static const struct ends_message messages_eventq[] = {
    {
        .name = "fault",
        .call = call_of_fault,
        .back = {back_fault, 24, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0xf), .home = 3,
        .type = VWR_IOMMU_CLIENT_EVENTQ_FAULT,
    },
};

static const struct ends_queue queues[] = {
    {
        .name = "requestq", .kind = ENDS_REQUEST, .sets = UINT64_C(0xf), .index = index_requestq,
        .message = messages_requestq, .messages = 5, .place = ENDS_BACK, .select_end = 1, .big = false,
        .unknown = unknown_requestq, .unknowns = 1,
        .requests = &client.requestq, .call = &call_requestq.call, .own = &client.requestq_own.call,
    },
    {
        .name = "eventq", .kind = ENDS_EVENT, .sets = UINT64_C(0xf), .index = index_eventq,
        .message = messages_eventq, .messages = 1, .place = ENDS_FRONT, .select_end = 0, .big = false,
        .receive = &client.eventq, .least = 24,
    },
};

static const uint8_t set_1[] = {2};
static const uint8_t set_2[] = {4};
static const uint8_t set_3[] = {0, 1, 2, 3, 4, 5, 6};

static const struct ends_set sets[] = {
    {NULL, 0, NULL, 0},
    {set_1, 1, NULL, 0},
    {set_2, 1, NULL, 0},
    {set_3, 7, NULL, 0},
};

static int init_service(const struct vwr_vdev_setup *setup, const struct vwr_features *features,
                        const struct vwr_service_memory *memory, bool empty)
{
    const int r = vwr_iommu_vservice_init(&service, setup, features, empty ? &no_calls : &calls, memory, NULL);

    memcpy(&service.config, config, sizeof(config));
    return r;
}

static int open_client(struct vwr_dev *d)
{
    struct vwr_iommu_client_options o = {.requests = ends_request_options()};

    memset(&call_requestq, 0, sizeof(call_requestq));
    o.requestq = ends_queue_memory(VWR_CLIENT_SHARED_BYTES(ENDS_QUEUE_SIZE, ENDS_CALLS, VWR_IOMMU_CLIENT_REQUESTQ_SLOT,
                                   ENDS_SEGMENTS));
    o.eventq = ends_queue_memory(VWR_QUEUE_SHARED_BYTES(ENDS_QUEUE_SIZE));
    o.eventq_buffers = ends_receive_memory();
    memset(&client, 0, sizeof(client));
    return vwr_iommu_client_open(&client, d, &o);
}

static int close_client(void)
{
    return vwr_iommu_client_close(&client);
}

static bool has_client(unsigned feature)
{
    return vwr_iommu_client_has(&client, feature);
}

static int read_info(void)
{
    return vwr_iommu_client_read_info(&client);
}

const struct ends_device ends_device = {
    .name = "iommu",
    .id = 23,
    .config = config,
    .config_bytes = sizeof(config),
    .set = sets,
    .sets = 4,
    .queues = 2,
    .queue = queues,
    .ignored = &client.ignored,
    .dev = &service.service.dev,
    .init = init_service,
    .open = open_client,
    .close = close_client,
    .has = has_client,
    .read_info = read_info,
};
