/* SPDX-License-Identifier: MIT */
#include "vwr/vplan.h"

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

struct built {
    struct vwr_vm vm[VMS];
    struct vwr_vm_region region[VMS + 1u];
    struct vwr_vdev *slot[4];
    struct vwr_vqueue queue[DEVICES];
    struct vwr_vqueue_entry own[DEVICES * SIZE];
    struct vwr_vdev device[DEVICES];
};

static struct built built;
static uint8_t ram[3][4096];
static unsigned lacks_memory; /* the number of the call that answers NULL, from 1 */
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
    return builds != VWR_OK
               ? builds
               : vwr_vdev_init(vwr_vplan_member(memory, row->device), &cls, s, &none, s->queues, NULL, 0);
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
    assert_ptr_equal(built.vm[0].region[1].host, ram[1]);
    assert_int_equal(built.vm[1].regions, 1);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(builds_all, set_up),
        cmocka_unit_test_setup(what_a_vmm_may_lack, set_up),
        cmocka_unit_test_setup(whose_is_it, set_up),
    };

    return cmocka_run_group_tests_name("plan", tests, NULL, NULL);
}
