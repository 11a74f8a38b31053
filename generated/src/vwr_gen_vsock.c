/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/vsock.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Socket Device */

#include "vwr/gen/features.h"
#include "vwr/gen/vsock.h"

/* Of two values the first is the legacy interface's. */
const struct vwr_config_field vwr_vsock_config_fields[VWR_VSOCK_CONFIG_FIELD_COUNT] = {
    {
        .offset = 0, .bytes = 8,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
};

void vwr_vsock_config_read(const struct vwr_config *c, void *into)
{
    struct vwr_vsock_config_info *const info = into;

    info->guest_cid = vwr_vsock_config_get_guest_cid(c);
}

void vwr_vsock_config_write(struct vwr_vsock_config *w, bool legacy, const struct vwr_vsock_config_info *info)
{
    w->guest_cid = vwr_guest64(legacy, info->guest_cid);
}
