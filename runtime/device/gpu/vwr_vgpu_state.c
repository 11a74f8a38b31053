/* SPDX-License-Identifier: MIT */
#include "vwr/vstate.h"
#include "vgpu_common.h"

/*
 * Saved state of a gpu: its screens, and its resources with their pixels. Backing memory is checked when it
 * is used, as before the save. Section: Device parts.
 */

static struct vwr_vgpu *vgpu_of_dev(const struct vwr_vdev *v)
{
    return (struct vwr_vgpu *)(uintptr_t)v; /* it is the first */
}

/* A command that runs in parts starts again. */
static bool vgpu_give_messages_back(struct vwr_vdev *v)
{
    vwr_vgpu_forget_job(vgpu_of_dev(v));
    return vwr_service_give_back(v);
}

static uint8_t *vgpu_memory_of(const struct vwr_vgpu *g, const struct vwr_vgpu_resource *r)
{
    return g->memory + (size_t)r->pixels.first * VWR_VGPU_ALIGN;
}

static void vgpu_put_screen(const struct vwr_vgpu_scanout *from, struct vwr_vstate *s)
{
    struct vwr_state_screen c;

    c.width = vwr_cpu_to_le32(from->width);
    c.height = vwr_cpu_to_le32(from->height);
    c.resource = vwr_cpu_to_le32(from->resource);
    c.x = vwr_cpu_to_le32(from->area.x);
    c.y = vwr_cpu_to_le32(from->area.y);
    c.shown_width = vwr_cpu_to_le32(from->area.width);
    c.shown_height = vwr_cpu_to_le32(from->area.height);
    c.cursor = vwr_cpu_to_le32(from->cursor);
    c.hot_x = vwr_cpu_to_le32(from->hot_x);
    c.hot_y = vwr_cpu_to_le32(from->hot_y);
    c.cursor_x = vwr_cpu_to_le32(from->x);
    c.cursor_y = vwr_cpu_to_le32(from->y);
    vwr_vstate_put(s, &c, sizeof(c));
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
    struct vwr_state_gpu c;
    uint32_t resources = 0;

    for (unsigned i = 0; i < g->resources; i++)
        resources += g->resource[i].id != 0;
    c.screens = vwr_cpu_to_le32(g->scanouts);
    c.resources = vwr_cpu_to_le32(resources);
    vwr_vstate_put(s, &c, sizeof(c));
    for (unsigned i = 0; i < g->scanouts; i++)
        vgpu_put_screen(&g->scanout[i], s);
    for (unsigned i = 0; i < g->resources; i++)
        if (g->resource[i].id != 0)
            vgpu_put_resource(g, &g->resource[i], s);
}

/* ---- load ---- */

/* The resources are loaded. What is not shown is 0. */
static bool vgpu_load_screen(const struct vwr_vgpu *g, struct vwr_vgpu_scanout *to, const uint8_t *from)
{
    const struct vwr_vgpu_resource *r;
    struct vwr_state_screen c;

    vwr_copy(&c, from, sizeof(c));
    to->width = vwr_le32_to_cpu(c.width);
    to->height = vwr_le32_to_cpu(c.height);
    to->resource = vwr_le32_to_cpu(c.resource);
    to->area.x = vwr_le32_to_cpu(c.x);
    to->area.y = vwr_le32_to_cpu(c.y);
    to->area.width = vwr_le32_to_cpu(c.shown_width);
    to->area.height = vwr_le32_to_cpu(c.shown_height);
    to->cursor = vwr_le32_to_cpu(c.cursor);
    to->hot_x = vwr_le32_to_cpu(c.hot_x);
    to->hot_y = vwr_le32_to_cpu(c.hot_y);
    to->x = vwr_le32_to_cpu(c.cursor_x);
    to->y = vwr_le32_to_cpu(c.cursor_y);
    r = vwr_vgpu_find(g, to->resource);
    return vwr_vgpu_is_size(to->width, to->height) &&
           (to->resource == 0 || (r != NULL && vgpu_is_inside(&to->area, r->width, r->height))) &&
           (to->cursor == 0 || vwr_vgpu_find_cursor(g, to) != NULL);
}

static bool vgpu_load_backing(struct vwr_vgpu *g, struct vwr_vgpu_resource *r, const uint8_t *from,
                              uint32_t count)
{
    struct vwr_vgpu_entry *entry;
    uint64_t start = 0;

    if (count == 0)
        return true;
    if (!vwr_vgpu_take(&g->backing, &r->backing, count))
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

/* Returns the bytes of the record; 0: refused. */
static uint32_t vgpu_load_resource(struct vwr_vgpu *g, const uint8_t *from, uint32_t left)
{
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
    if (vwr_vgpu_make(g, &m, &r) != VWR_OK)
        return 0;
    vwr_vgpu_set_id(g, r, m.resource_id); /* a reset drops it */
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
    struct vwr_vgpu *const g = vgpu_of_dev(v);
    const uint32_t screens = g->scanouts * (uint32_t)sizeof(struct vwr_state_screen);
    const uint8_t *const screen = from + sizeof(struct vwr_state_gpu);
    uint32_t step = (uint32_t)sizeof(struct vwr_state_gpu) + screens;
    struct vwr_state_gpu c;
    bool good = true;

    if (bytes < step)
        return false;
    vwr_copy(&c, from, sizeof(c));
    if (vwr_le32_to_cpu(c.screens) != g->scanouts || vwr_le32_to_cpu(c.resources) > g->resources ||
        (g->service.config.events_read & ~vwr_guest32(false, VWR_GPU_EVENT_DISPLAY)) != 0)
        return false;
    for (uint32_t i = vwr_le32_to_cpu(c.resources); step != 0 && i != 0; i--) {
        from += step;
        bytes -= step;
        step = vgpu_load_resource(g, from, bytes);
    }
    if (step == 0 || bytes != step)
        return false;
    for (unsigned i = 0; i < g->scanouts; i++)
        good = vgpu_load_screen(g, &g->scanout[i], screen + i * sizeof(struct vwr_state_screen)) && good;
    return good;
}

static void vgpu_start(struct vwr_vdev *v)
{
    struct vwr_vgpu *const g = vgpu_of_dev(v);

    for (unsigned i = 0; i < g->scanouts; i++) {
        vwr_vgpu_show_again(g, i);
        if (g->scanout[i].cursor != 0)
            vwr_vgpu_show_cursor(g, i);
    }
}

static const struct vwr_vstate_span vgpu_spans[] = {{VWR_GPU_CONFIG_EVENTS_READ, sizeof(vwr_le32)}};

const struct vwr_vstate_class vwr_vgpu_state = {
    .id = VWR_GPU_ID,
    .span = vgpu_spans,
    .spans = 1,
    .give_back = vgpu_give_messages_back,
    .next = vwr_service_next,
    .add = vwr_service_add,
    .save = vgpu_save,
    .load = vgpu_load,
    .start = vgpu_start,
};
