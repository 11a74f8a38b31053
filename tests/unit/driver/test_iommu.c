/* SPDX-License-Identifier: MIT */
#include "bench.h"
#include "vwr/iommu.h"

#include <string.h>

/*
 * Stories of an IOMMU (classes/): a device that executes requests, fails at any of them and forgets, compared
 * with what the driver has promised; configurations, properties and faults that are lies.
 */

#define PAGE 4096u
#define MSI_START 0xfee00000u
#define MSI_END 0xfeefffffu
#define DOMAINS 2u
#define TABLE 6u
#define READ_WRITE (VWR_IOMMU_MAP_F_READ | VWR_IOMMU_MAP_F_WRITE)
#define MOST 48u
#define MANY 20u

static struct vwr_iommu *c;
static struct vwr_iommu_domain domain[DOMAINS];
static struct vwr_iommu_mapping table[DOMAINS][TABLE];

/* ---- a device that executes requests ---- */

struct state {
    unsigned attached, mapped;
    struct vwr_iommu_attach_msg attach[MOST];
    struct vwr_iommu_map_msg map[MOST];
};

static struct {
    struct state has, promised; /* of the device; by the results of calls */
    unsigned resets, messages;
    unsigned fails_at; /* the message, from 1 on, at which the device fails once; 0: none */
    unsigned wrong;    /* status of all messages of this type */
    uint8_t wrong_type;
    uint8_t short_type; /* answers of this type are too short */
    uint8_t property[24 * (VWR_IOMMU_RESERVED + 1)];
} device;

static unsigned mapped_in(const struct state *s, uint32_t id)
{
    unsigned n = 0;

    for (unsigned i = 0; i < s->mapped; i++)
        n += s->map[i].domain == id;
    return n;
}

static void remove_attach(struct state *s, uint32_t endpoint)
{
    uint32_t id = 0, left = 0;

    for (unsigned i = 0; i < s->attached; i++)
        if (s->attach[i].endpoint == endpoint) {
            id = s->attach[i].domain;
            s->attach[i--] = s->attach[--s->attached];
        }
    for (unsigned i = 0; i < s->attached; i++)
        left += s->attach[i].domain == id;
    for (unsigned i = 0; left == 0 && i < s->mapped; i++)
        if (s->map[i].domain == id)
            s->map[i--] = s->map[--s->mapped];
}

static void remove_map(struct state *s, uint32_t id, uint64_t virt)
{
    for (unsigned i = 0; i < s->mapped; i++)
        if (s->map[i].domain == id && s->map[i].virt_start == virt)
            s->map[i--] = s->map[--s->mapped];
}

/* An endpoint of a domain with others is attached only once the domain has all of its mappings. */
static void execute(const uint8_t *out, bool legacy)
{
    struct state *const s = &device.has;
    struct vwr_iommu_detach_msg detach;
    struct vwr_iommu_unmap_msg unmap;

    if (out[0] == VWR_IOMMU_T_ATTACH) {
        struct vwr_iommu_attach_msg *const m = &s->attach[s->attached];

        vwr_iommu_attach_msg_decode((const void *)out, legacy, m);
        for (unsigned i = 0; i < s->attached; i++)
            if (s->attach[i].domain == m->domain)
                assert_int_equal(mapped_in(s, m->domain), mapped_in(&device.promised, m->domain));
        s->attached++;
    } else if (out[0] == VWR_IOMMU_T_MAP) {
        vwr_iommu_map_msg_decode((const void *)out, legacy, &s->map[s->mapped++]);
    } else if (out[0] == VWR_IOMMU_T_DETACH) {
        vwr_iommu_detach_msg_decode((const void *)out, legacy, &detach);
        remove_attach(s, detach.endpoint);
    } else if (out[0] == VWR_IOMMU_T_UNMAP) {
        vwr_iommu_unmap_msg_decode((const void *)out, legacy, &unmap);
        remove_map(s, unmap.domain, unmap.virt_start);
    }
}

static void serve(struct fake *f, uint32_t queue)
{
    static struct fake_chain chain;
    uint8_t out[128], in[sizeof(device.property) + 4] = {0};

    if (class_was_reset(f, &device.resets))
        memset(&device.has, 0, sizeof(device.has));
    while (queue == VWR_IOMMU_QUEUE_REQUESTQ && (f->status & VWR_STATUS_DEVICE_NEEDS_RESET) == 0 &&
           fake_ring_next(f, queue, &chain)) {
        (void)class_read(&chain, out, sizeof(out));
        if (++device.messages == device.fails_at) {
            f->status |= VWR_STATUS_DEVICE_NEEDS_RESET;
            return;
        }
        if (out[0] == VWR_IOMMU_T_PROBE)
            memcpy(in, device.property, chain.writable - 4);
        if (out[0] == device.wrong_type)
            in[chain.writable - 4] = (uint8_t)device.wrong;
        else
            execute(out, f->version == VWR_MMIO_VERSION_LEGACY);
        class_write(&chain, in, chain.writable);
        fake_ring_push(f, queue, chain.head, out[0] == device.short_type ? 1 : chain.writable);
    }
}

static int open_with(struct world *w, bool bypass, bool avoid)
{
    static uint64_t own[(sizeof(struct vwr_iommu) + 7) / 8];
    struct vwr_iommu_options o = {.bypass = bypass, .request = {.timeout_us = 50000}};

    memset(own, 0xa5, sizeof(own));
    c = (struct vwr_iommu *)(void *)own;
    vwr_features_add_if(&o.avoid, VWR_IOMMU_F_BYPASS_CONFIG, avoid);
    o.shared = fake_ram_alloc(sizeof(*o.shared), VWR_QUEUE_SHARED_ALIGN);
    for (unsigned i = 0; i < DOMAINS; i++)
        vwr_iommu_domain_init(&domain[i], c, table[i], TABLE);
    domain[1].may_wait = true;
    return vwr_iommu_open(c, &w->mmio.dev, &o);
}

static void plug(struct world *w, const struct format *f)
{
    memset(&device, 0, sizeof(device));
    bench_plug(w, f, &bench_iommu_driver);
    w->f.on_notify = serve;
}

static void open_it(struct world *w, const struct format *f)
{
    plug(w, f);
    assert_int_equal(open_with(w, false, false), VWR_OK);
    assert_int_equal(fake_config_now(&w->f, VWR_IOMMU_CONFIG_BYPASS, 1), 0);
}

/* ---- a life, with a reset at each step and at each message ---- */

enum { ATTACH, DETACH, MAP, UNMAP, DMA, DMA_END };

static const struct step {
    unsigned kind, in;
    uint32_t what; /* an endpoint, or a page of physical memory */
} life[] = {{ATTACH, 0, 8},     {MAP, 0, 0x10}, {DMA, 0, 0x20},     {ATTACH, 0, 9},     {ATTACH, 1, 10},
            {DMA, 1, 0x30},     {MAP, 1, 0x40}, {DMA, 0, 0x50},     {DMA_END, 0, 0x20}, {UNMAP, 1, 0x40},
            {MAP, 0, 0x60},     {DETACH, 0, 8}, {DMA_END, 0, 0x50}, {DETACH, 0, 9},     {ATTACH, 1, 8},
            {DMA_END, 1, 0x30}, {MAP, 1, 0x70}};

/* The device has nothing that was not promised, and if `all`, everything. */
static void compare(bool all)
{
    const struct state *const has = &device.has, *const want = &device.promised;

    assert_true(has->attached <= want->attached && has->mapped <= want->mapped);
    assert_true(!all || (has->attached == want->attached && has->mapped == want->mapped));
    for (unsigned i = 0, k; i < has->mapped; i++) {
        for (k = 0; memcmp(&has->map[i], &want->map[k], sizeof(want->map[k])) != 0; k++)
            assert_true(k < want->mapped);
    }
    for (unsigned i = 0, k; i < has->attached; i++) {
        for (k = 0; memcmp(&has->attach[i], &want->attach[k], sizeof(want->attach[k])) != 0; k++)
            assert_true(k < want->attached);
    }
}

static void promise(const struct vwr_iommu_domain *m, uint64_t virt, uint64_t phys)
{
    struct vwr_iommu_map_msg *const map = &device.promised.map[device.promised.mapped++];

    memset(map, 0, sizeof(*map)); /* with padding */
    map->domain = m->id;
    map->virt_start = virt;
    map->virt_end = virt + PAGE - 1;
    map->phys_start = phys;
    map->flags = READ_WRITE;
}

static uint64_t virt_of(const struct vwr_iommu_domain *m, uint64_t phys)
{
    for (unsigned i = 0; i < m->mapping_count; i++)
        if (m->mapping[i].phys == phys)
            return m->mapping[i].virt;
    return 0;
}

/* Endpoints of a domain and what is mapped there, as far as a call has succeeded. An unmapping that fails is
 * no promise either. */
static int live(const struct step *s)
{
    struct vwr_iommu_domain *const m = &domain[s->in];
    const uint64_t phys = (uint64_t)s->what * PAGE, old = virt_of(m, phys);
    uint64_t at = VWR_IOMMU_ANY;
    size_t run = 100;
    int r = VWR_OK;

    if (s->kind == ATTACH && (r = vwr_iommu_attach(m, s->what)) == VWR_OK)
        device.promised.attach[device.promised.attached++] =
            (struct vwr_iommu_attach_msg){.domain = m->id, .endpoint = s->what};
    if (s->kind == DETACH && (r = vwr_iommu_detach(m, s->what)) == VWR_OK)
        remove_attach(&device.promised, s->what);
    if (s->kind == MAP && (r = vwr_iommu_map(m, &at, phys, PAGE, READ_WRITE)) == VWR_OK)
        promise(m, at, phys);
    if (s->kind == DMA) {
        at = vwr_iommu_dma_map(m, phys + 10, VWR_DMA_SHARED, &run);
        r = run == 100 ? VWR_OK : VWR_EFAILED;
        if (r == VWR_OK)
            promise(m, at - 10, phys);
    }
    if (s->kind == UNMAP || s->kind == DMA_END) {
        if (old != 0)
            remove_map(&device.promised, m->id, old);
        if (s->kind == UNMAP && old != 0)
            (void)!vwr_iommu_unmap(m, old);
        else
            vwr_iommu_dma_unmap(m, old + 10);
    }
    return r;
}

static void recovers(struct world *w)
{
    int r = VWR_EBUSY;

    for (unsigned i = 0; r != VWR_OK; i++) {
        assert_true(i < 100);
        (void)!vwr_dev_check(&w->mmio.dev);
        r = vwr_recover(&c->bringup);
        if (class_was_reset(&w->f, &device.resets))
            memset(&device.has, 0, sizeof(device.has));
        assert_int_equal(fake_config_now(&w->f, VWR_IOMMU_CONFIG_BYPASS, 1), 0);
        compare(false);
    }
    compare(true);
    assert_int_equal(c->restore.lost, 0);
}

/* Runs the life. `reset`: the step before which the device is reset; it may fail while it is recovered. */
static unsigned lives(struct world *w, const struct format *f, unsigned reset, unsigned fails_at)
{
    const unsigned steps = sizeof(life) / sizeof(life[0]);
    bool failed;

    open_it(w, f);
    device.fails_at = fails_at;
    for (unsigned i = 0; i < steps; i++) {
        if (i == reset) {
            w->f.status |= VWR_STATUS_DEVICE_NEEDS_RESET;
            recovers(w);
        }
        failed = live(&life[i]) != VWR_OK;
        assert_true(!failed || device.fails_at != 0);
        if (vwr_dev_check(&w->mmio.dev) != VWR_OK)
            recovers(w);
        if (failed)
            assert_int_equal(live(&life[i]), VWR_OK);
        compare(true);
    }
    assert_int_equal(domain[1].mapping_count, 1);
    assert_int_equal(vwr_close(&c->bringup), VWR_OK);
    assert_int_equal(vwr_iommu_detach(&domain[1], 8), VWR_EFAILED);
    return device.messages;
}

static void is_reset_at_each_step(struct world *w, const struct format *f, const void *param)
{
    const unsigned messages = lives(w, f, UINT32_MAX, 0);

    (void)param;
    for (unsigned i = 0; i <= sizeof(life) / sizeof(life[0]); i++)
        (void)lives(w, f, i, 0);
    for (unsigned i = 1; i <= messages; i++)
        (void)lives(w, f, UINT32_MAX, i);
    /* the device fails again while it is recovered from the end of the longest state */
    for (unsigned i = 1; i <= 2 * messages; i++)
        (void)lives(w, f, 8, i);
}

/* Between a reset and a recovery the device has nothing, so that nothing needs a message. */
static void ends_while_frozen(struct world *w, const struct format *f, const void *param)
{
    unsigned messages;

    (void)param;
    open_it(w, f);
    for (unsigned i = 0; i < 5; i++)
        assert_int_equal(live(&life[i]), VWR_OK);
    while (vwr_freeze(&c->bringup) == VWR_EBUSY)
        assert_int_equal(vwr_get_stage(&c->bringup), VWR_STAGE_FREEZING);
    messages = device.messages;
    assert_true(vwr_iommu_attach(&domain[1], 11) < 0);
    assert_int_equal(vwr_iommu_unmap(domain, virt_of(domain, 0x10 * PAGE)), VWR_OK);
    assert_int_equal(vwr_iommu_detach(domain, 8), VWR_OK);
    assert_int_equal(vwr_iommu_detach(&domain[1], 10), VWR_OK);
    assert_int_equal(device.messages, messages);
    remove_map(&device.promised, domain->id, device.promised.map[0].virt_start);
    remove_attach(&device.promised, 8);
    remove_attach(&device.promised, 10);
    recovers(w);
    assert_int_equal(device.has.attached, 1);
    assert_int_equal(vwr_close(&c->bringup), VWR_OK);
}

/* A message has to wait until a recovery, of more messages than one step has, has put everything back. */
static void waits_for_a_recovery(struct world *w, const struct format *f, const void *param)
{
    static struct vwr_iommu_mapping many[DOMAINS][MANY];
    unsigned messages;

    (void)param;
    open_it(w, f);
    for (unsigned i = 0; i < DOMAINS; i++)
        vwr_iommu_domain_init(&domain[i], c, many[i], MANY);
    for (uint32_t i = 0; i < 5; i++)
        assert_int_equal(live(&(struct step){ATTACH, i % DOMAINS, 8 + i}), VWR_OK);
    for (uint32_t i = 0; i < DOMAINS * MANY; i++)
        assert_int_equal(live(&(struct step){MAP, i % DOMAINS, 0x10 + i}), VWR_OK);
    messages = device.messages;
    w->f.status |= VWR_STATUS_DEVICE_NEEDS_RESET;
    while (device.messages == messages) {
        (void)!vwr_dev_check(&w->mmio.dev);
        assert_int_equal(vwr_recover(&c->bringup), VWR_EBUSY);
    }
    assert_in_range(device.messages, messages, messages + DOMAINS * MANY);
    assert_int_equal(live(&(struct step){UNMAP, 1, 0x10 + DOMAINS * MANY - 1}), VWR_OK);
    compare(true);
    assert_int_equal(c->restore.lost + c->stale, 0);
    assert_int_equal(vwr_close(&c->bringup), VWR_OK);
}

/* ---- lies ---- */

/* The bypass that a device has, by features, and what the caller asks for. */
static void bypasses(struct world *w, const struct format *f, const void *param)
{
    static const struct {
        unsigned features; /* 1: BYPASS_CONFIG, 2: BYPASS */
        bool asks, stuck, avoids;
        int result;
        bool took; /* BYPASS */
    } rows[] = {{1, false, false, false, VWR_OK, false},      {1, true, false, false, VWR_OK, false},
                {2, false, false, false, VWR_OK, false},      {2, true, false, false, VWR_OK, true},
                {0, false, false, false, VWR_OK, false},      {0, true, false, false, VWR_EFEATURE, false},
                {3, false, false, false, VWR_OK, false},      {1, false, true, false, VWR_EPROTO, false},
                {1, false, false, true, VWR_EFEATURE, false}, {1, true, false, true, VWR_EFEATURE, false}};

    (void)param;
    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        plug(w, f);
        fake_withhold(&w->f, VWR_IOMMU_F_BYPASS_CONFIG);
        if ((rows[i].features & 1) != 0)
            fake_offer(&w->f, VWR_IOMMU_F_BYPASS_CONFIG);
        if ((rows[i].features & 2) != 0)
            fake_offer(&w->f, VWR_IOMMU_F_BYPASS);
        w->f.quirks.config_stuck = rows[i].stuck;
        assert_int_equal(world_probe(w), VWR_OK);
        assert_int_equal(open_with(w, rows[i].asks, rows[i].avoids), rows[i].result);
        assert_int_equal(fake_took(&w->f, VWR_IOMMU_F_BYPASS), rows[i].took);
        if (rows[i].result == VWR_OK && (rows[i].features & 1) != 0)
            assert_int_equal(fake_config_now(&w->f, VWR_IOMMU_CONFIG_BYPASS, 1), rows[i].asks);
        assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
        fake_withhold(&w->f, VWR_IOMMU_F_BYPASS);
        w->f.quirks.config_stuck = false;
    }
}

/* A doorbell of interrupts is mapped as registers, if the device can. */
static void maps_registers(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    for (unsigned can = 0; can < 2; can++) {
        uint64_t at = VWR_IOMMU_ANY;

        plug(w, f);
        if (can != 0)
            fake_offer(&w->f, VWR_IOMMU_F_MMIO);
        assert_int_equal(world_probe(w), VWR_OK);
        assert_int_equal(open_with(w, false, false), VWR_OK);
        assert_int_equal(vwr_iommu_attach(domain, 9), VWR_OK);
        assert_int_equal(
            vwr_iommu_map(domain, &at, 0x08080000u, PAGE, VWR_IOMMU_MAP_F_WRITE | VWR_IOMMU_MAP_F_MMIO),
            can != 0 ? VWR_OK : VWR_EFEATURE);
        assert_int_equal(device.has.mapped, can);
        if (can != 0)
            assert_int_equal(device.has.map[0].flags, VWR_IOMMU_MAP_F_WRITE | VWR_IOMMU_MAP_F_MMIO);
        assert_int_equal(vwr_close(&c->bringup), VWR_OK);
        fake_withhold(&w->f, VWR_IOMMU_F_MMIO);
    }
}

static void D31_configurations(struct world *w, const struct format *f, const void *param)
{
    static const struct {
        unsigned at, bytes;
        uint64_t value;
        int result;
    } rows[] = {{VWR_IOMMU_CONFIG_PAGE_SIZE_MASK, 8, 0, VWR_EPROTO},
                {VWR_IOMMU_CONFIG_INPUT_RANGE_START, 8, UINT64_MAX, VWR_EPROTO},
                {VWR_IOMMU_CONFIG_DOMAIN_RANGE_START, 4, UINT32_MAX, VWR_EPROTO},
                {VWR_IOMMU_CONFIG_PROBE_SIZE, 4, VWR_IOMMU_PROBE_BYTES + 1, VWR_ENOMEM},
                {VWR_IOMMU_CONFIG_PROBE_SIZE, 4, UINT32_MAX, VWR_ENOMEM}};

    (void)param;
    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        plug(w, f);
        fake_config(&w->f, rows[i].at, rows[i].bytes, rows[i].value);
        assert_int_equal(open_with(w, false, false), rows[i].result);
        assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
    }
    /* pages of a byte, pages of half of all addresses */
    for (unsigned bit = 0; bit < 64; bit += 63) {
        size_t run = 1;

        plug(w, f);
        fake_config(&w->f, VWR_IOMMU_CONFIG_PAGE_SIZE_MASK, 8, UINT64_C(1) << bit);
        assert_int_equal(open_with(w, false, false), VWR_OK);
        assert_int_equal(vwr_iommu_attach(domain, 8), VWR_OK);
        (void)vwr_iommu_dma_map(domain, UINT64_MAX, VWR_DMA_SHARED, &run);
        assert_int_equal(run, bit == 0 ? 1 : 0);
        run = 2;
        (void)vwr_iommu_dma_map(domain, UINT64_MAX, VWR_DMA_SHARED, &run);
        assert_int_equal(run, 0);
        assert_int_equal(vwr_close(&c->bringup), VWR_OK);
    }
}

#define RESERVED(subtype, start, end) \
    "\1\0\x14\0" subtype "\0\0\0" start "\0\0\0\0\0\0\0" end "\0\0\0\0\0\0\0"

static void D30_properties(struct world *w, const struct format *f, const void *param)
{
    static const struct {
        const char *bytes;
        unsigned n;
        int result;
        unsigned ranges;
    } rows[] = {
#define PROPERTIES(text, result, ranges) {text, sizeof(text) - 1, result, ranges}
        PROPERTIES("\2\0\x3c\0", VWR_OK, 0),     /* unknown, to the end */
        PROPERTIES("\2\0\x3d\0", VWR_EPROTO, 0), /* over the end */
        PROPERTIES("\2\0\xff\xff", VWR_EPROTO, 0),
        PROPERTIES("\1\0\x13\0", VWR_EPROTO, 0),           /* too short for its type */
        PROPERTIES("\1\x10\x13\0", VWR_OK, 0),             /* bits that have no meaning yet */
        PROPERTIES(RESERVED("\7", "\1", "\2"), VWR_OK, 1), /* an unknown subtype */
        PROPERTIES(RESERVED("\0", "\2", "\1"), VWR_EPROTO, 0),
        PROPERTIES(RESERVED("\0", "\1", "\2") RESERVED("\0", "\1", "\2"), VWR_OK, 1),
        PROPERTIES("\2\0\1\0\0" RESERVED("\0", "\1", "\2") RESERVED("\1", "\3", "\3"), VWR_OK, 2),
        PROPERTIES("\0\0" RESERVED("\0", "\1", "\2"), VWR_OK, 0), /* the end */
    };

    (void)param;
    open_it(w, f);
    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        memset(device.property, 0, sizeof(device.property));
        memcpy(device.property, rows[i].bytes, rows[i].n);
        assert_int_equal(vwr_iommu_attach(domain, 8), rows[i].result);
        assert_int_equal(device.has.attached, rows[i].result == VWR_OK);
        if (rows[i].result == VWR_OK) {
            assert_int_equal(domain->reserved_count, rows[i].ranges);
            assert_int_equal(vwr_iommu_detach(domain, 8), VWR_OK);
        }
    }
    assert_int_equal(vwr_close(&c->bringup), VWR_OK);
}

/* More of what is allowed than the driver has memory for. */
static void lacks(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    plug(w, f);
    fake_config(&w->f, VWR_IOMMU_CONFIG_PROBE_SIZE, 4, sizeof(device.property));
    fake_config(&w->f, VWR_IOMMU_CONFIG_DOMAIN_RANGE_END, 4, 1);
    for (unsigned i = 0; i <= VWR_IOMMU_RESERVED; i++) {
        memcpy(device.property + 24u * i, RESERVED("\0", "\0", "\377"), 24);
        device.property[24u * i + 8] = (uint8_t)i;
    }
    assert_int_equal(open_with(w, false, false), VWR_OK);
    assert_int_equal(vwr_iommu_attach(domain, 8), VWR_EFULL);
    memset(device.property + 24u * VWR_IOMMU_RESERVED, 0, 24);
    for (unsigned i = 0; i <= VWR_IOMMU_ENDPOINTS; i++)
        assert_int_equal(vwr_iommu_attach(domain, 8 + i), i < VWR_IOMMU_ENDPOINTS ? VWR_OK : VWR_EFULL);
    assert_int_equal(domain->id, 1);
    assert_int_equal(vwr_iommu_attach(&domain[1], 99), VWR_ERANGE); /* there are no more domains */
    for (unsigned i = 0; i < VWR_IOMMU_ENDPOINTS; i++)
        assert_int_equal(vwr_iommu_detach(domain, 8 + i), VWR_OK);
    assert_int_equal(vwr_iommu_attach(&domain[1], 99), VWR_OK);
    assert_int_equal(domain[1].id, 1);
    assert_int_equal(vwr_close(&c->bringup), VWR_OK);
}

/* A mapping that the device refuses to remove: its addresses are not used again, and it does not come back.
 */
static void D42_keeps_a_mapping(struct world *w, const struct format *f, const void *param)
{
    uint64_t at = VWR_IOMMU_ANY, other = VWR_IOMMU_ANY;
    size_t run = PAGE;

    (void)param;
    open_it(w, f);
    assert_int_equal(live(&life[0]), VWR_OK);
    assert_int_equal(vwr_iommu_map(domain, &at, PAGE, PAGE, READ_WRITE), VWR_OK);
    device.wrong_type = VWR_IOMMU_T_UNMAP;
    device.wrong = VWR_IOMMU_S_RANGE;
    assert_int_equal(vwr_iommu_unmap(domain, at), VWR_EIO);
    assert_int_equal(vwr_iommu_unmap(domain, at), VWR_EIO);
    assert_int_equal(c->stale, 1);
    (void)vwr_iommu_dma_map(domain, PAGE, VWR_DMA_OUT, &run);
    assert_int_equal(run, 0);
    assert_int_equal(vwr_iommu_map(domain, &at, PAGE, PAGE, READ_WRITE), VWR_EINVAL);
    assert_int_equal(vwr_iommu_map(domain, &other, PAGE, PAGE, READ_WRITE), VWR_OK);
    assert_true(other == at + PAGE);
    promise(domain, other, PAGE);
    w->f.status |= VWR_STATUS_DEVICE_NEEDS_RESET;
    recovers(w);
    assert_int_equal(domain->mapping_count, 1);
    device.short_type = VWR_IOMMU_T_MAP; /* it may have been executed */
    at = VWR_IOMMU_ANY;
    assert_int_equal(vwr_iommu_map(domain, &at, PAGE, PAGE, READ_WRITE), VWR_EPROTO);
    device.short_type = 0;
    assert_int_equal(vwr_iommu_map(domain, &at, PAGE, PAGE, READ_WRITE), VWR_OK);
    assert_int_equal(domain->mapping_count, 3);
    promise(domain, at, PAGE);
    w->f.status |= VWR_STATUS_DEVICE_NEEDS_RESET;
    recovers(w);
    assert_int_equal(domain->mapping_count, 2);
    device.wrong_type = VWR_IOMMU_T_DETACH;
    assert_int_equal(vwr_iommu_detach(domain, 8), VWR_EIO);
    assert_int_equal(domain->endpoint_count, 1);
    device.wrong_type = VWR_IOMMU_T_MAP; /* also in a recovery */
    w->f.status |= VWR_STATUS_DEVICE_NEEDS_RESET;
    while (vwr_dev_check(&w->mmio.dev) != VWR_OK || vwr_recover(&c->bringup) == VWR_EBUSY)
        (void)!vwr_recover(&c->bringup);
    assert_int_equal(c->restore.lost, 2);
    assert_int_equal(device.has.mapped, 0);
    assert_int_equal(vwr_close(&c->bringup), VWR_OK);
}

/* After a reset, the device has larger pages than the mappings that are put back. */
static void D31_larger_pages(struct world *w, const struct format *f, const void *param)
{
    int r = VWR_EBUSY;

    (void)param;
    open_it(w, f);
    fake_config(&w->f, VWR_IOMMU_CONFIG_PAGE_SIZE_MASK, 8, ~UINT64_C(0x1fff));
    w->f.status |= VWR_STATUS_DEVICE_NEEDS_RESET;
    while (r == VWR_EBUSY) {
        (void)!vwr_dev_check(&w->mmio.dev);
        r = vwr_recover(&c->bringup);
    }
    assert_int_equal(r, VWR_EFAILED);
    assert_int_equal(vwr_close(&c->bringup), VWR_OK);
}

/* Addresses: those of the device, without the reserved ones; a table that is full; pools and other memory. */
static void addresses(struct world *w, const struct format *f, const void *param)
{
    uint64_t at = VWR_IOMMU_ANY, high = MSI_START;
    size_t run = 512;

    (void)param;
    open_it(w, f);
    memcpy(device.property, bench_iommu_shapes.shape[1].in.at, 64);
    assert_int_equal(vwr_iommu_map(domain, &at, 0, PAGE, READ_WRITE), VWR_EINVAL); /* no endpoint */
    assert_int_equal(vwr_iommu_attach(domain, 8), VWR_OK);
    assert_int_equal(vwr_iommu_attach(&domain[1], 8), VWR_EBUSY);
    assert_int_equal(vwr_iommu_map(domain, &high, 0, PAGE, READ_WRITE), VWR_ERANGE);
    high = 0xf000;
    assert_int_equal(vwr_iommu_map(domain, &high, 0, PAGE, READ_WRITE), VWR_ERANGE);
    high = UINT64_C(1) << 32;
    assert_int_equal(vwr_iommu_map(domain, &high, 0, PAGE, READ_WRITE), VWR_ERANGE);
    high = 0x10000;
    assert_int_equal(vwr_iommu_map(domain, &high, 0, MSI_START - 0x10000u, READ_WRITE), VWR_OK);
    assert_int_equal(vwr_iommu_map(domain, &at, 0, PAGE, VWR_IOMMU_MAP_F_READ), VWR_OK);
    assert_true(at == MSI_END + UINT64_C(1));
    at = VWR_IOMMU_ANY;
    assert_int_equal(vwr_iommu_map(domain, &at, 0, 0x1100000u, READ_WRITE), VWR_ERANGE);
    assert_true(at == VWR_IOMMU_ANY);
    assert_int_equal(vwr_iommu_map(domain, &at, 0, PAGE, VWR_IOMMU_MAP_F_READ | 8u), VWR_EINVAL);
    assert_int_equal(vwr_iommu_map(domain, &at, UINT64_MAX - PAGE + 1, 2 * PAGE, READ_WRITE), VWR_EINVAL);
    device.messages = 0;
    assert_true(vwr_iommu_dma_map(domain, MSI_START - 0x10000u - 512u, VWR_DMA_IN, &run) == MSI_START - 512u);
    assert_int_equal(run, 512);
    (void)vwr_iommu_dma_map(domain, MSI_START - 0x10000u - 511u, VWR_DMA_IN, &run);
    assert_int_equal(run, 0);
    assert_int_equal(device.messages, 0);
    assert_int_equal(vwr_iommu_detach(domain, 8), VWR_EBUSY);
    run = 1;
    assert_true(vwr_iommu_dma_map(NULL, 77, VWR_DMA_IN, &run) == 77 && run == 1);
    at = VWR_IOMMU_ANY; /* a pool that may only be read is none for what is written */
    assert_int_equal(vwr_iommu_map(domain, &at, UINT64_C(1) << 40, PAGE, VWR_IOMMU_MAP_F_READ), VWR_OK);
    (void)vwr_iommu_dma_map(domain, UINT64_C(1) << 40, VWR_DMA_IN, &run);
    assert_int_equal(run, 0);
    run = 1;
    assert_true(vwr_iommu_dma_map(domain, UINT64_C(1) << 40, VWR_DMA_OUT, &run) == at && run == 1);
    vwr_iommu_dma_unmap(domain, at);
    assert_int_equal(vwr_iommu_unmap(domain, at), VWR_OK);
    device.messages = 0;
    domain->may_wait = true;
    for (unsigned i = 0; i <= TABLE - 2; i++) {
        run = 2;
        (void)vwr_iommu_dma_map(domain, UINT64_C(0x100000fff), VWR_DMA_IN, &run); /* two pages */
        assert_int_equal(run, i < TABLE - 2 ? 2 : 0);
    }
    assert_int_equal(device.messages, TABLE - 2);
    assert_int_equal(device.has.map[device.has.mapped - 1].flags, VWR_IOMMU_MAP_F_WRITE);
    assert_int_equal(vwr_close(&c->bringup), VWR_OK);
    vwr_iommu_dma_unmap(domain, MSI_START - 512u); /* too late, which is harmless */
}

static void report(struct fake *f, const struct vwr_iommu_fault_msg *m, uint8_t reserved)
{
    static struct fake_chain chain;
    struct vwr_iommu_fault_msg_form form;

    vwr_iommu_fault_msg_encode(&form, f->version == VWR_MMIO_VERSION_LEGACY, m);
    form.fault.reserved[2] = reserved;
    assert_true(fake_ring_next(f, VWR_IOMMU_QUEUE_EVENTQ, &chain));
    class_write(&chain, &form, sizeof(form));
    fake_ring_push(f, VWR_IOMMU_QUEUE_EVENTQ, chain.head, sizeof(form));
}

/* As many faults as there are buffers, again and again: each is told once, and so is that more may be lost.
 */
static void D48_flood(struct world *w, const struct format *f, const void *param)
{
    struct vwr_iommu_fault_msg m = {.reason = 77, .flags = UINT32_MAX, .endpoint = UINT32_MAX}, got;

    (void)param;
    open_it(w, f);
    for (unsigned round = 1; round <= 3; round++) {
        for (unsigned i = 0; i < VWR_IOMMU_EVENTS; i++) {
            m.address = i;
            report(&w->f, &m, i % 2 == 0 ? 0 : 1);
        }
        for (unsigned i = 0; i < VWR_IOMMU_EVENTS; i += 2) {
            assert_false(vwr_iommu_arm(c));
            assert_int_equal(vwr_iommu_poll(c, &got), 1);
            assert_true(got.address == i && got.endpoint == UINT32_MAX);
            assert_int_equal(got.reason, VWR_IOMMU_FAULT_R_UNKNOWN);
            assert_int_equal(got.flags, READ_WRITE | VWR_IOMMU_FAULT_F_ADDRESS);
        }
        assert_int_equal(vwr_iommu_poll(c, &got), 0);
        assert_int_equal(c->faults, round * VWR_IOMMU_EVENTS / 2);
        assert_int_equal(c->client.ignored, round * VWR_IOMMU_EVENTS / 2);
        assert_int_equal(c->overruns, round);
        assert_true(vwr_iommu_arm(c));
    }
    report(&w->f, &m, 0);
    assert_false(vwr_iommu_arm(c));
    assert_int_equal(vwr_iommu_poll(c, &got), 1);
    assert_int_equal(c->overruns, 3);
    class_all_posted(w, VWR_IOMMU_QUEUE_EVENTQ, VWR_IOMMU_EVENTS, 0);
    assert_int_equal(vwr_close(&c->bringup), VWR_OK);
}

void bench_stories(struct format_tests *tests)
{
    static const uint16_t sizes[] = {16, 0};
    static const struct format_range all = {KIND_ALL, FORMAT_INDIRECT, 0, sizes};
    static const struct format_range one = {KIND_SPLIT, 0, 0, sizes};

    format_add(tests, "is_reset_at_each_step", is_reset_at_each_step, NULL, &one);
    format_add(tests, "ends_while_frozen", ends_while_frozen, NULL, &one);
    format_add(tests, "waits_for_a_recovery", waits_for_a_recovery, NULL, &one);
    format_add(tests, "D31_larger_pages", D31_larger_pages, NULL, &one);
    format_add(tests, "bypasses", bypasses, NULL, &one);
    format_add(tests, "maps_registers", maps_registers, NULL, &one);
    format_add(tests, "D31_configurations", D31_configurations, NULL, &one);
    format_add(tests, "D30_properties", D30_properties, NULL, &one);
    format_add(tests, "lacks", lacks, NULL, &one);
    format_add(tests, "D42_keeps_a_mapping", D42_keeps_a_mapping, NULL, &one);
    format_add(tests, "addresses", addresses, NULL, &one);
    format_add(tests, "D48_flood", D48_flood, NULL, &all);
}
