/* SPDX-License-Identifier: MIT */
#ifndef WORLDS_MACHINE_H
#define WORLDS_MACHINE_H

#include <stdint.h>

/*
 * The driver's machine has no devices: wire.py sends the order below, and answers every register access.
 * Both processes share the machine's memory. wire.py has the same layouts.
 */

/* Places in the memory. */
#define ORDER_AT 0x0u
#define TEXT_AT 0x1000u
#define TEXT_BYTES 0x1000u
#define SHARED_AT 0x40000u /* rings and buffers of the driver */
#define SHARED_BYTES 0x280000u
#define DATA_AT 0x300000u /* data of the requests */
#define DATA_BYTES 0x40000u
#define MEMORY_BYTES 0x400000u

enum source { SOURCE_WINDOWS, SOURCE_TREE, SOURCE_COMMAND_LINE, SOURCE_PCI, SOURCE_TREE_PCI, SOURCE_ACPI };

/* What the driver's machine has, and what it does with the device of the class `type`. */
struct order {
    uint64_t dma; /* device address of the memory */
    uint32_t type;
    uint32_t source; /* enum source */
    uint64_t from; /* a tree, a line or tables: place in the memory. A window or a host: address of the CPU */
    uint32_t bytes; /* of a window, or of a tree */
    uint32_t place; /* 1: vwr_pci_place() assigns the BARs */
    uint32_t first_bus, last_bus;
    uint32_t messages; /* of MSI-X; 0: INTx */
    uint32_t monitor;  /* 1: the monitor judges both sides; 2: both sides of the legacy interface */
    uint32_t ports;    /* 1: `from` is the address of the ports of configuration space */
    uint32_t windows;
    struct {
        uint64_t bus, bytes, cpu;
        uint32_t kind, reserved;
    } window[4];
};

enum asked {
    QUESTION_READ = 1,
    QUESTION_WRITE,
    QUESTION_NEXT,  /* the order of the next world */
    QUESTION_FOUND, /* at: address of the device; value: interrupt; the text has more */
    QUESTION_DONE   /* at: enum stage; value: the result; the text has the message */
};

enum stage {
    STAGE_FIND,
    STAGE_SKIP,
    STAGE_OPEN,
    STAGE_DATA,
    STAGE_INTERRUPT,
    STAGE_CLOSE,
    STAGE_MONITOR,
    STAGE_END,
    STAGE_REGION /* a region of shared memory: the text has its ID, address and size */
};

struct question {
    uint32_t what, bytes;
    uint64_t at, value;
};

/* What guest.py asks host.c, whose memory has the same layout. */
struct guest_order {
    uint64_t dma;
    uint64_t features; /* of ring and transport: bits */
    uint32_t is_pci, legacy;
    uint32_t is_disk; /* 1: a disk of 2048 sectors; 0: a device that returns each byte plus 1 */
    uint32_t queues, size;
    uint32_t vectors;  /* of MSI-X */
    uint32_t deferred; /* 1: notifications are served when QUESTION_SERVE says so */
    uint32_t budget;   /* buffers of a call */
    uint32_t qemu;     /* 1: VWR_TOLERATE_QEMU */
    uint32_t reserved;
};

enum { QUESTION_BEGIN = 6, QUESTION_SERVE, QUESTION_END };

struct guest_question {
    uint32_t what, bytes;
    uint64_t at, value;
    uint32_t place, structure, offset, reserved;
};

struct guest_answer {
    uint64_t value;
    uint32_t line;     /* level of the interrupt line */
    uint32_t messages; /* MSI-X messages since the last answer: a bit for each vector */
    uint32_t broken;   /* the device needs a reset: enum vwr_vfault */
    uint32_t again;    /* a queue has more to serve */
};

/* `place`: what the access was to, so that the monitor observes it. */
enum place { PLACE_OTHER, PLACE_MMIO, PLACE_SPACE, PLACE_STRUCTURE };

struct answer {
    uint64_t value;
    uint32_t place;     /* enum place */
    uint32_t structure; /* PLACE_STRUCTURE: enum vwr_pci_cap_type */
    uint32_t offset;
    uint32_t reasons; /* interrupt reasons that the device has added */
};

#endif
