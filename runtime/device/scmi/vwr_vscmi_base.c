/* SPDX-License-Identifier: MIT */
#include "vscmi_common.h"
#include "vwr/bytes.h"

/* SCMI's base protocol, and the messages that every protocol has. Section: SCMI Device. */

#define VSCMI_BASE_VERSION 0x20000u
#define VSCMI_WORD ((uint32_t)sizeof(vwr_le32))

static int vscmi_put_word(struct vwr_vscmi_message *m, uint32_t n)
{
    const vwr_le32 word = vwr_cpu_to_le32(n);

    vwr_copy(m->values + m->bytes, &word, sizeof(word));
    m->bytes += VSCMI_WORD;
    return VWR_SCMI_S_SUCCESS;
}

static uint32_t vscmi_param(const struct vwr_vscmi_message *m)
{
    return vwr_bytes_number(m->params, VSCMI_WORD, false);
}

static int vscmi_put_name(struct vwr_vscmi_message *m, const char *name)
{
    if (name == NULL)
        return VWR_SCMI_S_NOT_FOUND;
    for (unsigned i = 0; name[i] != '\0'; i++)
        m->values[i] = (uint8_t)name[i];
    m->bytes = VWR_SCMI_NAME_BYTES;
    return VWR_SCMI_S_SUCCESS;
}

static int vscmi_attributes(const struct vwr_vscmi *v, struct vwr_vscmi_message *m)
{
    if (m->protocol == NULL) /* there are no agents to be discovered */
        return vscmi_put_word(m, v->options.protocol_count);
    vwr_copy(m->values, m->protocol->attributes, m->protocol->attributes_bytes);
    m->bytes = m->protocol->attributes_bytes;
    return VWR_SCMI_S_SUCCESS;
}

static unsigned vscmi_last_message(const struct vwr_vscmi_message *m)
{
    return m->protocol == NULL ? (unsigned)VWR_SCMI_BASE_DISCOVER_LIST_PROTOCOLS
                               : (unsigned)VWR_SCMI_PROTOCOL_MESSAGE_ATTRIBUTES;
}

static int vscmi_message_attributes(struct vwr_vscmi *v, struct vwr_vscmi_message *m)
{
    const uint32_t message = vscmi_param(m);
    const struct vwr_vscmi_handler *const h =
        message <= (uint8_t)-1 ? vwr_vscmi_find_(v, m->protocol, (uint8_t)message) : NULL;

    if (h == NULL && message > vscmi_last_message(m))
        return VWR_SCMI_S_NOT_FOUND;
    return vscmi_put_word(m, h != NULL ? h->attributes : 0);
}

/* As many as fit, in whole words. */
static int vscmi_list(const struct vwr_vscmi *v, struct vwr_vscmi_message *m)
{
    const uint32_t skip = vscmi_param(m), room = (m->room - VSCMI_WORD) / VSCMI_WORD * VSCMI_WORD;
    uint32_t n;

    if (skip > v->options.protocol_count)
        return VWR_SCMI_S_INVALID_PARAMETERS;
    n = v->options.protocol_count - skip;
    n = n < room ? n : room;
    (void)vscmi_put_word(m, n);
    for (uint32_t i = 0; i < n; i++)
        m->values[m->bytes + i] = v->options.protocols[skip + i].id;
    m->bytes += (n + VSCMI_WORD - 1u) / VSCMI_WORD * VSCMI_WORD;
    return VWR_SCMI_S_SUCCESS;
}

/* Space for return values, parameters. */
static uint32_t vscmi_needs(const struct vwr_vscmi_message *m, uint8_t message)
{
    if (message == VWR_SCMI_PROTOCOL_ATTRIBUTES && m->protocol != NULL)
        return m->protocol->attributes_bytes;
    return message == VWR_SCMI_BASE_DISCOVER_VENDOR || message == VWR_SCMI_BASE_DISCOVER_SUB_VENDOR
               ? VWR_SCMI_NAME_BYTES
               : VSCMI_WORD;
}

static uint32_t vscmi_takes(uint8_t message)
{
    return message == VWR_SCMI_PROTOCOL_MESSAGE_ATTRIBUTES || message == VWR_SCMI_BASE_DISCOVER_LIST_PROTOCOLS
               ? VSCMI_WORD
               : 0;
}

int vwr_vscmi_base_(struct vwr_vscmi *v, struct vwr_vscmi_message *m)
{
    const uint8_t message = vwr_scmi_header_message(m->header);

    if (message > vscmi_last_message(m))
        return VWR_SCMI_S_NOT_SUPPORTED;
    if (m->params_bytes != vscmi_takes(message))
        return VWR_SCMI_S_PROTOCOL_ERROR;
    if (m->room < vscmi_needs(m, message))
        return VWR_SCMI_S_COMMS_ERROR;
    switch (message) {
    case VWR_SCMI_PROTOCOL_VERSION:
        return vscmi_put_word(m, m->protocol != NULL ? m->protocol->version : VSCMI_BASE_VERSION);
    case VWR_SCMI_PROTOCOL_ATTRIBUTES:
        return vscmi_attributes(v, m);
    case VWR_SCMI_PROTOCOL_MESSAGE_ATTRIBUTES:
        return vscmi_message_attributes(v, m);
    case VWR_SCMI_BASE_DISCOVER_VENDOR:
        return vscmi_put_name(m, v->options.vendor);
    case VWR_SCMI_BASE_DISCOVER_SUB_VENDOR:
        return vscmi_put_name(m, v->options.sub_vendor);
    case VWR_SCMI_BASE_DISCOVER_IMPLEMENTATION_VERSION:
        return vscmi_put_word(m, v->options.version);
    default:
        return vscmi_list(v, m);
    }
}
