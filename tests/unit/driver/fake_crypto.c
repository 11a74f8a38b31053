/* SPDX-License-Identifier: MIT */
#include "fake_crypto.h"
#include "classes.h"

#include <string.h>

struct fake_crypto fake_crypto;

static struct fake_chain chain;

static struct fake_crypto_message *take(struct fake_crypto_message *log, unsigned *count)
{
    struct fake_crypto_message *const m = &log[*count % FAKE_CRYPTO_LOG];

    (*count)++;
    m->count = class_read(&chain, m->bytes, sizeof(m->bytes));
    m->room = chain.writable;
    return m;
}

static void serve_control(struct fake *f, uint32_t queue)
{
    const struct fake_crypto_message *const m = take(fake_crypto.control, &fake_crypto.control_count);
    const bool legacy = f->version == VWR_MMIO_VERSION_LEGACY;
    uint8_t back[16] = {0};

    assert_true(m->count >= 16 + 8 && (m->room == 16 || m->room == 1));
    if (m->room == 16) {
        const uint64_t id = vwr_guest64(legacy, ++fake_crypto.sessions);
        const uint32_t status = vwr_guest32(legacy, fake_crypto.status);

        memcpy(back, &id, sizeof(id));
        memcpy(back + 8, &status, sizeof(status));
    } else {
        back[0] = (uint8_t)fake_crypto.status;
    }
    if (!fake_crypto.unwritten)
        class_write(&chain, back, m->room);
    fake_ring_push(f, queue, chain.head, m->room);
}

static void serve_data(struct fake *f, uint32_t queue)
{
    const struct fake_crypto_message *const m = take(fake_crypto.data, &fake_crypto.data_count);
    uint8_t back[FAKE_CRYPTO_BYTES + 1];
    uint32_t opcode, source;

    memcpy(&opcode, m->bytes, sizeof(opcode));
    opcode = vwr_guest32(f->version == VWR_MMIO_VERSION_LEGACY, opcode);
    source = 24 + (opcode >> 8 == VWR_CRYPTO_SERVICE_CIPHER ? 48 : 8); /* with REVISION_1 */
    assert_true(m->room <= sizeof(back) && m->count >= 24 + 8);
    for (uint32_t i = 0; i + 1 < m->room; i++, source++)
        back[i] = source < m->count ? (uint8_t)~m->bytes[source] : (uint8_t)i;
    back[m->room - 1] = (uint8_t)fake_crypto.status;
    if (!fake_crypto.unwritten)
        class_write(&chain, back, m->room);
    fake_ring_push(f, queue, chain.head,
                   fake_crypto.used_0      ? 0
                   : fake_crypto.used != 0 ? fake_crypto.used
                                           : m->room);
}

void fake_crypto_serve(struct fake *f, uint32_t queue)
{
    while (!fake_crypto.silent && !class_silent && fake_ring_next(f, queue, &chain)) {
        if (queue == FAKE_CRYPTO_CONTROL)
            serve_control(f, queue);
        else
            serve_data(f, queue);
    }
}

void fake_crypto_plug(struct world *w, const struct format *f, bool padded)
{
    memset(&fake_crypto, 0, sizeof(fake_crypto));
    format_plug(w, f);
    w->f.device_id = VWR_CRYPTO_ID;
    w->f.on_notify = fake_crypto_serve;
    for (unsigned i = 0; i <= FAKE_CRYPTO_CONTROL; i++)
        w->f.queue[i].size_max = f->size;
    for (unsigned i = VWR_CRYPTO_F_REVISION_1; i <= VWR_CRYPTO_F_AKCIPHER_STATELESS_MODE; i++)
        if (i != VWR_CRYPTO_F_REVISION_1 || !padded)
            fake_offer(&w->f, i);
    memset(w->f.config, 0, sizeof(w->f.config));
    fake_config(&w->f, VWR_CRYPTO_CONFIG_STATUS, 4, VWR_CRYPTO_S_HW_READY);
    fake_config(&w->f, VWR_CRYPTO_CONFIG_MAX_DATAQUEUES, 4, FAKE_CRYPTO_DATA_QUEUES);
    fake_config(&w->f, VWR_CRYPTO_CONFIG_CRYPTO_SERVICES, 4, 0x1f);
    fake_config(&w->f, VWR_CRYPTO_CONFIG_CIPHER_ALGO_L, 4, 1u << VWR_CRYPTO_CIPHER_AES_CBC);
    fake_config(&w->f, VWR_CRYPTO_CONFIG_CIPHER_ALGO_H, 4, 2);
    fake_config(&w->f, VWR_CRYPTO_CONFIG_MAC_ALGO_H, 4, 1u << (VWR_CRYPTO_MAC_GMAC_AES - 32));
    fake_config(&w->f, VWR_CRYPTO_CONFIG_HASH_ALGO, 4, 1u << VWR_CRYPTO_HASH_SHA1);
    fake_config(&w->f, VWR_CRYPTO_CONFIG_AEAD_ALGO, 4, 1u << VWR_CRYPTO_AEAD_CCM);
    fake_config(&w->f, VWR_CRYPTO_CONFIG_AKCIPHER_ALGO, 4, 1u << VWR_CRYPTO_AKCIPHER_ECDSA);
    fake_config(&w->f, VWR_CRYPTO_CONFIG_MAX_CIPHER_KEY_LEN, 4, 32);
    fake_config(&w->f, VWR_CRYPTO_CONFIG_MAX_AUTH_KEY_LEN, 4, 20);
    fake_config(&w->f, VWR_CRYPTO_CONFIG_MAX_SIZE, 8, 300);
    assert_int_equal(world_probe(w), VWR_OK);
}
