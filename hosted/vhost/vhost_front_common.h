/* SPDX-License-Identifier: MIT */
#ifndef VHOST_FRONT_COMMON_H
#define VHOST_FRONT_COMMON_H

#include "vhost_host.h"

#include "vwr_vhost_front.h"

#include <unistd.h>

/* Interface between the files of the vhost-user transport; private. */

static inline bool vhost_front_has(const struct vwr_vhost_front *v, unsigned protocol_feature)
{
    return (v->protocol_features >> protocol_feature & 1u) != 0;
}

/*
 * ---- vwr_vhost_front_message.c: messages. Each has a time limit. After an error they return false, and
 * `error` is set. A message that the protocol does not allow at that moment is not sent. ----
 */

/* Abandons the connection: shuts down the socket, without waiting. */
bool vwr_vhost_front_break(struct vwr_vhost_front *v, uint32_t error, uint64_t got);
/* Connects. Does not wait for a listener. */
bool vwr_vhost_front_connect(struct vwr_vhost_front *v);
/* Sends a message that has no reply of its own. With REPLY_ACK, it requests an acknowledgement. */
bool vwr_vhost_front_send(struct vwr_vhost_front *v, uint32_t request, const void *payload, uint32_t bytes,
                          const int *fds, unsigned fd_count);
bool vwr_vhost_front_set(struct vwr_vhost_front *v, uint32_t request, uint64_t value);
/* Sends a request and receives its reply of at most `room` bytes. *bytes is the reply's size. */
bool vwr_vhost_front_get(struct vwr_vhost_front *v, uint32_t request, const void *payload,
                         uint32_t payload_bytes, void *reply, uint32_t room, uint32_t *bytes);
bool vwr_vhost_front_get_number(struct vwr_vhost_front *v, uint32_t request, uint64_t *value);
/* Sends a request whose reply is a number, with a payload and a file descriptor (-1: none). */
bool vwr_vhost_front_get_with(struct vwr_vhost_front *v, uint32_t request, const void *payload,
                              uint32_t payload_bytes, int file, uint64_t *value);
/*
 * As recv(2), without waiting. *fds: whether file descriptors came with the bytes; they are kept until
 * close_kept.
 */
ssize_t vwr_vhost_front_receive(struct vwr_vhost_front *v, int fd, void *into, size_t bytes, bool *fds);
/* Closes a socket of ours, or keeps it if it has received what was not read. */
void vwr_vhost_front_release(struct vwr_vhost_front *v, int *fd);
/* Closes what was kept. It may wait. */
void vwr_vhost_front_close_kept(struct vwr_vhost_front *v);
/* Whether the back end has closed the connection. Discards what the back end still sends on an abandoned
 * connection. */
bool vwr_vhost_front_is_closed(struct vwr_vhost_front *v);
/* Answers the back end's requests. true: the configuration has changed. */
bool vwr_vhost_front_serve_back_end(struct vwr_vhost_front *v);

/* ---- vwr_vhost_front.c: steps of a connection ---- */

/* Connects and negotiates, up to the features that the device offers. */
bool vwr_vhost_front_begin(struct vwr_vhost_front *v);
/* Sends the features and the status of a live device. */
bool vwr_vhost_front_send_features(struct vwr_vhost_front *v);
/* Stops all queues and keeps their positions. */
bool vwr_vhost_front_stop_rings(struct vwr_vhost_front *v);
/* Starts a queue at its position. */
bool vwr_vhost_front_set_ring(struct vwr_vhost_front *v, uint32_t index);
/* Starts all queues that the driver has set up. */
bool vwr_vhost_front_enable(struct vwr_vhost_front *v);
/* The result that corresponds to `error`. */
int vwr_vhost_front_result(const struct vwr_vhost_front *v);

/* ---- vwr_vhost_front_memory.c ---- */

/* Sends the back end all regions that it has not mapped yet. */
bool vwr_vhost_front_show_memory(struct vwr_vhost_front *v);
void vwr_vhost_front_free_memory(struct vwr_vhost_front *v);

/* ---- vwr_vhost_front_config.c ---- */

/* Reads the configuration again and changes v->generation if it differs. */
bool vwr_vhost_front_read_config(struct vwr_vhost_front *v);
/* Features that are not offered: their fields are in a configuration space that neither end has. */
uint64_t vwr_vhost_front_without_config(const struct vwr_vhost_front *v);
extern const struct vwr_config_access vwr_vhost_front_config_access;

#endif
