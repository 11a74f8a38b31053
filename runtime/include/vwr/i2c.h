/* SPDX-License-Identifier: MIT */
#ifndef VWR_I2C_H
#define VWR_I2C_H

#include "vwr/bytes.h"
#include "vwr/client/i2c.h"
#include "vwr/message.h"

VWR_BEGIN_C

/**
 * DOC: I2C adapter device, driver side
 *
 * The driver transfers messages on the I2C bus of the device. A transfer consists of one or more messages,
 * with a repeated start between them::
 *
 *     r = vwr_i2c_open(i, d, options);
 *     r = vwr_i2c_write(i, 0x50, bytes, 2);
 *     r = vwr_i2c_write_read(i, 0x50, &reg, 1, bytes, 8);   // a register's number, then its bytes
 *     r = vwr_i2c_write(i, 0x50, NULL, 0);                  // VWR_EIO: no target has this address
 *     r = vwr_i2c_transfer(i, messages, 3);                 // i->done of them succeeded
 *
 * Rules:
 *
 * - If a message fails, the device does not execute the later messages of the transfer.
 * - The device processes transfers in order. Each call sends one transfer and waits for it.
 * - Requests that are ended by a recovery are not resubmitted, because a target may already have received
 *   them.
 * - Data buffers are in flight during a call. vwr/result.h describes who owns them when the call returns.
 * - If the port cannot translate the data of a message, the messages before it are still sent. If the last of
 *   these fails, the device also fails the first message of the next transfer.
 * - The device has one owner at a time.
 *
 * generated/docs/contexts.md lists the calling context, stack use and loop bounds of each function.
 *
 * Section: I2C Adapter Device.
 */

/** VWR_I2C_QUEUE - Number of descriptors, a power of 2 */
#ifndef VWR_I2C_QUEUE
#define VWR_I2C_QUEUE 64u
#endif

/** VWR_I2C_MESSAGES - Maximum number of messages in a transfer */
#ifndef VWR_I2C_MESSAGES
#define VWR_I2C_MESSAGES 8u
#endif
VWR_STATIC_ASSERT(VWR_QUEUE_SIZE_IS_WHOLE(VWR_I2C_QUEUE), "VWR_I2C_QUEUE must be a power of 2");
VWR_STATIC_ASSERT(VWR_I2C_MESSAGES > 0, "a transfer has at least one message");

/** VWR_I2C_TEN_BIT - Flag that marks a 10-bit address; other addresses have 7 bits */
#define VWR_I2C_TEN_BIT 0x8000u

/**
 * struct vwr_i2c_message - A message of a transfer
 * @data: Data buffer. It is not written to if @read is false.
 * @bytes: Size of @data in bytes; may be 0.
 * @address: Address of the target: up to 0x7f, or VWR_I2C_TEN_BIT with up to 0x3ff.
 * @read: true: the target sends @data. false: the target receives it.
 */
struct vwr_i2c_message {
    void *data;
    size_t bytes;
    uint16_t address;
    bool read;
};

/**
 * struct vwr_i2c_shared - Shared memory (see struct vwr_queue_memory); it need not be initialised
 * @queue: Request queue.
 */
struct vwr_i2c_shared {
    uint8_t queue[VWR_CLIENT_SHARED_BYTES(VWR_I2C_QUEUE, VWR_I2C_MESSAGES, VWR_I2C_CLIENT_REQUESTQ_SLOT,
                                          VWR_REQUEST_SEGMENTS)];
} __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));

/**
 * struct vwr_i2c_options - Options of vwr_i2c_open()
 * @shared: Shared memory. It must remain valid until vwr_close() succeeds.
 * @avoid: Features that the driver must not accept.
 * @request: Request options. The caller sets timeout_us, spin and waiter; the driver sets the other
 *   members.
 */
struct vwr_i2c_options {
    struct vwr_i2c_shared *shared;
    struct vwr_features avoid;
    struct vwr_request_options request;
};

/**
 * struct vwr_i2c - An I2C adapter device
 * @bringup: Bring-up, which is the first member of @client.
 * @client: Generated client. Any thread may read
 *   client.requestq.requests.stats.
 * @done: Number of messages in the last transfer that succeeded before one failed.
 *
 * It must be in private memory and need not be initialised.
 */
struct vwr_i2c {
    union {
        struct vwr_bringup bringup;
        struct vwr_i2c_client client;
    };
    unsigned done;
    /* private: */
    struct vwr_i2c_options options;
    struct vwr_i2c_client_requestq_call call[VWR_I2C_MESSAGES];
    uint64_t own[(VWR_REQUEST_OWN_BYTES(VWR_I2C_QUEUE, VWR_I2C_MESSAGES) + 7u) / 8u];
};

/**
 * vwr_i2c_open() - Open an I2C adapter device
 * @i: Device; it need not be initialised.
 * @d: Probed device.
 * @options: Options; they are copied.
 *
 * Return: VWR_OK: the device is live.
 * * VWR_EBUSY: the device is open already.
 * * VWR_EFAILED: the device is not in the state that follows a probe or a reset.
 * * VWR_ETYPE: the device is not an I2C adapter device.
 * * VWR_EFEATURE: the device does not offer ZERO_LENGTH_REQUEST, which is mandatory, or options->avoid
 *   contains it.
 * * Other errors: the same as vwr_bringup_open().
 */
VWR_MUST_CHECK int vwr_i2c_open(struct vwr_i2c *i, struct vwr_dev *d, const struct vwr_i2c_options *options);

/** vwr_i2c_bringup - Class of I2C adapter devices, for vwr/bringup.h */
extern const struct vwr_bringup_class vwr_i2c_bringup;

/**
 * vwr_i2c_transfer() - Transfer messages, with a repeated start between them
 * @i: Device. Its member @done is set to the number of messages that succeeded before one failed.
 * @messages: Messages; not used after the call, except for their data.
 * @count: Number of messages, 1 to VWR_I2C_MESSAGES.
 *
 * Return: VWR_OK: all messages succeeded.
 * * VWR_EIO: a message failed, for example because no target has the address.
 * * VWR_EINVAL: there are no messages or too many, an address is out of range, or the port cannot
 *   translate data.
 * * VWR_EPROTO: the device wrote fewer bytes than requested.
 * * VWR_EFAILED: the device is not open, or the queue is stopped.
 * * VWR_EBUSY: messages of an earlier transfer are in flight.
 * * Other errors: the same as vwr_request_submit() and vwr_request_wait().
 */
VWR_MUST_CHECK int vwr_i2c_transfer(struct vwr_i2c *i, const struct vwr_i2c_message *messages,
                                    unsigned count);

/**
 * vwr_i2c_write() - Send bytes to a target
 * @i: Device.
 * @address: Address of the target; see struct vwr_i2c_message.
 * @data: Data.
 * @bytes: Size of @data in bytes. 0 tests whether a target has the address.
 *
 * Return: The same as vwr_i2c_transfer().
 */
VWR_MUST_CHECK static inline int vwr_i2c_write(struct vwr_i2c *i, uint16_t address, const void *data,
                                               size_t bytes)
{
    const struct vwr_i2c_message m = {(void *)(uintptr_t)data, bytes, address, false};

    return vwr_i2c_transfer(i, &m, 1);
}

/**
 * vwr_i2c_read() - Receive bytes from a target
 * @i: Device.
 * @address: Address of the target; see struct vwr_i2c_message.
 * @data: Filled in with the bytes. After an error their contents are undefined.
 * @bytes: Number of bytes.
 *
 * Return: The same as vwr_i2c_transfer().
 */
VWR_MUST_CHECK static inline int vwr_i2c_read(struct vwr_i2c *i, uint16_t address, void *data, size_t bytes)
{
    const struct vwr_i2c_message m = {data, bytes, address, true};

    return vwr_i2c_transfer(i, &m, 1);
}

/**
 * vwr_i2c_write_read() - Send bytes to a target, then receive bytes from it, in one transfer
 * @i: Device.
 * @address: Address of the target; see struct vwr_i2c_message.
 * @out: Data to send to the target.
 * @out_bytes: Size of @out in bytes.
 * @in: Filled in with the bytes that the target sends. After an error their contents are undefined.
 * @in_bytes: Number of bytes to receive.
 *
 * Return: The same as vwr_i2c_transfer().
 */
VWR_MUST_CHECK static inline int vwr_i2c_write_read(struct vwr_i2c *i, uint16_t address, const void *out,
                                                    size_t out_bytes, void *in, size_t in_bytes)
{
    const struct vwr_i2c_message m[2] = {{(void *)(uintptr_t)out, out_bytes, address, false},
                                         {in, in_bytes, address, true}};

    return vwr_i2c_transfer(i, m, 2);
}

/** vwr_i2c_explain() - Describe the last fault of the device or its queue; see vwr_dev_explain() */
static inline size_t vwr_i2c_explain(const struct vwr_i2c *i, char *text, size_t bytes)
{
    return vwr_bringup_explain(&i->bringup, &vwr_request_messages, vwr_i2c_feature_names, text, bytes);
}

/**
 * struct vwr_i2c_open_own - Private memory of an I2C adapter device for vwr_open()
 * @i2c: Device; the first member.
 */
struct vwr_i2c_open_own {
    struct vwr_i2c i2c;
};

/**
 * struct vwr_i2c_open_shared - Shared memory of an I2C adapter device for vwr_open()
 * @queues: Request queue.
 */
struct vwr_i2c_open_shared {
    struct vwr_i2c_shared queues;
};

/** vwr_i2c_open_default() - Open an I2C adapter device for vwr_open(); see vwr_blk_open_default() */
VWR_MUST_CHECK static inline int vwr_i2c_open_default(void *own, void *shared, struct vwr_dev *d,
                                                      const struct vwr_features *avoid)
{
    struct vwr_i2c_options options;

    vwr_zero(&options, sizeof(options));
    vwr_copy(&options.avoid, avoid, sizeof(*avoid));
    options.shared = (struct vwr_i2c_shared *)shared;
    return vwr_i2c_open((struct vwr_i2c *)own, d, &options);
}

VWR_END_C

#endif
