/* SPDX-License-Identifier: MIT */
#include "ends.h"
#include "mem.h"
#include "vwr/vmem.h"
#include "vwr/vm.h"

/* A VMM that gives blocks. */

#define REGIONS 8u /* of a VM, at most */
#define RUNS 8u

struct mem_vmm {
    struct vwr_vmem v;
    struct vwr_memory_span run[2 * RUNS];
    struct mem_model there;
    bool unplugging; /* the answer waits for vwr_vmem_settle() */
};

static _Alignas(4096) uint8_t blocks[MEM_BYTES];
static struct vwr_memory_region table[REGIONS];

/* Blocks that all have to be in the other state. */
static void blocks_change(struct bench_vmm *vmm, const struct vwr_memory_region *r, uint8_t now)
{
    struct mem_vmm *const own = (struct mem_vmm *)vmm->own;

    for (uint64_t at = 0; at < r->bytes; at += MEM_BLOCK) {
        const uint64_t block = (r->addr + at - MEM_ADDR) / MEM_BLOCK;

        if (block >= MEM_BLOCKS || (uint8_t *)r->host != blocks + block * MEM_BLOCK - at ||
            own->there.plugged[block] == now) {
            vmm->wrong = "these are not blocks in the other state";
            return;
        }
        own->there.plugged[block] = now;
    }
    vwr_copy(vmm->model, &own->there, sizeof(own->there));
}

static int blocks_give(struct vwr_vmem *v, const struct vwr_memory_region *r)
{
    struct bench_vmm *const vmm = v->context;

    vmm->calls++;
    if (vmm->how(vmm) != BENCH_RIGHT)
        return VWR_EIO;
    blocks_change(vmm, r, 1);
    return VWR_OK;
}

static void blocks_discard(struct vwr_vmem *v, const struct vwr_memory_region *r)
{
    struct bench_vmm *const vmm = v->context;

    if (vwr_memory_ptr(&vwr_vmem_dev(v)->vm->memory, r->addr, r->bytes) != NULL)
        vmm->wrong = "devices reach what is unplugged";
    blocks_change(vmm, r, 0);
}

static void blocks_unplugging(struct vwr_vmem *v)
{
    const struct bench_vmm *const vmm = v->context;

    ((struct mem_vmm *)vmm->own)->unplugging = true;
}

/* Adds the region to the table of the VM, unless it has it. */
static void add_region(struct vwr_memory *m)
{
    uint32_t n = 0;

    m->blocks = NULL;
    if (vwr_memory_find(m, MEM_ADDR) != NULL || m->region_count == REGIONS)
        return;
    for (; n < m->region_count && m->region[n].addr < MEM_ADDR; n++)
        table[n] = m->region[n];
    table[n] = (struct vwr_memory_region){MEM_ADDR, MEM_BYTES, blocks};
    for (; n < m->region_count; n++)
        table[n + 1] = m->region[n];
    m->region = table;
    m->region_count++;
}

static int blocks_init(struct bench_vmm *vmm, const struct vwr_vdev_setup *s)
{
    static const struct vwr_vmem_ops ops[] = {
        {.give = blocks_give, .discard = blocks_discard},
        {.give = blocks_give, .discard = blocks_discard, .unplugging = blocks_unplugging}};
    struct mem_vmm *const own = (struct mem_vmm *)vmm->own;
    const struct vwr_vmem_options o = {.ops = &ops[s->vm->ops->lock != NULL],
                                       .context = vmm,
                                       .addr = MEM_ADDR,
                                       .bytes = MEM_BYTES,
                                       .block_bytes = MEM_BLOCK,
                                       .requested = MEM_REQUESTED * MEM_BLOCK,
                                       .extra = MEM_BYTES,
                                       .runs = own->run,
                                       .run_count = VWR_COUNT(own->run)};

    add_region(&s->vm->memory);
    vwr_zero(&own->there, sizeof(own->there));
    own->unplugging = false;
    vmm->dev = vwr_vmem_dev(&own->v);
    return vwr_vmem_init_with(&own->v, s, &o);
}

/* The VMM wants another size, but never less than what the shapes plug; 0: it only looks. */
static void blocks_event(struct bench_vmm *vmm, uint32_t event)
{
    struct mem_vmm *const own = (struct mem_vmm *)vmm->own;
    const uint64_t size = MEM_REQUESTED - event % (MEM_REQUESTED / 3u);

    if (event != 0 && vwr_vmem_resize(&own->v, size * MEM_BLOCK) != VWR_OK)
        vmm->wrong = "a size is refused";
    if (own->unplugging && vwr_vmem_settle(&own->v) == VWR_OK)
        own->unplugging = false;
    for (uint32_t i = 0; i < MEM_BLOCKS; i++)
        if ((vwr_memory_ptr(&vmm->dev->vm->memory, MEM_ADDR + i * MEM_BLOCK, MEM_BLOCK) != NULL) >
            (own->there.plugged[i] != 0))
            vmm->wrong = "devices reach what is not plugged";
}

const struct bench_device bench_mem_device = {
    .shapes = &bench_mem_shapes,
    .own_bytes = sizeof(struct mem_vmm),
    .model_bytes = sizeof(struct mem_model),
    .init = blocks_init,
    .event = blocks_event,
};
