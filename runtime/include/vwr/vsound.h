/* SPDX-License-Identifier: MIT */
#ifndef VWR_VSOUND_H
#define VWR_VSOUND_H

#include "vwr/service/sound.h"

VWR_BEGIN_C

/**
 * DOC: Sound card, device side
 *
 * The device provides streams to a guest, which the VMM plays and records at its own pace::
 *
 *     r = vwr_vsound_init(v, setup, own, options);
 *     // ops.stream_changed: the guest has started stream 0; from now on, each time that a period has passed
 *     n = vwr_vsound_take(v, 0, frames, bytes);  // frames that the guest plays
 *     n = vwr_vsound_give(v, 1, frames, bytes);  // frames that the guest records
 *     vwr_vsound_set_jack(v, 0, false);          // the headphones are unplugged
 *
 * Rules:
 *
 * - The VMM provides the clock. A guest buffer is completed when all of its frames were taken or, for
 *   capture, when it is full. Frames have the format that the guest has set in v->stream[i].params.
 * - The VMM describes streams, jacks and channel maps in tables. The device rejects parameters that the
 *   stream's entry does not allow (NOT_SUPP), and commands that are not in the specified order (BAD_MSG).
 * - A stream accepts buffers from PREPARE until RELEASE, and moves frames from START until STOP. Before
 *   RELEASE is answered, all buffers of the stream are returned, including those that are still in the ring.
 * - If the VMM requests more frames than a running stream has, or delivers more than fit, the guest receives
 *   an event, provided that it has requested events (EVT_XRUNS). The next buffer of the stream ends the
 *   underrun or overrun. An event for which there is no buffer is sent later.
 * - Streams of the same direction may overtake each other. The device therefore offers IN_ORDER only if there
 *   is at most one stream per direction.
 * - The device has no control elements (CTLS) and no shared memory. The generated service
 *   (vwr/service/sound.h) defines their messages.
 *
 * Only modern devices are supported; the sound card has no legacy interface.
 *
 * generated/docs/contexts.md lists context, stack and loops of each function.
 *
 * Section: Sound Device.
 */

/*
 * Limits of this implementation: segments per chain, descriptors per queue, and messages, which are enough
 * for two full queues and one command.
 */
#define VWR_VSOUND_SEGS 36u
#define VWR_VSOUND_QUEUE 32u
#define VWR_VSOUND_MESSAGES (2u * VWR_VSOUND_QUEUE + 1u)
#define VWR_VSOUND_QUEUES 4u
#define VWR_VSOUND_STREAMS 32u
#define VWR_VSOUND_JACKS 32u

/**
 * enum vwr_vsound_stream_state - State of a stream, which is its last command
 * @VWR_VSOUND_NEW: No command since the reset.
 * @VWR_VSOUND_SET: SET_PARAMS.
 * @VWR_VSOUND_PREPARED: PREPARE.
 * @VWR_VSOUND_STARTED: START.
 * @VWR_VSOUND_STOPPED: STOP.
 * @VWR_VSOUND_RELEASED: RELEASE.
 */
enum vwr_vsound_stream_state {
    VWR_VSOUND_NEW,
    VWR_VSOUND_SET,
    VWR_VSOUND_PREPARED,
    VWR_VSOUND_STARTED,
    VWR_VSOUND_STOPPED,
    VWR_VSOUND_RELEASED
};

struct vwr_vsound;

/**
 * struct vwr_vsound_ops - Hooks of the VMM; each may be NULL
 * @stream_changed: Called when the state of a stream, v->stream[i].state, has changed. A reset sets it to
 *   VWR_VSOUND_NEW.
 * @remap: Called when the guest remaps a jack. Returns VWR_OK, or a value of enum vwr_snd_status.
 *
 * The hooks are called with the device's lock held, and must not call functions of this device.
 */
struct vwr_vsound_ops {
    void (*stream_changed)(struct vwr_vsound *v, uint32_t stream);
    int (*remap)(struct vwr_vsound *v, const struct vwr_snd_jack_remap_msg *m);
};

/**
 * struct vwr_vsound_options - Options of vwr_vsound_init()
 * @ops: Hooks.
 * @context: Stored in the device.
 * @jacks: Jacks. The guest may remap those with VWR_SND_JACK_F_REMAP (ops.remap). `connected` is the initial
 *   state, which vwr_vsound_set_jack() changes.
 * @streams: Streams. The device sets `features`.
 * @chmaps: Channel maps.
 * @jack_count: Number of jacks, up to VWR_VSOUND_JACKS.
 * @stream_count: Number of streams, up to VWR_VSOUND_STREAMS.
 * @chmap_count: Number of channel maps.
 *
 * The tables must stay valid as long as the device.
 */
struct vwr_vsound_options {
    const struct vwr_vsound_ops *ops;
    void *context;
    const struct vwr_snd_jack_info_item *jacks;
    uint32_t jack_count;
    const struct vwr_snd_pcm_info_item *streams;
    uint32_t stream_count;
    const struct vwr_snd_chmap_info_item *chmaps;
    uint32_t chmap_count;
};

/**
 * struct vwr_vsound_lane - The guest's settings for a stream
 * @state: enum vwr_vsound_stream_state.
 * @params: Parameters; valid unless @state is VWR_VSOUND_NEW.
 * @latency_bytes: Latency that completed buffers report; see vwr_vsound_set_latency().
 */
struct vwr_vsound_lane {
    uint8_t state;
    struct vwr_snd_pcm_set_params_msg params;
    uint32_t latency_bytes;
    /* private: */
    uint32_t moved; /* number of bytes of the oldest buffer that were moved */
    bool dry;       /* the guest was already informed that there were too few frames or buffers */
};

/**
 * struct vwr_vsound - A sound card
 * @service: Service; the first member. vwr_vsound_dev() returns the device.
 * @context: For the VMM.
 * @stream: Streams.
 *
 * Read the members with the lock held or in a hook.
 */
struct vwr_vsound {
    struct vwr_snd_vservice service;
    void *context;
    struct vwr_vsound_lane stream[VWR_VSOUND_STREAMS];
    /* private: */
    struct vwr_vsound_options options;
    uint32_t connected;   /* mask of connected jacks */
    uint32_t jack_events; /* masks of jacks and streams whose event is pending */
    uint32_t xrun_events;
    uint16_t releases; /* queue for whose buffers a RELEASE waits, and how often it is served for that */
    uint16_t passes;
    uint32_t released;         /* stream of that RELEASE */
    uint32_t loaded_connected; /* mask from a loaded state, until the device is restarted */
    struct vwr_vmessage message[VWR_VSOUND_MESSAGES];
    struct vwr_vseg seg[(VWR_VSOUND_MESSAGES + 1u) * VWR_VSOUND_SEGS];
};

/**
 * struct vwr_vsound_own - Memory of a sound card that no guest can access; it need not be initialised
 * @queue: Queues.
 * @descriptor: Their descriptors.
 */
struct vwr_vsound_own {
    struct vwr_vqueue queue[VWR_VSOUND_QUEUES];
    struct vwr_vqueue_entry descriptor[VWR_VDEV_OWN(VWR_VSOUND_QUEUES, VWR_VSOUND_QUEUE)];
};

/**
 * vwr_vsound_init_with() - Initialise a sound card with memory of any size
 * @v: Device. The caller keeps it while the guest can access it.
 * @s: Setup; not used after the call, except for the memory.
 * @o: Options; the structure is copied.
 *
 * Regardless of queue_size, a queue has at most VWR_VSOUND_QUEUE descriptors.
 *
 * Return: VWR_OK.
 * * VWR_EINVAL: there are no hooks, there are too many jacks or streams, a stream has an invalid
 *   direction, or setup.legacy is set.
 * * Other errors: the same as vwr_vdev_init().
 */
VWR_MUST_CHECK int vwr_vsound_init_with(struct vwr_vsound *v, const struct vwr_vdev_setup *s,
                                        const struct vwr_vsound_options *o);

/** vwr_vsound_init() - Initialise a sound card in a structure of memory; see vwr_vsound_init_with() */
VWR_MUST_CHECK static inline int vwr_vsound_init(struct vwr_vsound *v, const struct vwr_vdev_setup *setup,
                                                 struct vwr_vsound_own *own,
                                                 const struct vwr_vsound_options *options)
{
    struct vwr_vdev_setup with;

    vwr_vdev_set_memory(&with, setup, own->queue, VWR_COUNT(own->queue), own->descriptor, VWR_VSOUND_QUEUE);
    return vwr_vsound_init_with(v, &with, options);
}

/**
 * vwr_vsound_dev() - Get the device to pass to vwr_vm_add()
 * @v: Device.
 *
 * Return: The device.
 */
static inline struct vwr_vdev *vwr_vsound_dev(struct vwr_vsound *v)
{
    return &v->service.service.dev;
}

/**
 * vwr_vsound_take() - Take the oldest frames of a playback stream
 * @v: Device.
 * @stream: Stream of direction OUTPUT.
 * @frames: Filled in with the frames.
 * @bytes: Size of @frames in bytes.
 *
 * Return: Number of bytes; fewer than @bytes if the stream is not started or its buffers are used up.
 */
uint32_t vwr_vsound_take(struct vwr_vsound *v, uint32_t stream, void *frames, uint32_t bytes);

/**
 * vwr_vsound_give() - Deliver frames to a capture stream
 * @v: Device.
 * @stream: Stream of direction INPUT.
 * @frames: Frames; they are copied.
 * @bytes: Size of @frames in bytes.
 *
 * Return: Number of bytes delivered; fewer than @bytes if the stream is not started or its buffers are full.
 */
uint32_t vwr_vsound_give(struct vwr_vsound *v, uint32_t stream, const void *frames, uint32_t bytes);

/**
 * vwr_vsound_set_latency() - Set the latency that completed buffers of a stream report
 * @v: Device.
 * @stream: Stream.
 * @bytes: Number of bytes that the VMM has taken but not played yet, or recorded but not delivered yet. A
 *   reset sets the latency to 0.
 */
void vwr_vsound_set_latency(struct vwr_vsound *v, uint32_t stream, uint32_t bytes);

/**
 * vwr_vsound_set_jack() - Connect or disconnect a jack, and notify the guest
 * @v: Device.
 * @jack: Jack.
 * @connected: true if it is connected.
 */
void vwr_vsound_set_jack(struct vwr_vsound *v, uint32_t jack, bool connected);

VWR_END_C

#endif
