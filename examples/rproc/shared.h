/* SPDX-License-Identifier: MIT */
#ifndef SHARED_H
#define SHARED_H

#include "vwr/rsc.h"

/* What both processors know: memory at one address for both, and numbers of a mailbox. */

#define TABLE_BYTES 256u
#define QUEUE 8u /* descriptors: as many as the driver of the class has */
#define DEVICE_ID 1u
#define VRING_ID 2u

struct shared {
    uint8_t table[TABLE_BYTES] __attribute__((aligned(8)));
    volatile uint32_t released; /* 1: the firmware accesses no memory of the host */
};

extern struct shared *shared;

/* The mailboxes: each calls the other processor's interrupt handler. */
void mailbox_to_firmware(uint32_t notifyid);
void mailbox_to_host(uint32_t notifyid);

/* firmware.c: memory is what both access, and `addr` the host's address of it. */
int firmware_begin(void *memory, uint64_t addr, uint32_t bytes);
void firmware_on_mailbox(uint32_t notifyid);

/* host.c */
struct vwr_entropy_shared;
int host_begin(struct vwr_entropy_shared *memory);
void host_on_mailbox(uint32_t notifyid);
int host_read(uint8_t *bytes, unsigned count);
int host_end(void);

#endif
