/* SPDX-License-Identifier: MIT */
#include "board.h"
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "machine.h"
#include "tree.h"

#include "vwr/fs.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * The file system driver on QEMU's vhost-user-fs. Its back end, virtiofsd, serves the folder from tree.h. The
 * subfolder "full" is a file system of 64 KiB that only virtiofsd sees. virtiofsd needs root privileges,
 * either in its own namespace or on this machine. Users without either skip these cases.
 */

#define SLOT 30u
#define FLIGHT 8u
#define SOCKET "fs.sock"
/* The virtiofsd in C is part of QEMU up to 7.2. The virtiofsd in Rust is a separate program. */
#define VIRTIOFSD_C "/usr/lib/qemu/virtiofsd"
#define VIRTIOFSD_RUST "/usr/libexec/virtiofsd"
#define FULL "share/full"
#define FULL_BYTES 65536u

static struct vwr_fs fs;
static union found found;
static struct vwr_fs_request request[FLIGHT];
static uint8_t *data;
static uint8_t *list;
static struct vwr_fs_node root;
static pid_t server;

/* ---- the host's side ---- */

static void skip(const char *why)
{
    printf("skipped: %s\n", why);
    exit(SKIPPED);
}

static int listen_for_qemu(void)
{
    struct sockaddr_un name = {.sun_family = AF_UNIX, .sun_path = SOCKET};
    const int fd = socket(AF_UNIX, SOCK_STREAM, 0);

    (void)unlink(SOCKET);
    CHECK_SYS(fd >= 0 && bind(fd, (struct sockaddr *)&name, sizeof(name)) == 0 && listen(fd, 1) == 0);
    return fd;
}

/* The command line for the installed virtiofsd. The test creates a mount namespace for it, so it needs no
 * other sandbox. */
static const char *virtiofsd(void)
{
    if (access(VIRTIOFSD_C, X_OK) == 0)
        return VIRTIOFSD_C " -f --fd=%d -o source=\"$PWD/share\",cache=none";
    if (access(VIRTIOFSD_RUST, X_OK) == 0)
        return VIRTIOFSD_RUST " --fd=%d --shared-dir \"$PWD/share\" --cache=never --sandbox=none";
    skip("not installed: " VIRTIOFSD_C " or " VIRTIOFSD_RUST);
    return NULL;
}

/* virtiofsd ends when QEMU ends, or when this program ends in any way. */
static void serve(void)
{
    const char *const options = getuid() == 0 ? "-m" : "-rm";
    const char *const program = virtiofsd();
    char command[400], words[200];
    int fd;

    snprintf(command, sizeof(command), "unshare %s true 2>/dev/null", options);
    if (system(command) != 0)
        skip("no mount namespace for virtiofsd");
    fd = listen_for_qemu();
    snprintf(words, sizeof(words), program, fd);
    snprintf(command, sizeof(command),
             "mount -t tmpfs -o size=%u none " FULL " && exec %s >virtiofsd.log 2>&1", FULL_BYTES, words);
    server = fork();
    CHECK_SYS(server >= 0);
    if (server == 0) {
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        execlp("timeout", "timeout", "-k", "5", "3600", "unshare", options, "sh", "-c", command,
               (char *)NULL);
        _exit(127);
    }
    CHECK_SYS(close(fd) == 0);
}

/* ---- the driver's side ---- */

static void begin(void)
{
    CHECK_SYS(mkdir(FULL, 0755) == 0 || errno == EEXIST);
    serve();
    machine_begin(false);
    machine_add("-chardev", "socket,id=c,path=" SOCKET);
    machine_add_device(SLOT, "vhost-user-fs", "chardev=c,tag=files");
    machine_start();
    (void)machine_qmp("{\"execute\": \"cont\"}");
    slot_probe(&found, SLOT);
}

static void open_it(unsigned kind)
{
    struct vwr_fs_options o = {.shared = guest_alloc(sizeof(struct vwr_fs_shared))};
    char tag[VWR_FS_TAG + 1];

    disk_avoid(&o.avoid, kind);
    memset(request, 0, sizeof(request));
    CHECK_NUMBER(vwr_fs_open(&fs, &found.dev, &o), VWR_OK);
    disk_check_kind(&found.dev, kind);
    CHECK_NUMBER(vwr_fs_read_tag(&fs, tag), 5);
    CHECK(strcmp(tag, "files") == 0);
    data = (uint8_t *)guest_alloc_scattered(TREE_BIG + 2 * VWR_FS_IO_BYTES) +
           1; /* each part takes the most segments */
    list = guest_alloc(TREE_LIST);
    CHECK_NUMBER(vwr_fs_mount(&fs, &root), VWR_OK);
    CHECK_NUMBER(vwr_fs_io_bytes(&fs), VWR_FS_IO_BYTES);
}

static void close_all(void)
{
    int status;

    CHECK_NUMBER(vwr_close(&fs.bringup), VWR_OK);
    CHECK_NUMBER(slot_status(&found), 0);
    machine_stop();
    CHECK_SYS(waitpid(server, &status, 0) == server);
    CHECK(WIFEXITED(status));
    (void)unlink(SOCKET);
}

static struct vwr_fs_node look_up(const struct vwr_fs_node *folder, const char *name,
                                  struct vwr_fs_attr *attr)
{
    struct vwr_fs_node node;

    CHECK_NUMBER(vwr_fs_lookup(&fs, folder, name, &node, attr), VWR_OK);
    return node;
}

static struct vwr_fs_file open_file(const struct vwr_fs_node *node)
{
    struct vwr_fs_file file;

    CHECK_NUMBER(vwr_fs_open_file(&fs, node, VWR_P9_O_RDONLY, &file), VWR_OK);
    return file;
}

static void refused(int r, uint32_t error)
{
    CHECK_NUMBER(r, VWR_EIO);
    CHECK_NUMBER(vwr_fs_error(&fs), error);
}

/* The virtiofsd in C renames only files that were looked up before, and otherwise answers EIO. The one in
 * Rust needs no lookup.
 */
static void renames(const struct vwr_fs_node *from, const char *old, const struct vwr_fs_node *to,
                    const char *name)
{
    const int r = vwr_fs_rename(&fs, from, old, to, name);

    if (r == VWR_OK)
        return;
    refused(r, VWR_P9_EIO);
    (void)look_up(from, old, NULL);
    CHECK_NUMBER(vwr_fs_rename(&fs, from, old, to, name), VWR_OK);
}

/* Keeps as many parts of the file in flight as fit in the queue. */
static void move_in_flight(const struct vwr_fs_file *file, uint32_t bytes, bool writes)
{
    struct vwr_fs_requestq *const q = vwr_fs_get_requestq(&fs, 0);
    const uint32_t part = vwr_fs_io_bytes(&fs);
    unsigned sent = 0;
    unsigned back = 0;
    uint32_t moved = 0;

    CHECK(bytes <= FLIGHT * part);
    while (back * part < bytes) {
        for (int r = VWR_OK; r == VWR_OK && sent * part < bytes; sent += r == VWR_OK) {
            const uint32_t left = bytes - sent * part;

            if (writes)
                vwr_fs_fill_write(&request[sent], file, sent * part, data + sent * part,
                                  left < part ? left : part);
            else
                vwr_fs_fill_read(&request[sent], file, sent * part, data + sent * part, part);
            r = vwr_fs_submit(q, &request[sent]);
            CHECK(r == VWR_OK || r == VWR_EFULL);
        }
        (void)vwr_fs_kick(q);
        CHECK_NUMBER(vwr_fs_wait(q, &request[back]), VWR_OK);
        moved += request[back++].count;
    }
    CHECK_NUMBER(moved, bytes);
}

/* Transfers even sizes with one call, and odd sizes with requests in flight. */
static void copy_file(const struct vwr_fs_node *from, const struct vwr_fs_node *to, const char *name,
                      uint32_t bytes)
{
    const struct vwr_fs_file in = open_file(from);
    struct vwr_fs_file out;
    struct vwr_fs_node node;

    CHECK_NUMBER(vwr_fs_create(&fs, to, name, VWR_P9_O_WRONLY, 0644, &node, &out), VWR_OK);
    if (bytes % 2 == 0 && bytes != TREE_BIG) {
        CHECK_NUMBER(vwr_fs_read(&fs, &in, 0, data, bytes + 100), bytes);
        CHECK_NUMBER(vwr_fs_write(&fs, &out, 0, data, bytes), bytes);
    } else {
        move_in_flight(&in, bytes, false);
        move_in_flight(&out, bytes, true);
    }
    CHECK_NUMBER(vwr_fs_fsync(&fs, &out), VWR_OK);
    CHECK_NUMBER(vwr_fs_flush(&fs, &out), VWR_OK);
    CHECK_NUMBER(vwr_fs_release(&fs, &out), VWR_OK);
    CHECK_NUMBER(vwr_fs_release(&fs, &in), VWR_OK);
    CHECK_NUMBER(vwr_fs_forget(&fs, &node), VWR_OK);
}

static unsigned copy_folder(const struct vwr_fs_node *from, const struct vwr_fs_node *to, unsigned level);

static unsigned copy_entry(const struct vwr_fs_node *from, const struct vwr_fs_node *to,
                           const struct vwr_fs_entry *e, unsigned level)
{
    struct vwr_fs_attr attr;
    const struct vwr_fs_node in = look_up(from, e->name, &attr);
    struct vwr_fs_node out;
    unsigned count = 1;

    CHECK_NUMBER(attr.id, e->id);
    CHECK_NUMBER(e->type, VWR_P9_DT(attr.mode));
    if ((attr.mode & VWR_P9_S_FMT) == VWR_P9_S_DIR) {
        CHECK_NUMBER(vwr_fs_mkdir(&fs, to, e->name, 0755, &out), VWR_OK);
        count += copy_folder(&in, &out, level + 1);
        CHECK_NUMBER(vwr_fs_forget(&fs, &out), VWR_OK);
    } else {
        copy_file(&in, to, e->name, (uint32_t)attr.bytes);
    }
    CHECK_NUMBER(vwr_fs_forget(&fs, &in), VWR_OK);
    return count;
}

static unsigned copy_folder(const struct vwr_fs_node *from, const struct vwr_fs_node *to, unsigned level)
{
    static uint8_t entries[8][TREE_LIST]; /* of each level: `list` is used again */
    struct vwr_fs_file folder;
    struct vwr_fs_entry e = {.next = 0};
    unsigned count = 0;
    int bytes;
    int r;

    CHECK_NUMBER(vwr_fs_open_folder(&fs, from, &folder), VWR_OK);
    while ((bytes = vwr_fs_readdir(&fs, &folder, e.next, list, TREE_LIST)) > 0) {
        memcpy(entries[level], list, (size_t)bytes);
        for (uint32_t at = 0; (r = vwr_fs_next_entry(entries[level], (uint32_t)bytes, &at, &e)) == 1;)
            if (strcmp(e.name, ".") != 0 && strcmp(e.name, "..") != 0)
                count += copy_entry(from, to, &e, level);
        CHECK_NUMBER(r, 0);
    }
    if (bytes < 0)
        check_failed(__FILE__, __LINE__, "READDIR: %d, %u", bytes, vwr_fs_error(&fs));
    CHECK_NUMBER(vwr_fs_release_folder(&fs, &folder), VWR_OK);
    return count;
}

/* The tree with `more` large files. */
static void there_and_back(unsigned more)
{
    const struct vwr_fs_node from = look_up(&root, "tree", NULL);
    struct vwr_fs_statfs statfs;
    struct vwr_fs_node to;

    tree_run("rm -rf share/back");
    tree_clock();
    CHECK_NUMBER(vwr_fs_mkdir(&fs, &root, "back", 0755, &to), VWR_OK);
    CHECK_NUMBER(copy_folder(&from, &to, 0), TREE_MANY + TREE_ENTRIES + more);
    tree_compare();
    CHECK_NUMBER(vwr_fs_statfs(&fs, &root, &statfs), VWR_OK);
    CHECK(statfs.name_bytes == VWR_P9_NAME && statfs.blocks >= statfs.free);
}

/* virtiofsd supports only split rings. One machine is used, and its device is reset for each kind. */
static void each_kind(unsigned more, const char *report)
{
    char what[100];

    for (unsigned kind = 0; kind < DISK_PACKED; kind++) {
        const size_t mark = guest_mark();

        if (!disk_runs_kind(false, kind))
            continue;
        open_it(kind);
        CHECK(!vwr_features_have(&found.dev.offered, VWR_F_RING_PACKED));
        there_and_back(more);
        if (report != NULL) {
            snprintf(what, sizeof(what), "%s_split%s%s", report,
                     (kind & DISK_INDIRECT) != 0 ? "_indirect" : "",
                     (kind & DISK_EVENT) != 0 ? "_event" : "");
            tree_report(what);
        }
        CHECK_NUMBER(vwr_close(&fs.bringup), VWR_OK);
        guest_release(mark);
    }
}

/* Errors from the host, and calls that change the folder. A program outside checks the result. */
static void names(void)
{
    const struct vwr_fs_node tree = look_up(&root, "tree", NULL);
    const struct vwr_fs_node many = look_up(&tree, "many", NULL);
    struct vwr_fs_node deep = look_up(&tree, "deep", NULL);
    struct vwr_fs_attr attr = {.mode = 0640, .bytes = 5000, .modified = {.seconds = 1000000000}};
    struct vwr_fs_node node;
    struct vwr_fs_file file;
    struct stat st;

    refused(vwr_fs_lookup(&fs, &tree, "nothing", &node, NULL), VWR_P9_ENOENT);
    refused(vwr_fs_mkdir(&fs, &root, "tree", 0755, &node), VWR_P9_EEXIST);
    refused(vwr_fs_rmdir(&fs, &root, "tree"), VWR_P9_ENOTEMPTY);
    refused(vwr_fs_unlink(&fs, &root, "tree"), VWR_P9_EISDIR);
    refused(vwr_fs_create(&fs, &many, "a longer name with the number 8", VWR_P9_O_CREAT | VWR_P9_O_EXCL, 0644,
                          &node, &file),
            VWR_P9_EEXIST);
    CHECK_NUMBER(vwr_fs_rmdir(&fs, &root, ".."), VWR_EINVAL);
    renames(&many, "a longer name with the number 7", &deep, "7");
    node = look_up(&deep, "7", NULL);
    CHECK_SYS(stat("share/tree/deep/7", &st) == 0);
    CHECK_NUMBER(st.st_size, 7);
    CHECK_NUMBER(
        vwr_fs_setattr(&fs, &node, VWR_FUSE_SET_SIZE | VWR_FUSE_SET_MODE | VWR_FUSE_SET_MTIME, &attr),
        VWR_OK);
    CHECK_NUMBER(vwr_fs_getattr(&fs, &node, &attr), VWR_OK);
    CHECK_SYS(stat("share/tree/deep/7", &st) == 0);
    CHECK(st.st_size == 5000 && st.st_mode == (S_IFREG | 0640) && st.st_mtim.tv_sec == 1000000000);
    CHECK(attr.bytes == 5000 && attr.mode == st.st_mode && attr.modified.seconds == 1000000000);
    CHECK_NUMBER(attr.id, st.st_ino);
    CHECK_NUMBER(vwr_fs_unlink(&fs, &deep, "7"), VWR_OK);
    CHECK(stat("share/tree/deep/7", &st) != 0 && errno == ENOENT);
}

/* A write that does not fit: the server returns an error or writes fewer bytes, and then no more. */
static void no_space(void)
{
    const struct vwr_fs_node full = look_up(&root, "full", NULL);
    struct vwr_fs_statfs statfs;
    struct vwr_fs_node node;
    struct vwr_fs_file file;
    int written;

    CHECK_NUMBER(vwr_fs_statfs(&fs, &full, &statfs), VWR_OK);
    CHECK_NUMBER(statfs.blocks * statfs.block_bytes, FULL_BYTES);
    CHECK_NUMBER(vwr_fs_create(&fs, &full, "file", VWR_P9_O_WRONLY, 0644, &node, &file), VWR_OK);
    written = vwr_fs_write(&fs, &file, 0, data, 2 * FULL_BYTES);
    CHECK(written > 0 && written <= (int)FULL_BYTES);
    if (written < (int)FULL_BYTES) /* virtiofsd in Rust leaves a block */
        CHECK_NUMBER(vwr_fs_write(&fs, &file, (uint64_t)written, data, FULL_BYTES - (uint32_t)written),
                     FULL_BYTES - (uint32_t)written);
    refused(vwr_fs_write(&fs, &file, FULL_BYTES, data, 1), VWR_P9_ENOSPC);
    vwr_fs_fill_write(&request[0], &file, FULL_BYTES, data, 1);
    CHECK_NUMBER(vwr_fs_submit(vwr_fs_get_requestq(&fs, 0), &request[0]), VWR_OK);
    (void)vwr_fs_kick(vwr_fs_get_requestq(&fs, 0));
    CHECK_NUMBER(vwr_fs_wait(vwr_fs_get_requestq(&fs, 0), &request[0]), VWR_EIO);
    CHECK_NUMBER(request[0].error, VWR_P9_ENOSPC);
    CHECK_NUMBER(vwr_fs_release(&fs, &file), VWR_OK);
}

void case_fs_files(bool legacy)
{
    (void)legacy;
    tree_make(VWR_FS_IO_BYTES + 23, 0);
    begin();
    each_kind(0, NULL);
    open_it(DISK_INDIRECT);
    names();
    no_space();
    close_all();
}

void fs_soak(unsigned times)
{
    static const char *const boards[] = {"modern", "virt_modern_msix", "q35_modern"};

    machine_lives(3600);
    disk_runs_all_kinds = true;
    tree_make(VWR_FS_IO_BYTES + 23, times * TREE_64_MIB);
    for (unsigned i = 0; i < sizeof(boards) / sizeof(boards[0]); i++) {
        CHECK(board_choose(boards[i]));
        begin();
        each_kind(times * TREE_64_MIB, boards[i]);
        open_it(0);
        close_all();
    }
    tree_run("rm -rf share");
}

/*
 * A ring breaks with a read in flight: the session ends, and node and file handles become stale, but the
 * files remain.
 */
static void dies(unsigned kind)
{
    struct vwr_fs_requestq *const q = vwr_fs_get_requestq(&fs, 0);
    const struct vwr_fs_node node = look_up(&root, "file", NULL);
    const struct vwr_fs_file file = open_file(&node);
    struct vwr_fs_request *done[2];
    struct vwr_fs_node again;
    struct vwr_fs_file opened;
    int r;

    vwr_fs_fill_read(&request[0], &file, 0, data, 1000);
    CHECK_NUMBER(vwr_fs_submit(q, &request[0]), VWR_OK); /* no notification: it stays in the ring */
    disk_break_ring(&q->client.requests.queue, kind);
    CHECK_NUMBER(vwr_fs_reap(q, done, 2), VWR_EBADRING);
    CHECK_NUMBER(vwr_fs_mount(&fs, &root), VWR_EFAILED);
    while ((r = vwr_recover(&fs.bringup)) == VWR_EBUSY)
        continue;
    CHECK_NUMBER(r, VWR_OK);
    CHECK_NUMBER(vwr_fs_reap(q, done, 2), 1);
    CHECK_NUMBER(request[0].req.result, VWR_EBADRING);
    refused(vwr_fs_read(&fs, &file, 0, data, 10), VWR_P9_ESTALE);
    CHECK_NUMBER(vwr_fs_submit(q, &request[0]), VWR_EIO);
    CHECK_NUMBER(request[0].error, VWR_P9_ESTALE);
    CHECK_NUMBER(vwr_fs_release(&fs, &file), VWR_OK);
    CHECK_NUMBER(vwr_fs_forget(&fs, &node), VWR_OK);
    CHECK_NUMBER(vwr_fs_mount(&fs, &root), VWR_OK);
    again = look_up(&root, "file", NULL);
    opened = open_file(&again);
    CHECK_NUMBER(vwr_fs_read(&fs, &opened, 0, data, TREE_BIG + 1), TREE_BIG);
}

void case_fs_recover(bool legacy)
{
    (void)legacy;
    tree_make(VWR_FS_IO_BYTES + 23, 0);
    tree_run("mv share/tree/deep/er/and/300000 share/file");
    begin();
    for (unsigned kind = 0; kind < DISK_PACKED; kind++) {
        const size_t mark = guest_mark();

        if (!disk_runs_kind(false, kind))
            continue;
        open_it(kind);
        dies(kind);
        CHECK_NUMBER(vwr_close(&fs.bringup), VWR_OK);
        guest_release(mark);
    }
    open_it(0);
    close_all();
}
