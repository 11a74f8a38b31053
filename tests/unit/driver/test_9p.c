/* SPDX-License-Identifier: MIT */
#include "fake_9p.h"
#include "format.h"
#include "vwr/9p.h"

#include <stdio.h>
#include <string.h>

/*
 * The 9P driver with a server that answers within the notification (fake_9p.h): each message byte by byte,
 * each answer that the driver must not believe, limits of fids, names and sizes, requests in flight, and a
 * device that fails with a session.
 */

#define SIZE 64u
#define FLIGHT 4u
#define LONG 12000u

static struct vwr_9p p9;
static struct vwr_9p_request request[FLIGHT];
static uint8_t *data;
static int root;
static char text[300];

static const struct vwr_waiter *waiter;

static void open_it(struct world *w)
{
    const struct vwr_9p_options o = {
        .shared = fake_ram_alloc(sizeof(*o.shared), VWR_QUEUE_SHARED_ALIGN),
        .request = {.spin = 1, .timeout_us = waiter != NULL ? 100000 : 1000, .waiter = waiter},
        .uid = 0x55,
        .gid = 0x66};

    memset(&p9, 0xa5, sizeof(p9));
    memset(request, 0, sizeof(request));
    data = fake_ram_alloc(LONG, 8);
    assert_int_equal(vwr_9p_open(&p9, &w->mmio.dev, &o), VWR_OK);
}

static void begin(struct world *w, const struct format *f)
{
    fake_9p_plug(w, f);
    open_it(w);
    root = vwr_9p_mount(&p9);
    assert_int_equal(root, 0);
    fake_9p.count = 0;
}

static void end(struct world *w)
{
    assert_int_equal(vwr_queue_in_flight(&p9.requests.client.requests.queue), 0);
    assert_int_equal(vwr_9p_close(&p9), VWR_OK);
    (void)w;
}

static int opened(void)
{
    const int fid = vwr_9p_walk(&p9, root, "f");

    assert_true(fid > 0);
    assert_int_equal(vwr_9p_lopen(&p9, fid, VWR_P9_O_RDWR), VWR_OK);
    fake_9p.count = 0;
    return fid;
}

static void explains(const char *words)
{
    assert_true(vwr_9p_explain(&p9, text, sizeof(text)) < sizeof(text));
    if (strstr(text, words) == NULL)
        fail_msg("\"%s\" is not in \"%s\"", words, text);
}

/* The server received one message of this type; these are the bytes after its header. */
static void heard(uint8_t type, const char *bytes, size_t count)
{
    assert_int_equal(fake_9p.count, 1);
    assert_int_equal(fake_9p_type(0), type);
    assert_int_equal(fake_9p.bytes[0], count + VWR_P9_HEADER);
    assert_memory_equal(fake_9p.message[0] + VWR_P9_HEADER, bytes, count);
    fake_9p.count = 0;
}
#define HEARD(type, bytes) heard(type, bytes, sizeof(bytes) - 1)

#define ZEROES8 "\0\0\0\0\0\0\0\0"

static void each_message(struct world *w, const struct format *f, const void *param)
{
    struct vwr_9p_attr attr = {.mode = 0x1a4, .uid = 1, .gid = 2, .bytes = 3};
    struct vwr_9p_statfs fs;
    char tag[4];

    (void)param;
    fake_9p_plug(w, f);
    open_it(w);
    assert_int_equal(vwr_9p_read_tag(&p9, tag, sizeof(tag)), 4);
    assert_string_equal(tag, "fak");
    root = vwr_9p_mount(&p9);
    assert_int_equal(root, 0);
    assert_int_equal(fake_9p_type(0), VWR_P9_TVERSION);
    assert_int_equal(fake_9p_number(0, 5, 2), VWR_P9_NO_TAG);
    assert_int_equal(fake_9p_number(0, 7, 4), VWR_9P_MSIZE);
    assert_memory_equal(fake_9p.message[0] + 11, "\x8\0" VWR_P9_VERSION, 10);
    assert_memory_equal(fake_9p.message[1] + 7, "\0\0\0\0\xff\xff\xff\xff\0\0\0\0\x55\0\0\0", 16);
    fake_9p.count = 0;
    attr.accessed.seconds = 4;
    attr.accessed.nanoseconds = 5;
    attr.modified.seconds = 6;
    attr.modified.nanoseconds = 7;
    assert_int_equal(vwr_9p_walk(&p9, root, "/a//.../b/"), 1);
    HEARD(VWR_P9_TWALK, "\0\0\0\0\1\0\0\0\3\0\1\0a\3\0...\1\0b");
    assert_int_equal(vwr_9p_lopen(&p9, 1, VWR_P9_O_RDWR), VWR_OK);
    HEARD(VWR_P9_TLOPEN, "\1\0\0\0\2\0\0\0");
    memcpy(data, "xyz", 3);
    assert_int_equal(vwr_9p_write(&p9, 1, 0x10, data, 3), 3);
    HEARD(VWR_P9_TWRITE, "\1\0\0\0\x10\0\0\0\0\0\0\0\3\0\0\0xyz");
    memset(data, 0, 3);
    assert_int_equal(vwr_9p_read(&p9, 1, 0x10, data, 3), 3);
    HEARD(VWR_P9_TREAD, "\1\0\0\0\x10\0\0\0\0\0\0\0\3\0\0\0");
    assert_memory_equal(data, "xyz", 3);
    assert_int_equal(vwr_9p_setattr(&p9, 1, 0x1ff, &attr), VWR_OK);
    HEARD(VWR_P9_TSETATTR, "\1\0\0\0\xff\1\0\0\xa4\1\0\0\1\0\0\0\2\0\0\0\3\0\0\0\0\0\0\0"
                           "\4\0\0\0\0\0\0\0\5\0\0\0\0\0\0\0\6\0\0\0\0\0\0\0\7\0\0\0\0\0\0\0");
    assert_int_equal(vwr_9p_getattr(&p9, 1, &attr), VWR_OK);
    HEARD(VWR_P9_TGETATTR, "\1\0\0\0\xff\7\0\0\0\0\0\0");
    assert_int_equal(attr.valid, VWR_P9_GET_BASIC);
    assert_int_equal(attr.qid.path, FAKE_9P_QID);
    assert_int_equal(attr.qid.version, 7);
    assert_int_equal(attr.mode, 0x101);
    assert_int_equal(attr.gid, 0x303);
    assert_int_equal(attr.links, 0x404);
    assert_int_equal(attr.blocks, 0x808);
    assert_int_equal(attr.accessed.seconds, 0x909);
    assert_int_equal(attr.changed.nanoseconds, 0xe0e);
    assert_int_equal(vwr_9p_statfs(&p9, 1, &fs), VWR_OK);
    HEARD(VWR_P9_TSTATFS, "\1\0\0\0");
    assert_int_equal(fs.type, 0x101);
    assert_int_equal(fs.available, 0x505);
    assert_int_equal(fs.name_bytes, 0x909);
    assert_int_equal(vwr_9p_fsync(&p9, 1), VWR_OK);
    HEARD(VWR_P9_TFSYNC, "\1\0\0\0\0\0\0\0");
    assert_int_equal(vwr_9p_clunk(&p9, 1), VWR_OK);
    HEARD(VWR_P9_TCLUNK, "\1\0\0\0");
    assert_int_equal(vwr_9p_mkdir(&p9, root, "d", 0755), VWR_OK);
    HEARD(VWR_P9_TMKDIR, "\0\0\0\0\1\0d\xed\1\0\0\x66\0\0\0");
    assert_int_equal(vwr_9p_rename(&p9, root, "d", root, "efg"), VWR_OK);
    HEARD(VWR_P9_TRENAMEAT, "\0\0\0\0\1\0d\0\0\0\0\3\0efg");
    assert_int_equal(vwr_9p_unlinkat(&p9, root, "efg", VWR_P9_AT_REMOVEDIR), VWR_OK);
    HEARD(VWR_P9_TUNLINKAT, "\0\0\0\0\3\0efg\0\2\0\0");
    assert_int_equal(vwr_9p_create(&p9, root, "new", VWR_P9_O_RDWR, 0644), 1);
    assert_int_equal(fake_9p_type(0), VWR_P9_TWALK);
    assert_int_equal(fake_9p_type(1), VWR_P9_TLCREATE);
    assert_memory_equal(fake_9p.message[1] + 7, "\1\0\0\0\3\0new\2\0\0\0\xa4\1\0\0\x66\0\0\0", 21);
    end(w);
}

/* ---- what the caller may not pass ---- */

static void wrong_use(struct world *w, const struct format *f, const void *param)
{
    char name[VWR_P9_NAME + 2];
    struct vwr_9p_attr attr;
    int fid;

    (void)param;
    begin(w, f);
    memset(name, 'x', sizeof(name));
    name[VWR_P9_NAME + 1] = '\0';
    assert_int_equal(vwr_9p_mkdir(&p9, root, name, 0755), VWR_EINVAL);
    assert_int_equal(vwr_9p_walk(&p9, root, name), VWR_EINVAL);
    assert_int_equal(vwr_9p_walk(&p9, root, "a/./b"), VWR_EINVAL);
    assert_int_equal(vwr_9p_unlinkat(&p9, root, "", 0), VWR_EINVAL);
    assert_int_equal(vwr_9p_unlinkat(&p9, root, ".", 0), VWR_EINVAL);
    assert_int_equal(vwr_9p_unlinkat(&p9, root, "..", 0), VWR_EINVAL);
    assert_int_equal(vwr_9p_create(&p9, root, "a/b", 0, 0), VWR_EINVAL);
    assert_int_equal(vwr_9p_rename(&p9, root, "a", root, "b/c"), VWR_EINVAL);
    assert_int_equal(vwr_9p_getattr(&p9, -1, &attr), VWR_EINVAL);
    assert_int_equal(vwr_9p_getattr(&p9, 1, &attr), VWR_EINVAL);
    assert_int_equal(vwr_9p_getattr(&p9, (int)VWR_9P_FIDS, &attr), VWR_EINVAL);
    assert_int_equal(vwr_9p_rename(&p9, root, "a", 5, "b"), VWR_EINVAL);
    assert_int_equal(vwr_9p_clunk(&p9, 1), VWR_EINVAL);
    assert_int_equal(vwr_9p_read(&p9, root, 0, data, UINT32_C(1) << 31), VWR_EINVAL);
    assert_int_equal(vwr_9p_io_bytes(&p9, 1), 0);
    for (unsigned i = 0; i < fake_9p.count; i++) /* create has walked and clunked */
        assert_true(fake_9p_type(i) == VWR_P9_TWALK || fake_9p_type(i) == VWR_P9_TCLUNK);
    name[VWR_P9_NAME] = '\0';
    fake_9p.count = 0;
    assert_int_equal(vwr_9p_rename(&p9, root, name, root, name), VWR_OK); /* the longest message */
    assert_int_equal(fake_9p.bytes[0], VWR_P9_HEADER + 12 + 2 * VWR_P9_NAME);
    fid = opened();
    vwr_9p_fill_read(&request[0], fid, 0, data, vwr_9p_io_bytes(&p9, fid) + 1);
    assert_int_equal(vwr_9p_submit(vwr_9p_get_requestq(&p9, 0), &request[0]), VWR_EINVAL);
    vwr_9p_fill_read(&request[0], fid + 1, 0, data, 1);
    assert_int_equal(vwr_9p_submit(vwr_9p_get_requestq(&p9, 0), &request[0]), VWR_EINVAL);
    assert_int_equal(fake_9p.count, 0);
    end(w);
}

static void fids_are_bounded(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f);
    for (int fid = 1; fid < (int)VWR_9P_FIDS; fid++) {
        assert_int_equal(vwr_9p_walk(&p9, root, ""), fid);
        fake_9p.count = 0;
    }
    assert_int_equal(vwr_9p_walk(&p9, root, ""), VWR_EFULL);
    assert_int_equal(vwr_9p_create(&p9, root, "x", 0, 0), VWR_EFULL);
    assert_int_equal(fake_9p.count, 0);
    assert_int_equal(vwr_9p_clunk(&p9, 5), VWR_OK);
    assert_int_equal(vwr_9p_walk(&p9, root, "again"), 5);
    assert_int_equal(vwr_9p_mount(&p9), VWR_EFULL); /* the caller has all of the last session */
    assert_int_equal(vwr_9p_io_bytes(&p9, 5), 0);
    assert_int_equal(vwr_9p_clunk(&p9, 5), VWR_OK);
    assert_int_equal(vwr_9p_mount(&p9), 5);
    end(w);
}

/* Cases in which no message is sent: invalid fid numbers, invalid names, a device that is open. The size of a
 * read is that of the open file, if that is smaller. */
static void not_sent(struct world *w, const struct format *f, const void *param)
{
    int fid;

    (void)param;
    begin(w, f);
    fake_9p.iounit = 100;
    fid = opened();
    assert_int_equal(vwr_9p_io_bytes(&p9, fid), 100);
    assert_int_equal(vwr_9p_io_bytes(&p9, VWR_9P_FIDS), 0);
    assert_int_equal(vwr_9p_io_bytes(&p9, -1), 0);
    assert_int_equal(vwr_9p_clunk(&p9, VWR_9P_FIDS), VWR_EINVAL);
    assert_int_equal(vwr_9p_clunk(&p9, -1), VWR_EINVAL);
    assert_int_equal(vwr_9p_read(&p9, fid, 0, text, 10),
                     VWR_PORT_HAS_DMA_MAP ? 10 : VWR_EINVAL); /* not in the device's memory */
    assert_int_equal(vwr_9p_rename(&p9, root, "a/b", root, "c"), VWR_EINVAL);
    assert_int_equal(vwr_9p_rename(&p9, root, "a", root, "b/c"), VWR_EINVAL);
    fake_9p.iounit = 0x7fffffff;
    assert_int_equal(vwr_9p_lopen(&p9, fid, VWR_P9_O_RDWR), VWR_OK);
    assert_true(vwr_9p_io_bytes(&p9, fid) > 100 && vwr_9p_io_bytes(&p9, fid) < VWR_9P_MSIZE);
    assert_int_equal(fake_9p.count, VWR_PORT_HAS_DMA_MAP ? 2 : 1);
    assert_int_equal(vwr_9p_open(&p9, &w->mmio.dev, &p9.options), VWR_EBUSY);
}

/* A path of more names, or of longer ones, than a message can have; a part of it fails. */
static void long_paths(struct world *w, const struct format *f, const void *param)
{
    const uint32_t full = VWR_9P_OUT_BYTES - VWR_P9_HEADER - 10u - 2u * (VWR_P9_NAME + 2u) - 2u;
    char path[1000] = "";
    int fid;

    (void)param;
    begin(w, f);
    for (unsigned i = 0; i < 40; i++)
        snprintf(path + strlen(path), sizeof(path) - strlen(path), "%u/", i);
    fid = vwr_9p_walk(&p9, root, path);
    assert_int_equal(fid, 1);
    assert_int_equal(fake_9p.count, 3);
    assert_int_equal(fake_9p_number(0, 7, 4), root);
    assert_int_equal(fake_9p_number(1, 7, 4), fid);
    assert_int_equal(fake_9p_number(1, 11, 4), fid);
    assert_int_equal(fake_9p_number(2, 15, 2), 40 - 2 * VWR_P9_NAMES);
    memset(path, 'y', 3 * (VWR_P9_NAME + 1));
    path[VWR_P9_NAME] = path[2 * VWR_P9_NAME + 1] = '/';
    path[3 * VWR_P9_NAME + 2] = '\0';
    fake_9p.count = 0;
    assert_int_equal(vwr_9p_walk(&p9, root, path), 2);
    assert_int_equal(fake_9p.count, 2);
    assert_int_equal(fake_9p_number(0, 15, 2), 2);
    fake_9p.walks = 1;
    fake_9p.count = 0;
    assert_int_equal(vwr_9p_walk(&p9, root, path), VWR_EIO);
    assert_int_equal(vwr_9p_error(&p9), VWR_P9_ENOENT);
    assert_int_equal(fake_9p.count, 1); /* the walk has made no fid */
    assert_int_equal(vwr_9p_walk(&p9, root, "a"), 3);
    fake_9p.walks = UINT32_MAX;
    /* a third name, with which the message is full, or too long */
    for (unsigned more = 0; more < 2; more++) {
        path[2 * (VWR_P9_NAME + 1) + full + more] = '\0';
        fake_9p.count = 0;
        assert_int_equal(vwr_9p_walk(&p9, root, path), 4 + (int)more);
        assert_int_equal(fake_9p.count, 1 + more);
        assert_int_equal(fake_9p_number(0, 15, 2), 3 - more);
        path[2 * (VWR_P9_NAME + 1) + full + more] = 'y';
    }
    end(w);
}

/* The second part of a path fails: its fid is released, and the error remains. */
static void later_part_fails(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f);
    fake_9p.walks = 15;
    assert_int_equal(vwr_9p_walk(&p9, root, "1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16"), VWR_EIO);
    assert_int_equal(fake_9p.count, 1);
    fake_9p.walks = 16;
    fake_9p.count = 0;
    fake_9p.lie = VWR_P9_TWALK;
    fake_9p.at = 7;
    fake_9p.width = 0;
    assert_int_equal(vwr_9p_walk(&p9, root, "1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17"), 1);
    fake_9p.count = 0;
    fake_9p.fails = VWR_P9_TLCREATE;
    fake_9p.error = VWR_P9_ENOSPC;
    assert_int_equal(vwr_9p_create(&p9, root, "n", 0, 0), VWR_EIO);
    assert_int_equal(vwr_9p_error(&p9), VWR_P9_ENOSPC);
    assert_int_equal(fake_9p_type(2), VWR_P9_TCLUNK);
    assert_int_equal(fake_9p_number(2, 7, 4), 2);
    assert_int_equal(vwr_9p_walk(&p9, root, ""), 2);
    fake_9p.fails = VWR_P9_TCLUNK;
    assert_int_equal(vwr_9p_clunk(&p9, 2), VWR_EIO); /* it is released all the same */
    assert_int_equal(vwr_9p_clunk(&p9, 2), VWR_EINVAL);
    end(w);
}

/* ---- sizes ---- */

/* The device's ring is shorter than the driver's: scattered data need more messages. */
static void small_ring(struct world *w, const struct format *f, const void *param)
{
    int fid;

    (void)param;
    fake_9p_plug(w, f);
    w->f.queue[VWR_9P_QUEUE_REQUESTQ].size_max = 4;
    open_it(w);
    fake_ram_scatter(data, LONG);
    root = vwr_9p_mount(&p9);
    fid = opened();
    assert_int_equal(vwr_9p_read(&p9, fid, 0, data, LONG), FAKE_9P_FILE);
    assert_memory_equal(data, fake_9p.file, FAKE_9P_FILE);
    assert_int_equal(vwr_9p_io_bytes(&p9, fid), 4096);
    end(w);
}

static void sizes(struct world *w, const struct format *f, const void *param)
{
    int fid;

    (void)param;
    fake_9p_plug(w, f);
    fake_9p.msize = 4096; /* less than was asked for */
    open_it(w);
    root = vwr_9p_mount(&p9);
    assert_int_equal(p9.msize, 4096);
    fid = opened();
    assert_int_equal(vwr_9p_io_bytes(&p9, fid), 4096 - 23);
    assert_int_equal(vwr_9p_read(&p9, fid, 0, data, LONG), FAKE_9P_FILE);
    assert_memory_equal(data, fake_9p.file, FAKE_9P_FILE);
    assert_int_equal(fake_9p_number(0, 19, 4), 4096 - 23);
    assert_int_equal(fake_9p.count, 4); /* the last one is at the end of the file */
    fake_9p.iounit = 1000;
    fid = opened();
    memset(data, 0x3c, 2500);
    assert_int_equal(vwr_9p_write(&p9, fid, 100, data, 2500), 2500);
    assert_int_equal(fake_9p.count, 3);
    assert_int_equal(fake_9p.bytes[0], 23 + 1000);
    assert_int_equal(fake_9p_number(2, 11, 8), 2100);
    assert_int_equal(fake_9p.file[2599], 0x3c);
    fake_9p.count = 0;
    fake_9p.most = 300; /* short counts */
    memset(data, 0, LONG);
    assert_int_equal(vwr_9p_read(&p9, fid, 50, data, 700), 700);
    assert_memory_equal(data, fake_9p.file + 50, 700);
    assert_int_equal(fake_9p.count, 3);
    fake_9p.most = 0;
    assert_int_equal(vwr_9p_write(&p9, fid, 0, data, 100), 0);
    fake_9p.most = 300;
    fake_9p.fails = VWR_P9_TWRITE;
    fake_9p.error = VWR_P9_EDQUOT;
    assert_int_equal(vwr_9p_write(&p9, fid, 0, data, 100), VWR_EIO);
    assert_int_equal(vwr_9p_error(&p9), VWR_P9_EDQUOT);
    explains("Twrite: the server answers with Linux error 122");
    fake_9p.passes = 2;
    assert_int_equal(vwr_9p_write(&p9, fid, 0, data, 700), 600); /* some bytes, then an error */
    end(w);
}

/* ---- answers that are wrong ---- */

static void lies(uint8_t type, uint32_t at, uint32_t width, uint64_t value)
{
    fake_9p.lie = type;
    fake_9p.at = at;
    fake_9p.width = width;
    fake_9p.value = value;
    fake_9p.used = 0;
}

/* Each message of a session. */
static int say(uint8_t type, int fid)
{
    struct vwr_9p_attr attr;
    struct vwr_9p_statfs fs;
    int r;

    fake_9p.count = 0;
    switch (type) {
    case VWR_P9_TWALK:
        r = vwr_9p_walk(&p9, root, "a/b");
        return r > 0 ? vwr_9p_clunk(&p9, r) : r;
    case VWR_P9_TLOPEN:
        return vwr_9p_lopen(&p9, fid, 0);
    case VWR_P9_TLCREATE:
        r = vwr_9p_create(&p9, root, "c", 0, 0);
        return r > 0 ? vwr_9p_clunk(&p9, r) : r;
    case VWR_P9_TREAD:
        r = vwr_9p_read(&p9, fid, 0, data, 100);
        return r == 100 ? VWR_OK : r;
    case VWR_P9_TWRITE:
        r = vwr_9p_write(&p9, fid, 0, data, 100);
        return r == 100 ? VWR_OK : r;
    case VWR_P9_TREADDIR:
        r = vwr_9p_readdir(&p9, fid, 0, data, 100);
        return r > 0 ? VWR_OK : r;
    case VWR_P9_TGETATTR:
        return vwr_9p_getattr(&p9, fid, &attr);
    case VWR_P9_TSETATTR:
        memset(&attr, 0, sizeof(attr));
        return vwr_9p_setattr(&p9, fid, 0, &attr);
    case VWR_P9_TMKDIR:
        return vwr_9p_mkdir(&p9, root, "d", 0);
    case VWR_P9_TUNLINKAT:
        return vwr_9p_unlinkat(&p9, root, "d", 0);
    case VWR_P9_TRENAMEAT:
        return vwr_9p_rename(&p9, root, "d", root, "e");
    case VWR_P9_TFSYNC:
        return vwr_9p_fsync(&p9, fid);
    default:
        return vwr_9p_statfs(&p9, fid, &fs);
    }
}

static const uint8_t said[] = {VWR_P9_TWALK,  VWR_P9_TLOPEN,    VWR_P9_TLCREATE,  VWR_P9_TREAD,
                               VWR_P9_TWRITE, VWR_P9_TREADDIR,  VWR_P9_TGETATTR,  VWR_P9_TSETATTR,
                               VWR_P9_TMKDIR, VWR_P9_TUNLINKAT, VWR_P9_TRENAMEAT, VWR_P9_TFSYNC,
                               VWR_P9_TSTATFS};

static void D42_answers(struct world *w, const struct format *f, const void *param)
{
    int fid;

    (void)param;
    begin(w, f);
    fake_9p.entry_bytes = 100;
    fid = opened();
    for (unsigned i = 0; i < sizeof(said); i++) {
        lies(0, 0, 0, 0);
        assert_int_equal(say(said[i], fid), VWR_OK);
        lies(said[i], 4, 1, said[i] + 3u); /* the answer of another message */
        assert_int_equal(say(said[i], fid), VWR_EPROTO);
        lies(said[i], 5, 2, 0x1234); /* the tag of another request */
        assert_int_equal(say(said[i], fid), VWR_EPROTO);
        explains("its tag is wrong");
        lies(said[i], 0, 4, 6); /* shorter than a header */
        assert_int_equal(say(said[i], fid), VWR_EPROTO);
        lies(said[i], 0, 4, UINT32_MAX); /* longer than what was written */
        assert_int_equal(say(said[i], fid), VWR_EPROTO);
        lies(said[i], 4, 1, VWR_P9_RLERROR); /* an error that is missing, or is 0 */
        fake_9p.used = VWR_P9_HEADER;
        assert_int_equal(say(said[i], fid), VWR_EPROTO);
        lies(0, 0, 0, 0);
        fake_9p.fails = said[i];
        fake_9p.error = 0;
        assert_int_equal(say(said[i], fid), VWR_EPROTO);
        fake_9p.error = 77;
        assert_int_equal(say(said[i], fid), VWR_EIO);
        assert_int_equal(vwr_9p_error(&p9), 77);
        lies(said[i], 0, 4, 10); /* an error message that is too short for the error number */
        assert_int_equal(say(said[i], fid), VWR_EPROTO);
        fake_9p.fails = 0;
    }
    end(w);
}

/* The used length, or the size in the answer, is a byte too short for the answer's fields. */
static void D05_short_answers(struct world *w, const struct format *f, const void *param)
{
    static const struct {
        uint8_t type;
        uint32_t bytes;
    } row[] = {{VWR_P9_TWALK, 9 + 26}, {VWR_P9_TLOPEN, 24},    {VWR_P9_TLCREATE, 24},  {VWR_P9_TREAD, 111},
               {VWR_P9_TWRITE, 11},    {VWR_P9_TREADDIR, 111}, {VWR_P9_TGETATTR, 160}, {VWR_P9_TSETATTR, 7},
               {VWR_P9_TMKDIR, 20},    {VWR_P9_TRENAMEAT, 7},  {VWR_P9_TSTATFS, 67}};
    int fid;

    (void)param;
    begin(w, f);
    fake_9p.entry_bytes = 100;
    fid = opened();
    for (unsigned i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
        lies(row[i].type, 0, 4, row[i].bytes);
        assert_int_equal(say(row[i].type, fid), VWR_OK);
        fake_9p.used = row[i].bytes - 1;
        assert_int_equal(say(row[i].type, fid), VWR_EPROTO);
        lies(row[i].type, 0, 4, row[i].bytes - 1);
        assert_int_equal(say(row[i].type, fid), VWR_EPROTO);
    }
    lies(0, 0, 0, 0);
    assert_int_equal(say(VWR_P9_TSTATFS, fid), VWR_OK);
    fake_9p.unwritten = true; /* the last answer is still in the slot */
    assert_int_equal(say(VWR_P9_TSTATFS, fid), VWR_EPROTO);
    fake_9p.unwritten = false;
    assert_int_equal(say(VWR_P9_TSTATFS, fid), VWR_OK);
    end(w);
}

static void D30_counts(struct world *w, const struct format *f, const void *param)
{
    int fid;

    (void)param;
    begin(w, f);
    fake_9p.entry_bytes = 100;
    fid = opened();
    lies(VWR_P9_TREAD, 7, 4, 101); /* more than were asked for, */
    assert_int_equal(say(VWR_P9_TREAD, fid), VWR_EPROTO);
    explains("Tread: the answer counts 101");
    fake_9p.used = UINT32_MAX; /* whatever the used length says */
    assert_int_equal(say(VWR_P9_TREAD, fid), VWR_EPROTO);
    lies(VWR_P9_TREADDIR, 7, 4, UINT32_MAX);
    assert_int_equal(say(VWR_P9_TREADDIR, fid), VWR_EPROTO);
    fake_9p.most = 50; /* more than there are */
    lies(VWR_P9_TREAD, 7, 4, 51);
    assert_int_equal(say(VWR_P9_TREAD, fid), VWR_EPROTO);
    fake_9p.most = UINT32_MAX;
    lies(VWR_P9_TWRITE, 7, 4, 101);
    assert_int_equal(say(VWR_P9_TWRITE, fid), VWR_EPROTO);
    lies(VWR_P9_TWALK, 7, 2, 3); /* names */
    assert_int_equal(say(VWR_P9_TWALK, fid), VWR_EPROTO);
    lies(VWR_P9_TWALK, 7, 2, 0xffff);
    assert_int_equal(say(VWR_P9_TWALK, fid), VWR_EPROTO);
    end(w);
}

static void D31_msize_and_version(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    fake_9p_plug(w, f);
    open_it(w);
    lies(VWR_P9_TVERSION, 7, 4, VWR_9P_MSIZE + 1);
    assert_int_equal(vwr_9p_mount(&p9), VWR_EPROTO);
    explains("an msize of 61441 bytes");
    lies(VWR_P9_TVERSION, 7, 4, VWR_9P_OUT_BYTES - 1);
    assert_int_equal(vwr_9p_mount(&p9), VWR_EPROTO);
    assert_int_equal(vwr_9p_walk(&p9, 0, ""), VWR_EINVAL);
    lies(0, 0, 0, 0);
    fake_9p.version = VWR_P9_UNKNOWN;
    assert_int_equal(vwr_9p_mount(&p9), VWR_EUNSUPP);
    fake_9p.version = "9P2000.u";
    assert_int_equal(vwr_9p_mount(&p9), VWR_EUNSUPP);
    explains("Tversion: the server does not support 9P2000.L");
    fake_9p.version = VWR_P9_VERSION;
    lies(VWR_P9_TVERSION, 7, 4, VWR_9P_OUT_BYTES);
    assert_int_equal(vwr_9p_mount(&p9), 0);
    fake_9p.fails = VWR_P9_TATTACH;
    fake_9p.error = VWR_P9_EACCES;
    assert_int_equal(vwr_9p_mount(&p9), VWR_EIO);
    assert_int_equal(vwr_9p_error(&p9), VWR_P9_EACCES);
    fake_9p.fails = 0;
    assert_int_equal(vwr_9p_clunk(&p9, 0), VWR_OK); /* stale since the second session */
    assert_int_equal(vwr_9p_mount(&p9), 0);
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
    assert_int_equal(vwr_9p_read_tag(&p9, tag, sizeof(tag)), 0xffff);
    assert_int_equal(strlen(tag), VWR_9P_TAG);
    assert_int_equal(VWR_9P_TAG, VWR_MMIO_SIZE - VWR_MMIO_CONFIG - VWR_9P_CONFIG_TAG);
    assert_int_equal(vwr_9p_read_tag(&p9, tag, 1), 0xffff);
    assert_string_equal(tag, "");
    end(w);
}

static uint32_t entry(uint32_t at, uint32_t bytes, const char *name, size_t there)
{
    vwr_p9_put(data + at, VWR_P9_QT_FILE, 1);
    vwr_p9_put(data + at + 1, 2, 4);
    vwr_p9_put(data + at + 5, FAKE_9P_QID, 8);
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
    assert_int_equal(e.qid.path, FAKE_9P_QID);
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

/* ---- in flight ---- */

static void in_flight(struct world *w, const struct format *f, const void *param)
{
    struct vwr_9p_requestq *const q = vwr_9p_get_requestq(&p9, 0);
    struct vwr_9p_request *done[FLIGHT];
    int fid;

    (void)param;
    begin(w, f);
    fid = opened();
    fake_9p.silent = true;
    for (unsigned i = 0; i < FLIGHT; i++) {
        if (i == 1)
            vwr_9p_fill_write(&request[i], fid, 5000, memset(data + 3000, 0x77, 100), 100);
        else
            vwr_9p_fill_read(&request[i], fid, i * 100, data + i * 100, 100);
        if (i == 2) /* it was another request before */
            vwr_9p_fill_fsync(&request[i], fid);
        assert_int_equal(vwr_9p_submit(q, &request[i]), VWR_OK);
        assert_int_equal(vwr_9p_submit(q, &request[i]), VWR_EBUSY);
    }
    assert_int_equal(vwr_9p_mount(&p9), VWR_EBUSY);
    (void)vwr_9p_kick(q);
    assert_int_equal(vwr_9p_reap(q, done, FLIGHT), 0);
    fake_9p.silent = false;
    lies(VWR_P9_TFSYNC, 5, 2, 0xeeee);
    fake_9p_serve(&w->f, VWR_9P_QUEUE_REQUESTQ);
    assert_int_equal(vwr_9p_reap(q, done, FLIGHT), FLIGHT);
    for (unsigned i = 0; i < FLIGHT; i++) {
        for (unsigned k = 0; k < i; k++)
            assert_int_not_equal(fake_9p_number(i, 5, 2), fake_9p_number(k, 5, 2));
        assert_int_equal(request[i].req.result, i == 2 ? VWR_EPROTO : VWR_OK);
        assert_int_equal(request[i].count, i == 2 ? 0 : 100);
        if (i == 0 || i == 3)
            assert_memory_equal(data + i * 100, fake_9p.file + i * 100, 100);
    }
    assert_int_equal(fake_9p_number(2, 11, 4), 0); /* data and attributes */
    assert_int_equal(fake_9p.file[5050], 0x77);
    fake_9p.fails = VWR_P9_TREAD;
    fake_9p.error = VWR_P9_EACCES;
    assert_int_equal(vwr_9p_submit(q, &request[0]), VWR_OK); /* as it was filled */
    (void)vwr_9p_kick(q);
    assert_int_equal(vwr_9p_wait(q, &request[0]), VWR_EIO);
    assert_int_equal(request[0].error, VWR_P9_EACCES);
    end(w);
}

static void recovers(void)
{
    int r;

    while ((r = vwr_recover(&p9.bringup, &vwr_9p_bringup)) == VWR_EBUSY)
        continue;
    assert_int_equal(r, VWR_OK);
}

/* A call misses its deadline: checks which fids are stale, and which are free. */
static void fails_while_it_waits(struct world *w, const struct format *f, const void *param)
{
    const uint8_t type = *(const uint8_t *)param;
    struct vwr_9p_attr attr;
    int fid;

    begin(w, f);
    fid = opened();
    fake_9p.silent = true;
    p9.own.req.vecs = &p9.own.req.vec; /* not read, since there are none */
    if (type == VWR_P9_TWALK)
        assert_int_equal(vwr_9p_walk(&p9, root, "x"), VWR_ETIMEOUT);
    else if (type == VWR_P9_TCLUNK)
        assert_int_equal(vwr_9p_clunk(&p9, fid), VWR_ETIMEOUT);
    else
        assert_int_equal(vwr_9p_getattr(&p9, fid, &attr), VWR_ETIMEOUT);
    assert_int_equal(vwr_9p_get_requestq(&p9, 0)->client.requests.fault.where,
                     0); /* messages name no type of it */
    assert_int_equal(vwr_9p_getattr(&p9, fid, &attr), VWR_EFAILED);
    assert_int_equal(vwr_9p_mount(&p9), VWR_EFAILED);
    fake_9p.silent = false;
    fake_9p.session = false;
    recovers();
    assert_int_equal(p9.msize, 0);
    fake_9p.count = 0;
    if (type == VWR_P9_TCLUNK) {
        assert_int_equal(vwr_9p_clunk(&p9, fid), VWR_EINVAL);
    } else {
        assert_int_equal(vwr_9p_getattr(&p9, fid, &attr), VWR_EIO);
        assert_int_equal(vwr_9p_error(&p9), VWR_P9_ESTALE);
        assert_int_equal(vwr_9p_clunk(&p9, fid), VWR_OK);
    }
    assert_int_equal(vwr_9p_clunk(&p9, root), VWR_OK);
    assert_int_equal(vwr_9p_clunk(&p9, root), VWR_EINVAL);
    assert_int_equal(fake_9p.count, 0);
    root = vwr_9p_mount(&p9);
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
    fake_9p.fails = VWR_P9_TWALK;
    fake_9p.passes = 1;
    fake_9p.error = VWR_P9_EACCES;
    lies(VWR_P9_TCLUNK, 5, 2, 0xeeee);
    assert_int_equal(vwr_9p_walk(&p9, root, "1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17"), VWR_EIO);
    assert_int_equal(vwr_9p_error(&p9), VWR_P9_EACCES);
    assert_int_equal(fake_9p_type(2), VWR_P9_TCLUNK);
    fake_9p.fails = 0;
    assert_int_equal(vwr_9p_clunk(&p9, 1), VWR_EINVAL);
    assert_int_equal(opened(), 1);
    end(w);
}

static unsigned answers; /* until the device fails */

static void serve_and_fail(struct fake *f, uint32_t queue)
{
    fake_9p_serve(f, queue);
    if (answers-- == 1)
        vwr_dev_fail(p9.bringup.dev);
}

static int walk_twice(void)
{
    fake_9p.fails = VWR_P9_TWALK;
    fake_9p.passes = 1;
    fake_9p.error = VWR_P9_EACCES;
    return vwr_9p_walk(&p9, root, "1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17");
}

static int create(void)
{
    return vwr_9p_create(&p9, root, "new", 0, 0);
}

static int mount(void)
{
    return vwr_9p_mount(&p9);
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
        assert_int_equal(fake_9p.count, rows[i].answers);
        w->f.on_notify = fake_9p_serve;
        fake_9p.fails = 0;
        recovers();
        assert_int_equal(vwr_9p_clunk(&p9, root), VWR_OK); /* stale */
        assert_int_equal(vwr_9p_mount(&p9), 0);
        root = 0;
        for (int fid = 1; fid < (int)VWR_9P_FIDS; fid++) {
            assert_int_equal(vwr_9p_walk(&p9, root, ""), fid);
            fake_9p.count = 0;
        }
        end(w);
    }
}

static void freeze_and_thaw(void *context, struct vwr_req *r, uint32_t us)
{
    int n;

    (void)context;
    (void)us;
    if (!fake_9p.silent)
        return;
    assert_true(vwr_req_is_in_flight(r));
    while ((n = vwr_freeze(&p9.bringup, &vwr_9p_bringup)) == VWR_EBUSY)
        continue;
    assert_int_equal(n, VWR_OK);
    assert_true(vwr_req_is_in_flight(r));
    fake_9p.silent = false;
    fake_9p.session = false;
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
    int fid;

    (void)param;
    waiter = &sleeps;
    begin(w, f);
    waiter = NULL;
    fid = opened();
    fake_9p.silent = true;
    assert_int_equal(vwr_9p_clunk(&p9, fid), VWR_ERESET);
    assert_int_equal(vwr_9p_clunk(&p9, fid), VWR_EINVAL); /* the caller no longer has it */
    assert_int_equal(vwr_9p_clunk(&p9, root), VWR_OK);
    assert_int_equal(vwr_9p_mount(&p9), 0);
    fake_9p.silent = true;
    assert_int_equal(vwr_9p_walk(&p9, root, "x"), VWR_ERESET);
    assert_int_equal(vwr_9p_clunk(&p9, root), VWR_OK);
    assert_int_equal(vwr_9p_mount(&p9), 0);
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
    ADD(in_flight, all);
    ADD(wrong_use, few);
    ADD(fids_are_bounded, few);
    ADD(not_sent, one);
    ADD(long_paths, few);
    ADD(later_part_fails, few);
    ADD(sizes, few);
    ADD(small_ring, few);
    ADD(D42_answers, few);
    ADD(D05_short_answers, few);
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
