/* SPDX-License-Identifier: MIT */
#ifndef BENCH_MIX_H
#define BENCH_MIX_H

#include <stdint.h>

/*
 * A recorded workload, as the headers have it that mix.py writes: mix_disk_requests or mix_card_frames,
 * mix_*_segments, and mix_*_events in the order in which the device saw them.
 */

/* A request of a disk; types are VWR_BLK_T_*. IN and GET_ID write to their data, others read it. */
struct mix_request {
    uint64_t sector;
    uint32_t type;
    uint32_t first;    /* of mix_disk_segments: lengths of the data, without header and status */
    uint32_t segments; /* 0: no data */
};

/* A frame out: lengths of its descriptors, of which the first MIX_CARD_HEADER bytes are the header. */
struct mix_frame {
    uint32_t first;
    uint32_t segments;
};

enum mix_what {
    MIX_SUBMIT,      /* request or frame n is made available */
    MIX_KICK,        /* the driver notifies the device */
    MIX_FOUND,       /* the device finds the last ones without a notification, which it did not want */
    MIX_USED,        /* the device completes n */
    MIX_DONE,        /* and publishes the last n of these */
    MIX_INTERRUPT,   /* the device interrupts */
    MIX_RX_BUFFER,   /* a buffer of n bytes for a frame in is made available */
    MIX_RX_KICK,     /* as above, of the queue of frames in */
    MIX_RX_FOUND,    /* */
    MIX_RX_FRAME,    /* a frame of n bytes, with its header, is in the oldest buffer */
    MIX_RX_DONE,     /* as above */
    MIX_RX_INTERRUPT /* */
};

struct mix_event {
    uint32_t what;
    uint32_t n;
};

#endif
