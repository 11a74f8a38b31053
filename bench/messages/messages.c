/* SPDX-License-Identifier: MIT */
#define OTHER_END_NAME "bench_messages"
#include "../cases.h"
#include "../other_end.h"
#include "vwr/9p.h"
#include "vwr/balloon.h"
#include "vwr/blk.h"
#include "vwr/console.h"
#include "vwr/crypto.h"
#include "vwr/entropy.h"
#include "vwr/fs.h"
#include "vwr/gpio.h"
#include "vwr/i2c.h"
#include "vwr/net.h"
#include "vwr/rtc.h"
#include "vwr/scsi.h"
#include "vwr/sound.h"
#include "vwr/v9p.h"
#include "vwr/vfiles_memory.h"
#include "vwr/vballoon.h"
#include "vwr/vblk_memory.h"
#include "vwr/vconsole.h"
#include "vwr/vcrypto.h"
#include "vwr/ventropy.h"
#include "vwr/vfs.h"
#include "vwr/vgpio.h"
#include "vwr/vi2c.h"
#include "vwr/vnet.h"
#include "vwr/vrtc.h"
#include "vwr/vscsi.h"
#include "vwr/vsock.h"
#include "vwr/vsound.h"
#include "vwr/vvsock.h"

#include <string.h>

/*
 * Cost of one message of a class, from the call to its return, at both ends. The device is our device side.
 * It runs inside bench_mmio_write, which callgrind does not count for the driver. For the device, callgrind
 * counts only device_side. Calls for a balloon, a socket or a stream do not wait; such a call includes the
 * processing of the previous message. A call named BATCH sends 32 messages with one notification.
 *
 *     bench_messages CALL RING CALLS [REGIONS]
 *
 * RING is split, or features such as packed_indirect_event_idx_in_order_merge, or the features of a pair in
 * hexadecimal, as in ../usual/usual.yaml. With REGIONS, which requires a build with BENCH_REGIONS, guest
 * memory has this many regions, and each address that the driver translates is in the next region.
 */

#define SIZE 256u
#define QUEUES 4u
#define BYTES 64u
#define BATCH 32u
#define LINES 8u
#define FILES 4u
#define READ 0x8000u
#define STREAM 0x10000u
#define PAGES 4096u           /* of the balloon's guest */
#define SOCKET_BYTES 0x20000u /* more than all calls send, so no packet is a credit update */

static struct vwr_vdev *device; /* of the class */
static struct vwr_vdev_setup setup;
static struct vwr_vqueue queue[QUEUES];
static struct vwr_vqueue_entry own[VWR_VDEV_OWN(QUEUES, SIZE)];
static struct vwr_vmessage message[VWR_VGPIO_MESSAGES(LINES)];
static struct vwr_vseg seg[VWR_VGPIO_SEGS(LINES, SIZE + 4u)];
static struct vwr_mmio mmio;
static uint64_t notifications;
static void (*vmm)(void);     /* called after each register access */
static void (*arrives)(void); /* sends the data for which the guest waits */
static bool merge, large_frames;
static uint8_t data[4096];
static uint8_t large[STREAM];

uint32_t bench_mmio_read(const volatile void *reg, unsigned bytes)
{
    return other_end_read(device, reg, bytes);
}

/* Handles a register access as a VMM does, or sends data to the guest. */
void device_side(volatile void *reg, uint32_t value);
__attribute__((noipa)) void device_side(volatile void *reg, uint32_t value)
{
    if (reg == NULL) {
        arrives();
        return;
    }
    other_end_write(device, reg, value);
    if (vmm != NULL)
        vmm();
}

__attribute__((noipa)) void bench_mmio_write(volatile void *reg, uint32_t value)
{
    device_side(reg, value);
    notifications += reg != NULL && other_end_offset(reg) == VWR_MMIO_QUEUE_NOTIFY;
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

/* ---- the classes: each begins, and has calls that are one message, or move many bytes ---- */

static struct vwr_vfiles_memory tree;

static void make_tree(void)
{
    static struct vwr_vfiles_memory_file file[FILES];
    static struct vwr_vfiles_memory_entry entry[FILES];
    static uint8_t pool[VWR_VFILES_MEMORY_POOL(4096u)] __attribute__((aligned(8)));
    const struct vwr_vfiles_memory_options options = {.file = file,
                                                      .file_count = FILES,
                                                      .entry = entry,
                                                      .entry_count = FILES,
                                                      .pool = pool,
                                                      .pool_bytes = sizeof(pool)};

    want(vwr_vfiles_memory_init(&tree, &options), VWR_OK, "tree");
    want(vwr_vfiles_memory_add(&tree, "file", VWR_P9_S_REG | 0444, large, READ), VWR_OK, "file");
}

static struct vwr_9p p9;
static int p9_root, p9_file;

static void begin_9p(void)
{
    static struct vwr_v9p folder;
    static struct vwr_v9p_fid fid[FILES];
    static struct vwr_vfiles_call call[1];
    static struct vwr_9p_shared shared;
    const struct vwr_v9p_options options = {.files = &tree.files,
                                            .tag = "files",
                                            .fid = fid,
                                            .fid_count = FILES,
                                            .message = message,
                                            .message_count = 1,
                                            .call = call,
                                            .call_count = 1,
                                            .seg = seg,
                                            .seg_count = VWR_V9P_SEGS(1)};
    const struct vwr_9p_options driver = {.shared = &shared};

    make_tree();
    want(vwr_v9p_init_with(&folder, &setup, &options), VWR_OK, "9p device");
    device = vwr_v9p_dev(&folder);
    probe();
    want(vwr_9p_open(&p9, &mmio.dev, &driver), VWR_OK, "9p");
    p9_root = vwr_9p_mount(&p9);
    p9_file = vwr_9p_walk(&p9, p9_root, "file");
    want(vwr_9p_lopen(&p9, p9_file, VWR_P9_O_RDONLY), VWR_OK, "open");
}

static int call_9p(void)
{
    struct vwr_9p_attr attr;

    return vwr_9p_getattr(&p9, p9_root, &attr);
}

static int read_9p(void)
{
    return vwr_9p_read(&p9, p9_file, 0, large, READ) - (int)READ;
}

static struct vwr_fs fs;
static struct vwr_fs_node fs_root;
static struct vwr_fs_file fs_file;

static void begin_fs(void)
{
    static struct vwr_vfs folder;
    static struct vwr_vfs_node node[FILES];
    static struct vwr_vfs_call call[1];
    static struct vwr_fs_shared shared;
    const struct vwr_vfs_options options = {.files = &tree.files,
                                            .tag = "files",
                                            .node = node,
                                            .node_count = FILES,
                                            .message = message,
                                            .message_count = 1,
                                            .call = call,
                                            .call_count = 1,
                                            .seg = seg,
                                            .seg_count = VWR_VFS_SEGS(1)};
    const struct vwr_fs_options driver = {.shared = &shared};
    struct vwr_fs_attr attr;
    struct vwr_fs_node file;

    make_tree();
    want(vwr_vfs_init_with(&folder, &setup, &options), VWR_OK, "fs device");
    device = vwr_vfs_dev(&folder);
    probe();
    want(vwr_fs_open(&fs, &mmio.dev, &driver), VWR_OK, "fs");
    want(vwr_fs_mount(&fs, &fs_root), VWR_OK, "mount");
    want(vwr_fs_lookup(&fs, &fs_root, "file", &file, &attr), VWR_OK, "lookup");
    want(vwr_fs_open_file(&fs, &file, VWR_P9_O_RDONLY, &fs_file), VWR_OK, "open");
}

static int call_fs(void)
{
    struct vwr_fs_attr attr;

    return vwr_fs_getattr(&fs, &fs_root, &attr);
}

static int read_fs(void)
{
    return vwr_fs_read(&fs, &fs_file, 0, large, READ) - (int)READ;
}

static struct vwr_scsi scsi;
static struct vwr_scsi_disk disk;

static void begin_scsi(void)
{
    static uint8_t image[0x10000];
    static struct vwr_vblk_memory store;
    static struct vwr_vscsi host;
    static struct vwr_vt10_unit unit[1];
    static struct vwr_vt10_call call[1];
    static struct vwr_scsi_shared shared;
    const struct vwr_vscsi_options options = {.unit = unit,
                                              .unit_count = 1,
                                              .message = message,
                                              .message_count = 1,
                                              .call = call,
                                              .call_count = 1,
                                              .seg = seg,
                                              .seg_count = VWR_VSCSI_SEGS(1, 132u)};
    const struct vwr_scsi_options driver = {.shared = &shared};

    vwr_vblk_memory_init(&store, image, sizeof(image), false, NULL);
    unit[0].backend = &store.backend;
    unit[0].serial = "0";
    want(vwr_vscsi_init_with(&host, &setup, &options), VWR_OK, "scsi device");
    device = vwr_vscsi_dev(&host);
    probe();
    want(vwr_scsi_open(&scsi, &mmio.dev, &driver), VWR_OK, "scsi");
    want(vwr_scsi_disk_open(&disk, &scsi, VWR_SCSI_UNIT(0, 0)), VWR_OK, "disk");
}

static int call_scsi(void)
{
    return vwr_scsi_disk_read(&disk, 0, data, 8 * 512);
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
    static uint8_t buffer[VWR_VCRYPTO_BUFFER_BYTES(4u * BYTES)];
    static struct vwr_crypto_shared shared;
    const struct vwr_vcrypto_options options = {.ops = &ops,
                                                .info = &info,
                                                .session = sessions,
                                                .session_count = 1,
                                                .buffer = buffer,
                                                .buffer_bytes = sizeof(buffer),
                                                .message = message,
                                                .message_count = 1,
                                                .seg = seg,
                                                .seg_count = VWR_VCRYPTO_SEGS(1, 64u)};
    const struct vwr_crypto_options driver = {.shared = &shared};
    const struct vwr_crypto_setup aes = {.service = VWR_CRYPTO_SERVICE_CIPHER,
                                         .algo = VWR_CRYPTO_CIPHER_AES_CBC,
                                         .op = VWR_CRYPTO_OP_ENCRYPT,
                                         .key = data,
                                         .key_bytes = 16};

    want(vwr_vcrypto_init_with(&of, &setup, &options), VWR_OK, "crypto device");
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

    want(vwr_vi2c_init_with(&bus, &setup, &options), VWR_OK, "i2c device");
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
    const struct vwr_vgpio_options options = {
        .ops = &ops,
        .lines = lines,
        .line_count = LINES,
        .memory = {message, VWR_VGPIO_MESSAGES(LINES), seg, VWR_COUNT(seg)}};
    const struct vwr_gpio_options driver = {.shared = &shared, .lines = mine, .line_count = LINES};

    want(vwr_vgpio_init_with(&of, &setup, &options), VWR_OK, "gpio device");
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

    want(vwr_vrtc_init_with(&of, &setup, &options), VWR_OK, "rtc device");
    device = vwr_vrtc_dev(&of);
    probe();
    want(vwr_rtc_open(&rtc, &mmio.dev, &driver), VWR_OK, "rtc");
}

static int call_rtc(void)
{
    uint64_t ns;

    return vwr_rtc_read(&rtc, 0, &ns);
}

static struct vwr_balloon balloon;

/* The guest is small enough for a bitmap of its pages. */
static void begin_balloon(void)
{
    static uint8_t memory[PAGES * VWR_BALLOON_PAGE] __attribute__((aligned(VWR_BALLOON_PAGE)));
    static const struct vwr_memory_region guest = {(uintptr_t)memory, sizeof(memory), memory};
    static const struct vwr_vballoon_ops ops = {.release = NULL};
    static uint32_t map[VWR_VBALLOON_WORDS(sizeof(memory))];
    static struct vwr_vballoon of;
    static uint32_t list[PAGES];
    const struct vwr_vballoon_options options = {.ops = &ops, .map = map, .map_count = VWR_COUNT(map)};
    const struct vwr_balloon_options driver = {.shared = (void *)memory, .pages = list, .page_count = PAGES};

    other_end_vm.memory.region = &guest;
    want(vwr_vballoon_init_with(&of, &setup, &options), VWR_OK, "balloon device");
    device = vwr_vballoon_dev(&of);
    probe();
    want(vwr_balloon_open(&balloon, &mmio.dev, &driver), VWR_OK, "balloon");
    want(vwr_vballoon_set_target(&of, PAGES), VWR_OK, "target");
}

/* Pages from the end of the guest's memory: its beginning has the rings. */
static int call_balloon(void)
{
    const uint32_t end = (uint32_t)(other_end_vm.memory.region->addr / VWR_BALLOON_PAGE) + PAGES;
    const uint32_t page = end - 1u - balloon.pages;

    return vwr_balloon_inflate(&balloon, &page, 1) - 1;
}

static struct vwr_vsock vsock;
static struct vwr_vvsock sockets;
static struct vwr_socket *sender, *receiver;

static int accept_any(struct vwr_vvsock *v, struct vwr_socket *s)
{
    (void)v;
    receiver = s;
    return VWR_OK;
}

static void begin_vsock(void)
{
    static const struct vwr_vvsock_ops ops = {.connect = accept_any};
    static struct vwr_socket guest[1], host[1];
    static uint8_t room[2][VWR_SOCKET_BYTES(1, SOCKET_BYTES)];
    static struct vwr_vsock_shared shared;
    const struct vwr_vvsock_options options = {
        .ops = &ops, .guest_cid = 42, .sockets = {host, 1, room[0], sizeof(room[0])}};
    const struct vwr_vsock_options driver = {.shared = &shared,
                                             .sockets = {guest, 1, room[1], sizeof(room[1])}};

    want(vwr_vvsock_init_with(&sockets, &setup, &options), VWR_OK, "vsock device");
    device = vwr_vvsock_dev(&sockets);
    probe();
    want(vwr_vsock_open(&vsock, &mmio.dev, &driver), VWR_OK, "vsock");
    want(vwr_socket_connect(&vsock.sockets, VWR_VSOCK_CID_HOST, 1, VWR_VSOCK_TYPE_STREAM, &sender), VWR_OK,
         "connect");
    if (vwr_vsock_wait(&vsock, sender, VWR_SOCKET_WRITABLE, 1000) < 0 ||
        sender->state != VWR_SOCKET_CONNECTED)
        fail("no connection");
}

static int call_vsock(void)
{
    const int r = vwr_vsock_poll(&vsock);

    return r == VWR_OK ? vwr_socket_send(sender, data, BYTES, 0) - (int)BYTES : r;
}

/* What a host's program would read at once. */
static void receive(void)
{
    static uint8_t bytes[STREAM];

    if (vwr_vvsock_receive(&sockets, receiver, bytes, sizeof(bytes), NULL) < 0)
        fail("receive");
}

static void begin_stream(void)
{
    begin_vsock();
    vmm = receive;
}

static int stream(void)
{
    for (uint32_t done = 0; done < STREAM;) {
        int r = vwr_vsock_poll(&vsock);

        if (r == VWR_OK)
            r = vwr_socket_send(sender, large + done, STREAM - done, 0);
        if (r < 0)
            return r;
        done += (uint32_t)r;
    }
    return VWR_OK;
}

static struct vwr_sound sound;
static struct vwr_vsound card;

/* The amount that a host's sound card would play at a time. */
static void play(void)
{
    uint8_t frames[2u * BYTES];

    (void)vwr_vsound_take(&card, 0, frames, sizeof(frames));
}

static void begin_sound(void)
{
    static const struct vwr_snd_pcm_info_item stream = {.formats = 1u << VWR_SND_PCM_FMT_S16,
                                                        .rates = 1u << VWR_SND_PCM_RATE_48000,
                                                        .direction = VWR_SND_D_OUTPUT,
                                                        .channels_min = 1,
                                                        .channels_max = 1};
    static const struct vwr_vsound_ops ops = {.stream_changed = NULL};
    static const struct vwr_vsound_options options = {.ops = &ops, .streams = &stream, .stream_count = 1};
    static const struct vwr_sound_params params = {.period_bytes = BYTES,
                                                   .periods = 2,
                                                   .format = VWR_SND_PCM_FMT_S16,
                                                   .rate = VWR_SND_PCM_RATE_48000,
                                                   .channels = 1};
    static struct vwr_sound_shared shared;
    const struct vwr_sound_options driver = {.shared = &shared};

    want(vwr_vsound_init_with(&card, &setup, &options), VWR_OK, "sound device");
    device = vwr_vsound_dev(&card);
    probe();
    want(vwr_sound_open(&sound, &mmio.dev, &driver), VWR_OK, "sound");
    want(vwr_sound_set_params(&sound, 0, &params), VWR_OK, "parameters");
    want(vwr_sound_start(&sound, 0), VWR_OK, "start");
    vmm = play;
}

static int call_sound(void)
{
    return vwr_sound_write(&sound, 0, data, BYTES) - (int)BYTES;
}

static struct vwr_blk blk;
static struct vwr_blk_req reads[BATCH];

static int complete(struct vwr_vblk_backend *be, struct vwr_vblk_req *r)
{
    (void)be;
    (void)r;
    return VWR_OK;
}

static void drain(struct vwr_vblk_backend *be, struct vwr_vblk *b, unsigned index)
{
    (void)be;
    (void)b;
    (void)index;
}

static void begin_blk(void)
{
    static const struct vwr_vblk_backend_ops ops = {.submit = complete, .drain = drain};
    static struct vwr_vblk_backend backend = {.ops = &ops, .sectors = 4096, .block_bytes = 512};
    static struct vwr_vblk of;
    static struct vwr_vblk_req requests[BATCH];
    static struct vwr_vseg segs[BATCH * (SIZE + 2u)];
    static _Alignas(VWR_QUEUE_SHARED_ALIGN) uint8_t shared[VWR_BLK_SHARED_BYTES(SIZE, BATCH, 1)];
    static _Alignas(8) uint8_t mine[VWR_BLK_OWN_BYTES(SIZE, BATCH)];
    const struct vwr_vblk_options options = {
        .backend = &backend, .req = requests, .req_count = BATCH, .seg = segs, .seg_count = VWR_COUNT(segs)};
    const struct vwr_blk_options driver = {.request = {.requests = BATCH}};
    const struct vwr_queue_memory memory = {shared, sizeof(shared), mine, sizeof(mine), SIZE};

    want(vwr_vblk_init_with(&of, &setup, &options), VWR_OK, "disk device");
    device = &of.dev;
    probe();
    want(vwr_blk_open_with(&blk, &mmio.dev, &memory, &driver), VWR_OK, "disk");
}

static int read_blocks(unsigned number)
{
    struct vwr_blk_requestq *const q = vwr_blk_get_requestq(&blk, 0);
    struct vwr_blk_req *done[BATCH];

    for (unsigned i = 0; i < number; i++) {
        vwr_blk_fill(&reads[i], VWR_BLK_T_IN, i * 8u, data, sizeof(data));
        if (vwr_blk_submit(q, &reads[i]) != VWR_OK)
            return VWR_EIO;
    }
    (void)vwr_blk_kick(q);
    return vwr_blk_reap(q, done, number) - (int)number;
}

static int call_blk(void)
{
    return read_blocks(1);
}

static int batch_blk(void)
{
    return read_blocks(BATCH);
}

static struct vwr_net net;
static struct vwr_vnet net_card;
static struct vwr_net_packet packets[BATCH];
static uint32_t frame_bytes, frames; /* of a call that receives */

static int transmit(struct vwr_vnet *n, unsigned pair, struct vwr_vnet_packet *p)
{
    (void)n;
    (void)pair;
    (void)p;
    return VWR_OK;
}

static void deliver(void)
{
    const struct vwr_vseg segment = {large, frame_bytes};
    struct vwr_vnet_packet p;

    for (uint32_t i = 0; i < frames; i++) {
        want(vwr_vnet_fill(&p, &segment, 1), VWR_OK, "frame");
        if (frame_bytes > BYTES)
            p.gso_type = VWR_NET_HDR_GSO_TCPV4;
        p.gso_size = 1448;
        p.hdr_len = 54;
        want(vwr_vnet_deliver(&net_card, &p), VWR_OK, "deliver");
    }
    vwr_vnet_signal(&net_card);
}

static void begin_net(void)
{
    static const struct vwr_vnet_ops ops = {.transmit = transmit};
    static struct vwr_net_pair pair;
    static struct vwr_net_shared shared;
    struct vwr_vnet_options options = {.ops = &ops, .mac = {2, 0, 0, 0, 0, 1}};
    struct vwr_net_options driver = {.pair = &pair, .pair_count = 1, .shared = &shared, .shared_count = 1};

    if (!merge)
        vwr_features_add(&options.avoid, VWR_NET_F_MRG_RXBUF);
    if (large_frames) {
        vwr_features_add(&options.offloads, VWR_NET_F_GUEST_CSUM);
        vwr_features_add(&options.offloads, VWR_NET_F_GUEST_TSO4);
        driver.offloads = options.offloads;
    }
    want(vwr_vnet_init_with(&net_card, &setup, &options), VWR_OK, "card");
    device = vwr_vnet_dev(&net_card);
    probe();
    want(vwr_net_open(&net, &mmio.dev, &driver), VWR_OK, "net");
    if (merge != vwr_features_have(&device->accepted, VWR_NET_F_MRG_RXBUF))
        fail("the driver does not accept MRG_RXBUF");
}

static void begin_receive(uint32_t bytes, uint32_t number)
{
    large_frames = bytes > BYTES;
    merge = merge || large_frames;
    begin_net();
    frame_bytes = bytes;
    frames = number;
    arrives = deliver;
    bench_mmio_write(NULL, 0);
}

static void begin_receive_one(void)
{
    begin_receive(BYTES, 1);
}

static void begin_receive_batch(void)
{
    begin_receive(BYTES, BATCH);
}

static void begin_receive_large(void)
{
    begin_receive(STREAM - 1024u, 1);
}

/* Takes all frames that have arrived and returns their buffers; more frames arrive afterwards. */
static int receive_frames(void)
{
    struct vwr_net_receiveq *const q = vwr_net_get_receiveq(&net, 0);
    struct vwr_slice slices[2u * BATCH];
    uint32_t bytes = 0;
    const int taken = vwr_net_receive_reap(q, slices, VWR_COUNT(slices));

    for (int i = 0; i < taken; i++) {
        bytes += slices[i].bytes;
        if (vwr_net_receive_submit(q, &slices[i]) != VWR_OK)
            return VWR_EIO;
    }
    (void)vwr_net_receive_kick(q);
    bench_mmio_write(NULL, 0);
    return bytes == frame_bytes * frames ? VWR_OK : VWR_EIO;
}

static int send_frames(unsigned number)
{
    struct vwr_net_transmitq *const q = vwr_net_get_transmitq(&net, 0);
    struct vwr_net_packet *done[BATCH];

    for (unsigned i = 0; i < number; i++) {
        vwr_net_fill(&packets[i], data, BYTES);
        if (vwr_net_submit(q, &packets[i]) != VWR_OK)
            return VWR_EIO;
    }
    (void)vwr_net_kick(q);
    return vwr_net_reap(q, done, number) - (int)number;
}

static int send_one(void)
{
    return send_frames(1);
}

static int send_batch(void)
{
    return send_frames(BATCH);
}

static struct vwr_console console;
static struct vwr_vconsole terminal;

static uint32_t output(struct vwr_vconsole *c, unsigned port, const uint8_t *bytes, uint32_t n)
{
    (void)c;
    (void)port;
    (void)bytes;
    return n;
}

static void type(void)
{
    if (vwr_vconsole_input(&terminal, 0, large, sizeof(data)) != sizeof(data))
        fail("no room for 4 KiB");
}

static void begin_console(void)
{
    static const struct vwr_vconsole_ops ops = {.output = output};
    static struct vwr_vconsole_port port = {.console = true};
    static struct vwr_console_port mine[1];
    static struct vwr_console_shared shared[VWR_CONSOLE_QUEUES(1)];
    const struct vwr_vconsole_options options = {.ops = &ops, .port = &port, .port_count = 1};
    const struct vwr_console_options driver = {
        .port = mine, .port_count = 1, .shared = shared, .shared_count = VWR_COUNT(shared)};

    want(vwr_vconsole_init_with(&terminal, &setup, &options), VWR_OK, "console device");
    device = &terminal.dev;
    probe();
    want(vwr_console_open(&console, &mmio.dev, &driver), VWR_OK, "console");
}

static int write_console(void)
{
    return vwr_console_write(&console, 0, data, sizeof(data)) - (int)sizeof(data);
}

static void begin_input(void)
{
    begin_console();
    arrives = type;
    bench_mmio_write(NULL, 0);
}

static int read_console(void)
{
    const int got = vwr_console_read(&console, 0, data, sizeof(data));

    bench_mmio_write(NULL, 0);
    return got - (int)sizeof(data);
}

static struct vwr_entropy entropy;

static uint32_t source(struct vwr_ventropy *e, uint8_t *bytes, uint32_t n)
{
    (void)e;
    memset(bytes, 1, n);
    return n;
}

static void begin_entropy(void)
{
    static struct vwr_ventropy of;
    static struct vwr_entropy_shared shared;
    const struct vwr_entropy_options driver = {.shared = &shared};

    want(vwr_ventropy_init_with(&of, &setup, source, NULL), VWR_OK, "entropy device");
    device = &of.dev;
    probe();
    want(vwr_entropy_open(&entropy, &mmio.dev, &driver), VWR_OK, "entropy");
}

static int call_entropy(void)
{
    return vwr_entropy_read(&entropy, data, VWR_ENTROPY_BYTES) - (int)VWR_ENTROPY_BYTES;
}

static const struct class
{
    const char *name;
    unsigned queues;
    void (*begin)(void);
    int (*call)(void);
} classes[] = {{"blk", 1, begin_blk, call_blk},
               {"blk-batch", 1, begin_blk, batch_blk},
               {"net-send", 2, begin_net, send_one},
               {"net-send-batch", 2, begin_net, send_batch},
               {"net-receive", 2, begin_receive_one, receive_frames},
               {"net-receive-batch", 2, begin_receive_batch, receive_frames},
               {"net-receive-large", 2, begin_receive_large, receive_frames},
               {"console-write", 2, begin_console, write_console},
               {"console-read", 2, begin_input, read_console},
               {"entropy", VWR_VENTROPY_QUEUES, begin_entropy, call_entropy},
               {"9p", VWR_V9P_QUEUES, begin_9p, call_9p},
               {"9p-read", VWR_V9P_QUEUES, begin_9p, read_9p},
               {"fs", VWR_VFS_QUEUES, begin_fs, call_fs},
               {"fs-read", VWR_VFS_QUEUES, begin_fs, read_fs},
               {"scsi", VWR_VSCSI_QUEUES, begin_scsi, call_scsi},
               {"crypto", VWR_VCRYPTO_QUEUES, begin_crypto, call_crypto},
               {"i2c", VWR_VI2C_QUEUES, begin_i2c, call_i2c},
               {"gpio", VWR_VGPIO_QUEUES, begin_gpio, call_gpio},
               {"rtc", VWR_VRTC_QUEUES, begin_rtc, call_rtc},
               {"balloon", 2, begin_balloon, call_balloon},
               {"vsock", VWR_VVSOCK_QUEUES, begin_vsock, call_vsock},
               {"vsock-stream", VWR_VVSOCK_QUEUES, begin_stream, stream},
               {"sound", VWR_VSOUND_QUEUES, begin_sound, call_sound}};

uint64_t messages_measured(const struct class *c, uint32_t calls);
__attribute__((noipa)) uint64_t messages_measured(const struct class *c, uint32_t calls)
{
    uint64_t done = 0;

    for (; done < calls && c->call() == VWR_OK; done++)
        continue;
    return done;
}

/* Parses names of features, or all features of a pair in hexadecimal. */
static void set_ring(const char *ring)
{
    static const struct {
        const char *name;
        unsigned bit;
    } known[] = {{"packed", VWR_F_RING_PACKED},
                 {"indirect", VWR_F_INDIRECT_DESC},
                 {"event_idx", VWR_F_EVENT_IDX},
                 {"in_order", VWR_F_IN_ORDER}};
    const uint64_t bits = ring[0] == '0' ? strtoull(ring, NULL, 16) : 0;

    other_end_begin(&setup, false);
    for (size_t i = 0; i < VWR_COUNT(known); i++)
        if ((bits >> known[i].bit & 1u) != 0 || strstr(ring, known[i].name) != NULL)
            vwr_features_add(&setup.features, known[i].bit);
    merge = (bits >> VWR_NET_F_MRG_RXBUF & 1u) != 0 || strstr(ring, "merge") != NULL;
}

/* Whether the driver has accepted all ring features that the device offers. */
static bool is_accepted(void)
{
    for (unsigned i = 0; i < VWR_COUNT(setup.features.w); i++)
        if ((setup.features.w[i] & ~device->accepted.w[i]) != 0)
            return false;
    return true;
}

int bench_main(int argc, char **argv)
{
    if (argc != 4 && argc != 5)
        fail("CALL RING CALLS [REGIONS]");
    set_ring(argv[2]);
    other_end_split(argc == 5 ? (uint32_t)strtoul(argv[4], NULL, 10) : 1);
    for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
        const struct class *const c = &classes[i];
        uint64_t before, done;

        if (strcmp(argv[1], c->name) != 0)
            continue;
        setup.queue = queue;
        setup.queue_count = (uint16_t)c->queues;
        setup.queue_size = SIZE;
        setup.own = own;
        setup.own_count = VWR_VDEV_OWN(c->queues, SIZE);
        c->begin();
        before = notifications;
        done = messages_measured(c, (uint32_t)strtoul(argv[3], NULL, 10));
        printf("calls=%llu notifications=%llu accepted=%d\n", (unsigned long long)done,
               (unsigned long long)(notifications - before), is_accepted());
        return 0;
    }
    fail("which call?");
}
