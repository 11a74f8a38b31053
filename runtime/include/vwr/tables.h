/* SPDX-License-Identifier: MIT */
#ifndef VWR_TABLES_H
#define VWR_TABLES_H

#include "vwr/base.h"

/* A row of a generated name table; the last row has the name NULL. */
struct vwr_name {
    uint32_t value;
    const char *name;
};

/* The name of `value` in `table`, NULL if it has none. Context: any. */
static inline const char *vwr_name(const struct vwr_name *table, uint32_t value)
{
    while (table->name != NULL && table->value != value)
        table++;
    return table->name;
}

/* A table of names for people, where a structure mentions it: a build without words is not to have it. */
#define VWR_WORDS(table) (VWR_WITH_TEXTS ? (table) : NULL)

/* Row types of the generated tables: what the document says, in a form that code can walk. */

enum vwr_version { VWR_LEGACY = 1, VWR_MODERN = 2 }; /* a mask where a row is of both */
enum vwr_side { VWR_BY_DRIVER = 1, VWR_BY_DEVICE = 2 };

/* One step of the device status machine; the masks leave out bits that the version lacks. */
struct vwr_status_step {
    uint8_t bit;
    uint8_t clears;        /* 1: the step clears the bit */
    uint8_t by;            /* enum vwr_side */
    uint8_t versions;      /* mask of enum vwr_version */
    uint8_t feature;       /* that the bit is part of, or VWR_FEATURE_NONE */
    uint8_t after[2];      /* bits that must be set before: [0] legacy, [1] modern */
    uint8_t before[2];     /* bits that must be clear */
    uint8_t may_refuse;    /* 1: read back, the device may have refused it */
    uint8_t opens_queues;  /* mask of enum vwr_version: queues are alive from here on */
    uint8_t closes_queues; /* 1: queues are dead from here on */
};

enum vwr_access { VWR_READ = 1, VWR_WRITE = 2 };

/* One register as a device side has to treat it. */
struct vwr_register {
    uint16_t offset;
    uint16_t bytes;           /* length of the register or window */
    uint8_t reg;              /* value of the generated enum, e.g. VWR_MMIO_REG_STATUS */
    uint8_t access;           /* mask of enum vwr_access, as the driver sees it */
    uint8_t versions;         /* mask of enum vwr_version */
    uint8_t widths;           /* mask of access widths in bytes: 1, 2, 4 */
    uint8_t bank;             /* the selector's generated enum value, or VWR_REGISTER_NONE */
    uint8_t feature;          /* feature that it is part of, or VWR_FEATURE_NONE */
    uint8_t must_be_set[2];   /* status bits that a write needs: [0] legacy, [1] modern */
    uint8_t must_be_clear[2]; /* status bits that refuse a write */
    uint8_t idle[2];     /* register of the same bank that must read 0 for a write, or VWR_REGISTER_NONE */
    uint8_t kept;        /* 1: a reset leaves the value */
    uint8_t read_clears; /* 1: a read sets it to 0 */
    uint8_t write_once;  /* 1: what is written first stays until a reset, of the queue if it is of a bank */
    uint32_t reset;      /* value after a reset */
};

#define VWR_REGISTER_NONE 0xffu

/* One field of a device's configuration space, as a device side has to treat it. */
struct vwr_config_field {
    uint16_t offset;
    uint16_t bytes;
    uint8_t access[2]; /* mask of enum vwr_access, as the driver sees it: [0] legacy, [1] modern */
    uint8_t any[3];    /* needs one of these features; VWR_FEATURE_NONE in the first: none */
    uint8_t early;     /* 1: it is enough that the feature is offered, at any time */
};

enum vwr_payload { VWR_PAYLOAD_NONE = 0, VWR_PAYLOAD_OUT = 1, VWR_PAYLOAD_IN = 2, VWR_PAYLOAD_BOTH = 3 };
enum vwr_sector_rule {
    VWR_SECTOR_UNUSED = 0,
    VWR_SECTOR_ZERO = 1,
    VWR_SECTOR_START = 2,
    VWR_SECTOR_ZONE = 3
};

/* One request type: what it carries and who allows it. */
struct vwr_request {
    uint32_t type;
    uint8_t payload;    /* enum vwr_payload */
    uint8_t sector;     /* enum vwr_sector_rule */
    uint8_t versions;   /* mask of enum vwr_version */
    uint8_t feature;    /* needs this feature, or VWR_FEATURE_NONE */
    uint8_t refused_by; /* refused if this feature is offered, negotiated or not; or VWR_FEATURE_NONE */
    uint16_t unit;      /* payload is a multiple of so many bytes; 0 where there is no rule */
    uint16_t exact;     /* payload has just so many bytes; 0 where there is no rule */
};

/* Which configuration fields limit a request type: offsets, or VWR_LIMIT_NONE. */
struct vwr_request_limit {
    uint32_t type;
    uint16_t segments;  /* most segments (structs) in one request */
    uint16_t sectors;   /* most sectors in one segment */
    uint16_t alignment; /* a hint: sectors by which to split a segment */
};

#define VWR_LIMIT_NONE 0xffffu

#endif
