/* SPDX-License-Identifier: MIT */
#ifndef FAKE_CRYPTO_H
#define FAKE_CRYPTO_H

#include "fake_ring.h"
#include "vwr/gen/crypto.h"

/*
 * A crypto device with two data queues. It answers within the notification, correctly or as the test chooses:
 * the result of each request is its data, each byte inverted, and then bytes 1, 2, 3...
 */

#define FAKE_CRYPTO_DATA_QUEUES 2u
#define FAKE_CRYPTO_CONTROL FAKE_CRYPTO_DATA_QUEUES
#define FAKE_CRYPTO_LOG 32u
#define FAKE_CRYPTO_BYTES 1024u

struct fake_crypto_message {
    uint8_t bytes[FAKE_CRYPTO_BYTES]; /* as the driver wrote them */
    uint32_t count;
    uint32_t room; /* number of bytes that the device may write */
};

struct fake_crypto {
    struct fake_crypto_message control[FAKE_CRYPTO_LOG];
    struct fake_crypto_message data[FAKE_CRYPTO_LOG];
    unsigned control_count;
    unsigned data_count;
    uint64_t sessions; /* ids so far */
    uint32_t status;   /* of all answers */
    uint32_t used;     /* the used length of data, if not 0 */
    bool used_0;       /* it is 0 */
    bool silent;
    bool unwritten; /* nothing is written */
};

extern struct fake_crypto fake_crypto;

struct world;
struct format;

/* `padded`: without REVISION_1. */
void fake_crypto_plug(struct world *w, const struct format *f, bool padded);

/* Answers all waiting messages; for on_notify. */
void fake_crypto_serve(struct fake *f, uint32_t queue);

#endif
