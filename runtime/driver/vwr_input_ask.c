/* SPDX-License-Identifier: MIT */
#include "vwr/input.h"

/* What an input device says of itself. Section: Input Device / Device configuration layout. */

static void input_read_axis(const struct vwr_config *c, struct vwr_input_axis *axis)
{
    axis->min = (int)vwr_input_config_get_u_abs_min(c);
    axis->max = (int)vwr_input_config_get_u_abs_max(c);
    axis->fuzz = vwr_input_config_get_u_abs_fuzz(c);
    axis->flat = vwr_input_config_get_u_abs_flat(c);
    axis->resolution = vwr_input_config_get_u_abs_res(c);
}

static void input_read_ids(const struct vwr_config *c, struct vwr_input_ids *ids)
{
    ids->bus = vwr_input_config_get_u_ids_bustype(c);
    ids->vendor = vwr_input_config_get_u_ids_vendor(c);
    ids->product = vwr_input_config_get_u_ids_product(c);
    ids->version = vwr_input_config_get_u_ids_version(c);
}

/* Bytes of an answer with fields; 0: it has none. */
static unsigned input_least(uint8_t select)
{
    if (select == VWR_INPUT_CFG_ABS_INFO)
        return sizeof(struct vwr_input_absinfo);
    return select == VWR_INPUT_CFG_ID_DEVIDS ? sizeof(struct vwr_input_devids) : 0;
}

/* Nothing is read behind the end of the answer. */
static void input_read_answer(const struct vwr_config *c, void *into)
{
    struct vwr_input_query *const q = into;
    const unsigned least = input_least(q->select);

    q->size = vwr_input_config_get_size(c);
    if (q->size >= sizeof(q->u.bytes))
        q->size = sizeof(q->u.bytes) - 1;
    vwr_zero(&q->u, sizeof(q->u));
    for (unsigned i = 0; i < q->size && least == 0; i++)
        q->u.bytes[i] = vwr_input_config_get_u_bitmap(c, i);
    if (least == 0 || q->size < least)
        return;
    if (q->select == VWR_INPUT_CFG_ABS_INFO)
        input_read_axis(c, &q->u.axis);
    else
        input_read_ids(c, &q->u.ids);
}

int vwr_input_ask(struct vwr_input *in, struct vwr_input_query *q)
{
    struct vwr_dev *const d = in->recovery.dev;
    int r = d->state == VWR_DEV_LIVE ? VWR_OK : VWR_EFAILED;

    if (r == VWR_OK) /* before the answer is read: QEMU's configuration changes by each of these */
        r = vwr_input_config_set_select(&d->config, q->select);
    if (r == VWR_OK)
        r = vwr_input_config_set_subsel(&d->config, q->subsel);
    if (r == VWR_OK)
        r = vwr_dev_try_config(d, input_read_answer, q, sizeof(*q));
    if (r != VWR_OK)
        return r;
    if (q->size != 0 && q->size < input_least(q->select))
        return VWR_EPROTO;
    if (q->select == VWR_INPUT_CFG_ABS_INFO && q->u.axis.min > q->u.axis.max)
        return VWR_EPROTO;
    return q->size;
}
