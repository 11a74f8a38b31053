/* SPDX-License-Identifier: MIT */
#ifndef FAKE_FILES_H
#define FAKE_FILES_H

#include "../../../classes/files_server.h"
#include "fake_ring.h"

/*
 * A device of 9P or of FUSE with the server of classes/files_server.h. It answers each message within the
 * notification, correctly or as the test chooses.
 */

#define FAKE_FILES_LOG 64u
#define FAKE_FILES_MESSAGE 640u

struct fake_files {
    uint8_t message[FAKE_FILES_LOG][FAKE_FILES_MESSAGE]; /* the start of each */
    uint32_t bytes[FAKE_FILES_LOG];
    unsigned count;
    bool is_fuse;
    bool silent;
    uint8_t lie;        /* the answer to this message is wrong: */
    uint32_t at, width; /* there it has */
    uint64_t value;
    uint32_t used;  /* the used length, if not 0 */
    bool unwritten; /* it is not written at all */
};

extern struct fake_files fake_files;

/* Plugs the server into the world's device, with the tag "fake". */
struct world;
struct format;
void fake_9p_plug(struct world *w, const struct format *f);
void fake_fs_plug(struct world *w, const struct format *f);

/* Answers all waiting messages; for on_notify. */
void fake_files_serve(struct fake *f, uint32_t queue);

/* Lets the answer to a message be wrong from now on. Type 0: none. */
void fake_files_lie(uint8_t type, uint32_t at, uint32_t width, uint64_t value);

/* The type of the message, and a number in it. */
uint8_t fake_files_type(unsigned message);
uint64_t fake_files_number(unsigned message, uint32_t at, unsigned bytes);

/* The server received one message of this type; these are the bytes from `at` on. */
void fake_files_heard(uint8_t type, uint32_t at, const char *bytes, size_t count);

#endif
