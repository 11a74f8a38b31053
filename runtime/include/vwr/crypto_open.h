/* SPDX-License-Identifier: MIT */
#ifndef VWR_CRYPTO_OPEN_H
#define VWR_CRYPTO_OPEN_H

#include "vwr/crypto.h"
#include "vwr/open.h"

VWR_BEGIN_C

/**
 * DOC: Crypto device for vwr_open()
 *
 * This header defines the driver and the memory of a crypto device for vwr_open(). The driver uses
 * one data queue.
 */

/**
 * struct vwr_crypto_open_own - Private memory of a crypto device
 * @crypto: Device; the first member.
 */
struct vwr_crypto_open_own {
    struct vwr_crypto crypto;
};

/**
 * struct vwr_crypto_open_shared - Shared memory of a crypto device (see struct vwr_queue_memory)
 * @queues: Queues.
 */
struct vwr_crypto_open_shared {
    struct vwr_crypto_shared queues;
};

extern const struct vwr_open_class vwr_crypto_open_class;

VWR_END_C

#endif
