/* SPDX-License-Identifier: MIT */
#ifndef VWR_SOUND_H
#define VWR_SOUND_H

#include "vwr/bytes.h"
#include "vwr/client/sound.h"
#include "vwr/message.h"

VWR_BEGIN_C

/**
 * DOC: Sound card, driver side
 *
 * The driver plays and records PCM frames. It owns the buffers of each stream, which it sends to the
 * device in periods; several are in flight::
 *
 *     r = vwr_sound_open(s, d, options);                  // s->stream[0 .. s->streams) describes streams
 *     r = vwr_sound_set_params(s, 0, &params);            // format, rate, channels, periods
 *     r = vwr_sound_prepare(s, 0);
 *     n = vwr_sound_write(s, 0, frames, bytes);           // some periods before the start
 *     r = vwr_sound_start(s, 0);
 *     n = vwr_sound_write(s, 0, frames, bytes);           // whenever a period is free
 *     r = vwr_sound_flush(s, 0);                          // the last period, which may not be full
 *     while (r >= 0 && s->stream[0].count != 0)           // until the device has returned all
 *         r = vwr_sound_write(s, 0, NULL, 0);
 *     r = vwr_sound_release(s, 0);                        // drops periods that are in flight
 *
 * For capture, use vwr_sound_read() instead of vwr_sound_write().
 *
 * Rules:
 *
 * - The driver keeps the state of each stream and sends no command twice. vwr_sound_start() sends
 *   the commands that are missing before it: SET_PARAMS with the parameters of the last
 *   vwr_sound_set_params(), and PREPARE.
 * - vwr_sound_write() and vwr_sound_read() copy. For playback, a period is sent when it is full. For capture,
 *   a period returns to the device when it has been read.
 * - Frames have the layout of the format; the driver does not interpret them.
 * - A reset stops all streams and drops their frames. A recovery keeps the parameters: the next
 *   vwr_sound_prepare() or vwr_sound_start() sets them again.
 * - There are no calls for control elements (CTLS); the generated client has their messages
 *   (vwr/client/sound.h). Streams, jacks and channel maps beyond the sizes below are
 *   ignored.
 * - The device has one owner at a time. It accesses options->shared only until vwr_close()
 *   succeeds.
 *
 * generated/docs/contexts.md lists the calling context, stack use and loop bounds of each function.
 *
 * Section: Sound Device.
 */

/* Sizes; a build may define others. */
#ifndef VWR_SOUND_STREAMS
#define VWR_SOUND_STREAMS 4u /* streams that the driver uses */
#endif
#ifndef VWR_SOUND_JACKS
#define VWR_SOUND_JACKS 8u /* and jacks */
#endif
#ifndef VWR_SOUND_CHMAPS
#define VWR_SOUND_CHMAPS 8u /* and channel maps */
#endif
#ifndef VWR_SOUND_PERIODS
#define VWR_SOUND_PERIODS 4u /* periods of a stream */
#endif
#ifndef VWR_SOUND_PERIOD_BYTES
#define VWR_SOUND_PERIOD_BYTES 4096u /* maximum size of a period */
#endif
#ifndef VWR_SOUND_RELEASE_US
#define VWR_SOUND_RELEASE_US 100000u /* time for a device that is late to return periods */
#endif
VWR_STATIC_ASSERT(VWR_SOUND_STREAMS > 0 && VWR_SOUND_PERIODS > 0, "a stream needs periods");
VWR_STATIC_ASSERT(VWR_SOUND_PERIOD_BYTES % VWR_PORT_DMA_ALIGN == 0, "periods must not share a cache line");

/** VWR_SOUND_QUEUE - Number of descriptors of each queue, a power of 2 */
#ifndef VWR_SOUND_QUEUE
#define VWR_SOUND_QUEUE 64u
#endif
VWR_STATIC_ASSERT(VWR_QUEUE_SIZE_IS_WHOLE(VWR_SOUND_QUEUE), "VWR_SOUND_QUEUE must be a power of 2");

/* Requests of a queue, and events. */
#define VWR_SOUND_REQUESTS (VWR_SOUND_STREAMS * VWR_SOUND_PERIODS)
#define VWR_SOUND_EVENTS 8u

/** VWR_SOUND_EVENT_BYTES - Size of the buffer of an event in bytes */
#define VWR_SOUND_EVENT_BYTES \
    ((sizeof(struct vwr_snd_event) + VWR_PORT_DMA_ALIGN - 1) / VWR_PORT_DMA_ALIGN * VWR_PORT_DMA_ALIGN)

/* Shared memory of a queue of frames; private. */
struct vwr_sound_ring {
    uint8_t bytes[VWR_CLIENT_SHARED_BYTES(VWR_SOUND_QUEUE, VWR_SOUND_REQUESTS, VWR_SND_CLIENT_TXQ_SLOT,
                                          VWR_REQUEST_SEGMENTS)];
} __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));

/* Description of a jack, stream or channel map; private. */
union vwr_sound_item {
    struct vwr_snd_jack_info jack;
    struct vwr_snd_pcm_info pcm;
    struct vwr_snd_chmap_info chmap;
} __attribute__((aligned(VWR_PORT_DMA_ALIGN)));

/**
 * struct vwr_sound_shared - Shared memory (see struct vwr_queue_memory); it need not be initialised
 * @control: Ring and messages of the control queue.
 * @event_ring: Ring of the event queue.
 * @event: Buffers for events.
 * @frames: Rings of playback and capture.
 * @item: Description that is being read.
 * @period: Periods of each stream.
 */
struct vwr_sound_shared {
    uint8_t control[VWR_CLIENT_SHARED_BYTES(VWR_SOUND_QUEUE, 1u, VWR_SND_CLIENT_CONTROLQ_SLOT,
                                            VWR_REQUEST_SEGMENTS)]
        __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));
    uint8_t event_ring[VWR_QUEUE_SHARED_BYTES(VWR_SOUND_EVENTS)]
        __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));
    uint8_t event[VWR_SOUND_EVENTS][VWR_SOUND_EVENT_BYTES] __attribute__((aligned(VWR_PORT_DMA_ALIGN)));
    struct vwr_sound_ring frames[2];
    union vwr_sound_item item;
    uint8_t period[VWR_SOUND_STREAMS][VWR_SOUND_PERIODS][VWR_SOUND_PERIOD_BYTES]
        __attribute__((aligned(VWR_PORT_DMA_ALIGN)));
};

/**
 * struct vwr_sound_options - Options of vwr_sound_open()
 * @shared: Shared memory. It must remain valid until vwr_close() succeeds.
 * @request: Request options. The caller sets timeout_us, spin and waiter; the driver sets the other
 *   members. Periods have no deadline.
 * @avoid: Features that the driver must not accept.
 */
struct vwr_sound_options {
    struct vwr_sound_shared *shared;
    struct vwr_request_options request;
    struct vwr_features avoid;
};

/**
 * struct vwr_sound_params - Parameters of a stream
 * @period_bytes: Size of a period, from 1 to VWR_SOUND_PERIOD_BYTES.
 * @periods: Number of periods in flight, from 1 to VWR_SOUND_PERIODS.
 * @format: enum vwr_snd_pcm_format.
 * @rate: enum vwr_snd_pcm_rate.
 * @channels: Number of channels.
 * @xruns: Request events for underruns and overruns, if the stream supports them.
 */
struct vwr_sound_params {
    uint32_t period_bytes;
    uint16_t periods;
    uint8_t format;
    uint8_t rate;
    uint8_t channels;
    bool xruns;
};

/**
 * enum vwr_sound_state - State of a stream: its last command
 * @VWR_SOUND_NEW: None since the reset.
 * @VWR_SOUND_SET: SET_PARAMS.
 * @VWR_SOUND_PREPARED: PREPARE.
 * @VWR_SOUND_STARTED: START.
 * @VWR_SOUND_STOPPED: STOP.
 * @VWR_SOUND_RELEASED: RELEASE.
 */
enum vwr_sound_state {
    VWR_SOUND_NEW,
    VWR_SOUND_SET,
    VWR_SOUND_PREPARED,
    VWR_SOUND_STARTED,
    VWR_SOUND_STOPPED,
    VWR_SOUND_RELEASED
};

/* A period; private. */
struct vwr_sound_period {
    union {
        struct vwr_client_call any; /* of both */
        struct vwr_snd_client_txq_call play;
        struct vwr_snd_client_rxq_call record;
    } call;
    uint32_t bytes;
};

/**
 * struct vwr_sound_stream - A stream
 * @info: What the device reports of it.
 * @state: enum vwr_sound_state.
 * @params: Parameters of the last vwr_sound_set_params().
 * @failed: Counter of periods that the device returned with an error, which RELEASE does too.
 * @count: Number of periods in flight, as of the last vwr_sound_write() or vwr_sound_read().
 */
struct vwr_sound_stream {
    struct vwr_snd_pcm_info_item info;
    uint8_t state;
    struct vwr_sound_params params;
    vwr_count failed;
    uint16_t count;
    /* private: */
    uint32_t latency_bytes; /* of the last period that the device returned */
    uint16_t first;         /* oldest period in flight */
    uint32_t at;            /* position in the period that is written, or read */
    struct vwr_sound_period period[VWR_SOUND_PERIODS];
};

/**
 * struct vwr_sound - A sound card
 * @bringup: Bring-up, which is the first member of @client.
 * @client: Generated client; the first member. client.info has the numbers that the device reports.
 * @jacks: Number of jacks.
 * @streams: Number of streams.
 * @chmaps: Number of channel maps.
 * @jack: Jacks. vwr_sound_poll() updates `connected`.
 * @stream: Streams.
 * @chmap: Channel maps.
 *
 * It must be in private memory and need not be initialised.
 */
struct vwr_sound {
    union {
        struct vwr_bringup bringup;
        struct vwr_snd_client client;
    };
    uint16_t jacks;
    uint16_t streams;
    uint16_t chmaps;
    struct vwr_snd_jack_info_item jack[VWR_SOUND_JACKS];
    struct vwr_sound_stream stream[VWR_SOUND_STREAMS];
    struct vwr_snd_chmap_info_item chmap[VWR_SOUND_CHMAPS];
    /* private: */
    struct vwr_sound_options options;
    struct vwr_receive_buffer event_buffer[VWR_SOUND_EVENTS];
    uint64_t control_own[(VWR_REQUEST_OWN_BYTES(VWR_SOUND_QUEUE, 1u) + 7u) / 8u];
    uint64_t event_own[(VWR_QUEUE_OWN_BYTES(VWR_SOUND_EVENTS) + 7u) / 8u];
    uint64_t frames_own[2][(VWR_REQUEST_OWN_BYTES(VWR_SOUND_QUEUE, VWR_SOUND_REQUESTS) + 7u) / 8u];
};

/**
 * vwr_sound_open() - Open a sound card and read its tables
 * @s: Sound card; it need not be initialised.
 * @d: Probed device.
 * @options: Options; they are copied.
 *
 * Context: The device's owner. Waits for the reset, up to VWR_RESET_TIMEOUT_US, and until the
 *   deadline of each request. Not from an interrupt handler.
 * Return: VWR_OK: the device is live, and no stream has parameters.
 * * VWR_EBUSY: the device is open already.
 * * VWR_EFAILED: the device is not in the state that follows a probe or a reset.
 * * VWR_ETYPE: the device is not a sound card.
 * * VWR_EIO, VWR_EPROTO: the device does not describe its jacks, streams or channel maps.
 * * Other errors: the same as vwr_bringup_open() and vwr_request_do(). The caller owns all memory
 *   unless the reset failed.
 */
VWR_MUST_CHECK int vwr_sound_open(struct vwr_sound *s, struct vwr_dev *d,
                                  const struct vwr_sound_options *options);

/**
 * vwr_sound_set_params() - Set the parameters of a stream
 * @s: Sound card.
 * @stream: Stream.
 * @params: Parameters; they are copied. A stream that is prepared or stopped is released first.
 *
 * Return: VWR_OK.
 * * VWR_EFAILED: the device is not open.
 * * VWR_EINVAL: there is no such stream, or a number of periods or of bytes is invalid.
 * * VWR_EUNSUPP: the stream does not support the format, the rate or the channels, or the device
 *   rejects them.
 * * VWR_EBUSY: the stream is started.
 * * VWR_EIO: the device reports an error: vwr_snd_client_controlq_status().
 * * Other errors: the same as vwr_request_do().
 */
VWR_MUST_CHECK int vwr_sound_set_params(struct vwr_sound *s, unsigned stream,
                                        const struct vwr_sound_params *params);

/**
 * vwr_sound_prepare() - Prepare a stream: from now on it accepts frames, or has space for frames
 * @s: Sound card.
 * @stream: Stream.
 *
 * Return: VWR_OK, even if the stream is prepared already.
 * * VWR_EFAILED: the device is not open.
 * * VWR_EINVAL: there is no such stream, or it has no parameters.
 * * VWR_EBUSY: the stream is started or stopped, or the device has not returned all of its periods;
 *   release it first.
 * * VWR_EIO: the device reports an error.
 * * Other errors: the same as vwr_request_do() and vwr_request_reap().
 */
VWR_MUST_CHECK int vwr_sound_prepare(struct vwr_sound *s, unsigned stream);

/**
 * vwr_sound_start() - Start a stream, after preparing it if it is not prepared
 * @s: Sound card.
 * @stream: Stream.
 *
 * Return: VWR_OK, even if the stream is started already. Errors: the same as vwr_sound_prepare().
 */
VWR_MUST_CHECK int vwr_sound_start(struct vwr_sound *s, unsigned stream);

/**
 * vwr_sound_stop() - Stop a stream; its frames stay in the device until a start or a release
 * @s: Sound card.
 * @stream: Stream.
 *
 * Return: VWR_OK, even if the stream is not started.
 * * VWR_EFAILED: the device is not open.
 * * VWR_EINVAL: there is no such stream.
 * * VWR_EIO: the device reports an error.
 * * Other errors: the same as vwr_request_do().
 */
VWR_MUST_CHECK int vwr_sound_stop(struct vwr_sound *s, unsigned stream);

/**
 * vwr_sound_release() - Stop a stream and drop its frames
 * @s: Sound card.
 * @stream: Stream.
 *
 * Context: The device's owner. Waits until the deadline of each request, and up to
 *   VWR_SOUND_RELEASE_US for periods that the device has not returned. Not from an interrupt
 *   handler.
 * Return: VWR_OK, even if the stream is not prepared. Errors: the same as vwr_sound_stop() and
 *   vwr_request_reap().
 */
VWR_MUST_CHECK int vwr_sound_release(struct vwr_sound *s, unsigned stream);

/**
 * vwr_sound_write() - Copy frames into the periods of a playback stream, and send full periods
 * @s: Sound card.
 * @stream: Stream of direction OUTPUT, which is prepared, started or stopped.
 * @frames: Frames; they are copied.
 * @bytes: Size of @frames in bytes, below 2^31.
 *
 * Return: Number of bytes that were copied; fewer than @bytes, possibly 0, if all periods are in
 *   flight.
 * * VWR_EFAILED: the device is not open, or the queue is stopped.
 * * VWR_EINVAL: there is no such stream, or it is not prepared; after a reset it is not.
 * * Other errors: the same as vwr_request_submit() and vwr_request_reap().
 */
VWR_MUST_CHECK int vwr_sound_write(struct vwr_sound *s, unsigned stream, const void *frames, uint32_t bytes);

/**
 * vwr_sound_flush() - Send the last period at the end of playback, although it is not full
 * @s: Sound card.
 * @stream: Stream of direction OUTPUT, which is prepared, started or stopped.
 *
 * Return: VWR_OK, even if there are no frames.
 * * VWR_EFULL: there are not enough free descriptors now.
 * * Other errors: the same as vwr_sound_write().
 */
VWR_MUST_CHECK int vwr_sound_flush(struct vwr_sound *s, unsigned stream);

/**
 * vwr_sound_read() - Copy recorded frames, and send empty periods to the device again
 * @s: Sound card.
 * @stream: Stream of direction INPUT, which is prepared, started or stopped.
 * @frames: Filled in with the frames.
 * @bytes: Size of @frames in bytes, below 2^31.
 *
 * Return: Number of bytes that were copied; fewer than @bytes, possibly 0, if the device has not
 *   filled more periods. Errors: the same as vwr_sound_write().
 */
VWR_MUST_CHECK int vwr_sound_read(struct vwr_sound *s, unsigned stream, void *frames, uint32_t bytes);

/**
 * vwr_sound_latency() - Get the latency in bytes from vwr_sound_write() to audible sound
 * @s: Sound card.
 * @stream: Stream of direction OUTPUT.
 *
 * Return: Bytes in the periods that the device has not returned, as of the last vwr_sound_write(),
 *   plus the latency that the device has reported. 0 if there is no such stream.
 */
VWR_MUST_CHECK uint64_t vwr_sound_latency(const struct vwr_sound *s, unsigned stream);

/**
 * vwr_sound_remap() - Remap a jack
 * @s: Sound card.
 * @jack: Jack.
 * @association: New association.
 * @sequence: New sequence number in the association.
 *
 * Return: VWR_OK.
 * * VWR_EFAILED: the device is not open.
 * * VWR_EINVAL: there is no such jack.
 * * VWR_EUNSUPP: the jack cannot be remapped.
 * * VWR_EIO: the device reports an error.
 * * Other errors: the same as vwr_request_do().
 */
VWR_MUST_CHECK int vwr_sound_remap(struct vwr_sound *s, unsigned jack, uint32_t association,
                                   uint32_t sequence);

/**
 * struct vwr_sound_event - An event
 * @type: enum vwr_snd_event_type, except CTL_NOTIFY.
 * @id: Jack or stream.
 */
struct vwr_sound_event {
    uint32_t type;
    uint32_t id;
};

/**
 * vwr_sound_poll() - Get the next event
 * @s: Sound card.
 * @event: Filled in with the event.
 *
 * Return: 1: @event is valid, and jack[].connected is up to date. 0: there is no event.
 * * VWR_EFAILED: the device is not open.
 * * If the queue is stopped, the same as vwr_receive_reap().
 */
VWR_MUST_CHECK int vwr_sound_poll(struct vwr_sound *s, struct vwr_sound_event *event);

/**
 * vwr_sound_arm() - Enable the interrupts for events and for returned periods
 * @s: Sound card.
 *
 * Return: true: the interrupts are enabled. false: there may be events or returned periods already;
 *   poll, write and read again.
 */
VWR_MUST_CHECK bool vwr_sound_arm(struct vwr_sound *s);

/**
 * vwr_sound_bringup - Class of sound cards, for vwr/bringup.h
 *
 * A recovery stops all streams and keeps their parameters.
 */
extern const struct vwr_bringup_class vwr_sound_bringup;

/** vwr_sound_explain() - Describe the last fault of the device or its queues; see vwr_dev_explain() */
static inline size_t vwr_sound_explain(const struct vwr_sound *s, char *text, size_t bytes)
{
    return vwr_bringup_explain(&s->bringup, &vwr_request_messages, vwr_snd_feature_names, text, bytes);
}

/**
 * struct vwr_sound_open_own - Private memory of a sound card for vwr_open()
 * @sound: Device; the first member.
 *
 * No stream has parameters yet.
 */
struct vwr_sound_open_own {
    struct vwr_sound sound;
};

/**
 * struct vwr_sound_open_shared - Shared memory of a sound card for vwr_open()
 * @queues: Queues, and the periods of streams.
 */
struct vwr_sound_open_shared {
    struct vwr_sound_shared queues;
};

/** vwr_sound_open_default() - Open a sound card, as vwr_sound_open() does; see vwr_blk_open_default() */
VWR_MUST_CHECK static inline int vwr_sound_open_default(void *own, void *shared, struct vwr_dev *d,
                                                        const struct vwr_features *avoid)
{
    struct vwr_sound_options options;

    vwr_zero(&options, sizeof(options));
    vwr_copy(&options.avoid, avoid, sizeof(*avoid));
    options.shared = (struct vwr_sound_shared *)shared;
    return vwr_sound_open((struct vwr_sound *)own, d, &options);
}

VWR_END_C

#endif
