/* SPDX-License-Identifier: MIT */
#include "vgpu_common.h"

/*
 * Guest memory that backs a gpu's resources, and transfers from it. The ranges are checked once when they are
 * attached, and translated again for each part of a transfer.
 * Section: GPU Device / Device Operation / Device Operation: controlq.
 */

static uint64_t vgpu_backing_bytes(const struct vwr_vgpu *g, const struct vwr_vgpu_resource *r)
{
    return r->backing.count != 0 ? g->entry[r->backing.first + r->backing.count - 1u].end : 0;
}

void vwr_vgpu_drop_backing_(struct vwr_vgpu *g, struct vwr_vgpu_resource *r)
{
    if (r->backing.count != 0)
        vwr_vgpu_give_back_(&g->backing, &r->backing);
}

/* ---- attach ---- */

/*
 * Whether the range is guest RAM, in one region or in adjacent ones. Each step is charged, because there may
 * be many steps if there is a balloon.
 */
static bool vgpu_is_ram(struct vwr_vdev *v, uint64_t addr, uint64_t bytes)
{
    void *host;
    uint64_t run = 1;

    for (; bytes != 0 && run != 0; addr += run) {
        vwr_vdev_charge(v, 0, 1);
        run = vwr_memory_run(v->memory, addr, &host);
        run = run < bytes ? run : bytes;
        bytes -= run;
    }
    return bytes == 0;
}

/* Merges an entry with its predecessor if they are adjacent. */
static bool vgpu_add_entry(struct vwr_vgpu *g, const struct vwr_gpu_mem_entry *e)
{
    struct vwr_vgpu_job *const job = &g->job;
    struct vwr_vgpu_entry *const entry = g->entry + job->resource->backing.first;
    const uint64_t addr = vwr_guest64(false, e->addr);
    const uint32_t bytes = vwr_guest32(false, e->length);
    const uint64_t start = job->entry != 0 ? entry[job->entry - 1u].end : 0;

    if (!vgpu_is_ram(vwr_vgpu_dev(g), addr, bytes))
        return false;
    if (bytes == 0)
        return true;
    if (job->entry == 0 || entry[job->entry - 1u].base != addr - start) {
        entry[job->entry].base = addr - start;
        job->entry++;
    }
    entry[job->entry - 1u].end = start + bytes;
    return true;
}

static int vgpu_attach_step(struct vwr_vgpu *g)
{
    struct vwr_vgpu_job *const job = &g->job;
    struct vwr_vdev *const v = vwr_vgpu_dev(g);
    struct vwr_gpu_mem_entry e;
    bool right = true;

    for (uint32_t first = job->row; right && job->row != job->rows; job->row++) {
        if (v->work == 0 && job->row != first)
            return VWR_LATER;
        (void)vwr_vmessage_read(job->x, &e, sizeof(e));
        right = vgpu_add_entry(g, &e);
        vwr_vdev_charge(v, sizeof(e), 1);
    }
    if (!right || job->entry == 0) {
        vwr_vgpu_drop_backing_(g, job->resource);
        return VWR_GPU_RESP_ERR_INVALID_PARAMETER;
    }
    vwr_vgpu_shrink_(&g->backing, &job->resource->backing, job->entry); /* frees the rest of the space */
    return VWR_OK;
}

int vwr_vgpu_attach_(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                     const struct vwr_gpu_resource_attach_backing_msg *m,
                     struct vwr_gpu_resource_attach_backing_answer *a)
{
    struct vwr_vgpu *const g = vgpu_of(s);
    struct vwr_vgpu_resource *const r = vwr_vgpu_find_(g, m->resource_id);

    (void)a;
    if (r == NULL)
        return vwr_vgpu_end_(g, x, VWR_GPU_RESP_ERR_INVALID_RESOURCE_ID);
    if (r->backing.count != 0)
        return vwr_vgpu_end_(g, x, VWR_GPU_RESP_ERR_UNSPEC);
    if (m->nr_entries == 0)
        return vwr_vgpu_end_(g, x, VWR_GPU_RESP_ERR_INVALID_PARAMETER);
    if (!vwr_vgpu_take_(&g->backing, &r->backing, m->nr_entries))
        return vwr_vgpu_end_(g, x, VWR_GPU_RESP_ERR_OUT_OF_MEMORY);
    g->job.resource = r;
    g->job.entry = 0;
    g->job.row = 0;
    g->job.rows = m->nr_entries;
    g->job.attaching = r;
    return vwr_vgpu_begin_(g, x, vgpu_attach_step);
}

int vwr_vgpu_detach_(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                     const struct vwr_gpu_resource_detach_backing_msg *m,
                     struct vwr_gpu_resource_detach_backing_answer *a)
{
    struct vwr_vgpu *const g = vgpu_of(s);
    struct vwr_vgpu_resource *const r = vwr_vgpu_find_(g, m->resource_id);

    (void)a;
    if (r == NULL)
        return vwr_vgpu_end_(g, x, VWR_GPU_RESP_ERR_INVALID_RESOURCE_ID);
    if (r->backing.count == 0)
        return vwr_vgpu_end_(g, x, VWR_GPU_RESP_ERR_UNSPEC);
    vwr_vgpu_drop_backing_(g, r);
    return vwr_vgpu_end_(g, x, VWR_OK);
}

/* ---- transfer ---- */

/* Finds the entry of the backing that contains a byte. */
static uint32_t vgpu_entry_of(const struct vwr_vgpu *g, const struct vwr_vgpu_resource *r, uint64_t at)
{
    const struct vwr_vgpu_entry *const entry = g->entry + r->backing.first;
    uint32_t first = 0;
    uint32_t last = r->backing.count - 1u;

    while (first < last) {
        const uint32_t middle = first + (last - first) / 2u;

        if (entry[middle].end <= at)
            first = middle + 1u;
        else
            last = middle;
    }
    return first;
}

/* Address of a byte of the backing that vgpu_find_run() has looked for. */
static uint64_t vgpu_address(const struct vwr_vgpu *g, uint64_t at)
{
    return g->entry[g->job.resource->backing.first + g->job.entry].base + at;
}

/*
 * Gets the location of byte `at` of the backing, and returns the number of contiguous bytes there; 0: it is
 * not in memory. The offsets of successive calls must ascend.
 */
static uint64_t vgpu_find_run(struct vwr_vgpu *g, uint64_t at, void **host)
{
    const struct vwr_vgpu_entry *const entry = g->entry + g->job.resource->backing.first;
    uint64_t left;
    uint64_t run;

    if (entry[g->job.entry].end <= at)
        g->job.entry = vgpu_entry_of(g, g->job.resource, at);
    left = entry[g->job.entry].end - at;
    run = vwr_memory_run(vwr_vgpu_dev(g)->memory, entry[g->job.entry].base + at, host);
    return run < left ? run : left;
}

/* Size of the part of a row to transfer, chosen so that the remainder stays aligned. */
static uint32_t vgpu_transfer_bytes(const struct vwr_vgpu_job *job, uint64_t run, uint32_t room)
{
    const uint32_t most = room < VWR_VGPU_ALIGN ? VWR_VGPU_ALIGN : room & ~(VWR_VGPU_ALIGN - 1u);
    const uint32_t left = job->row_bytes - job->at;
    const uint32_t n = vgpu_min(left, most);

    return run < n ? (uint32_t)run : n;
}

static int vgpu_transfer_step(struct vwr_vgpu *g)
{
    struct vwr_vgpu_job *const job = &g->job;
    struct vwr_vdev *const v = vwr_vgpu_dev(g);
    struct vwr_vgpu_pixels p;
    uint32_t room = vwr_vdev_room(v);

    vgpu_pixels(g, job->resource, &job->area, &p);
    while (job->row != job->rows) {
        const uint64_t row = (uint64_t)job->row * p.stride + job->at;
        void *host = NULL;
        uint32_t n;

        if (room == 0)
            return VWR_LATER;
        n = vgpu_transfer_bytes(job, vgpu_find_run(g, job->offset + row, &host), room);
        if (n == 0) { /* the VMM has removed the memory, or the driver the mapping */
            vwr_memory_fault_(v->memory, vgpu_address(g, job->offset + row), VWR_MEMORY_READ);
            return VWR_GPU_RESP_ERR_UNSPEC;
        }
        vwr_copy(p.base + row, host, n);
        room = vwr_vdev_use(v, room, n);
        job->at += n;
        if (job->at == job->row_bytes) {
            job->at = 0;
            job->row++;
        }
    }
    return VWR_OK;
}

/* Results are those of a service function. */
static int vgpu_check_transfer(const struct vwr_vgpu *g, const struct vwr_vgpu_resource *r,
                               const struct vwr_vgpu_area *area, uint64_t offset)
{
    const uint64_t stride = (uint64_t)r->width * VWR_VGPU_PIXEL_BYTES;
    const uint64_t bytes = vgpu_backing_bytes(g, r);

    if (bytes == 0)
        return VWR_GPU_RESP_ERR_UNSPEC;
    if (!vgpu_is_inside(area, r->width, r->height) || offset > bytes ||
        (area->height - 1u) * stride + (uint64_t)area->width * VWR_VGPU_PIXEL_BYTES > bytes - offset)
        return VWR_GPU_RESP_ERR_INVALID_PARAMETER;
    return VWR_OK;
}

int vwr_vgpu_transfer_(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                       const struct vwr_gpu_transfer_to_host_2d_msg *m,
                       struct vwr_gpu_transfer_to_host_2d_answer *a)
{
    struct vwr_vgpu *const g = vgpu_of(s);
    struct vwr_vgpu_resource *const r = vwr_vgpu_find_(g, m->resource_id);
    struct vwr_vgpu_job *const job = &g->job;
    int result = VWR_GPU_RESP_ERR_INVALID_RESOURCE_ID;

    (void)a;
    job->area.x = m->x;
    job->area.y = m->y;
    job->area.width = m->width;
    job->area.height = m->height;
    if (r != NULL)
        result = vgpu_check_transfer(g, r, &job->area, m->offset);
    if (result != VWR_OK)
        return vwr_vgpu_end_(g, x, result);
    job->resource = r;
    job->offset = m->offset;
    job->row_bytes = m->width * VWR_VGPU_PIXEL_BYTES;
    job->rows = m->height;
    if (m->width == r->width) { /* adjacent rows are treated as one */
        job->row_bytes *= m->height;
        job->rows = 1;
    }
    job->row = 0;
    job->at = 0;
    job->entry = vgpu_entry_of(g, r, m->offset);
    return vwr_vgpu_begin_(g, x, vgpu_transfer_step);
}
