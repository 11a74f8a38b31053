/* SPDX-License-Identifier: MIT */
#include "vhost_host.h"

#include "vhost_notifier.h"

#include <fcntl.h>
#include <linux/aio_abi.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>

/*
 * A notification is the completion of a read of 0 bytes by Linux AIO, for which the kernel itself adds 1 to
 * the eventfd. The kernel takes nothing but a spin lock for that. preadv2() with RWF_NOWAIT, which eventfds
 * support since Linux 5.8, reads the counter. Neither call works with a pipe: a writer holds the lock of a
 * pipe while the kernel copies the bytes, from memory whose pages may never arrive. A pipe is therefore
 * refused.
 *
 * The process has one AIO context, because destroying one takes tens of milliseconds, during which all
 * connections would wait. The kernel destroys it with the process.
 */

#define ENTRIES 64 /* number of completions that the kernel keeps */
#define TRIES 100u

static struct {
    pthread_mutex_t lock;
    bool ready;
    aio_context_t context;
    int file; /* that is read */
} aio = {.lock = PTHREAD_MUTEX_INITIALIZER, .file = -1};

/* A context belongs to the process that created it; the next notification in a child creates a new one. */
static void forget(void)
{
    aio.ready = false;
    (void)pthread_mutex_init(&aio.lock, NULL);
    vhost_close(&aio.file);
}

bool vwr_vhost_take(int eventfd)
{
    uint64_t count;
    const struct iovec to = {&count, sizeof(count)};

    /* The C library's call is a cancellation point, which would double the time. */
    return syscall(SYS_preadv2, eventfd, &to, 1, -1L, -1L, RWF_NOWAIT) == (long)sizeof(count);
}

static bool begin(void)
{
    int own = eventfd(0, EFD_CLOEXEC);
    int why = 0;

    if (own < 0)
        return false;
    if (vwr_vhost_take(own) || errno != EAGAIN)
        why = errno;
    vhost_close(&own);
    aio.context = 0;
    aio.file = memfd_create("vhost_notifier", MFD_CLOEXEC);
    if (why == 0 && (aio.file < 0 || syscall(SYS_io_setup, ENTRIES, &aio.context) != 0))
        why = errno;
    if (why == 0)
        why = pthread_atfork(NULL, NULL, forget);
    if (why != 0)
        vhost_close(&aio.file);
    errno = why;
    return why == 0;
}

bool vwr_vhost_can_notify(void)
{
    bool ok = __atomic_load_n(&aio.ready, __ATOMIC_ACQUIRE);

    if (ok)
        return true;
    (void)pthread_mutex_lock(&aio.lock);
    ok = aio.ready || begin();
    __atomic_store_n(&aio.ready, ok, __ATOMIC_RELEASE);
    (void)pthread_mutex_unlock(&aio.lock);
    return ok;
}

/*
 * Submits a read of `bytes` bytes to `to`, whose completion notifies the eventfd. Returns as io_submit(2).
 * Completions of earlier reads, which nobody reads, may occupy the whole queue.
 */
static long submit(int eventfd, uint64_t to, uint64_t bytes)
{
    struct iocb read = {.aio_lio_opcode = IOCB_CMD_PREAD,
                        .aio_fildes = (uint32_t)aio.file,
                        .aio_buf = to,
                        .aio_nbytes = bytes,
                        .aio_flags = IOCB_FLAG_RESFD,
                        .aio_resfd = (uint32_t)eventfd};
    struct iocb *const one = &read;
    struct io_event done[ENTRIES];
    struct timespec now = {0, 0};
    long r = syscall(SYS_io_submit, aio.context, 1, &one);

    if (r < 0 && !__atomic_load_n(&aio.ready, __ATOMIC_ACQUIRE) && vwr_vhost_can_notify()) { /* a fork */
        read.aio_fildes = (uint32_t)aio.file;
        r = syscall(SYS_io_submit, aio.context, 1, &one);
    }
    for (unsigned i = 0; i < TRIES && r < 0 && errno == EAGAIN; i++) {
        (void)syscall(SYS_io_getevents, aio.context, 0, ENTRIES, done, &now);
        r = syscall(SYS_io_submit, aio.context, 1, &one);
    }
    return r;
}

/* The read uses an address that no process has, but the kernel checks the eventfd first. */
bool vwr_vhost_is_eventfd(int file)
{
    return submit(file, UINT64_MAX, 1) < 0 && errno == EFAULT;
}

bool vwr_vhost_notify(int eventfd)
{
    return submit(eventfd, 0, 0) == 1;
}

void vwr_vhost_notify_socket(int socket)
{
    const uint64_t one = 1;

    (void)!send(socket, &one, sizeof(one), MSG_DONTWAIT | MSG_NOSIGNAL);
}

bool vwr_vhost_is_socket(int file)
{
    int domain = -1, type = -1;
    socklen_t bytes = sizeof(domain);

    return getsockopt(file, SOL_SOCKET, SO_DOMAIN, &domain, &bytes) == 0 &&
           getsockopt(file, SOL_SOCKET, SO_TYPE, &type, &bytes) == 0 && domain == AF_UNIX &&
           type == SOCK_STREAM;
}

/* fstat() could query a file system of the other end. */
const char *vwr_vhost_kind_of(int file)
{
    struct statx s;

    if (statx(file, "", AT_EMPTY_PATH | AT_STATX_DONT_SYNC, STATX_TYPE, &s) != 0)
        return "not open";
    return S_ISFIFO(s.stx_mode)   ? "a pipe"
           : S_ISSOCK(s.stx_mode) ? "a socket"
           : S_ISREG(s.stx_mode)  ? "a regular file"
           : S_ISDIR(s.stx_mode)  ? "a folder"
           : S_ISCHR(s.stx_mode)  ? "a device"
                                  : "of another kind";
}
