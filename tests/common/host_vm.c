/* SPDX-License-Identifier: MIT */
#include "host_vm.h"
#include "monitored.h"
#include "vwr/gen/features.h"
#include "vwr/vm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TESTS_MAX 512u

const struct host_vm_format host_vm_formats[HOST_VM_FORMATS] = {
    {"legacy", true, false, false, false, false},
    {"legacy_indirect_event_idx", true, false, true, true, false},
    {"split", false, false, false, false, false},
    {"split_event_idx", false, false, false, true, false},
    {"split_indirect_in_order", false, false, true, false, true},
    {"packed", false, true, false, false, false},
    {"packed_indirect_event_idx", false, true, true, true, false},
    {"packed_in_order", false, true, false, false, true},
    {"packed_indirect_event_idx_in_order", false, true, true, true, true},
};

static struct host_vm *now; /* the port's hooks have no argument for the VM */
static uint8_t window[HOST_VM_STRIDE];
static struct monitored watch; /* of the device: both sides must be right */

/* ---- hooks of the VMM ---- */

static struct host_vm *of(struct vwr_vm *vm)
{
    assert_ptr_equal(vm, &now->vm);
    assert_true(now->locked);
    return vm->context;
}

static void irq(struct vwr_vm *vm, uint32_t line, bool level)
{
    struct host_vm *const h = of(vm);

    assert_int_equal(line, 48);
    h->line = level;
    h->interrupts += level;
    if (level)
        monitored_interrupt(&watch);
}

static void kicked(struct vwr_vm *vm, struct vwr_vdev *v, uint16_t queue)
{
    struct host_vm *const h = of(vm);

    (void)v;
    h->kicked |= UINT32_C(1) << queue;
}

static void again(struct vwr_vm *vm, struct vwr_vdev *v, uint16_t queue)
{
    (void)v;
    of(vm)->kicked |= UINT32_C(1) << queue;
}

static void broken(struct vwr_vm *vm, struct vwr_vdev *v)
{
    (void)v;
    of(vm)->broken++;
}

static void lock(struct vwr_vm *vm, struct vwr_vdev *v)
{
    (void)vm;
    (void)v;
    assert_false(now->locked);
    now->locked = true;
}

static void unlock(struct vwr_vm *vm, struct vwr_vdev *v)
{
    (void)v;
    of(vm)->locked = false;
}

void host_vm_put_off(struct host_vm *h)
{
    h->ops.kicked = kicked;
}

bool host_vm_serve(struct host_vm *h)
{
    const uint32_t kicks = h->kicked;

    h->kicked = 0;
    monitored_driver(&watch);
    for (uint16_t q = 0; q < HOST_VM_QUEUES; q++)
        if ((kicks >> q & 1u) != 0)
            vwr_vdev_serve(h->slot[0], q);
    monitored_device(&watch);
    return kicks != 0;
}

/* ---- the port ---- */

static uint64_t address(const volatile void *reg)
{
    return HOST_VM_BASE + ((uintptr_t)reg - (uintptr_t)window);
}

/* Converts between little-endian register bytes and the number of this machine: vmmio.h. */
static uint32_t turned(unsigned bytes, uint32_t v)
{
    return bytes == 4 ? vwr_le32_to_cpu(v) : bytes == 2 ? vwr_le16_to_cpu((uint16_t)v) : v;
}

static void access(const volatile void *reg, unsigned bytes, bool is_write, uint64_t *value)
{
    const uint64_t offset = address(reg) - HOST_VM_BASE;

    monitored_driver(&watch);
    if (is_write)
        monitored_access(&watch, offset, bytes, true, *value);
    assert_true(vwr_vm_access(&now->vm, address(reg), bytes, is_write, value));
    monitored_device(&watch);
    if (!is_write)
        monitored_access(&watch, offset, bytes, false, *value);
}

uint32_t vwr_host_read(const volatile void *reg, unsigned bytes)
{
    uint64_t value = 0;

    access(reg, bytes, false, &value);
    return turned(bytes, (uint32_t)value);
}

void vwr_host_write(volatile void *reg, unsigned bytes, uint32_t value)
{
    uint64_t v = turned(bytes, value);

    access(reg, bytes, true, &v);
}

uint64_t vwr_host_dma(const void *p, size_t n, size_t *run)
{
    const uintptr_t at = (uintptr_t)p - (uintptr_t)now->region.host;

    assert_true(at < HOST_VM_RAM_BYTES);
    *run = n < HOST_VM_RAM_BYTES - at ? n : HOST_VM_RAM_BYTES - at;
    return HOST_VM_RAM + at;
}

uint64_t vwr_host_time_us(void)
{
    static uint64_t us;

    return ++us;
}

/* ---- the VM ---- */

static void set_features(struct vwr_features *f, const struct host_vm_format *format)
{
    vwr_vdev_features(f);
    if (!format->indirect)
        vwr_features_remove(f, VWR_F_INDIRECT_DESC);
    if (!format->event_idx)
        vwr_features_remove(f, VWR_F_EVENT_IDX);
    if (!format->packed)
        vwr_features_remove(f, VWR_F_RING_PACKED);
    if (format->in_order)
        vwr_features_add(f, VWR_F_IN_ORDER);
}

void host_vm_begin(struct host_vm *h, const struct host_vm_format *format)
{
    const struct vwr_vm_setup s = {.ops = &h->ops,
                                   .context = h,
                                   .region = &h->region,
                                   .region_count = 1,
                                   .slot = h->slot,
                                   .slot_count = 1,
                                   .base = HOST_VM_BASE,
                                   .stride = HOST_VM_STRIDE};

    memset(h, 0, sizeof(*h));
    now = h;
    h->format = format;
    h->region.addr = HOST_VM_RAM;
    h->region.bytes = HOST_VM_RAM_BYTES;
    h->region.host = aligned_alloc(VWR_QUEUE_SHARED_ALIGN, HOST_VM_RAM_BYTES);
    assert_non_null(h->region.host);
    memset(h->region.host, 0, HOST_VM_RAM_BYTES);
    h->ops =
        (struct vwr_vm_ops){.irq = irq, .again = again, .broken = broken, .lock = lock, .unlock = unlock};
    assert_int_equal(vwr_vm_init(&h->vm, &s), VWR_OK);
    h->setup.vm = &h->vm;
    h->setup.line = 48;
    h->setup.legacy = format->legacy;
    set_features(&h->setup.features, format);
    h->setup.queue = h->queue;
    h->setup.queue_count = HOST_VM_QUEUES;
    h->setup.queue_size = HOST_VM_QUEUE_SIZE;
    h->setup.own = h->own;
    h->setup.own_count = VWR_COUNT(h->own);
}

void host_vm_end(struct host_vm *h)
{
    assert_false(h->locked);
    monitored_end(&watch);
    free(h->region.host);
    now = NULL;
}

void host_vm_plug(struct host_vm *h, struct vwr_vdev *v)
{
    if (h->slot[0] == NULL) {
        assert_int_equal(vwr_vm_add(&h->vm, 0, v), VWR_OK);
        monitored_begin(&watch, v);
    }
    assert_int_equal(vwr_mmio_probe(&h->mmio, window, HOST_VM_STRIDE), VWR_OK);
    vwr_dev_want(&h->mmio.dev, VWR_F_IN_ORDER);
}

void host_vm_look_away(void)
{
    monitored_end(&watch);
}

void *host_vm_alloc(struct host_vm *h, size_t bytes)
{
    uint8_t *const at = (uint8_t *)h->region.host + h->allocated;

    h->allocated += (bytes + VWR_QUEUE_SHARED_ALIGN - 1) & ~(size_t)(VWR_QUEUE_SHARED_ALIGN - 1);
    assert_true(h->allocated <= HOST_VM_RAM_BYTES);
    return memset(at, 0, bytes);
}

int host_vm_run(const char *group, const struct host_vm_case *cases, size_t count)
{
    static struct CMUnitTest tests[TESTS_MAX];
    static char names[TESTS_MAX][96];
    size_t n = 0;

    for (size_t i = 0; i < count; i++) {
        for (size_t f = 0; f < HOST_VM_FORMATS; f++, n++) {
            assert_true(n < TESTS_MAX);
            (void)snprintf(names[n], sizeof(names[n]), "%s_%s", cases[i].name, host_vm_formats[f].name);
            tests[n].name = names[n];
            tests[n].test_func = cases[i].test;
            tests[n].initial_state = (void *)(uintptr_t)&host_vm_formats[f];
        }
    }
    if (_cmocka_run_group_tests(group, tests, n, NULL, NULL) != 0)
        return 1;
    if (monitored_total().buffers == 0) {
        print_error("%s: the monitor has followed no buffer\n", group);
        return 1;
    }
    return 0;
}
