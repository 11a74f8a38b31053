/* SPDX-License-Identifier: MIT */
#ifndef VWR_MUTANTS_WORLD_H
#define VWR_MUTANTS_WORLD_H

#include "vwr/monitor.h"

/*
 * A machine with one disk. Its driver is either that of driver.c or the library's; its device is either that
 * of
 * device.c or the library's. The monitor observes both. One of them makes the mistake of the current mutant.
 */

#define RAM_ADDR UINT64_C(0x40000000)
#define RAM_BYTES 0x40000u
#define QUEUES 2u
#define QUEUE_SIZE 16u
#define SECTORS 64u

enum { INDIRECT = 1, EVENT = 2, PACKED = 4, IN_ORDER = 8, POSITIONS = 16, RESETS = 32 };

/* A device on the bus. `work` returns whether there was work. */
struct device {
    void (*access)(uint32_t offset, unsigned bytes, bool is_write, uint64_t *value);
    bool (*work)(void);
};

struct world {
    _Alignas(4096) uint8_t ram[RAM_BYTES];
    uint8_t disk[SECTORS * 512u];
    unsigned mode;
    const struct device *device;
    bool interrupted;  /* the device's line is high */
    bool has_mistaken; /* the mistake was made */
    const char *mistake;
    struct vwr_monitor m;
    struct vwr_monitor_queue queue[QUEUES];
    struct vwr_monitor_entry entry[QUEUES * QUEUE_SIZE];
};

extern struct world w;

/* 0: a thorough monitor; otherwise a monitor that follows one in this many notifications. */
extern uint16_t world_one_in;

/* Creates a new machine. `mistake`: "" for none. */
void world_begin(unsigned mode, const struct device *device, const char *mistake);

/* Whether this is the mistake to make. */
bool is(const char *mistake);

/* The features of the mode, with VERSION_1 and FLUSH. */
void world_features(struct vwr_features *f);

uint32_t rd(uint32_t offset);
void wr(uint32_t offset, uint32_t value);
void access_of(uint32_t offset, unsigned bytes, bool is_write, uint64_t *value);

/* Lets the device work. Returns whether there was work. */
bool world_step(void);

/* The device raises its interrupt line for these reasons. */
void world_interrupt(uint32_t reasons);

/* The registers, for the library's driver. */
volatile void *world_window(void);

/* The address in this program of a guest address. */
void *at(uint64_t addr);

uint16_t get16(uint64_t addr);
uint32_t get32(uint64_t addr);
uint64_t get64(uint64_t addr);
void put16(uint64_t addr, uint32_t v);
void put32(uint64_t addr, uint32_t v);
void put_desc(uint64_t addr, uint64_t buffer, uint32_t bytes, uint32_t low, uint32_t high);

/* Runs the driver of driver.c: a start-up and some requests, as far as they succeed. */
void driver_run(void);

/* The library's driver does the same. */
void client_run(void);

/* New devices: device.c, library.c. */
const struct device *hand_device(void);
const struct device *library_device(void);

#endif
