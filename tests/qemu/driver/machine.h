/* SPDX-License-Identifier: MIT */
#ifndef VWR_QEMU_MACHINE_H
#define VWR_QEMU_MACHINE_H

#include <stdbool.h>
#include <stdint.h>

/*
 * One QEMU of a board (board.h), its processor idle, driven from outside: registers over the qtest socket,
 * the rest over QMP, RAM as in guest.h. All its files are in the current folder.
 *
 *     machine_begin(legacy);
 *     machine_add_disk(31, "file=disk.img", "serial=x");
 *     machine_start();
 *     ...
 *     machine_stop();
 *
 * A QEMU that cannot be started, that goes away or that does not answer is a failed check.
 */

#define MACHINE_SLOTS 32u /* of virtio-mmio */
#define MACHINE_SLOT_BYTES 0x200u
#define MACHINE_SLOT_BASE UINT64_C(0x0a000000)

void machine_begin(bool legacy);
bool machine_is_legacy(void);

/* How long QEMU may live; otherwise 60 s. Before machine_begin. */
void machine_lives(unsigned seconds);

/* Adds two words to the command line. */
__attribute__((format(printf, 2, 3))) void machine_add(const char *option, const char *format, ...);

/* A device `name` in `slot`, with more words for QEMU; "virtio-rng" for virtio-rng-device, or -pci. */
__attribute__((format(printf, 3, 4))) void machine_add_device(unsigned slot, const char *name,
                                                              const char *format, ...);

/*
 * Words of a disk: a notification is an access like any other, at the end of which the device has looked into
 * its queue, as watch.h needs it.
 */
const char *machine_disk_more(void);

/* A disk in `slot`: drive "d<slot>", device "vb<slot>". `device` may be "". */
void machine_add_disk(unsigned slot, const char *drive, const char *device);

void machine_start(void);

/* How many were started until now. */
unsigned machine_number(void);

/* Register accesses as the guest's processor would do them; any address, and from BOARD_PORTS on I/O ports.
 */
uint32_t machine_read(uint64_t addr, unsigned bytes);
void machine_write(uint64_t addr, unsigned bytes, uint32_t value);

/* Behind it all has come that QEMU has said of lines before. */
void machine_sync(void);

/* One QMP command; its answer, valid until the next call. An error is a failed check. */
const char *machine_qmp(const char *command);

/* The same; NULL where this QEMU does not have the command. */
const char *machine_qmp_try(const char *command);

/* The same, again and again while its error has `error` in it; QEMU's life is bounded. */
void machine_qmp_again(const char *command, const char *error);

/* The path of the disk in `slot` in QEMU's tree. */
const char *machine_disk_path(unsigned slot);

/* A command for the drive of `slot`, such as "break read_aio A" for blkdebug. */
void machine_qemu_io(unsigned slot, const char *command);

/*
 * The interrupt lines of the slots, from here on. Is the line of `slot` up now, and how often has it
 * gone up?
 */
void machine_watch_lines(void);
bool machine_line(unsigned slot);
unsigned machine_line_rises(unsigned slot);

/* Ends QEMU in good order. A word of complaint from it, such as of a broken ring, is a failed check. */
void machine_stop(void);

/* The same for a case in which it has to complain. */
void machine_stop_complaining(void);

/* Ends QEMU at once and shows what it wrote: for a check that failed. */
void machine_abandon(void);

#endif
