/* SPDX-License-Identifier: MIT */
#include "explore.h"

#include <string.h>

#include "vwr/gen/packed_ring.h"
#include "vwr/gen/split_ring.h"
#include "vwr/queue.h"
#include "vwr/vdev.h"

/*
 * What the library finds around it: registers, interrupts, the lock of a device, and the plain accesses of
 * the files that are compiled with -fsanitize=thread, whose calls end here and not in a sanitizer.
 */

static struct machine machine;

static struct vwr_vdev *locked;

const struct vwr_memory_region machine_region = {MACHINE_GUEST_BASE, MEMORY_ROOM, memory};

void machine_start(const struct machine *m)
{
    machine = *m;
    locked = NULL;
}

uint32_t explore_register_read(const volatile void *reg, unsigned bytes)
{
    return machine.read != NULL ? machine.read(reg, bytes) : 0;
}

/* All registers that a thread writes are doorbells. */
void explore_register_write(volatile void *reg, unsigned bytes, uint32_t value)
{
    if (search_me == NOBODY) {
        if (machine.write != NULL)
            machine.write(reg, bytes, value);
        return;
    }
    search_say(NULL, "notifies the device (%#x)", value);
    if (machine.sleeps)
        search_wake(DEVICE);
}

void machine_ring_store(const void *p, unsigned bytes)
{
    if (machine.ring_store != NULL && search_me != NOBODY)
        machine.ring_store(p, bytes);
}

uint64_t explore_dma(const void *p)
{
    return MACHINE_GUEST_BASE + (uint64_t)((const uint8_t *)p - memory);
}

void explore_stray_barrier(const char *name)
{
    if (search_me != NOBODY) /* a transport that starts the device uses its own barriers */
        search_fail("%s is called by a ring, and not by vwr/ring.h", name);
}

void machine_port_release(void)
{
    if (!machine.releases)
        explore_stray_barrier("vwr_port_release");
}

static void interrupt(struct vwr_vm *vm, uint32_t line, bool level)
{
    (void)vm;
    (void)line;
    if (!level)
        return;
    search_say(NULL, "interrupts the driver");
    if (machine.sleeps)
        search_wake(DRIVER);
}

static void lock(struct vwr_vm *vm, struct vwr_vdev *v)
{
    (void)vm;
    if (search_me == NOBODY)
        return;
    search_point();
    for (search_poll(); locked != NULL; search_poll())
        search_wait_for_news();
    locked = v;
    search_say(NULL, "locks the device");
}

static void unlock(struct vwr_vm *vm, struct vwr_vdev *v)
{
    (void)vm;
    (void)v;
    if (search_me == NOBODY)
        return;
    locked = NULL;
    search_published();
    search_say(NULL, "unlocks the device");
}

const struct vwr_vm_ops machine_ops = {.irq = interrupt};
const struct vwr_vm_ops machine_ops_with_lock = {.irq = interrupt, .lock = lock, .unlock = unlock};

void machine_set_ring(struct vwr_vqueue *q, bool packed, uint16_t size)
{
    const uint64_t descs = VWR_TABLE_BYTES(size);

    q->size = size;
    q->desc_addr = MACHINE_GUEST_BASE;
    q->driver_addr = q->desc_addr + descs;
    q->device_addr =
        q->desc_addr + (packed ? descs + vwr_packed_ring_driver_event_bytes(size)
                               : VWR_SPLIT_RING_USED_OFFSET((size_t)size, VWR_SPLIT_RING_USED_ALIGN));
}

/* --- plain accesses: what the compiler calls before each --- */

static void access(const void *p, unsigned bytes, bool is_write)
{
    if (machine.plain != NULL && search_me != NOBODY)
        machine.plain(p, bytes, is_write);
}

#define ACCESS(name, bytes, is_write) \
    void __tsan_##name(void *p);      \
    void __tsan_##name(void *p)       \
    {                                 \
        access(p, bytes, is_write);   \
    }

ACCESS(read1, 1, false)
ACCESS(read2, 2, false)
ACCESS(read4, 4, false)
ACCESS(read8, 8, false)
ACCESS(read16, 16, false)
ACCESS(unaligned_read2, 2, false)
ACCESS(unaligned_read4, 4, false)
ACCESS(unaligned_read8, 8, false)
ACCESS(unaligned_read16, 16, false)
ACCESS(write1, 1, true)
ACCESS(write2, 2, true)
ACCESS(write4, 4, true)
ACCESS(write8, 8, true)
ACCESS(write16, 16, true)
ACCESS(unaligned_write2, 2, true)
ACCESS(unaligned_write4, 4, true)
ACCESS(unaligned_write8, 8, true)
ACCESS(unaligned_write16, 16, true)

void __tsan_atomic8_store(volatile uint8_t *p, uint8_t value, int order);
void __tsan_atomic16_store(volatile uint16_t *p, uint16_t value, int order);
void __tsan_read_range(const void *p, size_t bytes);
void __tsan_write_range(void *p, size_t bytes);
void __tsan_init(void);
void __tsan_func_entry(void *caller);
void __tsan_func_exit(void);

/* Of a record that its readers find after the death of the writer: the order in the program is enough. */
void __tsan_atomic8_store(volatile uint8_t *p, uint8_t value, int order)
{
    (void)order;
    access((const void *)p, 1, true);
    *p = value;
}

void __tsan_atomic16_store(volatile uint16_t *p, uint16_t value, int order)
{
    (void)order;
    access((const void *)p, sizeof(value), true);
    *p = value;
}

void __tsan_read_range(const void *p, size_t bytes)
{
    access(p, (unsigned)bytes, false);
}

void __tsan_write_range(void *p, size_t bytes)
{
    access(p, (unsigned)bytes, true);
}

void __tsan_init(void)
{
}

void __tsan_func_entry(void *caller)
{
    (void)caller;
}

void __tsan_func_exit(void)
{
}
