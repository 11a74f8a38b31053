/* SPDX-License-Identifier: MIT */
#include "vnet_switch_common.h"

/*
 * Where addresses are: a table in which each has a few places next to each other. No port can have more than
 * its share, and none takes a place from another.
 */

static uint32_t vroute_first(uint64_t mac)
{
    const uint32_t mixed =
        ((uint32_t)mac ^ (uint32_t)(mac >> 24)) * 2654435761u; /* not the specification's */

    return mixed >> 16 ^ mixed >> 8;
}

static struct vwr_vnet_route *vroute_at(const struct vwr_vnet_switch *sw, uint32_t first, unsigned i)
{
    return &sw->route[(first + i) & sw->mask];
}

static struct vwr_vnet_route *vroute_find(const struct vwr_vnet_switch *sw, uint64_t mac)
{
    const uint32_t first = vroute_first(mac);

    for (unsigned i = 0; i < VWR_VNET_SWITCH_PROBES; i++)
        if (vroute_at(sw, first, i)->mac == mac)
            return vroute_at(sw, first, i);
    return NULL;
}

struct vwr_vnet_port *vwr_vnet_find_route(const struct vwr_vnet_switch *sw, uint64_t mac)
{
    const struct vwr_vnet_route *const r = vroute_find(sw, mac);

    return r != NULL ? r->port : NULL;
}

static void vroute_clear(struct vwr_vnet_route *r)
{
    if (!r->fixed && r->port != NULL)
        r->port->learned--;
    r->mac = 0;
    r->port = NULL;
    r->fixed = false;
}

static void vroute_set(struct vwr_vnet_route *r, struct vwr_vnet_port *port, uint64_t mac, bool fixed)
{
    r->mac = mac;
    r->port = port;
    r->tick = port->sw->ticks;
    r->fixed = fixed;
    port->learned = (uint16_t)(port->learned + !fixed);
}

/* A place for another address of the port: one that is free, or its own that was not seen for the longest
 * time; NULL: there is none. */
static struct vwr_vnet_route *vroute_place(const struct vwr_vnet_port *port, uint64_t mac)
{
    const struct vwr_vnet_switch *const sw = port->sw;
    const uint32_t first = vroute_first(mac);
    struct vwr_vnet_route *oldest = NULL;

    for (unsigned i = 0; i < VWR_VNET_SWITCH_PROBES; i++) {
        struct vwr_vnet_route *const r = vroute_at(sw, first, i);

        if (r->mac == 0 && port->learned < sw->learn_max)
            return r;
        if (r->port == port && !r->fixed &&
            (oldest == NULL || sw->ticks - r->tick > sw->ticks - oldest->tick))
            oldest = r;
    }
    return oldest;
}

void vwr_vnet_learn_route(struct vwr_vnet_port *port, uint64_t mac)
{
    struct vwr_vnet_switch *const sw = port->sw;
    struct vwr_vnet_route *r = vroute_find(sw, mac);

    if (r != NULL && r->fixed)
        return;
    if (r != NULL && r->port != port) { /* it has moved */
        vroute_clear(r);
        sw->generation++;
        r = NULL;
    }
    if (r == NULL) {
        r = vroute_place(port, mac);
        if (r == NULL)
            return;
        if (r->mac != 0) {
            vroute_clear(r);
            sw->generation++;
        }
        vroute_set(r, port, mac, false);
    }
    r->tick = sw->ticks;
}

int vwr_vnet_fix_route(struct vwr_vnet_port *port, uint64_t mac)
{
    struct vwr_vnet_switch *const sw = port->sw;
    const uint32_t first = vroute_first(mac);
    struct vwr_vnet_route *r = vroute_find(sw, mac);

    if (r != NULL && r->fixed)
        return VWR_EBUSY;
    for (unsigned i = 0; r == NULL && i < VWR_VNET_SWITCH_PROBES; i++)
        if (!vroute_at(sw, first, i)->fixed)
            r = vroute_at(sw, first, i);
    if (r == NULL)
        return VWR_EFULL;
    vroute_clear(r);
    vroute_set(r, port, mac, true);
    sw->generation++;
    return VWR_OK;
}

void vwr_vnet_forget_routes(struct vwr_vnet_port *port, bool fixed)
{
    struct vwr_vnet_switch *const sw = port->sw;

    for (uint32_t i = 0; i <= sw->mask; i++)
        if (sw->route[i].port == port && (fixed || !sw->route[i].fixed))
            vroute_clear(&sw->route[i]);
    sw->generation++;
}

void vwr_vnet_age_routes(struct vwr_vnet_switch *sw)
{
    for (uint32_t i = 0; i <= sw->mask; i++) {
        struct vwr_vnet_route *const r = &sw->route[i];

        if (r->mac != 0 && !r->fixed && sw->ticks - r->tick > sw->age)
            vroute_clear(r);
    }
    sw->generation++; /* and who sends on is learned again */
}
