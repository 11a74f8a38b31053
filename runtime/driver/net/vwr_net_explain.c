/* SPDX-License-Identifier: MIT */
#include "vwr/message.h"
#include "vwr/net.h"

/* Messages for faults of a network card. */

static const struct vwr_message net_explain_rows[] = {
    {VWR_FAULT_NET_BUFFERS, 0, "queue {where}: num_buffers reads {got}, more than the device used"},
    {0, 0, NULL},
};

const struct vwr_messages vwr_net_messages = {net_explain_rows, NULL, NULL, &vwr_request_messages};

size_t vwr_net_explain(const struct vwr_net *n, char *text, size_t bytes)
{
    return vwr_bringup_explain(&n->bringup, &vwr_net_messages, vwr_net_feature_names, text, bytes);
}
