/* SPDX-License-Identifier: MIT */
/* Files of a host by FUSE: the size and the start of one, by several reads in flight, and a new one. */
#include "board.h"
#include "vwr/fs.h"
#include "vwr/gen/ids.h"

#define FLIGHT 4u
#define PART 8u

static struct vwr_fs_shared shared; /* shared with the device, as is data */
static struct vwr_fs fs;            /* private; the device must not access it */
static struct vwr_mmio mmio;
static struct vwr_fs_request request[FLIGHT];
static char data[FLIGHT * PART + 1];

/* Parts of the file, all in flight after one notification. */
static int read_parts(const struct vwr_fs_file *file)
{
    unsigned bytes = 0;
    int r = VWR_OK;

    for (unsigned i = 0; i < FLIGHT && r == VWR_OK; i++) {
        vwr_fs_fill_read(&request[i], file, i * PART, data + i * PART, PART);
        r = vwr_fs_submit(vwr_fs_get_requestq(&fs, 0), &request[i]);
    }
    (void)vwr_fs_kick(vwr_fs_get_requestq(&fs, 0));
    for (unsigned i = 0; i < FLIGHT && r == VWR_OK; i++) {
        r = vwr_fs_wait(vwr_fs_get_requestq(&fs, 0), &request[i]);
        bytes += request[i].count; /* fewer at the end of the file */
    }
    data[bytes] = '\0';
    say(data);
    return r; /* VWR_EIO: request.error is Linux's number */
}

static int show(const struct vwr_fs_node *root)
{
    struct vwr_fs_node node;
    struct vwr_fs_attr attr;
    struct vwr_fs_file file;
    int r = vwr_fs_lookup(&fs, root, "hello.txt", &node, &attr);

    if (r != VWR_OK)
        return r;
    say_number("bytes", (unsigned)attr.bytes);
    r = vwr_fs_open_file(&fs, &node, VWR_P9_O_RDONLY, &file);
    if (r == VWR_OK)
        r = read_parts(&file);
    if (r == VWR_OK)
        r = vwr_fs_release(&fs, &file);
    return r == VWR_OK ? vwr_fs_forget(&fs, &node) : r;
}

static int answer(const struct vwr_fs_node *root)
{
    struct vwr_fs_node node;
    struct vwr_fs_file file;
    const int r = vwr_fs_create(&fs, root, "answer.txt", VWR_P9_O_WRONLY, 0644, &node, &file);

    return r == VWR_OK ? vwr_fs_write(&fs, &file, 0, data, 5) : r;
}

int example(void)
{
    const struct vwr_fs_options options = {.shared = &shared};
    struct vwr_fs_node root;
    int r = board_find(&mmio, VWR_ID_FS);

    if (r == VWR_OK)
        r = vwr_fs_open(&fs, &mmio.dev, &options);
    if (r != VWR_OK)
        return r;
    r = vwr_fs_mount(&fs, &root);
    if (r == VWR_OK)
        r = show(&root);
    if (r == VWR_OK)
        r = answer(&root); /* the number of bytes */
    return vwr_close(&fs.bringup) != VWR_OK ? VWR_ETIMEOUT : r < 0 ? r : VWR_OK;
}
