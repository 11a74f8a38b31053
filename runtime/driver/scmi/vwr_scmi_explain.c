/* SPDX-License-Identifier: MIT */
#include "vwr/message.h"
#include "vwr/scmi.h"

/* Messages for the faults of an SCMI device. */

static const struct vwr_message scmi_explain_rows[] = {
    {VWR_FAULT_SCMI_HEADER, 0, "the response to command {where:hex} has the header {got:hex}"},
    {VWR_FAULT_SCMI_VALUES, 0, "{got} bytes of return values of command {where:hex}, which are too few"},
    {VWR_FAULT_SCMI_LIST, 0,
     "the response to command {where:hex} lists {got} protocols, none or more than it has"},
    {0, 0, NULL},
};

const struct vwr_messages vwr_scmi_messages = {scmi_explain_rows, NULL, NULL, &vwr_request_messages};

size_t vwr_scmi_explain(const struct vwr_scmi *c, char *text, size_t bytes)
{
    return vwr_bringup_explain(&c->bringup, &vwr_scmi_messages, vwr_scmi_feature_names, text, bytes);
}
