/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/scsi.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; SCSI Host Device */

/*
 * A self-contained file with the specification's names. Items without a name in the specification are named in the same
 * way. Numbers larger than a byte are little-endian unless their comment says otherwise.
 * In the legacy interface they have the guest's byte order.
 */
#ifndef VWR_STANDALONE_SCSI_H
#define VWR_STANDALONE_SCSI_H

#include <stdint.h>

#ifdef __cplusplus
#define VIRTIO_SIZE(name, bytes) static_assert(sizeof(struct name) == (bytes), "size")
#else
#define VIRTIO_SIZE(name, bytes) _Static_assert(sizeof(struct name) == (bytes), "size")
#endif

#define VIRTIO_ID_SCSI 8                                /* A SCSI host with targets and logical units. */

#define VIRTIO_SCSI_SENSE_DEFAULT_SIZE 96u              /* Value of sense_size after a reset; in bytes. */
#define VIRTIO_SCSI_CDB_DEFAULT_SIZE 32u                /* Value of cdb_size after a reset; in bytes. */
#define VIRTIO_SCSI_LUN_UNIT 1u                         /* First byte of the address of a unit; target and number of
                                                           the unit follow. */
#define VIRTIO_SCSI_LUN_REPORT_LUNS 0xc101u             /* First two bytes of the address of the well-known unit
                                                           REPORT LUNS, 0xc1 and 0x01. */
#define VIRTIO_SCSI_S_FUNCTION_COMPLETE 0u              /* Response of a completed task management function. */

/* features; "Feature bits" */
#define VIRTIO_SCSI_F_INOUT 0                           /* A command can transfer data in both directions. */
#define VIRTIO_SCSI_F_HOTPLUG 1                         /* The device reports the addition and removal of targets and
                                                           units. */
#define VIRTIO_SCSI_F_CHANGE 2                          /* The device reports changes of unit parameters. */
#define VIRTIO_SCSI_F_T10_PI 3                          /* Commands carry protection information (DIF and DIX). */

/* Response codes. enums.response; "Device Operation / Device Operation: Request Queues" */
#define VIRTIO_SCSI_S_OK 0                              /* The request completed; status has the SCSI status of a
                                                           command. */
#define VIRTIO_SCSI_S_OVERRUN 1                         /* The CDB requires more data than the buffers hold. */
#define VIRTIO_SCSI_S_ABORTED 2                         /* A task management function aborted the command. */
#define VIRTIO_SCSI_S_BAD_TARGET 3                      /* The target does not exist. */
#define VIRTIO_SCSI_S_RESET 4                           /* A bus or device reset cancelled the command. */
#define VIRTIO_SCSI_S_BUSY 5                            /* The request failed; a retry on the same path may succeed. */
#define VIRTIO_SCSI_S_TRANSPORT_FAILURE 6               /* The transport to the target failed. */
#define VIRTIO_SCSI_S_TARGET_FAILURE 7                  /* The target failed; other paths will fail too. */
#define VIRTIO_SCSI_S_NEXUS_FAILURE 8                   /* The nexus failed; other paths may work. */
#define VIRTIO_SCSI_S_FAILURE 9                         /* Any other error. */
#define VIRTIO_SCSI_S_FUNCTION_SUCCEEDED 10             /* The queried task or task set is present. */
#define VIRTIO_SCSI_S_FUNCTION_REJECTED 11              /* The device does not support the task management function. */
#define VIRTIO_SCSI_S_INCORRECT_LUN 12                  /* The logical unit does not exist; controlq only. */

/*
 * Task attributes: the execution order.
 * enums.task-attr; "Device Operation / Device Operation: Request Queues"
 */
#define VIRTIO_SCSI_S_SIMPLE 0                          /* In any order. */
#define VIRTIO_SCSI_S_ORDERED 1                         /* After all earlier commands. */
#define VIRTIO_SCSI_S_HEAD 2                            /* Before all pending commands. */
#define VIRTIO_SCSI_S_ACA 3                             /* Part of an auto contingent allegiance. */

/* Task management functions. enums.tmf-subtype; "Device Operation / Device Operation: controlq" */
#define VIRTIO_SCSI_T_TMF_ABORT_TASK 0                  /* Abort the command with the given id. */
#define VIRTIO_SCSI_T_TMF_ABORT_TASK_SET 1              /* Abort this initiator's commands to the unit. */
#define VIRTIO_SCSI_T_TMF_CLEAR_ACA 2                   /* Clear an auto contingent allegiance. */
#define VIRTIO_SCSI_T_TMF_CLEAR_TASK_SET 3              /* Abort all commands to the unit. */
#define VIRTIO_SCSI_T_TMF_I_T_NEXUS_RESET 4             /* Reset all units of the target for this initiator. */
#define VIRTIO_SCSI_T_TMF_LOGICAL_UNIT_RESET 5          /* Reset the unit. */
#define VIRTIO_SCSI_T_TMF_QUERY_TASK 6                  /* Query whether the command with the given id is present. */
#define VIRTIO_SCSI_T_TMF_QUERY_TASK_SET 7              /* Query whether the unit has any commands. */

/* Reasons for TRANSPORT_RESET. enums.reset-reason; "Device Operation / Device Operation: eventq" */
#define VIRTIO_SCSI_EVT_RESET_HARD 0                    /* The unit was reset and is still present. */
#define VIRTIO_SCSI_EVT_RESET_RESCAN 1                  /* A target or unit was added; with HOTPLUG. */
#define VIRTIO_SCSI_EVT_RESET_REMOVED 2                 /* A target or unit was removed; with HOTPLUG. */

/*
 * Asynchronous events of a unit.
 * flags.async-event; "Device Operation / Device Operation: controlq"
 */
#define VIRTIO_SCSI_EVT_ASYNC_OPERATIONAL_CHANGE 0x2    /* The operational state changed. */
#define VIRTIO_SCSI_EVT_ASYNC_POWER_MGMT 0x4            /* The power state changed. */
#define VIRTIO_SCSI_EVT_ASYNC_EXTERNAL_REQUEST 0x8      /* A user requested an operation at the device. */
#define VIRTIO_SCSI_EVT_ASYNC_MEDIA_CHANGE 0x10         /* The medium changed. */
#define VIRTIO_SCSI_EVT_ASYNC_MULTI_HOST 0x20           /* Another host uses or requests the device. */
#define VIRTIO_SCSI_EVT_ASYNC_DEVICE_BUSY 0x40          /* The device is busy. */

/* Flag in the event type. flags.event-flag; "Device Operation / Device Operation: eventq" */
#define VIRTIO_SCSI_T_EVENTS_MISSED 0x80000000u         /* Events were lost for lack of buffers. */

/* Requests of the controlq. messages.control-type; "Device Operation / Device Operation: controlq" */
#define VIRTIO_SCSI_T_TMF 0                             /* Execute a task management function. */
#define VIRTIO_SCSI_T_AN_QUERY 1                        /* Query the asynchronous events of a unit. */
#define VIRTIO_SCSI_T_AN_SUBSCRIBE 2                    /* Subscribe to asynchronous events of a unit. */

/* Event types. messages.event-type; "Device Operation / Device Operation: eventq" */
#define VIRTIO_SCSI_T_NO_EVENT 0                        /* No event; EVENTS_MISSED may be set. */
#define VIRTIO_SCSI_T_TRANSPORT_RESET 1                 /* A unit was reset, added or removed. */
#define VIRTIO_SCSI_T_ASYNC_NOTIFY 2                    /* A subscribed asynchronous event. */
#define VIRTIO_SCSI_T_PARAM_CHANGE 3                    /* The parameters of a unit changed; with CHANGE. */

/* queues; "SCSI Host Device" */
#define VIRTIO_SCSI_QUEUE_CONTROLQ 0                    /* Task management and event subscriptions. */
#define VIRTIO_SCSI_QUEUE_EVENTQ 1                      /* Events of the device. */
#define VIRTIO_SCSI_QUEUE_REQUESTQ 2                    /* SCSI commands. */

/* A SCSI command. structs.req_cmd; "Device Operation / Device Operation: Request Queues" */
#pragma pack(push, 1)
struct virtio_scsi_req_cmd {
    uint8_t lun[8];                         /* Target and unit: 1, the target, a single level LUN structure (two
                                               bytes), and four zeroes. */
    uint64_t id;                            /* Tag of the command. */
    uint8_t task_attr;                      /* Task attribute; VIRTIO_SCSI_S_*. */
    uint8_t prio;                           /* Command priority; the driver should set 0. */
    uint8_t crn;                            /* Command reference number, 0. */
    uint8_t cdb[];                          /* Command descriptor block; number of elements: configuration's
                                               cdb_size. */
                                            /* At 19 + 1 · cdb: uint32_t pi_bytesout. Length of pi_out; in bytes;
                                               with T10_PI. Quirk scsi.protection-before-cdb (Linux and QEMU all that
                                               are known): With T10_PI, pi_bytesout and pi_bytesin precede cdb, at
                                               offset 19. A device that does not offer T10_PI meets none of it. */
                                            /* At 19 + 1 · cdb + 4 · pi_bytesout: uint32_t pi_bytesin. Length of
                                               pi_in; in bytes; with T10_PI. */
                                            /* At 19 + 1 · cdb + 4 · pi_bytesout + 4 · pi_bytesin: uint8_t pi_out[].
                                               Protection information of the written data; with T10_PI; number of
                                               elements: pi_bytesout. */
                                            /* At 19 + 1 · cdb + 4 · pi_bytesout + 4 · pi_bytesin + 1 · pi_out:
                                               uint8_t dataout[]. Data to write. */
};
#pragma pack(pop)
VIRTIO_SIZE(virtio_scsi_req_cmd, 19);

/*
 * The part that the device writes.
 * structs.req_cmd; "Device Operation / Device Operation: Request Queues"
 */
#pragma pack(push, 1)
struct virtio_scsi_req_cmd_in {
    uint32_t sense_len;                     /* Number of sense bytes; in bytes. */
    uint32_t residual;                      /* Number of bytes not transferred; in bytes. Quirk scsi.residual-below-0
                                               (QEMU 7.2): If the buffers hold more than the CDB requests, residual
                                               is the difference below 0, modulo 2^32. The driver negates a residual
                                               that is larger than the buffers, and then checks it. */
    uint16_t status_qualifier;              /* Qualifier of the SCSI status. */
    uint8_t status;                         /* SCSI status. */
    uint8_t response;                       /* Whether the command completed; status is valid only with OK;
                                               VIRTIO_SCSI_S_*. */
    uint8_t sense[];                        /* Sense data; number of elements: configuration's sense_size. */
                                            /* At 12 + 1 · sense: uint8_t pi_in[]. Protection information of the read
                                               data; with T10_PI; number of elements: pi_bytesin. */
                                            /* At 12 + 1 · sense + 1 · pi_in: uint8_t datain[]. Data read. */
};
#pragma pack(pop)
VIRTIO_SIZE(virtio_scsi_req_cmd_in, 12);

/* Header of a controlq request. structs.ctrl; "Device Operation / Device Operation: controlq" */
struct virtio_scsi_ctrl {
    uint32_t type;                          /* Request type; VIRTIO_SCSI_T_*. */
    uint8_t command_specific[];             /* Type-specific fields. */
};
VIRTIO_SIZE(virtio_scsi_ctrl, 4);

/* The part that the device writes. structs.ctrl; "Device Operation / Device Operation: controlq" */
struct virtio_scsi_ctrl_in {
    uint8_t response;                       /* Response code; VIRTIO_SCSI_S_*. */
};
VIRTIO_SIZE(virtio_scsi_ctrl_in, 1);

/* A task management function. structs.ctrl_tmf; "Device Operation / Device Operation: controlq" */
#pragma pack(push, 1)
struct virtio_scsi_ctrl_tmf {
    uint32_t type;                          /* TMF; VIRTIO_SCSI_T_*. */
    uint32_t subtype;                       /* Task management function; VIRTIO_SCSI_T_TMF_*. */
    uint8_t lun[8];                         /* Target and unit. */
    uint64_t id;                            /* Tag of the command that the function refers to. */
    uint8_t response;                       /* Outcome of the function; VIRTIO_SCSI_S_*. */
};
#pragma pack(pop)
VIRTIO_SIZE(virtio_scsi_ctrl_tmf, 25);

/*
 * Query of, or subscription to, asynchronous events.
 * structs.ctrl_an; "Device Operation / Device Operation: controlq"
 */
#pragma pack(push, 1)
struct virtio_scsi_ctrl_an {
    uint32_t type;                          /* AN_QUERY or AN_SUBSCRIBE; VIRTIO_SCSI_T_*. */
    uint8_t lun[8];                         /* Target and unit. */
    uint32_t event_requested;               /* Requested events; VIRTIO_SCSI_EVT_ASYNC_*. */
    uint32_t event_actual;                  /* Supported events; VIRTIO_SCSI_EVT_ASYNC_*. */
    uint8_t response;                       /* Whether the query or subscription succeeded; VIRTIO_SCSI_S_*. */
};
#pragma pack(pop)
VIRTIO_SIZE(virtio_scsi_ctrl_an, 21);

/* An event. structs.event; "Device Operation / Device Operation: eventq" */
struct virtio_scsi_event {
    uint32_t event;                         /* Event type; VIRTIO_SCSI_T_*; VIRTIO_SCSI_T_EVENTS_MISSED. */
    uint8_t lun[8];                         /* Target and unit. */
    uint32_t reason;                        /* Depends on the event: a reset-reason, async-event flags, or ASC in
                                               bits 0 to 7 and ASCQ in bits 8 to 15. */
};
VIRTIO_SIZE(virtio_scsi_event, 16);

/* Configuration space of the device. config; "Device configuration layout" */
struct virtio_scsi_config {
    uint32_t num_queues;                    /* Number of request queues. */
    uint32_t seg_max;                       /* Maximum number of segments per command and direction. */
    uint32_t max_sectors;                   /* Maximum transfer size that the device recommends. */
    uint32_t cmd_per_lun;                   /* Maximum number of linked commands per unit. */
    uint32_t event_info_size;               /* Maximum size of an event; in bytes. */
    uint32_t sense_size;                    /* Size of the sense field; 96 after a reset; in bytes. */
    uint32_t cdb_size;                      /* Size of the CDB field; 32 after a reset; in bytes. */
    uint16_t max_channel;                   /* Highest channel to scan. */
    uint16_t max_target;                    /* Highest target to scan. */
    uint32_t max_lun;                       /* Highest logical unit to scan. */
};
VIRTIO_SIZE(virtio_scsi_config, 36);

#undef VIRTIO_SIZE
#endif
