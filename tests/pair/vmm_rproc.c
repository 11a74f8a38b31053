/* SPDX-License-Identifier: MIT */
#include "vmm_rproc.h"
#include "check.h"
#include "vmm_pci.h"

#include "vwr/vrproc.h"

#include <string.h>

/*
 * Both ends access the same bytes, and a mailbox is a call of the other end. Slots differ in the alignment of
 * the used ring, and in whether the driver waits until the device has released its memory.
 */

#define TABLE_BYTES 4096u
#define FIRST_ID 100u

static const uint32_t aligns[VMM_SLOTS] = {4096, 16, 4, 256};

static struct place {
    uint8_t bytes[TABLE_BYTES] __attribute__((aligned(8)));
    struct vwr_rsc_table table;
    struct vwr_vrproc device;
    struct vwr_rproc *driver; /* NULL: none yet */
    bool released;
} places[VMM_SLOTS];

bool vmm_rproc_takes(const struct vwr_vdev *v)
{
    return vmm_bus == VMM_RPROC && v->legacy && vmm_pci_is_sized(v);
}

static void to_driver(void *context, uint32_t notifyid)
{
    struct place *const p = context;

    CHECK(p->driver != NULL && vwr_rproc_notified(p->driver, notifyid));
    vmm_interrupt((unsigned)(p - places));
}

static void released(void *context)
{
    ((struct place *)context)->released = true;
}

static void to_device(void *context, uint32_t notifyid)
{
    struct place *const p = context;

    CHECK(vwr_vrproc_notified(&p->device, notifyid));
}

static bool is_released(void *context, bool begin)
{
    struct place *const p = context;

    if (begin)
        p->released = false;
    return p->released;
}

void vmm_rproc_add(unsigned slot, struct vwr_vdev *v)
{
    struct place *const p = &places[slot];
    struct vwr_vrproc_setup s = {
        .v = v, .table = &p->table, .kick = to_driver, .released = released, .context = p};
    struct vwr_rsc_vring vring[VWR_RSC_VRINGS_MAX];
    struct vwr_rsc_device d;

    memset(p, 0xcc, sizeof(*p));
    p->driver = NULL;
    for (unsigned i = 0; i < v->queues; i++)
        vring[i] = (struct vwr_rsc_vring){VWR_RSC_ANY, aligns[slot], v->queue[i].max, VWR_RSC_ANY};
    CHECK_NUMBER(vwr_vrproc_describe(v, vring, v->queues, &d), VWR_OK);
    CHECK_NUMBER(vwr_rsc_build(p->bytes, sizeof(p->bytes), &d, 1), VWR_OK);
    CHECK_NUMBER(vwr_rsc_read(&p->table, p->bytes, sizeof(p->bytes), NULL, 0), VWR_OK);
    CHECK_NUMBER(vwr_vrproc_init(&p->device, &s), VWR_OK);
}

int vmm_rproc_find(union vmm_end *end, unsigned slot)
{
    static const struct vwr_rproc_ops ops[] = {{.kick = to_device},
                                               {.kick = to_device, .released = is_released}};
    struct place *const p = &places[slot];
    const struct vwr_rproc_setup s = {
        .table = &p->table, .ops = &ops[slot % 2], .context = p, .first_notifyid = FIRST_ID * slot};

    p->driver = &end->rproc;
    return vwr_rproc_probe(&end->rproc, &s);
}
