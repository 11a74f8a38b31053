/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_VGPU_COMMON_H
#define VWR_DEVICE_VGPU_COMMON_H

#include "../core/index/vindex_common.h"
#include "vwr/vgpu.h"

/* Shared by the files of a guest's gpu. The caller holds the device's lock. */

static inline struct vwr_vgpu *vgpu_of(struct vwr_gpu_vservice *s)
{
    return (struct vwr_vgpu *)(void *)s; /* first member */
}

static inline uint32_t vgpu_min(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static inline bool vgpu_is_inside(const struct vwr_vgpu_area *a, uint32_t width, uint32_t height)
{
    return a->width != 0 && a->height != 0 && a->x <= width && a->y <= height && a->width <= width - a->x &&
           a->height <= height - a->y;
}

/* Pixels of a rectangle of a resource. */
static inline void vgpu_pixels(const struct vwr_vgpu *g, const struct vwr_vgpu_resource *r,
                               const struct vwr_vgpu_area *area, struct vwr_vgpu_pixels *p)
{
    p->stride = r->width * VWR_VGPU_PIXEL_BYTES;
    p->base = g->memory + (size_t)r->pixels.first * VWR_VGPU_ALIGN + (size_t)area->y * p->stride +
              (size_t)area->x * VWR_VGPU_PIXEL_BYTES;
    p->width = area->width;
    p->height = area->height;
    p->format = r->format;
}

/*
 * vwr_vgpu.c. Functions that complete a command with its fence and return the result for the service; write
 * only the fence, for a longer response; start a command that runs in parts; and undo the effects of a part.
 */
int vwr_vgpu_end_(struct vwr_vgpu *g, struct vwr_vmessage *x, int result);
void vwr_vgpu_put_fence_(const struct vwr_vgpu *g, struct vwr_gpu_ctrl_hdr *back);
void vwr_vgpu_forget_job_(struct vwr_vgpu *g);
int vwr_vgpu_begin_(struct vwr_vgpu *g, struct vwr_vmessage *x, int (*step)(struct vwr_vgpu *g));

/*
 * vwr_vgpu_resource.c. make: creates a resource without an ID and with undefined pixels; the results are
 * those of a service function. find: returns NULL for an unknown ID and for ID 0. drop: frees a resource that
 * is in use or under construction.
 */
struct vwr_vgpu_resource *vwr_vgpu_find_(const struct vwr_vgpu *g, uint32_t id);
void vwr_vgpu_drop_(struct vwr_vgpu *g, struct vwr_vgpu_resource *r);
int vwr_vgpu_make_(struct vwr_vgpu *g, const struct vwr_gpu_resource_create_2d_msg *m,
                   struct vwr_vgpu_resource **to);
void vwr_vgpu_set_id_(struct vwr_vgpu *g, struct vwr_vgpu_resource *r, uint32_t id);
int vwr_vgpu_create_(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                     const struct vwr_gpu_resource_create_2d_msg *m,
                     struct vwr_gpu_resource_create_2d_answer *a);
int vwr_vgpu_unref_(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                    const struct vwr_gpu_resource_unref_msg *m, struct vwr_gpu_resource_unref_answer *a);

/* vwr_vgpu_backing.c */
void vwr_vgpu_drop_backing_(struct vwr_vgpu *g, struct vwr_vgpu_resource *r);
int vwr_vgpu_attach_(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                     const struct vwr_gpu_resource_attach_backing_msg *m,
                     struct vwr_gpu_resource_attach_backing_answer *a);
int vwr_vgpu_detach_(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                     const struct vwr_gpu_resource_detach_backing_msg *m,
                     struct vwr_gpu_resource_detach_backing_answer *a);
int vwr_vgpu_transfer_(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                       const struct vwr_gpu_transfer_to_host_2d_msg *m,
                       struct vwr_gpu_transfer_to_host_2d_answer *a);

/* Allocator for a pool of units. take: `count` must not be 0; returns false if the pool is exhausted. */
void vwr_vgpu_pool_init_(struct vwr_vgpu_pool *p, uint32_t count);
bool vwr_vgpu_take_(struct vwr_vgpu_pool *p, struct vwr_vgpu_span *s, uint32_t count);
void vwr_vgpu_shrink_(struct vwr_vgpu_pool *p, struct vwr_vgpu_span *s, uint32_t count);
void vwr_vgpu_give_back_(struct vwr_vgpu_pool *p, struct vwr_vgpu_span *s);

/* vwr_vgpu_scanout.c. show_again: displays everything on a screen that was loaded */
void vwr_vgpu_show_again_(struct vwr_vgpu *g, unsigned scanout);
void vwr_vgpu_hide_(struct vwr_vgpu *g, uint32_t id);
int vwr_vgpu_set_scanout_(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                          const struct vwr_gpu_set_scanout_msg *m, struct vwr_gpu_set_scanout_answer *a);
int vwr_vgpu_flush_(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                    const struct vwr_gpu_resource_flush_msg *m, struct vwr_gpu_resource_flush_answer *a);

/* vwr_vgpu_cursor.c */
const struct vwr_vgpu_resource *vwr_vgpu_find_cursor_(const struct vwr_vgpu *g,
                                                      const struct vwr_vgpu_scanout *s);
void vwr_vgpu_show_cursor_(struct vwr_vgpu *g, unsigned scanout);
void vwr_vgpu_hide_cursors_(struct vwr_vgpu *g);
int vwr_vgpu_update_cursor_(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                            const struct vwr_gpu_update_cursor_msg *m,
                            struct vwr_gpu_update_cursor_answer *a);
int vwr_vgpu_move_cursor_(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                          const struct vwr_gpu_move_cursor_msg *m, struct vwr_gpu_move_cursor_answer *a);

/* vwr_vgpu_display.c */
int vwr_vgpu_display_info_(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                           const struct vwr_gpu_get_display_info_msg *m,
                           struct vwr_gpu_get_display_info_answer *a);
int vwr_vgpu_get_edid_(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                       const struct vwr_gpu_get_edid_msg *m, struct vwr_gpu_get_edid_answer *a);
bool vwr_vgpu_is_size_(uint32_t width, uint32_t height);

#endif
