/* SPDX-License-Identifier: MIT */
#ifndef RTOS_TYPES_H
#define RTOS_TYPES_H

#include <pthread.h>

/* The RTOS of examples/shapes/rtos, implemented with threads of the host. */
struct rtos_spinlock {
    pthread_mutex_t mutex; /* zeroed: unlocked */
};

struct rtos_semaphore {
    pthread_mutex_t mutex;
    pthread_cond_t more;
    unsigned count;
};

#endif
