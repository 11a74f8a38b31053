/* SPDX-License-Identifier: MIT */
#include "vwr/vstate.h"
#include "vgpu_common.h"

/*
 * Saved state of a gpu: its screens, and its resources with their pixels. Backing memory is checked when it
 * is used, as before the save. Section: Device parts.
 */

static struct vwr_vgpu *vgpu_of_dev(const struct vwr_vdev *v)
{
    return (struct vwr_vgpu *)(uintptr_t)v; /* first member */
}

/* A command that runs in parts is started again. */
static bool vgpu_give_messages_back(struct vwr_vdev *v)
{
    struct vwr_vgpu *const g = vgpu_of_dev(v);

    vwr_vgpu_forget_job_(g);
    g->saved = 0;
    for (unsigned i = 0; i < g->resources; i++)
        if (g->resource[i].id != 0)
            g->saved++;
    return vwr_service_give_back(v);
}

static uint8_t *vgpu_memory_of(const struct vwr_vgpu *g, const struct vwr_vgpu_resource *r)
{
    return g->memory + (size_t)r->pixels.first * VWR_VGPU_ALIGN;
}

static const struct vwr_record_field vgpu_screen_fields[] = {
    VWR_RECORD_FIELD(vwr_state_screen, width, vwr_vgpu_scanout, width),
    VWR_RECORD_FIELD(vwr_state_screen, height, vwr_vgpu_scanout, height),
    VWR_RECORD_FIELD(vwr_state_screen, resource, vwr_vgpu_scanout, resource),
    VWR_RECORD_FIELD(vwr_state_screen, x, vwr_vgpu_scanout, area.x),
    VWR_RECORD_FIELD(vwr_state_screen, y, vwr_vgpu_scanout, area.y),
    VWR_RECORD_FIELD(vwr_state_screen, shown_width, vwr_vgpu_scanout, area.width),
    VWR_RECORD_FIELD(vwr_state_screen, shown_height, vwr_vgpu_scanout, area.height),
    VWR_RECORD_FIELD(vwr_state_screen, cursor, vwr_vgpu_scanout, cursor),
    VWR_RECORD_FIELD(vwr_state_screen, hot_x, vwr_vgpu_scanout, hot_x),
    VWR_RECORD_FIELD(vwr_state_screen, hot_y, vwr_vgpu_scanout, hot_y),
    VWR_RECORD_FIELD(vwr_state_screen, cursor_x, vwr_vgpu_scanout, x),
    VWR_RECORD_FIELD(vwr_state_screen, cursor_y, vwr_vgpu_scanout, y)};
static const struct vwr_record vgpu_screen = VWR_RECORD(vwr_state_screen, vgpu_screen_fields);

static void *vgpu_find_screen(struct vwr_vdev *v, unsigned i)
{
    return i < vgpu_of_dev(v)->scanouts ? &vgpu_of_dev(v)->scanout[i] : NULL;
}

static void vgpu_put_resource(const struct vwr_vgpu *g, const struct vwr_vgpu_resource *r,
                              struct vwr_vstate *s)
{
    const struct vwr_vgpu_entry *const entry = g->entry + r->backing.first;
    struct vwr_state_resource c;
    uint64_t start = 0;

    c.id = vwr_cpu_to_le32(r->id);
    c.format = vwr_cpu_to_le32(r->format);
    c.width = vwr_cpu_to_le32(r->width);
    c.height = vwr_cpu_to_le32(r->height);
    c.ranges = vwr_cpu_to_le32(r->backing.count);
    c.reserved = vwr_cpu_to_le32(0);
    vwr_vstate_put(s, &c, sizeof(c));
    for (uint32_t i = 0; i < r->backing.count; start = entry[i++].end) {
        struct vwr_state_range range;

        range.addr = vwr_cpu_to_le64(entry[i].base + start);
        range.bytes = vwr_cpu_to_le64(entry[i].end - start);
        vwr_vstate_put(s, &range, sizeof(range));
    }
    vwr_vstate_put(s, vgpu_memory_of(g, r), (size_t)r->width * r->height * VWR_VGPU_PIXEL_BYTES);
}

static void vgpu_save(const struct vwr_vdev *v, struct vwr_vstate *s)
{
    const struct vwr_vgpu *const g = vgpu_of_dev(v);

    for (unsigned i = 0; i < g->resources; i++)
        if (g->resource[i].id != 0)
            vgpu_put_resource(g, &g->resource[i], s);
}

/* ---- load ---- */

static bool vgpu_load_backing(struct vwr_vgpu *g, struct vwr_vgpu_resource *r, const uint8_t *from,
                              uint32_t count)
{
    struct vwr_vgpu_entry *entry;
    uint64_t start = 0;

    if (count == 0)
        return true;
    if (!vwr_vgpu_take_(&g->backing, &r->backing, count))
        return false;
    entry = g->entry + r->backing.first;
    for (uint32_t i = 0; i < count; start = entry[i++].end) {
        struct vwr_state_range range;

        vwr_copy(&range, from + i * sizeof(range), sizeof(range));
        entry[i].base = vwr_le64_to_cpu(range.addr) - start;
        entry[i].end = start + vwr_le64_to_cpu(range.bytes);
        if (entry[i].end <= start)
            return false;
    }
    return true;
}

/* Returns the size of the record in bytes; 0: the state is refused. */
static uint32_t vgpu_load_resource(struct vwr_vdev *v, const uint8_t *from, uint32_t left)
{
    struct vwr_vgpu *const g = vgpu_of_dev(v);
    struct vwr_gpu_resource_create_2d_msg m;
    struct vwr_vgpu_resource *r;
    struct vwr_state_resource c;
    uint64_t backing, pixels;

    if (left < sizeof(c))
        return 0;
    vwr_copy(&c, from, sizeof(c));
    vwr_zero(&m, sizeof(m));
    m.resource_id = vwr_le32_to_cpu(c.id);
    m.format = vwr_le32_to_cpu(c.format);
    m.width = vwr_le32_to_cpu(c.width);
    m.height = vwr_le32_to_cpu(c.height);
    if (vwr_vgpu_make_(g, &m, &r) != VWR_OK)
        return 0;
    vwr_vgpu_set_id_(g, r, m.resource_id); /* a reset drops it */
    backing = (uint64_t)vwr_le32_to_cpu(c.ranges) * sizeof(struct vwr_state_range);
    pixels = (uint64_t)r->width * r->height * VWR_VGPU_PIXEL_BYTES;
    if (backing + pixels > left - sizeof(c) || c.reserved != 0 ||
        !vgpu_load_backing(g, r, from + sizeof(c), vwr_le32_to_cpu(c.ranges)))
        return 0;
    vwr_copy(vgpu_memory_of(g, r), from + sizeof(c) + backing, (size_t)pixels);
    return (uint32_t)(sizeof(c) + backing + pixels);
}

static bool vgpu_load(struct vwr_vdev *v, const uint8_t *from, uint32_t bytes)
{
    const struct vwr_vgpu *const g = vgpu_of_dev(v);

    return g->saved <= g->resources && vwr_vstate_get_each(v, from, bytes, g->saved, vgpu_load_resource);
}

static bool vgpu_is_possible(const struct vwr_vgpu *g, const struct vwr_vgpu_scanout *o)
{
    const struct vwr_vgpu_resource *const r = vwr_vgpu_find_(g, o->resource);

    return vwr_vgpu_is_size_(o->width, o->height) &&
           (o->resource == 0 || (r != NULL && vgpu_is_inside(&o->area, r->width, r->height))) &&
           (o->cursor == 0 || vwr_vgpu_find_cursor_(g, o) != NULL);
}

static bool vgpu_accept(struct vwr_vdev *v)
{
    const struct vwr_vgpu *const g = vgpu_of_dev(v);
    bool good = (g->service.config.events_read & ~vwr_guest32(false, VWR_GPU_EVENT_DISPLAY)) == 0;

    for (unsigned i = 0; i < g->scanouts; i++)
        good = good && vgpu_is_possible(g, &g->scanout[i]);
    return good;
}

static void vgpu_start(struct vwr_vdev *v)
{
    struct vwr_vgpu *const g = vgpu_of_dev(v);

    for (unsigned i = 0; i < g->scanouts; i++) {
        vwr_vgpu_show_again_(g, i);
        if (g->scanout[i].cursor != 0)
            vwr_vgpu_show_cursor_(g, i);
    }
}

static const struct vwr_vstate_span vgpu_spans[] = {{VWR_GPU_CONFIG_EVENTS_READ, sizeof(vwr_le32)}};

static const struct vwr_record_field vgpu_fields[] = {
    VWR_RECORD_SAME(vwr_state_gpu, screens, vwr_vgpu, scanouts),
    VWR_RECORD_FIELD(vwr_state_gpu, resources, vwr_vgpu, saved)};
static const struct vwr_record vgpu_state_head = VWR_RECORD(vwr_state_gpu, vgpu_fields);

const struct vwr_vstate_class vwr_vgpu_state = {
    .id = VWR_GPU_ID,
    .span = vgpu_spans,
    .spans = 1,
    .give_back = vgpu_give_messages_back,
    .next = vwr_service_next,
    .add = vwr_service_add,
    .head = &vgpu_state_head,
    .row = &vgpu_screen,
    .find = vgpu_find_screen,
    .save = vgpu_save,
    .load = vgpu_load,
    .accept = vgpu_accept,
    .start = vgpu_start,
};
