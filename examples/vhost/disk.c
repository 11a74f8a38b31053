/* SPDX-License-Identifier: MIT */
/*
 * A disk of another process: reads its first sectors, several requests in flight, and writes them to the last
 * ones. A back end that is restarted meanwhile goes unnoticed.
 */
#include "vwr_vhost_front.h"

#include "vwr/blk.h"
#include "vwr/gen/ids.h"

#include <stdio.h>

#define FLIGHT 8u
#define QUEUE_SIZE 32u
#define SHARED VWR_BLK_SHARED_BYTES(QUEUE_SIZE, FLIGHT, 1)

static struct vwr_vhost_front vhost;
static struct vwr_blk disk;
static struct vwr_blk_req req[FLIGHT];
static uint8_t *data; /* the device sees it, as the queue's memory */
static _Alignas(8) uint8_t own[VWR_BLK_OWN_BYTES(QUEUE_SIZE, FLIGHT)]; /* private; not shared */

static int open_disk(const char *path)
{
    const struct vwr_vhost_front_options where = {.path = path, .type = VWR_ID_BLOCK};
    const struct vwr_blk_options options = {
        .request = {.requests = FLIGHT, .waiter = &vhost.waiter, .replay = &vwr_blk_replay}};
    struct vwr_queue_memory memory = {NULL, SHARED, own, sizeof(own), QUEUE_SIZE};
    int r = vwr_vhost_front_probe(&vhost, &where);

    if (r != VWR_OK)
        return r;
    memory.shared = vwr_vhost_front_memory(&vhost, SHARED);
    data = vwr_vhost_front_memory(&vhost, FLIGHT * VWR_BLK_SECTOR_BYTES);
    return memory.shared != NULL && data != NULL ? vwr_blk_open(&disk, &vhost.dev, &memory, &options)
                                                 : VWR_ENOMEM;
}

static int copy(void)
{
    struct vwr_blk_requestq *const q = vwr_blk_get_requestq(&disk, 0);
    int r = VWR_OK;

    for (unsigned i = 0; i < FLIGHT && r == VWR_OK; i++) {
        vwr_blk_fill(&req[i], VWR_BLK_T_IN, i, data + i * VWR_BLK_SECTOR_BYTES, VWR_BLK_SECTOR_BYTES);
        r = vwr_blk_submit(q, &req[i]);
    }
    (void)vwr_blk_kick(q);
    for (unsigned i = 0; i < FLIGHT && r == VWR_OK; i++)
        r = vwr_blk_wait(q, &req[i]); /* sleeps; recovers a back end that died */
    if (r == VWR_OK)
        r = vwr_blk_write(&disk, disk.info.sectors - FLIGHT, data, FLIGHT);
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
        if (vwr_blk_close(&disk) != VWR_OK)
            printf("the back end does not close the connection\n"); /* it can write to the memory */
    } else {
        (void)vwr_vhost_front_explain(&vhost, text, sizeof(text));
        printf("%s: %s\n", vwr_strerror(r), text);
    }
    vwr_vhost_front_end(&vhost);
    return r == VWR_OK ? 0 : 1;
}
