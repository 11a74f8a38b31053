/* SPDX-License-Identifier: MIT */
#ifndef POSIX_FRONTEND_COMMON_H
#define POSIX_FRONTEND_COMMON_H

#include "posix_host.h"

#include "vwr_posix_frontend.h"

#include <unistd.h>

/* Interface between the files of the vhost-user transport; private. */

static inline bool posix_frontend_has(const struct vwr_posix_frontend *v, unsigned protocol_feature)
{
    return (v->protocol_features >> protocol_feature & 1u) != 0;
}

static inline void posix_frontend_close_fd(int *fd)
{
    if (*fd >= 0)
        (void)close(*fd);
    *fd = -1;
}

/* ---- vwr_posix_frontend_wire.c: messages. All are bounded in time and return false after `trouble` is set.
 * ---- */

/* Gives the connection up: says the back end so, and waits for nothing. */
bool vwr_posix_frontend_break(struct vwr_posix_frontend *v, uint32_t trouble, uint64_t got);
/* Connects, without waiting for a listener. */
bool vwr_posix_frontend_connect(struct vwr_posix_frontend *v);
/* Sends a message without a reply of its own; asks for an acknowledgement if REPLY_ACK allows it. */
bool vwr_posix_frontend_send(struct vwr_posix_frontend *v, uint32_t request, const void *payload,
                             uint32_t bytes, const int *fds, unsigned fd_count);
bool vwr_posix_frontend_set(struct vwr_posix_frontend *v, uint32_t request, uint64_t value);
/* Sends a request and receives its reply, which has between `least` and `most` bytes. *bytes: how many. */
bool vwr_posix_frontend_get(struct vwr_posix_frontend *v, uint32_t request, const void *payload,
                            uint32_t payload_bytes, void *reply, uint32_t least, uint32_t most,
                            uint32_t *bytes);
bool vwr_posix_frontend_get_number(struct vwr_posix_frontend *v, uint32_t request, uint64_t *value);
/* Whether the back end has closed the connection. Discards what it sends to a connection that is given up. */
bool vwr_posix_frontend_is_closed(struct vwr_posix_frontend *v);
/* Answers the requests of the back end. True: the configuration has changed. */
bool vwr_posix_frontend_serve_back_end(struct vwr_posix_frontend *v);

/* ---- vwr_posix_frontend_memory.c ---- */

/* Shows the back end all regions that it does not have. */
bool vwr_posix_frontend_show_memory(struct vwr_posix_frontend *v);
void vwr_posix_frontend_free_memory(struct vwr_posix_frontend *v);

/* ---- vwr_posix_frontend_config.c ---- */

/* Reads the configuration again; v->generation changes with it. */
bool vwr_posix_frontend_read_config(struct vwr_posix_frontend *v);
extern const struct vwr_config_access vwr_posix_frontend_config_access;

#endif
