/* SPDX-License-Identifier: MIT */
#include "vhost_front_common.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Messages about why a connection was given up. */

static const char *explain_request(const struct vwr_vhost_front *v)
{
    const char *const name = vwr_name(vwr_vhost_user_request_names, v->request);

    return name != NULL ? name : "the connection";
}

/* Describes an invalid reply. */
static int explain_answer(const struct vwr_vhost_front *v, const char *of, char *text, size_t bytes)
{
    switch (v->error) {
    case VWR_VHOST_FRONT_REQUEST:
        return snprintf(text, bytes, "the answer to %s is of request %" PRIu64, of, v->got);
    case VWR_VHOST_FRONT_FLAGS:
        return snprintf(text, bytes, "the answer to %s has flags 0x%" PRIx64, of, v->got);
    case VWR_VHOST_FRONT_SIZE:
        return snprintf(text, bytes, "the answer to %s has a size of %" PRIu64, of, v->got);
    case VWR_VHOST_FRONT_FDS:
        if (v->got != 0)
            return snprintf(text, bytes, "%" PRIu64 " file descriptors of back ends wait to be closed",
                            v->got);
        return snprintf(text, bytes, "the answer to %s has file descriptors", of);
    case VWR_VHOST_FRONT_REFUSED:
        return snprintf(text, bytes, "the back end refused %s: %" PRIu64, of, v->got);
    default:
        return snprintf(text, bytes, "the answer to %s is %" PRIu64 ", out of range", of, v->got);
    }
}

static int explain_connection(const struct vwr_vhost_front *v, const char *of, char *text, size_t bytes)
{
    switch (v->error) {
    case VWR_VHOST_FRONT_NONE:
        return snprintf(text, bytes, "the connection is open");
    case VWR_VHOST_FRONT_PATH_LONG:
        return snprintf(text, bytes, "the path of the socket has %" PRIu64 " bytes or more, too many",
                        v->got);
    case VWR_VHOST_FRONT_SYSTEM:
        return snprintf(text, bytes, "%s: %s", of, strerror((int)v->got));
    case VWR_VHOST_FRONT_CONNECT:
        return snprintf(text, bytes, "no back end listens on %s: %s", v->tried, strerror((int)v->got));
    case VWR_VHOST_FRONT_CLOSED:
        return snprintf(text, bytes, "the back end closed the connection, last request %s", of);
    case VWR_VHOST_FRONT_SILENT:
        return snprintf(text, bytes, "the back end did not answer %s within %" PRIu64 " ms", of, v->got);
    case VWR_VHOST_FRONT_UNSENT:
        return snprintf(text, bytes, "%s with %" PRIu64 " bytes is not allowed, and was not sent", of,
                        v->got);
    default:
        return explain_answer(v, of, text, bytes);
    }
}

size_t vwr_vhost_front_explain(const struct vwr_vhost_front *v, char *text, size_t bytes)
{
    const int n = explain_connection(v, explain_request(v), text, bytes);

    return n > 0 ? (size_t)n : 0;
}
