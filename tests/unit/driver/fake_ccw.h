/* SPDX-License-Identifier: MIT */
#ifndef FAKE_CCW_H
#define FAKE_CCW_H

#include "vwr/ccw.h"
#include "fake_mmio.h"

/*
 * A simulated channel subsystem with one device, whose registers are those of a fake device. It fails the
 * test if the driver breaks a rule of channel I/O, and rejects commands or loses the device if a test asks
 * for it.
 */
#define FAKE_CCW_SUBCHANNEL (VWR_CCW_FIRST + 5u)
#define FAKE_CCW_SUBCHANNELS 8u
#define FAKE_CCW_NO_REVISION (-1)

struct fake_ccw {
    struct vwr_ccw_host host; /* first */
    struct fake *f;
    uint16_t cu_type;
    int revision_max;      /* FAKE_CCW_NO_REVISION: the device does not have SET_VIRTIO_REV */
    bool no_adapter;       /* nor SET_IND_ADAPTER */
    uint32_t config_bytes; /* of READ_CONF */
    uint8_t reject;        /* a command that the device rejects; 0: none */
    unsigned reject_at;    /* number of a command that it rejects, or at which it leaves; 0: never */
    unsigned gone_at;
    uint32_t scramble; /* not 0: a seed; each answer is changed in some bits, or rejected */

    /* state */
    bool enabled;
    int revision;
    uint64_t queue_indicators, config_indicators, summary; /* addresses; 0: not set */
    uint64_t cookie;

    /* recorded */
    unsigned sent;            /* commands */
    unsigned commands[0x100]; /* by code */
    uint8_t rejected;         /* code of the last command that a test made it reject */
    unsigned notifications;
    uint32_t notified; /* contents of the last one */
};

void fake_ccw_plug(struct fake_ccw *c, struct fake *f);

/* Sets the indicators of used buffers of a queue, or of a change of the configuration. */
void fake_ccw_signal(struct fake_ccw *c, unsigned queue);
void fake_ccw_signal_config(struct fake_ccw *c);

#endif
