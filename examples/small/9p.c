/* SPDX-License-Identifier: MIT */
/* Files of the host: names, the content of one by several reads in flight, and a new one. */
#include "board.h"
#include "vwr/9p.h"
#include "vwr/gen/ids.h"

#define FLIGHT 4u
#define PART 8u

static struct vwr_9p_shared shared; /* shared with the device, as is data */
static struct vwr_9p folder;        /* private; the device must not access it */
static struct vwr_mmio mmio;
static struct vwr_9p_request request[FLIGHT];
static char data[1024];

/* A fid of a file or folder, open; an empty path makes a second fid, because an open one cannot walk. */
static int open_at(int root, const char *path, uint32_t flags)
{
    const int fid = vwr_9p_walk(&folder, root, path);
    const int r = fid < 0 ? fid : vwr_9p_lopen(&folder, fid, flags);

    return r == VWR_OK ? fid : r;
}

static int list(int fid)
{
    struct vwr_9p_entry entry = {.next = 0};
    int r = fid;

    while (r >= 0 && (r = vwr_9p_readdir(&folder, fid, entry.next, data, sizeof(data))) > 0)
        for (uint32_t at = 0, bytes = (uint32_t)r; (r = vwr_9p_next_entry(data, bytes, &at, &entry)) > 0;)
            if (entry.name[0] != '.')
                say(entry.name);
    return r < 0 ? r : vwr_9p_clunk(&folder, fid);
}

/* Parts of the file, all in flight after one notification. */
static int read_parts(int fid)
{
    int r = fid < 0 ? fid : VWR_OK;
    unsigned bytes = 0;

    for (unsigned i = 0; i < FLIGHT && r == VWR_OK; i++) {
        vwr_9p_fill_read(&request[i], fid, i * PART, data + i * PART, PART);
        r = vwr_9p_submit(vwr_9p_get_requestq(&folder, 0), &request[i]);
    }
    (void)vwr_9p_kick(vwr_9p_get_requestq(&folder, 0));
    for (unsigned i = 0; i < FLIGHT && r == VWR_OK; i++) {
        r = vwr_9p_wait(vwr_9p_get_requestq(&folder, 0), &request[i]);
        bytes += request[i].count; /* fewer at the end of the file */
    }
    data[bytes] = '\0';
    say(data);
    return r; /* VWR_EIO: request.error is Linux's number */
}

static int answer(int root)
{
    const int fid = vwr_9p_create(&folder, root, "answer.txt", VWR_P9_O_WRONLY, 0644);

    return fid < 0 ? fid : vwr_9p_write(&folder, fid, 0, data, 5);
}

int example(void)
{
    const struct vwr_9p_options options = {.shared = &shared};
    int r = board_find(&mmio, VWR_ID_9P), root = r;

    if (r == VWR_OK)
        r = vwr_9p_open(&folder, &mmio.dev, &options);
    if (r == VWR_OK)
        r = root = vwr_9p_mount(&folder);
    if (r >= 0)
        r = list(open_at(root, "", VWR_P9_O_RDONLY | VWR_P9_O_DIRECTORY));
    if (r == VWR_OK)
        r = read_parts(open_at(root, "letters/hello.txt", VWR_P9_O_RDONLY));
    if (r == VWR_OK)
        r = answer(root); /* the number of bytes */
    return vwr_close(&folder.bringup) != VWR_OK ? VWR_ETIMEOUT : r < 0 ? r : VWR_OK;
}
