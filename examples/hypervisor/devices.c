/* SPDX-License-Identifier: MIT */
#include "vwr/gen/ids.h"
#include "vwr/vblk.h"
#include "vwr/vconsole.h"
#include "vwr/ventropy.h"
#include "vwr_plan_hypervisor.h"

#include "hyp.h"

/*
 * The guests' devices: all of them from the plan (vms.yaml), by ./vwr plan. Here is what the plan cannot say:
 * how a guest is interrupted, what its disk is a window of, where its console's bytes go.
 *
 * There are no lock hooks: all of this happens with hyp_lock held.
 */
#define WORDS_BYTES 200u
#define BUDGET 16u         /* buffers of a queue, and bytes, with the lock held once */
#define BUDGET_BYTES 2560u /* more than all segments of a console's buffer are counted as */
#define OUTPUT_BYTES 128u  /* of a console, likewise: each may become a line */
#define KEYS 8u            /* likewise: each may be a buffer */
#define VM_DEVICES 8u      /* interrupts of a VM, one a device */
#define HOLD_US 1000u
#define HOLD_GAIN 3u      /* requests that have to come meanwhile */
#define HOLD_OFF 64u      /* interrupts that are not held back after it was not worth it */
#define HOLD_OFF_IDLE 32u /* the same, if the guest has waited for nothing but this */

static struct vwr_plan_hypervisor room;
unsigned devices_are_quiet;
static uint64_t traced;
static char words[WORDS_BYTES];

static struct guest *guest_of(const struct vwr_vm *vm)
{
    return vm->context;
}

/* The devices of a guest, one after the other: NULL at the end. */
static struct vwr_vdev *next(const struct guest *g, unsigned *at)
{
    const struct vwr_vplan_vm *const vm = &vwr_plan_hypervisor.vm[g->number];

    if (*at == vm->devices)
        return NULL;
    return vwr_vplan_device(&vwr_plan_hypervisor.device[vm->first + (*at)++], &room);
}

/* The page of its disk's registers, if they have one to themselves, and no access to them is printed. */
static void find_disk_page(struct guest *g)
{
    const struct vwr_vm *const vm = g->vm;

    g->disk_page = 0;
    for (uint32_t slot = 0; slot < vm->slots && !g->traced && vm->stride % PAGE_BYTES == 0; slot++)
        if (vm->slot[slot] == g->disk && g->disk != NULL)
            g->disk_page = TRAP_PAGE(vm->base + (uint64_t)slot * vm->stride);
}

static struct vwr_vdev *search(const struct guest *g, uint32_t id)
{
    struct vwr_vdev *v;
    unsigned at = 0;

    do {
        v = next(g, &at);
    } while (v != NULL && v->kind->id != id);
    return v;
}

/* Requests that its disk has. */
static unsigned in_flight(const struct guest *g)
{
    return g->disk != NULL ? vwr_vqueue_in_flight(&g->disk->queue[0]) : 0;
}

/*
 * An interrupt costs a guest two traps, one to see the reason and one to acknowledge it. That of its disk is
 * held back while it is busy, since meanwhile more requests may be done: until it waits, or for HOLD_US. If
 * that gains nothing, the next ones come at once: a single request has waited for nothing, or the guest has
 * come to wait for it, which is one trap more.
 */
static void hold(struct guest *g, unsigned line)
{
    if (g->held.line == 0) {
        g->held.line = line;
        g->held.taken = g->disk->queue[0].stats.chains;
        g->held.due = timer_after(HOLD_US);
    }
}

void devices_release(struct guest *g, bool idle)
{
    const unsigned line = g->held.line;
    uintptr_t gain;

    if (line == 0 || (!idle && !timer_is_due(g->held.due)))
        return;
    g->held.line = 0;
    devices_serve(g);
    gain = g->disk->queue[0].stats.chains - g->held.taken;
    if (!idle && gain < HOLD_GAIN)
        g->held.off = HOLD_OFF;
    else if (idle && gain == 0 && in_flight(g) == 0)
        g->held.off = HOLD_OFF_IDLE;
    guest_interrupt(g, line);
}

/* An edge: the plan says so in the guest's device tree. */
static void interrupt(struct vwr_vm *vm, uint32_t line, bool level)
{
    struct guest *const g = guest_of(vm);

    if (g->idle || g->held.off != 0 || g->disk == NULL || line != g->disk->line) {
        if (g->held.off != 0)
            g->held.off--;
        guest_interrupt(g, line);
    } else {
        hold(g, line);
    }
}

/* A bit of to_do for a queue. */
static uint32_t bit_of(const struct vwr_vdev *v, uint16_t queue)
{
    return 1u << (TO_DO_QUEUES * (v->line % VM_DEVICES) + queue);
}

/* The budget has run out: the guest's own CPU goes on, when others have had the lock. */
static void again(struct vwr_vm *vm, struct vwr_vdev *v, uint16_t queue)
{
    guest_go_on(guest_of(vm), bit_of(v, queue));
}

static void broken(struct vwr_vm *vm, struct vwr_vdev *v)
{
    vwr_vdev_explain(v, words, sizeof(words));
    console_line();
    print("hypervisor: guest %u: %s stops until it is reset: %s\n", guest_of(vm)->number, v->kind->name,
          words);
}

/* So much while the lock is held, and as there is room: then the rest of it has to wait. */
static uint32_t output(struct vwr_vconsole *c, unsigned port, const uint8_t *bytes, uint32_t n)
{
    struct guest *const g = guest_of(c->dev.vm);
    uint32_t i;

    for (i = 0; i < n && g->said < OUTPUT_BYTES && console_has_room(); i++, g->said++)
        console_output(g, (char)bytes[i]);
    if (i < n)
        guest_go_on(g, TO_DO_OUTPUT);
    return i;
}

/* The keys that the guest had no room for. */
static void input_wanted(struct vwr_vconsole *c, unsigned port)
{
    struct guest *const g = guest_of(c->dev.vm);
    unsigned n;

    for (n = 0; n < KEYS && g->key_first != g->key_end; n++) {
        if (vwr_vconsole_input_locked(c, port, &g->key[g->key_first % GUEST_KEYS], 1) == 0)
            return;
        g->key_first++;
    }
    if (n == KEYS)
        again(c->dev.vm, &c->dev, VWR_CONSOLE_QUEUE_RECEIVEQ);
}

static uint32_t random_bytes(struct vwr_ventropy *e, uint8_t *bytes, uint32_t n)
{
    return entropy_get(bytes, n);
}

static const struct vwr_vm_ops vm_ops = {.irq = interrupt, .edges = true, .again = again, .broken = broken};
static const struct vwr_vconsole_ops console_ops = {.output = output, .input_wanted = input_wanted};

bool devices_start(void)
{
    struct vwr_vblk_backend *const disks[] = {disk_backend()};
    const struct vwr_vplan_host host = {.ops = &vm_ops,
                                        .disk = disks,
                                        .console = &console_ops,
                                        .entropy = random_bytes,
                                        .budget = BUDGET,
                                        .budget_bytes = BUDGET_BYTES};
    const struct vwr_vplan_device *failed;
    const int r = vwr_vplan_init(&vwr_plan_hypervisor, &room, sizeof(room), &host, &failed);

    for (unsigned i = 0; r == VWR_OK && i < guest_count; i++) {
        guests[i].vm = vwr_vplan_vm(&vwr_plan_hypervisor, &room, i);
        guests[i].vm->context = &guests[i];
        guests[i].disk = search(&guests[i], VWR_ID_BLOCK);
        guests[i].console = search(&guests[i], VWR_ID_CONSOLE);
        find_disk_page(&guests[i]);
    }
    if (r == VWR_OK)
        return true;
    if (failed != NULL && r == VWR_ERANGE)
        print("hypervisor: guest %u: the window that is its disk is not on the disk\n", failed->vm);
    else
        print("hypervisor: guest %u: its %s cannot be made: %s\n", failed != NULL ? failed->vm : 0,
              failed != NULL ? failed->kind : "memory", vwr_strerror(r));
    return false;
}

/* As a line that ./vwr explain reads. */
static void say_access(uint64_t value)
{
    const uint64_t esr = READ_SYS(esr_el2);

    console_line();
    print("vwr-trace %llu %llu %s 0x%08llx %u 0x%08llx\n", (unsigned long long)traced++,
          (unsigned long long)vwr_port_time_us(), (esr & ISS_WRITE) != 0 ? "write" : "read",
          (unsigned long long)trap_address(), ISS_BYTES(esr), (unsigned long long)value);
}

/*
 * Notifications are traps, and not needed while the disk is busy with several of this guest's requests: when
 * one of them is done, or when the guest has nothing to do any more, we poll for new ones.
 */
void devices_quiet(struct guest *g)
{
    if (in_flight(g) < 2u && g->held.line == 0)
        return;
    devices_are_quiet |= 1u << g->number;
    vwr_vqueue_disarm(&g->disk->queue[0]);
}

void devices_serve(struct guest *g)
{
    if ((devices_are_quiet & 1u << g->number) == 0)
        return;
    devices_are_quiet &= ~(1u << g->number);
    if (!vwr_vqueue_arm(&g->disk->queue[0])) {
        if (g == guest_here())
            vwr_vdev_serve(g->disk, 0);
        else
            guest_go_on(g, bit_of(g->disk, 0)); /* it costs its own CPU */
    }
    devices_quiet(g);
}

/* The next queue that has something to do. */
static void serve_next(struct guest *g)
{
    struct vwr_vdev *v;
    unsigned queue;
    unsigned at;

    do {
        g->queue_at = (g->queue_at + 1u) % (TO_DO_QUEUES * VM_DEVICES - TO_DO_QUEUES);
    } while ((g->to_do & 1u << g->queue_at) == 0);
    g->to_do &= ~(1u << g->queue_at);
    at = g->queue_at / TO_DO_QUEUES;
    queue = g->queue_at % TO_DO_QUEUES;
    v = next(g, &at);
    if (v == NULL)
        return;
    vwr_vdev_serve(v, (uint16_t)queue);
    if (v == g->disk)
        devices_quiet(g);
}

void devices_go_on(struct guest *g)
{
    g->said = 0;
    if ((g->to_do & TO_DO_DISK) != 0) {
        g->to_do &= ~TO_DO_DISK;
        disk_service();
    } else if ((g->to_do & TO_DO_OUTPUT) != 0 && console_has_room()) {
        g->to_do &= ~TO_DO_OUTPUT;
        vwr_vconsole_resume((struct vwr_vconsole *)g->console, 0);
    } else if ((g->to_do & (TO_DO_OUTPUT - 1u)) != 0) {
        serve_next(g);
    }
}

bool devices_busy(const struct guest *g)
{
    return g->disk != NULL && vwr_vblk_in_flight((const struct vwr_vblk *)g->disk) != 0;
}

bool devices_access(struct guest *g, uint64_t addr, unsigned bytes, bool is_write, uint64_t *value)
{
    const bool ours = vwr_vm_access(g->vm, addr, bytes, is_write, value);

    if (ours && g->traced)
        say_access(*value);
    return ours;
}

void devices_reset(struct guest *g)
{
    g->key_first = g->key_end;
    g->to_do &= TO_DO_DISK | TO_DO_PRINTED;
    g->held.line = 0;
    devices_are_quiet &= ~(1u << g->number);
    vwr_vm_reset(g->vm);
}

void devices_key(struct guest *g, uint8_t key)
{
    if (g->key_end - g->key_first < GUEST_KEYS)
        g->key[g->key_end++ % GUEST_KEYS] = key;
    if (g->console != NULL)
        input_wanted((struct vwr_vconsole *)g->console, 0);
}

static void say_line(void *context, const char *line)
{
    print("%s\n", line);
}

void devices_list(const struct guest *g)
{
    print("guest %u, %s:\n", g->number, g->vm->name);
    vwr_vm_list(g->vm, say_line, NULL);
}

void devices_debug(const struct guest *g, unsigned slot)
{
    if (slot < g->vm->slots && g->vm->slot[slot] != NULL)
        vwr_vdev_print(g->vm->slot[slot], say_line, NULL);
    else
        print("there is no device in slot %u\n", slot);
}

void devices_stats(const struct guest *g)
{
    const struct vwr_vdev *v;
    unsigned at = 0;

    while ((v = next(g, &at)) != NULL) {
        print("  %s: accesses %llu, ignored %llu, interrupts %llu, resets %llu\n", v->kind->name,
              (unsigned long long)v->stats.accesses, (unsigned long long)v->stats.ignored,
              (unsigned long long)v->stats.interrupts, (unsigned long long)v->stats.resets);
        for (unsigned i = 0; i < v->queues; i++) {
            const struct vwr_vqueue_stats *const s = &v->queue[i].stats;

            print("    queue %u: kicks %llu, buffers %llu, used %llu, interrupts %llu, not wanted %llu\n", i,
                  (unsigned long long)s->kicks, (unsigned long long)s->chains, (unsigned long long)s->used,
                  (unsigned long long)s->interrupts, (unsigned long long)s->suppressed);
        }
    }
}

void devices_stuck(const struct guest *g)
{
    const struct vwr_vdev *v;
    unsigned at = 0;

    while ((v = next(g, &at)) != NULL) {
        vwr_vdev_explain(v, words, sizeof(words));
        print("guest %u, %s: %s\n", g->number, v->kind->name, words);
        for (unsigned i = 0; i < v->queues; i++)
            if (vwr_vqueue_in_flight(&v->queue[i]) != 0)
                print("  queue %u: the device has %u buffers that it has not used yet\n", i,
                      vwr_vqueue_in_flight(&v->queue[i]));
    }
}

void devices_trace(bool on)
{
    for (unsigned i = 0; i < guest_count; i++) {
        guests[i].traced = on;
        find_disk_page(&guests[i]);
    }
}
