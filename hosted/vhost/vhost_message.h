/* SPDX-License-Identifier: MIT */
#ifndef VHOST_MESSAGE_H
#define VHOST_MESSAGE_H

#include "vwr/features.h"
#include "vwr/gen/vhost_user.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/*
 * Rules of the protocol for each message, for both ends; the tables are generated from
 * spec/transport/vhost-user.yaml.
 */

/* The row of a front end's request; NULL: the protocol has no request with that number. */
static inline const struct vwr_socket_message *vhost_request(uint32_t request)
{
    if (request >= VWR_VHOST_USER_REQUEST_COUNT || vwr_vhost_user_request_messages[request].known == 0)
        return NULL;
    return &vwr_vhost_user_request_messages[request];
}

static inline bool vhost_is_accepted(const struct vwr_socket_message *m, uint64_t protocol_features)
{
    return m->needs == VWR_FEATURE_NONE || (protocol_features >> m->needs & 1u) != 0;
}

static inline bool vhost_has_size(const struct vwr_socket_message *m, uint32_t bytes)
{
    return bytes >= m->least && bytes <= m->most;
}

static inline bool vhost_has_files(const struct vwr_socket_message *m, unsigned files)
{
    return files >= m->files[0] && files <= m->files[1];
}

/* came: a bit for each message that has been sent. */
static inline bool vhost_is_after(const struct vwr_socket_message *m, uint64_t came)
{
    return m->after == VWR_MESSAGE_NONE || (came >> m->after & 1u) != 0;
}

/*
 * The rings of `started` that must be stopped before this message, a bit for each. The payload has the length
 * of the message.
 */
static inline uint64_t vhost_must_stop(const struct vwr_socket_message *m, const void *payload,
                                       uint64_t started)
{
    uint32_t ring;

    if (m->rings != VWR_RINGS_STOPPED)
        return m->rings == VWR_RINGS_ANY ? 0 : started;
    (void)memcpy(&ring, payload, sizeof(ring));
    return ring < 64u ? started & (uint64_t)1 << ring : 0;
}

#endif
