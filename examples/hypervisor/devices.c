/* SPDX-License-Identifier: MIT */
#include "vwr/gen/ids.h"
#include "vwr/ventropy.h"
#include "vwr/vm.h"
#include "vplan_input.h"
#include "vplan_net.h"
#include "vplan_pci.h"

#include "watch.h"

/*
 * The guests' devices, all created from the plan (vms.yaml) by ./vwr plan. This file contains their common
 * code;
 * each device class has its own file, which supplies its part of vwr_vplan_host.
 *
 * There are no lock hooks, because hyp_lock is held throughout.
 */
#define WORDS_BYTES 600u
#define POISON 0xa5
#define BUDGET 16u /* buffers of a queue, and bytes, each time the lock is held */
#define BUDGET_COPIED 16384u
#define BUDGET_UNMAPS 2u   /* buffers of a SCSI host, each of which may require zeroing 64 KiB */
#define BUDGET_CIPHERS 8u  /* requests of a crypto device, some of which expand a key */
#define BUDGET_BYTES 2560u /* exceeds the charge for all segments of a console buffer */
static struct vwr_plan_hypervisor room;
static uint64_t traced;
static char words[WORDS_BYTES];

static struct guest *guest_of(const struct vwr_vm *vm)
{
    return vm->context;
}

struct vwr_vdev *devices_next(const struct guest *g, unsigned *at)
{
    const struct vwr_vplan_vm *const vm = &vwr_plan_hypervisor.vm[g->number];

    if (*at == vm->devices)
        return NULL;
    return vwr_vplan_device(&vwr_plan_hypervisor.device[vm->first + (*at)++], &room);
}

/*
 * Finds the page of the disk's registers, if the page contains no other registers and accesses are not
 * traced.
 */
static void find_disk_page(struct guest *g)
{
    const struct vwr_vm *const vm = g->vm;

    g->disk_page = 0;
    for (uint32_t slot = 0;
         slot < vm->slot_count && !g->traced && g->pci == NULL && vm->stride % PAGE_BYTES == 0; slot++)
        if (vm->slot[slot] == g->disk && g->disk != NULL)
            g->disk_page = TRAP_PAGE(vm->base + (uint64_t)slot * vm->stride);
}

struct vwr_vdev *devices_find(const struct guest *g, uint32_t id)
{
    struct vwr_vdev *v;
    unsigned at = 0;

    do {
        v = devices_next(g, &at);
    } while (v != NULL && v->kind->id != id);
    return v;
}

/* Edge-triggered, as the plan states in the guest's device tree; on PCI, level-triggered. */
static void interrupt(struct vwr_vm *vm, uint32_t line, bool level)
{
    struct guest *const g = guest_of(vm);

    if (WATCHED)
        watch_interrupt(g, line);
    if (g->pci != NULL)
        guest_line(g, line, level);
    else if (!window_hold(g, line))
        guest_interrupt(g, line);
}

static void message(struct vwr_vm *vm, uint64_t addr, uint32_t data)
{
    if (WATCHED)
        watch_message(guest_of(vm), addr, data);
    pci_message(guest_of(vm), addr, data);
}

struct guest *devices_guest(const struct vwr_vdev *v)
{
    return guest_of(v->vm);
}

/* The guest's own CPU continues, after others could take the lock. */
void devices_again(struct vwr_vdev *v, unsigned queue)
{
    struct guest *const g = devices_guest(v);

    guest_go_on(g, 1ull << (&v->queue[queue] - g->queue));
}

static void again(struct vwr_vm *vm, struct vwr_vdev *v, uint16_t queue)
{
    devices_again(v, queue);
}

static void broken(struct vwr_vm *vm, struct vwr_vdev *v)
{
    vwr_vdev_explain(v, words, sizeof(words));
    console_line();
    print("hypervisor: guest %u: %s is stopped until a reset: %s\n", guest_of(vm)->number, v->kind->name,
          words);
}

static uint32_t random_bytes(struct vwr_ventropy *e, uint8_t *bytes, uint32_t n)
{
    return entropy_get(bytes, n);
}

static const struct vwr_vm_ops vm_ops = {
    .irq = interrupt, .edges = true, .msi = message, .again = again, .broken = broken};
static struct vwr_vplan_host host = {
    .ops = &vm_ops, .entropy = random_bytes, .budget = BUDGET, .budget_bytes = BUDGET_BYTES};

/* Devices that copy at low cost get a larger byte budget than those that print or generate random bytes. */
static void set_device(const struct vwr_vplan_device *row, struct vwr_vdev *v)
{
    if (row->id == VWR_ID_NET || row->id == VWR_ID_GPU || row->id == VWR_ID_9P || row->id == VWR_ID_VSOCK)
        vwr_vdev_set_budget(v, BUDGET, BUDGET_COPIED);
    if (row->id == VWR_ID_SCSI)
        vwr_vdev_set_budget(v, BUDGET_UNMAPS, BUDGET_COPIED);
    if (row->id == VWR_ID_CRYPTO)
        vwr_vdev_set_budget(v, BUDGET_CIPHERS, BUDGET_COPIED);
}

static void connect(const struct vwr_vplan_device *row, struct vwr_vdev *v)
{
    if (row->id == VWR_ID_INPUT)
        input_connect((struct vwr_vinput *)(void *)v,
                      ((const struct vwr_vplan_input *)row->options)->options.model);
}

/* Sets the data about the devices that the guest's traps and its CPU need. */
static bool set_guest(struct guest *g)
{
    const struct vwr_vplan_vm *const vm = &vwr_plan_hypervisor.vm[g->number];
    const struct vwr_vplan_device *const first = &vwr_plan_hypervisor.device[vm->first];
    const struct vwr_vplan_device *const last = first + vm->devices - 1;

    g->vm = vwr_vplan_vm(&vwr_plan_hypervisor, &room, g->number);
    g->vm->context = g;
    if (!pci_start(g))
        return false;
    g->queue = vwr_vplan_device(first, &room)->queue;
    g->disk = devices_find(g, VWR_ID_BLOCK);
    g->console = devices_find(g, VWR_ID_CONSOLE);
    if (g->disk != NULL && g->pci != NULL)
        g->disk_function = vwr_vplan_function(vwr_vplan_of(&vwr_plan_hypervisor, &room, g->disk), &room);
    find_disk_page(g);
    for (const struct vwr_vplan_device *row = first; row <= last; row++) {
        set_device(row, vwr_vplan_device(row, &room));
        connect(row, vwr_vplan_device(row, &room));
    }
    if (last->queue + last->queues - first->queue <= TO_DO_QUEUES)
        return true;
    print("hypervisor: guest %u: its devices have more than %u queues\n", g->number, TO_DO_QUEUES);
    return false;
}

static void say_failed(const struct vwr_vplan_device *failed, int r)
{
    if (failed != NULL && failed->id == VWR_ID_BLOCK && r == VWR_ERANGE)
        print("hypervisor: guest %u: its window is outside the disk\n", failed->vm);
    else
        print("hypervisor: guest %u: its %s cannot be created: %s\n", failed != NULL ? failed->vm : 0,
              failed != NULL ? failed->kind : "memory", vwr_strerror(r));
}

bool devices_start(void)
{
    const struct vwr_vplan_device *failed;
    int r;

    disk_offer(&host);
    hvc_offer(&host);
    net_offer(&host);
    screen_offer(&host);
    input_offer(&host);
    folder_offer(&host);
    balloon_offer(&host);
    sockets_offer(&host);
    cipher_offer(&host);
    sound_offer(&host);
    buses_offer(&host);
    pmem_offer(&host);
    mem_offer(&host);
    r = vwr_vplan_init(&vwr_plan_hypervisor, &room, sizeof(room), &host, &failed);
    if (r != VWR_OK) {
        say_failed(failed, r);
        return false;
    }
    for (unsigned i = 0; i < guest_count; i++)
        if (!set_guest(&guests[i]))
            return false;
    if (WATCHED && !watch_start(&room))
        return false;
    for (unsigned i = 0; i < vwr_plan_hypervisor.shareds; i++)
        net_connect(vwr_vplan_member(&room, vwr_plan_hypervisor.shared[i].at));
    return true;
}

/* In the format of ./vwr explain. */
static void say_access(uint64_t value)
{
    const uint64_t esr = READ_SYS(esr_el2);

    console_line();
    print("vwr-trace %llu %llu %s 0x%08llx %u 0x%08llx\n", (unsigned long long)traced++,
          (unsigned long long)vwr_port_time_us(), (esr & ISS_WRITE) != 0 ? "write" : "read",
          (unsigned long long)trap_address(), ISS_BYTES(esr), (unsigned long long)value);
}

/* Serves the queue of a bit of to_do. */
static void serve(struct guest *g, unsigned bit)
{
    struct vwr_vdev *v;
    unsigned at = 0;

    while ((v = devices_next(g, &at)) != NULL) {
        const unsigned queue = bit - (unsigned)(v->queue - g->queue);

        if (queue < v->queues)
            vwr_vdev_serve(v, (uint16_t)queue);
        if (WATCHED && queue < v->queues)
            watch_look(v);
    }
    if (g->disk != NULL && &g->queue[bit] == g->disk->queue)
        window_notified(g);
}

/* The next bit after the last one served. */
static unsigned after(uint64_t bits, unsigned last)
{
    const uint64_t later = bits & ~((2ull << last) - 1u);

    return (unsigned)__builtin_ctzll(later != 0 ? later : bits);
}

void devices_go_on(struct guest *g, uint64_t mask)
{
    uint64_t bits = g->to_do & mask & ~TO_DO_PRINTED;

    if (!console_has_room())
        bits &= ~TO_DO_OUTPUT;
    if (bits == 0)
        return;
    g->done_last = after(bits, g->done_last);
    bits = 1ull << g->done_last;
    g->to_do &= ~bits;
    g->said = 0;
    if (bits == TO_DO_DISK)
        disk_service();
    else if (bits == TO_DO_NET)
        net_service();
    else if (bits == TO_DO_SCREEN)
        screen_service();
    else if (bits == TO_DO_INPUT)
        input_service();
    else if (bits == TO_DO_SOCKETS)
        sockets_go_on(g);
    else if (bits == TO_DO_OUTPUT)
        hvc_go_on(g);
    else if (bits == TO_DO_RSA)
        rsa_go_on(g);
    else if (bits == TO_DO_LINKS)
        buses_go_on(g);
    else
        serve(g, g->done_last);
    stage2_flush(g);
}

bool devices_access(struct guest *g, uint64_t addr, unsigned bytes, bool is_write, uint64_t *value)
{
    bool ours;

    if (WATCHED)
        watch_before(g, addr, bytes, is_write, *value);
    ours = g->pci != NULL ? pci_access(g, &room, addr, bytes, is_write, value)
                          : vwr_vm_access(g->vm, addr, bytes, is_write, value);
    if (WATCHED)
        watch_after(g, addr, bytes, is_write, *value);
    stage2_flush(g);
    if (ours && g->traced)
        say_access(*value);
    return ours;
}

static bool reset_next(struct guest *g, uint32_t *at)
{
    const struct vwr_vplan_vm *const vm = &vwr_plan_hypervisor.vm[g->number];

    if (g->pci == NULL)
        return vwr_vm_reset_next(g->vm, at);
    if (*at == vm->devices)
        return false;
    pci_reset(&vwr_plan_hypervisor.device[vm->first + (*at)++], &room);
    return true;
}

/*
 * Handles one device after another and releases the lock in between, because together they would hold it for
 * too long.
 * The disk comes first, because only the disk would wait for requests that others send to it meanwhile.
 */
void devices_reset(struct guest *g)
{
    uint32_t at = 0;

    hvc_reset(g);
    window_reset(g);
    if (g->disk != NULL)
        vwr_vdev_reset(g->disk);
    while (reset_next(g, &at)) {
        hyp_give_way(WHY_START);
        (void)trap_take_interrupt(g);
    }
    g->to_do &= TO_DO_REAL | TO_DO_PRINTED | TO_DO_SOCKETS; /* connections that the reset has closed */
    if (WATCHED)
        watch_reset(g);
}

/* The old contents of a device's memory must not be needed. */
static void poison(void *from, size_t bytes)
{
    volatile uint8_t *const p = from;

    for (size_t i = 0; i < bytes; i++)
        p[i] = POISON;
}

static void throw_away(struct vwr_vdev *v, const struct vwr_vplan_device *row)
{
    vwr_vm_remove(v->vm, row->slot);
    if (devices_guest(v)->pci != NULL) {
        pci_remove(row, &room);
        poison(vwr_vplan_function(row, &room), sizeof(struct vwr_vpci));
        poison(vwr_vplan_member(&room, row->vector), row->vectors * sizeof(struct vwr_vpci_vector));
    }
    poison((struct vwr_vqueue_entry *)vwr_vplan_member(&room, vwr_plan_hypervisor.own_at) + row->own,
           VWR_VDEV_OWN(row->queues, row->queue_size) * sizeof(struct vwr_vqueue_entry));
    poison(v->queue, row->queues * sizeof(*v->queue));
    poison(v, sizeof(*v));
}

int devices_renew(struct vwr_vdev *v)
{
    const struct vwr_vplan_device *const row = vwr_vplan_of(&vwr_plan_hypervisor, &room, v);
    int r;

    if (row->id == VWR_ID_NET)
        vwr_vnet_switch_disconnect(
            vwr_vplan_member(&room, ((const struct vwr_vplan_net *)row->options)->port));
    else if (row->id == VWR_ID_GPU)
        screen_forget();
    throw_away(v, row);
    r = vwr_vplan_add(&vwr_plan_hypervisor, row, &room, &host);
    set_device(row, v);
    return r;
}

static void say_line(void *context, const char *line)
{
    print("%s\n", line);
}

/* All lines at once would take too long. */
static void say_device(void *context, const char *line)
{
    hyp_give_way(WHY_PROMPT);
    print("%s\n", line);
}

void devices_list(const struct guest *g)
{
    print("guest %u, %s:\n", g->number, g->vm->name);
    vwr_vm_list(g->vm, say_device, NULL);
}

void devices_debug(const struct guest *g, unsigned slot)
{
    if (slot < g->vm->slot_count && g->vm->slot[slot] != NULL)
        vwr_vdev_print(g->vm->slot[slot], say_line, NULL);
    else
        print("there is no device in slot %u\n", slot);
}

void devices_fail(const struct guest *g, unsigned slot)
{
    if (slot < g->vm->slot_count && g->vm->slot[slot] != NULL)
        vwr_vdev_needs_reset(g->vm->slot[slot]);
    else
        print("there is no device in slot %u\n", slot);
}

void devices_stats(const struct guest *g)
{
    const struct vwr_vdev *v;
    unsigned at = 0;

    while ((v = devices_next(g, &at)) != NULL) {
        hyp_give_way(WHY_PROMPT);
        print("  %s: accesses %llu, ignored %llu, interrupts %llu, resets %llu\n", v->kind->name,
              (unsigned long long)v->stats.accesses, (unsigned long long)v->stats.ignored,
              (unsigned long long)v->stats.interrupts, (unsigned long long)v->stats.resets);
        for (unsigned i = 0; i < v->queues; i++) {
            const struct vwr_vqueue_stats *const s = &v->queue[i].stats;

            print("    queue %u: kicks %llu, buffers %llu, used %llu, interrupts %llu, suppressed %llu\n", i,
                  (unsigned long long)s->kicks, (unsigned long long)s->chains, (unsigned long long)s->used,
                  (unsigned long long)s->interrupts, (unsigned long long)s->suppressed);
        }
        if (WATCHED)
            watch_stats(v);
    }
}

void devices_stuck(const struct guest *g)
{
    const struct vwr_vdev *v;
    unsigned at = 0;

    while ((v = devices_next(g, &at)) != NULL) {
        hyp_give_way(WHY_PROMPT);
        vwr_vdev_explain(v, words, sizeof(words));
        print("guest %u, %s: %s\n", g->number, v->kind->name, words);
        for (unsigned i = 0; i < v->queues; i++)
            if (vwr_vqueue_in_flight(&v->queue[i]) != 0)
                print("  queue %u: the device has not used %u buffers\n", i,
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
