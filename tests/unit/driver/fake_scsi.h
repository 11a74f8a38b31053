/* SPDX-License-Identifier: MIT */
#ifndef FAKE_SCSI_H
#define FAKE_SCSI_H

#include "fake_ring.h"
#include "vwr/gen/scsi.h"

/*
 * A SCSI host with one disk, which all units are. It answers each command within the notification, correctly
 * or as the test chooses.
 */

#define FAKE_SCSI_CONTROL VWR_SCSI_QUEUE_CONTROLQ
#define FAKE_SCSI_EVENTS VWR_SCSI_QUEUE_EVENTQ
#define FAKE_SCSI_REQUESTS VWR_SCSI_QUEUE_REQUESTQ
#define FAKE_SCSI_LOG 64u
#define FAKE_SCSI_BLOCKS 256u
#define FAKE_SCSI_HEAD 51u    /* a command without data */
#define FAKE_SCSI_ANSWER 108u /* an answer without data */

struct fake_scsi {
    uint8_t command[FAKE_SCSI_LOG][FAKE_SCSI_HEAD];
    uint32_t out_bytes[FAKE_SCSI_LOG]; /* with data */
    uint32_t in_bytes[FAKE_SCSI_LOG];
    unsigned count;
    uint8_t control[FAKE_SCSI_LOG][24]; /* little-endian, as is an event, whatever the guest is */
    unsigned control_count;
    bool silent;
    unsigned attentions; /* commands that a unit attention answers */
    bool refuses_16;     /* commands of 16 bytes */
    bool refuses_10;     /* commands of 10 bytes */
    uint32_t block_bytes;
    uint64_t last_block;
    uint8_t unmaps;
    bool lies; /* the next answer to a command is wrong: these bytes at this place */
    uint32_t at, width;
    uint64_t value;
    uint32_t used;            /* the used length, if not 0 */
    bool used_0;              /* it is 0 */
    bool unwritten;           /* nothing is written */
    uint8_t control_response; /* of a control message */
    uint32_t events;          /* supported */
    uint8_t last_out[64];     /* start of the data of the last command */
    uint8_t disk[FAKE_SCSI_BLOCKS * 512u];
};

extern struct fake_scsi fake_scsi;

struct world;
struct format;
void fake_scsi_plug(struct world *w, const struct format *f);

/* Answers all waiting messages; for on_notify. */
void fake_scsi_serve(struct fake *f, uint32_t queue);

/* An event, in a buffer of the driver; false: it has none. */
bool fake_scsi_event(struct fake *f, const void *event, uint32_t bytes, uint32_t used);

#endif
