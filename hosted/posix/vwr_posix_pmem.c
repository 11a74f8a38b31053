/* SPDX-License-Identifier: MIT */
#include "posix_host.h"

#include "vwr_posix_pmem.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- the thread ---- */

/* Waits until flushes are to be executed and the last ones were taken. false: the thread ends. */
static bool take(struct vwr_posix_pmem *m)
{
    while (!m->stops && (m->waits == 0 || m->ends != 0))
        (void)pthread_cond_wait(&m->changed, &m->lock);
    memcpy(m->ended, m->waiting, sizeof(m->ended));
    m->ends = m->waits;
    m->waits = m->next = 0;
    return !m->stops;
}

static void *run(void *context)
{
    struct vwr_posix_pmem *const m = context;
    int why = 0;

    (void)pthread_mutex_lock(&m->lock);
    while (take(m)) {
        (void)pthread_mutex_unlock(&m->lock);
        if (why == 0 && msync(m->memory, (size_t)m->bytes, MS_SYNC) != 0)
            why = errno;
        (void)pthread_mutex_lock(&m->lock);
        m->failed = why;
        m->is_done = true;
        (void)!write(m->signal, "", 1); /* a pipe has room for it: the last byte was read */
    }
    (void)pthread_mutex_unlock(&m->lock);
    return NULL;
}

/* ---- the VMM ---- */

/*
 * At most VWR_VPMEM_FLUSHES tickets are valid. If there is no room for one more, a reset of the guest has
 * ended the oldest ones.
 */
int vwr_posix_pmem_flush(struct vwr_vpmem *v, uint64_t ticket)
{
    struct vwr_posix_pmem *const m = v->context;

    (void)pthread_mutex_lock(&m->lock);
    m->device = v;
    m->waiting[m->next] = ticket;
    m->next = (m->next + 1) % VWR_VPMEM_FLUSHES;
    if (m->waits < VWR_VPMEM_FLUSHES)
        m->waits++;
    (void)pthread_cond_signal(&m->changed);
    (void)pthread_mutex_unlock(&m->lock);
    return VWR_LATER;
}

unsigned vwr_posix_pmem_service(struct vwr_posix_pmem *m)
{
    uint64_t ticket[VWR_VPMEM_FLUSHES];
    unsigned ends = 0;
    int failed = 0;
    char byte;

    (void)pthread_mutex_lock(&m->lock);
    if (m->is_done) {
        (void)!read(m->ready, &byte, 1);
        memcpy(ticket, m->ended, sizeof(ticket));
        ends = m->ends;
        failed = m->failed;
        m->ends = 0;
        m->is_done = false;
        (void)pthread_cond_signal(&m->changed);
    }
    (void)pthread_mutex_unlock(&m->lock);
    for (unsigned i = 0; i < ends; i++)
        vwr_vpmem_done(m->device, ticket[i], failed == 0 ? VWR_OK : VWR_EIO);
    return ends;
}

static int map(struct vwr_posix_pmem *m, const char *path)
{
    const int fd = open(path, O_RDWR | O_CLOEXEC);
    struct stat file;
    int why;

    if (fd < 0)
        return VWR_ENODEV;
    m->memory = MAP_FAILED;
    if (fstat(fd, &file) == 0) {
        m->bytes = (uint64_t)file.st_size;
        m->memory = mmap(NULL, (size_t)m->bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    }
    why = errno;
    (void)close(fd); /* the mapping keeps the file */
    errno = why;
    return m->memory != MAP_FAILED ? VWR_OK : VWR_ENODEV;
}

static int start(struct vwr_posix_pmem *m)
{
    int end[2];

    if (pipe(end) != 0)
        return VWR_ENOMEM;
    m->ready = end[0];
    m->signal = end[1];
    (void)fcntl(m->ready, F_SETFD, FD_CLOEXEC);
    (void)fcntl(m->signal, F_SETFD, FD_CLOEXEC);
    if (pthread_create(&m->thread, NULL, run, m) == 0)
        return VWR_OK;
    (void)close(m->ready);
    (void)close(m->signal);
    return VWR_ENOMEM;
}

int vwr_posix_pmem_open(struct vwr_posix_pmem *m, const char *path)
{
    int r;

    memset(m, 0, sizeof(*m));
    r = map(m, path);
    if (r != VWR_OK)
        return r;
    (void)pthread_mutex_init(&m->lock, NULL);
    (void)pthread_cond_init(&m->changed, NULL);
    r = start(m);
    if (r != VWR_OK)
        (void)munmap(m->memory, (size_t)m->bytes);
    return r;
}

void vwr_posix_pmem_close(struct vwr_posix_pmem *m)
{
    (void)pthread_mutex_lock(&m->lock);
    m->stops = true;
    (void)pthread_cond_signal(&m->changed);
    (void)pthread_mutex_unlock(&m->lock);
    (void)pthread_join(m->thread, NULL);
    (void)close(m->ready);
    (void)close(m->signal);
    (void)munmap(m->memory, (size_t)m->bytes);
    (void)pthread_cond_destroy(&m->changed);
    (void)pthread_mutex_destroy(&m->lock);
}
