/* SPDX-License-Identifier: MIT */
#include "vwr/vconsole.h"
#include "vplan.h"

#include "hyp.h"

/*
 * A guest's console, hvc0: transfers output and keys as space allows; console.c manages the focus of the
 * UART.
 */
#define OUTPUT_BYTES 128u /* bytes each time the lock is held; each byte may become a line */
#define KEYS 8u           /* keys each time the lock is held; each key may take a buffer */

/* Limited each time the lock is held, and by the available space; the rest waits. */
static uint32_t output(struct vwr_vconsole *c, unsigned port, const uint8_t *bytes, uint32_t n)
{
    struct guest *const g = devices_guest(&c->dev);
    uint32_t i;

    for (i = 0; i < n && g->said < OUTPUT_BYTES && console_has_room(); i++, g->said++)
        console_output(g, (char)bytes[i]);
    if (i < n)
        guest_go_on(g, TO_DO_OUTPUT);
    return i;
}

/* Keys for which the guest had no buffers. */
static void input_wanted(struct vwr_vconsole *c, unsigned port)
{
    struct guest *const g = devices_guest(&c->dev);
    unsigned n;

    for (n = 0; n < KEYS && g->key_first != g->key_end; n++) {
        if (vwr_vconsole_input_locked(c, port, &g->key[g->key_first % GUEST_KEYS], 1) == 0)
            return;
        g->key_first++;
    }
    if (n == KEYS)
        devices_again(&c->dev, VWR_CONSOLE_QUEUE_RECEIVEQ);
}

void hvc_offer(struct vwr_vplan_host *host)
{
    static const struct vwr_vconsole_ops ops = {.output = output, .input_wanted = input_wanted};

    host->console = &ops;
}

void hvc_key(struct guest *g, uint8_t key)
{
    if (g->key_end - g->key_first < GUEST_KEYS)
        g->key[g->key_end++ % GUEST_KEYS] = key;
    if (g->console != NULL)
        input_wanted((struct vwr_vconsole *)g->console, 0);
}

void hvc_go_on(struct guest *g)
{
    vwr_vconsole_resume((struct vwr_vconsole *)g->console, 0);
}

void hvc_reset(struct guest *g)
{
    g->key_first = g->key_end;
}
