/* SPDX-License-Identifier: MIT */
#ifndef VWR_VSPI_H
#define VWR_VSPI_H

#include "vwr/service/spi.h"
#include "vwr/spi_rules.h"

VWR_BEGIN_C

/**
 * DOC: SPI controller device, device side
 *
 * The device gives a guest an SPI controller with a table of chips, each with a function of the VMM that
 * executes transfers::
 *
 *     static int shift(struct vwr_vspi_chip *chip, struct vwr_vspi_transfer *t)
 *     {
 *         for (uint32_t i = 0; i < t->bytes && t->in != NULL; i++)
 *             t->in[i] = flash_byte(chip->context, t->out != NULL ? t->out[i] : 0);
 *         return VWR_OK;
 *     }
 *     static struct vwr_vspi_chip chips[] = {{.transfer = shift}};
 *
 * Rules:
 *
 * - The function gets only transfers whose parameters the configuration allows (options.limits,
 *   vwr_spi_check()). All others end with PARAM_ERR.
 * - The function selects the chip: its level (mode), and whether it stays selected after the transfer
 *   (cs_change), are parameters.
 * - Data are copied to options->data and back, so the guest cannot change them during the call. If half of
 *   options->data is too small for a transfer, it ends with TRANS_ERR.
 * - The device processes transfers in order, one at a time. If the function returns VWR_LATER, the VMM calls
 *   vwr_vspi_done() to complete the transfer.
 *
 * generated/docs/contexts.md lists context, stack and loops of each function.
 *
 * Section: SPI Controller Device.
 */

/**
 * VWR_VSPI_SEGS - Maximum number of segments per chain, for 64 descriptors and some boundaries between
 * regions
 */
#ifndef VWR_VSPI_SEGS
#define VWR_VSPI_SEGS 68u
#endif

#define VWR_VSPI_QUEUES 1u

struct vwr_vspi_chip;

/**
 * struct vwr_vspi_transfer - A transfer
 * @m: Parameters.
 * @out: Bytes that the chip receives, in options->data; NULL: none.
 * @in: Space for the bytes that the chip sends, in options->data, which are 0 before the call; NULL: none.
 * @bytes: Number of bytes in each direction.
 */
struct vwr_vspi_transfer {
    struct vwr_spi_transfer_msg m;
    const uint8_t *out;
    uint8_t *in;
    uint32_t bytes;
};

/**
 * struct vwr_vspi_chip - A chip; in memory that no guest can access
 * @transfer: Execute a transfer, implemented by the VMM. VWR_OK, or VWR_LATER. VWR_EINVAL: a parameter is not
 *   one that this chip supports (PARAM_ERR). Any other value: the transfer failed (TRANS_ERR). It is called
 *   with the lock of the device held, and must not call functions of the device, except vwr_vspi_ticket().
 *   NULL: there is no chip, and all transfers fail.
 * @context: For the VMM.
 */
struct vwr_vspi_chip {
    int (*transfer)(struct vwr_vspi_chip *chip, struct vwr_vspi_transfer *t);
    void *context;
};

/**
 * struct vwr_vspi_options - Options of vwr_vspi_init()
 * @limits: Configuration; the device sets cs_max_number.
 * @chips: Chips. They must stay valid as long as the device.
 * @chip_count: Number of chips, 1 to 255.
 * @data: Memory for the data of a transfer, which no guest can access. It must stay valid as long as the
 *   device.
 * @data_bytes: Size of @data in bytes: half of it is the maximum size of a transfer.
 *
 * vwr_vspi_init() replaces @data and @data_bytes.
 */
struct vwr_vspi_options {
    struct vwr_spi_config_info limits;
    struct vwr_vspi_chip *chips;
    unsigned chip_count;
    uint8_t *data;
    uint32_t data_bytes;
};

/**
 * struct vwr_vspi - An SPI controller device
 * @service: Generated service; the first member.
 */
struct vwr_vspi {
    struct vwr_spi_vservice service;
    /* private: */
    struct vwr_vspi_options options;
    struct vwr_vspi_transfer current;
    uint64_t ticket; /* ticket of the transfer that vwr_vspi_done() completes */
    struct vwr_vmessage message;
    struct vwr_vseg seg[2u * VWR_VSPI_SEGS];
};

/** VWR_VSPI_QUEUE - Number of descriptors of a queue, a power of 2 */
#ifndef VWR_VSPI_QUEUE
#define VWR_VSPI_QUEUE 64u
#endif

/** VWR_VSPI_BYTES - Maximum size of a transfer in bytes */
#ifndef VWR_VSPI_BYTES
#define VWR_VSPI_BYTES 4096u
#endif

VWR_STATIC_ASSERT(VWR_VDEV_IS_QUEUE_SIZE(VWR_VSPI_QUEUE), "VWR_VSPI_QUEUE must be a power of 2");

/**
 * struct vwr_vspi_own - Memory of an SPI controller device that no guest can access; it need not be
 * initialised
 * @queue: Queues.
 * @descriptor: Their descriptors.
 * @data: Data of a transfer.
 */
struct vwr_vspi_own {
    struct vwr_vqueue queue[VWR_VSPI_QUEUES];
    struct vwr_vqueue_entry descriptor[VWR_VDEV_OWN(VWR_VSPI_QUEUES, VWR_VSPI_QUEUE)];
    uint8_t data[2u * VWR_VSPI_BYTES];
};

/**
 * vwr_vspi_init_with() - Initialise an SPI controller device with memory of any size
 * @v: Device. The caller keeps it while the guest can access it.
 * @s: Setup; not used after the call, except for the memory.
 * @options: Options; not used after the call, except for the memory.
 *
 * Return: VWR_OK.
 * * VWR_EINVAL: there are too many chips, or the limits allow no clock phase or no clock polarity.
 * * Other errors: the same as vwr_vdev_init().
 */
VWR_MUST_CHECK int vwr_vspi_init_with(struct vwr_vspi *v, const struct vwr_vdev_setup *s,
                                      const struct vwr_vspi_options *options);

/** vwr_vspi_init() - Initialise an SPI controller device in a structure of memory; see vwr_vspi_init_with()
 */
VWR_MUST_CHECK static inline int vwr_vspi_init(struct vwr_vspi *v, const struct vwr_vdev_setup *setup,
                                               struct vwr_vspi_own *own,
                                               const struct vwr_vspi_options *options)
{
    struct vwr_vspi_options sized;
    struct vwr_vdev_setup with;

    vwr_vdev_set_memory(&with, setup, own->queue, VWR_COUNT(own->queue), own->descriptor, VWR_VSPI_QUEUE);
    vwr_copy(&sized, options, sizeof(sized));
    sized.data = own->data;
    sized.data_bytes = sizeof(own->data);
    return vwr_vspi_init_with(v, &with, &sized);
}

/**
 * vwr_vspi_ticket() - Get the ticket of the transfer that is being executed
 * @v: Device.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait. Within the function
 *   of a chip.
 * Return: The ticket, for vwr_vspi_done().
 */
static inline uint64_t vwr_vspi_ticket(const struct vwr_vspi *v)
{
    return v->ticket;
}

/**
 * vwr_vspi_done() - Complete a transfer for which the function of a chip has returned VWR_LATER
 * @v: Device.
 * @ticket: Ticket of the transfer. If it is invalid, the call only increments the device's stats.late.
 * @result: As the function returns it, but not VWR_LATER.
 * @in: Bytes that the chip has sent; NULL: they are already in the transfer's buffer.
 */
void vwr_vspi_done(struct vwr_vspi *v, uint64_t ticket, int result, const void *in);

/**
 * vwr_vspi_dev() - Get the device for functions that apply to all classes
 * @v: Device.
 *
 * Return: The device.
 */
static inline struct vwr_vdev *vwr_vspi_dev(struct vwr_vspi *v)
{
    return &v->service.service.dev;
}

VWR_END_C

#endif
