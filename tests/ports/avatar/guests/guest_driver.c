/* SPDX-License-Identifier: MIT */
#include "io.h"
#include "lib/avatar_string.h"
#include "guests.h"
#include "mem/stage2page.h"
#include "task/task.h"

/*
 * These numbers are copied from the specification by hand: the tests must not take them from the code under
 * test.
 */
enum {
    VERSION = 0x4,
    DEVICE_FEATURES = 0x10,
    DRIVER_FEATURES = 0x20,
    DRIVER_FEATURES_SEL = 0x24,
    GUEST_PAGE_SIZE = 0x28,
    QUEUE_SEL = 0x30,
    QUEUE_NUM_MAX = 0x34,
    QUEUE_NUM = 0x38,
    QUEUE_ALIGN = 0x3c,
    QUEUE_PFN = 0x40,
    QUEUE_READY = 0x44,
    QUEUE_NOTIFY = 0x50,
    INTERRUPT_STATUS = 0x60,
    INTERRUPT_ACK = 0x64,
    STATUS = 0x70,
    QUEUE_DESC = 0x80,
    QUEUE_DRIVER = 0x90,
    QUEUE_DEVICE = 0xa0,
    AVAIL_AT = RING * 16, /* after the descriptors; in both versions, the used ring is one page later */
};

bool guest_fault(const struct guest *g, uint64_t addr, const struct esr_dabt *dabt, trap_frame_t *frame)
{
    const lpae_t *const entry = get_ept_entry(addr);
    stage2_fault_info_t info;

    if (entry->p2m.read != 0 || entry->p2m.write != 0)
        return false;
    memset(&info, 0, sizeof(info));
    memcpy(&info.esr.dabt, dabt, sizeof(*dabt));
    info.reason = STAGE2_FAULT_DATA;
    info.gpa = addr;
    info.gva = addr + GUEST_OFFSET;
    info.is_write = dabt->write;
    info.access_size = 1U << dabt->size;
    write_tpidr_el2((uint64_t)g->vm->primary_vcpu);
    data_abort_handler(&info, frame);
    frame->elr += dabt->len ? 4 : 2;
    return true;
}

/* A load or store of the guest. The calls use the registers one after the other. */
static uint64_t fault(const struct guest *g, uint64_t addr, struct esr_dabt *dabt, uint64_t value)
{
    static uint32_t reg;
    trap_frame_t frame;

    memset(&frame, 0xa5, sizeof(frame));
    reg = (reg + 1) % NUM_REGS;
    dabt->valid = 1;
    dabt->len = 1;
    dabt->reg = dabt->write && value == 0 ? NUM_REGS : reg;
    frame.r[reg] = value;
    if (!guest_fault(g, addr, dabt, &frame))
        logger_error("EXCEPTION: an access of 0x%llx is nobody's\n", addr);
    return frame.r[reg];
}

uint64_t guest_load(const struct guest *g, uint64_t addr, uint32_t size, bool sign, bool is_64)
{
    struct esr_dabt dabt;

    memset(&dabt, 0, sizeof(dabt));
    dabt.size = size;
    dabt.sign = sign;
    dabt.sbzp0 = is_64 ? 0x20 : 0;
    return fault(g, addr, &dabt, 0x5a5a5a5a5a5a5a5a);
}

uint32_t guest_read(struct guest *g, uint64_t addr)
{
    return (uint32_t)guest_load(g, addr, 2, false, false);
}

void guest_write(struct guest *g, uint64_t addr, uint32_t value)
{
    struct esr_dabt dabt;

    memset(&dabt, 0, sizeof(dabt));
    dabt.write = 1;
    dabt.size = 2;
    (void)fault(g, addr, &dabt, value);
}

static void start_queue(struct guest_queue *q, bool legacy)
{
    const uint64_t addr = GUEST_RAM_START + q->at;

    memset(q->guest->ram + q->at, 0, 2 * GUEST_PAGE);
    guest_write(q->guest, q->device + QUEUE_SEL, q->index);
    if (guest_read(q->guest, q->device + QUEUE_NUM_MAX) < RING)
        logger_error("EXCEPTION: no queue %u\n", q->index);
    guest_write(q->guest, q->device + QUEUE_NUM, RING);
    if (legacy) {
        guest_write(q->guest, q->device + QUEUE_ALIGN, GUEST_PAGE);
        guest_write(q->guest, q->device + QUEUE_PFN, (uint32_t)(addr / GUEST_PAGE));
        return;
    }
    guest_write(q->guest, q->device + QUEUE_DESC, (uint32_t)addr);
    guest_write(q->guest, q->device + QUEUE_DRIVER, (uint32_t)addr + AVAIL_AT);
    guest_write(q->guest, q->device + QUEUE_DEVICE, (uint32_t)addr + GUEST_PAGE);
    guest_write(q->guest, q->device + QUEUE_READY, 1);
}

int guest_start(struct guest *g, uint64_t device, uint32_t features, struct guest_queue *q, uint32_t queues)
{
    const bool legacy = guest_read(g, device + VERSION) == 1;

    for (uint32_t status = 0; status < 4; status = status * 2 + 1)
        guest_write(g, device + STATUS, status);
    if ((guest_read(g, device + DEVICE_FEATURES) & features) != features)
        return -1;
    guest_write(g, device + DRIVER_FEATURES, features);
    guest_write(g, device + (legacy ? GUEST_PAGE_SIZE : DRIVER_FEATURES_SEL), legacy ? GUEST_PAGE : 1);
    if (!legacy) {
        guest_write(g, device + DRIVER_FEATURES, 1); /* VERSION_1 */
        guest_write(g, device + STATUS, 11);
        if (guest_read(g, device + STATUS) != 11)
            return -1;
    }
    for (uint32_t i = 0; i < queues; i++) {
        memset(&q[i], 0, sizeof(q[i]));
        q[i].guest = g;
        q[i].device = device;
        q[i].index = i;
        q[i].at = (uint32_t)(device / GUEST_PAGE % 16 * GUEST_RINGS + i) * 2 * GUEST_PAGE;
        start_queue(&q[i], legacy);
    }
    guest_write(g, device + STATUS, legacy ? 7 : 15);
    return 0;
}

static uint16_t *half(struct guest_queue *q, uint32_t at)
{
    return (uint16_t *)(q->guest->ram + q->at + at);
}

static void publish(struct guest_queue *q, uint16_t index)
{
    *(volatile uint16_t *)half(q, AVAIL_AT + 2) = index;
    guest_write(q->guest, q->device + QUEUE_NOTIFY, q->index);
}

void guest_send(struct guest_queue *q, const struct guest_part *part, uint32_t parts)
{
    *half(q, AVAIL_AT + 4 + q->avail % RING * 2) = q->next;
    for (uint32_t i = 0; i < parts; i++) {
        const uint16_t after = (uint16_t)((q->next + 1) % RING);
        uint8_t *const desc = q->guest->ram + q->at + q->next * 16;

        *(uint64_t *)desc = GUEST_RAM_START + part[i].at;
        *(uint32_t *)(desc + 8) = part[i].len;
        *(uint16_t *)(desc + 12) = (uint16_t)((i + 1 < parts ? 1 : 0) | (part[i].in ? 2 : 0));
        *(uint16_t *)(desc + 14) = i + 1 < parts ? after : 0;
        q->next = after;
    }
    publish(q, ++q->avail);
}

int guest_receive(struct guest_queue *q)
{
    uint32_t at = GUEST_PAGE + 4 + q->used % RING * 8;

    if (*(volatile uint16_t *)half(q, GUEST_PAGE + 2) == q->used)
        return -1;
    q->used++;
    guest_write(q->guest, q->device + INTERRUPT_ACK, guest_read(q->guest, q->device + INTERRUPT_STATUS));
    return (int)*(uint32_t *)(q->guest->ram + q->at + at + 4);
}

void guest_break_protocol(struct guest_queue *q)
{
    publish(q, (uint16_t)(q->avail + RING + 1));
}
