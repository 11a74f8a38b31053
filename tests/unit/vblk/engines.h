/* SPDX-License-Identifier: MIT */
#ifndef VBLK_ENGINES_H
#define VBLK_ENGINES_H

#include "stage.h"

#include "vwr_engine.h"

/* Tests of any engine of hosted/engine: guest 0 has a disk on it, and waits in vwr_engine_serve. */

#define SECTOR VWR_BLK_SECTOR_BYTES
#define SECTORS 64u

extern const struct vwr_engine_options engines_few; /* fewer slots than the device has requests */

struct guest *engines_plug(const struct kind *k, struct vwr_engine *e);
void engines_unplug(struct vwr_engine *e);

/* A file of the working folder with the pattern of salt 0, or its removal. */
void engines_make_file(char *path);
void engines_has_been_used(const char *path);

/* Every request, more at a time than slots; then the file is as engines_has_been_used expects it. */
void engines_use(struct guest *g);

/* A request for the raw queue, with its status byte; the call waits up to `ms`. Returns what was used, or -1.
 */
int64_t engines_send(struct guest *g, uint32_t type, uint64_t sector, void *at, uint32_t bytes,
                     uint8_t *status, unsigned ms);
/* The same without an answer: the guest resets the disk meanwhile. */
void engines_put(struct guest *g, uint32_t type, uint64_t sector, void *at, uint32_t bytes, uint8_t *status);

#endif
