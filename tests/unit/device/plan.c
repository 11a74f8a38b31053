/* SPDX-License-Identifier: MIT */
#include "vwr/vfiles_memory.h"
#include "vplan.h"
#include "vplan_balloon.h"
#include "vplan_entropy.h"
#include "vplan_fs.h"
#include "vplan_i2c.h"
#include "vplan_input.h"
#include "vplan_monitor.h"
#include "vplan_net.h"
#include "vplan_scsi.h"
#include "vwr/gen/features.h"
#include "vwr/gen/net.h"
#include "vwr/vm.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/*
 * The builder of platform plans, on a plan written by hand: two VMs, the second without a bus of its own,
 * three devices and an object that they share. What a VMM may lack, and whose address and interrupt line is
 * whose.
 */

#define SIZE 8u
#define BASE 0x0a000000u
#define STRIDE 0x1000u
#define VMS 2u
#define DEVICES 3u
#define ROUTES 64u

struct built {
    struct vwr_vm vm[VMS];
    struct vwr_memory_region region[VMS + 1u];
    struct vwr_vdev *slot[4];
    struct vwr_vqueue queue[DEVICES];
    struct vwr_vqueue_entry own[DEVICES * SIZE];
    struct vwr_vdev device[DEVICES];
    struct vwr_monitor monitor;
    struct vwr_monitor_queue watched;
    struct vwr_monitor_entry watched_entry[SIZE];
};

static struct built built;
static uint8_t ram[3][4096];
static unsigned lacks_memory; /* the number, from 1, of the call that returns NULL */
static unsigned memories;
static int builds; /* the result of each */
static int shares;
static int adds;
static unsigned starts;
static uint64_t accessed;

static void irq(struct vwr_vm *vm, uint32_t line, bool level)
{
    (void)vm;
    (void)line;
    (void)level;
}

static const struct vwr_vm_ops ops = {.irq = irq};
static const struct vwr_vdev_class cls = {.name = "none", .id = 63};

static int build(const struct vwr_vplan_device *row, void *memory, const struct vwr_vdev_setup *s,
                 const struct vwr_vplan_host *host)
{
    struct vwr_features none;

    (void)host;
    vwr_features_clear(&none);
    return builds != VWR_OK ? builds
                            : vwr_vdev_init(vwr_vplan_member(memory, row->device), &cls, s, &none,
                                            s->queue_count, NULL, 0);
}

static int build_shared(const struct vwr_vplan_shared *row, void *memory, const struct vwr_vplan_host *host)
{
    (void)row;
    (void)memory;
    (void)host;
    return shares;
}

static void *memory(void *context, const struct vwr_vplan_vm *row, uint32_t index)
{
    (void)context;
    (void)row;
    return ++memories == lacks_memory ? NULL : ram[index];
}

static void bus_start(const struct vwr_vplan_bus *bus, void *at)
{
    (void)bus;
    (void)at;
    starts++;
}

static int bus_add(const struct vwr_vplan_bus *bus, const struct vwr_vplan_device *row, void *at)
{
    (void)bus;
    (void)row;
    (void)at;
    return adds;
}

static bool bus_access(const struct vwr_vplan_bus *bus, void *at, uint64_t addr, unsigned bytes,
                       bool is_write, uint64_t *value)
{
    (void)bus;
    (void)at;
    (void)bytes;
    (void)is_write;
    (void)value;
    accessed = addr;
    return true;
}

static const struct vwr_vplan_bus bus = {.start = bus_start, .add_device = bus_add, .access = bus_access};
static const struct vwr_vplan_memory memory_of_first[] = {{.addr = 0x40000000, .bytes = sizeof(ram[0])},
                                                          {.addr = 0x50000000, .bytes = sizeof(ram[1])}};
static const struct vwr_vplan_memory memory_of_second[] = {
    {.addr = 0x40000000, .bytes = sizeof(ram[2]), .placed = true, .host = 0}};
static const uint16_t lines_of_first[] = {0, VWR_VPLAN_NONE, 1};
static const uint16_t lines_of_second[] = {2};
static const uint16_t vm_of_unit[] = {0, VWR_VPLAN_NONE, 1};
static const struct vwr_vplan_vm vms[VMS] = {
    {.name = "first",
     .memory = memory_of_first,
     .memories = 2,
     .base = BASE,
     .stride = STRIDE,
     .slots = 2,
     .devices = 2,
     .line = 48,
     .lines = 3,
     .device_of_line = lines_of_first,
     .bus = &bus},
    {.name = "second",
     .memory = memory_of_second,
     .memories = 1,
     .base = BASE + 0x20000u,
     .stride = STRIDE,
     .slots = 2,
     .first = 2,
     .devices = 1,
     .line = 64,
     .lines = 1,
     .device_of_line = lines_of_second,
     .region = 2,
     .slot = 2},
};

#define DEVICE(n, of, at, number)                                                                         \
    {                                                                                                     \
        .vm = (of), .slot = (at), .line = (number), .queues = 1, .queue_size = SIZE, .build = build,      \
        .device = __builtin_offsetof(struct built, device) + (n) * sizeof(struct vwr_vdev), .queue = (n), \
        .own = (n)*SIZE                                                                                   \
    }

static const struct vwr_vplan_device devices[DEVICES] = {DEVICE(0, 0, 0, 48), DEVICE(1, 0, 1, 50),
                                                         DEVICE(2, 1, 0, 64)};
static const struct vwr_vplan_shared shared[] = {{.name = "shared", .build = build_shared}};
static const struct vwr_vplan plan = {
    .vm = vms,
    .device = devices,
    .shared = shared,
    .vms = VMS,
    .devices = DEVICES,
    .shareds = 1,
    .bytes = sizeof(struct built),
    .align = _Alignof(struct built),
    .vm_at = __builtin_offsetof(struct built, vm),
    .region_at = __builtin_offsetof(struct built, region),
    .slot_at = __builtin_offsetof(struct built, slot),
    .queue_at = __builtin_offsetof(struct built, queue),
    .own_at = __builtin_offsetof(struct built, own),
    .base = BASE,
    .shift = 16,
    .units = 3,
    .vm_of_unit = vm_of_unit,
};

static struct vwr_vplan_host host;

static int set_up(void **state)
{
    (void)state;
    host = (struct vwr_vplan_host){.ops = &ops, .memory = memory};
    memories = 0;
    lacks_memory = 0;
    builds = VWR_OK;
    shares = VWR_OK;
    adds = VWR_OK;
    starts = 0;
    return 0;
}

/* The result, the same with and without a place for the failed row, which is this device or none. */
static void builds_to(int result, const struct vwr_vplan_device *device)
{
    const struct vwr_vplan_device *failed = &devices[1];

    assert_int_equal(vwr_vplan_init(&plan, &built, sizeof(built), &host, &failed), result);
    assert_ptr_equal(failed, device);
    memories = 0;
    assert_int_equal(vwr_vplan_init(&plan, &built, sizeof(built), &host, NULL), result);
    memories = 0;
}

static void builds_all(void **state)
{
    (void)state;
    builds_to(VWR_OK, NULL);
    assert_int_equal(starts, 2); /* the second VM has no bus */
    assert_ptr_equal(built.vm[0].memory.region[1].host, ram[1]);
    assert_int_equal(built.vm[1].memory.region_count, 1);
    assert_ptr_equal(built.vm[0].slot[1], &built.device[1]);
}

static void what_a_vmm_may_lack(void **state)
{
    uint8_t *const at = (uint8_t *)&built;

    (void)state;
    assert_int_equal(vwr_vplan_init(&plan, NULL, sizeof(built), &host, NULL), VWR_ENOMEM);
    assert_int_equal(vwr_vplan_init(&plan, at, sizeof(built) - 1u, &host, NULL), VWR_ENOMEM);
    assert_int_equal(vwr_vplan_init(&plan, at + 1, sizeof(built), &host, NULL), VWR_ENOMEM);
    host.ops = NULL;
    builds_to(VWR_EINVAL, NULL);
    host.ops = &ops;
    for (lacks_memory = 1; lacks_memory <= 2; lacks_memory++)
        builds_to(VWR_EINVAL, NULL);
    lacks_memory = 0;
    host.memory = NULL;
    builds_to(VWR_EINVAL, NULL);
    host.memory = memory;
    shares = VWR_EFULL;
    builds_to(VWR_EFULL, NULL);
    shares = VWR_OK;
    builds = VWR_EUNSUPP;
    builds_to(VWR_EUNSUPP, &devices[0]);
    builds = VWR_OK;
    adds = VWR_EFULL;
    builds_to(VWR_EFULL, &devices[0]);
}

static void whose_is_it(void **state)
{
    static const struct vwr_vdev stranger;
    uint64_t value = 0;

    (void)state;
    builds_to(VWR_OK, NULL);
    assert_true(vwr_vplan_access(&plan, &built, BASE + 4u, 4, false, &value));
    assert_int_equal(accessed, BASE + 4u);
    assert_false(vwr_vplan_access(&plan, &built, BASE + 0x10000u, 4, false, &value));
    assert_true(vwr_vplan_access(&plan, &built, BASE + 0x20000u, 4, false, &value));
    assert_int_equal(value, 0x74726976); /* the magic value of virtio-mmio */
    assert_false(vwr_vplan_access(&plan, &built, BASE + 0x30000u, 4, false, &value));
    assert_false(vwr_vplan_access(&plan, &built, BASE - 1u, 1, false, &value));
    assert_null(vwr_vplan_of_line(&plan, 0, 47));
    assert_ptr_equal(vwr_vplan_of_line(&plan, 0, 48), &devices[0]);
    assert_null(vwr_vplan_of_line(&plan, 0, 49));
    assert_ptr_equal(vwr_vplan_of_line(&plan, 0, 50), &devices[1]);
    assert_null(vwr_vplan_of_line(&plan, 0, 51));
    assert_ptr_equal(vwr_vplan_of_line(&plan, 1, 64), &devices[2]);
    for (unsigned i = 0; i < DEVICES; i++)
        assert_ptr_equal(vwr_vplan_of(&plan, &built, &built.device[i]), &devices[i]);
    assert_null(vwr_vplan_of(&plan, &built, &stranger));
}

/* ---- classes ---- */

static struct {
    struct vwr_vqueue queue[VWR_VSCSI_QUEUES];
    struct vwr_vqueue_entry own[VWR_VSCSI_QUEUES * SIZE];
    struct vwr_vfs fs;
    struct vwr_vfs_node node[2];
    struct vwr_vfs_call fs_call[1];
    struct vwr_vmessage message[1];
    struct vwr_vseg seg[VWR_VFS_SEGS(1)];
    struct vwr_vfiles_memory tree;
    struct vwr_vfiles_memory_file file[2];
    struct vwr_vfiles_memory_entry entry[2];
    struct vwr_vscsi scsi;
    struct vwr_vnet net;
    struct vwr_vnet_port port;
    struct vwr_vnet_switch sw;
    struct vwr_vnet_route route[ROUTES];
    struct vwr_vballoon balloon;
    uint32_t map[1];
    struct vwr_ventropy entropy;
    struct vwr_vinput input;
    struct vwr_input_event_msg fifo[4];
    struct vwr_vi2c i2c;
    uint8_t data[16];
} of;

#define OF(member) __builtin_offsetof(__typeof__(of), member)

static struct vwr_vdev_setup setup_of(void)
{
    static struct vwr_vm_ops vm_ops;
    static struct vwr_vm vm;
    const struct vwr_vm_setup of_vm = {.ops = &vm_ops};
    struct vwr_vdev_setup s = {.vm = &vm,
                               .queue = of.queue,
                               .queue_count = VWR_VSCSI_QUEUES,
                               .queue_size = SIZE,
                               .own = of.own,
                               .own_count = VWR_COUNT(of.own)};

    memset(&of, 0, sizeof(of));
    vm_ops = (struct vwr_vm_ops){.irq = irq};
    assert_int_equal(vwr_vm_init(&vm, &of_vm), VWR_OK);
    vwr_vdev_features(&s.features);
    vwr_features_add(&s.features, VWR_F_IN_ORDER);
    vwr_features_remove(&s.features, VWR_F_RING_PACKED);
    return s;
}

/* A host folder, which the VMM provides or not, and an in-memory folder, for which the VMM provides none. */
static void folders(void **state)
{
    const struct vwr_vfiles_memory_options tree = {
        .file = of.file, .file_count = 2, .entry = of.entry, .entry_count = 2};
    struct vwr_vplan_fs fs = {.options = {.tag = "t",
                                          .node_count = 2,
                                          .message_count = 1,
                                          .call_count = 1,
                                          .seg_count = VWR_VFS_SEGS(1)},
                              .tree = OF(tree),
                              .node = OF(node),
                              .message = OF(message),
                              .call = OF(fs_call),
                              .seg = OF(seg)};
    const struct vwr_vplan_device row = {.options = &fs, .device = OF(fs)};
    struct vwr_vfiles *folder[1];

    (void)state;
    for (unsigned in_memory = 0; in_memory < 2; in_memory++)
        for (unsigned has = 0; has < 2; has++) {
            const struct vwr_vdev_setup s = setup_of();

            assert_int_equal(vwr_vfiles_memory_init(&of.tree, &tree), VWR_OK);
            folder[0] = &of.tree.files;
            host.folder = has != 0 ? folder : NULL;
            fs.in_memory = in_memory != 0;
            assert_int_equal(vwr_vplan_build_fs(&row, &of, &s, &host),
                             has == 0 && in_memory == 0 ? VWR_EINVAL : VWR_OK);
        }
}

/* A host without disks has no units. */
static void units(void **state)
{
    static const struct vwr_vplan_scsi scsi;
    static const struct vwr_vplan_device row = {.options = &scsi, .device = OF(scsi)};
    const struct vwr_vdev_setup s = setup_of();

    (void)state;
    host.disk = NULL;
    assert_int_equal(vwr_vplan_build_scsi(&row, &of, &s, &host), VWR_EINVAL);
}

static int transfer(struct vwr_vi2c *v, struct vwr_vi2c_message *m)
{
    (void)v;
    (void)m;
    return VWR_OK;
}

static uint32_t fill(struct vwr_ventropy *e, uint8_t *bytes, uint32_t n)
{
    (void)e;
    (void)bytes;
    return n;
}

/* Each device has the VMM's context and functions, and memory of the plan; the result is that of its init.
 */
static void contexts(void **state)
{
    static const struct vwr_vballoon_ops balloon_ops;
    static const struct vwr_vinput_ops input_ops;
    static const struct vwr_vinput_model model;
    const struct vwr_vplan_balloon balloon = {.map = OF(map)};
    const struct vwr_vplan_input input = {.options = {.model = &model, .event_count = 4}, .event = OF(fifo)};
    const struct vwr_vplan_i2c i2c = {.options = {.data_bytes = sizeof(of.data)}, .data = OF(data)};
    const struct {
        struct vwr_vplan_device row;
        vwr_vplan_build *build;
        void *const *context;
    } built_of[] = {
        {{.options = &balloon, .device = OF(balloon)}, vwr_vplan_build_balloon, &of.balloon.context},
        {{.device = OF(entropy)}, vwr_vplan_build_entropy, &of.entropy.context},
        {{.options = &input, .device = OF(input)}, vwr_vplan_build_input, &of.input.context},
        {{.options = &i2c, .device = OF(i2c)}, vwr_vplan_build_i2c, &of.i2c.context},
    };

    (void)state;
    host.context = &host;
    host.balloon = &balloon_ops;
    host.entropy = fill;
    host.input = &input_ops;
    host.i2c = transfer;
    for (unsigned i = 0; i < sizeof(built_of) / sizeof(built_of[0]); i++) {
        struct vwr_vdev_setup s = setup_of();

        assert_int_equal(built_of[i].build(&built_of[i].row, &of, &s, &host), VWR_OK);
        assert_ptr_equal(*built_of[i].context, &host);
        s.queue_count = 0;
        assert_int_equal(built_of[i].build(&built_of[i].row, &of, &s, &host), VWR_ENOMEM);
    }
    assert_ptr_equal(of.i2c.options.data, of.data);
    assert_ptr_equal(of.i2c.options.transfer, transfer);
}

static void again(struct vwr_vm *vm, struct vwr_vdev *v, uint16_t queue)
{
    (void)vm;
    (void)v;
    (void)queue;
}

/* A switch has the VMM's key, or none; a card offers what both the plan and the host support, or is not
 * built.
 */
static void networks(void **state)
{
    static const uint32_t key[4] = {1, 2, 3, 4};
    const struct vwr_vplan_switch sw = {.options = {.route_count = ROUTES}, .route = OF(route)};
    const struct vwr_vplan_shared shared_row = {.options = &sw, .at = OF(sw)};
    struct vwr_vplan_net net = {.switch_at = OF(sw), .port = OF(port)};
    const struct vwr_vplan_device row = {.options = &net, .device = OF(net)};
    const struct vwr_features nothing = {{0}};

    (void)state;
    vwr_features_add(&net.options.offloads, VWR_NET_F_CSUM);
    for (unsigned i = 0; i < 3; i++) {
        struct vwr_vdev_setup s = setup_of();

        ((struct vwr_vm_ops *)(uintptr_t)s.vm->ops)->again = i != 2 ? again : NULL;
        host.key = i != 0 ? key : NULL;
        host.offloads = i != 0 ? &nothing : NULL;
        assert_int_equal(vwr_vplan_build_switch(&shared_row, &of, &host), VWR_OK);
        assert_int_equal(memcmp(of.sw.key, key, sizeof(key)) == 0,
                         i != 0); /* without one: one that is known */
        assert_int_equal(vwr_vplan_build_net(&row, &of, &s, &host), i != 2 ? VWR_OK : VWR_EINVAL);
        if (i != 2)
            assert_int_equal(vwr_features_have(&vwr_vnet_dev(&of.net)->offered, VWR_NET_F_CSUM), i == 0);
        s.queue_count = 0;
        assert_int_not_equal(vwr_vplan_build_net(&row, &of, &s, &host), VWR_OK);
    }
}

/* The monitor of a device sees the memory of its VM, to the end of each region. */
static void monitors(void **state)
{
    static const struct vwr_vplan_monitor row = {.device = 0,
                                                 .monitor = __builtin_offsetof(struct built, monitor),
                                                 .queue = __builtin_offsetof(struct built, watched),
                                                 .entry = __builtin_offsetof(struct built, watched_entry)};
    const struct vwr_monitor_setup *const s = &built.monitor.s;
    const void *at = NULL;

    (void)state;
    builds_to(VWR_OK, NULL);
    vwr_vplan_monitor_init(&plan, &row, &built, NULL);
    assert_int_equal(s->queue_count, plan.device[0].queues);
    assert_int_equal(s->entry_count, plan.device[0].queue_size);
    assert_int_equal(s->run(s->context, 0x40000010, &at), sizeof(ram[0]) - 0x10);
    assert_ptr_equal(at, ram[0] + 0x10);
    assert_int_equal(s->run(s->context, 0x3fffffff, &at), 0);
    assert_int_equal(s->run(s->context, 0x40000000 + sizeof(ram[0]), &at), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(builds_all, set_up),  cmocka_unit_test_setup(what_a_vmm_may_lack, set_up),
        cmocka_unit_test_setup(whose_is_it, set_up), cmocka_unit_test_setup(folders, set_up),
        cmocka_unit_test_setup(units, set_up),       cmocka_unit_test_setup(networks, set_up),
        cmocka_unit_test_setup(monitors, set_up),    cmocka_unit_test_setup(contexts, set_up),
    };

    return cmocka_run_group_tests_name("plan", tests, NULL, NULL);
}
