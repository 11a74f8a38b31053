/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/spi.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; SPI Controller Device */

/*
 * One file to copy: the specification's names, and nothing of ours. What it does not name is called alike. Numbers of
 * more than a byte are little-endian where their comment does not say otherwise.
 */
#ifndef VWR_STANDALONE_SPI_H
#define VWR_STANDALONE_SPI_H

#include <stdint.h>

#ifdef __cplusplus
#define VIRTIO_SIZE(name, bytes) static_assert(sizeof(struct name) == (bytes), "size")
#else
#define VIRTIO_SIZE(name, bytes) _Static_assert(sizeof(struct name) == (bytes), "size")
#endif

#define VIRTIO_ID_SPI 45                                /* A controller of an SPI bus. */

/* Bits at a time. enums.nbits; "Device Operation / Device Operation: Request Queue" */
#define VIRTIO_SPI_NBITS_SINGLE 1                       /* One bit at a time; 0 means the same. */
#define VIRTIO_SPI_NBITS_DUAL 2                         /* Two. */
#define VIRTIO_SPI_NBITS_QUAD 4                         /* Four. */
#define VIRTIO_SPI_NBITS_OCTAL 8                        /* Eight. */

/* How a transfer went. enums.result; "Device Operation / Device Operation: Request Queue" */
#define VIRTIO_SPI_TRANS_OK 0                           /* It went well. */
#define VIRTIO_SPI_PARAM_ERR 1                          /* A parameter is wrong or not supported. */
#define VIRTIO_SPI_TRANS_ERR 2                          /* The transfer failed. */

/* queues; "SPI Controller Device" */
#define VIRTIO_SPI_QUEUE_REQUESTQ 0                     /* Transfers, each a struct transfer_req. */

/*
 * How to do a transfer.
 * structs.transfer_head; "Device Operation / Device Operation: Request Queue"
 */
struct virtio_spi_transfer_head {
    uint8_t chip_select_id;                 /* Number of the chipselect. */
    uint8_t bits_per_word;                  /* Bits in a word. */
    uint8_t cs_change;                      /* 1 to let chipselect go before the next transfer; else 0. */
    uint8_t tx_nbits;                       /* Bits at a time to write; VIRTIO_SPI_NBITS_*. */
    uint8_t rx_nbits;                       /* Bits at a time to read; VIRTIO_SPI_NBITS_*. */
    uint8_t reserved[3];                    /* Reserved. */
    uint32_t mode;                          /* Mode of the bus. */
                                            /* bit 0: cpha. Phase of the clock. */
                                            /* bit 1: cpol. Polarity of the clock. */
                                            /* bit 2: cs_high. Chipselect is active high. */
                                            /* bit 3: lsb_first. Lowest bit of a word first. */
                                            /* bit 4: loop. Loopback. */
    uint32_t freq;                          /* Clock; in Hz. */
    uint32_t word_delay_ns;                 /* Pause between words; in nanoseconds. */
    uint32_t cs_setup_ns;                   /* Pause after chipselect goes on; in nanoseconds. */
    uint32_t cs_delay_hold_ns;              /* Pause before chipselect goes off; in nanoseconds. */
    uint32_t cs_change_delay_inactive_ns;   /* Pause after chipselect goes off; in nanoseconds. */
};
VIRTIO_SIZE(virtio_spi_transfer_head, 32);

/*
 * How a transfer went.
 * structs.transfer_result; "Device Operation / Device Operation: Request Queue"
 */
struct virtio_spi_transfer_result {
    uint8_t result;                         /* How it went; enums.result. */
};
VIRTIO_SIZE(virtio_spi_transfer_result, 1);

/*
 * A transfer: tx_buf, rx_buf, or both with one length.
 * structs.transfer_req; "Device Operation / Device Operation: Request Queue"
 */
struct virtio_spi_transfer_req {
    struct virtio_spi_transfer_head head;   /* How to do it. */
    uint8_t tx_buf[];                       /* Data to write; may be absent. */
};
VIRTIO_SIZE(virtio_spi_transfer_req, 32);

/*
 * What the device writes of it.
 * No C struct, since it begins with what has no fixed length. rx_buf[], data that was read; may be
 * absent; result, how it went.
 * structs.transfer_req; "Device Operation / Device Operation: Request Queue"
 */

/* Configuration space of the device. config; "Device configuration layout" */
struct virtio_spi_config {
    uint8_t cs_max_number;                  /* Number of chipselects. */
    uint8_t cs_change_supported;            /* 1 if cs_change can be set; else 0. */
    uint8_t tx_nbits_supported;             /* Bits at a time that can be written; one always can. */
                                            /* bit 0: dual. Two. */
                                            /* bit 1: quad. Four. */
                                            /* bit 2: octal. Eight. */
    uint8_t rx_nbits_supported;             /* Bits at a time that can be read; one always can. */
                                            /* bit 0: dual. Two. */
                                            /* bit 1: quad. Four. */
                                            /* bit 2: octal. Eight. */
    uint32_t bits_per_word_mask;            /* Bit n is set if words can have n + 1 bits; 0 if any length will do. */
    uint32_t mode_func_supported;           /* Modes that can be set. */
                                            /* bit 0: cpha_0. CPHA 0. */
                                            /* bit 1: cpha_1. CPHA 1. */
                                            /* bit 2: cpol_0. CPOL 0. */
                                            /* bit 3: cpol_1. CPOL 1. */
                                            /* bit 4: cs_high. Chipselect that is active high; active low always can
                                               be. */
                                            /* bit 5: lsb_first. Lowest bit first; highest first always can be. */
                                            /* bit 6: loop. Loopback. */
    uint32_t max_freq_hz;                   /* Highest clock; 0 for no limit; in Hz. */
    uint32_t max_word_delay_ns;             /* Longest pause between words; 0 for none; in nanoseconds. */
    uint32_t max_cs_setup_ns;               /* Longest pause after chipselect goes on; 0 for none; in nanoseconds. */
    uint32_t max_cs_hold_ns;                /* Longest pause before chipselect goes off; 0 for none; in nanoseconds. */
    uint32_t max_cs_inactive_ns;            /* Longest pause after chipselect goes off; 0 for none; in nanoseconds. */
};
VIRTIO_SIZE(virtio_spi_config, 32);

#undef VIRTIO_SIZE
#endif
