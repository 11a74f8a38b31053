/* SPDX-License-Identifier: MIT */
#ifndef VHOST_MESSAGE_H
#define VHOST_MESSAGE_H

#include "vwr/features.h"
#include "vwr/gen/vhost_user.h"

#include <stdbool.h>
#include <stddef.h>

/* What the protocol says of each message, for both ends: generated from spec/transport/vhost-user.yaml. */

/* A request of the front end; NULL: the protocol has none of that number. */
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

#endif
