/* SPDX-License-Identifier: MIT */
#ifndef HOSTED_H
#define HOSTED_H

#include "conform.h"

/* The ways of a program on Linux to its device, and its two processes. */

extern const struct way vhost_way, qemu_way, model_way, ours_way;

/* ---- run.c ---- */

#define COULD_NOT_RUN 2

/*
 * Runs all cases in a child process, which this process terminates on SIGINT, on SIGTERM, or after `seconds`.
 * Prints a line for each case. Returns the exit code.
 */
int run(struct session *s, const char *name, unsigned seconds);

/* ---- bus.c: registers of virtio-mmio that are not in this program's memory ---- */

/* Accesses a register, without byte swapping. */
struct bus {
    uint32_t (*read)(uint64_t addr, unsigned bytes);
    void (*write)(uint64_t addr, unsigned bytes, uint32_t value);
};

/* The library's driver accesses registers through these functions. */
void bus_use(const struct bus *b);

/* ---- process.c: a device on virtio-mmio, in another process ---- */

#define PROCESS_LINE 120u /* longest line, in bytes */
#define PROCESS_RAM_FD 3  /* descriptor of the guest's memory in the other process */
#define PROCESS_RAM_BASE UINT64_C(0x40000000)
#define PROCESS_RAM_BYTES ((size_t)16 << 20)

/* Appends words to the command line. `name` stands for the process in messages. */
void process_command(const char *name, char **words, int count);
/* Sends a line. false: the process has ended. */
bool process_send(const char *line);
/* Receives a line of fewer than PROCESS_LINE bytes, without its end. false: there is none, and it was
 * stopped. */
bool process_receive(char *line);
bool process_has_line(void);
/* Kills the process, and keeps the reason, a verb and its object, for the case. */
void process_stop(const char *how);
/* Functions of a way. `find` probes the device; is_new: the process was started for it. */
bool process_connect(struct session *s, const struct bus *b, bool (*find)(struct session *s, bool is_new));
void process_end(struct session *s);
void *process_memory(struct session *s, size_t bytes);
bool process_is_there(const struct session *s);
bool process_has_died(struct session *s);

/* ---- vhost.c, qemu.c, model.c ---- */

/* Sets the socket of the back end. */
void vhost_socket(const char *path);
/* Set the command line: a program, and options of the device. */
void qemu_command(char **words, int count);
void model_command(char **words, int count);

#endif
