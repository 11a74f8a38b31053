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

/* ASC and ASCQ, two digits each. */
const struct vwr_name vwr_t10_code_names[] = {
    {0x0006, "I/O process terminated"},                      /* not the specification's */
    {0x0400, "the unit is not ready, cause not reportable"}, /* not the specification's */
    {0x0401, "the unit is becoming ready"},                  /* not the specification's */
    {0x0402, "the unit is not ready, start it"},             /* not the specification's */
    {0x0800, "the unit does not communicate"},               /* not the specification's */
    {0x0c00, "write error"},
    {0x0e03, "invalid field in command information unit"},
    {0x1100, "unrecovered read error"}, /* not the specification's */
    {0x1a00, "parameter list length error"},
    {0x1d00, "miscompare during verify"},
    {0x2000, "invalid command operation code"}, /* not the specification's */
    {0x2100, "block out of range"},
    {0x2400, "invalid field in CDB"},
    {0x2500, "the unit is not supported"},
    {0x2600, "invalid field in parameter list"},
    {0x2700, "write protected"},
    {0x2707, "space allocation failed"},
    {0x2800, "the medium may have changed"},
    {0x2900, "power on or reset occurred"},
    {0x2907, "I_T nexus loss occurred"},
    {0x2a01, "mode parameters changed"},
    {0x2a09, "the capacity has changed"},
    {0x2c00, "command sequence error"},
    {0x3000, "incompatible medium"},
    {0x3900, "saved parameters not supported"},
    {0x3a00, "the medium is not present"},
    {0x3f03, "INQUIRY data have changed"},
    {0x3f0e, "REPORT LUNS data have changed"},
    {0x4400, "internal target failure"},
    {0x5302, "removal of the medium prevented"},
    {0x5504, "insufficient registration resources"},
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
