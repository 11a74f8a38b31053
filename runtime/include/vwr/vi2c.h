/* SPDX-License-Identifier: MIT */
#ifndef VWR_VI2C_H
#define VWR_VI2C_H

#include "vwr/service/i2c.h"

VWR_BEGIN_C

/**
 * DOC: I2C adapter device, device side
 *
 * The device provides an I2C bus to a guest. A function of the VMM executes each message::
 *
 *     static int transfer(struct vwr_vi2c *v, struct vwr_vi2c_message *m)
 *     {
 *         if (m->address != 0x50)
 *             return VWR_ENODEV; // no target answers: the guest sees an error
 *         return m->read ? bus_read(v->context, m->data, m->bytes)
 *                        : bus_write(v->context, m->data, m->bytes);
 *     }
 *
 * Rules:
 *
 * - The device processes messages in order, one at a time. If a message of a transfer fails, the device fails
 *   the later messages of the transfer without calling the function.
 * - Data are copied to options->data and back, so the guest cannot change them during the call.
 * - A message that is longer than options->data fails. If the driver has not accepted ZERO_LENGTH_REQUEST,
 *   all messages fail.
 * - If the function returns VWR_LATER, the VMM completes the message with vwr_vi2c_done().
 *
 * generated/docs/contexts.md lists context, stack and loops of each function.
 *
 * Section: I2C Adapter Device.
 */

/**
 * VWR_VI2C_SEGS - Maximum number of segments per chain, for 64 descriptors and some boundaries between
 * regions
 */
#ifndef VWR_VI2C_SEGS
#define VWR_VI2C_SEGS 68u
#endif

#define VWR_VI2C_QUEUES 1u

/** VWR_VI2C_TEN_BIT - Bit that marks a 10-bit address; other addresses have 7 bits */
#define VWR_VI2C_TEN_BIT 0x8000u

struct vwr_vi2c;

/**
 * struct vwr_vi2c_message - A message of a transfer
 * @data: Data, in options->data.
 * @bytes: Number of bytes; may be 0.
 * @address: Address of the target, chosen by the guest: 7 bits, or VWR_VI2C_TEN_BIT and 10 bits.
 * @read: true: the target sends @data, and the function must fill in all bytes, which are 0 before the call.
 *   false: the target receives @data.
 * @more: true: another message of the same transfer follows after a repeated start. false: the
 *   transfer ends with this message.
 */
struct vwr_vi2c_message {
    uint8_t *data;
    uint32_t bytes;
    uint16_t address;
    bool read;
    bool more;
};

/**
 * typedef vwr_vi2c_transfer - Executes a message on the bus, implemented by the VMM
 *
 * The function returns VWR_OK, an error if the message failed, or VWR_LATER. It is called with the
 * device's lock held, and must not call functions of this device.
 */
typedef int vwr_vi2c_transfer(struct vwr_vi2c *v, struct vwr_vi2c_message *m);

/**
 * struct vwr_vi2c_options - Options of vwr_vi2c_init()
 * @transfer: Executes a message.
 * @context: Stored in the device.
 * @data: Memory for the data of a message, which no guest can access. It must stay valid as long as the
 *   device.
 * @data_bytes: Size of @data in bytes, which is the maximum size of a message.
 *
 * vwr_vi2c_init() replaces @data and @data_bytes.
 */
struct vwr_vi2c_options {
    vwr_vi2c_transfer *transfer;
    void *context;
    uint8_t *data;
    uint32_t data_bytes;
};

/**
 * struct vwr_vi2c - An I2C adapter device
 * @service: Generated service; the first member.
 * @context: For the VMM.
 */
struct vwr_vi2c {
    struct vwr_i2c_vservice service;
    void *context;
    /* private: */
    struct vwr_vi2c_options options;
    struct vwr_vi2c_message current;
    uint64_t ticket; /* ticket of the message that vwr_vi2c_done() completes */
    bool fails;      /* the next message belongs to a transfer that has failed */
    struct vwr_vmessage message;
    struct vwr_vseg seg[2u * VWR_VI2C_SEGS];
};

/** VWR_VI2C_QUEUE - Number of descriptors of a queue, a power of 2 */
#ifndef VWR_VI2C_QUEUE
#define VWR_VI2C_QUEUE 64u
#endif

/** VWR_VI2C_BYTES - Maximum size of a message in bytes */
#ifndef VWR_VI2C_BYTES
#define VWR_VI2C_BYTES 4096u
#endif

VWR_STATIC_ASSERT(VWR_VDEV_IS_QUEUE_SIZE(VWR_VI2C_QUEUE), "VWR_VI2C_QUEUE must be a power of 2");

/**
 * struct vwr_vi2c_own - Memory of an I2C adapter device that no guest can access; it need not be initialised
 * @queue: Queues.
 * @descriptor: Their descriptors.
 * @data: Data of a message.
 */
struct vwr_vi2c_own {
    struct vwr_vqueue queue[VWR_VI2C_QUEUES];
    struct vwr_vqueue_entry descriptor[VWR_VDEV_OWN(VWR_VI2C_QUEUES, VWR_VI2C_QUEUE)];
    uint8_t data[VWR_VI2C_BYTES];
};

/**
 * vwr_vi2c_init_with() - Initialise an I2C adapter device with memory of any size
 * @v: Device. The caller keeps it while the guest can access it.
 * @s: Setup; not used after the call, except for the memory.
 * @options: Options; not used after the call, except for the memory.
 *
 * Return: VWR_OK.
 * * VWR_EINVAL: options->transfer is NULL.
 * * Other errors: the same as vwr_vdev_init().
 */
VWR_MUST_CHECK int vwr_vi2c_init_with(struct vwr_vi2c *v, const struct vwr_vdev_setup *s,
                                      const struct vwr_vi2c_options *options);

/** vwr_vi2c_init() - Initialise an I2C adapter device in a structure of memory; see vwr_vi2c_init_with() */
VWR_MUST_CHECK static inline int vwr_vi2c_init(struct vwr_vi2c *v, const struct vwr_vdev_setup *setup,
                                               struct vwr_vi2c_own *own,
                                               const struct vwr_vi2c_options *options)
{
    struct vwr_vi2c_options sized;
    struct vwr_vdev_setup with;

    vwr_vdev_set_memory(&with, setup, own->queue, VWR_COUNT(own->queue), own->descriptor, VWR_VI2C_QUEUE);
    vwr_copy(&sized, options, sizeof(sized));
    sized.data = own->data;
    sized.data_bytes = sizeof(own->data);
    return vwr_vi2c_init_with(v, &with, &sized);
}

/**
 * vwr_vi2c_done() - Complete the message for which the VMM's function returned VWR_LATER
 * @v: Device.
 * @ticket: Value that vwr_vi2c_ticket() returned when the function was called. If a reset has ended the
 *   message in the meantime, the call only increments the device's stats.late.
 * @result: VWR_OK, or an error if the message failed.
 * @data: Data that the target sent. May be NULL if there are none.
 */
void vwr_vi2c_done(struct vwr_vi2c *v, uint64_t ticket, int result, const void *data);

/**
 * vwr_vi2c_ticket() - Identify the message that is being executed
 * @v: Device.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait. Within
 *   options->transfer.
 * Return: Ticket; vwr_vi2c_done() takes it.
 */
static inline uint64_t vwr_vi2c_ticket(const struct vwr_vi2c *v)
{
    return v->ticket;
}

/**
 * vwr_vi2c_dev() - Get the device for functions that apply to all classes
 * @v: Device.
 *
 * Return: The device.
 */
static inline struct vwr_vdev *vwr_vi2c_dev(struct vwr_vi2c *v)
{
    return &v->service.service.dev;
}

VWR_END_C

#endif
