/* SPDX-License-Identifier: MIT */
#ifndef GUESTS_H
#define GUESTS_H

#include "exception.h"
#include "vmm/virtio.h"

/* What a test asks for: 0, or -1 with words. */
int case_page(void);
int case_guests(void);
int case_two(void);
int case_devices(void);

/* The tree's, which no header has. */
uint32_t vgic_injected(uint32_t vm_id, uint32_t irq_id);
void handle_timer_interrupt(uint64_t *sp);

virtio_device_t *virtio_rng_create(uint64_t base_addr, uint32_t irq);

/*
 * The guests' side: a driver that knows a device by its traps alone. Its ring has 8 descriptors, in the
 * guest's memory from GUEST_RAM_START + `at` on; so do its buffers, GUEST_PAGE behind.
 */
#define GUEST_RAM 0x40000
#define GUEST_PAGE 0x1000
#define GUEST_OFFSET 0x70000000 /* of virtual addresses of devices */
#define GUEST_RINGS 3           /* of a device; one that has more lies over the next one's */
#define RING 8

struct guest {
    struct _vm_t *vm;
    uint8_t *ram; /* GUEST_RAM bytes */
};

/* The VMs of the tests, and what Avatar's `guest start` does. */
extern struct guest guest[4];
void guest_vm_start(uint32_t vm_id);

/* As the page has it: where a device of a VM is. */
uint64_t place(uint32_t vm_id, uint32_t device);

/* A line, "ok" or "WRONG"; 0 or -1. */
int check(int good, const char *what);

struct guest_queue {
    struct guest *guest;
    uint64_t device; /* its address */
    uint32_t index;
    uint32_t at;
    uint16_t avail;
    uint16_t used;
    uint16_t next; /* descriptor */
};

/* A fault of stage 2 with this syndrome, if the page is not mapped: false if it is. Avatar's entry does so.
 */
bool guest_fault(const struct guest *g, uint64_t addr, const struct esr_dabt *dabt, trap_frame_t *frame);

/* What a load of 1 << size bytes leaves in a register of 64 bits; `sign`, `is_64`: ldrs…, into x… */
uint64_t guest_load(const struct guest *g, uint64_t addr, uint32_t size, bool sign, bool is_64);

/* A register of a device, as the guest's instruction would. */
uint32_t guest_read(struct guest *g, uint64_t addr);
void guest_write(struct guest *g, uint64_t addr, uint32_t value);

/* Starts a device up to DRIVER_OK with `queues` queues; the features of word 0 that are wanted. 0 or -1. */
int guest_start(struct guest *g, uint64_t device, uint32_t features, struct guest_queue *q, uint32_t queues);

/* A buffer of up to 3 parts: memory at `at`, `len` bytes, which the device writes or reads. */
struct guest_part {
    uint32_t at;
    uint32_t len;
    bool in;
};
void guest_send(struct guest_queue *q, const struct guest_part *part, uint32_t parts);

/* How many bytes the device has written into the next buffer that came back; -1: none has. */
int guest_receive(struct guest_queue *q);

/* Breaks the ring: an index that jumps. */
void guest_break_protocol(struct guest_queue *q);

#endif
