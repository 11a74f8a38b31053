/* SPDX-License-Identifier: MIT */
#include "live.h"
#include "page.h"

#include "vwr/bytes.h"
#include "vwr/text.h"
#include "vwr/vm.h"

/* What the page calls. */

#define TEXT_BYTES 1024u
#define OWN_BYTES 0x20000u

struct live_guest live_guests[LIVE_GUESTS];
struct live_setup live_settings;
const struct live_scene *live_scene;
struct live_surface live_surfaces[LIVE_GUESTS];
_Alignas(0x10000) uint8_t live_ram[LIVE_GUESTS][LIVE_RAM_BYTES];

static _Alignas(
    64) uint8_t own[LIVE_GUESTS][OWN_BYTES]; /* the driver's memory, which the device cannot access */
static size_t allocated[LIVE_GUESTS];        /* bytes at the end of the RAM */
static struct live_arguments in, out;
static char text[TEXT_BYTES];

/* What the page shows of a queue of a device; each a number of 64 bits. */
static struct {
    uint64_t ready, packed, size, desc, driver, device, popped, used, in_order, event_idx;
} queue_view;

void *live_alloc(struct live_guest *g, size_t bytes, size_t align)
{
    uintptr_t at = LIVE_RAM_BYTES - allocated[g->number] - bytes;

    at -= at % align;
    allocated[g->number] = LIVE_RAM_BYTES - at;
    return live_ram[g->number] + at;
}

/* ---- a scene ---- */

/* The ring and transport features are those of the setup; the class has chosen its own. */
static void restrict_features(struct vwr_vdev *v)
{
    for (unsigned i = 0; i < 2; i++)
        v->offered.w[i] &= live_settings.offered[i] | live_settings.ring[i];
}

static int add_function(struct live_guest *g)
{
    const struct vwr_vpci_setup s = {.v = g->v, .vector = g->vector, .vector_count = VWR_COUNT(g->vector)};
    int r;

    g->host.ecam = LIVE_ECAM_AT;
    g->host.buses = 1;
    g->host.window = LIVE_WINDOW_AT;
    g->host.page = g->page;
    g->host.page_count = VWR_COUNT(g->page);
    r = vwr_vpci_init(&g->function, &s);
    return r == VWR_OK ? vwr_vpci_add(&g->host, &g->host.root, 1, &g->function) : r;
}

static int add_device(struct live_guest *g)
{
    struct vwr_vdev_setup s = {
        .vm = &g->vm,
        .line = 1,
        .queue = g->queue,
        .queue_count = (uint16_t)live_scene->queues,
        .queue_size = (uint16_t)live_settings.queue_size,
        .own = g->own,
        .own_count = VWR_COUNT(g->own),
    };
    int r;

    s.features.w[0] = live_settings.ring[0];
    s.features.w[1] = live_settings.ring[1];
    r = live_scene->add(g, &s, &g->v);
    if (r != VWR_OK)
        return r;
    restrict_features(g->v);
    return live_settings.bus == LIVE_MMIO ? vwr_vm_add(&g->vm, 0, g->v) : add_function(g);
}

static int begin(struct live_guest *g, uint32_t number)
{
    const struct vwr_vm_setup s = {
        .ops = &live_vm_ops,
        .context = g,
        .region = &g->region,
        .region_count = 1,
        .slot = g->slot,
        .slot_count = 1,
        .base = LIVE_MMIO_AT,
        .stride = VWR_MMIO_SIZE,
    };
    int r;

    vwr_zero(g, sizeof(*g));
    g->number = number;
    g->region.addr = LIVE_RAM_AT;
    g->region.bytes = LIVE_RAM_BYTES;
    g->region.host = live_ram[number];
    r = vwr_vm_init(&g->vm, &s);
    if (r == VWR_OK)
        r = add_device(g);
    return r == VWR_OK ? live_watch(g, true) : r;
}

LIVE_EXPORT(live_begin) int live_begin(void)
{
    int r = VWR_OK;

    if (live_settings.scene >= live_scene_count)
        return VWR_EINVAL;
    live_scene = live_scenes[live_settings.scene];
    live_bus_begin();
    vwr_zero(live_ram, sizeof(live_ram));
    vwr_zero(live_surfaces, sizeof(live_surfaces));
    vwr_zero(own, sizeof(own));
    vwr_zero(allocated, sizeof(allocated));
    for (uint32_t i = 0; i < live_scene->guests && r == VWR_OK; i++)
        r = begin(&live_guests[i], i);
    return r;
}

/* ---- the driver ---- */

static int find_function(struct live_guest *g)
{
    volatile uint8_t *const registers = live_registers(g);
    int r;

    g->window = (struct vwr_pci_window){LIVE_WINDOW_AT, VWR_COUNT(g->page) * VWR_VPCI_BAR_BYTES,
                                        registers + LIVE_WINDOW_OFFSET, VWR_PCI_MEMORY, 0};
    vwr_zero(&g->found_host, sizeof(g->found_host));
    g->found_host.access = &vwr_pci_ecam;
    g->found_host.space = registers;
    g->found_host.windows = &g->window;
    g->found_host.window_count = 1;
    if (!g->is_placed) {
        r = vwr_pci_place(&g->found_host);
        if (r != VWR_OK)
            return r;
        g->is_placed = true;
    }
    return vwr_pci_probe(&g->found.pci, &g->found_host, VWR_PCI_FUNCTION(0, 1, 0));
}

static int find(struct live_guest *g)
{
    const int r = live_settings.bus == LIVE_MMIO
                      ? vwr_mmio_probe(&g->found.mmio, live_registers(g), VWR_MMIO_SIZE)
                      : find_function(g);

    g->is_found = r == VWR_OK;
    if (g->is_found)
        vwr_dev_want(&g->found.dev, VWR_F_IN_ORDER); /* the device offers it if the page says so */
    return r;
}

static int open(struct live_guest *g)
{
    struct vwr_open_options o = {
        .classes = live_scene->driver,
        .class_count = 1,
        .own = own[g->number],
        .own_bytes = OWN_BYTES,
        .shared = live_ram[g->number],
        .shared_bytes = LIVE_RAM_BYTES - allocated[g->number],
    };

    vwr_copy(&o.avoid, live_settings.avoided, sizeof(live_settings.avoided));
    return live_scene->open != NULL ? live_scene->open(g, &o.avoid) : vwr_open(&g->opened, &g->found.dev, &o);
}

LIVE_EXPORT(live_open) int live_open(uint32_t guest)
{
    struct live_guest *const g = &live_guests[guest];
    const enum live_end before = live_enter(LIVE_DRIVER);
    int r = g->is_open ? VWR_EBUSY : VWR_OK;

    if (r == VWR_OK)
        r = find(g);
    if (r == VWR_OK)
        r = open(g);
    g->is_open = g->is_open || r == VWR_OK;
    live_take_interrupt(g);
    (void)live_enter(before);
    return r;
}

LIVE_EXPORT(live_close) int live_close(uint32_t guest)
{
    struct live_guest *const g = &live_guests[guest];
    const enum live_end before = live_enter(LIVE_DRIVER);
    int r = VWR_EINVAL;

    if (g->is_open)
        r = live_scene->close != NULL ? live_scene->close(g) : vwr_close(g->opened.bringup);
    if (r == VWR_OK)
        g->is_open = false;
    (void)live_enter(before);
    return r;
}

/* Recovers a device that failed, step by step. */
LIVE_EXPORT(live_recover) int live_recover(uint32_t guest)
{
    struct live_guest *const g = &live_guests[guest];
    const enum live_end before = live_enter(LIVE_DRIVER);
    int r = VWR_EBUSY;

    (void)vwr_dev_check(&g->found.dev); /* a recovery is only for a failure that the driver has noticed */
    for (unsigned i = 0; i < LIVE_STEPS && r == VWR_EBUSY; i++) {
        r = live_scene->recover != NULL ? live_scene->recover(g) : vwr_recover(g->opened.bringup);
        (void)live_time_us();
    }
    (void)live_enter(before);
    return r;
}

/* The device needs a reset, by its own decision. */
LIVE_EXPORT(live_needs_reset) void live_needs_reset(uint32_t guest)
{
    struct live_guest *const g = &live_guests[guest];
    const enum live_end before = live_enter(LIVE_DEVICE);

    vwr_vdev_needs_reset(g->v);
    (void)live_enter(before);
    live_look(g, VWR_BY_DEVICE);
}

/* ---- actions ---- */

/* The device's work after its action is seen by the driver at once: its interrupt handler runs. */
LIVE_EXPORT(live_do) int live_do(uint32_t guest, uint32_t action)
{
    struct live_guest *const g = &live_guests[guest];
    const struct live_action *a;
    enum live_end before;
    int r;

    if (action >= live_scene->action_count)
        return VWR_EINVAL;
    a = &live_scene->actions[action];
    out.bytes = 0;
    if (a->end == LIVE_DRIVER && !g->is_open)
        return LIVE_NOT_OPEN;
    live_look(g, VWR_BY_DRIVER);
    before = live_enter((enum live_end)a->end);
    r = a->run(g, &in, &out);
    (void)live_enter(before);
    live_look(g, a->end == LIVE_DRIVER ? VWR_BY_DRIVER : VWR_BY_DEVICE);
    live_take_interrupt(g);
    return r;
}

/* The device serves what it has been notified of, and the clock goes on for the driver. */
LIVE_EXPORT(live_run) void live_run(uint32_t guest)
{
    struct live_guest *const g = &live_guests[guest];
    const enum live_end before = live_enter(LIVE_DRIVER);

    g->due = 0;
    (void)live_time_us();
    (void)live_enter(before);
}

/* Nothing will happen any more: the monitor reports what is missing. */
LIVE_EXPORT(live_idle) void live_idle(uint32_t guest)
{
    const enum live_end before = live_enter(LIVE_MONITOR);

    vwr_monitor_idle(&live_guests[guest].monitor);
    (void)live_enter(before);
}

/* The monitor of the first guest observes a trace, of which it sees no memory. */
LIVE_EXPORT(live_observe_begin) int live_observe_begin(void)
{
    return live_watch(&live_guests[0], false);
}

/* ---- for the page ---- */

LIVE_EXPORT(live_set) struct live_setup *live_set(void)
{
    return &live_settings;
}

LIVE_EXPORT(live_in) struct live_arguments *live_in(void)
{
    return &in;
}

LIVE_EXPORT(live_out) struct live_arguments *live_out(void)
{
    return &out;
}

LIVE_EXPORT(live_ram_of) uint8_t *live_ram_of(uint32_t guest)
{
    return live_ram[guest];
}

LIVE_EXPORT(live_ram_bytes) uint32_t live_ram_bytes(void)
{
    return LIVE_RAM_BYTES;
}

LIVE_EXPORT(live_ram_at) uint32_t live_ram_at(void)
{
    return (uint32_t)LIVE_RAM_AT;
}

LIVE_EXPORT(live_surface_of) struct live_surface *live_surface_of(uint32_t guest)
{
    return &live_surfaces[guest];
}

/* NULL behind the last one. */
LIVE_EXPORT(live_scene_of) const struct live_scene *live_scene_of(uint32_t scene)
{
    return scene < live_scene_count ? live_scenes[scene] : NULL;
}

LIVE_EXPORT(live_queue) void *live_queue(uint32_t guest, uint32_t queue)
{
    const struct vwr_vdev *const v = live_guests[guest].v;
    const struct vwr_vqueue *q;

    if (v == NULL || queue >= v->queues)
        return NULL;
    q = &v->queue[queue];
    queue_view.ready = q->ready;
    queue_view.packed = q->is_packed;
    queue_view.size = q->size;
    queue_view.desc = q->desc_addr;
    queue_view.driver = q->driver_addr;
    queue_view.device = q->device_addr;
    queue_view.popped = q->last_avail;
    queue_view.used = q->used_idx;
    queue_view.in_order = vwr_features_have(&v->accepted, VWR_F_IN_ORDER);
    queue_view.event_idx = q->event_idx;
    return &queue_view;
}

/* The features that the device of a guest offers: words. */
LIVE_EXPORT(live_offered) const uint32_t *live_offered(uint32_t guest)
{
    return live_guests[guest].v->offered.w;
}

LIVE_EXPORT(live_accepted) const uint32_t *live_accepted(uint32_t guest)
{
    return live_guests[guest].v->accepted.w;
}

/* The driver's last fault, and the device's, as text. */
LIVE_EXPORT(live_explain) const char *live_explain(uint32_t guest, uint32_t end)
{
    struct live_guest *const g = &live_guests[guest];
    size_t bytes = 0;

    text[0] = '\0';
    if (end == LIVE_DEVICE)
        (void)vwr_vdev_explain(g->v, text, sizeof(text));
    else if (live_scene->driver != NULL)
        bytes = vwr_opened_explain(&g->opened, text, sizeof(text));
    else if (live_scene->explain != NULL && g->is_open)
        bytes = live_scene->explain(g, text, sizeof(text));
    if (end == LIVE_DRIVER && bytes == 0)
        (void)vwr_dev_explain(&g->found.dev, text, sizeof(text));
    return text;
}

LIVE_EXPORT(live_result) const char *live_result(int r)
{
    return vwr_strerror(r);
}
