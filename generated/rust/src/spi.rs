// SPDX-License-Identifier: MIT
// Generated from spec/device/spi.yaml by ./vwr generate: do not edit.
//! VIRTIO 1.4; SPI Controller Device.

#[allow(unused_imports)]
use crate::numbers::*;

/// A controller on an SPI bus.
pub const VIRTIO_ID_SPI: u32 = 45;

// Transfer widths. enums.nbits; "Device Operation / Device Operation: Request Queue"

/// 1-bit transfer; 0 has the same meaning.
pub const VIRTIO_SPI_NBITS_SINGLE: u32 = 1;
/// 2-bit transfer.
pub const VIRTIO_SPI_NBITS_DUAL: u32 = 2;
/// 4-bit transfer.
pub const VIRTIO_SPI_NBITS_QUAD: u32 = 4;
/// 8-bit transfer.
pub const VIRTIO_SPI_NBITS_OCTAL: u32 = 8;

// Result of a transfer. enums.result; "Device Operation / Device Operation: Request Queue"

/// The request succeeded.
pub const VIRTIO_SPI_TRANS_OK: u32 = 0;
/// A parameter is invalid or not supported.
pub const VIRTIO_SPI_PARAM_ERR: u32 = 1;
/// The transfer failed.
pub const VIRTIO_SPI_TRANS_ERR: u32 = 2;

// queues; "SPI Controller Device"

/// Transfers, one struct transfer_req each.
pub const VIRTIO_SPI_QUEUE_REQUESTQ: u32 = 0;

/// Parameters of a transfer.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_spi_transfer_head {
    /// Chip select number.
    pub chip_select_id: u8,
    /// Word length.
    pub bits_per_word: u8,
    /// 1 to deactivate the chip select before the next transfer, else 0.
    pub cs_change: u8,
    /// Transmit width; VIRTIO_SPI_NBITS_\*.
    pub tx_nbits: u8,
    /// Receive width; VIRTIO_SPI_NBITS_\*.
    pub rx_nbits: u8,
    /// Reserved.
    pub reserved: [u8; 3],
    /// Mode of the bus.
    /// Bit 0: cpha. Clock phase.
    /// Bit 1: cpol. Clock polarity.
    /// Bit 2: cs_high. Active-high chip select.
    /// Bit 3: lsb_first. LSB first.
    /// Bit 4: loop. Loopback.
    pub mode: Le32,
    /// Clock frequency; in Hz.
    pub freq: Le32,
    /// Delay between words; in nanoseconds.
    pub word_delay_ns: Le32,
    /// Delay after chip select activation; in nanoseconds.
    pub cs_setup_ns: Le32,
    /// Delay before chip select deactivation; in nanoseconds.
    pub cs_delay_hold_ns: Le32,
    /// Delay after chip select deactivation; in nanoseconds.
    pub cs_change_delay_inactive_ns: Le32,
}
layout!(virtio_spi_transfer_head, 32,
    chip_select_id 0, bits_per_word 1, cs_change 2, tx_nbits 3, rx_nbits 4, reserved 5, mode 8,
    freq 12, word_delay_ns 16, cs_setup_ns 20, cs_delay_hold_ns 24, cs_change_delay_inactive_ns 28
);

/// Result of a transfer.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_spi_transfer_result {
    /// Result of the transfer; enums.result.
    pub result: u8,
}
layout!(virtio_spi_transfer_result, 1, result 0);

/// A transfer with tx_buf, rx_buf, or both of the same length.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_spi_transfer_req {
    /// Parameters of the transfer.
    pub head: virtio_spi_transfer_head,
    /// Data to transmit; may be absent.
    pub tx_buf: [u8; 0],
}
layout!(virtio_spi_transfer_req, 32, head 0);

/// Configuration space of the device.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_spi_config {
    /// Number of chip selects.
    pub cs_max_number: u8,
    /// 1 if the controller supports cs_change, else 0.
    pub cs_change_supported: u8,
    /// Supported transmit widths besides 1-bit.
    /// Bit 0: dual. 2-bit transfers.
    /// Bit 1: quad. 4-bit transfers.
    /// Bit 2: octal. 8-bit transfers.
    pub tx_nbits_supported: u8,
    /// Supported receive widths besides 1-bit.
    /// Bit 0: dual. 2-bit transfers.
    /// Bit 1: quad. 4-bit transfers.
    /// Bit 2: octal. 8-bit transfers.
    pub rx_nbits_supported: u8,
    /// Bit n is set if words of n + 1 bits are supported; 0 if any length is.
    pub bits_per_word_mask: Le32,
    /// Supported modes.
    /// Bit 0: cpha_0. CPHA 0.
    /// Bit 1: cpha_1. CPHA 1.
    /// Bit 2: cpol_0. CPOL 0.
    /// Bit 3: cpol_1. CPOL 1.
    /// Bit 4: cs_high. Active-high chip select, besides active-low.
    /// Bit 5: lsb_first. LSB first, besides MSB first.
    /// Bit 6: loop. Loopback.
    pub mode_func_supported: Le32,
    /// Maximum clock frequency; 0 for no limit; in Hz.
    pub max_freq_hz: Le32,
    /// Maximum delay between words; 0 if not supported; in nanoseconds.
    pub max_word_delay_ns: Le32,
    /// Maximum delay after chip select activation; 0 if not supported; in nanoseconds.
    pub max_cs_setup_ns: Le32,
    /// Maximum delay before chip select deactivation; 0 if not supported; in nanoseconds.
    pub max_cs_hold_ns: Le32,
    /// Maximum delay after chip select deactivation; 0 if not supported; in nanoseconds.
    pub max_cs_inactive_ns: Le32,
}
layout!(virtio_spi_config, 32,
    cs_max_number 0, cs_change_supported 1, tx_nbits_supported 2, rx_nbits_supported 3,
    bits_per_word_mask 4, mode_func_supported 8, max_freq_hz 12, max_word_delay_ns 16,
    max_cs_setup_ns 20, max_cs_hold_ns 24, max_cs_inactive_ns 28
);
