/* SPDX-License-Identifier: MIT */
#include "vnet_switch_common.h"

/*
 * Address table: buckets of VWR_VNET_SWITCH_PROBES entries. A hash with the VMM's key selects the bucket of
 * an address. A port can occupy at most its share of the table and of a bucket, and no port can evict the
 * entries of another below half of that share.
 */

#define VROUTE_PIECE 16u /* number of address bits per word of the key */
#define VROUTE_SPREAD 2654435761u

/*
 * First entry of the address's bucket. A sum of products with a secret key is equal for two addresses only by
 * chance. Mixing its bits then hides which other addresses collide.
 */
static uint32_t vroute_first(const struct vwr_vnet_switch *sw, uint64_t mac)
{
    uint32_t sum = sw->key[0];

    for (unsigned i = 1; i < VWR_VNET_SWITCH_KEY; i++) {
        sum += sw->key[i] * (uint16_t)mac;
        mac >>= VROUTE_PIECE;
    }
    sum = (sum ^ sum >> VROUTE_PIECE) * VROUTE_SPREAD;
    return (sum >> VROUTE_PIECE) * VWR_VNET_SWITCH_PROBES & sw->mask;
}

static struct vwr_vnet_route *vroute_find(const struct vwr_vnet_switch *sw, uint64_t mac)
{
    struct vwr_vnet_route *const bucket = &sw->route[vroute_first(sw, mac)];

    for (unsigned i = 0; i < VWR_VNET_SWITCH_PROBES; i++)
        if (bucket[i].mac == mac)
            return &bucket[i];
    return NULL;
}

struct vwr_vnet_port *vwr_vnet_find_route_(const struct vwr_vnet_switch *sw, uint64_t mac)
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

/* Counts the learned entries of a port in a bucket, and finds the least recently seen one. */
static unsigned vroute_count(struct vwr_vnet_route *bucket, const struct vwr_vnet_port *port,
                             struct vwr_vnet_route **oldest)
{
    unsigned count = 0;

    for (unsigned i = 0; i < VWR_VNET_SWITCH_PROBES; i++) {
        struct vwr_vnet_route *const r = &bucket[i];

        if (r->port != port || r->fixed)
            continue;
        if (count++ == 0 || port->sw->ticks - r->tick > port->sw->ticks - (*oldest)->tick)
            *oldest = r;
    }
    return count;
}

/*
 * In a full bucket, finds an entry of the port with the most entries. NULL: that port has no more than its
 * protected share.
 */
static struct vwr_vnet_route *vroute_of_largest(struct vwr_vnet_route *bucket)
{
    unsigned most = VWR_VNET_SWITCH_SHARE / 2u;
    struct vwr_vnet_route *found = NULL;

    for (unsigned i = 0; i < VWR_VNET_SWITCH_PROBES; i++) {
        struct vwr_vnet_route *oldest = NULL;
        const unsigned count = vroute_count(bucket, bucket[i].port, &oldest);

        if (count > most) {
            most = count;
            found = oldest;
        }
    }
    return found;
}

/* Finds an entry for another address of the port; NULL: there is none. */
static struct vwr_vnet_route *vroute_place(const struct vwr_vnet_port *port, uint64_t mac)
{
    const struct vwr_vnet_switch *const sw = port->sw;
    struct vwr_vnet_route *const bucket = &sw->route[vroute_first(sw, mac)];
    struct vwr_vnet_route *own = NULL;
    const unsigned count = vroute_count(bucket, port, &own);

    if (count >= VWR_VNET_SWITCH_SHARE || port->learned >= sw->learn_max)
        return own;
    for (unsigned i = 0; i < VWR_VNET_SWITCH_PROBES; i++)
        if (bucket[i].mac == 0)
            return &bucket[i];
    return count >= VWR_VNET_SWITCH_SHARE / 2u ? own : vroute_of_largest(bucket);
}

void vwr_vnet_learn_route_(struct vwr_vnet_port *port, uint64_t mac)
{
    struct vwr_vnet_switch *const sw = port->sw;
    struct vwr_vnet_route *r = vroute_find(sw, mac);

    if (r != NULL && r->fixed)
        return;
    if (r != NULL && r->port != port) { /* the address has moved to another port */
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

/*
 * Finds an entry for an address that the VMM assigns to a port, either free or learned; NULL: there is none.
 */
static struct vwr_vnet_route *vroute_place_fixed(struct vwr_vnet_route *bucket)
{
    struct vwr_vnet_route *learned = NULL;

    for (unsigned i = 0; i < VWR_VNET_SWITCH_PROBES; i++) {
        if (bucket[i].mac == 0)
            return &bucket[i];
        if (!bucket[i].fixed)
            learned = &bucket[i];
    }
    return learned;
}

int vwr_vnet_fix_route_(struct vwr_vnet_port *port, uint64_t mac)
{
    struct vwr_vnet_switch *const sw = port->sw;
    struct vwr_vnet_route *r = vroute_find(sw, mac);

    if (r != NULL && r->fixed)
        return VWR_EBUSY;
    if (r == NULL)
        r = vroute_place_fixed(&sw->route[vroute_first(sw, mac)]);
    if (r == NULL)
        return VWR_EFULL;
    vroute_clear(r);
    vroute_set(r, port, mac, true);
    sw->generation++;
    return VWR_OK;
}

void vwr_vnet_forget_routes_(struct vwr_vnet_port *port, bool fixed)
{
    struct vwr_vnet_switch *const sw = port->sw;

    for (uint32_t i = 0; i <= sw->mask; i++)
        if (sw->route[i].port == port && (fixed || !sw->route[i].fixed))
            vroute_clear(&sw->route[i]);
    sw->generation++;
}

void vwr_vnet_age_routes_(struct vwr_vnet_switch *sw)
{
    for (uint32_t i = 0; i <= sw->mask; i++) {
        struct vwr_vnet_route *const r = &sw->route[i];

        if (r->mac != 0 && !r->fixed && sw->ticks - r->tick > sw->age)
            vroute_clear(r);
    }
    sw->generation++; /* senders that continue to send are learned again */
}
