/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "ram.h"
#include "suspend.h"
#include "vmm.h"

#include "vwr/9p.h"
#include "vwr/v9p.h"
#include "vwr/v9p_memory.h"
#include "vwr_posix_folder.h"
#include "../common/random.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * A folder in memory, then one of this machine, with the driver of vwr/9p.h. Files are written and read at
 * any offset and checked against a separate copy, with several requests in flight; they are renamed,
 * truncated and listed. Meanwhile the device is suspended, reset, and fails: then fids are stale and files
 * remain. ../unit/v9p tests each message of the device and its errors, ../unit/driver/test_9p.c each answer
 * that the driver must not believe.
 */

#define SLOT 2u
#define QUEUE_SIZE 16u /* a quarter of VWR_9P_QUEUE, and so less than a message of VWR_9P_MSIZE needs */
#define CALLS 4u
#define MSIZE 8192u /* less than the driver asks for */
#define FILES 4u
#define FILE_BYTES 20000u
#define STEPS 30u /* multiplied by scale */
#define POOL VWR_V9P_MEMORY_POOL((size_t)256 << 10)
#define ENTRIES (FILES + 4u) /* including the root, two folders and a file that is moved */

static struct {
    struct vwr_v9p device;
    struct vwr_v9p_fid fid[16];
    struct vwr_vmessage message[CALLS];
    struct vwr_vfiles_call call[CALLS];
    struct vwr_vseg seg[VWR_V9P_SEGS(CALLS)];
    struct vwr_vqueue queue[1];
    struct vwr_vqueue_entry own[QUEUE_SIZE];
    struct vwr_v9p_memory tree;
    struct vwr_v9p_memory_file file[ENTRIES];
    struct vwr_v9p_memory_entry entry[ENTRIES];
    uint64_t pool[POOL / 8];
    union vmm_end end;
    struct vwr_features avoid;
    int root;
    int opened[FILES];
    uint8_t *data[FILES];
    uint8_t copy[FILES][FILE_BYTES];
    uint32_t size[FILES];
} p9;

/* The host folder; its path is empty while the in-memory tree is used. */
static struct {
    struct vwr_posix_folder folder;
    struct vwr_posix_folder_file file[16];
    char path[40];
} host;

static struct vwr_9p driver;
static struct vwr_9p_request late[FILES];
static uint64_t state;

static const char *name_of(unsigned n)
{
    static const char *const name[FILES] = {"a", "folder.tar",
                                            "a_name_that_takes_a_block_of_the_tree_in_memory", "d"};

    return name[n];
}

static int check_fid(int fid)
{
    CHECK(fid >= 0);
    return fid;
}

/* The server refuses with this Linux error. */
static void check_error(int r, uint32_t error)
{
    CHECK_NUMBER(r, VWR_EIO);
    CHECK_NUMBER(vwr_9p_error(&driver), error);
}

/* Opens file n; creates it in the first session. */
static void begin_session(bool first)
{
    p9.root = check_fid(vwr_9p_mount(&driver));
    CHECK_NUMBER(driver.msize, MSIZE);
    for (unsigned n = 0; n < FILES; n++) {
        p9.opened[n] = check_fid(first ? vwr_9p_create(&driver, p9.root, name_of(n), VWR_P9_O_RDWR, 0644)
                                       : vwr_9p_walk(&driver, p9.root, name_of(n)));
        if (!first)
            CHECK_NUMBER(vwr_9p_lopen(&driver, p9.opened[n], VWR_P9_O_RDWR), VWR_OK);
    }
}

/* ---- files ---- */

/* Longer than a message. */
static void write_file(unsigned n)
{
    const uint32_t offset = random_below(&state, p9.size[n] + 1);
    uint32_t bytes = random_below(&state, 2 * MSIZE);

    if (bytes > FILE_BYTES - offset)
        bytes = FILE_BYTES - offset;
    for (uint32_t i = 0; i < bytes; i++)
        p9.data[n][i] = p9.copy[n][offset + i] = (uint8_t)random_below(&state, 256);
    CHECK_NUMBER(vwr_9p_write(&driver, p9.opened[n], offset, p9.data[n], bytes), bytes);
    if (p9.size[n] < offset + bytes)
        p9.size[n] = offset + bytes;
}

/* Reads each file, with all reads in flight together. */
static void read_files(void)
{
    struct vwr_9p_requestq *const q = vwr_9p_get_requestq(&driver, 0);
    uint32_t offset[FILES], count[FILES];
    struct vwr_9p_request *done[FILES];

    for (unsigned i = 0; i < FILES; i++) {
        offset[i] = random_below(&state, p9.size[i] + 100);
        count[i] = 1 + random_below(&state, vwr_9p_io_bytes(&driver, p9.opened[i]));
        vwr_9p_fill_read(&late[i], p9.opened[i], offset[i], p9.data[i], count[i]);
        CHECK_NUMBER(vwr_9p_submit(q, &late[i]), VWR_OK);
    }
    CHECK_NUMBER(vwr_9p_mount(&driver), VWR_EBUSY);
    (void)vwr_9p_kick(q);
    vmm_run_until_idle();
    CHECK_NUMBER(vwr_9p_reap(q, done, FILES), FILES);
    for (unsigned i = 0; i < FILES; i++) {
        const uint32_t left = offset[i] < p9.size[i] ? p9.size[i] - offset[i] : 0;
        const uint32_t bytes = count[i] < left ? count[i] : left;

        CHECK_NUMBER(late[i].req.result, VWR_OK);
        CHECK_NUMBER(late[i].count, bytes);
        CHECK(memcmp(p9.data[i], p9.copy[i] + offset[i], bytes) == 0);
    }
}

/* A call reads across messages, up to the end of the file. */
static void read_whole(unsigned n)
{
    CHECK_NUMBER(vwr_9p_read(&driver, p9.opened[n], 0, p9.data[n], 2 * FILE_BYTES), p9.size[n]);
    CHECK(memcmp(p9.data[n], p9.copy[n], p9.size[n]) == 0);
}

/* ---- names ---- */

static unsigned list(int folder, uint32_t room)
{
    struct vwr_9p_entry e = {.next = 0};
    unsigned count = 0;
    int bytes;

    while ((bytes = vwr_9p_readdir(&driver, folder, e.next, p9.data[0], room)) > 0)
        for (uint32_t at = 0; vwr_9p_next_entry(p9.data[0], (uint32_t)bytes, &at, &e) == 1;)
            count++;
    CHECK_NUMBER(bytes, 0);
    return count;
}

static void check_names(void)
{
    int folder = check_fid(vwr_9p_walk(&driver, p9.root, ""));
    struct vwr_9p_attr attr = {.mode = 0600, .bytes = 4000};
    struct vwr_9p_statfs fs;
    int fid;

    CHECK_NUMBER(vwr_9p_lopen(&driver, folder, VWR_P9_O_RDONLY), VWR_OK);
    CHECK_NUMBER(list(folder, 100), FILES + 2);
    CHECK_NUMBER(list(folder, MSIZE * 2), FILES + 2);
    CHECK_NUMBER(vwr_9p_clunk(&driver, folder), VWR_OK);
    CHECK_NUMBER(vwr_9p_mkdir(&driver, p9.root, "one", 0755), VWR_OK);
    check_error(vwr_9p_mkdir(&driver, p9.root, "one", 0755), VWR_P9_EEXIST);
    folder = check_fid(vwr_9p_walk(&driver, p9.root, "one"));
    CHECK_NUMBER(vwr_9p_mkdir(&driver, folder, "two", 0755), VWR_OK);
    fid = check_fid(vwr_9p_create(&driver, folder, "moved", VWR_P9_O_RDWR, 0644));
    CHECK_NUMBER(vwr_9p_write(&driver, fid, 5000, p9.data[0], 3), 3);
    CHECK_NUMBER(vwr_9p_fsync(&driver, fid), VWR_OK);
    CHECK_NUMBER(vwr_9p_clunk(&driver, fid), VWR_OK);
    check_error(vwr_9p_walk(&driver, p9.root, "one/two/three"), VWR_P9_ENOENT);
    fid = check_fid(vwr_9p_walk(&driver, p9.root, "one/two/..//two"));
    CHECK_NUMBER(vwr_9p_rename(&driver, folder, "moved", fid, "here"), VWR_OK);
    CHECK_NUMBER(vwr_9p_clunk(&driver, fid), VWR_OK);
    fid = check_fid(vwr_9p_walk(&driver, folder, "two/here"));
    CHECK_NUMBER(vwr_9p_setattr(&driver, fid, VWR_P9_SET_MODE | VWR_P9_SET_SIZE, &attr), VWR_OK);
    CHECK_NUMBER(vwr_9p_getattr(&driver, fid, &attr), VWR_OK);
    CHECK_NUMBER(attr.mode, VWR_P9_S_REG | 0600);
    CHECK_NUMBER(attr.bytes, 4000);
    CHECK_NUMBER(attr.valid, VWR_P9_GET_BASIC);
    CHECK_NUMBER(vwr_9p_statfs(&driver, fid, &fs), VWR_OK);
    CHECK_NUMBER(fs.name_bytes, VWR_VFILES_NAME);
    CHECK(fs.files_free == 0 || host.path[0] != '\0');
    CHECK_NUMBER(vwr_9p_clunk(&driver, fid), VWR_OK);
    CHECK_NUMBER(vwr_9p_clunk(&driver, fid), VWR_EINVAL);
    fid = check_fid(vwr_9p_walk(&driver, folder, "two"));
    CHECK_NUMBER(vwr_9p_unlinkat(&driver, fid, "here", 0), VWR_OK);
    CHECK_NUMBER(vwr_9p_unlinkat(&driver, folder, "two", VWR_P9_AT_REMOVEDIR), VWR_OK);
    CHECK_NUMBER(vwr_9p_clunk(&driver, fid), VWR_OK);
    CHECK_NUMBER(vwr_9p_unlinkat(&driver, p9.root, "one", VWR_P9_AT_REMOVEDIR), VWR_OK);
    CHECK_NUMBER(vwr_9p_clunk(&driver, folder), VWR_OK);
    CHECK_NUMBER(p9.device.fids_used, FILES + 1);
}

/* ---- failures ---- */

static void fail_and_recover(void)
{
    int r;

    vmm_may_break = true;
    vwr_vdev_needs_reset(vwr_v9p_dev(&p9.device));
    vmm_may_break = false;
    CHECK_NUMBER(vwr_dev_check(&p9.end.dev), VWR_ENEEDSRESET);
    while ((r = vwr_recover(&driver.bringup, &vwr_9p_bringup)) == VWR_EBUSY)
        continue;
    CHECK_NUMBER(r, VWR_OK);
    CHECK_NUMBER(p9.device.fids_used, 0);
    check_error(vwr_9p_read(&driver, p9.opened[0], 0, p9.data[0], 1), VWR_P9_ESTALE);
    for (unsigned i = 0; i < FILES; i++)
        CHECK_NUMBER(vwr_9p_clunk(&driver, p9.opened[i]), VWR_OK);
    CHECK_NUMBER(vwr_9p_clunk(&driver, p9.root), VWR_OK);
    CHECK_NUMBER(vwr_9p_read(&driver, p9.opened[0], 0, p9.data[0], 1), VWR_EINVAL);
    begin_session(false);
}

static void open_driver(void)
{
    struct vwr_9p_options o = {.shared = (ram_reset(), ram_alloc_ring(sizeof(*o.shared)))};
    char tag[8];

    memcpy(&o.avoid, &p9.avoid, sizeof(o.avoid));
    memset(late, 0, sizeof(late));
    CHECK_NUMBER(vmm_find(&p9.end, SLOT), VWR_OK);
    CHECK_NUMBER(vwr_9p_open(&driver, &p9.end.dev, &o), VWR_OK);
    CHECK_NUMBER(vwr_9p_read_tag(&driver, tag, sizeof(tag)), 4);
    CHECK(strcmp(tag, "pair") == 0);
    CHECK_NUMBER(vwr_9p_read_tag(&driver, tag, 3), 4);
    CHECK(strcmp(tag, "pa") == 0);
    CHECK_NUMBER(vwr_9p_walk(&driver, 0, ""), VWR_EINVAL); /* there is no session */
    for (unsigned i = 0; i < FILES; i++)
        p9.data[i] = guest_alloc(2 * FILE_BYTES);
}

/* ---- the device ---- */

static struct vwr_vfiles *begin_folder(void)
{
    static const struct vwr_posix_folder_options o = {.file = host.file, .file_count = 16};

    strcpy(host.path, "folder_of_pair_XXXXXX");
    CHECK_SYS(mkdtemp(host.path) != NULL);
    CHECK_NUMBER(vwr_posix_folder_open(&host.folder, host.path, &o), VWR_OK);
    return &host.folder.files;
}

/* Checks that the files equal the copies, without the driver; removes them. */
static void end_folder(void)
{
    uint8_t content[FILE_BYTES];
    char path[120];

    CHECK_NUMBER(host.folder.in_use, 0);
    vwr_posix_folder_close(&host.folder);
    for (unsigned n = 0; n < FILES; n++) {
        FILE *f;

        (void)snprintf(path, sizeof(path), "%s/%s", host.path, name_of(n));
        f = fopen(path, "r");
        CHECK_SYS(f != NULL);
        CHECK_NUMBER(fread(content, 1, sizeof(content), f), p9.size[n]);
        CHECK(memcmp(content, p9.copy[n], p9.size[n]) == 0);
        CHECK_SYS(fclose(f) == 0 && unlink(path) == 0);
    }
    CHECK_SYS(rmdir(host.path) == 0);
    host.path[0] = '\0';
}

static void init_device(unsigned kind, bool deferred, bool of_host)
{
    const struct vwr_v9p_memory_options t = {.file = p9.file,
                                             .file_count = ENTRIES,
                                             .entry = p9.entry,
                                             .entry_count = ENTRIES,
                                             .pool = p9.pool,
                                             .pool_bytes = sizeof(p9.pool)};
    const struct vwr_v9p_options o = {.files = of_host ? begin_folder() : &p9.tree.files,
                                      .tag = "pair",
                                      .fid = p9.fid,
                                      .fid_count = 16,
                                      .message = p9.message,
                                      .call = p9.call,
                                      .seg = p9.seg,
                                      .message_count = CALLS,
                                      .call_count = CALLS,
                                      .seg_count = VWR_COUNT(p9.seg),
                                      .msize = MSIZE};
    struct vwr_vdev_setup s = {.vm = &vmm,
                               .line = SLOT,
                               .queue = p9.queue,
                               .queue_count = 1,
                               .own = p9.own,
                               .own_count = VWR_COUNT(p9.own)};

    vmm_begin(deferred);
    memset(&p9, 0, sizeof(p9));
    CHECK_NUMBER(vwr_v9p_memory_init(&p9.tree, &t), VWR_OK);
    s.queue_size = QUEUE_SIZE;
    s.budget_bytes = random_below(&state, 2) == 0 ? 0 : 2048;
    s.legacy = (kind & DISK_LEGACY) != 0;
    disk_offer(&s.features, kind);
    disk_avoid(&p9.avoid, kind);
    CHECK_NUMBER(vwr_v9p_init(&p9.device, &s, &o), VWR_OK);
    vmm_add(SLOT, vwr_v9p_dev(&p9.device));
}

void case_9p(unsigned kind, unsigned scale)
{
    state = kind + 1;
    for (unsigned pass = 0; pass < 8; pass++) {
        const bool of_host = pass >= 6;

        init_device(kind, pass % 2 != 0, of_host);
        for (unsigned session = 0; session < 2; session++) {
            open_driver();
            disk_check_features(&p9.end.dev, vwr_v9p_dev(&p9.device), kind);
            begin_session(session == 0);
            check_names();
            for (unsigned i = 0; i < STEPS * scale / 10 + 2; i++) {
                write_file(random_below(&state, FILES));
                read_files();
                read_whole(random_below(&state, FILES));
                if (random_below(&state, 16) == 0)
                    suspend_check(&p9.end.dev, vwr_v9p_dev(&p9.device));
                if (random_below(&state, 16) == 0)
                    fail_and_recover();
            }
            CHECK_NUMBER(vwr_9p_close(&driver), VWR_OK);
        }
        if (of_host) {
            vwr_vdev_reset(vwr_v9p_dev(&p9.device));
            end_folder();
        }
    }
    printf("%s 9p\n", disk_kind_name(kind));
}
