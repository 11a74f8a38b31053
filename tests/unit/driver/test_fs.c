/* SPDX-License-Identifier: MIT */
#include "fake_fs.h"
#include "format.h"
#include "vwr/fs.h"

#include <stdio.h>
#include <string.h>

/*
 * The file system driver with a server that answers within the notification (fake_fs.h): each message byte by
 * byte, each answer that the driver must not believe, names and sizes, and requests in flight.
 */

#define SIZE 64u
#define FLIGHT 4u
#define LONG 12000u

static struct vwr_fs fs;
static struct vwr_fs_request request[FLIGHT];
static uint8_t *data;
static struct vwr_fs_node root, node;
static struct vwr_fs_file file;
static char text[300];

static void open_it(struct world *w)
{
    const struct vwr_fs_options o = {.shared = fake_ram_alloc(sizeof(*o.shared), VWR_QUEUE_SHARED_ALIGN),
                                     .request = {.spin = 1, .timeout_us = 1000},
                                     .uid = 0x55,
                                     .gid = 0x66};

    memset(&fs, 0xa5, sizeof(fs));
    memset(request, 0, sizeof(request));
    data = fake_ram_alloc(LONG, 8);
    assert_int_equal(vwr_fs_open(&fs, &w->mmio.dev, &o), VWR_OK);
}

static void begin(struct world *w, const struct format *f)
{
    fake_fs_plug(w, f);
    open_it(w);
    assert_int_equal(vwr_fs_mount(&fs, &root), VWR_OK);
    assert_int_equal(vwr_fs_lookup(&fs, &root, "f", &node, NULL), VWR_OK);
    assert_int_equal(vwr_fs_open_file(&fs, &node, VWR_P9_O_RDWR, &file), VWR_OK);
    fake_fs.count = 0;
}

static void end(struct world *w)
{
    assert_int_equal(vwr_queue_in_flight(&fs.requests.client.requests.queue), 0);
    assert_int_equal(vwr_fs_close(&fs), VWR_OK);
    (void)w;
}

static void explains(const char *words)
{
    assert_true(vwr_fs_explain(&fs, text, sizeof(text)) < sizeof(text));
    if (strstr(text, words) == NULL)
        fail_msg("\"%s\" is not in \"%s\"", words, text);
}

/* The server heard one message of this type for this node; these are the bytes behind its header. */
static void heard(uint8_t opcode, uint64_t of, const char *bytes, size_t count)
{
    assert_int_equal(fake_fs.count, 1);
    assert_int_equal(fake_fs_number(0, 4, 4), opcode);
    assert_true(fake_fs_number(0, 16, 8) == of);
    assert_int_equal(fake_fs_number(0, 24, 4), 0x55);
    assert_int_equal(fake_fs_number(0, 28, 4), 0x66);
    assert_int_equal(fake_fs.bytes[0], count + VWR_FUSE_HEADER);
    assert_memory_equal(fake_fs.message[0] + VWR_FUSE_HEADER, bytes, count);
    fake_fs.count = 0;
}
#define HEARD(opcode, of, bytes) heard(opcode, of, bytes, sizeof(bytes) - 1)

#define HANDLE "\x00\xff\xee\xdd\xcc\xbb\xaa\x99"
#define ZEROES8 "\0\0\0\0\0\0\0\0"

static void each_message(struct world *w, const struct format *f, const void *param)
{
    struct vwr_fs_attr attr = {.mode = 0x1a4, .uid = 1, .gid = 2, .bytes = 3};
    struct vwr_fs_statfs about;
    struct vwr_fs_node made;

    (void)param;
    fake_fs_plug(w, f);
    open_it(w);
    assert_int_equal(vwr_fs_read_tag(&fs, text), 4);
    assert_string_equal(text, "fake");
    assert_int_equal(vwr_fs_mount(&fs, &root), VWR_OK);
    HEARD(VWR_FUSE_INIT, 0, "\7\0\0\0\x1f\0\0\0\0\0\0\0\x20\0\x40\0");
    assert_int_equal(vwr_fs_lookup(&fs, &root, "name", &node, &attr), VWR_OK);
    HEARD(VWR_FUSE_LOOKUP, VWR_FUSE_ROOT, "name\0");
    assert_true(node.number == FAKE_FS_NODE);
    assert_int_equal(attr.id, 0x101);
    assert_int_equal(attr.changed.seconds, 0x606);
    assert_int_equal(attr.changed.nanoseconds, 0x909);
    assert_int_equal(attr.mode, 0xa0a);
    assert_int_equal(attr.block_bytes, 0xf0f);
    assert_int_equal(vwr_fs_open_file(&fs, &node, VWR_P9_O_RDWR, &file), VWR_OK);
    HEARD(VWR_FUSE_OPEN, FAKE_FS_NODE, "\2\0\0\0\0\0\0\0");
    memcpy(data, "xyz", 3);
    assert_int_equal(vwr_fs_write(&fs, &file, 0x10, data, 3), 3);
    HEARD(VWR_FUSE_WRITE, FAKE_FS_NODE, HANDLE "\x10\0\0\0\0\0\0\0\3\0\0\0\0\0\0\0" ZEROES8 ZEROES8 "xyz");
    memset(data, 0, 3);
    assert_int_equal(vwr_fs_read(&fs, &file, 0x10, data, 3), 3);
    HEARD(VWR_FUSE_READ, FAKE_FS_NODE, HANDLE "\x10\0\0\0\0\0\0\0\3\0\0\0\0\0\0\0" ZEROES8 ZEROES8);
    assert_memory_equal(data, "xyz", 3);
    assert_int_equal(vwr_fs_flush(&fs, &file), VWR_OK);
    HEARD(VWR_FUSE_FLUSH, FAKE_FS_NODE, HANDLE ZEROES8 ZEROES8);
    assert_int_equal(vwr_fs_fsync(&fs, &file), VWR_OK);
    HEARD(VWR_FUSE_FSYNC, FAKE_FS_NODE, HANDLE ZEROES8);
    memset(&attr, 0, sizeof(attr));
    attr.bytes = 3;
    attr.mode = 4;
    attr.modified.nanoseconds = 5;
    assert_int_equal(vwr_fs_setattr(&fs, &node, 0x7f, &attr), VWR_OK);
    HEARD(VWR_FUSE_SETATTR, FAKE_FS_NODE,
          "\x3f\0\0\0\0\0\0\0" ZEROES8 "\3\0\0\0\0\0\0\0" ZEROES8 ZEROES8 ZEROES8 ZEROES8
          "\0\0\0\0\5\0\0\0\0\0\0\0\4\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
    assert_int_equal(attr.uid, 0xc0c);
    assert_int_equal(vwr_fs_getattr(&fs, &node, &attr), VWR_OK);
    HEARD(VWR_FUSE_GETATTR, FAKE_FS_NODE, ZEROES8 ZEROES8);
    assert_int_equal(vwr_fs_statfs(&fs, &node, &about), VWR_OK);
    HEARD(VWR_FUSE_STATFS, FAKE_FS_NODE, "");
    assert_int_equal(about.available, 0x303);
    assert_int_equal(about.name_bytes, 0x707);
    assert_int_equal(vwr_fs_release(&fs, &file), VWR_OK);
    HEARD(VWR_FUSE_RELEASE, FAKE_FS_NODE, HANDLE ZEROES8 ZEROES8);
    assert_int_equal(vwr_fs_open_folder(&fs, &root, &file), VWR_OK);
    HEARD(VWR_FUSE_OPENDIR, VWR_FUSE_ROOT, ZEROES8);
    assert_int_equal(vwr_fs_release_folder(&fs, &file), VWR_OK);
    HEARD(VWR_FUSE_RELEASEDIR, VWR_FUSE_ROOT, HANDLE ZEROES8 ZEROES8);
    assert_int_equal(vwr_fs_mkdir(&fs, &root, "d", 0755, &made), VWR_OK);
    HEARD(VWR_FUSE_MKDIR, VWR_FUSE_ROOT, "\xed\1\0\0\0\0\0\0d\0");
    assert_int_equal(vwr_fs_rename(&fs, &root, "d", &made, "efg"), VWR_OK);
    HEARD(VWR_FUSE_RENAME, VWR_FUSE_ROOT,
          "\x88\x77\x66\x55\x44\x33\x22\x11"
          "d\0efg\0");
    assert_int_equal(vwr_fs_unlink(&fs, &root, "efg"), VWR_OK);
    HEARD(VWR_FUSE_UNLINK, VWR_FUSE_ROOT, "efg\0");
    assert_int_equal(vwr_fs_rmdir(&fs, &root, "d"), VWR_OK);
    HEARD(VWR_FUSE_RMDIR, VWR_FUSE_ROOT, "d\0");
    assert_int_equal(vwr_fs_forget(&fs, &made), VWR_OK);
    HEARD(VWR_FUSE_FORGET, FAKE_FS_NODE, "\1\0\0\0\0\0\0\0");
    assert_int_equal(vwr_fs_create(&fs, &root, "new", VWR_P9_O_RDWR, 0644, &node, &file), VWR_OK);
    HEARD(VWR_FUSE_CREATE, VWR_FUSE_ROOT, "\x42\0\0\0\xa4\x81\0\0\0\0\0\0\0\0\0\0new\0");
    assert_true(file.number == FAKE_FS_HANDLE && node.number == FAKE_FS_NODE);
    assert_int_equal(vwr_fs_unmount(&fs), VWR_OK);
    HEARD(VWR_FUSE_DESTROY, 0, "");
    assert_int_equal(vwr_fs_getattr(&fs, &node, &attr), VWR_EIO);
    assert_int_equal(vwr_fs_error(&fs), VWR_P9_ESTALE);
    assert_int_equal(vwr_fs_unmount(&fs), VWR_EFAILED);
    assert_int_equal(fake_fs.count, 0);
    end(w);
}

/* ---- what the caller may not pass ---- */

static void wrong_use(struct world *w, const struct format *f, const void *param)
{
    char name[VWR_FUSE_NAME + 2];
    struct vwr_fs_node made;

    (void)param;
    begin(w, f);
    memset(name, 'x', sizeof(name));
    name[VWR_FUSE_NAME + 1] = '\0';
    assert_int_equal(vwr_fs_mkdir(&fs, &root, name, 0755, &made), VWR_EINVAL);
    assert_int_equal(vwr_fs_lookup(&fs, &root, "a/b", &made, NULL), VWR_EINVAL);
    assert_int_equal(vwr_fs_lookup(&fs, &root, "..", &made, NULL), VWR_EINVAL);
    assert_int_equal(vwr_fs_unlink(&fs, &root, ""), VWR_EINVAL);
    assert_int_equal(vwr_fs_rmdir(&fs, &root, "."), VWR_EINVAL);
    assert_int_equal(vwr_fs_rename(&fs, &root, "a", &root, "b/c"), VWR_EINVAL);
    assert_int_equal(vwr_fs_read(&fs, &file, 0, data, UINT32_C(1) << 31), VWR_EINVAL);
    vwr_fs_fill_read(&request[0], &file, 0, data, vwr_fs_io_bytes(&fs) + 1);
    assert_int_equal(vwr_fs_submit(vwr_fs_get_requestq(&fs, 0), &request[0]), VWR_EINVAL);
    assert_int_equal(fake_fs.count, 0);
    name[VWR_FUSE_NAME] = '\0';
    assert_int_equal(vwr_fs_rename(&fs, &root, name, &root, name), VWR_OK); /* the longest message */
    assert_int_equal(fake_fs.bytes[0], VWR_FUSE_HEADER + 8 + 2 * (VWR_FUSE_NAME + 1));
    end(w);
}

/* ---- sizes ---- */

/* The device's ring is shorter than the driver's: scattered data need more messages. */
static void small_ring(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    fake_fs_plug(w, f);
    w->f.queue[VWR_FS_QUEUE_HIPRIO + 1].size_max = 4;
    open_it(w);
    fake_ram_scatter(data, LONG);
    assert_int_equal(vwr_fs_mount(&fs, &root), VWR_OK);
    assert_int_equal(vwr_fs_open_file(&fs, &root, 0, &file), VWR_OK);
    assert_int_equal(vwr_fs_read(&fs, &file, 0, data, LONG), FAKE_FS_FILE);
    assert_memory_equal(data, fake_fs.file, FAKE_FS_FILE);
    assert_int_equal(vwr_fs_io_bytes(&fs), 4096);
    end(w);
}

static void sizes(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f);
    assert_int_equal(vwr_fs_io_bytes(&fs), VWR_FS_IO_BYTES);
    fake_fs.max_write = 4096;
    assert_int_equal(vwr_fs_mount(&fs, &root), VWR_OK);
    assert_int_equal(vwr_fs_io_bytes(&fs), 4096);
    assert_int_equal(vwr_fs_open_file(&fs, &root, 0, &file), VWR_OK);
    fake_fs.count = 0;
    assert_int_equal(vwr_fs_read(&fs, &file, 0, data, LONG), FAKE_FS_FILE);
    assert_memory_equal(data, fake_fs.file, FAKE_FS_FILE);
    assert_int_equal(fake_fs.count, 4); /* the last one is at the end of the file */
    fake_fs.most = 300;                 /* short counts */
    fake_fs.count = 0;
    assert_int_equal(vwr_fs_write(&fs, &file, 50, data, 700), 700);
    assert_int_equal(fake_fs.count, 3);
    fake_fs.most = 0;
    assert_int_equal(vwr_fs_write(&fs, &file, 0, data, 100), 0);
    fake_fs.fails = VWR_FUSE_WRITE;
    fake_fs.error = VWR_P9_EDQUOT;
    assert_int_equal(vwr_fs_write(&fs, &file, 0, data, 100), VWR_EIO);
    assert_int_equal(vwr_fs_error(&fs), VWR_P9_EDQUOT);
    explains("WRITE: the server answers with Linux error 122");
    fake_fs.most = 300;
    fake_fs.passes = 2;
    assert_int_equal(vwr_fs_write(&fs, &file, 0, data, 700), 600); /* some bytes, then an error */
    end(w);
}

/* ---- the DAX window ---- */

#define WINDOW UINT64_C(0x100000000)
#define UNIT 65536u

static int map(uint64_t offset, uint64_t bytes, uint32_t flags, uint64_t place)
{
    fake_fs.count = 0;
    return vwr_fs_map(&fs, &file, offset, bytes, flags, place);
}

static int unmap(uint64_t place, uint64_t bytes)
{
    fake_fs.count = 0;
    return vwr_fs_unmap(&fs, place, bytes);
}

static void begin_window(struct world *w, const struct format *f)
{
    begin(w, f);
    assert_int_equal(vwr_fs_map_unit(&fs), 0); /* there is none */
    assert_int_equal(map(0, 1, VWR_FUSE_MAPPING_READ, 0), VWR_ERANGE);
    fs.options.window_bytes = WINDOW;
    fake_fs.flags = VWR_FUSE_MAP_ALIGNMENT;
    fake_fs.map_alignment = 16;
    assert_int_equal(vwr_fs_mount(&fs, &root), VWR_OK);
    HEARD(VWR_FUSE_INIT, 0, "\7\0\0\0\x1f\0\0\0\0\0\0\0\x20\0\x40\4");
    assert_int_equal(vwr_fs_lookup(&fs, &root, "f", &node, NULL), VWR_OK);
    assert_int_equal(vwr_fs_open_file(&fs, &node, VWR_P9_O_RDWR, &file), VWR_OK);
    assert_int_equal(vwr_fs_map_unit(&fs), UNIT);
}

static void window(struct world *w, const struct format *f, const void *param)
{
    const uint32_t both = VWR_FUSE_MAPPING_READ | VWR_FUSE_MAPPING_WRITE;

    (void)param;
    begin_window(w, f);
    assert_int_equal(map(UNIT, 5, VWR_FUSE_MAPPING_READ, WINDOW - UNIT), VWR_OK);
    HEARD(VWR_FUSE_SETUPMAPPING, FAKE_FS_NODE,
          HANDLE "\0\0\1\0\0\0\0\0\5\0\0\0\0\0\0\0\2\0\0\0\0\0\0\0\0\0\xff\xff\0\0\0\0");
    assert_int_equal(map(0, WINDOW, both, 0), VWR_OK);
    HEARD(VWR_FUSE_SETUPMAPPING, FAKE_FS_NODE, HANDLE ZEROES8 "\0\0\0\0\1\0\0\0\3\0\0\0\0\0\0\0" ZEROES8);
    assert_int_equal(unmap(UNIT, 3 * UNIT), VWR_OK);
    HEARD(VWR_FUSE_REMOVEMAPPING, VWR_FUSE_ROOT, "\1\0\0\0\0\0\1\0\0\0\0\0\0\0\3\0\0\0\0\0");
    assert_int_equal(map(0, 0, both, 0), VWR_EINVAL);
    assert_int_equal(map(0, 1, 0, 0), VWR_EINVAL);
    assert_int_equal(map(0, 1, 4, 0), VWR_EINVAL);
    assert_int_equal(map(UINT64_MAX - UNIT + 1, UNIT, both, 0), VWR_EINVAL);
    assert_int_equal(map(1, 1, both, 0), VWR_EALIGN);
    assert_int_equal(map(0, 1, both, UNIT / 2), VWR_EALIGN);
    assert_int_equal(map(0, WINDOW + 1, both, 0), VWR_ERANGE);
    assert_int_equal(map(0, UNIT + 1, both, WINDOW - UNIT), VWR_ERANGE);
    assert_int_equal(map(0, 1, both, WINDOW), VWR_ERANGE);
    assert_int_equal(map(0, 1, both, ~(uint64_t)UNIT + 1), VWR_ERANGE);
    assert_int_equal(unmap(0, 0), VWR_EINVAL);
    assert_int_equal(unmap(1, 1), VWR_EALIGN);
    assert_int_equal(unmap(WINDOW, 1), VWR_ERANGE);
    assert_int_equal(unmap(0, UINT64_MAX), VWR_ERANGE);
    assert_int_equal(fake_fs.count, 0);
    fake_fs.fails = VWR_FUSE_SETUPMAPPING;
    fake_fs.error = VWR_P9_ENOSYS;
    assert_int_equal(map(0, 1, both, 0), VWR_EIO);
    assert_int_equal(vwr_fs_error(&fs), VWR_P9_ENOSYS);
    explains("SETUPMAPPING: the server answers");
    assert_int_equal(vwr_fs_unmount(&fs), VWR_OK);
    assert_int_equal(vwr_fs_map_unit(&fs), 0);
    assert_int_equal(unmap(1, 1), VWR_OK); /* the session has taken its mappings along */
    assert_int_equal(unmap(0, WINDOW + 1), VWR_ERANGE);
    assert_int_equal(map(0, 1, both, 0), VWR_EIO); /* stale */
    assert_int_equal(fake_fs.count, 0);
    end(w);
}

/* A server states its unit only with a flag, and never a unit of which an offset cannot be a multiple. */
static void D30_units(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin_window(w, f);
    fake_fs.map_alignment = 63;
    assert_int_equal(vwr_fs_mount(&fs, &root), VWR_OK);
    assert_true(vwr_fs_map_unit(&fs) == UINT64_C(1) << 63);
    fake_fs.map_alignment = 64;
    assert_int_equal(vwr_fs_mount(&fs, &root), VWR_EPROTO);
    explains("INIT: a map_alignment of 64");
    assert_int_equal(vwr_fs_map_unit(&fs), 0);
    fake_fs.flags = 0;
    assert_int_equal(vwr_fs_mount(&fs, &root), VWR_OK);
    assert_int_equal(vwr_fs_map_unit(&fs), 1);
    assert_int_equal(vwr_fs_open_file(&fs, &root, VWR_P9_O_RDWR, &file), VWR_OK);
    assert_int_equal(map(7, 7, VWR_FUSE_MAPPING_WRITE, 7), VWR_OK);
    fake_fs.flags = VWR_FUSE_MAP_ALIGNMENT;
    fs.options.window_bytes = 0;
    assert_int_equal(vwr_fs_mount(&fs, &root), VWR_OK); /* nobody asked */
    assert_int_equal(vwr_fs_map_unit(&fs), 0);
    end(w);
}

/* ---- several in flight ---- */

static void in_flight(struct world *w, const struct format *f, const void *param)
{
    struct vwr_fs_requestq *const q = vwr_fs_get_requestq(&fs, 0);
    struct vwr_fs_request *done[FLIGHT];

    (void)param;
    begin(w, f);
    fake_fs.silent = true;
    vwr_fs_fill_fsync(&request[0], &file);
    for (unsigned i = 1; i < FLIGHT; i++)
        vwr_fs_fill_read(&request[i], &file, i * 100, data + i * 100, 100);
    for (unsigned i = 0; i < FLIGHT; i++)
        assert_int_equal(vwr_fs_submit(q, &request[i]), VWR_OK);
    (void)vwr_fs_kick(q);
    assert_int_equal(vwr_fs_mount(&fs, &root), VWR_EBUSY);
    assert_int_equal(vwr_fs_unmount(&fs), VWR_EBUSY);
    fake_fs.silent = false;
    fake_fs_serve(&w->f, 1);
    for (unsigned i = 1; i < FLIGHT; i++)
        assert_true(fake_fs_number(i, 8, 8) != fake_fs_number(i - 1, 8, 8));
    assert_int_equal(vwr_fs_reap(q, done, FLIGHT), FLIGHT);
    for (unsigned i = 0; i < FLIGHT; i++) {
        assert_int_equal(request[i].req.result, VWR_OK);
        assert_int_equal(request[i].count, i == 0 ? 0 : 100);
    }
    assert_memory_equal(data + 100, fake_fs.file + 100, 300);
    vwr_fs_fill_write(&request[0], &file, 0, data + 100, 10);
    assert_int_equal(vwr_fs_submit(q, &request[0]), VWR_OK);
    (void)vwr_fs_kick(q);
    assert_int_equal(vwr_fs_wait(q, &request[0]), VWR_OK);
    assert_memory_equal(fake_fs.file, data + 100, 10);
    end(w);
}

/* ---- answers that are wrong ---- */

static void lies(uint8_t opcode, uint32_t at, uint32_t width, uint64_t value)
{
    fake_fs.lie = opcode;
    fake_fs.at = at;
    fake_fs.width = width;
    fake_fs.value = value;
    fake_fs.used = 0;
}

/* Each message of a session that has an answer. */
static int say(uint8_t opcode)
{
    struct vwr_fs_attr attr = {.mode = 0};
    struct vwr_fs_statfs about;
    struct vwr_fs_node made;
    struct vwr_fs_file opened;
    int r;

    fake_fs.count = 0;
    switch (opcode) {
    case VWR_FUSE_LOOKUP:
        return vwr_fs_lookup(&fs, &root, "a", &made, &attr);
    case VWR_FUSE_OPEN:
        return vwr_fs_open_file(&fs, &node, 0, &opened);
    case VWR_FUSE_CREATE:
        return vwr_fs_create(&fs, &root, "c", 0, 0, &made, &opened);
    case VWR_FUSE_READ:
        r = vwr_fs_read(&fs, &file, 0, data, 100);
        return r == 100 ? VWR_OK : r;
    case VWR_FUSE_WRITE:
        r = vwr_fs_write(&fs, &file, 0, data, 100);
        return r == 100 ? VWR_OK : r;
    case VWR_FUSE_READDIR:
        r = vwr_fs_readdir(&fs, &file, 0, data, 100);
        return r > 0 ? VWR_OK : r;
    case VWR_FUSE_GETATTR:
        return vwr_fs_getattr(&fs, &node, &attr);
    case VWR_FUSE_SETATTR:
        return vwr_fs_setattr(&fs, &node, 0, &attr);
    case VWR_FUSE_MKDIR:
        return vwr_fs_mkdir(&fs, &root, "d", 0, &made);
    case VWR_FUSE_UNLINK:
        return vwr_fs_unlink(&fs, &root, "d");
    case VWR_FUSE_RENAME:
        return vwr_fs_rename(&fs, &root, "d", &root, "e");
    case VWR_FUSE_FLUSH:
        return vwr_fs_flush(&fs, &file);
    case VWR_FUSE_SETUPMAPPING:
        return vwr_fs_map(&fs, &file, 0, 1, VWR_FUSE_MAPPING_READ, 0);
    case VWR_FUSE_REMOVEMAPPING:
        return vwr_fs_unmap(&fs, 0, 1);
    default:
        return vwr_fs_statfs(&fs, &node, &about);
    }
}

static const struct {
    uint8_t opcode;
    uint32_t bytes; /* of the answer */
} said[] = {{VWR_FUSE_LOOKUP, 144},  {VWR_FUSE_OPEN, 32},         {VWR_FUSE_CREATE, 160},
            {VWR_FUSE_WRITE, 24},    {VWR_FUSE_READ, 116},        {VWR_FUSE_READDIR, 116},
            {VWR_FUSE_GETATTR, 120}, {VWR_FUSE_SETATTR, 120},     {VWR_FUSE_MKDIR, 144},
            {VWR_FUSE_UNLINK, 16},   {VWR_FUSE_RENAME, 16},       {VWR_FUSE_FLUSH, 16},
            {VWR_FUSE_STATFS, 96},   {VWR_FUSE_SETUPMAPPING, 16}, {VWR_FUSE_REMOVEMAPPING, 16}};

static void D42_answers(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f);
    fs.options.window_bytes = 1;
    fake_fs.entry_bytes = 100;
    for (unsigned i = 0; i < sizeof(said) / sizeof(said[0]); i++) {
        const uint8_t opcode = said[i].opcode;

        lies(0, 0, 0, 0);
        assert_int_equal(say(opcode), VWR_OK);
        lies(opcode, 8, 8, 0x1234); /* the number of another request */
        assert_int_equal(say(opcode), VWR_EPROTO);
        explains("its number is wrong");
        lies(opcode, 0, 4, VWR_FUSE_OUT_HEADER - 1);
        assert_int_equal(say(opcode), VWR_EPROTO);
        lies(opcode, 0, 4, UINT32_MAX); /* longer than what was written */
        assert_int_equal(say(opcode), VWR_EPROTO);
        lies(opcode, 4, 4, 77); /* errors are negative */
        assert_int_equal(say(opcode), VWR_EPROTO);
        lies(opcode, 4, 4, UINT32_C(0x80000000));
        assert_int_equal(say(opcode), VWR_EPROTO);
        lies(0, 0, 0, 0);
        fake_fs.fails = opcode;
        fake_fs.error = 77;
        assert_int_equal(say(opcode), VWR_EIO);
        assert_int_equal(vwr_fs_error(&fs), 77);
        fake_fs.fails = 0;
    }
    end(w);
}

/* The used length, or the length in the answer, is a byte too short for the answer's fields. */
static void D05_short_answers(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f);
    fs.options.window_bytes = 1;
    fake_fs.entry_bytes = 100;
    for (unsigned i = 0; i < sizeof(said) / sizeof(said[0]); i++) {
        lies(said[i].opcode, 0, 0, 0);
        fake_fs.used = said[i].bytes - 1;
        assert_int_equal(say(said[i].opcode), VWR_EPROTO);
        if (said[i].opcode == VWR_FUSE_READ || said[i].opcode == VWR_FUSE_READDIR)
            continue; /* an answer with fewer data */
        lies(said[i].opcode, 0, 4, said[i].bytes - 1);
        assert_int_equal(say(said[i].opcode), VWR_EPROTO);
    }
    end(w);
}

/* More bytes than were requested; a node with number 0. */
static void D30_counts(struct world *w, const struct format *f, const void *param)
{
    struct vwr_fs_node made;

    (void)param;
    begin(w, f);
    lies(VWR_FUSE_WRITE, VWR_FUSE_OUT_HEADER, 4, 101);
    assert_int_equal(say(VWR_FUSE_WRITE), VWR_EPROTO);
    explains("counts 101 bytes");
    lies(VWR_FUSE_LOOKUP, VWR_FUSE_OUT_HEADER, 8, 0);
    assert_int_equal(vwr_fs_lookup(&fs, &root, "a", &made, NULL), VWR_EIO);
    assert_int_equal(vwr_fs_error(&fs), VWR_P9_ENOENT);
    lies(VWR_FUSE_INIT, VWR_FUSE_OUT_HEADER, 4, 8);
    assert_int_equal(vwr_fs_mount(&fs, &root), VWR_EUNSUPP);
    lies(0, 0, 0, 0);
    fake_fs.minor = VWR_FUSE_MINOR - 1;
    assert_int_equal(vwr_fs_mount(&fs, &root), VWR_EUNSUPP);
    explains("7.31, it says 30");
    fake_fs.minor = VWR_FUSE_MINOR + 7;
    fake_fs.max_write = VWR_FUSE_WRITE_MIN - 1;
    assert_int_equal(vwr_fs_mount(&fs, &root), VWR_EPROTO);
    explains("max_write of 4095 bytes");
    assert_int_equal(say(VWR_FUSE_GETATTR), VWR_EIO); /* there is no session */
    assert_int_equal(fake_fs.count, 0);
    end(w);
}

/* ---- entries ---- */

static int entry(uint32_t name_bytes, const char *name, uint32_t bytes)
{
    struct vwr_fs_entry e;
    uint8_t at[VWR_FUSE_DIRENT + 300] = {0};
    uint32_t place = 0;

    vwr_p9_put(at, 7, 8);
    vwr_p9_put(at + 16, name_bytes, 4);
    memcpy(at + VWR_FUSE_DIRENT, name, strlen(name));
    return vwr_fs_next_entry(at, bytes, &place, &e);
}

static void D30_entries(struct world *w, const struct format *f, const void *param)
{
    char name[VWR_FUSE_NAME + 2];

    (void)param;
    begin(w, f);
    memset(name, 'n', sizeof(name));
    name[VWR_FUSE_NAME + 1] = '\0';
    assert_int_equal(entry(1, "a", 0), 0);
    assert_int_equal(entry(1, "a", VWR_FUSE_DIRENT), VWR_EPROTO);
    assert_int_equal(entry(1, "a", VWR_FUSE_DIRENT - 1), VWR_EPROTO);
    assert_int_equal(entry(1, "a", VWR_FUSE_DIRENT + 1), 1);
    assert_int_equal(entry(1, ".", VWR_FUSE_DIRENT + 8), 1);
    assert_int_equal(entry(2, "..", VWR_FUSE_DIRENT + 8), 1);
    assert_int_equal(entry(0, "", VWR_FUSE_DIRENT + 8), VWR_EPROTO);
    assert_int_equal(entry(3, "a/b", VWR_FUSE_DIRENT + 8), VWR_EPROTO);
    assert_int_equal(entry(UINT32_MAX, "a", VWR_FUSE_DIRENT + 8), VWR_EPROTO);
    assert_int_equal(entry(VWR_FUSE_NAME, name, VWR_FUSE_DIRENT + 300), 1);
    assert_int_equal(entry(VWR_FUSE_NAME + 1, name, VWR_FUSE_DIRENT + 300), VWR_EPROTO);
    end(w);
}

/* ---- other devices ---- */

/* A tag that fills its field; a device without one of its queues, or that has failed. */
static void open_and_tag(struct world *w, const struct format *f, const void *param)
{
    const struct vwr_fs_options o = {.shared = fake_ram_alloc(sizeof(*o.shared), VWR_QUEUE_SHARED_ALIGN)};

    (void)param;
    fake_fs_plug(w, f);
    memset(w->f.config, 't', VWR_FS_TAG);
    open_it(w);
    assert_int_equal(vwr_fs_read_tag(&fs, text), VWR_FS_TAG);
    assert_int_equal(strlen(text), VWR_FS_TAG);
    vwr_dev_fail(&w->mmio.dev);
    assert_int_equal(vwr_fs_read_tag(&fs, text), VWR_EFAILED);
    assert_int_equal(vwr_fs_close(&fs), VWR_OK);
    w->f.queue[VWR_FS_QUEUE_HIPRIO].size_max = 0;
    assert_int_equal(vwr_fs_open(&fs, &w->mmio.dev, &o), VWR_ENOQUEUE);
    w->f.queue[VWR_FS_QUEUE_HIPRIO].size_max = 8;
    assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
    fake_config(&w->f, VWR_FS_CONFIG_NUM_REQUEST_QUEUES, 4, 0);
    assert_int_equal(vwr_fs_open(&fs, &w->mmio.dev, &o), VWR_EPROTO);
    explains("offset 36 of the configuration reads 0");
}

/* Nodes and folders of an earlier session are not sent; folders are released with the session. A server may
 * refuse
 * a session. */
static void earlier_session(struct world *w, const struct format *f, const void *param)
{
    struct vwr_fs_node folder;
    struct vwr_fs_file opened;

    (void)param;
    begin(w, f);
    assert_int_equal(vwr_fs_open_folder(&fs, &root, &opened), VWR_OK);
    assert_int_equal(vwr_fs_read(&fs, &file, 0, text, 10),
                     VWR_PORT_HAS_DMA_MAP ? 10 : VWR_EINVAL); /* not in the device's memory */
    fake_fs.fails = VWR_FUSE_INIT;
    fake_fs.error = VWR_P9_EACCES;
    assert_int_equal(vwr_fs_mount(&fs, &folder), VWR_EIO);
    assert_int_equal(vwr_fs_error(&fs), VWR_P9_EACCES);
    fake_fs.fails = 0;
    assert_int_equal(vwr_fs_mount(&fs, &folder), VWR_OK);
    fake_fs.count = 0;
    assert_int_equal(vwr_fs_rename(&fs, &folder, "a", &root, "b"), VWR_EIO);
    assert_int_equal(vwr_fs_error(&fs), VWR_P9_ESTALE);
    assert_int_equal(vwr_fs_rename(&fs, &root, "a", &folder, "b"), VWR_EIO);
    assert_int_equal(vwr_fs_error(&fs), VWR_P9_ESTALE);
    assert_int_equal(vwr_fs_release_folder(&fs, &opened), VWR_OK);
    assert_int_equal(fake_fs.count, 0);
    end(w);
}

int main(void)
{
    static const uint16_t sizes_of[] = {SIZE, 0};
    static const struct format_range all = {KIND_ALL, FORMAT_OPTIONS, 0, sizes_of};
    static const struct format_range few = {KIND_SPLIT | KIND_PACKED, FORMAT_INDIRECT, 0, sizes_of};
    static const struct format_range one = {KIND_SPLIT, 0, 0, sizes_of};
    static struct format_tests tests;

#define ADD(test, range) format_add(&tests, #test, test, NULL, &(range))
    ADD(each_message, all);
    ADD(in_flight, all);
    ADD(wrong_use, few);
    ADD(sizes, few);
    ADD(small_ring, few);
    ADD(window, few);
    ADD(D30_units, one);
    ADD(D42_answers, few);
    ADD(D05_short_answers, few);
    ADD(D30_counts, few);
    ADD(D30_entries, one);
    ADD(open_and_tag, few);
    ADD(earlier_session, few);
    return format_run("fs", &tests);
}
