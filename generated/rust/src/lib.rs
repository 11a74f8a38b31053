// SPDX-License-Identifier: MIT
// Generated from spec/ by ./vwr generate: do not edit.
//! VIRTIO 1.4 as constants and structures, with the specification's names. Items without a name in
//! the specification are named in the same way.
//!
//! A constant of a feature is the number of its bit. A structure has the layout that both sides see
//! in memory; an array whose length is not fixed has no elements, and a comment says where the
//! members behind it are.
#![no_std]
#![allow(non_camel_case_types, non_upper_case_globals)]

pub mod _9p;
pub mod admin;
pub mod balloon;
pub mod blk;
pub mod can;
pub mod ccw;
pub mod console;
pub mod crypto;
pub mod entropy;
pub mod features;
pub mod fs;
pub mod gpio;
pub mod gpu;
pub mod i2c;
pub mod ids;
pub mod input;
pub mod iommu;
pub mod media;
pub mod mem;
pub mod mmio;
pub mod net;
pub mod numbers;
pub mod packed_ring;
pub mod pci;
pub mod pmem;
pub mod rpmb;
pub mod rtc;
pub mod scmi;
pub mod scsi;
pub mod sound;
pub mod spi;
pub mod split_ring;
pub mod state;
pub mod status;
pub mod vhost_user;
pub mod vsock;
