/* SPDX-License-Identifier: MIT */
#include "iommu_world.h"

#include "vwr/gen/features.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/split_ring.h"
#include "vwr/gen/status.h"
#include "vwr/vm.h"
#include "vwr/vmmio.h"
#include "vwr/vpci.h"

#include <setjmp.h>
#include <string.h>
#include <sys/mman.h>

#define IOMMU_BYTES 0x10000u
#define REQUEST (IOMMU_RAM + 0x8000u)
#define ANSWER (REQUEST + 0x100u)
#define EVENT (REQUEST + 0x1000u)
#define EVENTS 2u
#define SIZE 64u /* of a queue, at most */
#define TURNS 1000u

struct iommu_world w;
_Alignas(4096) struct iommu_ram ram;

static _Alignas(16) uint8_t own_ram[IOMMU_BYTES];
static struct vwr_vqueue iommu_queue[VWR_VIOMMU_QUEUES];
static struct vwr_vqueue_entry iommu_own[VWR_VIOMMU_QUEUES * GUEST_QUEUE_MAX];
static struct vwr_vqueue_entry own[GUEST_QUEUES * SIZE];

/* What the machine has at these addresses, and what the driver of the device sees at its own. */
static struct vwr_memory_region machine_regions[] = {
    {IOMMU_RAM, sizeof(own_ram), own_ram},           {RINGS_AT - SHIFT, sizeof(ram.rings), ram.rings},
    {OUT_AT - SHIFT, sizeof(ram.out), ram.out},      {IN_AT - SHIFT, sizeof(ram.in), ram.in},
    {FRAMING_PAGES, sizeof(ram.placed), ram.placed}, {TABLE_AT - SHIFT, sizeof(ram.table), ram.table},
};
static struct vwr_memory_region seen_regions[] = {
    {FRAMING_PAGES, sizeof(ram.placed), ram.placed},
    {RINGS_AT, sizeof(ram.rings), ram.rings},
    {OUT_AT, sizeof(ram.out), ram.out},
    {IN_AT, sizeof(ram.in), ram.in},
    {TABLE_AT, sizeof(ram.table), ram.table},
};

/* ---- what the back ends report ---- */

void framing_saw(const void *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        w.sum = w.sum * 31u + ((const uint8_t *)bytes)[i] + 1u;
    w.bytes += (uint32_t)n;
}

void framing_saw_number(uint64_t number)
{
    framing_saw(&number, sizeof(number));
}

uint8_t framing_pattern(size_t at)
{
    return (uint8_t)(at * 13u + (at >> 8) * 7u + 3u);
}

/* ---- parts ---- */

static void *host_of(enum part part, size_t *bytes)
{
    static const struct {
        uint8_t *at;
        size_t bytes;
    } places[] = {[OUT] = {ram.out, sizeof(ram.out)},
                  [IN] = {ram.in, sizeof(ram.in)},
                  [TABLE] = {ram.table, sizeof(ram.table)},
                  [PLACED] = {ram.placed, sizeof(ram.placed)}};

    *bytes = places[part].bytes;
    return places[part].at;
}

void world_protect(int access)
{
    assert_int_equal(mprotect(&ram, sizeof(ram), access), 0);
}

void world_protect_part(enum part part, int access)
{
    size_t bytes;
    void *const at = host_of(part, &bytes);

    assert_int_equal(mprotect(at, bytes, access), 0);
}

uint32_t world_access(enum part part)
{
    if ((part == DESC && w.packed) || part == PLACED)
        return VWR_IOMMU_MAP_F_READ | VWR_IOMMU_MAP_F_WRITE;
    return part == DEVICE || part == IN ? VWR_IOMMU_MAP_F_WRITE : VWR_IOMMU_MAP_F_READ;
}

/* The n-th range of a part, which a ring has for each queue. */
static bool range_of(enum part part, unsigned n, uint64_t *first, uint64_t *last)
{
    static const uint64_t at[PARTS] = {
        [OUT] = OUT_AT, [IN] = IN_AT, [TABLE] = TABLE_AT, [PLACED] = FRAMING_PAGES};
    size_t bytes;

    if (part <= DEVICE) {
        *first = RINGS_AT + (uint64_t)n * RING_BYTES + (uint64_t)part * PAGE_BYTES;
        *last = *first + PAGE_BYTES - 1u;
        return n < w.g.queues;
    }
    (void)host_of(part, &bytes);
    *first = at[part];
    *last = *first + bytes - 1u;
    return n == 0;
}

unsigned world_map_part(enum part part, uint32_t flags)
{
    unsigned status = VWR_IOMMU_S_OK;
    uint64_t first;
    uint64_t last;

    for (unsigned n = 0; status == VWR_IOMMU_S_OK && range_of(part, n, &first, &last); n++)
        status = world_map(DOMAIN, first, last, part == PLACED ? first : first - SHIFT, flags);
    return status;
}

unsigned world_unmap_part(enum part part)
{
    unsigned status = VWR_IOMMU_S_OK;
    uint64_t first;
    uint64_t last;

    for (unsigned n = 0; status == VWR_IOMMU_S_OK && range_of(part, n, &first, &last); n++)
        status = world_unmap(DOMAIN, first, last);
    return status;
}

/* ---- the driver of the IOMMU ---- */

void world_iommu_write(unsigned offset, unsigned bytes, uint64_t value)
{
    guest_write(&w.i, offset, bytes, value);
}

bool world_start_iommu(void)
{
    w.i.queues = VWR_VIOMMU_QUEUES;
    memset(own_ram, 0, sizeof(own_ram));
    if (!guest_negotiate(&w.i))
        return false;
    for (unsigned n = 0; n < w.i.queues; n++) {
        struct guest_queue *const q = &w.i.q[n];

        memset(q, 0, sizeof(*q));
        q->size = 8;
        q->desc = IOMMU_RAM + 0x3000u * n;
        q->driver = q->desc + 0x1000u;
        q->device = q->desc + 0x2000u;
        if (!guest_set_queue(&w.i, n))
            return false;
    }
    guest_driver_ok(&w.i);
    for (unsigned n = 0; n < EVENTS; n++) {
        const struct guest_desc d = {EVENT + n * 64u, 64, VWR_VIRTQ_DESC_F_WRITE, 0};

        (void)guest_chain(&w.i, VWR_IOMMU_QUEUE_EVENTQ, &d, 1);
    }
    guest_kick(&w.i, VWR_IOMMU_QUEUE_EVENTQ);
    return true;
}

unsigned world_answer(void)
{
    const uint8_t *const answer = guest_at(&w.i, ANSWER, 4);
    uint32_t id;
    uint32_t len;

    world_serve();
    return guest_used(&w.i, VWR_IOMMU_QUEUE_REQUESTQ, &id, &len) ? answer[0] : NO_ANSWER;
}

static unsigned ask(const void *request, uint32_t bytes)
{
    const struct guest_desc d[] = {{REQUEST, bytes, 0, 0}, {ANSWER, 4, VWR_VIRTQ_DESC_F_WRITE, 0}};

    memcpy(guest_at(&w.i, REQUEST, bytes), request, bytes);
    memset(guest_at(&w.i, ANSWER, 4), 0xee, 4);
    (void)guest_chain(&w.i, VWR_IOMMU_QUEUE_REQUESTQ, d, 2);
    guest_kick(&w.i, VWR_IOMMU_QUEUE_REQUESTQ);
    return world_answer();
}

unsigned world_attach(uint32_t domain, uint32_t endpoint, uint32_t flags)
{
    const struct vwr_iommu_attach_msg m = {.domain = domain, .endpoint = endpoint, .flags = flags};
    struct vwr_iommu_attach_msg_form form;

    vwr_iommu_attach_msg_encode(&form, false, &m);
    return ask(&form, sizeof(form));
}

unsigned world_detach(uint32_t domain, uint32_t endpoint)
{
    const struct vwr_iommu_detach_msg m = {.domain = domain, .endpoint = endpoint};
    struct vwr_iommu_detach_msg_form form;

    vwr_iommu_detach_msg_encode(&form, false, &m);
    return ask(&form, sizeof(form));
}

unsigned world_map(uint32_t domain, uint64_t first, uint64_t last, uint64_t phys, uint32_t flags)
{
    const struct vwr_iommu_map_msg m = {
        .domain = domain, .virt_start = first, .virt_end = last, .phys_start = phys, .flags = flags};
    struct vwr_iommu_map_msg_form form;

    vwr_iommu_map_msg_encode(&form, false, &m);
    return ask(&form, sizeof(form));
}

unsigned world_unmap(uint32_t domain, uint64_t first, uint64_t last)
{
    const struct vwr_iommu_unmap_msg m = {.domain = domain, .virt_start = first, .virt_end = last};
    struct vwr_iommu_unmap_msg_form form;

    vwr_iommu_unmap_msg_encode(&form, false, &m);
    return ask(&form, sizeof(form));
}

bool world_fault(struct vwr_iommu_fault_msg *m)
{
    struct guest_desc d = {0, 64, VWR_VIRTQ_DESC_F_WRITE, 0};
    uint32_t id;
    uint32_t len;

    if (!guest_used(&w.i, VWR_IOMMU_QUEUE_EVENTQ, &id, &len))
        return false;
    d.addr = EVENT + id % EVENTS * 64u;
    assert_int_equal(len, sizeof(struct vwr_iommu_fault_msg_form));
    vwr_iommu_fault_msg_decode(guest_at(&w.i, d.addr, len), false, m);
    (void)guest_chain(&w.i, VWR_IOMMU_QUEUE_EVENTQ, &d, 1);
    guest_kick(&w.i, VWR_IOMMU_QUEUE_EVENTQ);
    return true;
}

/* ---- both devices ---- */

static void make_machine(void)
{
    const struct vwr_vm_setup s = {.ops = &w.g.ops,
                                   .context = &w.g,
                                   .name = "iommu",
                                   .region = machine_regions,
                                   .region_count = VWR_COUNT(machine_regions),
                                   .slot = w.g.slot,
                                   .slot_count = GUEST_SLOTS};

    assert_int_equal(vwr_vm_init(&w.machine, &s), VWR_OK);
}

static void make_iommu(bool starts)
{
    const struct vwr_viommu_options o = {.endpoint = w.endpoint,
                                         .endpoint_count = VWR_COUNT(w.endpoint),
                                         .domain = w.domain,
                                         .domain_count = VWR_COUNT(w.domain),
                                         .mapping = w.mapping,
                                         .mapping_count = VWR_COUNT(w.mapping),
                                         .fault = w.fault,
                                         .fault_count = VWR_COUNT(w.fault)};
    struct vwr_vdev_setup s;

    for (unsigned i = 0; i < VWR_COUNT(w.endpoint); i++) {
        w.endpoint[i].id = ENDPOINT + i;
        w.endpoint[i].pin = w.pin[i];
        w.endpoint[i].pin_count = PINS;
    }
    guest_begin(&w.i, false, false);
    w.i.vm.memory.region = machine_regions;
    w.i.vm.memory.region_count = VWR_COUNT(machine_regions);
    guest_setup(&w.i, &s);
    s.vm = &w.machine;
    s.queue = iommu_queue;
    s.queue_count = VWR_COUNT(iommu_queue);
    s.own = iommu_own;
    s.own_count = VWR_COUNT(iommu_own);
    assert_int_equal(vwr_viommu_init_with(&w.iommu, &s, &o), VWR_OK);
    w.i.dev = vwr_viommu_dev(&w.iommu);
    for (unsigned i = 0; i < VWR_FEATURE_WORDS; i++)
        w.i.features.w[i] |= w.i.dev->offered.w[i];
    vwr_features_remove(&w.i.features, VWR_F_RING_PACKED);
    vwr_features_remove(&w.i.features, VWR_F_IN_ORDER);
    vwr_features_remove(&w.i.features, VWR_F_NOTIFICATION_DATA);
    if (starts)
        assert_true(world_start_iommu());
}

static void on_region(struct vwr_vpci *f, unsigned id, uint64_t addr)
{
    (void)f;
    (void)id;
    (void)addr;
}

/* It may access memory, and has interrupts by its line. */
static void make_function(struct vwr_vdev *v)
{
    static struct vwr_vpci function;
    const struct vwr_vpci_setup s = {.v = v, .region = on_region};
    uint64_t command = 6; /* memory, master */

    assert_int_equal(vwr_vpci_init(&function, &s), VWR_OK);
    vwr_vpci_space_access(&function, 4, 2, true, &command);
}

static void make(const struct framing_class *class, bool packed, bool behind, bool starts)
{
    struct guest *const g = &w.g;
    struct vwr_vdev_setup s;

    w.class = class;
    w.may_fail = false;
    w.packed = packed;
    guest_begin(g, false, packed);
    g->vm.memory.region = seen_regions;
    g->vm.memory.region_count = VWR_COUNT(seen_regions);
    memset(&ram, 0, sizeof(ram));
    for (size_t i = 0; i < sizeof(ram.placed); i++)
        ram.placed[i] = framing_pattern(i);
    make_machine();
    make_iommu(starts);
    guest_setup(g, &s);
    s.queue_size = SIZE;
    s.own = own;
    s.own_count = VWR_COUNT(own);
    if (behind) {
        s.vm = &w.machine;
        s.iommu = &w.endpoint[0].reach;
    }
    g->dev = class->make(&s);
    if (w.pci)
        make_function(g->dev);
    g->queues = g->dev->queues;
    for (unsigned i = 0; i < VWR_FEATURE_WORDS; i++)
        g->features.w[i] |= g->dev->offered.w[i];
    if (!packed)
        vwr_features_remove(&g->features, VWR_F_RING_PACKED);
    vwr_features_remove(&g->features, VWR_F_IN_ORDER);
    vwr_features_remove(&g->features, VWR_F_NOTIFICATION_DATA);
    vwr_features_remove(&g->features, VWR_F_NOTIF_CONFIG_DATA);
}

void world_make(const struct framing_class *class, bool packed, bool behind)
{
    make(class, packed, behind, true);
}

void world_make_again(const struct framing_class *class, const struct guest *g, const struct guest *i)
{
    make(class, false, true, false);
    memcpy(w.g.q, g->q, sizeof(w.g.q));
    memcpy(w.i.q, i->q, sizeof(w.i.q));
    w.i.queues = i->queues;
}

void world_map_all(void)
{
    assert_int_equal(world_attach(DOMAIN, ENDPOINT, 0), VWR_IOMMU_S_OK);
    for (unsigned part = 0; part < PARTS; part++)
        assert_int_equal(world_map_part(part, world_access(part)), VWR_IOMMU_S_OK);
}

static void lay_out(unsigned queue)
{
    struct guest_queue *const q = &w.g.q[queue];
    uint32_t most;

    guest_write(&w.g, VWR_MMIO_QUEUE_SEL, sizeof(uint32_t), queue);
    most = (uint32_t)guest_read(&w.g, VWR_MMIO_QUEUE_SIZE_MAX, sizeof(uint32_t));
    memset(q, 0, sizeof(*q));
    for (q->size = SIZE; q->size > most; q->size /= 2)
        continue;
    q->desc = RINGS_AT + (uint64_t)RING_BYTES * queue;
    q->driver = q->desc + PAGE_BYTES;
    q->device = q->driver + PAGE_BYTES;
    if (w.packed)
        q->avail = q->used = 1;
}

bool world_start(void)
{
    if (!guest_negotiate(&w.g))
        return false;
    for (unsigned i = 0; i < w.g.queues; i++) {
        lay_out(i);
        if (!guest_set_queue(&w.g, i))
            return false;
    }
    guest_driver_ok(&w.g);
    return true;
}

void world_end(void)
{
    vwr_vdev_reset(w.g.dev);
    vwr_vdev_reset(w.i.dev);
}

void world_serve(void)
{
    for (unsigned i = 0; w.g.again + w.i.again != 0 && i < TURNS; i++) {
        w.g.again = 0;
        w.i.again = 0;
        w.turns++;
        for (uint16_t queue = 0; queue < w.g.queues; queue++)
            vwr_vdev_serve(w.g.dev, queue);
        for (uint16_t queue = 0; queue < w.i.queues; queue++)
            vwr_vdev_serve(w.i.dev, queue);
    }
}

/* ---- a request ---- */

static void make_out(const struct framing_row *r)
{
    w.out_bytes = r->out_bytes + r->data;
    if (r->out_bytes != 0)
        memcpy(w.out, r->out, r->out_bytes);
    for (uint32_t i = 0; i < r->data; i++)
        w.out[r->out_bytes + i] = framing_pattern(i);
    if (r->fill != NULL)
        r->fill(w.out);
}

static unsigned send_in_table(const struct framing_row *r, unsigned copy, const struct guest_desc *d,
                              unsigned n)
{
    const uint64_t table = TABLE_AT + copy * 64u;
    const struct guest_desc one = {table, n * (uint32_t)sizeof(struct vwr_virtq_desc),
                                   VWR_VIRTQ_DESC_F_INDIRECT, 0};

    for (unsigned i = 0; i < n; i++) {
        struct guest_desc entry = d[i];

        if (!w.packed && i + 1 < n) {
            entry.flags |= VWR_VIRTQ_DESC_F_NEXT;
            entry.next = (uint16_t)(i + 1);
        }
        guest_put_desc(&w.g, table, i, &entry);
    }
    return guest_chain(&w.g, r->queue, &one, 1);
}

void world_send(const struct framing_row *r)
{
    uint64_t place = r->place;

    make_out(r);
    memset(ram.in, 0xee, sizeof(ram.in));
    for (unsigned i = 0; i < (r->copies != 0 ? r->copies : 1u); i++) {
        struct guest_desc d[2];
        unsigned n = 0;

        if (w.out_bytes != 0)
            d[n++] = (struct guest_desc){OUT_AT + i * 2048u, w.out_bytes, 0, 0};
        if (w.out_bytes != 0)
            memcpy(guest_at(&w.g, d[0].addr, w.out_bytes), w.out, w.out_bytes);
        if (r->in != 0)
            d[n++] =
                (struct guest_desc){place != 0 ? place : IN_AT + i * 2048u, r->in, VWR_VIRTQ_DESC_F_WRITE, 0};
        place += place != 0 ? r->in : 0;
        w.id[i] = w.table ? send_in_table(r, i, d, n) : guest_chain(&w.g, r->queue, d, n);
    }
}

void world_kick(const struct framing_row *r)
{
    guest_kick(&w.g, r->queue);
    world_serve();
}

/* A VMM that finds an error stops acting: its device does not do what it expects. */
static jmp_buf stopped;
static bool may_stop;

#define NUMBER LargestIntegralType
void __real__assert_true(NUMBER result, const char *text, const char *file, int line);
void __wrap__assert_true(NUMBER result, const char *text, const char *file, int line);
void __real__assert_int_equal(NUMBER a, NUMBER b, const char *file, int line);
void __wrap__assert_int_equal(NUMBER a, NUMBER b, const char *file, int line);
void __real__assert_int_not_equal(NUMBER a, NUMBER b, const char *file, int line);
void __wrap__assert_int_not_equal(NUMBER a, NUMBER b, const char *file, int line);

static void stop_if(bool failed)
{
    if (failed && may_stop)
        longjmp(stopped, 1);
}

void __wrap__assert_true(NUMBER result, const char *text, const char *file, int line)
{
    stop_if(result == 0);
    __real__assert_true(result, text, file, line);
}

void __wrap__assert_int_equal(NUMBER a, NUMBER b, const char *file, int line)
{
    stop_if(a != b);
    __real__assert_int_equal(a, b, file, line);
}

void __wrap__assert_int_not_equal(NUMBER a, NUMBER b, const char *file, int line)
{
    stop_if(a == b);
    __real__assert_int_not_equal(a, b, file, line);
}

void world_act(const struct framing_row *r)
{
    may_stop = w.may_fail;
    if (setjmp(stopped) == 0) {
        if (r->after != NULL)
            r->after();
        if (w.class->answer != NULL)
            w.class->answer();
    }
    may_stop = false;
    world_serve();
}

bool world_take(const struct framing_row *r)
{
    const unsigned copies = r->copies != 0 ? r->copies : 1u;
    unsigned used = 0;
    uint32_t id;
    uint32_t len;

    while (guest_used(&w.g, r->queue, &id, &len)) {
        framing_saw_number(len);
        used++;
    }
    framing_saw(ram.in, sizeof(ram.in));
    framing_saw(ram.placed, sizeof(ram.placed));
    if (r->keep != NULL && used != 0)
        r->keep(ram.in);
    return used == copies && !w.g.dev->broken;
}
