/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/gpio.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; GPIO Device */

/* 7 messages, with the values that tests/pair/ends expects on both sides. */

#include "ends.h"
#include "vwr/client/gpio.h"
#include "vwr/service/gpio.h"

#include <string.h>

static struct vwr_gpio_client client;
static struct vwr_gpio_vservice service;

static struct vwr_gpio_client_requestq_call call_requestq;
static struct vwr_gpio_client_eventq_call call_eventq;

static const uint8_t config[] = {
    0x5, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0,
};

/* ---- get_line_names ---- */

static const uint8_t out_get_line_names[] = {
    0x1, 0x0, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52,
};

static const uint8_t back_get_line_names[] = {
    0x0,
};

static const struct vwr_gpio_get_line_names_msg given_get_line_names = {
    .gpio = 0x362fu,
    .value = 0x524b443du,
};

static int called_get_line_names(struct vwr_gpio_vservice *s, struct vwr_vmessage *x,
                                 const struct vwr_gpio_get_line_names_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->gpio, 0x362fu);
    ENDS_SAME(m->value, 0x524b443du);

    return ends_called(x, "get_line_names");
}

static void forms_of_get_line_names(void)
{
    {
        struct vwr_gpio_get_line_names_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_get_line_names, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpio_get_line_names_msg_encode(&form, false, &given_get_line_names);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpio_get_line_names_msg values;
        const struct vwr_gpio_get_line_names_msg *const m = &values;

        memcpy(&form, out_get_line_names, sizeof(form));
        vwr_gpio_get_line_names_msg_decode(&form, false, &values);
    ENDS_SAME(m->gpio, 0x362fu);
        ENDS_SAME(m->value, 0x524b443du);

    }

}

static int call_of_get_line_names(enum ends_do what)
{
    struct vwr_gpio_client_requestq_call *const call = &call_requestq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_get_line_names();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_gpio_client_get_line_names_submit(&client, call, &given_get_line_names, ends_in(0));
    if (what == ENDS_DONE) {
        vwr_gpio_vservice_get_line_names_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_gpio_client_get_line_names(&client, &given_get_line_names, ends_in(0));
    return r;
}

/* ---- get_direction ---- */

static const uint8_t out_get_direction[] = {
    0x2, 0x0, 0x1, 0x0, 0x3d, 0x44, 0x4b, 0x52,
};

static const uint8_t back_get_direction[] = {
    0x0, 0x28,
};

static const struct vwr_gpio_get_direction_msg given_get_direction = {
    .gpio = 0x1u,
    .value = 0x524b443du,
};

static const struct vwr_gpio_get_direction_answer answer_get_direction = {
    .value = 0x28u,
};

static const struct vwr_gpio_get_direction_answer blank_get_direction;

static const uint8_t wrong_get_direction_1[] = {
    0x2, 0x0, 0x5, 0x0, 0x3d, 0x44, 0x4b, 0x52,
};

static const struct ends_wrong wrongs_get_direction[] = {
    {"beyond_the_last", wrong_get_direction_1, 0, 0, true},
};

static int called_get_direction(struct vwr_gpio_vservice *s, struct vwr_vmessage *x,
                                const struct vwr_gpio_get_direction_msg *m, struct vwr_gpio_get_direction_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->gpio, 0x1u);
    ENDS_SAME(m->value, 0x524b443du);

    if (!ends.blank)
        *a = answer_get_direction;
    return ends_called(x, "get_direction");
}

static void check_get_direction(const struct vwr_gpio_get_direction_answer *m)
{
    ENDS_SAME(m->value, ends.blank ? blank_get_direction.value : 0x28u);

}

static void forms_of_get_direction(void)
{
    {
        struct vwr_gpio_get_direction_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_get_direction, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpio_get_direction_msg_encode(&form, false, &given_get_direction);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpio_get_direction_msg values;
        const struct vwr_gpio_get_direction_msg *const m = &values;

        memcpy(&form, out_get_direction, sizeof(form));
        vwr_gpio_get_direction_msg_decode(&form, false, &values);
    ENDS_SAME(m->gpio, 0x1u);
        ENDS_SAME(m->value, 0x524b443du);

    }

    {
        struct vwr_gpio_get_direction_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_get_direction, sizeof(want));
        memset(want + 0, 0, 1);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpio_get_direction_answer_encode(&form, false, &answer_get_direction);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpio_get_direction_answer values;
        const struct vwr_gpio_get_direction_answer *const m = &values;

        memcpy(&form, back_get_direction, sizeof(form));
        vwr_gpio_get_direction_answer_decode(&form, false, &values);
    ENDS_SAME(m->value, 0x28u);

    }

}

static int call_of_get_direction(enum ends_do what)
{
    struct vwr_gpio_client_requestq_call *const call = &call_requestq;
    struct vwr_gpio_get_direction_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_get_direction();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_gpio_client_get_direction_submit(&client, call, &given_get_direction);
    if (what == ENDS_DONE) {
        vwr_gpio_vservice_get_direction_done(ends.kept, ends.ticket, VWR_OK, &answer_get_direction);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_gpio_client_get_direction_answer(&client, call, &a);
        check_get_direction(&a);
        return VWR_OK;
    }
    if (what == ENDS_UNFIT + 0) {
        struct vwr_gpio_get_direction_msg other = given_get_direction;

        other.gpio = 5u;
        return vwr_gpio_client_get_direction_submit(&client, call, &other);
    }
    r = vwr_gpio_client_get_direction(&client, &given_get_direction, &a);
    if (r == VWR_OK)
        check_get_direction(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- set_direction ---- */

static const uint8_t out_set_direction[] = {
    0x3, 0x0, 0x1, 0x0, 0x3d, 0x44, 0x4b, 0x52,
};

static const uint8_t back_set_direction[] = {
    0x0, 0x28,
};

static const struct vwr_gpio_set_direction_msg given_set_direction = {
    .gpio = 0x1u,
    .value = 0x524b443du,
};

static const struct vwr_gpio_set_direction_answer answer_set_direction = {
    .value = 0x28u,
};

static const struct vwr_gpio_set_direction_answer blank_set_direction;

static const uint8_t wrong_set_direction_1[] = {
    0x3, 0x0, 0x5, 0x0, 0x3d, 0x44, 0x4b, 0x52,
};

static const struct ends_wrong wrongs_set_direction[] = {
    {"beyond_the_last", wrong_set_direction_1, 0, 0, true},
};

static int called_set_direction(struct vwr_gpio_vservice *s, struct vwr_vmessage *x,
                                const struct vwr_gpio_set_direction_msg *m, struct vwr_gpio_set_direction_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->gpio, 0x1u);
    ENDS_SAME(m->value, 0x524b443du);

    if (!ends.blank)
        *a = answer_set_direction;
    return ends_called(x, "set_direction");
}

static void check_set_direction(const struct vwr_gpio_set_direction_answer *m)
{
    ENDS_SAME(m->value, ends.blank ? blank_set_direction.value : 0x28u);

}

static void forms_of_set_direction(void)
{
    {
        struct vwr_gpio_set_direction_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_set_direction, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpio_set_direction_msg_encode(&form, false, &given_set_direction);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpio_set_direction_msg values;
        const struct vwr_gpio_set_direction_msg *const m = &values;

        memcpy(&form, out_set_direction, sizeof(form));
        vwr_gpio_set_direction_msg_decode(&form, false, &values);
    ENDS_SAME(m->gpio, 0x1u);
        ENDS_SAME(m->value, 0x524b443du);

    }

    {
        struct vwr_gpio_set_direction_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_set_direction, sizeof(want));
        memset(want + 0, 0, 1);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpio_set_direction_answer_encode(&form, false, &answer_set_direction);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpio_set_direction_answer values;
        const struct vwr_gpio_set_direction_answer *const m = &values;

        memcpy(&form, back_set_direction, sizeof(form));
        vwr_gpio_set_direction_answer_decode(&form, false, &values);
    ENDS_SAME(m->value, 0x28u);

    }

}

static int call_of_set_direction(enum ends_do what)
{
    struct vwr_gpio_client_requestq_call *const call = &call_requestq;
    struct vwr_gpio_set_direction_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_set_direction();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_gpio_client_set_direction_submit(&client, call, &given_set_direction);
    if (what == ENDS_DONE) {
        vwr_gpio_vservice_set_direction_done(ends.kept, ends.ticket, VWR_OK, &answer_set_direction);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_gpio_client_set_direction_answer(&client, call, &a);
        check_set_direction(&a);
        return VWR_OK;
    }
    if (what == ENDS_UNFIT + 0) {
        struct vwr_gpio_set_direction_msg other = given_set_direction;

        other.gpio = 5u;
        return vwr_gpio_client_set_direction_submit(&client, call, &other);
    }
    r = vwr_gpio_client_set_direction(&client, &given_set_direction, &a);
    if (r == VWR_OK)
        check_set_direction(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- get_value ---- */

static const uint8_t out_get_value[] = {
    0x4, 0x0, 0x1, 0x0, 0x3d, 0x44, 0x4b, 0x52,
};

static const uint8_t back_get_value[] = {
    0x0, 0x28,
};

static const struct vwr_gpio_get_value_msg given_get_value = {
    .gpio = 0x1u,
    .value = 0x524b443du,
};

static const struct vwr_gpio_get_value_answer answer_get_value = {
    .value = 0x28u,
};

static const struct vwr_gpio_get_value_answer blank_get_value;

static const uint8_t wrong_get_value_1[] = {
    0x4, 0x0, 0x5, 0x0, 0x3d, 0x44, 0x4b, 0x52,
};

static const struct ends_wrong wrongs_get_value[] = {
    {"beyond_the_last", wrong_get_value_1, 0, 0, true},
};

static int called_get_value(struct vwr_gpio_vservice *s, struct vwr_vmessage *x, const struct vwr_gpio_get_value_msg *m,
                            struct vwr_gpio_get_value_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->gpio, 0x1u);
    ENDS_SAME(m->value, 0x524b443du);

    if (!ends.blank)
        *a = answer_get_value;
    return ends_called(x, "get_value");
}

static void check_get_value(const struct vwr_gpio_get_value_answer *m)
{
    ENDS_SAME(m->value, ends.blank ? blank_get_value.value : 0x28u);

}

static void forms_of_get_value(void)
{
    {
        struct vwr_gpio_get_value_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_get_value, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpio_get_value_msg_encode(&form, false, &given_get_value);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpio_get_value_msg values;
        const struct vwr_gpio_get_value_msg *const m = &values;

        memcpy(&form, out_get_value, sizeof(form));
        vwr_gpio_get_value_msg_decode(&form, false, &values);
    ENDS_SAME(m->gpio, 0x1u);
        ENDS_SAME(m->value, 0x524b443du);

    }

    {
        struct vwr_gpio_get_value_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_get_value, sizeof(want));
        memset(want + 0, 0, 1);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpio_get_value_answer_encode(&form, false, &answer_get_value);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpio_get_value_answer values;
        const struct vwr_gpio_get_value_answer *const m = &values;

        memcpy(&form, back_get_value, sizeof(form));
        vwr_gpio_get_value_answer_decode(&form, false, &values);
    ENDS_SAME(m->value, 0x28u);

    }

}

static int call_of_get_value(enum ends_do what)
{
    struct vwr_gpio_client_requestq_call *const call = &call_requestq;
    struct vwr_gpio_get_value_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_get_value();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_gpio_client_get_value_submit(&client, call, &given_get_value);
    if (what == ENDS_DONE) {
        vwr_gpio_vservice_get_value_done(ends.kept, ends.ticket, VWR_OK, &answer_get_value);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_gpio_client_get_value_answer(&client, call, &a);
        check_get_value(&a);
        return VWR_OK;
    }
    if (what == ENDS_UNFIT + 0) {
        struct vwr_gpio_get_value_msg other = given_get_value;

        other.gpio = 5u;
        return vwr_gpio_client_get_value_submit(&client, call, &other);
    }
    r = vwr_gpio_client_get_value(&client, &given_get_value, &a);
    if (r == VWR_OK)
        check_get_value(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- set_value ---- */

static const uint8_t out_set_value[] = {
    0x5, 0x0, 0x1, 0x0, 0x3d, 0x44, 0x4b, 0x52,
};

static const uint8_t back_set_value[] = {
    0x0, 0x28,
};

static const struct vwr_gpio_set_value_msg given_set_value = {
    .gpio = 0x1u,
    .value = 0x524b443du,
};

static const struct vwr_gpio_set_value_answer answer_set_value = {
    .value = 0x28u,
};

static const struct vwr_gpio_set_value_answer blank_set_value;

static const uint8_t wrong_set_value_1[] = {
    0x5, 0x0, 0x5, 0x0, 0x3d, 0x44, 0x4b, 0x52,
};

static const struct ends_wrong wrongs_set_value[] = {
    {"beyond_the_last", wrong_set_value_1, 0, 0, true},
};

static int called_set_value(struct vwr_gpio_vservice *s, struct vwr_vmessage *x, const struct vwr_gpio_set_value_msg *m,
                            struct vwr_gpio_set_value_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->gpio, 0x1u);
    ENDS_SAME(m->value, 0x524b443du);

    if (!ends.blank)
        *a = answer_set_value;
    return ends_called(x, "set_value");
}

static void check_set_value(const struct vwr_gpio_set_value_answer *m)
{
    ENDS_SAME(m->value, ends.blank ? blank_set_value.value : 0x28u);

}

static void forms_of_set_value(void)
{
    {
        struct vwr_gpio_set_value_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_set_value, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpio_set_value_msg_encode(&form, false, &given_set_value);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpio_set_value_msg values;
        const struct vwr_gpio_set_value_msg *const m = &values;

        memcpy(&form, out_set_value, sizeof(form));
        vwr_gpio_set_value_msg_decode(&form, false, &values);
    ENDS_SAME(m->gpio, 0x1u);
        ENDS_SAME(m->value, 0x524b443du);

    }

    {
        struct vwr_gpio_set_value_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_set_value, sizeof(want));
        memset(want + 0, 0, 1);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpio_set_value_answer_encode(&form, false, &answer_set_value);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpio_set_value_answer values;
        const struct vwr_gpio_set_value_answer *const m = &values;

        memcpy(&form, back_set_value, sizeof(form));
        vwr_gpio_set_value_answer_decode(&form, false, &values);
    ENDS_SAME(m->value, 0x28u);

    }

}

static int call_of_set_value(enum ends_do what)
{
    struct vwr_gpio_client_requestq_call *const call = &call_requestq;
    struct vwr_gpio_set_value_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_set_value();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_gpio_client_set_value_submit(&client, call, &given_set_value);
    if (what == ENDS_DONE) {
        vwr_gpio_vservice_set_value_done(ends.kept, ends.ticket, VWR_OK, &answer_set_value);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_gpio_client_set_value_answer(&client, call, &a);
        check_set_value(&a);
        return VWR_OK;
    }
    if (what == ENDS_UNFIT + 0) {
        struct vwr_gpio_set_value_msg other = given_set_value;

        other.gpio = 5u;
        return vwr_gpio_client_set_value_submit(&client, call, &other);
    }
    r = vwr_gpio_client_set_value(&client, &given_set_value, &a);
    if (r == VWR_OK)
        check_set_value(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- set_irq_type ---- */

static const uint8_t out_set_irq_type[] = {
    0x6, 0x0, 0x1, 0x0, 0x3d, 0x44, 0x4b, 0x52,
};

static const uint8_t back_set_irq_type[] = {
    0x0, 0x28,
};

static const struct vwr_gpio_set_irq_type_msg given_set_irq_type = {
    .gpio = 0x1u,
    .value = 0x524b443du,
};

static const struct vwr_gpio_set_irq_type_answer answer_set_irq_type = {
    .value = 0x28u,
};

static const struct vwr_gpio_set_irq_type_answer blank_set_irq_type;

static const uint8_t wrong_set_irq_type_1[] = {
    0x6, 0x0, 0x5, 0x0, 0x3d, 0x44, 0x4b, 0x52,
};

static const struct ends_wrong wrongs_set_irq_type[] = {
    {"beyond_the_last", wrong_set_irq_type_1, 0, 0, true},
};

static int called_set_irq_type(struct vwr_gpio_vservice *s, struct vwr_vmessage *x,
                               const struct vwr_gpio_set_irq_type_msg *m, struct vwr_gpio_set_irq_type_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->gpio, 0x1u);
    ENDS_SAME(m->value, 0x524b443du);

    if (!ends.blank)
        *a = answer_set_irq_type;
    return ends_called(x, "set_irq_type");
}

static void check_set_irq_type(const struct vwr_gpio_set_irq_type_answer *m)
{
    ENDS_SAME(m->value, ends.blank ? blank_set_irq_type.value : 0x28u);

}

static void forms_of_set_irq_type(void)
{
    {
        struct vwr_gpio_set_irq_type_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_set_irq_type, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpio_set_irq_type_msg_encode(&form, false, &given_set_irq_type);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpio_set_irq_type_msg values;
        const struct vwr_gpio_set_irq_type_msg *const m = &values;

        memcpy(&form, out_set_irq_type, sizeof(form));
        vwr_gpio_set_irq_type_msg_decode(&form, false, &values);
    ENDS_SAME(m->gpio, 0x1u);
        ENDS_SAME(m->value, 0x524b443du);

    }

    {
        struct vwr_gpio_set_irq_type_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_set_irq_type, sizeof(want));
        memset(want + 0, 0, 1);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpio_set_irq_type_answer_encode(&form, false, &answer_set_irq_type);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpio_set_irq_type_answer values;
        const struct vwr_gpio_set_irq_type_answer *const m = &values;

        memcpy(&form, back_set_irq_type, sizeof(form));
        vwr_gpio_set_irq_type_answer_decode(&form, false, &values);
    ENDS_SAME(m->value, 0x28u);

    }

}

static int call_of_set_irq_type(enum ends_do what)
{
    struct vwr_gpio_client_requestq_call *const call = &call_requestq;
    struct vwr_gpio_set_irq_type_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_set_irq_type();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_gpio_client_set_irq_type_submit(&client, call, &given_set_irq_type);
    if (what == ENDS_DONE) {
        vwr_gpio_vservice_set_irq_type_done(ends.kept, ends.ticket, VWR_OK, &answer_set_irq_type);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_gpio_client_set_irq_type_answer(&client, call, &a);
        check_set_irq_type(&a);
        return VWR_OK;
    }
    if (what == ENDS_UNFIT + 0) {
        struct vwr_gpio_set_irq_type_msg other = given_set_irq_type;

        other.gpio = 5u;
        return vwr_gpio_client_set_irq_type_submit(&client, call, &other);
    }
    r = vwr_gpio_client_set_irq_type(&client, &given_set_irq_type, &a);
    if (r == VWR_OK)
        check_set_irq_type(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- interrupt ---- */

static const uint8_t out_interrupt[] = {
    0x1, 0x0,
};

static const uint8_t back_interrupt[] = {
    0x1,
};

static const struct vwr_gpio_interrupt_msg given_interrupt = {
    .gpio = 0x1u,
};

static const uint8_t wrong_interrupt_1[] = {
    0x5, 0x0,
};

static const struct ends_wrong wrongs_interrupt[] = {
    {"beyond_the_last", wrong_interrupt_1, 0, 0, true},
};

static int called_interrupt(struct vwr_gpio_vservice *s, struct vwr_vmessage *x, const struct vwr_gpio_interrupt_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->gpio, 0x1u);

    return ends_called(x, "interrupt");
}

static void forms_of_interrupt(void)
{
    {
        struct vwr_gpio_interrupt_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_interrupt, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpio_interrupt_msg_encode(&form, false, &given_interrupt);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpio_interrupt_msg values;
        const struct vwr_gpio_interrupt_msg *const m = &values;

        memcpy(&form, out_interrupt, sizeof(form));
        vwr_gpio_interrupt_msg_decode(&form, false, &values);
    ENDS_SAME(m->gpio, 0x1u);

    }

}

static int call_of_interrupt(enum ends_do what)
{
    struct vwr_gpio_client_eventq_call *const call = &call_eventq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_interrupt();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_gpio_client_interrupt_submit(&client, call, &given_interrupt);
    if (what == ENDS_DONE) {
        vwr_gpio_vservice_interrupt_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    if (what == ENDS_UNFIT + 0) {
        struct vwr_gpio_interrupt_msg other = given_interrupt;

        other.gpio = 5u;
        return vwr_gpio_client_interrupt_submit(&client, call, &other);
    }
    r = vwr_gpio_client_interrupt(&client, &given_interrupt);
    return r;
}

static uint16_t index_requestq(const struct vwr_vdev *v, uint16_t n)
{
    (void)v;
    (void)n;
    return (uint16_t)(VWR_GPIO_QUEUE_REQUESTQ);
}

static uint16_t index_eventq(const struct vwr_vdev *v, uint16_t n)
{
    (void)v;
    (void)n;
    return (uint16_t)(VWR_GPIO_QUEUE_EVENTQ);
}

static void posted(struct vwr_gpio_vservice *s, uint16_t queue)
{
    (void)queue;
    ENDS_SAME(s == &service, true);
    ends_posted();
}

static void hooked(struct vwr_gpio_vservice *s)
{
    ENDS_SAME(s == &service, true);
    ends.hooked++;
}

static void hooked_queue(struct vwr_gpio_vservice *s, uint16_t queue)
{
    (void)queue;
    hooked(s);
}

static void hooked_config(struct vwr_gpio_vservice *s, uint32_t offset, uint32_t bytes)
{
    ENDS_SAME(offset, 1);
    ENDS_SAME(bytes, 2);
    hooked(s);
}

static const struct vwr_gpio_vservice_calls no_calls;
static const struct vwr_gpio_vservice_calls calls = {
    .get_line_names = called_get_line_names,
    .get_direction = called_get_direction,
    .set_direction = called_set_direction,
    .get_value = called_get_value,
    .set_value = called_set_value,
    .set_irq_type = called_set_irq_type,
    .interrupt = called_interrupt,
    .posted = posted,
    .reset = hooked,
    .queue_reset = hooked_queue,
    .suspend = hooked,
    .config_written = hooked_config,
};

static const struct ends_message messages_requestq[] = {
    {
        .name = "get_line_names",
        .call = call_of_get_line_names,
        .out = {out_get_line_names, 8, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_get_line_names, 1, 0, 5, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u, .refuses_beyond = true, .beyond = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
    },
    {
        .name = "get_direction",
        .call = call_of_get_direction,
        .out = {out_get_direction, 8, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_get_direction, 2, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .fills = true,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u, .refuses_beyond = true, .beyond = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
        .unfit = {"client_beyond_the_last"},
        .wrong = wrongs_get_direction, .wrongs = 1,
    },
    {
        .name = "set_direction",
        .call = call_of_set_direction,
        .out = {out_set_direction, 8, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_set_direction, 2, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .fills = true,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u, .refuses_beyond = true, .beyond = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
        .unfit = {"client_beyond_the_last"},
        .wrong = wrongs_set_direction, .wrongs = 1,
    },
    {
        .name = "get_value",
        .call = call_of_get_value,
        .out = {out_get_value, 8, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_get_value, 2, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .fills = true,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u, .refuses_beyond = true, .beyond = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
        .unfit = {"client_beyond_the_last"},
        .wrong = wrongs_get_value, .wrongs = 1,
    },
    {
        .name = "set_value",
        .call = call_of_set_value,
        .out = {out_set_value, 8, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_set_value, 2, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .fills = true,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u, .refuses_beyond = true, .beyond = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
        .unfit = {"client_beyond_the_last"},
        .wrong = wrongs_set_value, .wrongs = 1,
    },
    {
        .name = "set_irq_type",
        .call = call_of_set_irq_type,
        .out = {out_set_irq_type, 8, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_set_irq_type, 2, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x2), .home = 1,
        .fills = true,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u, .refuses_beyond = true, .beyond = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
        .unfit = {"client_beyond_the_last"},
        .wrong = wrongs_set_irq_type, .wrongs = 1,
    },
};
static const struct ends_unknown unknown_requestq[] = {
    {0, 2, 0, 0xffffu, 0xfffeu, false},
};

static const struct ends_message messages_eventq[] = {
    {
        .name = "interrupt",
        .call = call_of_interrupt,
        .out = {out_interrupt, 2, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_interrupt, 1, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x2), .home = 1,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x1},
        .refuses = true, .refuse = 0x0u, .refuses_beyond = true, .beyond = 0x0u,
        .refuses_unknown = true, .unknown = 0x0u,
        .unfit = {"client_beyond_the_last"},
        .wrong = wrongs_interrupt, .wrongs = 1,
    },
};

static const struct ends_queue queues[] = {
    {
        .name = "requestq", .kind = ENDS_REQUEST, .sets = UINT64_C(0x3), .index = index_requestq,
        .message = messages_requestq, .messages = 6, .place = ENDS_FRONT, .select_end = 2, .big = false,
        .unknown = unknown_requestq, .unknowns = 1,
        .requests = &client.requestq, .call = &call_requestq.call, .own = &client.requestq_own.call,
    },
    {
        .name = "eventq", .kind = ENDS_REQUEST, .sets = UINT64_C(0x2), .index = index_eventq,
        .message = messages_eventq, .messages = 1, .place = ENDS_FRONT, .select_end = 0, .big = false,
        .requests = &client.eventq, .call = &call_eventq.call, .own = &client.eventq_own.call,
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
    const int r = vwr_gpio_vservice_init(&service, setup, features, empty ? &no_calls : &calls, memory, NULL);

    memcpy(&service.config, config, sizeof(config));
    return r;
}

static int open_client(struct vwr_dev *d)
{
    struct vwr_gpio_client_options o = {.requests = ends_request_options()};

    memset(&call_requestq, 0, sizeof(call_requestq));
    memset(&call_eventq, 0, sizeof(call_eventq));
    o.requestq = ends_queue_memory(VWR_CLIENT_SHARED_BYTES(ENDS_QUEUE_SIZE, ENDS_CALLS, VWR_GPIO_CLIENT_REQUESTQ_SLOT,
                                   ENDS_SEGMENTS));
    o.eventq = ends_queue_memory(VWR_CLIENT_SHARED_BYTES(ENDS_QUEUE_SIZE, ENDS_CALLS, VWR_GPIO_CLIENT_EVENTQ_SLOT,
                                 ENDS_SEGMENTS));
    memset(&client, 0, sizeof(client));
    return vwr_gpio_client_open(&client, d, &o);
}

static int close_client(void)
{
    return vwr_gpio_client_close(&client);
}

static bool has_client(unsigned feature)
{
    return vwr_gpio_client_has(&client, feature);
}

static int read_info(void)
{
    return vwr_gpio_client_read_info(&client);
}

const struct ends_device ends_device = {
    .name = "gpio",
    .id = 41,
    .config = config,
    .config_bytes = sizeof(config),
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
    .read_info = read_info,
};
