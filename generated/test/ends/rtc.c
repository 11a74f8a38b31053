/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/rtc.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; RTC Device */

/* 9 messages, with the values that tests/pair/ends expects on both sides. */

#include "ends.h"
#include "vwr/client/rtc.h"
#include "vwr/service/rtc.h"

#include <string.h>

static struct vwr_rtc_client client;
static struct vwr_rtc_vservice service;

static struct vwr_rtc_client_requestq_call call_requestq;

/* ---- cfg ---- */

static const uint8_t out_cfg[] = {
    0x0, 0x10, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0,
};

static const uint8_t back_cfg[] = {
    0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x59, 0x60, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0,
};

static const struct vwr_rtc_cfg_answer answer_cfg = {
    .num_clocks = 0x6059u,
};

static const struct vwr_rtc_cfg_answer blank_cfg;

static int called_cfg(struct vwr_rtc_vservice *s, struct vwr_vmessage *x, struct vwr_rtc_cfg_answer *a)
{
    ENDS_SAME(s == &service, true);
    if (!ends.blank)
        *a = answer_cfg;
    return ends_called(x, "cfg");
}

static void check_cfg(const struct vwr_rtc_cfg_answer *m)
{
    ENDS_SAME(m->num_clocks, ends.blank ? blank_cfg.num_clocks : 0x6059u);

}

static void forms_of_cfg(void)
{
    {
        struct vwr_rtc_cfg_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_cfg, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_rtc_cfg_msg_encode(&form, false);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
    }

    {
        struct vwr_rtc_cfg_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_cfg, sizeof(want));
        memset(want + 0, 0, 1);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_rtc_cfg_answer_encode(&form, false, &answer_cfg);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_rtc_cfg_answer values;
        const struct vwr_rtc_cfg_answer *const m = &values;

        memcpy(&form, back_cfg, sizeof(form));
        vwr_rtc_cfg_answer_decode(&form, false, &values);
    ENDS_SAME(m->num_clocks, 0x6059u);

    }

}

static int call_of_cfg(enum ends_do what)
{
    struct vwr_rtc_client_requestq_call *const call = &call_requestq;
    struct vwr_rtc_cfg_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_cfg();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_rtc_client_cfg_submit(&client, call);
    if (what == ENDS_DONE) {
        vwr_rtc_vservice_cfg_done(ends.kept, ends.ticket, VWR_OK, &answer_cfg);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_rtc_client_cfg_answer(&client, call, &a);
        check_cfg(&a);
        return VWR_OK;
    }
    r = vwr_rtc_client_cfg(&client, &a);
    if (r == VWR_OK)
        check_cfg(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- clock_cap ---- */

static const uint8_t out_clock_cap[] = {
    0x1, 0x10, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x59, 0x60, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0,
};

static const uint8_t back_clock_cap[] = {
    0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x59, 0x60, 0x67, 0x0, 0x0, 0x0, 0x0, 0x0,
};

static const struct vwr_rtc_clock_cap_msg given_clock_cap = {
    .clock_id = 0x6059u,
};

static const struct vwr_rtc_clock_cap_answer answer_clock_cap = {
    .type = 0x59u,
    .leap_second_smearing = 0x60u,
    .flags = 0x67u,
};

static const struct vwr_rtc_clock_cap_answer blank_clock_cap;

static int called_clock_cap(struct vwr_rtc_vservice *s, struct vwr_vmessage *x, const struct vwr_rtc_clock_cap_msg *m,
                            struct vwr_rtc_clock_cap_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->clock_id, 0x6059u);

    if (!ends.blank)
        *a = answer_clock_cap;
    return ends_called(x, "clock_cap");
}

static void check_clock_cap(const struct vwr_rtc_clock_cap_answer *m)
{
    ENDS_SAME(m->type, ends.blank ? blank_clock_cap.type : 0x59u);
    ENDS_SAME(m->leap_second_smearing, ends.blank ? blank_clock_cap.leap_second_smearing : 0x60u);
    ENDS_SAME(m->flags, ends.blank ? blank_clock_cap.flags : 0x67u);

}

static void forms_of_clock_cap(void)
{
    {
        struct vwr_rtc_clock_cap_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_clock_cap, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_rtc_clock_cap_msg_encode(&form, false, &given_clock_cap);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_rtc_clock_cap_msg values;
        const struct vwr_rtc_clock_cap_msg *const m = &values;

        memcpy(&form, out_clock_cap, sizeof(form));
        vwr_rtc_clock_cap_msg_decode(&form, false, &values);
    ENDS_SAME(m->clock_id, 0x6059u);

    }

    {
        struct vwr_rtc_clock_cap_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_clock_cap, sizeof(want));
        memset(want + 0, 0, 1);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_rtc_clock_cap_answer_encode(&form, false, &answer_clock_cap);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_rtc_clock_cap_answer values;
        const struct vwr_rtc_clock_cap_answer *const m = &values;

        memcpy(&form, back_clock_cap, sizeof(form));
        vwr_rtc_clock_cap_answer_decode(&form, false, &values);
    ENDS_SAME(m->type, 0x59u);
        ENDS_SAME(m->leap_second_smearing, 0x60u);
        ENDS_SAME(m->flags, 0x67u);

    }

}

static int call_of_clock_cap(enum ends_do what)
{
    struct vwr_rtc_client_requestq_call *const call = &call_requestq;
    struct vwr_rtc_clock_cap_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_clock_cap();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_rtc_client_clock_cap_submit(&client, call, &given_clock_cap);
    if (what == ENDS_DONE) {
        vwr_rtc_vservice_clock_cap_done(ends.kept, ends.ticket, VWR_OK, &answer_clock_cap);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_rtc_client_clock_cap_answer(&client, call, &a);
        check_clock_cap(&a);
        return VWR_OK;
    }
    r = vwr_rtc_client_clock_cap(&client, &given_clock_cap, &a);
    if (r == VWR_OK)
        check_clock_cap(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- cross_cap ---- */

static const uint8_t out_cross_cap[] = {
    0x2, 0x10, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x59, 0x60, 0x67, 0x0, 0x0, 0x0, 0x0, 0x0,
};

static const uint8_t back_cross_cap[] = {
    0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x59, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0,
};

static const struct vwr_rtc_cross_cap_msg given_cross_cap = {
    .clock_id = 0x6059u,
    .hw_counter = 0x67u,
};

static const struct vwr_rtc_cross_cap_answer answer_cross_cap = {
    .flags = 0x59u,
};

static const struct vwr_rtc_cross_cap_answer blank_cross_cap;

static int called_cross_cap(struct vwr_rtc_vservice *s, struct vwr_vmessage *x, const struct vwr_rtc_cross_cap_msg *m,
                            struct vwr_rtc_cross_cap_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->clock_id, 0x6059u);
    ENDS_SAME(m->hw_counter, 0x67u);

    if (!ends.blank)
        *a = answer_cross_cap;
    return ends_called(x, "cross_cap");
}

static void check_cross_cap(const struct vwr_rtc_cross_cap_answer *m)
{
    ENDS_SAME(m->flags, ends.blank ? blank_cross_cap.flags : 0x59u);

}

static void forms_of_cross_cap(void)
{
    {
        struct vwr_rtc_cross_cap_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_cross_cap, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_rtc_cross_cap_msg_encode(&form, false, &given_cross_cap);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_rtc_cross_cap_msg values;
        const struct vwr_rtc_cross_cap_msg *const m = &values;

        memcpy(&form, out_cross_cap, sizeof(form));
        vwr_rtc_cross_cap_msg_decode(&form, false, &values);
    ENDS_SAME(m->clock_id, 0x6059u);
        ENDS_SAME(m->hw_counter, 0x67u);

    }

    {
        struct vwr_rtc_cross_cap_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_cross_cap, sizeof(want));
        memset(want + 0, 0, 1);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_rtc_cross_cap_answer_encode(&form, false, &answer_cross_cap);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_rtc_cross_cap_answer values;
        const struct vwr_rtc_cross_cap_answer *const m = &values;

        memcpy(&form, back_cross_cap, sizeof(form));
        vwr_rtc_cross_cap_answer_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x59u);

    }

}

static int call_of_cross_cap(enum ends_do what)
{
    struct vwr_rtc_client_requestq_call *const call = &call_requestq;
    struct vwr_rtc_cross_cap_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_cross_cap();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_rtc_client_cross_cap_submit(&client, call, &given_cross_cap);
    if (what == ENDS_DONE) {
        vwr_rtc_vservice_cross_cap_done(ends.kept, ends.ticket, VWR_OK, &answer_cross_cap);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_rtc_client_cross_cap_answer(&client, call, &a);
        check_cross_cap(&a);
        return VWR_OK;
    }
    r = vwr_rtc_client_cross_cap(&client, &given_cross_cap, &a);
    if (r == VWR_OK)
        check_cross_cap(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- read ---- */

static const uint8_t out_read[] = {
    0x1, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x59, 0x60, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0,
};

static const uint8_t back_read[] = {
    0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
};

static const struct vwr_rtc_read_msg given_read = {
    .clock_id = 0x6059u,
};

static const struct vwr_rtc_read_answer answer_read = {
    .clock_reading = UINT64_C(0x8a837c756e676059),
};

static const struct vwr_rtc_read_answer blank_read;

static int called_read(struct vwr_rtc_vservice *s, struct vwr_vmessage *x, const struct vwr_rtc_read_msg *m,
                       struct vwr_rtc_read_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->clock_id, 0x6059u);

    if (!ends.blank)
        *a = answer_read;
    return ends_called(x, "read");
}

static void check_read(const struct vwr_rtc_read_answer *m)
{
    ENDS_SAME(m->clock_reading, ends.blank ? blank_read.clock_reading : UINT64_C(0x8a837c756e676059));

}

static void forms_of_read(void)
{
    {
        struct vwr_rtc_read_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_read, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_rtc_read_msg_encode(&form, false, &given_read);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_rtc_read_msg values;
        const struct vwr_rtc_read_msg *const m = &values;

        memcpy(&form, out_read, sizeof(form));
        vwr_rtc_read_msg_decode(&form, false, &values);
    ENDS_SAME(m->clock_id, 0x6059u);

    }

    {
        struct vwr_rtc_read_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_read, sizeof(want));
        memset(want + 0, 0, 1);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_rtc_read_answer_encode(&form, false, &answer_read);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_rtc_read_answer values;
        const struct vwr_rtc_read_answer *const m = &values;

        memcpy(&form, back_read, sizeof(form));
        vwr_rtc_read_answer_decode(&form, false, &values);
    ENDS_SAME(m->clock_reading, UINT64_C(0x8a837c756e676059));

    }

}

static int call_of_read(enum ends_do what)
{
    struct vwr_rtc_client_requestq_call *const call = &call_requestq;
    struct vwr_rtc_read_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_read();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_rtc_client_read_submit(&client, call, &given_read);
    if (what == ENDS_DONE) {
        vwr_rtc_vservice_read_done(ends.kept, ends.ticket, VWR_OK, &answer_read);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_rtc_client_read_answer(&client, call, &a);
        check_read(&a);
        return VWR_OK;
    }
    r = vwr_rtc_client_read(&client, &given_read, &a);
    if (r == VWR_OK)
        check_read(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- read_cross ---- */

static const uint8_t out_read_cross[] = {
    0x2, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x59, 0x60, 0x67, 0x0, 0x0, 0x0, 0x0, 0x0,
};

static const uint8_t back_read_cross[] = {
    0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0xb4, 0xbb, 0xc2,
};

static const struct vwr_rtc_read_cross_msg given_read_cross = {
    .clock_id = 0x6059u,
    .hw_counter = 0x67u,
};

static const struct vwr_rtc_read_cross_answer answer_read_cross = {
    .clock_reading = UINT64_C(0x8a837c756e676059),
    .counter_cycles = UINT64_C(0xc2bbb4ada69f9891),
};

static const struct vwr_rtc_read_cross_answer blank_read_cross;

static int called_read_cross(struct vwr_rtc_vservice *s, struct vwr_vmessage *x, const struct vwr_rtc_read_cross_msg *m,
                             struct vwr_rtc_read_cross_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->clock_id, 0x6059u);
    ENDS_SAME(m->hw_counter, 0x67u);

    if (!ends.blank)
        *a = answer_read_cross;
    return ends_called(x, "read_cross");
}

static void check_read_cross(const struct vwr_rtc_read_cross_answer *m)
{
    ENDS_SAME(m->clock_reading, ends.blank ? blank_read_cross.clock_reading : UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->counter_cycles, ends.blank ? blank_read_cross.counter_cycles : UINT64_C(0xc2bbb4ada69f9891));

}

static void forms_of_read_cross(void)
{
    {
        struct vwr_rtc_read_cross_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_read_cross, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_rtc_read_cross_msg_encode(&form, false, &given_read_cross);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_rtc_read_cross_msg values;
        const struct vwr_rtc_read_cross_msg *const m = &values;

        memcpy(&form, out_read_cross, sizeof(form));
        vwr_rtc_read_cross_msg_decode(&form, false, &values);
    ENDS_SAME(m->clock_id, 0x6059u);
        ENDS_SAME(m->hw_counter, 0x67u);

    }

    {
        struct vwr_rtc_read_cross_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_read_cross, sizeof(want));
        memset(want + 0, 0, 1);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_rtc_read_cross_answer_encode(&form, false, &answer_read_cross);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_rtc_read_cross_answer values;
        const struct vwr_rtc_read_cross_answer *const m = &values;

        memcpy(&form, back_read_cross, sizeof(form));
        vwr_rtc_read_cross_answer_decode(&form, false, &values);
    ENDS_SAME(m->clock_reading, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->counter_cycles, UINT64_C(0xc2bbb4ada69f9891));

    }

}

static int call_of_read_cross(enum ends_do what)
{
    struct vwr_rtc_client_requestq_call *const call = &call_requestq;
    struct vwr_rtc_read_cross_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_read_cross();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_rtc_client_read_cross_submit(&client, call, &given_read_cross);
    if (what == ENDS_DONE) {
        vwr_rtc_vservice_read_cross_done(ends.kept, ends.ticket, VWR_OK, &answer_read_cross);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_rtc_client_read_cross_answer(&client, call, &a);
        check_read_cross(&a);
        return VWR_OK;
    }
    r = vwr_rtc_client_read_cross(&client, &given_read_cross, &a);
    if (r == VWR_OK)
        check_read_cross(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- read_alarm ---- */

static const uint8_t out_read_alarm[] = {
    0x3, 0x10, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x59, 0x60, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0,
};

static const uint8_t back_read_alarm[] = {
    0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0,
};

static const struct vwr_rtc_read_alarm_msg given_read_alarm = {
    .clock_id = 0x6059u,
};

static const struct vwr_rtc_read_alarm_answer answer_read_alarm = {
    .alarm_time = UINT64_C(0x8a837c756e676059),
    .flags = 0x91u,
};

static const struct vwr_rtc_read_alarm_answer blank_read_alarm;

static int called_read_alarm(struct vwr_rtc_vservice *s, struct vwr_vmessage *x, const struct vwr_rtc_read_alarm_msg *m,
                             struct vwr_rtc_read_alarm_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->clock_id, 0x6059u);

    if (!ends.blank)
        *a = answer_read_alarm;
    return ends_called(x, "read_alarm");
}

static void check_read_alarm(const struct vwr_rtc_read_alarm_answer *m)
{
    ENDS_SAME(m->alarm_time, ends.blank ? blank_read_alarm.alarm_time : UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->flags, ends.blank ? blank_read_alarm.flags : 0x91u);

}

static void forms_of_read_alarm(void)
{
    {
        struct vwr_rtc_read_alarm_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_read_alarm, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_rtc_read_alarm_msg_encode(&form, false, &given_read_alarm);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_rtc_read_alarm_msg values;
        const struct vwr_rtc_read_alarm_msg *const m = &values;

        memcpy(&form, out_read_alarm, sizeof(form));
        vwr_rtc_read_alarm_msg_decode(&form, false, &values);
    ENDS_SAME(m->clock_id, 0x6059u);

    }

    {
        struct vwr_rtc_read_alarm_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_read_alarm, sizeof(want));
        memset(want + 0, 0, 1);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_rtc_read_alarm_answer_encode(&form, false, &answer_read_alarm);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_rtc_read_alarm_answer values;
        const struct vwr_rtc_read_alarm_answer *const m = &values;

        memcpy(&form, back_read_alarm, sizeof(form));
        vwr_rtc_read_alarm_answer_decode(&form, false, &values);
    ENDS_SAME(m->alarm_time, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->flags, 0x91u);

    }

}

static int call_of_read_alarm(enum ends_do what)
{
    struct vwr_rtc_client_requestq_call *const call = &call_requestq;
    struct vwr_rtc_read_alarm_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_read_alarm();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_rtc_client_read_alarm_submit(&client, call, &given_read_alarm);
    if (what == ENDS_DONE) {
        vwr_rtc_vservice_read_alarm_done(ends.kept, ends.ticket, VWR_OK, &answer_read_alarm);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_rtc_client_read_alarm_answer(&client, call, &a);
        check_read_alarm(&a);
        return VWR_OK;
    }
    r = vwr_rtc_client_read_alarm(&client, &given_read_alarm, &a);
    if (r == VWR_OK)
        check_read_alarm(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- set_alarm ---- */

static const uint8_t out_set_alarm[] = {
    0x4, 0x10, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0x0, 0x0, 0x0, 0x0, 0x0,
};

static const uint8_t back_set_alarm[] = {
    0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0,
};

static const struct vwr_rtc_set_alarm_msg given_set_alarm = {
    .alarm_time = UINT64_C(0x8a837c756e676059),
    .clock_id = 0x9891u,
    .flags = 0x9fu,
};

static int called_set_alarm(struct vwr_rtc_vservice *s, struct vwr_vmessage *x, const struct vwr_rtc_set_alarm_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->alarm_time, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->clock_id, 0x9891u);
    ENDS_SAME(m->flags, 0x9fu);

    return ends_called(x, "set_alarm");
}

static void forms_of_set_alarm(void)
{
    {
        struct vwr_rtc_set_alarm_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_set_alarm, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_rtc_set_alarm_msg_encode(&form, false, &given_set_alarm);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_rtc_set_alarm_msg values;
        const struct vwr_rtc_set_alarm_msg *const m = &values;

        memcpy(&form, out_set_alarm, sizeof(form));
        vwr_rtc_set_alarm_msg_decode(&form, false, &values);
    ENDS_SAME(m->alarm_time, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->clock_id, 0x9891u);
        ENDS_SAME(m->flags, 0x9fu);

    }

}

static int call_of_set_alarm(enum ends_do what)
{
    struct vwr_rtc_client_requestq_call *const call = &call_requestq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_set_alarm();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_rtc_client_set_alarm_submit(&client, call, &given_set_alarm);
    if (what == ENDS_DONE) {
        vwr_rtc_vservice_set_alarm_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_rtc_client_set_alarm(&client, &given_set_alarm);
    return r;
}

/* ---- set_alarm_enabled ---- */

static const uint8_t out_set_alarm_enabled[] = {
    0x5, 0x10, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x59, 0x60, 0x67, 0x0, 0x0, 0x0, 0x0, 0x0,
};

static const uint8_t back_set_alarm_enabled[] = {
    0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0,
};

static const struct vwr_rtc_set_alarm_enabled_msg given_set_alarm_enabled = {
    .clock_id = 0x6059u,
    .flags = 0x67u,
};

static int called_set_alarm_enabled(struct vwr_rtc_vservice *s, struct vwr_vmessage *x,
                                    const struct vwr_rtc_set_alarm_enabled_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->clock_id, 0x6059u);
    ENDS_SAME(m->flags, 0x67u);

    return ends_called(x, "set_alarm_enabled");
}

static void forms_of_set_alarm_enabled(void)
{
    {
        struct vwr_rtc_set_alarm_enabled_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_set_alarm_enabled, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_rtc_set_alarm_enabled_msg_encode(&form, false, &given_set_alarm_enabled);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_rtc_set_alarm_enabled_msg values;
        const struct vwr_rtc_set_alarm_enabled_msg *const m = &values;

        memcpy(&form, out_set_alarm_enabled, sizeof(form));
        vwr_rtc_set_alarm_enabled_msg_decode(&form, false, &values);
    ENDS_SAME(m->clock_id, 0x6059u);
        ENDS_SAME(m->flags, 0x67u);

    }

}

static int call_of_set_alarm_enabled(enum ends_do what)
{
    struct vwr_rtc_client_requestq_call *const call = &call_requestq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_set_alarm_enabled();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_rtc_client_set_alarm_enabled_submit(&client, call, &given_set_alarm_enabled);
    if (what == ENDS_DONE) {
        vwr_rtc_vservice_set_alarm_enabled_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_rtc_client_set_alarm_enabled(&client, &given_set_alarm_enabled);
    return r;
}

/* ---- alarm ---- */

static const uint8_t back_alarm[] = {
    0x0, 0x20, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x59, 0x60, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0,
};

static const struct vwr_rtc_alarm_msg given_alarm = {
    .clock_id = 0x6059u,
};

static void check_alarm(const struct vwr_rtc_alarm_msg *m)
{
    ENDS_SAME(m->clock_id, 0x6059u);

}

static void forms_of_alarm(void)
{
    {
        struct vwr_rtc_alarm_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_alarm, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_rtc_alarm_msg_encode(&form, false, &given_alarm);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_rtc_alarm_msg values;
        const struct vwr_rtc_alarm_msg *const m = &values;

        memcpy(&form, back_alarm, sizeof(form));
        vwr_rtc_alarm_msg_decode(&form, false, &values);
    ENDS_SAME(m->clock_id, 0x6059u);

    }

}

static int poll_alarmq(void)
{
    struct vwr_rtc_client_alarmq_event e;
    const int n = vwr_rtc_client_poll_alarmq(&client, &e);

    if (n != 1)
        return n;
    if (e.type == VWR_RTC_CLIENT_ALARMQ_ALARM)
        check_alarm(&e.m.alarm);
    ends_polled((unsigned)e.type, e.data, e.data_bytes);
    vwr_rtc_client_return_alarmq(&client, &e);
    return n;
}

static int parse_alarmq(void)
{
    struct vwr_rtc_client_alarmq_event e;

    return vwr_rtc_client_alarmq_parse(ends.image, ends.image_bytes, false, &client.bringup.dev->config.features, &e);
}

static int call_of_alarm(enum ends_do what)
{
    if (what == ENDS_FORMS) {
        forms_of_alarm();
        return VWR_OK;
    }
    if (what == ENDS_POLL)
        return poll_alarmq();
    if (what == ENDS_PARSE)
        return parse_alarmq();
    return vwr_rtc_vservice_send_alarm(&service, &given_alarm, ends_out(0), 0);
}

static uint16_t index_requestq(const struct vwr_vdev *v, uint16_t n)
{
    (void)v;
    (void)n;
    return (uint16_t)(VWR_RTC_QUEUE_REQUESTQ);
}

static uint16_t index_alarmq(const struct vwr_vdev *v, uint16_t n)
{
    (void)v;
    (void)n;
    return (uint16_t)(VWR_RTC_QUEUE_ALARMQ);
}

static void posted(struct vwr_rtc_vservice *s, uint16_t queue)
{
    (void)queue;
    ENDS_SAME(s == &service, true);
    ends_posted();
}

static void hooked(struct vwr_rtc_vservice *s)
{
    ENDS_SAME(s == &service, true);
    ends.hooked++;
}

static void hooked_queue(struct vwr_rtc_vservice *s, uint16_t queue)
{
    (void)queue;
    hooked(s);
}

static void hooked_config(struct vwr_rtc_vservice *s, uint32_t offset, uint32_t bytes)
{
    ENDS_SAME(offset, 1);
    ENDS_SAME(bytes, 2);
    hooked(s);
}

static const struct vwr_rtc_vservice_calls no_calls;
static const struct vwr_rtc_vservice_calls calls = {
    .cfg = called_cfg,
    .clock_cap = called_clock_cap,
    .cross_cap = called_cross_cap,
    .read = called_read,
    .read_cross = called_read_cross,
    .read_alarm = called_read_alarm,
    .set_alarm = called_set_alarm,
    .set_alarm_enabled = called_set_alarm_enabled,
    .posted = posted,
    .reset = hooked,
    .queue_reset = hooked_queue,
    .suspend = hooked,
    .config_written = hooked_config,
};

static const struct ends_message messages_requestq[] = {
    {
        .name = "cfg",
        .call = call_of_cfg,
        .out = {out_cfg, 8, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_cfg, 16, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .fills = true,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x2u, .refuses_beyond = true, .beyond = 0x2u,
        .refuses_unknown = true, .unknown = 0x2u,
    },
    {
        .name = "clock_cap",
        .call = call_of_clock_cap,
        .out = {out_clock_cap, 16, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_clock_cap, 16, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .fills = true,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x2u, .refuses_beyond = true, .beyond = 0x2u,
        .refuses_unknown = true, .unknown = 0x2u,
    },
    {
        .name = "cross_cap",
        .call = call_of_cross_cap,
        .out = {out_cross_cap, 16, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_cross_cap, 16, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .fills = true,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x2u, .refuses_beyond = true, .beyond = 0x2u,
        .refuses_unknown = true, .unknown = 0x2u,
    },
    {
        .name = "read",
        .call = call_of_read,
        .out = {out_read, 16, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_read, 16, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .fills = true,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x2u, .refuses_beyond = true, .beyond = 0x2u,
        .refuses_unknown = true, .unknown = 0x2u,
    },
    {
        .name = "read_cross",
        .call = call_of_read_cross,
        .out = {out_read_cross, 16, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_read_cross, 24, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .fills = true,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x2u, .refuses_beyond = true, .beyond = 0x2u,
        .refuses_unknown = true, .unknown = 0x2u,
    },
    {
        .name = "read_alarm",
        .call = call_of_read_alarm,
        .out = {out_read_alarm, 16, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_read_alarm, 24, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x2), .home = 1,
        .fills = true,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x3u, .refuses_beyond = true, .beyond = 0x3u,
        .refuses_unknown = true, .unknown = 0x2u,
    },
    {
        .name = "set_alarm",
        .call = call_of_set_alarm,
        .out = {out_set_alarm, 24, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_set_alarm, 8, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x2), .home = 1,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x3u, .refuses_beyond = true, .beyond = 0x3u,
        .refuses_unknown = true, .unknown = 0x2u,
    },
    {
        .name = "set_alarm_enabled",
        .call = call_of_set_alarm_enabled,
        .out = {out_set_alarm_enabled, 16, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_set_alarm_enabled, 8, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x2), .home = 1,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x3u, .refuses_beyond = true, .beyond = 0x3u,
        .refuses_unknown = true, .unknown = 0x2u,
    },
};
static const struct ends_unknown unknown_requestq[] = {
    {0, 2, 0, 0xffffu, 0xfffeu, false},
};

static const struct ends_message messages_alarmq[] = {
    {
        .name = "alarm",
        .call = call_of_alarm,
        .back = {back_alarm, 16, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x2), .home = 1,
        .type = VWR_RTC_CLIENT_ALARMQ_ALARM,
    },
};
static const struct ends_unknown unknown_alarmq[] = {
    {0, 2, 0, 0xffffu, 0xfffeu, false},
};

static const struct ends_queue queues[] = {
    {
        .name = "requestq", .kind = ENDS_REQUEST, .sets = UINT64_C(0x3), .index = index_requestq,
        .message = messages_requestq, .messages = 8, .place = ENDS_FRONT, .select_end = 2, .big = false,
        .unknown = unknown_requestq, .unknowns = 1,
        .requests = &client.requestq, .call = &call_requestq.call, .own = &client.requestq_own.call,
    },
    {
        .name = "alarmq", .kind = ENDS_EVENT, .sets = UINT64_C(0x2), .index = index_alarmq,
        .message = messages_alarmq, .messages = 1, .place = ENDS_FRONT, .select_end = 2, .big = false,
        .unknown = unknown_alarmq, .unknowns = 1,
        .receive = &client.alarmq, .least = 16,
    },
};

static const uint8_t set_1[] = {0};

static const struct ends_set sets[] = {
    {NULL, 0, NULL, 0},
    {set_1, 1, NULL, 0},
};

static int init_service(const struct vwr_vdev_setup *setup, const struct vwr_features *features,
                        const struct vwr_service_memory *memory, bool empty)
{
    const int r = vwr_rtc_vservice_init(&service, setup, features, empty ? &no_calls : &calls, memory, NULL);

    return r;
}

static int open_client(struct vwr_dev *d)
{
    struct vwr_rtc_client_options o = {.requests = ends_request_options()};

    memset(&call_requestq, 0, sizeof(call_requestq));
    o.requestq = ends_queue_memory(VWR_CLIENT_SHARED_BYTES(ENDS_QUEUE_SIZE, ENDS_CALLS, VWR_RTC_CLIENT_REQUESTQ_SLOT,
                                   ENDS_SEGMENTS));
    o.alarmq = ends_queue_memory(VWR_QUEUE_SHARED_BYTES(ENDS_QUEUE_SIZE));
    o.alarmq_buffers = ends_receive_memory();
    memset(&client, 0, sizeof(client));
    return vwr_rtc_client_open(&client, d, &o);
}

static int close_client(void)
{
    return vwr_rtc_client_close(&client);
}

static bool has_client(unsigned feature)
{
    return vwr_rtc_client_has(&client, feature);
}

const struct ends_device ends_device = {
    .name = "rtc",
    .id = 17,
    .set = sets,
    .sets = 2,
    .queues = 2,
    .queue = queues,
    .ignored = &client.ignored,
    .dev = &service.service.dev,
    .init = init_service,
    .open = open_client,
    .close = close_client,
    .has = has_client,
};
