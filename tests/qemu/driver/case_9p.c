/* SPDX-License-Identifier: MIT */
#include "bus.h"
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "machine.h"
#include "tree.h"

#include "vwr/9p.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

/*
 * The 9P driver on QEMU's device, which serves the folder from tree.h.
 */

#define SLOT 30u
#define FLIGHT 8u

static struct vwr_9p p9;
static union found found;
static struct vwr_9p_request request[FLIGHT];
static uint8_t *data;
static uint8_t *list;
static int root;

static const char *security_model(void)
{
    return setxattr("share", "user.virtwright", "", 0, 0) == 0 ? "mapped-xattr" : "none";
}

/* ---- the driver's side ---- */

static void begin(bool legacy, unsigned kind)
{
    machine_begin(legacy);
    /* Not remap, the default of QEMU 10: qid.path is then the inode, which case_9p_names compares. */
    machine_add("-fsdev", "local,id=f,path=share,multidevs=warn,security_model=%s", security_model());
    machine_add_device(SLOT, "virtio-9p", "fsdev=f,mount_tag=files%s",
                       (kind & DISK_PACKED) != 0 ? ",packed=on" : "");
    machine_start();
    (void)machine_qmp("{\"execute\": \"cont\"}");
    slot_probe(&found, SLOT);
}

static void open_it(unsigned kind)
{
    struct vwr_9p_options o = {
        .shared = guest_alloc(sizeof(struct vwr_9p_shared)), .uid = getuid(), .gid = getgid()};
    char tag[8];

    disk_avoid(&o.avoid, kind);
    memset(request, 0, sizeof(request));
    CHECK_NUMBER(vwr_9p_open(&p9, &found.dev, &o), VWR_OK);
    disk_check_kind(&found.dev, kind);
    CHECK_NUMBER(vwr_9p_read_tag(&p9, tag, sizeof(tag)), 5);
    CHECK(strcmp(tag, "files") == 0);
    data = (uint8_t *)guest_alloc_scattered(TREE_BIG + 2 * VWR_9P_MSIZE) +
           1; /* each part takes the most segments */
    list = guest_alloc(TREE_LIST);
    root = vwr_9p_mount(&p9);
    CHECK(root >= 0);
    CHECK_NUMBER(p9.msize, VWR_9P_MSIZE);
}

static void close_all(void)
{
    CHECK_NUMBER(vwr_close(&p9.bringup), VWR_OK);
    CHECK_NUMBER(slot_status(&found), 0);
    machine_leave();
}

static int walk(int from, const char *path)
{
    const int fid = vwr_9p_walk(&p9, from, path);

    CHECK(fid >= 0);
    return fid;
}

static void refused(int r, uint32_t error)
{
    CHECK_NUMBER(r, VWR_EIO);
    CHECK_NUMBER(vwr_9p_error(&p9), error);
}

/* Keeps as many parts of the file in flight as fit in the queue. */
static void move_in_flight(int fid, uint32_t bytes, bool writes)
{
    struct vwr_9p_requestq *const q = vwr_9p_get_requestq(&p9, 0);
    const uint32_t part = vwr_9p_io_bytes(&p9, fid);
    unsigned sent = 0;
    unsigned back = 0;
    uint32_t moved = 0;

    CHECK(bytes <= FLIGHT * part);
    while (back * part < bytes) {
        for (int r = VWR_OK; r == VWR_OK && sent * part < bytes; sent += r == VWR_OK) {
            const uint32_t left = bytes - sent * part;

            if (writes)
                vwr_9p_fill_write(&request[sent], fid, sent * part, data + sent * part,
                                  left < part ? left : part);
            else
                vwr_9p_fill_read(&request[sent], fid, sent * part, data + sent * part, part);
            r = vwr_9p_submit(q, &request[sent]);
            CHECK(r == VWR_OK || r == VWR_EFULL);
        }
        (void)vwr_9p_kick(q);
        CHECK_NUMBER(vwr_9p_wait(q, &request[back]), VWR_OK);
        moved += request[back++].count;
    }
    CHECK_NUMBER(moved, bytes);
}

/* Transfers even sizes with one call, and odd sizes with requests in flight. */
static void copy_file(int in, int to, const char *name, uint32_t bytes)
{
    const int out = vwr_9p_create(&p9, to, name, VWR_P9_O_WRONLY, 0644);

    CHECK(out >= 0);
    CHECK_NUMBER(vwr_9p_lopen(&p9, in, VWR_P9_O_RDONLY), VWR_OK);
    if (bytes % 2 == 0 && bytes != TREE_BIG) {
        CHECK_NUMBER(vwr_9p_read(&p9, in, 0, data, bytes + 100), bytes);
        CHECK_NUMBER(vwr_9p_write(&p9, out, 0, data, bytes), bytes);
    } else {
        move_in_flight(in, bytes, false);
        move_in_flight(out, bytes, true);
    }
    CHECK_NUMBER(vwr_9p_fsync(&p9, out), VWR_OK);
    CHECK_NUMBER(vwr_9p_clunk(&p9, out), VWR_OK);
}

static unsigned copy_folder(int from, int to, unsigned level);

/* QEMU's directory entries do not contain the file type, but its attributes do. */
static unsigned copy_entry(int from, int to, const struct vwr_9p_entry *e, unsigned level)
{
    const int in = walk(from, e->name);
    struct vwr_9p_attr attr;
    unsigned count = 1;
    int out;

    CHECK_NUMBER(vwr_9p_getattr(&p9, in, &attr), VWR_OK);
    CHECK_NUMBER(attr.qid.path, e->qid.path);
    CHECK_NUMBER(attr.valid & VWR_P9_GET_BASIC, VWR_P9_GET_BASIC);
    if ((attr.mode & VWR_P9_S_FMT) == VWR_P9_S_DIR) {
        CHECK_NUMBER(attr.qid.type, VWR_P9_QT_DIR);
        CHECK_NUMBER(vwr_9p_mkdir(&p9, to, e->name, 0755), VWR_OK);
        out = walk(to, e->name);
        count += copy_folder(in, out, level + 1);
        CHECK_NUMBER(vwr_9p_clunk(&p9, out), VWR_OK);
    } else {
        copy_file(in, to, e->name, (uint32_t)attr.bytes);
    }
    CHECK_NUMBER(vwr_9p_clunk(&p9, in), VWR_OK);
    return count;
}

static unsigned copy_folder(int from, int to, unsigned level)
{
    static uint8_t entries[8][TREE_LIST]; /* of each level: `list` is used again */
    const int folder = walk(from, "");
    struct vwr_9p_entry e = {.next = 0};
    unsigned count = 0;
    int bytes;
    int r;

    CHECK_NUMBER(vwr_9p_lopen(&p9, folder, VWR_P9_O_RDONLY | VWR_P9_O_DIRECTORY), VWR_OK);
    while ((bytes = vwr_9p_readdir(&p9, folder, e.next, list, TREE_LIST)) > 0) {
        memcpy(entries[level], list, (size_t)bytes);
        for (uint32_t at = 0; (r = vwr_9p_next_entry(entries[level], (uint32_t)bytes, &at, &e)) == 1;)
            if (strcmp(e.name, ".") != 0 && strcmp(e.name, "..") != 0)
                count += copy_entry(from, to, &e, level);
        CHECK_NUMBER(r, 0);
    }
    CHECK_NUMBER(bytes, 0);
    CHECK_NUMBER(vwr_9p_clunk(&p9, folder), VWR_OK);
    return count;
}

/* With `more` large files. */
static void there_and_back(bool legacy, unsigned kind, unsigned more)
{
    struct vwr_9p_statfs fs;
    int from, to;

    machine_end(); /* it refers to the folder that is being removed */
    tree_make(VWR_9P_MSIZE, more);
    begin(legacy, kind);
    open_it(kind);
    tree_clock();
    CHECK_NUMBER(vwr_9p_mkdir(&p9, root, "back", 0755), VWR_OK);
    from = walk(root, "tree");
    to = walk(root, "back");
    CHECK_NUMBER(copy_folder(from, to, 0), TREE_MANY + TREE_ENTRIES + more);
    tree_compare();
    CHECK_NUMBER(vwr_9p_statfs(&p9, root, &fs), VWR_OK);
    CHECK(fs.name_bytes == VWR_P9_NAME && fs.blocks >= fs.free);
    close_all();
}

/* One machine for each kind of ring. The tree is created anew for each. */
void case_9p_files(bool legacy)
{
    for (unsigned kind = 0; kind < DISK_KINDS; kind++)
        if (disk_runs_kind(legacy, kind))
            there_and_back(legacy, kind, 0);
}

void files_soak(unsigned times)
{
    char what[100];

    machine_lives(3600);
    for (unsigned i = 0; i < 12; i++) {
        const bool legacy = i >= 8;

        there_and_back(legacy, i % 8, times * TREE_64_MIB);
        snprintf(what, sizeof(what), "%s%s%s%s", legacy ? "legacy" : "modern",
                 (i & DISK_PACKED) != 0 && !legacy ? "_packed" : "_split",
                 (i & DISK_INDIRECT) != 0 ? "_indirect" : "", (i & DISK_EVENT) != 0 ? "_event" : "");
        tree_report(what);
    }
    tree_run("rm -rf share");
}

/* Errors from the host, and calls that change the folder. A program outside checks the result. */
void case_9p_names(bool legacy)
{
    struct vwr_9p_attr attr = {.mode = 0640, .bytes = 5000};
    struct stat st;
    int folder, fid;

    tree_make(VWR_9P_MSIZE, 0);
    begin(legacy, DISK_INDIRECT);
    open_it(DISK_INDIRECT);
    refused(vwr_9p_walk(&p9, root, "tree/nothing"), VWR_P9_ENOENT);
    refused(vwr_9p_walk(&p9, root, "nothing"), VWR_P9_ENOENT);
    refused(vwr_9p_mkdir(&p9, root, "tree", 0755), VWR_P9_EEXIST);
    refused(vwr_9p_unlinkat(&p9, root, "tree", VWR_P9_AT_REMOVEDIR), VWR_P9_ENOTEMPTY);
    CHECK_NUMBER(vwr_9p_mkdir(&p9, root, "a/b", 0755), VWR_EINVAL);
    CHECK_NUMBER(vwr_9p_unlinkat(&p9, root, "..", 0), VWR_EINVAL);
    folder = walk(root, "tree/deep/er");
    fid = walk(folder, "and/../and//4096");
    CHECK_NUMBER(vwr_9p_setattr(&p9, fid, VWR_P9_SET_SIZE, &attr), VWR_OK);
    CHECK_NUMBER(vwr_9p_getattr(&p9, fid, &attr), VWR_OK);
    CHECK_NUMBER(attr.bytes, 5000);
    CHECK_SYS(stat("share/tree/deep/er/and/4096", &st) == 0);
    CHECK_NUMBER(st.st_size, 5000);
    CHECK_NUMBER(attr.qid.path, st.st_ino);
    CHECK_NUMBER(attr.modified.seconds, st.st_mtim.tv_sec);
    CHECK_NUMBER(vwr_9p_clunk(&p9, fid), VWR_OK);
    fid = walk(root, "tree/many");
    CHECK_NUMBER(vwr_9p_rename(&p9, fid, "a longer name with the number 7", folder, "7"), VWR_OK);
    CHECK_SYS(stat("share/tree/deep/er/7", &st) == 0);
    CHECK_NUMBER(st.st_size, 7);
    CHECK_NUMBER(vwr_9p_unlinkat(&p9, folder, "7", 0), VWR_OK);
    CHECK(stat("share/tree/deep/er/7", &st) != 0 && errno == ENOENT);
    refused(vwr_9p_create(&p9, fid, "a longer name with the number 8", VWR_P9_O_CREAT | VWR_P9_O_EXCL, 0644),
            VWR_P9_EEXIST);
    CHECK_NUMBER(vwr_9p_clunk(&p9, fid), VWR_OK);
    close_all();
}

/* The ring breaks with reads in flight: the session ends and the fids become stale, but the files remain. */
static void dies(bool legacy, unsigned kind)
{
    struct vwr_9p_requestq *q;
    struct vwr_9p_request *done[2];
    int fid, r;

    begin(legacy, kind);
    open_it(kind);
    q = vwr_9p_get_requestq(&p9, 0);
    fid = walk(root, "tree/deep/er/and/300000");
    CHECK_NUMBER(vwr_9p_lopen(&p9, fid, VWR_P9_O_RDONLY), VWR_OK);
    (void)machine_qmp("{\"execute\": \"stop\"}");
    vwr_9p_fill_read(&request[0], fid, 0, data, 1000);
    CHECK_NUMBER(vwr_9p_submit(q, &request[0]), VWR_OK);
    disk_break_ring(&q->client.requests.queue, kind);
    CHECK_NUMBER(vwr_9p_reap(q, done, 2), VWR_EBADRING);
    CHECK_NUMBER(vwr_9p_mount(&p9), VWR_EFAILED);
    while ((r = vwr_recover(&p9.bringup)) == VWR_EBUSY)
        continue;
    CHECK_NUMBER(r, VWR_OK);
    (void)machine_qmp("{\"execute\": \"cont\"}");
    CHECK_NUMBER(vwr_9p_reap(q, done, 2), 1);
    CHECK_NUMBER(request[0].req.result, VWR_EBADRING);
    refused(vwr_9p_read(&p9, fid, 0, data, 10), VWR_P9_ESTALE);
    CHECK_NUMBER(vwr_9p_submit(q, &request[0]), VWR_EIO);
    CHECK_NUMBER(request[0].error, VWR_P9_ESTALE);
    CHECK_NUMBER(vwr_9p_clunk(&p9, fid), VWR_OK);
    CHECK_NUMBER(vwr_9p_clunk(&p9, root), VWR_OK);
    root = vwr_9p_mount(&p9);
    CHECK(root >= 0);
    fid = walk(root, "tree/deep/er/and/300000");
    CHECK_NUMBER(vwr_9p_lopen(&p9, fid, VWR_P9_O_RDONLY), VWR_OK);
    CHECK_NUMBER(vwr_9p_read(&p9, fid, 0, data, TREE_BIG + 1), TREE_BIG);
    close_all();
}

void case_9p_recover(bool legacy)
{
    tree_make(VWR_9P_MSIZE, 0);
    for (unsigned kind = 0; kind < DISK_KINDS; kind++)
        if (disk_runs_kind(legacy, kind))
            dies(legacy, kind);
}
