/* SPDX-License-Identifier: MIT */
#ifndef BENCH_MIX_H
#define BENCH_MIX_H

#include <stdint.h>

/*
 * A recorded workload, in the form of the headers that mix.py writes: mix_disk_requests or mix_card_frames,
 * mix_*_segments, and mix_*_events in the order in which the device saw them.
 */

/*
 * A disk request; its type is VWR_BLK_T_*. The device writes the data of IN and GET_ID, and reads the data of
 * other types.
 */
struct mix_request {
    uint64_t sector;
    uint32_t type;
    uint32_t first;    /* indices into mix_disk_segments: lengths of the data, without header and status */
    uint32_t segments; /* 0: no data */
};

/* A sent frame: the lengths of its descriptors. The first MIX_CARD_HEADER bytes are the header. */
struct mix_frame {
    uint32_t first;
    uint32_t segments;
};

enum mix_what {
    MIX_SUBMIT,      /* request or frame n is made available */
    MIX_KICK,        /* the driver notifies the device */
    MIX_FOUND,       /* the device finds the last buffers without a notification, which it had suppressed */
    MIX_USED,        /* the device completes n */
    MIX_DONE,        /* and publishes the last n of these */
    MIX_INTERRUPT,   /* the device interrupts */
    MIX_RX_BUFFER,   /* a receive buffer of n bytes is made available */
    MIX_RX_KICK,     /* as above, of the queue of frames in */
    MIX_RX_FOUND,    /* */
    MIX_RX_FRAME,    /* a frame of n bytes, including its header, is in the oldest buffer */
    MIX_RX_DONE,     /* as above */
    MIX_RX_INTERRUPT /* */
};

struct mix_event {
    uint32_t what;
    uint32_t n;
};

#endif
