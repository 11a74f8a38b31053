/* SPDX-License-Identifier: MIT */
#ifndef BACKEND_H
#define BACKEND_H

#include "vwr/base.h"

#include <pthread.h>

/* A back end of a disk in a thread, without a data path, that falsifies one message. */

enum lie {
    LIE_NONE,
    LIE_DIE,           /* closes instead of an answer */
    LIE_DIE_HALF,      /* half a header, then closes */
    LIE_HALF,          /* half a header, then nothing */
    LIE_NO_BODY,       /* a header, then nothing */
    LIE_SILENT,        /* no answer */
    LIE_REQUEST,       /* the answer is of another request */
    LIE_NO_REPLY_FLAG, /* flags */
    LIE_VERSION,
    LIE_FLAGS,
    LIE_EMPTY, /* size 0 */
    LIE_LESS,
    LIE_MORE,
    LIE_HUGE,
    LIE_FD, /* descriptors where none belong */
    LIE_FDS,
    LIE_TOO_MANY_FDS,
    LIE_UNASKED, /* a message before the answer */
    /* from here on the front end may report success */
    LIE_ZERO,
    LIE_ONES,
    LIE_ANY,
    LIE_KINDS
};

struct backend {
    /* set by the test before each connection */
    int at; /* the message, counted from 0 */
    enum lie lie;
    uint64_t features;
    uint64_t protocol;
    uint64_t slots;  /* for memory; 0: REGIONS_MOST */
    bool stays_open; /* does not close the connection after the front end has closed it */
    /* filled in */
    int messages;   /* of the last connection */
    bool acted;     /* the lie was sent */
    bool reached;   /* the message to falsify has arrived */
    int request_fd; /* for requests of the back end; -1 */
    /* private */
    int listener;
    int stop[2];
    pthread_t thread;
};

bool backend_begin(struct backend *b, const char *path);
void backend_end(struct backend *b);
/* Waits until the thread has closed the connection. */
void backend_idle(struct backend *b);

#endif
