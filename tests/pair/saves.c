/* SPDX-License-Identifier: MIT */
#include "saves.h"
#include "accesses.h"
#include "check.h"
#include "ram.h"
#include "vmm_pci.h"
#include "../common/random.h"

#include "vwr/v9p.h"
#include "vwr/vblk.h"
#include "vwr/vconsole.h"
#include "vwr/vcrypto.h"
#include "vwr/ventropy.h"
#include "vwr/vcan.h"
#include "vwr/vfs.h"
#include "vwr/vgpio.h"
#include "vwr/vgpu.h"
#include "vwr/vballoon.h"
#include "vwr/vi2c.h"
#include "vwr/vinput.h"
#include "vwr/viommu.h"
#include "vwr/vmem.h"
#include "vwr/vnet.h"
#include "vwr/vscmi.h"
#include "vwr/vscsi.h"
#include "vwr/vsound.h"
#include "vwr/vspi.h"
#include "vwr/vpmem.h"
#include "vwr/vrtc.h"
#include "vwr/vstate.h"
#include "vwr/vvsock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define AREAS 64u
#define KEPT 4u
#define STATE_BYTES ((size_t)1 << 20)
#define POISON 0xa5
#define MOVES                                                                                    \
    16u /* of so many loads one finds the memory elsewhere: moving it takes longer than all else \
         */

enum {
    DISK,
    CONSOLE,
    ENTROPY,
    NET,
    INPUT,
    P9,
    FS,
    VSOCK,
    SCSI,
    SOUND,
    I2C,
    IOMMU,
    GPIO,
    PMEM,
    RTC,
    CAN,
    SPI,
    SCMI,
    GPU,
    CRYPTO,
    BALLOON,
    MEM,
    CLASSES
};

static const struct vwr_vstate_class *const classes[CLASSES] = {
    [DISK] = &vwr_vblk_state,      [CONSOLE] = &vwr_vconsole_state, [ENTROPY] = &vwr_ventropy_state,
    [NET] = &vwr_vnet_state,       [INPUT] = &vwr_vinput_state,     [P9] = &vwr_v9p_state,
    [FS] = &vwr_vfs_state,         [VSOCK] = &vwr_vvsock_state,     [I2C] = &vwr_vi2c_state,
    [GPIO] = &vwr_vgpio_state,     [RTC] = &vwr_vrtc_state,         [GPU] = &vwr_vgpu_state,
    [CRYPTO] = &vwr_vcrypto_state, [BALLOON] = &vwr_vballoon_state, [SCSI] = &vwr_vscsi_state,
    [SOUND] = &vwr_vsound_state,   [PMEM] = &vwr_vpmem_state,       [IOMMU] = &vwr_viommu_state,
    [MEM] = &vwr_vmem_state,       [CAN] = &vwr_vcan_state,         [SPI] = &vwr_vspi_state,
    [SCMI] = &vwr_vscmi_state,
};

enum flaw { NONE, NO_KICK, NO_INDEX, WRAP, NO_VECTORS, NO_FIELD };
static const char *const flaws[] = {"none", "no_kick", "no_index", "wrap", "no_vectors", "no_field"};

/* A field of a class whose values the flaw NO_FIELD does not save: one in each record behind the first part.
 */
static const struct field {
    size_t first;
    size_t record;
    size_t at;
    size_t bytes;
    size_t times; /* 0: any number of records */
    size_t tail;  /* where the record has the length of what follows it; 0: nothing does */
} fields[CLASSES] = {
    [INPUT] = {sizeof(struct vwr_state_input), sizeof(struct vwr_state_event),
               offsetof(struct vwr_state_event, value), sizeof(vwr_le32), 0, 0},
    [P9] = {sizeof(struct vwr_state_p9), sizeof(struct vwr_state_fid), offsetof(struct vwr_state_fid, open),
            sizeof(vwr_le32), 0, offsetof(struct vwr_state_fid, bytes)},
    [FS] = {sizeof(struct vwr_state_fs), sizeof(struct vwr_state_node), offsetof(struct vwr_state_node, open),
            sizeof(vwr_le32), 0, offsetof(struct vwr_state_node, bytes)},
    [I2C] = {0, sizeof(struct vwr_state_i2c), 0, sizeof(struct vwr_state_i2c)},
    [IOMMU] = {sizeof(struct vwr_state_iommu), sizeof(struct vwr_state_iommu_endpoint),
               offsetof(struct vwr_state_iommu_endpoint, domain), sizeof(vwr_le32), 1, 0},
    [SCMI] = {sizeof(struct vwr_state_scmi), sizeof(struct vwr_state_scmi_delayed),
              offsetof(struct vwr_state_scmi_delayed, header), sizeof(vwr_le32), 0,
              offsetof(struct vwr_state_scmi_delayed, bytes)},
    [CAN] = {0, sizeof(struct vwr_state_can), 0, sizeof(struct vwr_state_can)},
    [PMEM] = {0, sizeof(struct vwr_state_pmem), offsetof(struct vwr_state_pmem, size), sizeof(vwr_le64)},
    [MEM] = {0, sizeof(struct vwr_state_mem), offsetof(struct vwr_state_mem, requested), sizeof(vwr_le64), 1,
             0},
    [GPIO] = {0, sizeof(struct vwr_state_line), offsetof(struct vwr_state_line, flags), sizeof(vwr_le32)},
    [CRYPTO] = {sizeof(struct vwr_state_crypto) + sizeof(struct vwr_state_session), 1, 0, 1}, /* keys */
    [RTC] = {0, sizeof(struct vwr_state_clock), offsetof(struct vwr_state_clock, alarm_time),
             sizeof(vwr_le64)},
    [VSOCK] = {0, sizeof(struct vwr_state_vsock), offsetof(struct vwr_state_vsock, guest_cid), 1},
    [SCSI] = {sizeof(struct vwr_state_scsi), sizeof(struct vwr_state_unit),
              offsetof(struct vwr_state_unit, attention), sizeof(vwr_le32)},
    [SOUND] = {sizeof(struct vwr_state_sound), sizeof(struct vwr_state_lane),
               offsetof(struct vwr_state_lane, done), sizeof(vwr_le32)},
    [GPU] = {sizeof(struct vwr_state_gpu), sizeof(struct vwr_state_screen),
             offsetof(struct vwr_state_screen, resource), sizeof(vwr_le32), 1, 0},
    [BALLOON] = {sizeof(struct vwr_state_balloon), sizeof(vwr_le32), 0, sizeof(vwr_le32), 0, 0}, /* pages */
};

/* A device's memory, with its contents after init. */
struct area {
    uint8_t *at;
    size_t bytes;
    uint8_t *fresh;
};

/* A part of it that goes on. */
struct kept {
    void *at;
    size_t bytes;
    uint8_t value[256];
};

static struct {
    uint8_t state[STATE_BYTES];
    struct area area[VMM_SLOTS][AREAS];
    unsigned areas[VMM_SLOTS];
    struct kept kept[VMM_SLOTS][KEPT];
    unsigned keeps[VMM_SLOTS];
    bool resets[VMM_SLOTS]; /* it has files of a folder that stays, and closes them before it goes */
    bool known[VMM_SLOTS];  /* the class can be saved */
    bool busy;
    bool rests;
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

/* The counters of tests go on. */
static void keep(unsigned slot, void *at, size_t bytes)
{
    struct kept *const k = &saves.kept[slot][saves.keeps[slot]++];

    CHECK_AT_MOST(saves.keeps[slot], KEPT);
    CHECK_AT_MOST(bytes, sizeof(k->value));
    k->at = at;
    k->bytes = bytes;
}

static void forget_areas(unsigned slot)
{
    for (; saves.areas[slot] > 0; saves.areas[slot]--)
        free(saves.area[slot][saves.areas[slot] - 1].fresh);
    saves.keeps[slot] = 0;
    saves.resets[slot] = false;
}

static void add_disk(unsigned slot, struct vwr_vdev *v)
{
    struct vwr_vblk *const b = (struct vwr_vblk *)(void *)v;

    add_area(slot, b, sizeof(*b));
    add_area(slot, b->req, b->reqs * sizeof(*b->req));
    add_area(slot, b->seg, (size_t)b->reqs * b->segs * sizeof(*b->seg));
    keep(slot, &b->stats, sizeof(b->stats));
}

static void add_console(unsigned slot, struct vwr_vdev *v)
{
    struct vwr_vconsole *const c = (struct vwr_vconsole *)(void *)v;

    add_area(slot, c, sizeof(*c));
    add_area(slot, c->port, c->ports * sizeof(*c->port));
    keep(slot, &c->ignored, sizeof(c->ignored));
}

static void add_net(unsigned slot, struct vwr_vdev *v)
{
    struct vwr_vnet *const n = (struct vwr_vnet *)(void *)v;

    add_area(slot, n, sizeof(*n));
    keep(slot, &n->stats, sizeof(n->stats));
}

static void add_entropy(unsigned slot, struct vwr_vdev *v)
{
    add_area(slot, v, sizeof(struct vwr_ventropy));
}

static void add_input(unsigned slot, struct vwr_vdev *v)
{
    struct vwr_vinput *const in = (struct vwr_vinput *)(void *)v;

    add_area(slot, in, sizeof(*in));
    add_area(slot, in->options.event, in->options.event_count * sizeof(*in->options.event));
    keep(slot, &in->stats, sizeof(in->stats));
}

/* The device is a service. */
static void add_messages(unsigned slot, struct vwr_vdev *v)
{
    const struct vwr_service *const s = (struct vwr_service *)(void *)v;

    add_area(slot, s->message, s->messages * sizeof(*s->message));
    add_area(slot, s->seg, (s->messages + (size_t)1) * s->segs * sizeof(*s->seg));
}

static void add_9p(unsigned slot, struct vwr_vdev *v)
{
    struct vwr_v9p *const p = (struct vwr_v9p *)(void *)v;

    add_area(slot, p, sizeof(*p));
    add_area(slot, p->fid, p->fids * sizeof(*p->fid));
    add_area(slot, p->call, p->requests * sizeof(*p->call));
    add_messages(slot, v);
    keep(slot, &p->stats, sizeof(p->stats));
    saves.resets[slot] = true;
}

static void add_fs(unsigned slot, struct vwr_vdev *v)
{
    struct vwr_vfs *const f = (struct vwr_vfs *)(void *)v;

    add_area(slot, f, sizeof(*f));
    add_area(slot, f->node, f->nodes * sizeof(*f->node));
    add_area(slot, f->call, f->requests * sizeof(*f->call));
    add_messages(slot, v);
    keep(slot, &f->stats, sizeof(f->stats));
    saves.resets[slot] = true;
}

static void add_vsock(unsigned slot, struct vwr_vdev *v)
{
    struct vwr_vvsock *const so = (struct vwr_vvsock *)(void *)v;
    const struct vwr_sockets_memory *const m = &so->sockets.memory;

    add_area(slot, so, sizeof(*so));
    add_area(slot, m->socket, m->socket_count * sizeof(*m->socket));
    add_area(slot, m->buffers, m->buffer_bytes);
}

static void add_i2c(unsigned slot, struct vwr_vdev *v)
{
    add_area(slot, v, sizeof(struct vwr_vi2c));
    add_messages(slot, v);
}

static void add_spi(unsigned slot, struct vwr_vdev *v)
{
    struct vwr_vspi *const s = (struct vwr_vspi *)(void *)v;

    add_area(slot, s, sizeof(*s));
}

static void add_scmi(unsigned slot, struct vwr_vdev *v)
{
    add_area(slot, v, sizeof(struct vwr_vscmi));
}

static void add_can(unsigned slot, struct vwr_vdev *v)
{
    struct vwr_vcan *const c = (struct vwr_vcan *)(void *)v;

    add_area(slot, c, sizeof(*c));
    keep(slot, &c->stats, sizeof(c->stats));
}

static void add_pmem(unsigned slot, struct vwr_vdev *v)
{
    add_area(slot, v, sizeof(struct vwr_vpmem));
}

static void add_iommu(unsigned slot, struct vwr_vdev *v)
{
    struct vwr_viommu *const i = (struct vwr_viommu *)(void *)v;

    add_area(slot, i, sizeof(*i));
    add_area(slot, i->endpoint, i->endpoints * sizeof(*i->endpoint));
    add_area(slot, i->domain, i->domains * sizeof(*i->domain));
    add_area(slot, i->mapping, i->mapping_count * sizeof(*i->mapping));
    add_area(slot, i->fault, i->fault_count * sizeof(*i->fault));
    keep(slot, &i->stats, sizeof(i->stats));
}

static void add_gpio(unsigned slot, struct vwr_vdev *v)
{
    struct vwr_vgpio *const g = (struct vwr_vgpio *)(void *)v;

    add_area(slot, g, sizeof(*g));
    add_area(slot, g->lines, g->line_count * sizeof(*g->lines));
    add_messages(slot, v);
}

static void add_crypto(unsigned slot, struct vwr_vdev *v)
{
    struct vwr_vcrypto *const c = (struct vwr_vcrypto *)(void *)v;
    const struct vwr_vcrypto_options *const o = &c->options;

    add_area(slot, c, sizeof(*c));
    add_area(slot, o->session, o->session_count * sizeof(*o->session));
    add_area(slot, o->buffer, o->buffer_bytes);
    add_area(slot, o->keys, o->keys_bytes);
    add_messages(slot, v);
    keep(slot, &c->stats, sizeof(c->stats));
}

static void add_rtc(unsigned slot, struct vwr_vdev *v)
{
    struct vwr_vrtc *const r = (struct vwr_vrtc *)(void *)v;

    add_area(slot, r, sizeof(*r));
    add_area(slot, r->clocks, r->clock_count * sizeof(*r->clocks));
}

/* The table of units is the VMM's, but for what the device keeps in it. */
static void add_scsi(unsigned slot, struct vwr_vdev *v)
{
    struct vwr_vscsi *const h = (struct vwr_vscsi *)(void *)v;

    add_area(slot, h, sizeof(*h));
    add_area(slot, h->call, h->requests * sizeof(*h->call));
    add_messages(slot, v);
    for (unsigned i = 0; i < h->t10.units; i++) {
        add_area(slot, &h->t10.unit[i].attention, sizeof(h->t10.unit[i].attention));
        add_area(slot, &h->t10.unit[i].events, sizeof(h->t10.unit[i].events));
    }
    keep(slot, &h->stats, sizeof(h->stats));
}

static void add_sound(unsigned slot, struct vwr_vdev *v)
{
    add_area(slot, v, sizeof(struct vwr_vsound));
}

static void add_gpu(unsigned slot, struct vwr_vdev *v)
{
    struct vwr_vgpu *const g = (struct vwr_vgpu *)(void *)v;

    add_area(slot, g, sizeof(*g));
    add_area(slot, g->scanout, g->scanouts * sizeof(*g->scanout));
    add_area(slot, g->resource, g->resources * sizeof(*g->resource));
    add_area(slot, g->entry, g->backing.none.gap.key * sizeof(*g->entry));
    add_area(slot, g->memory, g->pixels.none.gap.key * (size_t)VWR_VGPU_ALIGN);
}

/* The VMM of a new process has no pages: the old device returns all of them. */
static void add_balloon(unsigned slot, struct vwr_vdev *v)
{
    struct vwr_vballoon *const b = (struct vwr_vballoon *)(void *)v;

    add_area(slot, b, sizeof(*b));
    add_area(slot, b->map, b->words * sizeof(*b->map));
    saves.resets[slot] = true;
}

/* The VMM keeps the memory of plugged blocks. */
static void add_mem(unsigned slot, struct vwr_vdev *v)
{
    struct vwr_vmem *const m = (struct vwr_vmem *)(void *)v;

    add_area(slot, m, sizeof(*m));
    add_area(slot, m->blocks.table[0], 2 * (size_t)m->most * sizeof(*m->blocks.table[0]));
}

static void (*const add[CLASSES])(unsigned slot, struct vwr_vdev *v) = {
    [DISK] = add_disk,   [CONSOLE] = add_console, [ENTROPY] = add_entropy, [NET] = add_net,
    [INPUT] = add_input, [P9] = add_9p,           [FS] = add_fs,           [VSOCK] = add_vsock,
    [I2C] = add_i2c,     [GPIO] = add_gpio,       [RTC] = add_rtc,         [GPU] = add_gpu,
    [SCSI] = add_scsi,   [SOUND] = add_sound,     [CRYPTO] = add_crypto,   [BALLOON] = add_balloon,
    [CAN] = add_can,     [SPI] = add_spi,         [SCMI] = add_scmi,       [PMEM] = add_pmem,
    [IOMMU] = add_iommu, [MEM] = add_mem,
};

static unsigned class_of(uint32_t id)
{
    unsigned class = 0;

    while (class < CLASSES && classes[class]->id != id)
        class ++;
    return class;
}

static void added(unsigned slot, struct vwr_vdev *v)
{
    const unsigned class = class_of(v->kind->id);

    forget_areas(slot);
    saves.known[slot] = class < CLASSES;
    if (!saves.known[slot])
        return;
    add[class](slot, v);
    keep(slot, &v->stats, sizeof(v->stats));
    keep(slot, &v->tickets, sizeof(v->tickets)); /* which a VMM would forget */
    if (v->bus != NULL) {
        add_area(slot, vmm_pci_function(slot), sizeof(struct vwr_vpci));
        add_area(slot, vmm_pci_function(slot)->vector,
                 vmm_pci_function(slot)->vectors * sizeof(struct vwr_vpci_vector));
    }
    add_area(slot, v->queue, v->queues * sizeof(*v->queue));
    for (unsigned i = 0; i < v->queues; i++)
        add_area(slot, v->queue[i].done, v->queue[i].max * sizeof(struct vwr_vqueue_entry));
}

/* Buffers that were seen and not taken are counted when they are seen again. */
static void renew(unsigned slot)
{
    static struct vwr_vqueue_stats queue[64];
    struct vwr_vdev *const v = vmm.slot[slot];

    for (unsigned i = 0; i < v->queues; i++) {
        queue[i] = v->queue[i].stats;
        queue[i].chains -= v->queue[i].avail_idx - v->queue[i].last_avail;
    }
    for (unsigned i = 0; i < saves.keeps[slot]; i++)
        memcpy(saves.kept[slot][i].value, saves.kept[slot][i].at, saves.kept[slot][i].bytes);
    if (saves.resets[slot])
        vwr_vdev_reset(v);
    for (unsigned i = 0; i < saves.areas[slot]; i++) {
        const struct area *const a = &saves.area[slot][i];

        memset(a->at, POISON, a->bytes);
        memcpy(a->at, a->fresh, a->bytes);
    }
    for (unsigned i = 0; i < saves.keeps[slot]; i++)
        memcpy(saves.kept[slot][i].at, saves.kept[slot][i].value, saves.kept[slot][i].bytes);
    for (unsigned i = 0; i < v->queues; i++)
        v->queue[i].stats = queue[i];
}

static void drop_field(unsigned class, uint8_t *value, size_t bytes)
{
    const struct field *const f = &fields[class];

    size_t n = 0;

    for (size_t at = f->first; f->record != 0 && at + f->record <= bytes; at += f->record) {
        vwr_le16 tail;

        if (f->times != 0 && n++ == f->times)
            break;
        memset(value + at + f->at, 0, f->bytes);
        memcpy(&tail, value + at + f->tail, sizeof(tail));
        at += f->tail != 0 ? vwr_le16_to_cpu(tail) : 0;
    }
}

/* Corrupts a state as if its writer or reader had a flaw. */
static void spoil(struct vwr_vstate *s)
{
    struct vwr_admin_dev_part_hdr h;
    struct vwr_state_device device = {0};

    for (size_t at = 0; at < s->done; at += sizeof(h) + vwr_le32_to_cpu(h.length)) {
        uint8_t *const value = saves.state + at + sizeof(h);
        struct vwr_state_queue q;

        memcpy(&h, saves.state + at, sizeof(h));
        if (saves.flaw == NO_VECTORS && vwr_le16_to_cpu(h.part_type) == VWR_STATE_PART_PCI)
            memset(value + sizeof(struct vwr_state_pci), 0,
                   vwr_le32_to_cpu(h.length) - sizeof(struct vwr_state_pci));
        if (vwr_le16_to_cpu(h.part_type) == VWR_STATE_PART_DEVICE)
            memcpy(&device, value, sizeof(device));
        if (saves.flaw == NO_FIELD && vwr_le16_to_cpu(h.part_type) == VWR_STATE_PART_CLASS)
            drop_field(class_of(vwr_le16_to_cpu(device.device_id)), value, vwr_le32_to_cpu(h.length));
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
    if (saves.busy || saves.rests || !can_save())
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

void saves_rest(bool rests)
{
    saves.rests = rests;
}

void saves_once(void)
{
    saves.busy = true;
    save_and_load();
    saves.busy = false;
}

void saves_end(void)
{
    printf("%u points, %u saves and loads, %zu bytes at most\n", saves.points, saves.saves, saves.most);
}
