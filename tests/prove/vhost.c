/* SPDX-License-Identifier: MIT */
#include "prove.h"
#include "vwr_vhost_back_message.c"

/* The checks on a front end's message: vwr_vhost_back_message.c, for any message that was received.
 */

#define QUEUES 2u

static struct vwr_vhost_back back;
static struct vwr_vdev dev;
static uint32_t payload_bytes;

/* Replaces the loop: the bytes that are read must be in the message. The written values are arbitrary. */
void *memcpy(void *to, const void *from, size_t bytes)
{
    const uint8_t *const begin = back.in.byte + sizeof(back.in.hdr);

    prove_that(prove_writable(to, bytes) && prove_readable(from, bytes));
    if (__CPROVER_same_object(from, &back)) {
        const size_t at = (size_t)((const uint8_t *)from - begin);

        prove_that((const uint8_t *)from >= begin && at <= payload_bytes && bytes <= payload_bytes - at);
    }
    return to;
}

bool vhost_back_end(struct vwr_vhost_back *h, const char *format, ...)
{
    (void)format;
    h->ended = true;
    return false;
}

/* Any message that was received from the socket, on a connection that stays open. */
static void any_message(void)
{
    PROVE_ANY(struct vwr_vhost_user_hdr, hdr);
    PROVE_ANY(unsigned, files);
    PROVE_ANY(unsigned, queues);
    PROVE_ANY(uint64_t, accepted);
    PROVE_ANY(uint64_t, came);

    prove_assume(hdr.size <= sizeof(back.in) - sizeof(hdr));
    prove_assume(files <= VWR_VHOST_USER_MAX_FDS && queues != 0 && queues <= QUEUES);
    back.in.hdr = hdr;
    payload_bytes = hdr.size;
    back.files = files;
    back.accepted_protocol = accepted;
    back.came = came;
    back.dev = &dev;
    dev.queues = (uint16_t)queues;
}

/*
 * Every message that is handled exists in the protocol, and has the payload and the file descriptors given in
 * its row.
 */
void vhost_check(void)
{
    const struct vwr_socket_message *m;

    any_message();
    for (unsigned i = 0; i < QUEUES; i++) {
        PROVE_ANY(bool, is_started);

        back.ring[i].started = is_started;
    }
    m = check(&back);
    if (m == NULL)
        return;
    prove_that(m == &vwr_vhost_user_request_messages[back.in.hdr.request] &&
               handlers[back.in.hdr.request] != NULL);
    prove_that(payload_bytes >= m->least && payload_bytes <= m->most);
    prove_that(back.files >= m->files[0] && back.files <= m->files[1]);
}
