/* SPDX-License-Identifier: MIT */
#include "vwr_posix_disk.h"
#include "vwr_vhost_back.h"

#include "vwr/vblk.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* server SOCKET IMAGE: our disk on our back end, one connection after the other. */

#define SIZE 128u
#define REQUESTS 64u
#define SEGMENTS (SIZE + 2u) /* as many as a ring has, and header and status */
#define QUEUES 2u

static struct vwr_vhost_back back;
static struct vwr_vblk disk;
static struct vwr_posix_disk image;
static struct vwr_vblk_req request[REQUESTS];
static struct vwr_vseg segment[REQUESTS * SEGMENTS];
static struct vwr_vqueue queue[QUEUES];
static struct vwr_vqueue_entry own[QUEUES * SIZE];

static bool makes_disk(const char *path)
{
    const struct vwr_vblk_options o = {.backend = &image.backend,
                                       .queues = QUEUES,
                                       .req = request,
                                       .reqs = REQUESTS,
                                       .seg = segment,
                                       .segs = SEGMENTS};
    struct vwr_vdev_setup s = {.vm = &back.vm,
                               .queue = queue,
                               .queues = QUEUES,
                               .queue_size = SIZE,
                               .own = own,
                               .own_bytes = sizeof(own)};

    vwr_vhost_back_init(&back);
    vwr_vdev_features(&s.features);
    return vwr_posix_disk_open(&image, path, false) == VWR_OK && vwr_vblk_init(&disk, &s, &o) == VWR_OK;
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
    const int listener = count == 3 && makes_disk(words[2]) ? listens(words[1]) : -1;

    while (listener >= 0) {
        const int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);

        if (fd < 0 || vwr_vhost_back_attach(&back, &disk.dev, fd) != VWR_OK)
            break;
        while (vwr_vhost_back_poll(&back, -1) == VWR_OK)
            continue;
        vwr_vhost_back_detach(&back);
    }
    printf("usage: server SOCKET IMAGE\n");
    return 2;
}
