/* SPDX-License-Identifier: MIT */
#ifndef VWR_SOUND_OPEN_H
#define VWR_SOUND_OPEN_H

#include "vwr/open.h"
#include "vwr/sound.h"

VWR_BEGIN_C

/**
 * DOC: Sound card for vwr_open()
 *
 * This header defines the driver and the memory of a sound card for vwr_open(). No stream has
 * parameters yet. See vwr/sound.h.
 */

/**
 * struct vwr_sound_open_own - Private memory of a sound card
 * @sound: Device; the first member.
 */
struct vwr_sound_open_own {
    struct vwr_sound sound;
};

/**
 * struct vwr_sound_open_shared - Shared memory of a sound card (see struct vwr_queue_memory)
 * @queues: Queues, and the periods of streams.
 */
struct vwr_sound_open_shared {
    struct vwr_sound_shared queues;
};

extern const struct vwr_open_class vwr_sound_open_class;

VWR_END_C

#endif
