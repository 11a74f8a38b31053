/* SPDX-License-Identifier: MIT */
/* Generated from spec/core/state.yaml by ./vwr generate: do not edit. */
/* Virtwright; Device parts */

#include "vwr/gen/state.h"

const struct vwr_name vwr_state_part_names[] = {
    {VWR_STATE_PART_DEVICE, "DEVICE"},
    {VWR_STATE_PART_REGISTERS, "REGISTERS"},
    {VWR_STATE_PART_QUEUE, "QUEUE"},
    {VWR_STATE_PART_FLIGHT, "FLIGHT"},
    {VWR_STATE_PART_CONFIG, "CONFIG"},
    {VWR_STATE_PART_CLASS, "CLASS"},
    {VWR_STATE_PART_PCI, "PCI"},
    {0, NULL},
};

const struct vwr_name vwr_state_device_flags_names[] = {
    {VWR_STATE_DEVICE_LEGACY, "LEGACY"},
    {VWR_STATE_DEVICE_CONFIG_NEWS, "CONFIG_NEWS"},
    {VWR_STATE_DEVICE_NOTIFIED, "NOTIFIED"},
    {VWR_STATE_DEVICE_EARLY, "EARLY"},
    {0, NULL},
};

const struct vwr_name vwr_state_pci_flags_names[] = {
    {VWR_STATE_PCI_NARROW, "NARROW"},
    {0, NULL},
};

const struct vwr_name vwr_state_vector_flags_names[] = {
    {VWR_STATE_VECTOR_MASKED, "MASKED"},
    {VWR_STATE_VECTOR_PENDING, "PENDING"},
    {0, NULL},
};

const struct vwr_name vwr_state_queue_flags_names[] = {
    {VWR_STATE_QUEUE_POPPED, "POPPED"},
    {0, NULL},
};

const struct vwr_name vwr_state_flight_flags_names[] = {
    {VWR_STATE_FLIGHT_DONE, "DONE"},
    {VWR_STATE_FLIGHT_WRITE, "WRITE"},
    {0, NULL},
};

const struct vwr_name vwr_state_net_modes_names[] = {
    {VWR_STATE_NET_PROMISC, "PROMISC"},
    {VWR_STATE_NET_ALL_UNICAST, "ALL_UNICAST"},
    {VWR_STATE_NET_ALL_MULTICAST, "ALL_MULTICAST"},
    {VWR_STATE_NET_NO_UNICAST, "NO_UNICAST"},
    {VWR_STATE_NET_NO_MULTICAST, "NO_MULTICAST"},
    {VWR_STATE_NET_NO_BROADCAST, "NO_BROADCAST"},
    {VWR_STATE_NET_MANY_UNICAST, "MANY_UNICAST"},
    {VWR_STATE_NET_MANY_MULTICAST, "MANY_MULTICAST"},
    {VWR_STATE_NET_LINK, "LINK"},
    {0, NULL},
};

const struct vwr_name vwr_state_port_flags_names[] = {
    {VWR_STATE_PORT_ADDED, "ADDED"},
    {VWR_STATE_PORT_READY, "READY"},
    {VWR_STATE_PORT_GUEST_OPEN, "GUEST_OPEN"},
    {VWR_STATE_PORT_HOST_OPEN, "HOST_OPEN"},
    {VWR_STATE_PORT_ABSENT, "ABSENT"},
    {0, NULL},
};

const struct vwr_name vwr_state_balloon_flags_names[] = {
    {VWR_STATE_BALLOON_HINTS, "HINTS"},
    {VWR_STATE_BALLOON_KNOWN, "KNOWN"},
    {0, NULL},
};

const struct vwr_name vwr_state_file_flags_names[] = {
    {VWR_STATE_FILE_OPEN, "OPEN"},
    {VWR_STATE_FILE_GONE, "GONE"},
    {0, NULL},
};

const struct vwr_name vwr_state_fs_flags_names[] = {
    {VWR_STATE_FS_SESSION, "SESSION"},
    {VWR_STATE_FS_BIG, "BIG"},
    {0, NULL},
};

const struct vwr_name vwr_state_line_flags_names[] = {
    {VWR_STATE_LINE_PENDING, "PENDING"},
    {0, NULL},
};

const struct vwr_name vwr_state_clock_flags_names[] = {
    {VWR_STATE_CLOCK_ENABLED, "ENABLED"},
    {VWR_STATE_CLOCK_ARMED, "ARMED"},
    {VWR_STATE_CLOCK_EXPIRED, "EXPIRED"},
    {0, NULL},
};

const struct vwr_name vwr_state_can_flags_names[] = {
    {VWR_STATE_CAN_STARTED, "STARTED"},
    {VWR_STATE_CAN_BUS_OFF, "BUS_OFF"},
    {0, NULL},
};

const struct vwr_name vwr_state_i2c_flags_names[] = {
    {VWR_STATE_I2C_FAILS, "FAILS"},
    {0, NULL},
};

const struct vwr_name vwr_state_input_flags_names[] = {
    {VWR_STATE_INPUT_LOST, "LOST"},
    {VWR_STATE_INPUT_TORN, "TORN"},
    {0, NULL},
};

const struct vwr_name vwr_state_scsi_flags_names[] = {
    {VWR_STATE_SCSI_MISSED, "MISSED"},
    {0, NULL},
};

const struct vwr_name vwr_state_lane_flags_names[] = {
    {VWR_STATE_LANE_DRY, "DRY"},
    {0, NULL},
};
