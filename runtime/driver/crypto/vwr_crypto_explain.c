/* SPDX-License-Identifier: MIT */
#include "vwr/crypto.h"
#include "vwr/message.h"

/* Messages for faults of a crypto device (enum vwr_crypto_fault). */

static const struct vwr_name crypto_reasons[] = {
    {VWR_CRYPTO_ERR, "it gives no reason"},
    {VWR_CRYPTO_BADMSG, "the tag does not match"},
    {VWR_CRYPTO_INVSESS, "it does not have this session"},
    {VWR_CRYPTO_NOSPC, "it has no space for another session"},
    {VWR_CRYPTO_KEY_REJECTED, "the signature does not match"},
    {0, NULL},
};

static const struct vwr_message crypto_explain_rows[] = {
    {VWR_FAULT_CRYPTO_REFUSED, 0, "{where:request}: the device answers {got:status}: {got:reason}"},
    {VWR_FAULT_CRYPTO_UNSUPP, 0,
     "{where:request}: the device answers {got:status}: it does not support the algorithm or the operation"},
    {VWR_FAULT_CRYPTO_COUNT, 0,
     "{where:request}: the device has written {got} bytes, more than there are or less than a status"},
    {0, 0, NULL},
};

/* An opcode is in one of two tables. */
static void crypto_put_request(struct vwr_text *t, const struct vwr_message_args *a, uint64_t opcode)
{
    const struct vwr_name *names = vwr_crypto_ctrl_opcode_names;

    (void)a;
    while (names->name != NULL && names->value != opcode)
        names++;
    vwr_message_put_name(t, names->name != NULL ? names : vwr_crypto_data_opcode_names, opcode);
}

static const struct vwr_message_type crypto_explain_types[] = {
    {"request", crypto_put_request, NULL},
    {"status", NULL, vwr_crypto_status_names},
    {"reason", NULL, crypto_reasons},
    {NULL, NULL, NULL},
};

const struct vwr_messages vwr_crypto_messages = {crypto_explain_rows, crypto_explain_types, NULL,
                                                 &vwr_request_messages};

size_t vwr_crypto_explain(const struct vwr_crypto *c, char *text, size_t bytes)
{
    return vwr_bringup_explain(&c->bringup, &vwr_crypto_messages, vwr_crypto_feature_names, text, bytes);
}

size_t vwr_crypto_explain_queue(const struct vwr_crypto_dataq *q, char *text, size_t bytes)
{
    return vwr_request_explain(&q->client.requests, &vwr_crypto_messages, vwr_crypto_feature_names, text,
                               bytes);
}
