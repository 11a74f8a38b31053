/* SPDX-License-Identifier: MIT */
#ifndef MIDDLE_H
#define MIDDLE_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

/* A thread between a front end and a back end, which lets their connection fail at one step. */

enum middle_act {
    MIDDLE_ABSENT,  /* nobody listens, the first time */
    MIDDLE_DIES,    /* closes both connections in place of message number `at` */
    MIDDLE_REFUSES, /* changes reply number `at` into a refusal */
    MIDDLE_CUTS,    /* lets 100 * `at` bytes of the device's state through */
    MIDDLE_ACTS
};

struct middle {
    const char *to; /* path of the back end */
    enum middle_act act;
    unsigned at;
    /* after middle_end */
    bool acted;
    uint32_t request; /* that it failed at */
    /* private */
    pthread_t thread;
    bool runs;
    int listener;
    int front;
    int back;
    int state[2]; /* of the front end, and to the back end */
    unsigned messages;
    unsigned replies;
    unsigned left; /* bytes of the state */
};

/* Listens on `path` for one front end. */
bool middle_begin(struct middle *m, const char *path);
/* Waits until its front end has left. */
void middle_end(struct middle *m);

#endif
