/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_VSTATE_COMMON_H
#define VWR_DEVICE_VSTATE_COMMON_H

#include "../vqueue/vqueue_common.h"
#include "../vdev/vdev_common.h"
#include "vwr/bytes.h"
#include "vwr/vstate.h"

/* Shared by the files of saved states. The caller holds the device's lock. */

/* A part that was found. */
struct vstate_part {
    const uint8_t *value;
    uint32_t bytes;
};

/*
 * vwr_vstate.c. open, close: the header before a part, and its length; refuse: notes why, and returns false;
 * find: the next part, which has this type and selector and `bytes` bytes (VSTATE_ANY: any number); is_same:
 * compares bytes; undo: resets a device that was loaded, without the lock.
 */
#define VSTATE_ANY 0xffffffffu
size_t vwr_vstate_open_(struct vwr_vstate *s, unsigned type, unsigned index);
void vwr_vstate_close_(struct vwr_vstate *s, size_t at);
bool vwr_vstate_refuse_(struct vwr_vstate *s, enum vwr_vstate_fault fault, uint64_t a, uint64_t b);
bool vwr_vstate_find_(struct vwr_vstate *s, unsigned type, unsigned index, uint32_t bytes,
                      struct vstate_part *part);
bool vwr_vstate_is_same_(const uint8_t *a, const void *b, size_t bytes);
void vwr_vstate_undo_(struct vwr_vdev *v, const struct vwr_vstate *s);
const struct vwr_vstate_class *vwr_vstate_class_of_(const struct vwr_vstate *s, const struct vwr_vdev *v);

/* vwr_vstate_queue.c: a queue with its buffers; false: refused */
void vwr_vstate_save_queue_(struct vwr_vstate *s, const struct vwr_vstate_class *class, struct vwr_vdev *v,
                            struct vwr_vqueue *q);
bool vwr_vstate_load_queue_(struct vwr_vstate *s, const struct vwr_vstate_class *class, struct vwr_vdev *v,
                            struct vwr_vqueue *q);

/* vwr_vstate_record.c: the parts of a state that the table of a class describes; false: refused */
void vwr_vstate_save_class_(struct vwr_vstate *s, const struct vwr_vstate_class *class, struct vwr_vdev *v);
bool vwr_vstate_load_class_(const struct vwr_vstate_class *class, struct vwr_vdev *v,
                            struct vstate_part *part);

#endif
