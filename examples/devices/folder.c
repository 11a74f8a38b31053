/* SPDX-License-Identifier: MIT */
/* The host folder: reads a file through 9P. */
#include "part.h"
#include "crc32.h"
#include "uart.h"
#include "vwr/9p.h"
#include "vwr/gen/ids.h"

#define NAME "file.bin"
#define READ_BYTES 65536u

static struct vwr_9p_shared shared;
static struct vwr_9p folder;
static uint8_t data[READ_BYTES];

static int folder_open(struct vwr_dev *d)
{
    const struct vwr_9p_options options = {.shared = &shared};

    return vwr_9p_open(&folder, d, &options);
}

/* Up to the end of the file. */
static int folder_read(int fid)
{
    uint32_t crc = 0;
    uint64_t at = 0;
    int r = vwr_9p_lopen(&folder, fid, VWR_P9_O_RDONLY);

    while (r >= 0 && (r = vwr_9p_read(&folder, fid, at, data, sizeof(data))) > 0) {
        crc = crc32(crc, data, (size_t)r);
        at += (uint64_t)r;
    }
    if (r < 0)
        return r;
    put("folder: " NAME ", ");
    put_dec(at);
    put(" bytes, crc32 ");
    put_hex(crc, 8);
    put_char('\n');
    return vwr_9p_clunk(&folder, fid);
}

/* A reset ends the session, so each call creates one. */
static int folder_show(void)
{
    const int root = vwr_9p_mount(&folder);
    const int file = root < 0 ? root : vwr_9p_walk(&folder, root, NAME);
    int r = file;

    if (file >= 0)
        r = folder_read(file);
    return r < 0 ? r : vwr_9p_clunk(&folder, root);
}

static int folder_close(void)
{
    return vwr_close(&folder.bringup);
}

static size_t folder_explain(char *text, size_t bytes)
{
    return vwr_9p_explain(&folder, text, bytes);
}

static struct vwr_bringup *folder_device(unsigned n)
{
    return n == 0 ? &folder.bringup : NULL;
}

const struct part folder_part = {
    .type = VWR_ID_9P,
    .name = "folder",
    .open = folder_open,
    .show = folder_show,
    .close = folder_close,
    .explain = folder_explain,
    .bringup = &vwr_9p_bringup,
    .device = folder_device,
};
