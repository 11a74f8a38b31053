/* SPDX-License-Identifier: MIT */
#include "vqueue_common.h"
#include "vwr/bytes.h"

/* Descriptor chains: segments wherever in guest memory they are, indirect tables, and copying. */

static const struct vwr_vm_region *vchain_region(const struct vwr_vm *vm, uint64_t addr)
{
    for (uint32_t i = 0; i < vm->regions; i++)
        if (addr - vm->region[i].addr < vm->region[i].bytes)
            return &vm->region[i];
    return NULL;
}

/* The recent part of guest memory becomes the greatest with `addr` in it that the fast path can bear:
 * vwr_vchain_put. */
static void vchain_remember(struct vwr_vqueue *q, const struct vwr_vm_region *r, uint64_t addr)
{
    uint64_t bytes = (uint64_t)(~(uint32_t)0 >> 1) + 1u; /* the greatest power of 2 below 2^32 */
    uint64_t begin = addr & ~(bytes - 1u);

    while (begin - r->addr >= r->bytes || begin - r->addr + (bytes - 1u) >= r->bytes) {
        bytes >>= 1;
        begin = addr & ~(bytes - 1u);
    }
    q->recent.addr = begin;
    q->recent.bytes = bytes;
    q->recent.host = (uint8_t *)r->host + (begin - r->addr);
}

/* One more segment of host memory. */
static void vchain_append(struct vwr_vchain *c, uint8_t *at, uint32_t len, bool write)
{
    struct vwr_vseg *const seg = &c->seg[c->out + c->in];

    seg->at = at;
    seg->len = len;
    if (write) {
        c->in++;
        c->in_bytes += len;
    } else {
        c->out++;
        c->out_bytes += len;
    }
}

bool vwr_vchain_add(struct vwr_vqueue *q, struct vwr_vchain *c, uint64_t addr, uint32_t len, bool write)
{
    if (c->out_bytes + c->in_bytes + len < len)
        return vwr_vqueue_bad(q, VWR_VFAULT_LENGTH, addr, len) == VWR_OK;
    if (len != 0 && !write && c->in != 0)
        return vwr_vqueue_bad(q, VWR_VFAULT_ORDER, addr, len) == VWR_OK;
    while (len != 0) {
        const struct vwr_vm_region *const r = vchain_region(q->vm, addr);
        uint64_t off;
        uint32_t run;

        if (r == NULL)
            return vwr_vqueue_bad(q, VWR_VFAULT_ADDRESS, addr, len) == VWR_OK;
        if (c->out + c->in == c->room)
            return vwr_vqueue_bad(q, VWR_VFAULT_SEGMENTS, c->room, 0) == VWR_OK;
        off = addr - r->addr;
        run = r->bytes - off < len ? (uint32_t)(r->bytes - off) : len;
        vchain_append(c, (uint8_t *)r->host + off, run, write);
        if (addr - q->recent.addr >= q->recent.bytes)
            vchain_remember(q, r, addr);
        addr += run;
        len -= run;
    }
    return true;
}

/* Is all of it in guest memory, if in several regions? bytes is not 0. */
static bool vchain_table_in_memory(const struct vwr_vm *vm, uint64_t addr, uint64_t bytes)
{
    for (;;) {
        void *host = NULL;
        const uint64_t run = vwr_vm_run(vm, addr, &host);

        if (run == 0 || run >= bytes)
            return run != 0;
        addr += run;
        bytes -= run;
    }
}

bool vwr_vtable_open(struct vwr_vqueue *q, struct vwr_vtable *table, uint64_t addr, uint32_t len)
{
    const uint32_t each = sizeof(struct vwr_virtq_desc);
    const bool packed = q->layout >= VWR_LAYOUT_PACKED;
    const uint64_t first = addr - q->recent.addr;

    VWR_STATIC_ASSERT(sizeof(struct vwr_virtq_desc) == sizeof(struct vwr_pvirtq_desc),
                      "a table of either ring");
    table->addr = addr;
    table->count = len / each;
    /* All of a packed ring's table is the chain; of a split one's the chain may have a part. */
    if (!q->indirect || len == 0 || len % each != 0 || (packed && table->count > q->size))
        return vwr_vqueue_bad(q, VWR_VFAULT_INDIRECT, len, 0) == VWR_OK;
    table->host = NULL;
    if (first < q->recent.bytes && len <= q->recent.bytes - first)
        table->host = (const void *)((const uint8_t *)q->recent.host + first);
    else if (!vchain_table_in_memory(q->vm, addr, len))
        return vwr_vqueue_bad(q, VWR_VFAULT_ADDRESS, addr, len) == VWR_OK;
    else
        table->host = vwr_vm_ptr(q->vm, addr, len);
    if ((addr & (sizeof(vwr_le64) - 1u)) != 0)
        table->host = NULL;
    return true;
}

const struct vwr_virtq_desc *vwr_vtable_desc(const struct vwr_vqueue *q, struct vwr_vtable *table,
                                             uint32_t at)
{
    const uint64_t addr = table->addr + sizeof(table->copy) * (uint64_t)at;
    uint8_t *const byte = (uint8_t *)&table->copy;
    const uint8_t *all;

    if (table->host != NULL)
        return &table->host[at];
    all = vwr_vm_ptr(q->vm, addr, sizeof(table->copy)); /* not aligned; NULL: in two regions too */
    for (unsigned i = 0; i < sizeof(table->copy); i++) {
        const void *const one = all != NULL ? all + i : vwr_vm_ptr(q->vm, addr + i, 1);

        byte[i] = one != NULL ? vwr_ring_load8(one) : 0;
    }
    return &table->copy;
}

/* The next `n` bytes of seg[*at .. end) leave the chain: where the first of them are, and how many. */
static uint32_t vchain_cut(struct vwr_vseg *seg, uint16_t *at, unsigned end, uint32_t n, uint8_t **from)
{
    struct vwr_vseg *const s = &seg[*at];
    const uint32_t run = *at == end ? 0 : s->len < n ? (uint32_t)s->len : n;

    if (run == 0)
        return 0;
    *from = s->at;
    s->at += run;
    s->len -= run;
    if (s->len == 0)
        ++*at;
    return run;
}

uint32_t vwr_vchain_read(struct vwr_vchain *c, void *to, uint32_t n)
{
    uint8_t *from = NULL;
    uint32_t done = 0;
    uint32_t run;

    while ((run = vchain_cut(c->seg, &c->out_at, c->out, n - done, &from)) != 0) {
        vwr_copy((uint8_t *)to + done, from, run);
        done += run;
    }
    c->out_bytes -= done;
    return done;
}

uint32_t vwr_vchain_write(struct vwr_vchain *c, const void *from, uint32_t n)
{
    uint8_t *to = NULL;
    uint32_t done = 0;
    uint32_t run;

    while ((run = vchain_cut(c->seg + c->out, &c->in_at, c->in, n - done, &to)) != 0) {
        vwr_copy(to, (const uint8_t *)from + done, run);
        done += run;
    }
    c->in_bytes -= done;
    c->written += done;
    return done;
}

bool vwr_vchain_take_tail(struct vwr_vchain *c, uint8_t **to, uint32_t n)
{
    if (n > VWR_VCHAIN_TAIL || n > c->in_bytes)
        return false;
    c->in_bytes -= n;
    while (n != 0) {
        struct vwr_vseg *const last = &c->seg[c->out + c->in - 1u];

        to[--n] = last->at + --last->len;
        if (last->len == 0)
            c->in--;
    }
    return true;
}
