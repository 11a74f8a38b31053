/* SPDX-License-Identifier: MIT */
#include "vwr/9p.h"

/*
 * The 9P driver with a server that answers within the notification (fake_files.h): each message byte by byte,
 * each answer that the driver must not believe, limits of fids, names and sizes, requests in flight, and a
 * device that fails with a session.
 */

#define P(name) vwr_9p_##name
#define P_DRIVER struct vwr_9p
#define OPENED fid
#define IO_BYTES vwr_9p_io_bytes(&driver, fid)
#define QUEUE VWR_9P_QUEUE_REQUESTQ
#define NUMBER_AT 5u
#define NUMBER_BYTES 2u
#define NUMBER "tag"
#define ANSWER VWR_P9_HEADER
#define FSYNC_FLAGS 11u
#define READS VWR_P9_TREAD
#define WRITES VWR_P9_TWRITE
#define FSYNCS VWR_P9_TFSYNC
#define WRITES_NAME "Twrite"

static int root, fid;

#include "files.h"

static void plug(struct world *w, const struct format *f)
{
    fake_9p_plug(w, f);
}

static void begin(struct world *w, const struct format *f)
{
    fake_9p_plug(w, f);
    open_it(w);
    root = vwr_9p_mount(&driver);
    assert_int_equal(root, 0);
    fake_files.count = 0;
}

static int opened(void)
{
    fid = vwr_9p_walk(&driver, root, "f");
    assert_true(fid > 0);
    assert_int_equal(vwr_9p_lopen(&driver, fid, VWR_P9_O_RDWR), VWR_OK);
    fake_files.count = 0;
    return fid;
}

static void open_file(void)
{
    root = vwr_9p_mount(&driver);
    (void)opened();
}

static void is_busy(void)
{
    assert_int_equal(vwr_9p_mount(&driver), VWR_EBUSY);
}

#define HEARD(type, bytes) fake_files_heard(type, VWR_P9_HEADER, bytes, sizeof(bytes) - 1)

#define ZEROES8 "\0\0\0\0\0\0\0\0"

static void each_message(struct world *w, const struct format *f, const void *param)
{
    struct vwr_9p_attr attr = {.mode = 0x1a4, .uid = 1, .gid = 2, .bytes = 3};
    struct vwr_9p_statfs fs;
    char tag[4];

    (void)param;
    fake_9p_plug(w, f);
    open_it(w);
    assert_int_equal(vwr_9p_read_tag(&driver, tag, sizeof(tag)), 4);
    assert_string_equal(tag, "fak");
    root = vwr_9p_mount(&driver);
    assert_int_equal(root, 0);
    assert_int_equal(fake_files_type(0), VWR_P9_TVERSION);
    assert_int_equal(fake_files_number(0, 5, 2), VWR_P9_NO_TAG);
    assert_int_equal(fake_files_number(0, 7, 4), VWR_9P_MSIZE);
    assert_memory_equal(fake_files.message[0] + 11, "\x8\0" VWR_P9_VERSION, 10);
    assert_memory_equal(fake_files.message[1] + 7, "\0\0\0\0\xff\xff\xff\xff\0\0\0\0\x55\0\0\0", 16);
    fake_files.count = 0;
    attr.accessed.seconds = 4;
    attr.accessed.nanoseconds = 5;
    attr.modified.seconds = 6;
    attr.modified.nanoseconds = 7;
    assert_int_equal(vwr_9p_walk(&driver, root, "/a//.../b/"), 1);
    HEARD(VWR_P9_TWALK, "\0\0\0\0\1\0\0\0\3\0\1\0a\3\0...\1\0b");
    assert_int_equal(vwr_9p_lopen(&driver, 1, VWR_P9_O_RDWR), VWR_OK);
    HEARD(VWR_P9_TLOPEN, "\1\0\0\0\2\0\0\0");
    memcpy(data, "xyz", 3);
    assert_int_equal(vwr_9p_write(&driver, 1, 0x10, data, 3), 3);
    HEARD(VWR_P9_TWRITE, "\1\0\0\0\x10\0\0\0\0\0\0\0\3\0\0\0xyz");
    memset(data, 0, 3);
    assert_int_equal(vwr_9p_read(&driver, 1, 0x10, data, 3), 3);
    HEARD(VWR_P9_TREAD, "\1\0\0\0\x10\0\0\0\0\0\0\0\3\0\0\0");
    assert_memory_equal(data, "xyz", 3);
    assert_int_equal(vwr_9p_setattr(&driver, 1, 0x1ff, &attr), VWR_OK);
    HEARD(VWR_P9_TSETATTR, "\1\0\0\0\xff\1\0\0\xa4\1\0\0\1\0\0\0\2\0\0\0\3\0\0\0\0\0\0\0"
                           "\4\0\0\0\0\0\0\0\5\0\0\0\0\0\0\0\6\0\0\0\0\0\0\0\7\0\0\0\0\0\0\0");
    assert_int_equal(vwr_9p_getattr(&driver, 1, &attr), VWR_OK);
    HEARD(VWR_P9_TGETATTR, "\1\0\0\0\xff\7\0\0\0\0\0\0");
    assert_int_equal(attr.valid, VWR_P9_GET_BASIC);
    assert_int_equal(attr.qid.path, FILES_ID);
    assert_int_equal(attr.qid.version, 7);
    assert_int_equal(attr.mode, 0x101);
    assert_int_equal(attr.gid, 0x303);
    assert_int_equal(attr.links, 0x404);
    assert_int_equal(attr.blocks, 0x808);
    assert_int_equal(attr.accessed.seconds, 0x909);
    assert_int_equal(attr.changed.nanoseconds, 0xe0e);
    assert_int_equal(vwr_9p_statfs(&driver, 1, &fs), VWR_OK);
    HEARD(VWR_P9_TSTATFS, "\1\0\0\0");
    assert_int_equal(fs.type, 0x101);
    assert_int_equal(fs.available, 0x505);
    assert_int_equal(fs.name_bytes, 0x909);
    assert_int_equal(vwr_9p_fsync(&driver, 1), VWR_OK);
    HEARD(VWR_P9_TFSYNC, "\1\0\0\0\0\0\0\0");
    assert_int_equal(vwr_9p_clunk(&driver, 1), VWR_OK);
    HEARD(VWR_P9_TCLUNK, "\1\0\0\0");
    assert_int_equal(vwr_9p_mkdir(&driver, root, "d", 0755), VWR_OK);
    HEARD(VWR_P9_TMKDIR, "\0\0\0\0\1\0d\xed\1\0\0\x66\0\0\0");
    assert_int_equal(vwr_9p_rename(&driver, root, "d", root, "efg"), VWR_OK);
    HEARD(VWR_P9_TRENAMEAT, "\0\0\0\0\1\0d\0\0\0\0\3\0efg");
    assert_int_equal(vwr_9p_unlinkat(&driver, root, "efg", VWR_P9_AT_REMOVEDIR), VWR_OK);
    HEARD(VWR_P9_TUNLINKAT, "\0\0\0\0\3\0efg\0\2\0\0");
    assert_int_equal(vwr_9p_create(&driver, root, "new", VWR_P9_O_RDWR, 0644), 1);
    assert_int_equal(fake_files_type(0), VWR_P9_TWALK);
    assert_int_equal(fake_files_type(1), VWR_P9_TLCREATE);
    assert_memory_equal(fake_files.message[1] + 7, "\1\0\0\0\3\0new\2\0\0\0\xa4\1\0\0\x66\0\0\0", 21);
    end(w);
}

/*
 * The requests of Linux 6.1, fs/9p/vfs_inode_dotl.c and vfs_file.c: tests/qemu/exchanges/recorded.txtar,
 * 9p.txt, where test_benches.py looks for these bytes. Its root is fid 1, since fid 0 is another user's.
 */
#define LINUX(call, result, type, bytes) \
    do {                                 \
        assert_int_equal(call, result);  \
        HEARD(type, bytes);              \
    } while (0)

static void as_linux(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f);
    driver.options.gid = 0;
    assert_int_equal(vwr_9p_mount(&driver), 1);
    fake_files.count = 0;
    assert_int_equal(vwr_9p_create(&driver, 1, "written", 0x8041, 0x81a4), 2);
    assert_int_equal(fake_files.count--, 2);
    memcpy(fake_files.message[0], fake_files.message[1], FAKE_FILES_MESSAGE); /* without the walk */
    fake_files.bytes[0] = fake_files.bytes[1];
    LINUX(VWR_OK, VWR_OK, 14, "\2\0\0\0\7\0written\x41\x80\0\0\xa4\x81\0\0\0\0\0\0");
    memcpy(data, "bytes of the guest's\n", 21);
    LINUX(vwr_9p_write(&driver, 2, 0, data, 21), 21, 118,
          "\2\0\0\0\0\0\0\0\0\0\0\0\x15\0\0\0bytes of the guest's\n");
    LINUX(vwr_9p_clunk(&driver, 2), VWR_OK, 120, "\2\0\0\0");
    LINUX(vwr_9p_walk(&driver, 1, ""), 2, 110, "\1\0\0\0\2\0\0\0\0\0");
    LINUX(vwr_9p_lopen(&driver, 2, 0x18800), VWR_OK, 12, "\2\0\0\0\0\x88\1\0");
    LINUX(vwr_9p_readdir(&driver, 2, 0, data, 8168), 0, 40, "\2\0\0\0\0\0\0\0\0\0\0\0\xe8\x1f\0\0");
    LINUX(vwr_9p_walk(&driver, 1, "hello"), 3, 110, "\1\0\0\0\3\0\0\0\1\0\5\0hello");
    LINUX(vwr_9p_lopen(&driver, 3, 0x8000), VWR_OK, 12, "\3\0\0\0\0\x80\0\0");
    LINUX(vwr_9p_read(&driver, 3, 0, data, 4096), 4096, 116, "\3\0\0\0\0\0\0\0\0\0\0\0\0\x10\0\0");
    LINUX(vwr_9p_mkdir(&driver, 1, "folder", 0x41ed), VWR_OK, 72, "\1\0\0\0\6\0folder\xed\x41\0\0\0\0\0\0");
    LINUX(vwr_9p_walk(&driver, 1, ""), 4, 110, "\1\0\0\0\4\0\0\0\0\0");
    LINUX(vwr_9p_walk(&driver, 2, ""), 5, 110, "\2\0\0\0\5\0\0\0\0\0");
    LINUX(vwr_9p_rename(&driver, 4, "written", 5, "moved"), VWR_OK, 74,
          "\4\0\0\0\7\0written\5\0\0\0\5\0moved");
    LINUX(vwr_9p_unlinkat(&driver, 2, "moved", 0), VWR_OK, 76, "\2\0\0\0\5\0moved\0\0\0\0");
    LINUX(vwr_9p_unlinkat(&driver, 1, "folder", VWR_P9_AT_REMOVEDIR), VWR_OK, 76,
          "\1\0\0\0\6\0folder\0\2\0\0");
    end(w);
}

/* ---- what the caller may not pass ---- */

static void wrong_use(struct world *w, const struct format *f, const void *param)
{
    char name[VWR_P9_NAME + 2];
    struct vwr_9p_attr attr;
    (void)param;
    begin(w, f);
    memset(name, 'x', sizeof(name));
    name[VWR_P9_NAME + 1] = '\0';
    assert_int_equal(vwr_9p_mkdir(&driver, root, name, 0755), VWR_EINVAL);
    assert_int_equal(vwr_9p_walk(&driver, root, name), VWR_EINVAL);
    assert_int_equal(vwr_9p_walk(&driver, root, "a/./b"), VWR_EINVAL);
    assert_int_equal(vwr_9p_unlinkat(&driver, root, "", 0), VWR_EINVAL);
    assert_int_equal(vwr_9p_unlinkat(&driver, root, ".", 0), VWR_EINVAL);
    assert_int_equal(vwr_9p_unlinkat(&driver, root, "..", 0), VWR_EINVAL);
    assert_int_equal(vwr_9p_create(&driver, root, "a/b", 0, 0), VWR_EINVAL);
    assert_int_equal(vwr_9p_rename(&driver, root, "a", root, "b/c"), VWR_EINVAL);
    assert_int_equal(vwr_9p_getattr(&driver, -1, &attr), VWR_EINVAL);
    assert_int_equal(vwr_9p_getattr(&driver, 1, &attr), VWR_EINVAL);
    assert_int_equal(vwr_9p_getattr(&driver, (int)VWR_9P_FIDS, &attr), VWR_EINVAL);
    assert_int_equal(vwr_9p_rename(&driver, root, "a", 5, "b"), VWR_EINVAL);
    assert_int_equal(vwr_9p_clunk(&driver, 1), VWR_EINVAL);
    assert_int_equal(vwr_9p_read(&driver, root, 0, data, UINT32_C(1) << 31), VWR_EINVAL);
    assert_int_equal(vwr_9p_io_bytes(&driver, 1), 0);
    for (unsigned i = 0; i < fake_files.count; i++) /* create has walked and clunked */
        assert_true(fake_files_type(i) == VWR_P9_TWALK || fake_files_type(i) == VWR_P9_TCLUNK);
    name[VWR_P9_NAME] = '\0';
    fake_files.count = 0;
    assert_int_equal(vwr_9p_rename(&driver, root, name, root, name), VWR_OK); /* the longest message */
    assert_int_equal(fake_files.bytes[0], VWR_P9_HEADER + 12 + 2 * VWR_P9_NAME);
    (void)opened();
    vwr_9p_fill_read(&request[0], fid, 0, data, vwr_9p_io_bytes(&driver, fid) + 1);
    assert_int_equal(vwr_9p_submit(vwr_9p_get_requestq(&driver, 0), &request[0]), VWR_EINVAL);
    vwr_9p_fill_read(&request[0], fid + 1, 0, data, 1);
    assert_int_equal(vwr_9p_submit(vwr_9p_get_requestq(&driver, 0), &request[0]), VWR_EINVAL);
    assert_int_equal(fake_files.count, 0);
    end(w);
}

static void fids_are_bounded(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f);
    for (int fid = 1; fid < (int)VWR_9P_FIDS; fid++) {
        assert_int_equal(vwr_9p_walk(&driver, root, ""), fid);
        fake_files.count = 0;
    }
    assert_int_equal(vwr_9p_walk(&driver, root, ""), VWR_EFULL);
    assert_int_equal(vwr_9p_create(&driver, root, "x", 0, 0), VWR_EFULL);
    assert_int_equal(fake_files.count, 0);
    assert_int_equal(vwr_9p_clunk(&driver, 5), VWR_OK);
    assert_int_equal(vwr_9p_walk(&driver, root, "again"), 5);
    assert_int_equal(vwr_9p_mount(&driver), VWR_EFULL); /* the caller has all of the last session */
    assert_int_equal(vwr_9p_io_bytes(&driver, 5), 0);
    assert_int_equal(vwr_9p_clunk(&driver, 5), VWR_OK);
    assert_int_equal(vwr_9p_mount(&driver), 5);
    end(w);
}

/* Cases in which no message is sent: invalid fid numbers, invalid names, a device that is open. The size of a
 * read is that of the open file, if that is smaller. */
static void not_sent(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f);
    files_server.iounit = 100;
    (void)opened();
    assert_int_equal(vwr_9p_io_bytes(&driver, fid), 100);
    assert_int_equal(vwr_9p_io_bytes(&driver, VWR_9P_FIDS), 0);
    assert_int_equal(vwr_9p_io_bytes(&driver, -1), 0);
    assert_int_equal(vwr_9p_clunk(&driver, VWR_9P_FIDS), VWR_EINVAL);
    assert_int_equal(vwr_9p_clunk(&driver, -1), VWR_EINVAL);
    assert_int_equal(vwr_9p_read(&driver, fid, 0, text, 10),
                     VWR_PORT_HAS_DMA_MAP ? 10 : VWR_EINVAL); /* not in the device's memory */
    assert_int_equal(vwr_9p_rename(&driver, root, "a/b", root, "c"), VWR_EINVAL);
    assert_int_equal(vwr_9p_rename(&driver, root, "a", root, "b/c"), VWR_EINVAL);
    files_server.iounit = 0x7fffffff;
    assert_int_equal(vwr_9p_lopen(&driver, fid, VWR_P9_O_RDWR), VWR_OK);
    assert_true(vwr_9p_io_bytes(&driver, fid) > 100 && vwr_9p_io_bytes(&driver, fid) < VWR_9P_MSIZE);
    assert_int_equal(fake_files.count, VWR_PORT_HAS_DMA_MAP ? 2 : 1);
    assert_int_equal(vwr_9p_open(&driver, &w->mmio.dev, &driver.options), VWR_EBUSY);
}

/* A path of more names, or of longer ones, than a message can have; a part of it fails. */
static void long_paths(struct world *w, const struct format *f, const void *param)
{
    const uint32_t full = VWR_9P_OUT_BYTES - VWR_P9_HEADER - 10u - 2u * (VWR_P9_NAME + 2u) - 2u;
    char path[1000] = "";
    (void)param;
    begin(w, f);
    for (unsigned i = 0; i < 40; i++)
        snprintf(path + strlen(path), sizeof(path) - strlen(path), "%u/", i);
    fid = vwr_9p_walk(&driver, root, path);
    assert_int_equal(fid, 1);
    assert_int_equal(fake_files.count, 3);
    assert_int_equal(fake_files_number(0, 7, 4), root);
    assert_int_equal(fake_files_number(1, 7, 4), fid);
    assert_int_equal(fake_files_number(1, 11, 4), fid);
    assert_int_equal(fake_files_number(2, 15, 2), 40 - 2 * VWR_P9_NAMES);
    memset(path, 'y', 3 * (VWR_P9_NAME + 1));
    path[VWR_P9_NAME] = path[2 * VWR_P9_NAME + 1] = '/';
    path[3 * VWR_P9_NAME + 2] = '\0';
    fake_files.count = 0;
    assert_int_equal(vwr_9p_walk(&driver, root, path), 2);
    assert_int_equal(fake_files.count, 2);
    assert_int_equal(fake_files_number(0, 15, 2), 2);
    files_server.walks = 1;
    fake_files.count = 0;
    assert_int_equal(vwr_9p_walk(&driver, root, path), VWR_EIO);
    assert_int_equal(vwr_9p_error(&driver), VWR_P9_ENOENT);
    assert_int_equal(fake_files.count, 1); /* the walk has made no fid */
    assert_int_equal(vwr_9p_walk(&driver, root, "a"), 3);
    files_server.walks = UINT32_MAX;
    /* a third name, with which the message is full, or too long */
    for (unsigned more = 0; more < 2; more++) {
        path[2 * (VWR_P9_NAME + 1) + full + more] = '\0';
        fake_files.count = 0;
        assert_int_equal(vwr_9p_walk(&driver, root, path), 4 + (int)more);
        assert_int_equal(fake_files.count, 1 + more);
        assert_int_equal(fake_files_number(0, 15, 2), 3 - more);
        path[2 * (VWR_P9_NAME + 1) + full + more] = 'y';
    }
    end(w);
}

/* The second part of a path fails: its fid is released, and the error remains. */
static void later_part_fails(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f);
    files_server.walks = 15;
    assert_int_equal(vwr_9p_walk(&driver, root, "1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16"), VWR_EIO);
    assert_int_equal(fake_files.count, 1);
    files_server.walks = 16;
    fake_files.count = 0;
    fake_files.lie = VWR_P9_TWALK;
    fake_files.at = 7;
    fake_files.width = 0;
    assert_int_equal(vwr_9p_walk(&driver, root, "1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17"), 1);
    fake_files.count = 0;
    files_server.fails = VWR_P9_TLCREATE;
    files_server.error = VWR_P9_ENOSPC;
    assert_int_equal(vwr_9p_create(&driver, root, "n", 0, 0), VWR_EIO);
    assert_int_equal(vwr_9p_error(&driver), VWR_P9_ENOSPC);
    assert_int_equal(fake_files_type(2), VWR_P9_TCLUNK);
    assert_int_equal(fake_files_number(2, 7, 4), 2);
    assert_int_equal(vwr_9p_walk(&driver, root, ""), 2);
    files_server.fails = VWR_P9_TCLUNK;
    assert_int_equal(vwr_9p_clunk(&driver, 2), VWR_EIO); /* it is released all the same */
    assert_int_equal(vwr_9p_clunk(&driver, 2), VWR_EINVAL);
    end(w);
}

/* ---- sizes ---- */

static void sizes(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    fake_9p_plug(w, f);
    files_server.msize = 4096; /* less than was asked for */
    open_it(w);
    root = vwr_9p_mount(&driver);
    assert_int_equal(driver.msize, 4096);
    (void)opened();
    assert_int_equal(vwr_9p_io_bytes(&driver, fid), 4096 - 23);
    assert_int_equal(vwr_9p_read(&driver, fid, 0, data, LONG), FILES_SIZE);
    assert_memory_equal(data, files_server.file, FILES_SIZE);
    assert_int_equal(fake_files_number(0, 19, 4), 4096 - 23);
    assert_int_equal(fake_files.count, 4); /* the last one is at the end of the file */
    files_server.iounit = 1000;
    (void)opened();
    memset(data, 0x3c, 2500);
    assert_int_equal(vwr_9p_write(&driver, fid, 100, data, 2500), 2500);
    assert_int_equal(fake_files.count, 3);
    assert_int_equal(fake_files.bytes[0], 23 + 1000);
    assert_int_equal(fake_files_number(2, 11, 8), 2100);
    assert_int_equal(files_server.file[2599], 0x3c);
    short_counts();
    end(w);
}

/* ---- answers that are wrong ---- */

/* Each message of a session. */
static int say(uint8_t type)
{
    struct vwr_9p_attr attr;
    struct vwr_9p_statfs fs;
    int r;

    fake_files.count = 0;
    switch (type) {
    case VWR_P9_TWALK:
        r = vwr_9p_walk(&driver, root, "a/b");
        return r > 0 ? vwr_9p_clunk(&driver, r) : r;
    case VWR_P9_TLOPEN:
        return vwr_9p_lopen(&driver, fid, 0);
    case VWR_P9_TLCREATE:
        r = vwr_9p_create(&driver, root, "c", 0, 0);
        return r > 0 ? vwr_9p_clunk(&driver, r) : r;
    case VWR_P9_TREAD:
        r = vwr_9p_read(&driver, fid, 0, data, 100);
        return r == 100 ? VWR_OK : r;
    case VWR_P9_TWRITE:
        r = vwr_9p_write(&driver, fid, 0, data, 100);
        return r == 100 ? VWR_OK : r;
    case VWR_P9_TREADDIR:
        r = vwr_9p_readdir(&driver, fid, 0, data, 100);
        return r > 0 ? VWR_OK : r;
    case VWR_P9_TGETATTR:
        return vwr_9p_getattr(&driver, fid, &attr);
    case VWR_P9_TSETATTR:
        memset(&attr, 0, sizeof(attr));
        return vwr_9p_setattr(&driver, fid, 0, &attr);
    case VWR_P9_TMKDIR:
        return vwr_9p_mkdir(&driver, root, "d", 0);
    case VWR_P9_TUNLINKAT:
        return vwr_9p_unlinkat(&driver, root, "d", 0);
    case VWR_P9_TRENAMEAT:
        return vwr_9p_rename(&driver, root, "d", root, "e");
    case VWR_P9_TFSYNC:
        return vwr_9p_fsync(&driver, fid);
    default:
        return vwr_9p_statfs(&driver, fid, &fs);
    }
}

static void lie_more(uint8_t type)
{
    fake_files_lie(type, 4, 1, type + 3u); /* the answer of another message */
    assert_int_equal(say(type), VWR_EPROTO);
    fake_files_lie(type, 4, 1, VWR_P9_RLERROR); /* an error that is missing */
    fake_files.used = VWR_P9_HEADER;
    assert_int_equal(say(type), VWR_EPROTO);
}

static void lie_errors(uint8_t type)
{
    files_server.error = 0;
    assert_int_equal(say(type), VWR_EPROTO);
    files_server.error = 77;
    fake_files_lie(type, 0, 4, 10); /* too short for the error number */
    assert_int_equal(say(type), VWR_EPROTO);
}

static const struct said said[] = {{VWR_P9_TWALK, 9 + 26, false}, {VWR_P9_TLOPEN, 24, false},
                                   {VWR_P9_TLCREATE, 24, false},  {VWR_P9_TREAD, 111, false},
                                   {VWR_P9_TWRITE, 11, false},    {VWR_P9_TREADDIR, 111, false},
                                   {VWR_P9_TGETATTR, 160, false}, {VWR_P9_TSETATTR, 7, false},
                                   {VWR_P9_TMKDIR, 20, false},    {VWR_P9_TUNLINKAT, 7, false},
                                   {VWR_P9_TRENAMEAT, 7, false},  {VWR_P9_TFSYNC, 7, false},
                                   {VWR_P9_TSTATFS, 67, false},   {0, 0, false}};

static void D30_counts(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f);
    files_server.entry_bytes = 100;
    (void)opened();
    fake_files_lie(VWR_P9_TREAD, 7, 4, 101); /* more than were asked for, */
    assert_int_equal(say(VWR_P9_TREAD), VWR_EPROTO);
    explains("Tread: the answer counts 101");
    fake_files.used = UINT32_MAX; /* whatever the used length says */
    assert_int_equal(say(VWR_P9_TREAD), VWR_EPROTO);
    fake_files_lie(VWR_P9_TREADDIR, 7, 4, UINT32_MAX);
    assert_int_equal(say(VWR_P9_TREADDIR), VWR_EPROTO);
    files_server.most = 50; /* more than there are */
    fake_files_lie(VWR_P9_TREAD, 7, 4, 51);
    assert_int_equal(say(VWR_P9_TREAD), VWR_EPROTO);
    files_server.most = UINT32_MAX;
    fake_files_lie(VWR_P9_TWRITE, 7, 4, 101);
    assert_int_equal(say(VWR_P9_TWRITE), VWR_EPROTO);
    fake_files_lie(VWR_P9_TWALK, 7, 2, 3); /* names */
    assert_int_equal(say(VWR_P9_TWALK), VWR_EPROTO);
    fake_files_lie(VWR_P9_TWALK, 7, 2, 0xffff);
    assert_int_equal(say(VWR_P9_TWALK), VWR_EPROTO);
    end(w);
}

static void D31_msize_and_version(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    fake_9p_plug(w, f);
    open_it(w);
    fake_files_lie(VWR_P9_TVERSION, 7, 4, VWR_9P_MSIZE + 1);
    assert_int_equal(vwr_9p_mount(&driver), VWR_EPROTO);
    explains("an msize of 61441 bytes");
    fake_files_lie(VWR_P9_TVERSION, 7, 4, VWR_9P_OUT_BYTES - 1);
    assert_int_equal(vwr_9p_mount(&driver), VWR_EPROTO);
    assert_int_equal(vwr_9p_walk(&driver, 0, ""), VWR_EINVAL);
    fake_files_lie(0, 0, 0, 0);
    files_server.version = VWR_P9_UNKNOWN;
    assert_int_equal(vwr_9p_mount(&driver), VWR_EUNSUPP);
    files_server.version = "9P2000.u";
    assert_int_equal(vwr_9p_mount(&driver), VWR_EUNSUPP);
    explains("Tversion: the server does not support 9P2000.L");
    files_server.version = VWR_P9_VERSION;
    fake_files_lie(VWR_P9_TVERSION, 7, 4, VWR_9P_OUT_BYTES);
    assert_int_equal(vwr_9p_mount(&driver), 0);
    files_server.fails = VWR_P9_TATTACH;
    files_server.error = VWR_P9_EACCES;
    assert_int_equal(vwr_9p_mount(&driver), VWR_EIO);
    assert_int_equal(vwr_9p_error(&driver), VWR_P9_EACCES);
    files_server.fails = 0;
    assert_int_equal(vwr_9p_clunk(&driver, 0), VWR_OK); /* stale since the second session */
    assert_int_equal(vwr_9p_mount(&driver), 0);
    end(w);
}

/* The register block ends before the tag does. */
static void D30_long_tag(struct world *w, const struct format *f, const void *param)
{
    static char tag[0x400];

    (void)param;
    fake_9p_plug(w, f);
    fake_config(&w->f, VWR_9P_CONFIG_TAG_LEN, 2, 0xffff);
    memset(w->f.config + VWR_9P_CONFIG_TAG, 'x', sizeof(w->f.config) - VWR_9P_CONFIG_TAG);
    open_it(w);
    assert_int_equal(vwr_9p_read_tag(&driver, tag, sizeof(tag)), 0xffff);
    assert_int_equal(strlen(tag), VWR_9P_TAG);
    assert_int_equal(VWR_9P_TAG, VWR_MMIO_SIZE - VWR_MMIO_CONFIG - VWR_9P_CONFIG_TAG);
    assert_int_equal(vwr_9p_read_tag(&driver, tag, 1), 0xffff);
    assert_string_equal(tag, "");
    end(w);
}

static uint32_t entry(uint32_t at, uint32_t bytes, const char *name, size_t there)
{
    vwr_p9_put(data + at, VWR_P9_QT_FILE, 1);
    vwr_p9_put(data + at + 1, 2, 4);
    vwr_p9_put(data + at + 5, FILES_ID, 8);
    vwr_p9_put(data + at + 13, 99, 8);
    vwr_p9_put(data + at + 21, 8, 1);
    vwr_p9_put(data + at + 22, bytes, 2);
    memcpy(data + at + 24, name, there);
    return at + 24 + (uint32_t)there;
}

static void D30_entries(struct world *w, const struct format *f, const void *param)
{
    static const struct {
        const char *name;
        uint32_t bytes;
    } wrong[] = {{"a/b", 3}, {"a\0b", 3}, {"", 0}, {"a", 2}, {"/", 1}, {"abc", 0xffff}};
    char name[VWR_P9_NAME + 1];
    struct vwr_9p_entry e;
    uint32_t at = 0;
    uint32_t n;

    (void)param;
    begin(w, f);
    n = entry(0, 1, ".", 1);
    n = entry(n, 2, "..", 2);
    n = entry(n, 5, "hello", 5);
    assert_int_equal(vwr_9p_next_entry(data, n, &at, &e), 1);
    assert_string_equal(e.name, ".");
    assert_int_equal(vwr_9p_next_entry(data, n, &at, &e), 1);
    assert_int_equal(vwr_9p_next_entry(data, n, &at, &e), 1);
    assert_string_equal(e.name, "hello");
    assert_int_equal(e.name_bytes, 5);
    assert_int_equal(e.next, 99);
    assert_int_equal(e.qid.path, FILES_ID);
    assert_int_equal(e.type, 8);
    assert_int_equal(vwr_9p_next_entry(data, n, &at, &e), 0);
    for (uint32_t cut = 1; cut < 29; cut++) {
        at = 25 + 26;
        assert_int_equal(vwr_9p_next_entry(data, 25 + 26 + cut, &at, &e), VWR_EPROTO);
    }
    for (unsigned i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        n = entry(0, wrong[i].bytes, wrong[i].name, wrong[i].bytes < 4 ? strlen(wrong[i].name) : 3);
        if (wrong[i].bytes == 3)
            n = entry(0, 3, wrong[i].name, 3);
        at = 0;
        assert_int_equal(vwr_9p_next_entry(data, n, &at, &e), VWR_EPROTO);
    }
    memset(name, 'n', sizeof(name));
    n = entry(0, sizeof(name), name, sizeof(name));
    at = 0;
    assert_int_equal(vwr_9p_next_entry(data, n, &at, &e), VWR_EPROTO);
    n = entry(0, VWR_P9_NAME, name, VWR_P9_NAME);
    at = 0;
    assert_int_equal(vwr_9p_next_entry(data, n, &at, &e), 1);
    assert_int_equal(strlen(e.name), VWR_P9_NAME);
    end(w);
}

static void recovers(void)
{
    int r;

    while ((r = vwr_recover(&driver.bringup)) == VWR_EBUSY)
        continue;
    assert_int_equal(r, VWR_OK);
}

/* A call misses its deadline: checks which fids are stale, and which are free. */
static void fails_while_it_waits(struct world *w, const struct format *f, const void *param)
{
    const uint8_t type = *(const uint8_t *)param;
    struct vwr_9p_attr attr;
    begin(w, f);
    (void)opened();
    fake_files.silent = true;
    driver.own.req.vecs = &driver.own.req.vec; /* not read, since there are none */
    if (type == VWR_P9_TWALK)
        assert_int_equal(vwr_9p_walk(&driver, root, "x"), VWR_ETIMEOUT);
    else if (type == VWR_P9_TCLUNK)
        assert_int_equal(vwr_9p_clunk(&driver, fid), VWR_ETIMEOUT);
    else
        assert_int_equal(vwr_9p_getattr(&driver, fid, &attr), VWR_ETIMEOUT);
    assert_int_equal(vwr_9p_get_requestq(&driver, 0)->client.requests.fault.where,
                     0); /* messages name no type of it */
    assert_int_equal(vwr_9p_getattr(&driver, fid, &attr), VWR_EFAILED);
    assert_int_equal(vwr_9p_mount(&driver), VWR_EFAILED);
    fake_files.silent = false;
    files_server.session = false;
    recovers();
    assert_int_equal(driver.msize, 0);
    fake_files.count = 0;
    if (type == VWR_P9_TCLUNK) {
        assert_int_equal(vwr_9p_clunk(&driver, fid), VWR_EINVAL);
    } else {
        assert_int_equal(vwr_9p_getattr(&driver, fid, &attr), VWR_EIO);
        assert_int_equal(vwr_9p_error(&driver), VWR_P9_ESTALE);
        assert_int_equal(vwr_9p_clunk(&driver, fid), VWR_OK);
    }
    assert_int_equal(vwr_9p_clunk(&driver, root), VWR_OK);
    assert_int_equal(vwr_9p_clunk(&driver, root), VWR_EINVAL);
    assert_int_equal(fake_files.count, 0);
    root = vwr_9p_mount(&driver);
    assert_int_equal(root, 0);
    assert_int_equal(opened(), 1); /* no fid is lost */
    end(w);
}

/* A part of a path fails, and so does the message that should release its fid: the fid is free nevertheless.
 */
static void release_fails_too(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f);
    files_server.fails = VWR_P9_TWALK;
    files_server.passes = 1;
    files_server.error = VWR_P9_EACCES;
    fake_files_lie(VWR_P9_TCLUNK, 5, 2, 0xeeee);
    assert_int_equal(vwr_9p_walk(&driver, root, "1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17"), VWR_EIO);
    assert_int_equal(vwr_9p_error(&driver), VWR_P9_EACCES);
    assert_int_equal(fake_files_type(2), VWR_P9_TCLUNK);
    files_server.fails = 0;
    assert_int_equal(vwr_9p_clunk(&driver, 1), VWR_EINVAL);
    assert_int_equal(opened(), 1);
    end(w);
}

static unsigned answers; /* until the device fails */

static void serve_and_fail(struct fake *f, uint32_t queue)
{
    fake_files_serve(f, queue);
    if (answers-- == 1)
        vwr_dev_fail(driver.bringup.dev);
}

static int walk_twice(void)
{
    files_server.fails = VWR_P9_TWALK;
    files_server.passes = 1;
    files_server.error = VWR_P9_EACCES;
    return vwr_9p_walk(&driver, root, "1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17");
}

static int create(void)
{
    return vwr_9p_create(&driver, root, "new", 0, 0);
}

static int mount(void)
{
    return vwr_9p_mount(&driver);
}

/*
 * The device fails between two messages of a call: checks which messages are not sent, and that no fid is
 * lost.
 */
static void fails_between(struct world *w, const struct format *f, const void *param)
{
    static const struct {
        int (*call)(void);
        unsigned answers;
        int result;
    } rows[] = {{mount, 1, VWR_EFAILED},
                {create, 1, VWR_EFAILED},
                {walk_twice, 2, VWR_EIO},
                {walk_twice, 1, VWR_EFAILED}};

    (void)param;
    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        fake_bus_reset();
        begin(w, f);
        answers = rows[i].answers;
        w->f.on_notify = serve_and_fail;
        assert_int_equal(rows[i].call(), rows[i].result);
        assert_int_equal(fake_files.count, rows[i].answers);
        w->f.on_notify = fake_files_serve;
        files_server.fails = 0;
        recovers();
        assert_int_equal(vwr_9p_clunk(&driver, root), VWR_OK); /* stale */
        assert_int_equal(vwr_9p_mount(&driver), 0);
        root = 0;
        for (int fid = 1; fid < (int)VWR_9P_FIDS; fid++) {
            assert_int_equal(vwr_9p_walk(&driver, root, ""), fid);
            fake_files.count = 0;
        }
        end(w);
    }
}

static void freeze_and_thaw(void *context, struct vwr_req *r, uint32_t us)
{
    int n;

    (void)context;
    (void)us;
    if (!fake_files.silent)
        return;
    assert_true(vwr_req_is_in_flight(r));
    while ((n = vwr_freeze(&driver.bringup)) == VWR_EBUSY)
        continue;
    assert_int_equal(n, VWR_OK);
    assert_true(vwr_req_is_in_flight(r));
    fake_files.silent = false;
    files_server.session = false;
    recovers();
}

static void woken(void *context, struct vwr_req *r)
{
    (void)context;
    assert_false(vwr_req_is_in_flight(r));
}

/* Another thread freezes and thaws the device while the call sleeps: the session has ended, and no fid is
 * lost. */
static void frozen_while_it_waits(struct world *w, const struct format *f, const void *param)
{
    static const struct vwr_waiter sleeps = {NULL, freeze_and_thaw, woken};
    (void)param;
    waiter = &sleeps;
    begin(w, f);
    waiter = NULL;
    (void)opened();
    fake_files.silent = true;
    assert_int_equal(vwr_9p_clunk(&driver, fid), VWR_ERESET);
    assert_int_equal(vwr_9p_clunk(&driver, fid), VWR_EINVAL); /* the caller no longer has it */
    assert_int_equal(vwr_9p_clunk(&driver, root), VWR_OK);
    assert_int_equal(vwr_9p_mount(&driver), 0);
    fake_files.silent = true;
    assert_int_equal(vwr_9p_walk(&driver, root, "x"), VWR_ERESET);
    assert_int_equal(vwr_9p_clunk(&driver, root), VWR_OK);
    assert_int_equal(vwr_9p_mount(&driver), 0);
    assert_int_equal(opened(), 1);
    end(w);
}

int main(void)
{
    static const uint16_t sizes_of[] = {SIZE, 0};
    static const struct format_range all = {KIND_ALL, FORMAT_OPTIONS, 0, sizes_of};
    static const struct format_range few = {KIND_SPLIT | KIND_PACKED, FORMAT_INDIRECT, 0, sizes_of};
    static const struct format_range one = {KIND_SPLIT, 0, 0, sizes_of};
    static const uint8_t calls[] = {VWR_P9_TWALK, VWR_P9_TCLUNK, VWR_P9_TGETATTR};
    static struct format_tests tests;

#define ADD(test, range) format_add(&tests, #test, test, NULL, &(range))
    ADD(each_message, all);
    ADD(as_linux, few);
    ADD(in_flight, all);
    ADD(wrong_use, few);
    ADD(fids_are_bounded, few);
    ADD(not_sent, one);
    ADD(long_paths, few);
    ADD(later_part_fails, few);
    ADD(sizes, few);
    ADD(small_ring, few);
    format_add(&tests, "D42_answers", D42_answers, said, &few);
    format_add(&tests, "D05_short_answers", D05_short_answers, said, &few);
    ADD(D30_counts, few);
    ADD(D31_msize_and_version, few);
    ADD(D30_entries, one);
    ADD(D30_long_tag, one);
    for (unsigned i = 0; i < sizeof(calls); i++)
        format_add(&tests, "fails_while_it_waits", fails_while_it_waits, &calls[i], &few);
    ADD(release_fails_too, few);
    ADD(fails_between, few);
    ADD(frozen_while_it_waits, few);
    return format_run("9p", &tests);
}
