/* SPDX-License-Identifier: MIT */
#ifndef FAKE_9P_H
#define FAKE_9P_H

#include "fake_ring.h"

/*
 * A 9P server with one file, to which any path refers, and any number of folders. It answers each message
 * within the notification, correctly or as the test chooses.
 */

#define FAKE_9P_LOG 64u
#define FAKE_9P_MESSAGE 640u
#define FAKE_9P_FILE 10000u
#define FAKE_9P_QID UINT64_C(0x1122334455667788)

struct fake_9p {
    uint8_t message[FAKE_9P_LOG][FAKE_9P_MESSAGE]; /* the start of each */
    uint32_t bytes[FAKE_9P_LOG];
    unsigned count;
    bool silent;
    bool session;
    uint32_t msize;  /* maximum */
    uint32_t iounit; /* of an open */
    uint32_t most;   /* maximum number of bytes in a read or write */
    uint32_t walks;  /* maximum names of a walk */
    uint8_t fails;   /* the message that fails, with: */
    unsigned passes; /* number of messages of that kind before one fails */
    uint32_t error;
    uint8_t lie;        /* the answer to this message is wrong: */
    uint32_t at, width; /* there it has */
    uint64_t value;
    uint32_t used;  /* the used length, if not 0 */
    bool unwritten; /* it is not written at all */
    const char *version;
    uint8_t file[FAKE_9P_FILE];
    uint8_t entries[600];
    uint32_t entry_bytes;
};

extern struct fake_9p fake_9p;

/* Plugs the server into the world's device, with the tag "fake". */
struct world;
struct format;
void fake_9p_plug(struct world *w, const struct format *f);

/* Answers all waiting messages; for on_notify. */
void fake_9p_serve(struct fake *f, uint32_t queue);

/* The type of the message, and a number in it. */
uint8_t fake_9p_type(unsigned message);
uint64_t fake_9p_number(unsigned message, uint32_t at, unsigned bytes);

#endif
