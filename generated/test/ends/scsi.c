/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/scsi.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; SCSI Host Device */

/* 8 messages, with the values that tests/pair/ends expects on both sides. */

#include "ends.h"
#include "vwr/client/scsi.h"
#include "vwr/service/scsi.h"

#include <string.h>

static struct vwr_scsi_client client;
static struct vwr_scsi_vservice service;

static struct vwr_scsi_client_controlq_call call_controlq;
static struct vwr_scsi_client_requestq_call call_requestq;

static struct vwr_scsi_client_requestq_queue family_requestq[2];

static const uint8_t config[] = {
    0x2, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0,
    0x5, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0, 0x5, 0x0, 0x5, 0x0,
    0x5, 0x0, 0x0, 0x0,
};

/* ---- tmf ---- */

static const uint8_t out_tmf[] = {
    0x0, 0x0, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0xb4, 0xbb, 0xc2,
};

static const uint8_t back_tmf[] = {
    0x0,
};

static const struct vwr_scsi_tmf_msg given_tmf = {
    .subtype = 0x524b443du,
    .lun = {0x59u, 0x60u, 0x67u, 0x6eu, 0x75u, 0x7cu, 0x83u, 0x8au},
    .id = UINT64_C(0xc2bbb4ada69f9891),
};

static int called_tmf(struct vwr_scsi_vservice *s, struct vwr_vmessage *x, const struct vwr_scsi_tmf_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->subtype, 0x524b443du);
    ENDS_SAME_BYTES(m->lun, given_tmf.lun, sizeof(m->lun));
    ENDS_SAME(m->id, UINT64_C(0xc2bbb4ada69f9891));

    return ends_called(x, "tmf");
}

static void forms_of_tmf(void)
{
    {
        struct vwr_scsi_tmf_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_tmf, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_scsi_tmf_msg_encode(&form, false, &given_tmf);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_scsi_tmf_msg values;
        const struct vwr_scsi_tmf_msg *const m = &values;

        memcpy(&form, out_tmf, sizeof(form));
        vwr_scsi_tmf_msg_decode(&form, false, &values);
    ENDS_SAME(m->subtype, 0x524b443du);
        ENDS_SAME_BYTES(m->lun, given_tmf.lun, sizeof(m->lun));
        ENDS_SAME(m->id, UINT64_C(0xc2bbb4ada69f9891));

    }

}

static int call_of_tmf(enum ends_do what)
{
    struct vwr_scsi_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_tmf();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_scsi_client_tmf_submit(&client, call, &given_tmf);
    if (what == ENDS_DONE) {
        vwr_scsi_vservice_tmf_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_scsi_client_tmf(&client, &given_tmf);
    return r;
}

/* ---- an_query ---- */

static const uint8_t out_an_query[] = {
    0x1, 0x0, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
};

static const uint8_t back_an_query[] = {
    0x21, 0x28, 0x2f, 0x36, 0x0,
};

static const struct vwr_scsi_an_query_msg given_an_query = {
    .lun = {0x3du, 0x44u, 0x4bu, 0x52u, 0x59u, 0x60u, 0x67u, 0x6eu},
    .event_requested = 0x8a837c75u,
};

static const struct vwr_scsi_an_query_answer answer_an_query = {
    .event_actual = 0x362f2821u,
};

static const struct vwr_scsi_an_query_answer blank_an_query;

static int called_an_query(struct vwr_scsi_vservice *s, struct vwr_vmessage *x, const struct vwr_scsi_an_query_msg *m,
                           struct vwr_scsi_an_query_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME_BYTES(m->lun, given_an_query.lun, sizeof(m->lun));
    ENDS_SAME(m->event_requested, 0x8a837c75u);

    if (!ends.blank)
        *a = answer_an_query;
    return ends_called(x, "an_query");
}

static void check_an_query(const struct vwr_scsi_an_query_answer *m)
{
    ENDS_SAME(m->event_actual, ends.blank ? blank_an_query.event_actual : 0x362f2821u);

}

static void forms_of_an_query(void)
{
    {
        struct vwr_scsi_an_query_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_an_query, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_scsi_an_query_msg_encode(&form, false, &given_an_query);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_scsi_an_query_msg values;
        const struct vwr_scsi_an_query_msg *const m = &values;

        memcpy(&form, out_an_query, sizeof(form));
        vwr_scsi_an_query_msg_decode(&form, false, &values);
    ENDS_SAME_BYTES(m->lun, given_an_query.lun, sizeof(m->lun));
        ENDS_SAME(m->event_requested, 0x8a837c75u);

    }

    {
        struct vwr_scsi_an_query_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_an_query, sizeof(want));
        memset(want + 4, 0, 1);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_scsi_an_query_answer_encode(&form, false, &answer_an_query);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_scsi_an_query_answer values;
        const struct vwr_scsi_an_query_answer *const m = &values;

        memcpy(&form, back_an_query, sizeof(form));
        vwr_scsi_an_query_answer_decode(&form, false, &values);
    ENDS_SAME(m->event_actual, 0x362f2821u);

    }

}

static int call_of_an_query(enum ends_do what)
{
    struct vwr_scsi_client_controlq_call *const call = &call_controlq;
    struct vwr_scsi_an_query_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_an_query();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_scsi_client_an_query_submit(&client, call, &given_an_query);
    if (what == ENDS_DONE) {
        vwr_scsi_vservice_an_query_done(ends.kept, ends.ticket, VWR_OK, &answer_an_query);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_scsi_client_an_query_answer(&client, call, &a);
        check_an_query(&a);
        return VWR_OK;
    }
    r = vwr_scsi_client_an_query(&client, &given_an_query, &a);
    if (r == VWR_OK)
        check_an_query(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- an_subscribe ---- */

static const uint8_t out_an_subscribe[] = {
    0x2, 0x0, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
};

static const uint8_t back_an_subscribe[] = {
    0x21, 0x28, 0x2f, 0x36, 0x0,
};

static const struct vwr_scsi_an_subscribe_msg given_an_subscribe = {
    .lun = {0x3du, 0x44u, 0x4bu, 0x52u, 0x59u, 0x60u, 0x67u, 0x6eu},
    .event_requested = 0x8a837c75u,
};

static const struct vwr_scsi_an_subscribe_answer answer_an_subscribe = {
    .event_actual = 0x362f2821u,
};

static const struct vwr_scsi_an_subscribe_answer blank_an_subscribe;

static int called_an_subscribe(struct vwr_scsi_vservice *s, struct vwr_vmessage *x,
                               const struct vwr_scsi_an_subscribe_msg *m, struct vwr_scsi_an_subscribe_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME_BYTES(m->lun, given_an_subscribe.lun, sizeof(m->lun));
    ENDS_SAME(m->event_requested, 0x8a837c75u);

    if (!ends.blank)
        *a = answer_an_subscribe;
    return ends_called(x, "an_subscribe");
}

static void check_an_subscribe(const struct vwr_scsi_an_subscribe_answer *m)
{
    ENDS_SAME(m->event_actual, ends.blank ? blank_an_subscribe.event_actual : 0x362f2821u);

}

static void forms_of_an_subscribe(void)
{
    {
        struct vwr_scsi_an_subscribe_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_an_subscribe, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_scsi_an_subscribe_msg_encode(&form, false, &given_an_subscribe);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_scsi_an_subscribe_msg values;
        const struct vwr_scsi_an_subscribe_msg *const m = &values;

        memcpy(&form, out_an_subscribe, sizeof(form));
        vwr_scsi_an_subscribe_msg_decode(&form, false, &values);
    ENDS_SAME_BYTES(m->lun, given_an_subscribe.lun, sizeof(m->lun));
        ENDS_SAME(m->event_requested, 0x8a837c75u);

    }

    {
        struct vwr_scsi_an_subscribe_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_an_subscribe, sizeof(want));
        memset(want + 4, 0, 1);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_scsi_an_subscribe_answer_encode(&form, false, &answer_an_subscribe);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_scsi_an_subscribe_answer values;
        const struct vwr_scsi_an_subscribe_answer *const m = &values;

        memcpy(&form, back_an_subscribe, sizeof(form));
        vwr_scsi_an_subscribe_answer_decode(&form, false, &values);
    ENDS_SAME(m->event_actual, 0x362f2821u);

    }

}

static int call_of_an_subscribe(enum ends_do what)
{
    struct vwr_scsi_client_controlq_call *const call = &call_controlq;
    struct vwr_scsi_an_subscribe_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_an_subscribe();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_scsi_client_an_subscribe_submit(&client, call, &given_an_subscribe);
    if (what == ENDS_DONE) {
        vwr_scsi_vservice_an_subscribe_done(ends.kept, ends.ticket, VWR_OK, &answer_an_subscribe);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_scsi_client_an_subscribe_answer(&client, call, &a);
        check_an_subscribe(&a);
        return VWR_OK;
    }
    r = vwr_scsi_client_an_subscribe(&client, &given_an_subscribe, &a);
    if (r == VWR_OK)
        check_an_subscribe(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- command ---- */

static const uint8_t out_command[] = {
    0x21, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f,
};

static const uint8_t back_command[] = {
    0x21, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x0,
};

static const struct vwr_scsi_command_msg given_command = {
    .lun = {0x21u, 0x28u, 0x2fu, 0x36u, 0x3du, 0x44u, 0x4bu, 0x52u},
    .id = UINT64_C(0x8a837c756e676059),
    .task_attr = 0x91u,
    .prio = 0x98u,
    .crn = 0x9fu,
};

static const struct vwr_scsi_command_answer answer_command = {
    .sense_len = 0x362f2821u,
    .residual = 0x524b443du,
    .status_qualifier = 0x6059u,
    .status = 0x67u,
};

static const struct vwr_scsi_command_answer blank_command;

static int called_command(struct vwr_scsi_vservice *s, struct vwr_vmessage *x, const struct vwr_scsi_command_msg *m,
                          struct vwr_scsi_command_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME_BYTES(m->lun, given_command.lun, sizeof(m->lun));
    ENDS_SAME(m->id, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->task_attr, 0x91u);
    ENDS_SAME(m->prio, 0x98u);
    ENDS_SAME(m->crn, 0x9fu);

    if (!ends.blank)
        *a = answer_command;
    return ends_called(x, "command");
}

static void check_command(const struct vwr_scsi_command_answer *m)
{
    ENDS_SAME(m->sense_len, ends.blank ? blank_command.sense_len : 0x362f2821u);
    ENDS_SAME(m->residual, ends.blank ? blank_command.residual : 0x524b443du);
    ENDS_SAME(m->status_qualifier, ends.blank ? blank_command.status_qualifier : 0x6059u);
    ENDS_SAME(m->status, ends.blank ? blank_command.status : 0x67u);

}

static void forms_of_command(void)
{
    {
        struct vwr_scsi_command_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_command, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_scsi_command_msg_encode(&form, false, &given_command);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_scsi_command_msg values;
        const struct vwr_scsi_command_msg *const m = &values;

        memcpy(&form, out_command, sizeof(form));
        vwr_scsi_command_msg_decode(&form, false, &values);
    ENDS_SAME_BYTES(m->lun, given_command.lun, sizeof(m->lun));
        ENDS_SAME(m->id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->task_attr, 0x91u);
        ENDS_SAME(m->prio, 0x98u);
        ENDS_SAME(m->crn, 0x9fu);

    }

    {
        struct vwr_scsi_command_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_command, sizeof(want));
        memset(want + 11, 0, 1);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_scsi_command_answer_encode(&form, false, &answer_command);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_scsi_command_answer values;
        const struct vwr_scsi_command_answer *const m = &values;

        memcpy(&form, back_command, sizeof(form));
        vwr_scsi_command_answer_decode(&form, false, &values);
    ENDS_SAME(m->sense_len, 0x362f2821u);
        ENDS_SAME(m->residual, 0x524b443du);
        ENDS_SAME(m->status_qualifier, 0x6059u);
        ENDS_SAME(m->status, 0x67u);

    }

}

static int call_of_command(enum ends_do what)
{
    struct vwr_scsi_client_requestq_call *const call = &call_requestq;
    struct vwr_scsi_command_answer a;
    uint32_t written = 0;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_command();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_scsi_client_command_submit(&client, ends.queue->number, call, &given_command, ends_out(0),
                                              ends_out(5), 8, ends_out(13), 8, ends_out(21), 2, ends_out(23), 2,
                                              ends_in(0), ends_in(5), 2, ends_in(7), 2);
    if (what == ENDS_NO_QUEUE)
        return vwr_scsi_client_command_submit(&client, 2, call, &given_command, ends_out(0), ends_out(5), 8,
                                              ends_out(13), 8, ends_out(21), 2, ends_out(23), 2, ends_in(0), ends_in(5),
                                              2, ends_in(7), 2);
    if (what == ENDS_DONE) {
        vwr_scsi_vservice_command_done(ends.kept, ends.ticket, VWR_OK, &answer_command);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_scsi_client_command_answer(&client, call, &a);
        check_command(&a);
        return VWR_OK;
    }
    r = vwr_scsi_client_command(&client, ends.queue->number, &given_command, ends_out(0), ends_out(5), 8, ends_out(13),
                                8, ends_out(21), 2, ends_out(23), 2, ends_in(0), ends_in(5), 2, ends_in(7), 2, &a,
                                &written);
    if (r == VWR_OK)
        check_command(&a);
    else
        ends_untouched(&a, sizeof(a));
    ends_written(r, written);
    return r;
}

/* ---- no_event ---- */

static const uint8_t back_no_event[] = {
    0x0, 0x0, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
};

static const struct vwr_scsi_no_event_msg given_no_event = {
    .event = 0x362f2821u,
    .lun = {0x3du, 0x44u, 0x4bu, 0x52u, 0x59u, 0x60u, 0x67u, 0x6eu},
    .reason = 0x8a837c75u,
};

static void check_no_event(const struct vwr_scsi_no_event_msg *m)
{
    ENDS_SAME(m->event, 0x0u);
    ENDS_SAME_BYTES(m->lun, given_no_event.lun, sizeof(m->lun));
    ENDS_SAME(m->reason, 0x8a837c75u);

}

static void forms_of_no_event(void)
{
    {
        struct vwr_scsi_no_event_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_no_event, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_scsi_no_event_msg_encode(&form, false, &given_no_event);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_scsi_no_event_msg values;
        const struct vwr_scsi_no_event_msg *const m = &values;

        memcpy(&form, back_no_event, sizeof(form));
        vwr_scsi_no_event_msg_decode(&form, false, &values);
    ENDS_SAME(m->event, 0x0u);
        ENDS_SAME_BYTES(m->lun, given_no_event.lun, sizeof(m->lun));
        ENDS_SAME(m->reason, 0x8a837c75u);

    }

}

/* ---- transport_reset ---- */

static const uint8_t back_transport_reset[] = {
    0x1, 0x0, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
};

static const struct vwr_scsi_transport_reset_msg given_transport_reset = {
    .event = 0x362f2821u,
    .lun = {0x3du, 0x44u, 0x4bu, 0x52u, 0x59u, 0x60u, 0x67u, 0x6eu},
    .reason = 0x8a837c75u,
};

static void check_transport_reset(const struct vwr_scsi_transport_reset_msg *m)
{
    ENDS_SAME(m->event, 0x1u);
    ENDS_SAME_BYTES(m->lun, given_transport_reset.lun, sizeof(m->lun));
    ENDS_SAME(m->reason, 0x8a837c75u);

}

static void forms_of_transport_reset(void)
{
    {
        struct vwr_scsi_transport_reset_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_transport_reset, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_scsi_transport_reset_msg_encode(&form, false, &given_transport_reset);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_scsi_transport_reset_msg values;
        const struct vwr_scsi_transport_reset_msg *const m = &values;

        memcpy(&form, back_transport_reset, sizeof(form));
        vwr_scsi_transport_reset_msg_decode(&form, false, &values);
    ENDS_SAME(m->event, 0x1u);
        ENDS_SAME_BYTES(m->lun, given_transport_reset.lun, sizeof(m->lun));
        ENDS_SAME(m->reason, 0x8a837c75u);

    }

}

/* ---- async_notify ---- */

static const uint8_t back_async_notify[] = {
    0x2, 0x0, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
};

static const struct vwr_scsi_async_notify_msg given_async_notify = {
    .event = 0x362f2821u,
    .lun = {0x3du, 0x44u, 0x4bu, 0x52u, 0x59u, 0x60u, 0x67u, 0x6eu},
    .reason = 0x8a837c75u,
};

static void check_async_notify(const struct vwr_scsi_async_notify_msg *m)
{
    ENDS_SAME(m->event, 0x2u);
    ENDS_SAME_BYTES(m->lun, given_async_notify.lun, sizeof(m->lun));
    ENDS_SAME(m->reason, 0x8a837c75u);

}

static void forms_of_async_notify(void)
{
    {
        struct vwr_scsi_async_notify_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_async_notify, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_scsi_async_notify_msg_encode(&form, false, &given_async_notify);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_scsi_async_notify_msg values;
        const struct vwr_scsi_async_notify_msg *const m = &values;

        memcpy(&form, back_async_notify, sizeof(form));
        vwr_scsi_async_notify_msg_decode(&form, false, &values);
    ENDS_SAME(m->event, 0x2u);
        ENDS_SAME_BYTES(m->lun, given_async_notify.lun, sizeof(m->lun));
        ENDS_SAME(m->reason, 0x8a837c75u);

    }

}

/* ---- param_change ---- */

static const uint8_t back_param_change[] = {
    0x3, 0x0, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
};

static const struct vwr_scsi_param_change_msg given_param_change = {
    .event = 0x362f2821u,
    .lun = {0x3du, 0x44u, 0x4bu, 0x52u, 0x59u, 0x60u, 0x67u, 0x6eu},
    .reason = 0x8a837c75u,
};

static void check_param_change(const struct vwr_scsi_param_change_msg *m)
{
    ENDS_SAME(m->event, 0x3u);
    ENDS_SAME_BYTES(m->lun, given_param_change.lun, sizeof(m->lun));
    ENDS_SAME(m->reason, 0x8a837c75u);

}

static void forms_of_param_change(void)
{
    {
        struct vwr_scsi_param_change_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_param_change, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_scsi_param_change_msg_encode(&form, false, &given_param_change);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_scsi_param_change_msg values;
        const struct vwr_scsi_param_change_msg *const m = &values;

        memcpy(&form, back_param_change, sizeof(form));
        vwr_scsi_param_change_msg_decode(&form, false, &values);
    ENDS_SAME(m->event, 0x3u);
        ENDS_SAME_BYTES(m->lun, given_param_change.lun, sizeof(m->lun));
        ENDS_SAME(m->reason, 0x8a837c75u);

    }

}

static int poll_eventq(void)
{
    struct vwr_scsi_client_eventq_event e;
    const int n = vwr_scsi_client_poll_eventq(&client, &e);

    if (n != 1)
        return n;
    if (e.type == VWR_SCSI_CLIENT_EVENTQ_NO_EVENT)
        check_no_event(&e.m.no_event);
    if (e.type == VWR_SCSI_CLIENT_EVENTQ_TRANSPORT_RESET)
        check_transport_reset(&e.m.transport_reset);
    if (e.type == VWR_SCSI_CLIENT_EVENTQ_ASYNC_NOTIFY)
        check_async_notify(&e.m.async_notify);
    if (e.type == VWR_SCSI_CLIENT_EVENTQ_PARAM_CHANGE)
        check_param_change(&e.m.param_change);
    ends_polled((unsigned)e.type, e.data, e.data_bytes);
    vwr_scsi_client_return_eventq(&client, &e);
    return n;
}

static int parse_eventq(void)
{
    struct vwr_scsi_client_eventq_event e;

    return vwr_scsi_client_eventq_parse(ends.image, ends.image_bytes, false, &client.bringup.dev->config.features, &e);
}

static int call_of_no_event(enum ends_do what)
{
    if (what == ENDS_FORMS) {
        forms_of_no_event();
        return VWR_OK;
    }
    if (what == ENDS_POLL)
        return poll_eventq();
    if (what == ENDS_PARSE)
        return parse_eventq();
    return vwr_scsi_vservice_send_no_event(&service, &given_no_event, ends_out(0), 0);
}

static int call_of_transport_reset(enum ends_do what)
{
    if (what == ENDS_FORMS) {
        forms_of_transport_reset();
        return VWR_OK;
    }
    if (what == ENDS_POLL)
        return poll_eventq();
    if (what == ENDS_PARSE)
        return parse_eventq();
    return vwr_scsi_vservice_send_transport_reset(&service, &given_transport_reset, ends_out(0), 0);
}

static int call_of_async_notify(enum ends_do what)
{
    if (what == ENDS_FORMS) {
        forms_of_async_notify();
        return VWR_OK;
    }
    if (what == ENDS_POLL)
        return poll_eventq();
    if (what == ENDS_PARSE)
        return parse_eventq();
    return vwr_scsi_vservice_send_async_notify(&service, &given_async_notify, ends_out(0), 0);
}

static int call_of_param_change(enum ends_do what)
{
    if (what == ENDS_FORMS) {
        forms_of_param_change();
        return VWR_OK;
    }
    if (what == ENDS_POLL)
        return poll_eventq();
    if (what == ENDS_PARSE)
        return parse_eventq();
    return vwr_scsi_vservice_send_param_change(&service, &given_param_change, ends_out(0), 0);
}

static uint16_t index_controlq(const struct vwr_vdev *v, uint16_t n)
{
    (void)v;
    (void)n;
    return (uint16_t)(VWR_SCSI_QUEUE_CONTROLQ);
}

static uint16_t index_eventq(const struct vwr_vdev *v, uint16_t n)
{
    (void)v;
    (void)n;
    return (uint16_t)(VWR_SCSI_QUEUE_EVENTQ);
}

static uint16_t index_requestq(const struct vwr_vdev *v, uint16_t n)
{
    (void)v;
    return (uint16_t)(VWR_SCSI_QUEUE_REQUESTQ + n);
}

static void posted(struct vwr_scsi_vservice *s, uint16_t queue)
{
    (void)queue;
    ENDS_SAME(s == &service, true);
    ends_posted();
}

static void hooked(struct vwr_scsi_vservice *s)
{
    ENDS_SAME(s == &service, true);
    ends.hooked++;
}

static void hooked_queue(struct vwr_scsi_vservice *s, uint16_t queue)
{
    (void)queue;
    hooked(s);
}

static void hooked_config(struct vwr_scsi_vservice *s, uint32_t offset, uint32_t bytes)
{
    ENDS_SAME(offset, 1);
    ENDS_SAME(bytes, 2);
    hooked(s);
}

static const struct vwr_scsi_vservice_calls no_calls;
static const struct vwr_scsi_vservice_calls calls = {
    .tmf = called_tmf,
    .an_query = called_an_query,
    .an_subscribe = called_an_subscribe,
    .command = called_command,
    .posted = posted,
    .reset = hooked,
    .queue_reset = hooked_queue,
    .suspend = hooked,
    .config_written = hooked_config,
};

static const struct ends_message messages_controlq[] = {
    {
        .name = "tmf",
        .call = call_of_tmf,
        .out = {out_tmf, 24, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_tmf, 1, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x7), .home = 2,
        .status_at = 0, .status_bytes = 1, .oks = 2, .ok = {0x0, 0xa},
        .refuses = true, .refuse = 0x9u, .refuses_beyond = true, .beyond = 0x9u,
        .refuses_unknown = true, .unknown = 0x9u,
    },
    {
        .name = "an_query",
        .call = call_of_an_query,
        .out = {out_an_query, 16, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_an_query, 5, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x7), .home = 2,
        .fills = true,
        .status_at = 4, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x9u, .refuses_beyond = true, .beyond = 0x9u,
        .refuses_unknown = true, .unknown = 0x9u,
    },
    {
        .name = "an_subscribe",
        .call = call_of_an_subscribe,
        .out = {out_an_subscribe, 16, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_an_subscribe, 5, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x7), .home = 2,
        .fills = true,
        .status_at = 4, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x9u, .refuses_beyond = true, .beyond = 0x9u,
        .refuses_unknown = true, .unknown = 0x9u,
    },
};
static const struct ends_unknown unknown_controlq[] = {
    {0, 4, 0, 0xffffffffu, 0xfffffffeu, false},
};

static const struct ends_message messages_eventq[] = {
    {
        .name = "no_event",
        .call = call_of_no_event,
        .back = {back_no_event, 16, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x7), .home = 2,
        .type = VWR_SCSI_CLIENT_EVENTQ_NO_EVENT,
    },
    {
        .name = "transport_reset",
        .call = call_of_transport_reset,
        .back = {back_transport_reset, 16, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x7), .home = 2,
        .type = VWR_SCSI_CLIENT_EVENTQ_TRANSPORT_RESET,
    },
    {
        .name = "async_notify",
        .call = call_of_async_notify,
        .back = {back_async_notify, 16, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x7), .home = 2,
        .type = VWR_SCSI_CLIENT_EVENTQ_ASYNC_NOTIFY,
    },
    {
        .name = "param_change",
        .call = call_of_param_change,
        .back = {back_param_change, 16, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x6), .home = 2,
        .type = VWR_SCSI_CLIENT_EVENTQ_PARAM_CHANGE,
    },
};
static const struct ends_unknown unknown_eventq[] = {
    {0, 4, 0, 0x7fffffffu, 0x7ffffffeu, false},
};

static const struct ends_message messages_requestq[] = {
    {
        .name = "command",
        .call = call_of_command,
        .out = {out_command, 19, 0, 25, true, 5, 1, 0, NULL, 0, 0, false},
        .back = {back_command, 12, 0, 9, true, 5, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x7), .home = 2,
        .fills = true,
        .status_at = 11, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = false, .refuse = 0x0u, .refuses_beyond = false, .beyond = 0x0u,
        .refuses_unknown = false, .unknown = 0x0u,
    },
};

static const struct ends_queue queues[] = {
    {
        .name = "controlq", .kind = ENDS_REQUEST, .sets = UINT64_C(0x7), .index = index_controlq,
        .message = messages_controlq, .messages = 3, .place = ENDS_BACK, .select_end = 4, .big = false,
        .unknown = unknown_controlq, .unknowns = 1,
        .requests = &client.controlq, .call = &call_controlq.call, .own = &client.controlq_own.call,
    },
    {
        .name = "eventq", .kind = ENDS_EVENT, .sets = UINT64_C(0x7), .index = index_eventq,
        .message = messages_eventq, .messages = 4, .place = ENDS_FRONT, .select_end = 4, .big = false,
        .unknown = unknown_eventq, .unknowns = 1,
        .receive = &client.eventq, .least = 16,
    },
    {
        .name = "requestq", .kind = ENDS_REQUEST, .sets = UINT64_C(0x7), .index = index_requestq,
        .message = messages_requestq, .messages = 1, .place = ENDS_FRONT, .select_end = 0, .big = false,
        .requests = &family_requestq[0].q, .call = &call_requestq.call, .own = &family_requestq[0].own.call,
        .family = true,
    },
    {
        .name = "requestq", .kind = ENDS_REQUEST, .sets = UINT64_C(0x7), .index = index_requestq,
        .number = 1,
        .message = messages_requestq, .messages = 1, .place = ENDS_FRONT, .select_end = 0, .big = false,
        .requests = &family_requestq[1].q, .call = &call_requestq.call, .own = &family_requestq[1].own.call,
        .family = true,
    },
};

static const uint8_t set_1[] = {2};
static const uint8_t set_2[] = {0, 1, 2, 3};

static const struct ends_set sets[] = {
    {NULL, 0, NULL, 0},
    {set_1, 1, NULL, 0},
    {set_2, 4, NULL, 0},
};

static int init_service(const struct vwr_vdev_setup *setup, const struct vwr_features *features,
                        const struct vwr_service_memory *memory, bool empty)
{
    const int r = vwr_scsi_vservice_init(&service, setup, features, empty ? &no_calls : &calls, memory, NULL);

    memcpy(&service.config, config, sizeof(config));
    return r;
}

static int open_client(struct vwr_dev *d)
{
    struct vwr_scsi_client_options o = {.requests = ends_request_options()};

    memset(&call_controlq, 0, sizeof(call_controlq));
    memset(family_requestq, 0, sizeof(family_requestq));
    o.requestq = family_requestq;
    o.requestq_count = 2;
    memset(&call_requestq, 0, sizeof(call_requestq));
    o.controlq = ends_queue_memory(VWR_CLIENT_SHARED_BYTES(ENDS_QUEUE_SIZE, ENDS_CALLS, VWR_SCSI_CLIENT_CONTROLQ_SLOT,
                                   ENDS_SEGMENTS));
    o.eventq = ends_queue_memory(VWR_QUEUE_SHARED_BYTES(ENDS_QUEUE_SIZE));
    o.eventq_buffers = ends_receive_memory();
    family_requestq[0].memory = ends_queue_memory(VWR_CLIENT_SHARED_BYTES(ENDS_QUEUE_SIZE, ENDS_CALLS,
                                                  VWR_SCSI_CLIENT_REQUESTQ_SLOT, ENDS_SEGMENTS));
    family_requestq[1].memory = ends_queue_memory(VWR_CLIENT_SHARED_BYTES(ENDS_QUEUE_SIZE, ENDS_CALLS,
                                                  VWR_SCSI_CLIENT_REQUESTQ_SLOT, ENDS_SEGMENTS));
    memset(&client, 0, sizeof(client));
    return vwr_scsi_client_open(&client, d, &o);
}

static int close_client(void)
{
    return vwr_scsi_client_close(&client);
}

static bool has_client(unsigned feature)
{
    return vwr_scsi_client_has(&client, feature);
}

static int read_info(void)
{
    return vwr_scsi_client_read_info(&client);
}

const struct ends_device ends_device = {
    .name = "scsi",
    .id = 8,
    .config = config,
    .config_bytes = sizeof(config),
    .set = sets,
    .sets = 3,
    .queues = 4,
    .queue = queues,
    .ignored = &client.ignored,
    .dev = &service.service.dev,
    .init = init_service,
    .open = open_client,
    .close = close_client,
    .has = has_client,
    .read_info = read_info,
};
