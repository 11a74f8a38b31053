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
 * vwr_vstate.c. open, close: write the header of a part, and its length. refuse: records the reason, and
 * returns false. find: finds the next part, which must have this type and selector and `bytes` bytes
 * (VSTATE_ANY: any number). is_same: compares bytes. undo: resets a loaded device, without the lock.
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

/* vwr_vstate_queue.c: saves or loads a queue with its buffers; false: the state is refused */
void vwr_vstate_save_queue_(struct vwr_vstate *s, const struct vwr_vstate_class *class, struct vwr_vdev *v,
                            struct vwr_vqueue *q);
bool vwr_vstate_load_queue_(struct vwr_vstate *s, const struct vwr_vstate_class *class, struct vwr_vdev *v,
                            struct vwr_vqueue *q);

/*
 * vwr_vstate_record.c: saves or loads the parts that the table of a class describes; false: the state is
 * refused
 */
void vwr_vstate_save_class_(struct vwr_vstate *s, const struct vwr_vstate_class *class, struct vwr_vdev *v);
bool vwr_vstate_load_class_(const struct vwr_vstate_class *class, struct vwr_vdev *v,
                            struct vstate_part *part);

#endif
