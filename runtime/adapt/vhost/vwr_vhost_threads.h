/* SPDX-License-Identifier: MIT */
#ifndef VWR_VHOST_THREADS_H
#define VWR_VHOST_THREADS_H

#include "vwr_vhost_back.h"

#include <pthread.h>

VWR_BEGIN_C

/*
 * A thread for each queue of a connection, whose device is one for each queue (h->each). Such a device and
 * what is behind it belong to the thread of their queue, which takes no lock. The thread of the connection
 * handles the messages; before it does so, the others stand. A process has one such connection.
 *
 *     vwr_vhost_threads_begin(&t, &h, &hooks)    before the first attach
 *     ... attach, fds, ready, detach ...         by the thread of the connection
 *     vwr_vhost_threads_stand(&t)                it looks at what belongs to the others
 *     vwr_vhost_threads_go(&t)
 *     vwr_vhost_threads_end(&t)                  after detach
 */

/* What a thread waits for and does besides its queue; each may be NULL. */
struct vwr_vhost_threads_hooks {
    void *context;
    int (*file)(void *context, unsigned queue);    /* -1: there is none */
    void (*attend)(void *context, unsigned queue); /* after each pass over the queue */
};

struct vwr_vhost_threads;

/* Private. */
struct vwr_vhost_thread {
    struct vwr_vhost_threads *all;
    pthread_t thread;
    unsigned queue;
    int wake; /* eventfd */
};

/* Private. */
struct vwr_vhost_threads {
    struct vwr_vhost_back *h;
    struct vwr_vhost_threads_hooks hooks;
    unsigned count;
    pthread_mutex_t lock; /* of the members below */
    pthread_cond_t changed;
    bool standing; /* wanted; read without the lock too */
    bool ended;
    unsigned stand;         /* threads that do */
    unsigned depth;         /* calls of stand without go */
    pthread_mutex_t common; /* what the threads share while they serve */
    struct vwr_vhost_thread thread[VWR_VHOST_BACK_QUEUES];
};

/* `queues` threads, at most VWR_VHOST_BACK_QUEUES. false: the system has none; errno. */
VWR_MUST_CHECK bool vwr_vhost_threads_begin(struct vwr_vhost_threads *t, struct vwr_vhost_back *h,
                                            unsigned queues, const struct vwr_vhost_threads_hooks *hooks);
void vwr_vhost_threads_end(struct vwr_vhost_threads *t);
void vwr_vhost_threads_stand(struct vwr_vhost_threads *t);
void vwr_vhost_threads_go(struct vwr_vhost_threads *t);

VWR_END_C

#endif
