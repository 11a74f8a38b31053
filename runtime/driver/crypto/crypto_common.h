/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_CRYPTO_COMMON_H
#define VWR_DRIVER_CRYPTO_COMMON_H

#include "../../shared/crypto_rules_common.h"
#include "../core/request/request_common.h"
#include "vwr/crypto.h"

/* Shared by the files of the crypto driver. */

static inline bool crypto_is_ready(const struct vwr_crypto *c)
{
    return (c->info.status & VWR_CRYPTO_S_HW_READY) != 0;
}

/* ---- vwr_crypto_request.c ---- */

extern const struct vwr_request_class vwr_crypto_class;

/* Encodes the fixed-length part after a header. Without REVISION_1, it is padded. */
void vwr_crypto_put_(struct vwr_crypto_request *x, const struct vwr_dev *d, uint32_t opcode, size_t header,
                     const struct vwr_record *form, const void *numbers, size_t padded);

/*
 * Waits for a request. Afterwards, vwr_crypto_explain() describes this request, not the last one of the other
 * queue.
 */
int vwr_crypto_do_(struct vwr_crypto *c, struct vwr_clientq *q, struct vwr_clientq *other,
                   struct vwr_crypto_request *x);

#endif
