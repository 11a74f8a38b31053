/* SPDX-License-Identifier: MIT */
/* Copyright (c) 2026 The Virtwright authors */
#include "io.h"
#include "task/task.h"
#include "vmm/vgic.h"
#include "os_cfg.h"
#include "lib/avatar_string.h"
#include "vwr_avatar_vmm.h"

/* Devices by address: VMs, their memory, and access to devices. */

VWR_STATIC_ASSERT(VIRTIO_ID_NET == VWR_NET_ID && VIRTIO_ID_BLOCK == VWR_BLK_ID &&
                      VIRTIO_ID_CONSOLE == VWR_CONSOLE_ID && VIRTIO_ID_BALLOON == VWR_BALLOON_ID &&
                      VIRTIO_ID_9P == VWR_9P_ID && VIRTIO_ID_GPU == VWR_GPU_ID &&
                      VIRTIO_MMIO_INT_VRING == VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK &&
                      VIRTIO_MMIO_INT_CONFIG == VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK,
                  "virtio.h: a number differs from the specification");

#define LR_STATE (3u << 28) /* of a GICv2 list register; 0: it is free */
#define PASSES 64           /* over all deferred queues; the rest is left to the next call */

static struct vwr_avatar_vm vms[VIRTIO_VM_MAX];
static bool to_do; /* a queue is deferred */

struct vwr_avatar_vm *vwr_avatar_vm_at(uint32_t vm_id)
{
    if (vm_id < VIRTIO_VM_MAX)
        return &vms[vm_id];
    logger_error("VirtIO: no VM %u: VIRTIO_VM_MAX is %u\n", vm_id, (uint32_t)VIRTIO_VM_MAX);
    return NULL;
}

struct vwr_vm *vwr_avatar_core(const struct vwr_avatar_device *d)
{
    return &vms[d->vm].core;
}

static uint32_t first_irq(uint32_t vm_id)
{
    return VIRTIO_IRQ_BASE + vm_id * VIRTIO_VM_IRQS;
}

/* The interrupt is pending in the vGIC of the first vCPU, whichever vCPU runs now. */
static void set_line(struct vwr_vm *core, uint32_t line, bool level)
{
    struct vwr_avatar_vm *const vm = (struct vwr_avatar_vm *)core->context;
    const uint32_t bit = 1u << (line - first_irq((uint32_t)(vm - vms)));

    if (!level) {
        vm->high &= ~bit;
        return;
    }
    vm->high |= bit;
    vgic_inject_spi(vm->vm->primary_vcpu, (int32_t)line);
}

/*
 * Whether a list register of the first vCPU contains the interrupt, pending or active. The copy in memory
 * dates from the vCPU's last entry. While the vCPU runs, only the vCPU itself removes interrupts.
 */
static bool in_list_register(const struct vwr_avatar_vm *vm, uint32_t line)
{
    const vgic_core_state_t *const vgicc = get_vgicc_by_vcpu(vm->vm->primary_vcpu);

    for (uint32_t i = 0; i < GICH_LR_NUM; i++) {
        if ((vgicc->saved_lr[i] & LR_STATE) != 0 && gic_lr_read_vid(vgicc->saved_lr[i]) == line)
            return true;
    }
    return false;
}

/*
 * Avatar's vGIC injects an edge, and loses it when it puts two interrupts into one list register
 * (docs/avatar.md). So a line that is still high is injected again when the guest can no longer have it.
 * vgic_inject_spi ignores an interrupt that is pending outside the list registers.
 */
static void inject_again(void)
{
    for (uint32_t i = 0; i < VIRTIO_VM_MAX * VIRTIO_VM_IRQS; i++) {
        const struct vwr_avatar_vm *const vm = &vms[i / VIRTIO_VM_IRQS];
        const uint32_t line = VIRTIO_IRQ_BASE + i;

        if ((vm->high >> i % VIRTIO_VM_IRQS & 1u) != 0 && !in_list_register(vm, line))
            vgic_inject_spi(vm->vm->primary_vcpu, (int32_t)line);
    }
}

/* A queue has exceeded its budget; vwr_avatar_run_deferred serves it again. */
static void defer(struct vwr_vm *core, struct vwr_vdev *v, uint16_t queue)
{
    struct vwr_avatar_vm *const vm = (struct vwr_avatar_vm *)core->context;

    for (uint32_t i = 0; i < VIRTIO_VM_IRQS; i++) {
        if (vm->device[i].vdev == v)
            vm->device[i].to_do |= 1u << queue;
    }
    to_do = true;
}

static const struct vwr_vm_ops ops = {.irq = set_line, .again = defer};

static void run_queues(struct vwr_avatar_device *d)
{
    const uint32_t queues = d->to_do;

    d->to_do = 0;
    for (uint16_t i = 0; queues >> i != 0; i++) {
        if ((queues >> i & 1u) != 0)
            vwr_vdev_serve(d->vdev, i);
    }
}

void vwr_avatar_run_deferred(void)
{
    for (uint32_t pass = 0; pass < PASSES && to_do; pass++) {
        to_do = false;
        for (uint32_t i = 0; i < VIRTIO_VM_MAX * VIRTIO_VM_IRQS; i++) {
            struct vwr_avatar_device *const d = &vms[i / VIRTIO_VM_IRQS].device[i % VIRTIO_VM_IRQS];

            if (d->to_do != 0)
                run_queues(d);
        }
    }
}

void virtio_tick(void)
{
    vwr_avatar_net_tick();
    vwr_avatar_run_deferred();
    inject_again();
}

__attribute__((weak)) uint32_t virtio_vm_memory(struct _vm_t *vm, virtio_memory_t *memory, uint32_t max)
{
    (void)vm;
    if (max == 0)
        return 0;
    memory[0].guest = GUEST_RAM_START;
    memory[0].bytes = GUEST_RAM_END - GUEST_RAM_START;
    memory[0].host = (void *)(uintptr_t)GUEST_RAM_START;
    return 1;
}

__attribute__((weak)) struct _vm_t *virtio_current_vm(void)
{
    const tcb_t *const task = curr_task_el2();

    return task == NULL ? NULL : task->curr_vm;
}

/* Sets up the library's structure of a VM. */
static bool begin_vm(struct vwr_avatar_vm *vm)
{
    virtio_memory_t memory[VIRTIO_MEMORY_MAX];
    const uint32_t regions = virtio_vm_memory(vm->vm, memory, VIRTIO_MEMORY_MAX);
    const struct vwr_vm_setup s = {.ops = &ops,
                                   .context = vm,
                                   .name = vm->vm->vm_name,
                                   .region = vm->region,
                                   .region_count = regions < VIRTIO_MEMORY_MAX ? regions : VIRTIO_MEMORY_MAX,
                                   .slot = vm->slot,
                                   .slot_count = VIRTIO_VM_IRQS,
                                   .base = VIRTIO_MMIO_BASE + (uint64_t)(vm - vms) * VIRTIO_MMIO_VM_SIZE,
                                   .stride = VIRTIO_MMIO_SIZE};

    for (uint32_t i = 0; i < regions && i < VIRTIO_MEMORY_MAX; i++) {
        vm->region[i].addr = memory[i].guest;
        vm->region[i].bytes = memory[i].bytes;
        vm->region[i].host = memory[i].host;
    }
    return regions > 0 && vwr_vm_init(&vm->core, &s) == VWR_OK;
}

bool vwr_avatar_attach(struct vwr_avatar_vm *vm, struct _vm_t *of)
{
    vm->vm = of;
    for (uint32_t i = 0; i < VIRTIO_VM_IRQS; i++)
        vm->device[i].device.vm = of;
    return begin_vm(vm);
}

void virtio_global_init(void)
{
    memset(vms, 0, sizeof(vms));
    vwr_avatar_net_init();
    vwr_avatar_folder_init();
}

/* The slot of an address, or NULL. */
static struct vwr_avatar_device *place_of(uint64_t addr)
{
    const uint64_t offset = addr - VIRTIO_MMIO_BASE;
    const uint64_t slot = offset % VIRTIO_MMIO_VM_SIZE / VIRTIO_MMIO_SIZE;

    if (offset >= (uint64_t)VIRTIO_VM_MAX * VIRTIO_MMIO_VM_SIZE || slot >= VIRTIO_VM_IRQS)
        return NULL;
    return &vms[offset / VIRTIO_MMIO_VM_SIZE].device[slot];
}

static const struct {
    uint32_t id;
    uint32_t queues;
} queues_of[] = {{VIRTIO_ID_NET, 2}, {VIRTIO_ID_CONSOLE, 2}, {VIRTIO_ID_GPU, 2}, {VIRTIO_ID_BALLOON, 2}};

static uint32_t queue_count(uint32_t device_id)
{
    for (unsigned i = 0; i < sizeof(queues_of) / sizeof(queues_of[0]); i++) {
        if (queues_of[i].id == device_id)
            return queues_of[i].queues;
    }
    return 1;
}

/* The VM's device with this interrupt, or NULL. */
static const struct vwr_avatar_device *device_with(const struct vwr_avatar_vm *vm, uint32_t irq)
{
    for (uint32_t i = 0; i < VIRTIO_VM_IRQS; i++) {
        if (vm->device[i].used && vm->device[i].device.irq == irq)
            return &vm->device[i];
    }
    return NULL;
}

/*
 * Each device has its own interrupt, which belongs to its VM, because a line shared by two devices has no
 * defined level.
 */
static bool irq_is_free(uint32_t vm_id, uint64_t base_addr, uint32_t irq)
{
    const uint32_t first = first_irq(vm_id);
    const struct vwr_avatar_device *const other = device_with(&vms[vm_id], irq);

    if (irq < first || irq - first >= VIRTIO_VM_IRQS) {
        logger_error("VirtIO: no device at 0x%llx: interrupt %u is not one of VM %u, which has %u to %u\n",
                     base_addr, irq, vm_id, first, first + VIRTIO_VM_IRQS - 1);
        return false;
    }
    if (other != NULL)
        logger_error("VirtIO: no device at 0x%llx: interrupt %u is that of the device at 0x%llx\n", base_addr,
                     irq, other->device.base_addr);
    return other == NULL;
}

virtio_device_t *virtio_create_device(uint32_t device_id, uint64_t base_addr, uint32_t irq)
{
    struct vwr_avatar_device *const d = place_of(base_addr);
    const uint32_t vm_id = (uint32_t)((base_addr - VIRTIO_MMIO_BASE) / VIRTIO_MMIO_VM_SIZE);

    if (d == NULL || base_addr % VIRTIO_MMIO_SIZE != 0 || d->used) {
        logger_error("VirtIO: no device at 0x%llx: %s\n", base_addr,
                     d != NULL && d->used ? "it exists already" : "not the address of a device");
        return NULL;
    }
    if (!irq_is_free(vm_id, base_addr, irq))
        return NULL;
    memset(d, 0, sizeof(*d));
    d->vm = vm_id;
    d->slot = (uint32_t)(base_addr % VIRTIO_MMIO_VM_SIZE / VIRTIO_MMIO_SIZE);
    d->begin = vwr_avatar_begin_own;
    d->used = true;
    d->device.device_id = device_id;
    d->device.version = VIRTIO_LEGACY ? VWR_LEGACY : VWR_MODERN;
    d->device.base_addr = base_addr;
    d->device.irq = irq;
    d->device.vm = vms[d->vm].vm;
    d->device.queues = d->queues;
    d->device.num_queues = queue_count(device_id);
    for (uint32_t i = 0; i < VIRTIO_DEVICE_QUEUES; i++) {
        d->queues[i].dev = &d->device;
        d->queues[i].index = i;
    }
    return &d->device;
}

struct vwr_avatar_device *vwr_avatar_device_of(const virtio_device_t *dev)
{
    struct vwr_avatar_device *const d = dev == NULL ? NULL : place_of(dev->base_addr);

    return d != NULL && d->used && &d->device == dev ? d : NULL;
}

struct vwr_avatar_device *vwr_avatar_part(const virtio_device_t *dev, const void *part)
{
    struct vwr_avatar_device *const d = vwr_avatar_device_of(dev);

    return d != NULL && d->part == part ? d : NULL;
}

/* The object with this number, and its device; NULL: none. */
static void *part_at(const struct vwr_avatar_parts *parts, uint32_t i, struct vwr_avatar_device **d)
{
    uint8_t *const at = (uint8_t *)parts->first + i * parts->bytes;

    *d = vwr_avatar_part(*(virtio_device_t *const *)(const void *)(at + parts->dev_at), at);
    return at;
}

void *vwr_avatar_free_part(const struct vwr_avatar_parts *parts)
{
    for (uint32_t i = 0; i < VIRTIO_VM_MAX; i++) {
        struct vwr_avatar_device *d;
        void *const part = part_at(parts, i, &d);

        if (d == NULL)
            return part;
    }
    logger_error("VirtIO: all %u %s are in use\n", (uint32_t)VIRTIO_VM_MAX, parts->what);
    return NULL;
}

void *vwr_avatar_part_of_vm(const struct vwr_avatar_parts *parts, uint32_t vm_id)
{
    for (uint32_t i = 0; i < VIRTIO_VM_MAX; i++) {
        struct vwr_avatar_device *d;
        void *const part = part_at(parts, i, &d);

        if (d != NULL && d->vm == vm_id)
            return part;
    }
    return NULL;
}

struct vwr_avatar_device *vwr_avatar_take(virtio_device_t *dev, vwr_avatar_begin *begin, void *part)
{
    struct vwr_avatar_device *const d = vwr_avatar_device_of(dev);

    d->begin = begin;
    d->part = part;
    return d;
}

void virtio_destroy_device(virtio_device_t *dev)
{
    struct vwr_avatar_device *const d = vwr_avatar_device_of(dev);

    if (d == NULL)
        return;
    if (d->vdev != NULL)
        vwr_vm_remove(&vms[d->vm].core, d->slot);
    memset(d, 0, sizeof(*d));
}

struct vwr_avatar_device *vwr_avatar_at(uint64_t addr)
{
    struct vwr_avatar_device *const d = place_of(addr);

    return d != NULL && d->used ? d : NULL;
}

virtio_device_t *virtio_find_device_by_addr(uint64_t addr)
{
    struct vwr_avatar_device *const d = vwr_avatar_at(addr);

    if (d != NULL && d->vdev != NULL)
        vwr_avatar_update(d);
    return d == NULL ? NULL : &d->device;
}

bool virtio_next_place(uint32_t vm_id, uint64_t *base_addr, uint32_t *irq)
{
    const struct vwr_avatar_vm *const vm = vwr_avatar_vm_at(vm_id);

    for (uint32_t i = 0; vm != NULL && i < VIRTIO_VM_IRQS; i++) {
        if (!vm->device[i].used) {
            *base_addr = VIRTIO_MMIO_BASE + (uint64_t)vm_id * VIRTIO_MMIO_VM_SIZE + i * VIRTIO_MMIO_SIZE;
            *irq = first_irq(vm_id) + i;
            return true;
        }
    }
    return false;
}

static int begin(struct vwr_avatar_device *d)
{
    struct vwr_vdev_setup s;
    int result;

    if (d->device.num_queues > VIRTIO_DEVICE_QUEUES)
        return VWR_ENOQUEUE;
    memset(&s, 0, sizeof(s));
    s.vm = &vms[d->vm].core;
    s.line = d->device.irq;
    s.legacy = d->device.version == VWR_LEGACY;
    s.vendor = d->device.vendor_id;
    vwr_vdev_features(&s.features);
    s.queue = d->queue;
    s.queue_count = (uint16_t)d->device.num_queues;
    s.queue_size = VIRTIO_QUEUE_NUM_MAX;
    s.own = d->own_entries;
    s.own_count = VWR_COUNT(d->own_entries);
    result = d->begin(d, &s);
    return result == VWR_OK ? vwr_vm_add(&vms[d->vm].core, d->slot, d->vdev) : result;
}

bool vwr_avatar_ready(struct vwr_avatar_device *d)
{
    int result;

    if (d->vdev != NULL)
        return true;
    if (d->failed || d->device.vm == NULL) /* its VM may be created later */
        return false;
    result = begin(d);
    if (result == VWR_OK)
        return true;
    d->vdev = NULL;
    d->failed = true;
    logger_error("VirtIO: no device at 0x%llx: %s\n", d->device.base_addr, vwr_strerror(result));
    return false;
}
