/* SPDX-License-Identifier: MIT */
#ifndef VWR_TABLES_H
#define VWR_TABLES_H

#include "vwr/base.h"

/**
 * DOC: Row types of the generated tables
 *
 * The generated files in generated/src contain tables of facts from the specification, which code can search.
 * The driver side, the device side and the monitor use the same tables.
 */

/**
 * struct vwr_name - Name of a value
 * @value: Value.
 * @name: Name of the value; NULL in the last row of a table.
 */
struct vwr_name {
    uint32_t value;
    const char *name;
};

/**
 * vwr_name() - Look up the name of a value
 * @table: Table; its last row has the name NULL.
 * @value: Value.
 *
 * Return: The name, or NULL if the table does not contain the value.
 */
static inline const char *vwr_name(const struct vwr_name *table, uint32_t value)
{
    while (table->name != NULL && table->value != value)
        table++;
    return table->name;
}

/**
 * VWR_WORDS() - Expands to a table of names, or to NULL in a build without texts
 * @table: Table. A build with VWR_WITH_TEXTS=0 does not link it.
 */
#define VWR_WORDS(table) (VWR_WITH_TEXTS ? (table) : NULL)

/**
 * enum vwr_version - Versions of the interface, as a mask
 * @VWR_LEGACY: Legacy interface.
 * @VWR_MODERN: Interface of VIRTIO 1.0 and later.
 */
enum vwr_version { VWR_LEGACY = 1, VWR_MODERN = 2 }; /* a row for both versions has both bits */

/**
 * enum vwr_side - Who sets a status bit
 * @VWR_BY_DRIVER: The driver.
 * @VWR_BY_DEVICE: The device.
 */
enum vwr_side { VWR_BY_DRIVER = 1, VWR_BY_DEVICE = 2 };

/**
 * struct vwr_status_step - A step of the device status machine
 * @bit: Status bit.
 * @clears: 1 if the step clears the bit.
 * @by: enum vwr_side.
 * @versions: Mask of enum vwr_version.
 * @feature: Feature to which the bit belongs, or VWR_FEATURE_NONE.
 * @after: Bits that must be set before the step: [0] legacy, [1] modern. Each mask contains only bits that
 *   exist in its version.
 * @before: Bits that must be clear before the step: [0] legacy, [1] modern.
 * @may_refuse: 1 if the device may reject the step, which is why the driver reads the status back.
 * @opens_queues: Mask of enum vwr_version: queues are live after this step.
 * @closes_queues: 1 if queues are not live after this step.
 */
struct vwr_status_step {
    uint8_t bit;
    uint8_t clears;
    uint8_t by;
    uint8_t versions;
    uint8_t feature;
    uint8_t after[2];
    uint8_t before[2];
    uint8_t may_refuse;
    uint8_t opens_queues;
    uint8_t closes_queues;
};

/**
 * enum vwr_access - Directions of an access, as a mask
 * @VWR_READ: The driver reads.
 * @VWR_WRITE: The driver writes.
 */
enum vwr_access { VWR_READ = 1, VWR_WRITE = 2 };

/**
 * struct vwr_register - A transport register (for the device side)
 * @offset: Offset in bytes.
 * @bytes: Length of the register or window in bytes.
 * @reg: Value of the generated enum, such as VWR_MMIO_REG_STATUS.
 * @access: Mask of enum vwr_access, from the driver's side.
 * @versions: Mask of enum vwr_version.
 * @widths: Mask of allowed access widths in bytes: 1, 2, 4.
 * @bank: Selector register of the register's bank, as a value of the generated enum; or VWR_REGISTER_NONE.
 * @feature: Feature to which the register belongs, or VWR_FEATURE_NONE.
 * @must_be_set: Status bits that must be set when the register is written: [0] legacy, [1] modern.
 * @must_be_clear: Status bits that must be clear when the register is written.
 * @idle: Register of the same bank that must be 0 when this register is written, or
 *   VWR_REGISTER_NONE.
 * @kept: 1 if a reset does not change the value.
 * @read_clears: 1 if a read sets the register to 0.
 * @write_once: 1 if only the first write after a reset has an effect. For a register in a bank, a reset of
 *   its queue counts as well as a reset of the device.
 * @reset: Value after a reset.
 */
struct vwr_register {
    uint16_t offset;
    uint16_t bytes;
    uint8_t reg;
    uint8_t access;
    uint8_t versions;
    uint8_t widths;
    uint8_t bank;
    uint8_t feature;
    uint8_t must_be_set[2];
    uint8_t must_be_clear[2];
    uint8_t idle[2];
    uint8_t kept;
    uint8_t read_clears;
    uint8_t write_once;
    uint32_t reset;
};

/** VWR_MESSAGE_NONE - No message */
#define VWR_MESSAGE_NONE 0xffu

/**
 * enum vwr_rings - State of the rings when a message may be sent
 * @VWR_RINGS_ANY: Any state.
 * @VWR_RINGS_STOPPED: The ring whose number is at the start of the payload is stopped.
 * @VWR_RINGS_ALL_STOPPED: Every ring is stopped.
 */
enum vwr_rings { VWR_RINGS_ANY = 0, VWR_RINGS_STOPPED = 1, VWR_RINGS_ALL_STOPPED = 2 };

/**
 * struct vwr_socket_message - A message on a socket, with file descriptors
 * @least: Minimum size of the payload in bytes.
 * @most: Maximum size of the payload in bytes; UINT32_MAX: any size.
 * @reply_least: Minimum size of the payload of the reply in bytes.
 * @reply_most: Maximum size of the payload of the reply in bytes; UINT32_MAX: any size.
 * @known: 1 if the row describes a message. The number of a message is the index of its row.
 * @answered: 1 if the message has its own reply. Otherwise it is answered only if the sender requests an
 *   acknowledgement.
 * @needs: Number of the bit of the protocol feature that both ends must have accepted, or
 *   VWR_FEATURE_NONE.
 * @after: Number of the message that the sender must have sent before, or VWR_MESSAGE_NONE.
 * @rings: enum vwr_rings.
 * @files: Number of file descriptors passed with the message: [0] minimum, [1] maximum.
 * @reply_files: Number of file descriptors passed with the reply: [0] minimum, [1] maximum.
 */
struct vwr_socket_message {
    uint32_t least;
    uint32_t most;
    uint32_t reply_least;
    uint32_t reply_most;
    uint8_t known;
    uint8_t answered;
    uint8_t needs;
    uint8_t after;
    uint8_t rings;
    uint8_t files[2];
    uint8_t reply_files[2];
};

/**
 * struct vwr_rule - A rule of the specification that an observer can check (vwr/monitor.h)
 * @name: Name of the rule.
 * @clause: ID of the normative clause, as in spec/clauses.json; NULL: no clause states the rule.
 * @level: Keyword of the clause, such as MUST; NULL: none.
 * @section: Title of the section, preceded by its parents.
 * @text: Format string for vwr/message.h that describes what was seen.
 * @by: Side that the rule binds: enum vwr_side.
 */
struct vwr_rule {
    const char *name;
    const char *clause;
    const char *level;
    const char *section;
    const char *text;
    uint8_t by;
};

/**
 * struct vwr_tolerance - A violation by the driver that a device tolerates
 * @name: Name.
 * @clause: ID of the normative clause that the driver violates, as in spec/clauses.json; NULL: no
 *   clause states the rule.
 * @text: What the driver did, and what the device does, for messages.
 */
struct vwr_tolerance {
    const char *name;
    const char *clause;
    const char *text;
};

/** VWR_REGISTER_NONE - No register */
#define VWR_REGISTER_NONE 0xffu

/**
 * struct vwr_config_field - A field of a device's configuration space (for the device side)
 * @offset: Offset in bytes.
 * @bytes: Size in bytes.
 * @access: Mask of enum vwr_access, from the driver's side: [0] legacy, [1] modern.
 * @any: The field requires one of these features. VWR_FEATURE_NONE in the first element: it requires no
 *   feature.
 * @early: 1 if the field exists as soon as the feature is offered.
 */
struct vwr_config_field {
    uint16_t offset;
    uint16_t bytes;
    uint8_t access[2];
    uint8_t any[3];
    uint8_t early;
};

/**
 * enum vwr_payload - Direction of a request's data
 * @VWR_PAYLOAD_NONE: No data.
 * @VWR_PAYLOAD_OUT: The driver writes them.
 * @VWR_PAYLOAD_IN: The device writes them.
 * @VWR_PAYLOAD_BOTH: Both.
 */
enum vwr_payload { VWR_PAYLOAD_NONE = 0, VWR_PAYLOAD_OUT = 1, VWR_PAYLOAD_IN = 2, VWR_PAYLOAD_BOTH = 3 };

/**
 * enum vwr_sector_rule - Meaning of a disk request's sector field
 * @VWR_SECTOR_UNUSED: Not used.
 * @VWR_SECTOR_ZERO: Always 0.
 * @VWR_SECTOR_START: First sector of the request.
 * @VWR_SECTOR_ZONE: First sector of a zone.
 */
enum vwr_sector_rule {
    VWR_SECTOR_UNUSED = 0,
    VWR_SECTOR_ZERO = 1,
    VWR_SECTOR_START = 2,
    VWR_SECTOR_ZONE = 3
};

/**
 * struct vwr_request - A request type of a disk
 * @type: Type.
 * @payload: enum vwr_payload.
 * @sector: enum vwr_sector_rule.
 * @versions: Mask of enum vwr_version.
 * @feature: Feature that the request requires, or VWR_FEATURE_NONE.
 * @refused_by: Feature, or VWR_FEATURE_NONE. A device that offers this feature rejects the request, whether
 *   or not the feature is negotiated.
 * @unit: The size of the data must be a multiple of this number of bytes; 0: no rule.
 * @exact: Required size of the data in bytes; 0: no rule.
 */
struct vwr_request {
    uint32_t type;
    uint8_t payload;
    uint8_t sector;
    uint8_t versions;
    uint8_t feature;
    uint8_t refused_by;
    uint16_t unit;
    uint16_t exact;
};

/**
 * struct vwr_request_limit - Configuration fields that limit a request type
 * @type: Type.
 * @segments: Offset of the field with the maximum number of ranges, or VWR_LIMIT_NONE.
 * @sectors: Offset of the field with the maximum number of sectors of a range, or VWR_LIMIT_NONE.
 * @alignment: Offset of the field with the preferred alignment in sectors, or VWR_LIMIT_NONE. It is
 *   a hint for splitting requests.
 */
struct vwr_request_limit {
    uint32_t type;
    uint16_t segments;
    uint16_t sectors;
    uint16_t alignment;
};

/** VWR_LIMIT_NONE - No configuration field */
#define VWR_LIMIT_NONE 0xffffu

#endif
