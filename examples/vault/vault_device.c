/* SPDX-License-Identifier: MIT */
#include "vault_device.h"

/* The device's side: a function for each message. */

static void set_state(struct vwr_vault_vservice *s, uint8_t state)
{
    s->config.state = state;
    vwr_vdev_config_changed(&s->service.dev);
}

static int store(struct vwr_vault_vservice *s, struct vwr_vmessage *x, const struct vwr_vault_store_msg *m)
{
    s->device->bytes[m->index] = vwr_vmessage_read(x, s->device->slot[m->index], VAULT_SLOT_BYTES);
    return VWR_OK;
}

static int fetch(struct vwr_vault_vservice *s, struct vwr_vmessage *x, const struct vwr_vault_fetch_msg *m)
{
    return vwr_vmessage_load(x, s->device->slot[m->index], s->device->bytes[m->index], 0);
}

/* The service sets a->num to the number of entries that were written. */
static int list(struct vwr_vault_vservice *s, struct vwr_vmessage *x, struct vwr_vault_list_answer *a)
{
    (void)a;
    for (uint32_t i = 0; i < VAULT_SLOTS; i++) {
        const struct vwr_vault_entry entry = {vwr_cpu_to_le32(i), vwr_cpu_to_le32(s->device->bytes[i])};

        if (s->device->bytes[i] != 0)
            (void)vwr_vmessage_write(x, &entry, sizeof(entry));
    }
    return VWR_OK;
}

static int wipe(struct vwr_vault_vservice *s, struct vwr_vmessage *x, const struct vwr_vault_wipe_msg *m)
{
    (void)x;
    vwr_zero(&s->device->bytes[m->first], m->num * sizeof(s->device->bytes[0]));
    return VWR_OK;
}

static int unlock(struct vwr_vault_vservice *s, struct vwr_vmessage *x)
{
    const char *const want = s->device->passphrase;
    char said[64];
    const uint32_t bytes = vwr_vmessage_read(x, said, sizeof(said));
    uint32_t i = 0;

    while (i < bytes && want[i] != '\0' && want[i] == said[i])
        i++;
    if (i != bytes || want[i] != '\0')
        return VWR_VAULT_S_DENIED;
    set_state(s, VWR_VAULT_STATE_OPEN);
    return VWR_OK;
}

static int lock(struct vwr_vault_vservice *s, struct vwr_vmessage *x)
{
    (void)x;
    set_state(s, VWR_VAULT_STATE_CLOSED);
    return VWR_OK;
}

static int seal(struct vwr_vault_vservice *s, struct vwr_vmessage *x)
{
    (void)s;
    return vwr_vmessage_load(x, "VAULT1", VAULT_SEAL_BYTES, 0);
}

/* A guest that restarts finds the vault closed. */
static void reset(struct vwr_vault_vservice *s)
{
    s->config.state = VWR_VAULT_STATE_CLOSED;
}

const struct vwr_vault_vservice_calls vault_calls = {
    .store = store,
    .fetch = fetch,
    .list = list,
    .wipe = wipe,
    .unlock = unlock,
    .lock = lock,
    .seal = seal,
    .reset = reset,
};

int vault_configure(struct vwr_vault_vservice *s, uint16_t queues)
{
    const struct vwr_vault_config_info info = {
        .num_queues = queues,
        .state = VWR_VAULT_STATE_CLOSED,
        .seal_size = VAULT_SEAL_BYTES,
        .slots = VAULT_SLOTS,
        .slot_size = VAULT_SLOT_BYTES,
    };

    s->config.patience = vwr_cpu_to_le32(60); /* the guest writes it, so vwr_vault_config_write does not */
    return vwr_vault_config_write(&s->config, false, &s->service.dev.offered, &info);
}

int vault_knock(struct vwr_vault_vservice *s, uint32_t strength)
{
    const struct vwr_vault_knock_msg knock = {.strength = strength};

    return vwr_vault_vservice_send_knock(s, &knock, NULL, 0);
}

void vault_idle(struct vwr_vault_vservice *s, uint32_t seconds)
{
    struct vwr_vdev *const v = &s->service.dev;

    vwr_vdev_lock(v);
    if (s->config.state == VWR_VAULT_STATE_OPEN && seconds >= vwr_guest32(v->legacy, s->config.patience))
        set_state(s, VWR_VAULT_STATE_CLOSED);
    vwr_vdev_unlock(v);
}
