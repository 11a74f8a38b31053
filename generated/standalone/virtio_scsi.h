/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/scsi.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; SCSI Host Device */

/*
 * One file to copy: the specification's names, and nothing of ours. What it does not name is called alike. Numbers of
 * more than a byte are little-endian where their comment does not say otherwise.
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

#define VIRTIO_ID_SCSI 8                                /* A SCSI host: targets and logical units behind it take SCSI
                                                           commands. */

#define VIRTIO_SCSI_SENSE_DEFAULT_SIZE 96u              /* sense_size after a reset; in bytes. */
#define VIRTIO_SCSI_CDB_DEFAULT_SIZE 32u                /* cdb_size after a reset; in bytes. */
#define VIRTIO_SCSI_S_FUNCTION_COMPLETE 0u              /* Response of a task management function that was done. */

/* features; "Feature bits" */
#define VIRTIO_SCSI_F_INOUT 0                           /* A command may have data in both directions. */
#define VIRTIO_SCSI_F_HOTPLUG 1                         /* Device tells of targets and units that come and go. */
#define VIRTIO_SCSI_F_CHANGE 2                          /* Device tells when the parameters of a unit change. */
#define VIRTIO_SCSI_F_T10_PI 3                          /* Commands carry protection information (DIF, DIX). */

/* What became of a request. enums.response; "Device Operation / Device Operation: Request Queues" */
#define VIRTIO_SCSI_S_OK 0                              /* Done; a command has its SCSI status in status. */
#define VIRTIO_SCSI_S_OVERRUN 1                         /* The CDB wants more data than the buffers hold. */
#define VIRTIO_SCSI_S_ABORTED 2                         /* Aborted by task management. */
#define VIRTIO_SCSI_S_BAD_TARGET 3                      /* No such target. */
#define VIRTIO_SCSI_S_RESET 4                           /* Lost to a reset of bus or device. */
#define VIRTIO_SCSI_S_BUSY 5                            /* Failed; the same path may work later. */
#define VIRTIO_SCSI_S_TRANSPORT_FAILURE 6               /* The link to the target is broken. */
#define VIRTIO_SCSI_S_TARGET_FAILURE 7                  /* The target fails; other paths will not help. */
#define VIRTIO_SCSI_S_NEXUS_FAILURE 8                   /* The nexus fails; other paths may help. */
#define VIRTIO_SCSI_S_FAILURE 9                         /* Any other error. */
#define VIRTIO_SCSI_S_FUNCTION_SUCCEEDED 10             /* Task management answers a query with yes. */
#define VIRTIO_SCSI_S_FUNCTION_REJECTED 11              /* Task management will not do that. */
#define VIRTIO_SCSI_S_INCORRECT_LUN 12                  /* No such logical unit; on the controlq alone. */

/*
 * In which order a command is done.
 * enums.task-attr; "Device Operation / Device Operation: Request Queues"
 */
#define VIRTIO_SCSI_S_SIMPLE 0                          /* In any order. */
#define VIRTIO_SCSI_S_ORDERED 1                         /* After all that came before. */
#define VIRTIO_SCSI_S_HEAD 2                            /* Before all that waits. */
#define VIRTIO_SCSI_S_ACA 3                             /* Part of an auto contingent allegiance. */

/* Task management functions. enums.tmf-subtype; "Device Operation / Device Operation: controlq" */
#define VIRTIO_SCSI_T_TMF_ABORT_TASK 0                  /* Abort the command with this id. */
#define VIRTIO_SCSI_T_TMF_ABORT_TASK_SET 1              /* Abort all commands of this initiator to the unit. */
#define VIRTIO_SCSI_T_TMF_CLEAR_ACA 2                   /* End an auto contingent allegiance. */
#define VIRTIO_SCSI_T_TMF_CLEAR_TASK_SET 3              /* Abort all commands to the unit. */
#define VIRTIO_SCSI_T_TMF_I_T_NEXUS_RESET 4             /* Reset all units of the target for this initiator. */
#define VIRTIO_SCSI_T_TMF_LOGICAL_UNIT_RESET 5          /* Reset the unit. */
#define VIRTIO_SCSI_T_TMF_QUERY_TASK 6                  /* Ask if the command with this id is there. */
#define VIRTIO_SCSI_T_TMF_QUERY_TASK_SET 7              /* Ask if the unit has any commands. */

/* Reasons of TRANSPORT_RESET. enums.reset-reason; "Device Operation / Device Operation: eventq" */
#define VIRTIO_SCSI_EVT_RESET_HARD 0                    /* The unit was reset and is still there. */
#define VIRTIO_SCSI_EVT_RESET_RESCAN 1                  /* A target or unit is new; with HOTPLUG. */
#define VIRTIO_SCSI_EVT_RESET_REMOVED 2                 /* A target or unit is gone; with HOTPLUG. */

/*
 * Events that a unit can report.
 * flags.async-event; "Device Operation / Device Operation: controlq"
 */
#define VIRTIO_SCSI_EVT_ASYNC_OPERATIONAL_CHANGE 0x2    /* The state of operation changed. */
#define VIRTIO_SCSI_EVT_ASYNC_POWER_MGMT 0x4            /* The state of power changed. */
#define VIRTIO_SCSI_EVT_ASYNC_EXTERNAL_REQUEST 0x8      /* Somebody asked for something at the device. */
#define VIRTIO_SCSI_EVT_ASYNC_MEDIA_CHANGE 0x10         /* The medium changed. */
#define VIRTIO_SCSI_EVT_ASYNC_MULTI_HOST 0x20           /* Another host has or wants the device. */
#define VIRTIO_SCSI_EVT_ASYNC_DEVICE_BUSY 0x40          /* The device is busy. */

/* Set beside the type of an event. flags.event-flag; "Device Operation / Device Operation: eventq" */
#define VIRTIO_SCSI_T_EVENTS_MISSED 0x80000000u         /* Events were lost for want of buffers. */

/* Requests of the controlq. messages.control-type; "Device Operation / Device Operation: controlq" */
#define VIRTIO_SCSI_T_TMF 0                             /* Do a task management function. */
#define VIRTIO_SCSI_T_AN_QUERY 1                        /* Ask which events a unit can report. */
#define VIRTIO_SCSI_T_AN_SUBSCRIBE 2                    /* Ask a unit to report events. */

/* Events. messages.event-type; "Device Operation / Device Operation: eventq" */
#define VIRTIO_SCSI_T_NO_EVENT 0                        /* Nothing, but events may be missed. */
#define VIRTIO_SCSI_T_TRANSPORT_RESET 1                 /* A unit was reset or came or went. */
#define VIRTIO_SCSI_T_ASYNC_NOTIFY 2                    /* An event that was subscribed to. */
#define VIRTIO_SCSI_T_PARAM_CHANGE 3                    /* Parameters of a unit changed; with CHANGE. */

/* queues; "SCSI Host Device" */
#define VIRTIO_SCSI_QUEUE_CONTROLQ 0                    /* Task management and subscriptions. */
#define VIRTIO_SCSI_QUEUE_EVENTQ 1                      /* Events of the device. */
#define VIRTIO_SCSI_QUEUE_REQUESTQ 2                    /* SCSI commands. */

/* A SCSI command. structs.req_cmd; "Device Operation / Device Operation: Request Queues" */
#pragma pack(push, 1)
struct virtio_scsi_req_cmd {
    uint8_t lun[8];                         /* Target and unit: 1, target, unit in two bytes, four zeroes. */
    uint64_t id;                            /* Tag of the command. */
    uint8_t task_attr;                      /* In which order; VIRTIO_SCSI_S_*. */
    uint8_t prio;                           /* Priority; 0. */
    uint8_t crn;                            /* Reference number; 0. */
    uint8_t cdb[];                          /* The command; configuration's cdb_size of them. */
                                            /* At 19 + 1 · cdb: uint32_t pi_bytesout. Length of pi_out; in bytes;
                                               with T10_PI. Quirk scsi.protection-before-cdb (Linux and QEMU all that
                                               are known): With T10_PI pi_bytesout and pi_bytesin stand before cdb,
                                               at 19. A device that does not offer T10_PI meets none of it. */
                                            /* At 19 + 1 · cdb + 4 · pi_bytesout: uint32_t pi_bytesin. Length of
                                               pi_in; in bytes; with T10_PI. */
                                            /* At 19 + 1 · cdb + 4 · pi_bytesout + 4 · pi_bytesin: uint8_t pi_out[].
                                               Protection information of what is written; with T10_PI; pi_bytesout of
                                               them. */
                                            /* At 19 + 1 · cdb + 4 · pi_bytesout + 4 · pi_bytesin + 1 · pi_out:
                                               uint8_t dataout[]. Data to write. */
};
#pragma pack(pop)
VIRTIO_SIZE(virtio_scsi_req_cmd, 19);

/*
 * What the device writes of it.
 * structs.req_cmd; "Device Operation / Device Operation: Request Queues"
 */
#pragma pack(push, 1)
struct virtio_scsi_req_cmd_in {
    uint32_t sense_len;                     /* Length of what is in sense; in bytes. */
    uint32_t residual;                      /* Data that was not transferred; in bytes. */
    uint16_t status_qualifier;              /* Qualifier of the SCSI status. */
    uint8_t status;                         /* SCSI status. */
    uint8_t response;                       /* What became of the command; VIRTIO_SCSI_S_*. */
    uint8_t sense[];                        /* Sense data; configuration's sense_size of them. */
                                            /* At 12 + 1 · sense: uint8_t pi_in[]. Protection information of what was
                                               read; with T10_PI; pi_bytesin of them. */
                                            /* At 12 + 1 · sense + 1 · pi_in: uint8_t datain[]. Data that was read. */
};
#pragma pack(pop)
VIRTIO_SIZE(virtio_scsi_req_cmd_in, 12);

/*
 * What all requests of the controlq have.
 * structs.ctrl; "Device Operation / Device Operation: controlq"
 */
struct virtio_scsi_ctrl {
    uint32_t type;                          /* What to do; VIRTIO_SCSI_T_*. */
    uint8_t command_specific[];             /* As the type has it. */
};
VIRTIO_SIZE(virtio_scsi_ctrl, 4);

/* What the device writes of it. structs.ctrl; "Device Operation / Device Operation: controlq" */
struct virtio_scsi_ctrl_in {
    uint8_t response;                       /* How it went; VIRTIO_SCSI_S_*. */
};
VIRTIO_SIZE(virtio_scsi_ctrl_in, 1);

/* A task management function. structs.ctrl_tmf; "Device Operation / Device Operation: controlq" */
#pragma pack(push, 1)
struct virtio_scsi_ctrl_tmf {
    uint32_t type;                          /* TMF; VIRTIO_SCSI_T_*. */
    uint32_t subtype;                       /* Which function; VIRTIO_SCSI_T_TMF_*. */
    uint8_t lun[8];                         /* Target and unit. */
    uint64_t id;                            /* Tag of a command where the function is about one. */
    uint8_t response;                       /* How it went; VIRTIO_SCSI_S_*. */
};
#pragma pack(pop)
VIRTIO_SIZE(virtio_scsi_ctrl_tmf, 25);

/*
 * A question for events or a subscription to them.
 * structs.ctrl_an; "Device Operation / Device Operation: controlq"
 */
#pragma pack(push, 1)
struct virtio_scsi_ctrl_an {
    uint32_t type;                          /* AN_QUERY or AN_SUBSCRIBE; VIRTIO_SCSI_T_*. */
    uint8_t lun[8];                         /* Target and unit. */
    uint32_t event_requested;               /* Events that the driver wants; VIRTIO_SCSI_EVT_ASYNC_*. */
    uint32_t event_actual;                  /* Events that the unit has; VIRTIO_SCSI_EVT_ASYNC_*. */
    uint8_t response;                       /* How it went; VIRTIO_SCSI_S_*. */
};
#pragma pack(pop)
VIRTIO_SIZE(virtio_scsi_ctrl_an, 21);

/* An event. structs.event; "Device Operation / Device Operation: eventq" */
struct virtio_scsi_event {
    uint32_t event;                         /* What happened; VIRTIO_SCSI_T_*; VIRTIO_SCSI_T_EVENTS_MISSED. */
    uint8_t lun[8];                         /* Target and unit. */
    uint32_t reason;                        /* By event: a reset-reason; async-event flags; or asc in bits 0 to 7 and
                                               ascq in 8 to 15. */
};
VIRTIO_SIZE(virtio_scsi_event, 16);

/* Configuration space of the device. config; "Device configuration layout" */
struct virtio_scsi_config {
    uint32_t num_queues;                    /* Number of request queues. */
    uint32_t seg_max;                       /* Most segments of a command in one direction. */
    uint32_t max_sectors;                   /* Largest transfer that is worth its while. */
    uint32_t cmd_per_lun;                   /* Most linked commands to one unit. */
    uint32_t event_info_size;               /* Most that the device writes to an event buffer; in bytes. */
    uint32_t sense_size;                    /* Room for sense data; 96 after a reset; in bytes. */
    uint32_t cdb_size;                      /* Room for the CDB; 32 after a reset; in bytes. */
    uint16_t max_channel;                   /* Last channel that is worth a scan. */
    uint16_t max_target;                    /* Last target that is worth a scan. */
    uint32_t max_lun;                       /* Last logical unit that is worth a scan. */
};
VIRTIO_SIZE(virtio_scsi_config, 36);

#undef VIRTIO_SIZE
#endif
