/* SPDX-License-Identifier: MIT */
#include "../core/memory/memory_common.h"
#include "vmem_common.h"
#include "vwr/vm.h"

/* Memory device: requests of the guest, its configuration, and functions for the VMM. Section: Memory Device.
 */

void vwr_vmem_write_config_(struct vwr_vmem *m)
{
    struct vwr_mem_config_info info;

    info.block_size = vmem_bytes(m, 1);
    info.node_id = m->node;
    info.addr = m->blocks.addr;
    info.region_size = m->blocks.bytes;
    info.usable_region_size = m->usable;
    info.plugged_size = m->plugged;
    info.requested_size = m->requested;
    vwr_mem_config_write(&m->service.config, vwr_vmem_dev(m)->legacy, &info);
}

static void vmem_set_plugged(struct vwr_vmem *m, uint64_t plugged)
{
    m->plugged = plugged;
    vwr_vmem_write_config_(m);
    vwr_vmem_dev(m)->generation++; /* without an interrupt, because the guest expects the change */
}

/* ---- unplugged blocks ---- */

void vwr_vmem_cancel_(struct vwr_vmem *m)
{
    if (m->pending.waits)
        vwr_vmem_publish_(m); /* the table before */
    m->pending.waits = false;
}

static void vmem_unplugged(struct vwr_vmem *m, const struct vwr_memory_span *run)
{
    struct vwr_memory_region r;

    vwr_vmem_region_(m, run, &r);
    if (m->ops->discard != NULL)
        m->ops->discard(m, &r);
}

/* The range that devices must not use. */
static void vmem_pending_region(const struct vwr_vmem *m, struct vwr_memory_region *r)
{
    const struct vwr_memory_span all = {0, vmem_blocks(m, m->blocks.bytes)};

    vwr_vmem_region_(m, m->pending.all ? &all : &m->pending.run, r);
}

/*
 * A page that an exclusive balloon has is the VMM's, and has to come back first. The balloon accepts no page
 * of these blocks any more.
 */
static bool vmem_is_ballooned(struct vwr_vmem *m)
{
    struct vwr_memory_region r;

    vmem_pending_region(m, &r);
    return vwr_memory_is_given_(&vwr_vmem_dev(m)->vm->memory, &r);
}

/* Returns a result of a request. The runs that were plugged are still in the table before. */
static int vmem_settled(struct vwr_vmem *m, bool uses)
{
    const struct vwr_memory_blocks *const b = &m->blocks;
    const uint32_t before = (b->now + 1u) % 2u;

    if (uses || vmem_is_ballooned(m)) {
        vwr_vmem_cancel_(m);
        return VWR_MEM_RESP_BUSY;
    }
    m->pending.waits = false;
    vmem_set_plugged(m, m->pending.all ? 0 : m->plugged - vmem_bytes(m, m->pending.run.count));
    for (uint32_t i = 0; m->pending.all && i < b->count[before]; i++)
        vmem_unplugged(m, &b->table[before][i]);
    if (!m->pending.all)
        vmem_unplugged(m, &m->pending.run);
    return VWR_OK;
}

/* The other devices stop using the blocks, which are not in the table that was written. */
static int vmem_unplug_begin(struct vwr_vmem *m, struct vwr_vmessage *x, const struct vwr_memory_span *run)
{
    struct vwr_memory_region r;

    m->pending.waits = true;
    m->pending.all = run == NULL;
    if (run != NULL)
        m->pending.run = *run;
    m->pending.number++;
    m->pending.ticket = 0;
    vwr_vmem_publish_(m);
    if (m->ops->unplugging == NULL) {
        vmem_pending_region(m, &r);
        return vmem_settled(m, vwr_vm_uses_now_(vwr_vmem_dev(m)->vm, r.addr, r.bytes));
    }
    if (x == NULL)
        return VWR_LATER;
    m->pending.ticket = vwr_vmessage_ticket(x);
    m->ops->unplugging(m);
    return VWR_LATER;
}

int vwr_vmem_settle(struct vwr_vmem *m)
{
    struct vwr_vdev *const v = vwr_vmem_dev(m);
    struct vwr_memory_region r;
    uint32_t number;
    bool waits, uses;
    int status = VWR_OK;

    vwr_vdev_lock(v);
    waits = m->pending.waits;
    number = m->pending.number;
    vmem_pending_region(m, &r);
    vwr_vdev_unlock(v);
    if (!waits)
        return VWR_OK;
    uses = vwr_vm_uses(v->vm, r.addr, r.bytes);
    vwr_vdev_lock(v);
    if (m->pending.waits && m->pending.number == number) { /* otherwise a reset has cancelled it */
        status = vmem_settled(m, uses);
        if (m->pending.ticket != 0 && vwr_vmessage_claim(&m->message, m->pending.ticket))
            vwr_vmessage_finish(&m->message, status, NULL);
    }
    vwr_vdev_unlock(v);
    return status == VWR_OK ? VWR_OK : VWR_EBUSY;
}

int vwr_vmem_unplug_all(struct vwr_vmem *m)
{
    struct vwr_vdev *const v = vwr_vmem_dev(m);
    int r = VWR_MEM_RESP_BUSY;

    vwr_vdev_lock(v);
    if (!m->pending.waits && vwr_vmem_clear_(m))
        r = vmem_unplug_begin(m, NULL, NULL);
    vwr_vdev_unlock(v);
    if (r == VWR_LATER)
        return vwr_vmem_settle(m);
    return r == VWR_OK ? r : VWR_EBUSY;
}

/* ---- requests ---- */

/* Whether the blocks are in the usable region. */
static bool vmem_find(const struct vwr_vmem *m, uint64_t addr, uint16_t count, struct vwr_memory_span *run)
{
    const uint64_t at = addr - m->blocks.addr;

    if (count == 0 || at >= m->usable || (at & (vmem_bytes(m, 1) - 1u)) != 0 ||
        vmem_bytes(m, count) > m->usable - at)
        return false;
    run->first = vmem_blocks(m, at);
    run->count = count;
    return true;
}

static int vmem_plug(struct vwr_mem_vservice *s, struct vwr_vmessage *x, const struct vwr_mem_plug_msg *msg)
{
    struct vwr_vmem *const m = vmem_of(s);
    struct vwr_memory_region r;
    struct vwr_memory_span run;

    (void)x;
    if (!vmem_find(m, msg->addr, msg->nb_blocks, &run) || vwr_vmem_plugged_(m, &run) != 0)
        return VWR_MEM_RESP_ERROR;
    vwr_vmem_region_(m, &run, &r);
    if (r.bytes > m->requested || m->plugged > m->requested - r.bytes)
        return VWR_MEM_RESP_NACK;
    if (m->pending.waits || !vwr_vmem_add_(m, &run) ||
        (m->ops->give != NULL && m->ops->give(m, &r) != VWR_OK))
        return VWR_MEM_RESP_BUSY;
    vwr_vmem_publish_(m);
    vmem_set_plugged(m, m->plugged + r.bytes);
    return VWR_OK;
}

static int vmem_unplug(struct vwr_mem_vservice *s, struct vwr_vmessage *x,
                       const struct vwr_mem_unplug_msg *msg)
{
    struct vwr_vmem *const m = vmem_of(s);
    struct vwr_memory_span run;

    if (!vmem_find(m, msg->addr, msg->nb_blocks, &run) || vwr_vmem_plugged_(m, &run) != run.count)
        return VWR_MEM_RESP_ERROR;
    if (m->pending.waits || !vwr_vmem_cut_(m, &run))
        return VWR_MEM_RESP_BUSY;
    return vmem_unplug_begin(m, x, &run);
}

static int vmem_unplug_all(struct vwr_mem_vservice *s, struct vwr_vmessage *x)
{
    struct vwr_vmem *const m = vmem_of(s);

    if (m->pending.waits || !vwr_vmem_clear_(m))
        return VWR_MEM_RESP_BUSY;
    return vmem_unplug_begin(m, x, NULL);
}

static int vmem_state(struct vwr_mem_vservice *s, struct vwr_vmessage *x, const struct vwr_mem_state_msg *msg,
                      struct vwr_mem_state_answer *a)
{
    struct vwr_vmem *const m = vmem_of(s);
    struct vwr_memory_span run;
    uint32_t plugged;

    (void)x;
    if (!vmem_find(m, msg->addr, msg->nb_blocks, &run))
        return VWR_MEM_RESP_ERROR;
    plugged = vwr_vmem_plugged_(m, &run);
    a->type = plugged == run.count ? VWR_MEM_STATE_PLUGGED
              : plugged == 0       ? VWR_MEM_STATE_UNPLUGGED
                                   : VWR_MEM_STATE_MIXED;
    return VWR_OK;
}

/* A reset unplugs nothing, and forgets a request that waits. */
static void vmem_reset(struct vwr_mem_vservice *s)
{
    vwr_vmem_cancel_(vmem_of(s));
    vwr_vmem_write_config_(vmem_of(s));
}

static void vmem_queue_reset(struct vwr_mem_vservice *s, uint16_t queue)
{
    (void)queue;
    vwr_vmem_cancel_(vmem_of(s));
}

static void vmem_suspend(struct vwr_mem_vservice *s)
{
    struct vwr_vmem *const m = vmem_of(s);

    if (!m->pending.waits)
        return;
    vwr_vmem_cancel_(m);
    if (m->pending.ticket != 0)
        vwr_vmessage_end(&m->message, VWR_MEM_RESP_BUSY, NULL);
}

/* ---- the VMM ---- */

/* The usable region grows with the requested size, and does not shrink. */
static void vmem_request(struct vwr_vmem *m, uint64_t bytes)
{
    const uint64_t rest = m->blocks.bytes - bytes;
    const uint64_t usable = bytes + (m->extra < rest ? m->extra : rest);

    m->requested = bytes;
    m->usable = usable > m->usable ? usable : m->usable;
    vwr_vmem_write_config_(m);
}

int vwr_vmem_resize(struct vwr_vmem *m, uint64_t bytes)
{
    struct vwr_vdev *const v = vwr_vmem_dev(m);

    if ((bytes & (vmem_bytes(m, 1) - 1u)) != 0)
        return VWR_EALIGN;
    if (bytes > m->blocks.bytes)
        return VWR_ERANGE;
    vwr_vdev_lock(v);
    vmem_request(m, bytes);
    vwr_vdev_config_changed(v);
    vwr_vdev_unlock(v);
    return VWR_OK;
}

/* ---- init ---- */

static const struct vwr_mem_vservice_calls vmem_calls = {
    .plug = vmem_plug,
    .unplug = vmem_unplug,
    .unplug_all = vmem_unplug_all,
    .state = vmem_state,
    .reset = vmem_reset,
    .queue_reset = vmem_queue_reset,
    .suspend = vmem_suspend,
};

static int vmem_check(const struct vwr_vdev_setup *s, const struct vwr_vmem_options *o)
{
    const uint64_t within = o->block_bytes - 1u;

    if (!VWR_WITH_EXCLUSIVE || o->ops == NULL || s->vm == NULL ||
        (s->vm->ops->lock != NULL && o->ops->unplugging == NULL))
        return VWR_EINVAL;
    if (o->block_bytes == 0 || (o->block_bytes & within) != 0 ||
        ((o->addr | o->bytes | o->requested | o->extra) & within) != 0)
        return VWR_EALIGN;
    return o->requested <= o->bytes ? VWR_OK : VWR_ERANGE;
}

/* Finds the region in host memory, and sets up its blocks. */
static int vmem_set_region(struct vwr_vmem *m, const struct vwr_vdev_setup *s,
                           const struct vwr_vmem_options *o)
{
    struct vwr_memory_region r = {o->addr, o->bytes, NULL};
    struct vwr_memory_blocks *const b = &m->blocks;

    if (vwr_memory_find_part_(&s->vm->memory, &r) == NULL)
        return VWR_ERANGE;
    while (vwr_shift_left(1, b->shift) != o->block_bytes)
        b->shift++;
    if (vwr_shift_right(o->bytes, b->shift) > (uint32_t)-1)
        return VWR_ERANGE;
    m->host = (uint8_t *)r.host;
    m->most = o->run_count / 2u;
    b->addr = o->addr;
    b->bytes = o->bytes;
    b->table[0] = o->runs;
    b->table[1] = o->runs + m->most;
    return VWR_OK;
}

int vwr_vmem_init_with(struct vwr_vmem *m, const struct vwr_vdev_setup *s, const struct vwr_vmem_options *o)
{
    const struct vwr_service_memory memory = {&m->message, 1, m->seg, VWR_COUNT(m->seg)};
    struct vwr_features features;
    int r = vmem_check(s, o);

    vwr_zero(m, sizeof(*m));
    if (r != VWR_OK)
        return r;
    if (s->vm->memory.blocks != NULL && s->vm->memory.blocks != &m->blocks)
        return VWR_EBUSY;
    if (!VWR_ARRAY_FITS(&vwr_vmem_dev(m)->shortage, o, runs, run_count, 2u))
        return VWR_ENOMEM;
    m->context = o->context;
    m->ops = o->ops;
    m->extra = o->extra;
    m->node = o->has_node ? o->node : 0;
    r = vmem_set_region(m, s, o);
    if (r != VWR_OK)
        return r;
    vwr_features_clear(&features);
    vwr_features_add(&features, VWR_MEM_F_UNPLUGGED_INACCESSIBLE);
    vwr_features_add_if(&features, VWR_MEM_F_ACPI_PXM, o->has_node);
    vwr_features_add_if(&features, VWR_MEM_F_PERSISTENT_SUSPEND, o->persistent_suspend);
    r = vwr_mem_vservice_init(&m->service, s, &features, &vmem_calls, &memory, NULL);
    vmem_request(m, o->requested);
    if (r == VWR_OK)
        s->vm->memory.blocks = &m->blocks;
    return r;
}
