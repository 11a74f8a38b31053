/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/console.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Console Device */

#include "vwr/gen/features.h"
#include "vwr/gen/console.h"

/* Of two values the first is the legacy interface's. */
const struct vwr_config_field vwr_console_config_fields[VWR_CONSOLE_CONFIG_FIELD_COUNT] = {
    {
        .offset = 0, .bytes = 2,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_CONSOLE_F_SIZE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 2, .bytes = 2,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_CONSOLE_F_SIZE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 4, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_CONSOLE_F_MULTIPORT, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 8, .bytes = 4,
        .access = {VWR_WRITE, VWR_WRITE},
        .any = {VWR_CONSOLE_F_EMERG_WRITE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 1,
    },
};

void vwr_console_config_read(const struct vwr_config *c, void *into)
{
    struct vwr_console_config_info *const info = into;

    info->cols = vwr_console_config_get_cols(c);
    info->rows = vwr_console_config_get_rows(c);
    info->max_nr_ports = vwr_console_config_get_max_nr_ports(c);
}

void vwr_console_config_write(struct vwr_console_config *w, bool legacy, const struct vwr_console_config_info *info)
{
    w->cols = vwr_guest16(legacy, info->cols);
    w->rows = vwr_guest16(legacy, info->rows);
    w->max_nr_ports = vwr_guest32(legacy, info->max_nr_ports);
}
