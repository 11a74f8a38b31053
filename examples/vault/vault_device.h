/* SPDX-License-Identifier: MIT */
#ifndef VAULT_DEVICE_H
#define VAULT_DEVICE_H

#include "vwr/service/vault.h"

#define VAULT_SLOTS 8u
#define VAULT_SLOT_BYTES 32u
#define VAULT_SEAL_BYTES 6u

/* What the functions of the device have. */
struct vwr_vault_vdevice {
    const char *passphrase;
    uint32_t bytes[VAULT_SLOTS]; /* of each slot; 0: it is empty */
    uint8_t slot[VAULT_SLOTS][VAULT_SLOT_BYTES];
};

extern const struct vwr_vault_vservice_calls vault_calls;

/* Sets the configuration before the guest runs: `queues` request queues, and a closed vault. */
int vault_configure(struct vwr_vault_vservice *s, uint16_t queues);

/* For the VMM, from any thread: sends a knock as an event; closes a vault that was idle for too long. */
int vault_knock(struct vwr_vault_vservice *s, uint32_t strength);
void vault_idle(struct vwr_vault_vservice *s, uint32_t seconds);

#endif
