// SPDX-License-Identifier: MIT
//! The drivers of the crate virtio-drivers on the devices of machine.c: a disk, a network card and, if the crate
//! has its driver, an entropy device. See README.md.

use std::ffi::CString;
use std::os::raw::{c_char, c_uint};
use std::ptr::{copy_nonoverlapping, NonNull};
use std::{env, fs};
use virtio_drivers::device::blk::{BlkReq, BlkResp, VirtIOBlk, SECTOR_SIZE};
use virtio_drivers::device::net::VirtIONetRaw;
use virtio_drivers::transport::mmio::{MmioTransport, VirtIOHeader};
use virtio_drivers::{BufferDirection, Hal, PhysAddr, PAGE_SIZE};

extern "C" {
    fn machine_begin(image: *const c_char, legacy: bool, as_qemu: bool);
    fn machine_end();
    fn machine_window(n: c_uint) -> *mut u8;
    fn machine_take(bytes: usize) -> u64;
    fn machine_give(addr: u64, bytes: usize);
    fn machine_at(addr: u64) -> *mut u8;
}

struct Machine;

// SAFETY: memory comes from machine.c, which never gives out a page twice.
unsafe impl Hal for Machine {
    fn dma_alloc(pages: usize, _: BufferDirection) -> (PhysAddr, NonNull<u8>) {
        unsafe {
            let addr = machine_take(pages * PAGE_SIZE);
            (addr as PhysAddr, NonNull::new(machine_at(addr)).unwrap())
        }
    }

    unsafe fn dma_dealloc(addr: PhysAddr, _: NonNull<u8>, pages: usize) -> i32 {
        machine_give(addr as u64, pages * PAGE_SIZE);
        0
    }

    unsafe fn mmio_phys_to_virt(_: PhysAddr, _: usize) -> NonNull<u8> {
        unreachable!("there is no PCI bus")
    }

    // The device sees a copy of the buffer.
    unsafe fn share(buffer: NonNull<[u8]>, direction: BufferDirection) -> PhysAddr {
        let addr = machine_take(buffer.len());
        if direction != BufferDirection::DeviceToDriver {
            copy_nonoverlapping(buffer.as_ptr() as *const u8, machine_at(addr), buffer.len());
        }
        addr as PhysAddr
    }

    unsafe fn unshare(addr: PhysAddr, buffer: NonNull<[u8]>, direction: BufferDirection) {
        if direction != BufferDirection::DriverToDevice {
            copy_nonoverlapping(machine_at(addr as u64), buffer.as_ptr() as *mut u8, buffer.len());
        }
        machine_give(addr as u64, buffer.len());
    }
}

#[cfg(feature = "without_size")]
unsafe fn transport(at: NonNull<VirtIOHeader>) -> MmioTransport {
    MmioTransport::new(at).unwrap()
}

#[cfg(not(feature = "without_size"))]
unsafe fn transport(at: NonNull<VirtIOHeader>) -> MmioTransport<'static> {
    MmioTransport::new(at, PAGE_SIZE).unwrap()
}

macro_rules! probe {
    ($window:expr) => {
        unsafe { transport(NonNull::new(machine_window($window) as *mut VirtIOHeader).unwrap()) }
    };
}

/// Reads pieces of different sizes, one after the other.
fn read_all(disk: &mut VirtIOBlk<Machine, impl virtio_drivers::transport::Transport>) -> Vec<u8> {
    let mut content = vec![0; disk.capacity() as usize * SECTOR_SIZE];
    let (mut at, mut turn) = (0, 0);
    while at < content.len() {
        let end = content.len().min(at + [1, 7, 64][turn % 3] * SECTOR_SIZE);
        disk.read_blocks(at / SECTOR_SIZE, &mut content[at..end]).unwrap();
        at = end;
        turn += 1;
    }
    content
}

/// Reads the first sectors, as many as fit in the queue at a time, and takes the answers in their order.
fn read_together(disk: &mut VirtIOBlk<Machine, impl virtio_drivers::transport::Transport>) -> Vec<u8> {
    const FLIGHT: usize = 5;
    let mut content = vec![[0u8; SECTOR_SIZE]; FLIGHT];
    let mut requests: Vec<_> = (0..FLIGHT).map(|_| (BlkReq::default(), BlkResp::default())).collect();
    let mut tokens = Vec::new();
    for (n, (request, answer)) in requests.iter_mut().enumerate() {
        let token = unsafe { disk.read_blocks_nb(n, request, &mut content[n], answer) };
        tokens.push(token.unwrap());
    }
    for (n, (request, answer)) in requests.iter_mut().enumerate() {
        while disk.peek_used() != Some(tokens[n]) {}
        unsafe { disk.complete_read_blocks(tokens[n], request, &mut content[n], answer) }.unwrap();
    }
    content.concat()
}

fn use_disk(read: &str, written: &str, first: usize) {
    let data = fs::read(written).unwrap();
    let mut disk = VirtIOBlk::<Machine, _>::new(probe!(0)).unwrap();
    let mut id = [0; 20];
    let bytes = disk.device_id(&mut id).unwrap();
    println!("disk {} sectors {}", disk.capacity(), String::from_utf8_lossy(&id[..bytes]));
    let content = read_all(&mut disk);
    println!("together {}", read_together(&mut disk) == content[..5 * SECTOR_SIZE]);
    fs::write(read, content).unwrap();
    for (n, piece) in data.chunks(9 * SECTOR_SIZE).enumerate() {
        disk.write_blocks(first + 9 * n, piece).unwrap();
    }
    disk.flush().unwrap();
    drop(disk); // which resets the device
    let mut disk = VirtIOBlk::<Machine, _>::new(probe!(0)).unwrap();
    let mut again = vec![0; data.len()];
    disk.read_blocks(first, &mut again).unwrap();
    println!("again {}", again == data);
}

#[cfg(not(feature = "without_rng"))]
fn use_entropy() {
    let mut source = virtio_drivers::device::rng::VirtIORng::<Machine, _>::new(probe!(1)).unwrap();
    let mut bytes = [0; 100];
    let count = source.request_entropy(&mut bytes).unwrap();
    println!("random {}", (0..100).all(|n| usize::from(bytes[n]) == n) && count == 100);
}

#[cfg(feature = "without_rng")]
fn use_entropy() {}

/// Sends a frame to its own address; the card returns it, or the device has refused the driver.
fn use_card() {
    let mut card = VirtIONetRaw::<Machine, _, 16>::new(probe!(2)).unwrap();
    let mut sent = vec![0x5a; 1000];
    let mut received = vec![0; 2000];
    let header = card.fill_buffer_header(&mut sent).unwrap();
    sent[header..header + 6].copy_from_slice(&card.mac_address());
    unsafe {
        let into = card.receive_begin(&mut received).unwrap();
        let from = card.transmit_begin(&sent).unwrap();
        if card.poll_transmit() != Some(from) {
            println!("frame none");
            machine_end();
            std::process::exit(0); // the crate waits for its buffers
        }
        card.transmit_complete(from, &sent).unwrap();
        assert!(card.poll_receive() == Some(into));
        let (skip, bytes) = card.receive_complete(into, &mut received).unwrap();
        println!("frame {} header {}", received[skip..skip + bytes] == sent[header..], header);
    }
}

fn main() {
    let words: Vec<String> = env::args().collect();
    let image = CString::new(words[1].as_str()).unwrap();
    unsafe { machine_begin(image.as_ptr(), words[2] == "legacy", words[3] == "qemu") };
    use_disk(&words[4], &words[5], words[6].parse().unwrap());
    use_entropy();
    use_card();
    unsafe { machine_end() };
}
