/* SPDX-License-Identifier: MIT */
#define OTHER_END_NAME "bench_messages"
#include "../cases.h"
#include "../other_end.h"
#include "vwr/9p.h"
#include "vwr/crypto.h"
#include "vwr/fs.h"
#include "vwr/gpio.h"
#include "vwr/i2c.h"
#include "vwr/rtc.h"
#include "vwr/scsi.h"
#include "vwr/v9p.h"
#include "vwr/v9p_memory.h"
#include "vwr/vblk_memory.h"
#include "vwr/vcrypto.h"
#include "vwr/vfs.h"
#include "vwr/vgpio.h"
#include "vwr/vi2c.h"
#include "vwr/vrtc.h"
#include "vwr/vscsi.h"

#include <string.h>

/*
 * Cost of one message of a class, from the call to its return. The device is our device side. It runs inside
 * of bench_mmio_write, which callgrind does not count.
 *
 *     bench_messages CLASS split|packed CALLS
 */

#define SIZE 256u
#define QUEUES 4u
#define BYTES 64u
#define LINES 8u
#define FILES 4u

static struct vwr_vdev *device; /* of the class */
static struct vwr_vdev_setup setup;
static struct vwr_vqueue queue[QUEUES];
static struct vwr_vqueue_entry own[QUEUES * SIZE];
static struct vwr_vmessage message[VWR_VGPIO_MESSAGES(LINES)];
static struct vwr_vseg seg[VWR_VGPIO_SEGS(LINES, SIZE + 4u)];
static struct vwr_mmio mmio;
static uint64_t notifications;
static uint8_t data[4096];

uint32_t bench_mmio_read(const volatile void *reg, unsigned bytes)
{
    return other_end_read(device, reg, bytes);
}

__attribute__((noipa)) void bench_mmio_write(volatile void *reg, uint32_t value)
{
    other_end_write(device, reg, value);
    notifications += other_end_offset(reg) == VWR_MMIO_QUEUE_NOTIFY;
}

static void want(int r, int wanted, const char *what)
{
    if (r != wanted)
        fail(what);
}

static void probe(void)
{
    want(vwr_mmio_probe(&mmio, other_end_registers, VWR_MMIO_SIZE), VWR_OK, "probe");
}

/* ---- the classes: each begins, and has a call that is one message ---- */

static struct vwr_v9p_memory tree;

static void make_tree(void)
{
    static struct vwr_v9p_memory_file file[FILES];
    static struct vwr_v9p_memory_entry entry[FILES];
    static uint8_t pool[VWR_V9P_MEMORY_POOL(4096u)] __attribute__((aligned(8)));
    const struct vwr_v9p_memory_options options = {
        .file = file, .files = FILES, .entry = entry, .entries = FILES, .pool = pool, .bytes = sizeof(pool)};

    want(vwr_v9p_memory_init(&tree, &options), VWR_OK, "tree");
}

static struct vwr_9p p9;
static int p9_root;

static void begin_9p(void)
{
    static struct vwr_v9p folder;
    static struct vwr_v9p_fid fid[FILES];
    static struct vwr_v9p_call call[1];
    static struct vwr_9p_shared shared;
    const struct vwr_v9p_options options = {.files = &tree.files,
                                            .tag = "files",
                                            .fid = fid,
                                            .fids = FILES,
                                            .message = message,
                                            .call = call,
                                            .requests = 1,
                                            .seg = seg,
                                            .segs = VWR_V9P_SEGS};
    const struct vwr_9p_options driver = {.shared = &shared};

    make_tree();
    want(vwr_v9p_init(&folder, &setup, &options), VWR_OK, "9p device");
    device = vwr_v9p_dev(&folder);
    probe();
    want(vwr_9p_open(&p9, &mmio.dev, &driver), VWR_OK, "9p");
    p9_root = vwr_9p_mount(&p9);
}

static int call_9p(void)
{
    struct vwr_9p_attr attr;

    return vwr_9p_getattr(&p9, p9_root, &attr);
}

static struct vwr_fs fs;
static struct vwr_fs_node fs_root;

static void begin_fs(void)
{
    static struct vwr_vfs folder;
    static struct vwr_vfs_node node[FILES];
    static struct vwr_vfs_call call[1];
    static struct vwr_fs_shared shared;
    const struct vwr_vfs_options options = {.files = &tree.files,
                                            .tag = "files",
                                            .node = node,
                                            .nodes = FILES,
                                            .message = message,
                                            .call = call,
                                            .requests = 1,
                                            .seg = seg,
                                            .segs = VWR_VFS_SEGS};
    const struct vwr_fs_options driver = {.shared = &shared};

    make_tree();
    want(vwr_vfs_init(&folder, &setup, &options), VWR_OK, "fs device");
    device = vwr_vfs_dev(&folder);
    probe();
    want(vwr_fs_open(&fs, &mmio.dev, &driver), VWR_OK, "fs");
    want(vwr_fs_mount(&fs, &fs_root), VWR_OK, "mount");
}

static int call_fs(void)
{
    struct vwr_fs_attr attr;

    return vwr_fs_getattr(&fs, &fs_root, &attr);
}

static struct vwr_scsi scsi;
static struct vwr_scsi_disk disk;

static void begin_scsi(void)
{
    static uint8_t image[0x10000];
    static struct vwr_vblk_memory store;
    static struct vwr_vscsi host;
    static struct vwr_vscsi_unit unit[1];
    static struct vwr_vscsi_call call[1];
    static struct vwr_scsi_shared shared;
    const struct vwr_vscsi_options options = {.unit = unit,
                                              .units = 1,
                                              .message = message,
                                              .call = call,
                                              .requests = 1,
                                              .seg = seg,
                                              .segs = VWR_VSCSI_SEGS};
    const struct vwr_scsi_options driver = {.shared = &shared};

    vwr_vblk_memory_init(&store, image, sizeof(image), false);
    unit[0].backend = &store.backend;
    unit[0].serial = "0";
    want(vwr_vscsi_init(&host, &setup, &options), VWR_OK, "scsi device");
    device = vwr_vscsi_dev(&host);
    probe();
    want(vwr_scsi_open(&scsi, &mmio.dev, &driver), VWR_OK, "scsi");
    want(vwr_scsi_disk_open(&disk, &scsi, VWR_SCSI_UNIT(0, 0)), VWR_OK, "disk");
}

static int call_scsi(void)
{
    return vwr_scsi_disk_read(&disk, 0, data, 8);
}

static struct vwr_crypto crypto;
static struct vwr_crypto_session session;

static int create(void *context, struct vwr_vcrypto_session *s, const struct vwr_crypto_setup *with)
{
    (void)context;
    (void)s;
    (void)with;
    return VWR_OK;
}

static void destroy(void *context, struct vwr_vcrypto_session *s)
{
    (void)context;
    (void)s;
}

static int run(void *context, struct vwr_vcrypto_session *s, struct vwr_crypto_data *with)
{
    (void)context;
    (void)s;
    (void)with;
    return VWR_OK;
}

static void begin_crypto(void)
{
    static const struct vwr_vcrypto_ops ops = {create, destroy, run};
    static const struct vwr_crypto_config_info info = {.status = VWR_CRYPTO_S_HW_READY,
                                                       .max_dataqueues = 1,
                                                       .crypto_services = 1u << VWR_CRYPTO_SERVICE_CIPHER,
                                                       .cipher_algo_l = 1u << VWR_CRYPTO_CIPHER_AES_CBC,
                                                       .max_cipher_key_len = 32,
                                                       .max_size = 4u * BYTES};
    static struct vwr_vcrypto of;
    static struct vwr_vcrypto_session sessions[1];
    static uint8_t buffer[8u * BYTES];
    static struct vwr_crypto_shared shared;
    const struct vwr_vcrypto_options options = {.ops = &ops,
                                                .info = &info,
                                                .session = sessions,
                                                .sessions = 1,
                                                .buffer = buffer,
                                                .max_bytes = 4u * BYTES,
                                                .message = message,
                                                .messages = 1,
                                                .seg = seg,
                                                .segs = VWR_VCRYPTO_SEGS};
    const struct vwr_crypto_options driver = {.shared = &shared};
    const struct vwr_crypto_setup aes = {.service = VWR_CRYPTO_SERVICE_CIPHER,
                                         .algo = VWR_CRYPTO_CIPHER_AES_CBC,
                                         .op = VWR_CRYPTO_OP_ENCRYPT,
                                         .key = data,
                                         .key_bytes = 16};

    want(vwr_vcrypto_init(&of, &setup, &options), VWR_OK, "crypto device");
    device = vwr_vcrypto_dev(&of);
    probe();
    want(vwr_crypto_open(&crypto, &mmio.dev, &driver), VWR_OK, "crypto");
    want(vwr_crypto_create(&crypto, &session, &aes), VWR_OK, "session");
}

static int call_crypto(void)
{
    const struct vwr_crypto_data all = {.iv = data,
                                        .iv_bytes = VWR_CRYPTO_IV,
                                        .src = data,
                                        .src_bytes = BYTES,
                                        .dst = data,
                                        .dst_bytes = BYTES};

    return vwr_crypto_run(&crypto, &session, &all) - (int)BYTES;
}

static struct vwr_i2c i2c;

static int transfer(struct vwr_vi2c *v, struct vwr_vi2c_message *m)
{
    (void)v;
    (void)m;
    return VWR_OK;
}

static void begin_i2c(void)
{
    static uint8_t bytes[BYTES];
    static struct vwr_vi2c bus;
    static struct vwr_i2c_shared shared;
    static const struct vwr_vi2c_options options = {
        .transfer = transfer, .data = bytes, .data_bytes = sizeof(bytes)};
    const struct vwr_i2c_options driver = {.shared = &shared};

    want(vwr_vi2c_init(&bus, &setup, &options), VWR_OK, "i2c device");
    device = vwr_vi2c_dev(&bus);
    probe();
    want(vwr_i2c_open(&i2c, &mmio.dev, &driver), VWR_OK, "i2c");
}

static int call_i2c(void)
{
    return vwr_i2c_write(&i2c, 0x50, data, 4);
}

static struct vwr_gpio gpio;

static int changed(struct vwr_vgpio *v, unsigned line, const struct vwr_vgpio_line *wanted)
{
    (void)v;
    (void)line;
    (void)wanted;
    return VWR_OK;
}

static void begin_gpio(void)
{
    static const struct vwr_vgpio_ops ops = {.changed = changed};
    static struct vwr_vgpio of;
    static struct vwr_vgpio_line lines[LINES];
    static struct vwr_gpio_line mine[LINES];
    static struct vwr_gpio_shared shared;
    const struct vwr_vgpio_options options = {.ops = &ops,
                                              .lines = lines,
                                              .line_count = LINES,
                                              .memory = {message, seg, VWR_VGPIO_MESSAGES(LINES), SIZE + 4u}};
    const struct vwr_gpio_options driver = {.shared = &shared, .lines = mine, .line_count = LINES};

    want(vwr_vgpio_init(&of, &setup, &options), VWR_OK, "gpio device");
    device = vwr_vgpio_dev(&of);
    probe();
    want(vwr_gpio_open(&gpio, &mmio.dev, &driver), VWR_OK, "gpio");
}

static int call_gpio(void)
{
    return vwr_gpio_set_value(&gpio, 1, 1);
}

static struct vwr_rtc rtc;

static int read_clock(struct vwr_vrtc *v, unsigned clock, uint64_t *ns)
{
    (void)v;
    *ns = clock + 1u;
    return VWR_OK;
}

static void begin_rtc(void)
{
    static const struct vwr_vrtc_ops ops = {.clock_read = read_clock};
    static struct vwr_vrtc of;
    static struct vwr_vrtc_clock clocks[] = {{.type = VWR_RTC_CLOCK_UTC}};
    static struct vwr_rtc_shared shared;
    const struct vwr_vrtc_options options = {.ops = &ops, .clocks = clocks, .clock_count = 1};
    const struct vwr_rtc_options driver = {.shared = &shared};

    want(vwr_vrtc_init(&of, &setup, &options), VWR_OK, "rtc device");
    device = vwr_vrtc_dev(&of);
    probe();
    want(vwr_rtc_open(&rtc, &mmio.dev, &driver), VWR_OK, "rtc");
}

static int call_rtc(void)
{
    uint64_t ns;

    return vwr_rtc_read(&rtc, 0, &ns);
}

static const struct class
{
    const char *name;
    unsigned queues;
    void (*begin)(void);
    int (*call)(void);
} classes[] = {{"9p", VWR_V9P_QUEUES, begin_9p, call_9p},
               {"fs", VWR_VFS_QUEUES, begin_fs, call_fs},
               {"scsi", VWR_VSCSI_QUEUES, begin_scsi, call_scsi},
               {"crypto", VWR_VCRYPTO_QUEUES, begin_crypto, call_crypto},
               {"i2c", VWR_VI2C_QUEUES, begin_i2c, call_i2c},
               {"gpio", VWR_VGPIO_QUEUES, begin_gpio, call_gpio},
               {"rtc", VWR_VRTC_QUEUES, begin_rtc, call_rtc}};

uint64_t messages_measured(const struct class *c, uint32_t calls);
__attribute__((noipa)) uint64_t messages_measured(const struct class *c, uint32_t calls)
{
    uint64_t done = 0;

    for (; done < calls && c->call() == VWR_OK; done++)
        continue;
    return done;
}

int bench_main(int argc, char **argv)
{
    if (argc != 4)
        fail("CLASS split|packed CALLS");
    other_end_begin(&setup, strcmp(argv[2], "packed") == 0);
    for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
        const struct class *const c = &classes[i];
        uint64_t before, done;

        if (strcmp(argv[1], c->name) != 0)
            continue;
        setup.queue = queue;
        setup.queues = (uint16_t)c->queues;
        setup.queue_size = SIZE;
        setup.own = own;
        setup.own_bytes = c->queues * SIZE * sizeof(own[0]);
        c->begin();
        before = notifications;
        done = messages_measured(c, (uint32_t)strtoul(argv[3], NULL, 10));
        printf("calls=%llu notifications=%llu\n", (unsigned long long)done,
               (unsigned long long)(notifications - before));
        return 0;
    }
    fail("which class?");
}
