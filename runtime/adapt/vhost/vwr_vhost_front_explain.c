/* SPDX-License-Identifier: MIT */
#include "vhost_front_common.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Why a connection was given up, as a sentence. */

static const char *explain_request(const struct vwr_vhost_front *v)
{
    const char *const name = vwr_name(vwr_vhost_user_request_names, v->request);

    return name != NULL ? name : "the connection";
}

size_t vwr_vhost_front_explain(const struct vwr_vhost_front *v, char *text, size_t bytes)
{
    const char *const of = explain_request(v);
    int n = 0;

    switch (v->trouble) {
    case VWR_VHOST_FRONT_NONE:
        n = snprintf(text, bytes, "the connection is open");
        break;
    case VWR_VHOST_FRONT_PATH_LONG:
        n = snprintf(text, bytes, "the path of the socket has %" PRIu64 " bytes or more, too many", v->got);
        break;
    case VWR_VHOST_FRONT_SYSTEM:
        n = snprintf(text, bytes, "%s: %s", of, strerror((int)v->got));
        break;
    case VWR_VHOST_FRONT_CONNECT:
        n = snprintf(text, bytes, "no back end listens on %s: %s", v->path, strerror((int)v->got));
        break;
    case VWR_VHOST_FRONT_CLOSED:
        n = snprintf(text, bytes, "the back end closed the connection, last request %s", of);
        break;
    case VWR_VHOST_FRONT_SILENT:
        n = snprintf(text, bytes, "the back end did not answer %s within %" PRIu64 " ms", of, v->got);
        break;
    case VWR_VHOST_FRONT_REQUEST:
        n = snprintf(text, bytes, "the answer to %s is of request %" PRIu64, of, v->got);
        break;
    case VWR_VHOST_FRONT_FLAGS:
        n = snprintf(text, bytes, "the answer to %s has flags 0x%" PRIx64, of, v->got);
        break;
    case VWR_VHOST_FRONT_SIZE:
        n = snprintf(text, bytes, "the answer to %s has a size of %" PRIu64, of, v->got);
        break;
    case VWR_VHOST_FRONT_FDS:
        n = snprintf(text, bytes, "the answer to %s has file descriptors", of);
        break;
    case VWR_VHOST_FRONT_REFUSED:
        n = snprintf(text, bytes, "the back end refused %s: %" PRIu64, of, v->got);
        break;
    default:
        n = snprintf(text, bytes, "the answer to %s is %" PRIu64 ", out of range", of, v->got);
        break;
    }
    return n > 0 ? (size_t)n : 0;
}
