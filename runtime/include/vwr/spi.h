/* SPDX-License-Identifier: MIT */
#ifndef VWR_SPI_H
#define VWR_SPI_H

#include "vwr/bytes.h"
#include "vwr/client/spi.h"
#include "vwr/message.h"
#include "vwr/spi_rules.h"

VWR_BEGIN_C

/**
 * DOC: SPI controller device, driver side
 *
 * The driver transfers bytes to and from the chips on the SPI bus of the device::
 *
 *     r = vwr_spi_open(s, d, options);
 *     vwr_spi_fill(&m, 0, 1000000);                // chip 0, mode 0, 8-bit words, 1 MHz
 *     r = vwr_spi_transfer(s, &m, out, NULL, 3);   // transmit
 *     r = vwr_spi_transfer(s, &m, NULL, in, 8);    // receive
 *     r = vwr_spi_transfer(s, &m, out, in, 4);     // both simultaneously
 *
 * Rules:
 *
 * - The driver checks the parameters of a transfer against the configuration (vwr_spi_check()). It sends none
 *   that the device has to refuse.
 * - The device processes transfers in order. Each call sends one transfer and waits for it.
 * - A transfer that is ended by a recovery is not resubmitted, because the chip may already have received it.
 * - Data buffers are in flight during a call. vwr/result.h describes who owns them when the call returns.
 * - The device has one owner at a time.
 *
 * generated/docs/contexts.md lists the calling context, stack use and loop bounds of each function.
 *
 * Section: SPI Controller Device.
 */

/** VWR_SPI_QUEUE - Number of descriptors, a power of 2 */
#ifndef VWR_SPI_QUEUE
#define VWR_SPI_QUEUE 16u
#endif
VWR_STATIC_ASSERT(VWR_QUEUE_SIZE_IS_WHOLE(VWR_SPI_QUEUE), "VWR_SPI_QUEUE must be a power of 2");

#define VWR_SPI_REQUESTS 1u

/**
 * struct vwr_spi_shared - Shared memory (see struct vwr_queue_memory); it need not be initialised
 * @queue: Request queue.
 */
struct vwr_spi_shared {
    uint8_t queue[VWR_CLIENT_SHARED_BYTES(VWR_SPI_QUEUE, VWR_SPI_REQUESTS, VWR_SPI_CLIENT_REQUESTQ_SLOT,
                                          VWR_REQUEST_SEGMENTS)];
} __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));

/**
 * struct vwr_spi_options - Options of vwr_spi_open()
 * @shared: Shared memory. It must remain valid until vwr_close() succeeds.
 * @avoid: Features that the driver must not accept.
 * @request: Request options. The caller sets timeout_us, spin and waiter; the driver sets the other
 *   members.
 */
struct vwr_spi_options {
    struct vwr_spi_shared *shared;
    struct vwr_features avoid;
    struct vwr_request_options request;
};

/**
 * struct vwr_spi - An SPI controller device
 * @bringup: Bring-up, which is the first member of @client.
 * @client: Generated client; client.info is the configuration.
 *
 * It must be in private memory and need not be initialised.
 */
struct vwr_spi {
    union {
        struct vwr_bringup bringup;
        struct vwr_spi_client client;
    };
    /* private: */
    struct vwr_spi_options options;
    uint64_t own[(VWR_REQUEST_OWN_BYTES(VWR_SPI_QUEUE, VWR_SPI_REQUESTS) + 7u) / 8u];
};

/**
 * vwr_spi_open() - Open an SPI controller device
 * @s: Device; it need not be initialised.
 * @d: Probed device.
 * @options: Options; they are copied.
 *
 * Return: VWR_OK: the device is live.
 * * VWR_EBUSY: the device is open already.
 * * VWR_EFAILED: the device is not in the state that follows a probe or a reset.
 * * VWR_ETYPE: the device is not an SPI controller device.
 * * Other errors: the same as vwr_bringup_open().
 */
VWR_MUST_CHECK int vwr_spi_open(struct vwr_spi *s, struct vwr_dev *d, const struct vwr_spi_options *options);

/** vwr_spi_bringup - Class of SPI controller devices, for vwr/bringup.h */
extern const struct vwr_bringup_class vwr_spi_bringup;

/**
 * vwr_spi_fill() - Fill in the parameters of usual transfers
 * @m: Filled in: mode 0, words of 8 bits, one line in each direction, no delays.
 * @chip: Number of the chip.
 * @freq: Clock frequency in Hz.
 */
static inline void vwr_spi_fill(struct vwr_spi_transfer_msg *m, uint8_t chip, uint32_t freq)
{
    vwr_zero(m, sizeof(*m));
    m->chip_select_id = chip;
    m->bits_per_word = 8; /* bits */
    m->tx_nbits = VWR_SPI_NBITS_SINGLE;
    m->rx_nbits = VWR_SPI_NBITS_SINGLE;
    m->freq = freq;
}

/**
 * vwr_spi_transfer() - Transmit or receive bytes, or both simultaneously
 * @s: Device.
 * @m: Parameters.
 * @out: Bytes to transmit; NULL: none.
 * @in: Filled in with the received bytes; NULL: none are received. After an error its contents are undefined.
 * @bytes: Size of @out and of @in in bytes.
 *
 * Return: VWR_OK: the transfer succeeded.
 * * VWR_EINVAL: the configuration does not allow the parameters; nothing was sent. Or the port cannot
 *   translate the data.
 * * VWR_EUNSUPP: the device has refused a parameter.
 * * VWR_EIO: the transfer failed.
 * * VWR_EPROTO: the device wrote fewer bytes than requested.
 * * VWR_EFAILED: the device is not open, or the queue is stopped.
 * * VWR_EBUSY: an earlier transfer is in flight.
 * * Other errors: the same as vwr_request_submit() and vwr_request_wait().
 */
VWR_MUST_CHECK int vwr_spi_transfer(struct vwr_spi *s, const struct vwr_spi_transfer_msg *m, const void *out,
                                    void *in, size_t bytes);

/** vwr_spi_explain() - Describe the last fault of the device or its queue; see vwr_dev_explain() */
static inline size_t vwr_spi_explain(const struct vwr_spi *s, char *text, size_t bytes)
{
    return vwr_bringup_explain(&s->bringup, &vwr_request_messages, NULL, text, bytes);
}

/**
 * struct vwr_spi_open_own - Private memory of an SPI controller device for vwr_open()
 * @spi: Device; the first member.
 */
struct vwr_spi_open_own {
    struct vwr_spi spi;
};

/**
 * struct vwr_spi_open_shared - Shared memory of an SPI controller device for vwr_open()
 * @queues: Request queue.
 */
struct vwr_spi_open_shared {
    struct vwr_spi_shared queues;
};

/** vwr_spi_open_default() - Open an SPI controller device for vwr_open(); see vwr_blk_open_default() */
VWR_MUST_CHECK static inline int vwr_spi_open_default(void *own, void *shared, struct vwr_dev *d,
                                                      const struct vwr_features *avoid)
{
    struct vwr_spi_options options;

    vwr_zero(&options, sizeof(options));
    vwr_copy(&options.avoid, avoid, sizeof(*avoid));
    options.shared = (struct vwr_spi_shared *)shared;
    return vwr_spi_open((struct vwr_spi *)own, d, &options);
}

VWR_END_C

#endif
