/* SPDX-License-Identifier: MIT */
#include "vhost_host.h"

#include "vhost_back_common.h"
#include "vhost_notifier.h"

#include <fcntl.h>
#include <linux/sockios.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/un.h>

/*
 * The end of a connection, and the file descriptors that the front end has passed. Each is verified before
 * its message succeeds; otherwise the connection ends, and the file stays open until the detach. Thus, while
 * the connection lives,
 *
 * - no close() waits, except that of a pipe for a state, whose lock the front end can hold. The last close()
 *   of another file can wait for as long as the front end likes: of a TCP socket that lingers until its data
 *   is sent, of a file that the front end serves through FUSE.
 * - no file that stays open is, or contains, the front end's own end of the connection: the back end would
 *   keep the connection open, and not see that the front end has left. The receive queue of a socket can
 *   contain any file.
 */

bool vhost_back_end(struct vwr_vhost_back *h, const char *format, ...)
{
    va_list more;

    if (__atomic_exchange_n(&h->ended, true, __ATOMIC_ACQ_REL))
        return false;
    va_start(more, format);
    (void)vsnprintf(h->why, sizeof(h->why), format, more);
    va_end(more);
    return false;
}

/*
 * The number of file descriptors in the receive queue of a Unix socket; -1: it is unknown. SIOCINQ does not
 * count urgent data that was read, whose file descriptors are still in the queue. SIOCATMARK, and a read with
 * MSG_PEEK, take a lock that the front end can hold; these calls take none.
 */
static long queued_files(int socket)
{
    static const char name[] = "\nscm_fds:";
    char path[40], text[512];
    const char *at;
    ssize_t n;
    int info;

    (void)snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", socket);
    info = open(path, O_RDONLY | O_CLOEXEC);
    if (info < 0)
        return errno == ENOENT ? 0 : -1; /* there is no /proc, as in some containers */
    n = read(info, text, sizeof(text) - 1u);
    vhost_close(&info);
    text[n > 0 ? n : 0] = '\0';
    at = strstr(text, name);
    errno = EOVERFLOW; /* locks of the front end fill the text */
    return at != NULL ? strtol(at + strlen(name), NULL, 10) : -1;
}

/* The queue stays empty: the kernel has shut the socket down for reading before. */
static bool is_queue_empty(struct vwr_vhost_back *h, int file, const char *what)
{
    int bytes = 0;
    long files;

    if (ioctl(file, SIOCINQ, &bytes) != 0 || bytes != 0)
        return vhost_back_end(h, "The socket for %s has %d bytes in its receive queue, which must be empty.",
                              what, bytes);
    files = queued_files(file);
    if (files < 0)
        return vhost_back_end(h, "The receive queue of the socket for %s cannot be examined: %s.", what,
                              strerror(errno));
    return files == 0 || vhost_back_end(h,
                                        "The socket for %s has %ld file descriptors in its receive queue, "
                                        "which must be empty.",
                                        what, files);
}

/*
 * Whether the front end's own end of the connection is shut down in one direction, because it is the socket
 * that was passed here, or to another back end, whose front end's end is passed here: each would keep the
 * other's connection open. If the front end has left, its end is shut down in both directions.
 */
static bool is_own_end(const struct vwr_vhost_back *h)
{
    const bool is_read = send(h->fd, "", 0, MSG_DONTWAIT | MSG_NOSIGNAL) == 0 || errno != EPIPE;
    struct pollfd at = {.fd = h->fd, .events = POLLRDHUP};

    return poll(&at, 1, 0) >= 0 && (at.revents & POLLHUP) == 0 && (!is_read || (at.revents & POLLRDHUP) != 0);
}

/* A socket that is not connected could listen later, and have connections with file descriptors. */
bool vhost_back_accept_socket(struct vwr_vhost_back *h, int file, int unused, const char *what)
{
    struct sockaddr_un peer;
    socklen_t bytes = sizeof(peer);

    if (getpeername(file, (struct sockaddr *)&peer, &bytes) != 0)
        return vhost_back_end(h, "The socket for %s is not connected.", what);
    (void)shutdown(file, unused);
    if (is_own_end(h))
        return vhost_back_end(h, "The front end passes its own end of the connection as the socket for %s.",
                              what);
    return unused != SHUT_RD || is_queue_empty(h, file, what);
}

void vhost_back_drop(struct vwr_vhost_back *h)
{
    if (!h->ended)
        vhost_back_close_files(h);
}

void vhost_back_close_files(struct vwr_vhost_back *h)
{
    for (unsigned i = 0; i < h->files; i++)
        vhost_close(&h->file[i]);
    h->files = 0;
}
