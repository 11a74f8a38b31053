/* SPDX-License-Identifier: MIT */
#include "vwr/message.h"
#include "vwr/net.h"

/* The sentences of a network card's faults. */

static const struct vwr_message net_explain_rows[] = {
    {VWR_FAULT_NET_BUFFERS, 0, "queue {where}: num_buffers reads {got}, and so many buffers have not come"},
    {0, 0, NULL},
};

const struct vwr_messages vwr_net_messages = {net_explain_rows, NULL, NULL, &vwr_request_messages};
