/* SPDX-License-Identifier: MIT */
#include "vwr/fs.h"

/*
 * The file system driver with a server that answers within the notification (fake_files.h): each message byte
 * by byte, each answer that the driver must not believe, names and sizes, and requests in flight.
 */

#define P(name) vwr_fs_##name
#define P_DRIVER struct vwr_fs
#define OPENED &file
#define IO_BYTES vwr_fs_io_bytes(&driver)
#define QUEUE (VWR_FS_QUEUE_HIPRIO + 1u)
#define NUMBER_AT 8u
#define NUMBER_BYTES 8u
#define NUMBER "number"
#define ANSWER VWR_FUSE_OUT_HEADER
#define FSYNC_FLAGS (VWR_FUSE_HEADER + 8u)
#define READS VWR_FUSE_READ
#define WRITES VWR_FUSE_WRITE
#define FSYNCS VWR_FUSE_FSYNC
#define WRITES_NAME "WRITE"

static struct vwr_fs_node root, node;
static struct vwr_fs_file file;

#include "files.h"

static void plug(struct world *w, const struct format *f)
{
    fake_fs_plug(w, f);
}

static void open_file(void)
{
    assert_int_equal(vwr_fs_mount(&driver, &root), VWR_OK);
    assert_int_equal(vwr_fs_lookup(&driver, &root, "f", &node, NULL), VWR_OK);
    assert_int_equal(vwr_fs_open_file(&driver, &node, VWR_P9_O_RDWR, &file), VWR_OK);
    fake_files.count = 0;
}

static void is_busy(void)
{
    assert_int_equal(vwr_fs_mount(&driver, &root), VWR_EBUSY);
    assert_int_equal(vwr_fs_unmount(&driver), VWR_EBUSY);
}

/* The server heard one message of this type for this node; these are the bytes behind its header. */
static void heard(uint8_t opcode, uint64_t of, const char *bytes, size_t count)
{
    assert_true(fake_files_number(0, 16, 8) == of);
    assert_int_equal(fake_files_number(0, 24, 4), 0x55);
    assert_int_equal(fake_files_number(0, 28, 4), 0x66);
    fake_files_heard(opcode, VWR_FUSE_HEADER, bytes, count);
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
    assert_int_equal(vwr_fs_read_tag(&driver, text), 4);
    assert_string_equal(text, "fake");
    assert_int_equal(vwr_fs_mount(&driver, &root), VWR_OK);
    HEARD(VWR_FUSE_INIT, 0, "\7\0\0\0\x1f\0\0\0\0\0\0\0\x20\0\x40\0");
    assert_int_equal(vwr_fs_lookup(&driver, &root, "name", &node, &attr), VWR_OK);
    HEARD(VWR_FUSE_LOOKUP, VWR_FUSE_ROOT, "name\0");
    assert_true(node.number == FILES_ID);
    assert_int_equal(attr.id, 0x101);
    assert_int_equal(attr.changed.seconds, 0x606);
    assert_int_equal(attr.changed.nanoseconds, 0x909);
    assert_int_equal(attr.mode, 0xa0a);
    assert_int_equal(attr.block_bytes, 0xf0f);
    assert_int_equal(vwr_fs_open_file(&driver, &node, VWR_P9_O_RDWR, &file), VWR_OK);
    HEARD(VWR_FUSE_OPEN, FILES_ID, "\2\0\0\0\0\0\0\0");
    memcpy(data, "xyz", 3);
    assert_int_equal(vwr_fs_write(&driver, &file, 0x10, data, 3), 3);
    HEARD(VWR_FUSE_WRITE, FILES_ID, HANDLE "\x10\0\0\0\0\0\0\0\3\0\0\0\0\0\0\0" ZEROES8 ZEROES8 "xyz");
    memset(data, 0, 3);
    assert_int_equal(vwr_fs_read(&driver, &file, 0x10, data, 3), 3);
    HEARD(VWR_FUSE_READ, FILES_ID, HANDLE "\x10\0\0\0\0\0\0\0\3\0\0\0\0\0\0\0" ZEROES8 ZEROES8);
    assert_memory_equal(data, "xyz", 3);
    assert_int_equal(vwr_fs_flush(&driver, &file), VWR_OK);
    HEARD(VWR_FUSE_FLUSH, FILES_ID, HANDLE ZEROES8 ZEROES8);
    assert_int_equal(vwr_fs_fsync(&driver, &file), VWR_OK);
    HEARD(VWR_FUSE_FSYNC, FILES_ID, HANDLE ZEROES8);
    memset(&attr, 0, sizeof(attr));
    attr.bytes = 3;
    attr.mode = 4;
    attr.modified.nanoseconds = 5;
    assert_int_equal(vwr_fs_setattr(&driver, &node, 0x7f, &attr), VWR_OK);
    HEARD(VWR_FUSE_SETATTR, FILES_ID,
          "\x3f\0\0\0\0\0\0\0" ZEROES8 "\3\0\0\0\0\0\0\0" ZEROES8 ZEROES8 ZEROES8 ZEROES8
          "\0\0\0\0\5\0\0\0\0\0\0\0\4\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
    assert_int_equal(attr.uid, 0xc0c);
    assert_int_equal(vwr_fs_getattr(&driver, &node, &attr), VWR_OK);
    HEARD(VWR_FUSE_GETATTR, FILES_ID, ZEROES8 ZEROES8);
    assert_int_equal(vwr_fs_statfs(&driver, &node, &about), VWR_OK);
    HEARD(VWR_FUSE_STATFS, FILES_ID, "");
    assert_int_equal(about.available, 0x303);
    assert_int_equal(about.name_bytes, 0x707);
    assert_int_equal(vwr_fs_release(&driver, &file), VWR_OK);
    HEARD(VWR_FUSE_RELEASE, FILES_ID, HANDLE ZEROES8 ZEROES8);
    assert_int_equal(vwr_fs_open_folder(&driver, &root, &file), VWR_OK);
    HEARD(VWR_FUSE_OPENDIR, VWR_FUSE_ROOT, ZEROES8);
    assert_int_equal(vwr_fs_release_folder(&driver, &file), VWR_OK);
    HEARD(VWR_FUSE_RELEASEDIR, VWR_FUSE_ROOT, HANDLE ZEROES8 ZEROES8);
    assert_int_equal(vwr_fs_mkdir(&driver, &root, "d", 0755, &made), VWR_OK);
    HEARD(VWR_FUSE_MKDIR, VWR_FUSE_ROOT, "\xed\1\0\0\0\0\0\0d\0");
    assert_int_equal(vwr_fs_rename(&driver, &root, "d", &made, "efg"), VWR_OK);
    HEARD(VWR_FUSE_RENAME, VWR_FUSE_ROOT,
          "\x88\x77\x66\x55\x44\x33\x22\x11"
          "d\0efg\0");
    assert_int_equal(vwr_fs_unlink(&driver, &root, "efg"), VWR_OK);
    HEARD(VWR_FUSE_UNLINK, VWR_FUSE_ROOT, "efg\0");
    assert_int_equal(vwr_fs_rmdir(&driver, &root, "d"), VWR_OK);
    HEARD(VWR_FUSE_RMDIR, VWR_FUSE_ROOT, "d\0");
    assert_int_equal(vwr_fs_forget(&driver, &made), VWR_OK);
    HEARD(VWR_FUSE_FORGET, FILES_ID, "\1\0\0\0\0\0\0\0");
    assert_int_equal(vwr_fs_create(&driver, &root, "new", VWR_P9_O_RDWR, 0644, &node, &file), VWR_OK);
    HEARD(VWR_FUSE_CREATE, VWR_FUSE_ROOT, "\x42\0\0\0\xa4\x81\0\0\0\0\0\0\0\0\0\0new\0");
    assert_true(file.number == FILES_HANDLE && node.number == FILES_ID);
    assert_int_equal(vwr_fs_unmount(&driver), VWR_OK);
    HEARD(VWR_FUSE_DESTROY, 0, "");
    assert_int_equal(vwr_fs_getattr(&driver, &node, &attr), VWR_EIO);
    assert_int_equal(vwr_fs_error(&driver), VWR_P9_ESTALE);
    assert_int_equal(vwr_fs_unmount(&driver), VWR_EFAILED);
    assert_int_equal(fake_files.count, 0);
    end(w);
}

/* ---- the messages of Linux ---- */

/* Does this byte behind the header depend on the caller: flags of its open file, the owner of its locks? */
static bool is_callers(uint8_t opcode, size_t at)
{
    switch (opcode) {
    case VWR_FUSE_READ:
    case VWR_FUSE_WRITE:
    case VWR_FUSE_READDIR:
        return at >= 32 && at < 36;
    case VWR_FUSE_OPENDIR:
        return at < 4;
    case VWR_FUSE_FLUSH:
        return at >= 16;
    case VWR_FUSE_RELEASE:
    case VWR_FUSE_RELEASEDIR:
        return at >= 8 && at < 12;
    default:
        return false;
    }
}

/* The server heard one message, which has these bytes behind its header when Linux sends it. */
static void heard_as_linux(uint8_t opcode, uint64_t of, const char *bytes, size_t count)
{
    const uint8_t *const body = fake_files.message[0] + VWR_FUSE_HEADER;

    assert_int_equal(fake_files.count, 1);
    assert_int_equal(fake_files_number(0, 4, 4), opcode);
    assert_true(fake_files_number(0, 16, 8) == of);
    assert_int_equal(fake_files.bytes[0], VWR_FUSE_HEADER + count);
    for (size_t i = 0; i < count; i++)
        if (!is_callers(opcode, i) && body[i] != (uint8_t)bytes[i])
            fail_msg("message %u has %#x behind its header at %zu", opcode, body[i], i);
    fake_files.count = 0;
}

/*
 * The requests of Linux 6.1, fs/fuse: tests/qemu/exchanges/recorded.txtar, fs.txt, where test_benches.py
 * looks for these bytes. Nodes and handles are those of virtiofsd.
 */
#define LINUX(call, result, of, opcode, bytes)                \
    do {                                                      \
        assert_int_equal(call, result);                       \
        heard_as_linux(opcode, of, bytes, sizeof(bytes) - 1); \
    } while (0)

static void files_as_linux(void)
{
    struct vwr_fs_attr mode = {.mode = 0x8180};
    struct vwr_fs_attr owner = {.uid = 1, .gid = 2};
    struct vwr_fs_attr modified = {.modified.seconds = 86400};

    LINUX(vwr_fs_lookup(&driver, &root, "hello", &node, NULL), VWR_OK, 1, 1, "hello\0");
    node.number = 2;
    LINUX(vwr_fs_open_file(&driver, &node, 0x20000, &file), VWR_OK, 2, 14, "\0\0\2\0\0\0\0\0");
    file.number = 1;
    LINUX(vwr_fs_read(&driver, &file, 4096, data, 4096), 4096, 2, 15,
          "\1\0\0\0\0\0\0\0\0\x10\0\0\0\0\0\0\0\x10\0\0\0\0\0\0" ZEROES8 "\0\0\2\0\0\0\0\0");
    LINUX(vwr_fs_flush(&driver, &file), VWR_OK, 2, 25,
          "\1\0\0\0\0\0\0\0" ZEROES8 "\xa3\x78\x34\x07\x76\x51\x13\x33");
    LINUX(vwr_fs_release(&driver, &file), VWR_OK, 2, 18, "\1\0\0\0\0\0\0\0\0\0\2\0\0\0\0\0" ZEROES8);
    LINUX(vwr_fs_create(&driver, &root, "written", 0x20041, 0x81b6, &node, &file), VWR_OK, 1, 35,
          "\x41\0\2\0\xb6\x81\0\0\0\0\0\0\0\0\0\0written\0");
    node.number = file.node = 3;
    file.number = 1;
    memcpy(data, "bytes of the guest's\n", 21);
    LINUX(vwr_fs_write(&driver, &file, 42, data, 21), 21, 3, 16,
          "\1\0\0\0\0\0\0\0\x2a\0\0\0\0\0\0\0\x15\0\0\0\0\0\0\0" ZEROES8
          "\1\0\2\0\0\0\0\0bytes of the guest's\n");
    LINUX(vwr_fs_fsync(&driver, &file), VWR_OK, 3, 20, "\1\0\0\0\0\0\0\0" ZEROES8);
    LINUX(vwr_fs_setattr(&driver, &node, 1, &mode), VWR_OK, 3, 4,
          "\1\0\0\0\0\0\0\0" ZEROES8 ZEROES8 ZEROES8 ZEROES8 ZEROES8 ZEROES8 ZEROES8
          "\0\0\0\0\x80\x81\0\0" ZEROES8 ZEROES8);
    LINUX(vwr_fs_setattr(&driver, &node, 0x20, &modified), VWR_OK, 3, 4,
          "\x20\0\0\0\0\0\0\0" ZEROES8 ZEROES8 ZEROES8 ZEROES8
          "\x80\x51\1\0\0\0\0\0" ZEROES8 ZEROES8 ZEROES8 ZEROES8 ZEROES8);
    LINUX(vwr_fs_setattr(&driver, &node, 6, &owner), VWR_OK, 3, 4,
          "\6\0\0\0\0\0\0\0" ZEROES8 ZEROES8 ZEROES8 ZEROES8 ZEROES8 ZEROES8 ZEROES8 ZEROES8
          "\0\0\0\0\1\0\0\0\2\0\0\0\0\0\0\0");
    LINUX(vwr_fs_getattr(&driver, &node, &mode), VWR_OK, 3, 3, ZEROES8 ZEROES8);
}

static void folders_as_linux(void)
{
    struct vwr_fs_statfs about;

    LINUX(vwr_fs_open_folder(&driver, &root, &file), VWR_OK, 1, 27, "\0\x48\2\0\0\0\0\0");
    file.number = 0;
    LINUX(vwr_fs_readdir(&driver, &file, 0, data, 4096), 0, 1, 28,
          ZEROES8 ZEROES8 "\0\x10\0\0\0\0\0\0" ZEROES8 "\0\x48\2\0\0\0\0\0");
    LINUX(vwr_fs_readdir(&driver, &file, INT64_MAX, data, 4096), 0, 1, 28,
          ZEROES8 "\xff\xff\xff\xff\xff\xff\xff\x7f\0\x10\0\0\0\0\0\0" ZEROES8 "\0\x48\2\0\0\0\0\0");
    LINUX(vwr_fs_release_folder(&driver, &file), VWR_OK, 1, 29, ZEROES8 "\0\x48\2\0\0\0\0\0" ZEROES8);
    LINUX(vwr_fs_statfs(&driver, &root, &about), VWR_OK, 1, 17, "");
    LINUX(vwr_fs_mkdir(&driver, &root, "folder", 0x1ff, &node), VWR_OK, 1, 9, "\xff\1\0\0\0\0\0\0folder\0");
    node.number = 4;
    LINUX(vwr_fs_rename(&driver, &root, "written", &node, "moved"), VWR_OK, 1, 12,
          "\4\0\0\0\0\0\0\0written\0moved\0");
    LINUX(vwr_fs_unlink(&driver, &node, "moved"), VWR_OK, 4, 10, "moved\0");
    LINUX(vwr_fs_rmdir(&driver, &root, "folder"), VWR_OK, 1, 11, "folder\0");
    LINUX(vwr_fs_forget(&driver, &node), VWR_OK, 4, 2, "\1\0\0\0\0\0\0\0");
    LINUX(vwr_fs_unmount(&driver), VWR_OK, 0, 38, "");
}

/* Linux's INIT has more flags, and more fields behind them. */
static void as_linux(struct world *w, const struct format *f, const void *param)
{
    static const char init[] = "\7\0\0\0\x26\0\0\0\0\0\2\0\xfb\xff\xff\x7b";

    (void)param;
    fake_fs_plug(w, f);
    open_it(w);
    assert_int_equal(vwr_fs_mount(&driver, &root), VWR_OK);
    assert_int_equal(fake_files_number(0, 4, 4), 26);
    assert_memory_equal(fake_files.message[0] + VWR_FUSE_HEADER, init, 4);
    assert_int_equal(
        fake_files_number(0, VWR_FUSE_HEADER + 12, 4) & ~vwr_p9_get((const uint8_t *)init + 12, 4), 0);
    fake_files.count = 0;
    files_as_linux();
    folders_as_linux();
    end(w);
}

/* ---- what the caller may not pass ---- */

static void wrong_use(struct world *w, const struct format *f, const void *param)
{
    char name[VWR_FUSE_NAME + 2];
    struct vwr_fs_node made;

    (void)param;
    begin_opened(w, f);
    memset(name, 'x', sizeof(name));
    name[VWR_FUSE_NAME + 1] = '\0';
    assert_int_equal(vwr_fs_mkdir(&driver, &root, name, 0755, &made), VWR_EINVAL);
    assert_int_equal(vwr_fs_lookup(&driver, &root, "a/b", &made, NULL), VWR_EINVAL);
    assert_int_equal(vwr_fs_lookup(&driver, &root, "..", &made, NULL), VWR_EINVAL);
    assert_int_equal(vwr_fs_unlink(&driver, &root, ""), VWR_EINVAL);
    assert_int_equal(vwr_fs_rmdir(&driver, &root, "."), VWR_EINVAL);
    assert_int_equal(vwr_fs_rename(&driver, &root, "a", &root, "b/c"), VWR_EINVAL);
    assert_int_equal(vwr_fs_read(&driver, &file, 0, data, UINT32_C(1) << 31), VWR_EINVAL);
    vwr_fs_fill_read(&request[0], &file, 0, data, vwr_fs_io_bytes(&driver) + 1);
    assert_int_equal(vwr_fs_submit(vwr_fs_get_requestq(&driver, 0), &request[0]), VWR_EINVAL);
    assert_int_equal(fake_files.count, 0);
    name[VWR_FUSE_NAME] = '\0';
    assert_int_equal(vwr_fs_rename(&driver, &root, name, &root, name), VWR_OK); /* the longest message */
    assert_int_equal(fake_files.bytes[0], VWR_FUSE_HEADER + 8 + 2 * (VWR_FUSE_NAME + 1));
    end(w);
}

/* ---- sizes ---- */

static void sizes(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin_opened(w, f);
    assert_int_equal(vwr_fs_io_bytes(&driver), VWR_FS_IO_BYTES);
    files_server.max_write = 4096;
    assert_int_equal(vwr_fs_mount(&driver, &root), VWR_OK);
    assert_int_equal(vwr_fs_io_bytes(&driver), 4096);
    assert_int_equal(vwr_fs_open_file(&driver, &root, 0, &file), VWR_OK);
    fake_files.count = 0;
    assert_int_equal(vwr_fs_read(&driver, &file, 0, data, LONG), FILES_SIZE);
    assert_memory_equal(data, files_server.file, FILES_SIZE);
    assert_int_equal(fake_files.count, 4); /* the last one is at the end of the file */
    short_counts();
    end(w);
}

/* ---- the DAX window ---- */

#define WINDOW UINT64_C(0x100000000)
#define UNIT 65536u

static int map(uint64_t offset, uint64_t bytes, uint32_t flags, uint64_t place)
{
    fake_files.count = 0;
    return vwr_fs_map(&driver, &file, offset, bytes, flags, place);
}

static int unmap(uint64_t place, uint64_t bytes)
{
    fake_files.count = 0;
    return vwr_fs_unmap(&driver, place, bytes);
}

static void begin_window(struct world *w, const struct format *f)
{
    begin_opened(w, f);
    assert_int_equal(vwr_fs_map_unit(&driver), 0); /* there is none */
    assert_int_equal(map(0, 1, VWR_FUSE_MAPPING_READ, 0), VWR_ERANGE);
    driver.options.window_bytes = WINDOW;
    files_server.flags = VWR_FUSE_MAP_ALIGNMENT;
    files_server.map_alignment = 16;
    assert_int_equal(vwr_fs_mount(&driver, &root), VWR_OK);
    HEARD(VWR_FUSE_INIT, 0, "\7\0\0\0\x1f\0\0\0\0\0\0\0\x20\0\x40\4");
    assert_int_equal(vwr_fs_lookup(&driver, &root, "f", &node, NULL), VWR_OK);
    assert_int_equal(vwr_fs_open_file(&driver, &node, VWR_P9_O_RDWR, &file), VWR_OK);
    assert_int_equal(vwr_fs_map_unit(&driver), UNIT);
}

static void window(struct world *w, const struct format *f, const void *param)
{
    const uint32_t both = VWR_FUSE_MAPPING_READ | VWR_FUSE_MAPPING_WRITE;

    (void)param;
    begin_window(w, f);
    assert_int_equal(map(UNIT, 5, VWR_FUSE_MAPPING_READ, WINDOW - UNIT), VWR_OK);
    HEARD(VWR_FUSE_SETUPMAPPING, FILES_ID,
          HANDLE "\0\0\1\0\0\0\0\0\5\0\0\0\0\0\0\0\2\0\0\0\0\0\0\0\0\0\xff\xff\0\0\0\0");
    assert_int_equal(map(0, WINDOW, both, 0), VWR_OK);
    HEARD(VWR_FUSE_SETUPMAPPING, FILES_ID, HANDLE ZEROES8 "\0\0\0\0\1\0\0\0\3\0\0\0\0\0\0\0" ZEROES8);
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
    assert_int_equal(fake_files.count, 0);
    files_server.fails = VWR_FUSE_SETUPMAPPING;
    files_server.error = VWR_P9_ENOSYS;
    assert_int_equal(map(0, 1, both, 0), VWR_EIO);
    assert_int_equal(vwr_fs_error(&driver), VWR_P9_ENOSYS);
    explains("SETUPMAPPING: the server answers");
    assert_int_equal(vwr_fs_unmount(&driver), VWR_OK);
    assert_int_equal(vwr_fs_map_unit(&driver), 0);
    assert_int_equal(unmap(1, 1), VWR_OK); /* the session has taken its mappings along */
    assert_int_equal(unmap(0, WINDOW + 1), VWR_ERANGE);
    assert_int_equal(map(0, 1, both, 0), VWR_EIO); /* stale */
    assert_int_equal(fake_files.count, 0);
    end(w);
}

/* A server states its unit only with a flag, and never a unit of which an offset cannot be a multiple. */
static void D30_units(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin_window(w, f);
    files_server.map_alignment = 63;
    assert_int_equal(vwr_fs_mount(&driver, &root), VWR_OK);
    assert_true(vwr_fs_map_unit(&driver) == UINT64_C(1) << 63);
    files_server.map_alignment = 64;
    assert_int_equal(vwr_fs_mount(&driver, &root), VWR_EPROTO);
    explains("INIT: a map_alignment of 64");
    assert_int_equal(vwr_fs_map_unit(&driver), 0);
    files_server.flags = 0;
    assert_int_equal(vwr_fs_mount(&driver, &root), VWR_OK);
    assert_int_equal(vwr_fs_map_unit(&driver), 1);
    assert_int_equal(vwr_fs_open_file(&driver, &root, VWR_P9_O_RDWR, &file), VWR_OK);
    assert_int_equal(map(7, 7, VWR_FUSE_MAPPING_WRITE, 7), VWR_OK);
    files_server.flags = VWR_FUSE_MAP_ALIGNMENT;
    driver.options.window_bytes = 0;
    assert_int_equal(vwr_fs_mount(&driver, &root), VWR_OK); /* nobody asked */
    assert_int_equal(vwr_fs_map_unit(&driver), 0);
    end(w);
}

/* ---- answers that are wrong ---- */

/* Each message of a session that has an answer. */
static int say(uint8_t opcode)
{
    struct vwr_fs_attr attr = {.mode = 0};
    struct vwr_fs_statfs about;
    struct vwr_fs_node made;
    struct vwr_fs_file opened;
    int r;

    fake_files.count = 0;
    switch (opcode) {
    case VWR_FUSE_LOOKUP:
        return vwr_fs_lookup(&driver, &root, "a", &made, &attr);
    case VWR_FUSE_OPEN:
        return vwr_fs_open_file(&driver, &node, 0, &opened);
    case VWR_FUSE_CREATE:
        return vwr_fs_create(&driver, &root, "c", 0, 0, &made, &opened);
    case VWR_FUSE_READ:
        r = vwr_fs_read(&driver, &file, 0, data, 100);
        return r == 100 ? VWR_OK : r;
    case VWR_FUSE_WRITE:
        r = vwr_fs_write(&driver, &file, 0, data, 100);
        return r == 100 ? VWR_OK : r;
    case VWR_FUSE_READDIR:
        r = vwr_fs_readdir(&driver, &file, 0, data, 100);
        return r > 0 ? VWR_OK : r;
    case VWR_FUSE_GETATTR:
        return vwr_fs_getattr(&driver, &node, &attr);
    case VWR_FUSE_SETATTR:
        return vwr_fs_setattr(&driver, &node, 0, &attr);
    case VWR_FUSE_MKDIR:
        return vwr_fs_mkdir(&driver, &root, "d", 0, &made);
    case VWR_FUSE_UNLINK:
        return vwr_fs_unlink(&driver, &root, "d");
    case VWR_FUSE_RENAME:
        return vwr_fs_rename(&driver, &root, "d", &root, "e");
    case VWR_FUSE_FLUSH:
        return vwr_fs_flush(&driver, &file);
    case VWR_FUSE_SETUPMAPPING:
        driver.options.window_bytes = 1;
        return vwr_fs_map(&driver, &file, 0, 1, VWR_FUSE_MAPPING_READ, 0);
    case VWR_FUSE_REMOVEMAPPING:
        driver.options.window_bytes = 1;
        return vwr_fs_unmap(&driver, 0, 1);
    default:
        return vwr_fs_statfs(&driver, &node, &about);
    }
}

static const struct said said[] = {{VWR_FUSE_LOOKUP, 144, false},       {VWR_FUSE_OPEN, 32, false},
                                   {VWR_FUSE_CREATE, 160, false},       {VWR_FUSE_WRITE, 24, false},
                                   {VWR_FUSE_READ, 116, true},          {VWR_FUSE_READDIR, 116, true},
                                   {VWR_FUSE_GETATTR, 120, false},      {VWR_FUSE_SETATTR, 120, false},
                                   {VWR_FUSE_MKDIR, 144, false},        {VWR_FUSE_UNLINK, 16, false},
                                   {VWR_FUSE_RENAME, 16, false},        {VWR_FUSE_FLUSH, 16, false},
                                   {VWR_FUSE_STATFS, 96, false},        {VWR_FUSE_SETUPMAPPING, 16, false},
                                   {VWR_FUSE_REMOVEMAPPING, 16, false}, {0, 0, false}};

static void lie_more(uint8_t type)
{
    fake_files_lie(type, 4, 4, 77); /* errors are negative */
    assert_int_equal(say(type), VWR_EPROTO);
    fake_files_lie(type, 4, 4, UINT32_C(0x80000000));
    assert_int_equal(say(type), VWR_EPROTO);
}

static void lie_errors(uint8_t type)
{
    (void)type;
}

/* More bytes than were requested; a node with number 0. */
static void D30_counts(struct world *w, const struct format *f, const void *param)
{
    struct vwr_fs_node made;

    (void)param;
    begin_opened(w, f);
    fake_files_lie(VWR_FUSE_WRITE, VWR_FUSE_OUT_HEADER, 4, 101);
    assert_int_equal(say(VWR_FUSE_WRITE), VWR_EPROTO);
    explains("counts 101 bytes");
    fake_files_lie(VWR_FUSE_LOOKUP, VWR_FUSE_OUT_HEADER, 8, 0);
    assert_int_equal(vwr_fs_lookup(&driver, &root, "a", &made, NULL), VWR_EIO);
    assert_int_equal(vwr_fs_error(&driver), VWR_P9_ENOENT);
    fake_files_lie(VWR_FUSE_INIT, VWR_FUSE_OUT_HEADER, 4, 8);
    assert_int_equal(vwr_fs_mount(&driver, &root), VWR_EUNSUPP);
    fake_files_lie(0, 0, 0, 0);
    files_server.minor = VWR_FUSE_MINOR - 1;
    assert_int_equal(vwr_fs_mount(&driver, &root), VWR_EUNSUPP);
    explains("7.31, it says 30");
    files_server.minor = VWR_FUSE_MINOR + 7;
    files_server.max_write = VWR_FUSE_WRITE_MIN - 1;
    assert_int_equal(vwr_fs_mount(&driver, &root), VWR_EPROTO);
    explains("max_write of 4095 bytes");
    assert_int_equal(say(VWR_FUSE_GETATTR), VWR_EIO); /* there is no session */
    assert_int_equal(fake_files.count, 0);
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
    begin_opened(w, f);
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
    assert_int_equal(vwr_fs_read_tag(&driver, text), VWR_FS_TAG);
    assert_int_equal(strlen(text), VWR_FS_TAG);
    vwr_dev_fail(&w->mmio.dev);
    assert_int_equal(vwr_fs_read_tag(&driver, text), VWR_EFAILED);
    assert_int_equal(vwr_close(&driver.bringup), VWR_OK);
    w->f.queue[VWR_FS_QUEUE_HIPRIO].size_max = 0;
    assert_int_equal(vwr_fs_open(&driver, &w->mmio.dev, &o), VWR_ENOQUEUE);
    w->f.queue[VWR_FS_QUEUE_HIPRIO].size_max = 8;
    assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
    fake_config(&w->f, VWR_FS_CONFIG_NUM_REQUEST_QUEUES, 4, 0);
    assert_int_equal(vwr_fs_open(&driver, &w->mmio.dev, &o), VWR_EPROTO);
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
    begin_opened(w, f);
    assert_int_equal(vwr_fs_open_folder(&driver, &root, &opened), VWR_OK);
    assert_int_equal(vwr_fs_read(&driver, &file, 0, text, 10),
                     VWR_PORT_HAS_DMA_MAP ? 10 : VWR_EINVAL); /* not in the device's memory */
    files_server.fails = VWR_FUSE_INIT;
    files_server.error = VWR_P9_EACCES;
    assert_int_equal(vwr_fs_mount(&driver, &folder), VWR_EIO);
    assert_int_equal(vwr_fs_error(&driver), VWR_P9_EACCES);
    files_server.fails = 0;
    assert_int_equal(vwr_fs_mount(&driver, &folder), VWR_OK);
    fake_files.count = 0;
    assert_int_equal(vwr_fs_rename(&driver, &folder, "a", &root, "b"), VWR_EIO);
    assert_int_equal(vwr_fs_error(&driver), VWR_P9_ESTALE);
    assert_int_equal(vwr_fs_rename(&driver, &root, "a", &folder, "b"), VWR_EIO);
    assert_int_equal(vwr_fs_error(&driver), VWR_P9_ESTALE);
    assert_int_equal(vwr_fs_release_folder(&driver, &opened), VWR_OK);
    assert_int_equal(fake_files.count, 0);
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
    ADD(as_linux, few);
    ADD(in_flight, all);
    ADD(wrong_use, few);
    ADD(sizes, few);
    ADD(small_ring, few);
    ADD(window, few);
    ADD(D30_units, one);
    format_add(&tests, "D42_answers", D42_answers, said, &few);
    format_add(&tests, "D05_short_answers", D05_short_answers, said, &few);
    ADD(D30_counts, few);
    ADD(D30_entries, one);
    ADD(open_and_tag, few);
    ADD(earlier_session, few);
    return format_run("fs", &tests);
}
