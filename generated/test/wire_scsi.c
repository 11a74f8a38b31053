/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/scsi.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; SCSI Host Device */

/*
 * A host program. It fills each struct field by field and compares its bytes with the specification's little-endian
 * order, and constants with the values of spec/. It reads and writes the configuration and registers. Exit code 0 or 1.
 */
#include <stdio.h>
#include <string.h>

#include "vwr/gen/scsi.h"
#include "virtio_scsi.h"

struct number {
    const char *name;
    unsigned long long got;
    unsigned long long expected;
};

static int check_bytes(const char *name, const void *got, size_t got_size, const uint8_t *expected, size_t size)
{
    const uint8_t *bytes = (const uint8_t *)got;
    int wrong = 0;

    if (got_size != size) {
        printf("%s has %u bytes, expected %u\n", name, (unsigned)got_size, (unsigned)size);
        return 1;
    }
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] != expected[i]) {
            printf("%s: byte %u is 0x%02x, expected 0x%02x\n", name, (unsigned)i, bytes[i], expected[i]);
            wrong = 1;
        }
    }
    return wrong;
}

static int check_numbers(const struct number *numbers, size_t count)
{
    int wrong = 0;

    for (size_t i = 0; i < count; i++) {
        if (numbers[i].got != numbers[i].expected) {
            printf("%s is %llu, expected %llu\n", numbers[i].name, numbers[i].got, numbers[i].expected);
            wrong = 1;
        }
    }
    return wrong;
}

static int wire_vwr_scsi_req_cmd(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13,
    };
    struct vwr_scsi_req_cmd s;

    memset(&s, 0, sizeof(s));
    for (unsigned i = 0; i < 8; i++)
        s.lun[i] = (uint8_t)(0x01u + i);
    s.id = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.task_attr = 0x11u;
    s.prio = 0x12u;
    s.crn = 0x13u;
    return check_bytes("struct vwr_scsi_req_cmd", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_scsi_req_cmd(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13,
    };
    struct virtio_scsi_req_cmd s;

    memset(&s, 0, sizeof(s));
    for (unsigned i = 0; i < 8; i++)
        s.lun[i] = (uint8_t)(0x01u + i);
    s.id = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.task_attr = 0x11u;
    s.prio = 0x12u;
    s.crn = 0x13u;
    return check_bytes("struct virtio_scsi_req_cmd", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_scsi_req_cmd_in(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
    };
    struct vwr_scsi_req_cmd_in s;

    memset(&s, 0, sizeof(s));
    s.sense_len = vwr_cpu_to_le32(0x04030201u);
    s.residual = vwr_cpu_to_le32(0x08070605u);
    s.status_qualifier = vwr_cpu_to_le16(0x0a09u);
    s.status = 0x0bu;
    s.response = 0x0cu;
    return check_bytes("struct vwr_scsi_req_cmd_in", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_scsi_req_cmd_in(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
    };
    struct virtio_scsi_req_cmd_in s;

    memset(&s, 0, sizeof(s));
    s.sense_len = vwr_cpu_to_le32(0x04030201u);
    s.residual = vwr_cpu_to_le32(0x08070605u);
    s.status_qualifier = vwr_cpu_to_le16(0x0a09u);
    s.status = 0x0bu;
    s.response = 0x0cu;
    return check_bytes("struct virtio_scsi_req_cmd_in", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_scsi_ctrl(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct vwr_scsi_ctrl s;

    memset(&s, 0, sizeof(s));
    s.type = vwr_cpu_to_le32(0x04030201u);
    return check_bytes("struct vwr_scsi_ctrl", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_scsi_ctrl(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct virtio_scsi_ctrl s;

    memset(&s, 0, sizeof(s));
    s.type = vwr_cpu_to_le32(0x04030201u);
    return check_bytes("struct virtio_scsi_ctrl", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_scsi_ctrl_in(void)
{
    static const uint8_t expected[] = {
        0x01,
    };
    struct vwr_scsi_ctrl_in s;

    memset(&s, 0, sizeof(s));
    s.response = 0x01u;
    return check_bytes("struct vwr_scsi_ctrl_in", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_scsi_ctrl_in(void)
{
    static const uint8_t expected[] = {
        0x01,
    };
    struct virtio_scsi_ctrl_in s;

    memset(&s, 0, sizeof(s));
    s.response = 0x01u;
    return check_bytes("struct virtio_scsi_ctrl_in", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_scsi_ctrl_tmf(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19,
    };
    struct vwr_scsi_ctrl_tmf s;

    memset(&s, 0, sizeof(s));
    s.type = vwr_cpu_to_le32(0x04030201u);
    s.subtype = vwr_cpu_to_le32(0x08070605u);
    for (unsigned i = 0; i < 8; i++)
        s.lun[i] = (uint8_t)(0x09u + i);
    s.id = vwr_cpu_to_le64(0x1817161514131211ULL);
    s.response = 0x19u;
    return check_bytes("struct vwr_scsi_ctrl_tmf", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_scsi_ctrl_tmf(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19,
    };
    struct virtio_scsi_ctrl_tmf s;

    memset(&s, 0, sizeof(s));
    s.type = vwr_cpu_to_le32(0x04030201u);
    s.subtype = vwr_cpu_to_le32(0x08070605u);
    for (unsigned i = 0; i < 8; i++)
        s.lun[i] = (uint8_t)(0x09u + i);
    s.id = vwr_cpu_to_le64(0x1817161514131211ULL);
    s.response = 0x19u;
    return check_bytes("struct virtio_scsi_ctrl_tmf", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_scsi_ctrl_an(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15,
    };
    struct vwr_scsi_ctrl_an s;

    memset(&s, 0, sizeof(s));
    s.type = vwr_cpu_to_le32(0x04030201u);
    for (unsigned i = 0; i < 8; i++)
        s.lun[i] = (uint8_t)(0x05u + i);
    s.event_requested = vwr_cpu_to_le32(0x100f0e0du);
    s.event_actual = vwr_cpu_to_le32(0x14131211u);
    s.response = 0x15u;
    return check_bytes("struct vwr_scsi_ctrl_an", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_scsi_ctrl_an(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15,
    };
    struct virtio_scsi_ctrl_an s;

    memset(&s, 0, sizeof(s));
    s.type = vwr_cpu_to_le32(0x04030201u);
    for (unsigned i = 0; i < 8; i++)
        s.lun[i] = (uint8_t)(0x05u + i);
    s.event_requested = vwr_cpu_to_le32(0x100f0e0du);
    s.event_actual = vwr_cpu_to_le32(0x14131211u);
    s.response = 0x15u;
    return check_bytes("struct virtio_scsi_ctrl_an", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_scsi_event(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_scsi_event s;

    memset(&s, 0, sizeof(s));
    s.event = vwr_cpu_to_le32(0x04030201u);
    for (unsigned i = 0; i < 8; i++)
        s.lun[i] = (uint8_t)(0x05u + i);
    s.reason = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct vwr_scsi_event", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_scsi_event(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_scsi_event s;

    memset(&s, 0, sizeof(s));
    s.event = vwr_cpu_to_le32(0x04030201u);
    for (unsigned i = 0; i < 8; i++)
        s.lun[i] = (uint8_t)(0x05u + i);
    s.reason = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct virtio_scsi_event", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_scsi_config(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
    };
    struct vwr_scsi_config s;

    memset(&s, 0, sizeof(s));
    s.num_queues = vwr_cpu_to_le32(0x04030201u);
    s.seg_max = vwr_cpu_to_le32(0x08070605u);
    s.max_sectors = vwr_cpu_to_le32(0x0c0b0a09u);
    s.cmd_per_lun = vwr_cpu_to_le32(0x100f0e0du);
    s.event_info_size = vwr_cpu_to_le32(0x14131211u);
    s.sense_size = vwr_cpu_to_le32(0x18171615u);
    s.cdb_size = vwr_cpu_to_le32(0x1c1b1a19u);
    s.max_channel = vwr_cpu_to_le16(0x1e1du);
    s.max_target = vwr_cpu_to_le16(0x201fu);
    s.max_lun = vwr_cpu_to_le32(0x24232221u);
    return check_bytes("struct vwr_scsi_config", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_scsi_config(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
    };
    struct virtio_scsi_config s;

    memset(&s, 0, sizeof(s));
    s.num_queues = vwr_cpu_to_le32(0x04030201u);
    s.seg_max = vwr_cpu_to_le32(0x08070605u);
    s.max_sectors = vwr_cpu_to_le32(0x0c0b0a09u);
    s.cmd_per_lun = vwr_cpu_to_le32(0x100f0e0du);
    s.event_info_size = vwr_cpu_to_le32(0x14131211u);
    s.sense_size = vwr_cpu_to_le32(0x18171615u);
    s.cdb_size = vwr_cpu_to_le32(0x1c1b1a19u);
    s.max_channel = vwr_cpu_to_le16(0x1e1du);
    s.max_target = vwr_cpu_to_le16(0x201fu);
    s.max_lun = vwr_cpu_to_le32(0x24232221u);
    return check_bytes("struct virtio_scsi_config", &s, sizeof(s), expected, sizeof(expected));
}

static int constants(void)
{
    const struct number numbers[] = {
        {"VWR_SCSI_ID", VWR_SCSI_ID, 8},
        {"VWR_SCSI_F_INOUT", VWR_SCSI_F_INOUT, 0},
        {"VIRTIO_SCSI_F_INOUT", VIRTIO_SCSI_F_INOUT, 0},
        {"VWR_SCSI_F_HOTPLUG", VWR_SCSI_F_HOTPLUG, 1},
        {"VIRTIO_SCSI_F_HOTPLUG", VIRTIO_SCSI_F_HOTPLUG, 1},
        {"VWR_SCSI_F_CHANGE", VWR_SCSI_F_CHANGE, 2},
        {"VIRTIO_SCSI_F_CHANGE", VIRTIO_SCSI_F_CHANGE, 2},
        {"VWR_SCSI_F_T10_PI", VWR_SCSI_F_T10_PI, 3},
        {"VIRTIO_SCSI_F_T10_PI", VIRTIO_SCSI_F_T10_PI, 3},
        {"VWR_SCSI_S_OK", VWR_SCSI_S_OK, 0},
        {"VIRTIO_SCSI_S_OK", VIRTIO_SCSI_S_OK, 0},
        {"VWR_SCSI_S_OVERRUN", VWR_SCSI_S_OVERRUN, 1},
        {"VIRTIO_SCSI_S_OVERRUN", VIRTIO_SCSI_S_OVERRUN, 1},
        {"VWR_SCSI_S_ABORTED", VWR_SCSI_S_ABORTED, 2},
        {"VIRTIO_SCSI_S_ABORTED", VIRTIO_SCSI_S_ABORTED, 2},
        {"VWR_SCSI_S_BAD_TARGET", VWR_SCSI_S_BAD_TARGET, 3},
        {"VIRTIO_SCSI_S_BAD_TARGET", VIRTIO_SCSI_S_BAD_TARGET, 3},
        {"VWR_SCSI_S_RESET", VWR_SCSI_S_RESET, 4},
        {"VIRTIO_SCSI_S_RESET", VIRTIO_SCSI_S_RESET, 4},
        {"VWR_SCSI_S_BUSY", VWR_SCSI_S_BUSY, 5},
        {"VIRTIO_SCSI_S_BUSY", VIRTIO_SCSI_S_BUSY, 5},
        {"VWR_SCSI_S_TRANSPORT_FAILURE", VWR_SCSI_S_TRANSPORT_FAILURE, 6},
        {"VIRTIO_SCSI_S_TRANSPORT_FAILURE", VIRTIO_SCSI_S_TRANSPORT_FAILURE, 6},
        {"VWR_SCSI_S_TARGET_FAILURE", VWR_SCSI_S_TARGET_FAILURE, 7},
        {"VIRTIO_SCSI_S_TARGET_FAILURE", VIRTIO_SCSI_S_TARGET_FAILURE, 7},
        {"VWR_SCSI_S_NEXUS_FAILURE", VWR_SCSI_S_NEXUS_FAILURE, 8},
        {"VIRTIO_SCSI_S_NEXUS_FAILURE", VIRTIO_SCSI_S_NEXUS_FAILURE, 8},
        {"VWR_SCSI_S_FAILURE", VWR_SCSI_S_FAILURE, 9},
        {"VIRTIO_SCSI_S_FAILURE", VIRTIO_SCSI_S_FAILURE, 9},
        {"VWR_SCSI_S_FUNCTION_SUCCEEDED", VWR_SCSI_S_FUNCTION_SUCCEEDED, 10},
        {"VIRTIO_SCSI_S_FUNCTION_SUCCEEDED", VIRTIO_SCSI_S_FUNCTION_SUCCEEDED, 10},
        {"VWR_SCSI_S_FUNCTION_REJECTED", VWR_SCSI_S_FUNCTION_REJECTED, 11},
        {"VIRTIO_SCSI_S_FUNCTION_REJECTED", VIRTIO_SCSI_S_FUNCTION_REJECTED, 11},
        {"VWR_SCSI_S_INCORRECT_LUN", VWR_SCSI_S_INCORRECT_LUN, 12},
        {"VIRTIO_SCSI_S_INCORRECT_LUN", VIRTIO_SCSI_S_INCORRECT_LUN, 12},
        {"VWR_SCSI_S_SIMPLE", VWR_SCSI_S_SIMPLE, 0},
        {"VIRTIO_SCSI_S_SIMPLE", VIRTIO_SCSI_S_SIMPLE, 0},
        {"VWR_SCSI_S_ORDERED", VWR_SCSI_S_ORDERED, 1},
        {"VIRTIO_SCSI_S_ORDERED", VIRTIO_SCSI_S_ORDERED, 1},
        {"VWR_SCSI_S_HEAD", VWR_SCSI_S_HEAD, 2},
        {"VIRTIO_SCSI_S_HEAD", VIRTIO_SCSI_S_HEAD, 2},
        {"VWR_SCSI_S_ACA", VWR_SCSI_S_ACA, 3},
        {"VIRTIO_SCSI_S_ACA", VIRTIO_SCSI_S_ACA, 3},
        {"VWR_SCSI_T_TMF_ABORT_TASK", VWR_SCSI_T_TMF_ABORT_TASK, 0},
        {"VIRTIO_SCSI_T_TMF_ABORT_TASK", VIRTIO_SCSI_T_TMF_ABORT_TASK, 0},
        {"VWR_SCSI_T_TMF_ABORT_TASK_SET", VWR_SCSI_T_TMF_ABORT_TASK_SET, 1},
        {"VIRTIO_SCSI_T_TMF_ABORT_TASK_SET", VIRTIO_SCSI_T_TMF_ABORT_TASK_SET, 1},
        {"VWR_SCSI_T_TMF_CLEAR_ACA", VWR_SCSI_T_TMF_CLEAR_ACA, 2},
        {"VIRTIO_SCSI_T_TMF_CLEAR_ACA", VIRTIO_SCSI_T_TMF_CLEAR_ACA, 2},
        {"VWR_SCSI_T_TMF_CLEAR_TASK_SET", VWR_SCSI_T_TMF_CLEAR_TASK_SET, 3},
        {"VIRTIO_SCSI_T_TMF_CLEAR_TASK_SET", VIRTIO_SCSI_T_TMF_CLEAR_TASK_SET, 3},
        {"VWR_SCSI_T_TMF_I_T_NEXUS_RESET", VWR_SCSI_T_TMF_I_T_NEXUS_RESET, 4},
        {"VIRTIO_SCSI_T_TMF_I_T_NEXUS_RESET", VIRTIO_SCSI_T_TMF_I_T_NEXUS_RESET, 4},
        {"VWR_SCSI_T_TMF_LOGICAL_UNIT_RESET", VWR_SCSI_T_TMF_LOGICAL_UNIT_RESET, 5},
        {"VIRTIO_SCSI_T_TMF_LOGICAL_UNIT_RESET", VIRTIO_SCSI_T_TMF_LOGICAL_UNIT_RESET, 5},
        {"VWR_SCSI_T_TMF_QUERY_TASK", VWR_SCSI_T_TMF_QUERY_TASK, 6},
        {"VIRTIO_SCSI_T_TMF_QUERY_TASK", VIRTIO_SCSI_T_TMF_QUERY_TASK, 6},
        {"VWR_SCSI_T_TMF_QUERY_TASK_SET", VWR_SCSI_T_TMF_QUERY_TASK_SET, 7},
        {"VIRTIO_SCSI_T_TMF_QUERY_TASK_SET", VIRTIO_SCSI_T_TMF_QUERY_TASK_SET, 7},
        {"VWR_SCSI_EVT_RESET_HARD", VWR_SCSI_EVT_RESET_HARD, 0},
        {"VIRTIO_SCSI_EVT_RESET_HARD", VIRTIO_SCSI_EVT_RESET_HARD, 0},
        {"VWR_SCSI_EVT_RESET_RESCAN", VWR_SCSI_EVT_RESET_RESCAN, 1},
        {"VIRTIO_SCSI_EVT_RESET_RESCAN", VIRTIO_SCSI_EVT_RESET_RESCAN, 1},
        {"VWR_SCSI_EVT_RESET_REMOVED", VWR_SCSI_EVT_RESET_REMOVED, 2},
        {"VIRTIO_SCSI_EVT_RESET_REMOVED", VIRTIO_SCSI_EVT_RESET_REMOVED, 2},
        {"VWR_SCSI_EVT_ASYNC_OPERATIONAL_CHANGE", VWR_SCSI_EVT_ASYNC_OPERATIONAL_CHANGE, 0x2},
        {"VIRTIO_SCSI_EVT_ASYNC_OPERATIONAL_CHANGE", VIRTIO_SCSI_EVT_ASYNC_OPERATIONAL_CHANGE, 0x2},
        {"VWR_SCSI_EVT_ASYNC_POWER_MGMT", VWR_SCSI_EVT_ASYNC_POWER_MGMT, 0x4},
        {"VIRTIO_SCSI_EVT_ASYNC_POWER_MGMT", VIRTIO_SCSI_EVT_ASYNC_POWER_MGMT, 0x4},
        {"VWR_SCSI_EVT_ASYNC_EXTERNAL_REQUEST", VWR_SCSI_EVT_ASYNC_EXTERNAL_REQUEST, 0x8},
        {"VIRTIO_SCSI_EVT_ASYNC_EXTERNAL_REQUEST", VIRTIO_SCSI_EVT_ASYNC_EXTERNAL_REQUEST, 0x8},
        {"VWR_SCSI_EVT_ASYNC_MEDIA_CHANGE", VWR_SCSI_EVT_ASYNC_MEDIA_CHANGE, 0x10},
        {"VIRTIO_SCSI_EVT_ASYNC_MEDIA_CHANGE", VIRTIO_SCSI_EVT_ASYNC_MEDIA_CHANGE, 0x10},
        {"VWR_SCSI_EVT_ASYNC_MULTI_HOST", VWR_SCSI_EVT_ASYNC_MULTI_HOST, 0x20},
        {"VIRTIO_SCSI_EVT_ASYNC_MULTI_HOST", VIRTIO_SCSI_EVT_ASYNC_MULTI_HOST, 0x20},
        {"VWR_SCSI_EVT_ASYNC_DEVICE_BUSY", VWR_SCSI_EVT_ASYNC_DEVICE_BUSY, 0x40},
        {"VIRTIO_SCSI_EVT_ASYNC_DEVICE_BUSY", VIRTIO_SCSI_EVT_ASYNC_DEVICE_BUSY, 0x40},
        {"VWR_SCSI_T_EVENTS_MISSED", VWR_SCSI_T_EVENTS_MISSED, 0x80000000u},
        {"VIRTIO_SCSI_T_EVENTS_MISSED", VIRTIO_SCSI_T_EVENTS_MISSED, 0x80000000u},
        {"VWR_SCSI_T_TMF", VWR_SCSI_T_TMF, 0},
        {"VIRTIO_SCSI_T_TMF", VIRTIO_SCSI_T_TMF, 0},
        {"VWR_SCSI_T_AN_QUERY", VWR_SCSI_T_AN_QUERY, 1},
        {"VIRTIO_SCSI_T_AN_QUERY", VIRTIO_SCSI_T_AN_QUERY, 1},
        {"VWR_SCSI_T_AN_SUBSCRIBE", VWR_SCSI_T_AN_SUBSCRIBE, 2},
        {"VIRTIO_SCSI_T_AN_SUBSCRIBE", VIRTIO_SCSI_T_AN_SUBSCRIBE, 2},
        {"VWR_SCSI_T_NO_EVENT", VWR_SCSI_T_NO_EVENT, 0},
        {"VIRTIO_SCSI_T_NO_EVENT", VIRTIO_SCSI_T_NO_EVENT, 0},
        {"VWR_SCSI_T_TRANSPORT_RESET", VWR_SCSI_T_TRANSPORT_RESET, 1},
        {"VIRTIO_SCSI_T_TRANSPORT_RESET", VIRTIO_SCSI_T_TRANSPORT_RESET, 1},
        {"VWR_SCSI_T_ASYNC_NOTIFY", VWR_SCSI_T_ASYNC_NOTIFY, 2},
        {"VIRTIO_SCSI_T_ASYNC_NOTIFY", VIRTIO_SCSI_T_ASYNC_NOTIFY, 2},
        {"VWR_SCSI_T_PARAM_CHANGE", VWR_SCSI_T_PARAM_CHANGE, 3},
        {"VIRTIO_SCSI_T_PARAM_CHANGE", VIRTIO_SCSI_T_PARAM_CHANGE, 3},
        {"VWR_SCSI_QUEUE_CONTROLQ", VWR_SCSI_QUEUE_CONTROLQ, 0},
        {"VIRTIO_SCSI_QUEUE_CONTROLQ", VIRTIO_SCSI_QUEUE_CONTROLQ, 0},
        {"VWR_SCSI_QUEUE_EVENTQ", VWR_SCSI_QUEUE_EVENTQ, 1},
        {"VIRTIO_SCSI_QUEUE_EVENTQ", VIRTIO_SCSI_QUEUE_EVENTQ, 1},
        {"VWR_SCSI_QUEUE_REQUESTQ", VWR_SCSI_QUEUE_REQUESTQ, 2},
        {"VIRTIO_SCSI_QUEUE_REQUESTQ", VIRTIO_SCSI_QUEUE_REQUESTQ, 2},
        {"VWR_SCSI_SENSE_DEFAULT_SIZE", VWR_SCSI_SENSE_DEFAULT_SIZE, 96u},
        {"VIRTIO_SCSI_SENSE_DEFAULT_SIZE", VIRTIO_SCSI_SENSE_DEFAULT_SIZE, 96u},
        {"VWR_SCSI_CDB_DEFAULT_SIZE", VWR_SCSI_CDB_DEFAULT_SIZE, 32u},
        {"VIRTIO_SCSI_CDB_DEFAULT_SIZE", VIRTIO_SCSI_CDB_DEFAULT_SIZE, 32u},
        {"VWR_SCSI_LUN_UNIT", VWR_SCSI_LUN_UNIT, 1u},
        {"VIRTIO_SCSI_LUN_UNIT", VIRTIO_SCSI_LUN_UNIT, 1u},
        {"VWR_SCSI_LUN_REPORT_LUNS", VWR_SCSI_LUN_REPORT_LUNS, 0xc101u},
        {"VIRTIO_SCSI_LUN_REPORT_LUNS", VIRTIO_SCSI_LUN_REPORT_LUNS, 0xc101u},
        {"VWR_SCSI_S_FUNCTION_COMPLETE", VWR_SCSI_S_FUNCTION_COMPLETE, 0u},
        {"VIRTIO_SCSI_S_FUNCTION_COMPLETE", VIRTIO_SCSI_S_FUNCTION_COMPLETE, 0u},
        {"VWR_SCSI_CONFIG_NUM_QUEUES", VWR_SCSI_CONFIG_NUM_QUEUES,
         __builtin_offsetof(struct vwr_scsi_config, num_queues)},
        {"VWR_SCSI_CONFIG_SEG_MAX", VWR_SCSI_CONFIG_SEG_MAX,
         __builtin_offsetof(struct vwr_scsi_config, seg_max)},
        {"VWR_SCSI_CONFIG_MAX_SECTORS", VWR_SCSI_CONFIG_MAX_SECTORS,
         __builtin_offsetof(struct vwr_scsi_config, max_sectors)},
        {"VWR_SCSI_CONFIG_CMD_PER_LUN", VWR_SCSI_CONFIG_CMD_PER_LUN,
         __builtin_offsetof(struct vwr_scsi_config, cmd_per_lun)},
        {"VWR_SCSI_CONFIG_EVENT_INFO_SIZE", VWR_SCSI_CONFIG_EVENT_INFO_SIZE,
         __builtin_offsetof(struct vwr_scsi_config, event_info_size)},
        {"VWR_SCSI_CONFIG_SENSE_SIZE", VWR_SCSI_CONFIG_SENSE_SIZE,
         __builtin_offsetof(struct vwr_scsi_config, sense_size)},
        {"VWR_SCSI_CONFIG_CDB_SIZE", VWR_SCSI_CONFIG_CDB_SIZE,
         __builtin_offsetof(struct vwr_scsi_config, cdb_size)},
        {"VWR_SCSI_CONFIG_MAX_CHANNEL", VWR_SCSI_CONFIG_MAX_CHANNEL,
         __builtin_offsetof(struct vwr_scsi_config, max_channel)},
        {"VWR_SCSI_CONFIG_MAX_TARGET", VWR_SCSI_CONFIG_MAX_TARGET,
         __builtin_offsetof(struct vwr_scsi_config, max_target)},
        {"VWR_SCSI_CONFIG_MAX_LUN", VWR_SCSI_CONFIG_MAX_LUN,
         __builtin_offsetof(struct vwr_scsi_config, max_lun)},
        {"vwr_scsi_req_cmd_pi_bytesout_offset(1)",
         vwr_scsi_req_cmd_pi_bytesout_offset(1), 20},
        {"vwr_scsi_req_cmd_pi_bytesin_offset(1, 2)",
         vwr_scsi_req_cmd_pi_bytesin_offset(1, 2), 28},
        {"vwr_scsi_req_cmd_pi_out_offset(1, 2, 3)",
         vwr_scsi_req_cmd_pi_out_offset(1, 2, 3), 40},
        {"vwr_scsi_req_cmd_dataout_offset(1, 2, 3, 4)",
         vwr_scsi_req_cmd_dataout_offset(1, 2, 3, 4), 44},
        {"vwr_scsi_req_cmd_bytes(1, 2, 3, 4, 5)",
         vwr_scsi_req_cmd_bytes(1, 2, 3, 4, 5), 49},
        {"vwr_scsi_req_cmd_in_pi_in_offset(1)",
         vwr_scsi_req_cmd_in_pi_in_offset(1), 13},
        {"vwr_scsi_req_cmd_in_datain_offset(1, 2)",
         vwr_scsi_req_cmd_in_datain_offset(1, 2), 15},
        {"vwr_scsi_req_cmd_in_bytes(1, 2, 3)",
         vwr_scsi_req_cmd_in_bytes(1, 2, 3), 18},
    };

    return check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
}

/* The accessors of a configuration whose byte n is n + 1, and that has all its fields. */
static int wire_config(void)
{
    static const _Alignas(8) uint8_t bytes[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
    };
    struct vwr_config c;
    int wrong;

    memset(&c, 0, sizeof(c));
    memset(&c.features, 0xff, sizeof(c.features));
    c.base = (void *)(uintptr_t)bytes;
    {
        const struct number numbers[] = {
            {"vwr_scsi_config_get_num_queues(&c)",
             vwr_scsi_config_get_num_queues(&c), 0x04030201u},
            {"vwr_scsi_config_get_seg_max(&c)",
             vwr_scsi_config_get_seg_max(&c), 0x08070605u},
            {"vwr_scsi_config_get_max_sectors(&c)",
             vwr_scsi_config_get_max_sectors(&c), 0x0c0b0a09u},
            {"vwr_scsi_config_get_cmd_per_lun(&c)",
             vwr_scsi_config_get_cmd_per_lun(&c), 0x100f0e0du},
            {"vwr_scsi_config_get_event_info_size(&c)",
             vwr_scsi_config_get_event_info_size(&c), 0x14131211u},
            {"vwr_scsi_config_get_sense_size(&c)",
             vwr_scsi_config_get_sense_size(&c), 0x18171615u},
            {"vwr_scsi_config_get_cdb_size(&c)",
             vwr_scsi_config_get_cdb_size(&c), 0x1c1b1a19u},
            {"vwr_scsi_config_get_max_channel(&c)",
             vwr_scsi_config_get_max_channel(&c), 0x1e1du},
            {"vwr_scsi_config_get_max_target(&c)",
             vwr_scsi_config_get_max_target(&c), 0x201fu},
            {"vwr_scsi_config_get_max_lun(&c)",
             vwr_scsi_config_get_max_lun(&c), 0x24232221u},
        };

        wrong = check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
    {
        struct vwr_scsi_config_info info;
        _Alignas(8) struct vwr_scsi_config w;

        vwr_scsi_config_read(&c, &info);
        const struct number numbers[] = {
            {"info.num_queues",
             info.num_queues, 0x04030201u},
            {"info.seg_max",
             info.seg_max, 0x08070605u},
            {"info.max_sectors",
             info.max_sectors, 0x0c0b0a09u},
            {"info.cmd_per_lun",
             info.cmd_per_lun, 0x100f0e0du},
            {"info.event_info_size",
             info.event_info_size, 0x14131211u},
            {"info.sense_size",
             info.sense_size, 0x18171615u},
            {"info.cdb_size",
             info.cdb_size, 0x1c1b1a19u},
            {"info.max_channel",
             info.max_channel, 0x1e1du},
            {"info.max_target",
             info.max_target, 0x201fu},
            {"info.max_lun",
             info.max_lun, 0x24232221u},
        };

        wrong |= check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
        memset(&w, 0, sizeof(w));
        vwr_scsi_config_write(&w, false, &info);
        c.base = &w;
        const struct number written[] = {
            {"written: info.num_queues",
             vwr_scsi_config_get_num_queues(&c), info.num_queues},
            {"written: info.seg_max",
             vwr_scsi_config_get_seg_max(&c), info.seg_max},
            {"written: info.max_sectors",
             vwr_scsi_config_get_max_sectors(&c), info.max_sectors},
            {"written: info.cmd_per_lun",
             vwr_scsi_config_get_cmd_per_lun(&c), info.cmd_per_lun},
            {"written: info.event_info_size",
             vwr_scsi_config_get_event_info_size(&c), info.event_info_size},
            {"written: info.max_channel",
             vwr_scsi_config_get_max_channel(&c), info.max_channel},
            {"written: info.max_target",
             vwr_scsi_config_get_max_target(&c), info.max_target},
            {"written: info.max_lun",
             vwr_scsi_config_get_max_lun(&c), info.max_lun},
        };

        wrong |= check_numbers(written, sizeof(written) / sizeof(written[0]));
    }
    return wrong;
}

/* The feature words contain exactly the bits that are not legacy-only. */
static int feature_words(void)
{
    static const uint8_t bits[] = {
        VWR_SCSI_F_INOUT,
        VWR_SCSI_F_HOTPLUG,
        VWR_SCSI_F_CHANGE,
        VWR_SCSI_F_T10_PI,
    };
    uint32_t w[VWR_FEATURE_WORDS] = {0};

    for (size_t i = 0; i < sizeof(bits); i++)
        w[bits[i] / 32] |= (uint32_t)1 << bits[i] % 32;
    {
        const struct number numbers[] = {
            {"VWR_SCSI_FEATURES_W0", VWR_SCSI_FEATURES_W0, w[0]},
            {"VWR_SCSI_FEATURES_W1", VWR_SCSI_FEATURES_W1, w[1]},
            {"VWR_SCSI_FEATURES_W2", VWR_SCSI_FEATURES_W2, w[2]},
            {"VWR_SCSI_FEATURES_W3", VWR_SCSI_FEATURES_W3, w[3]},
        };

        return check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
}

int main(void)
{
    int wrong = constants();

    wrong |= wire_config();
    wrong |= feature_words();
    wrong |= wire_vwr_scsi_req_cmd() | wire_virtio_scsi_req_cmd();
    wrong |= wire_vwr_scsi_req_cmd_in() | wire_virtio_scsi_req_cmd_in();
    wrong |= wire_vwr_scsi_ctrl() | wire_virtio_scsi_ctrl();
    wrong |= wire_vwr_scsi_ctrl_in() | wire_virtio_scsi_ctrl_in();
    wrong |= wire_vwr_scsi_ctrl_tmf() | wire_virtio_scsi_ctrl_tmf();
    wrong |= wire_vwr_scsi_ctrl_an() | wire_virtio_scsi_ctrl_an();
    wrong |= wire_vwr_scsi_event() | wire_virtio_scsi_event();
    wrong |= wire_vwr_scsi_config() | wire_virtio_scsi_config();
    if (!wrong)
        printf("%s: 8 structs match the specification\n", "spec/device/scsi.yaml");
    return wrong;
}
