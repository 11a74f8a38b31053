/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "ram.h"
#include "suspend.h"
#include "vmm.h"
#include "vmm_pci.h"

#include "vwr/fs.h"
#include "vwr/v9p_memory.h"
#include "vwr/vfs.h"
#include "vwr/vstate.h"
#include "vwr_posix_folder.h"
#include "../common/random.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/*
 * The files of a tree in memory, then of a folder of this machine, by FUSE. They are written and read at any
 * offset and checked against a separate copy, with several requests in flight; they are renamed, truncated
 * and listed. Meanwhile the device is suspended, and fails: then nodes are stale and files remain. Files of
 * the folder are also mapped into a DAX window; saved states do without.
 */

#define SLOT 2u
#define QUEUE_SIZE 128u /* twice VWR_FS_QUEUE */
#define CALLS 4u
#define WRITE_BYTES 8192u
#define NODES 24u
#define FILES 4u
#define FILE_BYTES 20000u
#define STEPS 20u /* multiplied by scale */
#define POOL VWR_V9P_MEMORY_POOL((size_t)256 << 10)
#define UNIT 65536u /* of the DAX window */
#define WINDOW_BYTES (8u * UNIT)
#define WINDOW_ADDR UINT64_C(0x4000000000)
#define ENTRIES (FILES + 4u) /* including the root, two folders and a file that is moved */

static struct {
    struct vwr_vfs device;
    struct vwr_vfs_node node[NODES];
    struct vwr_vmessage message[CALLS];
    struct vwr_vfs_call call[CALLS];
    struct vwr_vseg seg[VWR_VFS_SEGS(CALLS)];
    struct vwr_vqueue queue[VWR_VFS_QUEUES];
    struct vwr_vqueue_entry own[VWR_VFS_QUEUES * QUEUE_SIZE];
    struct vwr_v9p_memory tree;
    struct vwr_v9p_memory_file file[ENTRIES];
    struct vwr_v9p_memory_entry entry[ENTRIES];
    uint64_t pool[POOL / 8];
    union vmm_end end;
    struct vwr_features avoid;
    struct vwr_fs_node root;
    struct vwr_fs_node found[FILES];
    struct vwr_fs_file opened[FILES];
    uint8_t *data[FILES];
    uint8_t copy[FILES][FILE_BYTES];
    uint32_t size[FILES];
} fs;

static struct {
    struct vwr_posix_folder folder;
    struct vwr_vfiles_ops ops; /* those of the folder, but for getattr */
    int (*getattr)(struct vwr_vfiles *f, struct vwr_vfiles_call *c);
    unsigned getattrs;                            /* calls */
    struct vwr_posix_folder_file file[NODES + 1]; /* and one for a look-up, or for the walk of a load */
    char path[40];
    uint8_t *window; /* NULL: the device has none */
    struct vwr_vdev_shm region;
} host;

static struct vwr_fs driver;
static struct vwr_fs_request late[FILES];
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
    CHECK_NUMBER(vwr_fs_error(&driver), error);
}

/* Opens file n; creates it in the first session. */
static void begin_session(bool first)
{
    struct vwr_fs_attr attr;

    CHECK_NUMBER(vwr_fs_mount(&driver, &fs.root), VWR_OK);
    CHECK_NUMBER(vwr_fs_io_bytes(&driver), WRITE_BYTES);
    for (unsigned n = 0; n < FILES; n++) {
        if (first) {
            CHECK_NUMBER(vwr_fs_create(&driver, &fs.root, name_of(n), VWR_P9_O_RDWR, 0644, &fs.found[n],
                                       &fs.opened[n]),
                         VWR_OK);
            continue;
        }
        CHECK_NUMBER(vwr_fs_lookup(&driver, &fs.root, name_of(n), &fs.found[n], &attr), VWR_OK);
        CHECK_NUMBER(attr.bytes, fs.size[n]);
        CHECK_NUMBER(attr.mode, VWR_P9_S_REG | 0644);
        CHECK_NUMBER(vwr_fs_open_file(&driver, &fs.found[n], VWR_P9_O_RDWR, &fs.opened[n]), VWR_OK);
    }
    CHECK_NUMBER(fs.device.nodes_used, 2 * FILES);
}

/* ---- files ---- */

/* Longer than a message. */
static void write_file(unsigned n)
{
    const uint32_t offset = random_below(&state, fs.size[n] + 1);
    uint32_t bytes = random_below(&state, 2 * WRITE_BYTES);

    if (bytes > FILE_BYTES - offset)
        bytes = FILE_BYTES - offset;
    for (uint32_t i = 0; i < bytes; i++)
        fs.data[n][i] = fs.copy[n][offset + i] = (uint8_t)random_below(&state, 256);
    CHECK_NUMBER(vwr_fs_write(&driver, &fs.opened[n], offset, fs.data[n], bytes), bytes);
    if (fs.size[n] < offset + bytes)
        fs.size[n] = offset + bytes;
}

/* Reads each file, with all reads in flight together. */
static void read_files(void)
{
    struct vwr_fs_requestq *const q = vwr_fs_get_requestq(&driver, 0);
    uint32_t offset[FILES], count[FILES];
    struct vwr_fs_request *done[FILES];

    for (unsigned i = 0; i < FILES; i++) {
        offset[i] = random_below(&state, fs.size[i] + 100);
        count[i] = 1 + random_below(&state, vwr_fs_io_bytes(&driver));
        vwr_fs_fill_read(&late[i], &fs.opened[i], offset[i], fs.data[i], count[i]);
        CHECK_NUMBER(vwr_fs_submit(q, &late[i]), VWR_OK);
    }
    CHECK_NUMBER(vwr_fs_mount(&driver, &fs.root), VWR_EBUSY);
    (void)vwr_fs_kick(q);
    vmm_run_until_idle();
    CHECK_NUMBER(vwr_fs_reap(q, done, FILES), FILES);
    for (unsigned i = 0; i < FILES; i++) {
        const uint32_t left = offset[i] < fs.size[i] ? fs.size[i] - offset[i] : 0;
        const uint32_t bytes = count[i] < left ? count[i] : left;

        CHECK_NUMBER(late[i].req.result, VWR_OK);
        CHECK_NUMBER(late[i].count, bytes);
        CHECK(memcmp(fs.data[i], fs.copy[i] + offset[i], bytes) == 0);
    }
}

/* A call reads across messages, up to the end of the file. */
static void read_whole(unsigned n)
{
    CHECK_NUMBER(vwr_fs_read(&driver, &fs.opened[n], 0, fs.data[n], 2 * FILE_BYTES), fs.size[n]);
    CHECK(memcmp(fs.data[n], fs.copy[n], fs.size[n]) == 0);
}

/* ---- names ---- */

static void check_list(const struct vwr_fs_node *folder, uint32_t room, unsigned entries)
{
    struct vwr_fs_entry e = {.next = 0};
    struct vwr_fs_file file;
    unsigned count = 0;
    int bytes;

    CHECK_NUMBER(vwr_fs_open_folder(&driver, folder, &file), VWR_OK);
    while ((bytes = vwr_fs_readdir(&driver, &file, e.next, fs.data[0], room)) > 0)
        for (uint32_t at = 0; vwr_fs_next_entry(fs.data[0], (uint32_t)bytes, &at, &e) == 1;)
            count++;
    CHECK_NUMBER(bytes, 0);
    CHECK_NUMBER(count, entries);
    CHECK_NUMBER(vwr_fs_release_folder(&driver, &file), VWR_OK);
}

/* A file is moved from a folder into one within it, and truncated there. */
static void check_moved(const struct vwr_fs_node *one, const struct vwr_fs_node *two)
{
    struct vwr_fs_attr attr = {.mode = 0600, .bytes = 4000};
    struct vwr_fs_node node, again;
    unsigned getattrs;
    struct vwr_fs_file file;

    CHECK_NUMBER(vwr_fs_create(&driver, one, "moved", VWR_P9_O_RDWR, 0644, &node, &file), VWR_OK);
    CHECK_NUMBER(vwr_fs_write(&driver, &file, 5000, fs.data[0], 3), 3);
    CHECK_NUMBER(vwr_fs_flush(&driver, &file), VWR_OK);
    CHECK_NUMBER(vwr_fs_fsync(&driver, &file), VWR_OK);
    CHECK_NUMBER(vwr_fs_release(&driver, &file), VWR_OK);
    check_error(vwr_fs_read(&driver, &file, 0, fs.data[0], 1), VWR_P9_EBADF);
    CHECK_NUMBER(vwr_fs_rename(&driver, one, "moved", two, "here"), VWR_OK);
    check_error(vwr_fs_lookup(&driver, one, "moved", &again, NULL), VWR_P9_ENOENT);
    getattrs = host.getattrs;
    CHECK_NUMBER(vwr_fs_lookup(&driver, two, "here", &again, NULL), VWR_OK);
    CHECK_NUMBER(host.getattrs, getattrs); /* the walk has them */
    CHECK(again.number == node.number);
    CHECK_NUMBER(vwr_fs_setattr(&driver, &again, VWR_FUSE_SET_MODE | VWR_FUSE_SET_SIZE, &attr), VWR_OK);
    CHECK_NUMBER(attr.bytes, 4000);
    CHECK_NUMBER(vwr_fs_getattr(&driver, &node, &attr), VWR_OK);
    CHECK_NUMBER(attr.mode, VWR_P9_S_REG | 0600);
    CHECK_NUMBER(vwr_fs_unlink(&driver, two, "here"), VWR_OK);
    CHECK_NUMBER(vwr_fs_forget(&driver, &again), VWR_OK);
    CHECK_NUMBER(vwr_fs_forget(&driver, &node), VWR_OK);
    check_error(vwr_fs_getattr(&driver, &node, &attr), VWR_P9_ESTALE);
}

static void check_names(void)
{
    struct vwr_fs_node one, two;
    struct vwr_fs_statfs about;

    check_list(&fs.root, 100, FILES + 2);
    check_list(&fs.root, WRITE_BYTES * 2, FILES + 2);
    CHECK_NUMBER(vwr_fs_mkdir(&driver, &fs.root, "one", 0755, &one), VWR_OK);
    check_error(vwr_fs_mkdir(&driver, &fs.root, "one", 0755, &two), VWR_P9_EEXIST);
    CHECK_NUMBER(vwr_fs_mkdir(&driver, &one, "two", 0755, &two), VWR_OK);
    CHECK_NUMBER(vwr_fs_lookup(&driver, &one, "..", &two, NULL), VWR_EINVAL);
    check_moved(&one, &two);
    CHECK_NUMBER(vwr_fs_statfs(&driver, &two, &about), VWR_OK);
    CHECK_NUMBER(about.name_bytes, VWR_FUSE_NAME);
    check_error(vwr_fs_rmdir(&driver, &fs.root, "one"), VWR_P9_ENOTEMPTY);
    CHECK_NUMBER(vwr_fs_rmdir(&driver, &one, "two"), VWR_OK);
    CHECK_NUMBER(vwr_fs_rmdir(&driver, &fs.root, "one"), VWR_OK);
    CHECK_NUMBER(vwr_fs_forget(&driver, &two), VWR_OK);
    CHECK_NUMBER(vwr_fs_forget(&driver, &one), VWR_OK);
    CHECK_NUMBER(fs.device.nodes_used, 2 * FILES);
}

/* ---- the DAX window ---- */

/* Whether the guest can read there, as the kernel reports without a signal. */
static bool is_mapped(uint64_t place)
{
    int ends[2];
    ssize_t n;

    CHECK_SYS(pipe(ends) == 0);
    n = write(ends[1], host.window + place, 1);
    CHECK(n == 1 || errno == EFAULT);
    CHECK_SYS(close(ends[0]) == 0 && close(ends[1]) == 0);
    return n == 1;
}

static void map(unsigned n, uint64_t offset, uint64_t bytes, uint64_t place)
{
    const uint32_t both = VWR_FUSE_MAPPING_READ | VWR_FUSE_MAPPING_WRITE;

    CHECK_NUMBER(vwr_fs_map(&driver, &fs.opened[n], offset, bytes, both, place), VWR_OK);
}

static void check_content(unsigned n, uint64_t place)
{
    CHECK(memcmp(host.window + place, fs.copy[n], fs.size[n]) == 0);
}

/* A request that a driver without checks could send. */
static void check_refused_maps(void)
{
    const struct vwr_fs_file *const file = &fs.opened[0];
    const uint32_t reads = VWR_FUSE_MAPPING_READ;
    struct vwr_fs_file other;

    CHECK_NUMBER(vwr_fs_open_folder(&driver, &fs.root, &other), VWR_OK);
    check_error(vwr_fs_map(&driver, &other, 0, 1, reads, 0), VWR_P9_EISDIR);
    CHECK_NUMBER(vwr_fs_release_folder(&driver, &other), VWR_OK);
    CHECK_NUMBER(vwr_fs_open_file(&driver, &fs.found[0], VWR_P9_O_RDONLY, &other), VWR_OK);
    check_error(vwr_fs_map(&driver, &other, 0, 1, reads | VWR_FUSE_MAPPING_WRITE, 0), VWR_P9_EACCES);
    CHECK_NUMBER(vwr_fs_map(&driver, &other, 0, 1, reads, 7 * UNIT), VWR_OK);
    CHECK_NUMBER(vwr_fs_release(&driver, &other), VWR_OK);
    check_content(0, 7 * UNIT); /* without the file */
    CHECK_NUMBER(vwr_fs_map_unit(&driver), UNIT);
    driver.map_unit = 1;
    driver.options.window_bytes += UNIT;
    check_error(vwr_fs_map(&driver, file, 4096, 1, reads, 0), VWR_P9_EINVAL);
    check_error(vwr_fs_map(&driver, file, 0, 1, reads, 4096), VWR_P9_EINVAL);
    check_error(vwr_fs_map(&driver, file, 0, UNIT + 1, reads, 7 * UNIT), VWR_P9_EINVAL);
    check_error(vwr_fs_map(&driver, file, 0, 1, reads, 8 * UNIT), VWR_P9_EINVAL);
    check_error(vwr_fs_map(&driver, file, UINT64_C(1) << 63, 1, reads, 0), VWR_P9_EINVAL);
    check_error(vwr_fs_unmap(&driver, 4096, 1), VWR_P9_EINVAL);
    check_error(vwr_fs_unmap(&driver, 7 * UNIT, UNIT + 1), VWR_P9_EINVAL);
    driver.map_unit = UNIT;
    driver.options.window_bytes -= UNIT;
    check_content(0, 7 * UNIT);
}

/* Mappings have no place in a state. */
static void check_not_saved(void)
{
    static const struct vwr_vstate_class *const kinds[] = {&vwr_vfs_state};
    static uint8_t memory[16384];
    struct vwr_vstate s = {
        .memory = memory, .bytes = sizeof(memory), .kind = kinds, .kinds = 1, .bus = &vwr_vpci_state};

    CHECK_NUMBER(vwr_vdev_save(vwr_vfs_dev(&fs.device), 0, &s), VWR_EINFLIGHT);
}

/* Maps over a whole mapping, over a part of one and beyond its end; writes in both ways. */
static void check_window(void)
{
    uint8_t *const at = host.window + UNIT;

    if (host.window == NULL) {
        CHECK_NUMBER(vwr_fs_map_unit(&driver), 0);
        return;
    }
    do
        write_file(0);
    while (fs.size[0] == 0);
    map(0, 0, 3 * UNIT, UNIT);
    check_content(0, UNIT);
    for (uint32_t i = 0; i < fs.size[0]; i += 7)
        at[i] = fs.copy[0][i] = (uint8_t)(at[i] + 1);
    read_whole(0);
    write_file(0);
    check_content(0, UNIT);
    map(1, 0, 1, 2 * UNIT);
    map(2, 0, UNIT, 5 * UNIT);
    check_content(0, UNIT);
    check_content(1, 2 * UNIT);
    check_content(2, 5 * UNIT);
    map(3, 0, UNIT, 2 * UNIT);
    check_content(3, 2 * UNIT);
    CHECK_NUMBER(vwr_fs_unmap(&driver, 2 * UNIT, UNIT), VWR_OK);
    CHECK_NUMBER(vwr_fs_unmap(&driver, 2 * UNIT, UNIT), VWR_OK); /* nothing is there */
    CHECK(!is_mapped(2 * UNIT) && !is_mapped(0) && !is_mapped(4 * UNIT));
    check_content(0, UNIT);
    check_refused_maps();
    CHECK(is_mapped(UNIT) && is_mapped(7 * UNIT));
    check_not_saved();
}

static void check_no_mapping(void)
{
    for (uint64_t place = 0; host.window != NULL && place < WINDOW_BYTES; place += UNIT)
        CHECK(!is_mapped(place));
}

/* Where the driver finds it. */
static uint64_t find_window(void)
{
    struct vwr_region r = {0, 0};
    const uint8_t id = VWR_FS_SHM_ID_DAX_WINDOW;
    const bool on_pci = vwr_vfs_dev(&fs.device)->bus != NULL;

    CHECK_NUMBER(on_pci ? vwr_pci_get_region(&fs.end.pci, id, &r) : vwr_mmio_get_region(&fs.end.mmio, id, &r),
                 host.window != NULL ? VWR_OK : VWR_ENODEV);
    if (host.window == NULL)
        return 0;
    CHECK_NUMBER(r.addr, on_pci ? vmm_pci_region() : WINDOW_ADDR);
    CHECK_NUMBER(r.bytes, WINDOW_BYTES);
    return r.bytes;
}

/* ---- a guest that never sends FORGET ---- */

#define STRANGERS 30u /* files that the guest has not looked up; more than there are nodes */
#define RESERVE (NODES / VWR_VFS_RESERVE)

static const char *put_stranger(char *path, unsigned n)
{
    (void)snprintf(path, 80, "%s/stranger%u", host.path, n);
    return path + strlen(host.path) + 1;
}

/* Its look-ups end where the reserve begins; what it knows can still be looked up, opened and read. */
static void never_forgets(void)
{
    static struct vwr_fs_node node[STRANGERS];
    struct vwr_fs_file file[RESERVE + 1], created;
    unsigned known = 0;
    char path[80];

    for (unsigned n = 0; n < STRANGERS; n++) {
        const char *const name = put_stranger(path, n);
        const int fd = open(path, O_CREAT | O_WRONLY | O_EXCL, 0600);
        const bool fits = fs.device.nodes_used < NODES - 1u - RESERVE;

        CHECK_SYS(fd >= 0 && write(fd, name, strlen(name)) > 0 && close(fd) == 0);
        if (fits)
            CHECK_NUMBER(vwr_fs_lookup(&driver, &fs.root, name, &node[known++], NULL), VWR_OK);
        else
            check_error(vwr_fs_lookup(&driver, &fs.root, name, &node[known], NULL), VWR_P9_ENFILE);
    }
    CHECK_NUMBER(known, NODES - 1u - RESERVE - 2u * FILES);
    check_error(vwr_fs_mkdir(&driver, &fs.root, "new", 0755, &node[known]), VWR_P9_ENFILE);
    check_error(vwr_fs_create(&driver, &fs.root, "new", VWR_P9_O_RDWR, 0644, &node[known], &created),
                VWR_P9_ENFILE);
    check_error(vwr_fs_lookup(&driver, &fs.root, "new", &node[known], NULL), VWR_P9_ENOENT);
    for (unsigned pass = 0; pass < 2; pass++) {
        for (unsigned i = 0; i < RESERVE; i++) {
            const char *const name = put_stranger(path, i);

            CHECK_NUMBER(vwr_fs_lookup(&driver, &fs.root, name, &node[i], NULL), VWR_OK);
            CHECK_NUMBER(vwr_fs_open_file(&driver, &node[i], VWR_P9_O_RDONLY, &file[i]), VWR_OK);
            CHECK_NUMBER(vwr_fs_read(&driver, &file[i], 0, fs.data[0], 80), (int)strlen(name));
            CHECK(memcmp(fs.data[0], name, strlen(name)) == 0);
        }
        check_error(vwr_fs_open_file(&driver, &node[0], VWR_P9_O_RDONLY, &file[RESERVE]), VWR_P9_ENFILE);
        for (unsigned i = 0; i < RESERVE; i++)
            CHECK_NUMBER(vwr_fs_release(&driver, &file[i]), VWR_OK);
    }
    for (unsigned n = 0; n < STRANGERS; n++) {
        (void)put_stranger(path, n);
        CHECK_SYS(unlink(path) == 0);
    }
}

/* ---- failures ---- */

static void fail_and_recover(void)
{
    struct vwr_fs_node node;
    int r;

    vmm_may_break = true;
    vwr_vdev_needs_reset(vwr_vfs_dev(&fs.device));
    vmm_may_break = false;
    CHECK_NUMBER(vwr_dev_check(&fs.end.dev), VWR_ENEEDSRESET);
    while ((r = vwr_recover(&driver.bringup, &vwr_fs_bringup)) == VWR_EBUSY)
        continue;
    CHECK_NUMBER(r, VWR_OK);
    CHECK_NUMBER(fs.device.nodes_used, 0);
    check_no_mapping();
    check_error(vwr_fs_read(&driver, &fs.opened[0], 0, fs.data[0], 1), VWR_P9_ESTALE);
    check_error(vwr_fs_lookup(&driver, &fs.root, "a", &node, NULL), VWR_P9_ESTALE);
    CHECK_NUMBER(vwr_fs_release(&driver, &fs.opened[0]), VWR_OK);
    CHECK_NUMBER(vwr_fs_forget(&driver, &fs.found[0]), VWR_OK);
    begin_session(false);
}

static void open_driver(void)
{
    struct vwr_fs_node none = {0, 0};
    char tag[VWR_FS_TAG + 1];
    struct vwr_fs_options o = {.shared = (ram_reset(), ram_alloc_ring(sizeof(*o.shared)))};

    memcpy(&o.avoid, &fs.avoid, sizeof(o.avoid));
    memset(late, 0, sizeof(late));
    CHECK_NUMBER(vmm_find(&fs.end, SLOT), VWR_OK);
    o.window_bytes = find_window();
    CHECK_NUMBER(vwr_fs_open(&driver, &fs.end.dev, &o), VWR_OK);
    CHECK_NUMBER(vwr_fs_read_tag(&driver, tag), 4);
    CHECK(strcmp(tag, "pair") == 0);
    CHECK_NUMBER(vwr_fs_lookup(&driver, &none, "a", &none, NULL), VWR_EFAILED); /* there is no session */
    for (unsigned i = 0; i < FILES; i++)
        fs.data[i] = guest_alloc(2 * FILE_BYTES);
}

/* ---- the device ---- */

static int count_getattr(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    host.getattrs++;
    return host.getattr(f, c);
}

static struct vwr_vfiles *begin_folder(void)
{
    static const struct vwr_posix_folder_options o = {.file = host.file, .file_count = NODES + 1};

    strcpy(host.path, "folder_of_pair_fs_XXXXXX");
    CHECK_SYS(mkdtemp(host.path) != NULL);
    CHECK_NUMBER(vwr_posix_folder_open(&host.folder, host.path, &o), VWR_OK);
    host.getattrs = 0;
    host.getattr = host.folder.files.ops->getattr;
    host.ops = *host.folder.files.ops;
    host.ops.getattr = count_getattr;
    host.folder.files.ops = &host.ops;
    return &host.folder.files;
}

/* Checks that the files equal the copies, without the driver; removes them. */
static void end_folder(void)
{
    uint8_t content[FILE_BYTES];
    char path[120];

    CHECK_NUMBER(host.folder.in_use, 0);
    CHECK(host.getattrs != 0);
    vwr_posix_folder_close(&host.folder);
    for (unsigned n = 0; n < FILES; n++) {
        FILE *f;

        (void)snprintf(path, sizeof(path), "%s/%s", host.path, name_of(n));
        f = fopen(path, "r");
        CHECK_SYS(f != NULL);
        CHECK_NUMBER(fread(content, 1, sizeof(content), f), fs.size[n]);
        CHECK(memcmp(content, fs.copy[n], fs.size[n]) == 0);
        CHECK_SYS(fclose(f) == 0 && unlink(path) == 0);
    }
    CHECK_SYS(rmdir(host.path) == 0);
    host.path[0] = '\0';
}

/* As a VMM reserves it. A device whose window is in use is not saved. */
static void begin_window(bool possible)
{
#if TEST_SAVES
    possible = false;
#endif
    if (host.window != NULL)
        CHECK_SYS(munmap(host.window, WINDOW_BYTES) == 0);
    host.window = NULL;
    if (!possible)
        return;
    host.window = mmap(NULL, WINDOW_BYTES, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    CHECK_SYS(host.window != MAP_FAILED);
    host.region = (struct vwr_vdev_shm){WINDOW_ADDR, WINDOW_BYTES};
}

static void init_device(unsigned kind, bool deferred, bool of_host)
{
    const struct vwr_v9p_memory_options t = {.file = fs.file,
                                             .file_count = ENTRIES,
                                             .entry = fs.entry,
                                             .entry_count = ENTRIES,
                                             .pool = fs.pool,
                                             .pool_bytes = sizeof(fs.pool)};
    struct vwr_vfs_options o = {.files = of_host ? begin_folder() : &fs.tree.files,
                                .tag = "pair",
                                .node = fs.node,
                                .node_count = NODES,
                                .message = fs.message,
                                .call = fs.call,
                                .seg = fs.seg,
                                .message_count = CALLS,
                                .call_count = CALLS,
                                .seg_count = VWR_COUNT(fs.seg),
                                .max_write = WRITE_BYTES};
    struct vwr_vdev_setup s = {.vm = &vmm,
                               .line = SLOT,
                               .queue = fs.queue,
                               .queue_count = VWR_VFS_QUEUES,
                               .own = fs.own,
                               .own_count = VWR_COUNT(fs.own)};

    vmm_begin(deferred);
    memset(&fs, 0, sizeof(fs));
    CHECK_NUMBER(vwr_v9p_memory_init(&fs.tree, &t), VWR_OK);
    s.queue_size = QUEUE_SIZE;
    s.budget_bytes = random_below(&state, 2) == 0 ? 0 : 2048;
    s.legacy = (kind & DISK_LEGACY) != 0;
    disk_offer(&s.features, kind);
    disk_avoid(&fs.avoid, kind);
    begin_window(of_host && !s.legacy);
    if (host.window != NULL) {
        o.window = (struct vwr_vfs_window){host.window, WINDOW_BYTES, UNIT};
        s.shm = &host.region;
        s.shm_count = 1;
    }
    CHECK_NUMBER(vwr_vfs_init(&fs.device, &s, &o), VWR_OK);
    vmm_add(SLOT, vwr_vfs_dev(&fs.device));
}

void case_fs(unsigned kind, unsigned scale)
{
    state = kind + 1;
    for (unsigned pass = 0; pass < 3; pass++) {
        const bool of_host = pass == 2;

        init_device(kind, pass % 2 != 0, of_host);
        for (unsigned session = 0; session < 2; session++) {
            open_driver();
            disk_check_features(&fs.end.dev, vwr_vfs_dev(&fs.device), kind);
            begin_session(session == 0);
            check_names();
            for (unsigned i = 0; i < STEPS * scale / 10 + 2; i++) {
                write_file(random_below(&state, FILES));
                read_files();
                read_whole(random_below(&state, FILES));
                if (random_below(&state, 16) == 0)
                    suspend_check(&fs.end.dev, vwr_vfs_dev(&fs.device));
                check_window();
                if (i == 0)
                    fail_and_recover();
            }
            if (of_host)
                never_forgets();
            CHECK_NUMBER(vwr_fs_unmount(&driver), VWR_OK);
            check_no_mapping();
            CHECK_NUMBER(fs.device.nodes_used, 0);
            CHECK_NUMBER(vwr_fs_close(&driver), VWR_OK);
        }
        if (of_host) {
            vwr_vdev_reset(vwr_vfs_dev(&fs.device));
            end_folder();
        }
    }
    printf("%s fs\n", disk_kind_name(kind));
}
