/* SPDX-License-Identifier: MIT */
#include "vwr/t10.h"

/* SCSI commands and sense data as text, for both sides. */

const struct vwr_name vwr_t10_opcode_names[] = {
    {VWR_T10_TEST_UNIT_READY, "TEST UNIT READY"},
    {VWR_T10_REQUEST_SENSE, "REQUEST SENSE"},
    {VWR_T10_INQUIRY, "INQUIRY"},
    {VWR_T10_MODE_SENSE_6, "MODE SENSE(6)"},
    {VWR_T10_START_STOP_UNIT, "START STOP UNIT"},
    {VWR_T10_READ_CAPACITY_10, "READ CAPACITY(10)"},
    {VWR_T10_READ_10, "READ(10)"},
    {VWR_T10_WRITE_10, "WRITE(10)"},
    {VWR_T10_SYNCHRONIZE_CACHE_10, "SYNCHRONIZE CACHE(10)"},
    {VWR_T10_UNMAP, "UNMAP"},
    {VWR_T10_MODE_SENSE_10, "MODE SENSE(10)"},
    {VWR_T10_READ_16, "READ(16)"},
    {VWR_T10_WRITE_16, "WRITE(16)"},
    {VWR_T10_SYNCHRONIZE_CACHE_16, "SYNCHRONIZE CACHE(16)"},
    {VWR_T10_WRITE_SAME_16, "WRITE SAME(16)"},
    {VWR_T10_SERVICE_ACTION_IN_16, "READ CAPACITY(16)"},
    {VWR_T10_REPORT_LUNS, "REPORT LUNS"},
    {0, NULL},
};

const struct vwr_name vwr_t10_status_names[] = {
    {VWR_T10_GOOD, "GOOD"},
    {VWR_T10_CHECK_CONDITION, "CHECK CONDITION"},
    {VWR_T10_CONDITION_MET, "CONDITION MET"},
    {VWR_T10_BUSY, "BUSY"},
    {VWR_T10_RESERVATION_CONFLICT, "RESERVATION CONFLICT"},
    {VWR_T10_TASK_SET_FULL, "TASK SET FULL"},
    {VWR_T10_ACA_ACTIVE, "ACA ACTIVE"},
    {VWR_T10_TASK_ABORTED, "TASK ABORTED"},
    {0, NULL},
};

const struct vwr_name vwr_t10_key_names[] = {
    {VWR_T10_NO_SENSE, "no sense"},
    {VWR_T10_RECOVERED_ERROR, "recovered error"},
    {VWR_T10_NOT_READY, "not ready"},
    {VWR_T10_MEDIUM_ERROR, "medium error"},
    {VWR_T10_HARDWARE_ERROR, "hardware error"},
    {VWR_T10_ILLEGAL_REQUEST, "illegal request"},
    {VWR_T10_UNIT_ATTENTION, "unit attention"},
    {VWR_T10_DATA_PROTECT, "data protect"},
    {VWR_T10_BLANK_CHECK, "blank check"},
    {VWR_T10_VENDOR_SPECIFIC, "vendor specific"},
    {VWR_T10_COPY_ABORTED, "copy aborted"},
    {VWR_T10_ABORTED_COMMAND, "aborted command"},
    {VWR_T10_VOLUME_OVERFLOW, "volume overflow"},
    {VWR_T10_MISCOMPARE, "miscompare"},
    {VWR_T10_COMPLETED, "completed"},
    {0, NULL},
};

/* ASC and ASCQ of T10. Those without a symbolic constant occur only in messages. */
const struct vwr_name vwr_t10_code_names[] = {
    {VWR_T10_CODE(0, 6), "I/O process terminated"},
    {VWR_T10_CODE(4, 0), "the unit is not ready, cause not reportable"},
    {VWR_T10_CODE(4, 1), "the unit is becoming ready"},
    {VWR_T10_CODE(4, 2), "the unit is not ready, start it"},
    {VWR_T10_CODE(8, 0), "the unit does not communicate"},
    {VWR_T10_WRITE_ERROR, "write error"},
    {VWR_T10_CODE(0xe, 3), "invalid field in command information unit"},
    {VWR_T10_READ_ERROR, "unrecovered read error"},
    {VWR_T10_LIST_LENGTH, "parameter list length error"},
    {VWR_T10_CODE(0x1d, 0), "miscompare during verify"},
    {VWR_T10_INVALID_OPCODE, "invalid command operation code"},
    {VWR_T10_OUT_OF_RANGE, "block out of range"},
    {VWR_T10_INVALID_FIELD, "invalid field in CDB"},
    {VWR_T10_NO_UNIT, "the unit is not supported"},
    {VWR_T10_INVALID_LIST, "invalid field in parameter list"},
    {VWR_T10_WRITE_PROTECTED, "write protected"},
    {VWR_T10_CODE(0x27, 7), "space allocation failed"},
    {VWR_T10_CODE(0x28, 0), "the medium may have changed"},
    {VWR_T10_WAS_RESET, "power on or reset occurred"},
    {VWR_T10_NEXUS_LOST, "I_T nexus loss occurred"},
    {VWR_T10_CODE(0x2a, 1), "mode parameters changed"},
    {VWR_T10_CAPACITY_CHANGED, "the capacity has changed"},
    {VWR_T10_CODE(0x2c, 0), "command sequence error"},
    {VWR_T10_CODE(0x30, 0), "incompatible medium"},
    {VWR_T10_NOT_SAVED, "saved parameters not supported"},
    {VWR_T10_CODE(0x3a, 0), "the medium is not present"},
    {VWR_T10_CODE(0x3f, 3), "INQUIRY data have changed"},
    {VWR_T10_LUNS_CHANGED, "REPORT LUNS data have changed"},
    {VWR_T10_TARGET_FAILURE, "internal target failure"},
    {VWR_T10_CODE(0x53, 2), "removal of the medium prevented"},
    {VWR_T10_CODE(0x55, 4), "insufficient registration resources"},
    {0, NULL},
};

void vwr_t10_put_sense(struct vwr_text *t, uint32_t sense)
{
    const char *const key = vwr_name(vwr_t10_key_names, VWR_T10_SENSE_KEY(sense));
    const char *const code = vwr_name(vwr_t10_code_names, sense & 0xffff);

    vwr_text_str(t, key != NULL ? key : "reserved sense key");
    vwr_text_str(t, ": ");
    if (code != NULL)
        vwr_text_str(t, code);
    else
        vwr_text_str(t, "code ");
    if (code == NULL)
        vwr_text_hex(t, sense & 0xffff);
}
