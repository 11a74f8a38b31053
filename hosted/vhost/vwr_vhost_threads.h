/* SPDX-License-Identifier: MIT */
#ifndef VWR_VHOST_THREADS_H
#define VWR_VHOST_THREADS_H

#include "vwr_vhost_back.h"

#include <pthread.h>

VWR_BEGIN_C

/**
 * DOC: A thread for each queue of a vhost-user connection
 *
 * A device with several queues can be one device for each queue (h->each, struct vwr_vhost_back).
 * A thread serves each of them. A device, and what is behind it, belongs to the thread of its queue
 * and needs no lock. The thread of the connection handles the messages of the front end; the
 * threads of the queues pause meanwhile::
 *
 *     if (vwr_vhost_threads_begin(&t, &h, queues, &hooks) && // before the first attach
 *         vwr_vhost_back_attach(&h, dev, fd) == VWR_OK)
 *         while (vwr_vhost_back_poll(&h, -1) == VWR_OK) {    // the thread of the connection
 *             vwr_vhost_threads_pause(&t);
 *             ...                                            // what belongs to the queues can be read
 *             vwr_vhost_threads_resume(&t);
 *         }
 *     vwr_vhost_back_detach(&h);
 *     vwr_vhost_threads_end(&t);
 *
 * A process has at most one connection of this kind.
 */

/**
 * struct vwr_vhost_threads_hooks - What a thread does besides serving its queue
 * @context: Passed to the hooks.
 * @file: Returns a file descriptor that the thread waits for as well; -1: none. May be NULL.
 * @attend: Called after each pass over the queue. May be NULL.
 */
struct vwr_vhost_threads_hooks {
    void *context;
    int (*file)(void *context, unsigned queue);
    void (*attend)(void *context, unsigned queue);
};

struct vwr_vhost_threads;

/* A thread; private. */
struct vwr_vhost_thread {
    struct vwr_vhost_threads *all;
    pthread_t thread;
    unsigned queue;
    int wake; /* eventfd */
};

/* The threads of a connection; private. */
struct vwr_vhost_threads {
    struct vwr_vhost_back *h;
    struct vwr_vhost_threads_hooks hooks;
    unsigned count;
    pthread_mutex_t lock; /* protects the members up to depth */
    pthread_cond_t changed;
    bool standing; /* the threads have to pause; also read without the lock */
    bool ended;
    unsigned stand;         /* number of threads that have paused */
    unsigned depth;         /* calls of stand without a call of go */
    pthread_mutex_t common; /* protects what the threads share while they serve */
    struct vwr_vhost_thread thread[VWR_VHOST_BACK_QUEUES];
};

/**
 * vwr_vhost_threads_begin() - Start the threads
 * @t: Threads; they need not be initialised.
 * @h: Connection, before its first vwr_vhost_back_attach().
 * @queues: Number of threads, at most VWR_VHOST_BACK_QUEUES.
 * @hooks: Hooks. The call copies the structure.
 *
 * The threads block all signals but SIGBUS.
 *
 * Context: The thread of the connection.
 * Return: true: the threads run. false: the system has no thread or no eventfd; errno says why, and
 *   vwr_vhost_threads_end() ends the threads that were started.
 */
VWR_MUST_CHECK bool vwr_vhost_threads_begin(struct vwr_vhost_threads *t, struct vwr_vhost_back *h,
                                            unsigned queues, const struct vwr_vhost_threads_hooks *hooks);

/**
 * vwr_vhost_threads_end() - End the threads
 * @t: Threads.
 *
 * Context: The thread of the connection, after vwr_vhost_back_detach(). Waits for the threads.
 */
void vwr_vhost_threads_end(struct vwr_vhost_threads *t);

/**
 * vwr_vhost_threads_pause() - Pause the threads
 * @t: Threads.
 *
 * The calls nest: the threads continue after as many calls of vwr_vhost_threads_resume().
 *
 * Context: The thread of the connection. Waits until each thread has finished its pass over its
 *   queue.
 */
void vwr_vhost_threads_pause(struct vwr_vhost_threads *t);

/**
 * vwr_vhost_threads_resume() - Let the threads continue
 * @t: Threads, after vwr_vhost_threads_pause().
 *
 * Context: The thread of the connection. Does not wait.
 */
void vwr_vhost_threads_resume(struct vwr_vhost_threads *t);

VWR_END_C

#endif
