/* SPDX-License-Identifier: MIT */
#ifndef VWR_VPLAN_CRYPTO_H
#define VWR_VPLAN_CRYPTO_H

#include "vwr/vcrypto.h"
#include "vplan.h"

VWR_BEGIN_C

/**
 * DOC: A crypto device of a plan
 *
 * The rows that `./vwr plan` writes for a crypto device (vwr/vcrypto.h), and the function that
 * builds it from them.
 */

/**
 * struct vwr_vplan_crypto - A crypto device of a plan
 * @options: Options; ops, context, algorithms and pointers are set when the device is built.
 * @session: Offset of the sessions in the structure.
 * @message: Offset of the messages.
 * @seg: Offset of the segments.
 * @buffer: Offset of the memory for keys and data.
 * @keys: Offset of the memory for the keys of sessions, if @options.keys_bytes is not 0.
 */
struct vwr_vplan_crypto {
    struct vwr_vcrypto_options options;
    size_t session;
    size_t message;
    size_t seg;
    size_t buffer;
    size_t keys;
};

vwr_vplan_build vwr_vplan_build_crypto;

VWR_END_C

#endif
