/* SPDX-License-Identifier: MIT */
#include "vhost_host.h"

#include "vhost_back_common.h"
#include "vhost_notifier.h"

#include <fcntl.h>
#include <linux/sockios.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/ioctl.h>

/*
 * The end of a connection, and the file descriptors that the front end has passed. The last close() of a file
 * can wait for as long as the front end likes: of a TCP socket that lingers until its data is sent, of a file
 * that the front end serves through FUSE. While the connection lives, only files whose close cannot wait are
 * closed; the others stay open until the detach.
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

void vhost_back_defer(struct vwr_vhost_back *h, int *file)
{
    if (*file < 0 || h->deferred_count == VWR_COUNT(h->deferred)) /* it ends before it is full */
        return;
    h->deferred[h->deferred_count++] = *file;
    *file = -1;
    if (h->deferred_count >= VWR_VHOST_BACK_DEFERRED)
        (void)vhost_back_end(h, "%u file descriptors wait for the end of the connection to be closed.",
                             VWR_VHOST_BACK_DEFERRED);
}

/*
 * Only memory of the kernel has seals. The program accepts that other memory waits if it says any_memory. An
 * eventfd belongs to the kernel.
 */
static bool can_close(const struct vwr_vhost_back *h, int file)
{
    return h->any_memory || fcntl(file, F_GET_SEALS) >= 0 || vwr_vhost_is_eventfd(file);
}

void vhost_back_drop(struct vwr_vhost_back *h)
{
    for (unsigned i = 0; i < h->files; i++)
        if (h->file[i] >= 0 && can_close(h, h->file[i]))
            vhost_close(&h->file[i]);
        else
            vhost_back_defer(h, &h->file[i]);
    h->files = 0;
}

/*
 * The receive queue of a socket contains files too, and the last close of the socket closes them. After the
 * shutdown nothing is added. FIONREAD takes no lock that the front end can hold; a read with MSG_PEEK takes
 * one, and skips urgent data.
 */
void vhost_back_release_socket(struct vwr_vhost_back *h, int *file)
{
    int bytes = 0;

    if (*file < 0)
        return;
    (void)shutdown(*file, SHUT_RD);
    if (ioctl(*file, SIOCINQ, &bytes) == 0 && bytes == 0)
        vhost_close(file);
    else
        vhost_back_defer(h, file);
}

void vhost_back_close_files(struct vwr_vhost_back *h)
{
    for (unsigned i = 0; i < h->files; i++)
        vhost_close(&h->file[i]);
    for (unsigned i = 0; i < h->deferred_count; i++)
        vhost_close(&h->deferred[i]);
    h->files = 0;
    h->deferred_count = 0;
}
