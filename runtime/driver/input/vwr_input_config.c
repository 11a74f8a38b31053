/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vwr/input.h"

/* Configuration queries of an input device. Section: Input Device / Device configuration layout. */

/* Size in bytes of the fields in an answer. */
static unsigned input_width(uint8_t select)
{
    return select == VWR_INPUT_CFG_ABS_INFO ? 4 : select == VWR_INPUT_CFG_ID_DEVIDS ? 2 : 1;
}

/* Does not read past the end of the answer. */
static void input_read_answer(const struct vwr_config *c, void *into)
{
    struct vwr_input_query *const q = into;

    q->size = vwr_input_config_get_size(c);
    if (q->size >= sizeof(q->u.bytes))
        q->size = sizeof(q->u.bytes) - 1;
    vwr_zero(&q->u, sizeof(q->u));
    (void)vwr_dev_read_fields(c, VWR_INPUT_CONFIG_U, &q->u, q->size, input_width(q->select));
}

int vwr_input_ask(struct vwr_input *in, struct vwr_input_query *q)
{
    static const uint8_t least[] = {0, sizeof(struct vwr_input_devids), sizeof(struct vwr_input_absinfo)};
    struct vwr_dev *const d = in->bringup.dev;
    int r;

    if (d == NULL || d->state != VWR_DEV_LIVE)
        return VWR_EFAILED;
    /* each write changes the configuration in QEMU, so both precede the consistent read */
    vwr_config_write8(&d->config, VWR_INPUT_CONFIG_SELECT, q->select);
    vwr_config_write8(&d->config, VWR_INPUT_CONFIG_SUBSEL, q->subsel);
    r = vwr_dev_try_config(d, input_read_answer, q, sizeof(*q));
    if (r != VWR_OK || q->size == 0)
        return r;
    if (q->size < least[input_width(q->select) / 2] ||
        VWR_INPUT_CONFIG_U + (uint32_t)q->size > d->config.bytes)
        return VWR_EPROTO;
    return q->select == VWR_INPUT_CFG_ABS_INFO && q->u.axis.min > q->u.axis.max ? VWR_EPROTO : q->size;
}
