/* SPDX-License-Identifier: MIT */
/*
 * A disk of another process: reads its first sectors, several requests in flight, and writes them to the last
 * ones. A back end that is restarted meanwhile goes unnoticed.
 */
#define VWR_BLK_REQUESTS 8u
#include "vwr_vhost_front.h"

#include "vwr/blk.h"
#include "vwr/gen/ids.h"

#include <stdio.h>

static struct vwr_vhost_front vhost;
static struct vwr_blk disk;
static struct vwr_blk_req req[VWR_BLK_REQUESTS];
static uint8_t *data;          /* the device sees it, as the queue's memory */
static struct vwr_blk_own own; /* private; not shared */

static int open_disk(const char *path)
{
    const struct vwr_vhost_front_options where = {.path = path, .type = VWR_ID_BLOCK};
    struct vwr_blk_options options = {.own = &own, .request = {.waiter = &vhost.waiter, .replay = true}};
    int r = vwr_vhost_front_probe(&vhost, &where);

    if (r != VWR_OK)
        return r;
    options.shared = vwr_vhost_front_memory(&vhost, sizeof(*options.shared));
    data = vwr_vhost_front_memory(&vhost, VWR_BLK_REQUESTS * VWR_BLK_SECTOR_BYTES);
    return options.shared != NULL && data != NULL ? vwr_blk_open(&disk, &vhost.dev, &options) : VWR_ENOMEM;
}

static int copy(void)
{
    struct vwr_blk_requestq *const q = vwr_blk_get_requestq(&disk, 0);
    int r = VWR_OK;

    for (unsigned i = 0; i < VWR_BLK_REQUESTS && r == VWR_OK; i++) {
        vwr_blk_fill(&req[i], VWR_BLK_T_IN, i, data + i * VWR_BLK_SECTOR_BYTES, VWR_BLK_SECTOR_BYTES);
        r = vwr_blk_submit(q, &req[i]);
    }
    (void)vwr_blk_kick(q);
    for (unsigned i = 0; i < VWR_BLK_REQUESTS && r == VWR_OK; i++)
        r = vwr_blk_wait(q, &req[i]); /* sleeps; recovers a back end that died */
    if (r == VWR_OK)
        r = vwr_blk_write(&disk, disk.info.sectors - VWR_BLK_REQUESTS, data, VWR_BLK_REQUESTS);
    return r == VWR_OK ? vwr_blk_flush(&disk) : r;
}

int main(int count, char **words)
{
    char text[200];
    int r;

    if (count != 2)
        return 2;
    r = open_disk(words[1]);
    if (r == VWR_OK) {
        r = copy();
        printf("sectors: %llu; copied: %s\n", (unsigned long long)disk.info.sectors, vwr_strerror(r));
        if (vwr_close(&disk.bringup) != VWR_OK)
            printf("the back end does not close the connection\n"); /* it can write to the memory */
    } else {
        (void)vwr_vhost_front_explain(&vhost, text, sizeof(text));
        printf("%s: %s\n", vwr_strerror(r), text);
    }
    vwr_vhost_front_end(&vhost);
    return r == VWR_OK ? 0 : 1;
}
