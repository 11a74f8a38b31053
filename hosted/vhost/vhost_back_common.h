/* SPDX-License-Identifier: MIT */
#ifndef VHOST_BACK_COMMON_H
#define VHOST_BACK_COMMON_H

#include "vwr_vhost_back.h"
#include "vwr/gen/features.h"

/*
 * Interface between the files vwr_vhost_back*.c; private. Its sections are in the order of the layers in
 * README.md: a file calls functions of later sections only.
 */

/* Whether both ends have accepted a protocol feature. */
static inline bool vhost_back_has(const struct vwr_vhost_back *h, unsigned feature)
{
    return (h->accepted_protocol >> feature & 1u) != 0;
}

/* The device that serves a queue, and the queue. */
static inline struct vwr_vdev *vhost_back_device(const struct vwr_vhost_back *h, unsigned queue)
{
    return h->each != NULL ? h->each[queue] : h->dev;
}

static inline struct vwr_vqueue *vhost_back_queue(const struct vwr_vhost_back *h, unsigned queue)
{
    return &vhost_back_device(h, queue)->queue[queue];
}

static inline unsigned vhost_back_devices(const struct vwr_vhost_back *h)
{
    return h->each != NULL ? h->dev->queues : 1u;
}

/* Any thread of the connection sets it. */
static inline bool vhost_back_is_lost(const struct vwr_vhost_back *h)
{
    return __atomic_load_n(&h->lost, __ATOMIC_ACQUIRE);
}

static inline bool vhost_back_is_over(const struct vwr_vhost_back *h)
{
    return __atomic_load_n(&h->ended, __ATOMIC_ACQUIRE) || vhost_back_is_lost(h);
}

static inline bool vhost_back_is_packed(const struct vwr_vhost_back *h)
{
    return (h->features >> VWR_F_RING_PACKED & 1u) != 0;
}

/* ---- the connection, and the threads of queues ---- */

/*
 * vwr_vhost_back.c: one queue. fds: lists its descriptor, if it has one, and records what the device has
 * completed. ready: serves the queue if its descriptor is ready or it has more buffers.
 */
unsigned vhost_back_ring_fds(struct vwr_vhost_back *h, unsigned queue, struct pollfd *fds, int *timeout_ms);
void vhost_back_ring_ready(struct vwr_vhost_back *h, unsigned queue, const struct pollfd *fds,
                           unsigned count);

/* ---- messages ---- */

/* vwr_vhost_back_message.c: handles the message in h->in; it may end the connection. */
void vhost_back_message(struct vwr_vhost_back *h);

/* ---- the state of the device ---- */

/*
 * vwr_vhost_back_state.c. begin: takes the file descriptor; false: the transfer is refused. transfer: reads
 * or writes what it can without waiting; true: there is more. events: events of poll(2) to wait for. check:
 * ends the transfer; true: it was complete.
 */
bool vhost_back_begin_transfer(struct vwr_vhost_back *h, const struct vwr_vhost_user_transfer_state *to,
                               int file);
bool vhost_back_transfer(struct vwr_vhost_back *h);
short vhost_back_transfer_events(const struct vwr_vhost_back *h);
bool vhost_back_check_transfer(struct vwr_vhost_back *h);
void vhost_back_forget_transfer(struct vwr_vhost_back *h);

/* ---- rings ---- */

/*
 * vwr_vhost_back_rings.c. start: starts each ring that is complete. stop: takes the ring from the device and
 * keeps its base. serve: lets the device process the available buffers. busy: whether requests are in flight.
 * reset: resets the device and all rings. news: passes on a change of the configuration.
 */
bool vhost_back_start(struct vwr_vhost_back *h);
void vhost_back_stop(struct vwr_vhost_back *h, unsigned queue);
void vhost_back_stop_all(struct vwr_vhost_back *h);
void vhost_back_serve(struct vwr_vhost_back *h, unsigned queue);
bool vhost_back_busy(const struct vwr_vhost_back *h);
void vhost_back_reset(struct vwr_vhost_back *h);
void vhost_back_reset_devices(struct vwr_vhost_back *h);
void vhost_back_news(struct vwr_vhost_back *h);

/* ---- rings with a record ---- */

/*
 * vwr_vhost_back_record.c. begin_record: starts a ring from its record; the device gets a copy of the ring,
 * and *p the addresses of the copy. record, record_used: before and after the device has processed buffers.
 * mark_in_flight: after a queue was stopped.
 */
bool vhost_back_is_recorded(const struct vwr_vhost_back *h, unsigned queue);
bool vhost_back_begin_record(struct vwr_vhost_back *h, unsigned queue, struct vwr_vhost_back_parts *p);
bool vhost_back_record(struct vwr_vhost_back *h, unsigned queue);
void vhost_back_record_used(struct vwr_vhost_back *h, unsigned queue);
void vhost_back_mark_in_flight(struct vwr_vhost_back *h, unsigned queue);

/* ---- records and the log ---- */

/* vwr_vhost_back_inflight.c: the messages that make and set the record. */
bool vhost_back_get_inflight(struct vwr_vhost_back *h, struct vwr_vhost_user_inflight *i, int *file);
bool vhost_back_set_inflight(struct vwr_vhost_back *h, const struct vwr_vhost_user_inflight *i, int file);
void vhost_back_forget_inflight(struct vwr_vhost_back *h);

/* vwr_vhost_back_log.c. logs: whether written pages are logged. set_log: maps the log. */
bool vhost_back_logs(const struct vwr_vhost_back *h);
bool vhost_back_set_log(struct vwr_vhost_back *h, const struct vwr_vhost_user_log *log, int file);
void vhost_back_forget_log(struct vwr_vhost_back *h);

/* ---- notifications ---- */

/*
 * vwr_vhost_back_notify.c. notify: notifies an eventfd of the front end; -1: there is none. call: interrupts
 * the driver.
 */
void vhost_back_notify(struct vwr_vhost_back *h, int file);
void vhost_back_call(struct vwr_vhost_back *h, unsigned queue);

/* ---- memory ---- */

#define VHOST_BACK_COPY_ADDR (UINT64_C(1) << 62) /* guest address of the copies, above all guest memory */

/*
 * vwr_vhost_back_memory.c. map: maps a file of the front end, which keeps it; `what` is for the message if
 * that ends the connection. add: maps a region; the caller closes the file. translate: translates an address
 * of the front end to a guest address. watch: lets the handler of SIGBUS repair the memory of the connection.
 * keep: the device has become unsafe, or safe. renew: the VM's regions have changed.
 */
bool vhost_back_map(struct vwr_vhost_back *h, struct vwr_vhost_back_memory *m, int file, uint64_t offset,
                    uint64_t bytes, const char *what);
void vhost_back_unmap(struct vwr_vhost_back *h, struct vwr_vhost_back_memory *m);
bool vhost_back_add_memory(struct vwr_vhost_back *h, const struct vwr_vhost_user_memory_region *r, int file);
bool vhost_back_remove_memory(struct vwr_vhost_back *h, const struct vwr_vhost_user_memory_region *r);
void vhost_back_forget_memory(struct vwr_vhost_back *h);
void vhost_back_renew_regions(struct vwr_vhost_back *h);
bool vhost_back_translate(const struct vwr_vhost_back *h, uint64_t user, uint64_t *guest);
void vhost_back_watch(struct vwr_vhost_back *h);
void vhost_back_unwatch(const struct vwr_vhost_back *h);
void vhost_back_keep_memory(struct vwr_vhost_back *h, bool unsafe);

/* ---- the socket ---- */

/*
 * vwr_vhost_back_socket.c. receive: true: a message is in h->in and h->file; false: it is not complete, or
 * the connection has ended. receive_state: as recv(2), without waiting; file descriptors end the connection.
 * send: sends a message through the socket `to`.
 */
bool vhost_back_receive(struct vwr_vhost_back *h);
ssize_t vhost_back_receive_state(struct vwr_vhost_back *h, int from, void *to, size_t bytes);
bool vhost_back_send(int to, uint32_t request, uint32_t flags, const void *payload, size_t bytes, int file);

/* ---- file descriptors, and the end of the connection ---- */

/*
 * vwr_vhost_back_files.c. end: ends the connection and records the reason; the first reason is kept. Returns
 * false. drop: after a message, the file descriptors that no handler has taken. defer: keeps a file open
 * until the detach. release_socket: closes a Unix socket, or defers it. close_files: closes those that were
 * dropped or deferred; it may wait.
 */
__attribute__((format(printf, 2, 3))) bool vhost_back_end(struct vwr_vhost_back *h, const char *format, ...);
void vhost_back_drop(struct vwr_vhost_back *h);
void vhost_back_defer(struct vwr_vhost_back *h, int *file);
void vhost_back_release_socket(struct vwr_vhost_back *h, int *file);
void vhost_back_close_files(struct vwr_vhost_back *h);

#endif
