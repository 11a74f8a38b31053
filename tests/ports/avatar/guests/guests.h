/* SPDX-License-Identifier: MIT */
#ifndef GUESTS_H
#define GUESTS_H

#include "exception.h"
#include "vmm/virtio.h"

/* The cases of the tests: 0, or -1 with a message. */
int case_page(void);
int case_guests(void);
int case_two(void);
int case_devices(void);
int case_lost(void);
int case_busy(void);

/* Functions of the tree that no header declares. */
uint32_t vgic_injected(uint32_t vm_id, uint32_t irq_id);
uint32_t vgic_lost(void);
uint32_t vgic_enter(tcb_t *task);
void vgic_end(tcb_t *task, uint32_t irq_id);
void handle_timer_interrupt(uint64_t *sp);

virtio_device_t *virtio_rng_create(uint64_t base_addr, uint32_t irq);

/*
 * The guests' side: a driver that accesses a device only through traps. Its ring has 8 descriptors, at
 * GUEST_RAM_START + `at` in the guest's memory. Its buffers follow at GUEST_PAGE.
 */
#define GUEST_RAM 0x40000
#define GUEST_PAGE 0x1000
#define GUEST_OFFSET 0x70000000 /* of virtual addresses of devices */
#define GUEST_RINGS 3           /* for each device; more would overlap with the next device's */
#define RING 8

struct guest {
    struct _vm_t *vm;
    uint8_t *ram; /* GUEST_RAM bytes */
};

/* The VMs of the tests, and the work of Avatar's `guest start`. */
extern struct guest guest[4];
void guest_vm_start(uint32_t vm_id);

/* Address of a device of a VM, as on the page. */
uint64_t place(uint32_t vm_id, uint32_t device);

/* Returns how many of two interrupts that are pending at VM 0's entry it takes. */
int both_pending(void);

/* Prints a line, "ok" or "WRONG". Returns 0 or -1. */
int check(int good, const char *what);

struct guest_queue {
    struct guest *guest;
    uint64_t device; /* its address */
    uint32_t index;
    uint32_t at;
    uint16_t avail;
    uint16_t used;
    uint16_t next; /* next free descriptor */
};

/* Raises a stage 2 fault with this syndrome, as Avatar's entry does. False: the page is mapped. */
bool guest_fault(const struct guest *g, uint64_t addr, const struct esr_dabt *dabt, trap_frame_t *frame);

/* The content of a 64-bit register after a load of 1 << size bytes; `sign`: ldrs…, `is_64`: into x…. */
uint64_t guest_load(const struct guest *g, uint64_t addr, uint32_t size, bool sign, bool is_64);

/* Accesses a device register, as the guest's instruction would. */
uint32_t guest_read(struct guest *g, uint64_t addr);
void guest_write(struct guest *g, uint64_t addr, uint32_t value);

/* Starts a device up to DRIVER_OK with `queues` queues and these features of word 0. Returns 0 or -1. */
int guest_start(struct guest *g, uint64_t device, uint32_t features, struct guest_queue *q, uint32_t queues);

/* A buffer of up to 3 parts: memory at `at`, `len` bytes, which the device writes or reads. */
struct guest_part {
    uint32_t at;
    uint32_t len;
    bool in;
};
void guest_send(struct guest_queue *q, const struct guest_part *part, uint32_t parts);

/* Number of bytes that the device has written into the next completed buffer; -1: none is complete. */
int guest_receive(struct guest_queue *q);

/* Breaks the ring with an index that jumps. */
void guest_break_protocol(struct guest_queue *q);

#endif
