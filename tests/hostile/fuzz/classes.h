/* SPDX-License-Identifier: MIT */
#ifndef VWR_FUZZ_CLASSES_H
#define VWR_FUZZ_CLASSES_H

#include "script.h"
#include "world.h"

/*
 * One device class per target: fuzz_class.c and classes.c are common to all, and class_NAME.c contains the
 * class
 * and the VMM behind it. Until it ends, the input determines the result of each function of the VMM.
 */

/*
 * The device, events on the host's side, and the final check that the device works. Each class has its own
 * name; in
 * a target with one class, it is also called class_world.
 */
extern const struct world_service class_world;
extern const struct world_service class_9p;
extern const struct world_service class_balloon;
extern const struct world_service class_buses;
extern const struct world_service class_fs;
extern const struct world_service class_gpu;
extern const struct world_service class_input;
extern const struct world_service class_net;
extern const struct world_service class_scsi;
extern const struct world_service class_sound;
extern const struct world_service class_vsock;

#define CLASS_ALONE(name) extern const struct world_service class_world __attribute__((weak, alias(#name)))

/*
 * The next input byte, which controls a function of the VMM; 0 after the end of the input, and after
 * class_feed(NULL).
 */
uint8_t class_fed(void);
void class_feed(struct input *in);

/*
 * Allocates memory of the VMM for the device: a heap block of exactly this length, filled with 0xee. Frees
 * `old`.
 */
void *class_memory(void *old, size_t bytes);

/* Checks that the lock is held, and that the device belongs to the world. */
void class_called(const struct vwr_vdev *v);

/* Reads memory[0 .. n): the sanitizer checks that it exists. */
void class_touch(const void *memory, size_t n);

/*
 * Checks a result of a call by the VMM: VWR_OK, EFULL, ERANGE, EFEATURE and EINVAL are allowed for any guest.
 */
void class_answers(int result);

/* For must_work: starts the device again with all steps of a driver. */
void class_start(struct script *s);

/*
 * For must_work: makes a buffer available, with `out` bytes from the driver and space for `in`. The device
 * must use it. Returns the `in` bytes that it may have written.
 */
extern void (*class_meanwhile)(void); /* what the VMM does before the check; NULL: nothing */
const uint8_t *class_exchange(struct script *s, unsigned queue, const void *bytes, uint32_t out, uint32_t in);

/* For must_work: makes a buffer with space for `in` bytes available, and returns its memory. */
const uint8_t *class_lend(struct script *s, unsigned queue, uint32_t in);

/*
 * Returns whether the device has used `count` buffers of a queue since class_start, of one descriptor each.
 */
bool class_has_used(const struct script *s, unsigned queue, unsigned count);

#endif
