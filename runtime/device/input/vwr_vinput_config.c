/* SPDX-License-Identifier: MIT */
#include "vinput_common.h"

/*
 * Configuration of an input device.
 * Section: Input Device / Device configuration layout.
 */

static uint8_t vinput_put_text(struct vwr_input_config *c, const char *text)
{
    uint8_t n = 0;

    for (; text != NULL && n < sizeof(c->u.string) && text[n] != '\0'; n++)
        c->u.string[n] = (uint8_t)text[n];
    return n;
}

/* Sets bits first to last; returns the size of the bitmap in bytes. */
static uint8_t vinput_put_bits(struct vwr_input_config *c, uint8_t size, unsigned first, unsigned last)
{
    unsigned at = first;

    for (; at <= last && at / 8u < sizeof(c->u.bitmap); at++)
        c->u.bitmap[at / 8u] |= (uint8_t)(1u << at % 8u);
    at = (at + 7u) / 8u;
    return at > size ? (uint8_t)at : size;
}

static uint8_t vinput_put_codes(struct vwr_input_config *c, const struct vwr_vinput_model *m)
{
    uint8_t size = 0;

    for (unsigned i = 0; i < m->codes_count; i++)
        if (m->codes[i].type == c->subsel)
            size = vinput_put_bits(c, size, m->codes[i].first, m->codes[i].last);
    for (unsigned i = 0; i < m->axis_count && c->subsel == VWR_EV_ABS; i++)
        size = vinput_put_bits(c, size, m->axis[i].code, m->axis[i].code);
    return size;
}

static uint8_t vinput_put_properties(struct vwr_input_config *c, const struct vwr_vinput_model *m)
{
    uint8_t size = 0;

    for (unsigned i = 0; i < m->property_count; i++)
        size = vinput_put_bits(c, size, m->property[i], m->property[i]);
    return size;
}

static uint8_t vinput_put_axis(struct vwr_input_config *c, const struct vwr_vinput_model *m, bool legacy)
{
    unsigned i = 0;

    while (i < m->axis_count && m->axis[i].code != c->subsel)
        i++;
    if (i == m->axis_count)
        return 0;
    c->u.abs.min = vwr_guest32(legacy, (uint32_t)m->axis[i].min);
    c->u.abs.max = vwr_guest32(legacy, (uint32_t)m->axis[i].max);
    c->u.abs.fuzz = vwr_guest32(legacy, m->axis[i].fuzz);
    c->u.abs.flat = vwr_guest32(legacy, m->axis[i].flat);
    c->u.abs.res = vwr_guest32(legacy, m->axis[i].resolution);
    return sizeof(c->u.abs);
}

static uint8_t vinput_put_ids(struct vwr_input_config *c, const struct vwr_vinput_model *m, bool legacy)
{
    c->u.ids.bustype = vwr_guest16(legacy, m->bus);
    c->u.ids.vendor = vwr_guest16(legacy, m->vendor);
    c->u.ids.product = vwr_guest16(legacy, m->product);
    c->u.ids.version = vwr_guest16(legacy, m->version);
    return sizeof(c->u.ids);
}

/* Selections without a subsel require 0. */
void vwr_vinput_answer_(struct vwr_vinput *in)
{
    const struct vwr_vinput_model *const m = in->options.model;
    struct vwr_input_config *const c = &in->service.config;
    const bool legacy = vwr_vinput_dev(in)->legacy;
    struct vwr_input_config_info info;
    const bool plain = c->subsel == 0;

    vwr_zero(&c->u, sizeof(c->u));
    vwr_zero(&info, sizeof(info));
    if (c->select == VWR_INPUT_CFG_EV_BITS)
        info.size = vinput_put_codes(c, m);
    else if (c->select == VWR_INPUT_CFG_ABS_INFO)
        info.size = vinput_put_axis(c, m, legacy);
    else if (c->select == VWR_INPUT_CFG_ID_NAME && plain)
        info.size = vinput_put_text(c, m->name);
    else if (c->select == VWR_INPUT_CFG_ID_SERIAL && plain)
        info.size = vinput_put_text(c, in->options.serial);
    else if (c->select == VWR_INPUT_CFG_ID_DEVIDS && plain)
        info.size = vinput_put_ids(c, m, legacy);
    else if (c->select == VWR_INPUT_CFG_PROP_BITS && plain)
        info.size = vinput_put_properties(c, m);
    vwr_input_config_write(c, legacy, &info);
}

bool vwr_vinput_has_(const struct vwr_vinput_model *m, uint16_t type, uint16_t code)
{
    for (unsigned i = 0; i < m->codes_count; i++)
        if (m->codes[i].type == type && code >= m->codes[i].first && code <= m->codes[i].last)
            return true;
    return false;
}
