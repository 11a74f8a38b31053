/* SPDX-License-Identifier: MIT */
#include "conform.h"

#include "vwr/dev.h"

/*
 * What a device receives from outside of the guest: a frame, typed bytes, a key. A driver cannot cause it, so
 * a case asks for it, and is not tested without an answer.
 */

#define ANSWER_MS 2000u /* for the outside to answer, and the device to deliver it */
#define STRIDE 2048u    /* between two buffers */
#define POISON 0x5a
#define LETTERS 26u

uint8_t incoming_byte(unsigned at)
{
    return (uint8_t)('a' + at % LETTERS);
}

void incoming_frame(uint8_t *frame, uint32_t bytes)
{
    /* to everybody, from an address that nobody has; IEEE's type for local experiments */
    static const uint8_t head[INCOMING_HEAD] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2,
                                                0,    0,    0,    0,    1,    0x88, 0xb5};

    (void)memcpy(frame, head, sizeof(head));
    for (uint32_t i = INCOMING_HEAD; i < bytes; i++)
        frame[i] = incoming_byte(i - INCOMING_HEAD);
}

const uint8_t *incoming_buffer(const struct session *s, unsigned at)
{
    return s->data + (size_t)(used_id(s, at) % RING) * STRIDE;
}

bool incoming_is_right(struct session *s, unsigned at, uint32_t bytes)
{
    if (used_id(s, at) < s->next && used_bytes(s, at) <= bytes)
        return true;
    (void)broken(s, "the used entry has id %u and length %u; the buffers have %u bytes", used_id(s, at),
                 used_bytes(s, at), bytes);
    return false;
}

bool incoming_open(struct session *s, uint64_t features, uint32_t bytes, unsigned count)
{
    s->receives = true;
    s->number = s->class->beside;
    if (!session_open(s, features))
        return false;
    incoming_offer(s, 0, bytes, count);
    return true;
}

void incoming_offer(struct session *s, unsigned first, uint32_t bytes, unsigned count)
{
    for (unsigned i = first; i < first + count; i++) {
        const struct part p = {s->data + (size_t)i * STRIDE, bytes, true};

        (void)memset(p.at, POISON, STRIDE);
        put_chain(s->desc, i, &p, 1);
        offer(s, i);
    }
    kick(s);
}

unsigned incoming_count(struct session *s)
{
    return used_index(s);
}

static bool waits(struct session *s, unsigned count)
{
    const uint64_t end = now_ms() + ANSWER_MS;

    while (used_index(s) < count && now_ms() < end && !session_is_late(s) && s->way->is_there(s))
        s->way->step(s);
    return used_index(s) >= count;
}

bool incoming_arrives(struct session *s, uint32_t bytes, unsigned count)
{
    const char *const name = s->class->outside;

    if (s->way->ask == NULL || s->is_alone) {
        (void)untested(s, "nothing outside of the guest sends the device a %s", name);
        return false;
    }
    s->way->ask(s, bytes);
    if (waits(s, count) || used_index(s) != 0) {
        s->was_answered = s->has_worked = true;
        return true;
    }
    s->is_alone = !s->was_answered;
    (void)untested(s, "the device has received no %s from outside in %u ms", name, ANSWER_MS);
    return false;
}
