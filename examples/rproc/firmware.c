/* SPDX-License-Identifier: MIT */
/* The firmware of a remote processor: a resource table with an entropy device, and the device. */
#include "shared.h"
#include "vwr/ventropy.h"
#include "vwr/vm.h"
#include "vwr/vrproc.h"

static struct vwr_vdev *slots[1];
static struct vwr_memory_region region;
static struct vwr_vm vm;
static struct vwr_ventropy entropy;
static struct vwr_ventropy_own own;
static struct vwr_rsc_table table;
static struct vwr_vrproc device;

static uint32_t source(struct vwr_ventropy *e, uint8_t *bytes, uint32_t n)
{
    static uint32_t next; /* a generator of random numbers, in a real firmware */

    (void)e;
    for (uint32_t i = 0; i < n; i++)
        bytes[i] = (uint8_t)(next++ % 251);
    return n;
}

/* Interrupts are kicks. */
static void irq(struct vwr_vm *v, uint32_t line, bool level)
{
    (void)v;
    (void)line;
    (void)level;
}

static void again(struct vwr_vm *v, struct vwr_vdev *dev, uint16_t queue)
{
    (void)v;
    vwr_vdev_serve(dev, queue);
}

static void kick(void *context, uint32_t notifyid)
{
    (void)context;
    mailbox_to_host(notifyid);
}

static void released(void *context)
{
    (void)context;
    shared->released = 1;
}

static int publish(void)
{
    struct vwr_rsc_vring vring = {.da = VWR_RSC_ANY, .align = 16, .num = QUEUE, .notifyid = VRING_ID};
    const struct vwr_vrproc_setup s = {
        .v = &entropy.dev, .table = &table, .kick = kick, .released = released};
    struct vwr_rsc_device d;
    int r = vwr_vrproc_describe(&entropy.dev, &vring, 1, &d);

    d.notifyid = DEVICE_ID;
    if (r == VWR_OK)
        r = vwr_rsc_build(shared->table, TABLE_BYTES, &d, 1);
    if (r == VWR_OK)
        r = vwr_rsc_read(&table, shared->table, TABLE_BYTES, NULL, 0);
    return r == VWR_OK ? vwr_vrproc_init(&device, &s) : r;
}

int firmware_begin(void *memory, uint64_t addr, uint32_t bytes)
{
    static const struct vwr_vm_ops ops = {.irq = irq, .again = again};
    const struct vwr_vm_setup s = {
        .ops = &ops, .region = &region, .region_count = 1, .slot = slots, .slot_count = 1};
    const struct vwr_vdev_setup setup = {.vm = &vm, .legacy = true};
    int r;

    region = (struct vwr_memory_region){addr, bytes, memory};
    r = vwr_vm_init(&vm, &s);
    if (r == VWR_OK)
        r = vwr_ventropy_init(&entropy, &setup, &own, source, NULL);
    return r == VWR_OK ? publish() : r;
}

void firmware_on_mailbox(uint32_t notifyid)
{
    (void)vwr_vrproc_notified(&device, notifyid);
}
