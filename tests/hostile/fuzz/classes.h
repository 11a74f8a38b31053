/* SPDX-License-Identifier: MIT */
#ifndef VWR_FUZZ_CLASSES_H
#define VWR_FUZZ_CLASSES_H

#include "script.h"
#include "world.h"

/*
 * One class of the device side a target: fuzz_class.c is the same for all of them, class_NAME.c is the class
 * with what the VMM does behind it. What a function of the VMM answers the input says, as long as there is
 * some.
 */

/* The device, what happens on the host's side, and what must work at the end. */
extern const struct world_service class_world;

/* The VMM has to come back when a budget has run out. */
extern const bool class_needs_again;

/* A byte that says how a function of the VMM behaves; 0 when the input has ended. */
uint8_t class_fed(void);

/* Memory of the VMM for the device: a block of the heap of just this length, with any content. The old one is
 * given back. */
void *class_memory(void *old, size_t bytes);

/* The lock is held, and the device is the world's. */
void class_called(const struct vwr_vdev *v);

/* All of memory[0 .. n) may be read: the sanitizer looks on. */
void class_touch(const void *memory, size_t n);

/* What a call of the VMM's may answer whatever the guest has done: VWR_OK, EFULL, ERANGE, EFEATURE, EINVAL.
 */
void class_answers(int result);

/* For must_work: the device is started anew as a driver does, nothing left out. */
void class_start(struct script *s);

/*
 * For must_work: a buffer goes into a queue, `out` bytes of the driver's and room for `in`, which the device
 * must use. What it has written, of which `in` bytes are there.
 */
const uint8_t *class_exchange(struct script *s, unsigned queue, const void *bytes, uint32_t out, uint32_t in);

/* For must_work: room for `in` bytes goes into a queue; where it is. */
const uint8_t *class_lend(struct script *s, unsigned queue, uint32_t in);

/* Whether the device has used so many buffers of a queue since class_start, each of one descriptor. */
bool class_has_used(const struct script *s, unsigned queue, unsigned count);

#endif
