/* SPDX-License-Identifier: MIT */
#ifndef VWR_CLASSES_FILES_SERVER_H
#define VWR_CLASSES_FILES_SERVER_H

#include "vwr/base.h"

/*
 * A server of one file, to which any path refers, and any number of folders: by 9P or by FUSE. It answers
 * each message correctly, within the limits that a room sets.
 */

#define FILES_SIZE 10000u                     /* of the file */
#define FILES_ID UINT64_C(0x1122334455667788) /* the path of a qid; a node */
#define FILES_HANDLE UINT64_C(0x99aabbccddeeff00)

struct files_server {
    bool session;
    uint32_t most; /* maximum number of bytes in a read or write */
    uint8_t fails; /* the message that fails, with: */
    uint32_t error;
    unsigned passes; /* number of messages of that kind before one fails */
    bool lacks;      /* there was a message without a session */
    uint8_t file[FILES_SIZE];
    uint8_t entries[600];
    uint32_t entry_bytes;
    /* 9P */
    uint32_t msize;  /* maximum */
    uint32_t iounit; /* of an open */
    uint32_t walks;  /* maximum names of a walk */
    const char *version;
    /* FUSE */
    uint32_t minor;
    uint32_t max_write;
    uint32_t flags; /* of INIT */
    uint16_t map_alignment;
};

extern struct files_server files_server;

/* A new one, without limits. */
void files_server_begin(void);

/* Writes the answer to a message of n bytes, and returns its length. */
uint32_t files_answer_9p(const uint8_t *out, uint32_t n, uint8_t *in);
uint32_t files_answer_fuse(const uint8_t *out, uint32_t n, uint8_t *in);

#endif
