/* SPDX-License-Identifier: MIT */
#ifndef VWR_PAIR_FILES_H
#define VWR_PAIR_FILES_H

#include "cases.h"
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "ram.h"
#include "suspend.h"
#include "vmm.h"

#include "vwr/vfiles_memory.h"
#include "vwr_posix_folder.h"
#include "../common/random.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * What case_9p.c and case_fs.c share: files of a tree in memory, then of a folder of this machine, are
 * written and read at any offset and checked against a separate copy, with several requests in flight. The
 * drivers have the same calls, with other names: a case defines these before it includes this file.
 *
 * P(name)         a name of the driver
 * OPENED(n)       its handle of file n
 * IO_BYTES(n)     maximum bytes of a read of file n
 * MOUNT()         another session
 * MESSAGE_BYTES   maximum of a write
 * HANDLES         files of the folder that are open at a time
 */

#define SLOT 2u
#define CALLS 4u
#define FILES 4u
#define FILE_BYTES 20000u
#define POOL VWR_VFILES_MEMORY_POOL((size_t)256 << 10)
#define ENTRIES (FILES + 4u) /* including the root, two folders and a file that is moved */

static struct {
    struct vwr_vfiles_memory tree;
    struct vwr_vfiles_memory_file file[ENTRIES];
    struct vwr_vfiles_memory_entry entry[ENTRIES];
    uint64_t pool[POOL / 8];
    union vmm_end end;
    struct vwr_features avoid;
    uint8_t *data[FILES];
    uint8_t copy[FILES][FILE_BYTES];
    uint32_t size[FILES];
} files;

/* The host folder; its path is empty while the in-memory tree is used. */
static struct {
    struct vwr_posix_folder folder;
    struct vwr_posix_folder_file file[HANDLES];
    char path[40];
} host_folder;

static struct P(request) late[FILES];
static uint64_t state;

static const char *name_of(unsigned n)
{
    static const char *const name[FILES] = {"a", "folder.tar",
                                            "a_name_that_takes_a_block_of_the_tree_in_memory", "d"};

    return name[n];
}

/* The server refuses with this Linux error. */
static void check_error(int r, uint32_t error)
{
    CHECK_NUMBER(r, VWR_EIO);
    CHECK_NUMBER(P(error)(&driver), error);
}

/* Longer than a message. */
static void write_file(unsigned n)
{
    const uint32_t offset = random_below(&state, files.size[n] + 1);
    uint32_t bytes = random_below(&state, 2 * MESSAGE_BYTES);

    if (bytes > FILE_BYTES - offset)
        bytes = FILE_BYTES - offset;
    for (uint32_t i = 0; i < bytes; i++)
        files.data[n][i] = files.copy[n][offset + i] = (uint8_t)random_below(&state, 256);
    CHECK_NUMBER(P(write)(&driver, OPENED(n), offset, files.data[n], bytes), bytes);
    if (files.size[n] < offset + bytes)
        files.size[n] = offset + bytes;
}

/* Reads each file, with all reads in flight together. */
static void read_files(void)
{
    struct P(requestq) *const q = P(get_requestq)(&driver, 0);
    uint32_t offset[FILES], count[FILES];
    struct P(request) * done[FILES];

    for (unsigned i = 0; i < FILES; i++) {
        offset[i] = random_below(&state, files.size[i] + 100);
        count[i] = 1 + random_below(&state, IO_BYTES(i));
        P(fill_read)(&late[i], OPENED(i), offset[i], files.data[i], count[i]);
        CHECK_NUMBER(P(submit)(q, &late[i]), VWR_OK);
    }
    CHECK_NUMBER(MOUNT(), VWR_EBUSY);
    (void)P(kick)(q);
    vmm_run_until_idle();
    CHECK_NUMBER(P(reap)(q, done, FILES), FILES);
    for (unsigned i = 0; i < FILES; i++) {
        const uint32_t left = offset[i] < files.size[i] ? files.size[i] - offset[i] : 0;
        const uint32_t bytes = count[i] < left ? count[i] : left;

        CHECK_NUMBER(late[i].req.result, VWR_OK);
        CHECK_NUMBER(late[i].count, bytes);
        CHECK(memcmp(files.data[i], files.copy[i] + offset[i], bytes) == 0);
    }
}

/* A call reads across messages, up to the end of the file. */
static void read_whole(unsigned n)
{
    CHECK_NUMBER(P(read)(&driver, OPENED(n), 0, files.data[n], 2 * FILE_BYTES), files.size[n]);
    CHECK(memcmp(files.data[n], files.copy[n], files.size[n]) == 0);
}

/* The entries of an open folder. */
static unsigned list(P_FILE opened, uint32_t room)
{
    struct P(entry) e = {.next = 0};
    unsigned count = 0;
    int bytes;

    while ((bytes = P(readdir)(&driver, opened, e.next, files.data[0], room)) > 0)
        for (uint32_t at = 0; P(next_entry)(files.data[0], (uint32_t)bytes, &at, &e) == 1;)
            count++;
    CHECK_NUMBER(bytes, 0);
    return count;
}

/* The device needs a reset, and the driver recovers. */
static void fail(struct vwr_vdev *v)
{
    int r;

    vmm_may_break = true;
    vwr_vdev_needs_reset(v);
    vmm_may_break = false;
    CHECK_NUMBER(vwr_dev_check(&files.end.dev), VWR_ENEEDSRESET);
    while ((r = vwr_recover(&driver.bringup)) == VWR_EBUSY)
        continue;
    CHECK_NUMBER(r, VWR_OK);
}

static struct vwr_vfiles *begin_folder(void)
{
    static const struct vwr_posix_folder_options o = {.file = host_folder.file, .file_count = HANDLES};

    strcpy(host_folder.path, "folder_of_pair_XXXXXX");
    CHECK_SYS(mkdtemp(host_folder.path) != NULL);
    CHECK_NUMBER(vwr_posix_folder_open(&host_folder.folder, host_folder.path, &o), VWR_OK);
    return &host_folder.folder.files;
}

/* Checks that the files equal the copies, without the driver; removes them. */
static void end_folder(void)
{
    uint8_t content[FILE_BYTES];
    char path[120];

    CHECK_NUMBER(host_folder.folder.in_use, 0);
    vwr_posix_folder_close(&host_folder.folder);
    for (unsigned n = 0; n < FILES; n++) {
        FILE *f;

        (void)snprintf(path, sizeof(path), "%s/%s", host_folder.path, name_of(n));
        f = fopen(path, "r");
        CHECK_SYS(f != NULL);
        CHECK_NUMBER(fread(content, 1, sizeof(content), f), files.size[n]);
        CHECK(memcmp(content, files.copy[n], files.size[n]) == 0);
        CHECK_SYS(fclose(f) == 0 && unlink(path) == 0);
    }
    CHECK_SYS(rmdir(host_folder.path) == 0);
    host_folder.path[0] = '\0';
}

/* Makes an empty tree, and says what the device and its driver can. */
static void begin_files(struct vwr_vdev_setup *s, unsigned kind, bool deferred)
{
    const struct vwr_vfiles_memory_options t = {.file = files.file,
                                                .file_count = ENTRIES,
                                                .entry = files.entry,
                                                .entry_count = ENTRIES,
                                                .pool = files.pool,
                                                .pool_bytes = sizeof(files.pool)};

    vmm_begin(deferred);
    memset(&files, 0, sizeof(files));
    CHECK_NUMBER(vwr_vfiles_memory_init(&files.tree, &t), VWR_OK);
    s->budget_bytes = random_below(&state, 2) == 0 ? 0 : 2048;
    s->legacy = (kind & DISK_LEGACY) != 0;
    disk_offer(&s->features, kind);
    disk_avoid(&files.avoid, kind);
}

#endif
