/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_CRYPTO_COMMON_H
#define VWR_DRIVER_CRYPTO_COMMON_H

#include "../request/request_common.h"
#include "vwr/crypto.h"

/* Shared by the files of the crypto driver. */

/* ---- vwr_crypto_request.c ---- */

extern const struct vwr_request_class vwr_crypto_class;

/* The result that belongs to a status; records it as a fault unless it is OK. */
int vwr_crypto_judge(struct vwr_requestq *q, uint32_t opcode, uint32_t status);

static inline bool crypto_is_ready(const struct vwr_crypto *c)
{
    return (c->info.status & VWR_CRYPTO_S_HW_READY) != 0;
}

/* ---- vwr_crypto_session.c ---- */

extern const struct vwr_request_class vwr_crypto_control_class;

#endif
