/* SPDX-License-Identifier: MIT */
#ifndef VWR_QEMU_CASES_H
#define VWR_QEMU_CASES_H

#include <stdbool.h>

#define SKIPPED 77 /* exit code if the machine lacks what a case needs */

/* One function for each case, with its name on the command line. A case's files are in the current folder. */

/* case_io.c: reads and writes of a disk */
void case_whole_disk(bool legacy);
void case_write_flush(bool legacy);
void case_read_only(bool legacy);
void case_blocks_4k(bool legacy);
void case_large_transfer(bool legacy);
void case_two_disks(bool legacy);

/* case_pci.c: the same devices over PCI */
void case_pci_scan(bool legacy);
void case_pci_classes(bool legacy);
void case_pci_disk(bool legacy);
void case_pci_interrupts(bool legacy);
void case_pci_windows(bool legacy);
void case_pci_many(bool legacy);

/* case_unplug.c: a disk is unplugged from a slot under I/O, and another one plugged in */
void case_pci_unplug(bool legacy);

/* case_memory.c: memory of buffers and queues, and bus accesses */
void case_scattered(bool legacy);
void case_segments(bool legacy);
void case_queue_size(bool legacy);
void case_bus_cost(bool legacy);
void case_batch(bool legacy);

/* case_find.c: the devices in the slots, and their properties */
void case_empty_slot(bool legacy);
void case_scan(bool legacy);
void case_not_a_disk(bool legacy);
void case_get_id(bool legacy);
void case_info(bool legacy);
void case_features(bool legacy);
void case_config_change(bool legacy);

/*
 * case_trouble.c: errors of a disk, and a device that is silent, violates the protocol, or finds its ring
 * broken
 */
void case_io_error(bool legacy);
void case_write_error(bool legacy);
void case_medium_gone(bool legacy);
void case_timeout(bool legacy);
void case_late_answer(bool legacy);
void case_needs_reset(bool legacy);
void case_forged_used(bool legacy);
void case_reopen(bool legacy);

/* case_recover.c: the device fails with 32 requests in flight, and is recovered */
void case_recover_held_return(bool legacy);
void case_recover_held_replay(bool legacy);
void case_recover_needs_reset_return(bool legacy);
void case_recover_needs_reset_replay(bool legacy);
void case_recover_stopped_return(bool legacy);
void case_recover_stopped_replay(bool legacy);
void case_recover_frozen_return(bool legacy);
void case_recover_frozen_replay(bool legacy);
void case_recover_bad_ring_return(bool legacy);
void case_recover_bad_ring_replay(bool legacy);
void case_recover_wait(bool legacy);
void case_recover_interrupt(bool legacy);

/* case_power.c: a log of writes and flushes for power_cuts.py */
void case_power_log(bool legacy);
void case_power_log_without_flush(bool legacy);

/* case_many.c: asynchronous requests, one by one */
void case_wrong_use(bool legacy);
void case_ranges(bool legacy);
void case_interrupts(bool legacy);
void case_counters(bool legacy);
void case_threads(bool legacy);

/* case_change.c: changes while a disk runs */
void case_queue_reset(bool legacy);
void case_resize(bool legacy);
void case_write_cache(bool legacy);

/* case_console.c: the guest drivers of tests/common on QEMU's devices */
void case_console(bool legacy);
void case_entropy(bool legacy);

/* case_ports.c: the console driver on QEMU's device */
void case_console_one(bool legacy);
void case_console_ports(bool legacy);
void case_console_many(bool legacy);
void case_console_recover(bool legacy);

/* Sends `times` * 16 MiB in each direction, on three ports in parallel and on one, in each kind of ring. */
void console_soak(unsigned times);

/* case_net.c: the network driver on QEMU's card */
void case_net_user(bool legacy);
void case_net_frames(bool legacy);
void case_net_settings(bool legacy);
void case_net_interrupts(bool legacy);
void case_net_link(bool legacy);

/* case_tap.c: queue pairs and offloads, with a Linux tap */
void case_net_pairs(bool legacy);
void case_net_offloads(bool legacy);

/* case_gpu.c: the GPU driver on QEMU's device; modern only */
void case_gpu_pictures(bool legacy);
void case_gpu_displays(bool legacy);
void case_gpu_cursor(bool legacy);
void case_gpu_errors(bool legacy);
void case_gpu_recover(bool legacy);

/* case_entropy.c: the entropy driver on QEMU's device */
void case_entropy_pool(bool legacy);
void case_entropy_short(bool legacy);
void case_entropy_recover(bool legacy);

/* case_mem.c: the driver of memory devices on QEMU's virtio-mem, which is on PCI only */
void case_pci_mem(bool legacy);

/* case_balloon.c: the balloon driver on QEMU's device */
void case_balloon_pages(bool legacy);
void case_balloon_more(bool legacy);
void case_balloon_hints(bool legacy);

/* case_9p.c: the 9P driver on QEMU's device and a folder of the host */
void case_9p_files(bool legacy);
void case_9p_names(bool legacy);
void case_9p_recover(bool legacy);

/* case_fs.c: the file system driver on QEMU's vhost-user-fs and virtiofsd, which are modern only */
void case_fs_files(bool legacy);
void case_fs_recover(bool legacy);

/* case_scsi.c: the SCSI driver on QEMU's device with several disks */
void case_scsi_disks(bool legacy);
void case_scsi_events(bool legacy);

/* case_crypto.c: the crypto driver on QEMU's device with its built-in back end */
void case_crypto_answers(bool legacy);

/* A tree of `times` * 64 MiB there and back, in each kind of ring. */
void files_soak(unsigned times);
void fs_soak(unsigned times);

/* case_sound.c: a sine through the sound card of QEMU 10, in each kind of ring, `times` times. */
void sound_soak(unsigned times);

/* Records what it sends into "sound.txt": record.h. */
void sound_record(void);

/* case_input.c: the input driver on QEMU's devices, which are modern only */
void case_input_events(bool legacy);
void case_input_many(bool legacy);
void case_input_overflow(bool legacy);
void case_input_questions(bool legacy);
void case_input_leds(bool legacy);
void case_input_recover(bool legacy);

/* Sends `times` * 100 000 mouse events in each kind of ring: none is lost, no group is truncated. */
void input_soak(unsigned times);

/* case_matrix.c: random traffic in every format, size and number of queues; one case for each kind of ring */
void case_matrix_split(bool legacy);
void case_matrix_split_indirect(bool legacy);
void case_matrix_split_event(bool legacy);
void case_matrix_split_indirect_event(bool legacy);
void case_matrix_packed(bool legacy);
void case_matrix_packed_indirect(bool legacy);
void case_matrix_packed_event(bool legacy);
void case_matrix_packed_indirect_event(bool legacy);
void case_matrix_blkverify(bool legacy);

/* Minimum number of requests of all matrix cases of both versions; each case checks its own part. */
unsigned matrix_requests(void);
#define MATRIX_REQUESTS_LEAST 20000u

/* Names of the kinds of rings, of both versions, by number. */
#define MATRIX_KINDS 12u
const char *matrix_name(unsigned number);

/* Runs random traffic until each index of each ring has wrapped at 2^16, `wraps` times. */
#define MATRIX_WRAPS_MOST 1000u
void matrix_soak(unsigned number, unsigned wraps);

/* Runs each kind of ring with each size, each number of queues, and features avoided by device and driver. */
void matrix_soak_cells(unsigned times);

#endif
