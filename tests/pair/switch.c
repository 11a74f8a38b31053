/* SPDX-License-Identifier: MIT */
#include "check.h"
#include "lan.h"
#include "order.h"
#include "ram.h"
#include "vmm_threads.h"

#include "vwr/gen/mmio.h"
#include "vwr/vm.h"
#include "../common/random.h"

#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * A switch with three guests, one CPU each, which send to each other and to all. At the same time each CPU
 * writes to the others' registers, one guest restarts its card, and a VMM thread does deferred work, ticks,
 * and prints. The devices share one lock, as vnet_switch.h requires; without it, the sanitizer reports races.
 */

#define KINDS 64u
#define BYTES 1000u /* maximum frame size */
#define HOST LAN_ENDS
#define AGAIN 500u /* frames between two restarts of the card */

static unsigned frames;
static unsigned ready;   /* CPUs that have started, */
static unsigned running; /* CPUs that are still sending */
static bool stop;

struct cpu {
    pthread_t thread;
    uint64_t random;
    unsigned end;
    unsigned starts;
    uint32_t received; /* before the last restart */
};

/* Notifies another guest's queue: a register access by any CPU takes the device's lock. */
static void hit_another(struct cpu *c)
{
    const uint64_t at = VMM_BASE + random_below(&c->random, LAN_ENDS) * VMM_STRIDE;
    uint64_t value = random_below(&c->random, 2);

    CHECK(vwr_vm_access(&vmm, at + VWR_MMIO_QUEUE_NOTIFY, 4, true, &value));
    CHECK(vwr_vm_access(&vmm, at + VWR_MMIO_INTERRUPT_STATUS, 4, false, &value));
}

/* The guest's memory and frame numbers are preserved. */
static void start_again(struct cpu *c)
{
    struct lan_end *const e = &lan.end[c->end];
    const uint32_t sent = e->sent;

    CHECK_NUMBER(vwr_close(&e->net.bringup), VWR_OK);
    c->received += e->received;
    lan_open(c->end);
    e->sent = sent;
    c->starts++;
}

static void *run_cpu(void *arg)
{
    struct cpu *const c = arg;

    order_be(c->end);
    (void)__atomic_add_fetch(&ready, 1, __ATOMIC_RELAXED);
    while (__atomic_load_n(&ready, __ATOMIC_RELAXED) < LAN_ENDS)
        sched_yield();
    for (unsigned i = 0; i < frames;) {
        const unsigned to = random_below(&c->random, LAN_ENDS + 1);

        if (to != c->end)
            i += lan_send(c->end, to == LAN_ENDS ? lan_all : lan_mac[to],
                          20 + random_below(&c->random, BYTES));
        if (random_below(&c->random, 4) == 0)
            (void)lan_receive(c->end);
        if (random_below(&c->random, 16) == 0)
            hit_another(c);
        if (c->end == 0 && i >= AGAIN * (c->starts + 1))
            start_again(c);
    }
    (void)__atomic_sub_fetch(&running, 1, __ATOMIC_RELAXED);
    while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
        (void)lan_receive(c->end);
        sched_yield();
    }
    return NULL;
}

static void no_line(void *context, const char *line)
{
    *(size_t *)context += strlen(line);
}

static void *run_host(void *unused)
{
    size_t printed = 0;

    (void)unused;
    order_be(HOST);
    while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
        vmm_go_on();
        if (random_below(&(uint64_t){printed + 1}, 64) == 0) {
            vmm_hold(true);
            vwr_vnet_switch_tick(&lan.sw);
            vmm_hold(false);
            vwr_vdev_print(vwr_vnet_dev(&lan.end[printed % LAN_ENDS].device), no_line, &printed);
        }
        printed++;
        sched_yield();
    }
    return NULL;
}

static unsigned kind_of(const char *name)
{
    for (unsigned kind = 0; kind < KINDS; kind++)
        if (disk_kind_exists(kind) && strcmp(name, disk_kind_name(kind)) == 0)
            return kind;
    check_failed(__FILE__, __LINE__, "there is no kind %s", name);
}

static void make_guests(unsigned kind, bool locks)
{
    const struct lan_plan plan = {.kind = kind, .merge = true, .mtu = 1500};

    ram_open(false);
    lan_begin(&plan);
    vmm_one_lock();
    if (!locks)
        vmm_without_locks();
    order_watch(ram_alloc_ring(1), RAM_RING_BYTES, (kind & DISK_PACKED) != 0); /* starts at the first ring */
    for (unsigned i = 0; i < LAN_ENDS; i++) {
        lan_add(i, &vwr_vnet_switch_ops, &lan.end[i].port);
        lan_open(i);
    }
}

static void take_the_rest(void)
{
    for (unsigned quiet = 0; quiet < 8; quiet++) {
        vmm_go_on();
        for (unsigned i = 0; i < LAN_ENDS; i++)
            if (lan_receive(i) != 0)
                quiet = 0;
    }
}

/* pair_switch locks|no_locks KIND FRAMES */
int main(int argc, char **argv)
{
    static struct cpu cpus[LAN_ENDS];
    pthread_t host;
    uintptr_t sent = 0;
    uintptr_t in = 0;

    if (argc < 4)
        check_failed(__FILE__, __LINE__, "usage: %s locks|no_locks KIND FRAMES", argv[0]);
    frames = (unsigned)atoi(argv[3]);
    running = LAN_ENDS;
    make_guests(kind_of(argv[2]), strcmp(argv[1], "locks") == 0);
    CHECK_NUMBER(pthread_create(&host, NULL, run_host, NULL), 0);
    for (unsigned i = 0; i < LAN_ENDS; i++) {
        cpus[i].end = i;
        cpus[i].random = i + 1;
        CHECK_NUMBER(pthread_create(&cpus[i].thread, NULL, run_cpu, &cpus[i]), 0);
    }
    while (__atomic_load_n(&running, __ATOMIC_RELAXED) != 0)
        sched_yield();
    __atomic_store_n(&stop, true, __ATOMIC_RELAXED);
    for (unsigned i = 0; i < LAN_ENDS; i++)
        CHECK_NUMBER(pthread_join(cpus[i].thread, NULL), 0);
    CHECK_NUMBER(pthread_join(host, NULL), 0);
    take_the_rest();
    for (unsigned i = 0; i < LAN_ENDS; i++) {
        const struct vwr_vnet_port_stats *const t = &lan.end[i].port.stats;

        printf("guest %u: %zu in, %zu out, %zu flooded, %zu waits, %zu dropped, received %u, %u starts\n", i,
               (size_t)t->in, (size_t)t->out, (size_t)t->flooded, (size_t)t->waits, (size_t)t->dropped,
               cpus[i].received + lan.end[i].received, cpus[i].starts);
        CHECK(cpus[i].received + lan.end[i].received != 0);
        CHECK_NUMBER(lan.end[i].device.stats.bad + t->unfit, 0);
        sent += lan.end[i].sent;
        in += t->in;
    }
    CHECK(in <= sent && in + cpus[0].starts * LAN_PACKETS >= sent); /* a reset drops waiting packets */
    lan_end();
    return 0;
}
