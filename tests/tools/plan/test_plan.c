/* SPDX-License-Identifier: MIT */
/*
 * Tests the compiled tables of two plans: which device answers at each address, with which content, and which
 * hook is called on an error.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include "vwr_plan_two_guests.h"
#include "vwr_plan_world.h"
#include "vwr/v9p.h"
#include "vwr/vm.h"
#include "vwr/vstate.h"
#include "vwr/gen/blk.h"
#include "vwr/gen/features.h"
#include "vwr/gen/ids.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/net.h"
#include "vwr/gen/status.h"

#include <cmocka.h>

static struct vwr_plan_two_guests two;
static struct vwr_plan_world world;
static _Alignas(4096) uint8_t ram[6][0x1000]; /* the tests inspect the devices but do not use them */
static uint32_t asked;

static int no_storage(struct vwr_vblk_backend *be, struct vwr_vblk_req *r)
{
    (void)be;
    (void)r;
    return VWR_EIO;
}

static const struct vwr_vblk_backend_ops storage_ops = {.submit = no_storage};
static struct vwr_vblk_backend storage[3] = {
    {.ops = &storage_ops, .sectors = 131072, .block_bytes = 512, .flush = true},
    {.ops = &storage_ops, .sectors = 24, .block_bytes = 512, .flush = true},
    {.ops = &storage_ops, .sectors = 1000, .block_bytes = 512, .flush = true},
};
static struct vwr_vblk_backend *const disks[] = {&storage[0], &storage[1], &storage[2]};

static void interrupt(struct vwr_vm *vm, uint32_t line, bool level)
{
    (void)vm;
    (void)line;
    (void)level;
}

/* No device here exceeds its budget. */
static void again(struct vwr_vm *vm, struct vwr_vdev *v, uint16_t queue)
{
    (void)vm;
    (void)v;
    (void)queue;
}

static void message(struct vwr_vm *vm, uint64_t addr, uint32_t data)
{
    (void)vm;
    (void)addr;
    (void)data;
}

static const struct vwr_vm_ops vm_ops = {.irq = interrupt, .msi = message, .again = again};

static uint32_t all_taken(struct vwr_vconsole *c, unsigned port, const uint8_t *bytes, uint32_t n)
{
    (void)c;
    (void)port;
    (void)bytes;
    return n;
}

static const struct vwr_vconsole_ops console_ops = {.output = all_taken};

static uint32_t zeros(struct vwr_ventropy *e, uint8_t *bytes, uint32_t n)
{
    (void)e;
    memset(bytes, 0, n);
    return n;
}

static const struct vwr_vgpu_ops gpu_ops = {.scanout = NULL};
static const struct vwr_vballoon_ops balloon_ops = {.release = NULL};

static void led(struct vwr_vinput *in, uint16_t type, uint16_t code, uint32_t value)
{
    (void)in;
    (void)type;
    (void)code;
    (void)value;
}

static const struct vwr_vinput_ops input_ops = {.status = led};

/* Nobody connects. */
static int connects(struct vwr_vvsock *v, struct vwr_socket *s)
{
    (void)v;
    (void)s;
    return VWR_ENODEV;
}

static const struct vwr_vvsock_ops vsock_ops = {.connect = connects};

#define KEY "a key of a MAC"

static unsigned sessions;

static int new_session(void *context, struct vwr_vcrypto_session *session,
                       const struct vwr_crypto_setup *setup)
{
    (void)context;
    (void)session;
    assert_int_equal(setup->key_bytes, sizeof KEY);
    assert_memory_equal(setup->key, KEY, sizeof KEY);
    sessions++;
    return VWR_OK;
}

static void end(void *context, struct vwr_vcrypto_session *session)
{
    (void)context;
    (void)session;
    sessions--;
}

static int no_data(void *context, struct vwr_vcrypto_session *session, struct vwr_crypto_data *data)
{
    (void)context;
    (void)session;
    (void)data;
    return VWR_CRYPTO_ERR;
}

static const struct vwr_vcrypto_ops crypto_ops = {.create = new_session, .destroy = end, .run = no_data};
static const struct vwr_crypto_config_info crypto_info = {.crypto_services = 1u << VWR_CRYPTO_SERVICE_MAC,
                                                          .mac_algo_l = 1u << VWR_CRYPTO_MAC_HMAC_SHA1,
                                                          .max_auth_key_len = 32};

static int no_target(struct vwr_vi2c *v, struct vwr_vi2c_message *m)
{
    (void)v;
    (void)m;
    return VWR_ENODEV;
}

static int flush(struct vwr_vpmem *v, uint64_t ticket)
{
    (void)v;
    (void)ticket;
    return VWR_OK;
}

static int refused(struct vwr_vgpio *v, unsigned line, const struct vwr_vgpio_line *wanted)
{
    (void)v;
    (void)line;
    (void)wanted;
    return VWR_EIO;
}

static int no_bus(struct vwr_vcan *v, const struct vwr_can_frame *f, uint64_t ticket)
{
    (void)v;
    (void)f;
    (void)ticket;
    return VWR_EIO;
}

static const struct vwr_vcan_ops can_ops = {.send = no_bus};
static const struct vwr_vcan_options can = {.ops = &can_ops, .no_fd = true};
static struct vwr_vspi_chip chips[3];
static const struct vwr_vspi_options spi = {
    .limits = {.mode_func_supported = VWR_SPI_CONFIG_MODE_FUNC_SUPPORTED_CPHA_0_MASK |
                                      VWR_SPI_CONFIG_MODE_FUNC_SUPPORTED_CPOL_0_MASK},
    .chips = chips,
    .chip_count = VWR_COUNT(chips)};
static const struct vwr_vmem_ops mem_ops = {.give = NULL};
static const struct vwr_vgpio_ops gpio_ops = {.changed = refused};
static const struct vwr_vsound_ops sound_ops = {.remap = NULL};
static const struct vwr_snd_pcm_info_item streams[] = {{.formats = 1u << VWR_SND_PCM_FMT_S16,
                                                        .rates = 1u << VWR_SND_PCM_RATE_48000,
                                                        .direction = VWR_SND_D_OUTPUT,
                                                        .channels_min = 1,
                                                        .channels_max = 2}};
static const struct vwr_vsound_options sound = {.ops = &sound_ops, .streams = streams, .stream_count = 1};
static struct vwr_vfiles_memory files; /* defined by the VMM */
static struct vwr_vfiles_memory_file file[4];
static struct vwr_vfiles_memory_entry entry[4];
static struct vwr_vfiles *const folders[] = {NULL, &files.files};
/*
 * Offloads for world's switches: the uplink of the first one completes checksums, and supports nothing else.
 */
static const struct vwr_features offloads[] = {{{1u << VWR_NET_F_CSUM | 1u << VWR_NET_F_GUEST_CSUM}}, {{0}}};

static void *memory_of(void *context, const struct vwr_vplan_vm *row, uint32_t index)
{
    assert_ptr_equal(context, &asked);
    assert_true(index < row->memories);
    return ram[asked++ % 6];
}

static struct vwr_vplan_host host(void)
{
    const struct vwr_vplan_host h = {.ops = &vm_ops,
                                     .context = &asked,
                                     .memory = memory_of,
                                     .disk = disks,
                                     .console = &console_ops,
                                     .entropy = zeros,
                                     .gpu = &gpu_ops,
                                     .input = &input_ops,
                                     .balloon = &balloon_ops,
                                     .folder = folders,
                                     .vsock = &vsock_ops,
                                     .crypto = &crypto_ops,
                                     .crypto_info = &crypto_info,
                                     .sound = &sound,
                                     .i2c = no_target,
                                     .can = &can,
                                     .spi = &spi,
                                     .pmem = flush,
                                     .mem = &mem_ops,
                                     .gpio = &gpio_ops,
                                     .offloads = offloads};
    const struct vwr_vfiles_memory_options tree = {
        .file = file, .file_count = 4, .entry = entry, .entry_count = 4, .read_only = true};

    assert_int_equal(vwr_vfiles_memory_init(&files, &tree), VWR_OK);
    asked = 0;
    return h;
}

static int setup(void **state)
{
    const struct vwr_vplan_host h = host();

    (void)state;
    storage[0].sectors = 131072;
    memset(&two, 0xa5, sizeof two);
    memset(&world, 0xa5, sizeof world);
    assert_int_equal(vwr_plan_two_guests_init(&two, &h, NULL), VWR_OK);
    assert_int_equal(vwr_plan_world_init(&world, &h, NULL), VWR_OK);
    return 0;
}

static uint32_t get(const struct vwr_vplan *plan, void *memory, uint64_t addr)
{
    uint64_t value = 0x5555;

    assert_true(vwr_vplan_access(plan, memory, addr, 4, false, &value));
    return (uint32_t)value;
}

static void put(const struct vwr_vplan *plan, void *memory, uint64_t addr, uint32_t value)
{
    uint64_t v = value;

    assert_true(vwr_vplan_access(plan, memory, addr, 4, true, &v));
}

static void answers_on_mmio(const struct vwr_vplan *plan, void *memory, const struct vwr_vplan_device *row)
{
    /* a disk's queue is limited by its segments until the driver has accepted SEG_MAX */
    const uint32_t size = row->id == VWR_BLK_ID ? vwr_vplan_device(row, memory)->size_max : row->queue_size;

    assert_int_equal(get(plan, memory, row->addr + VWR_MMIO_MAGIC_VALUE), VWR_MMIO_MAGIC_VALUE_VALUE);
    assert_int_equal(get(plan, memory, row->addr + VWR_MMIO_VERSION), row->legacy ? 1 : 2);
    assert_int_equal(get(plan, memory, row->addr + VWR_MMIO_DEVICE_ID), row->id);
    for (uint32_t q = 0; q < 12; q++) {
        put(plan, memory, row->addr + VWR_MMIO_QUEUE_SEL, q);
        assert_int_equal(get(plan, memory, row->addr + VWR_MMIO_QUEUE_SIZE_MAX), q < row->queues ? size : 0);
    }
}

/* Its bus gets number 1, and it forwards the MiB of the BAR. */
static void is_behind_a_bridge(const struct vwr_vplan *plan, void *memory, uint64_t bridge, uint64_t bar)
{
    const uint32_t mib = (uint32_t)(bar >> 16) & 0xfff0u;

    assert_int_equal(get(plan, memory, bridge + 8) >> 16, 0x0604);
    put(plan, memory, bridge + 0x18, 0x010100);
    put(plan, memory, bridge + 0x20, mib << 16 | mib);
    put(plan, memory, bridge + 4, 6);
}

static void answers_on_pci(const struct vwr_vplan *plan, void *memory, const struct vwr_vplan_device *row)
{
    const struct vwr_vplan_pci *const pci = vwr_vplan_pci(&plan->vm[row->vm]);
    const uint64_t bar = pci->window + (row->bridge != 0 ? 0x100000 : 0) + VWR_VPCI_BAR_BYTES * row->slot;
    const uint64_t space = row->addr + (row->bridge != 0 ? VWR_VPCI_BUS_BYTES : 0);
    const struct vwr_vpci *const f = vwr_vplan_function(row, memory);
    uint64_t value = 0;

    assert_int_equal(row->addr, pci->ecam + 0x8000u * row->slot);
    if (row->bridge != 0)
        is_behind_a_bridge(plan, memory, row->addr, bar);
    assert_int_equal(get(plan, memory, space), VWR_PCI_VENDOR_ID | (VWR_PCI_DEVICE_ID_MODERN_BASE + row->id)
                                                                       << 16);
    assert_int_equal(get(plan, memory, space + 0x1000), 0xffffffff); /* no other function */
    assert_int_equal(get(plan, memory, bar), 0xffffffff);
    put(plan, memory, space + 0x10, (uint32_t)bar);
    put(plan, memory, space + 4, 6);
    assert_true(
        vwr_vplan_vm_access(plan, memory, row->vm, bar + VWR_PCI_COMMON_CFG_NUM_QUEUES, 2, false, &value));
    assert_int_equal(value, row->queues);
    assert_ptr_equal(f->v, vwr_vplan_device(row, memory));
    assert_int_equal(f->vectors, row->queues + 1);
    assert_false(f->narrow);
    assert_false(vwr_vplan_vm_access(plan, memory, row->vm, pci->frame, 4, false, &value));
}

static void answers(const struct vwr_vplan *plan, void *memory)
{
    for (uint32_t i = 0; i < plan->devices; i++) {
        const struct vwr_vplan_device *const row = &plan->device[i];
        struct vwr_vdev *const v = vwr_vplan_device(row, memory);

        if (plan->vm[row->vm].bus == NULL)
            answers_on_mmio(plan, memory, row);
        else
            answers_on_pci(plan, memory, row);
        assert_ptr_equal(v->queue[0].done,
                         (struct vwr_vqueue_entry *)(void *)((uint8_t *)memory + plan->own_at) + row->own);
        assert_ptr_equal(vwr_vplan_of(plan, memory, v), row);
        assert_int_equal(vwr_vplan_row(plan, memory, v->vm), row->vm);
        assert_int_equal(v->line, row->line);
        assert_ptr_equal(vwr_vplan_of_line(plan, row->vm, row->line), row);
    }
}

static void test_devices_answer_where_the_plan_says(void **state)
{
    (void)state;
    answers(&vwr_plan_two_guests, &two);
    answers(&vwr_plan_world, &world);
}

static void test_addresses_and_interrupts(void **state)
{
    static const uint32_t ids[] = {VWR_ID_BLOCK,   VWR_ID_CONSOLE, VWR_ID_RNG,   VWR_ID_NET,  VWR_ID_9P,
                                   VWR_ID_BALLOON, VWR_ID_GPU,     VWR_ID_INPUT, VWR_ID_INPUT};
    static const uint32_t devices[] = {9, 4};

    (void)state;
    for (uint32_t vm = 0; vm < 2; vm++) {
        for (uint32_t device = 0; device < 16; device++) {
            const uint64_t at = 0x0a000000u + 0x10000u * vm + 0x1000u * device;

            assert_int_equal(get(&vwr_plan_two_guests, &two, at + VWR_MMIO_DEVICE_ID),
                             device < devices[vm] ? ids[device] : 0);
        }
        for (uint32_t line = 40; line < 80; line++) {
            const struct vwr_vplan_device *const row = vwr_vplan_of_line(&vwr_plan_two_guests, vm, line);

            if (line - (48 + 16 * vm) < devices[vm])
                assert_int_equal(row->slot, line - (48 + 16 * vm));
            else
                assert_null(row);
        }
    }
}

static void test_no_other_address_is_ours(void **state)
{
    static const uint64_t others[] = {0,          0x09ffffff, 0x0a020000,  0x0a04fffc, 0x0a060000,
                                      0x0affffff, 0x0b010000, 0x10a000000, UINT64_MAX};
    uint64_t value = 77;

    (void)state;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        assert_false(vwr_plan_world_access(&world, others[i], 4, false, &value));
    assert_false(vwr_plan_two_guests_access(&two, 0x0a020000, 4, false, &value));
    assert_false(vwr_plan_two_guests_access(&two, 0x09fffffc, 4, false, &value));
    assert_false(vwr_vm_access(&two.vm[0], 0x0a010000, 4, false, &value));
    assert_int_equal(value, 77);
}

static uint32_t offered(uint64_t at, uint32_t word)
{
    put(&vwr_plan_world, &world, at + VWR_MMIO_DEVICE_FEATURES_SEL, word);
    return get(&vwr_plan_world, &world, at + VWR_MMIO_DEVICE_FEATURES);
}

static bool offers(uint64_t at, unsigned feature)
{
    return (offered(at, feature / 32) >> feature % 32 & 1) != 0;
}

static void test_features_are_those_of_the_plan(void **state)
{
    const uint64_t old = vwr_plan_world.vm[0].base, new = vwr_plan_world.vm[1].base;

    (void)state;
    assert_int_equal(new, 0x0a050000);
    assert_false(offers(old, VWR_F_INDIRECT_DESC));
    assert_true(offers(old, VWR_F_EVENT_IDX));
    assert_true(offers(old, VWR_BLK_F_RO));
    assert_true(vwr_features_have(&two.alpha.block0.device.dev.offered, VWR_BLK_F_FLUSH));
    assert_false(offers(new + 0x1000, VWR_BLK_F_FLUSH)); /* write-through */
    assert_true(offers(old + 0x1000, VWR_CONSOLE_F_EMERG_WRITE));
    assert_false(offers(new + 0x2000, VWR_CONSOLE_F_EMERG_WRITE));
    assert_false(offers(old + 0x1000, VWR_F_EVENT_IDX));
    assert_true(offers(old + 0x2000, VWR_F_INDIRECT_DESC));
    assert_true(offers(new, VWR_F_RING_PACKED));
    assert_true(offers(new, VWR_BLK_F_MQ));
    assert_true(offers(new + 0x1000, VWR_F_IN_ORDER));
    assert_true(offers(new + 0x1000, VWR_F_NOTIFICATION_DATA));
    assert_true(offers(new + 0x1000, VWR_F_RING_RESET));
    assert_true(offers(new + 0x1000, VWR_F_SUSPEND));
    assert_false(offers(new, VWR_F_SUSPEND));
    assert_false(offers(new + 0x1000, VWR_F_RING_PACKED));
    assert_false(offers(new + 0x1000, VWR_BLK_F_RO));
}

static void test_options_reach_the_devices(void **state)
{
    const struct vwr_blk_config *const root = world.legacy.root.device.dev.config;
    const struct vwr_blk_config *const data = world.modern.block1.device.dev.config;
    const struct vwr_console_config *const console = world.legacy.console0.device.dev.config;

    (void)state;
    assert_int_equal(vwr_guest64(true, root->capacity), 1000);
    assert_memory_equal(world.legacy.root.device.id, "old \"root\"", 11);
    assert_ptr_equal(world.legacy.root.device.backend, &storage[0]);
    assert_ptr_equal(world.modern.block1.device.backend, &storage[1]);
    assert_int_equal(vwr_guest64(false, data->capacity), 8);
    assert_int_equal(vwr_guest16(true, console->cols), 132);
    assert_int_equal(vwr_guest16(true, console->rows), 43);
    assert_int_equal(world.modern.console0.device.dev.queues, VWR_VCONSOLE_QUEUES(3));
    assert_string_equal(world.modern.console0.port[1].name, "log");
    assert_true(world.modern.console0.port[0].console && !world.modern.console0.port[1].console);
    assert_ptr_equal(world.modern.console0.device.context, &asked);
}

static uint8_t config8(const struct vwr_vdev *v, uint64_t at)
{
    uint64_t value = 0;

    assert_true(vwr_vm_access(v->vm, vwr_vplan_of(&vwr_plan_world, &world, v)->addr + VWR_MMIO_CONFIG + at, 1,
                              false, &value));
    return (uint8_t)value;
}

static void test_options_of_network_devices(void **state)
{
    struct vwr_vnet *const out = &world.full.network0.device;
    struct vwr_vdev *const v = vwr_vnet_dev(out);
    static const uint8_t mac[6] = {0x52, 0x54, 0, 0x0a, 0x0b, 0x0c}, made[6] = {2, 0x56, 0x57, 0, 3, 1};

    (void)state;
    for (unsigned i = 0; i < 6; i++) {
        assert_int_equal(config8(v, i), mac[i]);
        assert_int_equal(config8(vwr_vnet_dev(&world.full.network1.device), i), made[i]);
    }
    assert_int_equal(config8(v, 8), 2);     /* queue pairs */
    assert_int_equal(config8(v, 10), 0x28); /* MTU 9000 */
    assert_int_equal(config8(v, 11), 0x23);
    assert_true(vwr_features_have(&v->offered, VWR_NET_F_CSUM));
    assert_true(vwr_features_have(&v->offered, VWR_NET_F_MQ));
    assert_false(vwr_features_have(&v->offered, VWR_NET_F_HOST_TSO4)); /* the uplink does not segment */
    assert_false(vwr_features_have(&vwr_vnet_dev(&world.full.network1.device)->offered, VWR_NET_F_CSUM));
    assert_true(vwr_features_have(&vwr_vnet_dev(&two.beta.network0.device)->offered, VWR_NET_F_CSUM));
    assert_ptr_equal(world.full.network0.port.sw, &world.switches.outside.device);
    assert_ptr_equal(world.full.network1.port.sw, &world.switches.inside.device);
    assert_ptr_equal(world.full.peer.port.sw, &world.switches.inside.device);
}

static void test_zones_of_disks(void **state)
{
    const struct vwr_vblk_zones *const managed = world.modern.block2.device.zones;
    const struct vwr_vblk_zones *const aware = world.modern.block3.device.zones;

    (void)state;
    assert_true(vwr_features_have(&world.modern.block2.device.dev.offered, VWR_BLK_F_ZONED));
    assert_null(world.modern.block0.device.zones);
    assert_ptr_equal(managed, &world.modern.block2.zones);
    assert_int_equal(managed->zone_count, 3); /* the last one has 88 sectors */
    assert_int_equal(managed->capacity, 200);
    assert_int_equal(managed->open_max, 2);
    assert_int_equal(managed->active_max, 3);
    assert_int_equal(managed->append_sectors_max, 64);
    assert_int_equal(managed->zone[0].type, VWR_BLK_ZT_CONV);
    assert_int_equal(managed->zone[2].type, VWR_BLK_ZT_SWR);
    assert_int_equal(aware->zone_count, 4);
    assert_int_equal(aware->zone[0].type, VWR_BLK_ZT_SWP);
}

static void test_options_of_gpus_and_inputs(void **state)
{
    const struct vwr_vgpu *const g = &world.full.gpu0.device;
    const struct vwr_vplan_gpu *const row =
        vwr_vplan_of(&vwr_plan_world, &world, vwr_vgpu_dev(&world.full.gpu0.device))->options;

    (void)state;
    assert_int_equal(g->scanouts, 2);
    assert_int_equal(g->scanout[0].width, 640);
    assert_int_equal(g->scanout[1].height, 200);
    assert_int_equal(g->resources, 5);
    assert_ptr_equal(g->memory, world.full.gpu0.memory);
    assert_int_equal((uintptr_t)g->memory % VWR_VGPU_ALIGN, 0);
    assert_int_equal(row->screen[0], VWR_PLAN_WORLD_SCREEN_RIGHT);
    assert_int_equal(row->screen[1], VWR_PLAN_WORLD_SCREEN_LEFT);
    assert_ptr_equal(g->context, &asked);
    assert_ptr_equal(world.full.input0.device.options.model, &vwr_vinput_keyboard);
    assert_string_equal(world.full.input0.device.options.serial, "k1");
    assert_int_equal(world.full.input0.device.options.event_count, 16);
    assert_ptr_equal(world.full.input2.device.options.model, &vwr_vinput_tablet);
    assert_ptr_equal(world.full.input3.device.options.event, world.full.input3.event);
    assert_ptr_equal(world.full.input1.device.options.ops, &input_ops);
}

static void test_options_of_folders_and_balloons(void **state)
{
    const struct vwr_vdev *const v = vwr_vballoon_dev(&world.full.balloon0.device);

    (void)state;
    assert_int_equal(config8(vwr_v9p_dev(&world.full.folder0.device), 0), 5);
    assert_int_equal(config8(vwr_v9p_dev(&world.full.folder0.device), 2), 'f');
    assert_int_equal(world.full.folder0.device.fids, 8);
    assert_int_equal(world.full.folder0.device.requests, 2);
    assert_ptr_equal(world.full.folder0.device.files, &world.folders.tree.tree.files);
    assert_ptr_equal(world.full.folder1.device.files, &files.files);
    assert_int_equal(config8(vwr_vfs_dev(&world.full.fs0.device), 0), 'f');
    assert_int_equal(config8(vwr_vfs_dev(&world.full.fs0.device), VWR_VFS_TAG), 3);
    assert_int_equal(world.full.fs0.device.nodes, 9);
    assert_int_equal(world.full.fs0.device.requests, 2);
    assert_ptr_equal(world.full.fs0.device.files, &world.folders.tree.tree.files);
    assert_int_equal(world.folders.tree.tree.files_free, 19); /* the root is one of them */
    assert_true(world.folders.tree.tree.blocks >= 0x20000 / VWR_VFILES_MEMORY_BLOCK);
    assert_true(vwr_features_have(&v->offered, VWR_BALLOON_F_STATS_VQ));
    assert_true(vwr_features_have(&v->offered, VWR_BALLOON_F_PAGE_POISON));
    assert_false(
        vwr_features_have(&vwr_vballoon_dev(&world.full.balloon1.device)->offered, VWR_BALLOON_F_STATS_VQ));
    assert_int_equal(sizeof world.full.balloon0.map / 4, 8 + 2); /* 256 pages, and 33 */
}

static void test_options_of_scsi_hosts_and_socket_devices(void **state)
{
    struct vwr_vscsi *const host = &world.full.scsi0.device;
    const struct vwr_vvsock *const socket = &world.full.vsock0.device;

    (void)state;
    assert_int_equal(vwr_vscsi_dev(host)->queues, 4);
    assert_int_equal(host->t10.units, 2);
    assert_int_equal(host->requests, 3);
    assert_ptr_equal(host->t10.unit[0].backend, &storage[0]);
    assert_true(host->t10.unit[0].read_only);
    assert_int_equal(host->t10.unit[0].lun, 0);
    assert_string_equal(host->t10.unit[0].serial, "s1");
    assert_string_equal(host->t10.unit[0].product, "root");
    assert_ptr_equal(host->t10.unit[1].backend, &storage[1]);
    assert_int_equal(host->t10.unit[1].target, 7);
    assert_int_equal(host->t10.unit[1].lun, 300);
    assert_int_equal(config8(vwr_vscsi_dev(host), 30), 7); /* max_target */
    assert_int_equal(socket->guest_cid, 77);
    assert_int_equal(socket->sockets.memory.socket_count, 5);
    assert_int_equal(socket->sockets.capacity, 4096);
    assert_ptr_equal(socket->context, &asked);
    assert_false(vwr_features_have(&socket->dev.offered, VWR_VSOCK_F_SEQPACKET));
    assert_int_equal(world.full.vsock1.device.guest_cid, 3 + 3); /* the number of the VM */
    assert_true(vwr_features_have(&world.full.vsock1.device.dev.offered, VWR_VSOCK_F_SEQPACKET));
}

/* Number of resets without a status of 0 that the device has tolerated. */
static unsigned start_twice(const struct vwr_vdev *v)
{
    static const uint32_t steps[] = {VWR_STATUS_RESET,
                                     VWR_STATUS_ACKNOWLEDGE,
                                     VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER,
                                     VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER | VWR_STATUS_FEATURES_OK,
                                     VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER | VWR_STATUS_FEATURES_OK |
                                         VWR_STATUS_DRIVER_OK,
                                     VWR_STATUS_ACKNOWLEDGE};
    const uint64_t at = vwr_vplan_of(&vwr_plan_world, &world, v)->addr + VWR_MMIO_STATUS;

    for (unsigned i = 0; i < sizeof steps / sizeof steps[0]; i++)
        put(&vwr_plan_world, &world, at, steps[i]);
    return (unsigned)vwr_tolerated_count(&v->tolerated, VWR_TOLERATED_NO_RESET);
}

static void test_what_devices_tolerate(void **state)
{
    (void)state;
    assert_int_equal(start_twice(&world.far.entropy0.device.dev), 1); /* tolerate: qemu */
    assert_int_equal(start_twice(&world.far.entropy1.device.dev), 0);
}

static void test_options_of_crypto_devices(void **state)
{
    const struct vwr_vcrypto *const crypto = &world.far.crypto0.device;

    (void)state;
    assert_int_equal(crypto->service.service.dev.queues, 3);
    assert_int_equal(crypto->info.max_dataqueues, 2);
    assert_int_equal(crypto->info.max_size, 512);
    assert_int_equal(crypto->info.crypto_services, crypto_info.crypto_services);
    assert_int_equal(crypto->options.session_count, 3);
    assert_int_equal(sizeof world.far.crypto0.buffer, 1024);
    assert_ptr_equal(crypto->options.context, &asked);
    assert_int_equal(world.far.crypto1.device.options.session_count, 64);
    assert_int_equal(world.far.crypto1.device.info.max_size, 65536);
}

/*
 * Adds a session to the saved state of a device without one. The last part of the state belongs to the class.
 */
static size_t add_session(uint8_t *state, size_t bytes)
{
    const struct vwr_state_session session = {.id = vwr_cpu_to_le64(0x10000), /* the first one, in row 0 */
                                              .service = vwr_cpu_to_le32(VWR_CRYPTO_SERVICE_MAC),
                                              .algo = vwr_cpu_to_le32(VWR_CRYPTO_MAC_HMAC_SHA1),
                                              .key_bytes = vwr_cpu_to_le32(sizeof KEY)};
    const uint32_t more = sizeof session + sizeof KEY;
    struct vwr_state_crypto class = {.serial = vwr_cpu_to_le64(1), .count = vwr_cpu_to_le32(1)};
    struct vwr_admin_dev_part_hdr header;
    struct vwr_state_device device;
    uint8_t *const at = state + bytes - sizeof class;

    memcpy(&header, at - sizeof header, sizeof header);
    header.length = vwr_cpu_to_le32(sizeof class + more);
    memcpy(at - sizeof header, &header, sizeof header);
    memcpy(&device, state + sizeof header, sizeof device);
    device.length = vwr_cpu_to_le32(vwr_le32_to_cpu(device.length) + more);
    memcpy(state + sizeof header, &device, sizeof device);
    memcpy(at, &class, sizeof class);
    memcpy(at + sizeof class, &session, sizeof session);
    memcpy(at + sizeof class + sizeof session, KEY, sizeof KEY);
    return bytes + more;
}

/* Its memory for keys comes from the plan. */
static void test_sessions_of_a_crypto_device_are_saved(void **state)
{
    static const struct vwr_vstate_class *const classes[] = {&vwr_vcrypto_state};
    static uint8_t first[1024], again[1024];
    struct vwr_vdev *const v = vwr_vcrypto_dev(&world.far.crypto0.device);
    struct vwr_vstate s = {.memory = first, .bytes = sizeof first, .kind = classes, .kinds = 1};
    size_t bytes;

    (void)state;
    assert_int_equal(vwr_vdev_save(v, 0, &s), VWR_OK);
    bytes = add_session(first, s.done);
    for (unsigned i = 0; i < 2; i++) { /* then from what the device has saved itself */
        s = (struct vwr_vstate){.memory = first, .bytes = bytes, .kind = classes, .kinds = 1};
        assert_int_equal(vwr_vdev_load(v, 0, &s), VWR_OK);
        assert_int_equal(s.done, bytes);
        assert_int_equal(sessions, 1);
        s = (struct vwr_vstate){.memory = again, .bytes = sizeof again, .kind = classes, .kinds = 1};
        assert_int_equal(vwr_vdev_save(v, 0, &s), VWR_OK);
        assert_int_equal(s.done, bytes);
        assert_memory_equal(first, again, bytes);
        memcpy(first, again, bytes);
        vwr_vdev_reset(v);
        assert_int_equal(sessions, 0);
    }
    assert_null(world.far.crypto1.device.options.keys);
}

static void test_options_of_sound_cards_and_buses(void **state)
{
    const struct vwr_vsound *const card = &world.modern.sound0.device;

    (void)state;
    assert_int_equal(card->options.stream_count, 1);
    assert_ptr_equal(card->options.streams, streams);
    assert_ptr_equal(card->context, &asked);
    assert_int_equal(world.modern.i2c0.device.options.data_bytes, 256);
    assert_int_equal(sizeof world.modern.i2c0.data, 256);
    assert_ptr_equal(world.modern.i2c0.device.options.data, world.modern.i2c0.data);
    assert_int_equal(world.modern.i2c1.device.options.data_bytes, 4096);
    assert_ptr_equal(world.modern.i2c1.device.options.transfer, no_target);
    assert_ptr_equal(world.modern.i2c1.device.context, &asked);
    assert_ptr_equal(world.modern.pmem0.device.context, &asked);
    assert_int_equal(world.modern.pmem0.device.start, 0x80000000);
    assert_int_equal(world.modern.pmem0.device.size, 0x2000);
}

/* The region is one more row of the VM's memory. */
static void test_options_of_memory_devices(void **state)
{
    const struct vwr_vmem *const mem = &world.modern.mem0.device;
    const struct vwr_memory *const memory = &world.vm[VWR_PLAN_WORLD_VM_MODERN].memory;

    (void)state;
    assert_ptr_equal(mem->ops, &mem_ops);
    assert_ptr_equal(mem->context, &asked);
    assert_int_equal(mem->blocks.addr, 0x90000000);
    assert_int_equal(mem->blocks.bytes, 0x14000);
    assert_int_equal(mem->blocks.shift, 14);
    assert_int_equal(mem->requested, 0x8000);
    assert_int_equal(mem->usable, 0x14000);
    assert_int_equal(mem->most, 3); /* every second one of five blocks */
    assert_ptr_equal(mem->blocks.table[0], world.modern.mem0.run);
    assert_ptr_equal(mem->blocks.table[1], world.modern.mem0.run + 3);
    assert_int_equal(sizeof world.modern.mem0.run, 6 * sizeof(struct vwr_memory_span));
    assert_ptr_equal(memory->blocks, &mem->blocks);
    assert_int_equal(memory->region_count, 2);
    assert_int_equal(memory->region[1].addr, 0x90000000);
    assert_int_equal(memory->region[1].bytes, 0x14000);
    assert_ptr_equal(memory->region[1].host, (void *)(uintptr_t)0x7100000000);
}

static void test_options_of_can_and_spi_devices(void **state)
{
    const struct vwr_vcan *const c = &world.modern.can0.device;
    const struct vwr_vspi *const s = &world.modern.spi0.device;

    (void)state;
    assert_ptr_equal(c->ops, &can_ops);
    assert_ptr_equal(c->context, &asked);
    assert_true(vwr_features_have(&c->service.service.dev.offered, VWR_CAN_F_CAN_CLASSIC));
    assert_false(vwr_features_have(&c->service.service.dev.offered, VWR_CAN_F_CAN_FD));
    assert_ptr_equal(s->options.chips, chips);
    assert_int_equal(s->options.limits.cs_max_number, 3);
    assert_ptr_equal(s->options.data, world.modern.spi0.data);
    assert_int_equal(s->options.data_bytes, sizeof world.modern.spi0.data);
    assert_int_equal(sizeof world.modern.spi0.data, 520);
}

static void test_options_of_gpio_devices(void **state)
{
    static const char names[] = "led\0\0push \"button\"";
    const struct vwr_vgpio *const named = &world.modern.gpio0.device;
    const struct vwr_vgpio *const plain = &world.modern.gpio1.device;

    (void)state;
    assert_int_equal(named->line_count, 3);
    assert_int_equal(named->names_bytes, sizeof names);
    assert_memory_equal(named->names, names, sizeof names);
    assert_ptr_equal(named->lines, world.modern.gpio0.line);
    assert_ptr_equal(named->ops, &gpio_ops);
    assert_int_equal(sizeof world.modern.gpio0.seg, 5 * 20 * sizeof(struct vwr_vseg));
    assert_int_equal(plain->line_count, 8);
    assert_null(plain->names);
    assert_ptr_equal(plain->context, &asked);
}

static void test_memory_is_where_the_hook_says(void **state)
{
    (void)state;
    assert_int_equal(world.vm[0].memory.region_count, 2);
    assert_ptr_equal(vwr_memory_ptr(&world.vm[0].memory, 0x80000010, 8),
                     ram[3] + 0x10); /* the fourth that was allocated */
    assert_non_null(vwr_memory_ptr(&world.vm[0].memory, 0x400fffff, 1));
    assert_non_null(vwr_memory_ptr(&world.vm[1].memory, 0x40000000, 0x100000));
    assert_non_null(vwr_memory_ptr(&world.vm[2].memory, 0x100000000, 0x100000));
    assert_null(vwr_memory_ptr(&world.vm[2].memory, 0x40000000, 1));
    assert_string_equal(world.vm[2].name, "far");
}

static void test_what_cannot_be_built_is_named(void **state)
{
    static _Alignas(64) uint8_t raw[sizeof two + 64];
    const struct vwr_vplan_device *failed = (const void *)raw;
    struct vwr_vplan_host h = host();

    (void)state;
    storage[0].sectors = 65536;
    assert_int_equal(vwr_plan_two_guests_init(&two, &h, &failed), VWR_ERANGE);
    assert_string_equal(failed->name, "block0");
    assert_string_equal(vwr_plan_two_guests.vm[failed->vm].name, "beta");
    storage[0].sectors = 131072;
    assert_int_equal(vwr_vplan_init(&vwr_plan_two_guests, raw, sizeof two - 1, &h, &failed), VWR_ENOMEM);
    assert_null(failed);
    assert_int_equal(vwr_vplan_init(&vwr_plan_two_guests, raw + 1, sizeof two, &h, NULL), VWR_ENOMEM);
    assert_int_equal(
        vwr_vplan_init(&vwr_plan_two_guests, raw + vwr_plan_two_guests.align, sizeof two, &h, NULL), VWR_OK);
    h.memory = NULL;
    assert_int_equal(vwr_plan_two_guests_init(&two, &h, &failed), VWR_EINVAL);
    h = host();
    h.entropy = NULL;
    assert_int_equal(vwr_plan_two_guests_init(&two, &h, &failed), VWR_EINVAL);
    assert_string_equal(failed->kind, "entropy");
    h = host();
    h.console = NULL;
    assert_int_equal(vwr_plan_two_guests_init(&two, &h, &failed), VWR_EINVAL);
    assert_string_equal(failed->kind, "console");
    h = host();
    h.disk = NULL;
    assert_int_equal(vwr_plan_two_guests_init(&two, &h, &failed), VWR_EINVAL);
    assert_string_equal(failed->kind, "block");
    h = host();
    h.gpu = NULL;
    assert_int_equal(vwr_plan_two_guests_init(&two, &h, &failed), VWR_EINVAL);
    assert_string_equal(failed->kind, "gpu");
    h = host();
    h.balloon = NULL;
    assert_int_equal(vwr_plan_two_guests_init(&two, &h, &failed), VWR_EINVAL);
    assert_string_equal(failed->kind, "balloon");
    h = host();
    h.folder = NULL;
    assert_int_equal(vwr_plan_two_guests_init(&two, &h, &failed), VWR_OK); /* its folder is from the plan */
    assert_int_equal(vwr_plan_world_init(&world, &h, &failed), VWR_EINVAL);
    assert_string_equal(failed->name, "folder1");
    h = host();
    h.crypto_info = NULL;
    assert_int_equal(vwr_plan_world_init(&world, &h, &failed), VWR_EINVAL);
    assert_string_equal(failed->name, "crypto0");
    h = host();
    h.sound = NULL;
    assert_int_equal(vwr_plan_world_init(&world, &h, &failed), VWR_EINVAL);
    assert_string_equal(failed->name, "sound0");
    h = host();
    h.i2c = NULL;
    assert_int_equal(vwr_plan_world_init(&world, &h, &failed), VWR_EINVAL);
    assert_string_equal(failed->name, "i2c0");
    h = host();
    h.can = NULL;
    assert_int_equal(vwr_plan_world_init(&world, &h, &failed), VWR_EINVAL);
    assert_string_equal(failed->name, "can0");
    h = host();
    h.spi = NULL;
    assert_int_equal(vwr_plan_world_init(&world, &h, &failed), VWR_EINVAL);
    assert_string_equal(failed->name, "spi0");
    h = host();
    h.pmem = NULL;
    assert_int_equal(vwr_plan_world_init(&world, &h, &failed), VWR_EINVAL);
    assert_string_equal(failed->name, "pmem0");
    h = host();
    h.mem = NULL;
    assert_int_equal(vwr_plan_world_init(&world, &h, &failed), VWR_EINVAL);
    assert_string_equal(failed->name, "mem0");
    h = host();
    h.gpio = NULL;
    assert_int_equal(vwr_plan_world_init(&world, &h, &failed), VWR_EINVAL);
    assert_string_equal(failed->name, "gpio0");
    h = host();
    h.vsock = NULL;
    assert_int_equal(vwr_plan_world_init(&world, &h, &failed), VWR_EINVAL);
    assert_string_equal(failed->name, "vsock0");
    h = host();
    h.ops = NULL;
    assert_int_equal(vwr_plan_two_guests_init(&two, &h, &failed), VWR_EINVAL);
}

static void test_a_bus_of_a_plan(void **state)
{
    const struct vwr_vplan_vm *const row = &vwr_plan_world.vm[VWR_PLAN_WORLD_VM_CARDS];
    const struct vwr_vplan_pci *const pci = vwr_vplan_pci(row);
    struct vwr_vplan_host h = host();
    const struct vwr_vm_ops no_messages = {.irq = interrupt, .again = again};
    const struct vwr_vplan_device *failed;

    (void)state;
    assert_null(vwr_vplan_pci(&vwr_plan_world.vm[VWR_PLAN_WORLD_VM_FULL]));
    assert_int_equal(pci->ecam, 0x0c000000);
    assert_int_equal(pci->bridges, 1);
    assert_int_equal(pci->window, 0x0c200000); /* two buses precede it */
    assert_int_equal(pci->frame, 0x0c400000);
    assert_ptr_equal(world.cards.entropy0.function.head.on, &world.cards.entropy0.bridge.behind);
    assert_int_equal(pci->message, 48 + 5 * 20); /* after the lines of the VM */
    assert_int_equal(pci->messages, 3 + 3 + 2);
    assert_ptr_equal(world.cards.console0.function.head.host, &world.buses.cards.host);
    assert_int_equal(world.cards.console0.function.head.device, 30);
    assert_ptr_equal(world.cards.console0.function.vector, world.cards.console0.vector);
    assert_ptr_equal(vwr_vplan_of_line(&vwr_plan_world, VWR_PLAN_WORLD_VM_CARDS, 900),
                     vwr_vplan_of(&vwr_plan_world, &world, &world.cards.console0.device.dev));
    h.ops = &no_messages;
    assert_int_equal(vwr_plan_world_init(&world, &h, &failed), VWR_EINVAL);
    assert_int_equal(failed->vm, VWR_PLAN_WORLD_VM_CARDS);
}

static uint32_t found;
static const struct vwr_vdev *broken;

static void report(void *context, const struct vwr_monitor *m, const struct vwr_monitor_finding *f)
{
    (void)m;
    found = f->rule;
    broken = context;
}

static void test_monitors_of_a_plan(void **state)
{
    const struct vwr_vplan_monitor *row = vwr_plan_world_monitors;
    struct vwr_monitor *m;

    (void)state;
    assert_int_equal(VWR_PLAN_WORLD_MONITORS, vwr_plan_world.vm[VWR_PLAN_WORLD_VM_FULL].devices);
    for (uint32_t i = 0; i < VWR_PLAN_WORLD_MONITORS; i++)
        assert_int_equal(vwr_plan_world.device[row[i].device].vm, VWR_PLAN_WORLD_VM_FULL);
    m = vwr_vplan_monitor(row, &world);
    assert_ptr_equal(m, &world.full.network0.monitor);
    vwr_vplan_monitor_init(&vwr_plan_world, row, &world, report);
    vwr_monitor_access(m, VWR_MMIO_MAGIC_VALUE, 4, false, VWR_MMIO_MAGIC_VALUE_VALUE);
    assert_int_equal(m->found, 0);
    vwr_monitor_access(m, VWR_MMIO_MAGIC_VALUE, 4, true, 0);
    assert_int_equal(m->found, 1);
    assert_int_equal(found, VWR_RULE_REGISTER_READ_ONLY);
    assert_ptr_equal(broken, vwr_vplan_device(&vwr_plan_world.device[row->device], &world));
    assert_int_equal(m->s.queue_count, vwr_plan_world.device[row->device].queues);
    assert_ptr_equal(m->s.entry, world.full.network0.monitor_entry);
    assert_ptr_equal(m->s.fields, vwr_net_config_fields);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_devices_answer_where_the_plan_says, setup),
        cmocka_unit_test_setup(test_addresses_and_interrupts, setup),
        cmocka_unit_test_setup(test_no_other_address_is_ours, setup),
        cmocka_unit_test_setup(test_features_are_those_of_the_plan, setup),
        cmocka_unit_test_setup(test_options_reach_the_devices, setup),
        cmocka_unit_test_setup(test_options_of_network_devices, setup),
        cmocka_unit_test_setup(test_zones_of_disks, setup),
        cmocka_unit_test_setup(test_options_of_gpus_and_inputs, setup),
        cmocka_unit_test_setup(test_options_of_folders_and_balloons, setup),
        cmocka_unit_test_setup(test_options_of_scsi_hosts_and_socket_devices, setup),
        cmocka_unit_test_setup(test_what_devices_tolerate, setup),
        cmocka_unit_test_setup(test_options_of_crypto_devices, setup),
        cmocka_unit_test_setup(test_sessions_of_a_crypto_device_are_saved, setup),
        cmocka_unit_test_setup(test_options_of_sound_cards_and_buses, setup),
        cmocka_unit_test_setup(test_options_of_memory_devices, setup),
        cmocka_unit_test_setup(test_options_of_can_and_spi_devices, setup),
        cmocka_unit_test_setup(test_options_of_gpio_devices, setup),
        cmocka_unit_test_setup(test_a_bus_of_a_plan, setup),
        cmocka_unit_test_setup(test_monitors_of_a_plan, setup),
        cmocka_unit_test_setup(test_memory_is_where_the_hook_says, setup),
        cmocka_unit_test_setup(test_what_cannot_be_built_is_named, setup),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
