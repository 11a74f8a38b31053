/* SPDX-License-Identifier: MIT */
#include "vmm_calls.h"
#include "check.h"
#include "vmm_pci.h"

#include "vwr/vbell.h"
#include "vwr/vrproc.h"

#include <string.h>

/*
 * Both ends access the same bytes, and a mailbox or a bell is a call of the other end. Slots differ in the
 * alignment of the used ring of a table, in whether its driver waits until the device has released its
 * memory, and in whether a bell has numbers.
 */

#define PLACE_BYTES 8192u
#define FIRST_ID 100u

static const uint32_t aligns[VMM_SLOTS] = {4096, 16, 4, 256};

static struct place {
    uint8_t bytes[PLACE_BYTES] __attribute__((aligned(8)));
    struct vwr_rsc_table table;
    struct vwr_vrproc device;
    struct vwr_vbell bell;
    struct vwr_rproc *driver; /* NULL: none yet */
    bool released;
} places[VMM_SLOTS];

bool vmm_calls_takes(const struct vwr_vdev *v)
{
    if (v->legacy)
        return vmm_bus == VMM_RPROC && vmm_pci_is_sized(v);
    return vmm_bus == VMM_BELL && v->shms == 0;
}

static unsigned slot_of(const struct place *p)
{
    return (unsigned)(p - places);
}

static void to_driver(void *context, uint32_t notifyid)
{
    struct place *const p = context;

    CHECK(p->driver != NULL && vwr_rproc_notified(p->driver, notifyid));
    vmm_interrupt(slot_of(p));
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

static void add_in_table(struct place *p, struct vwr_vdev *v)
{
    struct vwr_vrproc_setup s = {
        .v = v, .table = &p->table, .kick = to_driver, .released = released, .context = p};
    struct vwr_rsc_vring vring[VWR_RSC_VRINGS_MAX];
    struct vwr_rsc_device d;

    for (unsigned i = 0; i < v->queues; i++)
        vring[i] = (struct vwr_rsc_vring){VWR_RSC_ANY, aligns[slot_of(p)], v->queue[i].max, VWR_RSC_ANY};
    CHECK_NUMBER(vwr_vrproc_describe(v, vring, v->queues, &d), VWR_OK);
    CHECK_NUMBER(vwr_rsc_build(p->bytes, sizeof(p->bytes), &d, 1), VWR_OK);
    CHECK_NUMBER(vwr_rsc_read(&p->table, p->bytes, sizeof(p->bytes), NULL, 0), VWR_OK);
    CHECK_NUMBER(vwr_vrproc_init(&p->device, &s), VWR_OK);
}

static void ring_driver(void *context, uint32_t reason)
{
    (void)reason;
    vmm_interrupt(slot_of(context));
}

static void ring_device(void *context, uint32_t what)
{
    struct place *const p = context;

    /* a bell without numbers would count a notification for each queue */
    vwr_vbell_rung(&p->bell, what != VWR_BELL_WRITE && p->bell.v->queues == 1 ? VWR_BELL_ANY : what);
}

void vmm_calls_add(unsigned slot, struct vwr_vdev *v)
{
    struct place *const p = &places[slot];
    const struct vwr_vbell_setup s = {.v = v,
                                      .block = p->bytes,
                                      .bytes = VWR_BELL_BYTES_OF((size_t)v->config_bytes),
                                      .ring = ring_driver,
                                      .context = p};

    memset(p, 0xcc, sizeof(*p));
    p->driver = NULL;
    if (v->legacy)
        add_in_table(p, v);
    else
        CHECK_NUMBER(vwr_vbell_init(&p->bell, &s), VWR_OK);
}

static int find_in_table(struct place *p, struct vwr_rproc *driver)
{
    static const struct vwr_rproc_ops ops[] = {{.kick = to_device},
                                               {.kick = to_device, .released = is_released}};
    const unsigned slot = slot_of(p);
    const struct vwr_rproc_setup s = {
        .table = &p->table, .ops = &ops[slot % 2], .context = p, .first_notifyid = FIRST_ID * slot};

    p->driver = driver;
    return vwr_rproc_probe(driver, &s);
}

int vmm_calls_find(union vmm_end *end, unsigned slot)
{
    struct place *const p = &places[slot];
    const struct vwr_bell_setup s = {
        .block = p->bytes, .bytes = PLACE_BYTES, .ring = ring_device, .context = p};
    int r;

    if (vmm_bus == VMM_RPROC)
        return find_in_table(p, &end->rproc);
    r = vwr_bell_probe(&end->bell, &s);
    vwr_dev_want(&end->dev, VWR_F_IN_ORDER);
    return r;
}
