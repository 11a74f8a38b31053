/* SPDX-License-Identifier: MIT */
#include "vwr/9p.h"
#include "vwr/v9p.h"

/*
 * A folder in memory, then one of this machine, with the driver of vwr/9p.h. Files are written and read at
 * any offset and checked against a separate copy, with several requests in flight; they are renamed,
 * truncated and listed. Meanwhile the device is suspended, reset, and fails: then fids are stale and files
 * remain. ../unit/v9p tests each message of the device and its errors, ../unit/driver/test_9p.c each answer
 * that the driver must not believe.
 */

#define QUEUE_SIZE 16u /* a quarter of VWR_9P_QUEUE, and so less than a message of VWR_9P_MSIZE needs */
#define MSIZE 8192u    /* less than the driver asks for */
#define STEPS 30u      /* multiplied by scale */

static struct vwr_9p driver;

#define P(name) vwr_9p_##name
#define P_FILE int
#define OPENED(n) p9.opened[n]
#define IO_BYTES(n) vwr_9p_io_bytes(&driver, p9.opened[n])
#define MOUNT() vwr_9p_mount(&driver)
#define MESSAGE_BYTES MSIZE
#define HANDLES 16

static struct {
    int root;
    int opened[4];
} p9; /* of the driver */

#include "files.h"

static struct {
    struct vwr_v9p device;
    struct vwr_v9p_fid fid[16];
    struct vwr_vmessage message[CALLS];
    struct vwr_vfiles_call call[CALLS];
    struct vwr_vseg seg[VWR_V9P_SEGS(CALLS)];
    struct vwr_vqueue queue[1];
    struct vwr_vqueue_entry own[QUEUE_SIZE];
} server;

static int check_fid(int fid)
{
    CHECK(fid >= 0);
    return fid;
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

/* ---- names ---- */

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
    CHECK_NUMBER(vwr_9p_write(&driver, fid, 5000, files.data[0], 3), 3);
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
    CHECK(fs.files_free == 0 || host_folder.path[0] != '\0');
    CHECK_NUMBER(vwr_9p_clunk(&driver, fid), VWR_OK);
    CHECK_NUMBER(vwr_9p_clunk(&driver, fid), VWR_EINVAL);
    fid = check_fid(vwr_9p_walk(&driver, folder, "two"));
    CHECK_NUMBER(vwr_9p_unlinkat(&driver, fid, "here", 0), VWR_OK);
    CHECK_NUMBER(vwr_9p_unlinkat(&driver, folder, "two", VWR_P9_AT_REMOVEDIR), VWR_OK);
    CHECK_NUMBER(vwr_9p_clunk(&driver, fid), VWR_OK);
    CHECK_NUMBER(vwr_9p_unlinkat(&driver, p9.root, "one", VWR_P9_AT_REMOVEDIR), VWR_OK);
    CHECK_NUMBER(vwr_9p_clunk(&driver, folder), VWR_OK);
    CHECK_NUMBER(server.device.fids_used, FILES + 1);
}

/* ---- failures ---- */

static void fail_and_recover(void)
{
    fail(vwr_v9p_dev(&server.device));
    CHECK_NUMBER(server.device.fids_used, 0);
    check_error(vwr_9p_read(&driver, p9.opened[0], 0, files.data[0], 1), VWR_P9_ESTALE);
    for (unsigned i = 0; i < FILES; i++)
        CHECK_NUMBER(vwr_9p_clunk(&driver, p9.opened[i]), VWR_OK);
    CHECK_NUMBER(vwr_9p_clunk(&driver, p9.root), VWR_OK);
    CHECK_NUMBER(vwr_9p_read(&driver, p9.opened[0], 0, files.data[0], 1), VWR_EINVAL);
    begin_session(false);
}

static void open_driver(void)
{
    struct vwr_9p_options o = {.shared = (ram_reset(), ram_alloc_ring(sizeof(*o.shared)))};
    char tag[8];

    memcpy(&o.avoid, &files.avoid, sizeof(o.avoid));
    memset(late, 0, sizeof(late));
    CHECK_NUMBER(vmm_find(&files.end, SLOT), VWR_OK);
    CHECK_NUMBER(vwr_9p_open(&driver, &files.end.dev, &o), VWR_OK);
    CHECK_NUMBER(vwr_9p_read_tag(&driver, tag, sizeof(tag)), 4);
    CHECK(strcmp(tag, "pair") == 0);
    CHECK_NUMBER(vwr_9p_read_tag(&driver, tag, 3), 4);
    CHECK(strcmp(tag, "pa") == 0);
    CHECK_NUMBER(vwr_9p_walk(&driver, 0, ""), VWR_EINVAL); /* there is no session */
    for (unsigned i = 0; i < FILES; i++)
        files.data[i] = guest_alloc(2 * FILE_BYTES);
}

/* ---- the device ---- */

static void init_device(unsigned kind, bool deferred, bool of_host)
{
    const struct vwr_v9p_options o = {.files = of_host ? begin_folder() : &files.tree.files,
                                      .tag = "pair",
                                      .fid = server.fid,
                                      .fid_count = 16,
                                      .message = server.message,
                                      .call = server.call,
                                      .seg = server.seg,
                                      .message_count = CALLS,
                                      .call_count = CALLS,
                                      .seg_count = VWR_COUNT(server.seg),
                                      .msize = MSIZE};
    struct vwr_vdev_setup s = {.vm = &vmm,
                               .line = SLOT,
                               .queue = server.queue,
                               .queue_count = 1,
                               .own = server.own,
                               .own_count = VWR_COUNT(server.own)};

    memset(&p9, 0, sizeof(p9));
    memset(&server, 0, sizeof(server));
    begin_files(&s, kind, deferred);
    s.queue_size = QUEUE_SIZE;
    CHECK_NUMBER(vwr_v9p_init_with(&server.device, &s, &o), VWR_OK);
    vmm_add(SLOT, vwr_v9p_dev(&server.device));
}

void case_9p(unsigned kind, unsigned scale)
{
    state = kind + 1;
    for (unsigned pass = 0; pass < 8; pass++) {
        const bool of_host = pass >= 6;

        init_device(kind, pass % 2 != 0, of_host);
        for (unsigned session = 0; session < 2; session++) {
            open_driver();
            disk_check_features(&files.end.dev, vwr_v9p_dev(&server.device), kind);
            begin_session(session == 0);
            check_names();
            for (unsigned i = 0; i < STEPS * scale / 10 + 2; i++) {
                write_file(random_below(&state, FILES));
                read_files();
                read_whole(random_below(&state, FILES));
                if (random_below(&state, 16) == 0)
                    suspend_check(&files.end.dev, vwr_v9p_dev(&server.device));
                if (random_below(&state, 16) == 0)
                    fail_and_recover();
            }
            CHECK_NUMBER(vwr_close(&driver.bringup), VWR_OK);
        }
        if (of_host) {
            vwr_vdev_reset(vwr_v9p_dev(&server.device));
            end_folder();
        }
    }
    printf("%s 9p\n", disk_kind_name(kind));
}
