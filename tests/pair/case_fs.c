/* SPDX-License-Identifier: MIT */
#include "vmm_pci.h"

#include "vwr/fs.h"
#include "vwr/vfs.h"
#include "vwr/vstate.h"

#include <fcntl.h>
#include <sys/mman.h>

/*
 * The files of a tree in memory, then of a folder of this machine, by FUSE. They are written and read at any
 * offset and checked against a separate copy, with several requests in flight; they are renamed, truncated
 * and listed. Meanwhile the device is suspended, and fails: then nodes are stale and files remain. Files of
 * the folder are also mapped into a DAX window; saved states do without.
 */

#define QUEUE_SIZE 128u /* twice VWR_FS_QUEUE */
#define WRITE_BYTES 8192u
#define NODES 24u
#define STEPS 20u   /* multiplied by scale */
#define UNIT 65536u /* of the DAX window */
#define WINDOW_BYTES (8u * UNIT)
#define WINDOW_ADDR UINT64_C(0x4000000000)

static struct vwr_fs driver;

#define P(name) vwr_fs_##name
#define P_FILE const struct vwr_fs_file *
#define OPENED(n) &fs.opened[n]
#define IO_BYTES(n) vwr_fs_io_bytes(&driver)
#define MOUNT() vwr_fs_mount(&driver, &fs.root)
#define MESSAGE_BYTES WRITE_BYTES
#define HANDLES (NODES + 1) /* one for a look-up, or for the walk of a load */

static struct {
    struct vwr_fs_node root;
    struct vwr_fs_node found[4];
    struct vwr_fs_file opened[4];
} fs; /* of the driver */

#include "files.h"

static struct {
    struct vwr_vfs device;
    struct vwr_vfs_node node[NODES];
    struct vwr_vmessage message[CALLS];
    struct vwr_vfs_call call[CALLS];
    struct vwr_vseg seg[VWR_VFS_SEGS(CALLS)];
    struct vwr_vqueue queue[VWR_VFS_QUEUES];
    struct vwr_vqueue_entry own[VWR_VFS_QUEUES * QUEUE_SIZE];
} server;

static struct {
    struct vwr_vfiles_ops ops; /* those of the folder, but for getattr */
    int (*getattr)(struct vwr_vfiles *f, struct vwr_vfiles_call *c);
    unsigned getattrs; /* calls */
    uint8_t *window;   /* NULL: the device has none */
    struct vwr_vdev_shm region;
} host;

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
        CHECK_NUMBER(attr.bytes, files.size[n]);
        CHECK_NUMBER(attr.mode, VWR_P9_S_REG | 0644);
        CHECK_NUMBER(vwr_fs_open_file(&driver, &fs.found[n], VWR_P9_O_RDWR, &fs.opened[n]), VWR_OK);
    }
    CHECK_NUMBER(server.device.nodes_used, 2 * FILES);
}

/* ---- names ---- */

static void check_list(const struct vwr_fs_node *folder, uint32_t room, unsigned entries)
{
    struct vwr_fs_file file;

    CHECK_NUMBER(vwr_fs_open_folder(&driver, folder, &file), VWR_OK);
    CHECK_NUMBER(list(&file, room), entries);
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
    CHECK_NUMBER(vwr_fs_write(&driver, &file, 5000, files.data[0], 3), 3);
    CHECK_NUMBER(vwr_fs_flush(&driver, &file), VWR_OK);
    CHECK_NUMBER(vwr_fs_fsync(&driver, &file), VWR_OK);
    CHECK_NUMBER(vwr_fs_release(&driver, &file), VWR_OK);
    check_error(vwr_fs_read(&driver, &file, 0, files.data[0], 1), VWR_P9_EBADF);
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
    CHECK_NUMBER(server.device.nodes_used, 2 * FILES);
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
    CHECK(memcmp(host.window + place, files.copy[n], files.size[n]) == 0);
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

    CHECK_NUMBER(vwr_vdev_save(vwr_vfs_dev(&server.device), 0, &s), VWR_EINFLIGHT);
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
    while (files.size[0] == 0);
    map(0, 0, 3 * UNIT, UNIT);
    check_content(0, UNIT);
    for (uint32_t i = 0; i < files.size[0]; i += 7)
        at[i] = files.copy[0][i] = (uint8_t)(at[i] + 1);
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
    const bool on_pci = vwr_vfs_dev(&server.device)->bus != NULL;

    CHECK_NUMBER(on_pci ? vwr_pci_get_region(&files.end.pci, id, &r)
                        : vwr_mmio_get_region(&files.end.mmio, id, &r),
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
    (void)snprintf(path, 80, "%s/stranger%u", host_folder.path, n);
    return path + strlen(host_folder.path) + 1;
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
        const bool fits = server.device.nodes_used < NODES - 1u - RESERVE;

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
            CHECK_NUMBER(vwr_fs_read(&driver, &file[i], 0, files.data[0], 80), (int)strlen(name));
            CHECK(memcmp(files.data[0], name, strlen(name)) == 0);
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

    fail(vwr_vfs_dev(&server.device));
    CHECK_NUMBER(server.device.nodes_used, 0);
    check_no_mapping();
    check_error(vwr_fs_read(&driver, &fs.opened[0], 0, files.data[0], 1), VWR_P9_ESTALE);
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

    memcpy(&o.avoid, &files.avoid, sizeof(o.avoid));
    memset(late, 0, sizeof(late));
    CHECK_NUMBER(vmm_find(&files.end, SLOT), VWR_OK);
    o.window_bytes = find_window();
    CHECK_NUMBER(vwr_fs_open(&driver, &files.end.dev, &o), VWR_OK);
    CHECK_NUMBER(vwr_fs_read_tag(&driver, tag), 4);
    CHECK(strcmp(tag, "pair") == 0);
    CHECK_NUMBER(vwr_fs_lookup(&driver, &none, "a", &none, NULL), VWR_EFAILED); /* there is no session */
    for (unsigned i = 0; i < FILES; i++)
        files.data[i] = guest_alloc(2 * FILE_BYTES);
}

/* ---- the device ---- */

static int count_getattr(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    host.getattrs++;
    return host.getattr(f, c);
}

static struct vwr_vfiles *begin_counted(void)
{
    struct vwr_vfiles *const f = begin_folder();

    host.getattrs = 0;
    host.getattr = f->ops->getattr;
    host.ops = *f->ops;
    host.ops.getattr = count_getattr;
    f->ops = &host.ops;
    return f;
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
    struct vwr_vfs_options o = {.files = of_host ? begin_counted() : &files.tree.files,
                                .tag = "pair",
                                .node = server.node,
                                .node_count = NODES,
                                .message = server.message,
                                .call = server.call,
                                .seg = server.seg,
                                .message_count = CALLS,
                                .call_count = CALLS,
                                .seg_count = VWR_COUNT(server.seg),
                                .max_write = WRITE_BYTES};
    struct vwr_vdev_setup s = {.vm = &vmm,
                               .line = SLOT,
                               .queue = server.queue,
                               .queue_count = VWR_VFS_QUEUES,
                               .own = server.own,
                               .own_count = VWR_COUNT(server.own)};

    memset(&fs, 0, sizeof(fs));
    memset(&server, 0, sizeof(server));
    begin_files(&s, kind, deferred);
    s.queue_size = QUEUE_SIZE;
    begin_window(of_host && !s.legacy);
    if (host.window != NULL) {
        o.window = (struct vwr_vfs_window){host.window, WINDOW_BYTES, UNIT};
        s.shm = &host.region;
        s.shm_count = 1;
    }
    CHECK_NUMBER(vwr_vfs_init_with(&server.device, &s, &o), VWR_OK);
    vmm_add(SLOT, vwr_vfs_dev(&server.device));
}

void case_fs(unsigned kind, unsigned scale)
{
    state = kind + 1;
    for (unsigned pass = 0; pass < 3; pass++) {
        const bool of_host = pass == 2;

        init_device(kind, pass % 2 != 0, of_host);
        for (unsigned session = 0; session < 2; session++) {
            open_driver();
            disk_check_features(&files.end.dev, vwr_vfs_dev(&server.device), kind);
            begin_session(session == 0);
            check_names();
            for (unsigned i = 0; i < STEPS * scale / 10 + 2; i++) {
                write_file(random_below(&state, FILES));
                read_files();
                read_whole(random_below(&state, FILES));
                if (random_below(&state, 16) == 0)
                    suspend_check(&files.end.dev, vwr_vfs_dev(&server.device));
                check_window();
                if (i == 0)
                    fail_and_recover();
            }
            if (of_host)
                never_forgets();
            CHECK_NUMBER(vwr_fs_unmount(&driver), VWR_OK);
            check_no_mapping();
            CHECK_NUMBER(server.device.nodes_used, 0);
            CHECK_NUMBER(vwr_close(&driver.bringup), VWR_OK);
        }
        if (of_host) {
            vwr_vdev_reset(vwr_vfs_dev(&server.device));
            CHECK(host.getattrs != 0);
            end_folder();
        }
    }
    printf("%s fs\n", disk_kind_name(kind));
}
