/* SPDX-License-Identifier: MIT */
#ifndef VWR_PAIR_SOUND_H
#define VWR_PAIR_SOUND_H

#include "vwr/client.h"
#include "vwr/mmio.h"
#include "vwr/vdev.h"
#include "vwr/gen/sound.h"

/*
 * Both sides of a sound card's control queue: answers start with a status and end in an array or nothing. The
 * driver is a class of the request engine, the device a class of vdev.h. Section: Sound Device / Device
 * Operation.
 */

#define SOUND_SLOT 2u
#define SOUND_QUEUES 4u
#define SOUND_QUEUE_SIZE 16u
#define SOUND_REQUESTS 6u /* in flight */
#define SOUND_SEGMENTS 4u /* data segments of a request */
#define SOUND_SEGS 64u    /* maximum number of segments of a chain in the device */
#define SOUND_JACKS 300u
#define SOUND_ALL UINT32_MAX

/* ---- the device ---- */

/* Controls the answers. */
struct sound_answer {
    uint32_t status; /* 0: the status of the specification */
    uint32_t most;   /* maximum number of bytes to write of an answer; SOUND_ALL: no limit */
    uint32_t more;   /* added to the used length */
    bool holds;      /* hold messages until sound_device_step */
};

struct sound_message {
    struct vwr_vchain chain;
    struct vwr_vseg seg[SOUND_SEGS];
    struct vwr_snd_query_info query; /* or another message; all start in the same way */
};

struct sound_device {
    struct vwr_vdev dev; /* must be first */
    struct sound_answer answer;
    unsigned held;
    unsigned infos; /* messages received, by type */
    unsigned remaps;
    struct vwr_snd_config config;
    struct sound_message message[SOUND_REQUESTS];
    struct vwr_vqueue queue[SOUND_QUEUES];
    struct vwr_vqueue_entry own[SOUND_QUEUES * SOUND_QUEUE_SIZE];
};

/* The device's description of a jack. */
void sound_jack(uint32_t jack, struct vwr_snd_jack_info *info);

/* Plugs it into slot SOUND_SLOT of vmm.h, with a ring of this kind (disk.h). */
void sound_device_init(struct sound_device *s, unsigned kind);

/* Answers one of the held messages: number `which`, modulo their count. False if none is held. */
bool sound_device_step(struct sound_device *s, unsigned which);

/* ---- the driver ---- */

struct sound_req {
    union {
        struct vwr_req req;
        struct vwr_client_call call; /* JACK_INFO: the data are an array of struct vwr_snd_jack_info */
    };
    uint32_t code; /* VWR_SND_R_JACK_INFO or VWR_SND_R_JACK_REMAP */
    uint32_t jack; /* first or only jack */
    union {
        struct vwr_snd_query_info query;
        struct vwr_snd_jack_remap remap;
    } out;
    struct vwr_snd_hdr back;
};

/* With call.data[0 .. areas) as its data. */
void sound_begin(struct sound_req *r, uint32_t code, uint32_t jack, uint16_t areas);

struct sound {
    struct vwr_bringup bringup; /* must be first */
    struct vwr_requestq control;
    struct vwr_request_options options;
    struct vwr_features avoid;
    struct vwr_queue_memory memory;
    uint32_t jacks;
    _Alignas(8) uint8_t own[VWR_REQUEST_OWN_BYTES(SOUND_QUEUE_SIZE, SOUND_REQUESTS)];
};

extern const struct vwr_bringup_class sound_bringup;

/* Opens a probed device with memory of ram.h. Results as of vwr_dev_negotiate and vwr_dev_add_queue. */
int sound_open(struct sound *s, struct vwr_dev *d, unsigned kind);

#endif
