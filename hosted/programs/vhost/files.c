/* SPDX-License-Identifier: MIT */
#include "vhost.h"

#include "vwr/v9p.h"
#include "vwr/vfs.h"
#include "vwr_posix_folder.h"

#include <errno.h>
#include <string.h>
#include <sys/resource.h>

/* A folder, as virtio-9p or as virtio-fs. */

#define FILES 4096u
#define SPARE 2u /* handles that a request has while all files are in use */
/*
 * Descriptors that the program has besides those of the folder: standard ones, sockets, regions of memory,
 * queues, records, a message with descriptors, calls of the folder.
 */
#define OWN_DESCRIPTORS (4u * VWR_VHOST_BACK_SLOTS)
#define LEAST_DESCRIPTORS 16u /* of the folder */
/*
 * Byte budget of a pass over the queues. It is sufficient for two reads of 128 KiB, the maximum of a Linux
 * guest, so that the thread does not wait between them. A long pass delays only messages of the same front
 * end, because the process serves no other one and no CPU of the guest waits for the lock.
 */
#define BUDGET_BYTES 270336u

struct folder {
    union {
        struct vwr_vfs fs;
        struct vwr_v9p plan9;
    } device;
    struct vwr_posix_folder files;
    struct vwr_vmessage message;
};

/* Raises the limit of descriptors of this process to its maximum, and returns it. */
static rlim_t raise_limit(void)
{
    struct rlimit limit = {0, 0};
    rlim_t before;

    (void)getrlimit(RLIMIT_NOFILE, &limit);
    before = limit.rlim_cur;
    limit.rlim_cur = limit.rlim_max;
    return before == limit.rlim_max || setrlimit(RLIMIT_NOFILE, &limit) == 0 ? limit.rlim_cur : before;
}

/* Maximum number of descriptors of the folder. */
static uint32_t count_descriptors(void)
{
    const rlim_t limit = raise_limit();
    const rlim_t left = limit > OWN_DESCRIPTORS ? limit - OWN_DESCRIPTORS : 0;

    return left < 2 * (FILES + SPARE) ? (uint32_t)left : 2 * (FILES + SPARE);
}

/* Number of nodes and open files. A node uses one descriptor; an open file in the reserve uses two. */
static uint32_t count_nodes(void)
{
    const uint32_t descriptors = count_descriptors() - SPARE;
    const uint32_t nodes = descriptors - descriptors / (VWR_VFS_RESERVE + 1u);

    return nodes < FILES ? nodes : FILES;
}

static int open_folder(struct folder *f, const struct options *o)
{
    const struct vwr_posix_folder_options fo = {
        .file = make_room(FILES + SPARE, sizeof(struct vwr_posix_folder_file)),
        .file_count = FILES + SPARE,
        .descriptors = count_descriptors(),
        .read_only = o->read_only,
        .one_file_system = o->one_file_system};

    if (o->folder == NULL)
        return wrong("which folder?");
    if (fo.descriptors < LEAST_DESCRIPTORS)
        return wrong("RLIMIT_NOFILE is %llu; for a folder it is %u at least",
                     (unsigned long long)raise_limit(), OWN_DESCRIPTORS + LEAST_DESCRIPTORS);
    if (vwr_posix_folder_open(&f->files, o->folder, &fo) != VWR_OK)
        return wrong("%s: %s", o->folder, strerror(errno));
    return 0;
}

static const char *tag_of(const struct options *o)
{
    return o->tag != NULL ? o->tag : "vwr";
}

static int finish(struct end *e, struct folder *f, struct vwr_vdev *dev, int r)
{
    if (r == VWR_EINVAL)
        return wrong("this folder cannot be offered: is the tag too long?");
    if (r != VWR_OK)
        return failed("this folder cannot be offered: %s", vwr_strerror(r));
    e->dev = dev;
    e->state = f;
    return 0;
}

static int make_fs(struct end *e, const struct options *o, const struct vwr_vdev_setup *s)
{
    struct folder *const f = make_room(1, sizeof(*f));
    const struct vwr_vfs_options fo = {.files = &f->files.files,
                                       .tag = tag_of(o),
                                       .valid = o->valid,
                                       .node = make_room(FILES, sizeof(struct vwr_vfs_node)),
                                       .node_count = count_nodes(),
                                       .message = &f->message,
                                       .call = make_room(1, sizeof(struct vwr_vfs_call)),
                                       .seg = make_room((size_t)2 * SEGMENTS, sizeof(struct vwr_vseg)),
                                       .message_count = 1,
                                       .call_count = 1,
                                       .seg_count = VWR_SERVICE_SEGS(1, SEGMENTS)};
    const int r = open_folder(f, o);

    return r != 0 ? r : finish(e, f, vwr_vfs_dev(&f->device.fs), vwr_vfs_init_with(&f->device.fs, s, &fo));
}

static int make_9p(struct end *e, const struct options *o, const struct vwr_vdev_setup *s)
{
    struct folder *const f = make_room(1, sizeof(*f));
    const struct vwr_v9p_options po = {.files = &f->files.files,
                                       .tag = tag_of(o),
                                       .fid = make_room(FILES, sizeof(struct vwr_v9p_fid)),
                                       .fid_count = FILES,
                                       .message = &f->message,
                                       .call = make_room(1, sizeof(struct vwr_vfiles_call)),
                                       .seg = make_room((size_t)2 * SEGMENTS, sizeof(struct vwr_vseg)),
                                       .message_count = 1,
                                       .call_count = 1,
                                       .seg_count = VWR_SERVICE_SEGS(1, SEGMENTS)};
    const int r = open_folder(f, o);

    return r != 0 ? r
                  : finish(e, f, vwr_v9p_dev(&f->device.plan9), vwr_v9p_init_with(&f->device.plan9, s, &po));
}

static uint16_t fs_queues(const struct options *o)
{
    (void)o;
    return VWR_VFS_QUEUES;
}

static uint16_t v9p_queues(const struct options *o)
{
    (void)o;
    return VWR_V9P_QUEUES;
}

/* Each request is a call on the storage, which may be the one that sleeps. */
static bool is_quiet(const struct end *e)
{
    (void)e;
    return false;
}

const struct kind fs_kind = {
    .name = "fs",
    .usage = "FOLDER [--tag TAG] [--read-only] [--one-file-system] [--valid SECONDS]",
    .brief = "a folder of this machine, by FUSE; the tag is vwr",
    .options = " tag read-only one-file-system valid ",
    .queues = fs_queues,
    .queue_size = QUEUE_SIZE,
    .budget_bytes = BUDGET_BYTES,
    .state = &vwr_vfs_state,
    .make = make_fs,
    .is_quiet = is_quiet,
};

const struct kind v9p_kind = {
    .name = "9p",
    .usage = "FOLDER [--tag TAG] [--read-only] [--one-file-system]",
    .brief = "a folder of this machine, by 9P2000.L; the tag is vwr",
    .options = " tag read-only one-file-system ",
    .queues = v9p_queues,
    .queue_size = QUEUE_SIZE,
    .budget_bytes = BUDGET_BYTES,
    .state = &vwr_v9p_state,
    .make = make_9p,
    .is_quiet = is_quiet,
};
