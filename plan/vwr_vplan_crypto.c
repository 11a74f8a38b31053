/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vplan_crypto.h"

int vwr_vplan_build_crypto(const struct vwr_vplan_device *row, void *memory, const struct vwr_vdev_setup *s,
                           const struct vwr_vplan_host *host)
{
    const struct vwr_vplan_crypto *const crypto = row->options;
    struct vwr_vcrypto_options o;

    vwr_copy(&o, &crypto->options, sizeof o);
    o.ops = host->crypto;
    o.context = host->context;
    o.info = host->crypto_info;
    o.session = vwr_vplan_member(memory, crypto->session);
    o.message = vwr_vplan_member(memory, crypto->message);
    o.seg = vwr_vplan_member(memory, crypto->seg);
    o.buffer = vwr_vplan_member(memory, crypto->buffer);
    if (o.keys_bytes != 0)
        o.keys = vwr_vplan_member(memory, crypto->keys);
    return vwr_vcrypto_init_with(vwr_vplan_member(memory, row->device), s, &o);
}
