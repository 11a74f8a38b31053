/* SPDX-License-Identifier: MIT */
#ifndef VWR_SCMI_MESSAGE_H
#define VWR_SCMI_MESSAGE_H

#include "vwr/base.h"

VWR_BEGIN_C

/**
 * DOC: SCMI messages
 *
 * The VIRTIO specification refers to Arm's System Control and Management Interface (DEN0056) for the contents
 * of messages. These are its header, its statuses, and those messages that each protocol has. Callers may use
 * protocols and messages that are not listed here.
 */

/** enum vwr_scmi_type - Types of messages */
enum vwr_scmi_type { VWR_SCMI_TYPE_COMMAND = 0, VWR_SCMI_TYPE_DELAYED = 2, VWR_SCMI_TYPE_NOTIFICATION = 3 };

/** enum vwr_scmi_status - Statuses of a response; those below -127 belong to the vendor */
enum vwr_scmi_status {
    VWR_SCMI_S_SUCCESS = 0,
    VWR_SCMI_S_NOT_SUPPORTED = -1,
    VWR_SCMI_S_INVALID_PARAMETERS = -2,
    VWR_SCMI_S_DENIED = -3,
    VWR_SCMI_S_NOT_FOUND = -4,
    VWR_SCMI_S_OUT_OF_RANGE = -5,
    VWR_SCMI_S_BUSY = -6,
    VWR_SCMI_S_COMMS_ERROR = -7,
    VWR_SCMI_S_GENERIC_ERROR = -8,
    VWR_SCMI_S_HARDWARE_ERROR = -9,
    VWR_SCMI_S_PROTOCOL_ERROR = -10,
    VWR_SCMI_S_IN_USE = -11
};

/** enum vwr_scmi_protocol - Some protocols */
enum vwr_scmi_protocol {
    VWR_SCMI_BASE = 0x10,
    VWR_SCMI_POWER_DOMAIN = 0x11,
    VWR_SCMI_SYSTEM_POWER = 0x12,
    VWR_SCMI_PERFORMANCE = 0x13,
    VWR_SCMI_CLOCK = 0x14,
    VWR_SCMI_SENSOR = 0x15,
    VWR_SCMI_RESET_DOMAIN = 0x16,
    VWR_SCMI_VOLTAGE_DOMAIN = 0x17
};

/** enum vwr_scmi_any_message - Messages of every protocol */
enum vwr_scmi_any_message {
    VWR_SCMI_PROTOCOL_VERSION = 0,
    VWR_SCMI_PROTOCOL_ATTRIBUTES = 1,
    VWR_SCMI_PROTOCOL_MESSAGE_ATTRIBUTES = 2
};

/** enum vwr_scmi_base_message - Further messages of the base protocol */
enum vwr_scmi_base_message {
    VWR_SCMI_BASE_DISCOVER_VENDOR = 3,
    VWR_SCMI_BASE_DISCOVER_SUB_VENDOR = 4,
    VWR_SCMI_BASE_DISCOVER_IMPLEMENTATION_VERSION = 5,
    VWR_SCMI_BASE_DISCOVER_LIST_PROTOCOLS = 6
};

#define VWR_SCMI_NAME_BYTES 16u  /* a name, with its terminator */
#define VWR_SCMI_TOKENS 1024u    /* number of tokens */
#define VWR_SCMI_BYTES_MAX 4096u /* a limit of this implementation: bytes of a message without its header */

/**
 * vwr_scmi_header() - Make the header of a message
 * @type: enum vwr_scmi_type.
 * @protocol: Protocol.
 * @message: Message of the protocol.
 * @token: Number below VWR_SCMI_TOKENS, with which the response to a command comes back.
 *
 * Return: The header.
 */
static inline uint32_t vwr_scmi_header(enum vwr_scmi_type type, uint8_t protocol, uint8_t message,
                                       unsigned token)
{
    return (uint32_t)message | (uint32_t)type << 8 | (uint32_t)protocol << 10 |
           (uint32_t)(token % VWR_SCMI_TOKENS) << 18;
}

/**
 * vwr_scmi_header_message() - Get the message of a header
 * @header: Header.
 *
 * Return: The message.
 */
static inline uint8_t vwr_scmi_header_message(uint32_t header)
{
    return (uint8_t)header;
}

/**
 * vwr_scmi_header_type() - Get the type of a header
 * @header: Header.
 *
 * Return: enum vwr_scmi_type, or 1, which is no type.
 */
static inline unsigned vwr_scmi_header_type(uint32_t header)
{
    return header >> 8 & 3u;
}

/**
 * vwr_scmi_header_protocol() - Get the protocol of a header
 * @header: Header.
 *
 * Return: The protocol.
 */
static inline uint8_t vwr_scmi_header_protocol(uint32_t header)
{
    return (uint8_t)(header >> 10);
}

/**
 * vwr_scmi_header_token() - Get the token of a header
 * @header: Header.
 *
 * Return: The token.
 */
static inline unsigned vwr_scmi_header_token(uint32_t header)
{
    return header >> 18 & (VWR_SCMI_TOKENS - 1u);
}

VWR_END_C

#endif
