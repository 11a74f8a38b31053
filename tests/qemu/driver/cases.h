/* SPDX-License-Identifier: MIT */
#ifndef VWR_QEMU_CASES_H
#define VWR_QEMU_CASES_H

#include <stdbool.h>

#define SKIPPED 77 /* what the program ends with where the machine has not what a case needs */

/* One case each, named as on the command line; its files are in the current folder. */

/* case_io.c: what comes off a disk and goes onto it */
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

/* case_unplug.c: a disk is pulled out of a slot under I/O, and another put in */
void case_pci_unplug(bool legacy);

/* case_memory.c: where buffers and queues may be, and what they cost on the bus */
void case_scattered(bool legacy);
void case_segments(bool legacy);
void case_queue_size(bool legacy);
void case_bus_cost(bool legacy);
void case_batch(bool legacy);

/* case_find.c: what is in the slots, and what it says of itself */
void case_empty_slot(bool legacy);
void case_scan(bool legacy);
void case_not_a_disk(bool legacy);
void case_get_id(bool legacy);
void case_info(bool legacy);
void case_features(bool legacy);
void case_config_change(bool legacy);

/* case_trouble.c: errors of the disk, a device that is silent, lies, or has been led astray */
void case_io_error(bool legacy);
void case_write_error(bool legacy);
void case_medium_gone(bool legacy);
void case_timeout(bool legacy);
void case_late_answer(bool legacy);
void case_needs_reset(bool legacy);
void case_forged_used(bool legacy);
void case_reopen(bool legacy);

/* case_recover.c: the device fails in the middle of 32 requests, and is brought back */
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

/* case_many.c: requests that nobody waits for, one by one */
void case_wrong_use(bool legacy);
void case_ranges(bool legacy);
void case_interrupts(bool legacy);
void case_counters(bool legacy);
void case_threads(bool legacy);

/* case_change.c: what changes while a disk runs */
void case_queue_reset(bool legacy);
void case_resize(bool legacy);
void case_write_cache(bool legacy);

/* case_console.c: the guests of tests/common on QEMU's devices */
void case_console(bool legacy);
void case_entropy(bool legacy);

/* case_ports.c: the driver of the console on QEMU's */
void case_console_one(bool legacy);
void case_console_ports(bool legacy);
void case_console_many(bool legacy);
void case_console_recover(bool legacy);

/* So many times 16 MiB each way, on three ports at once and on one, in each kind of ring. */
void console_soak(unsigned times);

/* case_net.c: the driver of the network card on QEMU's */
void case_net_user(bool legacy);
void case_net_frames(bool legacy);
void case_net_settings(bool legacy);
void case_net_interrupts(bool legacy);
void case_net_link(bool legacy);

/* case_tap.c: pairs of queues and offloads, which a tap of Linux's has */
void case_net_pairs(bool legacy);
void case_net_offloads(bool legacy);

/* case_gpu.c: the driver of the gpu on QEMU's; modern alone */
void case_gpu_pictures(bool legacy);
void case_gpu_displays(bool legacy);
void case_gpu_cursor(bool legacy);
void case_gpu_errors(bool legacy);
void case_gpu_recover(bool legacy);

/* case_entropy.c: the driver of an entropy device on QEMU's */
void case_entropy_pool(bool legacy);
void case_entropy_short(bool legacy);
void case_entropy_recover(bool legacy);

/* case_input.c: the driver of input devices on QEMU's, which are modern */
void case_input_events(bool legacy);
void case_input_many(bool legacy);
void case_input_overflow(bool legacy);
void case_input_questions(bool legacy);
void case_input_leds(bool legacy);
void case_input_recover(bool legacy);

/* So many times 100 000 events of a mouse in each kind of ring: none lost, no group torn. */
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

/* Requests that all matrix cases of both versions make together, at least; each sees that it has made its
 * part. */
unsigned matrix_requests(void);
#define MATRIX_REQUESTS_LEAST 20000u

/* Kinds of rings, of both versions, by number. */
#define MATRIX_KINDS 12u
const char *matrix_name(unsigned number);

/* Random traffic until each index of each ring has wrapped at 2^16, `wraps` times. */
#define MATRIX_WRAPS_MOST 1000u
void matrix_soak(unsigned number, unsigned wraps);

#endif
