/* SPDX-License-Identifier: MIT */
#include "vhost_host.h"

#include "vwr_vhost_threads.h"

#include "vhost_back_common.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/eventfd.h>

/* Threads of queues. A thread reads `standing` in each pass, and takes the lock only if it is set. */

#define THREAD_FDS 3u /* wake, the program's descriptor, kick */

static void read_all(int file)
{
    uint64_t count;

    (void)!read(file, &count, sizeof(count));
}

/* ---- a thread ---- */

/* Pauses while `standing` is set. false: the thread has to end. */
static bool may_go(struct vwr_vhost_threads *t)
{
    bool ended;

    if (!__atomic_load_n(&t->standing, __ATOMIC_ACQUIRE))
        return true;
    (void)pthread_mutex_lock(&t->lock);
    t->stand++;
    (void)pthread_cond_broadcast(&t->changed);
    while (t->standing && !t->ended)
        (void)pthread_cond_wait(&t->changed, &t->lock);
    t->stand--;
    ended = t->ended;
    (void)pthread_mutex_unlock(&t->lock);
    return !ended;
}

static bool serves(const struct vwr_vhost_threads *t)
{
    return t->h->dev != NULL && !vhost_back_is_over(t->h);
}

static unsigned wait_for(struct vwr_vhost_thread *me, struct pollfd *fds, int *timeout_ms)
{
    struct vwr_vhost_threads *const t = me->all;
    unsigned count = 1;

    fds[0] = (struct pollfd){.fd = me->wake, .events = POLLIN};
    if (t->hooks.file != NULL) /* poll ignores a negative descriptor */
        fds[count++] = (struct pollfd){.fd = t->hooks.file(t->hooks.context, me->queue), .events = POLLIN};
    if (serves(t))
        count += vhost_back_ring_fds(t->h, me->queue, fds + count, timeout_ms);
    if (t->h->dev != NULL && vhost_back_is_over(t->h))
        vhost_signal(t->h->tell);
    return count;
}

static void *run(void *at)
{
    struct vwr_vhost_thread *const me = at;
    struct vwr_vhost_threads *const t = me->all;
    struct pollfd fds[THREAD_FDS];
    unsigned count = 0;

    while (may_go(t)) {
        int timeout_ms = -1;

        if (serves(t))
            vhost_back_ring_ready(t->h, me->queue, fds, count);
        if (t->hooks.attend != NULL)
            t->hooks.attend(t->hooks.context, me->queue);
        count = wait_for(me, fds, &timeout_ms);
        if (poll(fds, count, timeout_ms) < 0)
            count = 0;
        if (count != 0 && fds[0].revents != 0)
            read_all(me->wake);
    }
    return NULL;
}

/* ---- the thread of the connection ---- */

void vwr_vhost_threads_pause(struct vwr_vhost_threads *t)
{
    (void)pthread_mutex_lock(&t->lock);
    if (t->depth++ == 0) {
        __atomic_store_n(&t->standing, true, __ATOMIC_RELEASE);
        for (unsigned i = 0; i < t->count; i++)
            vhost_signal(t->thread[i].wake);
        while (t->stand != t->count)
            (void)pthread_cond_wait(&t->changed, &t->lock);
    }
    (void)pthread_mutex_unlock(&t->lock);
}

void vwr_vhost_threads_resume(struct vwr_vhost_threads *t)
{
    (void)pthread_mutex_lock(&t->lock);
    if (--t->depth == 0) {
        __atomic_store_n(&t->standing, false, __ATOMIC_RELEASE);
        (void)pthread_cond_broadcast(&t->changed);
    }
    (void)pthread_mutex_unlock(&t->lock);
}

static void stand(struct vwr_vhost_back *h)
{
    vwr_vhost_threads_pause(h->threads);
}

static void go(struct vwr_vhost_back *h)
{
    read_all(h->tell);
    vwr_vhost_threads_resume(h->threads);
}

static void alone(struct vwr_vhost_back *h, bool begin)
{
    struct vwr_vhost_threads *const t = h->threads;

    (void)(begin ? pthread_mutex_lock(&t->common) : pthread_mutex_unlock(&t->common));
}

static const struct vwr_vhost_back_sharing sharing = {stand, go, alone};

/* The thread blocks the program's signals, but not SIGBUS, which reports that memory was taken away. */
static bool begin_thread(struct vwr_vhost_thread *me)
{
    sigset_t all, before;
    int r;

    me->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (me->wake < 0)
        return false;
    (void)sigfillset(&all);
    (void)sigdelset(&all, SIGBUS);
    (void)pthread_sigmask(SIG_SETMASK, &all, &before);
    r = pthread_create(&me->thread, NULL, run, me);
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = r;
    if (r != 0)
        vhost_close(&me->wake);
    return r == 0;
}

bool vwr_vhost_threads_begin(struct vwr_vhost_threads *t, struct vwr_vhost_back *h, unsigned queues,
                             const struct vwr_vhost_threads_hooks *hooks)
{
    memset(t, 0, sizeof(*t));
    t->h = h;
    t->hooks = *hooks;
    (void)pthread_mutex_init(&t->lock, NULL);
    (void)pthread_cond_init(&t->changed, NULL);
    (void)pthread_mutex_init(&t->common, NULL);
    h->tell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    h->threads = t;
    h->sharing = &sharing;
    if (h->tell < 0)
        return false;
    while (t->count < queues) {
        struct vwr_vhost_thread *const next = &t->thread[t->count];

        *next = (struct vwr_vhost_thread){.all = t, .queue = t->count, .wake = -1};
        if (!begin_thread(next))
            return false;
        t->count++;
    }
    return true;
}

void vwr_vhost_threads_end(struct vwr_vhost_threads *t)
{
    vwr_vhost_threads_pause(t);
    (void)pthread_mutex_lock(&t->lock);
    t->ended = true;
    (void)pthread_cond_broadcast(&t->changed);
    (void)pthread_mutex_unlock(&t->lock);
    for (unsigned i = 0; i < t->count; i++) {
        (void)pthread_join(t->thread[i].thread, NULL);
        vhost_close(&t->thread[i].wake);
    }
    vhost_close(&t->h->tell);
    t->h->sharing = NULL;
    (void)pthread_mutex_destroy(&t->lock);
    (void)pthread_cond_destroy(&t->changed);
    (void)pthread_mutex_destroy(&t->common);
}
