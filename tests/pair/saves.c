/* SPDX-License-Identifier: MIT */
#include "saves.h"
#include "accesses.h"
#include "check.h"
#include "ram.h"
#include "vmm_pci.h"
#include "../common/random.h"

#include "vwr/vblk.h"
#include "vwr/vconsole.h"
#include "vwr/ventropy.h"
#include "vwr/vi2c.h"
#include "vwr/vnet.h"
#include "vwr/vstate.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define AREAS 64u
#define STATE_BYTES ((size_t)1 << 20)
#define POISON 0xa5
#define MOVES                                                                                    \
    16u /* of so many loads one finds the memory elsewhere: moving it takes longer than all else \
         */

static const struct vwr_vstate_class *const classes[] = {
    &vwr_vblk_state, &vwr_vconsole_state, &vwr_ventropy_state, &vwr_vnet_state, &vwr_vi2c_state,
};
#define CLASSES (sizeof(classes) / sizeof(classes[0]))

enum flaw { NONE, NO_KICK, NO_INDEX, WRAP, NO_VECTORS, NO_CLASS };
static const char *const flaws[] = {"none", "no_kick", "no_index", "wrap", "no_vectors", "no_class"};

/* Memory of a device, with its contents after its init. */
struct area {
    uint8_t *at;
    size_t bytes;
    uint8_t *fresh;
};

static struct {
    uint8_t state[STATE_BYTES];
    struct area area[VMM_SLOTS][AREAS];
    unsigned areas[VMM_SLOTS];
    bool known[VMM_SLOTS]; /* the class can be saved */
    bool busy;
    uint64_t random;
    uint32_t period;
    enum flaw flaw;
    unsigned points;
    unsigned saves;
    size_t most;
} saves;

static void add_area(unsigned slot, void *at, size_t bytes)
{
    struct area *const a = &saves.area[slot][saves.areas[slot]++];

    CHECK_AT_MOST(saves.areas[slot], AREAS);
    a->at = at;
    a->bytes = bytes;
    a->fresh = malloc(bytes);
    CHECK(a->fresh != NULL);
    memcpy(a->fresh, at, bytes);
}

static void forget_areas(unsigned slot)
{
    for (; saves.areas[slot] > 0; saves.areas[slot]--)
        free(saves.area[slot][saves.areas[slot] - 1].fresh);
}

/* Memory of a class beside its own structure. */
static void add_disk(unsigned slot, struct vwr_vdev *v)
{
    struct vwr_vblk *const b = (struct vwr_vblk *)(void *)v;

    add_area(slot, b->req, b->reqs * sizeof(*b->req));
    add_area(slot, b->seg, (size_t)b->reqs * b->segs * sizeof(*b->seg));
}

static void add_console(unsigned slot, struct vwr_vdev *v)
{
    struct vwr_vconsole *const c = (struct vwr_vconsole *)(void *)v;

    add_area(slot, c->port, c->ports * sizeof(*c->port));
}

static void add_messages(unsigned slot, struct vwr_vdev *v)
{
    const struct vwr_service *const s = (struct vwr_service *)(void *)v;

    add_area(slot, s->message, s->messages * sizeof(*s->message));
    add_area(slot, s->seg, (s->messages + (size_t)1) * s->segs * sizeof(*s->seg));
}

/* A class: its structure, memory beside it, and its counters, which go on. */
#define COUNTERS(type, member) offsetof(type, member), sizeof(((type *)NULL)->member)
static const struct known {
    uint32_t id;
    size_t bytes;
    void (*add)(unsigned slot, struct vwr_vdev *v);
    size_t stats_at;
    size_t stats_bytes;
} known[] = {
    {VWR_BLK_ID, sizeof(struct vwr_vblk), add_disk, COUNTERS(struct vwr_vblk, stats)},
    {VWR_CONSOLE_ID, sizeof(struct vwr_vconsole), add_console, COUNTERS(struct vwr_vconsole, ignored)},
    {VWR_ENTROPY_ID, sizeof(struct vwr_ventropy), NULL, 0, 0},
    {VWR_I2C_ID, sizeof(struct vwr_vi2c), add_messages, 0, 0},
    {VWR_NET_ID, sizeof(struct vwr_vnet), NULL, COUNTERS(struct vwr_vnet, stats)},
};

static const struct known *known_of(const struct vwr_vdev *v)
{
    for (unsigned i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        if (known[i].id == v->kind->id)
            return &known[i];
    return NULL;
}

static void added(unsigned slot, struct vwr_vdev *v)
{
    const struct known *const k = known_of(v);

    forget_areas(slot);
    saves.known[slot] = k != NULL;
    if (k == NULL)
        return;
    add_area(slot, v, k->bytes);
    if (k->add != NULL)
        k->add(slot, v);
    if (v->bus != NULL) {
        add_area(slot, vmm_pci_function(slot), sizeof(struct vwr_vpci));
        add_area(slot, vmm_pci_function(slot)->vector,
                 vmm_pci_function(slot)->vectors * sizeof(struct vwr_vpci_vector));
    }
    add_area(slot, v->queue, v->queues * sizeof(*v->queue));
    for (unsigned i = 0; i < v->queues; i++)
        add_area(slot, v->queue[i].done, VWR_VQUEUE_OWN_BYTES(v->queue[i].max));
}

/*
 * The counters of tests go on, and so do the tickets, which a VMM would forget. Buffers that were seen and
 * not taken are counted when they are seen again.
 */
static void renew(unsigned slot)
{
    static struct vwr_vqueue_stats queue[64];
    static uint8_t counters[sizeof(struct vwr_vnet_stats) + sizeof(struct vwr_vblk_stats)];
    struct vwr_vdev *const v = vmm.slot[slot];
    const struct known *const k = known_of(v);
    const struct vwr_vdev_stats stats = v->stats;
    const uint64_t tickets = v->tickets;

    CHECK_AT_MOST(k->stats_bytes, sizeof(counters));
    memcpy(counters, (uint8_t *)v + k->stats_at, k->stats_bytes);
    for (unsigned i = 0; i < v->queues; i++) {
        queue[i] = v->queue[i].stats;
        queue[i].chains -= v->queue[i].avail_idx - v->queue[i].last_avail;
    }
    for (unsigned i = 0; i < saves.areas[slot]; i++) {
        const struct area *const a = &saves.area[slot][i];

        memset(a->at, POISON, a->bytes);
        memcpy(a->at, a->fresh, a->bytes);
    }
    v->stats = stats;
    v->tickets = tickets;
    memcpy((uint8_t *)v + k->stats_at, counters, k->stats_bytes);
    for (unsigned i = 0; i < v->queues; i++)
        v->queue[i].stats = queue[i];
}

/* Spoils a state as if its writer or reader had a flaw. */
static void spoil(struct vwr_vstate *s)
{
    struct vwr_admin_dev_part_hdr h;

    for (size_t at = 0; at < s->done; at += sizeof(h) + vwr_le32_to_cpu(h.length)) {
        uint8_t *const value = saves.state + at + sizeof(h);
        struct vwr_state_queue q;

        memcpy(&h, saves.state + at, sizeof(h));
        if (saves.flaw == NO_VECTORS && vwr_le16_to_cpu(h.part_type) == VWR_STATE_PART_PCI)
            memset(value + sizeof(struct vwr_state_pci), 0,
                   vwr_le32_to_cpu(h.length) - sizeof(struct vwr_state_pci));
        if (saves.flaw == NO_CLASS && vwr_le16_to_cpu(h.part_type) == VWR_STATE_PART_CLASS)
            memset(value, 0, vwr_le32_to_cpu(h.length));
        if (vwr_le16_to_cpu(h.part_type) != VWR_STATE_PART_QUEUE)
            continue;
        memcpy(&q, value, sizeof(q));
        if (q.flags == 0) /* nothing was taken yet */
            continue;
        if (saves.flaw == NO_INDEX)
            q.avail = q.used = 0;
        if (saves.flaw == WRAP) {
            q.avail ^= vwr_cpu_to_le16(0x8000);
            q.used ^= vwr_cpu_to_le16(0x8000);
        }
        memcpy(value, &q, sizeof(q));
    }
}

static void check_result(const struct vwr_vstate *s, int r)
{
    char text[300];

    if (r == VWR_OK)
        return;
    (void)vwr_vstate_explain(s, text, sizeof(text));
    check_failed(__FILE__, __LINE__, "point %u: %s: %s", saves.points, vwr_strerror(r), text);
}

static void load_without_kick(struct vwr_vstate *s)
{
    s->done = 0;
    for (unsigned slot = 0; slot < VMM_SLOTS; slot++)
        if (vmm.slot[slot] != NULL)
            check_result(s, vwr_vdev_load(vmm.slot[slot], slot, s));
}

static void save_and_load(void)
{
    struct vwr_vstate s = {.memory = saves.state,
                           .bytes = STATE_BYTES,
                           .kind = classes,
                           .kinds = CLASSES,
                           .bus = &vwr_vpci_state};

    check_result(&s, vwr_vm_save(&vmm, &s));
    saves.most = s.done > saves.most ? s.done : saves.most;
    spoil(&s);
    for (unsigned slot = 0; slot < VMM_SLOTS; slot++)
        if (vmm.slot[slot] != NULL)
            renew(slot);
    if (random_below(&saves.random, MOVES) == 0)
        ram_move();
    vmm_forget();
    s.bytes = s.done;
    if (saves.flaw == NO_KICK)
        load_without_kick(&s);
    else
        check_result(&s, vwr_vm_load(&vmm, &s));
    saves.saves++;
}

static bool can_save(void)
{
    bool some = false;

    for (unsigned slot = 0; slot < VMM_SLOTS; slot++)
        if (vmm.slot != NULL && vmm.slot[slot] != NULL) {
            if (!saves.known[slot])
                return false;
            some = true;
        }
    return some;
}

/* Nothing of a device is running. */
static void point(void)
{
    if (saves.busy || !can_save())
        return;
    saves.points++;
    if (random_below(&saves.random, saves.period) != 0)
        return;
    saves.busy = true;
    save_and_load();
    saves.busy = false;
}

/* The devices have the memory elsewhere, so this is a driver. */
void accesses_store(void *p, size_t bytes, bool range)
{
    (void)bytes;
    (void)range;
    if (ram_is_ring(p))
        point();
}

void accesses_load(void *p, size_t bytes, bool range)
{
    (void)p;
    (void)bytes;
    (void)range;
}

void saves_begin(int count, char **arguments)
{
    CHECK(count >= 2);
    saves.period = (uint32_t)atoi(arguments[0]);
    saves.random = (uint64_t)atoi(arguments[1]);
    CHECK(saves.period != 0);
    for (unsigned i = 0; count > 2 && i < sizeof(flaws) / sizeof(flaws[0]); i++)
        if (strcmp(arguments[2], flaws[i]) == 0)
            saves.flaw = (enum flaw)i;
    CHECK(count == 2 || saves.flaw != NONE);
    vmm_accessed = point;
    vmm_added = added;
}

void saves_end(void)
{
    printf("%u points, %u saves and loads, %zu bytes at most\n", saves.points, saves.saves, saves.most);
}
