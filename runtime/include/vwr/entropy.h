/* SPDX-License-Identifier: MIT */
#ifndef VWR_ENTROPY_H
#define VWR_ENTROPY_H

#include "vwr/bytes.h"
#include "vwr/message.h"
#include "vwr/receive.h"
#include "vwr/bringup.h"
#include "vwr/gen/entropy.h"

VWR_BEGIN_C

/**
 * DOC: Entropy device, driver side
 *
 * The device fills a pool of buffers in advance. When a buffer has been read, the device refills it::
 *
 *     r = vwr_entropy_open(e, d, options);
 *     n = vwr_entropy_read(e, bytes, 16);          // what is in the pool, 0 if nothing
 *     r = vwr_entropy_fill(e, seed, 32, 1000000);  // all of it, or VWR_ETIMEOUT
 *
 * Rules:
 *
 * - The driver does not check the quality of the bytes, and the device knows their values. Mix them into a
 *   generator that also uses other sources.
 * - Each byte is returned once. A reset drops unread bytes, except those in the buffer that is
 *   being read.
 * - The device has one owner at a time.
 *
 * generated/docs/contexts.md lists the calling context, stack use and loop bounds of each function.
 *
 * Section: Entropy Device.
 */

/** VWR_ENTROPY_QUEUE - Number of descriptors and of buffers in the pool, a power of 2 */
#ifndef VWR_ENTROPY_QUEUE
#define VWR_ENTROPY_QUEUE 8u
#endif

/**
 * VWR_ENTROPY_BYTES - Size of a buffer in bytes, a multiple of VWR_PORT_DMA_ALIGN
 *
 * The device may fill only a part of a buffer.
 */
#ifndef VWR_ENTROPY_BYTES
#define VWR_ENTROPY_BYTES (VWR_PORT_DMA_ALIGN > 64u ? VWR_PORT_DMA_ALIGN : 64u)
#endif
VWR_STATIC_ASSERT(VWR_QUEUE_SIZE_IS_WHOLE(VWR_ENTROPY_QUEUE), "VWR_ENTROPY_QUEUE must be a power of 2");
VWR_STATIC_ASSERT(VWR_ENTROPY_BYTES > 0 && VWR_ENTROPY_BYTES % VWR_PORT_DMA_ALIGN == 0,
                  "VWR_ENTROPY_BYTES must be a multiple of VWR_PORT_DMA_ALIGN");

/**
 * struct vwr_entropy_shared - Shared memory (see struct vwr_queue_memory); it need not be
 *   initialised
 * @ring: Ring.
 * @data: Buffers.
 */
struct vwr_entropy_shared {
    uint8_t ring[VWR_QUEUE_SHARED_BYTES(VWR_ENTROPY_QUEUE)];
    uint8_t data[VWR_ENTROPY_QUEUE][VWR_ENTROPY_BYTES] __attribute__((aligned(VWR_PORT_DMA_ALIGN)));
} __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));

/**
 * struct vwr_entropy_options - Options of vwr_entropy_open()
 * @shared: Shared memory. It must remain valid until vwr_close() succeeds.
 * @avoid: Features that the driver must not accept.
 */
struct vwr_entropy_options {
    struct vwr_entropy_shared *shared;
    struct vwr_features avoid;
};

/**
 * struct vwr_entropy - An entropy device
 * @bringup: Bring-up; the first member.
 * @receive: Receive queue. receive.stats counts bytes, buffers, and empty buffers (`dropped`). receive.fault
 *   describes why the queue stopped. The other members are private.
 *
 * It must be in private memory and need not be initialised.
 */
struct vwr_entropy {
    struct vwr_bringup bringup;
    struct vwr_receiveq receive;
    /* private: */
    struct vwr_slice rest; /* unread part of the oldest buffer; 0 bytes: none */
    struct vwr_entropy_options options;
    struct vwr_receive_buffer buffer[VWR_ENTROPY_QUEUE];
    uint64_t own[(VWR_QUEUE_OWN_BYTES(VWR_ENTROPY_QUEUE) + 7u) / 8u];
};

/**
 * vwr_entropy_open() - Open an entropy device and fill its pool
 * @e: Device; it need not be initialised.
 * @d: Probed device.
 * @options: Options; they are copied.
 *
 * Return: VWR_OK. The device is live and its buffers are posted.
 * * VWR_EBUSY: the device is open already.
 * * VWR_EFAILED: the device is not in the state that follows a probe or a reset.
 * * VWR_ETYPE: the device is not an entropy device.
 * * Other errors: the same as vwr_bringup_open().
 */
VWR_MUST_CHECK int vwr_entropy_open(struct vwr_entropy *e, struct vwr_dev *d,
                                    const struct vwr_entropy_options *options);

/** vwr_entropy_bringup - Class of entropy devices, for vwr/bringup.h */
extern const struct vwr_bringup_class vwr_entropy_bringup;

/**
 * vwr_entropy_read() - Read random bytes that are in the pool
 * @e: Device.
 * @bytes: Filled in with the bytes.
 * @n: Maximum number of bytes.
 *
 * Return: The number of bytes; 0: the pool is empty. If the queue is stopped, the same as
 *   vwr_receive_reap().
 */
VWR_MUST_CHECK static inline int vwr_entropy_read(struct vwr_entropy *e, void *bytes, size_t n)
{
    return vwr_receive_read(&e->receive, &e->rest, bytes, n);
}

/**
 * vwr_entropy_fill() - Read random bytes and wait for them
 * @e: Device.
 * @bytes: Filled in with the bytes. They are copied; the device never accesses this memory. After
 *   an error its content is undefined.
 * @n: Number of bytes.
 * @us: Time limit in microseconds.
 *
 * The driver cannot distinguish between a host that is short of entropy and a broken device. If no bytes
 * arrive for too long, call vwr_entropy_give_up().
 *
 * Context: The device's owner. Waits up to @us microseconds. Not from an interrupt handler.
 * Return: VWR_OK: @n bytes were read.
 * * VWR_ETIMEOUT: fewer bytes arrived.
 * * Other errors: the same as vwr_entropy_read() and vwr_dev_check(); the function calls the latter when it
 *   reaches the time limit.
 */
VWR_MUST_CHECK int vwr_entropy_fill(struct vwr_entropy *e, void *bytes, size_t n, uint32_t us);

/**
 * vwr_entropy_arm() - Enable the interrupt for the next buffer
 * @e: Device.
 *
 * Return: true: the interrupt is enabled. false: bytes may have arrived already; read again.
 */
VWR_MUST_CHECK static inline bool vwr_entropy_arm(struct vwr_entropy *e)
{
    return vwr_receive_arm(&e->receive, 1);
}

/**
 * vwr_entropy_give_up() - Stop a device that does not answer
 * @e: Device. Reads return VWR_ERESET until the device has been recovered.
 */
static inline void vwr_entropy_give_up(struct vwr_entropy *e)
{
    vwr_queue_stop(&e->receive.queue, VWR_ERESET);
}

/** vwr_entropy_explain() - Describe the last fault of the device or its queue; see vwr_dev_explain() */
static inline size_t vwr_entropy_explain(const struct vwr_entropy *e, char *text, size_t bytes)
{
    return vwr_bringup_explain(&e->bringup, &vwr_dev_messages, NULL, text, bytes);
}

/**
 * struct vwr_entropy_open_own - Private memory of an entropy device for vwr_open()
 * @entropy: Device; the first member.
 */
struct vwr_entropy_open_own {
    struct vwr_entropy entropy;
};

/**
 * struct vwr_entropy_open_shared - Shared memory of an entropy device for vwr_open()
 * @pool: Ring and buffers.
 */
struct vwr_entropy_open_shared {
    struct vwr_entropy_shared pool;
};

/** vwr_entropy_open_default() - Open an entropy device for vwr_open(); see vwr_blk_open_default() */
VWR_MUST_CHECK static inline int vwr_entropy_open_default(void *own, void *shared, struct vwr_dev *d,
                                                          const struct vwr_features *avoid)
{
    struct vwr_entropy_options options;

    vwr_zero(&options, sizeof(options));
    vwr_copy(&options.avoid, avoid, sizeof(*avoid));
    options.shared = (struct vwr_entropy_shared *)shared;
    return vwr_entropy_open((struct vwr_entropy *)own, d, &options);
}

VWR_END_C

#endif
