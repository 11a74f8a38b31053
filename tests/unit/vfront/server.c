/* SPDX-License-Identifier: MIT */
#include "vwr_posix_disk.h"
#include "vwr_vhost_back.h"
#include "vwr_vhost_threads.h"

#include "vwr/gen/features.h"
#include "vwr/vblk.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/*
 * server SOCKET IMAGE: our disk on our back end, one connection after the other. server SOCKET IMAGE threads:
 * with a thread for each queue, which is compiled for the thread sanitizer; it ends at the first race.
 */

#define SIZE 128u
#define REQUESTS 64u
#define SEGMENTS (SIZE + 2u) /* as many as a ring has, and header and status */
#define QUEUES 4u

struct disk {
    struct vwr_vblk device;
    struct vwr_posix_disk image;
    struct vwr_vblk_req request[REQUESTS];
    struct vwr_vseg segment[REQUESTS * SEGMENTS];
    struct vwr_vqueue queue[QUEUES];
    struct vwr_vqueue_entry own[QUEUES * SIZE];
};

static struct vwr_vhost_back back;
static struct disk disks[QUEUES];
static struct vwr_vdev *each[QUEUES];
static struct vwr_vhost_threads threads;

const char *__tsan_default_options(void); /* the sanitizer calls it */

const char *__tsan_default_options(void)
{
    return "halt_on_error=1";
}

static bool makes_disk(struct disk *d, const char *path)
{
    const struct vwr_vblk_options o = {.backend = &d->image.backend,
                                       .req = d->request,
                                       .req_count = REQUESTS,
                                       .seg = d->segment,
                                       .seg_count = VWR_COUNT(d->segment)};
    struct vwr_vdev_setup s = {.vm = &back.vm,
                               .line = (uint32_t)(d - disks),
                               .queue = d->queue,
                               .queue_count = QUEUES,
                               .queue_size = SIZE,
                               .own = d->own,
                               .own_count = VWR_COUNT(d->own)};

    each[d - disks] = &d->device.dev;
    vwr_vdev_features(&s.features);
    vwr_features_add(&s.features, VWR_F_IN_ORDER);
    return vwr_posix_disk_open(&d->image, path, false) == VWR_OK &&
           vwr_vblk_init_with(&d->device, &s, &o) == VWR_OK;
}

static bool begins(const char *path, bool threaded)
{
    const struct vwr_vhost_threads_hooks none = {NULL, NULL, NULL};
    bool ok = true;

    vwr_vhost_back_init(&back);
    for (unsigned i = 0; i < (threaded ? QUEUES : 1u) && ok; i++)
        ok = makes_disk(&disks[i], path);
    if (!ok || !threaded)
        return ok;
    back.each = each;
    return vwr_vhost_threads_begin(&threads, &back, QUEUES, &none);
}

static int listens(const char *path)
{
    struct sockaddr_un a = {.sun_family = AF_UNIX};
    const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (strlen(path) >= sizeof(a.sun_path))
        return -1;
    (void)memcpy(a.sun_path, path, strlen(path));
    return bind(fd, (struct sockaddr *)&a, sizeof(a)) == 0 && listen(fd, 4) == 0 ? fd : -1;
}

int main(int count, char **words)
{
    const int listener = count >= 3 && begins(words[2], count == 4) ? listens(words[1]) : -1;

    while (listener >= 0) {
        const int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);

        if (fd < 0 || vwr_vhost_back_attach(&back, each[0], fd) != VWR_OK)
            break;
        while (vwr_vhost_back_poll(&back, -1) == VWR_OK)
            continue;
        vwr_vhost_back_detach(&back);
    }
    printf("usage: server SOCKET IMAGE [threads]\n");
    return 2;
}
