/* SPDX-License-Identifier: MIT */
#ifndef VAULT_DRIVER_H
#define VAULT_DRIVER_H

#include "vwr/client/vault.h"
#include "vwr/mmio.h"

#define VAULT_MEMORY 0x10000u /* bytes that both sides share, at a multiple of VWR_QUEUE_SHARED_ALIGN */

/* The driver, with memory for two request queues. */
struct vault {
    struct vwr_vault_client client;
    struct vwr_mmio mmio;
    struct vault_shared *shared;
    struct vwr_vault_client_requestq_queue requestq[2];
};

int vault_open(struct vault *v, volatile void *registers, void *memory);

/* For an interrupt handler or a polling loop: reads the configuration again if it has changed. */
int vault_interrupt(struct vault *v);

/* A negative result is one of vwr/result.h; after VWR_EIO the client has the status of the device. */
int vault_unlock(struct vault *v, const char *passphrase);
int vault_store(struct vault *v, uint32_t slot, const char *text);
int vault_fetch(struct vault *v, uint32_t slot, char *text, uint32_t room);      /* bytes */
int vault_list(struct vault *v, struct vwr_vault_entry *entries, uint32_t room); /* entries */

/* Returns the strength of the next knock, or 0. */
uint32_t vault_heard(struct vault *v);

#endif
