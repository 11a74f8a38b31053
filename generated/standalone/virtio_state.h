/* SPDX-License-Identifier: MIT */
/* Generated from spec/core/state.yaml by ./vwr generate: do not edit. */
/* Virtwright; Device parts */

/*
 * A self-contained file with the specification's names. Items without a name in the specification are named in the same
 * way. Numbers larger than a byte are little-endian unless their comment says otherwise.
 */
#ifndef VWR_STANDALONE_STATE_H
#define VWR_STANDALONE_STATE_H

#include <stdint.h>

#ifdef __cplusplus
#define VIRTIO_SIZE(name, bytes) static_assert(sizeof(struct name) == (bytes), "size")
#else
#define VIRTIO_SIZE(name, bytes) _Static_assert(sizeof(struct name) == (bytes), "size")
#endif

#define VIRTIO_STATE_VERSION 1u                         /* Version of the form. */

/* enums.part; "Device parts" */
#define VIRTIO_STATE_PART_DEVICE 0xfd01                 /* Begins a device; the selector is its slot (device). */
#define VIRTIO_STATE_PART_REGISTERS 0xfd02              /* Transport registers and interrupt status (registers). */
#define VIRTIO_STATE_PART_QUEUE 0xfd03                  /* Position of one queue (queue). */
#define VIRTIO_STATE_PART_FLIGHT 0xfd04                 /* Buffers of one queue that the device has (flight). */
#define VIRTIO_STATE_PART_CONFIG 0xfd05                 /* Bytes of the configuration that change while the device
                                                           runs, without gaps. */
#define VIRTIO_STATE_PART_CLASS 0xfd06                  /* State of the class: its structure below. */
#define VIRTIO_STATE_PART_PCI 0xfd07                    /* Registers of a function of PCI, and its MSI-X vectors
                                                           (pci). */

/* flags.device-flags; "Device parts" */
#define VIRTIO_STATE_DEVICE_LEGACY 0x1                  /* The device has the legacy interface. */
#define VIRTIO_STATE_DEVICE_CONFIG_NEWS 0x2             /* The configuration changed while the device was suspended. */
#define VIRTIO_STATE_DEVICE_NOTIFIED 0x4                /* The driver has sent a notification before DRIVER_OK. The
                                                           device serves its queues at DRIVER_OK. */
#define VIRTIO_STATE_DEVICE_EARLY 0x8                   /* A notification before DRIVER_OK has opened the queues, as
                                                           the switch qemu allows. */

/* flags.pci-flags; "Device parts" */
#define VIRTIO_STATE_PCI_NARROW 0x1                     /* The BAR has 32 bits. */

/* flags.vector-flags; "Device parts" */
#define VIRTIO_STATE_VECTOR_MASKED 0x1                  /* The driver has masked the vector. */
#define VIRTIO_STATE_VECTOR_PENDING 0x2                 /* The message is sent once nothing masks the vector. */

/* flags.queue-flags; "Device parts" */
#define VIRTIO_STATE_QUEUE_POPPED 0x1                   /* The device has popped buffers since the queue was enabled. */

/* flags.flight-flags; "Device parts" */
#define VIRTIO_STATE_FLIGHT_DONE 0x1                    /* The buffer is finished, and waits for earlier ones
                                                           (IN_ORDER). */
#define VIRTIO_STATE_FLIGHT_WRITE 0x2                   /* The buffer has device-writable segments. */

/* flags.net-modes; "Device parts" */
#define VIRTIO_STATE_NET_PROMISC 0x1                    /* All packets are received. */
#define VIRTIO_STATE_NET_ALL_UNICAST 0x2                /* All unicast packets are received. */
#define VIRTIO_STATE_NET_ALL_MULTICAST 0x4              /* All multicast packets are received. */
#define VIRTIO_STATE_NET_NO_UNICAST 0x8                 /* No unicast packets are received. */
#define VIRTIO_STATE_NET_NO_MULTICAST 0x10              /* No multicast packets are received. */
#define VIRTIO_STATE_NET_NO_BROADCAST 0x20              /* No broadcasts are received. */
#define VIRTIO_STATE_NET_MANY_UNICAST 0x40              /* The driver listed more unicast addresses than the table
                                                           holds. */
#define VIRTIO_STATE_NET_MANY_MULTICAST 0x80            /* The driver listed more multicast addresses than the table
                                                           holds. */
#define VIRTIO_STATE_NET_LINK 0x100                     /* The link is up. */

/* flags.port-flags; "Device parts" */
#define VIRTIO_STATE_PORT_ADDED 0x1                     /* The driver knows the port. */
#define VIRTIO_STATE_PORT_READY 0x2                     /* The driver is ready to use the port. */
#define VIRTIO_STATE_PORT_GUEST_OPEN 0x4                /* The driver's end is open. */
#define VIRTIO_STATE_PORT_HOST_OPEN 0x8                 /* The device's end is open. */
#define VIRTIO_STATE_PORT_ABSENT 0x10                   /* The port is unplugged. */

/* flags.balloon-flags; "Device parts" */
#define VIRTIO_STATE_BALLOON_HINTS 0x1                  /* Hints that arrive belong to the current command. */
#define VIRTIO_STATE_BALLOON_KNOWN 0x2                  /* The VMM has the statistics of the buffer that the device
                                                           has. */

/* flags.file-flags; "Device parts" */
#define VIRTIO_STATE_FILE_OPEN 0x1                      /* The file is open. */
#define VIRTIO_STATE_FILE_GONE 0x2                      /* The file has no name any more, and cannot be found again. */

/* flags.fs-flags; "Device parts" */
#define VIRTIO_STATE_FS_SESSION 0x1                     /* The driver has sent INIT. */
#define VIRTIO_STATE_FS_BIG 0x2                         /* The driver is big-endian. */

/* flags.line-flags; "Device parts" */
#define VIRTIO_STATE_LINE_PENDING 0x1                   /* An edge has occurred that the driver has not seen. */

/* flags.clock-flags; "Device parts" */
#define VIRTIO_STATE_CLOCK_ENABLED 0x1                  /* The driver has enabled the alarm. */
#define VIRTIO_STATE_CLOCK_ARMED 0x2                    /* The alarm is set, and its time has not come. */
#define VIRTIO_STATE_CLOCK_EXPIRED 0x4                  /* The alarm expired while the driver had no buffer for it. */

/* flags.can-flags; "Device parts" */
#define VIRTIO_STATE_CAN_STARTED 0x1                    /* The driver has started the controller. */
#define VIRTIO_STATE_CAN_BUS_OFF 0x2                    /* The controller is bus off. */

/* flags.i2c-flags; "Device parts" */
#define VIRTIO_STATE_I2C_FAILS 0x1                      /* The next message belongs to a transfer that has failed. */

/* flags.input-flags; "Device parts" */
#define VIRTIO_STATE_INPUT_LOST 0x1                     /* An event of the incomplete group did not fit: the group is
                                                           dropped at its end. */
#define VIRTIO_STATE_INPUT_TORN 0x2                     /* The driver has received a part of the oldest group. */

/* flags.scsi-flags; "Device parts" */
#define VIRTIO_STATE_SCSI_MISSED 0x1                    /* Events were lost after the last one that the driver
                                                           received. */

/* flags.lane-flags; "Device parts" */
#define VIRTIO_STATE_LANE_DRY 0x1                       /* The driver knows that frames or space are missing. */

/* A device. structs.device; "Device parts" */
struct virtio_state_device {
    uint16_t version;                       /* Version of the form. */
    uint16_t device_id;                     /* Device id. */
    uint16_t queues;                        /* Number of queues. */
    uint16_t flags;                         /* State of the whole device; VIRTIO_STATE_DEVICE_*. */
    uint32_t length;                        /* Length of the parts that follow for this device; in bytes. */
    uint32_t reserved;                      /* Reserved. */
};
VIRTIO_SIZE(virtio_state_device, 16);

/* Registers that VIRTIO 1.4 has no part for. structs.registers; "Device parts" */
struct virtio_state_registers {
    uint32_t device_features_sel;           /* DeviceFeaturesSel. */
    uint32_t driver_features_sel;           /* DriverFeaturesSel. */
    uint32_t queue_sel;                     /* QueueSel. */
    uint32_t shm_sel;                       /* SHMSel. */
    uint32_t guest_page_size;               /* GuestPageSize; in bytes. */
    uint32_t config_generation;             /* ConfigGeneration. */
    uint64_t beyond;                        /* Number of an accepted feature bit that DRV_FEATURES cannot hold; 0:
                                               none. */
    uint32_t interrupt_status;              /* InterruptStatus. */
    uint32_t reserved;                      /* Reserved. */
};
VIRTIO_SIZE(virtio_state_registers, 40);

/* An MSI-X vector. structs.vector; "Device parts" */
struct virtio_state_vector {
    uint64_t addr;                          /* Address of the message. */
    uint32_t data;                          /* Data of the message. */
    uint32_t flags;                         /* State of the vector; VIRTIO_STATE_VECTOR_*. */
};
VIRTIO_SIZE(virtio_state_vector, 16);

/* A function of PCI. The vectors of its queues are in VQ_CFG. structs.pci; "Device parts" */
struct virtio_state_pci {
    uint64_t bar;                           /* Guest address in the register of the memory BAR. */
    uint32_t cfg_offset;                    /* cap.offset of the capability PCI_CFG. */
    uint32_t cfg_length;                    /* cap.length of the capability PCI_CFG; in bytes. */
    uint16_t command;                       /* Command register. */
    uint16_t msix;                          /* Enable and mask bits of the capability MSI-X, where its register has
                                               them. */
    uint16_t config_vector;                 /* Vector of configuration changes. */
    uint16_t count;                         /* Number of vectors. */
    uint8_t line;                           /* Interrupt line register. */
    uint8_t cfg_bar;                        /* cap.bar of the capability PCI_CFG. */
    uint16_t flags;                         /* Kind of function; VIRTIO_STATE_PCI_NARROW. */
    uint32_t io;                            /* I/O address in the register of the I/O BAR. */
    struct virtio_state_vector vectors[];   /* The vectors. */
};
VIRTIO_SIZE(virtio_state_pci, 32);

/*
 * Follows the vectors of a function that has regions of shared memory.
 * structs.region; "Device parts"
 */
struct virtio_state_region {
    uint64_t bar;                           /* Guest address in the register of the shared memory BAR. */
};
VIRTIO_SIZE(virtio_state_region, 8);

/* Position of a queue, and registers that VQ_CFG lacks. structs.queue; "Device parts" */
struct virtio_state_queue {
    uint16_t avail;                         /* Next available index; packed: next descriptor and its wrap counter
                                               (bit 15). */
    uint16_t used;                          /* Next used index; packed: next descriptor and its wrap counter (bit
                                               15). */
    uint16_t in_flight;                     /* Number of buffers that the device has. */
    uint16_t flags;                         /* State of the queue; VIRTIO_STATE_QUEUE_POPPED. */
    uint32_t align;                         /* QueueAlign; in bytes. */
    uint32_t pfn;                           /* QueuePFN. */
};
VIRTIO_SIZE(virtio_state_queue, 16);

/* A segment of a buffer that the device has. structs.segment; "Device parts" */
struct virtio_state_segment {
    uint64_t addr;                          /* Address in the guest. */
    uint32_t len;                           /* Length of the segment; in bytes. */
    uint32_t reserved;                      /* Reserved. */
};
VIRTIO_SIZE(virtio_state_segment, 16);

/* A buffer that the device has; the oldest comes first. structs.flight; "Device parts" */
struct virtio_state_flight {
    uint16_t id;                            /* First descriptor, or buffer id of a packed ring. */
    uint16_t count;                         /* Number of descriptors in a packed ring; 1 in a split one. */
    uint16_t out;                           /* Number of device-readable segments. */
    uint16_t in;                            /* Number of device-writable segments. */
    uint32_t flags;                         /* State of the buffer; VIRTIO_STATE_FLIGHT_*. */
    uint32_t written;                       /* Bytes written into a finished buffer; in bytes. */
    struct virtio_state_segment segments[]; /* The segments. */
};
VIRTIO_SIZE(virtio_state_flight, 16);

/* State of an entropy source. structs.stream; "Device parts" */
struct virtio_state_stream {
    uint32_t done;                          /* Bytes of the first buffer that are filled; in bytes. */
};
VIRTIO_SIZE(virtio_state_stream, 4);

/* A disk that the state fits. structs.blk; "Device parts" */
struct virtio_state_blk {
    uint64_t sectors;                       /* Size of the disk in sectors of 512 bytes. */
    uint32_t block_size;                    /* Block size; in bytes. */
    uint32_t reserved;                      /* Reserved. */
};
VIRTIO_SIZE(virtio_state_blk, 16);

/* A port of a console. structs.port; "Device parts" */
struct virtio_state_port {
    uint16_t flags;                         /* State of the port; VIRTIO_STATE_PORT_*. */
    uint16_t pending;                       /* Control messages that wait for the driver: 1 << each of the events. */
    uint16_t cols;                          /* Width in characters. */
    uint16_t rows;                          /* Height in characters. */
    uint32_t done;                          /* Bytes of the first output buffer that were processed; in bytes. */
};
VIRTIO_SIZE(virtio_state_port, 12);

/* State of a console. structs.console; "Device parts" */
struct virtio_state_console {
    uint32_t driver_ready;                  /* The driver is ready for control messages. */
    struct virtio_state_port ports[];       /* The ports. */
};
VIRTIO_SIZE(virtio_state_console, 4);

/*
 * A session of a crypto device; fields that its service lacks are 0.
 * structs.session; "Device parts"
 */
struct virtio_state_session {
    uint64_t id;                            /* Id of the session; the lowest 16 bits are its row. */
    uint32_t service;                       /* Service. */
    uint32_t algo;                          /* Algorithm. */
    uint32_t op;                            /* Direction. */
    uint32_t order;                         /* Order of a chain. */
    uint32_t hash_mode;                     /* Mode of the hash of a chain. */
    uint32_t hash_algo;                     /* Algorithm of the hash. */
    uint32_t key_type;                      /* Type of the key. */
    uint32_t padding;                       /* Padding or curve. */
    uint32_t result_bytes;                  /* Size of the hash or MAC; in bytes. */
    uint32_t aad_bytes;                     /* Size of the additional authenticated data; in bytes. */
    uint32_t key_bytes;                     /* Size of the key; in bytes. */
    uint32_t auth_key_bytes;                /* Size of the MAC key of a chain; in bytes. */
    uint8_t keys[];                         /* The keys. */
};
VIRTIO_SIZE(virtio_state_session, 56);

/*
 * State of a crypto device. The sessions follow in the order of their rows.
 * structs.crypto; "Device parts"
 */
struct virtio_state_crypto {
    uint64_t serial;                        /* Number of sessions that were created. */
    uint32_t count;                         /* Number of sessions. */
    uint32_t reserved;                      /* Reserved. */
};
VIRTIO_SIZE(virtio_state_crypto, 16);

/* A GPIO line. structs.line; "Device parts" */
struct virtio_state_line {
    uint8_t direction;                      /* Direction that the driver has set. */
    uint8_t output;                         /* Level that the driver has set. */
    uint8_t input;                          /* Level that the VMM has reported. */
    uint8_t irq_type;                       /* Interrupt trigger that the driver has set. */
    uint32_t flags;                         /* State of the interrupt; VIRTIO_STATE_LINE_PENDING. */
};
VIRTIO_SIZE(virtio_state_line, 8);

/*
 * State of a GPIO device.
 * No C struct, because its first field has no fixed length. lines[], the lines.
 * structs.gpio; "Device parts"
 */

/* The alarm of a clock. structs.clock; "Device parts" */
struct virtio_state_clock {
    uint64_t alarm_time;                    /* Time that the driver has set; in ns. */
    uint32_t flags;                         /* State of the alarm; VIRTIO_STATE_CLOCK_*. */
    uint32_t reserved;                      /* Reserved. */
};
VIRTIO_SIZE(virtio_state_clock, 16);

/*
 * State of an RTC device.
 * No C struct, because its first field has no fixed length. clocks[], the clocks.
 * structs.rtc; "Device parts"
 */

/* State of a CAN controller. structs.can; "Device parts" */
struct virtio_state_can {
    uint32_t flags;                         /* State of the controller; VIRTIO_STATE_CAN_*. */
};
VIRTIO_SIZE(virtio_state_can, 4);

/* State of an SCMI device; delayed responses follow. structs.scmi; "Device parts" */
struct virtio_state_scmi {
    uint32_t delayed;                       /* Number of delayed responses. */
};
VIRTIO_SIZE(virtio_state_scmi, 4);

/* A delayed response of an SCMI device; its payload follows. structs.scmi_delayed; "Device parts" */
struct virtio_state_scmi_delayed {
    uint32_t header;                        /* Header of the response. */
    uint32_t bytes;                         /* Size of the payload; 0: the VMM has not given it yet; in bytes. */
};
VIRTIO_SIZE(virtio_state_scmi_delayed, 8);

/* State of an I2C bus. structs.i2c; "Device parts" */
struct virtio_state_i2c {
    uint32_t flags;                         /* State of the transfer; VIRTIO_STATE_I2C_FAILS. */
};
VIRTIO_SIZE(virtio_state_i2c, 4);

/* Region of a PMEM device. structs.pmem; "Device parts" */
struct virtio_state_pmem {
    uint64_t start;                         /* Address of the region; 0 if it is only shared memory. */
    uint64_t size;                          /* Size of the region; 0 if it is only shared memory; in bytes. */
};
VIRTIO_SIZE(virtio_state_pmem, 16);

/* A device behind an IOMMU. structs.iommu_endpoint; "Device parts" */
struct virtio_state_iommu_endpoint {
    uint32_t id;                            /* Endpoint id. */
    uint32_t domain;                        /* Domain id; 0 if it has none. */
    uint32_t attached;                      /* It has a domain. */
    uint32_t bypass;                        /* The domain bypasses translation. */
};
VIRTIO_SIZE(virtio_state_iommu_endpoint, 16);

/* A fault that the driver has not read. structs.iommu_fault; "Device parts" */
struct virtio_state_iommu_fault {
    uint64_t addr;                          /* Address. */
    uint32_t endpoint;                      /* Endpoint that made the access. */
    uint16_t access;                        /* Flags of the access. */
    uint16_t reason;                        /* Reason. */
};
VIRTIO_SIZE(virtio_state_iommu_fault, 16);

/* A mapping. structs.iommu_mapping; "Device parts" */
struct virtio_state_iommu_mapping {
    uint64_t first;                         /* First address. */
    uint64_t last;                          /* Last address. */
    uint64_t phys;                          /* Physical address of the first. */
    uint32_t domain;                        /* Domain id. */
    uint32_t access;                        /* Flags of the mapping. */
};
VIRTIO_SIZE(virtio_state_iommu_mapping, 32);

/*
 * State of an IOMMU. Its endpoints follow, then the faults, then the mappings.
 * structs.iommu; "Device parts"
 */
struct virtio_state_iommu {
    uint32_t mappings;                      /* Number of mappings. */
    uint32_t faults;                        /* Number of faults. */
};
VIRTIO_SIZE(virtio_state_iommu, 8);

/* An address. structs.mac; "Device parts" */
struct virtio_state_mac {
    uint8_t octets[6];                      /* The address. */
};
VIRTIO_SIZE(virtio_state_mac, 6);

/* State of a network card. structs.net; "Device parts" */
struct virtio_state_net {
    uint64_t offloads;                      /* Receive offloads that the driver has enabled. */
    uint16_t pairs;                         /* Number of queue pairs that the driver uses. */
    uint16_t modes;                         /* Receive modes; VIRTIO_STATE_NET_*. */
    uint16_t unicast;                       /* Number of unicast addresses. */
    uint16_t multicast;                     /* Number of multicast addresses. */
    uint32_t vlan_bytes;                    /* Size of the set of VLANs, which follows the addresses; in bytes. */
    uint32_t reserved;                      /* Reserved. */
    struct virtio_state_mac macs[];         /* Unicast, then multicast addresses. */
};
VIRTIO_SIZE(virtio_state_net, 24);

/* State of a socket device. structs.vsock; "Device parts" */
struct virtio_state_vsock {
    uint64_t guest_cid;                     /* Context ID of the guest. */
};
VIRTIO_SIZE(virtio_state_vsock, 8);

/* An event that waits for the driver. structs.event; "Device parts" */
struct virtio_state_event {
    uint16_t type;                          /* Type. */
    uint16_t code;                          /* Code. */
    uint32_t value;                         /* Value. */
};
VIRTIO_SIZE(virtio_state_event, 8);

/* State of an input device. structs.input; "Device parts" */
struct virtio_state_input {
    uint32_t events;                        /* Number of events. */
    uint32_t complete;                      /* Number of those that belong to complete groups. */
    uint32_t leds;                          /* LEDs that are on: 1 << each of the codes. */
    uint32_t flags;                         /* State of the groups; VIRTIO_STATE_INPUT_*. */
    struct virtio_state_event queued[];     /* The events; the oldest comes first. */
};
VIRTIO_SIZE(virtio_state_input, 16);

/* A unit of a SCSI host; they are in the order of target and lun. structs.unit; "Device parts" */
struct virtio_state_unit {
    uint64_t sectors;                       /* Size of the unit in sectors of 512 bytes. */
    uint32_t block_size;                    /* Block size; in bytes. */
    uint16_t target;                        /* Target. */
    uint16_t lun;                           /* Number of the unit. */
    uint32_t attention;                     /* Unit attention to report: additional sense code and its qualifier; 0:
                                               none. */
    uint32_t events;                        /* Asynchronous events that the driver has subscribed to. */
};
VIRTIO_SIZE(virtio_state_unit, 24);

/* State of a SCSI host. structs.scsi; "Device parts" */
struct virtio_state_scsi {
    uint32_t flags;                         /* State of the events; VIRTIO_STATE_SCSI_MISSED. */
    uint32_t reserved;                      /* Reserved. */
    struct virtio_state_unit units[];       /* The units. */
};
VIRTIO_SIZE(virtio_state_scsi, 8);

/* A stream of a sound card. structs.lane; "Device parts" */
struct virtio_state_lane {
    uint32_t buffer_bytes;                  /* Buffer size; in bytes. */
    uint32_t period_bytes;                  /* Period size; in bytes. */
    uint32_t features;                      /* Features that the driver has enabled. */
    uint32_t latency_bytes;                 /* Latency that completed buffers report; in bytes. */
    uint32_t done;                          /* Bytes of the oldest buffer that were played or recorded; in bytes. */
    uint8_t state;                          /* Last command: 0 none, 1 SET_PARAMS, 2 PREPARE, 3 START, 4 STOP, 5
                                               RELEASE. */
    uint8_t flags;                          /* State of the stream; VIRTIO_STATE_LANE_DRY. */
    uint8_t channels;                       /* Number of channels. */
    uint8_t format;                         /* Sample format. */
    uint8_t rate;                           /* Frame rate. */
    uint8_t reserved[3];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_state_lane, 28);

/* State of a sound card. structs.sound; "Device parts" */
struct virtio_state_sound {
    uint32_t connected;                     /* Jacks that are connected: 1 << each. */
    uint32_t jack_events;                   /* Jacks whose event waits for a buffer: 1 << each. */
    uint32_t xrun_events;                   /* Streams whose XRUN waits for a buffer: 1 << each. */
    struct virtio_state_lane lanes[];       /* The streams. */
};
VIRTIO_SIZE(virtio_state_sound, 12);

/*
 * A file of a 9P session; its path from the root of the folder on, without NUL, follows.
 * structs.fid; "Device parts"
 */
struct virtio_state_fid {
    uint32_t number;                        /* Number of the fid. */
    uint32_t uid;                           /* User that attached. */
    uint32_t open;                          /* Flags that opened the file (virtio_p9_open). */
    uint16_t bytes;                         /* Length of the path; in bytes. */
    uint8_t type;                           /* Type of its qid. */
    uint8_t flags;                          /* State of the file; VIRTIO_STATE_FILE_*. */
    uint8_t path[];                         /* The path. */
};
VIRTIO_SIZE(virtio_state_fid, 16);

/* State of a 9P device. structs.p9; "Device parts" */
struct virtio_state_p9 {
    uint32_t msize;                         /* Largest message of the session; 0: there is none; in bytes. */
    uint32_t count;                         /* Number of fids. */
    uint8_t fids[];                         /* The fids; each struct virtio_state_fid. */
};
VIRTIO_SIZE(virtio_state_p9, 8);

/*
 * A node or an open file of FUSE; its path from the root of the folder on, without NUL, follows.
 * structs.node; "Device parts"
 */
struct virtio_state_node {
    uint64_t nodeid;                        /* Node id in the messages of FUSE. */
    uint64_t lookups;                       /* Number of look-ups that the driver has not forgotten. */
    uint32_t open;                          /* Flags that opened the file (virtio_p9_open). */
    uint16_t bytes;                         /* Length of the path; in bytes. */
    uint8_t type;                           /* File type, as in the qid of 9P. */
    uint8_t flags;                          /* State of the file; VIRTIO_STATE_FILE_*. */
    uint8_t path[];                         /* The path. */
};
VIRTIO_SIZE(virtio_state_node, 24);

/* State of a file system device. structs.fs; "Device parts" */
struct virtio_state_fs {
    uint32_t flags;                         /* State of the session; VIRTIO_STATE_FS_*. */
    uint32_t generation;                    /* Upper half of the number that the next entry of the table gets. */
    uint32_t count;                         /* Number of nodes and open files. */
    uint32_t reserved;                      /* Reserved. */
    uint8_t nodes[];                        /* Nodes and open files, by their places; each struct virtio_state_node. */
};
VIRTIO_SIZE(virtio_state_fs, 16);

/* A screen, what it shows, and its cursor. structs.screen; "Device parts" */
struct virtio_state_screen {
    uint32_t width;                         /* Width that the driver is asked for; in pixels. */
    uint32_t height;                        /* Height that the driver is asked for; in pixels. */
    uint32_t resource;                      /* Resource that is shown; 0: none. */
    uint32_t x;                             /* Left edge in the resource; in pixels. */
    uint32_t y;                             /* Upper edge in the resource; in pixels. */
    uint32_t shown_width;                   /* Width of what is shown; in pixels. */
    uint32_t shown_height;                  /* Height of what is shown; in pixels. */
    uint32_t cursor;                        /* Resource with the cursor; 0: none. */
    uint32_t hot_x;                         /* Horizontal position of the hot spot in the cursor; in pixels. */
    uint32_t hot_y;                         /* Vertical position of the hot spot in the cursor; in pixels. */
    uint32_t cursor_x;                      /* Horizontal position of the cursor; in pixels. */
    uint32_t cursor_y;                      /* Vertical position of the cursor; in pixels. */
};
VIRTIO_SIZE(virtio_state_screen, 48);

/* A range of guest memory. structs.range; "Device parts" */
struct virtio_state_range {
    uint64_t addr;                          /* Address in the guest. */
    uint64_t bytes;                         /* Length of the range; in bytes. */
};
VIRTIO_SIZE(virtio_state_range, 16);

/*
 * A resource; its backing memory and its pixels, 4 bytes each, follow.
 * structs.resource; "Device parts"
 */
struct virtio_state_resource {
    uint32_t id;                            /* Number of the resource. */
    uint32_t format;                        /* Order of the bytes of a pixel (virtio_gpu_format). */
    uint32_t width;                         /* Width; in pixels. */
    uint32_t height;                        /* Height; in pixels. */
    uint32_t ranges;                        /* Number of ranges of backing memory; 0: there is none. */
    uint32_t reserved;                      /* Reserved. */
    struct virtio_state_range backing[];    /* The backing memory. */
};
VIRTIO_SIZE(virtio_state_resource, 24);

/* State of a GPU; its resources follow the screens. structs.gpu; "Device parts" */
struct virtio_state_gpu {
    uint32_t screens;                       /* Number of screens. */
    uint32_t resources;                     /* Number of resources. */
    struct virtio_state_screen screen[];    /* The screens. */
};
VIRTIO_SIZE(virtio_state_gpu, 8);

/* State of a balloon; the bitmap of its pages follows. structs.balloon; "Device parts" */
struct virtio_state_balloon {
    uint32_t target;                        /* Size that the VMM wants; in pages. */
    uint32_t actual;                        /* Size that the driver has reported; in pages. */
    uint32_t poison;                        /* Pattern of free pages. */
    uint32_t command;                       /* Current command of hinting. */
    uint32_t last_command;                  /* Last command ID that free page hinting used. */
    uint32_t flags;                         /* State of the balloon; VIRTIO_STATE_BALLOON_*. */
    uint32_t words;                         /* Number of words of the bitmap. */
    uint32_t reserved;                      /* Reserved. */
    uint32_t map[];                         /* 1 bit for each page, of each region of memory from a new word on. */
};
VIRTIO_SIZE(virtio_state_balloon, 32);

/* Adjacent plugged blocks. structs.memory_run; "Device parts" */
struct virtio_state_memory_run {
    uint32_t first;                         /* Number of the first block of the region. */
    uint32_t count;                         /* Number of blocks. */
};
VIRTIO_SIZE(virtio_state_memory_run, 8);

/* State of a memory device. structs.mem; "Device parts" */
struct virtio_state_mem {
    uint64_t requested;                     /* Size that the driver has to plug; in bytes. */
    uint64_t usable;                        /* Size of the usable region; in bytes. */
    uint32_t runs;                          /* Number of runs. */
    uint32_t reserved;                      /* Reserved. */
    struct virtio_state_memory_run run[];   /* The plugged blocks. */
};
VIRTIO_SIZE(virtio_state_mem, 24);

#undef VIRTIO_SIZE
#endif
