/* SPDX-License-Identifier: MIT */
#ifndef VWR_QEMU_MACHINE_H
#define VWR_QEMU_MACHINE_H

#include <stdbool.h>
#include <stdint.h>

/*
 * One QEMU of a board (board.h) with an idle processor, driven from outside: registers through the qtest
 * socket, everything else through QMP, RAM as in guest.h. All its files are in the current folder.
 *
 *     machine_begin(legacy);
 *     machine_add_disk(31, "file=disk.img", "serial=x");
 *     machine_start();
 *     ...
 *     machine_stop();
 *
 * The test fails if QEMU does not start, ends early, or does not answer.
 */

#define MACHINE_SLOTS 32u /* of virtio-mmio */
#define MACHINE_SLOT_BYTES 0x200u
#define MACHINE_SLOT_BASE UINT64_C(0x0a000000)

void machine_begin(bool legacy);
bool machine_is_legacy(void);

/* Sets the maximum lifetime of QEMU; the default is 60 s. To be called before machine_begin. */
void machine_lives(unsigned seconds);

/* Adds an option with its argument to the command line. */
__attribute__((format(printf, 2, 3))) void machine_add(const char *option, const char *format, ...);

/* Adds a device `name` in `slot`, with more options; "virtio-rng" stands for virtio-rng-device, or -pci. */
__attribute__((format(printf, 3, 4))) void machine_add_device(unsigned slot, const char *name,
                                                              const char *format, ...);

/*
 * Options of a disk. They make a notification synchronous: the device has examined its queue when the access
 * ends, as watch.h requires.
 */
const char *machine_disk_more(void);

/* Adds a disk in `slot`: drive "d<slot>", device "vb<slot>". `device` may be "". */
void machine_add_disk(unsigned slot, const char *drive, const char *device);

void machine_start(void);

/* Lets the QEMU process run for half a millisecond. The test fails after 20 s of `polls`, which is initially
 * 0.
 */
void machine_wait(unsigned *polls);

/* Number of machines started so far. */
unsigned machine_number(void);

/* Register accesses like the guest processor's; any address, and I/O ports from BOARD_PORTS on. */
uint32_t machine_read(uint64_t addr, unsigned bytes);
void machine_write(uint64_t addr, unsigned bytes, uint32_t value);

/* Returns after all earlier messages of QEMU about lines have been received. */
void machine_sync(void);

/* Sends one QMP command. Returns its answer, valid until the next call. An error fails the test. */
const char *machine_qmp(const char *command);

/* The same; NULL if this QEMU does not have the command. */
const char *machine_qmp_try(const char *command);

/* Repeats a command while its error contains `error`; QEMU's lifetime limits the loop. */
void machine_qmp_again(const char *command, const char *error);

/* The path of the disk in `slot` in QEMU's object tree. */
const char *machine_disk_path(unsigned slot);

/* A qemu-io command for the drive of `slot`, such as "break read_aio A" for blkdebug. */
void machine_qemu_io(unsigned slot, const char *command);

/*
 * Watches the interrupt lines of the slots from here on: the current level of a slot's line, and the number
 * of times that it rose.
 */
void machine_watch_lines(void);
bool machine_line(unsigned slot);
unsigned machine_line_rises(unsigned slot);

/* Ends QEMU normally. An error message from QEMU, for example about a broken ring, fails the test. */
void machine_stop(void);

/*
 * Leaves QEMU running for the next machine_start, which resets it if the command line is the same, and ends
 * it
 * otherwise. Not for a machine with an image, or whose devices have changed. machine_end: after the last one.
 */
void machine_leave(void);
void machine_end(void);

/* machine_stop for a case in which QEMU must print an error message. */
void machine_stop_complaining(void);

/* Kills QEMU and prints its output, after a failed check. */
void machine_abandon(void);

#endif
