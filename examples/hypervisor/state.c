/* SPDX-License-Identifier: MIT */
#include "vwr/v9p.h"
#include "vwr/vstate.h"

#include "watch.h"

/*
 * Save and restore. The guest's devices are saved, destroyed, created again and loaded, between two
 * instructions of the guest, as by a VMM that is restarted, or that moves the guest to another host. Devices
 * whose class has no state are left alone.
 */
#define STATE_BYTES 0x1100000u /* of all devices of a guest, including the screen */
#define WORDS_BYTES 200u

static const struct vwr_vstate_class *const classes[] = {
    &vwr_vblk_state, &vwr_vconsole_state, &vwr_vcrypto_state, &vwr_ventropy_state,
    &vwr_vfs_state,  &vwr_vgpu_state,     &vwr_vinput_state,  &vwr_vmem_state,
    &vwr_vnet_state, &vwr_vpmem_state,    &vwr_v9p_state};
static uint8_t memory[STATE_BYTES];

/* The next device that can be saved; NULL: end. */
static struct vwr_vdev *next(const struct guest *g, unsigned *at)
{
    struct vwr_vdev *v;

    while ((v = devices_next(g, at)) != NULL)
        for (unsigned i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
            if (classes[i]->id == v->kind->id)
                return v;
    return NULL;
}

/* Performs one step for each device, numbered in order; false: one has failed. */
static bool each(const struct guest *g,
                 int (*step)(struct vwr_vdev *v, uint32_t number, struct vwr_vstate *s), struct vwr_vstate *s)
{
    struct vwr_vdev *v;
    unsigned at = 0;
    bool done = true;

    while (done && (v = next(g, &at)) != NULL)
        done = step(v, at, s) == VWR_OK;
    return done;
}

static int renew(struct vwr_vdev *v, uint32_t number, struct vwr_vstate *s)
{
    return devices_renew(v);
}

/* Each device kicks its queues, and interrupts the guest once, so that no kick and no interrupt is lost. */
static unsigned restart(const struct guest *g, const struct vwr_vstate *s)
{
    struct vwr_vdev *v;
    unsigned at = 0;
    unsigned n = 0;

    if (WATCHED)
        watch_pause(true);
    for (; (v = next(g, &at)) != NULL; n++)
        vwr_vdev_restart(v, s);
    if (WATCHED)
        watch_pause(false);
    return n;
}

static void say_failed(const struct guest *g, const struct vwr_vstate *s, const char *what)
{
    static char words[WORDS_BYTES];

    vwr_vstate_explain(s, words, sizeof(words));
    console_line();
    print("hypervisor: guest %u: its devices are not %s: %s\n", g->number, what, words);
}

void state_renew(struct guest *g)
{
    struct vwr_vstate s = {.memory = memory,
                           .bytes = sizeof(memory),
                           .kind = classes,
                           .kinds = sizeof(classes) / sizeof(classes[0]),
                           .bus = g->pci != NULL ? &vwr_vpci_state : NULL};

    if (!guest_wait_for_disk(g)) /* the real disk accesses the guest's memory until then */
        return;
    window_reset(g);
    if (each(g, vwr_vdev_save, &s)) {
        s.bytes = s.done;
        s.done = 0;
        if (!each(g, renew, &s) || !each(g, vwr_vdev_load, &s) || s.done != s.bytes) {
            say_failed(g, &s, "loaded");
            guest_stop(g);
            return;
        }
        console_line();
        print("hypervisor: guest %u: %u devices saved and loaded, %u bytes\n", g->number, restart(g, &s),
              (unsigned)s.bytes);
    } else {
        say_failed(g, &s, "saved");
        (void)restart(g, &s);
    }
    g->state = GUEST_RUNNING;
}
