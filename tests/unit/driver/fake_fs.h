/* SPDX-License-Identifier: MIT */
#ifndef FAKE_FS_H
#define FAKE_FS_H

#include "fake_ring.h"

/*
 * A FUSE server with one file, to which any name refers. It answers each message within the notification,
 * correctly or as the test chooses.
 */

#define FAKE_FS_LOG 32u
#define FAKE_FS_MESSAGE 640u
#define FAKE_FS_FILE 10000u
#define FAKE_FS_NODE UINT64_C(0x1122334455667788)
#define FAKE_FS_HANDLE UINT64_C(0x99aabbccddeeff00)

struct fake_fs {
    uint8_t message[FAKE_FS_LOG][FAKE_FS_MESSAGE]; /* the start of each */
    uint32_t bytes[FAKE_FS_LOG];
    unsigned count;
    bool silent;
    bool session;
    uint32_t minor;
    uint32_t max_write;
    uint32_t flags; /* of INIT */
    uint16_t map_alignment;
    uint32_t most; /* maximum number of bytes in a read or write */
    uint8_t fails; /* the message that fails, with: */
    uint32_t error;
    unsigned passes;    /* number of messages of that kind before one fails */
    uint8_t lie;        /* the answer to this message is wrong: */
    uint32_t at, width; /* there it has */
    uint64_t value;
    uint32_t used; /* the used length, if not 0 */
    uint8_t file[FAKE_FS_FILE];
    uint8_t entries[600];
    uint32_t entry_bytes;
};

extern struct fake_fs fake_fs;

/* Plugs the server into the world's device, with the tag "fake". */
struct world;
struct format;
void fake_fs_plug(struct world *w, const struct format *f);

/* Answers all waiting messages; for on_notify. */
void fake_fs_serve(struct fake *f, uint32_t queue);

/* A number in a message. */
uint64_t fake_fs_number(unsigned message, uint32_t at, unsigned bytes);

#endif
