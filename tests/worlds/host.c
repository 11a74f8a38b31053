/* SPDX-License-Identifier: MIT */
#include "vwr/vblk.h"
#include "vwr/vblk_memory.h"
#include "vwr/vdev.h"
#include "vwr/vm.h"
#include "vwr/vpci.h"
#include "vwr/gen/blk.h"
#include "vwr/gen/ids.h"

#include "watch.h"
#include "wire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The program: worlds_host SOCKET MEMORY. A VM with one device, whose guest is guest.py. */

#define QUEUES 8u
#define SIZE 256u
#define SEGMENTS 256u
#define SECTORS 2048u
#define BASE UINT64_C(0x0a000000) /* guest.py has the same addresses */
#define ECAM UINT64_C(0x30000000)
#define WINDOW UINT64_C(0x10000000)
#define IO UINT64_C(0x3eff0000)
#define PAGES 4u
#define VECTORS 16u

static uint8_t *memory;
static struct guest_order order;
static struct watch watch;

static struct {
    struct vwr_vm vm;
    struct vwr_memory_region region;
    struct vwr_vdev *slot[1];
    struct vwr_vqueue queue[QUEUES];
    struct vwr_vqueue_entry own[QUEUES * SIZE];
    struct vwr_vseg seg[VWR_VBLK_SEGS(SIZE, 14u)];
    struct vwr_vdev_setup setup;
    struct vwr_vdev *v;
    struct vwr_vdev mirror;
    struct vwr_vblk disk;
    struct vwr_vblk_memory backend;
    struct vwr_vblk_req req[SIZE];
    struct vwr_vpci function;
    struct vwr_vpci_vector vector[VECTORS];
    struct vwr_vpci_host host;
    struct vwr_vpci *page[PAGES], *port[PAGES];
    struct guest_answer answer;
    uint32_t kicked;
    uint32_t seen; /* interrupt reasons at the last look */
} vmm;

static uint8_t sectors[SECTORS * VWR_BLK_SECTOR_BYTES];
static uint8_t config[8] = {1, 2, 3, 4, 5, 6, 7, 8};

/* ---- a device that returns each byte plus 1 ---- */

static uint16_t mirror_serve(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    struct vwr_vchain c = {.seg = vmm.seg, .room = SEGMENTS};
    struct vwr_reader r;
    struct vwr_writer w;
    uint32_t written = 0;
    uint8_t byte;

    if (!vwr_vdev_pop(v, q->index, &c))
        return 0;
    vwr_vchain_reader(&c, &r);
    vwr_vchain_writer(&c, &w);
    while (vwr_reader_read(&r, &byte, 1) == 1) {
        byte++;
        written += vwr_writer_write(&w, &byte, 1);
    }
    vwr_vqueue_add_used(q, &c, written);
    return 1;
}

static const struct vwr_vdev_class mirror = {.name = "mirror", .id = VWR_ID_WATCHDOG, .serve = mirror_serve};

/* ---- the VM ---- */

static void interrupt(void)
{
    const uint32_t reasons = vmm.v->interrupt & ~vmm.seen;

    if (reasons != 0)
        vwr_monitor_interrupt(&watch.m, reasons);
    vmm.seen = vmm.v->interrupt;
}

static void irq(struct vwr_vm *vm, uint32_t line, bool level)
{
    (void)vm;
    (void)line;
    vmm.answer.line = level;
    if (level)
        interrupt();
    else
        vmm.seen = vmm.v->interrupt;
}

static void msi(struct vwr_vm *vm, uint64_t addr, uint32_t data)
{
    (void)vm;
    (void)addr;
    vmm.answer.messages |= 1u << (data & 31u);
    vwr_monitor_interrupt(&watch.m, data == 0 && order.vectors > 1 ? 2u : 1u);
}

static void kicked(struct vwr_vm *vm, struct vwr_vdev *v, uint16_t queue)
{
    (void)vm;
    (void)v;
    vmm.kicked |= 1u << queue;
}

static void broke(struct vwr_vm *vm, struct vwr_vdev *v)
{
    (void)vm;
    vmm.answer.broken = (uint8_t)v->fault.kind;
}

static const struct vwr_vm_ops at_once = {
    .irq = irq, .msi = msi, .again = kicked, .kicked = kicked, .broken = broke};

static void serve(void)
{
    for (uint16_t q = 0; q < QUEUES; q++)
        if ((vmm.kicked >> q & 1u) != 0) {
            vmm.kicked &= ~(1u << q);
            vwr_vdev_serve(vmm.v, q);
        }
    vmm.answer.again = vmm.kicked != 0;
}

static void check(int r)
{
    if (r == VWR_OK)
        return;
    fprintf(stderr, "set-up of the device: %d\n", r);
    exit(3);
}

static void add_disk(void)
{
    const struct vwr_vblk_options o = {.backend = &vmm.backend.backend,
                                       .req = vmm.req,
                                       .req_count = VWR_COUNT(vmm.req),
                                       .seg = vmm.seg,
                                       .seg_count = VWR_COUNT(vmm.seg)};

    for (size_t i = 0; i < sizeof(sectors); i++)
        sectors[i] = (uint8_t)(i * 7 + i / 512);
    vwr_vblk_memory_init(&vmm.backend, sectors, sizeof(sectors), false, NULL);
    check(vwr_vblk_init_with(&vmm.disk, &vmm.setup, &o));
    vmm.v = &vmm.disk.dev;
}

static void add_function(void)
{
    const struct vwr_vpci_setup s = {
        .v = vmm.v, .vector = vmm.vector, .vector_count = (uint16_t)order.vectors};

    vmm.host = (struct vwr_vpci_host){.ecam = ECAM,
                                      .buses = 1,
                                      .window = WINDOW,
                                      .page = vmm.page,
                                      .page_count = PAGES,
                                      .io = IO,
                                      .port = vmm.port,
                                      .port_count = PAGES};
    check(vwr_vpci_init(&vmm.function, &s));
    check(vwr_vpci_add(&vmm.host, &vmm.host.root, 1, &vmm.function));
}

static void begin(void)
{
    static const struct vwr_features none;
    const struct vwr_vm_setup of_vm = {.ops = &at_once,
                                       .region = &vmm.region,
                                       .region_count = 1,
                                       .slot = vmm.slot,
                                       .slot_count = 1,
                                       .base = BASE,
                                       .stride = 0x1000};

    memset(&vmm, 0, sizeof(vmm));
    vmm.region = (struct vwr_memory_region){.addr = order.dma, .bytes = MEMORY_BYTES, .host = memory};
    check(vwr_vm_init(&vmm.vm, &of_vm));
    vmm.setup =
        (struct vwr_vdev_setup){.vm = &vmm.vm,
                                .line = 1,
                                .legacy = order.legacy != 0,
                                .tolerate = order.qemu != 0 ? VWR_TOLERATE_QEMU : VWR_TOLERATE_DEFAULT,
                                .budget = (uint16_t)order.budget,
                                .queue = vmm.queue,
                                .queue_count = (uint16_t)order.queues,
                                .queue_size = (uint16_t)order.size,
                                .own = vmm.own,
                                .own_count = VWR_COUNT(vmm.own)};
    vmm.setup.features.w[0] = (uint32_t)order.features;
    vmm.setup.features.w[1] = (uint32_t)(order.features >> 32);
    if (order.is_disk != 0) {
        add_disk();
    } else {
        check(vwr_vdev_init(&vmm.mirror, &mirror, &vmm.setup, &none, (uint16_t)order.queues, config,
                            sizeof(config)));
        vmm.v = &vmm.mirror;
    }
    if (order.is_pci != 0)
        add_function();
    else
        check(vwr_vm_add(&vmm.vm, 0, vmm.v));
    watch_begin(&watch,
                &(struct vwr_monitor_setup){.legacy = order.legacy != 0,
                                            .thorough = true,
                                            .rules = vmm.v->kind->rules,
                                            .rule_count = vmm.v->kind->rule_count,
                                            .fields = vmm.v->kind->fields,
                                            .field_count = vmm.v->kind->field_count,
                                            .requests = order.is_disk != 0 ? vwr_blk_requests : NULL,
                                            .request_count = order.is_disk != 0 ? VWR_BLK_REQUEST_COUNT : 0},
                memory, order.dma);
}

static void reach(const struct guest_question *q)
{
    const bool is_write = q->what == QUESTION_WRITE;
    uint64_t value = q->value;
    bool is_there;

    vwr_monitor_look(&watch.m, VWR_BY_DRIVER);
    if (is_write)
        watch_access(&watch, q->place, q->structure, q->offset, q->bytes, true, value);
    is_there = order.is_pci != 0 ? vwr_vpci_access(&vmm.host, q->at, q->bytes, is_write, &value)
                                 : vwr_vm_access(&vmm.vm, q->at, q->bytes, is_write, &value);
    if (!is_there)
        value = ~UINT64_C(0);
    if (!is_write)
        watch_access(&watch, q->place, q->structure, q->offset, q->bytes, false, value);
    vmm.seen &= vmm.v->interrupt;
    if (order.deferred == 0)
        serve();
    vwr_monitor_look(&watch.m, VWR_BY_DEVICE);
    vmm.seen = vmm.v->interrupt;
    vmm.answer.value = value;
}

static void take(const struct guest_question *q)
{
    vmm.answer.value = 0;
    if (q->what == QUESTION_BEGIN) {
        memcpy(&order, memory + ORDER_AT, sizeof(order));
        begin();
    } else if (q->what == QUESTION_SERVE) {
        vwr_monitor_look(&watch.m, VWR_BY_DRIVER);
        serve();
        vwr_monitor_look(&watch.m, VWR_BY_DEVICE);
    } else if (q->what == QUESTION_END) {
        vwr_monitor_idle(&watch.m);
        memcpy(memory + TEXT_AT, watch.text, sizeof(watch.text));
        vmm.answer.value = watch.m.buffers;
    } else {
        reach(q);
    }
}

int main(int argc, char **argv)
{
    memory = wire_open(argc, argv);
    if (memory == NULL)
        return 2;
    for (;;) {
        struct guest_question q;

        wire_receive(&q, sizeof(q));
        take(&q);
        wire_send(&vmm.answer, sizeof(vmm.answer));
        vmm.answer.messages = 0;
    }
}
