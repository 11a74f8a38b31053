/* SPDX-License-Identifier: MIT */
#include "vwr/v9p.h"
#include "vwr/vballoon.h"
#include "vwr/vblk_zone.h"
#include "vwr/vconsole.h"
#include "vwr/vcrypto.h"
#include "vwr/vfs.h"
#include "vwr/vgpio.h"
#include "vwr/vgpu.h"
#include "vwr/vi2c.h"
#include "vwr/vinput.h"
#include "vwr/vm.h"
#include "vwr/vnet.h"
#include "vwr/vnet_switch.h"
#include "vwr/vcan.h"
#include "vwr/vpmem.h"
#include "vwr/vscmi.h"
#include "vwr/vspi.h"
#include "vwr/vmem.h"
#include "vwr/vrtc.h"
#include "vwr/vscsi.h"
#include "vwr/vsound.h"
#include "vwr/vvsock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/*
 * The values that each device's init refuses: one option at a time has a value that its documentation
 * excludes. No init
 * calls a hook or follows a pointer that it only stores, so hooks are arbitrary values other than NULL.
 */

#define SIZE 8u
#define QUEUES 8u
#define MESSAGES 3u
#define SEGS 4u
#define BYTES 4096u

static struct vwr_vm_ops vm_ops;
static struct vwr_memory_region region;
static struct vwr_vm vm;
static struct vwr_vqueue queue[QUEUES];
static struct vwr_vqueue_entry own[QUEUES * SIZE];
static struct vwr_vdev_setup setup;
static struct vwr_vmessage message[MESSAGES];
static struct vwr_vseg seg[(MESSAGES + 1u) * SEGS];
static _Alignas(64) uint8_t bytes[4u * BYTES];

/* A field, its invalid value, and the resulting result of init. */
struct row {
    void *field;
    size_t bytes;
    uint64_t value;
    int result;
};

#define FIELD(f) &(f), sizeof(f)

static void put(const struct row *row)
{
    const uint8_t one = (uint8_t)row->value;
    const uint16_t two = (uint16_t)row->value;
    const uint32_t four = (uint32_t)row->value;

    memcpy(row->field,
           row->bytes == 1   ? (const void *)&one
           : row->bytes == 2 ? (const void *)&two
           : row->bytes == 4 ? (const void *)&four
                             : &row->value,
           row->bytes);
}

/* The rows that are the same for all devices; `queues`: the device's minimum number of queues. */
static void check_setup(int (*init)(void), unsigned queues)
{
    const struct row rows[] = {
        {FIELD(setup.queue_count), queues - 1u, VWR_ENOMEM},
        {FIELD(setup.vm), 0, VWR_EINVAL},
    };

    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct vwr_vdev_setup whole = setup;

        put(&rows[i]);
        assert_int_equal(init(), rows[i].result);
        setup = whole;
    }
}

static void make_setup(void)
{
    const struct vwr_vm_setup of_vm = {.ops = &vm_ops, .region = &region, .region_count = 1};

    memset(&vm_ops, 1, sizeof(vm_ops));
    vm_ops.lock = NULL;
    vm_ops.unlock = NULL;
    region.bytes = BYTES;
    assert_int_equal(vwr_vm_init(&vm, &of_vm), VWR_OK);
    setup = (struct vwr_vdev_setup){.vm = &vm,
                                    .queue_count = QUEUES,
                                    .queue = queue,
                                    .queue_size = SIZE,
                                    .own = own,
                                    .own_count = VWR_COUNT(own)};
}

static void check(int (*init)(void), unsigned queues, const struct row *rows, size_t count)
{
    make_setup();
    assert_int_equal(init(), VWR_OK);
    for (size_t i = 0; i < count; i++) {
        uint8_t was[sizeof(uint64_t)];

        assert_in_range(rows[i].bytes, 1, sizeof(was));
        memcpy(was, rows[i].field, rows[i].bytes);
        put(&rows[i]);
        if (init() != rows[i].result)
            fail_msg("row %u: %d instead of %d", (unsigned)i, init(), rows[i].result);
        memcpy(rows[i].field, was, rows[i].bytes);
    }
    assert_int_equal(init(), VWR_OK);
    check_setup(init, queues);
}

static const char empty[] = "";
static const char longest[] = "0123456789abcdef0123456789abcdef0123456789abcdef";

#define CHECK_OPTIONS(init, queues, rows) check(init, queues, rows, sizeof(rows) / sizeof((rows)[0]))

/* ---- crypto ---- */

static struct vwr_vcrypto_ops crypto_ops;
static struct vwr_vcrypto_options crypto;

static int init_crypto(void)
{
    static struct vwr_vcrypto v;

    return vwr_vcrypto_init_with(&v, &setup, &crypto);
}

static void crypto_options(void **state)
{
    static const struct vwr_crypto_config_info info;
    static struct vwr_vcrypto_session session;
    const struct row rows[] = {
        {FIELD(crypto.ops), 0, VWR_EINVAL},           {FIELD(crypto_ops.create), 0, VWR_EINVAL},
        {FIELD(crypto_ops.destroy), 0, VWR_EINVAL},   {FIELD(crypto_ops.run), 0, VWR_EINVAL},
        {FIELD(crypto.info), 0, VWR_EINVAL},          {FIELD(crypto.session), 0, VWR_ENOMEM},
        {FIELD(crypto.session_count), 0, VWR_ENOMEM}, {FIELD(crypto.buffer), 0, VWR_ENOMEM},
        {FIELD(crypto.buffer_bytes), 0, VWR_ENOMEM},  {FIELD(crypto.message), 0, VWR_ENOMEM},
        {FIELD(crypto.seg), 0, VWR_ENOMEM},           {FIELD(crypto.message_count), 0, VWR_ENOMEM},
        {FIELD(crypto.seg_count), 0, VWR_ENOMEM},
    };

    (void)state;
    memset(&crypto_ops, 1, sizeof(crypto_ops));
    crypto = (struct vwr_vcrypto_options){.ops = &crypto_ops,
                                          .info = &info,
                                          .session = &session,
                                          .session_count = 1,
                                          .buffer = bytes,
                                          .buffer_bytes = sizeof(bytes) / 2,
                                          .message = message,
                                          .message_count = MESSAGES,
                                          .seg = seg,
                                          .seg_count = VWR_COUNT(seg)};
    CHECK_OPTIONS(init_crypto, VWR_VCRYPTO_QUEUES, rows);
}

/* ---- I2C ---- */

static struct vwr_vi2c_options i2c;

static int init_i2c(void)
{
    static struct vwr_vi2c v;

    return vwr_vi2c_init_with(&v, &setup, &i2c);
}

static void i2c_options(void **state)
{
    const struct row rows[] = {{FIELD(i2c.transfer), 0, VWR_EINVAL}, {FIELD(i2c.data), 0, VWR_ENOMEM}};

    (void)state;
    memset(&i2c, 1, sizeof(i2c));
    i2c.data = bytes;
    i2c.data_bytes = sizeof(bytes);
    CHECK_OPTIONS(init_i2c, VWR_VI2C_QUEUES, rows);
}

/* ---- persistent memory ---- */

static struct vwr_vpmem_options pmem;

static int init_pmem(void)
{
    static struct vwr_vpmem v;

    return vwr_vpmem_init_with(&v, &setup, &pmem);
}

static int flush(struct vwr_vpmem *v, uint64_t ticket)
{
    (void)v;
    (void)ticket;
    return VWR_OK;
}

/* The last one ends at the largest address. */
static void pmem_options(void **state)
{
    const struct row rows[] = {{FIELD(pmem.flush), 0, VWR_EINVAL},
                               {FIELD(pmem.region.bytes), 0, VWR_EINVAL},
                               {FIELD(pmem.region.bytes), UINT64_MAX, VWR_EINVAL},
                               {FIELD(pmem.region.addr), UINT64_MAX, VWR_EINVAL},
                               {FIELD(pmem.region.addr), UINT64_MAX - 64, VWR_OK}};

    (void)state;
    pmem = (struct vwr_vpmem_options){.flush = flush, .region = {0x1000, 64}};
    CHECK_OPTIONS(init_pmem, VWR_VPMEM_QUEUES, rows);
}

/* ---- a CAN controller ---- */

static struct vwr_vcan_options can;
static struct vwr_vcan_ops can_ops;

static int init_can(void)
{
    static struct vwr_vcan v;

    return vwr_vcan_init_with(&v, &setup, &can);
}

static int send_frame(struct vwr_vcan *v, const struct vwr_can_frame *f, uint64_t ticket)
{
    (void)v;
    (void)f;
    (void)ticket;
    return VWR_OK;
}

/* A bus without FD frames has classic ones. */
static void can_options(void **state)
{
    const struct row rows[] = {{FIELD(can.ops), 0, VWR_EINVAL},
                               {FIELD(can_ops.send), 0, VWR_EINVAL},
                               {FIELD(can.no_classic), 1, VWR_EINVAL},
                               {FIELD(can.late), 1, VWR_OK}};

    (void)state;
    can_ops.send = send_frame;
    can = (struct vwr_vcan_options){.ops = &can_ops, .no_fd = true};
    CHECK_OPTIONS(init_can, VWR_VCAN_QUEUES, rows);
}

/* ---- an SPI controller ---- */

static struct vwr_vspi_options spi;

static int init_spi(void)
{
    static struct vwr_vspi v;

    return vwr_vspi_init_with(&v, &setup, &spi);
}

static void spi_options(void **state)
{
    static struct vwr_vspi_chip chip;
    static uint8_t bytes[2];
    const struct row rows[] = {{FIELD(spi.chip_count), 0, VWR_ENOMEM},
                               {FIELD(spi.chip_count), 0x100, VWR_EINVAL},
                               {FIELD(spi.chips), 0, VWR_ENOMEM},
                               {FIELD(spi.data), 0, VWR_ENOMEM},
                               {FIELD(spi.data_bytes), 1, VWR_ENOMEM},
                               {FIELD(spi.limits.mode_func_supported), 0x3, VWR_EINVAL},
                               {FIELD(spi.limits.mode_func_supported), 0xc, VWR_EINVAL},
                               {FIELD(spi.limits.mode_func_supported), 0xa, VWR_OK}};

    (void)state;
    spi = (struct vwr_vspi_options){.limits.mode_func_supported = 0x5,
                                    .chips = &chip,
                                    .chip_count = 1,
                                    .data = bytes,
                                    .data_bytes = sizeof(bytes)};
    CHECK_OPTIONS(init_spi, VWR_VSPI_QUEUES, rows);
}

/* ---- an SCMI platform ---- */

static struct vwr_vscmi_options scmi;
static struct vwr_vscmi_protocol scmi_protocols[2];
static struct vwr_vscmi_handler scmi_handler;
static const uint8_t scmi_attributes[125];

static int init_scmi(void)
{
    static struct vwr_vscmi v;

    return vwr_vscmi_init_with(&v, &setup, &scmi);
}

static int handle(struct vwr_vscmi *v, struct vwr_vscmi_message *m)
{
    (void)v;
    (void)m;
    return VWR_SCMI_S_SUCCESS;
}

static void scmi_options(void **state)
{
    const struct row rows[] = {{FIELD(scmi.vendor), 0, VWR_EINVAL},
                               {FIELD(scmi.vendor), (uintptr_t) "of 16 characters", VWR_EINVAL},
                               {FIELD(scmi.vendor), (uintptr_t) "of 15 character", VWR_OK},
                               {FIELD(scmi.sub_vendor), (uintptr_t) "of 16 characters", VWR_EINVAL},
                               {FIELD(scmi.sub_vendor), 0, VWR_OK},
                               {FIELD(scmi.protocol_count), 256, VWR_EINVAL},
                               {FIELD(scmi_protocols[0].id), VWR_SCMI_BASE, VWR_EINVAL},
                               {FIELD(scmi_protocols[0].id), 0x80, VWR_EINVAL},
                               {FIELD(scmi_protocols[1].id), 0x15, VWR_EINVAL},
                               {FIELD(scmi_protocols[0].handlers), 0, VWR_EINVAL},
                               {FIELD(scmi_protocols[1].attributes_bytes), 1, VWR_EINVAL},
                               {FIELD(scmi_protocols[0].attributes_bytes), 125, VWR_EINVAL},
                               {FIELD(scmi_protocols[0].attributes_bytes), 124, VWR_OK},
                               {FIELD(scmi_handler.call), 0, VWR_EINVAL}};

    (void)state;
    scmi_handler.call = handle;
    scmi_protocols[0] = (struct vwr_vscmi_protocol){
        .id = VWR_SCMI_SENSOR, .attributes = scmi_attributes, .handlers = &scmi_handler, .handler_count = 1};
    scmi_protocols[1] = (struct vwr_vscmi_protocol){.id = 0x80};
    scmi = (struct vwr_vscmi_options){
        .protocols = scmi_protocols, .protocol_count = 2, .vendor = "vendor", .sub_vendor = ""};
    CHECK_OPTIONS(init_scmi, VWR_VSCMI_QUEUES, rows);
}

/* ---- clocks ---- */

static struct vwr_vrtc_ops rtc_ops;
static struct vwr_vrtc_options rtc;

static int init_rtc(void)
{
    static struct vwr_vrtc v;

    return vwr_vrtc_init_with(&v, &setup, &rtc);
}

static struct vwr_vmem_options mem;

static int init_mem(void)
{
    static struct vwr_vmem m;

    vm.memory.blocks = NULL;
    return vwr_vmem_init_with(&m, &setup, &mem);
}

static void mem_options(void **state)
{
    static const struct vwr_vmem_ops ops;
    static struct vwr_memory_span run[2];
    const struct row rows[] = {
        {FIELD(mem.ops), 0, VWR_EINVAL},          {FIELD(mem.block_bytes), 0, VWR_EALIGN},
        {FIELD(mem.block_bytes), 24, VWR_EALIGN}, {FIELD(mem.bytes), 65, VWR_EALIGN},
        {FIELD(mem.addr), 1, VWR_EALIGN},         {FIELD(mem.addr), BYTES, VWR_ERANGE},
        {FIELD(mem.requested), 80, VWR_ERANGE},   {FIELD(mem.requested), 1, VWR_EALIGN},
        {FIELD(mem.extra), 1, VWR_EALIGN},        {FIELD(mem.runs), 0, VWR_ENOMEM},
        {FIELD(mem.run_count), 1, VWR_ENOMEM}};

    (void)state;
    mem = (struct vwr_vmem_options){.ops = &ops, .block_bytes = 16, .bytes = 64, .runs = run, .run_count = 2};
    CHECK_OPTIONS(init_mem, 1, rows);
    vm.memory.blocks = NULL;
}

static void rtc_options(void **state)
{
    static struct vwr_vrtc_clock clock;
    const struct row rows[] = {{FIELD(rtc.ops), 0, VWR_EINVAL},
                               {FIELD(rtc_ops.clock_read), 0, VWR_EINVAL},
                               {FIELD(rtc.clock_count), 0x10000, VWR_EINVAL}};

    (void)state;
    memset(&rtc_ops, 1, sizeof(rtc_ops));
    rtc = (struct vwr_vrtc_options){.ops = &rtc_ops, .clocks = &clock, .clock_count = 1};
    CHECK_OPTIONS(init_rtc, VWR_VRTC_QUEUES, rows);
}

/* ---- SCSI ---- */

static struct vwr_vscsi_options scsi;
static struct vwr_vt10_unit unit[3]; /* two, and a free row */
static struct vwr_vblk_backend_ops disk_ops;
static struct vwr_vblk_backend disk;

static int init_scsi(void)
{
    static struct vwr_vscsi v;

    return vwr_vscsi_init_with(&v, &setup, &scsi);
}

static void scsi_options(void **state)
{
    static struct vwr_vt10_call call[MESSAGES];
    static struct vwr_vblk_zones zones;
    static const char not_ascii[] = "\x7f";
    const struct row rows[] = {
        {FIELD(scsi.unit), 0, VWR_ENOMEM},
        {FIELD(scsi.unit_count), 0, VWR_ENOMEM},
        {FIELD(scsi.message), 0, VWR_ENOMEM},
        {FIELD(scsi.call), 0, VWR_ENOMEM},
        {FIELD(scsi.message_count), 0, VWR_ENOMEM},
        {FIELD(scsi.seg), 0, VWR_ENOMEM},
        {FIELD(scsi.seg_count), 0, VWR_ENOMEM},
        {FIELD(unit[0].target), 2, VWR_EINVAL},
        {FIELD(unit[0].lun), VWR_T10_LUN_MAX + 1u, VWR_EINVAL},
        {FIELD(unit[0].lun), 1, VWR_EINVAL}, /* that of the other unit */
        {FIELD(unit[0].serial), (uintptr_t)longest, VWR_EINVAL},
        {FIELD(unit[0].serial), (uintptr_t)not_ascii, VWR_EINVAL},
        {FIELD(unit[0].product), (uintptr_t)longest, VWR_EINVAL},
        {FIELD(unit[0].first), 3, VWR_ERANGE}, /* not a whole block */
        {FIELD(unit[0].first), 1024, VWR_ERANGE},
        {FIELD(unit[0].sectors), 3, VWR_ERANGE},
        {FIELD(unit[0].sectors), 1024, VWR_ERANGE},
        {FIELD(disk.block_bytes), 256, VWR_EINVAL},
        {FIELD(disk.block_bytes), 0x200000, VWR_EINVAL},
        {FIELD(disk.block_bytes), 1536, VWR_EINVAL},
        {FIELD(disk.zones), (uintptr_t)&zones, VWR_EUNSUPP},
        {FIELD(disk_ops.drain), 1, VWR_EUNSUPP},
        {FIELD(disk.sectors), 0, VWR_ERANGE},
    };

    (void)state;
    disk = (struct vwr_vblk_backend){.ops = &disk_ops, .sectors = 64, .block_bytes = 1024};
    unit[0] = (struct vwr_vt10_unit){.backend = &disk, .target = 1};
    unit[1] = (struct vwr_vt10_unit){.backend = &disk, .target = 1, .lun = 1};
    scsi = (struct vwr_vscsi_options){.unit = unit,
                                      .unit_count = 3,
                                      .max_target = 1,
                                      .message = message,
                                      .call = call,
                                      .message_count = MESSAGES - 1,
                                      .call_count = MESSAGES - 1,
                                      .seg = seg,
                                      .seg_count = VWR_COUNT(seg)};
    CHECK_OPTIONS(init_scsi, VWR_VSCSI_QUEUES, rows);
}

/* ---- sound ---- */

static struct vwr_vsound_options sound;
static struct vwr_snd_pcm_info_item stream, two[2];

static struct vwr_vsound sound_device;

static int init_sound(void)
{
    return vwr_vsound_init_with(&sound_device, &setup, &sound);
}

/* Streams in one direction wait for each other: their buffers are not returned in order. */
static void check_order(uint8_t first, uint8_t second)
{
    sound.streams = two;
    sound.stream_count = 2;
    two[0].direction = first;
    two[1].direction = second;
    vwr_features_add(&setup.features, VWR_F_IN_ORDER);
    assert_int_equal(init_sound(), VWR_OK);
    assert_int_equal(vwr_features_have(&vwr_vsound_dev(&sound_device)->offered, VWR_F_IN_ORDER),
                     first != second);
}

static void sound_options(void **state)
{
    static const struct vwr_vsound_ops ops;
    static const struct vwr_snd_jack_info_item jack;
    const struct row rows[] = {{FIELD(sound.ops), 0, VWR_EINVAL},
                               {FIELD(sound.jack_count), VWR_VSOUND_JACKS + 1u, VWR_EINVAL},
                               {FIELD(sound.stream_count), VWR_VSOUND_STREAMS + 1u, VWR_EINVAL},
                               {FIELD(stream.direction), 2, VWR_EINVAL},
                               {FIELD(setup.legacy), 1, VWR_EINVAL}};

    (void)state;
    sound = (struct vwr_vsound_options){
        .ops = &ops, .jacks = &jack, .streams = &stream, .jack_count = 1, .stream_count = 1};
    CHECK_OPTIONS(init_sound, VWR_VSOUND_QUEUES, rows);
    check_order(VWR_SND_D_OUTPUT, VWR_SND_D_OUTPUT);
    check_order(VWR_SND_D_INPUT, VWR_SND_D_INPUT);
    check_order(VWR_SND_D_INPUT, VWR_SND_D_OUTPUT);
}

/* ---- vsock ---- */

static struct vwr_vvsock_ops vsock_ops;
static struct vwr_vvsock_options vsock;

static int init_vsock(void)
{
    static struct vwr_vvsock v;

    return vwr_vvsock_init_with(&v, &setup, &vsock);
}

static void vsock_options(void **state)
{
    static struct vwr_socket socket;
    const struct row rows[] = {{FIELD(vsock.ops), 0, VWR_EINVAL},
                               {FIELD(vsock_ops.connect), 0, VWR_EINVAL},
                               {FIELD(vsock.sockets.socket_count), 0, VWR_ENOMEM},
                               {FIELD(vsock.sockets.buffer_bytes), 2, VWR_ENOMEM},
                               {FIELD(vsock.guest_cid), 2, VWR_EINVAL}};

    (void)state;
    memset(&vsock_ops, 1, sizeof(vsock_ops));
    vsock = (struct vwr_vvsock_options){
        .ops = &vsock_ops, .guest_cid = 3, .sockets = {&socket, 1, bytes, sizeof(bytes)}};
    CHECK_OPTIONS(init_vsock, VWR_VVSOCK_QUEUES, rows);
}

/* ---- folders: 9P and FUSE ---- */

static struct vwr_vfiles_ops files_ops;
static struct vwr_vfiles files;

#define FILES_ROWS                                                                            \
    {FIELD(files.ops), 0, VWR_EINVAL}, {FIELD(files.lock), 1, VWR_EINVAL},                    \
        {FIELD(files.unlock), 1, VWR_EINVAL}, {FIELD(files_ops.attach), 0, VWR_EINVAL},       \
        {FIELD(files_ops.walk), 0, VWR_EINVAL}, {FIELD(files_ops.clone), 0, VWR_EINVAL},      \
        {FIELD(files_ops.release), 0, VWR_EINVAL}, {FIELD(files_ops.getattr), 0, VWR_EINVAL}, \
        {FIELD(files_ops.open), 0, VWR_EINVAL},                                               \
    {                                                                                         \
        FIELD(files_ops.read), 0, VWR_EINVAL                                                  \
    }

static void set_files(void)
{
    memset(&files_ops, 1, sizeof(files_ops));
    files = (struct vwr_vfiles){.ops = &files_ops};
}

static struct vwr_v9p_options ninep;

static int init_9p(void)
{
    static struct vwr_v9p v;

    return vwr_v9p_init_with(&v, &setup, &ninep);
}

static void ninep_options(void **state)
{
    static struct vwr_v9p_fid fid[2];
    static struct vwr_vfiles_call call[MESSAGES];
    const struct row rows[] = {
        {FIELD(ninep.files), 0, VWR_EINVAL},     FILES_ROWS,
        {FIELD(ninep.tag), 0, VWR_EINVAL},       {FIELD(ninep.tag), (uintptr_t)empty, VWR_EINVAL},
        {FIELD(ninep.fid), 0, VWR_ENOMEM},       {FIELD(ninep.fid_count), 0, VWR_ENOMEM},
        {FIELD(ninep.call), 0, VWR_ENOMEM},      {FIELD(ninep.message), 0, VWR_ENOMEM},
        {FIELD(ninep.seg), 0, VWR_ENOMEM},       {FIELD(ninep.message_count), 0, VWR_ENOMEM},
        {FIELD(ninep.seg_count), 0, VWR_ENOMEM}, {FIELD(ninep.msize), 1, VWR_EINVAL},
    };

    (void)state;
    set_files();
    ninep = (struct vwr_v9p_options){.files = &files,
                                     .tag = "tag",
                                     .fid = fid,
                                     .fid_count = 2,
                                     .message = message,
                                     .call = call,
                                     .seg = seg,
                                     .message_count = MESSAGES,
                                     .call_count = MESSAGES,
                                     .seg_count = VWR_COUNT(seg)};
    CHECK_OPTIONS(init_9p, VWR_V9P_QUEUES, rows);
}

static struct vwr_vfs_options fs;

static int init_fs(void)
{
    static struct vwr_vfs v;

    return vwr_vfs_init_with(&v, &setup, &fs);
}

/* With a DAX window, which needs a region of the setup. */
static struct vwr_vdev_shm fs_region;
static uint16_t fs_regions;

static int init_fs_window(void)
{
    setup.shm = &fs_region;
    setup.shm_count = fs_regions;
    return init_fs();
}

static void check_fs_window(void)
{
    const struct row rows[] = {
        {FIELD(fs.window.at), 0, VWR_EINVAL},
        {FIELD(fs.window.unit), 0, VWR_EINVAL},
        {FIELD(fs.window.unit), BYTES / 2, VWR_EINVAL},
        {FIELD(fs.window.unit), 3 * BYTES, VWR_EINVAL},
        {FIELD(fs.window.bytes), 3 * BYTES - 1, VWR_EINVAL},
        {FIELD(fs.window.bytes), 2 * BYTES, VWR_EINVAL},
        {FIELD(fs.window.bytes), 0, VWR_OK},
        {FIELD(fs_region.bytes), 4 * BYTES, VWR_EINVAL},
        {FIELD(fs_regions), 0, VWR_EINVAL},
        {FIELD(files_ops.map), 0, VWR_EINVAL},
        {FIELD(files_ops.unmap), 0, VWR_EINVAL},
        {FIELD(setup.legacy), 1, VWR_EINVAL},
    };

    fs.window = (struct vwr_vfs_window){bytes, 3 * BYTES, BYTES};
    fs_region = (struct vwr_vdev_shm){0, 3 * BYTES};
    fs_regions = 1;
    CHECK_OPTIONS(init_fs_window, VWR_VFS_QUEUES, rows);
}

static void fs_options(void **state)
{
    static struct vwr_vfs_node node[2];
    static struct vwr_vfs_call call[MESSAGES];
    const struct row rows[] = {
        {FIELD(fs.files), 0, VWR_EINVAL},
        FILES_ROWS,
        {FIELD(fs.tag), 0, VWR_EINVAL},
        {FIELD(fs.tag), (uintptr_t)empty, VWR_EINVAL},
        {FIELD(fs.tag), (uintptr_t)longest, VWR_EINVAL},
        {FIELD(fs.node), 0, VWR_ENOMEM},
        {FIELD(fs.node_count), 1, VWR_ENOMEM},
        {FIELD(fs.call), 0, VWR_ENOMEM},
        {FIELD(fs.message), 0, VWR_ENOMEM},
        {FIELD(fs.seg), 0, VWR_ENOMEM},
        {FIELD(fs.message_count), 0, VWR_ENOMEM},
        {FIELD(fs.seg_count), 0, VWR_ENOMEM},
        {FIELD(fs.max_write), 1, VWR_EINVAL},
    };

    (void)state;
    set_files();
    fs = (struct vwr_vfs_options){.files = &files,
                                  .tag = "tag",
                                  .node = node,
                                  .node_count = 2,
                                  .message = message,
                                  .call = call,
                                  .seg = seg,
                                  .message_count = MESSAGES,
                                  .call_count = MESSAGES,
                                  .seg_count = VWR_COUNT(seg)};
    CHECK_OPTIONS(init_fs, VWR_VFS_QUEUES, rows);
    check_fs_window();
}

/* ---- GPIO ---- */

static struct vwr_vgpio_options gpio;

static int init_gpio(void)
{
    static struct vwr_vgpio v;

    return vwr_vgpio_init_with(&v, &setup, &gpio);
}

static void gpio_options(void **state)
{
    static const struct vwr_vgpio_ops ops;
    static struct vwr_vgpio_line line;
    const struct row rows[] = {
        {FIELD(gpio.ops), 0, VWR_EINVAL},
        {FIELD(gpio.lines), 0, VWR_ENOMEM},
        {FIELD(gpio.line_count), 0, VWR_ENOMEM},
        {FIELD(gpio.line_count), 0x10000, VWR_EINVAL},
        {FIELD(gpio.memory.message_count), 1, VWR_ENOMEM},
    };

    (void)state;
    gpio = (struct vwr_vgpio_options){
        .ops = &ops, .lines = &line, .line_count = 1, .memory = {message, MESSAGES, seg, VWR_COUNT(seg)}};
    CHECK_OPTIONS(init_gpio, VWR_VGPIO_QUEUES, rows);
}

/* ---- gpu ---- */

static struct vwr_vgpu_options gpu;
static uint32_t width;
static uint32_t height;

static int init_gpu(void)
{
    static struct vwr_vgpu v;
    static struct vwr_vgpu_scanout scanout;

    scanout.width = width;
    scanout.height = height;
    gpu.scanout = gpu.scanout != NULL ? &scanout : NULL;
    return vwr_vgpu_init_with(&v, &setup, &gpu);
}

static void gpu_options(void **state)
{
    static const struct vwr_vgpu_ops ops;
    static struct vwr_vgpu_scanout any;
    static struct vwr_vgpu_resource resource;
    static struct vwr_vgpu_entry entry;
    const struct row rows[] = {
        {FIELD(gpu.ops), 0, VWR_EINVAL},
        {FIELD(gpu.scanout), 0, VWR_ENOMEM},
        {FIELD(gpu.scanout_count), 0, VWR_ENOMEM},
        {FIELD(gpu.scanout_count), VWR_GPU_MAX_SCANOUTS + 1u, VWR_EINVAL},
        {FIELD(gpu.resource), 0, VWR_ENOMEM},
        {FIELD(gpu.resource_count), 0, VWR_ENOMEM},
        {FIELD(gpu.entry), 0, VWR_ENOMEM},
        {FIELD(gpu.entry_count), 0, VWR_ENOMEM},
        {FIELD(gpu.memory), 0, VWR_ENOMEM},
        {FIELD(gpu.memory_bytes), VWR_VGPU_ALIGN - 1u, VWR_ENOMEM},
#if SIZE_MAX > UINT32_MAX
        {FIELD(gpu.memory_bytes), (uint64_t)VWR_VGPU_ALIGN << 32, VWR_OK}, /* more than 32 bits of units */
#endif
        {FIELD(width), 0, VWR_EINVAL},
        {FIELD(height), 0, VWR_EINVAL},
        {FIELD(width), VWR_VGPU_SIDE_MAX + 1u, VWR_EINVAL},
        {FIELD(height), VWR_VGPU_SIDE_MAX + 1u, VWR_EINVAL},
        {FIELD(setup.legacy), 1, VWR_EINVAL},
    };

    (void)state;
    width = 64;
    height = 64;
    gpu = (struct vwr_vgpu_options){.ops = &ops,
                                    .scanout = &any,
                                    .scanout_count = 1,
                                    .resource = &resource,
                                    .resource_count = 1,
                                    .entry = &entry,
                                    .entry_count = 1,
                                    .memory = bytes,
                                    .memory_bytes = sizeof(bytes)};
    CHECK_OPTIONS(init_gpu, VWR_VGPU_QUEUES, rows);
}

/* ---- net ---- */

static struct vwr_vnet_ops net_ops;
static struct vwr_vnet_options net;

static int init_net(void)
{
    static struct vwr_vnet v;

    return vwr_vnet_init_with(&v, &setup, &net);
}

static void net_options(void **state)
{
    const struct row rows[] = {
        {FIELD(net.ops), 0, VWR_EINVAL},
        {FIELD(net_ops.transmit), 0, VWR_EINVAL},
    };

    (void)state;
    memset(&net_ops, 1, sizeof(net_ops));
    net = (struct vwr_vnet_options){.ops = &net_ops, .control = true};
    CHECK_OPTIONS(init_net, VWR_VNET_QUEUES(1u, true), rows);
}

static struct vwr_vnet_switch lan;
static uint16_t routes;

static int init_switch(void)
{
    static struct vwr_vnet_route route[2u * VWR_VNET_SWITCH_PROBES];
    const struct vwr_vnet_switch_options o = {.route = routes != 1 ? route : NULL, .route_count = routes};

    return vwr_vnet_switch_init(&lan, &o);
}

/* A power of 2 of routes, at least VWR_VNET_SWITCH_PROBES. */
static void switch_options(void **state)
{
    static const uint16_t wrong[] = {0, 1, VWR_VNET_SWITCH_PROBES / 2u, VWR_VNET_SWITCH_PROBES + 1u};

    (void)state;
    for (unsigned i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        routes = wrong[i];
        assert_int_equal(init_switch(), routes < VWR_VNET_SWITCH_PROBES ? VWR_ENOMEM : VWR_EINVAL);
    }
    routes = VWR_VNET_SWITCH_PROBES;
    assert_int_equal(init_switch(), VWR_OK);
}

/* ---- balloon ---- */

static struct vwr_vballoon_options balloon;

static int init_balloon(void)
{
    static struct vwr_vballoon v;

    return vwr_vballoon_init_with(&v, &setup, &balloon);
}

static void balloon_options(void **state)
{
    static const struct vwr_vballoon_ops ops;
    static uint32_t map[1];
    const struct row rows[] = {
        {FIELD(balloon.ops), 0, VWR_EINVAL},
        {FIELD(balloon.must_tell), 0, VWR_EINVAL}, /* exclusive pages need it */
        {FIELD(balloon.map), 0, VWR_ENOMEM},
        {FIELD(balloon.map_count), 0, VWR_ENOMEM},
    };

    (void)state;
    balloon = (struct vwr_vballoon_options){
        .ops = &ops, .map = map, .map_count = 1, .must_tell = true, .exclusive = true, .statistics = true};
    CHECK_OPTIONS(init_balloon, 3, rows);
    balloon.exclusive = false;
    balloon.must_tell = false;
    assert_int_equal(init_balloon(), VWR_OK);
}

/* ---- console and input ---- */

static struct vwr_vconsole_ops console_ops;
static struct vwr_vconsole_options console;

static int init_console(void)
{
    static struct vwr_vconsole v;

    return vwr_vconsole_init_with(&v, &setup, &console);
}

static void console_options(void **state)
{
    static struct vwr_vconsole_port port[2];
    const struct row rows[] = {
        {FIELD(console.ops), 0, VWR_EINVAL},  {FIELD(console_ops.output), 0, VWR_EINVAL},
        {FIELD(console.port), 0, VWR_ENOMEM}, {FIELD(console.port_count), 0, VWR_ENOMEM},
        {FIELD(console.rows), 0, VWR_OK}, /* no size is known then */
        {FIELD(console.cols), 0, VWR_OK},
    };

    (void)state;
    memset(&console_ops, 1, sizeof(console_ops));
    console = (struct vwr_vconsole_options){
        .ops = &console_ops, .port = port, .port_count = 2, .cols = 80, .rows = 25};
    CHECK_OPTIONS(init_console, VWR_VCONSOLE_QUEUES(2u), rows);
}

static struct vwr_vinput_options input;

static int init_input(void)
{
    static struct vwr_vinput v;

    return vwr_vinput_init_with(&v, &setup, &input);
}

static void input_options(void **state)
{
    static const struct vwr_vinput_model model;
    static struct vwr_input_event_msg fifo[2];
    const struct row rows[] = {
        {FIELD(input.model), 0, VWR_EINVAL},
        {FIELD(input.event), 0, VWR_ENOMEM},
        {FIELD(input.event_count), 0, VWR_ENOMEM},
        {FIELD(input.event_count), 3, VWR_EINVAL},
    };

    (void)state;
    input = (struct vwr_vinput_options){.model = &model, .event = fifo, .event_count = 2};
    CHECK_OPTIONS(init_input, VWR_VINPUT_QUEUES, rows);
}

/* A device without queues has no size to limit. */
static void no_queues(void **state)
{
    static const struct vwr_vdev_class class = {.name = "none", .id = 63};
    const struct vwr_features none = {{0}};
    struct vwr_vdev v;

    (void)state;
    make_setup();
    assert_int_equal(vwr_vdev_init(&v, &class, &setup, &none, 0, NULL, 0), VWR_OK);
    vwr_vdev_limit(&v, SEGS);
    assert_int_equal(v.size_max, 1);
}

/* A segment that straddles adjacent regions needs two entries: borders make a queue shorter. */
static void borders_shorten_queues(void **state)
{
    static const struct vwr_memory_region adjacent[] = {
        {0x1000, 0x1000, NULL}, {0x3000, 0x1000, NULL}, {0x4000, 0x1000, NULL}, {0x5000, 0x1000, NULL}};
    static const struct vwr_vdev_class class = {.name = "none", .id = 63};
    static const struct {
        uint32_t regions, segs;
        uint16_t size;
    } rows[] = {{1, SIZE, SIZE},         {2, SIZE, SIZE},     {4, SIZE, SIZE / 2},
                {4, SIZE + 1, SIZE / 2}, {4, SIZE + 2, SIZE}, {1, SIZE - 1, SIZE / 2}};
    const struct vwr_features none = {{0}};
    struct vwr_vdev v;

    (void)state;
    make_setup();
    vm.memory.region = adjacent;
    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        vm.memory.region_count = rows[i].regions;
        assert_int_equal(vwr_vdev_init(&v, &class, &setup, &none, 1, NULL, 0), VWR_OK);
        vwr_vdev_limit(&v, rows[i].segs);
        assert_int_equal(v.size_max, rows[i].size);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(crypto_options),  cmocka_unit_test(i2c_options),
        cmocka_unit_test(can_options),     cmocka_unit_test(spi_options),
        cmocka_unit_test(scmi_options),    cmocka_unit_test(pmem_options),
        cmocka_unit_test(rtc_options),     cmocka_unit_test(mem_options),
        cmocka_unit_test(scsi_options),    cmocka_unit_test(sound_options),
        cmocka_unit_test(vsock_options),   cmocka_unit_test(ninep_options),
        cmocka_unit_test(fs_options),      cmocka_unit_test(gpio_options),
        cmocka_unit_test(gpu_options),     cmocka_unit_test(net_options),
        cmocka_unit_test(switch_options),  cmocka_unit_test(balloon_options),
        cmocka_unit_test(console_options), cmocka_unit_test(input_options),
        cmocka_unit_test(no_queues),       cmocka_unit_test(borders_shorten_queues),
    };

    return cmocka_run_group_tests_name("options", tests, NULL, NULL);
}
