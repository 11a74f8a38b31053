/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vwr/vcrypto.h"

#include "hyp.h"

/*
 * RSA for the guests' crypto devices, with keys of 512 to 4096 bits, and without padding, which the guest's
 * kernel
 * adds. A request takes up to hundreds of millions of instructions, so it is answered later: the guest's
 * own CPU performs one part after another, and others may take the lock in between.
 *
 * The time depends on the key, and a guest can measure it. This reveals nothing to the guest that owns the
 * key, and
 * the other guest cannot distinguish these parts from other work.
 */
#define KEYS 8u /* of a guest */
#define WORD_BYTES 8u
#define WORD_BITS 64u
#define BYTES_LEAST 64u
#define BYTES_MOST 512u
#define WORDS_MOST (BYTES_MOST / WORD_BYTES)
#define PART 2048u /* products of words each time the lock is held, of 12 instructions each */

/* DER: X.690, RFC 8017 (appendix A.1). */
#define DER_INTEGER 0x02u
#define DER_SEQUENCE 0x30u
#define DER_LONG 0x80u
#define DER_LENGTH_BYTES 2u

__extension__ typedef unsigned __int128 wide;

struct exponent {
    uint8_t byte[BYTES_MOST]; /* the first one is the highest */
    uint32_t bytes;
};

struct key {
    uint64_t modulus[WORDS_MOST]; /* the first word is the lowest */
    uint64_t inverse;             /* modulus[0] * inverse is -1 */
    unsigned words;
    uint32_t bytes;
    bool used;
    struct exponent open;
    struct exponent secret; /* no bytes: a public key */
};

/* A request, with all the data that it needs, because its session may end before the request does. */
struct job {
    struct vwr_vcrypto *device;
    uint64_t ticket;
    struct key key;
    struct exponent exponent;
    uint64_t base[WORDS_MOST];
    uint64_t sum[WORDS_MOST];
    unsigned doubles;                             /* until base and sum are multiplied by 2^(64 * words) */
    enum { SQUARE, MULTIPLY, LEAVE, DONE } phase; /* result of the multiplication that is in progress */
    unsigned row;                                 /* number of words of its first factor that are done */
    uint64_t product[2u * WORDS_MOST + 1u];
    uint32_t bit; /* bit of the exponent, starting from the highest */
    bool busy;
    struct vwr_crypto_data data;
    uint8_t result[BYTES_MOST];
};

static struct key keys[GUESTS_MAX * KEYS];
static struct job jobs[GUESTS_MAX];
static uint64_t done;

/* ---- keys ---- */

struct der {
    const uint8_t *at;
    uint32_t left;
};

/* The contents of the next element, which must have this tag; false: there is none. */
static bool take(struct der *from, unsigned tag, struct der *content)
{
    uint32_t n;

    if (from->left < 2 || from->at[0] != tag)
        return false;
    n = from->at[1];
    from->at += 2;
    from->left -= 2;
    if (n >= DER_LONG) {
        uint32_t more = n - DER_LONG;

        if (more == 0 || more > DER_LENGTH_BYTES || more > from->left)
            return false;
        from->left -= more;
        for (n = 0; more != 0; more--)
            n = n << 8 | *from->at++;
    }
    if (n > from->left)
        return false;
    content->at = from->at;
    content->left = n;
    from->at += n;
    from->left -= n;
    return true;
}

/*
 * A number above 0, without leading zeroes. In DER, a number whose highest bit is set is negative; Linux
 * (6.1)
 * treats it as positive, and its test vectors include such a key.
 */
static bool take_number(struct der *from, struct der *number)
{
    if (!take(from, DER_INTEGER, number))
        return false;
    while (number->left != 0 && number->at[0] == 0) {
        number->at++;
        number->left--;
    }
    return number->left != 0 && number->left <= BYTES_MOST;
}

static bool take_exponent(struct der *from, struct exponent *e)
{
    struct der number;

    if (!take_number(from, &number))
        return false;
    vwr_copy(e->byte, number.at, number.left);
    e->bytes = number.left;
    return true;
}

static void to_words(uint64_t *word, const uint8_t *bytes, uint32_t n)
{
    vwr_zero(word, sizeof(uint64_t) * WORDS_MOST);
    for (uint32_t i = 0; i < n; i++)
        word[i / WORD_BYTES] |= (uint64_t)bytes[n - 1u - i] << i % WORD_BYTES * 8u;
}

/* Newton's method: each step doubles the number of correct bits. */
static uint64_t negative_inverse(uint64_t word)
{
    uint64_t x = word;

    for (unsigned i = 0; i < 5; i++)
        x *= 2u - word * x;
    return 0 - x;
}

/* Montgomery's multiplication requires an odd modulus. */
static bool parse(struct key *k, const struct vwr_crypto_setup *setup)
{
    const bool secret = setup->key_type == VWR_CRYPTO_AKCIPHER_KEY_TYPE_PRIVATE;
    struct der all = {setup->key, setup->key_bytes}, parts, number;

    if (!take(&all, DER_SEQUENCE, &parts) || all.left != 0 ||
        (secret && !take(&parts, DER_INTEGER, &number)) || /* its version */
        !take_number(&parts, &number) || number.left < BYTES_LEAST ||
        (number.at[number.left - 1u] & 1u) == 0 || !take_exponent(&parts, &k->open) ||
        (secret && !take_exponent(&parts, &k->secret)))
        return false;
    to_words(k->modulus, number.at, number.left);
    k->bytes = number.left;
    k->words = (number.left + WORD_BYTES - 1u) / WORD_BYTES;
    k->inverse = negative_inverse(k->modulus[0]);
    return true;
}

int rsa_create(struct vwr_vcrypto_session *session, const struct vwr_crypto_setup *setup)
{
    struct key *k = &keys[devices_guest(vwr_vcrypto_dev(session->device))->number * KEYS];
    const struct key *const end = k + KEYS;

    if (setup->algo != VWR_CRYPTO_AKCIPHER_RSA || setup->padding != VWR_CRYPTO_RSA_RAW_PADDING)
        return VWR_CRYPTO_NOTSUPP;
    while (k->used)
        if (++k == end)
            return VWR_CRYPTO_NOSPC;
    if (!parse(k, setup)) {
        vwr_zero(k, sizeof(*k));
        return VWR_CRYPTO_ERR;
    }
    k->used = true;
    session->own = k;
    return VWR_OK;
}

bool rsa_destroy(struct vwr_vcrypto_session *session)
{
    struct key *const k = session->own;

    if (k < keys || k >= keys + GUESTS_MAX * KEYS)
        return false;
    vwr_zero(k, sizeof(*k));
    return true;
}

/* ---- numbers below the modulus ---- */

static bool is_below(const uint64_t *a, const uint64_t *b, unsigned words)
{
    while (words-- != 0)
        if (a[words] != b[words])
            return a[words] < b[words];
    return false;
}

static void subtract(uint64_t *a, const uint64_t *b, unsigned words)
{
    uint64_t borrow = 0;

    for (unsigned i = 0; i < words; i++) {
        const wide rest = (wide)a[i] - b[i] - borrow;

        a[i] = (uint64_t)rest;
        borrow = (uint64_t)(rest >> WORD_BITS) & 1u;
    }
}

static void twice(const struct key *k, uint64_t *a)
{
    uint64_t carry = 0;

    for (unsigned i = 0; i < k->words; i++) {
        const uint64_t word = a[i];

        a[i] = word << 1 | carry;
        carry = word >> (WORD_BITS - 1u);
    }
    if (carry != 0 || !is_below(a, k->modulus, k->words))
        subtract(a, k->modulus, k->words);
}

/* Adds words * by; returns the carry word. */
static uint64_t add_product(uint64_t *to, const uint64_t *words, unsigned count, uint64_t by)
{
    uint64_t carry = 0;

    for (unsigned i = 0; i < count; i++) {
        const wide product = (wide)words[i] * by + to[i] + carry;

        to[i] = (uint64_t)product;
        carry = (uint64_t)(product >> WORD_BITS);
    }
    return carry;
}

/*
 * A row of Montgomery's multiplication, a word by a number: clears the lowest word of the product, which is
 * dropped. After all rows the product is a * b / 2^(64 * words).
 */
static void multiply_row(struct job *j, const uint64_t *b)
{
    const struct key *const k = &j->key;
    uint64_t *const low = j->product + j->row;
    const uint64_t over = add_product(low, b, k->words, j->sum[j->row]);
    const uint64_t clears = add_product(low, k->modulus, k->words, low[0] * k->inverse);
    const wide sum = (wide)low[k->words] + over + clears;

    low[k->words] = (uint64_t)sum;
    low[k->words + 1u] += (uint64_t)(sum >> WORD_BITS);
    j->row++;
}

/* The product is the new sum. */
static void take_product(struct job *j)
{
    const struct key *const k = &j->key;
    uint64_t *const high = j->product + k->words;

    if (high[k->words] != 0 || !is_below(high, k->modulus, k->words))
        subtract(high, k->modulus, k->words);
    vwr_copy(j->sum, high, k->words * sizeof(*high));
    vwr_zero(j->product, sizeof(j->product));
    j->row = 0;
}

/* ---- requests ---- */

static bool bit_of(const struct exponent *e, uint32_t bit)
{
    return (e->byte[bit / 8u] >> (7u - bit % 8u) & 1u) != 0;
}

/* Products of words in the next step. */
static unsigned cost(const struct job *j)
{
    return (j->doubles != 0 ? 4u : 2u) * j->key.words;
}

static void next_phase(struct job *j)
{
    if (j->phase == SQUARE && bit_of(&j->exponent, j->bit++))
        j->phase = MULTIPLY;
    else if (j->phase == LEAVE)
        j->phase = DONE;
    else
        j->phase = j->bit < j->exponent.bytes * 8u ? SQUARE : LEAVE;
}

static void step(struct job *j)
{
    static const uint64_t one[WORDS_MOST] = {1};

    if (j->doubles != 0) {
        twice(&j->key, j->base);
        twice(&j->key, j->sum);
        j->doubles--;
        return;
    }
    multiply_row(j, j->phase == SQUARE ? j->sum : j->phase == MULTIPLY ? j->base : one);
    if (j->row == j->key.words) {
        take_product(j);
        next_phase(j);
    }
}

static void end(struct job *j)
{
    const uint32_t bytes = j->key.bytes;

    for (uint32_t i = 0; i < bytes; i++)
        j->result[bytes - 1u - i] = (uint8_t)(j->sum[i / WORD_BYTES] >> i % WORD_BYTES * 8u);
    j->data.dst = j->result;
    j->data.dst_bytes = bytes;
    vwr_vcrypto_done(j->device, j->ticket, VWR_OK, &j->data);
    vwr_zero(j, sizeof(*j));
    done++;
}

void rsa_go_on(struct guest *g)
{
    struct job *const j = &jobs[g->number];
    unsigned products = 0;

    if (!j->busy)
        return;
    if (j->phase == DONE) {
        end(j);
        return;
    }
    while (j->phase != DONE && products + cost(j) <= PART) {
        products += cost(j);
        step(j);
    }
    guest_go_on(g, TO_DO_RSA);
}

/* A device has only one message in progress, so an existing job belongs to a request that has ended. */
int rsa_process(struct vwr_vcrypto_session *session, struct vwr_crypto_data *data)
{
    const struct key *const k = session->own;
    struct guest *const g = devices_guest(vwr_vcrypto_dev(session->device));
    struct job *const j = &jobs[g->number];
    const struct exponent *const e = data->opcode == VWR_CRYPTO_AKCIPHER_ENCRYPT   ? &k->open
                                     : data->opcode == VWR_CRYPTO_AKCIPHER_DECRYPT ? &k->secret
                                                                                   : NULL;

    if (e == NULL)
        return VWR_CRYPTO_NOTSUPP;
    if (e->bytes == 0 || data->src_bytes > k->bytes || data->dst_bytes < k->bytes)
        return VWR_CRYPTO_ERR;
    vwr_zero(j, sizeof(*j));
    to_words(j->base, data->src, data->src_bytes);
    if (!is_below(j->base, k->modulus, k->words))
        return VWR_CRYPTO_ERR;
    vwr_copy(&j->key, k, sizeof(*k));
    vwr_copy(&j->exponent, e, sizeof(*e));
    vwr_copy(&j->data, data, sizeof(*data));
    j->sum[0] = 1;
    j->doubles = k->words * WORD_BITS;
    j->busy = true;
    j->device = session->device;
    j->ticket = vwr_vcrypto_ticket(session->device);
    guest_go_on(g, TO_DO_RSA);
    return VWR_LATER;
}

void rsa_stats(void)
{
    unsigned used = 0;

    for (unsigned i = 0; i < GUESTS_MAX * KEYS; i++)
        used += keys[i].used;
    print("rsa: %u keys, %llu operations\n", used, (unsigned long long)done);
}
