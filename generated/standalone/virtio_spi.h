/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/spi.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; SPI Controller Device */

/*
 * A self-contained file with the specification's names. Items without a name in the specification are named in the same
 * way. Numbers larger than a byte are little-endian unless their comment says otherwise.
 */
#ifndef VWR_STANDALONE_SPI_H
#define VWR_STANDALONE_SPI_H

#include <stdint.h>

#ifdef __cplusplus
#define VIRTIO_SIZE(name, bytes) static_assert(sizeof(struct name) == (bytes), "size")
#else
#define VIRTIO_SIZE(name, bytes) _Static_assert(sizeof(struct name) == (bytes), "size")
#endif

#define VIRTIO_ID_SPI 45                                /* A controller on an SPI bus. */

/* Transfer widths. enums.nbits; "Device Operation / Device Operation: Request Queue" */
#define VIRTIO_SPI_NBITS_SINGLE 1                       /* 1-bit transfer; 0 has the same meaning. */
#define VIRTIO_SPI_NBITS_DUAL 2                         /* 2-bit transfer. */
#define VIRTIO_SPI_NBITS_QUAD 4                         /* 4-bit transfer. */
#define VIRTIO_SPI_NBITS_OCTAL 8                        /* 8-bit transfer. */

/* Result of a transfer. enums.result; "Device Operation / Device Operation: Request Queue" */
#define VIRTIO_SPI_TRANS_OK 0                           /* The request succeeded. */
#define VIRTIO_SPI_PARAM_ERR 1                          /* A parameter is invalid or not supported. */
#define VIRTIO_SPI_TRANS_ERR 2                          /* The transfer failed. */

/* queues; "SPI Controller Device" */
#define VIRTIO_SPI_QUEUE_REQUESTQ 0                     /* Transfers, one struct transfer_req each. */

/*
 * Parameters of a transfer.
 * structs.transfer_head; "Device Operation / Device Operation: Request Queue"
 */
struct virtio_spi_transfer_head {
    uint8_t chip_select_id;                 /* Chip select number. */
    uint8_t bits_per_word;                  /* Word length. */
    uint8_t cs_change;                      /* 1 to deactivate the chip select before the next transfer, else 0. */
    uint8_t tx_nbits;                       /* Transmit width; VIRTIO_SPI_NBITS_*. */
    uint8_t rx_nbits;                       /* Receive width; VIRTIO_SPI_NBITS_*. */
    uint8_t reserved[3];                    /* Reserved. */
    uint32_t mode;                          /* Mode of the bus. */
                                            /* bit 0: cpha. Clock phase. */
                                            /* bit 1: cpol. Clock polarity. */
                                            /* bit 2: cs_high. Active-high chip select. */
                                            /* bit 3: lsb_first. LSB first. */
                                            /* bit 4: loop. Loopback. */
    uint32_t freq;                          /* Clock frequency; in Hz. */
    uint32_t word_delay_ns;                 /* Delay between words; in nanoseconds. */
    uint32_t cs_setup_ns;                   /* Delay after chip select activation; in nanoseconds. */
    uint32_t cs_delay_hold_ns;              /* Delay before chip select deactivation; in nanoseconds. */
    uint32_t cs_change_delay_inactive_ns;   /* Delay after chip select deactivation; in nanoseconds. */
};
VIRTIO_SIZE(virtio_spi_transfer_head, 32);

/*
 * Result of a transfer.
 * structs.transfer_result; "Device Operation / Device Operation: Request Queue"
 */
struct virtio_spi_transfer_result {
    uint8_t result;                         /* Result of the transfer; enums.result. */
};
VIRTIO_SIZE(virtio_spi_transfer_result, 1);

/*
 * A transfer with tx_buf, rx_buf, or both of the same length.
 * structs.transfer_req; "Device Operation / Device Operation: Request Queue"
 */
struct virtio_spi_transfer_req {
    struct virtio_spi_transfer_head head;   /* Parameters of the transfer. */
    uint8_t tx_buf[];                       /* Data to transmit; may be absent. */
};
VIRTIO_SIZE(virtio_spi_transfer_req, 32);

/*
 * The part that the device writes.
 * No C struct, because its first field has no fixed length. rx_buf[], received data; may be
 * absent; result, result of the transfer.
 * structs.transfer_req; "Device Operation / Device Operation: Request Queue"
 */

/* Configuration space of the device. config; "Device configuration layout" */
struct virtio_spi_config {
    uint8_t cs_max_number;                  /* Number of chip selects. */
    uint8_t cs_change_supported;            /* 1 if the controller supports cs_change, else 0. */
    uint8_t tx_nbits_supported;             /* Supported transmit widths besides 1-bit. */
                                            /* bit 0: dual. 2-bit transfers. */
                                            /* bit 1: quad. 4-bit transfers. */
                                            /* bit 2: octal. 8-bit transfers. */
    uint8_t rx_nbits_supported;             /* Supported receive widths besides 1-bit. */
                                            /* bit 0: dual. 2-bit transfers. */
                                            /* bit 1: quad. 4-bit transfers. */
                                            /* bit 2: octal. 8-bit transfers. */
    uint32_t bits_per_word_mask;            /* Bit n is set if words of n + 1 bits are supported; 0 if any length is. */
    uint32_t mode_func_supported;           /* Supported modes. */
                                            /* bit 0: cpha_0. CPHA 0. */
                                            /* bit 1: cpha_1. CPHA 1. */
                                            /* bit 2: cpol_0. CPOL 0. */
                                            /* bit 3: cpol_1. CPOL 1. */
                                            /* bit 4: cs_high. Active-high chip select, besides active-low. */
                                            /* bit 5: lsb_first. LSB first, besides MSB first. */
                                            /* bit 6: loop. Loopback. */
    uint32_t max_freq_hz;                   /* Maximum clock frequency; 0 for no limit; in Hz. */
    uint32_t max_word_delay_ns;             /* Maximum delay between words; 0 if not supported; in nanoseconds. */
    uint32_t max_cs_setup_ns;               /* Maximum delay after chip select activation; 0 if not supported; in
                                               nanoseconds. */
    uint32_t max_cs_hold_ns;                /* Maximum delay before chip select deactivation; 0 if not supported; in
                                               nanoseconds. */
    uint32_t max_cs_inactive_ns;            /* Maximum delay after chip select deactivation; 0 if not supported; in
                                               nanoseconds. */
};
VIRTIO_SIZE(virtio_spi_config, 32);

#undef VIRTIO_SIZE
#endif
