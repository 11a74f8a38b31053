/* SPDX-License-Identifier: MIT */
#include "vwr/9p.h"
#include "vwr/message.h"

/* Messages for faults of a 9P device (enum vwr_9p_fault). */

static const struct vwr_name p9_requests[] = {
    {VWR_P9_TSTATFS, "Tstatfs"},
    {VWR_P9_TLOPEN, "Tlopen"},
    {VWR_P9_TLCREATE, "Tlcreate"},
    {VWR_P9_TGETATTR, "Tgetattr"},
    {VWR_P9_TSETATTR, "Tsetattr"},
    {VWR_P9_TREADDIR, "Treaddir"},
    {VWR_P9_TFSYNC, "Tfsync"},
    {VWR_P9_TMKDIR, "Tmkdir"},
    {VWR_P9_TRENAMEAT, "Trenameat"},
    {VWR_P9_TUNLINKAT, "Tunlinkat"},
    {VWR_P9_TVERSION, "Tversion"},
    {VWR_P9_TATTACH, "Tattach"},
    {VWR_P9_TWALK, "Twalk"},
    {VWR_P9_TREAD, "Tread"},
    {VWR_P9_TWRITE, "Twrite"},
    {VWR_P9_TCLUNK, "Tclunk"},
    {0, NULL},
};

static const struct vwr_message p9_explain_rows[] = {
    {VWR_FAULT_9P_REFUSED, 0, "{where:request}: the server answers with Linux error {got}"},
    {VWR_FAULT_9P_ANSWER, 0,
     "{where:request}: the answer has {got} bytes, which is too short or too long, or its tag is wrong"},
    {VWR_FAULT_9P_COUNT, 0,
     "{where:request}: the answer counts {got}, more than it has or than were requested"},
    {VWR_FAULT_9P_MSIZE, 0,
     "{where:request}: an msize of {got} bytes, which is too small, or more than was requested"},
    {VWR_FAULT_9P_VERSION, 0, "{where:request}: the server does not support " VWR_P9_VERSION},
    {0, 0, NULL},
};

static const struct vwr_message_type p9_explain_types[] = {
    {"request", NULL, p9_requests},
    {NULL, NULL, NULL},
};

const struct vwr_messages vwr_9p_messages = {p9_explain_rows, p9_explain_types, NULL, &vwr_request_messages};

size_t vwr_9p_explain(const struct vwr_9p *p, char *text, size_t bytes)
{
    return vwr_bringup_explain(&p->bringup, &vwr_9p_messages, vwr_9p_feature_names, text, bytes);
}
