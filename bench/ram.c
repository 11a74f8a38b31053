/* SPDX-License-Identifier: MIT */
#include "vwr/queue.h"

/* Not linked: run.py reads the size of this object, which is what a queue of 256 takes besides its ring. */
extern uint8_t bench_queue_ram[sizeof(struct vwr_queue) + VWR_QUEUE_OWN_BYTES(256)];
uint8_t bench_queue_ram[sizeof(struct vwr_queue) + VWR_QUEUE_OWN_BYTES(256)];
