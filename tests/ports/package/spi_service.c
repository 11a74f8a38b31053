/* SPDX-License-Identifier: MIT */
#if __has_include("vwr.h") /* the file pair of ./vwr embed */
#include "vwr.h"
#else
#include "vwr/service/spi.h"
#include "vwr/vm.h"
#include "vwr/vmmio.h"
#endif

#include <stdio.h>

enum { SPI = 45 }; /* VWR_ID_SPI in vwr/gen/ids.h, which a pair does not include */

/* The state behind the function: yours. */
struct vwr_spi_vdevice {
    uint8_t shifted; /* the byte that the chip on the bus received last, and sends next */
};

/*
 * The guest exchanges bytes with a chip. `m` is a checked copy of the message. The data stay in the guest's
 * memory.
 */
static int transfer(struct vwr_spi_vservice *s, struct vwr_vmessage *x, const struct vwr_spi_transfer_msg *m)
{
    uint8_t byte;

    if (m->chip_select_id != 0)
        return VWR_SPI_TRANS_ERR;
    while (vwr_vmessage_read(x, &byte, 1) == 1) {
        (void)vwr_vmessage_write(x, &s->device->shifted, 1);
        s->device->shifted = byte;
    }
    return VWR_OK;
}

/* If a function is missing here, its message is rejected. */
static const struct vwr_spi_vservice_calls calls = {.transfer = transfer};

static int make_spi(struct vwr_vm *vm)
{
    enum { queues = 1, entries = 16, messages = 1, segs = 8 };
    static struct vwr_vqueue queue[queues];
    static struct vwr_vqueue_entry own[VWR_VDEV_OWN(queues, entries)];
    static struct vwr_vmessage message[messages];
    static struct vwr_vseg seg[VWR_SERVICE_SEGS(messages, segs)];
    static struct vwr_spi_vdevice device;
    static struct vwr_spi_vservice spi;
    const struct vwr_service_memory memory = {message, messages, seg, VWR_COUNT(seg)};
    const struct vwr_features none = {{0}};
    struct vwr_vdev_setup setup = {
        .vm = vm, .queue = queue, .queue_count = VWR_COUNT(queue), .queue_size = entries};
    int r;

    setup.own = own;
    setup.own_count = VWR_COUNT(own);
    vwr_vdev_features(&setup.features);
    r = vwr_spi_vservice_init(&spi, &setup, &none, &calls, &memory, &device);
    spi.config.cs_max_number = 1;
    return r == VWR_OK ? vwr_vm_add(vm, 0, &spi.service.dev) : r;
}

static void irq(struct vwr_vm *vm, uint32_t line, bool level)
{
    (void)vm;
    (void)line;
    (void)level;
}

/* The guest's first accesses. */
int main(void)
{
    static const struct vwr_vm_ops ops = {.irq = irq};
    static struct vwr_memory_region ram;
    static struct vwr_vdev *slot[1];
    static const struct vwr_vm_setup of_vm = {.ops = &ops,
                                              .region = &ram,
                                              .region_count = 1,
                                              .slot = slot,
                                              .slot_count = 1,
                                              .stride = VWR_MMIO_SIZE};
    static struct vwr_vm vm;
    static uint64_t bytes[512];
    uint64_t id = 0;

    ram.addr = sizeof(bytes); /* behind the windows */
    ram.host = bytes;
    ram.bytes = sizeof(bytes);
    if (vwr_vm_init(&vm, &of_vm) != VWR_OK || make_spi(&vm) != VWR_OK ||
        !vwr_vm_access(&vm, VWR_MMIO_DEVICE_ID, 4, false, &id))
        return 1;
    printf("service: device id %u\n", (unsigned)id);
    return id == SPI ? 0 : 2;
}
